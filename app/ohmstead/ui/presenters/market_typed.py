"""What a person types into the market's forms, read and judged before anything is signed. Qt-free, exact.

Each reader gives what to ask the controller for, or the sentence that stands at the field in fault. Not here: the
forms themselves (``ui.dialogs.market_*``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.core.slots import SLOT_SECONDS, SLOTS_PER_HOUR, ZoneTableEnds
from ohmstead.market.orders import Side
from ohmstead.market.settlement import lot_bond, lot_lock
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_offer import cannot_act, cannot_post, missing_words
from ohmstead.ui.presenters.market_plan import wants_of
from ohmstead.ui.presenters.market_views import PlanModel
from ohmstead.ui.presenters.money import read_price
from ohmstead.ui.presenters.numbers import parse_scaled

DAY_S = 86_400
MAX_WH = 10_000_000


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong, field by field; empty where nothing is. ``form`` is about the whole."""

    energy: str = ""
    price: str = ""
    time: str = ""
    form: str = ""

    @property
    def none(self) -> bool:
        """Whether all is well."""
        return not (self.energy or self.price or self.time or self.form)


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing instruction as typed."""

    side: Side
    wh_a_day: int
    limit: int
    until_s: int


@dataclass(frozen=True, slots=True)
class LotWish:
    """A lot as typed."""

    wh: int
    first_slot: int
    slots: int
    reserve: int
    gate_slot: int


def read_energy(text: str, asked: Asked) -> tuple[int, str]:
    """(Wh, what is wrong) of kWh as typed."""
    tr = asked.amounts.words.tr
    wh = parse_scaled(text, 3, asked.amounts.words)
    if wh is None:
        example = asked.amounts.words.number(1.5, 1)
        return 0, tr("Type an amount of kWh like {example}.", example=example)
    if wh <= 0:
        return 0, tr("Type more than nothing.")
    if wh > MAX_WH:
        return 0, tr("That is more than a home has.")
    return wh, ""


def read_limit(text: str, low: int, high: int, asked: Asked) -> tuple[int, str]:
    """(µ per kWh, what is wrong) of a price between two."""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    read = read_price(text, amounts.currency, amounts.words)
    if read.problem:
        return 0, read.problem
    if read.micro is None:
        return 0, tr("Type a price.")
    if not low <= read.micro <= high:
        return 0, tr(
            "The ledger takes prices from {low} to {high}.", low=amounts.price(low), high=amounts.price(high)
        )
    return read.micro, ""


def hours(asked: Asked, day: int) -> list[int]:
    """Slots of a day at which a span can begin: the full hours still open, the first open slot before them."""
    try:
        slots = asked.times.zone.slots_of(day)
    except ZoneTableEnds:
        return []
    still = [slot for slot in slots if asked.times.open(slot)]
    return [s for i, s in enumerate(still) if not i or (s - slots.start) % SLOTS_PER_HOUR == 0]


def hour_ends(asked: Asked, day: int, first: int) -> list[int]:
    """Slots, excluded, at which a span from ``first`` can end: every full hour after it, and the day's end."""
    try:
        slots = asked.times.zone.slots_of(day)
    except ZoneTableEnds:
        return []
    return [
        s
        for s in range(first + 1, slots.stop + 1)
        if (s - slots.start) % SLOTS_PER_HOUR == 0 or s == slots.stop
    ]


def read_plan(
    energy: str, price: str, first: int, end: int, asked: Asked
) -> tuple[PlanModel | None, Problems]:
    """An amount spread evenly over a span, at one limit."""
    words, tr = asked.amounts.words, asked.amounts.words.tr
    wh, wrong_energy = read_energy(energy, asked)
    limit, wrong_price = read_limit(price, *asked.terms.band(asked.side), asked)
    slots = [slot for slot in range(first, end) if asked.times.open(slot)]
    wrong_time = "" if slots else tr("That time is closed already. Choose a later one.")
    if slots and not wrong_energy:
        most = asked.rules.max_order_wh * len(slots)
        if wh > most:
            wrong_energy = words.count(
                len(slots),
                "{n} quarter hour holds at most {most}.",
                "{n} quarter hours hold at most {most}.",
                most=asked.amounts.kwh(most),
            )
        elif wh < len(slots):
            wrong_energy = tr("That is less than 1 Wh a quarter hour.")
    if wrong_energy or wrong_price or wrong_time:
        return None, Problems(wrong_energy, wrong_price, wrong_time)
    share, rest = divmod(wh, len(slots))
    spread = [(slot, share + (i < rest)) for i, slot in enumerate(slots)]
    plan = PlanModel(asked.side, wants_of(spread, limit), wh, limit, limit)
    return plan, Problems(form=cannot_post(asked, plan))


UNTIL_DAYS = (7, 30, 90, 365)


def until_words(asked: Asked) -> Sequence[str]:
    """How long a standing instruction may last."""
    return [
        asked.amounts.words.tr("until {date}", date=asked.times.date(asked.times.now_s + days * DAY_S))
        for days in UNTIL_DAYS
    ]


def read_standing(energy: str, price: str, until: int, asked: Asked) -> tuple[Standing | None, Problems]:
    """A standing instruction: energy a day, limit, and the place in ``UNTIL_DAYS``."""
    wh, wrong_energy = read_energy(energy, asked)
    limit, wrong_price = read_limit(price, *asked.terms.band(asked.side), asked)
    if wrong_energy or wrong_price:
        return None, Problems(wrong_energy, wrong_price)
    until_s = asked.times.now_s + UNTIL_DAYS[until] * DAY_S
    return Standing(asked.side, wh, limit, until_s), Problems(form=cannot_act(asked))


def lot_gate(first: int, asked: Asked) -> int:
    """The slot at whose begin a lot's bids are closed: a slot before the orders of its first slot open."""
    return first - asked.rules.gate_slots - asked.rules.open_slots - 1


def lot_hours(asked: Asked, day: int) -> list[int]:
    """Slots of a day at which a lot can begin: bids on it must still have time."""
    now = asked.times.now_s
    return [s for s in hours(asked, day) if lot_gate(s, asked) * SLOT_SECONDS > now + SLOT_SECONDS]


def read_lot(energy: str, price: str, first: int, end: int, asked: Asked) -> tuple[LotWish | None, Problems]:
    """A lot; its bond must be free."""
    words, tr, terms = asked.amounts.words, asked.amounts.words.tr, asked.terms
    wh, wrong_energy = read_energy(energy, asked)
    reserve, wrong_price = read_limit(price, *terms.band(Side.SELL), asked)
    wrong_time = ""
    if end - first > asked.rules.lot_slots:
        wrong_time = words.count(
            asked.rules.lot_slots // SLOTS_PER_HOUR,
            "A lot lasts at most {n} hour.",
            "A lot lasts at most {n} hours.",
        )
    elif lot_gate(first, asked) * SLOT_SECONDS <= asked.times.now_s:
        wrong_time = tr("That is too soon: nobody could bid on it.")
    if wrong_energy or wrong_price or wrong_time:
        return None, Problems(wrong_energy, wrong_price, wrong_time)
    form = cannot_act(asked) or missing_words(lot_bond(wh, terms), asked)
    return LotWish(wh, first, end - first, reserve, lot_gate(first, asked)), Problems(form=form)


def read_bid(price: str, wh: int, least: int, most: int, asked: Asked) -> tuple[int, Problems]:
    """A bid on a lot, all-in; its lock must be free."""
    bid, wrong = read_limit(price, least, most, asked)
    if wrong:
        return 0, Problems(price=wrong)
    return bid, Problems(form=cannot_act(asked) or missing_words(lot_lock(wh, asked.terms), asked))


def read_payout(text: str, asked: Asked) -> tuple[int, str]:
    """(nano, what is wrong) of money as typed; no more than is free."""
    tr, amounts, account = asked.amounts.words.tr, asked.amounts, asked.state.account
    free = account.free_nano if account is not None else 0
    nano = parse_scaled(text, 9, amounts.words)
    if nano is None or nano <= 0:
        return 0, tr("Type an amount like {example}.", example=amounts.words.number(12.5, 2))
    if nano > free:
        return 0, tr("Only {free} are free.", free=amounts.money(free))
    return nano, ""

"""A street that trades, as the values that a window is handed: states of the market, books, one home in them.

Made, not recorded: the prices are those of the demonstration ledger, the auctions are really cleared. Nothing
here stands in for the market's rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.forecast.outlook import DayForecast, Forecast, Kind, Outlook, SlotForecast, TooLittle
from ohmstead.forecast.skill import Skill
from ohmstead.market.clearing import SLOT_RULE, BookOrder, Clearing, clear, tie_seed
from ohmstead.market.lots import LotBid, clear_lot
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.services.market_states import (
    Account,
    Alarm,
    Checked,
    LotStage,
    LotState,
    MarketRules,
    MarketState,
    Movement,
    MovementKind,
    OrderStage,
    OrderState,
    SlotResult,
)
from ohmstead.ui.presenters.market import SlotWant, WhyBook, WhyLot
from ohmstead.ui.presenters.market_data import MarketData, MarketRequest

TERMS = Terms("midpoint", 80_000, 300_000, 12_000, 5_000)
HOUSEHOLD = bytes(range(0x10, 0x20))
OWN = sha256(b"own").digest()
MY_LIMIT = 140_000


def _id(name: str) -> bytes:
    return sha256(name.encode()).digest()


@cache
def book_of(slot: int, own: Order | None = None, homes: int = 16) -> tuple[BookOrder, ...]:
    """Orders of some homes in one slot, the own one among them; the same for the same slot."""
    book = []
    hour = abs(slot % 96 - 52) * 1_400  # dear by night, cheap at noon
    for i in range(homes):
        draw = sha256(f"{slot // 6}/{i}".encode()).digest()
        spare = 60 + draw[1] + sha256(f"{slot}/{i}".encode()).digest()[0] // 4
        if i % 2:
            limit = min(90_000 + hour + draw[0] * 300, 262_000)
            order = Order(Side.SELL, (Step(spare, limit), Step(40 + draw[2] // 2, limit + 25_000)))
        else:
            limit = 285_000 - draw[0] * 500
            order = Order(Side.BUY, (Step(spare + 20, limit), Step(50 + draw[2] // 2, limit - 30_000)))
        book.append(BookOrder(_id(f"{slot}/{i}"), order))
    if own is not None:
        book.append(BookOrder(OWN, own))
    return tuple(book)


@cache
def cleared(slot: int, own: Order | None = None, homes: int = 16) -> Clearing:
    """What the book of a slot comes to."""
    book = book_of(slot, own, homes)
    return clear(book, TERMS, seed_of(slot, book))


def seed_of(slot: int, book: tuple[BookOrder, ...]) -> bytes:
    return tie_seed(SLOT_RULE, slot, ((entry.id, bytes(32)) for entry in book))


def why(
    slot: int, own: Order | None, *, checked: Checked = Checked.EQUAL, stated: int | None = None
) -> WhyBook:
    """The book of a slot as a controller hands it over."""
    book = book_of(slot, own)
    seed = seed_of(slot, book)
    price = clear(book, TERMS, seed).price if stated is None else stated
    return WhyBook(slot, book, TERMS, seed, OWN if own is not None else None, price, checked)


@dataclass
class Street:
    """One home at a moment. ``now_s`` is UTC; slots are counted from now."""

    zone: ZoneTable
    now_s: int
    rules: MarketRules = field(init=False)

    def __post_init__(self) -> None:
        self.rules = MarketRules(self.slot - 4 * 96, 1, 4, 5_000, "midpoint")

    @property
    def slot(self) -> int:
        """The slot that holds now."""
        return self.now_s // SLOT_SECONDS

    @property
    def today(self) -> int:
        return self.zone.day_of(self.slot)

    def empty(self, **more: object) -> MarketState:
        """An account with money, nothing traded."""
        made = MarketState(
            rules=self.rules, terms=TERMS, head_time_s=self.now_s - 20, can_trade=True, household=HOUSEHOLD,
            account=Account(20_000_000_000, 0, complete=True),
        )  # fmt: skip
        return replace(made, **more)

    def own(self, side: Side, slot: int) -> Order:
        """What this home asked for in a slot."""
        draw = sha256(f"me/{slot}".encode()).digest()
        limit = MY_LIMIT if side is Side.SELL else 240_000
        return Order(side, (Step(150 + draw[0], limit),))

    def stepped(self, slot: int, stage: OrderStage) -> OrderState:
        """An offer in steps, as one click posts it; the surest step is not in every quarter hour."""
        steps = tuple(Step(20 + 3 * n, limit) for n, limit in enumerate((102_000, 146_000, 190_000, 234_000)))
        return replace(self.order(Side.SELL, slot, stage), steps=steps[slot % 3 == 0 :])

    def order(self, side: Side, slot: int, stage: OrderStage, **more: object) -> OrderState:
        """One order of this home; a cleared one by its book."""
        own = self.own(side, slot)
        made = OrderState(slot, slot, side, own.steps, 1, stage)
        if stage in (OrderStage.CLEARED, OrderStage.PAID):
            done = cleared(slot, own)
            fill, price = done.fills[OWN], done.price or 0
            pays = price + (TERMS.fee if side is Side.BUY else 0)
            made = replace(made, fill_wh=fill, price=done.price, money_nano=fill * pays)
            if stage is OrderStage.PAID:
                made = replace(made, delivered_wh=fill)
        return replace(made, **more)

    def day(self, side: Side = Side.SELL) -> list[OrderState]:
        """A day's orders, from paid to sealed."""
        orders = [self.order(side, self.slot - n, OrderStage.PAID) for n in range(20, 1, -1)]
        orders += [self.order(side, self.slot - 1 + n, OrderStage.CLEARED) for n in range(3)]
        orders.append(self.order(side, self.slot + 2, OrderStage.CLOSED))
        orders += [self.order(side, self.slot + n, OrderStage.SEALED) for n in range(3, 7)]
        orders += [self.order(side, self.slot + n, OrderStage.HANDED) for n in range(7, 10)]
        return orders

    def results(self, side: Side = Side.SELL, days: int = 4, **more: object) -> tuple[SlotResult, ...]:
        """Every auction of the last days, newest first."""
        made = []
        for slot in range(self.slot + 1, self.slot - days * 96, -1):
            mine = self.slot - 20 <= slot
            homes = 16 if slot % 7 else 4
            done = cleared(slot, self.own(side, slot) if mine else None, homes)
            checked = Checked.EQUAL if mine else Checked.NOT_YET
            result = SlotResult(
                slot, done.quantity_wh, done.price, len(done.fills), TERMS, False, mine, checked
            )
            made.append(replace(result, **more) if mine else result)
        return tuple(made)

    def movements(self) -> tuple[Movement, ...]:
        """Money in, locks and sales, newest first."""
        lock, made, index = TERMS.max_order_wh * TERMS.retail, [], 0
        made.append(
            Movement(
                0, MovementKind.CREDIT, 20_000_000_000, 0, None, b"TRANSFER 4711", self.now_s - 3 * 86_400
            )
        )
        for slot in range(self.slot - 8, self.slot - 2):
            index += 3
            order = self.order(Side.SELL, slot, OrderStage.PAID)
            begin = (slot - 5) * SLOT_SECONDS
            made.append(Movement(index, MovementKind.LOCK, -lock, lock, slot, time_s=begin))
            made.append(Movement(index + 1, MovementKind.UNLOCK, lock, -lock, slot, time_s=begin + 5_000))
            if order.money_nano:
                made.append(
                    Movement(index + 2, MovementKind.SOLD, order.money_nano, 0, slot, time_s=begin + 9_000)
                )
        return tuple(reversed(made))

    def busy(self, side: Side = Side.SELL, **more: object) -> MarketState:
        """A home in the middle of its day of trading."""
        made = self.empty(
            orders=tuple(self.day(side)), results=self.results(side), movements=self.movements(),
            account=Account(12_140_000_000, 7_500_000_000, complete=True), lots=self.lots(),
        )  # fmt: skip
        return replace(made, **more)

    def lots(self) -> tuple[LotState, ...]:
        """One open, one own, one won, one lost, one that nobody wanted."""
        tomorrow = self.zone.slots_of(self.today + 1).start
        a, b, c, d, e, f = (bytes([n]) * 16 for n in range(1, 7))
        gate = (tomorrow + 40) * SLOT_SECONDS
        past = self.slot - 60
        return (
            LotState(a, False, 3_200, tomorrow + 48, 12, 100_000, gate, LotStage.OPEN, 3),
            LotState(b, False, 1_500, tomorrow + 52, 8, 110_000, gate, LotStage.OPEN, 2, bid=180_000),
            LotState(c, True, 2_400, tomorrow + 44, 8, 120_000, gate, LotStage.OPEN, 1),
            LotState(d, False, 2_000, past, 8, 100_000, past * 900, LotStage.SOLD, 4, 210_000, True, 176_000,
                     checked=Checked.EQUAL),
            LotState(e, False, 1_000, past - 96, 4, 100_000, past * 900, LotStage.LOST, 5, 150_000, False,
                     171_000, checked=Checked.EQUAL),
            LotState(f, True, 4_000, past - 192, 16, 200_000, past * 900, LotStage.UNSOLD, 0),
        )  # fmt: skip

    def why_lot(self, lot: bytes) -> WhyLot:
        """The bids of the lot that was won."""
        bids = tuple(
            LotBid(_id(f"bid {n}"), bytes([n]) * 16, bid) for n, bid in enumerate((176_000, 168_000, 121_000))
        )
        bids += (LotBid(OWN, HOUSEHOLD, 210_000),)
        sold = clear_lot(bids, 100_000, TERMS.fee, bytes(32))
        return WhyLot(lot, bids, 100_000, TERMS.fee, sold.winner, OWN, sold.price, Checked.EQUAL)


SKILL = Skill(28, 4.0, 6.0, 7.0, 8.0, 0.8, 0.8)
NO_SKILL = replace(SKILL, loss_wh=9.0)


def outlook(
    kind: Kind, street: Street, wh: int, skill: Skill | None = SKILL, reason: TooLittle | None = None
) -> Outlook:
    """Tomorrow from 09:00 to 17:00 with so many Wh a quarter hour; today nothing more."""
    if reason is not None:
        return Outlook(kind, (), (), reason, None, 0)
    zone, days, slots = street.zone, [], []
    for day in (street.today, street.today + 1):
        first = max(street.slot + 1, zone.slots_of(day).start)
        end, some = zone.slots_of(day).stop, 0
        for slot in range(first, end):
            at = slot - zone.slots_of(day).start
            mid = wh if day > street.today and 36 <= at < 68 else 0
            some += mid
            slots.append(SlotForecast(slot, mid // 2, mid, mid * 2))
        days.append(DayForecast(day, first, end, some // 2, some, some * 2, 0))
    return Outlook(kind, tuple(slots), tuple(days), None, skill, 28)


def foreseen(street: Street, surplus: Outlook | None = None, need: Outlook | None = None) -> MarketData:
    """What the page loads: 100 Wh to spare a quarter hour tomorrow, 200 Wh to need."""
    made = Forecast(
        street.slot + 1,
        surplus if surplus is not None else outlook(Kind.SURPLUS, street, 100),
        need if need is not None else outlook(Kind.NEED, street, 200),
        False,
    )
    return MarketData(MarketRequest(street.now_s), street.zone, made, exports=True)


@dataclass(frozen=True)
class Given:
    """A source of the page that has its answer ready."""

    data: MarketData

    def load(self, _request: MarketRequest) -> MarketData:
        return self.data


class Asks:
    """A controller that writes down what it is asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def offer(self, side: Side, wants: Sequence[SlotWant]) -> None:
        self.calls.append(("offer", side, tuple(wants)))

    def cancel(self, key: int) -> None:
        self.calls.append(("cancel", key))

    def undo(self, keys: Sequence[int]) -> None:
        self.calls.append(("undo", tuple(keys)))

    def instruct(self, side: Side, wh_a_day: int, limit: int, until_s: int) -> None:
        self.calls.append(("instruct", side, wh_a_day, limit, until_s))

    def stop_instructing(self) -> None:
        self.calls.append(("stop",))

    def open_lot(self, wh: int, first_slot: int, slots: int, reserve: int, gate_slot: int) -> None:
        self.calls.append(("lot", wh, first_slot, slots, reserve, gate_slot))

    def bid(self, lot: bytes, price: int) -> None:
        self.calls.append(("bid", lot, price))

    def ask_payout(self, nano: int) -> None:
        self.calls.append(("payout", nano))

    def take_payout_back(self) -> None:
        self.calls.append(("payout back",))

    def ask_why(self, which: int | bytes) -> None:
        self.calls.append(("why", which))

    def save_evidence(self, alarm: Alarm, path: Path) -> None:
        self.calls.append(("evidence", alarm, path))

    def of(self, what: str) -> list[tuple[object, ...]]:
        """The calls of one kind."""
        return [call for call in self.calls if call[0] == what]

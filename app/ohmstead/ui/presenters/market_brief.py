"""The market in a line, for who is not on its page: Home's sentence, the sidebar's mark. Qt-free.

Both say only what the Market page says too, in the same figures, and name the place there that shows what is
behind them. Quiet where there is no market, no account, nothing foreseen, nothing traded. Not here: the page
(``market_page``), notices (``market_notices``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ohmstead.market.orders import Side
from ohmstead.market.settlement import flat_lock
from ohmstead.services.market_states import Alarm, MarketState, OrderStage, OrderState
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_offer import present_offer
from ohmstead.ui.presenters.market_orders import gain_of
from ohmstead.ui.presenters.market_page import Known, alarm_head, asked_of
from ohmstead.ui.presenters.wording import Wording

_SMALLEST = 10**7  # nano: a hundredth of the currency's unit; a smaller difference is none


@dataclass(frozen=True, slots=True)
class Goal:
    """A place on the Market page: an order's slot (its price is explained there), a lot, or the top.

    ``side`` is None where either will do. ``wallet``: the wallet instead.
    """

    side: Side | None = None
    which: int | bytes | None = None
    wallet: bool = False


@dataclass(frozen=True, slots=True)
class BriefView:
    """One sentence. ``tone`` is neutral, notice or alarm; ``action`` are the words of the way to ``goal``."""

    tone: str
    glyph: str
    words: str
    action: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at on the Market page: alarms up to this key, refused orders by theirs."""

    alarm: int = 0
    refused: frozenset[int] = frozenset()

    def with_all(self, state: MarketState) -> Seen:
        """Everything in a state was looked at now. Alarms of a new file are counted from the start again."""
        alarm = newest_alarm(state) if state.alarms else self.alarm
        return Seen(alarm, frozenset(o.key for o in state.orders if o.stage is OrderStage.REFUSED))


@dataclass(frozen=True, slots=True)
class MarkModel:
    """How many things need the household, in words too; ``tone`` is notice or alarm."""

    tone: str
    count: int
    words: str


def alarm_key(alarm: Alarm) -> int:
    """Which alarm of the market's file it is, from 1 on; 0 where it is not kept there."""
    text = alarm.evidence
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def newest_alarm(state: MarketState) -> int:
    """The key of the newest alarm, 0 without one."""
    return max(map(alarm_key, state.alarms), default=0)


# ---- Home's sentence ----------------------------------------------------------------------------


def present_brief(known: Known, now_s: int, words: Wording) -> BriefView | None:
    """The one thing that is worth a line, None where there is none.

    In this order: a wrong clearing, what needs the household, what can be offered, what today came to, what
    stands offered. What the person just chose on the Market page changes nothing here.
    """
    asked = asked_of(replace(known, side=None, limit=None), now_s, words)
    if asked is None:
        return None
    return _alarm(asked) or _need(asked) or _offer(asked) or _traded(asked) or _posted(asked)


def _alarm(asked: Asked) -> BriefView | None:
    alarms, words = asked.state.alarms, asked.amounts.words
    if not alarms:
        return None
    which = alarms[0].which
    said = f"{alarm_head(alarms[0], asked)}."
    if len(alarms) > 1:
        said = words.count(
            len(alarms),
            "{n} result of the market does not follow from its orders.",
            "{n} results of the market do not follow from their orders.",
        )
    return BriefView(
        "alarm", "alert", said, words.tr("Show what is wrong"), Goal(_side_at(asked, which), which)
    )


def _side_at(asked: Asked, which: int | bytes) -> Side | None:
    return next((order.side for order in asked.state.orders if order.slot == which), None)


def _need(asked: Asked) -> BriefView | None:
    tr = asked.amounts.words.tr
    missing = _missing(asked)
    if missing:
        said = tr(
            "Too little money for your standing instruction: {missing} are missing.",
            missing=asked.amounts.money(missing),
        )
        return BriefView("notice", "info", said, tr("Show the wallet"), Goal(wallet=True))
    refused = _refused(asked)
    if refused:
        newest = refused[0]
        said = asked.amounts.words.count(
            len(refused), "{n} order was refused: {reason}.", "{n} orders were refused: {reason}.",
            reason=newest.reason or tr("no reason given"),
        )  # fmt: skip
        return BriefView("notice", "info", said, tr("Show orders"), Goal(newest.side, newest.slot))
    return None


def _missing(asked: Asked) -> int:
    """Nano that the next order under a standing instruction lacks; 0 without one, or where there is enough."""
    mandate, account = asked.state.mandate, asked.state.account
    if mandate is None or account is None or mandate.expiry_s <= asked.times.now_s or account.locked_nano:
        return 0  # what is locked comes back by itself
    return max(flat_lock(asked.terms) - account.free_nano, 0)


def _refused(asked: Asked) -> Sequence[OrderState]:
    """Refused orders of today and later, the newest slot first; one that was offered again is forgotten."""
    again = {(o.slot, o.side) for o in asked.state.orders if o.stage is not OrderStage.REFUSED}
    found = [
        o for o in asked.state.orders
        if o.stage is OrderStage.REFUSED and asked.times.day(o.slot) >= asked.times.today
        and (o.slot, o.side) not in again
    ]  # fmt: skip
    return sorted(found, key=lambda o: -o.slot)


def _offer(asked: Asked) -> BriefView | None:
    """What is to spare and can be offered now with one click there. Nobody is asked to buy."""
    mandate = asked.state.mandate
    by_itself = mandate is not None and mandate.expiry_s > asked.times.now_s
    if asked.side is not Side.SELL or by_itself:
        return None
    hero = present_offer(asked)
    if not hero.can_post or hero.posted:
        return None
    return BriefView("neutral", "market", hero.lead, hero.action, Goal(Side.SELL))


def _posted(asked: Asked) -> BriefView | None:
    hero = present_offer(asked)
    if not hero.posted:
        return None
    wanted = set(hero.posted)
    slot = max((o.slot for o in asked.state.orders if o.key in wanted), default=None)
    words = f"{hero.lead} {hero.posted_words}"
    return BriefView("neutral", "market", words, asked.amounts.words.tr("Show"), Goal(asked.side, slot))


def _traded(asked: Asked) -> BriefView | None:
    """What was sold today, else what was bought."""
    today = asked.times.today
    orders = [o for o in asked.state.orders if o.fill_wh and asked.times.day(o.slot) == today]
    for side in (Side.SELL, Side.BUY):
        done = Dealt.of((o for o in orders if o.side is side), replace(asked, side=side))
        tr = asked.amounts.words.tr
        if done is not None:
            return BriefView("neutral", "market", _today(done, asked), tr("Show"), Goal(side, done.slot))
        coming = [o for o in orders if o.side is side and o.stage is OrderStage.CLEARED]
        if coming:
            energy = asked.amounts.kwh(sum(o.fill_wh or 0 for o in coming), 1)
            said = tr("{energy} are sold for today and paid once they are delivered.", energy=energy)
            return BriefView("neutral", "market", said, tr("Show"), Goal(side, max(o.slot for o in coming)))
    return None


@dataclass(frozen=True, slots=True)
class Dealt:
    """What some orders of one side came to, settled: Wh, what was paid (nano), against no market (nano).

    ``slot`` is the newest that counts: its price is explained on the Market page.
    """

    side: Side
    wh: int
    money_nano: int
    gain_nano: int
    slot: int

    @classmethod
    def of(cls, orders: Iterable[OrderState], asked: Asked) -> Dealt | None:
        """Of orders of the asked side; what is not delivered yet counts as nothing. None where nothing counts."""
        counted = [
            (o, wh) for o in orders
            if (wh := (o.fill_wh or 0) if o.side is Side.BUY else (o.delivered_wh or 0)) and o.price is not None
            and o.stage in (OrderStage.CLEARED, OrderStage.PAID)
        ]  # fmt: skip
        if not counted:
            return None
        return cls(
            asked.side,
            sum(wh for _, wh in counted),
            sum(o.money_nano for o, _ in counted),
            sum(gain_of(o, asked) for o, _ in counted),
            max(o.slot for o, _ in counted),
        )

    def against(self, asked: Asked) -> str:
        """*0.09 € more than feed-in alone*; empty where the difference is next to nothing."""
        tr, gain = asked.amounts.words.tr, self.gain_nano
        if abs(gain) < _SMALLEST // 2:
            return ""
        money = asked.amounts.money(abs(gain))
        if self.side is Side.SELL:
            if gain > 0:
                return tr("{money} more than feed-in alone", money=money)
            return tr("{money} less than feed-in alone", money=money)
        if gain > 0:
            return tr("{money} less than retail alone", money=money)
        return tr("{money} more than retail alone", money=money)


def _today(done: Dealt, asked: Asked) -> str:
    tr = asked.amounts.words.tr
    energy, money = asked.amounts.kwh(done.wh, 1), asked.amounts.money(done.money_nano)
    against = done.against(asked)
    if done.side is Side.SELL:
        if against:
            return tr(
                "Sold {energy} in the market today for {money}, {against}.",
                energy=energy,
                money=money,
                against=against,
            )
        return tr("Sold {energy} in the market today for {money}.", energy=energy, money=money)
    if against:
        return tr(
            "Bought {energy} in the market today for {money}, {against}.",
            energy=energy,
            money=money,
            against=against,
        )
    return tr("Bought {energy} in the market today for {money}.", energy=energy, money=money)


# ---- the sidebar's mark -------------------------------------------------------------------------


def present_mark(known: Known, seen: Seen, now_s: int, words: Wording) -> MarkModel | None:
    """What needs the household and was not looked at yet; missing money stays until it is there."""
    asked = asked_of(replace(known, side=None, limit=None), now_s, words)
    if asked is None:
        return None
    wrong = sum(alarm_key(a) > _known_up_to(asked.state, seen) for a in asked.state.alarms)
    refused = sum(o.key not in seen.refused for o in _refused(asked))
    money = bool(_missing(asked))
    parts = []
    if wrong:
        parts.append(words.count(wrong, "{n} wrong result", "{n} wrong results"))
    if refused:
        parts.append(words.count(refused, "{n} refused order", "{n} refused orders"))
    if money:
        parts.append(words.tr("too little money"))
    if not parts:
        return None
    # Orders that were refused together are one thing to look at.
    return MarkModel("alarm" if wrong else "notice", wrong + bool(refused) + money, ", ".join(parts))


def _known_up_to(state: MarketState, seen: Seen) -> int:
    """The newest alarm that was looked at; none where the file was made anew since."""
    return seen.alarm if seen.alarm <= newest_alarm(state) else 0

"""Notices of the market: what a day's trade came to, once, the morning after; a wrong clearing, at once. Qt-free.

What was told is handed in and asked for again, so that nothing is told twice after a restart. Nothing is told of
a day before all of it is settled and proven, for then the sum would be another one. Here: when and in which
words. Not here: showing (``ui.tray``), notices of the home itself (``notices``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.market.orders import Side
from ohmstead.services.market_states import MarketState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_brief import Dealt, alarm_key, newest_alarm
from ohmstead.ui.presenters.market_data import MarketData, MarketRequest
from ohmstead.ui.presenters.market_page import Known, alarm_head, asked_of
from ohmstead.ui.presenters.notices import Notice, NoticeKind
from ohmstead.ui.presenters.wording import Wording

MORNING_SLOTS = 7 * 4  # from seven o'clock on; nobody is woken for a sum


@dataclass(frozen=True, slots=True)
class MarketTold:
    """What was told of a home's market: alarms up to this key, trades up to this local day (since 1970)."""

    alarm: int = 0
    day: int = 0


class MarketWatch:
    """Hears the states of one home's market and says what is worth a notice. Any one thread."""

    def __init__(self, home: str, told: MarketTold) -> None:
        self._home, self.told = home, told

    def hear(
        self,
        state: MarketState | None,
        zone: ZoneTable | None,
        prices: Prices,
        wanted: Notices,
        now_s: int,
        words: Wording,
    ) -> Sequence[Notice]:
        """The notices of a state at a moment (UTC seconds). What is not wanted counts as told."""
        if state is None or zone is None:
            return ()
        data = MarketData(MarketRequest(now_s), zone)
        asked = asked_of(Known(state, data, prices=prices), now_s, words)
        if asked is None:
            return ()
        found = []
        for notice, on in ((self._wrong(asked), wanted.not_in_order), (self._dealt(asked), wanted.market)):
            if notice is not None and on:
                found.append(notice)
        return tuple(found)

    def _wrong(self, asked: Asked) -> Notice | None:
        alarms, words, newest = asked.state.alarms, asked.amounts.words, newest_alarm(asked.state)
        if not alarms:
            return None
        told = self.told.alarm if self.told.alarm <= newest else 0  # a file made anew counts from the start
        new = [alarm for alarm in alarms if alarm_key(alarm) > told]
        self.told = replace(self.told, alarm=newest)
        if not new:
            return None
        head = alarm_head(max(new, key=alarm_key), asked)
        more = len(new) - 1
        said = words.tr("Recomputed on this computer, it comes to something else. The evidence is kept.")
        if more:
            also = words.count(more, "So does {n} other result.", "So do {n} other results.")
            said = f"{said} {also}"
        return Notice(NoticeKind.MARKET, f"{self._home}: {head}", said)

    def _dealt(self, asked: Asked) -> Notice | None:
        """Yesterday's sum, where all of it is settled and the ledger is proven past its end."""
        times, state = asked.times, asked.state
        day = times.today - 1
        try:
            today = asked.times.zone.slots_of(times.today).start
        except ZoneTableEnds:
            return None
        whole = state.account is not None and state.account.complete
        early = times.now_slot < today + MORNING_SLOTS
        if self.told.day >= day or early or not whole or state.head_time_s < today * SLOT_SECONDS:
            return None
        orders = [order for order in state.orders if times.day(order.slot) == day]
        if any(not order.stage.ended for order in orders):
            return None
        sides = [(side, replace(asked, side=side)) for side in (Side.SELL, Side.BUY)]
        dealt = [
            (done, own) for side, own in sides
            if (done := Dealt.of((o for o in orders if o.side is side), own)) is not None
        ]  # fmt: skip
        if not dealt:
            return None
        self.told = replace(self.told, day=day)
        first = dealt[0][0]
        energy = asked.amounts.kwh(first.wh, 1)
        if first.side is Side.SELL:
            head = asked.amounts.words.tr("{home}: sold {energy} yesterday", home=self._home, energy=energy)
        else:
            head = asked.amounts.words.tr("{home}: bought {energy} yesterday", home=self._home, energy=energy)
        return Notice(NoticeKind.MARKET, head, " ".join(_sum(done, own) for done, own in dealt))


def _sum(done: Dealt, asked: Asked) -> str:
    """*Sold 1.2 kWh at 12.0 ct: 0.14 €, 0.05 € more than feed-in alone.*"""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    energy, money = amounts.kwh(done.wh, 1), amounts.money(done.money_nano)
    price, against = amounts.price(done.money_nano // done.wh), done.against(asked)
    came_to = f"{money}, {against}" if against else money
    if done.side is Side.SELL:
        return tr("Sold {energy} at {price}: {came_to}.", energy=energy, price=price, came_to=came_to)
    return tr("Bought {energy} at {price}: {came_to}.", energy=energy, price=price, came_to=came_to)

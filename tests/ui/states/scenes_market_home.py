"""What the market says on Home and in the sidebar, in every state; kept short where there is nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ohmstead.market.orders import Side
from ohmstead.services.market_states import Account, Alarm, Mandate, MarketState, OrderStage, OrderState
from tests.ui.market_street import Street
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Quiet, Studio

Make = Callable[[Street], MarketState]


def at_home(name: str, make: Make, page: str = "home") -> None:
    @scene(name)
    def go(s: Studio) -> None:
        home = s.files.year("spring")
        s.show(home, page)
        s.window.market.set_controller(Quiet())
        s.window.market.show_market(make(Street(home.zone, s.now_s)))


def tomorrow(street: Street) -> tuple[OrderState, ...]:
    """Offers for the middle of tomorrow."""
    first = street.zone.slots_of(street.today + 1).start
    return tuple(street.order(Side.SELL, first + n, OrderStage.HANDED) for n in range(36, 64))


def wrong(street: Street, many: int = 1) -> MarketState:
    """So many auctions do not come out here."""
    alarms = [
        Alarm("price", "stated 131000, computed 155000", street.slot - n, f"{n + 1}") for n in range(many)
    ]
    return street.busy(alarms=tuple(reversed(alarms)))


def refused(street: Street) -> MarketState:
    """Tomorrow's offers came back."""
    orders = [
        replace(o, stage=OrderStage.REFUSED, reason="over the rating", key=900 + i)
        for i, o in enumerate(tomorrow(street))
    ]
    return street.empty(orders=tuple(orders))


def poor(street: Street) -> MarketState:
    """A standing instruction without money for its next order."""
    mandate = Mandate(Side.SELL, 4_000, 120_000, street.now_s + 30 * 86_400, 8, True)
    return street.empty(account=Account(40_000_000, 0, complete=True), mandate=mandate)


def sold(street: Street) -> MarketState:
    """Something was sold today, and tomorrow is offered."""
    return street.busy(orders=(*street.day(), *tomorrow(street)))


at_home("home-market-offer", lambda st: st.empty())
at_home("home-market-offered", lambda st: st.empty(orders=tomorrow(st)))
at_home("home-market-sold", sold)
at_home("home-market-wrong", wrong)
at_home("home-market-refused", refused)
at_home("home-market-poor", poor)
at_home("usage-market-refused", refused, "usage")
at_home("usage-market-wrong", lambda st: wrong(st, 3), "usage")
at_home("home-market-none", lambda _: MarketState())

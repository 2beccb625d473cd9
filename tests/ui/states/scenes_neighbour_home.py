"""What the neighbours say on Home and in the sidebar, in every state."""

from __future__ import annotations

from dataclasses import replace

from ohmstead.market.orders import Side
from ohmstead.services.market_states import OrderStage
from ohmstead.services.neighbour_states import Finding, NeighbourState, Standing
from tests.ui.market_street import Street
from tests.ui.neighbour_street import HOME, HOUSES, Lane
from tests.ui.states.scenes import scene
from tests.ui.states.scenes_neighbours import Make
from tests.ui.states.studio import Quiet, Studio


def at_home(name: str, make: Make, page: str = "home") -> None:
    @scene(name)
    def go(s: Studio) -> None:
        beside(s, make, page)


def beside(s: Studio, make: Make, page: str = "home") -> Lane:
    """The neighbours in a state, and another page before their own was looked at."""
    home = s.files.year("two-years")
    s.show(home, page)
    lane = Lane(home.zone, s.now_s)
    s.window.neighbours.set_controller(Quiet())
    s.window.neighbours.show_neighbours(make(lane))
    s.settle()
    return lane


def first(lane: Lane) -> NeighbourState:
    """Taking part since the day before yesterday."""
    rounds = tuple(lane.day(b, Standing.COLLECTING) for b in (1, 2))
    return lane.full(rounds=rounds, own=lane.owns(3))


def wrong(lane: Lane, many: int = 1) -> NeighbourState:
    """So many findings."""
    found = [
        replace(lane.alarm(Finding.LEFT_OUT, "own leaf is not in the log"), key=n + 1, day=lane.today - 3 - n)
        for n in range(many)
    ]
    return lane.full(alarms=tuple(reversed(found)))


at_home("home-neighbours-result", lambda w: w.full())
at_home("home-neighbours-invited", lambda w: w.outside())
at_home("home-neighbours-proposed", lambda w: w.outside(features=HOME, proposed=HOUSES.id, shown=HOUSES.id))
at_home("home-neighbours-first", first)
at_home("home-neighbours-few", lambda w: w.few())
at_home("home-neighbours-wrong", wrong)
at_home("home-neighbours-none", lambda _: NeighbourState(known=True))
at_home("usage-neighbours-wrong", lambda w: wrong(w, 3), "usage")


@scene("home-neighbours-and-market")
def both(s: Studio) -> None:
    lane = beside(s, lambda w: w.full())
    market = Street(lane.zone, s.now_s)
    start = lane.zone.slots_of(lane.today + 1).start
    orders = tuple(market.order(Side.SELL, start + n, OrderStage.HANDED) for n in range(36, 64))
    s.window.market.set_controller(Quiet())
    s.window.market.show_market(market.empty(orders=orders))
    s.settle()

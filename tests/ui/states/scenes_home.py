"""Home in every state."""

from __future__ import annotations

from ohmstead.services.states import LinkState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Studio


@scene("home-whole")
def whole(s: Studio) -> None:
    s.show(s.files.proven(), "home")


@scene("home-year")
def year(s: Studio) -> None:
    s.show(s.files.year(), "home")


@scene("home-since-last-visit")
def since(s: Studio) -> None:
    home = s.files.year()
    s.show(home, "home")
    s.window.home.set_last_visit(home.end_s - 5 * 86_400, home.last_slot - 5 * 96)


@scene("home-no-prices")
def no_prices(s: Studio) -> None:
    s.show(s.files.year(), "home")
    s.window.home.set_prices(None, None, "EUR")


@scene("home-searching")
def searching(s: Studio) -> None:
    s.show(s.files.year(), "home", link=LinkState.SEARCHING, power=None)


@scene("home-out-of-reach")
def away(s: Studio) -> None:
    home = s.files.year()
    s.show(home, "home")
    s.wait(97 * 60)
    s.show_away(home)


@scene("home-stale")
def stale(s: Studio) -> None:
    home = s.files.year()
    s.show(home, "home")
    s.wait(31 * 3600)
    s.show_away(home)


@scene("home-bluetooth-off")
def off(s: Studio) -> None:
    s.show(s.files.year(), "home", link=LinkState.OFF, power=None)


@scene("home-filling")
def filling(s: Studio) -> None:
    s.show(s.files.year("filling"), "home", pages_held=968, pages_proven=6_968, complete_to_hour=None)


@scene("home-paused")
def paused(s: Studio) -> None:
    s.show(
        s.files.year("filling"),
        "home",
        pages_held=968,
        pages_proven=6_968,
        complete_to_hour=None,
        paused=True,
    )
    s.window.show_paused(True)


@scene("home-refused")
def refused(s: Studio) -> None:
    s.show(s.files.year(), "home", refused="page 8770")


@scene("home-tampered")
def tampered(s: Studio) -> None:
    s.show(s.files.proven("tampered"), "home")


@scene("home-two-histories")
def split(s: Studio) -> None:
    home = s.files.proven("split")
    s.show(home, "home")
    head = home.street.ledger.head.height
    s.window.product.show_witness(
        WitnessSeen("https://node.example", WitnessWord.TWO_HISTORIES, head, s.now_s - 60)
    )


@scene("home-witnessed")
def witnessed(s: Studio) -> None:
    home = s.files.proven()
    s.show(home, "home")
    head = home.street.ledger.head.height
    s.window.product.show_witness(WitnessSeen("https://node.example", WitnessWord.SAME, head, s.now_s - 240))


@scene("home-sealed")
def sealed(s: Studio) -> None:
    s.show(s.files.proven(), "home", sealed=True)


@scene("home-typed")
def typed(s: Studio) -> None:
    s.show(s.files.proven(), "home", typed=True)


@scene("home-gap")
def gap(s: Studio) -> None:
    s.show(s.files.year("gap"), "home")


@scene("home-estimated")
def estimated(s: Studio) -> None:
    s.show(s.files.year("estimated"), "home")


@scene("home-doubt")
def doubt(s: Studio) -> None:
    s.show(s.files.year("doubt"), "home")


@scene("home-replaced")
def replaced(s: Studio) -> None:
    s.show(s.files.year("replaced"), "home")


@scene("home-one-month")
def month(s: Studio) -> None:
    s.show(s.files.year("month"), "home")


@scene("home-first-day")
def day(s: Studio) -> None:
    s.show(s.files.year("day"), "home")


@scene("home-no-sun")
def no_sun(s: Studio) -> None:
    s.show(s.files.year("no-sun"), "home")


@scene("home-empty")
def empty(s: Studio) -> None:
    s.show(s.files.empty, "home", link=LinkState.CONNECTED)


@scene("home-unreadable")
def unreadable(s: Studio) -> None:
    s.show(s.files.unreadable, "home")

"""From Home's line and the sidebar's mark to the Neighbours page; an invitation is made once."""

from __future__ import annotations

import pytest

from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.ui.pages.home_neighbours import NeighbourLine
from ohmstead.ui.presenters.neighbour_brief import SPAN, NeighbourSeen
from ohmstead.ui.product import HomeSources
from ohmstead.ui.sidebar_parts import NavItem
from ohmstead.ui.wording import QtWording
from tests.ui.neighbour_street import Lane
from tests.ui.states.conftest import Studios
from tests.ui.states.scenes import enter, scenes
from tests.ui.states.studio import Quiet, Studio

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def entered(studios: Studios, name: str) -> Studio:
    studio = studios(QtWording)
    enter(next(s for s in scenes() if s.name == name), studio)
    return studio


def line(studio: Studio) -> NeighbourLine:
    return studio.window.home.neighbours


def item(studio: Studio) -> NavItem:
    found = [i for i in studio.window.sidebar.findChildren(NavItem) if i.text() == "Neighbours"]
    assert len(found) == 1
    return found[0]


def test_a_result_leads_to_the_same_days_on_the_page(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-result")
    view, page = line(studio).view, studio.window.neighbours
    assert view is not None
    studio.press("Show", line(studio))
    assert studio.window.page == "neighbours"
    assert page.content.group.spans.current == SPAN
    assert page._faces.area.verticalScrollBar().value() == 0
    assert page.view is not None
    assert page.view.group is not None
    assert page.view.group.lead in view.words  # the same figure
    assert not [b for b in line(studio).findChildren(type(line(studio)._away)) if b.isVisible()]


def test_an_invitation_is_waved_away_for_good(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-invited")
    told: list[None] = []
    studio.window.product.invited.connect(lambda: told.append(None))
    assert line(studio).isVisible()
    studio.press("Do not ask again", line(studio))
    assert not line(studio).isVisible()
    assert len(told) == 1
    assert studio.window.product.neighbours_seen.invited
    studio.window.neighbours.show_neighbours(
        Lane(studio.files.year("two-years").zone, studio.now_s).outside()
    )
    assert not line(studio).isVisible()
    assert len(told) == 1


def test_an_invitation_that_was_read_on_the_page_is_not_made_again(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-invited")
    studio.press("Show how", line(studio))
    assert studio.window.page == "neighbours"
    studio.window.show_page("home")
    assert not line(studio).isVisible()


def test_an_invitation_of_another_run_is_not_made_again(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-invited")
    studio.window.product.set_neighbours_seen(NeighbourSeen(invited=True))
    assert not line(studio).isVisible()


def test_a_finding_leads_to_its_banner_and_is_then_marked_no_more(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-wrong")
    assert item(studio).accessibleName() == "Neighbours: 1 wrong result"
    studio.press("Show what is wrong", line(studio))
    assert item(studio).accessibleName() == "Neighbours"
    assert studio.window.neighbours._faces.area.verticalScrollBar().value() == 0
    assert len(studio.window.product.neighbours_seen.findings) == 1
    studio.window.show_page("home")
    assert line(studio).isVisible()  # it stands, so Home goes on saying it


def test_a_ledger_without_neighbours_says_nothing(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-result")
    assert line(studio).isVisible()
    studio.window.neighbours.show_neighbours(NeighbourState(known=True))
    assert not line(studio).isVisible()
    studio.window.neighbours.show_neighbours(None)
    assert not line(studio).isVisible()
    assert item(studio).accessibleName() == "Neighbours"


def test_neighbours_that_are_there_before_the_readings_are_said_with_them(studios: Studios) -> None:
    studio = studios(QtWording)
    studio.reset()
    home, window = studio.files.year("two-years"), studio.window
    studio.now_s = home.end_s + 17 * 60
    window.show_home("Orchard Lane 4", HomeSources.of_mirror(home.path))
    window.show_page("home")
    window.neighbours.set_controller(Quiet())
    window.neighbours.show_neighbours(Lane(home.zone, studio.now_s).full())
    assert not line(studio).isVisible()
    studio.settle()
    assert line(studio).isVisible()


def test_another_home_forgets_what_was_known_of_the_first(studios: Studios) -> None:
    studio = entered(studios, "usage-neighbours-wrong")
    assert item(studio).accessibleName() == "Neighbours: 3 wrong results"
    studio.show(studio.files.year("month"), "home")
    assert item(studio).accessibleName() == "Neighbours"
    assert not line(studio).isVisible()


def test_both_lines_stand_on_home_without_scrolling(studios: Studios) -> None:
    studio = entered(studios, "home-neighbours-and-market")
    assert line(studio).isVisible()
    assert studio.window.home.market.isVisible()
    assert studio.window.home._scroll.verticalScrollBar().maximum() == 0

"""The tour: five hints beside real things of the real window, by keyboard, at every size, never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.tour import Thing, hints
from ohmstead.ui.tour import Tour
from ohmstead.ui.widgets.hint import HintCard, Side, standing
from tests.ui.audit import LongWording, faults
from tests.ui.conftest import Stage

SIZES = [(1280, 800), (1024, 640)]


@pytest.fixture
def tour(stage: Stage) -> Tour:
    """The window on a home, the tour not begun."""
    stage.desktop.look.theme.keep_still(True)
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    return Tour(stage.window, stage.desktop.look, stage.desktop.wording)


def seen(tour: Tour, qtbot: QtBot, thing: Thing) -> QRect:
    """Waits for the hint of a thing; where its card stands."""
    qtbot.waitUntil(lambda: tour.thing is thing and tour.card.isVisible(), timeout=5_000)
    stands = tour.card.standing
    assert stands is not None
    return stands.box


def focused(tour: Tour) -> bool:
    part = QApplication.focusWidget()
    return part is not None and tour.card.isAncestorOf(part)


@pytest.mark.parametrize("size", SIZES)
def test_each_hint_stands_beside_its_thing_and_inside_the_window(
    stage: Stage, tour: Tour, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = stage.window
    window.resize(*size)
    tour.start()
    for thing in Thing:
        box = seen(tour, qtbot, thing)
        target = tour._box(thing) or tour._place_of(thing)
        assert target is not None
        assert window.rect().contains(box)
        assert not box.intersects(target)
        if thing.page:
            assert window.page == thing.page
        assert focused(tour)
        assert faults(tour.card) == []
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert tour.thing is None
    assert not tour.card.isVisible()
    assert not focused(tour)


def test_enter_goes_on_escape_skips_and_only_then_it_is_seen(tour: Tour, qtbot: QtBot) -> None:
    ended: list[bool] = []
    tour.finished.connect(lambda: ended.append(True))
    tour.start()
    seen(tour, qtbot, Thing.NOW)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    seen(tour, qtbot, Thing.FACTS)
    tour.stop()
    assert ended == []
    tour.start()
    seen(tour, qtbot, Thing.NOW)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert ended == [True]
    assert tour.thing is None
    tour.skip()
    assert ended == [True]


def test_the_last_hint_ends_it(tour: Tour, qtbot: QtBot) -> None:
    tour.start()
    for thing in Thing:
        seen(tour, qtbot, thing)
        if thing is Thing.PALETTE:
            with qtbot.waitSignal(tour.finished):
                tour.go_on()
        else:
            tour.go_on()
    assert tour.thing is None


def test_it_does_not_begin_without_a_home_and_waits_when_the_home_goes(
    stage: Stage, tour: Tour, qtbot: QtBot
) -> None:
    stage.window.show_home("", None)
    tour.start()
    assert tour.thing is None
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    tour.start()
    seen(tour, qtbot, Thing.NOW)
    stage.window.show_home("", None)
    qtbot.waitUntil(lambda: not tour.card.isVisible())


def test_it_waits_while_another_page_or_the_palette_is_looked_at(
    stage: Stage, tour: Tour, qtbot: QtBot
) -> None:
    tour.start()
    seen(tour, qtbot, Thing.NOW)
    stage.window.show_page("ledger")
    assert not tour.card.isVisible()
    stage.window.show_page("home")
    seen(tour, qtbot, Thing.NOW)
    stage.window.finder.open()
    qtbot.waitUntil(lambda: not tour.card.isVisible())
    stage.window.finder.dismiss()
    seen(tour, qtbot, Thing.NOW)


def test_it_follows_the_thing_when_the_window_changes(stage: Stage, tour: Tour, qtbot: QtBot) -> None:
    tour.start()
    tour.go_on()
    before = seen(tour, qtbot, Thing.FACTS)
    stage.window.resize(1024, 640)

    def moved() -> None:
        stands = tour.card.standing
        assert stands is not None
        assert stands.box.top() < before.top() - 50

    qtbot.waitUntil(moved)
    picture = tour.card.grab().toImage()
    stage.desktop.look.theme.choose("dark")
    assert tour.card.grab().toImage() != picture


def test_the_bar_s_hint_goes_to_a_day(stage: Stage, tour: Tour, qtbot: QtBot) -> None:
    stage.show(lambda: stage.window.usage.show_span(Span.YEAR, heat=True))
    tour.start()
    tour.go_on()
    tour.go_on()
    seen(tour, qtbot, Thing.BAR)
    view = stage.window.usage.view
    assert view is not None
    assert view.chart is not None


def test_the_palette_offers_it_again(stage: Stage, tour: Tour, qtbot: QtBot) -> None:
    stage.window.finder.open()
    qtbot.keyClicks(stage.window.finder.line, "tour")
    qtbot.keyClick(stage.window.finder.line, Qt.Key.Key_Return)
    seen(tour, qtbot, Thing.NOW)


def test_longer_words_fit(stage: Stage, qtbot: QtBot) -> None:
    card = HintCard(stage.desktop.look, stage.window)
    for hint in hints(LongWording(), "Ctrl K"):
        card.say(hint)
        card.stand(QRect(400, 300, 100, 40), Side.RIGHT)
        qtbot.wait(0)
        assert faults(card) == []
        assert card._next.accessibleDescription().endswith(hint.body)


@pytest.mark.parametrize(
    ("thing", "side"),
    [
        (QRect(10, 10, 60, 30), Side.RIGHT),
        (QRect(10, 560, 980, 30), Side.ABOVE),
        (QRect(10, 10, 980, 30), Side.BELOW),
        (QRect(930, 10, 60, 590), Side.LEFT),
        (QRect(0, 0, 1000, 640), Side.RIGHT),
    ],
)
def test_a_hint_stands_where_there_is_room(thing: QRect, side: Side) -> None:
    room = QRect(0, 0, 1000, 640)
    found = standing(thing, QSize(312, 140), room, Side.RIGHT)
    assert found.side is side
    assert room.contains(found.box)
    assert 0 < found.arrow < max(found.box.width(), found.box.height())

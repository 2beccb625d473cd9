"""The whole window at the keyboard: every page and sheet walked with Tab, both ways, with ring, name and order.

Here: the walk and what must hold on it. Not here: what each control does with its keys (``tests.ui.widgets``).
"""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ohmstead.ui.charts.day_chart import DayChart
from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.heat_map import HeatMap
from ohmstead.ui.charts.table import ReadingsTable
from ohmstead.ui.sidebar_parts import NavItem
from ohmstead.ui.widgets.ring import OuterRing
from ohmstead.ui.widgets.rows import RowList
from ohmstead.ui.widgets.sheet import Over
from ohmstead.ui.wording import QtWording
from tests.ui.states.conftest import Studios, nothing_left_running, studios
from tests.ui.states.scenes import enter, scenes
from tests.ui.states.studio import Studio

__all__ = ["nothing_left_running", "studios"]  # fixtures of the scenes' window, used here as well

MOST = 150  # stops; a walk that is longer goes round somewhere
#: Offered at two places of one page, and the same at both.
SAME = ("How is this checked?", "Save the evidence…")
WALKED = (
    "home-whole", "home-market-offer", "home-since-last-visit", "home-out-of-reach", "home-tampered",
    "usage-day", "usage-heat",
    "usage-table", "usage-zoom-days", "receipt", "ledger-whole", "ledger-two-histories", "settings-look",
    "settings-prices", "settings-notices", "settings-data", "settings-about", "palette", "help-usage",
    "dialog-unpair", "dialog-passphrase", "dialog-erase", "dialog-recovery-sheet", "dialog-ask-words",
    "reader-help", "first-run", "pairing-open", "pairing-words", "pairing-failed-wrong-code", "unlock-sealed",
)  # fmt: skip


def walk(window: QWidget, *, forward: bool = True) -> list[QWidget]:
    """The stops of Tab from where the keyboard is, all the way round: the first is where it started."""
    key = Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab
    stops: list[QWidget] = []
    links = 0
    while len(stops) < MOST:
        part = QApplication.focusWidget()
        assert part is not None, f"the keyboard is lost after {told(stops[-1]) if stops else 'nothing'}"
        if stops and part is stops[-1] and links < MOST:  # from link to link inside a document
            links += 1
        elif stops and part is stops[0]:
            return stops
        else:
            assert part not in stops, f"a trap at {told(part)}"
            stops.append(part)
        QTest.keyClick(part, key)
    raise AssertionError("Tab does not come round")


def told(part: QWidget) -> str:
    return f"{type(part).__name__} ({part.accessibleName() or part.objectName()})"


def where(part: QWidget, window: QWidget) -> QRect:
    """Its place in the window as if nothing were scrolled."""
    box = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    above = part.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QAbstractScrollArea):
            box.translate(0, above.verticalScrollBar().value())
        above = above.parentWidget()
    return box


def begun(studio: Studio, name: str) -> QWidget:
    """The window in a scene, the keyboard on its first stop."""
    (scene,) = [s for s in scenes() if s.name == name]
    enter(scene, studio)
    window = studio.window
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    if QApplication.focusWidget() is None:
        QTest.keyClick(window, Qt.Key.Key_Tab)
    part = QApplication.focusWidget()
    assert part is not None
    if part.focusPolicy() == Qt.FocusPolicy.NoFocus or not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        QTest.keyClick(part, Qt.Key.Key_Tab)
    return over_of(window) or window


def over_of(window: QWidget) -> Over | None:
    return next((o for o in window.findChildren(Over) if o.isVisible()), None)


def controls(root: QWidget) -> list[QWidget]:
    """What a pointer can use: buttons, lines, charts, tables."""
    kinds = (QAbstractButton, QLineEdit, EnergyChart, HeatMap, QAbstractItemView)
    return [w for kind in kinds for w in root.findChildren(kind) if w.isVisible() and w.isEnabled()]


def reachable(part: QWidget, stops: list[QWidget]) -> bool:
    """Whether it is a stop, or arrows lead to it from one."""
    if part in stops or any(stop is part.focusProxy() for stop in stops if part.focusProxy()):
        return True
    if isinstance(part, RowList):  # the palette's: the line above it moves its choice
        return any(isinstance(s, QLineEdit) for s in stops)
    if isinstance(part, QAbstractButton) and part.group() is not None:
        return any(isinstance(s, QAbstractButton) and s.group() is part.group() for s in stops)
    above = part.parentWidget()
    # A part of a composed control whose own keys do the same (a stepper's minus, a list under its line).
    return above is not None and any(s is above or s.parentWidget() is above for s in stops)


@pytest.mark.parametrize("name", WALKED)
def test_tab_reaches_everything_both_ways_and_comes_round(studios: Studios, name: str) -> None:
    root = begun(studios(QtWording), name)
    there = walk(root)
    back = walk(root, forward=False)
    assert [told(p) for p in back] == [told(p) for p in (there[0], *reversed(there[1:]))]
    for stop in there:
        assert root.isAncestorOf(stop), told(stop)
        assert stop.isVisible(), told(stop)
        assert stop.isEnabled(), told(stop)
        assert stop.accessibleName(), f"no name: {told(stop)}"
    missed = [told(c) for c in controls(root) if not reachable(c, there) and usable(c)]
    assert missed == []


def usable(part: QWidget) -> bool:
    """Whether a control has a purpose now: a home's button without another home has none."""
    return not (isinstance(part, QAbstractButton) and part.cursor().shape() == Qt.CursorShape.ArrowCursor)


@pytest.mark.parametrize("name", WALKED)
def test_tab_goes_as_one_reads(studios: Studios, name: str) -> None:
    studio = studios(QtWording)
    root = begun(studio, name)
    stops = walk(root)
    bar = studio.window.sidebar
    if root is studio.window and bar.isVisible():
        kinds = [bar.isAncestorOf(s) for s in stops]
        first = kinds.index(True)
        kinds = kinds[first:] + kinds[:first]
        changes = sum(a != b for a, b in itertools.pairwise(kinds))
        assert changes == 1, "the sidebar is left and come back to"
        stops = stops[first:] + stops[:first]
        stops = [s for s in stops if not bar.isAncestorOf(s)]
    else:  # round a sheet: from the highest
        first = min(
            range(len(stops)), key=lambda i: (where(stops[i], root).top(), where(stops[i], root).left())
        )
        stops = stops[first:] + stops[:first]
    boxes = [where(s, root) for s in stops]
    back = [
        f"{told(a)} → {told(b)}"
        for a, b, one, two in zip(stops, stops[1:], boxes, boxes[1:], strict=False)
        if two.bottom() <= one.top() and two.left() < one.right()
    ]
    assert back == []


@pytest.mark.parametrize("name", [n for n in WALKED if n != "palette"])  # one line, its caret always in it
def test_the_ring_is_seen_at_every_stop(studios: Studios, name: str) -> None:
    root = begun(studios(QtWording), name)
    unseen = []
    for stop in walk(root):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        # A ring may lie round the line, on the field that it is in.
        shown = stop.parentWidget() if isinstance(stop, QLineEdit) and stop.parentWidget() else stop
        assert shown is not None
        box = shown.rect()
        if any(ring.isVisible() for ring in stop.window().findChildren(OuterRing)):
            box, shown = round_about(stop), stop.window()  # or round a link, over the window
        lit = shown.grab(box).toImage()
        stop.clearFocus()
        if pixels_apart(lit, shown.grab(box).toImage()) < 20:
            unseen.append(told(stop))
        stop.setFocus(Qt.FocusReason.TabFocusReason)
    assert unseen == []


def round_about(part: QWidget) -> QRect:
    """Where a ring round a part lies in its window; it is scrolled to, as Tab does."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size()).adjusted(-8, -8, 8, 8)


def pixels_apart(one: QImage, two: QImage) -> int:
    """How many pixels differ, up to 20 of them: a caret alone is fewer than a ring."""
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            if one.pixel(x, y) != two.pixel(x, y):
                count += 1
                if count == 20:
                    return count
    return count


@pytest.mark.parametrize("name", WALKED)
def test_no_two_controls_of_a_page_are_called_the_same(studios: Studios, name: str) -> None:
    root = begun(studios(QtWording), name)
    stops = [s for s in walk(root) if s.accessibleName() not in SAME]
    names = Counter((type(s).__name__, s.accessibleName(), s.accessibleDescription()) for s in stops)
    assert [n for n, count in names.items() if count > 1] == []


def test_every_command_of_the_palette_is_run_by_keyboard_alone(
    studios: Studios, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = studios(QtWording)
    begun(studio, "usage-day")
    finder = studio.window.finder
    ran: list[str] = []
    finder.open()
    wanted = list(finder._commands)
    finder.dismiss()
    assert len(wanted) > 15
    for name in wanted:
        finder.open()
        # What a command does is its own matter: here it only says that it was run.
        finder._commands = {n: recorded(c, ran) for n, c in finder._commands.items()}
        words = finder._commands[name].words
        QTest.keyClicks(finder.line, "".join(letter for letter in words if letter.isascii()))
        place = next(i for i, f in enumerate(finder.found) if not f.head and f.name == name)
        for _ in range(len(finder.found) + 1):
            if finder.list.currentIndex().row() == place:
                break
            QTest.keyClick(finder.line, Qt.Key.Key_Down)
        QTest.keyClick(finder.line, Qt.Key.Key_Return)
        assert not finder.isVisible()
    assert ran == wanted


def recorded(command: object, ran: list[str]) -> object:
    from dataclasses import replace

    from ohmstead.ui.commands import Command

    assert isinstance(command, Command)
    return replace(command, run=lambda: ran.append(command.name))


@pytest.mark.parametrize(
    ("name", "kind"), [("home-whole", DayChart), ("usage-day", EnergyChart), ("usage-heat", HeatMap)]
)
def test_a_chart_says_what_its_crosshair_stands_on(
    studios: Studios, name: str, kind: type[EnergyChart] | type[HeatMap]
) -> None:
    studio = studios(QtWording)
    begun(studio, name)
    (chart,) = [c for c in studio.window.findChildren(kind) if c.isVisible()]
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    said = []
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Left)
        said.append(chart.accessibleDescription())
    assert len(set(said)) == 3
    assert all(said)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.accessibleDescription() == ""


def test_behind_the_bars_is_a_table_of_the_same_bars(studios: Studios) -> None:
    studio = studios(QtWording)
    begun(studio, "usage-day")
    view = studio.window.usage.view
    assert view is not None
    assert view.chart is not None
    studio.window.usage.toggle_table()
    studio.settle()
    (table,) = [t for t in studio.window.findChildren(ReadingsTable) if t.isVisible()]
    model = table.model()
    assert model.rowCount() == len(view.chart)
    assert all(model.index(row, 0).data() for row in range(model.rowCount()))
    studio.window.usage.toggle_table()


def test_arrows_lead_from_page_to_page(studios: Studios) -> None:
    studio = studios(QtWording)
    begun(studio, "home-whole")
    items = [i for i in studio.window.sidebar.findChildren(NavItem) if i.isVisible()]
    items.sort(key=lambda i: i.y())
    items[0].setFocus(Qt.FocusReason.TabFocusReason)
    walked = [QApplication.focusWidget()]
    for _ in items[1:]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        walked.append(QApplication.focusWidget())
    assert walked == items

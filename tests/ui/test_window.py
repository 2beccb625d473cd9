"""The real window on the real home: navigation, keyboard, theme, names, places."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.settings.schema import WindowPlace
from ohmstead.store.mirror import Mirror
from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.heat_map import HeatMap
from ohmstead.ui.charts.table import ReadingsTable
from ohmstead.ui.pages.picture import render_page
from ohmstead.ui.pages.usage_page import UsagePage
from ohmstead.ui.presenters.meter_state import Link, MeterFacts
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.view_models import PageState, UsageView
from ohmstead.ui.widgets.toast import Toast
from tests.ui.conftest import Stage


def opened(stage: Stage) -> UsagePage:
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.show_page("usage")
    return stage.window.usage


def shown(page: UsagePage) -> UsageView:
    assert page.view is not None
    return page.view


def part(page: QWidget, kind: type[QWidget]) -> QWidget:
    (found,) = page.findChildren(kind)
    return found


def button(root: QWidget, name: str) -> QAbstractButton:
    (found,) = [b for b in root.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found


def pixels(widget: QWidget, path: Path) -> QImage:
    render_page(widget, path)
    return QImage(str(path))


def test_first_run_leads_to_pairing(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    assert window.first_run.isVisible()
    assert not window.sidebar.isVisible()
    with qtbot.waitSignal(window.pairing_wanted):
        qtbot.mouseClick(window.first_run.pair_button, Qt.MouseButton.LeftButton)


def test_a_home_opens_on_its_newest_day(stage: Stage) -> None:
    page = opened(stage)
    assert page.isVisible()
    assert stage.window.sidebar.isVisible()
    assert stage.window.windowTitle().startswith("Orchard Lane 4")
    assert shown(page).title == "Saturday 14 June"


def test_going_back_and_on_and_to_today(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    stage.show(lambda: qtbot.mouseClick(button(page, "Previous"), Qt.MouseButton.LeftButton))
    assert shown(page).title == "Friday 13 June"
    stage.show(lambda: qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert shown(page).title == "Thursday 12 June"
    stage.show(lambda: qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier))
    assert shown(page).title == "Friday 13 June"
    stage.show(lambda: qtbot.mouseClick(button(page, "Today"), Qt.MouseButton.LeftButton))
    assert shown(page).title == "Saturday 14 June"
    assert not button(page, "Next").isEnabled()


@pytest.mark.parametrize(
    ("name", "title", "bars"),
    [
        ("Week", "9 to 15 June", 168),
        ("Month", "June 2025", 30),
        ("Year", "July 2024 to June 2025", 12),
        ("All", "June 2024 to June 2025", 13),
    ],
)
def test_each_span(stage: Stage, qtbot: QtBot, name: str, title: str, bars: int) -> None:
    page = opened(stage)
    stage.show(lambda: qtbot.mouseClick(button(page, name), Qt.MouseButton.LeftButton))
    view = shown(page)
    assert view.title == title
    assert view.chart is not None
    assert len(view.chart) == bars


def test_a_click_goes_one_span_deeper(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    stage.show(lambda: page.show_span(Span.YEAR))
    chart = part(page, EnergyChart)
    assert isinstance(chart, EnergyChart)
    stage.show(lambda: chart.opened.emit(9))
    assert shown(page).title == "April 2025"
    stage.show(lambda: chart.opened.emit(4))
    assert shown(page).title == "Saturday 5 April"
    stage.show(lambda: page.show_span(Span.WEEK))
    assert shown(page).title == "31 March to 6 April"
    stage.show(lambda: chart.opened.emit(24 * 6 + 24))  # the extra hour of Sunday belongs to Sunday
    assert shown(page).title == "Sunday 6 April"


def test_the_pointer_moves_the_crosshair(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    chart = part(page, EnergyChart)
    assert isinstance(chart, EnergyChart)
    viewport = chart.childAt(chart.width() // 2, chart.height() // 2)
    assert viewport is not None
    qtbot.mouseMove(viewport, QPoint(viewport.width() // 2, 50))
    assert chart.index in (47, 48)
    assert "12:00" in chart.accessibleDescription() or "11:45" in chart.accessibleDescription()


def test_arrows_walk_the_bars(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    chart = part(page, EnergyChart)
    assert isinstance(chart, EnergyChart)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    said = []
    walk = (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 95),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageDown, 12),
    )
    for key, index in walk:
        qtbot.keyClick(chart, key)
        assert chart.index == index
        said.append(chart.accessibleDescription())
    assert said[0].startswith("00:00 – 00:15: From the grid ")
    with qtbot.waitSignal(chart.opened):
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.index == -1
    assert chart.accessibleDescription() == ""


def test_the_heat_map_walks_and_opens_its_day(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    stage.show(lambda: page.show_span(Span.YEAR))
    stage.show(lambda: qtbot.mouseClick(button(page, "Heat map"), Qt.MouseButton.LeftButton))
    heat = part(page, HeatMap)
    assert isinstance(heat, HeatMap)
    assert heat.isVisible()
    heat.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(heat, Qt.Key.Key_Left)
    qtbot.keyClick(heat, Qt.Key.Key_Down)
    assert heat.cell == (363, 49)
    assert "12:15" in heat.accessibleDescription()
    stage.show(lambda: qtbot.keyClick(heat, Qt.Key.Key_Return))
    assert shown(page).title == "Sunday 29 June"
    stage.show(lambda: page.show_span(Span.YEAR))
    assert not heat.isVisible()


def test_the_table_holds_the_same_numbers(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    qtbot.mouseClick(button(page, "Show as a table"), Qt.MouseButton.LeftButton)
    table = part(page, ReadingsTable)
    assert isinstance(table, ReadingsTable)
    assert table.isVisible()
    model = table.model()
    chart = shown(page).chart
    assert chart is not None
    assert model.rowCount() == len(chart) == 96
    assert model.index(40, 1).data() == f"{chart.grid[40]:.3f}"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Time"


def test_the_table_is_a_correct_model(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    table = part(page, ReadingsTable)
    assert isinstance(table, ReadingsTable)
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    for span in (Span.MONTH, Span.DAY, Span.YEAR):
        stage.show(lambda span=span: page.show_span(span))
    assert tester.model() is table.model()


def test_export_writes_what_is_shown(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(stage)
    with qtbot.waitSignal(page.export.saved):
        page.export.save_csv(str(tmp_path / "day.csv"))
    assert (tmp_path / "day.csv").read_text(encoding="utf-8").count("\n") == 97
    with qtbot.waitSignal(page.export.saved):
        page.export.save_picture(str(tmp_path / "day.png"))
    picture = QImage(str(tmp_path / "day.png"))
    assert picture.width() == 2 * page.width()
    said = page.findChildren(Toast)[0]
    assert said.isVisible()
    assert said.accessibleName() == "Saved as day.png"
    qtbot.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert said.accessibleName() == "Values copied"
    assert QGuiApplication.clipboard().text().startswith("time\tfrom_grid_kwh")
    with qtbot.waitSignal(page.export.failed):
        page.export.save_csv("/proc/none/day.csv")
    with qtbot.waitSignal(page.export.failed):
        page.export.save_picture(str(tmp_path / "none" / "day.png"))
    assert any("day.png" in label.text() for label in page.findChildren(QLabel) if label.isVisible())
    qtbot.mouseClick(button(page, "Close"), Qt.MouseButton.LeftButton)
    assert not button(page, "Close").isVisible()


def test_every_control_has_a_name_and_every_tab_stop_is_reached(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    window = stage.window
    nameless = [
        f"{type(w).__name__} in {type(w.parent()).__name__}"
        for w in window.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
    ]
    assert nameless == []
    chart = part(page, EnergyChart)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    reached = set()
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {"Usage", "Previous", "Today", "Day", "Show as a table", "Copy or save"} <= reached
    assert chart.accessibleName() in reached


def test_arrow_keys_move_between_spans(stage: Stage, qtbot: QtBot) -> None:
    page = opened(stage)
    day = button(page, "Day")
    day.setFocus(Qt.FocusReason.TabFocusReason)
    stage.show(lambda: qtbot.keyClick(day, Qt.Key.Key_Right))
    assert shown(page).title == "9 to 15 June"


def test_the_theme_switches_live_everywhere(stage: Stage, tmp_path: Path) -> None:
    opened(stage)
    theme = stage.desktop.look.theme
    light = pixels(stage.window, tmp_path / "light.png")
    theme.choose("dark")
    dark = pixels(stage.window, tmp_path / "dark.png")
    for x, y, ground in ((100, 400, "window"), (700, 70, "page"), (1270, 795, "page")):
        assert light.pixelColor(x, y).name() == theme.tokens.colour["light"][ground].lower()
        assert dark.pixelColor(x, y).name() == theme.tokens.colour["dark"][ground].lower()
    grid = {theme.tokens.colour["dark"]["grid"].lower()}
    assert any(dark.pixelColor(x, 560).name() in grid for x in range(300, 1220))
    theme.choose("light")
    assert pixels(stage.window, tmp_path / "again.png") == light


def test_bars_are_drawn_where_the_numbers_say(stage: Stage, tmp_path: Path) -> None:
    """The picture itself: sun at the line, grid on top, sold below."""
    page = opened(stage)
    chart_widget = part(page, EnergyChart)
    chart = shown(page).chart
    assert chart is not None
    i = int(chart.sold.argmax())
    colour = stage.desktop.look.theme.tokens.colour["light"]
    picture = pixels(chart_widget, tmp_path / "chart.png")
    wide = chart_widget.width() - 44 - 16
    x = round(44 + wide * (i + 0.5) / len(chart))
    column = [picture.pixelColor(x, y).name() for y in range(picture.height())]
    found = [name for name in ("grid", "sun", "sold") if colour[name].lower() in column]
    assert "sold" in found
    places = {name: column.index(colour[name].lower()) for name in found}
    assert sorted(places, key=lambda name: places[name]) == found


def test_an_error_says_what_and_can_be_retried(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    window, path = stage.window, tmp_path / "late.db"
    stage.show(lambda: window.show_home("Home", stage.source(path)))
    window.show_page("usage")
    assert window.usage.view is None
    said = [label.text() for label in window.usage.findChildren(QLabel) if label.isVisible()]
    assert any("late.db" in text for text in said)
    Mirror.open(path).close()
    stage.show(lambda: qtbot.mouseClick(button(window.usage, "Try again"), Qt.MouseButton.LeftButton))
    assert shown(window.usage).state is PageState.EMPTY


def test_only_the_newest_question_is_answered(stage: Stage) -> None:
    page = opened(stage)

    def ask() -> None:
        for span in (Span.YEAR, Span.MONTH, Span.WEEK, Span.ALL, Span.MONTH):
            page.show_span(span)

    answers: list[str] = []
    page.shown.connect(lambda: answers.append(shown(page).title))
    stage.show(ask)
    assert answers == ["June 2025"]


def test_narrow_windows_fold_and_lose_nothing(stage: Stage) -> None:
    page = opened(stage)
    window = stage.window
    window.resize(1024, 640)
    assert window.sidebar.width() == 60
    assert window.width() == 1024
    for widget in page.findChildren(QAbstractButton):
        if widget.isVisible():
            right = widget.mapTo(window, QPoint(widget.width(), 0)).x()
            assert right <= 1024, widget.accessibleName()
    window.resize(1280, 800)
    assert window.sidebar.width() == 212


def test_the_place_is_remembered_and_kept_on_a_screen(stage: Stage) -> None:
    window = stage.window
    window.stand_at(WindowPlace(10, 20, 1100, 700))
    assert window.place() == WindowPlace(10, 20, 1100, 700)
    window.stand_at(WindowPlace(30_000, 30_000, 1200, 720))
    assert (window.width(), window.height()) == (1200, 720)
    assert window.x() < 5_000


def test_facts_arrive_over_the_bridge(stage: Stage, qtbot: QtBot) -> None:
    opened(stage)
    now, home = stage.now_s, stage.home
    stage.desktop.bridge.post(
        MeterFacts(Link.CONNECTED, now, now - 30, home.last_slot - 40, home.zone, 5, 5, single_operator=True)
    )
    foot = stage.window.sidebar.foot
    qtbot.waitUntil(lambda: foot.accessibleName() == "Meter connected")
    assert foot.accessibleDescription() == "Verified to 14:00, current; single operator"


def test_facts_grow_old_by_themselves(stage: Stage) -> None:
    """A foot that nobody refreshes stops saying *current*."""
    opened(stage)
    now, home = stage.now_s, stage.home
    stage.window.show_facts(
        MeterFacts(Link.AWAY, now - 3 * 3600, now - 3 * 3600, home.last_slot - 40, home.zone, 5, 5)
    )
    foot = stage.window.sidebar.foot
    assert foot.accessibleDescription().endswith(", current")
    stage.window.age_facts()
    assert foot.accessibleDescription() == "Stale, 3 hours; verified to 14:00"


def test_making_ready_says_how_far_it_is_and_loses_no_words(stage: Stage, qtbot: QtBot) -> None:
    window = stage.window
    full = "The disk is full."
    for step, words in (("ledger", "Founding"), ("history", "40 of 100"), (full, full)):
        window.show_preparing(step, 40, 100)
        assert window.preparing.isVisible()
        labels = [label for label in window.preparing.findChildren(QLabel) if label.isVisible()]
        assert any(words in label.text() for label in labels)
        qtbot.waitUntil(
            lambda labels=labels: all(
                label.height() >= (label.heightForWidth(label.width()) if label.wordWrap() else 0)
                and label.width() >= (0 if label.wordWrap() else label.sizeHint().width())
                for label in labels
            )
        )


def test_closing_says_so(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.window.closing):
        stage.window.close()

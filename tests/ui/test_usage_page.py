"""Usage in the real window: zooming and panning, comparing, the calendar, what is saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.pages.usage_page import UsagePage
from ohmstead.ui.presenters.periods import Against, Span
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.widgets.calendar import Calendar, same_day
from ohmstead.ui.widgets.menu import Menu
from tests.ui.audit import faults
from tests.ui.conftest import Stage


@pytest.fixture
def page(stage: Stage) -> UsagePage:
    stage.show(lambda: stage.window.show_home("Orchard Lane 4", stage.source()))
    stage.window.show_page("usage")
    return stage.window.usage


def shown(page: UsagePage) -> UsageView:
    assert page.view is not None
    return page.view


def chart_of(page: UsagePage) -> EnergyChart:
    (found,) = page.findChildren(EnergyChart)
    return found


def plot_of(page: UsagePage) -> QWidget:
    chart = chart_of(page)
    found = chart.childAt(chart.width() // 2, chart.height() // 2)
    assert found is not None
    return found


def turn(page: UsagePage, notches: int, at: float = 0.5, *, sideways: bool = False) -> None:
    """Turn the wheel over the plot: up is closer."""
    plot = plot_of(page)
    point = QPointF(plot.width() * at, plot.height() / 2)
    angle = QPoint(120 * notches, 0) if sideways else QPoint(0, 120 * notches)
    event = QWheelEvent(
        point, QPointF(plot.mapToGlobal(point.toPoint())), QPoint(), angle,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)


def stretch(page: UsagePage) -> tuple[float, float]:
    slots = chart_of(page).slots
    assert slots is not None
    return slots


def test_the_wheel_zooms_about_the_pointer_from_months_to_quarter_hours(
    stage: Stage, page: UsagePage
) -> None:
    stage.show(lambda: page.show_span(Span.ALL))
    units = [shown(page).unit_words]
    about = None
    for _ in range(14):
        first, last = stretch(page)
        before = first + (last - first) * 0.3
        stage.show(lambda: turn(page, 4, 0.3))
        first, last = stretch(page)
        about = first + (last - first) * 0.3
        assert about == pytest.approx(before, abs=2)
        if shown(page).unit_words != units[-1]:
            units.append(shown(page).unit_words)
        if last - first <= 17:
            break
    assert units[0] == "kWh per month"
    assert units[-3:] == ["kWh per day", "kWh per hour", "kWh per quarter hour"]
    assert faults(page) == []


def test_dragging_pans_and_a_still_click_opens(stage: Stage, page: UsagePage, qtbot: QtBot) -> None:
    stage.show(lambda: page.show_span(Span.ALL))
    stage.show(lambda: turn(page, 8))
    first, last = stretch(page)
    plot = plot_of(page)
    start = QPoint(plot.width() // 2, 60)

    def drag() -> None:
        qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
        for i in range(1, 11):
            qtbot.mouseMove(plot, start + QPoint(20 * i, 0))
        qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=start + QPoint(200, 0))

    stage.show(drag)
    moved = stretch(page)
    assert moved[1] - moved[0] == pytest.approx(last - first)
    expected = (last - first) * 200 / chart_of(page)._area().width()
    assert first - moved[0] == pytest.approx(expected, rel=0.1)
    stage.show(lambda: qtbot.mouseClick(plot_of(page), Qt.MouseButton.LeftButton, pos=start))
    assert page._span in (Span.DAY, Span.MONTH)


def test_keys_zoom_pan_and_lead_back(stage: Stage, page: UsagePage, qtbot: QtBot) -> None:
    stage.show(lambda: page.show_span(Span.WEEK))
    week, chart = stretch(page), chart_of(page)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    stage.show(lambda: qtbot.keyClick(chart, Qt.Key.Key_Plus))
    close = stretch(page)
    assert close[1] - close[0] == pytest.approx((week[1] - week[0]) / 1.5, rel=0.02)
    stage.show(lambda: qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier))
    assert stretch(page)[0] < close[0]
    stage.show(lambda: qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert stretch(page)[1] == pytest.approx(close[0] - (close[1] - close[0]) * 0.1, abs=8)
    stage.show(lambda: qtbot.keyClick(chart, Qt.Key.Key_Escape))
    assert shown(page).chart is not None
    assert len(chart.slots or ()) == 2
    assert page._span is Span.WEEK


def test_a_stretch_that_is_everything_is_all(stage: Stage, page: UsagePage) -> None:
    stage.show(lambda: page.show_span(Span.YEAR))
    stage.show(lambda: turn(page, 3))
    assert page._span is Span.FREE
    stage.show(lambda: turn(page, -12))
    assert page._span is Span.ALL


def test_the_end_of_the_readings_is_the_end_of_panning(stage: Stage, page: UsagePage) -> None:
    stage.show(lambda: page.show_span(Span.MONTH))
    stage.show(lambda: turn(page, 6, 0.1))
    wide = stretch(page)[1] - stretch(page)[0]
    stage.show(lambda: turn(page, -80, sideways=True))
    assert stretch(page)[1] == pytest.approx(stage.home.last_slot + 1)
    assert stretch(page)[1] - stretch(page)[0] == pytest.approx(wide)
    assert not shown(page).can_go_on


def test_a_quarter_hour_asks_for_its_receipt(stage: Stage, page: UsagePage, qtbot: QtBot) -> None:
    chart = chart_of(page)
    with qtbot.waitSignal(page.receipt_wanted) as asked:
        chart.opened.emit(40)
    day = stage.home.zone.slots_of(stage.home.day(0))
    assert asked.args == [day[40]]


def test_the_compared_period_is_kept_for_its_span(stage: Stage, page: UsagePage) -> None:
    stage.show(lambda: page.compare(Against.BEFORE))
    assert shown(page).legend[-1].words == "Friday 13 June"
    stage.show(lambda: page.show_span(Span.WEEK))
    stage.show(lambda: page.show_span(Span.DAY))
    assert shown(page).against is Against.BEFORE
    stage.show(lambda: page.compare(Against.NOTHING))
    assert [entry.kind for entry in shown(page).legend] == ["grid", "sun", "sold"]


def test_the_view_menu_ticks_what_is_shown_and_changes_it(stage: Stage, page: UsagePage) -> None:
    page._open_view_menu()
    (menu,) = page.findChildren(Menu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1:]
    rows = {action.text(): action for action in menu.actions() if action.text()}
    assert [text for text, action in rows.items() if action.isChecked()] == [
        "From the grid, sun, sold",
        "Compare: The usual day",
    ]
    stage.show(rows["Net: from the grid less sold"].trigger)
    menu.close()
    chart = shown(page).chart
    assert chart is not None
    assert chart.net
    assert shown(page).figures[0].label.startswith("Net")


def test_the_calendar_opens_on_the_day_and_picks_by_keys(stage: Stage, page: UsagePage, qtbot: QtBot) -> None:
    page.pick_day()
    (calendar,) = page.findChildren(Calendar)
    assert calendar.isVisible()
    days = calendar._days
    assert days.accessibleDescription() == "Saturday 14 June 2025"
    for key, day in (
        (Qt.Key.Key_Left, "Friday 13 June 2025"),
        (Qt.Key.Key_Up, "Friday 6 June 2025"),
        (Qt.Key.Key_PageUp, "Tuesday 6 May 2025"),
        (Qt.Key.Key_Home, stage.desktop.wording.day(days.first, weekday=True, year=True)),
        (Qt.Key.Key_Left, stage.desktop.wording.day(days.first, weekday=True, year=True)),
        (Qt.Key.Key_End, "Saturday 14 June 2025"),
        (Qt.Key.Key_Up, "Saturday 7 June 2025"),
    ):
        qtbot.keyClick(days, key)
        assert days.accessibleDescription() == day
    stage.show(lambda: qtbot.keyClick(days, Qt.Key.Key_Return))
    assert not calendar.isVisible()
    assert shown(page).title == "Saturday 7 June"
    page.pick_day()
    qtbot.keyClick(days, Qt.Key.Key_Escape)
    assert not calendar.isVisible()


def test_the_calendar_picks_by_pointer_only_days_with_readings(
    stage: Stage, page: UsagePage, qtbot: QtBot
) -> None:
    page.pick_day()
    (calendar,) = page.findChildren(Calendar)
    days = calendar._days
    assert faults(calendar) == []

    def at(day: int) -> QPoint:
        i = day - days.corner
        return QPoint(i % 7 * 34 + 17, 26 + i // 7 * 34 + 17)

    qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=at(days.last + 1))
    assert calendar.isVisible()
    stage.show(lambda: qtbot.mouseClick(days, Qt.MouseButton.LeftButton, pos=at(days.last - 9)))
    assert shown(page).title == "Thursday 5 June"


def test_the_same_day_of_another_month_is_there() -> None:
    assert same_day(19_782, 1) == 19_782 + 29  # 29 February 2024 to 29 March
    assert same_day(19_813, 1) == 19_843  # 31 March to 30 April


def test_a_drawing_is_written_with_letters(page: UsagePage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.export.saved):
        page.export.save_drawing(str(tmp_path / "day.svg"))
    text = (tmp_path / "day.svg").read_text(encoding="utf-8")
    assert text.lstrip().startswith("<?xml")
    assert "From the grid" in text
    picture = QImage(str(tmp_path / "day.svg"))
    assert not picture.isNull()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(200, 600, 5)
    }
    tokens = page.look.theme.tokens.colour["light"]
    assert tokens["grid"].lower() in colours
    with qtbot.waitSignal(page.export.failed):
        page.export.save_drawing("/proc/none/day.svg")


def test_months_compare_with_ticks(stage: Stage, page: UsagePage) -> None:
    stage.show(lambda: page.show_span(Span.MONTH))
    stage.show(lambda: page.compare(Against.BEFORE))
    chart = shown(page).chart
    assert chart is not None
    assert chart.usual_ticks
    assert chart.usual is not None
    assert np.isfinite(chart.usual[:14]).all()
    assert shown(page).legend[3].kind == "then"

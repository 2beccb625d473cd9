"""Usage in every span and state, and the receipt beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ohmstead.core.intervals import Channel
from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.charts.heat_map import HeatMap
from ohmstead.ui.presenters.periods import Against, Span
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Studio


def chart(s: Studio) -> EnergyChart:
    (found,) = s.window.usage.findChildren(EnergyChart)
    return found


def point(s: Studio, slot: int) -> None:
    """The keyboard walks to a bar."""
    part = chart(s)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(part, Qt.Key.Key_Home)
    for _ in range(slot):
        QTest.keyClick(part, Qt.Key.Key_Right)


def receipt(s: Studio, bar: int) -> None:
    """The receipt of a bar."""
    view = s.window.usage.view
    assert view is not None
    assert view.chart is not None
    assert view.chart.starts is not None
    s.window.product.usage_place.open_receipt(int(view.chart.starts[bar]))


def spans(name: str, home: str, span: Span, back: int = 0, heat: bool = False) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        s.show(s.files.year(home), "usage")
        s.usage(span, back, heat=heat)


spans("usage-day", "whole", Span.DAY, 1)
spans("usage-today", "whole", Span.DAY)
spans("usage-week", "whole", Span.WEEK, 7)
spans("usage-month", "whole", Span.MONTH, 40)
spans("usage-this-month", "whole", Span.MONTH)
spans("usage-year", "whole", Span.YEAR)
spans("usage-heat", "whole", Span.YEAR, heat=True)
spans("usage-all", "whole", Span.ALL)
spans("usage-decade-all", "decade", Span.ALL)
spans("usage-decade-year", "decade", Span.YEAR, 3 * 365)
spans("usage-filling-day", "filling", Span.DAY, 1)
spans("usage-filling-month", "filling", Span.MONTH, 35)
spans("usage-filling-year", "filling", Span.YEAR)
spans("usage-filling-heat", "filling", Span.YEAR, heat=True)
spans("usage-gap", "gap", Span.DAY, 1)
spans("usage-gap-week", "gap", Span.WEEK, 1)
spans("usage-gap-day", "gap-day", Span.DAY, 2)
spans("usage-gap-month", "gap-day", Span.MONTH)
spans("usage-estimated", "estimated", Span.DAY)
spans("usage-doubt", "doubt", Span.DAY)
spans("usage-replaced", "replaced", Span.DAY)
spans("usage-no-sun", "no-sun", Span.DAY, 1)
spans("usage-no-sun-heat", "no-sun", Span.YEAR, heat=True)
spans("usage-one-month-year", "month", Span.YEAR)


@scene("usage-proven")
def proven(s: Studio) -> None:
    s.show(s.files.proven(), "usage")


@scene("usage-hover")
def hover(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    point(s, 49)


@scene("usage-hover-month")
def hover_month(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.MONTH, 40)
    point(s, 28)


@scene("usage-hover-gap")
def hover_gap(s: Studio) -> None:
    s.show(s.files.year("gap"), "usage")
    s.usage(Span.DAY, 1)
    point(s, 40)


@scene("usage-hover-heat")
def hover_heat(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.YEAR, heat=True)
    (part,) = s.window.usage.findChildren(HeatMap)
    QTest.mouseMove(part, QPoint(part.width() // 2, part.height() // 2))


@scene("usage-table")
def table(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    s.window.usage.toggle_table()
    s.later(s.window.usage.toggle_table)


@scene("usage-table-month")
def table_month(s: Studio) -> None:
    s.show(s.files.year("gap-day"), "usage")
    s.usage(Span.MONTH)
    s.window.usage.toggle_table()
    s.later(s.window.usage.toggle_table)


@scene("usage-net")
def net(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    s.window.usage.show_net(True)


@scene("usage-net-month")
def net_month(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.MONTH, 40)
    s.window.usage.show_net(True)


@scene("usage-compare-day")
def compare_day(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    view = s.window.usage.view
    assert view is not None
    other = next(a for a, _ in view.comparisons if a is not Against.NOTHING and a is not view.against)
    s.window.usage.compare(other)


@scene("usage-compare-decade")
def compare_year(s: Studio) -> None:
    s.show(s.files.year("decade"), "usage")
    s.usage(Span.YEAR, 3 * 365)
    view = s.window.usage.view
    assert view is not None
    s.window.usage.compare(next(a for a, _ in reversed(view.comparisons) if a is not Against.NOTHING))


def zoomed(name: str, days: float) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        home = s.files.year()
        s.show(home, "usage")
        end = home.last_slot - 20 * 96
        s.window.usage.show_window((end - round(days * 96), end))


zoomed("usage-zoom-hours", 0.4)
zoomed("usage-zoom-days", 4)
zoomed("usage-zoom-weeks", 45)


@scene("usage-gas")
def gas(s: Studio) -> None:
    s.show(s.files.year("utilities"), "usage")
    s.usage(Span.DAY, 1)
    s.window.usage.show_quantity(Channel.GAS)


@scene("usage-water-month")
def water(s: Studio) -> None:
    s.show(s.files.year("utilities"), "usage")
    s.usage(Span.MONTH, 20)
    s.window.usage.show_quantity(Channel.WATER)


@scene("usage-menu-view")
def view_menu(s: Studio) -> None:
    s.show(s.files.year("utilities"), "usage")
    s.usage(Span.MONTH, 20)
    s.window.usage._open_view_menu()


@scene("usage-menu-save")
def save_menu(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    s.window.usage._open_export()


@scene("usage-calendar")
def calendar(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.usage(Span.DAY, 1)
    s.window.usage.pick_day()


@scene("usage-toast")
def toast(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.window.usage._saved("saturday.csv")


@scene("usage-not-saved")
def not_saved(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.window.usage._not_saved("The disk is full: saturday.csv could not be written.")


@scene("usage-empty")
def empty(s: Studio) -> None:
    s.show(s.files.empty, "usage")


@scene("usage-unreadable")
def unreadable(s: Studio) -> None:
    s.show(s.files.unreadable, "usage")


def receipts(name: str, home: str, at: int, sealed: bool = False, typed: bool = False) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        shown = s.files.proven(home)
        s.show(shown, "usage", sealed=sealed, typed=typed)
        receipt(s, at)


receipts("receipt", "whole", 40)
receipts("receipt-estimated", "whole", 21)
receipts("receipt-not-recorded", "whole", 70)
receipts("receipt-tampered", "tampered", 40)
receipts("receipt-sealed", "whole", 40, sealed=True)
receipts("receipt-typed", "whole", 40, typed=True)


@scene("receipt-gap")
def receipt_gap(s: Studio) -> None:
    s.show(s.files.proven(), "usage")
    s.usage(Span.DAY, 4)
    receipt(s, 41)


@scene("receipt-offline")
def offline(s: Studio) -> None:
    s.show(s.files.proven(), "usage")
    receipt(s, 40)
    s.settle()
    s.press("Check it without Ohmstead", s.window.product.drawer)

"""What Usage can do, for the palette, the help sheet and the keyboard. Not here: doing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ohmstead.ui.commands import Command
from ohmstead.ui.presenters.periods import Against, Span
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.presenters.wording import Wording

if TYPE_CHECKING:
    from ohmstead.ui.pages.usage_page import UsagePage


def usage_commands(page: UsagePage, words: Wording) -> Sequence[Command]:
    """The page's commands, as it stands."""
    tr, group = words.tr, words.tr("Usage")

    def of_view(ask: Callable[[UsageView], bool]) -> Callable[[], bool]:
        return lambda: page.view is not None and ask(page.view)

    filled = of_view(lambda view: view.chart is not None)
    shown = of_view(lambda view: view.chart is not None or view.heat is not None)
    spans = (
        (Span.DAY, tr("Show the day")),
        (Span.WEEK, tr("Show the week")),
        (Span.MONTH, tr("Show the month")),
        (Span.YEAR, tr("Show the year")),
        (Span.ALL, tr("Show everything")),
    )
    return (
        Command(
            "usage.back",
            tr("Go back by one"),
            partial(page.move_by, -1),
            "Alt+Left",
            "chevron-left",
            group,
            of_view(lambda view: view.can_go_back),
        ),
        Command(
            "usage.on",
            tr("Go on by one"),
            partial(page.move_by, 1),
            "Alt+Right",
            "chevron-right",
            group,
            of_view(lambda view: view.can_go_on),
        ),
        Command("usage.today", tr("Go to today"), page.go_today, "Alt+Home", "calendar", group),
        Command("usage.pick", tr("Pick a day…"), page.pick_day, "Ctrl+D", "calendar", group, shown),
        *(
            Command(f"usage.{span.value}", name, partial(page.choose_span, span), f"Alt+{i}", "usage", group)
            for i, (span, name) in enumerate(spans, 1)
        ),
        Command(
            "usage.closer",
            tr("Zoom in"),
            partial(page.zoom_by, 1 / 1.5),
            "Ctrl++",
            "search",
            group,
            filled,
            also="Ctrl+=",
        ),
        Command("usage.wider", tr("Zoom out"), partial(page.zoom_by, 1.5), "Ctrl+-", "search", group, filled),
        Command(
            "usage.whole",
            tr("Leave the zoom"),
            page.leave_window,
            "Ctrl+0",
            "undo",
            group,
            lambda: page.zoomed,
        ),
        Command(
            "usage.heat",
            tr("Show the year as a heat map"),
            partial(page.show_span, Span.YEAR, heat=True),
            "",
            "usage",
            group,
        ),
        Command(
            "usage.table",
            tr("Switch between chart and table"),
            page.toggle_table,
            "Ctrl+T",
            "table",
            group,
            filled,
        ),
        Command(
            "usage.net",
            tr("Show the net of bought and sold"),
            partial(page.show_net, True),
            "",
            "usage",
            group,
            of_view(lambda view: view.chart is not None and not view.chart.net),
        ),
        Command(
            "usage.flows",
            tr("Show grid, sun and sold apart"),
            partial(page.show_net, False),
            "",
            "usage",
            group,
            of_view(lambda view: view.chart is not None and view.chart.net),
        ),
        *_quantities(page, words, group),
        *_comparisons(page, words, group),
        Command(
            "usage.copy",
            tr("Copy the values shown"),
            page.export.copy_values,
            "Ctrl+C",
            "copy",
            group,
            filled,
        ),
        Command("usage.csv", tr("Save as CSV…"), page.export.ask_csv, "", "document", group, filled),
        Command(
            "usage.picture", tr("Save picture…"), page.export.ask_picture, "Ctrl+S", "download", group, shown
        ),
        Command(
            "usage.drawing", tr("Save drawing (SVG)…"), page.export.ask_drawing, "", "download", group, shown
        ),
        Command("usage.refresh", tr("Read again"), page.refresh, "F5", "refresh", group),
    )


def _quantities(page: UsagePage, words: Wording, group: str) -> Sequence[Command]:
    quantities = page.view.quantities if page.view is not None else ()
    return tuple(
        Command(
            f"usage.show.{quantity.column}",
            words.tr("Show {what}", what=quantity.name(words)),
            partial(page.show_quantity, quantity.channel),
            "",
            "usage",
            group,
        )
        for quantity in quantities
    )


def _comparisons(page: UsagePage, words: Wording, group: str) -> Sequence[Command]:
    view = page.view
    if view is None or view.chart is None:
        return ()
    return tuple(
        Command(
            f"usage.compare.{against.value}",
            words.tr("Compare with nothing")
            if against is Against.NOTHING
            else words.tr("Compare: {what}", what=name),
            partial(page.compare, against),
            "",
            "usage",
            group,
        )
        for against, name in view.comparisons
        if against is not view.against
    )

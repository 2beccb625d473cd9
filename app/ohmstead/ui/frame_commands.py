"""The commands of the frame: going to pages, homes, help; and, for Usage, what its keys and buttons do.

Not here: binding keys (``ui.commands``), the commands of any other page (``Page.commands``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ohmstead.ui.commands import GO, Command
from ohmstead.ui.pages.usage_page import UsagePage
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.wording import Wording


def page_commands(
    pages: Sequence[tuple[str, str, str]],
    show: Callable[[str], object],
    words: Wording,
    ready: Callable[[], bool],
) -> tuple[Command, ...]:
    """One command per page, given as (name, icon, label); the first nine have Ctrl and their number."""
    group = words.tr("Go to")
    return tuple(
        Command(
            f"{GO}{name}", label, partial(show, name), "Ctrl+," if name == "settings" else
            f"Ctrl+{i}" if i < 10 else "", icon, group, ready,
        )
        for i, (name, icon, label) in enumerate(pages, 1)
    )  # fmt: skip


def usage_commands(page: UsagePage, words: Wording) -> tuple[Command, ...]:
    """What Usage can do. It hears its keys itself."""
    tr = words.tr

    def filled() -> bool:
        return page.view is not None and page.view.chart is not None

    def heat_or_bars() -> bool:
        return page.view is not None

    group = tr("Usage")
    spans = (
        (Span.DAY, tr("Show the day")),
        (Span.WEEK, tr("Show the week")),
        (Span.MONTH, tr("Show the month")),
        (Span.YEAR, tr("Show the year")),
        (Span.ALL, tr("Show everything")),
    )
    return (
        Command("usage.back", tr("Go back by one"), partial(page.move_by, -1), "Alt+Left", "chevron-left", group,
                lambda: page.view is not None and page.view.can_go_back, own_keys=True),
        Command("usage.on", tr("Go on by one"), partial(page.move_by, 1), "Alt+Right", "chevron-right", group,
                lambda: page.view is not None and page.view.can_go_on, own_keys=True),
        Command("usage.today", tr("Go to today"), page.go_today, "Alt+Home", "calendar", group, own_keys=True),
        *(Command(f"usage.{span.value}", name, partial(page.show_span, span), "", "usage", group)
          for span, name in spans),
        Command("usage.copy", tr("Copy the values shown"), page.export.copy_values, "Ctrl+C", "copy", group,
                filled, own_keys=True),
        Command("usage.csv", tr("Save as CSV…"), page.export.ask_csv, "", "document", group, filled),
        Command("usage.picture", tr("Save picture…"), page.export.ask_picture, "Ctrl+S", "download", group,
                heat_or_bars, own_keys=True),
        Command("usage.refresh", tr("Read again"), page.refresh, "F5", "refresh", group, own_keys=True),
    )  # fmt: skip

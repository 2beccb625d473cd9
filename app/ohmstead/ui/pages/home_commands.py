"""What can be done on Home, for the palette and the help. Not here: doing it (the page)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ohmstead.ui.commands import Command
from ohmstead.ui.presenters.wording import Wording

if TYPE_CHECKING:
    from ohmstead.ui.pages.home_page import HomePage


def home_page_commands(
    page: HomePage, words: Wording, open_today: Callable[[], object], away: Callable[[], bool]
) -> Sequence[Command]:
    """The page's own, most wanted first. ``away``: the meter is not in contact."""
    tr, group = words.tr, words.tr("Home")

    def filled() -> bool:
        return page.view is not None and page.view.chart is not None

    return (
        Command("home.day", tr("Show today in Usage"), open_today, "", "usage", group, filled),
        Command(
            "home.search", tr("Look for the meter now"), page.search_wanted.emit, "", "bluetooth", group, away
        ),
        Command("home.checked", tr("How is this checked?"), page.help_wanted.emit, "", "info", group),
        Command("home.refresh", tr("Read again"), page.refresh, "F5", "refresh", group),
    )

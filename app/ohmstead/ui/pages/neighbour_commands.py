"""What can be done on Neighbours, for the palette and the help. Not here: doing it (the page)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ohmstead.ui.commands import Command
from ohmstead.ui.pages.neighbour_content import PRIVACY, SHAPE, TIME, WHY
from ohmstead.ui.presenters.neighbour_views import PrivacyView
from ohmstead.ui.presenters.wording import Wording

if TYPE_CHECKING:
    from ohmstead.ui.pages.neighbours_page import NeighboursPage


def neighbour_commands(page: NeighboursPage, words: Wording) -> Sequence[Command]:
    """The page's own, most wanted first."""
    tr, group, content, deeds = words.tr, words.tr("Neighbours"), page.content, page.deeds

    def shows() -> bool:
        return page.full

    def compares() -> bool:
        return page.full and page.view is not None and page.view.group is not None

    def privacy() -> PrivacyView | None:
        return (
            page.view.privacy if page.full and page.view is not None and page.controller is not None else None
        )

    def may(what: Callable[[PrivacyView], bool]) -> Callable[[], bool]:
        def asked() -> bool:
            account = privacy()
            return account is not None and what(account)

        return asked

    def make(
        name: str,
        label: str,
        run: Callable[[], object],
        icon: str,
        enabled: Callable[[], bool],
        keys: str = "",
    ) -> Command:
        return Command(f"neighbours.{name}", label, run, keys, icon, group, enabled)

    def section(index: int) -> Callable[[], object]:
        return partial(content.show_section, index)

    return (
        make("describe", tr("Describe my home…"), deeds.describe, "home", deeds.can_describe),
        make("join", tr("Take part in the comparison"), deeds.join, "people", deeds.can_join),
        make("why", tr("Show what sets you apart"), section(WHY), "usage", shows),
        make("shape", tr("Show the shape of the day"), section(SHAPE), "sun", shows),
        make("time", tr("Show the comparison over time"), section(TIME), "calendar", shows),
        make("privacy", tr("Show the privacy account"), section(PRIVACY), "lock", shows),
        make("day", tr("Compare the last day"), partial(page.choose_span, 0), "neighbours", compares),
        make("week", tr("Compare the last 7 days"), partial(page.choose_span, 1), "neighbours", compares),
        make("month", tr("Compare the last 30 days"), partial(page.choose_span, 2), "neighbours", compares),
        make("pause", tr("Pause comparing"), partial(deeds.pause, True), "pause", may(lambda p: p.can_pause)),
        make("resume", tr("Go on comparing"), partial(deeds.pause, False), "play", may(lambda p: p.can_resume)),
        make("leave", tr("Leave the group…"), deeds.leave, "close", may(lambda p: p.can_leave)),
        make("audit", tr("Check every statement of the newest day"), partial(deeds.audit_newest, month=False),
             "check", lambda: deeds.asks(month=False) is not None),
        make("audit-month", tr("Check every shape of the newest month"), partial(deeds.audit_newest, month=True),
             "check", lambda: deeds.asks(month=True) is not None),
        make("audit-stop", tr("Stop checking"), deeds.stop_audit, "close", may(lambda p: bool(p.auditing))),
        make("help", tr("How does the comparison work?"), page.help_wanted.emit, "info", lambda: True),
        make("refresh", tr("Read the own days again"), page.refresh, "refresh", lambda: True, "F5"),
    )  # fmt: skip

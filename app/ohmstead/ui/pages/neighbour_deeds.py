"""What Neighbours' buttons do: describing the home, taking part, pausing, leaving, checking. Each asks once.

Pausing can be undone by a toast; leaving is asked about first, for it shows on the ledger. Not here: the form
(``dialogs.neighbour_home``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ohmstead.neighbours.cohorts import propose
from ohmstead.ui.dialogs.confirm import Confirm, ask
from ohmstead.ui.dialogs.neighbour_home import HomeSheet
from ohmstead.ui.presenters.neighbour_views import AuditAsk, Auditing, Part
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look

if TYPE_CHECKING:
    from ohmstead.ui.pages.neighbours_page import NeighboursPage


class NeighbourDeeds(QObject):
    """The deeds of one page. Main thread. ``sheet`` is the form that is open."""

    def __init__(self, page: NeighboursPage, look: Look, words: Wording) -> None:
        super().__init__(page)
        self._page, self._look, self._words = page, look, words
        self.sheet: HomeSheet | None = None

    @Slot(str)
    def do(self, action: str) -> None:
        """An action of the way in, by its name."""
        if action == "describe":
            self.describe()
        elif action == "join":
            self.join()
        elif action == "resume":
            self.pause(False)

    @Slot()
    def describe(self) -> None:
        """Type what the home is like. A member whose home is another kind now moves to the group that fits."""
        state = self._page.state
        if state is None or state.rules is None or self._page.controller is None or self.sheet is not None:
            return
        cohorts, member = state.rules.cohorts, state.membership
        sheet = HomeSheet(self._look, self._words, self._page.window(), cohorts, state.features)

        def closed(well: bool) -> None:
            self.sheet = None
            sheet.deleteLater()
            controller, features = self._page.controller, sheet.features
            if not well or controller is None or features is None:
                return
            controller.set_features(features)
            cohort = propose(cohorts, features)
            if (
                member.cohort is not None
                and cohort is not None
                and cohort.id != member.cohort
                and state.can_act
            ):
                self._ask_move(cohort.id, at_once=state.rules is not None and state.rules.at_once)

        self.sheet = sheet
        sheet.finished.connect(closed)
        sheet.open()

    def _ask_move(self, cohort: str, *, at_once: bool) -> None:
        tr, controller = self._words.tr, self._page.controller
        if controller is None:
            return
        question = Confirm(
            self._look, self._words, self._page.window(), tr("Move to the other group?"),
            tr("Your home is like those of another group now. The move counts at once.") if at_once
            else tr("Your home is like those of another group now. The move counts from next month on."),
            tr("Move"), keep=tr("Stay"),
        )  # fmt: skip
        ask(question, lambda: controller.join(cohort))

    @Slot()
    def join(self) -> None:
        """Take part in the group that was proposed."""
        state, controller = self._page.state, self._page.controller
        if state is None or controller is None or not state.can_act or state.proposed is None:
            return
        controller.join(state.proposed)
        self._page.say(self._words.tr("Your meter is told. You can leave at any time."))

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """State nothing for now, or go on."""
        state, controller = self._page.state, self._page.controller
        if state is None or controller is None or not state.can_act or state.membership.cohort is None:
            return
        controller.pause(paused)
        if paused:
            undo = lambda: controller.pause(False)  # noqa: E731
            self._page.offer(
                self._words.tr("Paused. Your meter states nothing."), self._words.tr("Undo"), undo
            )
        else:
            self._page.say(self._words.tr("Your meter states its days again."))

    @Slot()
    def leave(self) -> None:
        """Take part no more, once that is meant."""
        tr, state, controller = self._words.tr, self._page.state, self._page.controller
        if state is None or controller is None or not state.can_act or state.membership.cohort is None:
            return
        question = Confirm(
            self._look, self._words, self._page.window(), tr("Leave the group?"),
            tr("Your meter states nothing from now on. What it stated stays in the group’s sums, "
                "for a sum cannot be "
               "taken apart. Everything else in Ohmstead goes on as before, and you can come back."),
            tr("Leave"), keep=tr("Stay"),
        )  # fmt: skip
        ask(question, controller.leave)

    @Slot(object)
    def audit(self, ask: AuditAsk) -> None:
        """Check every statement of a round."""
        controller = self._page.controller
        if controller is None or self._page.known.auditing is not None:
            return
        self._page.show_auditing(Auditing(ask))
        controller.audit(ask.cohort, ask.day, ask.epoch)

    @Slot()
    def stop_audit(self) -> None:
        """End a running check."""
        if self._page.controller is not None:
            self._page.controller.stop_audit()

    def asks(self, *, month: bool) -> AuditAsk | None:
        """The day, or the month, that can be checked statement by statement."""
        view = self._page.view
        account = view.privacy if self._page.full and view is not None else None
        if account is None or self._page.controller is None:
            return None
        return next((a for a in account.audits if (a.day is None) is month), None)

    def audit_newest(self, *, month: bool) -> None:
        """Check every statement of the newest day, or month."""
        ask = self.asks(month=month)
        if ask is not None:
            self.audit(ask)

    def can_describe(self) -> bool:
        """Whether a home can be described."""
        return self._page.controller is not None and self._page.full

    def can_join(self) -> bool:
        """Whether there is a group to join."""
        view, state = self._page.view, self._page.state
        return (
            self._page.full and view is not None and view.part is Part.PROPOSED and state is not None and
            state.can_act
            and self._page.controller is not None
        )  # fmt: skip

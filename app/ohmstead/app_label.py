"""Labels round a running window: the demonstration meter's own, and the picture that confirms a typed home.

Part of the composition root. Here: which of them stands when, their commands. Not here: the windows themselves
(``ui.label_window``, ``ui.dialogs.label``), the homes (``app_homes``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from ohmstead.app_homes import AppHomes
from ohmstead.errors import ExternalError
from ohmstead.link.errors import LinkError
from ohmstead.link.label import parse_qr
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.states import HomeState
from ohmstead.services.workers import Workers
from ohmstead.ui.application import Desktop
from ohmstead.ui.commands import Command
from ohmstead.ui.dialogs.label import ConfirmByLabel
from ohmstead.ui.label_window import LabelSheet, LabelWindow
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.pairing import PairingState
from ohmstead.ui.presenters.pairing_problems import Problem, problem_of
from ohmstead.ui.presenters.pairing_steps import PairingPhase
from ohmstead.ui.widgets.toast import Toast


@dataclass(frozen=True, slots=True)
class LabelCompared:
    """A label was compared with the open home; None where it is that home's."""

    problem: Problem | None


class LabelDesk(QObject):
    """Main thread. ``press`` presses the demonstration meter's button."""

    def __init__(
        self,
        desktop: Desktop,
        window: MainWindow,
        io: IoLoop,
        workers: Workers,
        homes: AppHomes,
        press: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._desktop, self._window = desktop, window
        self._io, self._workers, self._homes, self._press = io, workers, homes, press
        self._label: LabelWindow | None = None
        self._sheet: ConfirmByLabel | None = None
        self._typed = False
        self.mark = ""
        self._toast = Toast(desktop.look, window)
        bridge = desktop.bridge
        bridge.subscribe(LabelSheet, self, self._label_read)
        bridge.subscribe(PairingState, self, self._pairing_moved)
        bridge.subscribe(HomeState, self, self._home_state)
        bridge.subscribe(LabelCompared, self, self._compared)

    @Slot()
    def show_label(self) -> None:
        """Show the label of the demonstration's meter; nothing without a demonstration."""
        if self._label is not None:
            self._label.stand_beside(self._window)

    def hide_label(self) -> None:
        """Pairing is over: put the label away."""
        if self._label is not None:
            self._label.hide()

    @Slot()
    def confirm(self) -> None:
        """Ask for a picture of the shown home's label."""
        if self._sheet is None:
            desktop = self._desktop
            sheet = self._sheet = ConfirmByLabel(
                desktop.look, desktop.wording, self._window, desktop.jobs, self._workers.work
            )
            sheet.given.connect(self._compare)
            sheet.finished.connect(self._sheet_closed)
            sheet.open()

    def commands(self) -> Sequence[Command]:
        """What can be done about labels now."""
        tr = self._desktop.wording.tr
        found: list[Command] = []
        if self._typed:
            words = tr("Confirm this home by a picture of its label…")
            found.append(Command("home.confirm", words, self.confirm, icon="qr", group=tr("Home")))
        if self._label is not None:
            words = tr("Show the label of the demonstration meter")
            found.append(Command("demo.label", words, self.show_label, icon="qr", group=tr("Demonstration")))
        return tuple(found)

    def close(self) -> None:
        """A stage of quitting."""
        if self._label is not None:
            self._label.close()

    # ---- the demonstration's label ------------------------------------------------------------

    def _label_read(self, sheet: LabelSheet) -> None:
        self.mark = sheet.mark
        if self._label is None:
            desktop = self._desktop
            self._label = LabelWindow(desktop.look, desktop.wording, sheet, desktop.jobs, self._workers.work)
            self._label.pressed.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        self._press()
        # A button on a meter takes no keyboard away either: the code is typed next.
        self._window.activateWindow()

    def _pairing_moved(self, state: PairingState) -> None:
        if self._label is not None and state.phase is PairingPhase.CONFIRMING:
            self._label.closed_again()

    # ---- the shown home's ---------------------------------------------------------------------

    def _home_state(self, state: HomeState) -> None:
        self._typed = state.typed

    @Slot(str)
    def _compare(self, qr_text: str) -> None:
        self._io.submit(self._compare_on_io(qr_text))

    async def _compare_on_io(self, qr_text: str) -> None:
        problem: Problem | None = None
        try:
            await self._homes.confirm_by_label(parse_qr(qr_text))
        except (LinkError, ExternalError, ValueError) as error:
            problem, _ = problem_of(error)
        self._desktop.bridge.post(LabelCompared(problem))

    def _compared(self, event: LabelCompared) -> None:
        if self._sheet is not None:
            self._sheet.show_result(event.problem)

    @Slot(bool)
    def _sheet_closed(self, agreed: bool) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.deleteLater()
        if agreed:
            self._toast.say(self._desktop.wording.tr("This home is confirmed by its label"))

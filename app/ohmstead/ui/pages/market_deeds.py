"""What the Market's buttons do: posting, taking back, saving evidence, copying. Each asks the controller, once.

Not here: forms (``market_forms``), explaining a price (``market_explaining``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ohmstead.ui.presenters.wording import Wording

if TYPE_CHECKING:
    from ohmstead.ui.pages.market_page import MarketPage

EVIDENCE_SUFFIX = "json"


class MarketDeeds(QObject):
    """The deeds of one page. Main thread."""

    def __init__(self, page: MarketPage, words: Wording) -> None:
        super().__init__(page)
        self._page, self._words = page, words

    @Slot()
    def offer(self) -> None:
        """Post what the offer on top says; the button rests until that is answered, so a second click is none."""
        hero, controller = self._page.content.hero, self._page.controller
        view = hero.view
        if view is None or view.plan is None or controller is None or not hero.button.isEnabled():
            return
        hero.rest(True)
        controller.offer(view.plan.side, view.plan.wants)

    @Slot()
    def take_back(self) -> None:
        """Take back all that stands and still can be."""
        view = self._page.content.hero.view
        if view is not None and view.posted:
            self.undo(view.posted)

    def undo(self, keys: Sequence[int]) -> None:
        """Take these back."""
        if self._page.controller is not None:
            self._page.controller.undo(tuple(keys))

    @Slot()
    def cancel_row(self) -> None:
        """Take back the chosen row's orders."""
        line, controller = self._page.content.orders.panel.line, self._page.controller
        if line is None or not line.can_cancel or controller is None:
            return
        if len(line.keys) == 1:
            controller.cancel(line.keys[0])
        else:
            controller.undo(tuple(line.keys))

    @Slot()
    def save_evidence(self) -> None:
        """Ask where the alarm's evidence is to go."""
        dialog = QFileDialog(self._page, self._words.tr("Save evidence"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(EVIDENCE_SUFFIX)
        dialog.setNameFilter(f"*.{EVIDENCE_SUFFIX}")
        dialog.finished.connect(dialog.deleteLater)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Save the alarm's evidence there."""
        view, controller = self._page.view, self._page.controller
        notice = view.notice if view is not None else None
        if notice is not None and notice.alarm is not None and controller is not None:
            controller.save_evidence(notice.alarm, Path(path))

    @Slot()
    def copy_reference(self) -> None:
        """The reference of a payment, on the clipboard."""
        view = self._page.view
        wallet = view.wallet if view is not None else None
        if wallet is not None and wallet.reference:
            QGuiApplication.clipboard().setText(wallet.reference)
            self._page.say(self._words.tr("Copied the reference"))

    @Slot()
    def take_payout_back(self) -> None:
        """No payout after all."""
        if self._page.controller is not None:
            self._page.controller.take_payout_back()

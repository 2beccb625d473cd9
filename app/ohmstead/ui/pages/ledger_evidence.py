"""Choosing what an evidence file holds: day or hour, which one, readable or sealed; and what that discloses.

A sheet over the window, made once and opened as often as asked for. Not here: writing the file (the page's
source), which hours there are (``presenters.ledger_period``).
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.core.slots import ZoneTable
from ohmstead.ui.pages.home_scroll import Fitted
from ohmstead.ui.presenters.ledger_period import PeriodChoice
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text

WIDE = 500


class _Mover(QWidget):
    """Words between two arrows.

    Signals:
        moved: back (-1) or on (1).
    """

    moved = Signal(int)

    def __init__(self, look: Look, back: str, on: str, wide: int) -> None:
        super().__init__()
        self._back = Button(look, icon="chevron-left", small=True, name=back)
        self._on = Button(look, icon="chevron-right", small=True, name=on)
        self._words = Text(look, "", "label")
        self._words.setMinimumWidth(wide)
        self.setLayout(row(self._back, self._on, 4, self._words, None, gap=4))
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)

    def show_words(self, words: str, *, back: bool, on: bool) -> None:
        """Say where it stands, and whether there is a way back and on."""
        self._words.say(words)
        self._back.setEnabled(back)
        self._on.setEnabled(on)

    @Slot()
    def _go_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _go_on(self) -> None:
        self.moved.emit(1)


class EvidenceSheet(Sheet):
    """The sheet. ``choice`` is what was chosen when ``finished`` says True."""

    def __init__(self, look: Look, words: Wording, window: QWidget) -> None:
        tr = words.tr
        self._words = words
        self.choice: PeriodChoice | None = None
        self._kind = Segmented(look, (tr("A day"), tr("An hour")), tr("How much to save"))
        self._seal = Segmented(look, (tr("Readable"), tr("Sealed")), tr("Who can read it"))
        self._day = _Mover(look, tr("The day before"), tr("The day after"), 220)
        self._hour = _Mover(look, tr("The hour before"), tr("The hour after"), 100)
        self._says = Text(look, "", "small", "text_2", wrap=True)
        intro = tr(
            "A file that proves these hours to somebody who trusts neither you nor this program: pages, proofs, "
            "the block and its signatures."
        )
        self._cancel = Button(look, tr("Cancel"))
        self._go = Button(look, tr("Save as…"), "primary")
        content = Fitted(
            column(
                Text(look, intro, "body", "text_2", wrap=True),
                row(self._kind, self._seal, None, gap=10),
                self._day,
                self._hour,
                self._says,
                gap=14,
            )
        )
        super().__init__(
            look, window, tr("Save evidence"), content, self._cancel, self._go, wide=WIDE, first=self._go
        )
        self._cancel.clicked.connect(self.dismiss)
        self._go.clicked.connect(self.agree)
        self._kind.chosen.connect(self._choose_kind)
        self._seal.chosen.connect(self._choose_seal)
        self._day.moved.connect(self._move_day)
        self._hour.moved.connect(self._move_hour)

    def open_for(self, zone: ZoneTable, first_hour: int, last_hour: int) -> None:
        """Open it for the recorded hours first..last; it begins with the last whole day."""
        start = PeriodChoice(zone, first_hour, last_hour, last_hour)
        if start.can_move(-1, days=True):
            start = start.moved(-1, days=True)
        self._kind.choose(0)
        self._seal.choose(0)
        self._show(start)
        self.open()

    def _show(self, choice: PeriodChoice) -> None:
        self.choice = choice
        self._day.show_words(
            choice.day_words(self._words),
            back=choice.can_move(-1, days=True),
            on=choice.can_move(1, days=True),
        )
        self._hour.setVisible(not choice.whole_day)
        self._hour.show_words(
            choice.hour_words(), back=choice.can_move(-1, days=False), on=choice.can_move(1, days=False)
        )
        self._says.say(choice.says(self._words))
        self.place()

    @Slot(int)
    def _choose_kind(self, index: int) -> None:
        if self.choice is not None:
            self._show(replace(self.choice, whole_day=index == 0))

    @Slot(int)
    def _choose_seal(self, index: int) -> None:
        if self.choice is not None:
            self._show(replace(self.choice, readable=index == 0))

    @Slot(int)
    def _move_day(self, by: int) -> None:
        if self.choice is not None:
            self._show(self.choice.moved(by, days=True))

    @Slot(int)
    def _move_hour(self, by: int) -> None:
        if self.choice is not None:
            self._show(self.choice.moved(by, days=False))

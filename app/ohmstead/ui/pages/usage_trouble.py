"""What Usage says where pages of this home's history were refused: the same words as on Home.

Not here: which refusal stands (``presenters.home_trouble``).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.facts_trouble import Fact, Trouble
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner


class UsageTrouble(QWidget):
    """A banner over the chart, hidden while all is well. Main thread.

    Signals:
        ledger_wanted: show where on the way it happened.
    """

    ledger_wanted = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        show = Button(look, words.tr("Show the Ledger"), small=True)
        self._banner = Banner(look, "alarm", "", "", show)
        self.setLayout(column(self._banner, gap=0, margins=(0, 0, 0, 16)))
        show.clicked.connect(self.ledger_wanted)
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say a refusal that touches the readings themselves; the age of the ledger is not said here."""
        touches = trouble is not None and trouble.fact in (Fact.SIGNATURE, Fact.COMPLETENESS)
        if trouble is not None and touches:
            self._banner.say(trouble.head, trouble.body)
        self.setVisible(touches)

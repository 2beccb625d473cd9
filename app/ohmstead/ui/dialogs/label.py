"""Confirming a home that was paired by its typed code: a picture of its label's QR code, compared whole.

Not here: reading it (``ui.picture_intake``), comparing it (``services.pairing``).
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.picture_intake import PictureIntake
from ohmstead.ui.presenters.pairing import LabelPicture
from ohmstead.ui.presenters.pairing_done import confirm_problem
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Icon, Text


class ConfirmByLabel(Sheet):
    """Asks for the picture until one fits or the person leaves. Main thread.

    Signals:
        given: a label was read; the text of its QR code. Answer with ``show_result``.
    """

    given = Signal(str)

    def __init__(self, look: Look, words: Wording, window: QWidget, jobs: Jobs, reader: Executor) -> None:
        tr = words.tr
        self._words = words
        self._busy = False
        self._choose = Button(look, tr("Choose a picture…"), "primary", "qr")
        back = Button(look, tr("Cancel"))
        why = Text(
            look,
            tr(
                "This home was paired by a typed code. The QR code on your meter's label holds the meter's whole "
                "key and the beginning of its ledger. A picture of it is compared with what this home rests on."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        how = Text(look, tr("Choose a file, drop it here, or paste it."), "small", "text_2", wrap=True)
        self._problem = Text(look, "", "small", "alarm", wrap=True)
        sign = column(2, Icon(look, "alert", 14, "alarm"), None)
        self._trouble = holder(row(sign, (self._problem, 1), gap=6, margins=(0, 12, 0, 0)))
        self._trouble.hide()
        content = holder(column(why, 10, how, self._trouble, gap=0))
        super().__init__(
            look, window, tr("Confirm this home by its label"), content, back, self._choose, wide=480
        )
        back.clicked.connect(self.dismiss)
        pictures = self._pictures = PictureIntake(self, look, words, jobs, reader, lambda: not self._busy)
        self._choose.clicked.connect(pictures.ask)
        pictures.began.connect(self._read)
        pictures.read.connect(self._take)
        pictures.refused.connect(self._say)

    def show_result(self, problem: Problem | None) -> None:
        """The comparison's answer: closes where the home is confirmed."""
        if problem is None:
            self._wait(False)
            self.agree()
        else:
            self._say(confirm_problem(problem, self._words))

    @Slot()
    def _read(self) -> None:
        self._trouble.hide()
        self._wait(True)

    @Slot(object)
    def _take(self, label: LabelPicture) -> None:
        self.given.emit(label.text)

    @Slot(str)
    def _say(self, why: str) -> None:
        self._wait(False)
        self._problem.say(why)
        self._trouble.show()
        QTimer.singleShot(0, self.place)  # once the new line has its height

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._choose.setEnabled(not busy)
        self._choose.setToolTip(self._words.tr("The picture is being read.") if busy else "")

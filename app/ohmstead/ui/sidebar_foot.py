"""The meter's state at the sidebar's foot: dot or sign, state in words, how far it is verified; while history
comes in, its line and the way to pause it. Not here: the words (``presenters.meter_state``).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from ohmstead.ui.presenters.view_models import MeterFoot
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.text import ProgressLine, Text

_FOLDED_HIGH, _PAUSE_WIDE = 48, 26


class Foot(Painted):
    """See the module. Main thread.

    Signals:
        paused: the person pauses (True) or resumes (False) the history that is coming in.
    """

    paused = Signal(bool)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        self._words = words
        self._foot = MeterFoot("none", "", "")
        self._folded = self._resting = False
        self._head = Text(look, "", "label", wrap=True)
        self._text = Text(look, "", "small", "text_2", wrap=True)
        self._line = ProgressLine(look, 3, "line_strong")
        # It lies over the head's line, so that nothing moves when history begins to come in.
        self._pause = Button(look, "", "quiet", "pause", small=True, name=words.tr("Pause"), parent=self)
        self._pause.resize(self._pause.sizeHint())
        self._pause.clicked.connect(self._press)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(50, 11, 12, 15)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(self._text)
        whole.addSpacing(2)
        whole.addLayout(row((self._line, 1), margins=(0, 0, 14, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_foot(self._foot)

    def show_foot(self, foot: MeterFoot) -> None:
        """Show another state."""
        self._foot = foot
        head = self._words.tr("Paused") if self._resting and foot.tone == "ok" else foot.head
        self._head.say(head)
        self._text.say(foot.words)
        coming = foot.share is not None or self._resting
        self._head.setContentsMargins(0, 0, _PAUSE_WIDE if coming else 0, 0)
        self._line.set_share(foot.share or 0.0)
        for words_part in (self._head, self._text):
            words_part.setVisible(not self._folded)
        for line_part in (self._line, self._pause):
            line_part.setVisible(not self._folded and coming)
        self.setAccessibleName(head)
        self.setAccessibleDescription(foot.words)
        self.setToolTip(f"{head}. {foot.words}".strip(" .") if self._folded else "")
        self._fit()
        self.update()

    def show_paused(self, resting: bool) -> None:
        """Say that the history rests, or comes in again."""
        self._resting = resting
        tr = self._words.tr
        self._pause.show_icon("play" if resting else "pause", tr("Resume") if resting else tr("Pause"))
        self.show_foot(self._foot)

    @property
    def coming(self) -> bool:
        """Whether history is coming in."""
        return self._foot.share is not None

    @property
    def resting(self) -> bool:
        """Whether it rests because the person said so."""
        return self._resting

    def fold(self, folded: bool) -> None:
        """Show the dot alone."""
        self._folded = folded
        self.show_foot(self._foot)

    @Slot()
    def _press(self) -> None:
        self.paused.emit(not self._resting)

    def _fit(self) -> None:
        layout = self.layout()
        high = layout.heightForWidth(self.width()) if layout is not None else 0
        self.setFixedHeight(_FOLDED_HIGH if self._folded else max(72, high))
        self._pause.move(self.width() - _PAUSE_WIDE - 12, 10)

    def event(self, event: QEvent) -> bool:
        """As high as its words, also where they were measured before the window stood at its size."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        foot, wide = self._foot, self.width()
        with self.look.brush(self) as brush:
            brush.hline(16, wide - 17, 0)
            ink = {"ok": "ok", "notice": "notice", "alarm": "alarm"}.get(foot.tone, "text_3")
            if foot.tone == "alarm":
                brush.icon("alert", 20, 14, 18, ink)
            elif foot.tone == "none":
                brush.box(QRectF(25, 19, 8, 8), None, ink, 4, 1.5)
            else:
                brush.box(QRectF(25, 19, 8, 8), ink, radius=4)

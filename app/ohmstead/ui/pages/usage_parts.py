"""Parts that only Usage has: the row of figures, the progress strip, and its empty faces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ohmstead.ui.presenters.view_models import Figure, PageState, Progress
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner, FigureBox
from ohmstead.ui.widgets.text import Icon, ProgressLine, Text

GAP, LEAST_GAP = 44, 22
HIGH = 66


class Figures(QWidget):
    """Key figures from left to right, wrapped into a second line where the page is narrow."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._boxes: list[FigureBox] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures in place."""
        while len(self._boxes) < len(figures):
            box = FigureBox(self._look)
            box.setParent(self)
            self._boxes.append(box)
        for i, box in enumerate(self._boxes):
            box.setVisible(i < len(figures))
            if i < len(figures):
                box.show_figure(figures[i])
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        x = y = 0
        here = [box.sizeHint() for box in self._boxes if not box.isHidden()]
        high = max((size.height() for size in here), default=HIGH)
        # Closer together before a second line.
        spare = self.width() - sum(size.width() for size in here)
        gap = min(GAP, max(LEAST_GAP, spare // max(len(here) - 1, 1)))
        for box in self._boxes:
            if box.isHidden():
                continue
            size = box.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + high + 8
            box.setGeometry(x, y, size.width(), size.height())
            x += size.width() + gap
        if self.height() != y + high:
            self.setFixedHeight(y + high)


class ProgressStrip(QWidget):
    """*Your history is coming in, newest first*, with its line. Hidden when it is all here."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._head = Text(look, "", "strong")
        self._words = Text(look, "", "body", "text_2", wrap=True)
        self._line = ProgressLine(look)
        self.setLayout(column(self._head, 2, self._words, 8, self._line, gap=0, margins=(0, 0, 0, 18)))
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far it is, None when there is nothing to wait for."""
        self.setVisible(progress is not None)
        if progress is not None:
            self._head.setText(progress.head)
            self._words.say(progress.words)
            self._line.set_share(progress.share)


class _Waiting(Painted):
    """Loading: the frame of a chart with stubs on its line, so that nothing jumps."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            left, base, wide = 44, self.height() * 0.72, self.width() - 60
            for i in range(5):
                brush.hline(left, left + wide, base - i * base / 5, "chart_grid")
            for i in range(24):
                pitch = wide / 24
                brush.fill(QRectF(left + i * pitch + pitch * 0.15, base - 28, pitch * 0.7, 26), "sunken")
            brush.hline(left, left + wide, base, "chart_zero")


class StatePanel(QStackedWidget):
    """The page's faces without readings: loading, empty, error.

    Signals:
        retried: the person wants to try again.
    """

    retried = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        wait = Text(look, tr("Reading this home's file…"), "small", "text_2")
        self._loading = holder(column(12, wait, 16, (_Waiting(look), 1), gap=0))
        lead = Text(look, tr("Your first page arrives within the hour"), "lead")
        body = Text(
            look,
            tr(
                "The meter closes a page every full hour, signs it and sends it here. Your history follows, "
                "newest first. You can leave Ohmstead open or close it; it goes on where it stopped."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        body.setFixedWidth(560)
        self._empty = holder(
            column(
                90,
                row(Icon(look, "usage", 24, "accent"), None),
                14,
                row(lead, None),
                8,
                row(body, None),
                None,
                gap=0,
            )
        )
        retry = Button(look, tr("Try again"), "quiet")
        retry.clicked.connect(self.retried)
        self._cannot = tr("These readings cannot be shown now")
        self._banner = Banner(look, "alarm", self._cannot, "", retry)
        self._error = holder(column(20, self._banner, None, gap=0))
        for face in (self._loading, self._empty, self._error):
            self.addWidget(face)

    def show_state(self, state: PageState, detail: str) -> None:
        """Show a face; ``detail`` is the error's own sentence."""
        if state is PageState.ERROR:
            self._banner.say(self._cannot, detail)
            self.setCurrentWidget(self._error)
        else:
            self.setCurrentWidget(self._loading if state is PageState.LOADING else self._empty)

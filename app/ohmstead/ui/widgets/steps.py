"""A list of steps from top to bottom: rings on one line, each with its name and its own words.

A step's words wrap and its row grows, so that the line always leads to the next ring. Not here: which steps there
are (``ui.presenters.pairing_steps``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.pairing_steps import StepState, StepView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column
from ohmstead.ui.widgets.text import Text

PITCH, RING, _TOP, _GAP, _TEXT = 58, 19, 3, 4, 33
_INK: dict[StepState, str] = {"done": "text", "now": "text", "todo": "text_2", "failed": "alarm"}


class _Row(Painted):
    """One step."""

    def __init__(self, look: Look, last: bool) -> None:
        super().__init__(look)
        self._view = StepView("", "", "todo")
        self._last = last
        self._name = Text(look, "", "label", wrap=True)
        self._words = Text(look, "", "small", "text_2", wrap=True)
        # What is left of the pitch goes below the words.
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self._name, (self._words, 1), 8, gap=0, margins=(_TEXT, 0, 0, 0)))
        self.setMinimumHeight(PITCH)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_step(self, view: StepView, spoken: str) -> None:
        """Show another state."""
        if view == self._view:
            return
        self._view = view
        self._name.setFont(self.look.theme.font("label" if view.state == "todo" else "strong"))
        self._name.tone(_INK[view.state])
        self._name.say(view.name)
        self._words.say(view.words)
        self.setAccessibleName(f"{view.name}: {spoken}. {view.words}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        state = self._view.state
        ring = QRectF(0, _TOP, RING, RING)
        with self.look.brush(self) as brush:
            if state in ("done", "failed"):
                brush.box(ring, "accent" if state == "done" else "alarm", radius=RING / 2)
                glyph = "check" if state == "done" else "close"
                brush.icon(glyph, 2.5, _TOP + 2.5, 14, "on_accent" if state == "done" else "page")
            elif state == "now":
                brush.box(ring, "page", "accent", RING / 2, 2)
                brush.box(QRectF(6, _TOP + 6, 7, 7), "accent", radius=3.5)
            else:
                brush.box(ring, None, "line_strong", RING / 2, 1.5)
            if not self._last:
                ink = "accent" if state == "done" else "line_strong"
                brush.vline(9, _TOP + RING + _GAP, self.height() + _TOP - _GAP, ink)


class Steps(QWidget):
    """The list. Main thread."""

    def __init__(self, look: Look, words: Wording, name: str, count: int) -> None:
        super().__init__()
        self._spoken: dict[StepState, str] = {
            "done": words.tr("done"),
            "now": words.tr("under way"),
            "todo": words.tr("to do"),
            "failed": words.tr("failed"),
        }
        self._rows = [_Row(look, i == count - 1) for i in range(count)]
        self.setLayout(column(*self._rows, gap=0))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_steps(self, views: Sequence[StepView]) -> None:
        """Show where each step stands; as many as the list was made for."""
        for row, view in zip(self._rows, views, strict=True):
            row.show_step(view, self._spoken[view.state])

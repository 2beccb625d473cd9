"""A line on Home about another page: a sign, one sentence, the way to what is behind it; hidden while there is
none.

Not here: which sentence (``presenters.market_brief``, ``presenters.neighbour_brief``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.text import Icon, Text

BETWEEN, UNBOUNDED = 28, (1 << 24) - 1
_SPARE = 4  # a line that is as wide as its words would be wrapped by a rounding
_LINE = 20  # what the sentence and the way beside it are high
_INK = {"alarm": ("alarm", "alarm"), "notice": ("notice", "text")}  # of the sign, of the words


class Brief(Protocol):
    """What a line says. ``tone`` is neutral, notice or alarm; ``action`` are the words of the way to ``goal``."""

    @property
    def tone(self) -> str: ...
    @property
    def glyph(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def goal(self) -> object: ...


_Known = TypeVar("_Known")
_View = TypeVar("_View", bound=Brief)


class HomeLine(QWidget, Generic[_Known, _View]):
    """The line. Main thread. ``present`` words what is known, ``looked_at`` says whether the page is seen.

    Signals:
        wanted: the page that it is about, at the view's goal.
        waved: the person does not want to be asked.
        said: it says something else, or nothing any more.
    """

    wanted = Signal(object)
    waved = Signal()
    said = Signal()

    def __init__(
        self,
        look: Look,
        icon: str,
        known: _Known,
        present: Callable[[_Known], _View | None],
        looked_at: Callable[[], bool],
        away: str = "",
    ) -> None:
        super().__init__()
        self._look, self._known, self._present, self._looked_at = look, known, present, looked_at
        self._view: _View | None = None
        self._icon = Icon(look, icon, 16)
        self._text = Text(look, "", "body", "text", wrap=True)
        self._show_it = Button(look, "", "link", small=True)
        self._away = Button(look, "", "quiet", "close", small=True, name=away)
        for button in (self._show_it, self._away):
            button.setFixedHeight(_LINE)
        self._show_it.clicked.connect(self._pressed)
        self._away.clicked.connect(self.waved)
        self.setLayout(
            row(
                column(3, self._icon, None, gap=0), 8, (self._text, 1_000), 12,
                column(2, self._show_it, None, gap=0), column(2, self._away, None, gap=0), None, gap=0,
                margins=(0, 0, 0, 4),
            )
        )  # fmt: skip
        self._away.hide()
        self.hide()

    @property
    def view(self) -> _View | None:
        """What is said."""
        return self._view

    def show_known(self, known: _Known) -> None:
        """Take another state of what it is about."""
        self._known = known
        self.age()

    @Slot()
    def age(self) -> None:
        """Say it as of now; while nobody looks at the page that can wait."""
        if not self._looked_at():
            return
        view = self._present(self._known)
        if view != self._view:
            self._view = view
            self._say(view)
            self.said.emit()

    @property
    def wide(self) -> int:
        """How wide it is on one line."""
        buttons = [b.sizeHint().width() for b in (self._show_it, self._away) if not b.isHidden()]
        return self._icon.width() + 8 + self._text.maximumWidth() + 12 + sum(buttons) + _SPARE

    def offer_away(self, offered: bool) -> None:
        """Whether the line can be waved away."""
        self._away.setVisible(offered)

    def _say(self, view: _View | None) -> None:
        self.setVisible(view is not None)
        if view is None:
            return
        ink, words = _INK.get(view.tone, ("text_2", "text"))
        self._icon.show_icon(view.glyph, ink)
        self._text.tone(words)
        self._text.say(view.words)
        # No wider than the words, so that the way stands after them and not at the far side.
        self._text.setMaximumWidth(math.ceil(self._look.width(view.words, "body")) + 2)
        self._show_it.setText(view.action)
        self._show_it.setAccessibleName(view.action)
        self._show_it.setAccessibleDescription(view.words)
        self._show_it.updateGeometry()

    @Slot()
    def _pressed(self) -> None:
        if self._view is not None:
            self.wanted.emit(self._view.goal)


class HomeLines(QWidget):
    """Lines about other pages: beside each other where all fit on one line, else under each other."""

    def __init__(self, *lines: HomeLine[Any, Any]) -> None:
        super().__init__()
        self._lines = lines
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for line in lines:
            self._box.addWidget(line, 1_000)
            line.said.connect(self._lay)
        self._box.addStretch(1)

    @Slot()
    def _lay(self) -> None:
        way = QBoxLayout.Direction
        shown = [line.wide for line in self._lines if not line.isHidden()]
        beside = sum(shown) + BETWEEN * (len(shown) - 1) <= self.width()
        self._box.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._box.setSpacing(BETWEEN if beside else 0)
        for line in self._lines:
            line.setMaximumWidth(line.wide if beside and not line.isHidden() else UNBOUNDED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)

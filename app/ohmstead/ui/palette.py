"""The palette: type a page, a command or a day, and go there or do it.

Here: the line, the list, the keyboard. Not here: what fits what was typed (``presenters.finding``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.commands import GO, Command, keys_words
from ohmstead.ui.presenters.date_wishes import DateWish
from ohmstead.ui.presenters.finding import Finding, Offer, findings
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.entry import LineEdit
from ohmstead.ui.widgets.rows import Row, RowList
from ohmstead.ui.widgets.sheet import SHADOW, Over
from ohmstead.ui.widgets.text import Icon, Rule, Text

WIDE, TOP = 560, 120
_LINE, _BELOW, _ROOM = 46, 6, 48  # the line's height; under the list; least space to the window's foot


class _Line(LineEdit):
    """The line: its keys move the list.

    Signals:
        stepped: the choice moves by so many rows.
        left: Escape.
    """

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Nothing(Painted):
    """Said where nothing fits."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        text = words.tr(
            "Nothing fits that. Try a page, something to do, or a day like 11 January or last week."
        )
        self.setLayout(column(Text(look, text, "body", "text_2", wrap=True), gap=0, margins=(18, 14, 18, 14)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card is the ground."""


class Palette(Over):
    """See the module. Main thread. ``today`` gives the meter's day, ``since`` its first with readings, if known.

    Signals:
        date_wanted: a span (``periods.Span``) around a day is to be shown.
    """

    date_wanted = Signal(object, int)

    def __init__(
        self,
        look: Look,
        words: Wording,
        window: QWidget,
        commands: Callable[[], Sequence[Command]],
        today: Callable[[], int],
        *,
        month_first: Callable[[], bool] = lambda: False,
        since: Callable[[], int | None] = lambda: None,
    ) -> None:
        super().__init__(look, window, words.tr("Go to"))
        self._words, self._ask, self._today = words, commands, today
        self._month_first, self._since = month_first, since
        self._commands: dict[str, Command] = {}
        self._offers: tuple[Offer, ...] = ()
        self._found: tuple[Finding, ...] = ()
        self.line = _Line(look, words.tr("Page, command or day"), "heading")
        self.line.setPlaceholderText(words.tr("Page, command or day"))
        self.list = RowList(look, words.tr("What fits"), keys_words("Enter"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = _Nothing(look, words)
        head = row(Icon(look, "search", 18, "text_2"), (self.line, 1), gap=12, margins=(18, 0, 18, 0))
        top = Painted(look)
        top.setLayout(head)
        top.setFixedHeight(_LINE)
        inside = column(top, Rule(look), 4, (self.list, 1), self._nothing, gap=0)
        inside.setContentsMargins(SHADOW + 1, SHADOW, SHADOW + 1, SHADOW + _BELOW)
        self.card.setLayout(inside)
        self.line.textChanged.connect(self._type)
        self.line.stepped.connect(self.list.step)
        self.line.left.connect(self.dismiss)
        self.line.returnPressed.connect(self._enter)
        self.list.clicked.connect(self._click)
        self.list.selectionModel().currentChanged.connect(self._say)

    @property
    def found(self) -> tuple[Finding, ...]:
        """What is listed."""
        return self._found

    @Slot()
    def open(self) -> None:
        """Stand over the window with an empty line; every command that can be done now is offered."""
        if self.isVisible():
            return
        able = [c for c in self._ask() if c.enabled() and c.run != self.open]
        # A page may offer what the frame offers as well: it is listed once, the page's own.
        first = {c.words: c for c in reversed(able)}
        self._commands = {c.name: c for c in able if first[c.words] is c}
        self._offers = tuple(
            Offer(c.name, c.words, c.icon, keys_words(c.keys), c.name.startswith(GO))
            for c in self._commands.values()
        )
        self.line.show_text("")
        self._type("")
        super().open()

    def first(self) -> QWidget | None:
        """The line."""
        return self.line

    def place(self) -> None:
        """560 wide, 120 from the top, as high as its rows but no higher than the window."""
        super().place()
        wide = min(WIDE, self.width() - 2 * 32)
        rows = self.list.wanted_high() if self._found else self._nothing.heightForWidth(wide)
        high = min(_LINE + 1 + 4 + rows + _BELOW, self.height() - TOP - _ROOM)
        box = QRectF((self.width() - wide) / 2, TOP, wide, high).toRect()
        self.card.setGeometry(box.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    @Slot(str)
    def _type(self, text: str) -> None:
        self._found = findings(
            text,
            self._offers,
            self._today(),
            self._words,
            month_first=self._month_first(),
            since=self._since(),
        )
        self.list.show_rows([Row(f.words, f.icon, f.hint, f.head) for f in self._found])
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        if self.isVisible():
            self.place()

    @Slot()
    def _enter(self) -> None:
        self._choose(self.list.currentIndex().row())

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        self._choose(index.row())

    @Slot(QModelIndex)
    def _say(self, index: QModelIndex) -> None:
        """The line keeps the keyboard, so it says what Enter would choose."""
        self.line.setAccessibleDescription(str(index.data() or ""))

    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self._found) or self._found[place].head:
            return
        found = self._found[place]
        self.close_with(True)
        if isinstance(found.wish, DateWish):
            self.date_wanted.emit(found.wish.span, found.wish.day)
        else:
            self._commands[found.name].run()

"""Parts of the sidebar: the home and its switcher, the way to the palette, pages, the demonstration's mark.

Each draws itself wide or folded to its icon. Not here: their order (``ui.sidebar``), the meter's foot
(``ui.sidebar_foot``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.market_brief import MarkModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted
from ohmstead.ui.widgets.button import Pressable
from ohmstead.ui.widgets.menu import Menu

_MARK_WIDE = 24
_TEXT_X = 40  # where words begin, from the part's own left edge


class SidebarButton(Pressable):
    """What the sidebar's buttons share: full width, words that wrap instead of being cut, folding."""

    def __init__(self, look: Look, label: str, room: int) -> None:
        super().__init__(look, label)
        self.folded = False
        self._room = room  # beside the words: their left edge and what stands right of them
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, folded: bool) -> None:
        """Show the icon alone."""
        self.folded = folded
        self.setToolTip(self.accessibleName() if folded else "")
        self.updateGeometry()
        self.update()

    @property
    def words_wide(self) -> float:
        """Width that the words have in the open sidebar."""
        return self.look.theme.tokens.size["sidebar"] - 21 - self._room

    def words_high(self, style: str) -> int:
        """Height of the words in that width."""
        return self.look.height(self.text(), style, self.words_wide)


class NavItem(SidebarButton):
    """One page of the product. Up and Down move between items, Enter opens.

    Signals:
        stepped: the keyboard moves on by so many items.
    """

    stepped = Signal(int)

    def __init__(self, look: Look, icon: str, label: str) -> None:
        super().__init__(look, label, _TEXT_X + 8)
        self._icon, self._label = icon, label
        self._mark: MarkModel | None = None
        self.setCheckable(True)

    def show_mark(self, mark: MarkModel | None) -> None:
        """Show that so many things on the page need the household, or none any more."""
        self._mark = mark
        self._room = _TEXT_X + (8 if mark is None else 8 + _MARK_WIDE)
        name = self._label if mark is None else f"{self._label}: {mark.words}"
        self.setAccessibleName(name)
        self.fold(self.folded)

    def sizeHint(self) -> QSize:
        return QSize(40, 34 if self.folded else max(34, self.words_high("strong") + 14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        box, on = QRectF(self.rect()), self.isChecked()
        ground = "hover" if self.look.theme.mode == "light" else "sunken"
        with self.look.brush(self) as brush:
            if on or self.underMouse():
                brush.painter.setOpacity(1.0 if on else 0.5)
                brush.box(box, ground, radius=7)
                brush.painter.setOpacity(1.0)
            brush.icon(self._icon, 11, 8, 18, "accent" if on else "text_2")
            if not self.folded:
                style, ink = ("strong", "text") if on else ("label", "text_2")
                brush.paragraph(_TEXT_X, 7, self.text(), style, ink, self.words_wide)
            if self._mark is not None:
                self._paint_mark(brush, self._mark)
            if self.ringed:
                brush.focus_ring(box, 7)

    def _paint_mark(self, brush: Brush, mark: MarkModel) -> None:
        """A sign for what cannot be trusted, else how many things there are; folded, on the icon's corner."""
        ground, ink = f"{mark.tone}_soft", mark.tone
        if self.folded:
            if mark.tone == "alarm":
                brush.icon("alert", 25, 2, 13, ink)
            else:
                brush.box(QRectF(27, 4, 8, 8), ink, radius=4)
            return
        pill = QRectF(self.width() - 10 - _MARK_WIDE, 8, _MARK_WIDE, 18)
        brush.box(pill, ground, radius=9)
        if mark.tone == "alarm":
            brush.icon("alert", pill.center().x() - 7, pill.y() + 2, 14, ink)
        else:
            brush.text(pill.center().x(), pill.y() + 2, str(min(mark.count, 99)), "micro", ink, "centre")


class HomeButton(SidebarButton):
    """The home's name under the mark. With other homes, or the way to one, it opens a menu.

    Signals:
        home_chosen: the person wants the home of this key.
        adding: the person wants to add a home.
    """

    home_chosen = Signal(str)
    adding = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look, "Ohmstead", _TEXT_X + 26)
        self._words = words
        self._homes: tuple[HomeChoice, ...] = ()
        self._current, self._can_add = "", False
        self._menu = Menu(look, self)
        self.clicked.connect(self.open_menu)
        self.show_name("")
        self._can_open()

    @property
    def menu(self) -> Menu:
        """The switcher."""
        return self._menu

    def show_name(self, name: str) -> None:
        """Name the home that is shown; the product's name where there is none."""
        self.setText(name or "Ohmstead")
        self._say()
        self.updateGeometry()
        self.update()

    def show_homes(self, homes: Sequence[HomeChoice], current: str, can_add: bool) -> None:
        """Offer other homes, and the way to another one."""
        self._homes, self._current, self._can_add = tuple(homes), current, can_add
        self._can_open()

    @property
    def offered(self) -> tuple[tuple[HomeChoice, ...], str, bool]:
        """The homes, the current one's key, and whether one can be added."""
        return self._homes, self._current, self._can_add

    @property
    def opens(self) -> bool:
        """Whether there is anything to switch to."""
        return self._can_add or len(self._homes) > 1

    @Slot()
    def open_menu(self) -> None:
        """Open the switcher, if there is anything to switch to."""
        if not self.opens:
            return
        tr = self._words.tr
        self._menu.clear()
        for home in self._homes:
            self._menu.add(
                home.name,
                partial(self.home_chosen.emit, home.key),
                chosen=home.key == self._current,
            )
        if self._can_add:
            if self._homes:
                self._menu.addSeparator()
            self._menu.add(tr("Add a home…"), self.adding.emit, icon="plus")
        self._menu.open_below(self)

    def _can_open(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.opens else Qt.CursorShape.ArrowCursor)
        self._say()
        self.update()

    def _say(self) -> None:
        name = self.text()
        self.setAccessibleName(self._words.tr("Home: {name}", name=name) if self.opens else name)
        self.fold(self.folded)

    def sizeHint(self) -> QSize:
        return QSize(40, 36 if self.folded else max(36, self.words_high("heading") + 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            if self.opens and self.underMouse():
                brush.painter.setOpacity(0.5)
                brush.box(box, "hover" if self.look.theme.mode == "light" else "sunken", radius=7)
                brush.painter.setOpacity(1.0)
            brush.icon("mark", 9, 7, 22, "accent")
            if not self.folded:
                brush.paragraph(_TEXT_X, 8, self.text(), "heading", "text", self.words_wide)
                if self.opens:
                    brush.icon("chevron-down", self.width() - 17, 11, 14, "text_3")
            if self.ringed:
                brush.focus_ring(box, 7)


class GoTo(SidebarButton):
    """Looks like a search field and opens the palette."""

    def __init__(self, look: Look, words: Wording, keys: str) -> None:
        super().__init__(look, words.tr("Go to…"), 0)
        self._keys = keys
        self.setAccessibleDescription(keys)

    def sizeHint(self) -> QSize:
        return QSize(40, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        soft = "text_2" if self.underMouse() else "text_3"
        with self.look.brush(self) as brush:
            brush.box(box, "hover" if self.underMouse() else "page", "line_strong", 7)
            brush.icon("search", (box.width() - 16) / 2 if self.folded else 8, 8, 16, soft)
            if not self.folded:
                hint = self.look.width(self._keys, "micro") + 18
                brush.text(31, 6, self.text(), "body", soft, width=box.width() - 31 - hint)
                brush.text(box.width() - 11, 9, self._keys, "micro", soft, "right")
            if self.ringed:
                brush.focus_ring(box, 7)


def made_of(words: Wording, *, simulated: bool, roof: int) -> str:
    """What a demonstration home is made of."""
    if simulated:
        return words.tr("A simulated home: no measurement stands behind its readings.")
    if roof == 1:
        return words.tr("A real home's recorded year, moved by whole weeks to end now.")
    return words.tr(
        "A real home's recorded year, its solar roof made {times} times as large, moved by whole weeks to end "
        "now.",
        times=str(roof),
    )


class DemoMark(Painted):
    """A quiet line that stays: what is shown is a demonstration, and what it is made of."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        self._words, self._text, self._folded = words, "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_demonstration(self, simulated: bool | None, roof: int = 1) -> None:
        """Say it: a simulation, a recorded year (its roof multiplied), or None for a home of the person's own."""
        tr = self._words.tr
        self._text = tr("Simulated demonstration") if simulated else tr("Recorded demonstration")
        self.setAccessibleName(self._text)
        self.setAccessibleDescription(made_of(self._words, simulated=bool(simulated), roof=roof))
        self.setVisible(simulated is not None)
        self.fold(self._folded)

    @property
    def _wide(self) -> float:
        return self.look.theme.tokens.size["sidebar"] - 29 - 38

    def fold(self, folded: bool) -> None:
        """Show the icon alone."""
        self._folded = folded
        more = self.accessibleDescription()
        self.setToolTip(f"{self._text}. {more}" if folded else more)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._folded:
            return QSize(40, 28)
        return QSize(40, self.look.height(self._text, "micro", self._wide) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            brush.box(box, None, "line_strong", 7)
            if self._folded:
                brush.icon("info", box.center().x() - 7, 7, 14)
            else:
                brush.icon("info", 9, 6, 14)
                brush.paragraph(30, 6, self._text, "micro", "text_2", self._wide)

"""The sidebar: home, way to the palette, pages, settings, and the meter's state at its foot.

Folds to icons where the window is narrow. Not here: how its parts are drawn (``ui.sidebar_parts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from ohmstead.ui.commands import keys_words
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.market_brief import MarkModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.sidebar_foot import Foot
from ohmstead.ui.sidebar_parts import DemoMark, GoTo, HomeButton, NavItem
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, row

FOLDED = 60
PALETTE_KEYS = "Ctrl+K"


class Sidebar(Painted):
    """What stands left of every page. Main thread.

    Signals:
        chosen: the page of this name was chosen.
        home_chosen: the home of this key is wanted.
        adding: another home is to be paired.
        palette_wanted: the person wants to go somewhere by words.
        paused: the incoming history is to rest (True) or to go on (False).
    """

    chosen = Signal(str)
    home_chosen = Signal(str)
    adding = Signal()
    palette_wanted = Signal()
    paused = Signal(bool)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        self._order: list[str] = []  # of the pages at the top
        self._nav, self._low = QVBoxLayout(), QVBoxLayout()
        for part in (self._nav, self._low):
            part.setSpacing(2)
        self.home = HomeButton(look, words)
        self.go_to = GoTo(look, words, keys_words(PALETTE_KEYS))
        self.demonstration = DemoMark(look, words)
        self.foot = Foot(look, words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 14, 1, 0)
        whole.setSpacing(0)
        whole.addLayout(row((self.home, 1), margins=(10, 0, 10, 10)))
        whole.addLayout(row((self.go_to, 1), margins=(14, 0, 14, 16)))
        self._nav.setContentsMargins(10, 0, 10, 0)
        whole.addLayout(self._nav)
        whole.addStretch(1)
        whole.addLayout(row((self.demonstration, 1), margins=(14, 0, 14, 8)))
        self._low.setContentsMargins(10, 0, 10, 6)
        whole.addLayout(self._low)
        whole.addWidget(self.foot)
        self.home.home_chosen.connect(self.home_chosen)
        self.home.adding.connect(self.adding)
        self.go_to.clicked.connect(self.palette_wanted)
        self.foot.paused.connect(self.paused)
        self.setAccessibleName(words.tr("Pages"))
        self.fold(False)

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages at the top, in order."""
        return tuple(self._order)

    def add_page(self, name: str, icon: str, label: str, *, at: int | None = None, low: bool = False) -> None:
        """Offer a page: after the others, at a place among them, or at the bottom (``low``)."""
        item = NavItem(self.look, icon, label)
        self._group.addButton(item)
        self._items[name] = item
        item.clicked.connect(partial(self.chosen.emit, name))
        item.stepped.connect(partial(self._step, name))
        if low:
            self._low.addWidget(item)
        else:
            place = len(self._order) if at is None else at
            self._order.insert(place, name)
            self._nav.insertWidget(place, item)
        item.fold(self._folded)
        self._order_stops()

    def choose(self, name: str) -> None:
        """Show a page as chosen: the one tab stop among the pages; arrows lead to the others."""
        self._items[name].setChecked(True)
        for other, item in self._items.items():
            # Qt leaves the tab stop where it was when a button is checked from outside.
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == name else Qt.FocusPolicy.ClickFocus)

    def show_mark(self, name: str, mark: MarkModel | None) -> None:
        """Show on a page's item that something there needs the household, or nothing any more."""
        self._items[name].show_mark(mark)

    def set_home(self, name: str) -> None:
        """Name the home that is shown."""
        self.home.show_name(name)

    def show_homes(self, homes: Sequence[HomeChoice], current: str, can_add: bool) -> None:
        """Offer other homes, and the way to another one."""
        self.home.show_homes(homes, current, can_add)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or words too."""
        self._folded = folded
        self.setFixedWidth(FOLDED if folded else round(self.look.theme.tokens.size["sidebar"]))
        for button in (self.home, self.go_to, *self._items.values()):
            button.fold(folded)
        self.demonstration.fold(folded)
        self.foot.fold(folded)

    def _order_stops(self) -> None:
        """Tab goes from top to bottom, whenever a page was added."""
        names = [*self._order, *(name for name in self._items if name not in self._order)]
        stops = (self.home, self.go_to, *(self._items[name] for name in names))
        for one, two in pairwise(stops):
            self.setTabOrder(one, two)

    def _step(self, name: str, by: int) -> None:
        """Move the keyboard among the items; at the ends it stays."""
        names = [*self._order, *(other for other in self._items if other not in self._order)]
        to = min(max(names.index(name) + by, 0), len(names) - 1)
        self._items[names[to]].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), "window")
            brush.vline(self.width() - 1, 0, self.height())

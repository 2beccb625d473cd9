"""The sidebar: home, pages, and the meter's state at its foot. Folds to icons where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout

from ohmstead.ui.presenters.view_models import MeterFoot
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted
from ohmstead.ui.widgets.button import Pressable

FOLDED = 60


class NavItem(Pressable):
    """One page of the product."""

    def __init__(self, look: Look, icon: str, label: str) -> None:
        super().__init__(look, label)
        self._icon = icon
        self._folded = False
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, folded: bool) -> None:
        """Show the icon alone."""
        self._folded = folded
        self.setToolTip(self.text() if folded else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        box, on = QRectF(self.rect()), self.isChecked()
        ground = "hover" if self.look.theme.mode == "light" else "sunken"
        with self.look.brush(self) as brush:
            if on or self.underMouse():
                brush.painter.setOpacity(1.0 if on else 0.5)
                brush.box(box, ground, radius=7)
                brush.painter.setOpacity(1.0)
            brush.icon(self._icon, 11, 8, 18, "accent" if on else "text_2")
            if not self._folded:
                style, ink = ("strong", "text") if on else ("label", "text_2")
                brush.text(40, 7, self.text(), style, ink, width=self.width() - 48)
            if self.ringed:
                brush.focus_ring(box, 7)


class Foot(Painted):
    """Dot or sign, state in words, how far it is verified, and a line while history comes in."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._foot = MeterFoot("none", "", "")
        self._folded = False
        self.setFixedHeight(80)

    def show_foot(self, foot: MeterFoot) -> None:
        """Show another state."""
        self._foot = foot
        self.setAccessibleName(foot.head)
        self.setAccessibleDescription(foot.words)
        self.setToolTip(f"{foot.head}. {foot.words}".strip(" .") if self._folded else "")
        self.update()

    def fold(self, folded: bool) -> None:
        """Show the dot alone."""
        self._folded = folded
        self.show_foot(self._foot)

    def _lines(self, room: float) -> list[str]:
        """The words in one line, or in two where they are too long for one."""
        words = self._foot.words
        if self._foot.share is not None or self.look.width(words, "small") <= room:
            return [words]
        for mark in ("; ", ", "):
            if mark in words:
                head, tail = words.split(mark, 1)
                return [head + mark.strip(), tail]
        return [words]

    def paintEvent(self, event: QPaintEvent) -> None:
        foot, wide = self._foot, self.width()
        with self.look.brush(self) as brush:
            brush.hline(16, wide - 17, 0)
            ink = {"ok": "ok", "notice": "notice", "alarm": "alarm"}.get(foot.tone, "text_3")
            if foot.tone == "alarm":
                brush.icon("alert", 20, 15, 18, ink)
            elif foot.tone == "none":
                brush.box(QRectF(25, 20, 8, 8), None, ink, 4, 1.5)
            else:
                brush.box(QRectF(25, 20, 8, 8), ink, radius=4)
            if self._folded:
                return
            brush.text(50, 13, foot.head, "label", width=wide - 60)
            for i, words in enumerate(self._lines(wide - 58)):
                brush.text(50, 33 + 16 * i, words, "small", "text_2", width=wide - 58)
            if foot.share is not None:
                line = QRectF(50, 55, wide - 76, 3)
                brush.box(line, "line_strong", radius=1.5)
                brush.box(QRectF(50, 55, max(line.width() * foot.share, 3), 3), "accent", radius=1.5)


class Sidebar(Painted):
    """What stands left of every page.

    Signals:
        chosen: the page of this name was chosen.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        self._home = ""
        self._folded = False
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        self._nav = QVBoxLayout()
        self._nav.setSpacing(2)
        self.foot = Foot(look)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 66, 11, 0)
        whole.setSpacing(0)
        whole.addLayout(self._nav)
        whole.addStretch(1)
        self.foot.setParent(self)
        self._group.idClicked.connect(self._clicked)
        self.setAccessibleName(words.tr("Pages"))
        self.fold(False)

    def add_page(self, name: str, icon: str, label: str) -> None:
        """Offer a page. Only pages that exist are offered."""
        item = NavItem(self.look, icon, label)
        self._group.addButton(item, len(self._items))
        self._items[name] = item
        self._nav.addWidget(item)

    def choose(self, name: str) -> None:
        """Show a page as chosen."""
        self._items[name].setChecked(True)

    def set_home(self, name: str) -> None:
        """Name the home that is shown."""
        self._home = name
        self.update()

    def fold(self, folded: bool) -> None:
        """Show icons alone, or words too."""
        self._folded = folded
        self.setFixedWidth(FOLDED if folded else round(self.look.theme.tokens.size["sidebar"]))
        for item in self._items.values():
            item.fold(folded)
        self.foot.fold(folded)
        self._place_foot()

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self.chosen.emit(list(self._items)[index])

    def _place_foot(self) -> None:
        self.foot.setGeometry(0, self.height() - self.foot.height(), self.width() - 1, self.foot.height())

    def resizeEvent(self, event: object) -> None:
        self._place_foot()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), "window")
            brush.vline(self.width() - 1, 0, self.height())
            brush.icon("mark", 19, 21, 22, "accent")
            if not self._folded:
                brush.text(50, 22, self._home or "Ohmstead", "heading", width=self.width() - 66)

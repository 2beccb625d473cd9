"""Buttons and the segmented control, drawn alike on every platform.

A style sheet cannot draw the two-tone focus ring or snap its corners; thirty lines of painter can.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, by_keyboard, row, tips
from ohmstead.ui.widgets.ring import OuterRing

Kind = Literal["primary", "plain", "quiet", "link", "danger"]
_PADDING = {"quiet": 16, "link": 0}
_INK = {"primary": "on_accent", "danger": "alarm", "quiet": "accent", "link": "accent"}


class Pressable(QAbstractButton):
    """What the drawn buttons share: hover, Return, repaint on theme change."""

    def __init__(self, look: Look, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.ringed = False
        self.setText(label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.recolour)

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        return tips(self.look, self, event) or super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Button(Pressable):
    """One per page is ``primary``; ``plain`` has a border, ``quiet`` none, ``link`` is flush with its column.

    Without a label it is square and needs ``name`` for who cannot see the icon.
    """

    def __init__(
        self,
        look: Look,
        label: str = "",
        kind: Kind = "plain",
        icon: str | None = None,
        *,
        small: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, label, parent)
        self._kind, self._icon = kind, icon
        self._ring: OuterRing | None = None
        self._high = round(look.theme.tokens.size["control_small" if small else "control"])
        self._style = "small_s" if small else "label"
        self.setAccessibleName(name or label)
        if name and not label:
            self.setToolTip(name)

    def show_icon(self, icon: str, name: str) -> None:
        """Another icon and name for a button without a label."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(self._high, self._high)
        wide = self.look.width(self.text(), self._style) + _PADDING.get(self._kind, 26)
        return QSize(round(wide + (22 if self._icon else 0)), self._high)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring_round()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring_round()

    def _ring_round(self) -> None:
        """A link has no room for a ring: it lies round it."""
        if self._ring is not None:
            self._ring.leave()
            self._ring = None
        if self.ringed and self._kind == "link":
            self._ring = OuterRing(self.look, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        radius = self.look.theme.tokens.radius["control"]
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            self._ground(brush, box, radius)
            self._content(brush, box)
            if self.ringed and self._ring is None:
                brush.focus_ring(box, radius)

    def _ground(self, brush: Brush, box: QRectF, radius: float) -> None:
        down, over = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
        if self._kind == "primary":
            brush.box(box, "accent_hover" if over or down else "accent", radius=radius)
        elif self._kind in ("plain", "danger"):
            brush.box(box, "sunken" if down else "hover" if over else "raised", "line_strong", radius)
        elif self._kind == "quiet" and (over or down):
            brush.box(box, "hover", radius=radius)

    def _content(self, brush: Brush, box: QRectF) -> None:
        ink = _INK.get(self._kind, "text")
        if not self.text():
            if self._icon:
                brush.icon(
                    self._icon,
                    box.center().x() - 9,
                    box.center().y() - 9,
                    18,
                    "text" if self.isChecked() else "text_2",
                )
            return
        across = self.look.width(self.text(), self._style) + (22 if self._icon else 0)
        x = box.center().x() - across / 2
        if self._icon:
            brush.icon(self._icon, x, box.center().y() - 8, 16, ink)
            x += 22
        line = self.look.theme.style(self._style).line
        brush.text(x, box.center().y() - line / 2, self.text(), self._style, ink)


class _Segment(Pressable):
    """One choice of a segmented control."""

    def __init__(self, look: Look, label: str, small: bool) -> None:
        super().__init__(look, label)
        self._style, self._high = ("small", 22) if small else ("label", 28)
        self.setCheckable(True)
        self.setAccessibleName(label)

    def sizeHint(self) -> QSize:
        return QSize(round(self.look.width(self.text(), self._style)) + 26, self._high)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self.look.width(self.text(), self._style)) + 12, self._high)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        light = self.look.theme.mode == "light"
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            if self.isChecked():
                brush.box(box, "raised" if light else "line_strong", "line_strong" if light else None, 6)
            ink = "text" if self.isChecked() or self.underMouse() else "text_2"
            top = (box.height() - self.look.theme.style(self._style).line) / 2
            brush.text(box.center().x(), top, self.text(), self._style, ink, "centre")
            if self.ringed:
                brush.focus_ring(box, 6)


class Segmented(Painted):
    """One choice of few; arrow keys move it. The chosen segment is raised, not coloured.

    Signals:
        chosen: the person chose the segment of this index.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, labels: Sequence[str], name: str, *, small: bool = False) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        parts = [_Segment(look, label, small) for label in labels]
        for i, part in enumerate(parts):
            self._group.addButton(part, i)
        self.setLayout(row(*parts, gap=0, margins=(2, 2, 2, 2)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self.chosen)

    def choose(self, index: int) -> None:
        """Show a choice, -1 for none, without saying that the person made it."""
        if index >= 0:
            self._group.button(index).setChecked(True)
            return
        self._group.setExclusive(False)
        for part in self._group.buttons():
            part.setChecked(False)
        self._group.setExclusive(True)

    @property
    def current(self) -> int:
        """The chosen index, -1 before the first."""
        return self._group.checkedId()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), "sunken", radius=8)

"""What every painted part shares, and the two layouts that say their gaps aloud.

Not here: any part itself.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.tip import tip_of

# A number is space in pixels, None a stretch; a pair gives a widget or layout its stretch factor.
Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items from left to right, ``gap`` pixels between neighbours that are not spaced by a number."""
    box = QHBoxLayout()
    _fill(box, items, gap, margins)
    return box


def column(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items from top to bottom."""
    box = QVBoxLayout()
    _fill(box, items, gap, margins)
    return box


def holder(layout: QLayout) -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def capped(widget: QWidget, wide: int) -> QHBoxLayout:
    """A widget at the left, as wide as there is room but no wider than so many pixels.

    A maximum width alone is not enough: a column would ask wrapped words for their height at its own width.
    """
    widget.setMaximumWidth(wide)
    return row((widget, 1_000), None)


def _fill(box: QBoxLayout, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]) -> None:
    box.setSpacing(0)
    box.setContentsMargins(*margins)
    after_part = False
    for item in items:
        if item is None or isinstance(item, int):
            if item is None:
                box.addStretch(1)
            else:
                box.addSpacing(item)
            after_part = False
            continue
        if after_part and gap:
            box.addSpacing(gap)
        part, stretch = item if isinstance(item, tuple) else (item, 0)
        if isinstance(part, QWidget):
            box.addWidget(part, stretch)
        else:
            box.addLayout(part, stretch)
        after_part = True


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether focus came by keys: then a ring shows where it is. A click shows that by itself."""
    return event.reason() in (
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    )


def tips(look: Look, widget: QWidget, event: QEvent) -> bool:
    """Show a widget's tooltip in our manner, if that is what Qt asks for; whether it was."""
    if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not widget.toolTip():
        return False
    tip_of(look, widget).say(widget, widget.toolTip(), event.globalPos())
    return True


class Painted(QWidget):
    """A widget that draws itself in tokens and again when the theme changes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        # Not to ``recolour`` itself: PySide goes on calling an overridden slot when its widget is gone.
        look.theme.changed.connect(self._themed)

    def recolour(self) -> None:
        """The colours changed. Widgets that cache pictures drop them here and call this."""
        self.update()

    @Slot()
    def _themed(self) -> None:
        self.recolour()

    def event(self, event: QEvent) -> bool:
        return tips(self.look, self, event) or super().event(event)

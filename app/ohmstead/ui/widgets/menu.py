"""Menus in tokens: raised, rounded, with drawn icons and key hints. The keyboard stays Qt's own.

Not here: what a menu offers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush

SHADOW = 22  # room around the card
_MNEMONIC = re.compile("&(.)")
_INSET = 5  # between the card's edge and its rows


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How one row is drawn beside its words."""

    icon: str = ""
    tone: str = "text"


def words_of(action: QAction) -> tuple[str, str]:
    """What a row says and its key hint, without the marks of mnemonics."""
    words, _, keys = _MNEMONIC.sub(r"\1", action.text()).partition("\t")
    return words, keys.replace("+", " ")


class Menu(QMenu):
    """Rows with an icon, words and key hint. Main thread; opened, never executed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlags(
            self.windowFlags()
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )  # fmt: skip
        self.setFont(look.theme.font("label"))
        self.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        # Measures only; what is drawn is ours.
        self.setStyleSheet(
            f"QMenu {{ background: transparent; border: 0; padding: {_INSET}px; }}"
            "QMenu::item { padding: 6px 18px 6px 36px; min-height: 20px; min-width: 120px; }"
            "QMenu::separator { height: 9px; }"
        )
        look.theme.changed.connect(self.recolour)

    def add(
        self,
        words: str,
        run: Callable[[], object],
        *,
        icon: str = "",
        keys: str = "",
        chosen: bool | None = None,
        danger: bool = False,
    ) -> QAction:
        """Add a row. ``keys`` is a hint only; ``chosen`` makes it one of several, ticked or not."""
        text = words.replace("&", "&&") + (f"\t{keys}" if keys else "")
        action = self.addAction(text)
        action.triggered.connect(lambda *_: run())
        if chosen is not None:
            action.setCheckable(True)
            action.setChecked(chosen)
        action.setData(_Drawing(icon, "alarm" if danger else "text"))
        return action

    def open_below(self, button: QWidget, gap: int = 4) -> None:
        """Open with the card's left edge under a widget's, or its right edge where it would leave the window."""
        wide, window = self.sizeHint().width() - 2 * SHADOW, button.window()
        over = button.mapTo(window, QPoint(wide, 0)).x() > window.width()
        x = button.width() - wide - SHADOW if over else -SHADOW
        self.popup(button.mapToGlobal(QPoint(x, button.height() + gap - SHADOW)))

    def open_at(self, point: QPoint) -> None:
        """Open with the card's corner at a point of the screen."""
        self.popup(point - QPoint(SHADOW, SHADOW))

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 9, SHADOW - 4)
            brush.box(card, "raised", "line_strong", 9)
            for action in self.actions():
                if action.isVisible():
                    self._row(brush, action)

    def _row(self, brush: Brush, action: QAction) -> None:
        box = QRectF(self.actionGeometry(action))
        if action.isSeparator():
            brush.hline(box.left() + 8, box.right() - 8, box.center().y())
            return
        drawing = action.data() if isinstance(action.data(), _Drawing) else _Drawing()
        words, keys = words_of(action)
        on, active = action.isEnabled(), action is self.activeAction()
        brush.painter.setOpacity(1.0 if on else 0.45)
        if active and on:
            brush.box(box, "hover", radius=6)
        icon = "check" if action.isCheckable() and action.isChecked() else drawing.icon
        middle = box.center().y()
        if icon:
            tone = "accent" if icon == "check" else "alarm" if drawing.tone == "alarm" else "text_2"
            brush.icon(icon, box.left() + 10, middle - 8, 16, tone)
        brush.text(box.left() + 36, middle - 10, words, "label", drawing.tone)
        if keys:
            brush.text(box.right() - 12, middle - 7, keys, "micro", "text_2", "right")
        brush.painter.setOpacity(1.0)

"""On or off. Where it stands says which; colour only supports it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRectF, QSize, QVariantAnimation, Slot
from PySide6.QtGui import QPaintEvent

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.button import Pressable

_WIDE, _HIGH, _RING = 34, 20, 3


class Switch(Pressable):
    """A switch 34 by 20, with room for its focus ring. ``toggled`` says that it changed, ``clicked`` by whom."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "")
        self.setCheckable(True)
        self.setAccessibleName(name)
        self._at = 0.0
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._move)
        self.toggled.connect(self._turn)

    def show_on(self, on: bool) -> None:
        """Show a state that the person did not choose: at once, without a word."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)
        self._glide.stop()
        self._at = float(on)
        self.update()

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        self._glide.stop()
        lasts = self.look.theme.motion_ms("quick_ms")
        if not lasts:
            self._move(float(on))
            return
        self._glide.setStartValue(self._at)
        self._glide.setEndValue(float(on))
        self._glide.setDuration(lasts)
        self._glide.start()

    @Slot(object)
    def _move(self, at: float) -> None:
        self._at = at
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDE + 2 * _RING, _HIGH + 2 * _RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        track = QRectF(_RING, _RING, _WIDE, _HIGH)
        with self.look.brush(self) as brush:
            if not self.isEnabled():
                brush.painter.setOpacity(0.45)
            ground = "accent" if self.isChecked() else "control_line"
            over = self.underMouse() and self.isEnabled() and self.isChecked()
            brush.box(track, "accent_hover" if over else ground, radius=_HIGH / 2)
            knob = QRectF(_RING + 2 + self._at * (_WIDE - _HIGH), _RING + 2, _HIGH - 4, _HIGH - 4)
            brush.box(knob, "raised" if self.look.theme.mode == "light" else "page", radius=8)
            if self.ringed:
                brush.box(QRectF(self.rect()), None, "focus", _HIGH / 2 + _RING, 2)

"""Composed parts: a key figure, a badge, a banner, the empty state."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.view_models import Figure
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, capped, column, holder, row
from ohmstead.ui.widgets.text import Icon, Text

Tone = Literal["ok", "notice", "alarm", "neutral"]
BadgeTone = Literal["ok", "notice", "alarm", "neutral", "me"]
READABLE = 560  # pixels: lines of explanation are no longer
_GLYPH = {"ok": "check", "notice": "clock", "alarm": "alert", "neutral": "info"}
_INK = {"ok": "ok", "notice": "notice", "alarm": "alarm", "neutral": "text_2"}
_SOFT = {"ok": "ok_soft", "notice": "notice_soft", "alarm": "alarm_soft", "neutral": "sunken"}


class FigureBox(Painted):
    """Label with swatch, number with its unit set smaller, trend in words. It changes in place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._figure: Figure | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: Figure) -> None:
        """Show other values."""
        if figure == self._figure:
            return
        self._figure = figure
        self.setAccessibleName(f"{figure.label}: {figure.value} {figure.unit}. {figure.note}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        figure = self._figure
        if figure is None:
            return QSize(0, 66)
        wide = max(
            self.look.width(figure.label, "small") + (15 if figure.swatch else 0),
            self.look.width(figure.value, "figure") + self.look.width(figure.unit, "body") + 4,
            self.look.width(figure.note, "small") + (15 if figure.arrow else 0),
        )
        return QSize(round(wide) + 4, 66 if figure.note else 47)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        figure = self._figure
        if figure is None:
            return
        with self.look.brush(self) as brush:
            x = 0.0
            if figure.swatch:
                brush.box(QRectF(0, 4, 9, 9), figure.swatch, radius=2.5)
                x = 15
            brush.text(x, 0, figure.label, "small", "text_2")
            across = brush.text(0, 19, figure.value, "figure")
            brush.text(across + 4, 26, figure.unit, "body", "text_2")
            if figure.arrow:
                brush.icon(figure.arrow, -2, 50, 14)
            brush.text(15 if figure.arrow else 0, 49, figure.note, "small", "text_2")


class Badge(Painted):
    """A state in words with a glyph; colour only supports it. Without a glyph it is a mere label."""

    def __init__(self, look: Look, label: str, tone: BadgeTone = "neutral", *, glyph: bool = True) -> None:
        super().__init__(look)
        self._label, self._tone, self._glyph = label, tone, glyph
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(label, tone)

    def say(self, label: str, tone: BadgeTone) -> None:
        """Say another state in place."""
        self._label, self._tone = label, tone
        self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        drawn = self._glyph and self._tone != "me"
        return QSize(math.ceil(self.look.width(self._label, "micro")) + (32 if drawn else 18), 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = "accent" if self._tone == "me" else _INK[self._tone]
        ground = "accent_soft" if self._tone == "me" else _SOFT[self._tone]
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), ground, radius=11)
            if self._glyph and self._tone != "me":
                brush.icon(_GLYPH[self._tone], 6, 4, 14, ink)
                brush.text(23, 4, self._label, "micro", ink)
            else:
                brush.text(9, 4, self._label, "micro", ink)


class Banner(Painted):
    """A sentence about a state, and what to do next: up to two actions. At most one on a page."""

    def __init__(
        self, look: Look, tone: Tone, head: str, body: str, *actions: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._tone: Tone = tone
        self._head = Text(look, "", "strong", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._icon = Icon(look, _GLYPH[tone], 18, _INK[tone])
        self._actions = row(gap=0)
        words = column(self._head, self._body, gap=2)
        glyph = column(1, self._icon, None)
        self.setLayout(row(glyph, (words, 1), self._actions, gap=12, margins=(18, 13, 14, 13)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.offer(*actions)
        self.say(head, body)

    def say(self, head: str, body: str, tone: Tone | None = None) -> None:
        """Say something else in place, in the same tone or another."""
        self._head.say(head)
        self._body.say(body)
        self._body.setVisible(bool(body))
        self.setAccessibleName(head)
        self.setAccessibleDescription(body)
        if tone is not None and tone != self._tone:
            self._tone = tone
            self._icon.show_icon(_GLYPH[tone], _INK[tone])
            self.update()

    def offer(self, *actions: QWidget) -> None:
        """Offer other actions, at most two; the former ones are hidden and remain their owner's."""
        while self._actions.count():
            item = self._actions.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
        # An action that came late would be the window's last stop. Qt orders only what takes the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        before: QWidget = self
        for action in actions:
            self._actions.addWidget(action)
            self.setTabOrder(before, action)
            before = action
            action.show()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            brush.box(box, _SOFT[self._tone], radius=9)
            brush.painter.setClipRect(QRectF(0, 0, 3, box.height()))
            brush.box(box, "line_strong" if self._tone == "neutral" else self._tone, radius=9)


class EmptyState(QWidget):
    """What a page says while there is nothing to show: a drawing, a sentence, why, and what can be done."""

    def __init__(self, look: Look, icon: str, head: str, body: str, *actions: QWidget) -> None:
        super().__init__()
        self._head = Text(look, head, "lead", wrap=True)
        self._body = Text(look, body, "body", "text_2", wrap=True)
        parts = column(row(Icon(look, icon, 24, "accent"), None), 14, self._head, 8, self._body, gap=0)
        if actions:
            parts.addSpacing(22)
            parts.addLayout(row(*actions, None))
        self.setLayout(column(90, capped(holder(parts), READABLE), None, gap=0))

    def say(self, head: str, body: str) -> None:
        """Say something else in place."""
        self._head.say(head)
        self._body.say(body)

"""Words, hairlines, icons and the thin progress line."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted


class Text(QLabel):
    """Words in a type style. Wrapped text is rich text, because only that has a line height."""

    def __init__(
        self,
        look: Look,
        words: str = "",
        style: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._style, self._tone, self._wrap = style, tone, wrap
        self.setFont(look.theme.font(style))
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        if not wrap:
            self.setMinimumHeight(look.theme.style(style).line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        look.theme.changed.connect(self.recolour)
        self.recolour()
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words in place."""
        if self._wrap:
            line = self.look.theme.style(self._style).line
            self.setText(f'<p style="line-height:{line}px; margin:0">{escape(words)}</p>')
            self.setAccessibleName(words)
        else:
            self.setText(words)

    def tone(self, tone: str) -> None:
        """Show them in another token colour."""
        self._tone = tone
        self.recolour()

    @property
    def too_low(self) -> bool:
        """Whether the words need more lines than there is room for."""
        return self._wrap and self.heightForWidth(self.width()) > self.height()

    @Slot()
    def recolour(self) -> None:
        """The colours changed. Through the palette: a style sheet per label is slow to polish."""
        palette = self.palette()
        palette.setColor(self.foregroundRole(), self.look.theme.colour(self._tone))
        self.setPalette(palette)


class Rule(Painted):
    """A hairline across."""

    def __init__(self, look: Look, tone: str = "line") -> None:
        super().__init__(look)
        self._tone = tone
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), self._tone)


class Icon(Painted):
    """A drawing that accompanies words; it says nothing of its own."""

    def __init__(self, look: Look, name: str, size: int = 18, tone: str = "text_2") -> None:
        super().__init__(look)
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str) -> None:
        """Another drawing in place."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.icon(self._name, 0, 0, self.width(), self._tone)


class ProgressLine(Painted):
    """A thin line with a known share, 0 to 1."""

    def __init__(self, look: Look, height: int = 4, ground: str = "line") -> None:
        super().__init__(look)
        self._share = 0.0
        self._ground = ground
        self.setFixedHeight(height)
        self.setMinimumWidth(60)

    def set_share(self, share: float) -> None:
        """Show another share."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(f"{round(self._share * 100)} %")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        radius = box.height() / 2
        with self.look.brush(self) as brush:
            brush.box(box, self._ground, radius=radius)
            if self._share > 0:
                done = QRectF(0, 0, max(box.height(), box.width() * self._share), box.height())
                brush.box(done, "accent", radius=radius)

"""Two signed histories drawn: what both agree on, then the fork, with who signed which.

Not here: what is said (``presenters.ledger_histories``).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ohmstead.ui.presenters.ledger_views import HistoriesView, HistoryCard, SignerWord
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.theme.paint import Brush
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Badge, Banner
from ohmstead.ui.widgets.text import Icon, Rule, Text

_STEM, _GAP, _PAD = 272, 18, 18
_BLOCK, _PITCH = 13, 88
_SIGNER_HIGH = 22


class Fork(Painted):
    """The chain of blocks and the two cards it splits into."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._view: HistoriesView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(246)

    def show_view(self, view: HistoriesView) -> None:
        """Show another pair."""
        self._view = view
        said = []
        for card in (view.ours, view.theirs):
            names = ", ".join(s.name for s in card.signers if s.signed)
            said.append(f"{card.title}, {card.detail}, {card.signed_by} {names}")
        self.setAccessibleName("; ".join((view.agreed_words, *said)))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _room(self) -> float:
        return max(self.width() - _STEM - 2 * _PAD - 2, 120)

    def _places(self, card: HistoryCard) -> list[tuple[SignerWord, float, float]]:
        """Where each signer stands, wrapped into the card."""
        start = self.look.width(card.signed_by, "small") + 16
        x, y, places = start, 0.0, []
        for signer in card.signers:
            wide = 20 + self.look.width(signer.name, "small_s" if signer.both else "small")
            if x > start and x + wide > self._room():
                x, y = start, y + _SIGNER_HIGH
            places.append((signer, x, y))
            x += wide + 20
        return places

    def _card_high(self, card: HistoryCard) -> float:
        head = self.look.height(card.title, "strong", self._room())
        last = max((y for _, _, y in self._places(card)), default=0.0)
        return 12 + head + 2 + 18 + 16 + last + _SIGNER_HIGH + 12

    def _fit(self) -> None:
        if self._view is None:
            return
        high = round(self._card_high(self._view.ours) + _GAP + self._card_high(self._view.theirs)) + 4
        if self.height() != high:
            self.setFixedHeight(high)

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        tops = (2.0, 2.0 + self._card_high(view.ours) + _GAP)
        middle = self.height() / 2
        with self.look.brush(self) as brush:
            end = self._stem(brush, view, middle)
            for top, card in zip(tops, (view.ours, view.theirs), strict=True):
                high = self._card_high(card)
                brush.painter.setPen(QPen(brush.colour("alarm"), 1.5))
                at = top + high / 2
                brush.painter.drawPolyline(
                    [
                        QPointF(end, middle),
                        QPointF(_STEM - 46, middle),
                        QPointF(_STEM - 22, at),
                        QPointF(_STEM, at),
                    ]
                )
                self._card(brush, card, QRectF(_STEM, top, self.width() - _STEM - 1, high))

    def _stem(self, brush: Brush, view: HistoriesView, middle: float) -> float:
        """The blocks both agree on; returns where the fork begins."""
        high = self.look.height(view.agreed_words, "small", _STEM - 60)
        brush.paragraph(0, middle - 18 - high, view.agreed_words, "small", "text_2", _STEM - 60)
        if not view.agreed:
            brush.hline(0, 60, middle, "text_3", 1.5, (3, 3))
            return 60
        top = middle - _BLOCK / 2
        for i, name in enumerate(view.agreed):
            x = i * _PITCH
            if i:
                brush.hline(x - _PITCH + _BLOCK + 1, x - 1, middle, "text_3", 1.5)
            brush.box(QRectF(x, top, _BLOCK, _BLOCK), "ok_soft", "ok", 3, 1.5)
            half = self.look.width(name, "micro") / 2
            brush.text(max(x + _BLOCK / 2, half), top + 20, name, "micro", "text_2", "centre")
        return (len(view.agreed) - 1) * _PITCH + _BLOCK

    def _card(self, brush: Brush, card: HistoryCard, box: QRectF) -> None:
        brush.box(box, "raised", "line_strong", 10)
        x, y = box.left() + _PAD, box.top() + 12
        y += brush.paragraph(x, y, card.title, "strong", "text", self._room()) + 2
        brush.text(x, y, card.detail, "mono", "text_2", width=self._room())
        y += 18 + 16
        brush.text(x, y, card.signed_by, "small", "text_3")
        for signer, dx, dy in self._places(card):
            glyph = "alert" if signer.both else "check" if signer.signed else "minus"
            tone = "alarm" if signer.both else "text" if signer.signed else "text_3"
            brush.icon(glyph, x + dx, y + dy + 1, 15, tone)
            style = "small_s" if signer.both else "small"
            brush.text(x + dx + 20, y + dy, signer.name, style, tone)


class Split(QWidget):
    """The whole part: banner, fork, what it means.

    Signals:
        saving: the person wants the evidence as a file.
        help_wanted: how can this happen?
    """

    saving = Signal()
    help_wanted = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        save = Button(look, tr("Save the evidence…"), "primary", "download")
        how = Button(look, tr("How can this happen?"), "quiet")
        self._banner = Banner(look, "alarm", "", "", save, how)
        self._badge = Badge(look, "", "alarm")
        self._fork = Fork(look)
        self._lines: list[tuple[Icon, Text, Text]] = []
        cells = []
        for _ in range(3):
            icon, head = Icon(look, "check"), Text(look, "", "strong", wrap=True)
            body = Text(look, "", "small", "text_2", wrap=True)
            self._lines.append((icon, head, body))
            words_of = holder(column(head, body, None, gap=1))
            cells.append((row(column(1, icon, None), (words_of, 1), gap=10), 1))
        self.setLayout(
            column(
                self._banner,
                26,
                row(Text(look, tr("Where they part"), "heading"), self._badge, None, gap=10),
                14,
                self._fork,
                24,
                Rule(look),
                18,
                row(Text(look, tr("What this means for you"), "heading"), None),
                12,
                row(*cells, gap=32),
                gap=0,
            )
        )
        save.clicked.connect(self.saving)
        how.clicked.connect(self.help_wanted)

    def show_view(self, view: HistoriesView) -> None:
        """Show another pair."""
        self._banner.say(view.head, view.body)
        self._badge.say(view.badge, "alarm")
        self._fork.show_view(view)
        for i, (icon, head, body) in enumerate(self._lines):
            here = i < len(view.meaning)
            for part in (icon, head, body):
                part.setVisible(here)
            if here:
                line = view.meaning[i]
                icon.show_icon(line.glyph, line.tone)
                head.say(line.head)
                body.say(line.body)

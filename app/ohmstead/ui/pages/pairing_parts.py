"""Small parts that the faces of the pairing page share. Not here: any face, the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ohmstead.ui.presenters.pairing_view import BannerView, MeterRow, PictureView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Button, Pressable
from ohmstead.ui.widgets.parts import Banner, Tone
from ohmstead.ui.widgets.text import Icon, Text

WIDTH = 680
_TONES: dict[str, Tone] = {"alarm": "alarm", "notice": "notice"}


class MeterButton(Pressable):
    """A meter nearby: a press chooses it.

    Signals:
        taken: it was chosen; its handle.
    """

    taken = Signal(str)

    def __init__(self, look: Look, meter: MeterRow) -> None:
        super().__init__(look, meter.name)
        self._meter = meter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._take)
        self.show_meter(meter)

    def show_meter(self, meter: MeterRow) -> None:
        """Show it as it is heard now."""
        self._meter = meter
        self.setText(meter.name)
        self.setAccessibleName(meter.name)
        self.setAccessibleDescription(meter.words)
        self.update()

    def _take(self) -> None:
        self.taken.emit(self._meter.handle)

    def sizeHint(self) -> QSize:
        return QSize(420, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with self.look.brush(self) as brush:
            ground = "sunken" if self.isDown() else "hover" if self.underMouse() else "raised"
            brush.box(box, ground, "line_strong", 9)
            brush.icon("meter", 16, 20, 20, "accent")
            brush.text(52, 10, self.text(), "strong")
            brush.text(52, 31, self._meter.words, "small", "text_2")
            brush.icon("chevron-right", self.width() - 32, 21, 18, "text_2")
            if self.ringed:
                brush.focus_ring(box, 9)


class MeterList(QWidget):
    """The meters nearby. Rows are kept while their meter is: nothing flickers.

    Signals:
        chosen: the person chose the meter of this handle.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: dict[str, MeterButton] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_meters(self, meters: Sequence[MeterRow]) -> None:
        """List these, in this order."""
        here = {meter.handle for meter in meters}
        for handle in [h for h in self._rows if h not in here]:
            gone = self._rows.pop(handle)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, meter in enumerate(meters):
            found = self._rows.get(meter.handle)
            if found is None:
                found = self._rows[meter.handle] = MeterButton(self._look, meter)
                found.taken.connect(self.chosen)
                self._box.insertWidget(place, found)
            found.show_meter(meter)
        self.setVisible(bool(meters))


class Lines(QWidget):
    """Sentences under one another, each behind an icon."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[tuple[str, str], ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Say these, each (icon, sentence)."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (item := self._box.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for icon, sentence in lines:
            self._box.addWidget(_Line(self._look, icon, sentence))
        self.setVisible(bool(lines))


class _Line(QWidget):
    def __init__(self, look: Look, icon: str, sentence: str) -> None:
        super().__init__()
        glyph = column(1, Icon(look, icon), None)
        self.setLayout(row(glyph, (Text(look, sentence, wrap=True), 1), gap=12))


class BannerPlace(QWidget):
    """Room for one banner, taken only while there is one; ``gap`` pixels follow it."""

    def __init__(self, look: Look, gap: int = 24) -> None:
        super().__init__()
        self._look = look
        self._shown: BannerView | None = None
        self._banner: Banner | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, gap)

    def show_banner(self, view: BannerView | None) -> None:
        """Show this one, or none."""
        self.setVisible(view is not None)
        if view == self._shown:
            return
        self._shown = view
        if self._banner is not None:
            self._box.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if view is not None:
            self._banner = Banner(self._look, _TONES[view.tone], view.head, view.body, parent=self)
            self._box.addWidget(self._banner)
            self._banner.show()


class Trouble(QWidget):
    """One line of what is wrong, with its sign; no room where nothing is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words = Text(look, "", "small", "alarm", wrap=True)
        sign = column(2, Icon(look, "alert", 14, "alarm"), None)
        self.setLayout(row(sign, (self._words, 1), gap=6, margins=(0, 8, 0, 0)))
        self.hide()

    def say(self, words: str) -> None:
        """Say this; nothing for an empty text."""
        self._words.say(words)
        self.setVisible(bool(words))


class PictureButton(Button):
    """The way by a picture of the QR code. Off, with the reason, while it cannot be gone."""

    def __init__(self, look: Look, words: Wording, label: str, *, link: bool = False) -> None:
        super().__init__(look, label, "link" if link else "plain", None if link else "qr", small=link)
        self._label, self._tr = label, words.tr
        self._offered = False
        self.hide()

    def offer(self, offered: bool) -> None:
        """Whether pictures can be read in this window at all."""
        self._offered = offered
        self.setVisible(offered)

    def show_picture(self, view: PictureView) -> None:
        """On or off, or being read."""
        label = self._tr("Reading the picture…") if view.reading else self._label
        if label != self.text():
            self.setText(label)
            self.setAccessibleName(label)
            self.updateGeometry()
        self.setEnabled(view.on)
        self.setToolTip("" if view.on else self._tr("Something is under way"))
        self.setVisible(self._offered and view.wanted)


class Frame(Painted):
    """The ground of the list of steps, with its edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), "window")
            brush.vline(self.width() - 1, 0, self.height())
            brush.icon("mark", 19, 21, 22, "accent")
            brush.text(50, 22, "Ohmstead", "heading")

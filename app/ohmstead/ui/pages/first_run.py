"""The first page of all: no home is paired yet.

Signals lead on; the scene is drawn from a made-up day, the only picture without data. In the demonstration the
page says so, and where the meter is.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import Icon, Rule, Text

WIDTH = 760
_SCENE_HIGH, _LOW = 200, 640

# Half hours of an ordinary sunny day in per mille of the scene's height: (grid, sun, sold).
_GRID = (
    51, 40, 51, 34, 46, 32, 32, 44, 21, 57, 21, 37, 46, 48, 52, 52, 22, 8, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 8, 56, 70, 77, 98, 84, 94, 88, 94, 103, 115, 88, 100, 93, 50, 55,
)  # fmt: skip
_SUN = (
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 13, 22, 34, 32, 36, 35, 37, 58, 61, 53, 33, 43,
    54, 64, 67, 34, 56, 36, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
)  # fmt: skip
_SOLD = (
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 19, 20, 43, 27, 34, 41, 62, 43, 49,
    27, 10, 36, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
)  # fmt: skip


class _Scene(Painted):
    """A day's line, in pale."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFixedSize(WIDTH, _SCENE_HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, base, pitch = self.look.theme, 126.0, WIDTH / 96
        with self.look.brush(self) as brush:
            for i in range(96):
                grid, sun, sold = _GRID[i // 2], _SUN[i // 2], _SOLD[i // 2]
                x = round(i * pitch)
                brush.bar(x, base, base - sun, 6, theme.mix("sun", "page", 0.55), 1)
                brush.bar(x, base - sun, base - sun - grid, 6, theme.mix("grid", "page", 0.38), 1)
                brush.bar(x, base + 1, base + 1 + sold, 6, theme.mix("sold", "page", 0.5), 1)
            brush.hline(0, WIDTH - 2, base, "line_strong")


class _Brand(Painted):
    """The mark and the name."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFixedSize(160, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.icon("mark", 0, 3, 22, "accent")
            brush.text(31, 4, "Ohmstead", "heading")


class FirstRunPage(QWidget):
    """Pair with your meter: what it takes, and the way in. Main thread.

    Signals:
        pairing_wanted: the person wants to pair a meter.
        demo_wanted: the person wants to look round the demonstration home.
    """

    pairing_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, look: Look, words: Wording, *, with_demo: bool = False) -> None:
        super().__init__()
        tr = self._tr = words.tr
        self._look = look
        self.pair_button = Button(look, tr("Pair with your meter"), "primary", "bluetooth")
        self.pair_button.clicked.connect(self.pairing_wanted)
        self._demo = Button(look, tr("Look around a demonstration home"))
        self._demo.clicked.connect(self.demo_wanted)
        self._demo.setVisible(with_demo)
        self._scene = _Scene(look)
        self._title = Text(
            look, tr("See what your home uses, and know that it is true"), "display", wrap=True
        )
        self._body = Text(
            look,
            tr(
                "Ohmstead reads your own meter over Bluetooth, checks every reading on this computer, and "
                "keeps it here."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        self._demonstration = Banner(look, "neutral", "", "", parent=self)
        self._demonstration.hide()
        needs = row(
            (self._need("meter", tr("Stand near your meter"), tr("A few metres, for a minute")), 1),
            (self._need("qr", tr("Have its label in view"), tr("17 characters or a QR code")), 1),
            (self._need("lock", tr("No account, no cloud"), tr("Nothing leaves by itself")), 1),
            gap=26,
        )
        main = holder(
            column(
                None,
                self._scene,
                26,
                self._title,
                8,
                self._body,
                26,
                row(self.pair_button, self._demo, None),
                34,
                Rule(look),
                24,
                needs,
                22,
                self._demonstration,
                None,
                gap=0,
            )
        )
        main.setFixedWidth(WIDTH)
        inside = holder(row(None, main, None, gap=0, margins=(36, 0, 36, 24)))
        self._scroll = Scroll(look, inside)
        self.setLayout(column(row(_Brand(look), None, margins=(36, 26, 36, 0)), (self._scroll, 1), gap=0))

    def say_demonstration(self, *, simulated: bool) -> None:
        """Say that the meter to pair with is the demonstration's, and what is behind it."""
        tr = self._tr
        self._demo.hide()
        self._demonstration.say(
            tr("This is the demonstration"),
            tr("Its meter and its ledger run on this computer. The home is simulated: nothing was measured.")
            if simulated
            else tr(
                "Its meter and its ledger run on this computer. Its readings are a real home's, of a past year."
            ),
        )
        self._demonstration.show()

    def _need(self, icon: str, head: str, words: str) -> QWidget:
        look = self._look
        text = column(
            Text(look, head, "strong", wrap=True), Text(look, words, "body", "text_2", wrap=True), None, gap=1
        )
        return holder(row(column(1, Icon(look, icon, 20, "accent"), None), (text, 1), gap=14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a low window the words matter more than the scene.
        self._scene.setVisible(self.height() >= _LOW)
        super().resizeEvent(event)

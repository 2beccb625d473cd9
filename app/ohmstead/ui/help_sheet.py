"""The help sheet: everything that can be done now, by group, with its keys; and the way to longer reading.

Not here: the commands (pages and frame give them), the documents (``ui.pages.reader_page``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ohmstead.ui.commands import Command, keys_words
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Text

WIDE, COLUMNS = 760, 2


class KeyCaps(Painted):
    """Keys drawn as caps: *Ctrl* *K*; a second way after an *or*."""

    def __init__(self, look: Look, keys: Sequence[str], between: str) -> None:
        super().__init__(look)
        ways = [keys_words(one) for one in keys]
        self._between = between
        self._caps: list[str | None] = []  # None stands for the word between
        for i, way in enumerate(ways):
            self._caps += [None] if i else []
            self._caps += way.split(" ")
        self.setAccessibleName(f" {between} ".join(ways))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _wide(self, cap: str | None) -> int:
        if cap is None:
            return round(self.look.width(self._between, "micro")) + 8
        return max(22, round(self.look.width(cap, "micro")) + 12)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._wide(cap) + 4 for cap in self._caps) - 4, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        x = 0
        with self.look.brush(self) as brush:
            for cap in self._caps:
                wide = self._wide(cap)
                if cap is not None:
                    brush.box(QRectF(x, 0, wide, 22), "sunken", "line_strong", 5)
                brush.text(x + wide / 2, 4, cap or self._between, "micro", "text_2", "centre")
                x += wide + 4


class HelpSheet(Sheet):
    """Opened anew each time, with what can be done then. Main thread.

    Signals:
        reading_wanted: a document is to be read, by its name.
    """

    reading_wanted = Signal(str)

    def __init__(
        self, look: Look, words: Wording, window: QWidget, commands: Callable[[], Sequence[Command]]
    ) -> None:
        tr = words.tr
        self._words, self._ask = words, commands
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(48)
        for i in range(COLUMNS):
            self._grid.setColumnStretch(i, 1)
        why = Button(look, tr("How is this checked?"))
        close = Button(look, tr("Close"))
        content = holder(self._grid)
        super().__init__(
            look, window, tr("What you can do here"), content, why, close, wide=WIDE, first=close
        )
        why.clicked.connect(self._read)
        close.clicked.connect(self.dismiss)

    @Slot()
    def open(self) -> None:
        """Stand over the window with the commands of now."""
        if not self.isVisible():
            self._fill()
        super().open()

    @Slot()
    def _read(self) -> None:
        self.dismiss()
        self.reading_wanted.emit("help")

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        groups: dict[str, list[Command]] = {}
        for command in self._ask():
            if command.keys or command.also:
                groups.setdefault(command.group, []).append(command)
        sides: list[list[QWidget]] = [[] for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for name, commands in groups.items():  # each group where there is most room
            side = heights.index(min(heights))
            sides[side].append(self._group(name, commands))
            heights[side] += 2 + len(commands)
        for i, parts in enumerate(sides):
            self._grid.addWidget(holder(column(*parts, None, gap=22)), 0, i, Qt.AlignmentFlag.AlignTop)

    def _group(self, name: str, commands: Sequence[Command]) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(Text(self.look, name or self._words.tr("Everywhere"), "heading"))
        for command in commands:
            words = Text(self.look, command.words, "body", "text_2", wrap=True)
            keys = [one for one in (command.keys, command.also) if one]
            caps = KeyCaps(self.look, keys, self._words.tr("or"))
            lines.addLayout(row((words, 1), column(2, caps, None, gap=0), gap=12))
        return made

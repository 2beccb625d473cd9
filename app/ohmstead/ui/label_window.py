"""The label of the demonstration's meter as a window of its own: what is printed on a real one, and its button.

A person pairs with it as with a real meter: press, then type the code, or use the picture: save it, or drag it
onto the pairing page. Not here: any meter (``demonstration`` wires it), reading a label (``ui.qr_picture``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDrag,
    QGuiApplication,
    QHideEvent,
    QImage,
    QImageWriter,
    QMouseEvent,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QLayout, QWidget

from ohmstead.errors import ExternalError
from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.qr_picture import qr_image, qr_modules
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.label_card import QrBox
from ohmstead.ui.widgets.text import Text
from ohmstead.ui.widgets.toast import Toast

WIDTH, QR = 436, 188  # 41 modules of 4 pixels in their paper
WINDOW_S = 120
TICK_MS = 1_000
_GAP = 16


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """What is printed on a label. Secret: ``code`` and ``qr`` pair with the meter."""

    mark: str
    code: str = field(repr=False)
    qr: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


class DraggedQr(QrBox):
    """A QR code that can be dragged out of the window as a picture."""

    def __init__(self, look: Look, name: str, text: str) -> None:
        super().__init__(look, name, QR, qr_modules(text))
        self._text = text
        self._from = QPoint()
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def picture(self) -> QImage:
        """The code with its quiet zone."""
        return qr_image(self._text)

    def held(self) -> QMimeData:
        """What a drag or a copy carries: the picture, and nothing that reads as text."""
        held = QMimeData()
        held.setImageData(self.picture)
        return held

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._from).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or far < QApplication.startDragDistance():
            return
        drag = QDrag(self)
        drag.setMimeData(self.held())
        small = QPixmap.fromImage(self.picture).scaled(QSize(96, 96))
        drag.setPixmap(small)
        drag.setHotSpot(QPoint(48, 48))
        # The one nested loop in the window: Qt has no other way to drag, and it runs only while a button is held.
        drag.exec(Qt.DropAction.CopyAction)


class _Print(Painted):
    """The printed part beside and below the code: always black on white."""

    def __init__(self, look: Look, words: Wording, sheet: LabelSheet) -> None:
        super().__init__(look)
        self._sheet = sheet
        self._mark, self._code = words.tr("Mark"), words.tr("Pairing code")
        self._words = words.tr("Six words")
        groups = sheet.code.split("-")
        self._lines = (" ".join(groups[:2]), " ".join(groups[2:]))
        self.setFixedSize(WIDTH - 40, QR + 32 + 92)
        self.setAccessibleName(
            f"{self._mark} {sheet.mark}. {self._code} {sheet.code}. {self._words} {', '.join(sheet.words)}"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        printed = self.look.theme.tokens.colour["light"]
        ink, pale = QColor(printed["text"]), QColor(printed["text_2"])
        with self.look.brush(self) as brush:
            brush.box(QRectF(self.rect()), QColor(printed["raised"]), "line_strong", 10)
            x = QR + 36.0
            brush.text(x, 18, self._mark, "micro", pale)
            brush.text(x, 34, self._sheet.mark, "lead", ink)
            brush.text(x, 96, self._code, "micro", pale)
            for i, line in enumerate(self._lines):
                brush.text(x, 112 + 26 * i, line, "code", ink)
            top, wide = QR + 34, (self.width() - 32) / 3
            brush.text(16, top, self._words, "micro", pale)
            for i, word in enumerate(self._sheet.words):
                at, down = 16 + i % 3 * wide, top + 18 + i // 3 * 24
                brush.text(at, down + 3, str(i + 1), "micro", pale)
                brush.text(at + 14, down, word, "strong", ink)


class LabelWindow(QWidget):
    """The label, the button, and ways to take the code along. Main thread.

    Signals:
        pressed: the meter's button.
    """

    pressed = Signal()

    def __init__(self, look: Look, words: Wording, sheet: LabelSheet, jobs: Jobs, writer: Executor) -> None:
        super().__init__(None, Qt.WindowType.Tool)
        tr = words.tr
        self._words, self._sheet = words, sheet
        self._jobs, self._writer = jobs, writer
        self._open_until_s = 0.0
        self._dialog: QFileDialog | None = None
        self.setWindowTitle(tr("Label of the demonstration meter"))
        self._printed = _Print(look, words, sheet)
        self.code_picture = DraggedQr(look, tr("The label's QR code"), sheet.qr)
        self.code_picture.setParent(self._printed)
        self.code_picture.move(16, 16)
        self._press = Button(look, tr("Press the button"), "primary", "meter")
        self._press.clicked.connect(self._pressed)
        self._state = Text(look, "", "small", "text_2", wrap=True)
        copy = Button(look, tr("Copy the code"), icon="copy", small=True)
        copy.clicked.connect(self._copy)
        save = Button(look, tr("Save the QR picture…"), icon="download", small=True)
        save.clicked.connect(self._save)
        hint = Text(
            look,
            tr("Type the code on the pairing page, or drag the QR code onto it."),
            "small",
            "text_2",
            wrap=True,
        )
        whole = self._whole = column(
            self._printed,
            16,
            row(self._press, (self._state, 1), gap=12),
            14,
            row(copy, save, None),
            12,
            hint,
            gap=0,
            margins=(20, 20, 20, 18),
        )
        # The window is given its size once; a layout would give it new bounds with every word.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)
        self._toast = Toast(look, self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._say_state)
        self._say_state()

    def stand_beside(self, window: QWidget) -> None:
        """Stand right of a window, as far as the screen allows, and show."""
        self.resize(WIDTH, self._whole.heightForWidth(WIDTH))
        screen = window.screen().availableGeometry()
        frame = window.frameGeometry()
        box = QRect(frame.topRight() + QPoint(_GAP, 0), self.size())
        box.moveRight(min(box.right(), screen.right() - _GAP))
        box.moveTop(max(min(box.top() + 48, screen.bottom() - box.height()), screen.top()))
        self.move(box.topLeft())
        self.show()

    def closed_again(self) -> None:
        """The meter's pairing window has closed: somebody has paired."""
        self._open_until_s = 0.0
        self._say_state()

    @Slot()
    def _pressed(self) -> None:
        self._open_until_s = time.monotonic() + WINDOW_S
        self._tick.start()
        self._say_state()
        self.pressed.emit()

    @Slot()
    def _say_state(self) -> None:
        left = round(self._open_until_s - time.monotonic())
        if left <= 0:
            self._tick.stop()
            self._state.say(self._words.tr("It opens the meter for pairing, for two minutes."))
            return
        minutes, seconds = divmod(left, 60)
        number = self._words.number
        self._state.say(
            self._words.tr(
                "Open for pairing: {m} min {s} s left.", m=number(minutes), s=f"{number(seconds):0>2}"
            )
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._sheet.code)
        self._toast.say(self._words.tr("The code is copied"))

    @Slot()
    def _save(self) -> None:
        if self._dialog is None:
            dialog = self._dialog = QFileDialog(self, self._words.tr("Save the QR picture"))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(self._words.tr("Pictures ({endings})", endings="*.png"))
            dialog.setDefaultSuffix("png")
            dialog.selectFile(f"ohmstead-label-{self._sheet.mark}.png")
            dialog.fileSelected.connect(self._write)
        self._dialog.open()

    @Slot(str)
    def _write(self, name: str) -> None:
        text, path = self._sheet.qr, Path(name)
        self._jobs.start(
            self, self._writer, lambda _: _write_picture(text, path), self._written, self._not_written
        )

    def _written(self, path: Path) -> None:
        self._toast.say(self._words.tr("Saved to {name}", name=path.name))

    def _not_written(self, error: BaseException) -> None:
        if not isinstance(error, ExternalError):
            raise error
        self._state.say(str(error))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._printed.look
        with look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), "page")

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)


def _write_picture(text: str, path: Path) -> Path:
    """Write a QR code as a PNG. Raises ExternalError."""
    if not QImageWriter(str(path), QByteArray(b"png")).write(qr_image(text)):
        raise ExternalError(f"{path.name} could not be written.")
    return path

"""The ways in for a picture of a label: chosen, dropped or pasted; read off main, answered on it.

Here: file dialog, drag and drop onto a part of the window, the clipboard, one reading at a time, what is said of
a picture that is no label. Not here: decoding (``ui.qr_picture``), what a label is good for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPaintEvent,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.presenters.pairing import LabelPicture
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.qr_picture import Dropped, NoLabel, PictureFault, read_label
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

_ENDINGS = "*.png *.jpg *.jpeg *.bmp *.gif *.webp"


class _DropMark(Painted):
    """Says that what is held over a part of the window may be let go. Lies over it while something is."""

    def __init__(self, look: Look, words: str, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = words
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        with self.look.brush(self) as brush:
            brush.box(box, self.look.theme.colour("accent_soft", 0.94), "accent", 14, 2)
            middle = box.center()
            brush.icon("qr", middle.x() - 10, middle.y() - 34, 20, "accent")
            brush.text(middle.x(), middle.y() - 4, self._words, "heading", "text", "centre")


class PictureIntake(QObject):
    """Pictures for one part of the window. Main thread.

    ``able`` says whether a picture is of use now; one that comes while it is not is left alone.

    Signals:
        began: a picture is being read.
        read: it is a label; a ``LabelPicture``.
        refused: it is none; why, in a sentence.
    """

    began = Signal()
    read = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        part: QWidget,
        look: Look,
        wording: Wording,
        jobs: Jobs,
        reader: Executor,
        able: Callable[[], bool],
    ) -> None:
        super().__init__(part)
        self._part, self._wording = part, wording
        self._jobs, self._reader, self._able = jobs, reader, able
        self._dialog: QFileDialog | None = None
        self._job: Job[LabelPicture] | None = None
        self.mark = _DropMark(look, wording.tr("Let go of the picture here"), part)
        part.setAcceptDrops(True)
        part.installEventFilter(self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), part)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    @Slot()
    def ask(self) -> None:
        """Have a file chosen."""
        if self._dialog is None:
            tr = self._wording.tr
            dialog = self._dialog = QFileDialog(self._part, tr("Choose a picture of the QR code"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilter(tr("Pictures ({endings})", endings=_ENDINGS))
            dialog.fileSelected.connect(self._chosen)
        self._dialog.open()

    @Slot()
    def paste(self) -> None:
        """Take what is on the clipboard."""
        given = given_in(QGuiApplication.clipboard().mimeData())
        if given is not None:
            self.take(given)

    def take(self, given: Dropped) -> None:
        """Read a picture, if one is of use now."""
        if self._job is not None or not self._able():
            return
        self.began.emit()
        self._job = self._jobs.start(
            self, self._reader, lambda _: read_label(given), self._is_label, self._is_none
        )

    def forget(self) -> None:
        """Whatever is being read is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.take(Dropped(path=Path(name)))

    def _is_label(self, label: LabelPicture) -> None:
        self._job = None
        self.read.emit(label)

    def _is_none(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, NoLabel):
            raise error
        self.refused.emit(picture_problem(error.fault, self._wording))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something is dragged over the part, or let go on it."""
        if isinstance(event, QDragEnterEvent):
            if self._job is None and self._able() and given_in(event.mimeData()) is not None:
                event.acceptProposedAction()
                self.mark.setGeometry(self._part.rect())
                self.mark.raise_()
                self.mark.show()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.mark.hide()
            return True
        # A drop is a drag's move to Qt as well: the enter was told apart above.
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.mark.hide()
            given = given_in(event.mimeData())
            if given is not None:
                event.acceptProposedAction()
                self.take(given)
            return True
        if event.type() == QEvent.Type.Resize:
            self.mark.setGeometry(self._part.rect())
        return super().eventFilter(watched, event)


def given_in(held: QMimeData) -> Dropped | None:
    """The picture in a drag or on the clipboard: a local file, pixels, or the QR code's text; None for none."""
    if held.hasUrls():
        local = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if local:
            return Dropped(path=local[0])
    if held.hasImage():
        image = held.imageData()
        if isinstance(image, QPixmap):
            image = image.toImage()
        return Dropped(image=QImage(image))
    if held.hasText() and held.text().strip():
        return Dropped(text=held.text().strip())
    return None


def picture_problem(fault: PictureFault, words: Wording) -> str:
    """What is wrong with a picture, and what would do."""
    tr = words.tr
    texts = {
        PictureFault.UNREADABLE: tr(
            "This file cannot be read. Copy it to this computer and choose it again."
        ),
        PictureFault.TOO_LARGE: tr(
            "This picture is too large. Cut out the QR code, or take a smaller picture."
        ),
        PictureFault.NO_PICTURE: tr("This is no picture that Ohmstead can read. PNG and JPEG will do."),
        PictureFault.NO_CODE: tr(
            "No QR code was found in this picture. Take it straight from the front, sharp, and in good light."
        ),
        PictureFault.OTHER_CODE: tr("The QR code in this picture is not that of a meter's label."),
        PictureFault.DAMAGED: tr(
            "This is a meter's QR code, but part of it was misread. Take the picture again, or type the code."
        ),
    }
    return texts[fault]

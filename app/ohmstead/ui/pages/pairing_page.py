"""Pairing on one page: the steps at the left, at the right the one thing to do now.

Driven by posted ``PairingState`` values; asks a ``PairingController``. Here: which face is shown. Not here: any
radio or key, the course (``presenters.pairing_course``), the faces, the ways in for pictures
(``ui.picture_intake``).
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.pages.pairing_code import CodeFace
from ohmstead.ui.pages.pairing_faces import DoneFace, FindFace, TroubleFace, WordsFace, WorkFace
from ohmstead.ui.pages.pairing_parts import WIDTH, Frame
from ohmstead.ui.picture_intake import PictureIntake
from ohmstead.ui.presenters.pairing import LabelPicture, PairingController, PairingState
from ohmstead.ui.presenters.pairing_course import PairingCourse
from ohmstead.ui.presenters.pairing_steps import Step
from ohmstead.ui.presenters.pairing_view import Face, PairingView, pairing_view
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.code_field import CodeField
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.steps import Steps

UNHEARD_MS = 15_000
TICK_MS = 1_000
SIDE, NARROW_SIDE, NARROW = 300, 248, 1180
NARROWEST = 560  # the code's cells
_FACES = (Face.FIND, Face.CODE, Face.WORK, Face.WORDS, Face.TROUBLE, Face.DONE)


class PairingPage(QWidget):
    """Find a meter, prove that its label is at hand, follow every check to the first page. Main thread.

    Signals:
        left: the person cancelled, or is done.
    """

    left = Signal()

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._course: PairingCourse | None = None
        self._view: PairingView | None = None
        self._pictures: PictureIntake | None = None
        self.setAccessibleName(wording.tr("Pairing"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._find, self._code = FindFace(look, wording), CodeFace(look, wording)
        self._work, self._words = WorkFace(look), WordsFace(look, wording)
        self._trouble, self._done = TroubleFace(look, wording), DoneFace(look, wording)
        for face in self._parts():
            face.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            face.hide()
        self._build()
        self._connect()

    def _parts(self) -> tuple[FindFace | CodeFace | WorkFace | WordsFace | TroubleFace | DoneFace, ...]:
        """In the order of ``_FACES``."""
        return (self._find, self._code, self._work, self._words, self._trouble, self._done)

    def _build(self) -> None:
        look, tr = self._look, self._wording.tr
        self._steps = Steps(look, self._wording, tr("Steps of pairing"), len(Step))
        self._side = Frame(look)
        steps = holder(column(self._steps, None, gap=0, margins=(29, 0, 24, 16)))
        self._side.setLayout(column(102, (Scroll(look, steps), 1), gap=0, margins=(0, 0, 1, 0)))
        self._leave = Button(look, tr("Cancel"), "link")
        self._leave.clicked.connect(self.leave)
        # Not a stack: its height would be that of the highest face, whichever is shown.
        self._faces = holder(column(*self._parts(), gap=0))
        self._inside = row(self._faces, None, gap=0, margins=(0, 12, 0, 24))
        self._scroll = Scroll(look, holder(self._inside))
        right = QVBoxLayout()
        right.setContentsMargins(0, 24, 0, 0)
        right.setSpacing(0)
        right.addLayout(row(None, self._leave, margins=(36, 0, 36, 0)))
        right.addWidget(self._scroll, 1)
        self.setLayout(row(self._side, (right, 1), gap=0))

    def _connect(self) -> None:
        self._find.chosen.connect(self._choose)
        self._code.typed.connect(self._type)
        self._code.submitted.connect(self._submit)
        self._code.retyped.connect(self._go_on)
        self._code.declined.connect(self._decline)
        self._work.back.connect(self._without_picture)
        self._words.answered.connect(self._answer)
        self._trouble.pressed.connect(self._go_on)
        self._done.pressed.connect(self.leave)
        self._unheard = QTimer(self)
        self._unheard.setSingleShot(True)
        self._unheard.setInterval(UNHEARD_MS)
        self._unheard.timeout.connect(self._nothing_heard)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._refresh)

    # ---- used by the window -------------------------------------------------------------------

    def read_pictures_with(self, jobs: Jobs, reader: Executor) -> None:
        """Offer pictures of the label; they are read on an executor of the caller's."""
        pictures = self._pictures = PictureIntake(
            self, self._look, self._wording, jobs, reader, self._takes_pictures
        )
        pictures.began.connect(self._picture_began)
        pictures.read.connect(self._label_read)
        pictures.refused.connect(self._picture_refused)
        self._code.code.pasted.connect(pictures.paste)
        for face in (self._find, self._code, self._words, self._trouble, self._done):
            face.picture.clicked.connect(pictures.ask)
            face.picture.offer(True)

    def begin(self, controller: PairingController) -> None:
        """Start looking for meters."""
        self._course = PairingCourse(controller, self._wording, time.monotonic)
        self._view = None
        self._code.begin()
        self._unheard.start()
        self._refresh()
        self._course.begin()

    @property
    def code_field(self) -> CodeField:
        """The field for the label's code."""
        return self._code.code

    @Slot(object)
    def show_state(self, state: PairingState) -> None:
        """Show where pairing stands."""
        course = self._course
        if course is None:
            return
        heard = bool(course.meters)
        course.take(state)
        if heard and not course.meters:
            self._unheard.start()
        self._refresh()

    @Slot()
    def leave(self) -> None:
        """Leave the page, paired or not."""
        if self._course is not None:
            self._course.leave()
        self._stop()
        self.left.emit()

    # ---- showing ------------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        if self._course is None:
            return
        before = self._view
        view = self._view = pairing_view(self._course, self._wording)
        place = _FACES.index(view.face)
        face = self._parts()[place]
        face.show_view(view)
        self._steps.show_steps(view.steps)
        self._leave.setText(view.leave)
        self._leave.setAccessibleName(view.leave)
        self._leave.updateGeometry()
        if before is None or before.face is not view.face or _asks_anew(before, view):
            for part in self._parts():
                part.setVisible(part is face)
            self._scroll.verticalScrollBar().setValue(0)
            if self.isVisible():
                face.take_focus()
        self._let_tick()

    def _let_tick(self) -> None:
        wanted = self._view is not None and self._view.ticking and self.isVisible()
        if wanted and not self._tick.isActive():
            self._tick.start()
        elif not wanted:
            self._tick.stop()

    def _stop(self) -> None:
        self._course = None
        if self._pictures is not None:
            self._pictures.forget()
        self._unheard.stop()
        self._tick.stop()

    # ---- what the person does -----------------------------------------------------------------

    @Slot(str)
    def _choose(self, handle: str) -> None:
        if self._course is not None:
            self._course.choose(handle)
            self._refresh()

    @Slot()
    def _decline(self) -> None:
        if self._course is not None:
            self._course.decline()
            self._refresh()

    @Slot(str)
    def _type(self, _: str) -> None:
        if self._course is not None:
            self._course.type_code(self._code.code.text())
            self._refresh()

    @Slot()
    def _submit(self) -> None:
        if self._course is not None:
            self._course.submit()
            self._refresh()

    @Slot(bool)
    def _answer(self, same: bool) -> None:
        if self._course is not None:
            self._course.confirm_words(same)

    @Slot()
    def _go_on(self) -> None:
        if self._course is not None and self._view is not None:
            self._course.go_on(self._view.then)
            if not self._course.code:
                self._code.begin()
            self._refresh()
            if self._view.face is Face.CODE:
                self._code.take_focus()
                self._code.code.selectAll()

    @Slot()
    def _without_picture(self) -> None:
        if self._course is not None:
            self._course.without_picture()
            self._refresh()

    @Slot()
    def _nothing_heard(self) -> None:
        if self._course is not None:
            self._course.nothing_heard()
            self._refresh()

    # ---- pictures -----------------------------------------------------------------------------

    def _takes_pictures(self) -> bool:
        return self._course is not None and self._view is not None and self._view.picture.on

    @Slot()
    def _picture_began(self) -> None:
        if self._course is not None:
            self._course.begin_reading()
            self._refresh()

    @Slot(object)
    def _label_read(self, label: LabelPicture) -> None:
        if self._course is not None:
            self._course.show_label(label)
            self._refresh()

    @Slot(str)
    def _picture_refused(self, why: str) -> None:
        if self._course is not None:
            self._course.not_read(why)
            self._refresh()

    # ---- Qt -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._let_tick()
        if self._course is not None and not self._course.meters:
            self._unheard.start()
        if self._view is not None:
            self._parts()[_FACES.index(self._view.face)].take_focus()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        self._unheard.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < NARROW
        self._side.setFixedWidth(NARROW_SIDE if narrow else SIDE)
        side = 36 if narrow else 76
        self._inside.setContentsMargins(side, 12, 36, 24)
        room = self.width() - self._side.width() - side - 36
        self._faces.setFixedWidth(max(min(WIDTH, room), NARROWEST))
        super().resizeEvent(event)


def _asks_anew(before: PairingView, view: PairingView) -> bool:
    """Whether the same face asks for something else: a code that was refused is typed again."""
    was = before.entry is not None and before.entry.refused
    return not was and view.entry is not None and view.entry.refused

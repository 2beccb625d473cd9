"""Pairing on one page: nearby meters, the label's code, what happened, the words to compare.

Driven by posted ``PairingState`` values; asks a ``PairingController``. Not here: any radio or key.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ohmstead.ui.presenters.pairing import (
    NearbyMeter,
    PairingController,
    PairingPhase,
    PairingState,
    banner_of,
    code_problem,
    strength_words,
)
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.choices import ChoiceRow
from ohmstead.ui.widgets.code_field import LENGTH, CodeField
from ohmstead.ui.widgets.parts import Banner, Tone
from ohmstead.ui.widgets.text import Icon, Rule, Text

WIDTH = 680
_TONES: dict[str, Tone] = {"alarm": "alarm", "notice": "notice"}


class _Words(Painted):
    """Six words, three a row, as large as they are on the label."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words: tuple[str, ...] = ()
        self.setFixedSize(WIDTH, 164)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(", ".join(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            wide = (WIDTH - 16) / 3
            for i, word in enumerate(self._words):
                box = QRectF(i % 3 * (wide + 8), i // 3 * 84, wide, 76)
                brush.box(box, "sunken", radius=10)
                brush.text(box.center().x(), box.top() + 10, str(i + 1), "micro", "text_3", "centre")
                brush.text(box.center().x(), box.top() + 28, word, "lead", "text", "centre")


class PairingPage(QWidget):
    """Choose a meter, type its code, compare six words.

    Signals:
        left: the person cancelled, or is done.
    """

    left = Signal()

    def __init__(self, look: Look, wording: Wording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._controller: PairingController | None = None
        self._meters: dict[str, ChoiceRow] = {}
        self._marks: dict[str, str] = {}
        self._state = PairingState(PairingPhase.SEARCHING)
        self._refused = False
        self._faces = QStackedWidget()
        for face in (self._build_entry(), self._build_words(), self._build_done()):
            self._faces.addWidget(face)
        self._faces.setFixedWidth(WIDTH)
        self._cancel = Button(look, wording.tr("Cancel"), "link")
        self._cancel.clicked.connect(self._leave)
        policy = self._cancel.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._cancel.setSizePolicy(policy)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(36, 24, 36, 24)
        whole.addLayout(row(None, self._cancel))
        whole.addLayout(row(None, self._faces, None), 1)

    def begin(self, controller: PairingController) -> None:
        """Start looking for meters."""
        self._controller = controller
        self._code.clear()
        self.show_state(PairingState(PairingPhase.SEARCHING))
        controller.search()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def code_field(self) -> CodeField:
        """The field for the label's code."""
        return self._code

    def show_state(self, state: PairingState) -> None:
        """Show where pairing stands."""
        before, self._state = self._state.phase, state
        if state.meters or state.phase is PairingPhase.SEARCHING:
            self._show_meters(state.meters)
        wrong = self._refused = state.phase is PairingPhase.WRONG_CODE
        self._code.mark_wrong(wrong)
        self._show_banner(state)
        if state.phase is PairingPhase.WORDS:
            self._words.show_words(state.words)
            self._faces.setCurrentIndex(1)
            self._same.setFocus(Qt.FocusReason.OtherFocusReason)
        elif state.phase is PairingPhase.PAIRED:
            self._faces.setCurrentIndex(2)
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._faces.setCurrentIndex(0)
            if wrong and before is not PairingPhase.WRONG_CODE:
                self._code.setFocus(Qt.FocusReason.OtherFocusReason)
                self._code.selectAll()
        self._cancel.setVisible(state.phase is not PairingPhase.PAIRED)
        self._refresh()

    def _build_entry(self) -> QWidget:
        look, tr = self._look, self._wording.tr
        self._title = Text(look, tr("Pair your meter"), "lead")
        self._searching = Text(look, "", "small", "text_2")
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._banner_place = QVBoxLayout()
        self._banner: Banner | None = None
        self._code = CodeField(look, tr("Code on the label"))
        self._code.textEdited.connect(self._typed)
        self._code.returnPressed.connect(self._submit)
        self._hint_icon = Icon(look, "alert", 14, "alarm")
        self._hint = Text(look, "", "small", "text_2")
        self._go = Button(look, tr("Pair"), "primary")
        self._go.clicked.connect(self._submit)
        where = Text(
            look,
            tr(
                "The code is on the meter's face or its door. It proves to your meter that you stand in front "
                "of it, and never leaves this computer and the meter."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        return holder(
            column(
                8,
                self._title,
                6,
                self._searching,
                16,
                self._list,
                18,
                self._banner_place,
                Text(look, tr("Code on the label"), "label"),
                8,
                row(self._code, None),
                8,
                row(self._hint_icon, self._hint, None, gap=0),
                20,
                row(self._go, None),
                28,
                Rule(look),
                22,
                Text(look, tr("Where to find it"), "heading"),
                4,
                where,
                None,
                gap=0,
            )
        )

    def _build_words(self) -> QWidget:
        look, tr = self._look, self._wording.tr
        self._words = _Words(look)
        self._same = Button(look, tr("Yes, the same"), "primary")
        self._differ = Button(look, tr("No, they differ"))
        for button in (self._same, self._differ):  # yes and no are equal in size
            button.setFixedWidth(max(self._same.sizeHint().width(), self._differ.sizeHint().width()))
        self._same.clicked.connect(self._say_same)
        self._differ.clicked.connect(self._say_differ)
        why = Text(
            look,
            tr(
                "They stand for your meter's key and for the ledger it belongs to. If someone sat in between, "
                "they would differ."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        return holder(
            column(
                8,
                Text(look, tr("Are these the six words on the label?"), "lead"),
                6,
                why,
                22,
                self._words,
                24,
                row(self._same, self._differ, None),
                None,
                gap=0,
            )
        )

    def _build_done(self) -> QWidget:
        look, tr = self._look, self._wording.tr
        self._done = Button(look, tr("Show my day"), "primary")
        self._done.clicked.connect(self.left)

        def line(icon: str, words: str) -> QWidget:
            return holder(row(Icon(look, icon), Text(look, words), None, gap=10))

        return holder(
            column(
                8,
                Text(look, tr("This computer and your meter know each other now"), "lead"),
                20,
                line("refresh", tr("Your history comes in, newest first. You can use everything meanwhile.")),
                8,
                line("lock", tr("Only this computer can read it.")),
                8,
                line("qr", tr("This home is marked “typed” until a picture of the QR code confirms it.")),
                28,
                row(self._done, None),
                None,
                gap=0,
            )
        )

    def _show_meters(self, meters: tuple[NearbyMeter, ...]) -> None:
        known = {meter.handle for meter in meters}
        for handle in [h for h in self._meters if h not in known]:
            gone = self._meters.pop(handle)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for meter in meters:
            self._marks[meter.handle] = meter.mark
            tr = self._wording.tr
            state = tr("Pairing is open.") if meter.pairing_open else tr("Press its button to open pairing.")
            words = f"{strength_words(meter.strength_dbm, self._wording)}. {state}"
            found = self._meters.get(meter.handle)
            if found is None:
                name = tr("Meter with the mark {mark}", mark=meter.mark)
                found = ChoiceRow(self._look, "meter", name, words)
                found.toggled.connect(self._refresh)
                self._meters[meter.handle] = found
                self._list.addWidget(found)
            else:
                found.say(words)
        if len(self._meters) == 1:
            next(iter(self._meters.values())).setChecked(True)

    def _show_banner(self, state: PairingState) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        texts = banner_of(state, self._marks.get(self._chosen(), ""), self._wording)
        if texts is not None:
            tone, head, body = texts
            self._banner = Banner(self._look, _TONES[tone], head, body, parent=self)
            self._banner_place.addWidget(self._banner)
            self._banner.show()
        self._banner_place.setContentsMargins(0, 0, 0, 18 if texts is not None else 0)

    def _chosen(self) -> str:
        return next((handle for handle, part in self._meters.items() if part.isChecked()), "")

    @Slot()
    def _refresh(self) -> None:
        """What the entry face says and allows now."""
        tr = self._wording.tr
        code = self._code.text()
        problem = code_problem(code, self._wording) if code else ""
        typed_wrong = (len(code) == LENGTH and bool(problem)) or "U" in code
        refused = self._refused
        self._hint_icon.setVisible(typed_wrong or refused)
        self._hint.setContentsMargins(6 if typed_wrong or refused else 0, 0, 0, 0)
        if typed_wrong:
            self._hint.say(problem)
        elif refused:
            self._hint.say(tr("Refused by the meter."))
        else:
            self._hint.say(tr("17 letters and numbers. Capitals do not matter, O counts as 0 and I as 1."))
        self._hint.tone("alarm" if typed_wrong or refused else "text_2")
        working = self._state.phase is PairingPhase.WORKING
        self._code.setEnabled(not working)
        self._go.setText(tr("Opening a private link…") if working else tr("Pair"))
        self._go.updateGeometry()
        self._go.setEnabled(bool(self._chosen()) and not problem and len(code) == LENGTH and not working)
        self._go.setToolTip("" if self._chosen() else tr("Choose a meter first"))
        if self._meters:
            self._searching.say(tr("Choose the meter whose mark is on your label."))
        else:
            self._searching.say(tr("Looking for meters nearby. Press the button on yours to open pairing."))

    @Slot(str)
    def _typed(self, _: str) -> None:
        self._refused = False
        self._refresh()

    @Slot()
    def _submit(self) -> None:
        if self._go.isEnabled() and self._controller is not None:
            self._controller.pair(self._chosen(), self._code.text())

    @Slot()
    def _say_same(self) -> None:
        if self._controller is not None:
            self._controller.confirm_words(True)

    @Slot()
    def _say_differ(self) -> None:
        if self._controller is not None:
            self._controller.confirm_words(False)

    @Slot()
    def _leave(self) -> None:
        if self._controller is not None:
            self._controller.cancel()
        self.left.emit()

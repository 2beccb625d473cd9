"""The face of the pairing page on which the label's code is typed, and where it is said to be wrong.

Not here: whether it is right (``pairing_course``), the page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.pairing_parts import BannerPlace, PictureButton, Trouble
from ohmstead.ui.presenters.pairing_view import PairingView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.code_field import CodeField
from ohmstead.ui.widgets.label_card import LabelCard
from ohmstead.ui.widgets.text import Icon, Rule, Text


class CodeFace(QWidget):
    """The meter, its code, and where to find it.

    Signals:
        typed: the cells hold another code.
        submitted: the code is to be tried.
        retyped: a refused code is to be changed.
        declined: it is another meter.
    """

    typed = Signal(str)
    submitted = Signal()
    retyped = Signal()
    declined = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = self._tr = words.tr
        self._refused = False
        self.title = Text(look, "", "lead", wrap=True)
        self._banner = BannerPlace(look)
        self._meter_name = Text(look, "", "strong")
        self._meter_words = Text(look, "", "small", "text_2", wrap=True)
        decline = Button(look, tr("Not this one"), "link", small=True)
        decline.clicked.connect(self.declined)
        self._decline = decline
        self._meter = holder(
            column(
                row(
                    column(None, Icon(look, "meter", 20, "accent"), None),
                    (column(self._meter_name, self._meter_words, gap=0), 1),
                    decline,
                    gap=12,
                ),
                18,
                Rule(look),
                22,
                gap=0,
            )
        )
        self.code = CodeField(look, tr("Code on the label"))
        self.code.textEdited.connect(self.typed)
        self.code.returnPressed.connect(self._submit)
        self._hint_sign = holder(
            column(2, Icon(look, "alert", 14, "alarm"), None, gap=0, margins=(0, 0, 6, 0))
        )
        self._hint = Text(look, "", "small", "text_2", wrap=True)
        self._hint.setMinimumHeight(look.theme.style("small").line)
        self._go = Button(look, "", "primary")
        self._go.clicked.connect(self._submit)
        self.picture = PictureButton(look, words, tr("Use a picture of the QR code"))
        self._trouble = Trouble(look)
        self._where = self._build_where(look, words)
        self._note_head = Text(look, "", "heading", wrap=True)
        self._note_body = Text(look, "", "body", "text_2", wrap=True)
        self._note = holder(column(self._note_head, self._note_body, gap=6))
        self.setLayout(
            column(
                self.title,
                18,
                self._banner,
                self._meter,
                Text(look, tr("Code on the label"), "label"),
                8,
                row(self.code, None),
                8,
                row(self._hint_sign, (self._hint, 1), gap=0),
                22,
                row(self._go, self.picture, None),
                self._trouble,
                30,
                Rule(look),
                26,
                self._where,
                self._note,
                None,
                gap=0,
            )
        )

    def _build_where(self, look: Look, words: Wording) -> QWidget:
        tr = self._tr
        self._lost = Button(look, tr("I cannot find the label"), "link", small=True)
        self._lost.clicked.connect(self._say_lost)
        self._where_words = Text(look, "", "body", "text_2", wrap=True)
        self._say_where()
        beside = column(
            8,
            Text(look, tr("Where to find it"), "heading", wrap=True),
            6,
            self._where_words,
            8,
            row(self._lost, None),
            None,
            gap=0,
        )
        card = LabelCard(look, words)
        return holder(row(column(card, None), (beside, 1), gap=24))

    def _say_where(self) -> None:
        self._lost.show()
        self._where_words.say(
            self._tr(
                "The code proves to your meter that you stand in front of it. It never leaves this computer and "
                "the meter."
            )
        )

    @Slot()
    def _say_lost(self) -> None:
        self._lost.hide()
        self._where_words.say(
            self._tr(
                "Look on the meter's face, inside the door of its cabinet, and on the sheet that came with it. "
                "Without the label, whoever installed the meter can give you a new one. Nobody can read the code "
                "out of the meter over the air."
            )
        )

    def begin(self) -> None:
        """As on the first look."""
        self.code.clear()
        self._say_where()

    def show_view(self, view: PairingView) -> None:
        """Show the code's state."""
        entry = view.entry
        if entry is None:
            return
        self.title.say(view.title)
        self._banner.show_banner(view.banner)
        self._meter.setVisible(view.meter is not None)
        if view.meter is not None:
            self._meter_name.say(view.meter.name)
            self._meter_words.say(view.meter.words)
        self._decline.setEnabled(entry.on)
        self._refused = entry.refused
        bad = entry.wrong or entry.refused
        self.code.mark_wrong(entry.refused)
        if not entry.on and self.code.hasFocus():
            # Else Qt hands the keyboard to whatever comes next.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.setEnabled(entry.on)
        self.code.setAccessibleDescription(entry.hint)
        self._hint_sign.setVisible(bad)
        self._hint.say(entry.hint)
        self._hint.tone("alarm" if bad else "text_2")
        label = view.button if entry.refused else entry.button
        if label != self._go.text():
            self._go.setText(label)
            self._go.setAccessibleName(label)
            self._go.updateGeometry()
        self._go.setEnabled(entry.refused or entry.can_go)
        self._go.setToolTip("" if self._go.isEnabled() else entry.tip)
        self.picture.show_picture(view.picture)
        self._trouble.say(view.picture.problem)
        self._where.setVisible(not view.note[0])
        self._note.setVisible(bool(view.note[0]))
        self._note_head.say(view.note[0])
        self._note_body.say(view.note[1])

    def take_focus(self) -> None:
        """Put the keyboard into the cells; a refused code is marked, so that typing replaces it."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._refused:
            self.code.selectAll()

    @Slot()
    def _submit(self) -> None:
        if not self._go.isEnabled():
            return
        if self._refused:
            self.retyped.emit()
        else:
            self.submitted.emit()

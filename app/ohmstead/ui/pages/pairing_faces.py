"""The faces of the pairing page beside the code's: meters nearby, work under way, words, trouble, done.

Each draws a ``PairingView`` and says what the person did. Not here: the code's face (``pairing_code``), which
face is shown when (``pairing_page``).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ohmstead.ui.pages.pairing_parts import BannerPlace, Lines, MeterList, PictureButton, Trouble
from ohmstead.ui.presenters.pairing_done import DoneView
from ohmstead.ui.presenters.pairing_view import PairingView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.label_card import SixWords
from ohmstead.ui.widgets.parts import Badge
from ohmstead.ui.widgets.text import Icon, ProgressLine, Rule, Text


class FindFace(QWidget):
    """Meters nearby, and after a while of none, what to do.

    Signals:
        chosen: the meter of this handle.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._title = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._meters = MeterList(look)
        self._meters.chosen.connect(self.chosen)
        self._none = holder(
            row(
                column(1, Icon(look, "search"), None),
                (Text(look, tr("Looking for meters nearby"), "body", "text_2", wrap=True), 1),
                gap=12,
                margins=(0, 8, 0, 8),
            )
        )
        self._advice = Lines(look)
        head = Text(look, tr("No meter is heard yet"), "heading", wrap=True)
        self._advised = holder(column(head, self._advice, 26, Rule(look), 24, gap=14))
        self.picture = PictureButton(look, words, tr("Use a picture of the QR code"))
        self._trouble = Trouble(look)
        self._by_picture = holder(
            column(
                Text(
                    look,
                    tr(
                        "A picture of the QR code on the label finds the meter by itself, and needs no typing."
                    ),
                    "body",
                    "text_2",
                    wrap=True,
                ),
                14,
                row(self.picture, None),
                self._trouble,
                gap=0,
            )
        )
        self.setLayout(
            column(
                self._title,
                6,
                self._body,
                20,
                self._meters,
                self._none,
                26,
                Rule(look),
                24,
                self._advised,
                self._by_picture,
                None,
                gap=0,
            )
        )

    def show_view(self, view: PairingView) -> None:
        """Show the meters."""
        self._title.say(view.title)
        self._body.say(view.body)
        self._meters.show_meters(view.meters)
        self._none.setVisible(not view.meters)
        self._advice.show_lines(view.advice)
        self._advised.setVisible(bool(view.advice))
        self.picture.show_picture(view.picture)
        self._by_picture.setVisible(not self.picture.isHidden())
        self._trouble.say(view.picture.problem)

    def take_focus(self) -> None:
        """The keyboard goes to the page: Tab leads to the first meter."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class WorkFace(QWidget):
    """What is under way or waited for: a sentence, what it means, how far it is.

    Signals:
        back: the person wants to type instead.
    """

    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._line = ProgressLine(look)
        self._back = Button(look, "", "link", small=True)
        self._back.clicked.connect(self.back)
        self.setLayout(column(self._title, 6, self._body, 24, self._line, row(self._back, None), None, gap=0))

    def show_view(self, view: PairingView) -> None:
        """Show what is under way."""
        self._title.say(view.title)
        self._body.say(view.body)
        self._line.setVisible(view.share > 0)
        self._line.set_share(view.share)
        self._back.setText(view.back)
        self._back.setAccessibleName(view.back)
        self._back.updateGeometry()
        self._back.setVisible(bool(view.back))

    def take_focus(self) -> None:
        """Nothing asks for the keyboard here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class WordsFace(QWidget):
    """Six words to compare with the label's.

    Signals:
        answered: they are the same, or they differ.
    """

    answered = Signal(bool)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._title = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._words = SixWords(look)
        self._same = Button(look, tr("Yes, the same"), "primary")
        differ = Button(look, tr("No, they differ"))
        # Yes and no are equal in size: only what they say differs.
        wide = max(self._same.sizeHint().width(), differ.sizeHint().width())
        for button in (self._same, differ):
            button.setFixedWidth(wide)
        self._same.clicked.connect(self._say_same)
        differ.clicked.connect(self._say_differ)
        self._buttons = (self._same, differ)
        self.picture = PictureButton(look, words, tr("Use a picture instead"), link=True)
        self._trouble = Trouble(look)
        by_picture = row(
            column(1, Icon(look, "qr"), None),
            (
                column(
                    Text(
                        look,
                        tr("A picture of the QR code compares all of it, not just six words."),
                        wrap=True,
                    ),
                    row(self.picture, None),
                    self._trouble,
                    gap=0,
                ),
                1,
            ),
            gap=12,
        )
        self._by_picture = holder(column(Rule(look), 24, by_picture, gap=0))
        self.setLayout(
            column(
                self._title,
                6,
                self._body,
                22,
                self._words,
                24,
                row(self._same, differ, None),
                30,
                self._by_picture,
                None,
                gap=0,
            )
        )

    def show_view(self, view: PairingView) -> None:
        """Show the words."""
        self._title.say(view.title)
        self._body.say(view.body)
        self._words.show_words(view.words)
        self.picture.show_picture(view.picture)
        self._by_picture.setVisible(not self.picture.isHidden())
        self._trouble.say(view.picture.problem)

    def take_focus(self) -> None:
        """Neither answer is ready to be pressed by mistake."""
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _say_same(self) -> None:
        self.answered.emit(True)

    @Slot()
    def _say_differ(self) -> None:
        self.answered.emit(False)


class TroubleFace(QWidget):
    """What ended or holds up pairing, and the way on.

    Signals:
        pressed: the button was pressed.
    """

    pressed = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._title = Text(look, "", "lead", wrap=True)
        self._banner = BannerPlace(look)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._lines = Lines(look)
        self._button = Button(look, "", "primary")
        self._button.clicked.connect(self.pressed)
        self.picture = PictureButton(look, words, words.tr("Use a picture of the QR code"))
        self._trouble = Trouble(look)
        self._act = holder(column(row(self._button, self.picture, None), self._trouble, gap=0))
        self._note_head = Text(look, "", "heading", wrap=True)
        self._note_body = Text(look, "", "body", "text_2", wrap=True)
        self._note = holder(column(30, Rule(look), 24, self._note_head, 6, self._note_body, gap=0))
        self._plain = holder(column(self._body, 22, self._lines, 22, gap=0))
        self.setLayout(column(self._title, 16, self._banner, self._plain, self._act, self._note, None, gap=0))

    def show_view(self, view: PairingView) -> None:
        """Show the problem."""
        self._title.say(view.title)
        self._banner.show_banner(view.banner)
        self._body.say(view.body)
        self._lines.show_lines(view.lines)
        self._plain.setVisible(bool(view.body or view.lines))
        self._button.setText(view.button)
        self._button.setAccessibleName(view.button)
        self._button.updateGeometry()
        self._act.setVisible(bool(view.button))
        self.picture.show_picture(view.picture)
        self._trouble.say(view.picture.problem)
        self._note.setVisible(bool(view.note[0]))
        self._note_head.say(view.note[0])
        self._note_body.say(view.note[1])

    def take_focus(self) -> None:
        """On the way on."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)


class DoneFace(QWidget):
    """What was checked, what happens now.

    Signals:
        pressed: the person wants to see the day.
    """

    pressed = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._look = look
        tr = words.tr
        self._top, self._facts = QVBoxLayout(), row(gap=0)
        self._shown: DoneView | None = None
        self._title = Text(look, "", "lead", wrap=True)
        self._lines = Lines(look)
        self.picture = PictureButton(look, words, tr("Add the picture…"), link=True)
        self._typed = Text(look, "", "body", wrap=True)
        self._trouble = Trouble(look)
        typed = column(self._typed, row(self.picture, None), self._trouble, gap=0)
        self._typed_row = holder(
            row(column(1, Icon(look, "qr"), None), (typed, 1), gap=12, margins=(0, 12, 0, 0))
        )
        self._button = Button(look, "", "primary")
        self._button.clicked.connect(self.pressed)
        self.setLayout(
            column(
                self._top,
                12,
                self._title,
                20,
                self._facts,
                24,
                Rule(look),
                24,
                Text(look, tr("What happens now"), "heading", wrap=True),
                12,
                self._lines,
                self._typed_row,
                30,
                row(self._button, None),
                None,
                gap=0,
            )
        )

    def show_view(self, view: PairingView) -> None:
        """Show what pairing came to."""
        done = view.done
        if done is None:
            return
        self._title.say(view.title)
        if self._shown is None or (done.badge, done.facts) != (self._shown.badge, self._shown.facts):
            self._fill(done)
        self._shown = done
        self._lines.show_lines(done.lines)
        self._typed.say(done.typed)
        self._typed_row.setVisible(bool(done.typed))
        self.picture.show_picture(view.picture)
        self._trouble.say(view.picture.problem or done.typed_problem)
        self._button.setText(view.button)
        self._button.setAccessibleName(view.button)
        self._button.updateGeometry()

    def _fill(self, done: DoneView) -> None:
        for box in (self._top, self._facts):
            while (item := box.takeAt(0)) is not None:
                if (part := item.widget()) is not None:
                    part.hide()
                    part.deleteLater()
        self._top.addWidget(Badge(self._look, done.badge, "ok"), 0, Qt.AlignmentFlag.AlignLeft)
        for name, words in done.facts:
            # Room by the length of the words, so that a short fact does not break a long one.
            wide = max(self._look.width(name, "label"), self._look.width(words, "small"))
            fact = _Fact(self._look, name, words)
            self._facts.addWidget(fact, round(wide) + 36, Qt.AlignmentFlag.AlignTop)

    def take_focus(self) -> None:
        """On the way to the day."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)


class _Fact(QWidget):
    """One fact that was checked: a tick, its name, what it is."""

    def __init__(self, look: Look, name: str, words: str) -> None:
        super().__init__()
        said = Text(look, words, "small", "text_2", wrap=True)
        text = column(Text(look, name, "label", wrap=True), said, gap=0)
        tick = column(2, Icon(look, "check", 16, "ok"), None)
        self.setLayout(row(tick, (text, 1), gap=8, margins=(0, 0, 12, 0)))
        self.setAccessibleName(f"{name}: {words}")

"""What is shown before there is a home to show: it is being opened, made ready, locked, or cannot be shown.

Here: one sentence and one line of progress, why it does not go on, and the passphrase's question. Not here:
making the demonstration (``village``), opening anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ohmstead.services.locks import SecretsLocked
from ohmstead.ui.pages.unlock_page import UnlockPage
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.sidebar_parts import made_of
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.scroll import Scroll
from ohmstead.ui.widgets.text import ProgressLine, Text

WIDTH = 620
#: What opens within this is not announced.
QUIET_MS = 400
OPENING, LOCKED = "opening", "locked"


class PreparingPage(QWidget):
    """One sentence, one line of progress, one line that says what it is. Main thread.

    Signals:
        again_wanted: what did not go is to be tried again.
        home_wanted: another home is to be opened instead, by its key.
    """

    again_wanted = Signal()
    home_wanted = Signal(str)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._others: tuple[HomeChoice, ...] = ()
        self._title = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._line = ProgressLine(look)
        self._note = Text(look, "", "small", "text_2", wrap=True)
        self._again = Button(look, words.tr("Try again"), "primary")
        self._again.clicked.connect(self.again_wanted)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self._failed = holder(column(10, row(self._again, None), self._ways, gap=16))
        said = (self._title, self._body, self._line, self._failed, self._note)
        self._box = holder(column(*said, gap=14))
        self._box.setFixedWidth(WIDTH)
        inside = holder(column(None, row(None, self._box, None, gap=0), None, margins=(36, 36, 36, 36)))
        self._going = Scroll(look, inside)
        self.unlock = UnlockPage(look, words)
        self.setLayout(column((self._going, 1), (self.unlock, 1), gap=0))
        self.setAccessibleName(words.tr("Getting ready"))
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._speak)
        self.unlock.hide()
        self._note.hide()

    def say_source(self, *, simulated: bool, roof: int = 1) -> None:
        """Say what the demonstration home is made of: a recorded year, or a simulation."""
        tr = self._words.tr
        machines = tr(
            "Its meter, its ledger and the radio between them run on this computer, each as a program of its "
            "own, on a clock that runs through the past year; one operator signs."
        )
        home = made_of(self._words, simulated=simulated, roof=roof)
        self._note.say(f"{home} {machines}")
        self._note.show()

    def offer_others(self, homes: Sequence[HomeChoice]) -> None:
        """The homes that can be opened where this one cannot."""
        if tuple(homes) == self._others:
            return
        self._others = tuple(homes)
        while (item := self._ways.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for home in homes:
            way = _Way(self._look, self._words.tr("Open {name} instead", name=home.name), home.key)
            way.wanted.connect(self.home_wanted)
            self._ways.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)

    def show_locked(self, locked: SecretsLocked) -> None:
        """Ask for what opens the secrets."""
        self._going.hide()
        self.unlock.show()
        self.unlock.show_locked(locked)

    def show_step(self, step: str, done: int, total: int) -> None:
        """Say what is being done: "opening", "ledger", "meter", "history" or "pairing"; else why it cannot be
        done."""
        self.unlock.hide()
        self._going.show()
        tr, number = self._words.tr, self._words.number
        texts = {
            OPENING: tr("What is stored here is checked again from its beginning."),
            "ledger": tr("Founding a ledger and starting its node."),
            "meter": tr("Starting the meter and the radio."),
            "history": tr(
                "The meter seals and publishes its past, hour by hour: {done} of {total} hours.",
                done=number(done),
                total=number(total),
            ),
            "pairing": tr("Pairing with the meter, as its label says."),
        }
        if step == "history" and not total:
            texts[step] = tr("The meter begins to publish its past.")
        going = step in texts
        if step == OPENING:
            self._title.say(tr("Opening your home"))
        else:
            self._title.say(
                tr("The demonstration home is being made ready") if going else tr("This home cannot be shown")
            )
        self._failed.setVisible(not going)
        self._line.setVisible(going and step != OPENING)
        self._body.say(texts.get(step, step))
        self._line.set_share(done / total if total else 0.0)
        # What takes a moment only is not worth a sentence that flashes by.
        if step == OPENING and self._quiet.isActive():
            return
        self._box.setVisible(step != OPENING)
        if step == OPENING:
            self._quiet.start()
        else:
            self._quiet.stop()
        if not going and self.isVisible():
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _speak(self) -> None:
        self._box.show()

    def showEvent(self, event: QShowEvent) -> None:
        if self.unlock.isVisible():
            self.unlock.take_focus()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._quiet.stop()
        super().hideEvent(event)


class _Way(Button):
    """A way to another home.

    Signals:
        wanted: its key.
    """

    wanted = Signal(str)

    def __init__(self, look: Look, label: str, key: str) -> None:
        super().__init__(look, label)
        self._key = key
        self.clicked.connect(self._want)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self._key)

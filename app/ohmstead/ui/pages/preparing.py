"""What is shown while the demonstration is being made ready: what happens, and how far it is.

Not here: making it (``village``).
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.text import ProgressLine, Text

WIDTH = 620


class PreparingPage(QWidget):
    """One sentence, one line of progress, one line that says what it is. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._title = Text(look, "", "lead")
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self._line = ProgressLine(look)
        self._note = Text(look, "", "small", "text_3", wrap=True)
        box = holder(column(self._title, self._body, self._line, self._note, gap=14))
        box.setFixedWidth(WIDTH)
        self.setLayout(column(None, row(None, box, None, gap=0), None, margins=(36, 36, 36, 36)))
        self.setAccessibleName(words.tr("Getting ready"))
        self.say_source(simulated=False)

    def say_source(self, *, simulated: bool) -> None:
        """Say what the demonstration home is made of: a recorded year, or a simulation."""
        tr = self._words.tr
        machines = tr(
            "Its meter, its ledger and the radio between them run on this computer, each as a program of its "
            "own, on a clock that runs through the past year; one operator signs."
        )
        home = tr("A real home's recorded year, moved by whole weeks to end now.")
        if simulated:
            home = tr("A simulated home: no measurement stands behind its readings.")
        self._note.say(f"{home} {machines}")

    def show_step(self, step: str, done: int, total: int) -> None:
        """Say what is being done: "ledger", "meter", "history" or "pairing"; else why it cannot be done."""
        tr, number = self._words.tr, self._words.number
        texts = {
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
        self._title.say(
            tr("The demonstration home is being made ready") if going else tr("This home cannot be shown")
        )
        self._line.setVisible(going)
        self._body.say(texts.get(step, step))
        self._line.set_share(done / total if total else 0.0)

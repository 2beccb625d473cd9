"""What a chosen row is, and why its price is what it is: drawn, said, recomputed, and as a table.

Not here: working it out (``presenters.market_why``), fetching the book (the page's controller).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ohmstead.ui.charts.market_merit import MeritChart
from ohmstead.ui.pages.market_parts import Behind, Lines
from ohmstead.ui.presenters.market_views import OrderLine, WhyView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.table import TableColumn
from ohmstead.ui.widgets.text import Text


class Sentences(QWidget):
    """A few sentences under each other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: list[Text] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(3)

    def say(self, sentences: Sequence[str]) -> None:
        """Say others."""
        while len(self._lines) < len(sentences):
            line = Text(self._look, "", "small", "text_2", wrap=True)
            self._lines.append(line)
            self._box.addWidget(line)
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(sentences))
            if i < len(sentences):
                line.say(sentences[i])
        self.setVisible(bool(sentences))


class WhyPanel(QWidget):
    """The explanation of one price. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._title = Text(look, "", "heading", wrap=True)
        self.chart = MeritChart(look, tr("Offers"), tr("Bids"))
        columns = (
            TableColumn(tr("Step"), stretch=1),
            TableColumn(tr("Price"), "right"),
            TableColumn(tr("Energy"), "right"),
            TableColumn(tr("State"), stretch=1),
        )
        self.behind = Behind(
            look, self.chart, tr("All orders of this quarter hour"), columns,
            tr("Open the book as a table"), tr("Show the book as a chart"),
        )  # fmt: skip
        lot = (
            TableColumn(tr("Bid"), stretch=1),
            TableColumn(tr("Price"), "right"),
            TableColumn(tr("State"), stretch=1),
        )
        self.bids = Behind(look, holder(column(gap=0)), tr("All bids"), lot, "", "")
        self.bids.table.show()
        self._sentences, self._what_if = Sentences(look), Sentences(look)
        self._if_head = Text(look, tr("A little more, a little less"), "small_s")
        self._check = Lines(look)
        head = row((self._title, 1), column(self.behind.button, None, gap=0), gap=8)
        self.setLayout(
            column(head, 8, self.behind, self.bids, 6, self._check, 8, self._sentences, 8, self._if_head, 2,
                   self._what_if, gap=0)
        )  # fmt: skip

    def show_view(self, view: WhyView) -> None:
        """Show another price."""
        merit = view.merit
        self._title.say(view.title)
        self.behind.setVisible(merit is not None)
        self.behind.button.setVisible(merit is not None)
        self.bids.setVisible(merit is None)
        if merit is not None:
            self.chart.show_merit(merit)
            self.behind.show_table(view.table)
        else:
            self.bids.show_table(view.table)
        self._check.show_lines([view.check])
        self._sentences.say(view.sentences)
        self._if_head.setVisible(bool(view.what_if))
        self._what_if.say(view.what_if)


class RowPanel(QWidget):
    """A chosen row in words, what can be done with it, and the explanation of its price.

    Signals:
        cancelled: the row's orders are to be taken back.
        asked: the price of this slot is to be explained.
    """

    cancelled = Signal()
    asked = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._line: OrderLine | None = None
        self._slot = 0
        self._head = Text(look, "", "heading", wrap=True)
        self._detail = Text(look, "", "small", "text_2", wrap=True)
        self.cancel = Button(look, tr("Take it back"), "plain", "undo", small=True)
        self.before = Button(
            look, "", "quiet", "chevron-left", small=True, name=tr("The quarter hour before")
        )
        self.after = Button(look, "", "quiet", "chevron-right", small=True, name=tr("The quarter hour after"))
        self._wait = Text(look, tr("Fetching the orders of that quarter hour…"), "small", "text_2", wrap=True)
        self.why = WhyPanel(look, words)
        self._movers = holder(row(self.before, self.after, gap=2))
        self._actions = holder(column(row(self.cancel, None), gap=0, margins=(0, 8, 0, 0)))
        self.setLayout(
            column(row((self._head, 1), column(self._movers, None, gap=0), gap=8), 2, self._detail, self._actions,
                   14, self._wait, self.why, None, gap=0)
        )  # fmt: skip
        self.cancel.clicked.connect(self.cancelled)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)

    @property
    def slot(self) -> int:
        """The slot whose price is explained, 0 for none."""
        return self._slot

    @property
    def line(self) -> OrderLine | None:
        """The chosen row."""
        return self._line

    def show_line(self, line: OrderLine | None) -> None:
        """Show another row, or the same one in another state; asks for the explanation where there is one."""
        self.setVisible(line is not None)
        self._line = line
        if line is None:
            self._slot = 0
            return
        self._head.say(line.head)
        self._detail.say(line.detail)
        self._actions.setVisible(line.can_cancel)
        keeps = self._slot in line.why
        self._movers.setVisible(len(line.why) > 1)
        if not line.why:
            self._slot = 0
            self._wait.hide()
            self.why.hide()
        elif not keeps:
            self._ask(line.why[-1])
        self._move_ends()

    def explain(self, slot: int) -> None:
        """Explain this slot's price, if it is one of the chosen row's."""
        if self._line is not None and slot in self._line.why and slot != self._slot:
            self._ask(slot)

    def show_why(self, view: WhyView | None) -> None:
        """The explanation is here; None: it cannot be had."""
        self._wait.hide()
        self.why.setVisible(view is not None)
        if view is not None:
            self.why.show_view(view)

    def _ask(self, slot: int) -> None:
        self._slot = slot
        self._wait.show()
        self.why.hide()
        self.asked.emit(slot)
        self._move_ends()

    def _move_ends(self) -> None:
        why = self._line.why if self._line is not None else ()
        self.before.setEnabled(bool(why) and self._slot != why[0])
        self.after.setEnabled(bool(why) and self._slot != why[-1])

    def _move(self, by: int) -> None:
        why = list(self._line.why) if self._line is not None else []
        if self._slot in why and 0 <= why.index(self._slot) + by < len(why):
            self._ask(why[why.index(self._slot) + by])

    @Slot()
    def _back(self) -> None:
        self._move(-1)

    @Slot()
    def _on(self) -> None:
        self._move(1)

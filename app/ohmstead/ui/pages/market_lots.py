"""The Market's lots: what they are, every one of them, and what can be done with a chosen one.

Not here: what they say (``presenters.market_lots``), opening and bidding (the page and its forms).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.market_parts import TableOrWords
from ohmstead.ui.pages.market_why import WhyPanel
from ohmstead.ui.presenters.market_views import LotLine, LotsView, WhyView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import READABLE
from ohmstead.ui.widgets.table import Cell, TableColumn
from ohmstead.ui.widgets.text import Rule, Text

WIDE = READABLE + 80


class LotsSection(QWidget):
    """Lots, and what can be done with a chosen one.

    Signals:
        opening: a lot is to be opened.
        bidding: a bid on this lot (its line) is wanted.
        asked: the price of this lot is to be explained.
    """

    opening = Signal()
    bidding = Signal(object)
    asked = Signal(bytes)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._rows: Sequence[LotLine] = ()
        self._chosen: LotLine | None = None
        self._intro = Text(look, "", "body", "text_2", wrap=True)
        self.open = Button(look, tr("Offer a lot…"), "plain", "plus")
        columns = (
            TableColumn(tr("When"), stretch=1),
            TableColumn(tr("Energy"), "right"),
            TableColumn(tr("At least"), "right"),
            TableColumn(tr("Bids"), "right"),
            TableColumn(tr("State"), stretch=1),
            TableColumn(tr("Price"), "right"),
        )
        self.lots = TableOrWords(look, tr("Lots"), columns, chooses=True)
        self._head = Text(look, "", "heading", wrap=True)
        self._detail = Text(look, "", "small", "text_2", wrap=True)
        self.bid = Button(look, tr("Bid on it…"), "plain", small=True)
        self.explain = Button(look, tr("Why this price?"), "plain", "info", small=True)
        self.why = WhyPanel(look, words)
        self.why.hide()
        self._below = holder(
            column(Rule(look), 14, self._head, 2, self._detail, 8, row(self.bid, self.explain, None, gap=0), 14,
                   self.why, gap=0)
        )  # fmt: skip
        self.setLayout(
            column(
                capped(self._intro, WIDE),
                12,
                row(self.open, None),
                14,
                self.lots,
                18,
                capped(self._below, WIDE),
                None,
                gap=0,
            )
        )
        self.open.clicked.connect(self.opening)
        self.bid.clicked.connect(self._bid)
        self.explain.clicked.connect(self._ask)
        self.lots.opened.connect(self._choose)

    @property
    def chosen(self) -> LotLine | None:
        """The row that is chosen."""
        return self._chosen

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._chosen = None
        self.why.hide()

    def show_view(self, view: LotsView) -> None:
        """Show other lots; the chosen one stays chosen."""
        self._rows = view.rows
        self._intro.say(view.intro)
        self.open.setEnabled(not view.cannot)
        self.open.setToolTip(view.cannot)
        rows = [
            (
                Cell(r.when),
                Cell(r.energy),
                Cell(r.reserve),
                Cell(r.bids),
                Cell(r.state, r.glyph, r.tone),
                Cell(r.price),
            )
            for r in view.rows
        ]
        self.lots.show_rows(rows, view.empty)
        chosen = self._chosen
        again = next((r for r in view.rows if chosen is not None and r.lot == chosen.lot), None)
        self._show(again if again is not None else view.rows[0] if view.rows else None, view.cannot)

    def show_why(self, view: WhyView) -> None:
        """The explanation is here."""
        self.why.show_view(view)
        self.why.show()

    def _show(self, line: LotLine | None, cannot: str) -> None:
        if line is None or self._chosen is None or line.lot != self._chosen.lot:
            self.why.hide()
        self._chosen = line
        self._below.setVisible(line is not None)
        if line is None:
            return
        self._head.say(line.when)
        self._detail.say(line.detail)
        self.bid.setVisible(line.action == "bid")
        self.bid.setEnabled(not cannot)
        self.bid.setToolTip(cannot)
        self.explain.setVisible(line.action == "why")

    def choose_lot(self, lot: bytes) -> None:
        """Choose a lot, if it is listed."""
        for index, line in enumerate(self._rows):
            if line.lot == lot:
                self._choose(index)

    @Slot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self._rows):
            self._show(self._rows[index], self.open.toolTip())

    @Slot()
    def _bid(self) -> None:
        if self._chosen is not None:
            self.bidding.emit(self._chosen)

    @Slot()
    def _ask(self) -> None:
        if self._chosen is not None:
            self.asked.emit(self._chosen.lot)

"""The Market's wallet: money, how it comes in and goes out, and every movement with its reason.

Not here: what it says (``presenters.market_wallet``), payouts (the page and its form).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.market_parts import Lines, TableOrWords
from ohmstead.ui.pages.usage_parts import Figures
from ohmstead.ui.presenters.market_views import WalletView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.table import Cell, TableColumn
from ohmstead.ui.widgets.text import Text


class WalletSection(QWidget):
    """Money: how much, how it comes in and goes out, and every movement.

    Signals:
        copying: the reference is to be copied.
        paying_out: a payout is wanted.
        taking_back: the payout is not wanted any more.
    """

    copying = Signal()
    paying_out = Signal()
    taking_back = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self.figures = Figures(look)
        self._checked = Lines(look)
        self._in = Text(look, "", "small", "text_2", wrap=True)
        self.reference = Text(look, "", "mono", wrap=True)
        self.copy = Button(look, tr("Copy"), "plain", "copy", small=True, name=tr("Copy the reference"))
        self._out = Text(look, "", "small", "text_2", wrap=True)
        self._payout = Text(look, "", "label", wrap=True)
        self.ask = Button(look, tr("Ask for a payout…"), "plain", small=True)
        self.back = Button(look, tr("Take it back"), "plain", "undo", small=True)
        into = holder(
            column(Text(look, tr("Money in"), "heading"), 4, self._in, 8,
                   row((self.reference, 1), column(self.copy, None, gap=0), gap=10), None, gap=0)
        )  # fmt: skip
        out = holder(
            column(Text(look, tr("Money out"), "heading"), 4, self._out, 8, self._payout, 6,
                   row(self.ask, self.back, None), None, gap=0)
        )  # fmt: skip
        columns = (
            TableColumn(tr("When")),
            TableColumn(tr("Why"), stretch=1),
            TableColumn(tr("Free"), "right"),
            TableColumn(tr("Locked"), "right"),
        )
        self.movements = TableOrWords(look, tr("Every movement"), columns)
        self.setLayout(
            column(self.figures, 6, self._checked, 18, row((into, 1), (out, 1), gap=44), 20,
                   Text(look, tr("Every movement"), "heading"), 6, self.movements, None, gap=0)
        )  # fmt: skip
        self.copy.clicked.connect(self.copying)
        self.ask.clicked.connect(self.paying_out)
        self.back.clicked.connect(self.taking_back)

    def show_view(self, view: WalletView) -> None:
        """Show another state of the money."""
        self.figures.setVisible(bool(view.figures))
        self.figures.show_figures(view.figures)
        self._checked.show_lines([view.checked] if view.checked is not None else [])
        self._in.say(view.money_in)
        self.reference.say(view.reference)
        for part in (self.reference, self.copy):
            part.setVisible(bool(view.reference))
        self._out.say(view.money_out)
        self._payout.setVisible(bool(view.payout))
        self._payout.say(view.payout)
        self.back.setVisible(bool(view.payout_nano))
        self.back.setEnabled(not view.cannot)
        self.ask.setEnabled(not view.cannot and view.free_nano > 0 and not view.payout_nano)
        self.ask.setToolTip(view.cannot or view.payout)
        rows = [(Cell(r.when), Cell(r.reason), Cell(r.free), Cell(r.locked)) for r in view.rows]
        self.movements.show_rows(rows, view.empty)

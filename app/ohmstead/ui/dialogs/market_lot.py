"""Opening a surplus lot, and bidding on one.

Not here: reading them (``presenters.market_typed``), doing it (the page's controller).
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.market.orders import Side
from ohmstead.market.settlement import lot_bond
from ohmstead.ui.dialogs.market_form import INNER, Form, Span, energy_field, price_field
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_typed import LotWish, lot_gate, lot_hours, read_bid, read_energy, read_lot
from ohmstead.ui.presenters.market_views import LotLine
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.text import Text


class LotSheet(Form):
    """Opening a lot. ``lot`` is what to open once it is agreed to."""

    def __init__(self, look: Look, words: Wording, window: QWidget, asked: Asked) -> None:
        tr = words.tr
        self.lot: LotWish | None = None
        intro = tr(
            "One block of energy, sold whole to the highest sealed bid, at the price of the second one. You get "
            "at least your own price; it is sold to nobody below."
        )
        super().__init__(look, words, window, asked, tr("Offer a lot"), tr("Open the lot"), intro)
        self.energy = energy_field(look, words, tr("Energy in all"))
        self.price = price_field(look, asked, tr("At least, a kWh"), asked.terms.band(Side.SELL)[0])
        self.add_row(self.energy, self.price)
        self.add(Text(look, tr("Between"), "label"))
        today = asked.times.today
        self.span = Span(look, words, asked, (lot_hours(asked, today), lot_hours(asked, today + 1)))
        self.add(self.span)
        self.span.begin(None, None)
        self._first = self.energy.edit
        self.span.moved.connect(self._say)
        self.energy.committed.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        """Until when bids are taken, and what is locked."""
        tr, asked = self.words.tr, self.asked
        gate = tr(
            "Bids are taken until {time}.",
            time=asked.times.at(lot_gate(self.span.first, asked) * SLOT_SECONDS),
        )
        wh, wrong = read_energy(self.energy.text(), asked)
        if wrong:
            self.say_note(gate)
        else:
            bond = asked.amounts.money(lot_bond(wh, asked.terms))
            self.say_note(f"{gate} {tr('It locks {bond} until it is delivered.', bond=bond)}")

    def read(self) -> bool:
        self.lot, problems = read_lot(
            self.energy.text(), self.price.text(), self.span.first, self.span.end, self.asked
        )
        return self.judge(problems, self.energy, self.price)


class BidSheet(Form):
    """Bidding on a lot. ``bid`` is the all-in price, µ/kWh, once it is agreed to."""

    def __init__(
        self, look: Look, words: Wording, window: QWidget, asked: Asked, line: LotLine, wh: int
    ) -> None:
        tr = words.tr
        self.bid = 0
        self._line, self._wh = line, wh
        intro = tr(
            "{energy}, {when}. Say what it is worth to you: if you win, you pay only what the second bid said. "
            "Nobody sees yours before the bids are closed.", energy=line.energy, when=line.when,
        )  # fmt: skip
        super().__init__(look, words, window, asked, tr("Bid on a lot"), tr("Bid"), intro)
        self.price = price_field(
            look, asked, tr("At most, a kWh, fee included"), line.bid or line.least, INNER,
            tr("From {least} to {most}", least=asked.amounts.price(line.least),
               most=asked.amounts.price(line.most)),
        )  # fmt: skip
        self.add(self.price)
        self.say_note(line.detail)
        self._first = self.price.edit

    def read(self) -> bool:
        self.bid, problems = read_bid(
            self.price.text(), self._wh, self._line.least, self._line.most, self.asked
        )
        return self.judge(problems, None, self.price)

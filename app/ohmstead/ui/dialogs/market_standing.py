"""A standing instruction: the meter trades by itself, within what is typed here.

Not here: reading it (``presenters.market_typed``), handing it over (the page's controller).
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ohmstead.market.orders import Side
from ohmstead.ui.dialogs.market_form import INNER, Form, energy_field, price_field
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_offer import bounds_words
from ohmstead.ui.presenters.market_typed import Standing, read_standing, until_words
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.text import Text

MOST_DAY_WH = 20_000


class StandingSheet(Form):
    """The form. ``standing`` is what to ask for once it is agreed to."""

    def __init__(
        self, look: Look, words: Wording, window: QWidget, asked: Asked, wh: int, limit: int
    ) -> None:
        tr, sells = words.tr, asked.side is Side.SELL
        self.standing: Standing | None = None
        intro = (
            tr(
                "Your meter offers what it expects to have to spare, quarter hour by quarter hour, also while "
                "this computer is off. It knows your limits; the ledger and your neighbours do not."
            )
            if sells
            else tr(
                "Your meter bids for what it expects you to need, quarter hour by quarter hour, also while "
                "this computer is off. It knows your limits; the ledger and your neighbours do not."
            )
        )
        super().__init__(
            look, words, window, asked,
            tr("Offer the surplus every day") if sells else tr("Buy from neighbours every day"),
            tr("Let the meter do it"), intro,
        )  # fmt: skip
        self.energy = energy_field(look, words, tr("At most a day"))
        self.energy.show_text(words.number((wh or MOST_DAY_WH) / 1000, 1))
        self.price = price_field(look, asked, tr("At least, a kWh") if sells else tr("At most, a kWh"), limit)
        self.add_row(self.energy, self.price)
        self.add(Text(look, tr("How long"), "label"))
        self.until = Select(look, until_words(asked), tr("How long"), wide=INNER)
        self.until.choose(1)
        self.add(self.until)
        self.say_note(bounds_words(asked, limit))
        self._first = self.energy.edit

    def read(self) -> bool:
        self.standing, problems = read_standing(
            self.energy.text(), self.price.text(), max(self.until.current, 0), self.asked
        )
        return self.judge(problems, self.energy, self.price)

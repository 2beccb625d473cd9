"""Typing an amount to offer or to bid for: how much, at which price, from when to when.

Not here: reading it (``presenters.market_typed``), posting it (the page).
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.market.orders import Side
from ohmstead.ui.dialogs.market_form import Form, Span, energy_field, price_field
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_offer import bounds_words, own_prices
from ohmstead.ui.presenters.market_plan import suggested_limit
from ohmstead.ui.presenters.market_typed import hours, read_plan
from ohmstead.ui.presenters.market_views import PlanModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.text import Text


class AmountSheet(Form):
    """The form. ``plan`` is what to post once it is agreed to."""

    def __init__(
        self, look: Look, words: Wording, window: QWidget, asked: Asked, plan: PlanModel | None
    ) -> None:
        tr, sells = words.tr, asked.side is Side.SELL
        self.plan: PlanModel | None = None
        intro = tr("It is spread evenly over the quarter hours, each of which has an auction of its own.")
        super().__init__(
            look, words, window, asked,
            tr("Offer an amount") if sells else tr("Bid for an amount"),
            tr("Offer it") if sells else tr("Bid for it"),
            intro,
        )  # fmt: skip
        limit = plan.limit if plan is not None else suggested_limit(asked)
        self.energy = energy_field(look, words, tr("Energy in all"))
        self.price = price_field(look, asked, tr("At least, a kWh") if sells else tr("At most, a kWh"), limit)
        if plan is not None:
            self.energy.show_text(words.number(plan.wh / 1000, 1))
        self.add_row(self.energy, self.price)
        self.add(Text(look, tr("Between"), "label"))
        today = asked.times.today
        self.span = Span(look, words, asked, (hours(asked, today), hours(asked, today + 1)))
        self.add(self.span)
        slots = [slot for slot, _ in plan.wants] if plan is not None else []
        self.span.begin(slots[0] if slots else None, slots[-1] + 1 if slots else None)
        self._first = self.energy.edit
        self.price.committed.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        """What the price that stands there means."""
        plan, problems = read_plan("1", self.price.text(), self.span.first, self.span.end, self.asked)
        if plan is None or problems.price:
            self.say_note("")
            return
        lines = [bounds_words(self.asked, plan.limit)]
        lines += [line.words for line in own_prices(self.asked, plan.limit) if line.tone == "notice"]
        self.say_note(" ".join(lines))

    def read(self) -> bool:
        self.plan, problems = read_plan(
            self.energy.text(), self.price.text(), self.span.first, self.span.end, self.asked
        )
        return self.judge(problems, self.energy, self.price)

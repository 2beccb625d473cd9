"""Asking for money back. Not here: reading it (``presenters.market_typed``), asking (the page's controller)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ohmstead.ui.dialogs.market_form import INNER, Form
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_money import NANO
from ohmstead.ui.presenters.market_typed import Problems, read_payout
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.field import Field


class PayoutSheet(Form):
    """The form. ``nano`` is what to ask for once it is agreed to."""

    def __init__(self, look: Look, words: Wording, window: QWidget, asked: Asked) -> None:
        tr, account = words.tr, asked.state.account
        self.nano = 0
        free = account.free_nano if account is not None else 0
        intro = tr(
            "It is locked at once and waits until the treasury has paid it. You can take it back until then."
        )
        super().__init__(look, words, window, asked, tr("Ask for a payout"), tr("Ask for it"), intro)
        whole = words.number(free // (NANO // 100) / 100, 2)
        hint = tr("{free} are free", free=asked.amounts.money(free))
        self.money = Field(look, tr("Amount"), whole, unit=asked.amounts.currency.sign, wide=INNER, hint=hint)
        self.add(self.money)
        self._first = self.money.edit

    def read(self) -> bool:
        self.nano, wrong = read_payout(self.money.text(), self.asked)
        self.money.show_error(wrong)
        if wrong:
            self.money.edit.setFocus()
        return self.judge(Problems(energy=wrong), None, None)

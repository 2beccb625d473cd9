"""The forms that the Market opens, and what is asked of the controller once one is agreed to.

Not here: the forms (``ui.dialogs.market_*``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ohmstead.market.orders import Side
from ohmstead.ui.dialogs.confirm import Confirm, ask
from ohmstead.ui.dialogs.market_amount import AmountSheet
from ohmstead.ui.dialogs.market_form import Form
from ohmstead.ui.dialogs.market_lot import BidSheet, LotSheet
from ohmstead.ui.dialogs.market_payout import PayoutSheet
from ohmstead.ui.dialogs.market_standing import StandingSheet
from ohmstead.ui.presenters.market_plan import suggested_limit
from ohmstead.ui.presenters.market_views import LotLine
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look

if TYPE_CHECKING:
    from ohmstead.ui.pages.market_page import MarketPage


class MarketForms(QObject):
    """One form at a time, over the window. Main thread. ``sheet`` is the one that is open."""

    def __init__(self, page: MarketPage, look: Look, words: Wording) -> None:
        super().__init__(page)
        self._page, self._look, self._words = page, look, words
        self.sheet: Form | None = None

    @Slot()
    def type_amount(self) -> None:
        """Type what to offer or bid for."""
        asked, hero = self._page.asked, self._page.content.hero.view
        if asked is None or hero is None or not hero.can_act:
            return
        sheet = AmountSheet(self._look, self._words, self._page.window(), asked, hero.simple)

        def agreed() -> None:
            controller = self._page.controller
            if sheet.plan is not None and controller is not None:
                self._page.content.hero.rest(True)
                controller.offer(sheet.plan.side, sheet.plan.wants)

        self._open(sheet, agreed)

    @Slot(bool)
    def turn_standing(self, on: bool) -> None:
        """Begin a standing instruction, or end the one in force."""
        if not on:
            self._stop_standing()
            return
        asked, hero = self._page.asked, self._page.content.hero.view
        if asked is None or hero is None or not hero.can_act:
            return
        plan = hero.simple
        limit = plan.limit if plan is not None else suggested_limit(asked)
        wh = plan.wh if plan is not None else 0
        sheet = StandingSheet(self._look, self._words, self._page.window(), asked, wh, limit)

        def agreed() -> None:
            wish, controller = sheet.standing, self._page.controller
            if wish is not None and controller is not None:
                controller.instruct(wish.side, wish.wh_a_day, wish.limit, wish.until_s)

        self._open(sheet, agreed)

    def _stop_standing(self) -> None:
        tr, asked = self._words.tr, self._page.asked
        if asked is None or self._page.controller is None:
            return
        mandate = asked.state.mandate
        buys = mandate is not None and mandate.side is Side.BUY
        question = Confirm(
            self._look, self._words, self._page.window(),
            tr("Stop buying every day?") if buys else tr("Stop offering every day?"),
            tr("Your meter makes no more orders by itself. Those that are sealed already stay."),
            tr("Stop it"), keep=tr("Go on"),
        )  # fmt: skip
        ask(question, self._page.controller.stop_instructing)

    @Slot()
    def open_lot(self) -> None:
        """Offer a lot."""
        asked = self._page.asked
        if asked is None:
            return
        sheet = LotSheet(self._look, self._words, self._page.window(), asked)

        def agreed() -> None:
            wish, controller = sheet.lot, self._page.controller
            if wish is not None and controller is not None:
                controller.open_lot(wish.wh, wish.first_slot, wish.slots, wish.reserve, wish.gate_slot)

        self._open(sheet, agreed)

    @Slot(object)
    def bid(self, line: LotLine) -> None:
        """Bid on a lot."""
        asked = self._page.asked
        lot = (
            next((lot for lot in asked.state.lots if lot.lot == line.lot), None)
            if asked is not None
            else None
        )
        if asked is None or lot is None:
            return
        sheet = BidSheet(self._look, self._words, self._page.window(), asked, line, lot.wh)

        def agreed() -> None:
            controller = self._page.controller
            if sheet.bid and controller is not None:
                controller.bid(line.lot, sheet.bid)

        self._open(sheet, agreed)

    @Slot()
    def ask_payout(self) -> None:
        """Ask for money back."""
        asked = self._page.asked
        if asked is None:
            return
        sheet = PayoutSheet(self._look, self._words, self._page.window(), asked)

        def agreed() -> None:
            controller = self._page.controller
            if sheet.nano and controller is not None:
                controller.ask_payout(sheet.nano)

        self._open(sheet, agreed)

    def _open(self, sheet: Form, agreed: Callable[[], None]) -> None:
        def closed(well: bool) -> None:
            self.sheet = None
            sheet.deleteLater()
            if well:
                agreed()

        self.sheet = sheet
        sheet.finished.connect(closed)
        sheet.open()

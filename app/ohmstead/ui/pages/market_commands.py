"""What can be done on the Market, for the palette and the help. Not here: doing it (the page)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ohmstead.ui.commands import Command
from ohmstead.ui.pages.market_content import LOTS, ORDERS, PRICES, WALLET
from ohmstead.ui.presenters.market_views import HeroView, MarketFace, MarketView
from ohmstead.ui.presenters.wording import Wording

if TYPE_CHECKING:
    from ohmstead.ui.pages.market_page import MarketPage


def market_commands(page: MarketPage, words: Wording) -> Sequence[Command]:
    """The page's own, most wanted first."""
    tr, group, content, deeds = words.tr, words.tr("Market"), page.content, page.deeds

    def full() -> MarketView | None:
        view = page.view
        return view if view is not None and view.face is MarketFace.FULL else None

    def shows() -> bool:
        return full() is not None

    def hero() -> HeroView | None:
        view = full()
        return view.hero if view is not None else None

    def can_offer() -> bool:
        view = hero()
        return view is not None and view.can_post

    def posted() -> bool:
        view = hero()
        return view is not None and bool(view.posted)

    def can_act() -> bool:
        view = hero()
        return view is not None and view.can_act

    def both() -> bool:
        view = full()
        return view is not None and view.sides

    def standing() -> bool:
        view = hero()
        return view is not None and view.standing_on

    def can_begin() -> bool:
        return can_act() and not standing()

    def row() -> bool:
        line = content.orders.panel.line
        return shows() and line is not None and line.can_cancel

    def reference() -> bool:
        view = full()
        return view is not None and view.wallet is not None and bool(view.wallet.reference)

    def alarm() -> bool:
        view = full()
        return view is not None and view.notice is not None and view.notice.action == "evidence"

    def can_pay() -> bool:
        view = full()
        wallet = view.wallet if view is not None else None
        return wallet is not None and not wallet.cannot and wallet.free_nano > 0 and not wallet.payout_nano

    def make(name: str, label: str, run: object, icon: str, enabled: object, keys: str = "") -> Command:
        assert callable(run)
        assert callable(enabled)
        return Command(f"market.{name}", label, run, keys, icon, group, enabled)

    def section(index: int) -> object:
        return partial(content.show_section, index)

    return (
        make("offer", tr("Post what is suggested"), deeds.offer, "market", can_offer),
        make("back", tr("Take all offers back"), deeds.take_back, "undo", posted),
        make("type", tr("Type an amount to offer or to bid for…"), page.forms.type_amount, "plus", can_act),
        make("standing", tr("Let the meter trade every day…"), partial(page.forms.turn_standing, True), "refresh",
             can_begin),
        make("stop", tr("Stop trading every day…"), partial(page.forms.turn_standing, False), "pause", standing),
        make("row", tr("Take the chosen orders back"), deeds.cancel_row, "undo", row),
        make("sell", tr("Show selling"), partial(page.choose_side, 0), "sun", both),
        make("buy", tr("Show buying"), partial(page.choose_side, 1), "grid", both),
        make("orders", tr("Show orders"), section(ORDERS), "document", shows),
        make("prices", tr("Show prices"), section(PRICES), "usage", shows),
        make("lots", tr("Show lots"), section(LOTS), "people", shows),
        make("wallet", tr("Show the wallet"), section(WALLET), "bill", shows),
        make("lot", tr("Offer a lot…"), page.forms.open_lot, "plus", can_act),
        make("payout", tr("Ask for a payout…"), page.forms.ask_payout, "bill", can_pay),
        make("copy", tr("Copy the reference for paying in"), deeds.copy_reference, "copy", reference),
        make("evidence", tr("Save the evidence of a wrong price…"), deeds.save_evidence, "download", alarm),
        make("book", tr("Open the book behind the price"), content.orders.panel.why.behind.turn, "table",
             lambda: shows() and content.orders.panel.why.isVisible()),
        make("help", tr("How does the market work?"), page.help_wanted.emit, "info", lambda: True),
        make("refresh", tr("Foresee again"), page.refresh, "refresh", lambda: True, "F5"),
    )  # fmt: skip

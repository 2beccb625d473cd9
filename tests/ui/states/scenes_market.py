"""The Market in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ohmstead.market.orders import Side
from ohmstead.services.market_states import (
    Account,
    Alarm,
    Checked,
    Mandate,
    MarketState,
    OrderStage,
)
from ohmstead.services.states import LinkState
from ohmstead.ui.dialogs.market_amount import AmountSheet
from ohmstead.ui.pages.market_content import LOTS, PRICES, WALLET
from ohmstead.ui.presenters.market import MarketProblem, MarketReason, MarketTask, OffersTaken
from tests.ui.market_street import Street, why
from tests.ui.solar_home import Home
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Quiet, Studio

Make = Callable[[Street], MarketState | None]


def market(
    s: Studio, make: Make, home: Home | None = None, *, explain: bool = True, **state: object
) -> Street:
    """The page with a state of the market; what it asks to be explained is explained."""
    home = home if home is not None else s.files.year("spring")
    s.show(home, "market", **state)
    page, street = s.window.market, Street(home.zone, s.now_s)
    page.set_controller(Quiet())
    page.show_market(make(street))
    slot = page.content.orders.panel.slot
    if explain and slot:
        line = page.content.orders.panel.line
        assert line is not None
        page.explaining.show_book(why(slot, street.own(page.view.side, slot)))
    return street


def section(name: str, make: Make, index: int = 0, **state: object) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        market(s, make, **state)
        s.window.market.content.show_section(index)


section("market-busy", lambda st: st.busy())
section("market-first-visit", lambda st: st.empty())
section("market-loading", lambda _: None)
section("market-none", lambda _: MarketState())
section("market-no-account", lambda st: st.empty(account=None))
section("market-viewer", lambda st: st.busy(can_trade=False))
section("market-prices", lambda st: st.busy(), PRICES)
section("market-prices-empty", lambda st: st.empty(), PRICES)
section("market-lots", lambda st: st.busy(), LOTS)
section("market-lots-empty", lambda st: st.empty(), LOTS)
section("market-wallet", lambda st: st.busy(), WALLET)
section("market-wallet-empty", lambda st: st.empty(account=Account(0, 0, complete=True)), WALLET)
section("market-wallet-none", lambda st: st.empty(account=None), WALLET)
section("market-little-money", lambda st: st.empty(account=Account(3_140_000_000, 0, complete=True)))
section("market-barred", lambda st: st.busy(account=Account(9_000_000_000, 0, 0, st.now_s + 20 * 86_400)))
section("market-away", lambda st: st.busy(orders=(
    *st.day(), *(st.order(Side.SELL, st.slot + n, OrderStage.WAITING) for n in range(10, 16)))),
    link=LinkState.AWAY)  # fmt: skip


def mandate(street: Street, *, on_ledger: bool, days: int) -> Mandate:
    return Mandate(Side.SELL, 4_000, 120_000, street.now_s + days * 86_400, 8, on_ledger)


section("market-standing", lambda st: st.busy(mandate=mandate(st, on_ledger=True, days=30)))
section("market-standing-ended", lambda st: st.busy(mandate=mandate(st, on_ledger=True, days=-2)))


@scene("market-nothing-to-spare")
def nothing(s: Studio) -> None:
    market(s, lambda st: st.empty(), s.files.year())


@scene("market-offered")
def offered(s: Studio) -> None:
    def make(street: Street) -> MarketState:
        tomorrow = street.zone.slots_of(street.today + 1).start
        orders = [street.stepped(tomorrow + n, OrderStage.HANDED) for n in range(36, 64)]
        return street.empty(orders=tuple(orders))

    market(s, make)
    s.window.market.show_taken(OffersTaken(Side.SELL, (1, 2)))


@scene("market-ends")
def ends(s: Studio) -> None:
    """Everything that can become of an order, one after the other."""

    def make(street: Street) -> MarketState:
        stages = (
            OrderStage.CANCELLED, OrderStage.REPLACED, OrderStage.LATE, OrderStage.REFUSED, OrderStage.VOID,
            OrderStage.FORFEITED,
        )  # fmt: skip
        orders = [street.order(Side.SELL, street.slot - 4 - n, stage) for n, stage in enumerate(stages)]
        orders[3] = replace(orders[3], reason="over the rating")
        short = street.order(Side.SELL, street.slot - 12, OrderStage.PAID, delivered_wh=40)
        none = street.order(
            Side.SELL, street.slot - 11, OrderStage.PAID, fill_wh=0, delivered_wh=0, money_nano=0
        )
        return street.empty(orders=(*orders, short, none), results=street.results())

    market(s, make)


@scene("market-sealed-row")
def sealed_row(s: Studio) -> None:
    market(s, lambda st: st.busy())
    rows = s.window.market.content.orders._rows
    s.window.market.content.orders._choose(next(i for i, line in enumerate(rows) if line.can_cancel))


@scene("market-why-table")
def why_table(s: Studio) -> None:
    market(s, lambda st: st.busy())
    s.window.market.content.orders.panel.why.behind.turn()
    s.later(s.window.market.content.orders.panel.why.behind.turn)


@scene("market-why-waiting")
def why_waiting(s: Studio) -> None:
    market(s, lambda st: st.busy(), explain=False)


@scene("market-wrong-price")
def wrong_price(s: Studio) -> None:
    def make(street: Street) -> MarketState:
        results = list(street.results())
        wrong = next(i for i, r in enumerate(results) if r.slot == street.slot + 1)
        results[wrong] = replace(results[wrong], checked=Checked.WRONG, price=131_000)
        alarm = Alarm(f"slot {street.slot + 1}", "the orders give 15.5 ct, the ledger says 13.1 ct",
                      street.slot + 1, "1")  # fmt: skip
        return street.busy(results=tuple(results), alarms=(alarm,))

    street = market(s, make, explain=False)
    slot = s.window.market.content.orders.panel.slot
    s.window.market.explaining.show_book(
        why(slot, street.own(Side.SELL, slot), checked=Checked.WRONG, stated=131_000)
    )


@scene("market-problem")
def problem(s: Studio) -> None:
    market(s, lambda st: st.busy())
    s.window.market.show_problem(MarketProblem(MarketTask.OFFER, MarketReason.OVER_EXPORT))
    s.later(s.window.market._faces.close_problem)


@scene("market-buy")
def buy(s: Studio) -> None:
    market(s, lambda st: st.busy(Side.BUY))
    s.window.market.choose_side(1)
    page = s.window.market
    slot = page.content.orders.panel.slot
    street = Street(s.files.year("spring").zone, s.now_s)
    page.explaining.show_book(why(slot, street.own(Side.BUY, slot)))


@scene("market-buyer-only")
def buyer(s: Studio) -> None:
    market(s, lambda st: st.empty(), s.files.year("consumer"))


@scene("market-knows-too-little")
def too_little(s: Studio) -> None:
    market(s, lambda st: st.empty(), s.files.year("day"))


@scene("market-low-limit")
def low_limit(s: Studio) -> None:
    market(s, lambda st: st.empty())
    s.window.market.set_prices(314_000, 129_000, "EUR")
    s.window.market._price(105)


@scene("market-lot-won")
def lot_won(s: Studio) -> None:
    street = market(s, lambda st: st.busy())
    content = s.window.market.content
    content.show_section(LOTS)
    at = next(i for i, line in enumerate(content.lots._rows) if line.action == "why")
    content.lots._choose(at)
    assert content.lots.chosen is not None
    s.window.market.explaining.show_lot(street.why_lot(content.lots.chosen.lot))


@scene("market-empty")
def empty(s: Studio) -> None:
    s.show(s.files.empty, "market", link=LinkState.CONNECTED)
    street = Street(s.files.year("month").zone, s.now_s)
    s.window.market.show_market(street.empty())


@scene("market-unreadable")
def unreadable(s: Studio) -> None:
    s.show(s.files.unreadable, "market", link=LinkState.CONNECTED)


def form(name: str, press: str, index: int = 0) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        market(s, lambda st: st.busy())
        s.window.market.content.show_section(index)
        s.press(press)


form("dialog-market-lot", "Offer a lot…", LOTS)
form("dialog-market-payout", "Ask for a payout…", WALLET)


@scene("dialog-market-amount")
def amount(s: Studio) -> None:
    market(s, lambda st: st.empty())
    s.window.market.forms.type_amount()


@scene("dialog-market-amount-wrong")
def amount_wrong(s: Studio) -> None:
    market(s, lambda st: st.empty())
    s.window.market.forms.type_amount()
    sheet = s.window.market.forms.sheet
    assert isinstance(sheet, AmountSheet)
    sheet.energy.edit.setText("many")
    sheet.price.edit.setText("99")
    sheet.try_it()


@scene("dialog-market-standing")
def standing(s: Studio) -> None:
    market(s, lambda st: st.empty())
    s.window.market.forms.turn_standing(True)


@scene("dialog-market-stop")
def stop(s: Studio) -> None:
    market(s, lambda st: st.busy(mandate=mandate(st, on_ledger=True, days=30)))
    s.window.market.forms.turn_standing(False)


@scene("dialog-market-bid")
def bid(s: Studio) -> None:
    market(s, lambda st: st.busy())
    s.window.market.content.show_section(LOTS)
    lots = s.window.market.content.lots
    lots._choose(next(i for i, line in enumerate(lots._rows) if line.action == "bid"))
    s.press("Bid on it…")

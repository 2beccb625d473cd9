"""The Market at work: one click posts once, all can be taken back, problems are said, keys reach everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ohmstead.errors import ExternalError
from ohmstead.market.orders import Side
from ohmstead.services.market_states import Account, Alarm, Mandate, MarketState, OrderStage
from ohmstead.services.states import HomeState, LinkState
from ohmstead.system.zones import build_table
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.dialogs.confirm import Confirm
from ohmstead.ui.dialogs.market_amount import AmountSheet
from ohmstead.ui.dialogs.market_lot import LotSheet
from ohmstead.ui.dialogs.market_payout import PayoutSheet
from ohmstead.ui.pages.market_content import LOTS, PRICES, WALLET
from ohmstead.ui.pages.market_page import MarketPage
from ohmstead.ui.presenters.market import EvidenceSaved, MarketProblem, MarketReason, MarketTask, OffersTaken
from ohmstead.ui.presenters.market_data import MarketData, MarketRequest, MirrorMarket
from ohmstead.ui.presenters.market_views import MarketFace
from tests.ui.market_street import Asks, Given, Street, foreseen, why
from tests.ui.pages.conftest import Rig, button, words_on, wrongly_coloured
from tests.ui.solar_home import Home

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ZONE = build_table("Europe/Rome", date(2025, 1, 1), date(2026, 12, 31))
NOON = 1_750_154_700  # 17 June 2025, 12:05 in Rome


class Market:
    """A page with a state, and who is asked."""

    def __init__(self, rig: Rig, state: MarketState | None = None) -> None:
        rig.now_s = NOON
        self.rig, self.street, self.asks = rig, Street(ZONE, NOON), Asks()
        self.page = rig.make(MarketPage)
        rig.shown(self.page, lambda: self.page.set_source(Given(foreseen(self.street))))
        self.page.set_prices(314_000, 79_000, "EUR")
        self.page.set_controller(self.asks)
        self.page.show_market(state if state is not None else self.street.empty())

    def press(self, name: str, root: QWidget | None = None) -> None:
        button(root if root is not None else self.page, name).click()

    @property
    def hero(self) -> QWidget:
        return self.page.content.hero


@pytest.fixture
def market(rig: Rig) -> Market:
    return Market(rig)


def test_one_click_posts_what_the_sentence_says(market: Market) -> None:
    assert "You will have about 3.2 kWh to spare tomorrow." in words_on(market.page)
    market.press("Offer it")
    ((_, side, wants),) = market.asks.of("offer")
    assert side is Side.SELL
    assert isinstance(wants, tuple)
    assert len(wants) == 32
    assert {(steps[0].limit, steps[-1].limit) for _, steps in wants} == {(103_000, 244_000)}


def test_a_double_click_posts_once_and_the_button_comes_back(market: Market) -> None:
    offer = market.page.content.hero.button
    QTest.mouseDClick(offer, Qt.MouseButton.LeftButton)
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    QTest.keyClick(offer, Qt.Key.Key_Return)
    market.page.deeds.offer()  # as the palette would
    assert len(market.asks.of("offer")) == 1
    market.page.show_problem(MarketProblem(MarketTask.OFFER, MarketReason.OVER_EXPORT))
    assert offer.isEnabled()
    assert "More than this home has ever sent out" in words_on(market.page)
    market.press("Close")
    assert "More than this home has ever sent out" not in words_on(market.page)


def test_what_was_offered_can_be_undone(market: Market) -> None:
    market.press("Offer it")
    market.page.show_taken(OffersTaken(Side.SELL, (4, 5, 6)))
    market.press("Undo")
    assert market.asks.of("undo") == [("undo", (4, 5, 6))]


def test_what_stands_can_be_taken_back_until_the_gate(market: Market) -> None:
    street = market.street
    first = ZONE.slots_of(street.today + 1).start + 36
    orders = tuple(street.order(Side.SELL, first + n, OrderStage.HANDED) for n in range(4))
    market.page.show_market(street.empty(orders=orders))
    market.press("Take it all back")
    assert market.asks.of("undo") == [("undo", tuple(o.key for o in orders))]
    market.press("Take it back", market.page.content.orders)
    assert len(market.asks.of("undo")) == 2
    market.page.show_market(street.empty(orders=orders[:1]))
    market.press("Take it back", market.page.content.orders)
    assert market.asks.of("cancel") == [("cancel", orders[0].key)]
    market.rig.now_s = (first - 1) * 900
    market.page.age()
    assert not market.page.content.orders.panel.cancel.isVisible()


def test_too_little_money_is_a_sentence_before_the_click(market: Market) -> None:
    market.page.show_market(market.street.empty(account=Account(1_000_000_000, 0)))
    offer = market.page.content.hero.button
    assert "Too little money: 8.64 € are missing." in words_on(market.page)
    assert not offer.isEnabled()
    assert "Too little money" in offer.toolTip()
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    market.page.deeds.offer()
    assert not market.asks.calls
    market.page.show_market(market.street.empty())
    assert offer.isEnabled()


def test_the_price_moves_by_keys_within_the_ledgers_bounds(market: Market) -> None:
    stepper = market.page.content.hero.price
    QTest.keyClick(stepper.edit, Qt.Key.Key_Up)
    assert "Offer it from 10.4 ct, more at better prices?" in words_on(market.page)
    for _ in range(30):
        QTest.keyClick(stepper.edit, Qt.Key.Key_PageUp)
    assert "Offer it at 28.8 ct or more?" in words_on(market.page)  # retail less the fee
    market.press("Offer it")
    ((_, _, wants),) = market.asks.of("offer")
    assert isinstance(wants, tuple)
    assert {tuple(step.limit for step in steps) for _, steps in wants} == {(288_000,)}


def test_the_buyers_side_is_the_mirror_image(market: Market) -> None:
    market.press("Buy")
    assert "You will need about 6.4 kWh from the grid tomorrow." in words_on(market.page)
    market.press("Bid for it")
    ((_, side, _),) = market.asks.of("offer")
    assert side is Side.BUY


def test_without_a_controller_the_page_only_shows(market: Market) -> None:
    market.page.set_controller(None)
    assert "may look, not act" in words_on(market.page)
    assert not market.page.content.hero.button.isEnabled()
    assert not market.page.content.hero.type.isEnabled()


def test_every_face_without_a_market(rig: Rig) -> None:
    rig.now_s = NOON
    page = rig.make(MarketPage)
    assert "Reading this home" in words_on(page)
    rig.shown(page, lambda: page.set_source(Given(foreseen(Street(ZONE, NOON)))))
    page.show_market(MarketState())
    assert "This ledger has no market" in words_on(page)

    class Torn:
        def load(self, _request: MarketRequest) -> MarketData:
            raise ExternalError("the file cannot be read")

    rig.shown(page, lambda: page.set_source(Torn()))
    assert page.view is not None
    assert page.view.face is MarketFace.ERROR
    assert "the file cannot be read" in words_on(page)


def test_another_home_forgets_the_former_one(market: Market) -> None:
    market.page.show_market(market.street.busy())
    market.rig.shown(market.page, lambda: market.page.set_source(Given(foreseen(market.street))))
    assert market.page.view is not None
    assert market.page.view.face is MarketFace.LOADING
    assert market.page.content.orders.panel.line is None


def test_the_forecast_comes_from_the_homes_own_file(rig: Rig, solar_home: Home) -> None:
    source = MirrorMarket(solar_home.path)
    rig.now_s = solar_home.end_s + 60
    made = source.load(MarketRequest(rig.now_s))
    assert made.exports
    assert made.forecast is not None
    assert made.forecast.need.trusted
    assert source.load(MarketRequest(rig.now_s + 10)) is made  # within one quarter hour it is the same
    page = rig.make(MarketPage)
    rig.shown(page, lambda: page.set_source(source))
    page.show_market(Street(solar_home.zone, rig.now_s).empty())
    page.choose_side(1)
    assert "You will need about" in words_on(page)


# ---- why ----------------------------------------------------------------------------------------


def test_the_newest_price_is_explained_by_itself_and_others_when_asked_for(market: Market) -> None:
    page, street = market.page, market.street
    page.show_market(street.busy())
    panel = page.content.orders.panel
    slot = panel.slot
    assert market.asks.of("why") == [("why", slot)]
    market.rig.shown(page, lambda: page.explaining.show_book(why(slot, street.own(Side.SELL, slot))))
    assert "Recomputed on this computer from all 17 opened orders: same price, same shares." in words_on(page)
    assert panel.why.chart.accessibleName() == "Merit order of 17 orders."
    market.press("The quarter hour before")
    assert market.asks.of("why")[-1] == ("why", slot - 1)
    market.press("The quarter hour after")
    assert len(market.asks.of("why")) == 2  # what was worked out once is kept
    assert panel.why.isVisible()
    market.press("Open the book as a table")
    assert panel.why.behind.table.isVisible()
    assert not panel.why.chart.isVisible()


def test_an_answer_to_another_question_is_not_shown(market: Market) -> None:
    page, street = market.page, market.street
    page.show_market(street.busy())
    other = page.content.orders.panel.slot - 7
    market.rig.shown(page, lambda: page.explaining.show_book(why(other, street.own(Side.SELL, other))))
    assert not page.content.orders.panel.why.isVisible()


def test_a_book_that_cannot_be_had_is_said(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    slot = page.content.orders.panel.slot
    page.show_problem(MarketProblem(MarketTask.WHY, MarketReason.NOT_HERE, which=slot))
    assert "The orders behind this price are not here" in words_on(page)
    assert "Fetching the orders" not in words_on(page)


def test_a_wrong_clearing_has_words_a_glyph_and_evidence_to_save(market: Market, tmp_path: Path) -> None:
    alarm = Alarm("slot 5", "price: stated 13, computed 15", market.street.slot, "3")
    market.page.show_market(market.street.busy(alarms=(alarm,)))
    assert "does not follow from the orders" in words_on(market.page)
    assert button(market.page, "Save evidence…").isVisible()
    market.page.deeds.save_to(f"{tmp_path}/evidence.json")
    assert market.asks.of("evidence") == [("evidence", alarm, tmp_path / "evidence.json")]
    market.page.show_saved(EvidenceSaved(tmp_path / "evidence.json"))
    assert "Saved as evidence.json" in words_on(market.page)


# ---- forms --------------------------------------------------------------------------------------


def test_an_amount_is_typed_and_posted(market: Market) -> None:
    market.press("Another amount…")
    sheet = market.page.forms.sheet
    assert isinstance(sheet, AmountSheet)
    sheet.energy.edit.setText("many")
    sheet.try_it()
    assert sheet.isVisible()
    assert "Type an amount of kWh like 1.5." in words_on(sheet)
    sheet.energy.edit.setText("2")
    QTest.keyClick(sheet.energy.edit, Qt.Key.Key_Return)
    ((_, side, wants),) = market.asks.of("offer")
    assert isinstance(wants, tuple)
    assert side is Side.SELL
    assert sum(steps[0].wh for _, steps in wants) == 2_000


def test_a_standing_instruction_begins_and_ends(market: Market) -> None:
    hero = market.page.content.hero
    hero.every.click()
    sheet = market.page.forms.sheet
    assert sheet is not None
    assert not hero.every.isChecked()  # it turns when the ledger has it, not before
    sheet.try_it()
    ((_, side, wh, limit, until),) = market.asks.of("instruct")
    assert (side, wh, limit, until) == (Side.SELL, 2_400, 145_000, NOON + 30 * 86_400)
    mandate = Mandate(Side.SELL, 2_400, 145_000, NOON + 30 * 86_400, 8, True)
    market.page.show_market(market.street.empty(mandate=mandate))
    assert hero.every.isChecked()
    hero.every.click()
    (question,) = market.page.window().findChildren(Confirm)
    market.press("Stop it", question)
    assert market.asks.of("stop") == [("stop",)]


def test_lots_are_opened_and_bid_on(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy(account=Account(10**12, 0)))
    page.content.show_section(LOTS)
    market.press("Offer a lot…")
    sheet = page.forms.sheet
    assert isinstance(sheet, LotSheet)
    sheet.energy.edit.setText("1.6")
    sheet.try_it()
    ((_, wh, first, slots, reserve, gate),) = market.asks.of("lot")
    assert (wh, slots, reserve) == (1_600, 16, 80_000)
    assert isinstance(first, int)
    assert isinstance(gate, int)
    assert gate == first - 6
    bids = [i for i, line in enumerate(page.content.lots._rows) if line.action == "bid"]
    page.content.lots._choose(bids[0])
    market.press("Bid on it…")
    sheet = page.forms.sheet
    assert sheet is not None
    sheet.try_it()
    ((_, lot, price),) = market.asks.of("bid")
    chosen = page.content.lots._rows[bids[0]]
    assert (lot, price) == (chosen.lot, chosen.bid or chosen.least)


def test_a_lots_price_is_explained(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    page.content.show_section(LOTS)
    at = next(i for i, line in enumerate(page.content.lots._rows) if line.action == "why")
    page.content.lots._choose(at)
    market.press("Why this price?")
    lot = page.content.lots._rows[at].lot
    assert market.asks.of("why")[-1] == ("why", lot)
    page.explaining.show_lot(market.street.why_lot(lot))
    assert "Why 17.6 ct for this lot?" in words_on(page)


def test_money_goes_in_by_a_reference_and_out_by_a_wish(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    page.content.show_section(WALLET)
    market.press("Copy the reference")
    assert QGuiApplication.clipboard().text() == "1011 1213 1415 1617 1819 1A1B 1C1D 1E1F"
    market.press("Ask for a payout…")
    sheet = page.forms.sheet
    assert isinstance(sheet, PayoutSheet)
    sheet.money.edit.setText("99")
    sheet.try_it()
    assert "Only 12.14 € are free." in words_on(sheet)
    sheet.money.edit.setText("4.5")
    sheet.try_it()
    assert market.asks.of("payout") == [("payout", 4_500_000_000)]
    page.show_market(market.street.busy(account=Account(7_000_000_000, 4_500_000_000, 4_500_000_000)))
    assert "4.50 € wait to be paid out." in words_on(page)
    market.press("Take it back")
    assert market.asks.of("payout back") == [("payout back",)]


# ---- keyboard, palette, theme -------------------------------------------------------------------


def test_the_keyboard_reaches_everything_that_can_be_done(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    page.activateWindow()
    page.take_focus()
    seen: list[str] = []
    for _ in range(40):
        part = market.rig.desktop.app.focusWidget()
        assert part is not None
        assert part.accessibleName(), part
        seen.append(part.accessibleName())
        QTest.keyClick(part, Qt.Key.Key_Tab)
        if market.rig.desktop.app.focusWidget() is page.content.hero.button:
            break
    for name in ("Price a kWh", "Offer it", "Another amount…", "Do this every day", "Orders", "Your orders"):
        assert name in seen, name
    assert any("quarter hours traded today" in name for name in seen)


def test_rows_are_walked_and_opened_by_keys(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    table = page.content.orders.orders.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    first = page.content.orders._rows[0]
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert page.content.orders.panel.line == first


def test_a_line_of_prices_is_read_place_by_place(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    line = page.content.orders.timeline
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line.accessibleDescription().startswith("00:00 – 00:15: ")
    QTest.keyClick(line, Qt.Key.Key_PageDown)
    assert line.index == 4
    page.content.show_section(PRICES)
    assert "Prices of the last 7 days" in page.content.prices.chart.accessibleName()


def test_everything_is_a_command(market: Market) -> None:
    page = market.page
    page.show_market(market.street.busy())
    commands = {command.name: command for command in page.commands()}
    assert commands["market.offer"].enabled()
    commands["market.offer"].run()
    assert len(market.asks.of("offer")) == 1
    commands["market.wallet"].run()
    assert page.content.section == WALLET
    assert commands["market.payout"].enabled()
    assert not commands["market.evidence"].enabled()
    assert not commands["market.stop"].enabled()
    page.show_market(None)
    still = {name for name, command in commands.items() if command.enabled()}
    assert still == {"market.help", "market.refresh"}


def test_what_is_posted_over_the_bridge_arrives(market: Market) -> None:
    bridge = Bridge()
    market.page.listen(bridge)
    bridge.post(replace(market.street.empty(), account=None))
    bridge.post(MarketProblem(MarketTask.OFFER, MarketReason.BARRED))
    market.rig.qtbot.waitUntil(lambda: "This home is barred for now" in words_on(market.page))
    assert "Your home has no account on the ledger yet" in words_on(market.page)
    bridge.close()


def test_a_lost_link_is_said_and_nothing_is_lost(market: Market) -> None:
    waiting = market.street.order(Side.SELL, market.street.slot + 9, OrderStage.WAITING)
    market.page.show_market(market.street.empty(orders=(waiting,)))
    market.page.show_state(HomeState(LinkState.AWAY, zone=ZONE))
    assert "Your meter is out of reach" in words_on(market.page)
    assert "1 order waits on this computer" in words_on(market.page)
    market.press("Offer it")
    assert len(market.asks.of("offer")) == 1  # kept here, sent later


def test_the_theme_leaves_no_old_colour(market: Market) -> None:
    market.page.show_market(market.street.busy())
    market.rig.desktop.look.theme.choose("dark")
    assert wrongly_coloured(market.page) == []
    market.rig.desktop.look.theme.choose("light")
    assert wrongly_coloured(market.page) == []

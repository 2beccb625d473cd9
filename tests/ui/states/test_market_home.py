"""From Home's line and the sidebar's mark to what is behind them on the Market page."""

from __future__ import annotations

import pytest

from ohmstead.market.orders import Side
from ohmstead.services.market_states import MarketState
from ohmstead.ui.pages.home_market import MarketLine
from ohmstead.ui.pages.market_content import ORDERS, WALLET
from ohmstead.ui.product import HomeSources
from ohmstead.ui.sidebar_parts import NavItem
from ohmstead.ui.wording import QtWording
from tests.ui.market_street import Street
from tests.ui.states.conftest import Studios
from tests.ui.states.scenes import enter, scenes
from tests.ui.states.studio import Quiet, Studio

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def entered(studios: Studios, name: str) -> Studio:
    studio = studios(QtWording)
    enter(next(s for s in scenes() if s.name == name), studio)
    return studio


def line(studio: Studio) -> MarketLine:
    return studio.window.home.market


def item(studio: Studio) -> NavItem:
    (found,) = [i for i in studio.window.sidebar.findChildren(NavItem) if i.text() == "Market"]
    return found


def press(studio: Studio, action: str) -> None:
    studio.press(action, line(studio))
    assert studio.window.page == "market"


def test_an_offer_leads_to_the_button_that_posts_it(studios: Studios) -> None:
    studio = entered(studios, "home-market-offer")
    hero = studio.window.market.content.hero
    press(studio, "Offer it")
    assert hero.button.hasFocus()
    assert hero.view is not None
    studio.window.show_page("home")
    view = line(studio).view
    assert view is not None
    assert view.words == hero.view.lead


def test_a_sale_leads_to_its_order_and_its_price(studios: Studios) -> None:
    studio = entered(studios, "home-market-sold")
    view, content = line(studio).view, studio.window.market.content
    assert view is not None
    studio.window.market.choose_side(1)
    content.show_section(WALLET)
    press(studio, "Show")
    assert content.section == ORDERS
    assert studio.window.market.view is not None
    assert studio.window.market.view.side is Side.SELL
    assert content.orders.panel.slot == view.goal.which
    assert studio.window.market._faces.area.verticalScrollBar().value() > 0


def test_missing_money_leads_to_the_wallet(studios: Studios) -> None:
    studio = entered(studios, "home-market-poor")
    press(studio, "Show the wallet")
    assert studio.window.market.content.section == WALLET


def test_a_wrong_price_leads_to_its_banner_and_is_then_marked_no_more(studios: Studios) -> None:
    studio = entered(studios, "home-market-wrong")
    assert item(studio).accessibleName() == "Market: 1 wrong result"
    press(studio, "Show what is wrong")
    assert item(studio).accessibleName() == "Market"
    assert studio.window.market._faces.area.verticalScrollBar().value() == 0
    assert studio.window.product.seen.alarm == 1
    studio.window.show_page("home")
    assert line(studio).isVisible()  # it stands, so Home goes on saying it


def test_a_home_without_a_market_says_nothing(studios: Studios) -> None:
    studio = entered(studios, "home-market-offer")
    assert line(studio).isVisible()
    studio.window.market.show_market(MarketState())
    assert not line(studio).isVisible()
    studio.window.market.show_market(None)
    assert not line(studio).isVisible()
    assert item(studio).accessibleName() == "Market"


def test_a_market_that_is_there_before_the_readings_is_said_with_them(studios: Studios) -> None:
    studio = studios(QtWording)
    studio.reset()
    home, window = studio.files.year("spring"), studio.window
    studio.now_s = home.end_s + 17 * 60
    window.show_home("Orchard Lane 4", HomeSources.of_mirror(home.path))
    window.show_page("home")
    window.market.set_controller(Quiet())
    window.market.show_market(Street(home.zone, studio.now_s).empty())
    assert not line(studio).isVisible()
    studio.settle()
    assert line(studio).isVisible()


def test_another_home_forgets_what_was_known_of_the_first(studios: Studios) -> None:
    studio = entered(studios, "usage-market-wrong")
    assert item(studio).accessibleName() == "Market: 3 wrong results"
    studio.show(studio.files.year("month"), "home")
    assert item(studio).accessibleName() == "Market"
    assert not line(studio).isVisible()

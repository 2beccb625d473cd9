"""Selling tomorrow's surplus in the real window: one click, the meter has it, one click takes it back.

Node, meter with its agent, radio and simulated neighbours are the product's own processes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ohmstead.services.market_states import Checked, MarketState, OrderStage
from tests.e2e.test_keeping import complete
from tests.helpers.windows import Kept, Running, profile_in, window_on

pytestmark = [pytest.mark.processes, pytest.mark.qt]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path / "machines", 6, homes=4, roof=4)
    yield made
    made.end()


class Market:
    """What the page was told last."""

    def __init__(self, here: Running) -> None:
        self.state = MarketState()
        self.count, self.since = 0, 0.0
        here.desktop.bridge.subscribe(MarketState, here.app, self.take)

    def take(self, state: MarketState) -> None:
        self.state = state

    @property
    def money(self) -> bool:
        return self.state.account is not None and self.state.account.free_nano > 0

    def one_order_a_slot(self) -> bool:
        """Whether no order has come for two seconds (they are placed in turn), each for a slot of its own."""
        slots = [o.slot for o in self.state.orders]
        assert len(set(slots)) == len(slots), "a click posts once"
        if len(slots) != self.count:
            self.count, self.since = len(slots), time.monotonic()
        return bool(slots) and time.monotonic() - self.since > 2

    def all_in(self, *stages: OrderStage) -> bool:
        return bool(self.state.orders) and all(o.stage in stages for o in self.state.orders)


def test_tomorrow_is_offered_in_one_click_and_taken_back_in_another(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, machines: Kept
) -> None:
    paths = profile_in(tmp_path / "profile")
    with window_on(qapp, qtbot, paths, machines, paired=True) as here:
        window, market = here.app.window, Market(here)
        here.until(lambda: window.home.isVisible())
        complete(here)
        window.show_page("market")
        here.until(lambda: market.money)
        here.until(lambda: "to spare tomorrow" in here.words(window.market))
        here.click("Offer it", window.market)
        here.until(market.one_order_a_slot)
        here.until(lambda: market.all_in(OrderStage.HANDED, OrderStage.SEALED))
        assert market.one_order_a_slot()
        here.click("Take it all back", window.market)
        here.until(lambda: market.all_in(OrderStage.CANCELLED))
        account = market.state.account
        assert account is not None
        assert (account.locked_nano, account.complete) == (0, True)
        here.until(lambda: sum(r.checked is Checked.EQUAL for r in market.state.results) > 20)
        assert not market.state.alarms

"""What every part of the Market page rests on at a moment: the market's state, the forecast, prices, side, time.

Qt-free. Not here: what is made of it (``market_offer``, ``market_orders`` and the others).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.forecast.outlook import Outlook
from ohmstead.market.orders import Side, Terms
from ohmstead.services.market_states import MarketRules, MarketState
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_data import MarketData
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_times import MarketTimes


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page knows when it says what to offer. ``limit`` is the person's own choice, None for none.

    ``away``: no link to the meter just now. Terms and rules are there.
    """

    state: MarketState
    data: MarketData
    prices: Prices
    side: Side
    times: MarketTimes
    amounts: Amounts
    limit: int | None = None
    away: bool = False

    @property
    def terms(self) -> Terms:
        """The reference of the slots to come."""
        assert self.state.terms is not None
        return self.state.terms

    @property
    def rules(self) -> MarketRules:
        """The ledger's parameters."""
        assert self.state.rules is not None
        return self.state.rules

    @property
    def feed_in(self) -> int:
        """What feed-in pays this home: its own price where it is given, else the ledger's reference."""
        own = self.prices.feed_in_micro_per_kwh
        return self.terms.feed_in if own is None else own

    @property
    def retail(self) -> int:
        """What a kWh costs this home: its own price where it is given, else the ledger's reference."""
        own = self.prices.price_micro_per_kwh
        return self.terms.retail if own is None else own

    @property
    def outlook(self) -> Outlook | None:
        """The forecast of this side."""
        made = self.data.forecast
        return None if made is None else made.surplus if self.side is Side.SELL else made.need

"""A moment on the trading street, and what the presenters are asked about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ohmstead.services.market_states import MarketState
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_page import Known, asked_of
from tests.ui.market_street import Street, foreseen
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
ZONE = build_table("Europe/Rome", date(2025, 1, 1), date(2026, 12, 31))
NOON = 1_750_154_700  # 17 June 2025, 12:05 in Rome
STREET = Street(ZONE, NOON)
TARIFF = Prices(314_000, 79_000)


def asked(state: MarketState, **known: object) -> Asked:
    """What a part of the page rests on; ``known`` changes what the page knows."""
    made = asked_of(replace(Known(state, foreseen(STREET), prices=TARIFF), **known), NOON, WORDS)
    assert made is not None
    return made

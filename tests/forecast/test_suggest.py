"""Suggested offers: whole Wh from the band, within the market's bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.outlook import DayForecast, Kind, Outlook, SlotForecast, TooLittle
from ohmstead.forecast.suggest import (
    STEP_PERCENTS,
    Caution,
    SlotOffer,
    SlotSteps,
    Suggestion,
    pays_from,
    suggest,
    suggest_steps,
    worthwhile_percent,
)


def outlook(*bands: tuple[int, int, int], first: int = 1000) -> Outlook:
    slots = tuple(SlotForecast(first + i, *band) for i, band in enumerate(bands))
    day = DayForecast(10, first, first + len(bands), 0, 0, 0, 0)
    return Outlook(Kind.SURPLUS, slots, (day,), None, None, 0)


def test_careful_and_even() -> None:
    made = outlook((0, 5, 9), (3, 8, 9), (4, 90, 99), (0, 0, 9), (1, 2, 3))
    careful = suggest(made, 10, Caution.CAREFUL, most_wh=50)
    assert careful.offers == (SlotOffer(1001, 3), SlotOffer(1002, 4), SlotOffer(1004, 1))
    assert (careful.total_wh, careful.spans) == (8, (range(1001, 1003), range(1004, 1005)))
    even = suggest(made, 10, Caution.EVEN, most_wh=50)
    assert [o.wh for o in even.offers] == [5, 8, 50, 2]
    assert even.spans == (range(1000, 1003), range(1004, 1005))
    assert suggest(made, 10, Caution.EVEN, most_wh=50, least_wh=8).total_wh == 58


def test_nothing_to_offer() -> None:
    none = Suggestion(())
    assert suggest(outlook((0, 0, 9)), 10, most_wh=5000) == none
    assert suggest(outlook((1, 2, 3)), 11, most_wh=5000) == none
    assert suggest(Outlook(Kind.NEED, (), (), TooLittle.STALE, None, 0), 10, most_wh=5000) == none
    assert (none.total_wh, none.spans) == (0, ())


@pytest.mark.parametrize(("least", "most"), [(0, 5), (-1, 5), (6, 5), (1, 0)])
def test_bounds_that_make_no_sense(least: int, most: int) -> None:
    with pytest.raises(ForecastError, match="at least"):
        suggest(outlook((1, 2, 3)), 10, most_wh=most, least_wh=least)


@pytest.mark.parametrize("percent", [-1, 0, 9, 91, 1000])
def test_beyond_the_band_nothing_is_known(percent: int) -> None:
    with pytest.raises(ForecastError, match="the band reaches"):
        suggest(outlook((1, 2, 3)), 10, percent, most_wh=10)


def test_between_the_edges() -> None:
    made = outlook((100, 200, 600))
    found = [suggest(made, 10, p, most_wh=5000).total_wh for p in (10, 30, 50, 70, 90)]
    assert found == [100, 150, 200, 400, 600]


@given(
    st.lists(st.tuples(*[st.integers(0, 9000)] * 3).map(sorted).map(tuple), max_size=100),
    st.integers(1, 6000),
    st.integers(10, 89),
)
def test_an_offer_lies_within_the_band_and_the_bound(
    bands: list[tuple[int, int, int]], most: int, percent: int
) -> None:
    made = outlook(*bands)
    suggestion = suggest(made, 10, percent, most_wh=most)
    assert suggestion.total_wh <= suggest(made, 10, percent + 1, most_wh=most).total_wh
    for offer in suggestion.offers:
        low, _, high = bands[offer.slot - 1000]
        assert 1 <= offer.wh <= min(most, high)
        assert offer.wh >= min(most, low)
        assert type(offer.wh) is int
    assert [s for span in suggestion.spans for s in span] == [o.slot for o in suggestion.offers]


@given(st.integers(0, 300_000), st.integers(1, 300_000), st.integers(0, 100), st.sampled_from(Kind))
def test_the_worthwhile_share_earns_most(feed_in: int, margin: int, place: int, kind: Kind) -> None:
    """Against every other share, on a hundred equally likely amounts, by the market's settlement."""
    retail = feed_in + margin
    price = feed_in + margin * place // 100

    def earned(percent: int) -> int:
        total = 0
        for wh in range(100):
            kept = min(wh, percent)
            if kind is Kind.SURPLUS:
                total += price * kept + feed_in * (wh - kept) - (retail - price) * (percent - kept)
            else:
                total -= price * percent + retail * (wh - kept) - feed_in * (percent - kept)
        return total

    best = max(earned(p) for p in range(10, 91))
    assert earned(worthwhile_percent(kind, price, feed_in, retail)) >= best - margin


@pytest.mark.parametrize("prices", [(79, 80, 300), (301, 80, 300), (80, 80, 80), (1, 2, 0)])
def test_a_price_outside_the_tariffs_is_refused(prices: tuple[int, int, int]) -> None:
    with pytest.raises(ForecastError, match="a price of"):
        worthwhile_percent(Kind.SURPLUS, *prices)


def test_steps_are_the_same_amounts_at_every_caution() -> None:
    made = outlook((0, 5, 9), (30, 80, 90), (4, 900, 990))
    found = suggest_steps(made, 10, most_wh=500, least_wh=20)
    assert [steps.slot for steps in found] == [1001, 1002]
    for i, percent in enumerate(STEP_PERCENTS):
        offers = suggest(made, 10, percent, most_wh=500).offers
        assert {o.slot: o.wh for o in offers if o.slot > 1000} == {s.slot: s.wh[i] for s in found if s.wh[i]}
    assert suggest_steps(outlook((0, 0, 1)), 10, most_wh=500) == ()
    assert suggest_steps(made, 11, most_wh=500) == ()
    assert isinstance(found[0], SlotSteps)
    with pytest.raises(ForecastError):
        suggest_steps(made, 10, most_wh=0)


@given(st.integers(0, 200_000), st.integers(1, 300_000), st.integers(10, 90), st.sampled_from(Kind))
def test_a_price_from_which_a_caution_pays_is_the_worthwhile_one_turned_round(
    feed_in: int, gap: int, percent: int, kind: Kind
) -> None:
    retail = feed_in + gap
    price = pays_from(kind, percent, feed_in, retail)
    assert feed_in <= price <= retail
    assert worthwhile_percent(kind, price, feed_in, retail) >= percent
    worse = price - 1 if kind is Kind.SURPLUS else price + 1
    if feed_in <= worse <= retail and percent > 10:
        assert worthwhile_percent(kind, worse, feed_in, retail) < percent


@pytest.mark.parametrize(("percent", "feed_in", "retail"), [(-1, 0, 9), (101, 0, 9), (50, 9, 8)])
def test_a_caution_or_tariffs_that_make_no_sense(percent: int, feed_in: int, retail: int) -> None:
    with pytest.raises(ForecastError):
        pays_from(Kind.SURPLUS, percent, feed_in, retail)

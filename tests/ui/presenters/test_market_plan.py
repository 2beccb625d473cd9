"""What one click would post: steps that pay, within the ledger's bounds and the person's own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.outlook import DayForecast, Kind, Outlook, SlotForecast
from ohmstead.forecast.suggest import STEP_PERCENTS, worthwhile_percent
from ohmstead.market.orders import Order, Side, Step, admit
from ohmstead.services.market_states import OrderStage
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_data import MarketData
from ohmstead.ui.presenters.market_page import Known, asked_of
from ohmstead.ui.presenters.market_plan import plan_at_one_limit, plan_in_steps, step_limits, suggested_limit
from tests.ui.market_street import SKILL, TERMS, foreseen
from tests.ui.presenters.market_rig import NOON, STREET, WORDS, ZONE

REFERENCE = Prices(TERMS.retail, TERMS.feed_in)
FIRST = ZONE.slots_of(STREET.today + 1).start + 40


def band(*slots: tuple[int, int, int]) -> DayForecast:
    total = sum(mid for _, mid, _ in slots)
    return DayForecast(STREET.today + 1, FIRST, FIRST + len(slots), total, total, total, 0)


def asked(*slots: tuple[int, int, int], side: Side = Side.SELL, limit: int | None = None) -> Asked:
    """A home whose day tomorrow holds these bands from ``FIRST`` on."""
    found = tuple(SlotForecast(FIRST + i, *edges) for i, edges in enumerate(slots))
    kind = Kind.SURPLUS if side is Side.SELL else Kind.NEED
    data: MarketData = foreseen(STREET, *(Outlook(kind, found, (band(*slots),), None, SKILL, 28),) * 2)
    made = asked_of(Known(STREET.empty(), data, prices=REFERENCE, side=side, limit=limit), NOON, WORDS)
    assert made is not None
    return made


def steps(
    *slots: tuple[int, int, int], side: Side = Side.SELL, limit: int | None = None
) -> list[tuple[Step, ...]]:
    plan = plan_in_steps(asked(*slots, side=side, limit=limit), band(*slots))
    return [] if plan is None else [made for _, made in plan.wants]


def test_each_caution_is_a_step_at_the_price_from_which_it_pays() -> None:
    limits = [102, 124, 146, 168, 190, 212, 234]
    assert steps((100, 180, 260)) == [
        tuple(Step(wh, 1000 * limit) for wh, limit in zip((100, 20, 20, 20, 20, 20, 20), limits, strict=True))
    ]
    assert steps((100, 180, 260), side=Side.BUY) == [
        tuple(Step(s.wh, 380_000 - s.limit) for s in steps((100, 180, 260))[0])
    ]


def test_what_is_never_certain_begins_at_a_better_price() -> None:
    assert steps((0, 40, 80)) == [
        tuple(Step(10, 1000 * limit) for limit in (124, 146, 168, 190, 212, 234)),
    ]


def test_crumbs_go_to_the_next_step_and_a_slot_of_crumbs_is_left_out() -> None:
    assert steps((20, 32, 44)) == [tuple(Step(wh, limit) for wh, limit in (
        (20, 102_000), (6, 146_000), (6, 190_000), (6, 234_000),
    ))]  # fmt: skip
    assert steps((0, 5, 30)) == []


def test_the_own_limit_gathers_the_steps_below_it() -> None:
    assert steps((100, 180, 260), limit=170_000) == [
        (Step(160, 170_000), Step(20, 190_000), Step(20, 212_000), Step(20, 234_000))
    ]
    assert steps((100, 180, 260), limit=260_000) == [(Step(220, 260_000),)]
    assert steps((100, 180, 260), side=Side.BUY, limit=150_000) == [(Step(200, 150_000), Step(20, 146_000))]


def test_a_slot_that_is_taken_is_left_alone() -> None:
    here = asked((100, 180, 260), (100, 180, 260))
    taken = replace(here, state=STREET.empty(orders=(STREET.order(Side.BUY, FIRST, OrderStage.SEALED),)))
    plan = plan_in_steps(taken, band((0, 0, 0)))
    assert plan is not None
    assert [slot for slot, _ in plan.wants] == [FIRST + 1]


def test_one_limit_is_where_a_cautious_amount_pays() -> None:
    sells, buys = asked((100, 180, 260)), asked((100, 180, 260), side=Side.BUY)
    assert suggested_limit(sells) == 145_000  # 8 + 3/10 of 22, down to the half cent
    assert suggested_limit(buys) == 235_000
    plan = plan_at_one_limit(sells, band((100, 180, 260)))
    assert plan is not None
    assert plan.wants == ((FIRST, (Step(140, 145_000),)),)


@given(
    bands=st.lists(st.tuples(*(st.integers(0, 3000),) * 3), min_size=1, max_size=3),
    side=st.sampled_from(Side), limit=st.none() | st.integers(0, 400_000),
    own=st.tuples(st.integers(0, 200_000), st.integers(0, 300_000)),
)  # fmt: skip
def test_whatever_is_foreseen_each_step_pays_and_the_ledger_admits_it(
    bands: list[tuple[int, int, int]], side: Side, limit: int | None, own: tuple[int, int]
) -> None:
    slots = [(low, mid, high) for low, mid, high in map(sorted, bands)]
    feed_in, retail = own[0], own[0] + own[1]
    here = replace(asked(*slots, side=side, limit=limit), prices=Prices(retail, feed_in))
    plan = plan_in_steps(here, band(*slots))
    if plan is None:
        return
    low, high = here.terms.band(side)
    assert plan.wh == sum(s.wh for _, made in plan.wants for s in made)
    for slot, made in plan.wants:
        admit(Order(side, made), TERMS)
        edges = slots[slot - FIRST]
        placed = 0
        for step in made:
            placed += step.wh
            if low < step.limit < high and feed_in <= step.limit <= retail and feed_in < retail:
                kind = Kind.SURPLUS if side is Side.SELL else Kind.NEED
                caution = worthwhile_percent(kind, step.limit, feed_in, retail)
                assert placed <= edges[0] + (edges[1] - edges[0]) * (min(caution, 50) - 10) // 40 + (
                    (edges[2] - edges[1]) * max(caution - 50, 0) // 40
                )
    assert set(step_limits(here)) >= {s.limit for _, made in plan.wants for s in made}
    assert len(step_limits(here)) == len(STEP_PERCENTS)

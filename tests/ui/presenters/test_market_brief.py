"""The market in a line: one sentence at a time, the gravest first, in the Market page's own figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.forecast.outlook import Kind
from ohmstead.market.orders import Side
from ohmstead.services.market_states import Account, Alarm, Mandate, MarketState, OrderStage, OrderState
from ohmstead.ui.presenters.market_brief import (
    BriefView,
    Goal,
    MarkModel,
    Seen,
    alarm_key,
    present_brief,
    present_mark,
)
from ohmstead.ui.presenters.market_page import Known, present_market
from tests.ui.market_street import foreseen, outlook
from tests.ui.presenters.market_rig import NOON, STREET, TARIFF, WORDS

ALARM = Alarm("price", "stated 131000, computed 155000", STREET.slot, "7")
MANDATE = Mandate(Side.SELL, 4_000, 120_000, NOON + 86_400, 8, True)


def known(state: MarketState | None) -> Known:
    return Known(state, foreseen(STREET), prices=TARIFF)


def brief(state: MarketState | None, **more: object) -> BriefView | None:
    return present_brief(replace(known(state), **more), NOON, WORDS)


NOTHING_SEEN = Seen()


def mark(state: MarketState | None, seen: Seen = NOTHING_SEEN) -> MarkModel | None:
    return present_mark(known(state), seen, NOON, WORDS)


def tomorrow(stage: OrderStage = OrderStage.HANDED, many: int = 3) -> tuple[OrderState, ...]:
    first = STREET.zone.slots_of(STREET.today + 1).start + 40
    return tuple(
        replace(STREET.order(Side.SELL, first + n, stage), reason="over the rating" if n else "")
        for n in range(many)
    )


@pytest.mark.parametrize(
    "state",
    [
        None,
        MarketState(),
        STREET.empty(account=None),
        STREET.empty(can_trade=False),
        STREET.empty(account=Account(10, 0)),
    ],
)
def test_it_is_quiet_where_there_is_nothing_to_say(state: MarketState | None) -> None:
    assert brief(state) is None
    assert mark(state) is None


def test_what_is_to_spare_is_said_as_the_page_says_it() -> None:
    said = brief(STREET.empty())
    page = present_market(known(STREET.empty()), NOON, WORDS).hero
    assert page is not None
    assert said == BriefView("neutral", "market", page.lead, "Offer it", Goal(Side.SELL))
    assert said.words == "You will have about 3.2 kWh to spare tomorrow."


def test_nobody_is_asked_to_buy_or_to_offer_what_the_meter_offers_by_itself() -> None:
    assert brief(STREET.empty(), data=replace(foreseen(STREET), exports=False)) is None
    assert brief(STREET.empty(mandate=MANDATE)) is None
    nothing = foreseen(STREET, surplus=outlook(Kind.SURPLUS, STREET, 0))
    assert brief(STREET.empty(), data=nothing) is None


def test_a_choice_made_on_the_page_changes_nothing_here() -> None:
    assert brief(STREET.empty(), side=Side.BUY, limit=1) == brief(STREET.empty())


def test_what_today_came_to_is_said_once_tomorrow_is_offered() -> None:
    offer = brief(STREET.busy())
    assert offer is not None
    assert offer.action == "Offer it"
    orders = (*STREET.day(), *tomorrow(many=30))
    said = brief(STREET.busy(orders=orders))
    assert said is not None
    paid = [o for o in STREET.day() if o.delivered_wh]
    assert said.words.startswith(
        f"Sold {sum(o.delivered_wh or 0 for o in paid) / 1000:.1f} kWh in the market "
    )
    assert said.words.endswith(" more than feed-in alone.")
    assert said.goal == Goal(Side.SELL, max(o.slot for o in paid))


def test_sold_for_less_than_feed_in_is_said_so() -> None:
    orders = (*STREET.day(), *tomorrow(many=30))
    said = brief(STREET.busy(orders=orders), prices=replace(TARIFF, feed_in_micro_per_kwh=290_000))
    assert said is not None
    assert said.words.endswith(" less than feed-in alone.")


def test_what_was_not_delivered_yet_is_no_money_yet() -> None:
    orders = [STREET.order(Side.SELL, STREET.slot + 1, OrderStage.CLEARED, fill_wh=400)]
    said = brief(STREET.empty(orders=(*orders, *tomorrow(many=30))))
    assert said is not None
    assert said.words == "0.4 kWh are sold for today and paid once they are delivered."


def test_a_buyer_reads_what_was_bought() -> None:
    data = replace(foreseen(STREET), exports=False)
    said = brief(STREET.busy(Side.BUY), data=data)
    assert said is not None
    assert said.words.startswith("Bought ")
    assert said.words.endswith(" less than retail alone.")
    assert said.goal.side is Side.BUY


def test_what_stands_offered_leads_to_it() -> None:
    orders = tomorrow()
    said = brief(STREET.empty(orders=orders))
    assert said is not None
    assert "kWh are offered at 14.0 ct or more." in said.words
    assert said.goal == Goal(Side.SELL, orders[-1].slot)


def test_a_wrong_clearing_comes_before_everything() -> None:
    said = brief(STREET.busy(alarms=(ALARM,), mandate=MANDATE, account=Account(0, 0)))
    assert said is not None
    assert (said.tone, said.glyph) == ("alarm", "alert")
    assert said.words == "The price for 12:00 does not follow from the orders."
    assert said.goal.which == STREET.slot
    page = present_market(known(STREET.busy(alarms=(ALARM,))), NOON, WORDS).notice
    assert page is not None
    assert said.words == f"{page.head}."
    lot = brief(STREET.busy(alarms=(replace(ALARM, which=bytes(16)), ALARM)))
    assert lot is not None
    assert lot.words == "2 results of the market do not follow from their orders."
    assert lot.goal == Goal(None, bytes(16))


def test_money_is_asked_for_only_where_an_order_waits_for_it() -> None:
    poor = Account(40_000_000, 0)
    said = brief(STREET.empty(account=poor, mandate=MANDATE))
    assert said is not None
    assert said.words == "Too little money for your standing instruction: 1.46 € are missing."
    assert said.goal == Goal(wallet=True)
    assert mark(STREET.empty(account=poor, mandate=MANDATE)) == MarkModel("notice", 1, "too little money")
    for quiet in (
        STREET.empty(account=poor),
        STREET.empty(account=replace(poor, locked_nano=9_000_000_000), mandate=MANDATE),
        STREET.empty(account=poor, mandate=replace(MANDATE, expiry_s=NOON)),
    ):
        assert mark(quiet) is None


def test_refused_orders_are_one_thing_until_they_are_looked_at_or_offered_again() -> None:
    refused = tomorrow(OrderStage.REFUSED)
    state = STREET.empty(orders=refused)
    said = brief(state)
    assert said is not None
    assert said.words == "3 orders were refused: over the rating."
    assert mark(state) == MarkModel("notice", 1, "3 refused orders")
    assert mark(state, Seen().with_all(state)) is None
    again = STREET.empty(orders=(*refused, *tomorrow()))
    assert mark(again) is None
    old = [STREET.order(Side.SELL, STREET.slot - 96, OrderStage.REFUSED)]
    assert mark(STREET.empty(orders=tuple(old))) is None


def test_an_alarm_is_marked_until_it_was_looked_at_and_a_new_one_again() -> None:
    state = STREET.busy(alarms=(ALARM,))
    assert mark(state) == MarkModel("alarm", 1, "1 wrong result")
    seen = Seen().with_all(state)
    assert seen.alarm == 7
    assert mark(state, seen) is None
    assert brief(state) is not None  # Home goes on saying it, for it stands
    newer = STREET.busy(alarms=(replace(ALARM, evidence="8"), ALARM))
    assert mark(newer, seen) == MarkModel("alarm", 1, "1 wrong result")
    assert Seen(7).with_all(MarketState()) == Seen(7)


def test_a_file_that_was_made_anew_is_marked_anew() -> None:
    state = STREET.busy(alarms=(replace(ALARM, evidence="2"),))
    assert mark(state, Seen(alarm=9)) is not None
    assert mark(state, Seen(alarm=9).with_all(state)) is None


@given(st.text(max_size=40))
def test_a_key_is_a_number_or_none(text: str) -> None:
    assert alarm_key(replace(ALARM, evidence=text)) >= 0


@given(
    stages=st.lists(st.sampled_from(list(OrderStage)), max_size=12),
    side=st.sampled_from(list(Side)),
    free=st.integers(0, 10**11),
    alarms=st.integers(0, 3),
    mandate=st.booleans(),
)
def test_whatever_stands_one_sentence_with_a_way_or_none(
    stages: list[OrderStage], side: Side, free: int, alarms: int, mandate: bool
) -> None:
    orders = tuple(STREET.order(side, STREET.slot - 3 + n, stage) for n, stage in enumerate(stages))
    state = STREET.empty(
        orders=orders, account=Account(free, 0), mandate=MANDATE if mandate else None,
        alarms=tuple(replace(ALARM, evidence=f"{n + 1}") for n in range(alarms)),
    )  # fmt: skip
    said, marked = brief(state), mark(state)
    if said is not None:
        assert said.words
        assert said.action
    assert (marked is not None and marked.tone == "alarm") == bool(alarms)
    assert mark(state, Seen().with_all(state)) in (None, MarkModel("notice", 1, "too little money"))

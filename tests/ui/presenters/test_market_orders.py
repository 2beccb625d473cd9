"""Orders as rows, gains, prices, lots, the wallet: each number against its own sum."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.market.orders import Side, Step
from ohmstead.services.market_states import (
    Account,
    Alarm,
    Checked,
    LotStage,
    Movement,
    MovementKind,
    OrderStage,
    OrderState,
)
from ohmstead.ui.presenters.market_lots import present_lots
from ohmstead.ui.presenters.market_orders import gain_of, month_of, present_orders
from ohmstead.ui.presenters.market_page import Known, present_market
from ohmstead.ui.presenters.market_prices import present_prices
from ohmstead.ui.presenters.market_wallet import present_wallet, reference_of
from tests.ui.market_street import HOUSEHOLD, TERMS, foreseen
from tests.ui.presenters.market_rig import NOON, STREET, WORDS, asked


def order(n: int, stage: OrderStage, **more: object) -> OrderState:
    made = OrderState(n, STREET.slot + n, Side.SELL, (Step(300, 140_000),), 1, stage)
    return replace(made, **more)


def rows(*orders: OrderState) -> list[tuple[str, str, str, str]]:
    view = present_orders(asked(STREET.empty(orders=orders)))
    return [(line.when, line.energy, line.price, line.state) for line in view.rows]


def test_neighbours_in_one_state_are_one_row() -> None:
    sealed = [order(n, OrderStage.SEALED) for n in (3, 4, 5)]
    handed = [order(n, OrderStage.HANDED) for n in (6, 7)]
    apart = order(12, OrderStage.HANDED)
    assert rows(*sealed, *handed, apart) == [
        ("15:00 – 15:15", "0.30 kWh", "–", "With the meter"),
        ("13:30 – 14:00", "0.60 kWh", "–", "With the meter"),
        ("12:45 – 13:30", "0.90 kWh", "–", "Sealed"),
    ]


def test_orders_that_were_replaced_do_not_tear_rows_apart() -> None:
    first = [order(n, OrderStage.REPLACED) for n in range(3, 11)]
    then = [replace(order(n, OrderStage.SEALED), version=2, key=100 + n) for n in range(3, 11)]
    assert sorted(state for *_, state in rows(*first, *then)) == ["Replaced", "Sealed"]


@given(st.lists(st.tuples(st.integers(-30, 20), st.sampled_from(OrderStage)), max_size=40))
def test_every_order_stands_in_exactly_one_row(found: list[tuple[int, OrderStage]]) -> None:
    orders = [replace(order(n, stage, fill_wh=100), key=i, version=i) for i, (n, stage) in enumerate(found)]
    view = present_orders(asked(STREET.empty(orders=tuple(orders))))
    keys = [key for line in view.rows for key in line.keys]
    assert sorted(keys) == sorted(o.key for o in orders)
    for line in view.rows:
        assert len(line.keys) == line.last_slot - line.first_slot + 1
        assert not (line.can_cancel and line.why)


def test_only_what_the_gate_has_not_closed_can_be_taken_back() -> None:
    view = present_orders(
        asked(STREET.empty(orders=(order(5, OrderStage.SEALED), order(1, OrderStage.SEALED))))
    )
    assert [line.can_cancel for line in view.rows] == [True, False]
    by_meter = order(5, OrderStage.SEALED, key=-4, standing=True)
    (line,) = present_orders(asked(STREET.empty(orders=(by_meter,)))).rows
    assert not line.can_cancel  # this computer did not make it
    assert "under your standing instruction" in line.detail


@pytest.mark.parametrize(
    ("stage", "state", "detail"),
    [
        (OrderStage.WAITING, "Waits for the meter", "kept on this computer"),
        (OrderStage.SEALED, "Sealed", "Nobody sees what is in it before 13:00"),
        (OrderStage.CLOSED, "Closed, being opened", "Nobody can change anything"),
        (OrderStage.LATE, "Came too late", "Nothing was locked"),
        (OrderStage.REFUSED, "Refused", "Refused: over the rating."),
        (OrderStage.VOID, "No auction", "came back"),
        (OrderStage.FORFEITED, "Lock lost", "community fund"),
        (OrderStage.REPLACED, "Replaced", "took its place"),
        (OrderStage.CANCELLED, "Taken back", "came back"),
    ],
)
def test_every_stage_has_its_words(stage: OrderStage, state: str, detail: str) -> None:
    reason = "over the rating" if stage is OrderStage.REFUSED else ""
    (line,) = present_orders(asked(STREET.empty(orders=(order(5, stage, reason=reason),)))).rows
    assert line.state == state
    assert detail in line.detail
    assert line.glyph  # never colour alone


def test_what_was_delivered_short_is_said_with_its_cost() -> None:
    short = order(-9, OrderStage.PAID, fill_wh=300, price=200_000, delivered_wh=100, money_nano=20_000_000)
    (line,) = present_orders(asked(STREET.empty(orders=(short,)))).rows
    assert line.state == "Paid, partly delivered"
    assert "0.20 kWh of 0.30 kWh were not delivered" in line.detail
    # 100 Wh at 20.0 less the own 7.9 ct; 200 Wh at 30.0 less 20.0 ct.
    assert gain_of(short, asked(STREET.empty())) == 100 * 121_000 - 200 * 100_000
    assert "Against feed-in alone: −0.008 €." in line.detail


def test_the_month_is_the_sum_of_its_orders() -> None:
    orders = tuple(STREET.order(Side.SELL, STREET.slot - n, OrderStage.PAID) for n in range(2, 30))
    last_month = replace(orders[0], slot=STREET.slot - 96 * 40, key=1)
    made = asked(STREET.empty(orders=(*orders, last_month)))
    month = month_of(made)
    assert month is not None
    assert month.label == "Earned in June"
    assert month.money_nano == sum(o.money_nano for o in orders)
    gain = sum(gain_of(o, made) for o in orders)
    assert month.against == f"{made.amounts.money(gain)} more than feed-in alone"
    assert month_of(asked(STREET.empty())) is None


def test_what_missing_energy_cost_is_not_earned() -> None:
    short = order(-9, OrderStage.PAID, fill_wh=300, price=200_000, delivered_wh=200, money_nano=40_000_000)
    made = asked(STREET.empty(orders=(short,)))
    month = month_of(made)
    assert month is not None
    # By so much the account grew, and by so much it would have without a market.
    assert month.money_nano == 40_000_000 - 100 * 100_000
    assert month.money_nano - gain_of(short, made) == 200 * made.feed_in


def test_the_buyer_compares_with_retail_and_pays_the_fee() -> None:
    bought = OrderState(
        1, STREET.slot - 9, Side.BUY, (Step(500, 240_000),), 1, OrderStage.PAID, "", False, 500, 180_000, None,
        500 * 192_000,
    )  # fmt: skip
    made = asked(STREET.empty(orders=(bought,)), side=Side.BUY)
    assert gain_of(bought, made) == 500 * (314_000 - 192_000)
    (line,) = present_orders(made).rows
    assert (line.price, line.money, line.state) == ("19.2", "0.096 €", "Paid")
    month = month_of(made)
    assert month is not None
    assert month.against == "0.06 € less than retail alone"


def test_the_day_has_a_mark_for_every_order_and_a_price_for_every_trade() -> None:
    view = present_orders(asked(STREET.busy()))
    assert view.timeline is not None
    kinds = {kind for _, kind in view.timeline.marks}
    assert {"sealed", "sold", "paid"} <= kinds
    assert view.timeline.count == 96
    assert len(view.timeline.said) == 96
    traded = [p for p in view.timeline.prices if p is not None]
    assert traded
    assert all(TERMS.feed_in <= p <= TERMS.retail for p in traded)


def test_a_first_visit_is_told_how_it_goes() -> None:
    view = present_orders(asked(STREET.empty()))
    assert view.timeline is None
    assert [head for head, _ in view.steps] == ["Sealed", "Locked", "Closed", "Settled"]
    assert "1.50 €" in view.steps[1][1]
    assert "Someone who knows your roof can guess which is yours." in view.seen


def test_a_price_stands_with_the_number_of_orders_behind_it() -> None:
    results = STREET.results(days=1)
    view = present_prices(asked(STREET.empty(results=results)))
    assert [line.slot for line in view.rows] == sorted((r.slot for r in results), reverse=True)[:96]
    assert view.rows[0].orders == f"{results[0].orders}"
    assert "gain up to a third" in view.thin
    thin = present_prices(asked(STREET.empty(results=tuple(replace(r, orders=4) for r in results))))
    assert thin.thin.startswith("Here 4 orders usually stand behind a price: that is thin.")
    wrong = present_prices(asked(STREET.empty(results=(replace(results[0], checked=Checked.WRONG),))))
    assert (wrong.rows[0].checked, wrong.rows[0].glyph, wrong.rows[0].tone) == (
        "Wrong price",
        "alert",
        "alarm",
    )


def test_lots_say_what_can_be_done_with_them() -> None:
    view = present_lots(asked(STREET.busy()))
    by_state = {line.state: line for line in view.rows}
    assert by_state["Takes bids"].action == "bid"
    assert by_state["Takes bids"].least == 100_000 + TERMS.fee or by_state["Takes bids"].bid
    assert by_state["Yours, takes bids"].action == ""
    assert "You pay 17.6 ct a kWh, 0.35 € in all." in by_state["Yours"].detail
    assert "what was locked came back" in by_state["Went to a higher bid"].detail
    assert "Nobody bid" in by_state["Not sold"].detail
    shut = replace(STREET.lots()[0], gate_s=NOON)
    (line,) = present_lots(asked(STREET.empty(lots=(shut,)))).rows
    assert line.action == ""


def test_a_won_lot_that_was_never_seen_open_says_what_it_costs() -> None:
    (won,) = (lot for lot in STREET.lots() if lot.won)
    bare = replace(won, reserve=None, gate_s=None, checked=Checked.NOT_YET)
    (line,) = present_lots(asked(STREET.empty(lots=(bare,)))).rows
    assert (line.reserve, line.action, line.price) == ("–", "", "17.6")
    assert line.detail == "You pay 17.6 ct a kWh, 0.35 € in all."


@pytest.mark.parametrize("stage", LotStage)
@pytest.mark.parametrize("mine", [True, False])
def test_every_stage_of_a_lot_has_words(stage: LotStage, mine: bool) -> None:
    lot = replace(STREET.lots()[0], stage=stage, mine=mine)
    (line,) = present_lots(asked(STREET.empty(lots=(lot,)))).rows
    assert line.state
    assert line.glyph


def test_the_wallet_names_every_movement() -> None:
    made = [
        Movement(i, kind, 1_500_000_000, -1_500_000_000, STREET.slot, b"TRANSFER 4711", NOON)
        for i, kind in enumerate(MovementKind)
    ]
    view = present_wallet(asked(STREET.empty(movements=tuple(made))))
    assert len({row.reason for row in view.rows}) == len(MovementKind)
    assert "reference TRANSFER 4711" in view.rows[0].reason
    assert (view.rows[0].free, view.rows[0].locked) == ("+1.500 €", "−1.500 €")
    assert view.reference == "1011 1213 1415 1617 1819 1A1B 1C1D 1E1F"
    assert view.reference.replace(" ", "") == HOUSEHOLD.hex().upper()
    assert reference_of(b"") == ""


def test_a_reference_that_is_no_text_is_shown_in_hex() -> None:
    hostile = Movement(0, MovementKind.CREDIT, 1, 0, None, b"\x00\xff\x1b[31m", NOON)
    (row,) = present_wallet(asked(STREET.empty(movements=(hostile,)))).rows
    assert "00ff1b5b33316d" in row.reason


def test_the_wallet_says_what_the_balance_rests_on() -> None:
    complete = present_wallet(asked(STREET.empty())).checked
    assert complete is not None
    assert complete.tone == "ok"
    partial = present_wallet(asked(STREET.empty(account=Account(1, 0)))).checked
    assert partial is not None
    assert "still coming in" in partial.words
    pending = present_wallet(asked(STREET.empty(account=Account(1, 3 * 10**9, 3 * 10**9))))
    assert pending.payout == "3.00 € wait to be paid out."
    nothing = present_wallet(asked(STREET.empty(account=None)))
    assert nothing.cannot
    assert "reference" not in present_wallet(asked(STREET.empty(household=b""))).money_in


def test_a_wrong_clearing_is_the_pages_banner_with_evidence() -> None:
    alarm = Alarm(f"slot {STREET.slot}", "price: stated 131000, computed 155000", STREET.slot, "7")
    view = present_market(Known(STREET.busy(alarms=(alarm,)), foreseen(STREET)), NOON, WORDS)
    assert view.notice is not None
    assert (view.notice.tone, view.notice.action) == ("alarm", "evidence")
    assert view.notice.head == "The price for 12:00 does not follow from the orders"
    assert "stated 131000, computed 155000" in view.notice.body

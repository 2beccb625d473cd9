"""What is typed into the market's forms: read exactly, judged before anything is signed, total."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.market.orders import Order, Side, admit
from ohmstead.services.market_states import Account
from ohmstead.ui.presenters.market_typed import (
    hour_ends,
    hours,
    lot_gate,
    lot_hours,
    read_bid,
    read_energy,
    read_lot,
    read_payout,
    read_plan,
    read_standing,
    until_words,
)
from tests.ui.market_street import TERMS
from tests.ui.presenters.market_rig import NOON, STREET, ZONE, asked

RICH = asked(STREET.empty(account=Account(10**13, 0)))
TOMORROW = ZONE.slots_of(STREET.today + 1)
NINE, NOON_SLOT = TOMORROW.start + 36, TOMORROW.start + 48


def test_an_amount_is_spread_to_the_last_watt_hour() -> None:
    plan, problems = read_plan("3.1", "14.5", NINE, NOON_SLOT, RICH)
    assert problems.none
    assert plan is not None
    whs = [steps[0].wh for _, steps in plan.wants]
    assert sum(whs) == 3_100
    assert max(whs) - min(whs) <= 1
    assert {steps[0].limit for _, steps in plan.wants} == {145_000}


@given(
    energy=st.text(max_size=12) | st.decimals(0, 100, places=3).map(str),
    price=st.text(max_size=12) | st.decimals(0, 60, places=2).map(str),
    first=st.integers(-50, 200), long=st.integers(-4, 96), side=st.sampled_from(Side),
)  # fmt: skip
def test_whatever_is_typed_gives_a_plan_the_ledger_admits_or_a_sentence(
    energy: str, price: str, first: int, long: int, side: Side
) -> None:
    made = replace(RICH, side=side)
    start = STREET.slot + first
    plan, problems = read_plan(energy, price, start, start + long, made)
    assert (plan is None) or problems.none
    if plan is None:
        assert not problems.none
        return
    assert sum(steps[0].wh for _, steps in plan.wants) == plan.wh
    for slot, steps in plan.wants:
        assert made.times.open(slot)
        admit(Order(side, steps), TERMS)


@pytest.mark.parametrize(
    ("energy", "price", "what"),
    [
        ("", "14", "energy"), ("many", "14", "energy"), ("0", "14", "energy"), ("-3", "14", "energy"),
        ("61", "14", "energy"), ("0.005", "14", "energy"), ("99999999", "14", "energy"),
        ("1", "", "price"), ("1", "7.9", "price"), ("1", "28.9", "price"), ("1", "dear", "price"),
    ],
)  # fmt: skip
def test_each_mistake_stands_at_its_field(energy: str, price: str, what: str) -> None:
    plan, problems = read_plan(energy, price, NINE, NOON_SLOT, RICH)
    assert plan is None
    assert getattr(problems, what)
    assert not getattr(problems, "price" if what == "energy" else "energy")


def test_too_little_money_is_said_by_the_form_too() -> None:
    poor = asked(STREET.empty(account=Account(1_000_000_000, 0)))
    plan, problems = read_plan("1", "14", NINE, NOON_SLOT, poor)
    assert plan is not None
    assert problems.form.startswith("Too little money")


def test_a_closed_time_is_no_time() -> None:
    _, problems = read_plan("1", "14", STREET.slot - 4, STREET.slot, RICH)
    assert problems.time


def test_hours_begin_with_the_first_open_one_and_end_with_the_day() -> None:
    today = hours(RICH, STREET.today)
    assert all(RICH.times.open(slot) for slot in today)
    assert not RICH.times.open(today[0] - 1)
    ends = hour_ends(RICH, STREET.today, today[0])
    assert ends[-1] == ZONE.slots_of(STREET.today).stop
    assert all(a < b for a, b in pairwise(ends))
    assert len(hours(RICH, STREET.today + 1)) == 24
    assert hours(RICH, ZONE.days[-1] + 5) == []


def test_the_last_day_of_march_has_23_hours() -> None:
    spring = [day for day in ZONE.days if len(ZONE.slots_of(day)) == 92][-1]
    before = replace(RICH, times=replace(RICH.times, now_s=ZONE.slots_of(spring).start * SLOT_SECONDS - 7200))
    assert len(hours(before, spring)) == 23


def test_a_standing_instruction_is_read() -> None:
    standing, problems = read_standing("4", "12", 1, RICH)
    assert problems.none
    assert standing is not None
    assert (standing.side, standing.wh_a_day, standing.limit) == (Side.SELL, 4_000, 120_000)
    assert standing.until_s == NOON + 30 * 86_400
    assert len(until_words(RICH)) == 4
    assert read_standing("x", "12", 0, RICH)[0] is None


def test_a_lots_bids_close_before_its_orders_open() -> None:
    lot, problems = read_lot("2.4", "12", NINE, NOON_SLOT, RICH)
    assert problems.none
    assert lot is not None
    assert (lot.wh, lot.first_slot, lot.slots, lot.reserve) == (2_400, NINE, 12, 120_000)
    rules = RICH.rules
    assert lot.gate_slot < NINE - rules.gate_slots - rules.open_slots
    assert read_lot("2.4", "12", NINE, NINE + 17, RICH)[1].time
    assert read_lot("2.4", "12", STREET.slot + 2, STREET.slot + 6, RICH)[1].time
    assert all(lot_gate(slot, RICH) * SLOT_SECONDS > NOON for slot in lot_hours(RICH, STREET.today))
    poor = asked(STREET.empty(account=Account(100_000_000, 0)))
    assert "Too little money" in read_lot("2.4", "12", NINE, NOON_SLOT, poor)[1].form


def test_a_bid_is_read_between_its_bounds() -> None:
    assert read_bid("18", 2_000, 112_000, 300_000, RICH)[0] == 180_000
    assert read_bid("11.1", 2_000, 112_000, 300_000, RICH)[1].price
    poor = asked(STREET.empty(account=Account(100_000_000, 0)))
    assert "0.50 € are missing" in read_bid("18", 2_000, 112_000, 300_000, poor)[1].form


@given(st.text(max_size=16) | st.decimals(0, 30, places=9).map(str))
def test_no_more_is_paid_out_than_is_free(text: str) -> None:
    made = asked(STREET.empty())
    account = made.state.account
    assert account is not None
    nano, wrong = read_payout(text, made)
    assert bool(wrong) == (nano == 0)
    assert 0 <= nano <= account.free_nano


def test_energy_is_exact() -> None:
    assert read_energy("1,234", RICH) == (1_234, "")
    assert read_energy("0.0001", RICH)[1]

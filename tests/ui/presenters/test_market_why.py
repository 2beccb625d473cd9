"""Why this price: the explanation comes from really clearing the book again, and says so only then."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from ohmstead.market.clearing import clear
from ohmstead.market.orders import Order, Side, Step
from ohmstead.services.market_states import Checked
from ohmstead.ui.presenters.market import MarketProblem, MarketReason, MarketTask
from ohmstead.ui.presenters.market_why import present_why, present_why_lot, work_out
from ohmstead.ui.presenters.market_words import problem_words
from tests.ui.market_street import OWN, TERMS, book_of, why
from tests.ui.presenters.market_rig import STREET, asked

SLOT = STREET.slot - 4
SELL = STREET.own(Side.SELL, SLOT)


def test_the_merit_order_holds_every_step_and_marks_the_own() -> None:
    book = why(SLOT, SELL)
    view = present_why(work_out(book), asked(STREET.busy()))
    merit = view.merit
    assert merit is not None
    steps = sum(len(entry.order.steps) for entry in book.book)
    assert len(merit.supply) + len(merit.demand) == steps == len(view.table.rows)
    assert [s.own for s in merit.supply].count(True) == 1
    assert not any(s.own for s in merit.demand)
    cleared = clear(book.book, TERMS, book.seed)
    assert (merit.price, merit.quantity, merit.interval) == (
        cleared.price, cleared.quantity_wh, cleared.interval,
    )  # fmt: skip
    assert sum("Your offer" in row for row in view.table.rows) == 1


def test_curves_have_no_holes() -> None:
    merit = present_why(work_out(why(SLOT, SELL)), asked(STREET.busy())).merit
    assert merit is not None
    for curve in (merit.supply, merit.demand):
        assert curve[0].start == 0
        assert all(a.end == b.start for a, b in pairwise(curve))


def test_one_more_and_one_less_are_what_the_rule_gives() -> None:
    book = why(SLOT, SELL)
    found = work_out(book)
    assert [delta for delta, _ in found.what_if] == [100, -100]
    for delta, then in found.what_if:
        other = Order(Side.SELL, (Step(SELL.steps[0].wh + delta, SELL.steps[0].limit),))
        assert then == clear(book_of(SLOT, other), TERMS, book.seed)
    view = present_why(found, asked(STREET.busy()))
    assert len(view.what_if) == 2
    assert view.what_if[0].startswith("With 0.1 kWh more: ")


def test_recomputed_here_is_a_fact_of_its_own() -> None:
    made = asked(STREET.busy())
    equal = present_why(work_out(why(SLOT, SELL)), made).check
    assert (equal.tone, equal.words) == (
        "ok", "Recomputed on this computer from all 17 opened orders: same price, same shares.",
    )  # fmt: skip
    wrong = present_why(work_out(why(SLOT, SELL, checked=Checked.WRONG, stated=131_000)), made).check
    assert wrong.tone == "alarm"
    assert "the ledger says 13.10 ct" in wrong.words
    not_yet = present_why(work_out(why(SLOT, SELL, checked=Checked.NOT_YET)), made).check
    assert "not recomputed on this computer yet" in not_yet.words
    assert not_yet.tone == "neutral"


def test_an_order_that_was_too_dear_is_told_so() -> None:
    dear = Order(Side.SELL, (Step(300, 288_000),))
    view = present_why(work_out(why(SLOT, dear)), asked(STREET.busy()))
    assert any("Yours was not served" in line for line in view.sentences)


def test_a_slot_without_trade_has_no_price_to_explain() -> None:
    lone = replace(
        why(SLOT, SELL), book=tuple(e for e in book_of(SLOT, SELL) if e.id == OWN), stated_price=None
    )
    view = present_why(work_out(lone), asked(STREET.busy()))
    assert view.title.startswith("Why no price at")
    assert view.merit is not None
    assert view.merit.price is None
    empty = replace(lone, book=(), own=None)
    assert present_why(work_out(empty), asked(STREET.busy())).table.rows == []


def test_a_book_without_an_own_order_is_explained_too() -> None:
    view = present_why(work_out(why(SLOT, None)), asked(STREET.busy()))
    assert not view.what_if
    assert any("the fee" in line for line in view.sentences)


@pytest.mark.parametrize("pricing", ["midpoint", "low", "high"])
def test_the_rule_of_the_ledger_is_named(pricing: str) -> None:
    book = (
        *book_of(SLOT, Order(Side.SELL, (Step(500, 100_000),)), homes=0),
        replace(book_of(SLOT)[0], order=Order(Side.BUY, (Step(500, 250_000),))),
    )
    made = replace(why(SLOT, SELL), book=book, terms=replace(TERMS, pricing=pricing))
    view = present_why(work_out(made), asked(STREET.busy()))
    rule = {"midpoint": "the middle", "low": "the lowest", "high": "the highest"}[pricing]
    assert any(f"the rule takes {rule}" in line for line in view.sentences)


def test_a_lot_is_explained_by_its_bids() -> None:
    view = present_why_lot(STREET.why_lot(bytes(16)), asked(STREET.busy()))
    assert view.title == "Why 17.6 ct for this lot?"
    assert [row[2] for row in view.table.rows] == ["Won", "Not served", "Not served", "Not served"]
    assert view.table.rows[0][0] == "Your bid"
    assert view.check.tone == "ok"


@pytest.mark.parametrize("reason", MarketReason)
def test_every_reason_says_what_happened_and_what_to_do(reason: MarketReason) -> None:
    made = asked(STREET.busy())
    problem = MarketProblem(MarketTask.OFFER, reason, "the disk is full", STREET.slot, 2_500_000_000)
    head, body = problem_words(problem, made.amounts)
    assert head
    assert body
    if reason is MarketReason.NO_MONEY:
        assert "2.50 €" in body

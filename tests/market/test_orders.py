"""Orders, terms and commitments: bytes that read back, and everything else refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.market.orders import (
    LIMIT,
    MAX_STEPS,
    Order,
    OrderMalformed,
    OrderRefused,
    Side,
    Step,
    Terms,
    TermsRefused,
    admit,
    lot_commitment,
    slot_commitment,
)

TERMS = Terms("midpoint", 80_000, 300_000, 20_000, 5000)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    side = draw(st.sampled_from(Side))
    limits = sorted(draw(st.sets(st.integers(0, LIMIT - 1), max_size=MAX_STEPS)), reverse=side is Side.BUY)
    return Order(side, tuple(Step(draw(st.integers(1, LIMIT - 1)), limit) for limit in limits))


@given(orders())
def test_an_order_reads_back_as_itself(order: Order) -> None:
    assert Order.from_bytes(order.to_bytes()) == order


def test_the_bytes_are_as_the_text_says() -> None:
    assert Order(Side.SELL, (Step(10, 5), Step(20, 6))).to_bytes() == encode([1, [[10, 5], [20, 6]]])
    assert Order(Side.BUY).to_bytes() == encode([0, []])


@given(st.binary(max_size=64))
def test_noise_is_malformed_and_nothing_worse(data: bytes) -> None:
    try:
        order = Order.from_bytes(data)
    except OrderMalformed:
        return
    assert order.to_bytes() == data


@pytest.mark.parametrize(
    "value",
    [
        [2, []], [-1, []], [True, []], [0], [0, [], 0], [0, [[1]]], [0, [[1, 2, 3]]], [0, [[0, 5]]],
        [0, [[-1, 5]]], [0, [[1, -5]]], [0, [[LIMIT, 5]]], [0, [[1, LIMIT]]], [0, [[1, 5], [1, 5]]],
        [0, [[1, 5], [1, 6]]], [1, [[1, 5], [1, 4]]], [0, [[1, 50 - i] for i in range(9)]], [0, None],
        [0, [[b"\x01", 5]]], {0: 0}, 0,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_order_is_refused(value: object) -> None:
    with pytest.raises(OrderMalformed):
        Order.from_bytes(encode(value))


def test_more_bytes_than_any_order_has_are_refused_unread() -> None:
    with pytest.raises(OrderMalformed, match="513"):
        Order.from_bytes(bytes(513))


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(Side.BUY, (Step(3000, 200_000), Step(2001, 150_000))), "steps"),
        (Order(Side.BUY, (Step(1, 300_001),)), "steps[0].limit"),
        (Order(Side.BUY, (Step(1, 100_000), Step(1, 99_999))), "steps[1].limit"),
        (Order(Side.SELL, (Step(1, 79_999),)), "steps[0].limit"),
        (Order(Side.SELL, (Step(1, 280_000), Step(1, 280_001))), "steps[1].limit"),
    ],
    ids=["too much", "bid above retail", "bid below feed-in and fee", "ask below feed-in", "ask above"],
)
def test_what_the_terms_do_not_admit(order: Order, field: str) -> None:
    with pytest.raises(OrderRefused) as refused:
        admit(order, TERMS)
    assert refused.value.field == field


def test_the_edges_of_the_band_are_admitted() -> None:
    admit(Order(Side.BUY, (Step(2500, 300_000), Step(2500, 100_000))), TERMS)
    admit(Order(Side.SELL, (Step(2500, 80_000), Step(2500, 280_000))), TERMS)
    admit(Order(Side.SELL), TERMS)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (("mean", 0, 1, 0, 1), "pricing"),
        (("low", -1, 1, 0, 1), "feed_in"),
        (("low", 0, LIMIT, 0, 1), "retail"),
        (("low", 0, 0, 0, 1), "retail"),
        (("low", 0, 1, -1, 1), "fee"),
        (("low", 0, 1, 0, 0), "max_order_wh"),
        (("low", 0, 1, 0, LIMIT), "max_order_wh"),
        (("low", 5, 9, 5, 1), "retail"),
    ],
)
def test_terms_that_contradict_themselves(terms: tuple[str, int, int, int, int], field: str) -> None:
    with pytest.raises(TermsRefused) as refused:
        Terms(*terms)
    assert refused.value.subject == field


def test_a_commitment_binds_every_part() -> None:
    parts: list[object] = [bytes(32), 7, bytes(16), b"m" * 16, b"k" * 16, 1, b"order", b"s" * 32]
    others: list[object] = [b"g" * 32, 8, b"h" * 16, b"n" * 16, b"l" * 16, 2, b"other", b"t" * 32]
    made = {slot_commitment(*parts)}
    for i, other in enumerate(others):
        made.add(slot_commitment(*parts[:i], other, *parts[i + 1 :]))
    bid: list[object] = [bytes(32), b"l" * 16, b"h" * 16, 1, 5, b"s" * 32]
    changed: list[object] = [b"g" * 32, b"m" * 16, b"i" * 16, 2, 6, b"t" * 32]
    made.add(lot_commitment(*bid))
    for i, other in enumerate(changed):
        made.add(lot_commitment(*bid[:i], other, *bid[i + 1 :]))
    assert len(made) == 1 + 8 + 1 + 6
    assert {len(c) for c in made} == {32}

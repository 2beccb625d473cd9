"""The book file: its answer and hash, and everything that is no book refused by order and field."""

from __future__ import annotations

import copy
import json
import random
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.market.bookfile import BookRefused, clear_book, read_book

BOOK: dict[str, Any] = {
    "rule": "slot/1", "pricing": "midpoint", "feed_in": 80_000, "retail": 300_000, "fee": 10_000,
    "max_order_wh": 5000, "seed": "00ff",
    "orders": [
        {"id": "anna", "side": "buy", "steps": [[500, 290_000], [300, 200_000]]},
        {"id": "bert", "side": "buy", "steps": [[400, 200_000]]},
        {"id": "carl", "side": "sell", "steps": [[1000, 120_000]]},
        {"id": "dora", "side": "sell", "steps": []},
    ],
}  # fmt: skip


def read(book: Any) -> Any:
    return read_book(json.dumps(book))


def test_the_answer_has_the_keys_of_the_text() -> None:
    answer = clear_book(read(BOOK)).to_json()
    assert list(answer) == [
        "quantity_wh", "price", "interval", "fills", "paid_nano", "welfare_nano", "rule", "result_hash",
    ]  # fmt: skip
    fills, paid = answer["fills"], answer["paid_nano"]
    assert (answer["quantity_wh"], answer["price"], answer["interval"]) == (1000, 190_000, [190_000, 190_000])
    assert fills == {"anna": 714, "bert": 286, "carl": 1000, "dora": 0}
    assert paid == {"anna": 714 * 200_000, "bert": 286 * 200_000, "carl": -190_000_000, "dora": 0}
    assert answer["welfare_nano"] == 500 * 280_000 + 500 * 190_000 - 1000 * 120_000
    assert answer["rule"] == "slot/1"


def test_the_hash_is_over_the_canonical_result() -> None:
    answer = clear_book(read(BOOK)).to_json()
    fills = {"anna": 714, "bert": 286, "carl": 1000, "dora": 0}
    paid = {"anna": 142_800_000, "bert": 57_200_000, "carl": -190_000_000, "dora": 0}
    value = encode(
        [1000, 190_000, [190_000, 190_000], [[k, v] for k, v in fills.items()],
         [[k, v] for k, v in paid.items()], 115_000_000, "slot/1"]
    )  # fmt: skip
    assert answer["result_hash"] == sha256(value).hexdigest()


def test_a_book_without_a_trade_has_no_price() -> None:
    answer = clear_book(read(BOOK | {"orders": []})).to_json()
    assert (answer["price"], answer["interval"], answer["fills"]) == (None, None, {})


def test_the_pricing_may_be_left_out() -> None:
    without = {k: v for k, v in BOOK.items() if k != "pricing"}
    assert clear_book(read(without)) == clear_book(read(BOOK))


@given(st.randoms(use_true_random=False))
def test_orders_and_keys_may_stand_in_any_order(rng: random.Random) -> None:
    book = dict(rng.sample(list(BOOK.items()), len(BOOK)))
    book["orders"] = [dict(rng.sample(list(o.items()), 3)) for o in rng.sample(BOOK["orders"], 4)]
    assert json.dumps(clear_book(read(book)).to_json()) == json.dumps(clear_book(read(BOOK)).to_json())


FIELDS = [
    ("rule", "slot/2", "rule"), ("rule", "mengelkamp2018", "rule"), ("rule", 1, "rule"),
    ("pricing", "mean", "pricing"), ("pricing", None, "pricing"), ("feed_in", -1, "feed_in"),
    ("feed_in", 80_000.0, "feed_in"), ("feed_in", "80000", "feed_in"), ("feed_in", True, "feed_in"),
    ("feed_in", 295_000, "retail"), ("retail", 10**12, "retail"), ("retail", 0, "retail"),
    ("fee", -5, "fee"), ("fee", None, "fee"), ("max_order_wh", 0, "max_order_wh"),
    ("max_order_wh", 1 << 31, "max_order_wh"), ("seed", "0", "seed"), ("seed", "zz", "seed"),
    ("seed", "0 0 ", "seed"), ("seed", "00" * 65, "seed"), ("seed", 5, "seed"), ("orders", {}, "orders"),
    ("orders", 7, "orders"), ("orders", [7], "order 1"), ("orders", [[]], "order 1"), ("more", 1, "book"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "subject"), FIELDS, ids=[f"{f}={v!r}"[:40] for f, v, _ in FIELDS])
def test_a_wrong_field_of_the_book_is_named(field: str, value: object, subject: str) -> None:
    with pytest.raises(BookRefused) as refused:
        read(BOOK | {field: value})
    assert refused.value.subject == subject


ORDERS = [
    ({"id": 7}, 'order 2, id'), ({"id": ""}, 'order "", id'), ({"id": "x" * 65}, None),
    ({"id": "anna"}, 'order "anna", id'), ({"id": "\ud800"}, None), ({"side": "bid"}, 'order "bert", side'),
    ({"side": 0}, 'order "bert", side'), ({"steps": None}, 'order "bert", steps'),
    ({"steps": {}}, 'order "bert", steps'), ({"steps": [[1]]}, 'order "bert", steps[0]'),
    ({"steps": [[1, 200_000, 3]]}, 'order "bert", steps[0]'),
    ({"steps": [7]}, 'order "bert", steps[0]'),
    ({"steps": [[1.5, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[1e3, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[float("nan"), 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [["400", 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[True, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[0, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[-400, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[10**18, 200_000]]}, 'order "bert", steps[0].wh'),
    ({"steps": [[5001, 200_000]]}, 'order "bert", steps'),
    ({"steps": [[1, 300_001]]}, 'order "bert", steps[0].limit'),
    ({"steps": [[1, 100_000], [1, 89_999]]}, 'order "bert", steps[1].limit'),
    ({"steps": [[1, 100_000], [1, 100_000]]}, 'order "bert", steps[1].limit'),
    ({"steps": [[1, 100_000], [1, 110_000]]}, 'order "bert", steps[1].limit'),
    ({"steps": [[1, 200_000 - i] for i in range(9)]}, 'order "bert", steps'),
    ({"note": "cheap"}, 'order "bert"'),
]  # fmt: skip


@pytest.mark.parametrize(("change", "subject"), ORDERS, ids=[repr(c)[:50] for c, _ in ORDERS])
def test_a_wrong_order_is_named(change: dict[str, object], subject: str | None) -> None:
    book = copy.deepcopy(BOOK)
    book["orders"][1] |= change
    with pytest.raises(BookRefused) as refused:
        read(book)
    if subject is not None:
        assert refused.value.subject == subject
    assert refused.value.subject.startswith("order ")


@pytest.mark.parametrize("key", ["rule", "feed_in", "retail", "fee", "max_order_wh", "seed", "orders"])
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(BookRefused, match=f"has no {key}"):
        read({k: v for k, v in BOOK.items() if k != key})
    book = copy.deepcopy(BOOK)
    del book["orders"][0]["steps"]
    with pytest.raises(BookRefused, match='order "anna": has no steps'):
        read(book)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "7", '"book"', "[" * 100_000, '{"rule": "slot/1", "rule": "slot/1"}', "\x00",
        '{"fee": ' + "9" * 5000 + "}",
    ],
    ids=["empty", "open", "list", "null", "number", "text", "deep", "key twice", "zero", "long number"],
)  # fmt: skip
def test_what_is_no_book_at_all(text: str) -> None:
    with pytest.raises(BookRefused):
        read_book(text)


def test_deep_nesting_in_a_field_is_only_a_wrong_field() -> None:
    text = json.dumps(BOOK).replace('"00ff"', "[" * 400 + "]" * 400)
    with pytest.raises(BookRefused, match="a list"):
        read_book(text)


def test_more_money_than_63_bits_is_refused() -> None:
    order = {"side": "buy", "steps": []}
    wide = BOOK | {"retail": (1 << 31) - 1, "max_order_wh": (1 << 31) - 1}
    with pytest.raises(BookRefused, match="63 bits"):
        read(wide | {"orders": [order | {"id": "a"}, order | {"id": "b"}, order | {"id": "c"}]})


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*BOOK, "id", "side", "steps"]), inner, max_size=4),
))  # fmt: skip
def test_any_json_is_refused_in_words(value: object) -> None:
    with pytest.raises(BookRefused):
        read(value)
    if isinstance(value, dict):
        with pytest.raises(BookRefused):
            read(BOOK | {"orders": [value]})

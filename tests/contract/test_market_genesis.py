"""A market's parameters in genesis, and the overlay's ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.contract.genesis import AppState
from ohmstead.contract.overlay import Overlay
from ohmstead.contract.parameters import MarketParameters, Reference, series_bytes, series_of, terms_at
from ohmstead.core import market_statements
from ohmstead.core.codec import CodecError, decode, encode
from ohmstead.core.market_inner import AMOUNT_LIMIT
from ohmstead.ledger.statetree import State
from ohmstead.market import orders
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lots import LOT_RULE
from tests.contract.market_rig import FIRST, PARAMS, market_genesis
from tests.contract.rig import make_genesis


def test_a_ledger_without_a_market_keeps_its_bytes() -> None:
    plain = AppState.from_cbor(make_genesis().app_state)
    assert plain.market is None
    assert plain.to_cbor() == make_genesis().app_state
    assert plain.to_cbor()[:2] == b"\x87\x01"


def test_the_parameters_are_read_again() -> None:
    data = market_genesis().app_state
    state = AppState.from_cbor(data)
    assert state.market == PARAMS
    assert state.to_cbor() == data
    fields = decode(data)
    assert isinstance(fields, list)
    assert AppState.from_cbor(encode([*fields[:7], None])).market is None
    for wrong in ([1, *fields[1:]], fields[:7], [3, *fields[1:]], [*fields, 0], []):
        with pytest.raises(CodecError):
            AppState.from_cbor(encode(wrong))


@pytest.mark.parametrize(
    "changes",
    [
        {"pricing": "median"}, {"gate_slots": 0}, {"open_slots": 0}, {"reveal_blocks": 0},
        {"reveal_seconds": 900}, {"max_order_wh": 0}, {"max_order_wh": 2**31}, {"versions": 0},
        {"max_lot_slots": 0}, {"max_order_wh": 2**30}, {"first_slot": 3, "references": (Reference(3, 1, 2, 0),)},
        {"references": ()}, {"references": (Reference(FIRST + 1, 1, 2, 0),)},
        {"references": (Reference(FIRST, 1, 2, 0), Reference(FIRST, 1, 2, 0))},
        {"references": (Reference(FIRST, 2, 2, 1),)}, {"references": (Reference(FIRST, 0, 0, 0),)},
        {"references": tuple(Reference(FIRST + i, 1, 2, 0) for i in range(257))},
    ],
)  # fmt: skip
def test_parameters_under_which_no_market_can_run_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(CodecError):
        replace(PARAMS, **changes)


def test_a_weak_treasury_key_is_refused() -> None:
    value = PARAMS.to_value()
    assert isinstance(value, list)
    assert MarketParameters.from_value(value) == PARAMS
    for key in (bytes(32), b"short"):
        with pytest.raises(CodecError):
            MarketParameters.from_value([*value[:8], key, *value[9:]])


def test_each_slot_has_the_reference_that_was_set_before_it() -> None:
    series = series_bytes((Reference(FIRST, 1, 9, 0), Reference(FIRST + 5, 2, 9, 1)))
    assert series_of(series)[1].fee == 1
    assert [terms_at(PARAMS, series, FIRST + i).feed_in for i in (0, 4, 5, 99)] == [1, 1, 2, 2]
    with pytest.raises(CodecError):
        terms_at(PARAMS, series, FIRST - 1)


def test_a_slots_times() -> None:
    assert (PARAMS.open_s(FIRST), PARAMS.gate_s(FIRST)) == ((FIRST - 5) * 900, (FIRST - 1) * 900)


def test_statements_and_market_name_rules_and_limits_alike() -> None:
    assert (market_statements.SLOT_RULE, market_statements.LOT_RULE) == (SLOT_RULE, LOT_RULE)
    assert market_statements.SALT_BYTES == orders.SALT_BYTES
    assert market_statements.MAX_ORDER_BYTES == orders.MAX_ORDER_BYTES
    assert AMOUNT_LIMIT == orders.LIMIT


keys = st.binary(min_size=1, max_size=3).filter(lambda k: k != b".")


@given(st.dictionaries(keys, st.binary(max_size=2)), st.dictionaries(keys, st.none() | st.binary(max_size=2)),
       st.dictionaries(keys, st.none() | st.binary(max_size=2)), keys, keys)  # fmt: skip
def test_a_range_is_what_reading_every_key_would_find(
    below: dict[bytes, bytes],
    middle: dict[bytes, bytes | None],
    top: dict[bytes, bytes | None],
    start: bytes,
    end: bytes,
) -> None:
    state = State({("m", k): v for k, v in below.items()}.items())
    overlay = Overlay(state.get, state.between)
    model: dict[bytes, bytes | None] = dict(below)
    for writes, view in ((middle, overlay), (top, overlay.above())):
        for key, value in writes.items():
            if value is None:
                view.remove("m", key)
            else:
                view.put("m", key, value)
        model |= writes
        if view is not overlay:
            overlay.absorb(view)
            assert view.get("m", start) == overlay.get("m", start)
    expected = sorted((k, v) for k, v in model.items() if v is not None)
    found = [e for e in overlay.between("m", start, end) if e[0] != b"."]
    assert found == [(k, v) for k, v in expected if start <= k < end]
    prefixed = [e for e in overlay.starting("m", start) if e[0] != b"."]
    assert prefixed == [(k, v) for k, v in expected if k.startswith(start)]


@given(st.lists(keys, unique=True), keys, keys)
def test_the_states_own_ranges(present: list[bytes], start: bytes, end: bytes) -> None:
    state = State({("m", k): k for k in present}.items())
    found = [k for k, v in state.between("m", start, end) if k != b"."]
    assert found == sorted(k for k in present if start <= k < end)
    assert list(state.between("unknown", start, end)) == []

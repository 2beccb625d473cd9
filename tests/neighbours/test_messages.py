"""Bodies of the tally's statements: what is written comes back, everything else is refused by type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, Value, decode, encode
from ohmstead.core.keys import SigningKey
from ohmstead.core.statements import MAX_TRANSACTION, Statement, parse, sign
from ohmstead.neighbours.messages import (
    NEIGHBOUR_TYPES,
    Body,
    GuardianKey,
    OpenRound,
    RosterAction,
    RosterChange,
    Share,
    StateDay,
    StateShape,
)

GENESIS, METER, FIELD = bytes(range(32)), bytes(range(16)), bytes(32)
EPOCH, DAY = 676, 20_600
BODIES: tuple[Body, ...] = (
    GuardianKey(EPOCH, 2, FIELD, FIELD, FIELD),
    *(RosterChange(EPOCH, action, METER, "north-street", 1) for action in RosterAction),
    *(StateDay(EPOCH, "north-street", DAY, METER, bytes(size)) for size in (4_384, 4_544, 4_704)),
    StateShape(EPOCH, "north-street", METER, bytes(61_504)),
    Share(EPOCH, "north-street", DAY, 0, (FIELD,) * 17, FIELD, FIELD),
    Share(EPOCH, "north-street", None, 31, (FIELD,) * 48, FIELD, FIELD),
    OpenRound(EPOCH, "north-street", DAY, tuple(range(17))),
    OpenRound(EPOCH, "north-street", None, tuple(range(48))),
)


@pytest.mark.parametrize("body", BODIES, ids=lambda b: b.TYPE)
def test_a_body_comes_back_and_fits_a_signed_statement(body: Body) -> None:
    data = encode(body.to_value())
    assert type(body).from_value(decode(data)) == body
    key = SigningKey.from_seed(bytes(32))
    signed = sign(key, GENESIS, Statement(body, 1_800_000_000))
    assert len(signed) < MAX_TRANSACTION
    parsed = parse(signed, {b.TYPE: b for b in NEIGHBOUR_TYPES})
    assert parsed.statement.body == body
    parsed.check(key.public, GENESIS)


def test_every_type_has_its_name() -> None:
    assert [b.TYPE for b in NEIGHBOUR_TYPES] == [
        "guardian-key", "guardian-erase", "nbr-join", "nbr-state", "nbr-shape", "nbr-share", "nbr-open",
    ]  # fmt: skip


@pytest.mark.parametrize("body", [
    GuardianKey(-1, 0, FIELD, FIELD, FIELD), GuardianKey(1 << 20, 0, FIELD, FIELD, FIELD),
    GuardianKey(EPOCH, 32, FIELD, FIELD, FIELD), GuardianKey(EPOCH, 0, FIELD[1:], FIELD, FIELD),
    GuardianKey(EPOCH, 0, FIELD, FIELD + b"\0", FIELD), GuardianKey(EPOCH, 0, FIELD, FIELD, b""),
    RosterChange(EPOCH, RosterAction.JOIN, METER, "North Street", 1),
    RosterChange(EPOCH, RosterAction.JOIN, METER[1:], "north", 1),
    RosterChange(EPOCH, RosterAction.JOIN, METER, "north", 0),
    RosterChange(EPOCH, RosterAction.JOIN, METER, "north", 1 << 32),
    StateDay(EPOCH, "north", DAY, METER, bytes(4_385)), StateDay(EPOCH, "north", DAY, METER, bytes(61_504)),
    StateDay(EPOCH + 1, "north", DAY, METER, bytes(4_384)), StateDay(EPOCH, "", DAY, METER, bytes(4_384)),
    StateDay(EPOCH, "north", DAY, FIELD, bytes(4_384)), StateShape(EPOCH, "north", METER, bytes(61_503)),
    Share(EPOCH, "north", DAY, 0, (FIELD,) * 16, FIELD, FIELD),
    Share(EPOCH, "north", DAY, 0, (FIELD,) * 48, FIELD, FIELD),
    Share(EPOCH, "north", None, 0, (FIELD,) * 17, FIELD, FIELD),
    Share(EPOCH, "north", DAY, 0, (*(FIELD,) * 16, b""), FIELD, FIELD),
    Share(EPOCH + 1, "north", DAY, 0, (FIELD,) * 17, FIELD, FIELD),
    Share(EPOCH, "north", DAY, 32, (FIELD,) * 17, FIELD, FIELD),
    OpenRound(EPOCH, "north", DAY, (0,) * 48), OpenRound(EPOCH, "north", None, (0,) * 17),
    OpenRound(EPOCH, "north", DAY, (-1, *[0] * 16)), OpenRound(EPOCH, "north", DAY, (1 << 40, *[0] * 16)),
    OpenRound(EPOCH - 1, "north", DAY, (0,) * 17),
], ids=str)  # fmt: skip
def test_a_field_out_of_shape_is_refused(body: Body) -> None:
    with pytest.raises(CodecError):
        type(body).from_value(decode(encode(body.to_value())))


def test_an_unknown_roster_action_is_refused() -> None:
    value = RosterChange(EPOCH, RosterAction.JOIN, METER, "north", 1).to_value()
    assert isinstance(value, dict)
    for action in ("evict", 1, None):
        with pytest.raises(CodecError):
            RosterChange.from_value(value | {1: action})


values: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 1 << 63) | st.binary(max_size=40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.integers(0, 8), inner, max_size=8),
    max_leaves=20,
)


@given(st.sampled_from(NEIGHBOUR_TYPES), values)
def test_anything_else_is_refused_by_type(kind: type[Body], value: Value) -> None:
    with pytest.raises(CodecError):
        kind.from_value(value)


@settings(max_examples=60)
@given(st.sampled_from(BODIES), st.integers(0, 6), values)
def test_a_field_of_any_value_is_refused_or_read_back(body: Body, field: int, value: Value) -> None:
    good = body.to_value()
    assert isinstance(good, dict)
    changed = {**good, field: value}
    try:
        read = type(body).from_value(changed)
    except CodecError:
        return
    assert read.to_value() == changed
    assert replace(read) == read

"""The market's statements: read back as written, and nothing else is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, Value, encode
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import (
    AMOUNT_LIMIT,
    SLOT_LIMIT,
    AccountKey,
    LotOffer,
    SealedBid,
    SealedOrder,
    seal_inner,
)
from ohmstead.core.market_statements import (
    MARKET_BODIES,
    MARKET_TYPES,
    BidLot,
    CancelOrder,
    CommitOrder,
    Credit,
    Deliver,
    GiveMandate,
    OpenAccount,
    OpenLot,
    Payout,
    RevealBid,
    RevealOrder,
    SetReference,
    Withdraw,
)
from ohmstead.core.statements import BODIES, Body, ReservedType, Statement, StatementError, parse, sign

KEY, OTHER = SigningKey.from_seed(b"\x01" * 32), SigningKey.from_seed(b"\x02" * 32)
GENESIS = b"\x07" * 32
ID, HASH = b"i" * 16, b"h" * 32

BODIES_MADE: tuple[Body, ...] = (
    OpenAccount.of(OTHER, GENESIS, AccountKey(ID, KEY.kid, OTHER.public)),
    CommitOrder.of(OTHER, GENESIS, SealedOrder(5, ID, KEY.kid, 1, HASH)),
    CancelOrder(5, ID, 2),
    RevealOrder(5, ID, b"order", HASH),
    Deliver(5, 100),
    Deliver(ID, 100),
    OpenLot.of(OTHER, GENESIS, LotOffer(ID, KEY.kid, b"n" * 16, 100, 9, 2, 5, 3)),
    BidLot.of(OTHER, GENESIS, SealedBid(ID, ID, KEY.kid, 1, HASH)),
    RevealBid(ID, ID, 7, HASH),
    GiveMandate(ID, ID, 9, 3, HASH),
    Credit(ID, 5, b"r"),
    Payout(ID, 5),
    Withdraw(ID, 5, b"r"),
    SetReference(5, 1, 2, 0),
)


def signed(body: Body) -> bytes:
    return sign(KEY, GENESIS, Statement(body, 99, 1 if body.SEQUENCED else None))


@pytest.mark.parametrize("body", BODIES_MADE, ids=lambda b: b.TYPE)
def test_a_statement_is_read_back_as_it_was_written(body: Body) -> None:
    found = parse(signed(body), MARKET_BODIES)
    assert found.statement.body == body
    found.check(KEY.public, GENESIS)
    if isinstance(body, OpenAccount | CommitOrder | OpenLot | BidLot):
        body.inner.check(OTHER.public, GENESIS)
        for public, genesis in ((KEY.public, GENESIS), (OTHER.public, bytes(32))):
            with pytest.raises(StatementError):
                body.inner.check(public, genesis)


@pytest.mark.parametrize("body", BODIES_MADE, ids=lambda b: b.TYPE)
def test_a_ledger_without_a_market_does_not_know_it(body: Body) -> None:
    with pytest.raises(ReservedType if body.TYPE == "mandate" else StatementError):
        parse(signed(body))


def test_every_type_is_known_once() -> None:
    assert {b.TYPE for b in BODIES_MADE} == {b.TYPE for b in MARKET_TYPES}
    assert len(MARKET_BODIES) == len(BODIES) + len(MARKET_TYPES)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("cancel", {0: SLOT_LIMIT, 1: ID, 2: 1}),
        ("cancel", {0: 5, 1: ID, 2: 0}),
        ("cancel", {0: 5, 1: b"i", 2: 1}),
        ("cancel", {0: 5, 1: ID}),
        ("reveal", {0: 5, 1: ID, 2: bytes(513), 3: HASH}),
        ("reveal", {0: 5, 1: ID, 2: b"", 3: bytes(31)}),
        ("deliver", {0: "slot/2", 1: 5, 2: 1}),
        ("deliver", {0: "slot/1", 1: ID, 2: 1}),
        ("deliver", {0: "lot/1", 1: 5, 2: 1}),
        ("deliver", {0: "slot/1", 1: 5, 2: AMOUNT_LIMIT}),
        ("deliver", {0: "slot/1", 1: 5, 2: -1}),
        ("lot-reveal", {0: ID, 1: ID, 2: -1, 3: HASH}),
        ("mandate", {0: ID, 1: ID, 2: 1, 3: 1 << 16, 4: HASH}),
        ("credit", {0: ID, 1: 0, 2: b"r"}),
        ("credit", {0: ID, 1: 1, 2: b""}),
        ("credit", {0: ID, 1: 1, 2: bytes(33)}),
        ("withdraw", {0: ID, 1: 1 << 63, 2: b"r"}),
        ("payout", {0: ID, 1: -1}),
        ("reference", {0: 5, 1: AMOUNT_LIMIT, 2: 1, 3: 0}),
        ("commit", {0: b"no envelope"}),
        ("commit", {0: bytes(1025)}),
        ("commit", {0: 5}),
        ("account-open", {}),
    ],
)
def test_bodies_out_of_shape_are_refused(kind: str, value: Value) -> None:
    with pytest.raises(CodecError):
        MARKET_BODIES[kind].from_value(value)


def test_an_inner_statement_of_another_kind_is_refused() -> None:
    lot = seal_inner(OTHER, GENESIS, SealedBid(ID, ID, KEY.kid, 1, HASH))
    for kind in ("commit", "lot-open", "account-open"):
        with pytest.raises(CodecError, match="inner"):
            MARKET_BODIES[kind].from_value({0: lot.data})


@pytest.mark.parametrize(
    "payload",
    [
        encode([5, ID, ID, 0, HASH]),
        encode([5, ID, ID, 1, bytes(31)]),
        encode([5, ID, ID, 1]),
        b"",
        b"\x80",
        encode([SLOT_LIMIT, ID, ID, 1, HASH]),
        encode([5, b"", ID, 1, HASH]),
        encode([5, ID, ID, 1, HASH]) + b"\x00",
    ],
)
def test_an_inner_payload_out_of_shape_is_refused(payload: bytes) -> None:
    with pytest.raises(CodecError):
        SealedOrder.from_bytes(payload)


@given(st.sampled_from(sorted(b.TYPE for b in MARKET_TYPES)), st.binary(max_size=60))
def test_noise_in_a_body_is_an_error_of_the_codec_and_nothing_else(kind: str, noise: bytes) -> None:
    for value in ({0: noise}, {0: noise, 1: noise, 2: noise}, noise):
        with pytest.raises(CodecError):
            MARKET_BODIES[kind].from_value(value)


@given(st.binary(max_size=120))
def test_noise_is_no_inner_payload(noise: bytes) -> None:
    readers: tuple[Callable[[bytes], AccountKey | SealedOrder | LotOffer | SealedBid], ...] = (
        AccountKey.from_bytes, SealedOrder.from_bytes, LotOffer.from_bytes, SealedBid.from_bytes,
    )  # fmt: skip
    for read in readers:
        try:
            found = read(noise)
        except CodecError:
            continue
        assert found.to_bytes() == noise

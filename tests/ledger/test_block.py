"""Bytes and hashes of headers, commits, validator sets, genesis; times; protobuf primitives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, decode, encode
from ohmstead.core.keys import SigningKey
from ohmstead.ledger.block import (
    PART_BYTES,
    BlockId,
    Header,
    block_id,
    consensus_hash,
    data_hash,
    encode_block,
    part_set,
    result_bytes,
    results_hash,
)
from ohmstead.ledger.commit import ABSENT, COMMIT, Commit, CommitSig, median_time
from ohmstead.ledger.genesis import ConsensusParams, GenesisDocument, GenesisError
from ohmstead.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of
from ohmstead.ledger.protobuf import (
    ProtobufError,
    bytes_field,
    fields,
    fixed64_field,
    int_field,
    message_field,
    read_uvarint,
    timestamp,
    uvarint,
)
from ohmstead.ledger.timestamps import GO_ZERO_NS, parse_rfc3339, rfc3339
from ohmstead.ledger.validators import (
    MAX_TOTAL_POWER,
    BadValidatorSet,
    Validator,
    ValidatorSet,
    needed,
)
from tests.ledger.chains import FOUR, GENESIS_NS, SECOND, genesis, key, members, still

# ---- protobuf ---------------------------------------------------------------------------------


@given(st.integers(0, 2**64 - 1))
def test_varints_come_back(n: int) -> None:
    assert read_uvarint(uvarint(n), 0) == (n, len(uvarint(n)))


def test_known_bytes() -> None:
    assert uvarint(300).hex() == "ac02"
    assert uvarint(-1).hex() == "ff" * 9 + "01"
    assert timestamp(GO_ZERO_NS).hex() == "088092b8c398feffffff01"
    assert int_field(1, 0) == bytes_field(2, b"") == fixed64_field(3, 0) == b""
    assert message_field(2, b"") == b"\x12\x00"
    assert fixed64_field(2, 1).hex() == "110100000000000000"
    assert BlockId().encode() == b"\x12\x00"


values = st.integers(1, 2**64 - 1) | st.binary(min_size=1)


@given(st.lists(st.tuples(st.integers(1, 1000), values), max_size=9))
def test_fields_come_back(items: list[tuple[int, int | bytes]]) -> None:
    message = b"".join(int_field(n, v) if isinstance(v, int) else bytes_field(n, v) for n, v in items)
    assert fields(message) == items


@given(st.binary(max_size=60))
def test_garbage_is_refused_or_read_but_never_breaks(raw: bytes) -> None:
    try:
        found = fields(raw)
    except ProtobufError:
        return
    assert sum(len(v) for _, v in found if isinstance(v, bytes)) <= len(raw)


@pytest.mark.parametrize("raw", ["08", "0aff", "00", "0b", "0a05aa", "80" * 11, "0d01", "ff" * 9 + "7f"])
def test_cut_short(raw: str) -> None:
    with pytest.raises(ProtobufError):
        fields(bytes.fromhex(raw))


# ---- times ------------------------------------------------------------------------------------


@given(st.integers(-62_135_596_800, 253_402_300_799), st.integers(0, 999_999_999))
def test_times_equal_the_calendar_module(seconds: int, nanos: int) -> None:
    text = rfc3339(seconds * SECOND + nanos)
    expected = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert text[:19] == expected.isoformat()[:19]
    assert parse_rfc3339(text) == seconds * SECOND + nanos


@pytest.mark.parametrize(
    "text",
    ["", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:00:00",
     "2023-01-01T00:00:00+00:00", "2023-01-01T00:00:60Z", "2023-01-01T00:00:00.1234567890Z",
     "2023-00-01T00:00:00Z",
     "٢023-01-01T00:00:00Z", "2023-01-01T00:00:00Z\n"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        parse_rfc3339(text)


def test_zero_time() -> None:
    assert rfc3339(GO_ZERO_NS) == "0001-01-01T00:00:00Z"


# ---- headers and blocks -----------------------------------------------------------------------


def test_every_field_of_a_header_is_under_its_hash() -> None:
    header = still(3).block(3).header
    seen = {header.hash()}
    for name in Header.__dataclass_fields__:
        value = getattr(header, name)
        other = (
            value + 1 if isinstance(value, int)
            else value + "x" if isinstance(value, str)
            else bytes(len(value)) if isinstance(value, bytes)
            else BlockId(bytes(32), 1, bytes(32))
        )  # fmt: skip
        changed = replace(header, **{name: other})
        assert changed.hash() not in seen, name
        seen.add(changed.hash())
    assert len(seen) == 16


def test_a_header_survives_its_bytes_and_refuses_others() -> None:
    header = still(3).block(3).header
    value = decode(encode(header.to_value()))
    assert Header.from_value(value) == header
    assert isinstance(value, list)
    for index, bad in ((1, ""), (1, "x" * 51), (2, -1), (3, -1), (5, bytes(31)), (10, bytes(65)), (13, b"")):
        bent = list(value)
        bent[index] = bad
        with pytest.raises(CodecError):
            Header.from_value(bent)


def test_blocks_are_cut_into_parts() -> None:
    header = still(1).block(1).header
    txs = [bytes(70_000), b"small"]
    raw = encode_block(header, txs, Commit().encode())
    total, root = part_set(raw)
    assert total == 2
    assert root == root_of([leaf_hash(raw[:PART_BYTES]), leaf_hash(raw[PART_BYTES:])])
    assert block_id(header, txs, Commit().encode()) == BlockId(header.hash(), total, root)


def test_roots_of_transactions_and_results() -> None:
    assert data_hash([]) == results_hash([]) == EMPTY_ROOT
    assert data_hash([b"tx"]) == leaf_hash(sha256(b"tx").digest())
    assert result_bytes(0, b"") == b""
    assert results_hash([result_bytes(1, b"d")]) == leaf_hash(b"\x08\x01\x12\x01d")
    # CometBFT v0.38's default parameters, as its nodes put them into headers.
    assert consensus_hash(22_020_096, -1).hex().upper() == (
        "048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F"
    )


# ---- commits ----------------------------------------------------------------------------------


def test_a_commit_survives_its_bytes_and_refuses_others() -> None:
    commit = still(3).block(3).commit
    some = replace(commit, signatures=(CommitSig(), *commit.signatures[1:]))
    assert Commit.from_value(decode(encode(some.to_value()))) == some
    for bad in ([], [1, b"", 0, b""], [4, bytes(20), 0, bytes(64)], [2, bytes(19), 0, bytes(64)],
                [2, bytes(20), 0, bytes(63)], [2, bytes(20), -1, bytes(64)], [2], 1):  # fmt: skip
        with pytest.raises(CodecError):
            CommitSig.from_value(bad)


def votes(*times: tuple[int, int]) -> tuple[Commit, ValidatorSet]:
    """(validator number, power), voting at number * 1000 ns."""
    chosen = members(*times)
    by_key = {v.public_key: v for v in chosen.validators}
    sigs = [CommitSig(COMMIT, by_key[key(n).public].address, n * 1000, bytes(64)) for n, _ in times]
    return Commit(5, 0, BlockId(), tuple(sigs)), chosen


def test_block_time_is_the_median_by_power() -> None:
    assert median_time(*votes((1, 10), (2, 10), (3, 10), (4, 10))) == 2000
    assert median_time(*votes((1, 10), (2, 10), (3, 10))) == 2000
    assert median_time(*votes((1, 1), (2, 1), (9, 10))) == 9000
    assert median_time(*votes((1, 20), (2, 1), (3, 1))) == 1000


def test_absent_votes_have_no_say_in_time() -> None:
    commit, chosen = votes((1, 10), (2, 10), (3, 10))
    sigs = (CommitSig(ABSENT), *commit.signatures[1:])
    assert median_time(replace(commit, signatures=sigs), chosen) == 2000
    with pytest.raises(ValueError):
        median_time(replace(commit, signatures=(CommitSig(),) * 3), chosen)


# ---- validators -------------------------------------------------------------------------------


def test_order_is_power_then_address() -> None:
    mixed = members((0, 5), (1, 50), (2, 5), (3, 7))
    assert [v.power for v in mixed.validators] == [50, 7, 5, 5]
    assert mixed.validators[2].address < mixed.validators[3].address
    assert mixed.hash == root_of([leaf_hash(v.encode()) for v in mixed.validators])
    assert ValidatorSet.from_value(decode(encode(mixed.to_value()))) == mixed


def test_what_is_no_validator_set() -> None:
    a, b = FOUR.validators[:2]
    low_order = bytes.fromhex("01" + "00" * 31)
    for bad in (
        (), (a, a), (b, a), (Validator(a.public_key, 0),), (Validator(a.public_key, MAX_TOTAL_POWER + 1),),
        (Validator(low_order, 1),), (Validator(b"short", 1),),
        (*(replace(v, power=MAX_TOTAL_POWER // 4) for v in FOUR.validators), Validator(key(30).public, 9)),
    ):  # fmt: skip
        with pytest.raises(BadValidatorSet):
            ValidatorSet(bad)
    with pytest.raises(BadValidatorSet):
        ValidatorSet.of([Validator(SigningKey.from_seed(bytes([i]) * 32).public, 1) for i in range(101)])
    with pytest.raises(CodecError):
        ValidatorSet.from_value([])


def test_updates_change_power_add_and_remove() -> None:
    keys = [key(n).public for n in range(6)]
    after = FOUR.updated([(keys[0], 0), (keys[1], 50), (keys[5], 3)])
    assert {v.public_key: v.power for v in after.validators} == {
        keys[1]: 50, keys[2]: 10, keys[3]: 10, keys[5]: 3,
    }  # fmt: skip
    with pytest.raises(BadValidatorSet):
        FOUR.updated([(v.public_key, 0) for v in FOUR.validators])


def test_what_must_be_exceeded() -> None:
    assert needed(40, 2, 3) == 26
    assert needed(4, 2, 3) == 2
    assert needed(3, 2, 3) == 2
    assert needed(4, 1, 3) == 1


# ---- genesis ----------------------------------------------------------------------------------


def test_the_genesis_hash_is_over_canonical_bytes() -> None:
    document = genesis()
    assert document.genesis_hash == sha256(document.to_cbor()).digest()
    assert GenesisDocument.from_cbor(document.to_cbor(), document.genesis_hash) == document
    assert document.single_operator
    assert not replace(document, chain_id="real").single_operator
    value = decode(document.to_cbor())
    assert isinstance(value, list)
    assert value[:3] == [document.chain_id, GENESIS_NS, 1]
    addresses = [m[0] for m in value[4]]
    assert addresses == sorted(addresses)


def test_every_part_of_genesis_is_under_its_hash() -> None:
    document = genesis()
    others = [
        replace(document, chain_id="other-embedded"),
        replace(document, genesis_time_ns=GENESIS_NS + 1),
        replace(document, initial_height=2),
        replace(document, app_state=b"other"),
        replace(document, validators=members((0, 10), (1, 10), (2, 10), (3, 11))),
        replace(document, consensus_params=ConsensusParams(max_bytes=1)),
        replace(document, consensus_params=ConsensusParams(app_version=1)),
    ]
    assert len({d.genesis_hash for d in [document, *others]}) == 8


def test_another_genesis_is_refused() -> None:
    document = genesis()
    value = decode(document.to_cbor())
    assert isinstance(value, list)
    shuffled = [*value[:4], value[4][::-1], value[5]]
    wrong_address = [*value[:4], [[bytes(20), m[1], m[2]] for m in value[4]], value[5]]
    for raw in (b"", b"\x80", encode(shuffled), encode(wrong_address), encode([*value[:4], [], value[5]]),
                encode([*value[:2], 0, *value[3:]]), encode(["", *value[1:]]), bytes(2 << 20)):  # fmt: skip
        with pytest.raises(GenesisError):
            GenesisDocument.from_cbor(raw)
    with pytest.raises(GenesisError, match="label"):
        GenesisDocument.from_cbor(document.to_cbor(), bytes(32))


def test_genesis_json_holds_the_app_state_as_one_hex_string() -> None:
    document = genesis()
    shape = json.loads(document.to_json())
    assert bytes.fromhex(shape["app_state"]) == document.app_state
    assert shape["genesis_time"] == rfc3339(GENESIS_NS)
    assert shape["initial_height"] == "1"
    assert shape["consensus_params"]["block"] == {"max_bytes": "4194304", "max_gas": "-1"}
    assert int(shape["consensus_params"]["evidence"]["max_bytes"]) <= 4_194_304
    assert [v["power"] for v in shape["validators"]] == ["10"] * 4

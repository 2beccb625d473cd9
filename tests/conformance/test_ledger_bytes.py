"""The ledger's own bytes, frozen: genesis, light block, state proofs, compact range, batch of a chain.

``data/ohmstead/ledger.json`` holds what the first release wrote. A difference is a new version of a format,
never an edit of that file. Their grammar is ``ohmstead.cddl``; all other structures: test_golden_*.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ohmstead.core.codec import decode, encode
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.ledger.statetree import State, StateProof
from tests.conformance.cometbft_json import load
from tests.ledger.chains import genesis, members, sign, still

STATE = State(
    {("home", b"a"): b"1", ("meter", b"\x01" * 16): b"record", ("meter", b"\x02" * 16): b"other"}.items()
)
SEVEN = CompactRange().extend(leaf_hash(bytes((i,))) for i in range(7))


def absent_vote() -> LightBlock:
    block = still(3, members((0, 5), (1, 7), (2, 7), (3, 30))).block(3)
    keys = [v.public_key for v in block.validators.validators[:3]]
    return LightBlock(block.header, sign(block.header, block.validators, keys), block.validators)


MADE: dict[str, Callable[[], bytes]] = {
    "genesis": lambda: genesis().to_cbor(),
    "genesis hash": lambda: genesis().genesis_hash,
    "light block": lambda: still(3).block(2).to_cbor(),
    "light block with an absent vote": lambda: absent_vote().to_cbor(),
    "app hash": lambda: STATE.app_hash,
    "presence": lambda: STATE.prove("meter", b"\x01" * 16).to_cbor(),
    "absent key between": lambda: STATE.prove("meter", b"\x01" * 16 + b"x").to_cbor(),
    "absent key at the end": lambda: STATE.prove("meter", b"\xff").to_cbor(),
    "absent module": lambda: STATE.prove("zone", b"x").to_cbor(),
    "compact range": lambda: encode(SEVEN.to_value()),
}
AGAIN: dict[str, Callable[[bytes], bytes]] = {
    "genesis": lambda raw: GenesisDocument.from_cbor(raw).to_cbor(),
    "light block": lambda raw: LightBlock.from_cbor(raw).to_cbor(),
    "presence": lambda raw: StateProof.from_cbor(raw).to_cbor(),
    "absent key between": lambda raw: StateProof.from_cbor(raw).to_cbor(),
    "absent key at the end": lambda raw: StateProof.from_cbor(raw).to_cbor(),
    "absent module": lambda raw: StateProof.from_cbor(raw).to_cbor(),
    "compact range": lambda raw: encode(CompactRange.from_value(decode(raw)).to_value()),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert MADE[name]().hex() == load("ohmstead/ledger.json")[name]


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_written_is_still_read(name: str) -> None:
    raw = bytes.fromhex(load("ohmstead/ledger.json")[name])
    assert AGAIN[name](raw) == raw


def test_nothing_frozen_is_left_out() -> None:
    assert set(load("ohmstead/ledger.json")) == set(MADE)
    assert len(MADE) == 10

"""The ledger's own bytes, frozen: genesis, light block, state proofs, compact range, batch of a chain.

``data/ohmstead/ledger.json`` holds what the first release wrote. A difference is a new version of a format,
never an edit of that file. In CDDL (RFC 8610):

    hash = bstr .size 32          address = bstr .size 20        empty-or-hash = bstr .size 0 / hash
    block-id    = [empty-or-hash, parts: uint, empty-or-hash]
    header      = [[block: uint, app: uint], chain-id: tstr, height: uint, time-ns: uint, block-id,
                   last-commit: empty-or-hash, data: empty-or-hash, validators: empty-or-hash,
                   next-validators: empty-or-hash, consensus: empty-or-hash, app-hash: bstr,
                   last-results: empty-or-hash, evidence: empty-or-hash, proposer: address]
    vote        = [1] / [2 / 3, address, time-ns: uint, signature: bstr .size 64]
    commit      = [height: uint, round: uint, block-id, [* vote]]
    validators  = [+ [key: bstr .size 32, power: uint]]            ; power descending, then address
    light-block = [header, commit, validators]
    genesis     = [chain-id: tstr, time-ns: uint, height: uint, params, [+ [address, key: bstr .size 32,
                   power: uint]], app-state: bstr]                 ; by address; its hash is the genesis hash
    params      = [max-bytes: uint, max-gas: int, max-age-blocks: uint, max-age-ns: uint,
                   evidence-bytes: uint, app-version: uint]
    path        = [total: uint, index: uint, [* hash]]
    neighbour   = [key: bstr, value-hash: hash, path]
    state-proof = [0, module: path, key: path]                     ; there
                / [1, module: path, key: [1*2 neighbour]]          ; no such key
                / [2, module: [1*2 neighbour], null]               ; no such module
    compact     = [size: uint, [* hash]]                           ; one hash per set bit, largest first
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

"""Signed headers over a test ledger's states, and what a meter hands out with them: bundles and tiles."""

from __future__ import annotations

from hashlib import sha256

from ohmstead.core.keys import SigningKey, kid
from ohmstead.ledger import tiles
from ohmstead.ledger.block import NO_EVIDENCE, BlockId, Header
from ohmstead.ledger.commit import COMMIT, PRECOMMIT, Commit, CommitSig, vote_sign_bytes
from ohmstead.ledger.lightblock import LightBlock
from ohmstead.ledger.merkle import EMPTY_ROOT, HashTree
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.slice import HeadBundle, ProvenValue, keys_of_bundle
from tests.contract.rig import CERTIFIER, Ledger, key

SECOND = 10**9
_KEYS: dict[bytes, SigningKey] = {k.public: k for k in (key(f"validator {i}") for i in range(4))}


def light_block(ledger: Ledger, height: int, time_ns: int, app_hash: bytes) -> LightBlock:
    """A header of a height, time and state, signed by all four validators a second later."""
    genesis = ledger.genesis
    validators = genesis.validators
    before = BlockId() if height == 1 else BlockId(sha256(b"block %d" % height).digest(), 1, EMPTY_ROOT)
    header = Header(
        genesis.chain_id, height, time_ns, before, EMPTY_ROOT, EMPTY_ROOT, validators.hash, validators.hash,
        genesis.consensus_hash, app_hash, EMPTY_ROOT, NO_EVIDENCE, validators.validators[0].address,
    )  # fmt: skip
    id_ = BlockId(header.hash(), 1, sha256(b"parts").digest())
    votes = []
    for i, v in enumerate(validators.validators):
        at = time_ns + SECOND + i
        message = vote_sign_bytes(header.chain_id, PRECOMMIT, height, 0, id_, at)
        votes.append(CommitSig(COMMIT, v.address, at, _KEYS[v.public_key].sign(message)))
    return LightBlock(header, Commit(height, 0, id_, tuple(votes)), validators)


def first(ledger: Ledger) -> LightBlock:
    """Header 1: genesis time, the state of InitChain."""
    return light_block(ledger, 1, ledger.genesis.genesis_time_ns, ledger.first_app_hash)


def head(ledger: Ledger) -> LightBlock:
    """The header after the newest block: it proves the present state."""
    return light_block(
        ledger, ledger.height + 1, (ledger.time_s + 60) * SECOND, ledger.machine.state.app_hash
    )


def bundle(ledger: Ledger, meter: bytes, consistency: tuple[bytes, ...] = ()) -> HeadBundle:
    """The head bundle of a meter: everything that it proves with every head."""
    state = ledger.machine.state
    record: MeterRecord = ledger.record(meter)
    values = []
    for module, name in keys_of_bundle(record, meter, kid(CERTIFIER.public)):
        value = state.get(module, name)
        assert value is not None
        values.append(ProvenValue(module, name, value, state.prove(module, name)))
    return HeadBundle(head(ledger), tuple(values), consistency)


def tiles_of(pages: tuple[bytes, ...], tree: HashTree) -> list[tiles.Tile]:
    """A whole log as tiles, each with its subtree proof."""
    made = []
    for index in range(-(-len(pages) // tiles.TILE_PAGES)):
        span = tiles.tile_range(index, len(pages))
        proof = tree.subtree_proof(span.start, span.stop)
        made.append(tiles.pack(span.start, pages[span.start : span.stop], len(pages), proof))
    return made

"""The JSON shapes that CometBFT's RPC clients insist on.

int64 and int as strings, int32 and flags as numbers, hashes in upper hex, keys, signatures and
transactions in base64, times RFC 3339 with all nanoseconds. Not here: methods (``rpc``).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from ohmstead.ledger.block import BlockId, Header
from ohmstead.ledger.commit import ABSENT, Commit
from ohmstead.ledger.stateproof import ProofOp
from ohmstead.ledger.timestamps import rfc3339
from ohmstead.ledger.validators import ValidatorSet

Json = dict[str, object]


def b64(data: bytes) -> str:
    """Base64 text."""
    return base64.b64encode(data).decode()


def upper(data: bytes) -> str:
    """Upper-case hex."""
    return data.hex().upper()


def block_id(value: BlockId) -> Json:
    """``parts``, not ``part_set_header``: CometBFT's client ignores the latter silently."""
    parts = {"total": value.parts_total, "hash": upper(value.parts_hash)}
    return {"hash": upper(value.hash), "parts": parts}


def header(value: Header) -> Json:
    """A header."""
    version = {"block": str(value.version_block), "app": str(value.version_app)}
    return {
        "version": version,
        "chain_id": value.chain_id,
        "height": str(value.height),
        "time": rfc3339(value.time_ns),
        "last_block_id": block_id(value.last_block_id),
        "last_commit_hash": upper(value.last_commit_hash),
        "data_hash": upper(value.data_hash),
        "validators_hash": upper(value.validators_hash),
        "next_validators_hash": upper(value.next_validators_hash),
        "consensus_hash": upper(value.consensus_hash),
        "app_hash": upper(value.app_hash),
        "last_results_hash": upper(value.last_results_hash),
        "evidence_hash": upper(value.evidence_hash),
        "proposer_address": upper(value.proposer_address),
    }


def commit(value: Commit) -> Json:
    """A commit; an absent vote has an empty address and signature."""
    return {
        "height": str(value.height),
        "round": value.round,
        "block_id": block_id(value.block_id),
        "signatures": [
            {
                "block_id_flag": s.flag,
                "validator_address": upper(s.address),
                "timestamp": rfc3339(s.time_ns),
                "signature": b64(s.signature) if s.flag != ABSENT else None,
            }
            for s in value.signatures
        ],
    }


def validators(value: ValidatorSet, height: int, page: int, per_page: int) -> Json:
    """One page of a validator set."""
    chosen = value.validators[(page - 1) * per_page : page * per_page]
    return {
        "block_height": str(height),
        "count": str(len(chosen)),
        "total": str(len(value)),
        "validators": [
            {
                "address": upper(v.address),
                "pub_key": {"type": "tendermint/PubKeyEd25519", "value": b64(v.public_key)},
                "voting_power": str(v.power),
                "proposer_priority": "0",
            }
            for v in chosen
        ],
    }


def proof_ops(ops: Sequence[ProofOp]) -> Json:
    """The operators of a presence proof, which CometBFT's light proxy verifies itself."""
    return {"ops": [{"type": op.type, "key": b64(op.key), "data": b64(op.data)} for op in ops]}

"""CometBFT's JSON, as RPC answers and tendermint-rs's vectors write it, turned into our types."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from ohmstead.ledger.block import BlockId, Header
from ohmstead.ledger.commit import ABSENT, Commit, CommitSig
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.timestamps import parse_rfc3339
from ohmstead.ledger.validators import Validator, ValidatorSet

DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text())


def block_id(value: Any) -> BlockId:
    if value is None:
        return BlockId()
    parts = value.get("parts") or value.get("part_set_header") or {"total": 0, "hash": ""}
    return BlockId(bytes.fromhex(value["hash"]), int(parts["total"]), bytes.fromhex(parts["hash"]))


def header(value: Any) -> Header:
    hashes = (
        "last_commit_hash", "data_hash", "validators_hash", "next_validators_hash", "consensus_hash",
        "app_hash", "last_results_hash", "evidence_hash", "proposer_address",
    )  # fmt: skip
    return Header(
        value["chain_id"],
        int(value["height"]),
        parse_rfc3339(value["time"]),
        block_id(value["last_block_id"]),
        *(bytes.fromhex(value[name] or "") for name in hashes),
        version_block=int(value["version"]["block"]),
        version_app=int(value["version"].get("app") or 0),
    )


def commit(value: Any) -> Commit:
    votes = []
    for vote in value["signatures"] or ():
        if vote["block_id_flag"] == ABSENT:
            votes.append(CommitSig())  # the vectors give absent votes a time, which real nodes do not
            continue
        votes.append(
            CommitSig(
                vote["block_id_flag"],
                bytes.fromhex(vote["validator_address"]),
                parse_rfc3339(vote["timestamp"]),
                base64.b64decode(vote["signature"]),
            )
        )
    return Commit(int(value["height"]), int(value["round"]), block_id(value["block_id"]), tuple(votes))


def validators(value: Any) -> ValidatorSet:
    members = value["validators"] if isinstance(value, dict) else value
    return ValidatorSet.of(
        Validator(base64.b64decode(v["pub_key"]["value"]), int(v.get("voting_power") or v["power"]))
        for v in members
    )


def light_block(value: Any) -> LightBlock:
    signed = value["signed_header"]
    return LightBlock(header(signed["header"]), commit(signed["commit"]), validators(value["validator_set"]))

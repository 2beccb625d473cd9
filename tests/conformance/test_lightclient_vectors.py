"""tendermint-rs: model-generated single light-client steps, with the verdict of the model.

Strict manner, trust level 1/3, clock drift 1 s, trusting period as each file says. A step that succeeds
becomes the trusted state of the next. Not ours: the multi-peer and attack-detector models.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.ledger.lightclient import (
    SECOND_NS,
    LightBlock,
    NotEnoughTrust,
    Rules,
    Trusted,
    check_light_block,
    verify_step,
)
from ohmstead.ledger.timestamps import parse_rfc3339
from tests.conformance.cometbft_json import DATA, header, light_block, load, validators

FILES = sorted(p.name for p in (DATA / "tendermint-rs/model_based").glob("*.json"))


def start(initial: Any) -> Trusted:
    head = header(initial["signed_header"]["header"])
    following = validators(initial["next_validator_set"])
    return Trusted(head.chain_id, head.height, head.time_ns, head.next_validators_hash, following)


def run(case: Any, *, strict: bool) -> list[tuple[str, str]]:
    """(the model's verdict, ours) of every step."""
    initial = case["initial"]
    rules = Rules(1, 3, SECOND_NS, int(initial["trusting_period"]), strict=strict)
    trusted = start(initial)
    out = []
    for step in case["input"]:
        try:
            block = light_block(step["block"])
            verify_step(trusted, block, parse_rfc3339(step["now"]), rules)
        except NotEnoughTrust:
            ours = "NOT_ENOUGH_TRUST"
        except VerificationError:
            ours = "INVALID"
        else:
            ours = "SUCCESS"
            trusted = advance(block, step["block"])
        out.append((step["verdict"], ours))
    return out


def advance(block: LightBlock, value: Any) -> Trusted:
    """The vectors trust the *next* validators of a verified header, as tendermint-rs does."""
    following = validators(value["next_validator_set"])
    assert following.hash == block.header.next_validators_hash
    head = block.header
    return Trusted(head.chain_id, head.height, head.time_ns, head.next_validators_hash, following)


def test_every_step_of_every_file() -> None:
    verdicts: Counter[str] = Counter()
    for name in FILES:
        for expected, ours in run(load(f"tendermint-rs/model_based/{name}"), strict=True):
            assert ours == expected, name
            verdicts[ours] += 1
    assert len(FILES) == 21
    assert verdicts == {"SUCCESS": 24, "NOT_ENOUGH_TRUST": 21, "INVALID": 6}


def test_the_tolerant_manner_never_accepts_more() -> None:
    """It differs only where a bad signature need not stop it, never in power."""
    for name in FILES:
        for expected, ours in run(load(f"tendermint-rs/model_based/{name}"), strict=False):
            if ours == "SUCCESS":
                assert expected == "SUCCESS", name


@pytest.mark.parametrize("name", FILES)
def test_light_blocks_survive_our_own_bytes(name: str) -> None:
    for step in load(f"tendermint-rs/model_based/{name}")["input"]:
        try:
            block = light_block(step["block"])
            check_light_block(block)
        except VerificationError:
            continue
        again = LightBlock.from_cbor(block.to_cbor())
        assert again == block
        assert check_light_block(again) == block.header.hash()

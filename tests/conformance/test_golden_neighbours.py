"""The contract's bytes for neighbours: made again from fixed inputs, read again, a result among them checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.neighbour_roster import Place
from ohmstead.contract.neighbour_rounds import Closed
from ohmstead.contract.neighbour_rules import NEIGHBOUR_BODIES
from ohmstead.core.codec import decode, encode
from ohmstead.core.statements import parse
from ohmstead.ledger.merkle import leaf_hash
from ohmstead.neighbours.dayproof import verify_day
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.messages import NEIGHBOUR_TYPES
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.tally import RunningTally, statement_leaf
from tests.conformance import golden
from tests.conformance.golden_neighbours import MADE, bodies, story
from tests.contract.neighbour_rig import EPOCH, FIRST_DAY, SIGNERS, S
from tests.contract.neighbour_stories import wh_of

FROZEN = golden.frozen("neighbours")
TEXT = (Path(__file__).parents[2] / "resources" / "docs" / "protocol.md").read_text()
STATEMENTS = [n.removeprefix("statement ") for n in MADE if n.startswith("statement ")]
AGAIN: dict[str, Callable[[bytes], bytes]] = {
    **dict.fromkeys(
        (n for n in MADE if n.startswith("app state")), lambda raw: AppState.from_cbor(raw).to_cbor()
    ),
    **dict.fromkeys(
        (n for n in MADE if n.startswith("round record")), lambda raw: RoundRecord.from_bytes(raw).to_bytes()
    ),
    **dict.fromkeys(
        (n for n in MADE if n.startswith("roster place")), lambda raw: Place.from_cbor(raw).to_cbor()
    ),
    "neighbours' parameters": lambda raw: encode(NeighbourParameters.from_value(decode(raw)).to_value()),
    "running sums": lambda raw: encode(RunningTally.from_value(decode(raw)).to_value()),
    "closed round": lambda raw: Closed.from_cbor(raw).to_cbor(),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert MADE[name]().hex() == FROZEN[name].hex()


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_written_is_still_read(name: str) -> None:
    assert AGAIN[name](FROZEN[name]) == FROZEN[name]


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_frozen_statement_verifies(name: str) -> None:
    signed = parse(FROZEN[f"statement {name}"], NEIGHBOUR_BODIES)
    signer, body = bodies()[name]
    assert signed.statement.body == body
    key = story().people[0].meter.key if signer < 0 else SIGNERS[signer]
    signed.check(key.public, story().hash)


def test_the_frozen_result_is_the_plain_statistic_and_its_leaf_the_statement() -> None:
    tally = story()
    record = RoundRecord.from_bytes(FROZEN["round record"])
    assert record.check(tally.hash, tally.guardians(), len(SIGNERS), S) == plain_day(map(wh_of, range(16)), S)
    meter, message = decode(FROZEN["round leaf"])
    verify_day(tally.round(FIRST_DAY), meter, tally.joint(EPOCH), S, message)
    assert leaf_hash(FROZEN["round leaf"]) == statement_leaf(meter, message)


def test_nothing_frozen_is_left_out_and_the_text_lists_every_statement() -> None:
    assert set(FROZEN) == set(MADE)
    rows = re.findall(r"^\| `([a-z-]+)` \|", TEXT[TEXT.index("## 14. ") :], re.M)
    assert sorted(rows) == sorted(b.TYPE for b in NEIGHBOUR_TYPES)
    assert all(f"statement {kind}" in FROZEN for kind in rows)

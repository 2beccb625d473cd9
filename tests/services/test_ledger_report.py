"""The ledger's report: every vote judged again, names only where genesis ties them, two histories, findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState, Member
from ohmstead.errors import UserError
from ohmstead.ledger.commit import NIL, PRECOMMIT, vote_sign_bytes
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightblock import LightBlock
from ohmstead.services import mirroring
from ohmstead.services.finding_files import make_findings
from ohmstead.services.ledger_report import LedgerReport, VoteKind, block_of, names_of, report_of
from ohmstead.store.history import History
from tests.helpers.forge import forged
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FIRST_HOUR, seed_key
from tests.ledger.chains import FOUR, KEYS, key


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 20, 4) as made:
        yield made.synced()


def report(here: Street) -> LedgerReport:
    with History.open(here.home.path) as history:
        trust = mirroring.read_trust(history.mirror, here.ledger.wall_ns())
        assert trust is not None
        return report_of(history, trust, lambda _e: here.home.root)


def test_a_whole_history(here: Street) -> None:
    found = report(here)
    assert (found.first_hour, found.last_hour) == (FIRST_HOUR, FIRST_HOUR + 23)
    assert (found.pages_held, found.pages_proven, found.check.whole) == (24, 24, True)
    assert found.meter == here.meter.id
    assert found.meter_key == here.meter.identity.key.public
    assert found.log_root == here.meter.keeper.tree.root(24)
    assert (found.single_operator, found.replayed, found.late_pages) == (True, True, 18)
    assert (found.findings, found.histories) == ((), ())


def test_who_signed_and_when_by_their_own_clocks(here: Street) -> None:
    head = report(here).head
    block = here.ledger.block(head.height)
    assert (head.hash, head.app_hash) == (block.header.hash(), block.header.app_hash)
    assert [v.kind for v in head.votes] == [VoteKind.SIGNED] * 4
    assert [v.time_ns for v in head.votes] == [s.time_ns for s in block.commit.signatures]
    assert sorted(v.name for v in head.votes) == ["member-0", "member-1", "member-2", "member-3"]
    assert head.signed == 4
    assert (head.over, sum(v.power for v in head.votes)) == (26, 40)


def test_every_kind_of_vote(here: Street) -> None:
    block = here.ledger.head
    votes = list(block.commit.signatures)
    first = votes[0]
    message = vote_sign_bytes(
        block.header.chain_id, PRECOMMIT, block.height, block.commit.round, None, first.time_ns
    )
    signer = KEYS[block.validators.validators[0].public_key]
    votes[0] = replace(first, flag=NIL, signature=signer.sign(message))
    votes[1] = replace(votes[1], signature=bytes(64))
    votes[2] = type(first)()
    changed = LightBlock(block.header, replace(block.commit, signatures=tuple(votes)), block.validators)
    kinds = [v.kind for v in block_of(changed, {}).votes]
    assert kinds == [VoteKind.NIL, VoteKind.BAD, VoteKind.ABSENT, VoteKind.SIGNED]
    times = [v.time_ns for v in block_of(changed, {}).votes]
    assert times[1:3] == [None, None]  # a time nobody signed is no time
    assert times[0] == first.time_ns


def test_a_validator_has_a_name_only_where_genesis_ties_it_to_one(here: Street) -> None:
    genesis = here.ledger.genesis
    state = AppState.from_cbor(genesis.app_state)
    apart = replace(
        state, governance=tuple(Member(m.name, seed_key(m.name).public) for m in state.governance)
    )
    other = GenesisDocument(genesis.chain_id, genesis.genesis_time_ns, FOUR, apart.to_cbor())
    assert len(names_of(genesis)) == 4
    assert names_of(other) == {}


def test_two_histories_are_told_from_the_file(here: Street) -> None:
    ours = here.ledger.block(report(here).head.height)
    theirs = forged(ours, FOUR, [key(n).public for n in (1, 2, 3)], app_hash=sha256(b"another").digest())
    here.home.mirror.add_divergence(ours.height, ours.to_cbor(), theirs.to_cbor(), 1_000)
    (pair,) = report(here).histories
    assert (pair.ours.hash, pair.theirs.hash) == (ours.header.hash(), theirs.header.hash())
    assert (pair.ours.signed, pair.theirs.signed, pair.first_seen_s) == (4, 3, 1_000)
    assert pair.agree_before
    parted = forged(ours, FOUR, last_block_id=replace(ours.header.last_block_id, hash=bytes(32)))
    here.home.mirror.add_divergence(ours.height, ours.to_cbor(), parted.to_cbor(), 1_001)
    assert not report(here).histories[1].agree_before


def test_the_checkpoint_names_chain_height_and_block(here: Street) -> None:
    found = report(here)
    origin, height, mark, rest = found.checkpoint.split("\n")
    assert origin == f"ohmstead/{here.ledger.genesis.chain_id}"
    assert int(height) == found.head.height
    assert (len(mark), rest) == (44, "")


def test_what_was_refused_as_a_file(here: Street) -> None:
    mirror = here.home.mirror
    with pytest.raises(UserError, match="Nothing was refused"):
        make_findings(mirror)
    ours = here.ledger.head
    theirs = forged(ours, FOUR, app_hash=sha256(b"another").digest())
    mirror.add_finding("TileError", "pages 0 to 9", "is not part of the log", b"\x01", 1_700_000_000)
    mirror.add_divergence(ours.height, ours.to_cbor(), theirs.to_cbor(), 1_700_000_060)
    content = json.loads(make_findings(mirror))
    assert (content["form"], content["version"]) == ("ohmstead-findings", 1)
    (refused,) = content["refused"]
    assert refused["what"] == "pages 0 to 9"
    assert refused["first_seen_utc"] == "2023-11-14 22:13:20"
    # Whoever has the file can take both blocks up and judge them.
    (pair,) = content["two_histories"]
    again = [LightBlock.from_cbor(bytes.fromhex(pair[name])) for name in ("known_first", "came_after")]
    assert [b.header.hash() for b in again] == [ours.header.hash(), theirs.header.hash()]
    raw = bytes.fromhex(content["genesis"])
    assert GenesisDocument.from_cbor(raw).genesis_hash == here.ledger.genesis.genesis_hash

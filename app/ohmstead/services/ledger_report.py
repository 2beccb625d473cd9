"""What the Ledger page shows of a home's file: the newest head and who signed it, the proven record, evidence.

Everything is verified again from the file when it is asked for. Here: the values. Not here: words (``ui``),
one reading's receipt (``receipts``). Thread: ``work``.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from ohmstead.contract.genesis import AppState
from ohmstead.core.codec import CodecError
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.commit import ABSENT, NIL
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightblock import LightBlock
from ohmstead.ledger.validators import needed
from ohmstead.ledger.votes import good_votes
from ohmstead.services import mirroring
from ohmstead.services.checking import EpochRoot, HistoryCheck, check_history
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.history import History
from ohmstead.store.records import Finding


class VoteKind(Enum):
    """What a validator did at a height."""

    SIGNED = "signed"
    NIL = "nil"  # voted, but for no block
    ABSENT = "absent"
    BAD = "bad"  # a signature that does not verify: it counts as absent


@dataclass(frozen=True, slots=True)
class Vote:
    """One validator's vote. ``name`` is empty where genesis does not say whose key it is; ``time_ns`` is the
    validator's own clock, None where it did not vote."""

    address: bytes
    name: str
    power: int
    kind: VoteKind
    time_ns: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """A header with its votes, in the order of the set. ``over`` is the power that must be exceeded."""

    height: int
    time_s: int
    hash: bytes
    app_hash: bytes
    before: bytes
    votes: tuple[Vote, ...]
    over: int

    @property
    def signed(self) -> int:
        """How many signed validly."""
        return sum(v.kind is VoteKind.SIGNED for v in self.votes)


@dataclass(frozen=True, slots=True)
class TwoHistories:
    """Two signed blocks of one height, kept as evidence. ``ours`` was known here first."""

    ours: Block
    theirs: Block
    first_seen_s: int

    @property
    def agree_before(self) -> bool:
        """Whether both continue the same block: then they part exactly at this height."""
        return self.ours.before == self.theirs.before


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """Everything the page needs. ``members`` are the consortium's names, as genesis lists them.

    ``first_hour`` is the hour of page 0 (UTC), None while no page is here; ``last_hour`` the last recorded
    one; ``late_pages`` None while anchors are coming in. ``certified_to_hour`` is excluded.
    """

    chain_id: str
    genesis_hash: bytes
    single_operator: bool
    replayed: bool
    members: tuple[str, ...]
    meter: bytes
    meter_key: bytes
    model: bytes
    certified_to_hour: int
    first_hour: int | None
    last_hour: int | None
    pages_held: int
    pages_proven: int
    log_root: bytes = field(repr=False)
    head: Block
    late_pages: int | None
    check: HistoryCheck
    findings: tuple[Finding, ...]
    histories: tuple[TwoHistories, ...]

    @property
    def checkpoint(self) -> str:
        """The head as three lines for comparing by eye or by program: origin, height, Base64 of the hash.

        The body of a C2SP checkpoint (c2sp.org/tlog-checkpoint), unsigned: the validators' own signatures are
        over the block. Two people whose lines differ at one height look at two histories.
        """
        mark = base64.b64encode(self.head.hash).decode()
        return f"ohmstead/{self.chain_id}\n{self.head.height}\n{mark}\n"


def report_of(
    history: History,
    trust: HomeTrust,
    epoch_root: EpochRoot,
    clock_ns: Callable[[], int] = time.perf_counter_ns,
) -> LedgerReport:
    """The report of a file whose trust was verified. Raises ExternalError; ValueError without a head."""
    proven, bundle, mirror = trust.proven, trust.bundle, history.mirror
    if proven is None or bundle is None:
        raise ValueError("nothing is proven yet")
    record = proven.record
    oldest = history.first_page(trust.meter)
    names = names_of(trust.genesis)
    check = check_history(mirror, trust, epoch_root, clock_ns)
    return LedgerReport(
        chain_id=trust.genesis.chain_id,
        genesis_hash=trust.genesis.genesis_hash,
        single_operator=trust.genesis.single_operator,
        replayed=record.replayed,
        members=members_of(trust.genesis),
        meter=trust.meter,
        meter_key=record.public_key,
        model=trust.register.model if trust.register else b"",
        certified_to_hour=record.valid_to,
        first_hour=oldest[1] - oldest[0] if oldest is not None else None,
        last_hour=record.last_hour,
        pages_held=check.pages,
        pages_proven=proven.size,
        log_root=proven.root,
        head=block_of(bundle.light_block, names),
        late_pages=mirroring.late(mirror, trust),
        check=check,
        findings=tuple(mirror.findings()),
        histories=histories_of(history, names),
    )


def histories_of(history: History, names: dict[bytes, str]) -> tuple[TwoHistories, ...]:
    """Every pair of signed blocks of one height that was kept, oldest first; one that is not readable is left."""
    found = []
    for row in history.mirror.divergences():
        try:
            ours, theirs = LightBlock.from_cbor(row.ours), LightBlock.from_cbor(row.theirs)
        except VerificationError:
            continue  # the file was damaged: its findings still say that there were two
        found.append(TwoHistories(block_of(ours, names), block_of(theirs, names), row.first_seen_s))
    return tuple(found)


def block_of(block: LightBlock, names: dict[bytes, str]) -> Block:
    """A light block with each vote judged again."""
    good, _ = good_votes(block)
    votes = []
    for vote, validator in zip(block.commit.signatures, block.validators.validators, strict=True):
        if vote.flag == ABSENT:
            kind = VoteKind.ABSENT
        elif validator.address in good:
            kind = VoteKind.SIGNED
        else:
            kind = VoteKind.NIL if vote.flag == NIL else VoteKind.BAD
        time_ns = None if kind in (VoteKind.ABSENT, VoteKind.BAD) else vote.time_ns
        votes.append(
            Vote(validator.address, names.get(validator.public_key, ""), validator.power, kind, time_ns)
        )
    header = block.header
    return Block(
        header.height, header.time_s, header.hash(), header.app_hash, header.last_block_id.hash, tuple(votes),
        needed(block.validators.total_power, 2, 3),
    )  # fmt: skip


def members_of(genesis: GenesisDocument) -> tuple[str, ...]:
    """The consortium's members by name."""
    try:
        return tuple(m.name for m in AppState.from_cbor(genesis.app_state).governance)
    except CodecError:
        return ()


def names_of(genesis: GenesisDocument) -> dict[bytes, str]:
    """Names by validator key, as far as genesis ties one to the other: a member whose own key signs blocks.

    A member that keeps its governance key apart from its signing key is not tied to it by anything that is
    signed, so its validator has no name here.
    """
    try:
        governance = AppState.from_cbor(genesis.app_state).governance
    except CodecError:
        return {}
    keys = {v.public_key for v in genesis.validators.validators}
    return {m.public_key: m.name for m in governance if m.public_key in keys}

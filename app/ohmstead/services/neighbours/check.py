"""Checking a round on this computer: its record, the own statement in it, every statement of it.

Nothing here asks anybody and nothing here keeps anything. A failure is a VerificationError by name, or one of
this module's. Source: protocol/neighbours, lines 26 and 27.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.core.codec import CodecError, as_bytes, as_list, decode
from ohmstead.core.errors import VerificationError
from ohmstead.core.statements import ID_BYTES
from ohmstead.ledger.merkle import root_of
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import check_own_day, day_bytes, verify_day
from ohmstead.neighbours.guardians import joint_key
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.proofs import ProofRefused
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import Round, epoch_of
from ohmstead.neighbours.shape import SHAPE_BYTES, SHAPE_LEAF_BYTES, check_own_shape, verify_shape
from ohmstead.neighbours.tally import Frozen, RunningTally, close_day, close_shape, statement_leaf


class RoundUnknown(VerificationError):
    """A leaf of a cohort's log is none, stands there twice, or is of a round that is not closed."""


class HashesWrong(VerificationError):
    """The leaf hashes that came are not those of the round that the ledger records."""


class LeftOut(VerificationError):
    """The own statement is on the ledger, as was proven or as the meter says, and not among those added up."""


class AuditFailed(VerificationError):
    """The statements of a round are not those that were added up, or do not come to its sums."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What every check of a ledger's rounds needs: its genesis hash and its neighbours' parameters."""

    genesis: bytes
    params: NeighbourParameters

    @property
    def of(self) -> int:
        """How many guardians there are."""
        return len(self.params.guardians)


def leaf_of(
    ledger: Ledger, cohort: str, index: int, leaves: Sequence[bytes], closed: tuple[int, int]
) -> RoundLeaf:
    """The round of a leaf of a cohort's log, where it may stand there.

    ``closed``: days and epochs below these are. Raises RoundUnknown.
    """
    subject = f"leaf {index} of {cohort}"
    try:
        leaf = RoundLeaf.from_bytes(leaves[index])
    except CodecError as error:
        raise RoundUnknown(subject, str(error)) from error
    number, first, end = (
        (leaf.epoch, epoch_of(ledger.params.first_day), closed[1]) if leaf.day is None
        else (leaf.day, ledger.params.first_day, closed[0])
    )  # fmt: skip
    if leaf.cohort != cohort or (leaf.day is not None and epoch_of(leaf.day) != leaf.epoch):
        raise RoundUnknown(subject, "is of another cohort or month")
    if not first <= number < end:
        raise RoundUnknown(subject, "is of a round that is not closed")
    return leaf


def check_record(
    ledger: Ledger, cohort: Cohort, leaf: RoundLeaf, data: bytes, keys: Mapping[int, GuardianKey]
) -> RoundRecord:
    """The record of a leaf, once everything in it follows. ``keys`` are those that the state proves.

    About 20 ms for each guardian. Raises VerificationError (RecordRefused and what keys, shares, openings raise).
    """
    record = record_of(leaf, data)
    record.check(ledger.genesis, keys, ledger.of, cohort.s)
    return record


def record_of(leaf: RoundLeaf, data: bytes) -> RoundRecord:
    """The record of a leaf by its hash alone. Raises VerificationError."""
    try:
        return leaf.record(data)
    except CodecError as error:
        if isinstance(error, VerificationError):
            raise
        raise RoundUnknown(leaf.cohort, str(error)) from error


def is_included(frozen: Frozen, hashes: Sequence[bytes], meter: bytes, message: bytes) -> bool:
    """Whether a statement is among those of a round. Raises HashesWrong unless these are its leaf hashes."""
    if len(hashes) != frozen.n:
        raise HashesWrong("leaf hashes", f"{len(hashes)} came, {frozen.n} statements were added")
    if root_of(hashes) != frozen.root:
        raise HashesWrong("leaf hashes", "do not give the root that the ledger records")
    return statement_leaf(meter, message) in hashes


def check_own(
    cohort: Cohort, joint: bytes, day: int | None, amounts: Sequence[int], seed: bytes, message: bytes
) -> None:
    """That the own message encrypts the own verified readings. Raises VerificationError."""
    try:
        if day is None:
            check_own_shape(message, joint, amounts, seed)
        else:
            check_own_day(message, joint, sum(amounts), cohort.s, seed)
    except ValueError as error:
        raise ProofRefused("own statement", str(error)) from error


class Audit:
    """Line 27 for one round: every statement verified as it comes, then the sums compared."""

    def __init__(self, ledger: Ledger, cohort: Cohort, record: RoundRecord, joint: bytes) -> None:
        assert record.frozen is not None
        self._cohort = cohort
        self._record = record
        self._frozen: Frozen = record.frozen
        self._joint = joint
        self._round = Round(ledger.genesis, cohort.id, record.epoch, record.day)
        self._tally = RunningTally.of_shape() if record.day is None else RunningTally.of_day(cohort.s)
        self._meters: set[bytes] = set()

    @property
    def done(self) -> int:
        """How many statements hold."""
        return self._tally.n

    def add(self, leaf: bytes) -> None:
        """Verifies the next statement, about 26 ms of a day and 0.35 s of a load shape.

        Raises AuditFailed, and what ``verify_day`` and ``verify_shape`` raise.
        """
        name = f"statement {self.done} of {self._record.name}"
        if self.done >= self._frozen.n:
            raise AuditFailed(name, f"only {self._frozen.n} were added")
        try:
            raw, data = as_list(decode(leaf, max_size=SHAPE_LEAF_BYTES), "statement", 2)
            meter = as_bytes(raw, "meter", ID_BYTES)
            size = SHAPE_BYTES if self._round.day is None else day_bytes(self._cohort.s)
            message = as_bytes(data, "message", size)
        except CodecError as error:
            raise AuditFailed(name, str(error)) from error
        if meter in self._meters:
            raise AuditFailed(name, f"a second one of meter {meter.hex()}")
        self._meters.add(meter)
        if self._round.day is None:
            added = verify_shape(self._round, meter, self._joint, message)
        else:
            added = verify_day(self._round, meter, self._joint, self._cohort.s, message).ciphertexts
        self._tally = self._tally.with_statement(meter, message, added)

    def end(self) -> None:
        """That these are all, and come to the recorded sums. Raises AuditFailed."""
        name = self._record.name
        if self.done != self._frozen.n:
            raise AuditFailed(name, f"{self.done} of {self._frozen.n} statements came")
        if self._tally.log.root() != self._frozen.root:
            raise AuditFailed(name, "the statements are not those under the recorded root")
        roster = self._record.roster
        closed = (
            close_shape(self._tally, roster) if self._round.day is None
            else close_day(self._tally, self._cohort.s, roster)
        )  # fmt: skip
        if closed != self._frozen:
            raise AuditFailed(name, "the recorded sums are not those of its statements")


def joint_of(ledger: Ledger, epoch: int, keys: Mapping[int, GuardianKey]) -> bytes:
    """Y of a month. Raises VerificationError."""
    return joint_key(ledger.genesis, epoch, keys.values(), ledger.of)

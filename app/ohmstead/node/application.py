"""What an engine asks of the contract: the application side of a ledger.

``contract.machine.Machine`` fulfils it; engines know nothing else of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.statetree import State

Key = tuple[str, bytes]


class TxResult(Protocol):
    """Code 0 accepted, 1 refused, 2 retry after the next block; ``data`` is under last_results_hash."""

    @property
    def code(self) -> int:
        """The code."""

    @property
    def data(self) -> bytes:
        """The result's bytes."""

    @property
    def log(self) -> str:
        """Words for people; under no hash."""


class Book(Protocol):
    """What a market cleared in a block: leaf data under the log roots that the state holds."""

    @property
    def rule(self) -> str:
        """The market rule, whose log the record is a leaf of."""

    @property
    def index(self) -> int:
        """The record's leaf index in that log."""

    @property
    def book(self) -> Sequence[bytes]:
        """Leaf data of the book, in order."""

    @property
    def results(self) -> Sequence[bytes]:
        """Leaf data of the results, in order."""

    @property
    def record(self) -> bytes:
        """Leaf data of the record."""


class Leaf(Protocol):
    """A leaf of a log that the state holds the root of alone."""

    @property
    def log(self) -> str:
        """The log's name."""

    @property
    def data(self) -> bytes:
        """Leaf data."""


class BlockOutcome(Protocol):
    """What a block did."""

    @property
    def results(self) -> Sequence[TxResult]:
        """One per transaction, in order."""

    @property
    def app_hash(self) -> bytes:
        """AppHash after the block: in the header of the next one."""

    @property
    def changes(self) -> Mapping[Key, bytes | None]:
        """The keys that changed."""

    @property
    def validator_updates(self) -> Sequence[tuple[bytes, int]]:
        """(public key, power) of validators that change."""

    @property
    def notes(self) -> Sequence[tuple[bytes, bytes]]:
        """(home, leaf data): what household logs gained, in order."""

    @property
    def books(self) -> Sequence[Book]:
        """What was cleared, and what rounds came to."""

    @property
    def leaves(self) -> Sequence[Leaf]:
        """What the logs of rounds gained, in order."""


class Application(Protocol):
    """A deterministic state machine."""

    @property
    def state(self) -> State:
        """The state after the newest block."""

    def init_chain(self, genesis: GenesisDocument) -> bytes:
        """Builds the first state; returns its AppHash."""

    def restore(self, height: int, time_s: int, items: Iterable[tuple[Key, bytes]]) -> bytes:
        """Takes over a stored state; returns its AppHash."""

    def check_tx(self, tx: bytes) -> TxResult:
        """Whether a transaction may wait for a block."""

    def choose(self, txs: Iterable[bytes], time_s: int) -> Iterator[bytes]:
        """Those of checked transactions, in order, to which a block of this time would not just say "later"."""

    def finalize_block(self, height: int, time_s: int, txs: Sequence[bytes], proposer: bytes) -> BlockOutcome:
        """Runs a block; ``time_s`` is block time, floored to seconds, ``proposer`` its maker's address."""

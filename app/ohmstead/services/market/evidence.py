"""Evidence of a wrong clearing: one file that shows it to somebody who knows the genesis hash alone, offline.

From the genesis to a header that more than two thirds signed, from its state to the rule's log and the prices,
from the log to the auction's record, from the record's roots to every revealed order; and the clearing of those
comes out otherwise than recorded. Pure. Here: making and checking it. Not here: files, words (``cli``, ``ui``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract.genesis import AppState
from ohmstead.contract.machine import Machine
from ohmstead.contract.parameters import MarketParameters, terms_at
from ohmstead.core.codec import CodecError, as_bytes, as_list, as_text, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger import logtile
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock, bisection, verify_first_header
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.ledger.slice import SliceError
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.records import RecordMalformed, SlotRecord, WrongClearing, log_root, recompute_slot
from ohmstead.services.market.books import Book

FORM = "ohmstead-market-evidence"
MAX_BYTES = 16 << 20


class MarketEvidenceError(VerificationError):
    """The file is no evidence of a wrong clearing; ``subject`` is the part that does not hold."""


@dataclass(frozen=True, slots=True)
class MarketEvidence:
    """The parts, as they were proven. ``tile`` holds the auction's record with its place in the log."""

    genesis: bytes
    first: bytes
    proven: ProvenSet
    rule: str
    index: int
    tile: LogTile
    book: Book

    def to_bytes(self) -> bytes:
        """[form, 1, genesis, header 1, proven values, rule, index, tile, book]."""
        return encode(
            [
                FORM, 1, self.genesis, self.first, self.proven.to_value(), self.rule, self.index,
                self.tile.to_value(), self.book.to_bytes(),
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> MarketEvidence:
        """The parts of a file. Raises MarketEvidenceError, and what the parts raise."""
        try:
            v = as_list(decode(data, max_size=MAX_BYTES), "evidence", 9)
            if v[0] != FORM or as_uint(v[1], "version") != 1:
                raise CodecError("another form or version")
            return cls(
                as_bytes(v[2], "genesis"), as_bytes(v[3], "header"), ProvenSet.from_value(v[4]),
                as_text(v[5], "rule"), as_uint(v[6], "index"), LogTile.from_value(v[7]),
                Book.from_bytes(as_bytes(v[8], "book")),
            )  # fmt: skip
        except CodecError as error:
            raise MarketEvidenceError("evidence", str(error)) from error


@dataclass(frozen=True, slots=True)
class Verdict:
    """A clearing that is wrong: which auction, what differs, as of which block."""

    chain_id: str
    subject: str
    reason: str
    height: int
    time_s: int


def is_market_evidence(data: bytes) -> bool:
    """Whether a file says that it is one. Total."""
    return FORM.encode() in data[:64]


def verify(data: bytes, genesis_hash: bytes, now_ns: int) -> Verdict:
    """What the evidence shows.

    Raises VerificationError naming the part that does not hold, MarketEvidenceError where the clearing comes out
    right after all.
    """
    evidence = MarketEvidence.from_bytes(data)
    genesis = GenesisDocument.from_cbor(evidence.genesis, genesis_hash)
    first = LightBlock.from_cbor(evidence.first)
    trusted = verify_first_header(genesis, first, Machine(genesis).init_chain(genesis))
    head = evidence.proven.light_block
    if head.header.validators_hash != genesis.validators_hash:
        raise SliceError("evidence", "its header's validators are not those of the genesis")
    walk = bisection(trusted, head, now_ns)
    try:
        next(walk)
    except StopIteration:
        pass
    else:
        raise MarketEvidenceError("header", "does not follow from the first one in one step")
    params = AppState.from_cbor(genesis.app_state).market
    if params is None or evidence.rule != SLOT_RULE:
        raise MarketEvidenceError("rule", f"{evidence.rule} is no rule of this ledger's slots")
    try:
        _recompute(evidence, params, genesis_hash)
    except (WrongClearing, RecordMalformed) as error:
        height, time_s = head.header.height, head.header.time_s
        return Verdict(genesis.chain_id, error.subject, error.reason, height, time_s)
    raise MarketEvidenceError("clearing", "comes out as it is recorded")


def _recompute(evidence: MarketEvidence, params: MarketParameters, genesis_hash: bytes) -> None:
    proven = evidence.proven
    values = proven.check([(item.module, item.key) for item in proven.items])
    try:
        series = _there(values.get(("market", b"reference")))
        size, root, _ = as_list(decode(_there(values.get(("market", SLOT_RULE.encode())))), "log", 3)
        tile, at = evidence.index // TILE_LEAVES, evidence.index % TILE_LEAVES
        leaves = logtile.verify(evidence.tile, tile, as_uint(size, "size"), as_bytes(root, "root", 32))
        raw = leaves[at]
    except (CodecError, IndexError) as error:
        raise MarketEvidenceError("state", str(error)) from error
    record, slot = SlotRecord.from_bytes(raw), params.first_slot + evidence.index
    book = evidence.book
    if (log_root(book.book), log_root(book.results)) != (record.book_root, record.result_root):
        raise MarketEvidenceError("book", "is not the one whose roots are recorded")
    if record.slot != slot:
        raise WrongClearing(f"slot {slot}", "slot", record.slot, slot)
    recompute_slot(record, book.book, terms_at(params, series, slot), genesis_hash, book.results)


def _there(value: bytes | None) -> bytes:
    if value is None:
        raise CodecError("a value is missing")
    return value

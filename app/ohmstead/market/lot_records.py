"""What a finished lot leaves on the ledger, and its recomputation by anyone.

As ``market.records`` for slots: one leaf of the log of ``lot/1``, with the roots of the revealed bids and of
their results. Here: those leaves, making and checking them. Not here: the auction (``market.lots``).
Source: protocol/market, B.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ohmstead.core.codec import (
    CodecError,
    as_bool,
    as_bytes,
    as_list,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.market.clearing import tie_seed
from ohmstead.market.lots import LOT_RULE, Lot, LotBid, LotClearing, admit_bid, clear_lot
from ohmstead.market.orders import LIMIT, SALT_BYTES, OrderRefused, Terms, lot_commitment
from ohmstead.market.records import (
    HASH_BYTES,
    ID_BYTES,
    MAX_LEAF,
    RecordMalformed,
    WrongClearing,
    check_book,
    check_order,
    check_shape,
    compare,
    log_root,
    record_tail,
)
from ohmstead.market.settlement import lot_lock


@dataclass(frozen=True, slots=True)
class LotBookLeaf:
    """One revealed bid with everything its commitment binds, the lot and the ledger apart."""

    commitment: bytes
    household: bytes
    version: int
    bid: int
    salt: bytes

    def to_bytes(self) -> bytes:
        """[commitment, household, version, bid, salt]."""
        return encode([self.commitment, self.household, self.version, self.bid, self.salt])

    @classmethod
    def from_bytes(cls, data: bytes) -> LotBookLeaf:
        """The leaf of these bytes. Raises RecordMalformed."""
        try:
            v = as_list(decode(data, max_size=MAX_LEAF), "lot book leaf", 5)
            return cls(
                as_bytes(v[0], "commitment", HASH_BYTES),
                as_bytes(v[1], "household", ID_BYTES),
                as_uint(v[2], "version"),
                as_uint(v[3], "bid", LIMIT),
                as_bytes(v[4], "salt", SALT_BYTES),
            )
        except CodecError as error:
            raise RecordMalformed("lot book leaf", str(error)) from error


@dataclass(frozen=True, slots=True)
class LotResultLeaf:
    """One bid's outcome: whether it won, and what it pays for the whole lot (nano, fee included)."""

    commitment: bytes
    household: bytes
    won: bool
    money_nano: int

    def to_bytes(self) -> bytes:
        """[commitment, household, won, money]."""
        return encode([self.commitment, self.household, self.won, self.money_nano])

    @classmethod
    def from_bytes(cls, data: bytes) -> LotResultLeaf:
        """The leaf of these bytes. Raises RecordMalformed."""
        try:
            v = as_list(decode(data, max_size=MAX_LEAF), "lot result", 4)
            return cls(
                as_bytes(v[0], "commitment", HASH_BYTES),
                as_bytes(v[1], "household", ID_BYTES),
                as_bool(v[2], "won"),
                as_uint(v[3], "money"),
            )
        except CodecError as error:
            raise RecordMalformed("lot result leaf", str(error)) from error


@dataclass(frozen=True, slots=True)
class LotRecord:
    """One finished lot: n revealed bids, both roots, the all-in price, what went to the fund (nano).

    A void lot lists nothing, has no price and forfeits nothing. Raises RecordMalformed.
    """

    lot: bytes
    n: int
    book_root: bytes
    result_root: bytes
    price: int | None
    fund_nano: int
    void: bool

    def __post_init__(self) -> None:
        check_shape(f"lot {self.lot.hex()}", self.n, self.book_root, self.result_root, self.price)
        if self.void and (self.n or self.fund_nano):
            raise RecordMalformed(f"lot {self.lot.hex()}", "is void, yet bids or forfeits are recorded")

    def to_bytes(self) -> bytes:
        """["lot/1", lot id, n, book root, result root, price or null, fund, void]: the log's leaf data."""
        return encode(
            [
                LOT_RULE, self.lot, self.n, self.book_root, self.result_root, self.price,
                self.fund_nano, self.void,
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> LotRecord:
        """The record of leaf data. Raises RecordMalformed."""
        try:
            v = as_list(decode(data, max_size=MAX_LEAF), "lot record", 8)
            if as_text(v[0], "rule") != LOT_RULE:
                raise CodecError("is of another rule")
            return cls(as_bytes(v[1], "lot", ID_BYTES), *record_tail(v[2:]))
        except CodecError as error:
            raise RecordMalformed("lot record", str(error)) from error


@dataclass(frozen=True, slots=True)
class ClosedLot:
    """A lot's record with everything it stands for; book and results in the order of their logs."""

    record: LotRecord
    book: tuple[LotBookLeaf, ...]
    results: tuple[LotResultLeaf, ...]
    clearing: LotClearing

    @property
    def book_leaves(self) -> tuple[bytes, ...]:
        """The leaf data of the book's log."""
        return tuple(leaf.to_bytes() for leaf in self.book)

    @property
    def result_leaves(self) -> tuple[bytes, ...]:
        """The leaf data of the results' log."""
        return tuple(leaf.to_bytes() for leaf in self.results)


def close_lot(lot: Lot, book: Iterable[LotBookLeaf], terms: Terms, fund_nano: int) -> ClosedLot:
    """Clears a lot's valid reveals, in any order; ``fund_nano`` is what was forfeited in it."""
    leaves = tuple(sorted(book, key=lambda leaf: leaf.commitment))
    seed = tie_seed(LOT_RULE, lot.id, ((leaf.commitment, leaf.salt) for leaf in leaves))
    bids = [LotBid(leaf.commitment, leaf.household, leaf.bid) for leaf in leaves]
    clearing = clear_lot(bids, lot.reserve, terms.fee, seed)
    pays = lot.wh * (clearing.price or 0)
    results = tuple(
        LotResultLeaf(bid.id, bid.household, bid.id == clearing.winner, pays * (bid.id == clearing.winner))
        for bid in bids
    )
    record = LotRecord(
        lot.id, len(leaves), log_root([leaf.to_bytes() for leaf in leaves]),
        log_root([leaf.to_bytes() for leaf in results]), clearing.price, fund_nano, False,
    )  # fmt: skip
    return ClosedLot(record, leaves, results, clearing)


def void_lot(lot_id: bytes) -> ClosedLot:
    """A lot that ended without an auction: nothing is listed, bond and locks return."""
    return ClosedLot(
        LotRecord(lot_id, 0, EMPTY_ROOT, EMPTY_ROOT, None, 0, True), (), (), LotClearing(None, None, None)
    )


def recompute_lot(
    record: LotRecord,
    book_leaves: Sequence[bytes],
    lot: Lot,
    terms: Terms,
    genesis: bytes,
    result_leaves: Sequence[bytes] | None = None,
) -> ClosedLot:
    """The lot computed again from its bids, once everything in ``record`` agrees with it.

    As ``recompute_slot``. Raises WrongClearing, RecordMalformed.
    """
    subject = f"lot {record.lot.hex()}"
    compare(subject, "lot", record.lot, lot.id)
    check_book(subject, record.n, record.book_root, book_leaves)
    book = tuple(LotBookLeaf.from_bytes(leaf) for leaf in book_leaves)
    check_order(subject, [leaf.commitment for leaf in book])
    seen: set[bytes] = set()
    for leaf in book:
        _check_leaf(subject, lot, leaf, terms, genesis)
        if leaf.household in seen:
            raise WrongClearing(subject, "household", leaf.household, "at most one bid of a household")
        seen.add(leaf.household)
    if record.fund_nano % lot_lock(lot.wh, terms):
        raise WrongClearing(subject, "fund", record.fund_nano, f"a multiple of {lot_lock(lot.wh, terms)}")
    closed = void_lot(lot.id) if record.void else close_lot(lot, book, terms, record.fund_nano)
    compare(subject, "price", record.price, closed.record.price)
    if result_leaves is not None:
        _check_results(subject, result_leaves, closed)
    compare(subject, "results", record.result_root, closed.record.result_root)
    return closed


def _check_leaf(subject: str, lot: Lot, leaf: LotBookLeaf, terms: Terms, genesis: bytes) -> None:
    computed = lot_commitment(genesis, lot.id, leaf.household, leaf.version, leaf.bid, leaf.salt)
    compare(subject, "commitment", leaf.commitment, computed)
    try:
        admit_bid(leaf.bid, lot.reserve, terms)
    except OrderRefused as error:
        raise WrongClearing(subject, "bid", leaf.bid, f"refused: {error}") from error


def _check_results(subject: str, leaves: Sequence[bytes], closed: ClosedLot) -> None:
    compare(subject, "n", len(leaves), len(closed.results))
    for data, computed in zip(leaves, closed.results, strict=True):
        stated = LotResultLeaf.from_bytes(data)
        for field in ("commitment", "household", "won", "money_nano"):
            compare(subject, field.removesuffix("_nano"), getattr(stated, field), getattr(computed, field))

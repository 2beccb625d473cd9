"""What a finished slot leaves on the ledger, and its recomputation by anyone.

One slot is one leaf of the rule's log; it holds the roots of two RFC 6962 logs, the book (every revealed order,
by ascending commitment) and the results in the same order, so presence and absence are provable. ``close_slot``
makes them, for the contract; ``recompute_slot`` makes them again from the book and compares, for everyone else.
Not here: lots (``market.lot_records``), state proofs of the leaf itself (``ledger``). Source: protocol/market, A.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_list,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of
from ohmstead.market.clearing import SLOT_RULE, BookOrder, Clearing, Fills, clear, tie_seed
from ohmstead.market.orders import (
    LIMIT,
    MAX_ORDER_BYTES,
    SALT_BYTES,
    Order,
    OrderMalformed,
    OrderRefused,
    Side,
    Terms,
    admit,
    slot_commitment,
)
from ohmstead.market.settlement import flat_lock

HASH_BYTES = 32
ID_BYTES = 16
MAX_LEAF = 1024


class RecordMalformed(VerificationError):
    """The bytes are no leaf of a market log, or its fields contradict each other."""


class WrongClearing(VerificationError):
    """A record is not what its own book comes to.

    ``subject`` is the slot or lot, ``field`` the part that differs, ``stated`` what the record or its results
    say there and ``computed`` what this computer found.
    """

    def __init__(self, subject: str, field: str, stated: object, computed: object) -> None:
        super().__init__(subject, f"{field}: stated {_shown(stated)}, computed {_shown(computed)}")
        self.field = field
        self.stated = stated
        self.computed = computed


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def log_root(leaves: Sequence[bytes]) -> bytes:
    """The RFC 6962 root of a log with these leaf data."""
    return root_of([leaf_hash(leaf) for leaf in leaves])


# ---- leaves -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookLeaf:
    """One revealed order with everything its commitment binds, the slot and the ledger apart."""

    commitment: bytes
    household: bytes
    meter: bytes
    order_key_kid: bytes
    version: int
    order_bytes: bytes
    salt: bytes

    def to_bytes(self) -> bytes:
        """[commitment, household, meter, order key kid, version, order bytes, salt]."""
        return encode(
            [
                self.commitment, self.household, self.meter, self.order_key_kid, self.version,
                self.order_bytes, self.salt,
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> BookLeaf:
        """The leaf of these bytes. Raises RecordMalformed."""
        try:
            v = as_list(decode(data, max_size=MAX_LEAF), "book leaf", 7)
            return cls(
                as_bytes(v[0], "commitment", HASH_BYTES),
                as_bytes(v[1], "household", ID_BYTES),
                as_bytes(v[2], "meter", ID_BYTES),
                as_bytes(v[3], "order key", ID_BYTES),
                as_uint(v[4], "version"),
                as_bytes(v[5], "order", at_most=MAX_ORDER_BYTES),
                as_bytes(v[6], "salt", SALT_BYTES),
            )
        except CodecError as error:
            raise RecordMalformed("book leaf", str(error)) from error


@dataclass(frozen=True, slots=True)
class ResultLeaf:
    """One order's fill (Wh) and money (nano): a buyer pays fill × (price + fee), a seller is due fill × price."""

    commitment: bytes
    household: bytes
    side: Side
    fill_wh: int
    money_nano: int

    def to_bytes(self) -> bytes:
        """[commitment, household, side, fill, money]."""
        return encode([self.commitment, self.household, int(self.side), self.fill_wh, self.money_nano])

    @classmethod
    def from_bytes(cls, data: bytes) -> ResultLeaf:
        """The leaf of these bytes. Raises RecordMalformed."""
        try:
            commitment, household, side, fill, money = as_list(decode(data, max_size=MAX_LEAF), "result", 5)
            return cls(
                as_bytes(commitment, "commitment", HASH_BYTES),
                as_bytes(household, "household", ID_BYTES),
                Side(as_uint(side, "side", 2)),
                as_uint(fill, "fill", LIMIT),
                as_uint(money, "money"),
            )
        except CodecError as error:
            raise RecordMalformed("result leaf", str(error)) from error


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """One finished slot: n revealed orders, both roots, the net price, what went to the fund (nano).

    A void slot lists nothing, has no price and forfeits nothing. Raises RecordMalformed.
    """

    slot: int
    n: int
    book_root: bytes
    result_root: bytes
    price: int | None
    fund_nano: int
    void: bool

    def __post_init__(self) -> None:
        check_shape(f"slot {self.slot}", self.n, self.book_root, self.result_root, self.price)
        if self.void and (self.n or self.fund_nano):
            raise RecordMalformed(f"slot {self.slot}", "is void, yet orders or forfeits are recorded")

    def to_bytes(self) -> bytes:
        """["slot/1", slot, n, book root, result root, price or null, fund, void]: the log's leaf data."""
        return encode(
            [
                SLOT_RULE, self.slot, self.n, self.book_root, self.result_root, self.price,
                self.fund_nano, self.void,
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> SlotRecord:
        """The record of leaf data. Raises RecordMalformed."""
        try:
            v = as_list(decode(data, max_size=MAX_LEAF), "slot record", 8)
            if as_text(v[0], "rule") != SLOT_RULE:
                raise CodecError("is of another rule")
            return cls(as_uint(v[1], "slot"), *record_tail(v[2:]))
        except CodecError as error:
            raise RecordMalformed("slot record", str(error)) from error


def record_tail(v: Sequence[Value]) -> tuple[int, bytes, bytes, int | None, int, bool]:
    """The last six fields of a record of either rule. Raises CodecError."""
    return (
        as_uint(v[0], "n"),
        as_bytes(v[1], "book root", HASH_BYTES),
        as_bytes(v[2], "result root", HASH_BYTES),
        None if v[3] is None else as_uint(v[3], "price", LIMIT),
        as_uint(v[4], "fund"),
        as_bool(v[5], "void"),
    )


def check_shape(subject: str, n: int, book_root: bytes, result_root: bytes, price: int | None) -> None:
    """What holds of every record: nothing revealed means empty logs and no price. Raises RecordMalformed."""
    empty = n == 0
    if (book_root == EMPTY_ROOT) != empty or (result_root == EMPTY_ROOT) != empty:
        raise RecordMalformed(subject, f"{n} orders do not fit the roots")
    if empty and price is not None:
        raise RecordMalformed(subject, "a price without any order")


# ---- making and checking -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClosedSlot:
    """A slot's record with everything it stands for; book and results in the order of their logs."""

    record: SlotRecord
    book: tuple[BookLeaf, ...]
    results: tuple[ResultLeaf, ...]
    clearing: Clearing

    @property
    def book_leaves(self) -> tuple[bytes, ...]:
        """The leaf data of the book's log."""
        return tuple(leaf.to_bytes() for leaf in self.book)

    @property
    def result_leaves(self) -> tuple[bytes, ...]:
        """The leaf data of the results' log."""
        return tuple(leaf.to_bytes() for leaf in self.results)


def close_slot(slot: int, book: Iterable[BookLeaf], terms: Terms, fund_nano: int) -> ClosedSlot:
    """Clears a slot's valid reveals, in any order; ``fund_nano`` is what was forfeited in it.

    Raises OrderMalformed or DuplicateOrder for a book that was not checked before.
    """
    leaves = tuple(sorted(book, key=lambda leaf: leaf.commitment))
    orders = [BookOrder(leaf.commitment, Order.from_bytes(leaf.order_bytes)) for leaf in leaves]
    seed = tie_seed(SLOT_RULE, slot, ((leaf.commitment, leaf.salt) for leaf in leaves))
    clearing = clear(orders, terms, seed)
    price = clearing.price or 0
    results = tuple(
        ResultLeaf(
            leaf.commitment, leaf.household, entry.order.side, fill,
            fill * (price if entry.order.side else price + terms.fee),
        )
        for leaf, entry, fill in zip(leaves, orders, clearing.fills.values(), strict=True)
    )  # fmt: skip
    record = SlotRecord(
        slot, len(leaves), log_root([leaf.to_bytes() for leaf in leaves]),
        log_root([leaf.to_bytes() for leaf in results]), clearing.price, fund_nano, False,
    )  # fmt: skip
    return ClosedSlot(record, leaves, results, clearing)


def void_slot(slot: int) -> ClosedSlot:
    """A slot that ended without a clearing: nothing is listed, every lock returns."""
    return ClosedSlot(
        SlotRecord(slot, 0, EMPTY_ROOT, EMPTY_ROOT, None, 0, True),
        (),
        (),
        Clearing(0, None, None, Fills({}), 0),
    )


def recompute_slot(
    record: SlotRecord,
    book_leaves: Sequence[bytes],
    terms: Terms,
    genesis: bytes,
    result_leaves: Sequence[bytes] | None = None,
) -> ClosedSlot:
    """The slot computed again from its book, once everything in ``record`` agrees with it.

    ``genesis`` is this ledger's hash: every order must hash to its commitment on it. ``result_leaves``, where
    they are at hand, must be the record's too, and a fault in them is named by its field; without them a
    wrong result is named ``results``. Raises WrongClearing, RecordMalformed.
    """
    subject = f"slot {record.slot}"
    check_book(subject, record.n, record.book_root, book_leaves)
    book = tuple(BookLeaf.from_bytes(leaf) for leaf in book_leaves)
    check_order(subject, [leaf.commitment for leaf in book])
    seen: set[bytes] = set()
    for leaf in book:
        _check_leaf(subject, record.slot, leaf, terms, genesis)
        if leaf.household in seen:
            raise WrongClearing(subject, "household", leaf.household, "at most one order of a household")
        seen.add(leaf.household)
    if record.fund_nano % flat_lock(terms):
        raise WrongClearing(subject, "fund", record.fund_nano, f"a multiple of {flat_lock(terms)}")
    closed = void_slot(record.slot) if record.void else close_slot(record.slot, book, terms, record.fund_nano)
    compare(subject, "price", record.price, closed.record.price)
    if result_leaves is not None:
        _check_results(subject, result_leaves, closed)
    compare(subject, "results", record.result_root, closed.record.result_root)
    return closed


def compare(subject: str, field: str, stated: object, computed: object) -> None:
    """Raises WrongClearing where the two differ."""
    if stated != computed:
        raise WrongClearing(subject, field, stated, computed)


def check_book(subject: str, n: int, root: bytes, leaves: Sequence[bytes]) -> None:
    """That these leaves are the whole book of a record. Raises WrongClearing, RecordMalformed for a huge leaf."""
    compare(subject, "n", n, len(leaves))
    if any(len(leaf) > MAX_LEAF for leaf in leaves):
        raise RecordMalformed(subject, f"a leaf of the book is larger than {MAX_LEAF} bytes")
    compare(subject, "book", root, log_root(leaves))


def check_order(subject: str, commitments: Sequence[bytes]) -> None:
    """That a log ascends by commitment and has none twice. Raises WrongClearing."""
    for before, after in pairwise(commitments):
        if before >= after:
            raise WrongClearing(subject, "order of the book", after, f"a commitment above {before.hex()}")


def _check_leaf(subject: str, slot: int, leaf: BookLeaf, terms: Terms, genesis: bytes) -> None:
    computed = slot_commitment(
        genesis, slot, leaf.household, leaf.meter, leaf.order_key_kid, leaf.version,
        leaf.order_bytes, leaf.salt,
    )  # fmt: skip
    compare(subject, "commitment", leaf.commitment, computed)
    try:
        admit(Order.from_bytes(leaf.order_bytes), terms)
    except (OrderMalformed, OrderRefused) as error:
        raise WrongClearing(subject, "order", leaf.commitment, f"refused: {error}") from error


def _check_results(subject: str, leaves: Sequence[bytes], closed: ClosedSlot) -> None:
    compare(subject, "n", len(leaves), len(closed.results))
    for data, computed in zip(leaves, closed.results, strict=True):
        stated = ResultLeaf.from_bytes(data)
        for field in ("commitment", "household", "side", "fill_wh", "money_nano"):
            name = field.removesuffix("_wh").removesuffix("_nano")
            compare(subject, name, getattr(stated, field), getattr(computed, field))

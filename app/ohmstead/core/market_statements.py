"""The market's statements: accounts, sealed orders, reveals, deliveries, lots, mandates, money, references.

Same envelope as every statement (``core.statements``); a ledger without a market does not know these types.
Four of them carry a second signature inside (``core.market_inner``). Here: bodies and their shapes. Not here:
what the contract does with them. Energy in Wh, prices in µ/kWh, money in nano-units, times in block-time
seconds. Source: protocol/market; protocol/statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from ohmstead.core.codec import CodecError, Value, as_bytes, as_map, as_text, as_uint
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import (
    AMOUNT_LIMIT,
    SLOT_LIMIT,
    AccountKey,
    Inner,
    LotOffer,
    SealedBid,
    SealedOrder,
    as_version,
    read_inner,
    seal_inner,
)
from ohmstead.core.statements import BODIES, HASH_BYTES, ID_BYTES, Body

SALT_BYTES = 32
MAX_ORDER_BYTES = 512
MAX_REFERENCE = 32
SLOT_RULE, LOT_RULE = "slot/1", "lot/1"


# ---- statements around an inner one ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """``account-open``: a commissioned meter vouches for one more order key of its household."""

    TYPE: ClassVar[str] = "account-open"
    SEQUENCED: ClassVar[bool] = False

    inner: Inner
    order_key: AccountKey

    @classmethod
    def of(cls, key: SigningKey, genesis_hash: bytes, order_key: AccountKey) -> Self:
        """The body with the inner statement signed by the new key itself."""
        return cls(seal_inner(key, genesis_hash, order_key), order_key)

    def to_value(self) -> Value:
        return {0: self.inner.data}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        inner = _inner(value, AccountKey.CONTENT_TYPE)
        return cls(inner, AccountKey.from_bytes(inner.envelope.payload))


@dataclass(frozen=True, slots=True)
class CommitOrder:
    """``commit``: the meter posts a sealed order; a higher version replaces the one before."""

    TYPE: ClassVar[str] = "commit"
    SEQUENCED: ClassVar[bool] = False

    inner: Inner
    order: SealedOrder

    @classmethod
    def of(cls, key: SigningKey, genesis_hash: bytes, order: SealedOrder) -> Self:
        """The body with the inner statement signed by an order key or the mandate's agent."""
        return cls(seal_inner(key, genesis_hash, order), order)

    def to_value(self) -> Value:
        return {0: self.inner.data}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        inner = _inner(value, SealedOrder.CONTENT_TYPE)
        return cls(inner, SealedOrder.from_bytes(inner.envelope.payload))


@dataclass(frozen=True, slots=True)
class OpenLot:
    """``lot-open``: the meter posts its household's surplus lot."""

    TYPE: ClassVar[str] = "lot-open"
    SEQUENCED: ClassVar[bool] = False

    inner: Inner
    lot: LotOffer

    @classmethod
    def of(cls, key: SigningKey, genesis_hash: bytes, lot: LotOffer) -> Self:
        """The body with the inner statement signed by an order key."""
        return cls(seal_inner(key, genesis_hash, lot), lot)

    def to_value(self) -> Value:
        return {0: self.inner.data}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        inner = _inner(value, LotOffer.CONTENT_TYPE)
        return cls(inner, LotOffer.from_bytes(inner.envelope.payload))


@dataclass(frozen=True, slots=True)
class BidLot:
    """``lot-bid``: the meter posts a sealed bid on a lot; a higher version replaces the one before."""

    TYPE: ClassVar[str] = "lot-bid"
    SEQUENCED: ClassVar[bool] = False

    inner: Inner
    bid: SealedBid

    @classmethod
    def of(cls, key: SigningKey, genesis_hash: bytes, bid: SealedBid) -> Self:
        """The body with the inner statement signed by an order key."""
        return cls(seal_inner(key, genesis_hash, bid), bid)

    def to_value(self) -> Value:
        return {0: self.inner.data}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        inner = _inner(value, SealedBid.CONTENT_TYPE)
        return cls(inner, SealedBid.from_bytes(inner.envelope.payload))


def _inner(value: Value, content_type: str) -> Inner:
    return read_inner(as_map(value, "body", frozenset((0,)))[0], content_type)


# ---- orders and lots --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """``cancel``: takes a sealed order back before the gate. ``version`` is above the order's."""

    TYPE: ClassVar[str] = "cancel"
    SEQUENCED: ClassVar[bool] = False

    slot: int
    household: bytes
    version: int

    def to_value(self) -> Value:
        return {0: self.slot, 1: self.household, 2: self.version}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "cancel", frozenset(range(3)))
        return cls(as_uint(f[0], "slot", SLOT_LIMIT), as_bytes(f[1], "household", ID_BYTES), as_version(f[2]))


@dataclass(frozen=True, slots=True)
class RevealOrder:
    """``reveal``: opens a sealed order after the gate block; anyone known may relay it."""

    TYPE: ClassVar[str] = "reveal"
    SEQUENCED: ClassVar[bool] = False

    slot: int
    household: bytes
    order_bytes: bytes
    salt: bytes

    def to_value(self) -> Value:
        return {0: self.slot, 1: self.household, 2: self.order_bytes, 3: self.salt}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "reveal", frozenset(range(4)))
        return cls(
            as_uint(f[0], "slot", SLOT_LIMIT), as_bytes(f[1], "household", ID_BYTES),
            as_bytes(f[2], "order", at_most=MAX_ORDER_BYTES), as_bytes(f[3], "salt", SALT_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RevealBid:
    """``lot-reveal``: opens a sealed bid; ``bid`` is all-in. Anyone known may relay it."""

    TYPE: ClassVar[str] = "lot-reveal"
    SEQUENCED: ClassVar[bool] = False

    lot: bytes
    household: bytes
    bid: int
    salt: bytes

    def to_value(self) -> Value:
        return {0: self.lot, 1: self.household, 2: self.bid, 3: self.salt}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "lot-reveal", frozenset(range(4)))
        return cls(
            as_bytes(f[0], "lot", ID_BYTES), as_bytes(f[1], "household", ID_BYTES),
            as_uint(f[2], "bid"), as_bytes(f[3], "salt", SALT_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deliver:
    """``deliver``: the seller's meter states min(metered export, fill), once. ``which`` is a slot or a lot id."""

    TYPE: ClassVar[str] = "deliver"
    SEQUENCED: ClassVar[bool] = False

    which: int | bytes
    wh: int

    def to_value(self) -> Value:
        return {0: LOT_RULE if isinstance(self.which, bytes) else SLOT_RULE, 1: self.which, 2: self.wh}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "deliver", frozenset(range(3)))
        rule = as_text(f[0], "rule")
        if rule == SLOT_RULE:
            which: int | bytes = as_uint(f[1], "slot", SLOT_LIMIT)
        elif rule == LOT_RULE:
            which = as_bytes(f[1], "lot", ID_BYTES)
        else:
            raise CodecError("unknown market rule")
        return cls(which, as_uint(f[2], "energy", AMOUNT_LIMIT))


# ---- mandates, money, references ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GiveMandate:
    """``mandate``: a meter may seal orders by itself, until ``expiry``, on at most ``max_live`` locks.

    ``terms_hash`` is SHA-256 of the array [terms, salt]; the terms go to the meter alone. ``max_live`` 0
    revokes.
    """

    TYPE: ClassVar[str] = "mandate"
    SEQUENCED: ClassVar[bool] = True

    household: bytes
    agent: bytes
    expiry: int
    max_live: int
    terms_hash: bytes

    def to_value(self) -> Value:
        return {0: self.household, 1: self.agent, 2: self.expiry, 3: self.max_live, 4: self.terms_hash}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "mandate", frozenset(range(5)))
        return cls(
            as_bytes(f[0], "household", ID_BYTES), as_bytes(f[1], "agent", ID_BYTES),
            as_uint(f[2], "expiry"), as_uint(f[3], "maximum", 1 << 16),
            as_bytes(f[4], "terms hash", HASH_BYTES),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credit:
    """``credit``: money has come in for a household. A reference is used once."""

    TYPE: ClassVar[str] = "credit"
    SEQUENCED: ClassVar[bool] = False

    household: bytes
    nano: int
    reference: bytes

    def to_value(self) -> Value:
        return {0: self.household, 1: self.nano, 2: self.reference}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        return cls(*_moved(value, cls.TYPE))


@dataclass(frozen=True, slots=True)
class Withdraw:
    """``withdraw``: takes a payout off the ledger; the money is sent only once this is recorded.

    Before that the household may still take its wish back. A reference is used once.
    """

    TYPE: ClassVar[str] = "withdraw"
    SEQUENCED: ClassVar[bool] = False

    household: bytes
    nano: int
    reference: bytes

    def to_value(self) -> Value:
        return {0: self.household, 1: self.nano, 2: self.reference}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        return cls(*_moved(value, cls.TYPE))


def _moved(value: Value, kind: str) -> tuple[bytes, int, bytes]:
    f = as_map(value, kind, frozenset(range(3)))
    nano, reference = as_uint(f[1], "amount"), as_bytes(f[2], "reference", at_most=MAX_REFERENCE)
    if nano == 0 or not reference:
        raise CodecError(f"{kind}: an amount and a reference are needed")
    return as_bytes(f[0], "household", ID_BYTES), nano, reference


@dataclass(frozen=True, slots=True)
class Payout:
    """``payout``: a household asks for money; it waits, locked, for ``withdraw``. 0 takes the wish back."""

    TYPE: ClassVar[str] = "payout"
    SEQUENCED: ClassVar[bool] = True

    household: bytes
    nano: int

    def to_value(self) -> Value:
        return {0: self.household, 1: self.nano}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "payout", frozenset(range(2)))
        return cls(as_bytes(f[0], "household", ID_BYTES), as_uint(f[1], "amount"))


@dataclass(frozen=True, slots=True)
class SetReference:
    """``reference``: feed-in, retail and fee from a slot on whose commits are not open yet."""

    TYPE: ClassVar[str] = "reference"
    SEQUENCED: ClassVar[bool] = False

    from_slot: int
    feed_in: int
    retail: int
    fee: int

    def to_value(self) -> Value:
        return {0: self.from_slot, 1: self.feed_in, 2: self.retail, 3: self.fee}

    @classmethod
    def from_value(cls, value: Value) -> Self:
        f = as_map(value, "reference", frozenset(range(4)))
        prices = [
            as_uint(f[i], name, AMOUNT_LIMIT) for i, name in ((1, "feed-in"), (2, "retail"), (3, "fee"))
        ]
        return cls(as_uint(f[0], "slot", SLOT_LIMIT), *prices)


MARKET_TYPES: tuple[type[Body], ...] = (
    OpenAccount, CommitOrder, CancelOrder, RevealOrder, Deliver, OpenLot, BidLot, RevealBid, GiveMandate,
    Credit, Payout, Withdraw, SetReference,
)  # fmt: skip
#: Every type that a ledger with a market knows; give them to ``core.statements.parse``.
MARKET_BODIES: dict[str, type[Body]] = {**BODIES, **{b.TYPE: b for b in MARKET_TYPES}}

"""A book as a JSON file, and its answer: the rule for anyone to try, without a ledger.

Everything is an integer or a name; what is not is refused, naming the order and the field. Here: reading the
text, clearing it, the answer and its hash. Not here: files and tables (``cli.market``).
Source: protocol/market, "Book file".
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from string import hexdigits

from ohmstead.core.codec import encode
from ohmstead.core.errors import VerificationError
from ohmstead.market.clearing import SLOT_RULE, BookOrder, Clearing, clear
from ohmstead.market.orders import (
    LIMIT,
    MAX_STEPS,
    Order,
    OrderMalformed,
    OrderRefused,
    Side,
    Step,
    Terms,
    TermsRefused,
    admit,
)
from ohmstead.market.study import STUDY_RULE, mengelkamp2018

MAX_TEXT = 64 << 20
MAX_ORDERS = 1_000_000
MAX_SEED_BYTES = 64
MAX_ID_BYTES = 64
_SIDES = {"buy": Side.BUY, "sell": Side.SELL}
_NUMBERS = ("feed_in", "retail", "fee", "max_order_wh")
_NEEDED = ("rule", *_NUMBERS, "seed", "orders")
_ORDER_KEYS = ("id", "side", "steps")


class BookRefused(VerificationError):
    """The text is no book. ``subject`` is the order and field at fault, as a person would name them."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """A book that was read and admitted. Names of orders are their ids' UTF-8 bytes."""

    terms: Terms
    seed: bytes
    orders: tuple[BookOrder, ...]


@dataclass(frozen=True, slots=True)
class BookAnswer:
    """What a book comes to. ``paid_nano``: what each order pays, fee included; below zero it is paid."""

    clearing: Clearing
    paid_nano: Mapping[str, int]
    fills: Mapping[str, int]
    rule: str

    @property
    def result_hash(self) -> bytes:
        """SHA-256 of [quantity, price, interval, fills, paid, welfare, rule], canonical, both lists by id."""
        c = self.clearing
        return sha256(
            encode(
                [
                    c.quantity_wh, c.price, None if c.interval is None else list(c.interval),
                    [[name, wh] for name, wh in self.fills.items()],
                    [[name, nano] for name, nano in self.paid_nano.items()], c.welfare_nano, self.rule,
                ]
            )
        ).digest()  # fmt: skip

    def to_json(self) -> dict[str, object]:
        """The answer with the keys of the protocol's text."""
        c = self.clearing
        return {
            "quantity_wh": c.quantity_wh,
            "price": c.price,
            "interval": None if c.interval is None else list(c.interval),
            "fills": dict(self.fills),
            "paid_nano": dict(self.paid_nano),
            "welfare_nano": c.welfare_nano,
            "rule": self.rule,
            "result_hash": self.result_hash.hex(),
        }


def clear_book(book: BookFile, rule: str = SLOT_RULE) -> BookAnswer:
    """Clears a book by our rule, or by ``mengelkamp2018`` for study."""
    if rule == STUDY_RULE:
        clearing = mengelkamp2018(book.orders, book.terms)
    else:
        clearing = clear(book.orders, book.terms, book.seed)
    price, fee = clearing.price or 0, book.terms.fee
    sides = {entry.id: entry.order.side for entry in book.orders}
    fills = {order_id.decode(): wh for order_id, wh in clearing.fills.items()}
    paid = {
        order_id.decode(): -wh * price if sides[order_id] is Side.SELL else wh * (price + fee)
        for order_id, wh in clearing.fills.items()
    }
    return BookAnswer(clearing, paid, fills, rule)


# ---- reading ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fraction:
    """A number that is no integer, kept as it was written so that a refusal can show it."""

    text: str


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise BookRefused(_quoted(name), "stands twice in one object")
        found[name] = value
    return found


def _quoted(value: object) -> str:
    """What a refusal shows of a value: itself, short."""
    if isinstance(value, _Fraction):
        return value.text[:60]
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def read_book(text: str) -> BookFile:
    """The book of a JSON text. Raises BookRefused and nothing else."""
    if len(text) > MAX_TEXT:
        raise BookRefused("book", f"{len(text)} characters, at most {MAX_TEXT} are read")
    try:
        value = json.loads(text, parse_float=_Fraction, parse_constant=_Fraction, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise BookRefused("book", f"is not JSON: {error}") from error
    fields = _fields(value, "book", _NEEDED, optional=("pricing",))
    if fields["rule"] != SLOT_RULE:
        raise BookRefused("rule", f"must be {SLOT_RULE}, not {_quoted(fields['rule'])}")
    numbers = {name: _integer(fields[name], name) for name in _NUMBERS}
    try:
        terms = Terms(_name(fields.get("pricing", "midpoint"), "pricing"), **numbers)
    except TermsRefused as error:
        raise BookRefused(error.subject, error.reason) from error
    seed = _seed(fields["seed"])
    items = fields["orders"]
    if not isinstance(items, list):
        raise BookRefused("orders", f"must be a list, not {_quoted(items)}")
    if len(items) > MAX_ORDERS or len(items) * terms.max_order_wh * terms.retail >= 1 << 63:
        raise BookRefused("orders", f"{len(items)} of them can come to more than 63 bits of money")
    orders: dict[bytes, BookOrder] = {}
    for number, item in enumerate(items, 1):
        entry = _order(item, number, terms)
        if entry.id in orders:
            raise BookRefused(f"order {_quoted(entry.id.decode())}, id", "stands in the book twice")
        orders[entry.id] = entry
    return BookFile(terms, seed, tuple(orders.values()))


def _order(value: object, number: int, terms: Terms) -> BookOrder:
    where = f"order {number}"
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        where = f"order {_quoted(value['id'])}"
    fields = _fields(value, where, _ORDER_KEYS)
    name = _name(fields["id"], f"{where}, id")
    try:
        order_id = name.encode()
    except UnicodeEncodeError as error:
        raise BookRefused(f"{where}, id", "is not Unicode text") from error
    if not 1 <= len(order_id) <= MAX_ID_BYTES:
        raise BookRefused(f"{where}, id", f"must be 1 to {MAX_ID_BYTES} bytes long")
    side = _SIDES.get(_name(fields["side"], f"{where}, side"))
    if side is None:
        raise BookRefused(f"{where}, side", f"must be buy or sell, not {_quoted(fields['side'])}")
    items = fields["steps"]
    if not isinstance(items, list):
        raise BookRefused(f"{where}, steps", f"must be a list, not {_quoted(items)}")
    if len(items) > MAX_STEPS:
        raise BookRefused(f"{where}, steps", f"{len(items)}, at most {MAX_STEPS} are allowed")
    steps = tuple(_step(item, f"{where}, steps[{i}]") for i, item in enumerate(items))
    try:
        order = Order(side, steps)
        admit(order, terms)
    except OrderMalformed as error:
        field, reason = error.reason.split(": ", 1)
        raise BookRefused(f"{where}, {field}", reason) from error
    except OrderRefused as error:
        raise BookRefused(f"{where}, {error.field}", error.reason) from error
    return BookOrder(order_id, order)


def _step(value: object, where: str) -> Step:
    if not isinstance(value, list) or len(value) != 2:
        raise BookRefused(where, f"must be [wh, limit], not {_quoted(value)}")
    return Step(_integer(value[0], f"{where}.wh"), _integer(value[1], f"{where}.limit"))


def _fields(
    value: object, where: str, needed: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BookRefused(where, f"must be an object, not {_quoted(value)}")
    for key in value:
        if key not in needed and key not in optional:
            raise BookRefused(where, f"has the unknown key {_quoted(key)}")
    for key in needed:
        if key not in value:
            raise BookRefused(where, f"has no {key}")
    return value


def _integer(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BookRefused(where, f"must be an integer, not {_quoted(value)}")
    if not 0 <= value < LIMIT:
        raise BookRefused(where, f"must be from 0 below {LIMIT}, not {_quoted(value)}")
    return value


def _name(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BookRefused(where, f"must be text, not {_quoted(value)}")
    return value


def _seed(value: object) -> bytes:
    text = _name(value, "seed")
    if len(text) % 2 or not set(text) <= set(hexdigits):
        raise BookRefused("seed", f"must be pairs of hex digits, not {_quoted(text)}")
    seed = bytes.fromhex(text)
    if len(seed) > MAX_SEED_BYTES:
        raise BookRefused("seed", f"{len(seed)} bytes, at most {MAX_SEED_BYTES} are allowed")
    return seed

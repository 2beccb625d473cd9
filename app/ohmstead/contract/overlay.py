"""A transaction's view of the state: reads through, writes apart, kept only if the transaction holds.

Here: the overlay, the modules' names, and what leaves the contract beside the state: the household logs' new
leaves and the books of what was cleared. Not here: the provable tree (``ledger.statetree``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ohmstead.core.codec import Value, as_list, as_uint, decode, encode

# Module names of the state. Each holds a sentinel, because an empty map has no absence proof.
CHAIN, ZONE, GOVERNANCE, CERTIFIER = "chain", "zone", "governance", "certifier"
CERTIFICATE, METER, HOME, SIGNER, BEACON, QUOTA = (
    "certificate", "meter", "home", "signer", "beacon", "quota",
)  # fmt: skip
MODULES = (BEACON, CERTIFICATE, CERTIFIER, CHAIN, GOVERNANCE, HOME, METER, QUOTA, SIGNER, ZONE)
# Only on a ledger with a market.
ACCOUNT, TREASURY, ORDER_KEY, MARKET, MANDATE = "account", "treasury", "orderkey", "market", "mandate"
ORDER, GATE, SALE, LOT, LOT_BID, ENGAGED = "order", "gate", "sale", "lot", "lotbid", "engaged"
MARKET_MODULES = (
    ACCOUNT, ENGAGED, GATE, LOT, LOT_BID, MANDATE, MARKET, ORDER, ORDER_KEY, SALE, TREASURY,
)  # fmt: skip
# Only on a ledger with neighbours.
NBR, NBR_KEY, NBR_ROUND, ROSTER = "nbr", "nbrkey", "nbrround", "roster"
NEIGHBOUR_MODULES = (NBR, NBR_KEY, NBR_ROUND, ROSTER)

Key: TypeAlias = tuple[str, bytes]
Changes: TypeAlias = dict[Key, bytes | None]
Entries: TypeAlias = "Iterable[tuple[bytes, bytes]]"
#: (home, leaf data): what the home's log gained.
Note: TypeAlias = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Book:
    """What was cleared: ``index`` is its leaf in the rule's log; leaf data of its book, results and record."""

    rule: str
    index: int
    book: tuple[bytes, ...]
    results: tuple[bytes, ...]
    record: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a log gained that the state keeps the root of alone: ``log`` names it."""

    log: str
    data: bytes


def _nothing(_module: str, _start: bytes, _end: bytes) -> Entries:
    return ()


class Overlay:
    """Reads fall through to ``below``; writes stay here until ``changes`` is taken.

    ``below_range`` answers the same for a range of keys; an overlay made without it sees its own writes alone
    there. In a ``trial`` only refusals count, and nothing of it is ever absorbed.
    """

    def __init__(
        self,
        below: Callable[[str, bytes], bytes | None],
        below_range: Callable[[str, bytes, bytes], Entries] = _nothing,
        *,
        trial: bool = False,
    ) -> None:
        self.trial = trial
        self._below = below
        self._below_range = below_range
        self._written: dict[str, dict[bytes, bytes | None]] = {}
        self.notes: list[Note] = []
        self.books: list[Book] = []
        self.leaves: list[Leaf] = []

    def above(self) -> Overlay:
        """An empty overlay over this one."""
        return Overlay(self.get, self.between)

    @property
    def changes(self) -> Changes:
        """Everything that was written; None removes a key."""
        return {(module, k): v for module, part in self._written.items() for k, v in part.items()}

    def get(self, module: str, key: bytes) -> bytes | None:
        """The value under a key, or None."""
        part = self._written.get(module)
        if part is not None and key in part:
            return part[key]
        return self._below(module, key)

    def put(self, module: str, key: bytes, value: bytes) -> None:
        """Sets a key."""
        part = self._written.get(module)
        if part is None:
            part = self._written[module] = {}
        part[key] = value

    def remove(self, module: str, key: bytes) -> None:
        """Removes a key; nothing happens where there is none."""
        self._written.setdefault(module, {})[key] = None

    def between(self, module: str, start: bytes, end: bytes) -> list[tuple[bytes, bytes]]:
        """The entries with ``start <= key < end`` in key order."""
        own = self._written.get(module)
        below = self._below_range(module, start, end)
        if not own:
            return list(below)
        found: dict[bytes, bytes | None] = dict(below)
        found.update((k, v) for k, v in own.items() if start <= k < end)
        return sorted((k, v) for k, v in found.items() if v is not None)

    def starting(self, module: str, prefix: bytes) -> list[tuple[bytes, bytes]]:
        """The entries whose keys start with a prefix, in key order."""
        short = prefix.rstrip(b"\xff")
        end = short[:-1] + bytes((short[-1] + 1,)) if short else b"\xff" * 65
        return self.between(module, prefix, end)

    def get_uint(self, module: str, key: bytes) -> int:
        """The integer under a key; 0 where there is none."""
        raw = self.get(module, key)
        return 0 if raw is None else as_uint(decode(raw), f"{module} value")

    def get_list(self, module: str, key: bytes, size: int) -> list[Value] | None:
        """The array of ``size`` items under a key, or None."""
        raw = self.get(module, key)
        return None if raw is None else as_list(decode(raw), f"{module} value", size)

    def put_value(self, module: str, key: bytes, value: Value) -> None:
        """Sets a key to the canonical bytes of a value."""
        self.put(module, key, encode(value))

    def absorb(self, upper: Overlay) -> None:
        """Takes over what a transaction above this overlay wrote."""
        for module, part in upper._written.items():
            own = self._written.get(module)
            if own is None:
                self._written[module] = dict(part)
            else:
                own.update(part)
        self.notes += upper.notes
        self.books += upper.books
        self.leaves += upper.leaves

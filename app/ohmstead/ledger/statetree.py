"""The provable state: modules of sorted maps under one AppHash, updated in place.

A changed value costs one path; a new or removed key moves the entries behind it, so everything from its
place on is hashed again (what only grows therefore lives in logs, not in maps). No module is ever empty: it
is made with its sentinel, key ``.`` = 01, so that absence can always be proven. Here: the trees. Not here:
checks of proofs (``ledger.stateproof``, offered here again). Not thread-safe.
Source: protocol/statements, "State".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TypeAlias

from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.ledger.stateproof import (
    MAX_KEY_BYTES,
    Neighbour,
    Path,
    ProofOp,
    StateProof,
    StateProofError,
    entry_hash,
    proof_ops,
    verify_absence,
    verify_presence,
)

__all__ = [
    "SENTINEL_KEY", "SENTINEL_VALUE", "Changes", "ProofOp", "State", "StateProof", "StateProofError",
    "proof_ops", "verify_absence", "verify_presence",
]  # fmt: skip

Changes: TypeAlias = "Mapping[tuple[str, bytes], bytes | None]"

SENTINEL_KEY, SENTINEL_VALUE = b".", b"\x01"


class _MapTree:
    """A sorted map with every node of its tree kept, level by level; leaves first."""

    def __init__(self) -> None:
        self.keys: list[bytes] = []
        self.values: dict[bytes, bytes] = {}
        self._levels: list[list[bytes]] = [[]]

    @property
    def root(self) -> bytes:
        return self._levels[-1][0] if self.keys else EMPTY_ROOT

    def update(self, changes: Mapping[bytes, bytes | None]) -> None:
        """Sets values; None removes a key, and does nothing where there is none."""
        values, leaves = self.values, self._levels[0]
        removed = {k for k, v in changes.items() if v is None and k in values}
        written = {k: v for k, v in changes.items() if v is not None and values.get(k) != v}
        added = sorted(k for k in written if k not in values)
        for key in removed:
            del values[key]
        values.update(written)
        tail = len(self.keys)
        if added or removed:
            # From the first key that came or went, places change: rebuild from there on.
            tail = bisect_left(self.keys, min([*added[:1], *removed]))
            hashes = dict(zip(self.keys[tail:], leaves[tail:], strict=True))
            self.keys[tail:] = sorted([*(k for k in self.keys[tail:] if k not in removed), *added])
            leaves[tail:] = [
                entry_hash(k, sha256(written[k]).digest()) if k in written else hashes[k]
                for k in self.keys[tail:]
            ]
        dirty = set()
        for key, value in written.items():
            at = bisect_left(self.keys, key, 0, tail)
            if at < tail:
                leaves[at] = entry_hash(key, sha256(value).digest())
                dirty.add(at)
        self._rehash(dirty, tail)

    def _rehash(self, dirty: set[int], tail: int) -> None:
        """Recomputes the nodes above the dirty places and above everything from ``tail`` on.

        An odd last node rises unchanged: the same tree as splitting at the largest power of two.
        """
        depth, hasher = 0, sha256
        while len(self._levels[depth]) > 1:
            below = self._levels[depth]
            size = (len(below) + 1) // 2
            depth += 1
            if depth == len(self._levels):
                self._levels.append([])
            here = self._levels[depth]
            tail = min(tail // 2, len(here))
            del here[tail:]
            dirty = {i >> 1 for i in dirty if i >> 1 < tail}
            for i in dirty:
                here[i] = hasher(b"\x01" + below[2 * i] + below[2 * i + 1]).digest()
            for i in range(tail, size):
                pair = below[2 * i : 2 * i + 2]
                here.append(hasher(b"\x01" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0])
        del self._levels[depth + 1 :]

    def path(self, index: int) -> Path:
        """The way from the entry at ``index`` to the root."""
        at, aunts = index, []
        for level in self._levels[:-1]:
            sibling = at ^ 1
            if sibling < len(level):
                aunts.append(level[sibling])
            at >>= 1
        return Path(len(self.keys), index, tuple(aunts))

    def find(self, key: bytes) -> tuple[int, bool]:
        """The place of a key, or the place where it would stand; and whether it is there."""
        at = bisect_left(self.keys, key)
        return at, at < len(self.keys) and self.keys[at] == key

    def neighbours(self, at: int) -> tuple[Neighbour, ...]:
        """The one or two entries around the gap before place ``at``."""
        around = range(max(0, at - 1), min(at + 1, len(self.keys)))
        return tuple(
            Neighbour(self.keys[i], sha256(self.values[self.keys[i]]).digest(), self.path(i)) for i in around
        )


class State:
    """Modules of sorted maps. Starts empty; a module begins with the first key written to it."""

    def __init__(self, items: Iterable[tuple[tuple[str, bytes], bytes]] = ()) -> None:
        self._modules: dict[str, _MapTree] = {}
        self._outer = _MapTree()
        self.apply(dict(items))

    @property
    def app_hash(self) -> bytes:
        """The root over all modules; ``EMPTY_ROOT`` while there is none."""
        return self._outer.root

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules' names, in order."""
        return tuple(sorted(self._modules))

    def get(self, module: str, key: bytes) -> bytes | None:
        """The value under a key, or None."""
        tree = self._modules.get(module)
        return None if tree is None else tree.values.get(key)

    def items(self, module: str) -> Iterator[tuple[bytes, bytes]]:
        """A module's entries in key order, the sentinel among them; nothing for an unknown module."""
        tree = self._modules.get(module)
        if tree is not None:
            yield from ((k, tree.values[k]) for k in tree.keys)

    def between(self, module: str, start: bytes, end: bytes) -> Iterator[tuple[bytes, bytes]]:
        """A module's entries with ``start <= key < end``, in key order; the module must not change meanwhile."""
        tree = self._modules.get(module)
        if tree is not None:
            for at in range(bisect_left(tree.keys, start), bisect_left(tree.keys, end)):
                yield tree.keys[at], tree.values[tree.keys[at]]

    def snapshot(self) -> Iterator[tuple[tuple[str, bytes], bytes]]:
        """Every entry of every module in order: what ``State(items)`` restores."""
        for module in self.modules:
            yield from (((module, k), v) for k, v in self.items(module))

    def apply(self, changes: Changes) -> None:
        """Writes a block's changes at once; None removes a key.

        Raises ValueError, before anything is written, for a name or key outside 1 to 64 bytes, and for a
        change of a sentinel.
        """
        grouped: dict[str, dict[bytes, bytes | None]] = {}
        for (module, key), value in changes.items():
            if not 0 < len(key) <= MAX_KEY_BYTES or not 0 < len(module.encode()) <= MAX_KEY_BYTES:
                raise ValueError(f"module {module!r}, key {key.hex()}: outside 1 to {MAX_KEY_BYTES} bytes")
            if key == SENTINEL_KEY and value != SENTINEL_VALUE:
                raise ValueError(f"module {module!r}: its sentinel never changes")
            grouped.setdefault(module, {})[key] = value
        roots: dict[bytes, bytes | None] = {}
        for module, part in grouped.items():
            tree = self._modules.get(module)
            if tree is None:
                if all(value is None for value in part.values()):
                    continue
                tree = self._modules[module] = _MapTree()
                part[SENTINEL_KEY] = SENTINEL_VALUE
            tree.update(part)
            roots[module.encode()] = tree.root
        self._outer.update(roots)

    def prove(self, module: str, key: bytes) -> StateProof:
        """The proof that a key has its value, or that there is none; ``StateProof.kind`` says which.

        Raises ValueError for an empty state, which can prove nothing.
        """
        if not self._modules:
            raise ValueError("an empty state proves nothing")
        place, there = self._outer.find(module.encode())
        if not there:
            return StateProof(None, self._outer.neighbours(place))
        tree = self._modules[module]
        at, found = tree.find(key)
        return StateProof(tree.path(at) if found else tree.neighbours(at), self._outer.path(place))

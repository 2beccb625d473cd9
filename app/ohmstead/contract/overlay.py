"""A transaction's view of the state: reads through, writes apart, kept only if the transaction holds.

Here: the overlay and the modules' names. Not here: the provable tree (``ledger.statetree``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ohmstead.core.codec import Value, as_list, as_uint, decode, encode

# Module names of the state. Each holds a sentinel, because an empty map has no absence proof.
CHAIN, ZONE, GOVERNANCE, CERTIFIER = "chain", "zone", "governance", "certifier"
CERTIFICATE, METER, HOME, SIGNER, BEACON, QUOTA = (
    "certificate", "meter", "home", "signer", "beacon", "quota",
)  # fmt: skip
MODULES = (BEACON, CERTIFICATE, CERTIFIER, CHAIN, GOVERNANCE, HOME, METER, QUOTA, SIGNER, ZONE)

Key: TypeAlias = tuple[str, bytes]
Changes: TypeAlias = dict[Key, bytes | None]


class Overlay:
    """Reads fall through to ``below``; writes stay here until ``changes`` is taken."""

    def __init__(self, below: Callable[[str, bytes], bytes | None]) -> None:
        self._below = below
        self.changes: Changes = {}

    def get(self, module: str, key: bytes) -> bytes | None:
        """The value under a key, or None."""
        if (module, key) in self.changes:
            return self.changes[module, key]
        return self._below(module, key)

    def put(self, module: str, key: bytes, value: bytes) -> None:
        """Sets a key."""
        self.changes[module, key] = value

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
        self.changes.update(upper.changes)

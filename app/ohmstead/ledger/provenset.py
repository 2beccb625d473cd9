"""Values of the state, and absences, all under one header: what a meter answers when asked to prove them.

Here: the answer, its encoding, its check against the header's AppHash. Not here: trust in the header, which the
caller verifies (``ledger.lightclient``), a home's head bundle (``ledger.slice``).
Source: protocol/statements, "State".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ohmstead.core.codec import CodecError, Value, as_bytes, as_identifier, as_list
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.slice import SliceError
from ohmstead.ledger.stateproof import StateProof, verify_absence, verify_presence

MAX_ITEMS = 32
StateKey: TypeAlias = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class ProvenItem:
    """A state key with its value, or None where nothing is there; and the proof of either."""

    module: str
    key: bytes
    value: bytes | None
    proof: StateProof

    def check(self, app_hash: bytes) -> bytes | None:
        """The value, or None, once it is proven under this AppHash. Raises StateProofError."""
        if self.value is None:
            verify_absence(app_hash, self.module, self.key, self.proof)
        else:
            verify_presence(app_hash, self.module, self.key, self.value, self.proof)
        return self.value


@dataclass(frozen=True, slots=True)
class ProvenSet:
    """A light block, and items that its AppHash proves."""

    light_block: LightBlock
    items: tuple[ProvenItem, ...]

    def to_value(self) -> Value:
        """[light block, [[module, key, value or null, proof], ...]]."""
        return [
            self.light_block.to_cbor(),
            [[i.module, i.key, i.value, i.proof.to_cbor()] for i in self.items],
        ]

    @classmethod
    def from_value(cls, value: Value) -> ProvenSet:
        """The set of a decoded message. Raises SliceError, and what light block and proofs raise."""
        try:
            block, items = as_list(value, "proven set", 2)
            return cls(
                LightBlock.from_cbor(as_bytes(block, "light block")),
                tuple(_item(item) for item in as_list(items, "items", at_most=MAX_ITEMS)),
            )
        except CodecError as error:
            raise SliceError("proven set", str(error)) from error

    def check(self, keys: Sequence[StateKey]) -> Mapping[StateKey, bytes | None]:
        """The values of exactly these keys in this order. Raises SliceError, StateProofError."""
        if [(i.module, i.key) for i in self.items] != list(keys):
            raise SliceError("proven set", "holds other keys than were asked for")
        app_hash = self.light_block.header.app_hash
        return {(i.module, i.key): i.check(app_hash) for i in self.items}


def _item(value: Value) -> ProvenItem:
    module, key, item, proof = as_list(value, "item", 4)
    return ProvenItem(
        as_identifier(module, "module"), as_bytes(key, "key", at_most=64),
        None if item is None else as_bytes(item, "value"), StateProof.from_cbor(as_bytes(proof, "proof")),
    )  # fmt: skip

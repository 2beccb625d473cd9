"""What a market's rule may know besides the state: the ledger, its parameters, and the block it runs in.

Not here: a clock. Block time in whole seconds and the block's height are the only time there is.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract.overlay import MARKET, Overlay
from ohmstead.contract.parameters import MarketParameters, terms_at
from ohmstead.core.market_inner import SLOT_LIMIT
from ohmstead.market.orders import Terms


@dataclass(frozen=True, slots=True)
class Moment:
    """One block. ``proposers`` is how many different ones a reveal window must have seen."""

    genesis_hash: bytes
    params: MarketParameters
    height: int
    time_s: int
    proposer: bytes
    proposers: int

    def terms(self, state: Overlay, slot: int) -> Terms:
        """The reference terms of a slot; frozen once its commits are open."""
        series = state.get(MARKET, b"reference")
        if series is None:
            raise RuntimeError("the state holds no reference series")
        return terms_at(self.params, series, slot)


def slot_key(slot: int) -> bytes:
    """A slot as the first part of a state key: eight bytes, so that keys ascend with slots."""
    return slot.to_bytes(8, "big")


def slot_in(key: bytes) -> int:
    """The slot that a state key begins with."""
    return int.from_bytes(key[:8], "big")


#: Above every slot key.
AFTER_SLOTS = slot_key(SLOT_LIMIT)

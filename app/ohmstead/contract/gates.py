"""A reveal window: from its gate block to the block that completes or voids it; and how far the sweep has come.

The window is complete at the first block that is ``reveal_blocks`` after the gate block, ``reveal_seconds``
after the gate, and by which enough different proposers were seen: blocks alone can be rushed by one fast
member. Past the deadline it is void instead. Which of the two is written down in the block where it happens,
so that work carried over to a later block changes nothing. Under ``gate/<slot>`` and ``gate/L<gate
slot><lot>``: [gate height, gate time, [proposer, ...], state]. Source: protocol/market, "Reveal window".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ohmstead.contract.moment import Moment
from ohmstead.contract.overlay import MARKET, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode, encode
from ohmstead.ledger.merkle import CompactRange, leaf_hash

OPEN, COMPLETE, VOID = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Gate:
    """A window's record; ``height`` 0 means that its gate block is still to come (lots alone)."""

    height: int
    time_s: int
    proposers: tuple[bytes, ...] = ()
    state: int = OPEN

    def to_cbor(self) -> bytes:
        """The state value."""
        return encode([self.height, self.time_s, list(self.proposers), self.state])

    @classmethod
    def from_cbor(cls, data: bytes) -> Gate:
        """The window of a state value. Raises CodecError."""
        height, time_s, proposers, state = as_list(decode(data), "gate", 4)
        return cls(
            as_uint(height, "height"), as_uint(time_s, "time"),
            tuple(as_bytes(p, "proposer") for p in as_list(proposers, "proposers", at_most=3)),
            as_uint(state, "state", 3),
        )  # fmt: skip

    def only_open(self, height: int) -> None:
        """That a reveal counts in the block of this height. Raises Refused."""
        if self.state != OPEN:
            raise Refused(Reason.WINDOW_CLOSED)
        if self.height == 0 or height <= self.height:
            raise Refused(Reason.GATE_NOT_REACHED, "reveals count in the blocks after the gate block")

    def seen(self, now: Moment, gate_s: int, deadline_s: int) -> Gate:
        """The window after this block has begun: a proposer more, complete, void, or as it was."""
        if self.state != OPEN:
            return self
        if now.time_s >= deadline_s:
            return replace(self, state=VOID)
        if now.height <= self.height:
            return self
        proposers = self.proposers
        if len(proposers) < now.proposers and now.proposer and now.proposer not in proposers:
            proposers = tuple(sorted((*proposers, now.proposer)))
        complete = (
            now.height >= self.height + now.params.reveal_blocks
            and now.time_s >= gate_s + now.params.reveal_seconds
            and len(proposers) >= now.proposers
        )
        return replace(self, proposers=proposers, state=COMPLETE if complete else OPEN)


def next_slots(state: Overlay) -> tuple[int, int]:
    """The next slot whose gate is to come, and the next slot to be cleared."""
    value = state.get_list(MARKET, b"next", 2)
    if value is None:
        raise RuntimeError("the state holds no market")
    return as_uint(value[0], "next gate"), as_uint(value[1], "next clearing")


def next_clear(state: Overlay) -> int:
    """The next slot to be cleared; every slot before it is a leaf of the rule's log."""
    return next_slots(state)[1]


def append_record(state: Overlay, rule: str, leaf: bytes) -> int:
    """Appends a finished slot or lot to its rule's log, [size, root, [hash, ...]]; returns its index."""
    name = rule.encode()
    value = state.get_list(MARKET, name, 3)
    log = CompactRange()
    if value is not None:
        hashes = tuple(as_bytes(h, "hash", 32) for h in as_list(value[2], "log"))
        log = CompactRange(as_uint(value[0], "size"), hashes)
    after = log.append(leaf_hash(leaf))
    state.put_value(MARKET, name, [after.size, after.root(), list(after.hashes)])
    return log.size

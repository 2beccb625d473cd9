"""Sealed orders of the slot market: commit, cancel, reveal.

Every order of either side locks the same amount, so that nothing but 32 bytes tells two orders apart before
the reveal. Under ``order/<slot><home>``: [version, commitment, meter, order key, lock, live, agent, null or
[order, salt]]. Here: a commit's life up to its reveal. Not here: gates, windows, clearing
(``contract.market_slots``). Source: protocol/market, A.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ohmstead.contract import accounts, mandates
from ohmstead.contract.gates import Gate, next_clear
from ohmstead.contract.households import note, only_meter_of
from ohmstead.contract.moment import Moment, slot_key
from ohmstead.contract.overlay import ENGAGED, GATE, ORDER, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import as_bool, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.market_statements import CancelOrder, CommitOrder, RevealOrder
from ohmstead.core.statements import SignedStatement
from ohmstead.market.orders import slot_commitment
from ohmstead.market.settlement import flat_lock


@dataclass(frozen=True, slots=True)
class Sealed:
    """A household's order for a slot as the ledger keeps it; ``opened`` is (order bytes, salt) once revealed.

    ``live`` is False after a cancel: the version stays, so that an older one cannot come back.
    """

    version: int
    commitment: bytes
    meter: bytes
    key: bytes
    lock: int
    live: bool
    agent: bool
    opened: tuple[bytes, bytes] | None = None

    def to_cbor(self) -> bytes:
        """The state value."""
        return encode(
            [
                self.version, self.commitment, self.meter, self.key, self.lock, self.live, self.agent,
                None if self.opened is None else list(self.opened),
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> Sealed:
        """The order of a state value. Raises CodecError."""
        v = as_list(decode(data), "order", 8)
        opened = None
        if v[7] is not None:
            order, salt = as_list(v[7], "revealed order", 2)
            opened = as_bytes(order, "order"), as_bytes(salt, "salt", 32)
        return cls(
            as_uint(v[0], "version"), as_bytes(v[1], "commitment", 32), as_bytes(v[2], "meter", 16),
            as_bytes(v[3], "key", 16), as_uint(v[4], "lock"), as_bool(v[5], "live"),
            as_bool(v[6], "agent"), opened,
        )  # fmt: skip


def order_key(slot: int, household: bytes) -> bytes:
    """The state key of a household's order for a slot."""
    return slot_key(slot) + household


def _order_of(state: Overlay, slot: int, household: bytes) -> Sealed | None:
    raw = state.get(ORDER, order_key(slot, household))
    return None if raw is None else Sealed.from_cbor(raw)


def commit(state: Overlay, signed: SignedStatement, body: CommitOrder, now: Moment) -> None:
    """``commit``: seals an order, or replaces one by a higher version without moving money."""
    order, signer = body.order, body.inner.signer
    only_meter_of(state, signed.signer, order.meter, order.household, now.time_s)
    agent = mandates.acts_as_agent(state, signer, order.household, now.time_s)
    _only_before_gate(order.slot, now)
    if order.version > now.params.versions:
        raise Refused(Reason.QUOTA, f"{now.params.versions} versions a slot")
    name = order_key(order.slot, order.household)
    if state.get(ENGAGED, order.household + slot_key(order.slot)) is not None:
        raise Refused(Reason.ENGAGED, "a lot of this household covers the slot")
    before = _order_of(state, order.slot, order.household)
    if before is not None and order.version <= before.version:
        raise Refused(Reason.OLD_VERSION, f"version {before.version} is recorded")
    live = before is not None and before.live
    if before is None or not live:
        nano = flat_lock(now.terms(state, order.slot))
        accounts.lock(state, order.household, nano, now.time_s)
    else:
        nano = before.lock
        accounts.only_unbarred(state, order.household, now.time_s)
    counted = live and before is not None and before.agent
    if agent != counted:
        mandates.count(state, order.household, 1 if agent else -1, limited=agent)
    after = Sealed(order.version, order.commitment, order.meter, signer, nano, True, agent)
    state.put(ORDER, name, after.to_cbor())
    note(state, order.household, signed.data)


def cancel(state: Overlay, signed: SignedStatement, body: CancelOrder, now: Moment) -> None:
    """``cancel``: the lock returns, until the gate."""
    mandates.acts_as_agent(state, signed.signer, body.household, now.time_s)
    _only_before_gate(body.slot, now)
    before = _order_of(state, body.slot, body.household)
    if before is None or not before.live:
        raise Refused(Reason.NO_COMMIT, f"slot {body.slot}")
    if body.version <= before.version:
        raise Refused(Reason.OLD_VERSION, f"version {before.version} is recorded")
    if body.version > now.params.versions + 1:  # one more than commits: the last one can be taken back
        raise Refused(Reason.QUOTA, f"{now.params.versions} versions a slot")
    after = replace(before, version=body.version, live=False, agent=False, lock=0)
    state.put(ORDER, order_key(body.slot, body.household), after.to_cbor())
    accounts.unlock(state, body.household, before.lock, before.lock)
    if before.agent:
        mandates.count(state, body.household, -1)
    note(state, body.household, signed.data)


def reveal(state: Overlay, signed: SignedStatement, body: RevealOrder, now: Moment) -> None:
    """``reveal``: opens the latest live commit, in a block after the gate block and before the window's end.

    Bytes that do not hash to the commitment are refused, so nobody else can burn a lock; what they say is
    judged when the slot is cleared.
    """
    if body.slot < next_clear(state):
        raise Refused(Reason.WINDOW_CLOSED, f"slot {body.slot}")
    before = _order_of(state, body.slot, body.household)
    if before is None or not before.live:
        raise Refused(Reason.NO_COMMIT, f"slot {body.slot}")
    raw = state.get(GATE, slot_key(body.slot))
    if raw is None:
        # No record: the gate is ahead, or block time went past the delivery's beginning and the slot is void.
        ahead = now.time_s < now.params.gate_s(body.slot)
        raise Refused(Reason.GATE_NOT_REACHED if ahead else Reason.WINDOW_CLOSED, f"slot {body.slot}")
    Gate.from_cbor(raw).only_open(now.height)
    if before.opened is not None:
        raise Refused(Reason.ALREADY_DONE, "revealed")
    found = slot_commitment(
        now.genesis_hash, body.slot, body.household, before.meter, before.key, before.version,
        body.order_bytes, body.salt,
    )  # fmt: skip
    if found != before.commitment:
        raise Refused(Reason.WRONG_COMMITMENT, f"slot {body.slot}")
    after = replace(before, opened=(body.order_bytes, body.salt))
    state.put(ORDER, order_key(body.slot, body.household), after.to_cbor())
    note(state, body.household, signed.data)


def _only_before_gate(slot: int, now: Moment) -> None:
    """That a slot takes commits and cancels in this block, by block time alone. Raises Refused."""
    if slot < now.params.first_slot:
        raise Refused(Reason.NO_SLOT, f"the market begins with slot {now.params.first_slot}")
    if now.time_s >= now.params.gate_s(slot):
        raise Refused(Reason.GATE_PASSED, f"slot {slot}")
    if now.time_s < now.params.open_s(slot):
        raise Refused(Reason.SLOT_NOT_OPEN, f"slot {slot}")


def is_live(state: Overlay, slot: int, household: bytes) -> bool:
    """Whether a household has a live commit for a slot."""
    order = _order_of(state, slot, household)
    return order is not None and order.live

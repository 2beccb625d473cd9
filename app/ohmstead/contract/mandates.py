"""Order keys and mandates: who may seal orders for a household.

An order key is admitted by a commissioned meter of the household. A mandate lets one of the household's
meters seal orders by itself: until its expiry, on at most so many live locks. Its terms are not on the
ledger, only their hash is. Under ``mandate/<home>``: [agent, expiry (s), maximum, terms hash, live]. ``live``
counts the agent's commits whose slots are neither cleared nor void, also over a change of mandate. Source:
protocol/market, "Standing instructions".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ohmstead.contract import accounts
from ohmstead.contract.households import (
    household_of_key,
    member_meter,
    note,
    only_meter_of,
    only_order_key,
)
from ohmstead.contract.moment import Moment
from ohmstead.contract.overlay import CERTIFIER, MANDATE, METER, ORDER_KEY, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.contract.treasury import members
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import KeyRefused, admit_key, kid
from ohmstead.core.market_statements import GiveMandate, OpenAccount
from ohmstead.core.statements import SignedStatement


@dataclass(frozen=True, slots=True)
class Mandate:
    """What the ledger knows of a mandate; ``max_live`` 0 is a revoked one."""

    agent: bytes
    expiry: int
    max_live: int
    terms_hash: bytes
    live: int = 0

    def to_cbor(self) -> bytes:
        """[agent, expiry, maximum, terms hash, live]."""
        return encode([self.agent, self.expiry, self.max_live, self.terms_hash, self.live])

    @classmethod
    def from_cbor(cls, data: bytes) -> Mandate:
        """The mandate of a state value. Raises CodecError."""
        v = as_list(decode(data), "mandate", 5)
        return cls(
            as_bytes(v[0], "agent", 16), as_uint(v[1], "expiry"), as_uint(v[2], "maximum"),
            as_bytes(v[3], "terms hash", 32), as_uint(v[4], "live"),
        )  # fmt: skip


def _mandate_of(state: Overlay, household: bytes) -> Mandate | None:
    raw = state.get(MANDATE, household)
    return None if raw is None else Mandate.from_cbor(raw)


def open_account(state: Overlay, signed: SignedStatement, body: OpenAccount, now: Moment) -> None:
    """``account-open``: one more order key of a household, vouched for by its meter."""
    key = body.order_key
    only_meter_of(state, signed.signer, key.meter, key.household, now.time_s)
    try:
        admit_key(key.public_key)
    except KeyRefused as error:
        raise Refused(Reason.KEY_REFUSED, str(error)) from error
    name = kid(key.public_key)
    if household_of_key(state, name) == key.household:
        raise Refused(Reason.ALREADY_DONE, name.hex())
    treasury = now.params.treasury
    taken = any(state.get(module, name) is not None for module in (METER, CERTIFIER, ORDER_KEY))
    if taken or name in members(state) or (treasury is not None and name == kid(treasury)):
        raise Refused(Reason.KEY_IN_USE, name.hex())
    accounts.add_key(state, key.household, name, key.public_key)
    note(state, key.household, signed.data)


def give(state: Overlay, signed: SignedStatement, body: GiveMandate, now: Moment) -> None:
    """``mandate``: replaces the household's mandate; a maximum of 0 revokes it."""
    only_order_key(state, signed.signer, body.household)
    if body.max_live and member_meter(state, body.agent, now.time_s) != body.household:
        raise Refused(Reason.WRONG_HOUSEHOLD, "the agent is no meter of this household")
    before = _mandate_of(state, body.household)
    live = before.live if before else 0
    after = Mandate(body.agent, body.expiry, body.max_live, body.terms_hash, live)
    state.put(MANDATE, body.household, after.to_cbor())
    note(state, body.household, signed.data)


def acts_as_agent(state: Overlay, signer: bytes, household: bytes, time_s: int) -> bool:
    """Whether a key acts under the household's mandate (True) or as its order key. Raises Refused."""
    if household_of_key(state, signer) == household:
        return False
    mandate = _mandate_of(state, household)
    if mandate is None or mandate.agent != signer or mandate.max_live == 0:
        raise Refused(Reason.NO_MANDATE, "neither an order key nor the agent of this household")
    if time_s > mandate.expiry:
        raise Refused(Reason.NO_MANDATE, f"ended at {mandate.expiry}")
    if member_meter(state, signer, time_s) != household:
        raise Refused(Reason.NO_MANDATE, "the agent has left this household")
    return True


def count(state: Overlay, household: bytes, change: int, *, limited: bool = False) -> None:
    """Counts a live lock of the agent's, up or down. Raises Refused where ``limited`` and too many."""
    mandate = _mandate_of(state, household)
    if mandate is None:
        return
    live = mandate.live + change
    if limited and live > mandate.max_live:
        raise Refused(Reason.TOO_MANY_LIVE, f"{mandate.max_live} at once")
    state.put(MANDATE, household, replace(mandate, live=live).to_cbor())

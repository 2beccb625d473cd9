"""Money in and out, and the reference series: what the treasury's key or two thirds of the governance decide.

A member's statement is a vote; it takes effect with the vote that makes more than two thirds, and only then
stands in the household's log. A reference is used once, by whoever names it first: a second statement under
it must say the same. Here: credit, withdraw, payout, reference. Not here: accounts themselves. Source:
protocol/market, C.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from ohmstead.contract import accounts
from ohmstead.contract.households import note, only_order_key
from ohmstead.contract.moment import Moment
from ohmstead.contract.overlay import GOVERNANCE, MARKET, TREASURY, Overlay
from ohmstead.contract.parameters import MAX_SERIES, Reference, check_reference, series_bytes, series_of
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import CodecError, Value, as_bool, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import kid
from ohmstead.core.market_statements import Credit, Payout, SetReference, Withdraw
from ohmstead.core.statements import SignedStatement

_MOVES: dict[str, Callable[[Overlay, bytes, int], None]] = {
    Credit.TYPE: accounts.came_in, Withdraw.TYPE: accounts.went_out,
}  # fmt: skip


def members(state: Overlay) -> dict[bytes, bytes]:
    """The governance members' public keys by ``kid``."""
    raw = state.get(GOVERNANCE, b"members")
    items = [] if raw is None else as_list(decode(raw), "members")
    keys = [as_bytes(as_list(m, "member", 2)[1], "member key", 32) for m in items]
    return {kid(key): key for key in keys}


def move(state: Overlay, signed: SignedStatement, body: Credit | Withdraw, now: Moment) -> None:
    """``credit`` and ``withdraw``: at once by the treasury, else with the vote that makes two thirds."""
    name = b"ref/" + body.reference
    what: list[Value] = [body.TYPE, body.household, body.nano]
    entry = state.get_list(TREASURY, name, 5)
    if entry is not None and as_bool(entry[4], "done"):
        raise Refused(Reason.REFERENCE_USED, body.reference.hex())
    if entry is not None and entry[:3] != what:
        raise Refused(Reason.REFERENCE_USED, "for something else")
    treasury = now.params.treasury
    done, votes = True, list[bytes]()
    if treasury is None or signed.signer != kid(treasury):
        votes, done = _vote(state, signed.signer, entry[3] if entry else [])
    accounts.account_of(state, body.household)
    state.put_value(TREASURY, name, [*what, list(votes), done])
    if done:
        _MOVES[body.TYPE](state, body.household, body.nano)
        note(state, body.household, signed.data)


def payout(state: Overlay, signed: SignedStatement, body: Payout) -> None:
    """``payout``: locks what a household wants paid; 0 takes the wish back."""
    only_order_key(state, signed.signer, body.household)
    accounts.ask_payout(state, body.household, body.nano)
    note(state, body.household, signed.data)


def set_reference(state: Overlay, signed: SignedStatement, body: SetReference, now: Moment) -> None:
    """``reference``: prices from a slot on whose commits are not open yet; they replace what was set there.

    The votes stay until that slot opens, so that nobody can play them again after another decision.
    """
    reference = Reference(body.from_slot, body.feed_in, body.retail, body.fee)
    try:
        check_reference(reference)
    except CodecError as error:
        raise Refused(Reason.MALFORMED, str(error)) from error
    if body.from_slot <= now.params.first_slot or now.time_s >= now.params.open_s(body.from_slot):
        raise Refused(Reason.FROZEN, f"slot {body.from_slot}")
    name = b"terms/" + sha256(encode(reference.to_value())).digest()
    entry = state.get_list(MARKET, name, 3)
    if entry is not None and as_bool(entry[2], "done"):
        raise Refused(Reason.ALREADY_DONE, "decided")
    votes, done = _vote(state, signed.signer, entry[1] if entry else [])
    if done:
        _replace(state, reference)
    for key, raw in state.starting(MARKET, b"terms/"):
        if now.time_s >= now.params.open_s(as_uint(as_list(decode(raw), "vote", 3)[0], "slot")):
            state.remove(MARKET, key)
    state.put_value(MARKET, name, [reference.from_slot, list(votes), done])


def _replace(state: Overlay, reference: Reference) -> None:
    kept = series_of(state.get(MARKET, b"reference") or b"\x80")
    series = [*(r for r in kept if r.from_slot < reference.from_slot), reference]
    if len(series) > MAX_SERIES:
        raise Refused(Reason.FULL, f"{MAX_SERIES} references")
    state.put(MARKET, b"reference", series_bytes(series))


def _vote(state: Overlay, signer: bytes, votes: Value) -> tuple[list[bytes], bool]:
    """The votes with the signer's, ascending, and whether they are more than two thirds. Raises Refused."""
    known = members(state)
    if signer not in known:
        raise Refused(Reason.NOT_GOVERNANCE)
    # Whoever has left the governance does not count any more.
    cast = [k for k in (as_bytes(v, "vote", 16) for v in as_list(votes, "votes")) if k in known]
    if signer in cast:
        raise Refused(Reason.ALREADY_DONE, "voted before")
    cast = sorted([*cast, signer])
    return cast, 3 * len(cast) > 2 * len(known)

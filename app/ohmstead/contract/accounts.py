"""A household's money on the ledger, in nano-units: free, locked, and the four pots that are nobody's.

Invariant 0: the sum of all accounts, free and locked, with escrow, ``fee``, ``supplier`` and ``fund`` equals
what was credited less what was withdrawn; free is never below zero. Every move here takes from one place
exactly what it gives to another. Here: records, moves, the bar of households that forfeited. Not here: why
money moves. Source: protocol/market, C.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ohmstead.contract.overlay import ACCOUNT, ORDER_KEY, TREASURY, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import INT64, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.slots import SLOT_SECONDS

MAX_KEYS = 8
DAY_S = 86_400
#: Forfeits on this many different days within so many days bar a household for as many days.
BAR_DAYS, BAR_WITHIN_DAYS = 3, 30
ESCROW, FEE, SUPPLIER, FUND = b"escrow", b"fee", b"supplier", b"fund"
POTS = (ESCROW, FEE, FUND, SUPPLIER)
CREDITED, WITHDRAWN = b"credited", b"withdrawn"


@dataclass(frozen=True, slots=True)
class Account:
    """Under ``account/<home>``. ``payout`` is the part of ``locked`` that waits for a withdrawal.

    ``forfeits`` are the days (UTC, of the slot) on which a lock was forfeited, those of the last 30;
    ``barred_until`` is block time, s.
    """

    keys: tuple[bytes, ...] = ()
    free: int = 0
    locked: int = 0
    forfeits: tuple[int, ...] = ()
    barred_until: int = 0
    payout: int = 0

    def __post_init__(self) -> None:
        # What a rule must never reach: a bug here stops the node instead of making money.
        if self.free < 0 or self.payout < 0 or self.locked < self.payout or self.free + self.locked >= INT64:
            raise ArithmeticError(f"free {self.free}, locked {self.locked}, payout {self.payout}")

    def to_cbor(self) -> bytes:
        """[[kid, ...], free, locked, [day, ...], barred until, payout]."""
        return encode(
            [
                list(self.keys), self.free, self.locked, list(self.forfeits), self.barred_until,
                self.payout,
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> Account:
        """The account of a state value. Raises CodecError."""
        v = as_list(decode(data), "account", 6)
        return cls(
            tuple(as_bytes(k, "key", 16) for k in as_list(v[0], "keys", at_most=MAX_KEYS)),
            as_uint(v[1], "free"), as_uint(v[2], "locked"),
            tuple(as_uint(d, "day") for d in as_list(v[3], "forfeits", at_most=BAR_WITHIN_DAYS)),
            as_uint(v[4], "barred until"), as_uint(v[5], "payout"),
        )  # fmt: skip


def account_of(state: Overlay, household: bytes) -> Account:
    """A household's account. Raises Refused(NO_ACCOUNT)."""
    raw = state.get(ACCOUNT, household)
    if raw is None:
        raise Refused(Reason.NO_ACCOUNT, household.hex())
    return Account.from_cbor(raw)


def put_account(state: Overlay, household: bytes, account: Account) -> None:
    """Keeps an account."""
    state.put(ACCOUNT, household, account.to_cbor())


def add_key(state: Overlay, household: bytes, kid: bytes, public: bytes) -> None:
    """One more order key of a household; opens its account with the first. Raises Refused."""
    raw = state.get(ACCOUNT, household)
    account = Account() if raw is None else Account.from_cbor(raw)
    if len(account.keys) >= MAX_KEYS:
        raise Refused(Reason.FULL, f"{MAX_KEYS} keys")
    put_account(state, household, replace(account, keys=(*account.keys, kid)))
    state.put_value(ORDER_KEY, kid, [public, household])


def lock(state: Overlay, household: bytes, nano: int, time_s: int) -> None:
    """Moves free money into a lock. Raises Refused: no account, barred, or not enough."""
    account = account_of(state, household)
    if account.barred_until > time_s:
        raise Refused(Reason.BARRED, f"until {account.barred_until}")
    if account.free < nano:
        raise Refused(Reason.NO_FUNDS, f"{nano} needed, {account.free} free")
    put_account(state, household, replace(account, free=account.free - nano, locked=account.locked + nano))


def only_unbarred(state: Overlay, household: bytes, time_s: int) -> None:
    """That a household has an account and is not barred. Raises Refused."""
    account = account_of(state, household)
    if account.barred_until > time_s:
        raise Refused(Reason.BARRED, f"until {account.barred_until}")


def unlock(state: Overlay, household: bytes, lock_nano: int, back: int, gains: int = 0) -> None:
    """Ends ``lock_nano`` of a household's locks: ``back`` of it is free again, and ``gains`` come from a pot.

    The caller gives the rest of the lock, and takes the gains, where they belong.
    """
    account = account_of(state, household)
    put_account(
        state,
        household,
        replace(account, free=account.free + back + gains, locked=account.locked - lock_nano),
    )


def pot(state: Overlay, name: bytes, change: int) -> None:
    """Puts into a pot, or takes out of it with a negative amount."""
    if change:
        state.put_value(ACCOUNT, name, _checked(state.get_uint(ACCOUNT, name) + change))


def forfeit(state: Overlay, household: bytes, nano: int, slot: int) -> None:
    """A whole lock goes to the community fund; forfeits on three days of thirty bar the household for thirty."""
    account = account_of(state, household)
    today = slot * SLOT_SECONDS // DAY_S
    days = [d for d in account.forfeits if d > today - BAR_WITHIN_DAYS and d != today]
    days = sorted([*days, today])[-BAR_WITHIN_DAYS:]
    barred = account.barred_until
    # A lot's day may lie ahead of a slot's, so any three of the days kept may be the three.
    if any(c - a < BAR_WITHIN_DAYS for a, c in zip(days, days[BAR_DAYS - 1 :], strict=False)):
        barred = max(barred, slot * SLOT_SECONDS + BAR_WITHIN_DAYS * DAY_S)
    put_account(
        state,
        household,
        replace(
            account, locked=account.locked - nano, forfeits=tuple(days), barred_until=barred,
        ),
    )  # fmt: skip
    pot(state, FUND, nano)


def came_in(state: Overlay, household: bytes, nano: int) -> None:
    """Credits an account. Raises Refused where the ledger's sum would leave 63 bits."""
    account = account_of(state, household)
    credited = state.get_uint(TREASURY, CREDITED) + nano
    if credited >= INT64:
        raise Refused(Reason.MALFORMED, "more money than the ledger can count")
    state.put_value(TREASURY, CREDITED, credited)
    put_account(state, household, replace(account, free=account.free + nano))


def ask_payout(state: Overlay, household: bytes, nano: int) -> None:
    """Locks ``nano`` for a withdrawal, in place of what waited before. Raises Refused."""
    account = account_of(state, household)
    free = account.free + account.payout
    if nano > free:
        raise Refused(Reason.NO_FUNDS, f"{nano} asked, {free} free")
    locked = account.locked - account.payout + nano
    put_account(state, household, replace(account, free=free - nano, locked=locked, payout=nano))


def went_out(state: Overlay, household: bytes, nano: int) -> None:
    """The payout that waited leaves the ledger. Raises Refused unless exactly that was asked for."""
    account = account_of(state, household)
    if account.payout != nano:
        raise Refused(Reason.NO_PAYOUT, f"{account.payout} waits")
    put_account(state, household, replace(account, locked=account.locked - nano, payout=0))
    state.put_value(TREASURY, WITHDRAWN, state.get_uint(TREASURY, WITHDRAWN) + nano)


def _checked(value: int) -> int:
    if not 0 <= value < INT64:
        raise ArithmeticError(f"a pot would hold {value}")
    return value

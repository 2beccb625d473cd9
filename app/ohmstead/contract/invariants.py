"""What must hold of a market's state after every block, computed from the whole state: for tests and for audits.

Invariant 0: all accounts, free and locked, with the four pots are what was credited less what was withdrawn.
Further: every lock is accounted for by what holds it, and escrow by the sales that wait. Not on a block's
path: it reads every account. Source: protocol/market, C; research on market engines, invariants 13 and 14.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract import accounts
from ohmstead.contract.accounts import Account
from ohmstead.contract.mandates import Mandate
from ohmstead.contract.market_lots import BidState, LotState
from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.overlay import ACCOUNT, LOT, LOT_BID, MANDATE, ORDER, SALE, TREASURY
from ohmstead.core.codec import as_uint, decode
from ohmstead.ledger.statetree import SENTINEL_KEY, State

HOME_BYTES = 16


class MoneyLost(AssertionError):
    """The ledger's money does not add up: a bug in a rule, never a bad transaction."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the ledger's money is, nano-units."""

    free: int
    locked: int
    escrow: int
    fee: int
    supplier: int
    fund: int
    credited: int
    withdrawn: int

    @property
    def held(self) -> int:
        """Everything that the ledger holds."""
        return self.free + self.locked + self.escrow + self.fee + self.supplier + self.fund


def balance(state: State) -> Balance:
    """The sums of a state. Raises CodecError for a state without a market."""
    known = [account for _, account in _accounts(state)]

    def number(module: str, name: bytes) -> int:
        raw = state.get(module, name)
        return as_uint(None if raw is None else decode(raw), name.decode())

    return Balance(
        free=sum(a.free for a in known),
        locked=sum(a.locked for a in known),
        escrow=number(ACCOUNT, accounts.ESCROW),
        fee=number(ACCOUNT, accounts.FEE),
        supplier=number(ACCOUNT, accounts.SUPPLIER),
        fund=number(ACCOUNT, accounts.FUND),
        credited=number(TREASURY, accounts.CREDITED),
        withdrawn=number(TREASURY, accounts.WITHDRAWN),
    )


def check_money(state: State) -> Balance:
    """That invariant 0 holds, and every lock and the escrow are what holds them. Raises MoneyLost."""
    sums = balance(state)
    if sums.held != sums.credited - sums.withdrawn:
        raise MoneyLost(f"{sums.held} held, {sums.credited} credited, {sums.withdrawn} withdrawn")
    held, escrow = _holders(state)
    for home, account in _accounts(state):
        locked = held.pop(home, 0) + account.payout
        if account.locked != locked:
            raise MoneyLost(f"home {home.hex()}: {account.locked} locked, {locked} accounted for")
    if any(held.values()):
        raise MoneyLost("a lock of a home without an account")
    if sums.escrow != escrow:
        raise MoneyLost(f"{sums.escrow} in escrow, {escrow} due for sales")
    _check_agents(state)
    return sums


def _accounts(state: State) -> list[tuple[bytes, Account]]:
    return [(key, Account.from_cbor(v)) for key, v in state.items(ACCOUNT) if len(key) == HOME_BYTES]


def _holders(state: State) -> tuple[dict[bytes, int], int]:
    """By home what its orders, bids, lots and sales hold locked; and what the sales hold in escrow."""
    held: dict[bytes, int] = {}
    escrow = 0

    def add(home: bytes, nano: int) -> None:
        held[home] = held.get(home, 0) + nano

    for key, raw in _entries(state, ORDER):
        order = Sealed.from_cbor(raw)
        add(key[8:], order.lock if order.live else 0)
    for key, raw in _entries(state, LOT_BID):
        add(key[16:], BidState.from_cbor(raw).lock)
    for _, raw in _entries(state, LOT):
        lot = LotState.from_cbor(raw)
        add(lot.seller, lot.bond)
    for key, raw in _entries(state, SALE):
        if not key.startswith(b"X"):
            sale = Sale.from_cbor(raw)
            add(sale.seller, sale.kept)
            escrow += sale.wh * (sale.price + sale.fee)
    return held, escrow


def _check_agents(state: State) -> None:
    live: dict[bytes, int] = {}
    for key, raw in _entries(state, ORDER):
        order = Sealed.from_cbor(raw)
        if order.live and order.agent:
            live[key[8:]] = live.get(key[8:], 0) + 1
    for home, raw in _entries(state, MANDATE):
        counted = Mandate.from_cbor(raw).live
        if counted != live.pop(home, 0):
            raise MoneyLost(f"home {home.hex()}: {counted} locks counted under its mandate")
    if live:
        raise MoneyLost("an agent's lock without a mandate")


def _entries(state: State, module: str) -> list[tuple[bytes, bytes]]:
    return [(key, value) for key, value in state.items(module) if key != SENTINEL_KEY]

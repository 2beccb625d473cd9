"""The market's money: what is locked, what a clearing frees, what a delivery pays. Nano-units, exact.

Wh × µ/kWh = nano, so nothing is ever rounded. Prices in here are net (what a seller receives); a buyer pays
price + fee. A lot is settled by the same functions: its winner's fill is the lot, the net price its all-in price
less the fee. Not here: accounts and whose money it is (``contract``). Source: protocol/market, "At clearing",
"Delivery and settlement".
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.errors import VerificationError
from ohmstead.market.orders import Side, Terms


class SettlementRefused(VerificationError):
    """Amounts that no clearing under these terms can have produced."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Where one lock goes at clearing: the part kept locked, the part to escrow, the part back to free."""

    kept_locked: int
    to_escrow: int
    back: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where one seller's fill goes, once: nano-units out of escrow and out of the seller's lock.

    From escrow, fill × (price + fee), come ``seller_gets``, ``fee`` and the price of what was not delivered; from
    the lock, fill × (retail − price), ``seller_unlocks`` and the rest of what was not delivered. Both of those
    rests are ``supplier``: retail per Wh, so that the buyer always has its energy.
    """

    seller_gets: int
    seller_unlocks: int
    fee: int
    supplier: int


def flat_lock(terms: Terms) -> int:
    """What every commit locks, whatever it hides: the largest order at the retail price."""
    return terms.max_order_wh * terms.retail


def lot_bond(wh: int, terms: Terms) -> int:
    """What a seller locks to open a lot: the most a shortfall can cost it."""
    return wh * (terms.retail - terms.feed_in)


def lot_lock(wh: int, terms: Terms) -> int:
    """What every bidder on a lot locks, whatever it bids: the lot at the retail price."""
    return wh * terms.retail


def after_clearing(side: Side, lock: int, fill: int, price: int | None, terms: Terms) -> Shrunk:
    """How the lock of a revealed order, a lot's winner or its seller shrinks. ``fill`` in Wh.

    Raises SettlementRefused: a fill without a price, a price out of bounds, or more than the lock covers.
    """
    if fill < 0 or (fill and price is None):
        raise SettlementRefused("fill", f"{fill} Wh at the price {price}")
    if not fill or price is None:
        return Shrunk(0, 0, lock)
    if not 0 <= price <= terms.retail - terms.fee:
        raise SettlementRefused("price", f"{price} is outside 0 to {terms.retail - terms.fee}")
    held = fill * (price + terms.fee) if side is Side.BUY else fill * (terms.retail - price)
    if held > lock:
        raise SettlementRefused("lock", f"{lock} does not cover {held}")
    return Shrunk(0, held, lock - held) if side is Side.BUY else Shrunk(held, 0, lock - held)


def settle(fill: int, delivered: int, price: int, fee: int, retail: int) -> Settlement:
    """The final settlement of a seller's fill; ``delivered`` is what its meter states, 0 if it states nothing.

    Raises SettlementRefused where the amounts do not fit: delivered above the fill, price + fee above retail.
    """
    if not 0 <= delivered <= fill:
        raise SettlementRefused("delivered", f"{delivered} Wh of a fill of {fill}")
    if price < 0 or fee < 0 or price + fee > retail:
        raise SettlementRefused("price", f"{price} and a fee of {fee} against a retail price of {retail}")
    short = fill - delivered
    return Settlement(delivered * price, delivered * (retail - price), fill * fee, short * retail)

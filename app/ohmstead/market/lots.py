"""A surplus lot's auction, rule ``lot/1``: one indivisible lot, sealed bids, the second price.

The highest bid wins and pays the second highest, at least reserve + fee; bids and the price are all-in, µ/kWh.
Here: what may be offered and bid, and who wins. Not here: sealing (``market.orders``), money
(``market.settlement``), times (``contract``). Source: protocol/market, B; after Hahn et al. 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.core.codec import encode
from ohmstead.market.clearing import DuplicateOrder
from ohmstead.market.orders import OrderRefused, Terms

LOT_RULE = "lot/1"


@dataclass(frozen=True, slots=True)
class Lot:
    """What is sold: its id, its energy in Wh, and the least the seller takes (net, µ/kWh)."""

    id: bytes
    wh: int
    reserve: int


@dataclass(frozen=True, slots=True)
class LotBid:
    """A revealed bid: its commitment, the bidder's household, all-in µ/kWh."""

    id: bytes
    household: bytes
    bid: int


@dataclass(frozen=True, slots=True)
class LotClearing:
    """Who won and what it pays: ``price`` all-in, ``net_price`` what the seller receives; all None if unsold."""

    winner: bytes | None
    price: int | None
    net_price: int | None


def admit_lot(wh: int, reserve: int, terms: Terms) -> None:
    """That a lot may be opened under these terms. Raises OrderRefused."""
    if not 0 < wh < 1 << 31:
        raise OrderRefused("wh", f"must be from 1 below {1 << 31}, not {wh}")
    low, high = terms.feed_in, terms.retail - terms.fee
    if not low <= reserve <= high:
        raise OrderRefused("reserve", f"{reserve} is outside {low} to {high}")


def admit_bid(bid: int, reserve: int, terms: Terms) -> None:
    """That a bid may stand on a lot with this reserve. Raises OrderRefused."""
    low, high = reserve + terms.fee, terms.retail
    if not low <= bid <= high:
        raise OrderRefused("bid", f"{bid} is outside {low} to {high}")


def clear_lot(bids: Sequence[LotBid], reserve: int, fee: int, seed: bytes) -> LotClearing:
    """The auction's outcome. A bid below reserve + fee does not count. Raises DuplicateOrder.

    Equal highest bids: the smaller SHA-256 of [seed, commitment] wins and pays its own bid.
    """
    if len({bid.id for bid in bids}) != len(bids):
        raise DuplicateOrder("bids", "one commitment stands there twice")
    floor = reserve + fee
    ranked = sorted((bid for bid in bids if bid.bid >= floor), key=lambda bid: -bid.bid)
    if not ranked:
        return LotClearing(None, None, None)
    best = [bid for bid in ranked if bid.bid == ranked[0].bid]
    winner = best[0]
    if len(best) > 1:
        winner = min(best, key=lambda bid: sha256(encode([seed, bid.id])).digest())
    price = ranked[1].bid if len(ranked) > 1 else floor
    return LotClearing(winner.id, price, price - fee)

"""The market as the window sees it: what a person can ask for, and the typed answers. Qt-free.

The controller (``services.market``) signs, keeps and sends; everything that comes of it arrives as a new
``services.market_states.MarketState``, posted whole. What is not part of that state is posted as one of the
values here: ``OffersTaken``, ``WhyBook``, ``WhyLot``, ``EvidenceSaved``, ``MarketProblem``. Not here: the page's
words (``presenters.market_*``), doing any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from ohmstead.market.clearing import BookOrder
from ohmstead.market.lots import LotBid
from ohmstead.market.orders import Side, Step, Terms
from ohmstead.services.market_states import Alarm, Checked

#: What to put into one slot: the slot and its steps, best first (``market.orders.Order``).
SlotWant = tuple[int, tuple[Step, ...]]


class MarketTask(Enum):
    """What was asked for."""

    OFFER = "offer"
    CANCEL = "cancel"
    UNDO = "undo"
    INSTRUCT = "instruct"
    STOP = "stop instructing"
    OPEN_LOT = "open lot"
    BID = "bid"
    PAYOUT = "payout"
    PAYOUT_BACK = "payout taken back"
    WHY = "why"
    EVIDENCE = "evidence"


class MarketReason(Enum):
    """Why it was not done. Append only; the first nine are the meter's own (link method HAND)."""

    OVER_RATING = "over rating"
    OVER_EXPORT = "over export"
    GATE_CLOSED = "gate closed"
    OLDER_VERSION = "older version"
    OVER_MAXIMUM = "over maximum"
    OUTSIDE_BAND = "outside band"
    ENGAGED = "engaged"  # a lot and an order in one slot
    NO_MARKET = "no market"
    REFUSED = "refused"  # for a reason that only ``detail`` knows
    NO_MONEY = "no money"  # too little is free; ``detail`` is empty, ``missing_nano`` says how much
    BARRED = "barred"
    AWAY = "away"  # only with a link to the meter
    VIEWER = "viewer"  # this computer may look, not act
    NOT_KEPT = "not kept"  # the disk would not take it; nothing was sent
    NOT_HERE = "not here"  # the book is not on this computer and nobody could be asked


@dataclass(frozen=True, slots=True)
class MarketProblem:
    """What was not done and why. ``detail`` is for what only the failure itself knows."""

    task: MarketTask
    reason: MarketReason
    detail: str = ""
    which: int | bytes | None = None
    missing_nano: int = 0


@dataclass(frozen=True, slots=True)
class OffersTaken:
    """Offers (or a lot, or a bid) are signed and kept; ``keys`` are their ``OrderState.key``, for undoing."""

    side: Side
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WhyBook:
    """The opened book of one slot, complete and checked against the ledger's record of it.

    ``own`` is this home's order id (its commitment), None if it took no part. ``stated_price`` (net, µ/kWh) is
    the ledger's; ``checked`` what recomputing it here came to.
    """

    slot: int
    book: tuple[BookOrder, ...] = field(repr=False)
    terms: Terms
    seed: bytes
    own: bytes | None
    stated_price: int | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class WhyLot:
    """The opened bids of one lot, complete; prices all-in, ``reserve`` net."""

    lot: bytes
    bids: tuple[LotBid, ...] = field(repr=False)
    reserve: int
    fee: int
    winner: bytes | None
    own: bytes | None
    stated_price: int | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class EvidenceSaved:
    """An alarm's evidence was written to a file."""

    path: Path


class MarketController(Protocol):
    """Takes every wish at once. Called on main; returns at once; answers by posting.

    Everything that is signed is kept before it is sent, and sent when the meter can be reached: a lost link is
    no problem of a wish, its ``OrderStage`` says that it waits.
    """

    def offer(self, side: Side, wants: Sequence[SlotWant]) -> None:
        """Post one order per slot; one that stands there is replaced. Answers ``OffersTaken``."""

    def cancel(self, key: int) -> None:
        """Take one order back, before its gate."""

    def undo(self, keys: Sequence[int]) -> None:
        """Take back everything of a posting that can still be taken back."""

    def instruct(self, side: Side, wh_a_day: int, limit: int, until_s: int) -> None:
        """Have the meter trade by itself: at most so much a local day, at this limit or better."""

    def stop_instructing(self) -> None:
        """End the standing instruction; what is posted already stays."""

    def open_lot(self, wh: int, first_slot: int, slots: int, reserve: int, gate_slot: int) -> None:
        """Offer a surplus lot. ``reserve`` is net; bids are taken until ``gate_slot`` begins."""

    def bid(self, lot: bytes, price: int) -> None:
        """Bid on a lot, all-in µ/kWh; a bid that stands is replaced."""

    def ask_payout(self, nano: int) -> None:
        """Ask the treasury to pay out free money."""

    def take_payout_back(self) -> None:
        """No payout after all."""

    def ask_why(self, which: int | bytes) -> None:
        """The book of a slot, or the bids of a lot. Answers ``WhyBook`` or ``WhyLot``."""

    def save_evidence(self, alarm: Alarm, path: Path) -> None:
        """Copy an alarm's evidence file. Answers ``EvidenceSaved``."""

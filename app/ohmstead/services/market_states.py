"""How a home stands in the market, as frozen values: account, orders, results, lots, what was checked.

Apart from the services that find these out, so that a window that only shows them loads no radio. Wh, µ per kWh,
nano-units of the ledger's currency, UTC slots. Not here: how they come about (``services.market``), rules
(``market``), words (``ui``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ohmstead.market.orders import Side, Step, Terms


class OrderStage(Enum):
    """Where an order stands. The first six follow one another, the others end it."""

    WAITING = "waiting"  # kept here, the meter has not taken it
    HANDED = "handed"  # in the meter, which sends it when its time comes
    SEALED = "sealed"  # on the ledger, proven: a commitment that says nothing of what is in it
    CLOSED = "closed"  # the gate is closed: nobody can change it, its reveal is under way
    CLEARED = "cleared"  # the auction is over; ``fill_wh`` and ``price`` are its result
    PAID = "paid"  # delivered as far as it was, and settled
    LEAVING = "leaving"  # sealed, and its cancel is on the way: it stands until the ledger has taken that
    CANCELLED = "cancelled"
    REPLACED = "replaced"  # by a later version
    LATE = "late"  # never sealed before the gate closed; nothing was locked
    REFUSED = "refused"  # by the meter or the ledger, for ``reason``
    VOID = "void"  # the slot had no auction; the lock came back
    FORFEITED = "forfeited"  # sealed and never revealed; the lock went to the community fund

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self not in _GOING_ON


_GOING_ON = frozenset(
    (
        OrderStage.WAITING, OrderStage.HANDED, OrderStage.SEALED, OrderStage.CLOSED, OrderStage.CLEARED,
        OrderStage.LEAVING,
    )
)  # fmt: skip


class Checked(Enum):
    """Whether a result was cleared again on this computer."""

    NOT_YET = "not yet"
    EQUAL = "equal"  # the revealed book is complete, and gives this price and these fills
    WRONG = "wrong"  # it does not: ``Alarm`` says where


@dataclass(frozen=True, slots=True)
class OrderState:
    """One order of this home in one slot. ``key`` names it for the window's actions.

    ``standing``: made by the meter under a standing instruction. ``fill_wh`` is None before the clearing,
    ``delivered_wh`` before the settlement; ``money_nano`` is what was paid (buyer) or is earned (seller).
    ``price`` is net of the fee.
    """

    key: int
    slot: int
    side: Side
    steps: tuple[Step, ...]
    version: int
    stage: OrderStage
    reason: str = ""
    standing: bool = False
    fill_wh: int | None = None
    price: int | None = None
    delivered_wh: int | None = None
    money_nano: int = 0

    @property
    def wh(self) -> int:
        """Everything that it asks or offers."""
        return sum(step.wh for step in self.steps)


@dataclass(frozen=True, slots=True)
class SlotResult:
    """The auction of one slot, as the ledger records it. ``price`` (net) is None where nothing was traded.

    ``orders`` are the revealed ones. ``mine``: this home took part.
    """

    slot: int
    quantity_wh: int
    price: int | None
    orders: int
    terms: Terms
    void: bool = False
    mine: bool = False
    checked: Checked = Checked.NOT_YET


class LotStage(Enum):
    """Where a surplus lot stands."""

    OPEN = "open"  # bids are taken
    CLOSED = "closed"  # bids are revealed
    SOLD = "sold"
    UNSOLD = "unsold"
    VOID = "void"
    DELIVERED = "delivered"
    LOST = "lost"  # from a bidder's side: sold to another


@dataclass(frozen=True, slots=True)
class LotState:
    """A surplus lot. ``mine``: this home sells it. Prices are all-in; ``bid`` is this home's own, if any.

    ``reserve`` and ``gate_s`` are None for a won lot that this computer never saw open.
    """

    lot: bytes
    mine: bool
    wh: int
    first_slot: int
    slots: int
    reserve: int | None
    gate_s: int | None
    stage: LotStage
    bids: int = 0
    bid: int | None = None
    won: bool = False
    price: int | None = None
    delivered_wh: int | None = None
    checked: Checked = Checked.NOT_YET


class MovementKind(Enum):
    """Why money moved. Append only."""

    CREDIT = "credit"  # came in through the treasury
    WITHDRAWN = "withdrawn"  # went out through it
    PAYOUT_ASKED = "payout asked"
    PAYOUT_TAKEN_BACK = "payout taken back"
    LOCK = "lock"
    UNLOCK = "unlock"
    BOUGHT = "bought"
    SOLD = "sold"
    SHORTFALL = "shortfall"
    FORFEIT = "forfeit"


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the wallet: ``free_nano`` and ``locked_nano`` are the changes, signed.

    ``index`` is its place in the household log; ``which`` the slot or lot it belongs to, None for the treasury.
    """

    index: int
    kind: MovementKind
    free_nano: int
    locked_nano: int
    which: int | bytes | None = None
    reference: bytes = b""
    time_s: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What the ledger keeps for the household. ``complete``: the movements add up to it, from the first on."""

    free_nano: int
    locked_nano: int
    payout_nano: int = 0
    barred_until_s: int = 0
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Mandate:
    """A standing instruction in force: side, at most this much a day, limit; until ``expiry_s``.

    ``on_ledger``: proven there; until then it is with the meter alone, which sends nothing under it.
    """

    side: Side
    wh_a_day: int
    limit: int
    expiry_s: int
    most_locks: int
    on_ledger: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something in the market is not as the rule says. ``evidence`` is a file that shows it to others."""

    subject: str
    reason: str
    which: int | bytes
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MarketRules:
    """The ledger's market parameters that a person meets. Slots; ``pricing`` is the rule's parameter."""

    first_slot: int
    gate_slots: int
    open_slots: int
    max_order_wh: int
    pricing: str
    lot_slots: int = 16


@dataclass(frozen=True, slots=True)
class MarketState:
    """Everything the market page says, at one moment; replaced whole.

    ``terms`` is the reference of the slots to come, ``head_time_s`` the verified block time it is all as of.
    ``account`` is None before the household has one. ``results`` are the newest first, ``movements`` too.
    ``household`` is its id, what a payment to the treasury names; empty while it is not known.
    """

    rules: MarketRules | None = None
    terms: Terms | None = None
    head_time_s: int = 0
    account: Account | None = None
    orders: tuple[OrderState, ...] = ()
    results: tuple[SlotResult, ...] = ()
    lots: tuple[LotState, ...] = ()
    movements: tuple[Movement, ...] = ()
    mandate: Mandate | None = None
    alarms: tuple[Alarm, ...] = field(default=())
    can_trade: bool = False
    household: bytes = b""

    @property
    def there(self) -> bool:
        """Whether the ledger has a market."""
        return self.rules is not None

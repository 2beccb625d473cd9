"""The wallet, out of the household log alone: every movement with its reason, and what they add up to.

The log is complete by proof, so a balance that differs from the proven account is a fault of the ledger, or of
this program; it is never hidden. Pure. Here: the fold over the log's leaves. Not here: fetching and proving the
log (``follow``), the rules that made it (``contract``). Source: protocol/market, A to C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ohmstead.contract.market_lots import LotState as LotRecord
from ohmstead.contract.market_lots import lot_id
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.results import EXPIRED, FILLED, SETTLED, Result
from ohmstead.core.codec import CodecError
from ohmstead.core.market_inner import LotOffer
from ohmstead.core.market_statements import (
    MARKET_BODIES,
    BidLot,
    CancelOrder,
    CommitOrder,
    Credit,
    OpenLot,
    Payout,
    RevealBid,
    RevealOrder,
    Withdraw,
)
from ohmstead.core.statements import Body, SignedStatement, StatementError, parse
from ohmstead.market.orders import Order, OrderMalformed, Side, Terms
from ohmstead.market.settlement import flat_lock, settle
from ohmstead.services.market_states import Movement, MovementKind


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What a lot's locks follow from: Wh, the prices that were frozen when it opened; its reserve and slots.

    ``reserve`` and ``gate`` are None where only the sale is left of another's lot.
    """

    wh: int
    feed_in: int
    retail: int
    fee: int
    reserve: int | None = 0
    first: int = 0
    slots: int = 0
    gate: int | None = 0

    @classmethod
    def of(cls, record: LotRecord) -> LotFacts:
        """From the lot's record in state."""
        return cls(
            record.wh, record.feed_in, record.retail, record.fee, record.reserve, record.first,
            record.slots, record.gate,
        )  # fmt: skip

    @classmethod
    def of_sale(cls, sale: Sale, feed_in: int, offer: LotOffer | None) -> LotFacts:
        """From what is in state of a sold lot until it is delivered; ``offer`` is the home's own log's, if any.

        A sale does not say the feed-in price.
        """
        reserve, gate = (None, None) if offer is None else (offer.reserve, offer.gate)
        return cls(sale.wh, feed_in, sale.retail, sale.fee, reserve, sale.first, sale.slots, gate)


@dataclass(frozen=True, slots=True)
class Deal:
    """One order or bid of the home as its log tells it. ``opened`` or ``bid`` is what was in it, once revealed.

    ``outcome`` is a result's, empty before; ``settled`` says that a seller's delivery is final.
    """

    which: int | bytes
    version: int
    commitment: bytes
    key: bytes
    index: int
    lock: int
    live: bool = True
    opened: Order | None = None
    bid: int | None = None
    outcome: str = ""
    fill: int = 0
    price: int | None = None
    money: int = 0
    delivered: int | None = None
    settled: bool = False


@dataclass(slots=True)
class Wallet:
    """What the log comes to: movements oldest first, balances in nano-units, deals by slot or lot.

    ``versions`` are the last ones that the ledger took, cancels among them; ``offers`` are the home's own lots.
    """

    movements: list[Movement] = field(default_factory=list)
    free: int = 0
    locked: int = 0
    payout: int = 0
    deals: dict[int | bytes, list[Deal]] = field(default_factory=dict)
    lots: dict[bytes, Deal] = field(default_factory=dict)
    offers: dict[bytes, LotOffer] = field(default_factory=dict)
    versions: dict[int | bytes, int] = field(default_factory=dict)

    def sold_lots(self) -> list[bytes]:
        """The lots that this home sold and did not deliver yet, as far as it knows, and those that it won."""
        own = [lot for lot, deal in self.lots.items() if deal.outcome == FILLED and not deal.settled]
        won = [k for k, d in self.deals.items() if isinstance(k, bytes) and d[-1].outcome == FILLED]
        return [*own, *won]

    def latest(self, which: int | bytes) -> Deal | None:
        """The newest order for a slot, or bid on a lot."""
        found = self.deals.get(which)
        return found[-1] if found else None


def read_leaf(leaf: bytes) -> Result | SignedStatement | None:
    """What a leaf of a household log is; None for what this version does not know. Total."""
    try:
        return Result.from_bytes(leaf)
    except CodecError:
        pass
    try:
        return parse(leaf, MARKET_BODIES)
    except StatementError:
        return None


def wallet_of(
    leaves: Iterable[bytes], terms: Callable[[int], Terms], lots: Mapping[bytes, LotFacts]
) -> Wallet:
    """The fold. ``terms`` answers the frozen terms of a slot (raises CodecError), ``lots`` what is known of lots.

    A bid on a lot that is not known any more counts when it ends, not while it is locked.
    """
    fold = _Fold(terms, lots)
    for index, leaf in enumerate(leaves):
        found = read_leaf(leaf)
        if isinstance(found, Result):
            fold.result(index, found)
        elif found is not None:
            fold.statement(index, found.statement.body)
    return fold.wallet


class _Fold:
    def __init__(self, terms: Callable[[int], Terms], lots: Mapping[bytes, LotFacts]) -> None:
        self.wallet = Wallet()
        self._terms = terms
        self._known = dict(lots)

    def _move(
        self, index: int, kind: MovementKind, free: int, locked: int, which: int | bytes | None = None,
        reference: bytes = b"",
    ) -> None:  # fmt: skip
        wallet = self.wallet
        wallet.free += free
        wallet.locked += locked
        if free or locked:
            wallet.movements.append(Movement(index, kind, free, locked, which, reference))

    # ---- statements ---------------------------------------------------------------------------

    def statement(self, index: int, body: Body) -> None:
        wallet = self.wallet
        match body:
            case CommitOrder():
                wallet.versions[body.order.slot] = body.order.version
                self._commit(index, body)
            case CancelOrder(slot=slot):
                wallet.versions[slot] = body.version
                deal = wallet.latest(slot)
                if deal is not None and deal.live:
                    self._move(index, MovementKind.UNLOCK, deal.lock, -deal.lock, slot)
                    self._put(replace(deal, live=False, lock=0))
            case RevealOrder(slot=slot, order_bytes=data):
                deal = wallet.latest(slot)
                if deal is not None:
                    self._put(replace(deal, opened=_order(data)))
            case RevealBid(lot=lot, bid=value):
                deal = wallet.latest(lot)
                if deal is not None:
                    self._put(replace(deal, bid=value))
            case OpenLot(lot=offer, inner=inner):
                lot, terms = lot_id(offer), self._terms(offer.first)
                wallet.offers[lot] = offer
                facts = self._known.setdefault(
                    lot,
                    LotFacts(
                        offer.wh,
                        terms.feed_in,
                        terms.retail,
                        terms.fee,
                        offer.reserve,
                        offer.first,
                        offer.slots,
                        offer.gate,
                    ),
                )
                bond = facts.wh * (facts.retail - facts.feed_in)
                wallet.lots[lot] = Deal(lot, 1, b"", inner.signer, index, bond)
                self._move(index, MovementKind.LOCK, -bond, bond, lot)
            case BidLot(bid=bid, inner=inner):
                wallet.versions[bid.lot] = bid.version
                before = wallet.latest(bid.lot)
                known = self._known.get(bid.lot)
                lock = before.lock if before is not None else known.wh * known.retail if known else 0
                if before is None:
                    self._move(index, MovementKind.LOCK, -lock, lock, bid.lot)
                deal = Deal(bid.lot, bid.version, bid.commitment, inner.signer, index, lock)
                wallet.deals.setdefault(bid.lot, []).append(deal)
            case Credit(nano=nano, reference=reference):
                self._move(index, MovementKind.CREDIT, nano, 0, None, reference)
            case Withdraw(nano=nano, reference=reference):
                wallet.payout = 0
                self._move(index, MovementKind.WITHDRAWN, 0, -nano, None, reference)
            case Payout(nano=nano):
                kind = MovementKind.PAYOUT_ASKED if nano else MovementKind.PAYOUT_TAKEN_BACK
                change = nano - wallet.payout
                wallet.payout = nano
                self._move(index, kind, -change, change)

    def _commit(self, index: int, body: CommitOrder) -> None:
        order, before = body.order, self.wallet.latest(body.order.slot)
        if before is not None and before.live:
            lock = before.lock
            self._put(replace(before, live=False, outcome="replaced"))
        else:
            lock = flat_lock(self._terms(order.slot))
            self._move(index, MovementKind.LOCK, -lock, lock, order.slot)
        deal = Deal(order.slot, order.version, order.commitment, body.inner.signer, index, lock)
        self.wallet.deals.setdefault(order.slot, []).append(deal)

    def _put(self, deal: Deal) -> None:
        self.wallet.deals[deal.which][-1] = deal

    # ---- results ------------------------------------------------------------------------------

    def result(self, index: int, result: Result) -> None:
        if isinstance(result.which, bytes) and not result.commitment:
            self._seller_of_lot(index, result)
        elif result.outcome in (SETTLED, EXPIRED):
            self._settled(index, result)
        else:
            self._cleared(index, result)

    def _cleared(self, index: int, result: Result) -> None:
        which, deal = result.which, self.wallet.latest(result.which)
        if deal is None:
            return
        after = replace(
            deal, live=False, outcome=result.outcome, fill=result.fill, price=result.price,
            money=result.money_nano if result.outcome == FILLED else 0,
        )  # fmt: skip
        lock = deal.lock
        match result.outcome:
            case "forfeited":
                lost = lock or result.money_nano
                self._move(index, MovementKind.FORFEIT, lock - lost, -lock, which)
            case "filled" if isinstance(which, int) and _side(deal) is Side.SELL:
                kept = result.fill * (self._terms(which).retail - (result.price or 0))
                self._move(index, MovementKind.UNLOCK, lock - kept, kept - lock, which)
                after = replace(after, lock=kept)
            case "filled":
                self._move(index, MovementKind.BOUGHT, lock - result.money_nano, -lock, which)
                after = replace(after, lock=0)
            case _:  # unfilled, void
                self._move(index, MovementKind.UNLOCK, lock, -lock, which)
        self._put(after if result.outcome == FILLED else replace(after, lock=0))

    def _settled(self, index: int, result: Result) -> None:
        deal = self.wallet.latest(result.which)
        if deal is None or isinstance(result.which, bytes):
            return
        terms = self._terms(result.which)
        self._settle(index, result, result.price or 0, terms.fee, terms.retail)
        self._put(replace(deal, settled=True, delivered=result.delivered, money=result.money_nano, lock=0))

    def _settle(self, index: int, result: Result, price: int, fee: int, retail: int) -> None:
        money = settle(result.fill, result.delivered, price, fee, retail)
        kept = result.fill * (retail - price)
        self._move(
            index, MovementKind.SOLD, money.seller_gets + money.seller_unlocks, -money.seller_unlocks,
            result.which,
        )  # fmt: skip
        self._move(index, MovementKind.SHORTFALL, 0, money.seller_unlocks - kept, result.which)

    def _seller_of_lot(self, index: int, result: Result) -> None:
        lot = result.which
        assert isinstance(lot, bytes)
        deal, facts = self.wallet.lots.get(lot), self._known.get(lot)
        if deal is None or facts is None:
            return
        net = (result.price or 0) - facts.fee
        after = replace(deal, outcome=result.outcome, fill=result.fill, price=result.price, live=False)
        if result.outcome == FILLED:
            kept = result.fill * (facts.retail - net)
            self._move(index, MovementKind.UNLOCK, deal.lock - kept, kept - deal.lock, lot)
            after = replace(after, lock=kept, money=result.money_nano)
        elif result.outcome in (SETTLED, EXPIRED):
            self._settle(index, result, net, facts.fee, facts.retail)
            after = replace(deal, lock=0, settled=True, delivered=result.delivered, money=result.money_nano)
        else:
            self._move(index, MovementKind.UNLOCK, deal.lock, -deal.lock, lot)
            after = replace(after, lock=0)
        self.wallet.lots[lot] = after


def _order(data: bytes) -> Order | None:
    try:
        return Order.from_bytes(data)
    except OrderMalformed:
        return None


def _side(deal: Deal) -> Side:
    return Side.BUY if deal.opened is None else deal.opened.side

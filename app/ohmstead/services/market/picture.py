"""What is kept and proven of the market, put together into one ``MarketState``. Pure; runs on ``work``.

Here: the stage of every order and lot, the list of auctions. Not here: where any of it comes from (``follow``,
``desk``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ohmstead.contract.market_lots import LotState as LotRecord
from ohmstead.contract.parameters import MarketParameters, end_s, start_s, terms_at
from ohmstead.core.codec import CodecError, as_uint, decode
from ohmstead.core.slots import slot_at
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lot_records import LotRecord as LotLeaf
from ohmstead.market.orders import Order, OrderMalformed, Side
from ohmstead.market.records import SlotRecord
from ohmstead.services.market.follow import MarketView
from ohmstead.services.market.wallet import Deal, LotFacts, Wallet
from ohmstead.services.market_states import (
    Account,
    Alarm,
    Checked,
    LotStage,
    LotState,
    Mandate,
    MarketRules,
    MarketState,
    OrderStage,
    OrderState,
    SlotResult,
)
from ohmstead.store.market import BID, ORDER, AlarmRow, AuctionRow, PlacedRow


@dataclass(frozen=True, slots=True)
class Standing:
    """An order that the meter made by itself, with what opens it."""

    which: int
    version: int
    commitment: bytes
    order: Order


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that a state is made of."""

    view: MarketView
    wallet: Wallet
    placed: Sequence[PlacedRow]
    auctions: Sequence[AuctionRow]
    lots: Mapping[bytes, LotRecord]
    facts: Mapping[bytes, LotFacts]
    alarms: Sequence[AlarmRow]
    standing: Sequence[Standing] = ()
    mandate: Mandate | None = None
    can_trade: bool = False
    household: bytes = b""


def rules_of(params: MarketParameters) -> MarketRules:
    """The parameters that a person meets."""
    return MarketRules(
        params.first_slot, params.gate_slots, params.open_slots, params.max_order_wh, params.pricing,
        params.max_lot_slots,
    )  # fmt: skip


def market_state(kept: Kept) -> MarketState:
    """The state of everything that is kept."""
    view, wallet = kept.view, kept.wallet
    now_s, account = view.proven.time_s, view.account
    next_slot = max(view.params.first_slot, slot_at(now_s) + view.params.gate_slots + 1)
    shown = None
    if account is not None:
        same = (wallet.free, wallet.locked, wallet.payout) == (account.free, account.locked, account.payout)
        shown = Account(account.free, account.locked, account.payout, account.barred_until, same)
    return MarketState(
        rules=rules_of(view.params),
        terms=terms_at(view.params, view.series, next_slot),
        head_time_s=now_s,
        account=shown,
        orders=tuple(sorted(_orders(kept, now_s), key=lambda o: (-o.slot, -o.version))),
        results=tuple(_results(kept)),
        lots=tuple(sorted(_lots(kept, now_s), key=lambda lot: -lot.first_slot)),
        movements=tuple(reversed(wallet.movements)),
        mandate=kept.mandate,
        alarms=tuple(Alarm(a.subject, a.reason, _which(a.which), f"{a.key}") for a in reversed(kept.alarms)),
        can_trade=kept.can_trade,
        household=kept.household,
    )


def _which(raw: bytes) -> int | bytes:
    return int.from_bytes(raw, "big") if len(raw) == 8 else raw


# ---- orders -----------------------------------------------------------------------------------


def _orders(kept: Kept, now_s: int) -> Iterable[OrderState]:
    params, known = kept.view.params, set[bytes]()
    for row in kept.placed:
        if row.kind != ORDER:
            continue
        known.add(row.commitment)
        slot = int.from_bytes(row.which, "big")
        deal = _deal(kept.wallet, slot, row.commitment)
        order = Order.from_bytes(row.opening)
        if deal is not None:
            shown = _of_deal(row.key, deal, order, params, now_s, standing=row.standing)
            asked_back = row.stage == OrderStage.CANCELLED.value
            yield (
                replace(shown, stage=OrderStage.LEAVING)
                if (asked_back and shown.stage is OrderStage.SEALED)
                else shown
            )
            continue
        stage = OrderStage(row.stage)
        if stage in (OrderStage.WAITING, OrderStage.HANDED) and now_s >= params.gate_s(slot):
            stage = OrderStage.LATE
        yield OrderState(row.key, slot, order.side, order.steps, row.version, stage, row.reason, row.standing)
    made = {s.commitment: s.order for s in kept.standing}
    for which, deals in kept.wallet.deals.items():
        if isinstance(which, bytes):
            continue
        for deal in deals:
            if deal.commitment not in known:
                order = deal.opened or made.get(deal.commitment, Order(Side.SELL))
                yield _of_deal(-1 - deal.index, deal, order, params, now_s, standing=True)


def _deal(wallet: Wallet, which: int | bytes, commitment: bytes) -> Deal | None:
    return next((d for d in wallet.deals.get(which, ()) if d.commitment == commitment), None)


def _of_deal(
    key: int, deal: Deal, order: Order, params: MarketParameters, now_s: int, *, standing: bool
) -> OrderState:
    slot = deal.which
    assert isinstance(slot, int)
    cleared = deal.outcome in ("filled", "unfilled")
    return OrderState(
        key, slot, order.side, order.steps, deal.version,
        _stage(deal, order.side, params, now_s), "", standing,
        deal.fill if cleared else None, deal.price if cleared else None,
        deal.delivered, deal.money,
    )  # fmt: skip


def _stage(deal: Deal, side: Side, params: MarketParameters, now_s: int) -> OrderStage:
    slot = deal.which
    assert isinstance(slot, int)
    match deal.outcome:
        case "replaced":
            return OrderStage.REPLACED
        case "forfeited":
            return OrderStage.FORFEITED
        case "void":
            return OrderStage.VOID
        case "unfilled":
            return OrderStage.CLEARED
        case "filled":
            over = deal.settled if side is Side.SELL else now_s >= end_s(slot)
            return OrderStage.PAID if over else OrderStage.CLEARED
    if not deal.live:
        return OrderStage.CANCELLED
    return OrderStage.CLOSED if now_s >= params.gate_s(slot) else OrderStage.SEALED


# ---- auctions ---------------------------------------------------------------------------------


def _results(kept: Kept) -> Iterable[SlotResult]:
    params, series = kept.view.params, kept.view.series
    mine = {slot for slot in kept.wallet.deals if isinstance(slot, int)}
    for row in reversed([r for r in kept.auctions if r.rule == SLOT_RULE]):
        record = SlotRecord.from_bytes(row.record)
        yield SlotResult(
            record.slot, row.traded or 0, record.price, record.n,
            terms_at(params, series, record.slot), record.void, record.slot in mine, Checked(row.checked),
        )  # fmt: skip


# ---- lots -------------------------------------------------------------------------------------


def _lots(kept: Kept, now_s: int) -> Iterable[LotState]:
    wallet = kept.wallet
    bids = {row.which: row for row in kept.placed if row.kind == BID}
    ended: dict[bytes, tuple[LotLeaf, Checked]] = {}
    for row in kept.auctions:
        if row.rule != SLOT_RULE:
            leaf = LotLeaf.from_bytes(row.record)
            ended[leaf.lot] = leaf, Checked(row.checked)
    ids = [*wallet.lots, *(k for k in wallet.deals if isinstance(k, bytes)), *kept.lots]
    for lot in dict.fromkeys(ids):
        facts = kept.facts.get(lot)
        if facts is None:
            continue
        own, deal = wallet.lots.get(lot), wallet.latest(lot)
        record: LotLeaf | None
        record, checked = ended.get(lot, (None, Checked.NOT_YET))
        gate_s = None if facts.gate is None else start_s(facts.gate)
        open_stage = LotStage.OPEN if gate_s is not None and now_s < gate_s else LotStage.CLOSED
        stage = _lot_stage(own or deal, open_stage, mine=own is not None)
        if stage is LotStage.SOLD and own is None and now_s >= end_s(facts.first + facts.slots - 1):
            # A buyer has its energy, whoever supplied it; no entry in its log tells of the delivery.
            stage = LotStage.DELIVERED
        price = record.price if record is not None else None
        yield LotState(
            lot, own is not None, facts.wh, facts.first, facts.slots, facts.reserve, gate_s, stage,
            record.n if record is not None else 0, _bid(bids.get(lot), deal),
            deal is not None and deal.outcome == "filled", price,
            own.delivered if own is not None else None, checked,
        )  # fmt: skip


def _lot_stage(deal: Deal | None, open_stage: LotStage, *, mine: bool) -> LotStage:
    if deal is None or not deal.outcome:
        return open_stage
    match deal.outcome:
        case "filled":
            return LotStage.DELIVERED if deal.settled else LotStage.SOLD
        case "void":
            return LotStage.VOID
    return LotStage.UNSOLD if mine else LotStage.LOST


def _bid(row: PlacedRow | None, deal: Deal | None) -> int | None:
    if row is None:
        return None if deal is None else deal.bid
    try:
        return as_uint(decode(row.opening), "bid")
    except (CodecError, OrderMalformed):
        return None

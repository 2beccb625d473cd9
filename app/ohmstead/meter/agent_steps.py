"""What is due for what the agent keeps, from what one verified header proves: row changes first, then bytes.

A commit is sent until the state proves it; a reveal only once the record of the gate block is proven under a
verified header, when no commit can follow any more; a delivery once the hours are sealed. Whatever a node says or
withholds, the worst is that something comes late. Here: the next step of one order, lot or bid. Not here: the
loop and the sending (``agent``), new orders (``agent_hand``, ``agent_standing``). Source: protocol/market, A, B.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.contract.gates import OPEN, Gate
from ohmstead.contract.market_lots import BidState, gate_key
from ohmstead.contract.market_orders import Sealed, order_key
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ENGAGED, GATE, LOT, LOT_BID, ORDER, SALE
from ohmstead.contract.parameters import DELIVERY_S, end_s, start_s
from ohmstead.ledger.provenset import StateKey
from ohmstead.market.orders import Order, Side
from ohmstead.market.settlement import flat_lock, lot_bond
from ohmstead.meter.agent_checks import Why, only_affordable, only_fitting
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_ledger import Known, MarketLedger, sale_key
from ohmstead.meter.agent_rows import AgentStore, Kind, Row, Stage
from ohmstead.meter.agent_standing import is_valid
from ohmstead.meter.agent_statements import Statements


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes to broadcast for a row that is on the disk."""

    row: Row
    tx: bytes


class Steps:
    """The next steps of one meter's rows, for its home."""

    def __init__(
        self,
        store: AgentStore,
        ledger: MarketLedger,
        log: OwnLog,
        statements: Statements,
        meter: bytes,
        home: bytes,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._log = log
        self._statements = statements
        self._meter = meter
        self._home = home

    def keys(self, group: Sequence[Row], time_s: int) -> list[StateKey]:
        """The state keys that the versions of one order, lot or bid need; none where nothing can be due."""
        top, home = group[-1], self._home
        sale = (SALE, sale_key(top.name, home))
        if all(row.stage is Stage.CLEARED for row in group):
            over = time_s >= end_s(top.last) and self._log.sealed(top.last)
            return [sale] if over else []
        if top.kind is Kind.ORDER:
            if time_s < self._ledger.params.open_s(top.first):
                return []
            slot = slot_key(top.first)
            return [(ORDER, order_key(top.first, home)), (GATE, slot), sale, (ENGAGED, home + slot)]
        if top.kind is Kind.LOT:
            return [(LOT, top.which), sale]
        window = (GATE, gate_key(top.which, top.gate))
        engaged = (ENGAGED, home + slot_key(top.first))
        return [(LOT, top.which), (LOT_BID, top.which + home), window, engaged]

    async def take(self, group: Sequence[Row], known: Known) -> list[Send]:
        """Changes the rows as the header says; what is to be sent for them.

        Raises what reading a finished auction's record raises.
        """
        sold = [row for row in group if row.stage is Stage.CLEARED]
        if sold:
            return [send for row in sold for send in self._deliver(row, known)]
        match group[0].kind:
            case Kind.ORDER:
                return await self._order(group, known)
            case Kind.LOT:
                return await self._lot(group[0], known)
            case Kind.BID:
                return await self._bid(group, known)

    # ---- orders -------------------------------------------------------------------------------

    async def _order(self, rows: Sequence[Row], known: Known) -> list[Send]:
        slot = rows[0].first
        if slot < known.next_clear:
            sale = known.sale(slot)
            for row in rows:
                if sale is not None and (sale.commitment, sale.meter) == (row.commitment, self._meter):
                    self._store.change(row, stage=Stage.CLEARED, detail="FILLED", fill=sale.wh)
                else:
                    await self._finished(row, _unsold(row))
            return []
        sealed = known.order(slot)
        live = self._settle_versions(rows, sealed, sealed is not None and sealed.live)
        gate, top = known.gate(slot), rows[-1]
        if gate is not None:
            return self._after_gate(rows, live, sealed, gate, self._ledger.params.gate_s(slot), known)
        if known.time_s >= self._ledger.params.gate_s(slot):
            return []  # the gate block is the newest: the header after it proves its record
        if live is not None and live.cancel is not None:
            return [Send(live, live.cancel)]
        if _may_follow(top, sealed):
            held = sealed is not None and sealed.live
            return self._seal(top, self._hindrance(top, known, held=held))
        return []

    def _hindrance(self, row: Row, known: Known, *, held: bool) -> Why | None:
        """Why the meter does not co-sign a commit now; ``held``: an earlier version's lock stands already."""
        terms = self._ledger.terms(known, row.first)
        why = only_fitting(row, terms, self._log)
        if why is None and known.engaged(row.first):
            why = Why.ENGAGED
        if why is None and row.mandate is not None:
            valid = is_valid(known.mandate, self._meter, row.mandate, known.time_s)
            why = None if valid else Why.NO_MANDATE
        lock = 0 if held else flat_lock(terms)
        return why or only_affordable(known.account, lock, known.time_s)

    # ---- what orders and bids share -----------------------------------------------------------

    def _settle_versions(
        self, rows: Sequence[Row], sealed: Sealed | BidState | None, live: bool
    ) -> Row | None:
        """Ends the versions that the ledger is past; returns the one that stands there, if it is one of ours."""
        found = None
        for row in rows:
            if sealed is None or row.version > sealed.version:
                continue
            same = row.commitment == sealed.commitment
            if same and live:
                found = row
                stage = Stage.ON_LEDGER if sealed.opened is None else Stage.REVEALED
                if row.stage is not stage or row.detail:
                    self._store.change(row, stage=stage, detail="")
            else:
                self._store.change(row, stage=Stage.CANCELLED if same else Stage.REPLACED, over=True)
        return found

    def _after_gate(
        self,
        rows: Sequence[Row],
        live: Row | None,
        sealed: Sealed | BidState | None,
        gate: Gate,
        gate_s: int,
        known: Known,
    ) -> list[Send]:
        """The gate block's record is proven: no commit can follow, so what is sealed may be opened."""
        for row in rows:
            if row is not live and (sealed is None or row.version > sealed.version):
                self._too_late(row)
        if live is None or sealed is None or sealed.opened is not None or gate.state != OPEN:
            return []
        if gate.time_s < gate_s or known.height <= gate.height:
            return []
        return [Send(live, self._statements.reveal(live, self._home))]

    def _seal(self, row: Row, why: Why | None) -> list[Send]:
        """The statement that seals a row, unless something speaks against it."""
        if why is not None:
            if why.lasting and row.stage is Stage.HELD:
                self._store.change(row, stage=Stage.REFUSED, detail=why.value, over=True)
            elif row.detail != why.value:
                self._store.change(row, detail=why.value)
            return []
        # Before the bytes leave: a row that has left may be on the ledger.
        if row.stage is Stage.HELD and not self._store.change(row, stage=Stage.SENT, detail=""):
            return []
        return [Send(row, self._statements.seal(row))]

    def _too_late(self, row: Row) -> None:
        """It was never sealed, and cannot be any more."""
        stage = Stage.REFUSED if row.detail else Stage.LATE
        self._store.change(row, stage=stage if row.cancel is None else Stage.CANCELLED, over=True)

    async def _finished(self, row: Row, detail: str) -> None:
        """Its auction is over, and it has nothing to deliver."""
        if row.stage is Stage.HELD:
            self._too_late(row)
            return
        record = (
            await self._ledger.slot_record(row.first)
            if row.kind is Kind.ORDER
            else await self._ledger.lot_record(row.which)
        )
        if record is None:
            self._too_late(row)
        elif record.void:
            self._store.change(row, stage=Stage.VOID, detail="", over=True)
        else:
            self._store.change(row, stage=Stage.CLEARED, detail=detail, over=True)

    # ---- lots and bids ------------------------------------------------------------------------

    async def _lot(self, row: Row, known: Known) -> list[Send]:
        sale = known.sale(row.which)
        if sale is not None:
            self._store.change(row, stage=Stage.CLEARED, detail="FILLED", fill=sale.wh)
        elif known.lot(row.which) is not None:
            if row.stage is not Stage.ON_LEDGER or row.detail:
                self._store.change(row, stage=Stage.ON_LEDGER, detail="")
        elif row.stage is Stage.ON_LEDGER or known.time_s >= start_s(row.gate):
            await self._finished(row, "UNSOLD")
        else:
            terms = self._ledger.terms(known, row.first)
            why = only_fitting(row, terms, self._log)
            bond = lot_bond(row.wh, terms)
            return self._seal(row, why or only_affordable(known.account, bond, known.time_s))
        return []

    async def _bid(self, rows: Sequence[Row], known: Known) -> list[Send]:
        top = rows[-1]
        lot = known.lot(top.which)
        if lot is None:
            won = top.which in known.engaged(top.first)
            for row in rows:
                await self._finished(row, "FILLED" if won and row.stage is Stage.REVEALED else "UNFILLED")
            return []
        sealed, gate = known.bid(top.which), known.lot_gate(top.which, top.gate)
        live = self._settle_versions(rows, sealed, sealed is not None)
        if gate is not None and gate.height > 0:
            return self._after_gate(rows, live, sealed, gate, start_s(top.gate), known)
        if known.time_s < start_s(top.gate) and _may_follow(top, sealed):
            lock = 0 if sealed is not None else lot.wh * lot.retail
            why = only_fitting(top, self._ledger.terms(known, top.first), self._log, lot)
            return self._seal(top, why or only_affordable(known.account, lock, known.time_s))
        return []

    # ---- delivery -----------------------------------------------------------------------------

    def _deliver(self, row: Row, known: Known) -> list[Send]:
        """States, once and the same ever after, min(metered export, fill); until the ledger has settled it."""
        sale, over_s = known.sale(row.name), end_s(row.last)
        if sale is None:
            stated = row.delivered is not None and known.time_s < over_s + DELIVERY_S
            if stated:
                self._store.change(row, stage=Stage.DELIVERED, detail="", over=True)
            else:
                self._store.change(row, detail="EXPIRED", over=True)
            return []
        measured = self._log.delivered(sale.first, sale.slots)
        if measured is None or not over_s <= known.time_s < over_s + DELIVERY_S:
            return []
        wh = row.delivered
        if wh is None:
            wh = min(measured, sale.wh)
            self._store.change(row, delivered=wh)
        return [Send(row, self._statements.deliver(row, wh))]


def _unsold(row: Row) -> str:
    """What is known of an order without a sale: a buyer's fill stands in the book alone."""
    if row.stage is not Stage.REVEALED:
        return "UNSEEN"
    return "UNFILLED" if Order.from_bytes(row.opening).side is Side.SELL else ""


def _may_follow(top: Row, sealed: Sealed | BidState | None) -> bool:
    """Whether the newest version is still to be sealed."""
    if top.over or top.cancel is not None:
        return False
    return sealed is None or top.version > sealed.version

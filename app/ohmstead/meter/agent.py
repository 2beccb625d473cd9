"""The order agent: keeps what its household handed to it, and trades for it while the computer is off.

It looks at every new verified header, and every few seconds anyway: seals, opens, delivers, and under a mandate
makes orders by itself. It holds nothing in memory that matters: killed at any instant, it goes on from its file
and the ledger, and sends the same bytes. Here: the loop. Not here: what is due (``agent_steps``), what may be
handed (``agent_desk``), headers (``follower``). Thread: the meter's loop. Source: protocol/market.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import groupby

from ohmstead.contract.market_orders import order_key
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ENGAGED, METER, ORDER, ZONE
from ohmstead.contract.parameters import MarketParameters, series_bytes
from ohmstead.core.codec import CodecError, as_bytes, as_list, as_text, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.market_inner import SealedOrder, seal_inner
from ohmstead.core.slots import ZoneTable, ZoneTableEnds, slot_at
from ohmstead.errors import ExternalError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.provenset import StateKey
from ohmstead.market.orders import SALT_BYTES, Order, slot_commitment
from ohmstead.market.settlement import flat_lock
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_ledger import MAX_KEYS, Known, MarketLedger, base_keys
from ohmstead.meter.agent_rows import AgentStore, Kind, Row, Stage, order_which
from ohmstead.meter.agent_standing import (
    LEAST_WH,
    Instruction,
    is_valid,
    live_count,
    room_for,
    standing_order,
)
from ohmstead.meter.agent_statements import Statements
from ohmstead.meter.agent_steps import Send, Steps
from ohmstead.meter.keeper import Identity

#: How often the agent looks where no header comes, how soon after one look the next, and how soon the same bytes
#: are sent again, s.
LOOK_S, GAP_S, AGAIN_S = 5.0, 0.2, 10.0
#: What is over is kept for so many slots: two weeks.
KEPT_SLOTS = 1344
_HOME, _INSTRUCTION = "home", "instruction"
_log = logging.getLogger(__name__)


class Agent:
    """One meter's agent on one ledger with a market. ``random`` gives salts."""

    def __init__(
        self,
        identity: Identity,
        genesis: GenesisDocument,
        params: MarketParameters,
        ledger: MarketLedger,
        log: OwnLog,
        store: AgentStore,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.identity = identity
        self.genesis_hash = genesis.genesis_hash
        self.params = params
        self.ledger = ledger
        self.log = log
        self.store = store
        self.statements = Statements(identity.key, genesis.genesis_hash, params)
        self.series = series_bytes(params.references)
        self.home: bytes | None = None
        self._zone: ZoneTable | None = None
        self._random = random
        self._steps: Steps | None = None
        self._wake = asyncio.Event()
        self._looking = False
        self._sent: dict[bytes, float] = {}
        self._swept_slot = 0
        kept = store.fact(_INSTRUCTION)
        self.instruction = None if kept is None else Instruction.from_cbor(kept)
        self._load_home()

    # ---- the loop -----------------------------------------------------------------------------

    def wake(self) -> None:
        """Something was handed: look at once."""
        self._wake.set()

    def on_head(self) -> None:
        """A header was verified; one that the agent's own look brought is looked at already."""
        if not self._looking:
            self._wake.set()

    async def run(self) -> None:
        """Until cancelled. Survives a node that is away, withholds or lies: it is asked again."""
        while True:
            self._wake.clear()
            if self.ledger.time_s:
                try:
                    await self.look()
                except (ExternalError, VerificationError, CodecError) as error:
                    _log.warning("the market cannot be followed: %s", error)
            await asyncio.sleep(GAP_S)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_S)

    async def look(self) -> None:
        """One look: everything that is due. Raises what the node and the proofs raise."""
        self._looking = True
        try:
            if self.home is None and not await self.learn_home():
                return
            if self.instruction is not None or self.store.open():
                await self.ledger.refresh()
            await self._rows()
            await self._stand()
            self._sweep()
        finally:
            self._looking = False

    async def _rows(self) -> None:
        assert self._steps is not None
        assert self.home is not None
        time_s = self.ledger.time_s
        due: list[tuple[tuple[Row, ...], list[StateKey]]] = []
        rows = sorted(self.store.open(), key=lambda r: (r.first, r.kind, r.which, r.version))
        for _, group in groupby(rows, key=lambda r: (r.kind, r.which)):
            versions = tuple(group)
            keys = self._steps.keys(versions, time_s)
            if keys:
                due.append((versions, keys))
        base = base_keys(self.home)
        while due:
            batch, room = [], MAX_KEYS - len(base)
            while due and len(due[0][1]) <= room:
                room -= len(due[0][1])
                batch.append(due.pop(0))
            asked = [key for _, keys in batch for key in keys]
            known = await self._read([*base, *dict.fromkeys(asked)])
            for versions, _ in batch:
                await self._take(versions, known)

    async def _take(self, versions: Sequence[Row], known: Known) -> None:
        assert self._steps is not None
        try:
            sends = await self._steps.take(versions, known)
        except VerificationError as error:
            # One auction's record that is withheld or wrong holds up nothing else.
            _log.warning("%s is not believed: %s", versions[0].kind.name.lower(), error)
            return
        for send in sends:
            await self._send(send)

    async def _send(self, send: Send) -> None:
        """Broadcasts, unless the same bytes went out a moment ago. What the node answers is only noted."""
        now, name = asyncio.get_running_loop().time(), sha256(send.tx).digest()
        if now - self._sent.get(name, -AGAIN_S) < AGAIN_S:
            return
        why = await self.ledger.send(send.tx)
        self._sent = {n: at for n, at in self._sent.items() if now - at < AGAIN_S} | {name: now}
        if why and send.row.stage in (Stage.HELD, Stage.SENT):
            self.store.change(send.row, detail=why)
        if why:
            _log.info("the ledger does not take %s yet: %s", send.row.kind.name.lower(), why)

    async def _read(self, keys: Sequence[StateKey]) -> Known:
        assert self.home is not None
        known = await self.ledger.read(self.home, keys)
        series = known.values.get(("market", b"reference"))
        if series is not None:
            self.series = series
        return known

    def _sweep(self) -> None:
        slot = slot_at(self.ledger.time_s)
        if slot > self._swept_slot:
            self._swept_slot = slot
            self.store.forget(slot - KEPT_SLOTS)

    # ---- the home -----------------------------------------------------------------------------

    async def learn_home(self) -> bool:
        """Asks the ledger which home the meter is in, once; whether it is known. Raises as ``look``."""
        if self.home is not None:
            return True
        meter = self.identity.meter
        found = (await self.ledger.read(b"", [(METER, meter)])).value(METER, meter)
        record = None if found is None else MeterRecord.from_cbor(found)
        if record is None or record.home is None or record.zone is None:
            return False
        zone = record.zone.encode()
        table = (await self.ledger.read(b"", [(ZONE, zone)])).value(ZONE, zone)
        if table is None:
            return False
        self.store.keep_fact(_HOME, encode([record.home, record.zone, table]))
        self._load_home()
        return True

    def _load_home(self) -> None:
        kept = self.store.fact(_HOME)
        if kept is None:
            return
        home, zone, table = as_list(decode(kept), "home", 3)
        self.home = as_bytes(home, "home", 16)
        self._zone = ZoneTable.from_cbor(as_text(zone, "zone"), as_bytes(table, "zone table"))
        self._steps = Steps(
            self.store, self.ledger, self.log, self.statements, self.identity.meter, self.home
        )  # fmt: skip

    # ---- standing instructions ----------------------------------------------------------------

    def instruct(self, instruction: Instruction | None) -> None:
        """Keeps what the household said, in place of what it said before; None forgets it."""
        self.store.keep_fact(_INSTRUCTION, None if instruction is None else instruction.to_cbor())
        self.instruction = instruction
        self.wake()

    async def _stand(self) -> None:
        """Makes the orders that the terms give for slots whose commits are open, where a mandate covers them."""
        instruction, time_s = self.instruction, self.ledger.time_s
        if instruction is None or self._zone is None or self.home is None or time_s > instruction.until_s:
            return
        params = self.params
        opening = slot_at(time_s) + params.gate_slots + 1
        wanted = [
            slot
            for slot in range(max(opening, params.first_slot), opening + params.open_slots)
            if self.log.usual(instruction.side, slot) >= LEAST_WH and not self._taken(slot)
        ][: (MAX_KEYS - 4) // 2]
        if not wanted:
            return
        home = self.home
        keys: list[StateKey] = [(ORDER, order_key(slot, home)) for slot in wanted]
        keys += [(ENGAGED, home + slot_key(slot)) for slot in wanted]
        known = await self._read([*base_keys(home), *keys])
        for slot in wanted:
            if params.open_s(slot) <= known.time_s < params.gate_s(slot):
                self._stand_in(slot, instruction, known)

    def _taken(self, slot: int) -> bool:
        """Whether the household or the agent has something for a slot already, whatever became of it."""
        if self.store.versions(Kind.ORDER, order_which(slot)):
            return True
        lots = (r for r in self.store.open() if r.kind is Kind.LOT)
        return any(lot.first <= slot <= lot.last for lot in lots)

    def _stand_in(self, slot: int, instruction: Instruction, known: Known) -> None:
        mandate, account, zone = known.mandate, known.account, self._zone
        meter = self.identity.meter
        if mandate is None or account is None or zone is None or self._taken(slot):
            return
        if not is_valid(mandate, meter, instruction.hash, known.time_s) or known.order(slot) is not None:
            return
        held = self.store.open()
        if known.engaged(slot) or live_count(mandate, held) >= mandate.max_live:
            return
        terms = self.ledger.terms(known, slot)
        waiting = sum(r.kind is Kind.ORDER and r.stage < Stage.ON_LEDGER for r in held)
        if account.barred_until > known.time_s or account.free < (waiting + 1) * flat_lock(terms):
            return
        try:
            day = zone.slots_of(zone.day_of(slot))
            room = room_for(instruction, self.store.since(day.start), zone, slot)
        except ZoneTableEnds:
            return
        order = standing_order(instruction, self.log, slot, terms, room)
        if order is not None:
            self.store.add(self._standing_row(slot, order, instruction, known.home))
            self.wake()

    def _standing_row(self, slot: int, order: Order, instruction: Instruction, home: bytes) -> Row:
        """Version 1: nobody has any other for this slot, and the file takes a version once."""
        me, salt, opening = self.identity, self._random(SALT_BYTES), order.to_bytes()
        commitment = slot_commitment(self.genesis_hash, slot, home, me.meter, me.meter, 1, opening, salt)
        inner = seal_inner(me.key, self.genesis_hash, SealedOrder(slot, home, me.meter, 1, commitment))
        return Row(
            Kind.ORDER, order_which(slot), 1, commitment, inner.data, opening, salt, slot, 1,
            slot - self.params.gate_slots, order.total_wh, instruction.hash,
        )  # fmt: skip

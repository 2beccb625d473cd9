"""What the household asks of its agent: take this, post this, know these terms, show me.

What is taken is on the disk before the answer, and nothing is taken or posted that an order key of the household
has not signed. Here: the checks against file and ledger. Not here: the link and its roles (``agent_service``).
Thread: the meter's loop.
"""

from __future__ import annotations

import logging

from ohmstead.contract.market_lots import LotState, gate_key
from ohmstead.contract.market_orders import order_key
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ENGAGED, GATE, LOT, LOT_BID, ORDER, ORDER_KEY
from ohmstead.contract.parameters import start_s, terms_at
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, decode
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import KeyRefused, admit_key, kid
from ohmstead.core.market_inner import AccountKey, read_inner
from ohmstead.core.market_statements import (
    MARKET_BODIES,
    CancelOrder,
    GiveMandate,
    Payout,
    RevealBid,
    RevealOrder,
)
from ohmstead.core.slots import slot_at
from ohmstead.core.statements import StatementError, parse
from ohmstead.errors import ExternalError
from ohmstead.ledger.provenset import StateKey
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.meter.agent import Agent
from ohmstead.meter.agent_checks import Why, only_fitting
from ohmstead.meter.agent_hand import MAX_AHEAD, Handed
from ohmstead.meter.agent_ledger import Known, base_keys
from ohmstead.meter.agent_rows import Kind, Row, Stage, order_which
from ohmstead.meter.agent_standing import Instruction
from ohmstead.node.client import TxAnswer

#: What may wait at once.
MAX_OPEN_ROWS = 500
ACCOUNT_S = 86_400
_KEY = "key/"
_log = logging.getLogger(__name__)


class AgentDesk:
    """One agent's counter. Every method may raise Refused."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    # ---- handing ------------------------------------------------------------------------------

    async def hand(self, params: Value) -> Row:
        """Takes an order, a lot or a bid; the row as it is kept. The same bytes again give the same row.

        Raises CodecError, Refused.
        """
        agent, handed = self._agent, Handed.from_value(params)
        kept = agent.store.find(handed.kind, handed.which, handed.version)
        if kept is not None and handed.same_as(kept):
            return kept
        home = await self._home()
        payload = handed.payload
        if payload.household != home or payload.meter != agent.identity.meter:
            raise Why.WRONG_HOUSEHOLD.refusal()
        known = await self._ask(self._keys(handed, home))
        public = await self._order_key(handed.inner.signer, home, known)
        try:
            handed.inner.check(public, agent.genesis_hash)
        except StatementError as error:
            raise Why.BAD_SIGNATURE.refusal() from error
        lot = known.lot(handed.which) if known is not None and handed.kind is Kind.BID else None
        if handed.kind is Kind.BID and known is None:
            raise Why.NO_LEDGER.refusal()
        row = handed.row(agent.genesis_hash, agent.params, lot)
        self._only_newer(handed, known)
        self._only_in_time(row, known)
        self._only_unengaged(row, known)
        why = only_fitting(row, terms_at(agent.params, agent.series, row.first), agent.log, lot)
        if why is not None:
            raise why.refusal()
        if len(agent.store.open()) >= MAX_OPEN_ROWS:
            raise Refused(RefusalCode.FULL)
        agent.store.add(row)
        agent.wake()
        return row

    @staticmethod
    def _keys(handed: Handed, home: bytes) -> list[StateKey]:
        keys: list[StateKey] = [(ORDER_KEY, handed.inner.signer), *base_keys(home)]
        if handed.kind is Kind.ORDER:
            slot = int.from_bytes(handed.which, "big")
            return [*keys, (ORDER, order_key(slot, home)), (ENGAGED, home + slot_key(slot))]
        if handed.kind is Kind.BID:
            return [*keys, (LOT, handed.which), (LOT_BID, handed.which + home)]
        return [*keys, (LOT, handed.which)]

    def _only_newer(self, handed: Handed, known: Known | None) -> None:
        """That no version as new is kept here or recorded. Raises Refused."""
        kept = max((r.version for r in self._agent.store.versions(handed.kind, handed.which)), default=0)
        if known is not None and handed.kind is Kind.ORDER:
            order = known.order(int.from_bytes(handed.which, "big"))
            kept = max(kept, order.version if order is not None else 0)
        elif known is not None and handed.kind is Kind.BID:
            bid = known.bid(handed.which)
            kept = max(kept, bid.version if bid is not None else 0)
        if handed.version <= kept:
            raise Why.OLDER_VERSION.refusal()
        if handed.version > self._agent.params.versions:
            raise Why.QUOTA.refusal()

    def _only_in_time(self, row: Row, known: Known | None) -> None:
        time_s = max(self._agent.ledger.time_s, known.time_s if known is not None else 0)
        if time_s >= start_s(row.gate) or row.first < self._agent.params.first_slot:
            raise Why.GATE_CLOSED.refusal()
        if row.first > slot_at(time_s) + MAX_AHEAD:
            raise Why.TOO_FAR.refusal()

    def _only_unengaged(self, row: Row, known: Known | None) -> None:
        """In a slot an order or a lot of one's own, never both. Raises Refused."""
        if row.kind is Kind.ORDER and known is not None and known.engaged(row.first):
            raise Why.ENGAGED.refusal()
        others = {
            Kind.ORDER: {Kind.LOT}, Kind.LOT: {Kind.ORDER, Kind.LOT}, Kind.BID: {Kind.ORDER},
        }[row.kind]  # fmt: skip
        for other in self._agent.store.open():
            if other.kind in others and other.first <= row.last and row.first <= other.last:
                raise Why.ENGAGED.refusal()

    # ---- posting ------------------------------------------------------------------------------

    async def post(self, data: bytes) -> TxAnswer:
        """Forwards a statement of the household's own order key: a cancel, a mandate, a payout, or a reveal.

        A cancel of what the meter has not sent ends it here; another one is kept, and sent again until the ledger
        shows it or the gate closes.
        """
        home = await self._home()
        try:
            signed = parse(data, MARKET_BODIES)
        except StatementError as error:
            raise Refused(RefusalCode.MALFORMED, str(error).encode()[:200]) from error
        body = signed.statement.body
        if not isinstance(body, CancelOrder | GiveMandate | Payout | RevealOrder | RevealBid):
            raise Why.NOT_FORWARDED.refusal()
        if body.household != home:
            raise Why.WRONG_HOUSEHOLD.refusal()
        public = await self._order_key(signed.signer, home, None)
        try:
            signed.check(public, self._agent.genesis_hash)
        except StatementError as error:
            raise Why.BAD_SIGNATURE.refusal() from error
        if isinstance(body, RevealOrder | RevealBid):
            await self._only_after_gate(body, home)
        if isinstance(body, CancelOrder) and self._cancel(body, data):
            return TxAnswer(0, b"", "held")
        return await self._broadcast(data)

    def _cancel(self, body: CancelOrder, data: bytes) -> bool:
        """Ends, or marks, the versions that a cancel is above; whether that was all, nothing having been sent."""
        rows = self._agent.store.versions(Kind.ORDER, order_which(body.slot))
        older = [r for r in rows if not r.over and r.version < body.version]
        left = False
        for row in older:
            held = row.stage is Stage.HELD and self._agent.store.change(
                row, stage=Stage.CANCELLED, over=True
            )  # fmt: skip
            if not held:
                left = True
                self._agent.store.change(row, cancel=data)
        self._agent.wake()
        return bool(older) and not left

    async def _only_after_gate(self, body: RevealOrder | RevealBid, home: bytes) -> None:
        """That the gate block's record is proven: an earlier reveal would lie open while commits are taken."""
        if isinstance(body, RevealOrder):
            known = await self._ask([(GATE, slot_key(body.slot))])
            gate = None if known is None else known.gate(body.slot)
        else:
            known = await self._ask([(LOT, body.lot)])
            lot: LotState | None = None if known is None else known.lot(body.lot)
            if lot is None:
                raise (Why.NO_LEDGER if known is None else Why.NO_LOT).refusal()
            known = await self._ask([(GATE, gate_key(body.lot, lot.gate))])
            gate = None if known is None else known.lot_gate(body.lot, lot.gate)
        if known is None:
            raise Why.NO_LEDGER.refusal()
        if gate is None or gate.height == 0 or known.height <= gate.height:
            raise Why.GATE_NOT_REACHED.refusal()

    async def open_account(self, data: bytes) -> TxAnswer:
        """Signs ``account-open`` around what an order key of this household signed of itself, and sends it.

        From then on the meter takes that key's orders, which wait until the ledger knows it.
        """
        agent, home = self._agent, await self._home()
        inner = read_inner(data, AccountKey.CONTENT_TYPE)
        asked = AccountKey.from_bytes(inner.envelope.payload)
        if asked.household != home or asked.meter != agent.identity.meter:
            raise Why.WRONG_HOUSEHOLD.refusal()
        try:
            inner.check(admit_key(asked.public_key), agent.genesis_hash)
        except (StatementError, KeyRefused) as error:
            raise Why.BAD_SIGNATURE.refusal() from error
        agent.store.keep_fact(_KEY + kid(asked.public_key).hex(), asked.public_key)
        return await self._broadcast(agent.statements.open_account(inner, agent.ledger.wall_s + ACCOUNT_S))

    def instruct(self, params: Value) -> None:
        """Keeps [terms, salt], or with None forgets what was kept. Raises CodecError."""
        if params is None:
            self._agent.instruct(None)
            return
        terms, salt = as_list(params, "params", 2)
        self._agent.instruct(Instruction.of(as_bytes(terms, "terms", at_most=64), as_bytes(salt, "salt")))

    def rows(self, since_slot: int) -> tuple[Row, ...]:
        """What is about this slot or later ones."""
        return self._agent.store.since(since_slot)

    async def home(self) -> bytes:
        """The household's id. Raises Refused."""
        return await self._home()

    # ---- what they share ----------------------------------------------------------------------

    async def _home(self) -> bytes:
        agent = self._agent
        try:
            await agent.learn_home()
        except (ExternalError, VerificationError, CodecError) as error:
            raise Why.NO_LEDGER.refusal() from error
        if agent.home is None:
            raise Why.NO_LEDGER.refusal()
        return agent.home

    async def _ask(self, keys: list[StateKey]) -> Known | None:
        """What the ledger proves just now; None where the node is away or not believed."""
        agent = self._agent
        if not agent.ledger.time_s or agent.home is None:
            return None
        try:
            return await agent.ledger.read(agent.home, keys)
        except (ExternalError, VerificationError) as error:
            _log.info("the ledger cannot be asked: %s", error)
            return None

    async def _order_key(self, name: bytes, home: bytes, known: Known | None) -> bytes:
        """The public key of an order key of this household: proven once, or offered through this meter.

        Raises Refused: WRONG_HOUSEHOLD, BAD_SIGNATURE (not an order key), NO_LEDGER.
        """
        kept = self._agent.store.fact(_KEY + name.hex())
        if kept is not None:
            return kept
        known = known or await self._ask([(ORDER_KEY, name)])
        if known is None:
            raise Why.NO_LEDGER.refusal()
        raw = known.value(ORDER_KEY, name)
        if raw is None:
            raise Why.BAD_SIGNATURE.refusal()
        public, owner = as_list(decode(raw), "order key", 2)
        if owner != home:
            raise Why.WRONG_HOUSEHOLD.refusal()
        found = as_bytes(public, "key", 32)
        self._agent.store.keep_fact(_KEY + name.hex(), found)
        return found

    async def _broadcast(self, tx: bytes) -> TxAnswer:
        try:
            return await self._agent.ledger.client.broadcast(tx)
        except ExternalError as error:
            raise Why.NO_LEDGER.refusal() from error

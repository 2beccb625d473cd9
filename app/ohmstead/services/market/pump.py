"""From what is kept to the meter: every signed thing is handed over until the meter, or the ledger, has it.

The same bytes are sent again after a lost link or a crash; a version or a sequence is taken once, so nothing
happens twice. Here: one turn over one link. Not here: signing (``signing``), keeping (``store.market``), what the
ledger says of it (``follow``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import CodecError, Value, as_bool, as_bytes, as_list, as_text, as_uint, decode
from ohmstead.core.errors import VerificationError
from ohmstead.link.channel import Channel
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.market.orders import Order, OrderMalformed, slot_commitment
from ohmstead.services.market.picture import Standing
from ohmstead.services.market.signing import Signer
from ohmstead.services.market_states import OrderStage
from ohmstead.services.workers import Workers
from ohmstead.store.market import DONE, REFUSED, SENT, WAITING, MarketStore, WishRow

CANCEL, SEQUENCED = "cancel", "sequenced"
#: Stages of the meter's own list (resources/docs/protocol.md, "Market").
METER_REFUSED, METER_LATE = 6, 9
#: Refusals that say "it is there already": the goal is reached, or the ledger will show that it is not.
_THERE = frozenset((Reason.ALREADY_DONE, Reason.OLD_VERSION, Reason.WRONG_SEQUENCE))
_T = TypeVar("_T")


class OrdersMalformed(VerificationError):
    """The meter's list of orders has another shape than the protocol's."""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """An order as the meter has it."""

    kind: int
    which: int | bytes
    version: int
    commitment: bytes
    stage: int
    detail: str
    standing: bool
    opening: bytes
    salt: bytes


class Pump:
    """Turns over one link, for one home."""

    def __init__(self, channel: Channel, workers: Workers, store: MarketStore, signer: Signer) -> None:
        self._channel = channel
        self._workers = workers
        self._store = store
        self._signer = signer

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def open_account(self) -> None:
        """Has the meter vouch for this home's order key. Doing it again changes nothing."""
        await self._channel.call(Method.ACCOUNT, [self._signer.account()])

    async def turn(self, signed_up_to: int) -> None:
        """Hands over what waits. ``signed_up_to`` is the order key's last sequence on the ledger."""
        await self._orders()
        await self._wishes(signed_up_to)

    async def _orders(self) -> None:
        rows = await self._db(self._store.placed)
        for row in rows:
            if row.stage != OrderStage.WAITING.value:
                continue
            try:
                await self._channel.call(Method.HAND, [row.signed, row.opening, row.salt])
            except Refused as error:
                if error.code is not RefusalCode.FAILED:
                    raise
                reason = error.detail.decode(errors="replace")
                await self._db(partial(self._store.move, row.key, OrderStage.REFUSED.value, reason))
                continue
            await self._db(partial(self._store.move, row.key, OrderStage.HANDED.value))

    async def _wishes(self, signed_up_to: int) -> None:
        for wish in await self._db(lambda: self._store.wishes(WAITING, SENT)):
            if wish.kind == SEQUENCED and wish.number <= signed_up_to:
                await self._move(wish, DONE)
                continue
            if wish.kind == CANCEL and wish.stage == SENT:
                continue  # the household log says what became of it
            if wish.opening and wish.kind == SEQUENCED:
                await self._instruct(wish.opening)
            await self._post(wish)

    async def _instruct(self, opening: bytes) -> None:
        """The terms go to the meter before the mandate that names them goes to the ledger."""
        terms, salt = as_list(decode(opening), "terms", 2)
        await self._channel.call(Method.INSTRUCT, [terms, salt] if terms else None)

    async def _post(self, wish: WishRow) -> None:
        answer = await self._channel.call(Method.POST, [wish.signed])
        try:
            code, data, _ = as_list(answer, "answer", 3)
            number, raw = as_uint(code, "code", 3), as_bytes(data, "data")
        except CodecError as error:
            raise OrdersMalformed("answer", str(error)) from error
        if number == 1:
            reason = reason_of(raw)
            if reason not in _THERE:
                await self._move(wish, REFUSED, reason.name if reason else "REFUSED")
                return
        if number != 2:
            await self._move(wish, SENT)

    async def _move(self, wish: WishRow, stage: str, reason: str = "") -> None:
        if (wish.stage, wish.reason) != (stage, reason):
            await self._db(lambda: self._store.move_wish(wish.key, stage, reason))

    # ---- what the meter has --------------------------------------------------------------------

    async def meter_rows(self, since_slot: int) -> list[MeterRow]:
        """The meter's list, of the slots from one on. Raises OrdersMalformed, and what the link raises."""
        raw = await self._channel.call(Method.ORDERS, [since_slot])
        try:
            return [_row(item) for item in as_list(raw, "orders")]
        except CodecError as error:
            raise OrdersMalformed("orders", str(error)) from error

    async def take_refusals(self, rows: list[MeterRow]) -> None:
        """What the meter gave up on, with its reason, for orders that it was handed."""
        given_up = {r.commitment: r for r in rows if r.stage in (METER_REFUSED, METER_LATE)}
        for row in await self._db(self._store.placed):
            met = given_up.get(row.commitment)
            if met is not None and row.stage == OrderStage.HANDED.value:
                stage = OrderStage.LATE if met.stage == METER_LATE else OrderStage.REFUSED
                await self._db(partial(self._store.move, row.key, stage.value, met.detail))

    def standing(self, rows: list[MeterRow], meter_key: bytes) -> list[Standing]:
        """The orders that the meter made by itself; only those that hash to their commitment."""
        found = []
        for row in rows:
            if not row.standing or isinstance(row.which, bytes):
                continue
            try:
                order = Order.from_bytes(row.opening)
            except OrderMalformed:
                continue
            signer = self._signer
            expected = slot_commitment(
                signer.genesis_hash, row.which, signer.household, signer.meter, meter_key, row.version,
                row.opening, row.salt,
            )  # fmt: skip
            if expected == row.commitment:
                found.append(Standing(row.which, row.version, row.commitment, order))
        return found


def reason_of(data: bytes) -> Reason | None:
    """The contract's reason in a result's data; None for one that this version does not know."""
    try:
        (number,) = as_list(decode(data), "reason", 1)
        return Reason(as_uint(number, "reason"))
    except (CodecError, ValueError):
        return None


def _row(item: Value) -> MeterRow:
    v = as_list(item, "order", 9)
    kind = as_uint(v[0], "kind", 3)
    which: int | bytes = as_uint(v[1], "slot") if kind == 0 else as_bytes(v[1], "lot", 16)
    return MeterRow(
        kind, which, as_uint(v[2], "version"), as_bytes(v[3], "commitment", at_most=32),
        as_uint(v[4], "stage", 32), as_text(v[5], "detail"),
        as_bool(v[6], "standing"), as_bytes(v[7], "opening"), as_bytes(v[8], "salt", at_most=32),
    )  # fmt: skip

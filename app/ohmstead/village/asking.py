"""How whoever plays along asks the node and hands it transactions: many at a time, and no proof checked.

Not here: what is asked and sent (``admission``, ``market_day``).
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ohmstead.contract.accounts import Account
from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ACCOUNT, METER, ORDER
from ohmstead.core.slots import slot_at
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.node.client import BATCH, NodeClient, NodeRefused, tx_answer_of, values_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Followed:
    """The home that a replayed past waits for: its meter, and its household on the ledger."""

    meter: bytes
    household: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """Where a node stands: the newest header's time and the newest vote's, which a replay goes on from, in s.

    Of the home that is followed: the last hour that it published, and whether it has sealed an order in a slot
    whose gate is passed and not opened it yet.
    """

    replaying: bool
    now_s: int
    clock_s: int
    last_hour: int | None = None
    sealed: bool = False


async def look(
    client: NodeClient, to_s: int | None = None, followed: Followed | None = None, gate_slots: int = 1
) -> Look:
    """One look, after a replayed past was moved on to ``to_s`` where it is given: one request, or two.

    Raises NodeUnreachable; NodeRefused, also where there is nothing to move on.
    """
    calls: list[tuple[str, dict[str, object]]] = []
    if to_s is not None:
        calls += [("ohmstead_pace", {"to": to_s}), ("ohmstead_advance", {"to": to_s})]
    calls += [("status", {}), ("ohmstead_pace", {"to": 0})]
    if followed is not None:
        calls += [_query(METER, followed.meter), _query(ACCOUNT, followed.household)]
    found = (await client.many(calls))[len(calls) - (2 if followed is None else 4) :]
    try:
        status, now = found[0], seconds_of(found[0]["sync_info"]["latest_block_time"])
        replaying, clock = bool(status.get("replaying", False)), int(found[1])
    except (KeyError, TypeError, ValueError) as error:
        raise NodeRefused("status has another shape", repr(error)) from error
    if followed is None:
        return Look(replaying, now, clock)
    raw = _value_of(found[2])
    last = None if raw is None else MeterRecord.from_cbor(raw).last_hour
    account = _value_of(found[3])
    if account is None or not Account.from_cbor(account).locked:
        return Look(replaying, now, clock, last)  # whoever has sealed an order has a lock
    gated = [slot_at(now) + 1 + n for n in range(gate_slots)]
    orders = await values_of(client, ORDER, [slot_key(s) + followed.household for s in gated])
    sealed = [Sealed.from_cbor(order) for order in orders if order is not None]
    return Look(replaying, now, clock, last, any(o.live and o.opened is None for o in sealed))


def seconds_of(text: str) -> int:
    """The second of a time as ``status`` writes it."""
    return int(datetime.fromisoformat(text[:19] + "+00:00").timestamp())


def _query(module: str, key: bytes) -> tuple[str, dict[str, object]]:
    return "abci_query", {"path": f"/store/{module}/key", "data": key.hex()}


def _value_of(answer: object) -> bytes | None:
    value = answer["response"]["value"] if isinstance(answer, dict) else None
    return None if value is None else base64.b64decode(value)


async def send(client: NodeClient, txs: Sequence[bytes]) -> None:
    """Hands transactions to the mempool; a refusal is logged, what is there already among them."""
    for at in range(0, len(txs), BATCH):
        calls = [("broadcast_tx_sync", {"tx": base64.b64encode(tx).decode()}) for tx in txs[at : at + BATCH]]
        for answer in map(tx_answer_of, await client.many(calls)):
            if answer.code == 1:
                _log.info("refused: %s", answer.log)

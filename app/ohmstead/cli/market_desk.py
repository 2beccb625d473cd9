"""This home in its ledger's market, over the radio: what the actions of ``ohmstead market`` but ``clear`` do.

Each syncs the head, proves the home's market, does what is asked, and says how it stands. Energy in Wh, prices in
millionths of the currency per kWh (µ/kWh), money in billionths. Not here: their arguments (``market_actions``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from enum import Enum

from ohmstead.cli.profile import central_of, home_of, homes_of
from ohmstead.contract.genesis import AppState
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.link.binding import Role
from ohmstead.link.central import MeterLink
from ohmstead.market.orders import Side, Step
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market.watch import Declined
from ohmstead.services.market_states import MarketState
from ohmstead.services.session import HomeSession
from ohmstead.services.workers import Workers

_WORDS = {
    "NO_MONEY": "Too little money is free for the lock; {missing} is missing.",
    "GATE_CLOSED": "The gate of that slot or lot is closed.",
    "OUTSIDE_BAND": "The price is outside what the ledger admits: {detail}.",
    "OVER_MAXIMUM": "That is more than the ledger admits: {detail}.",
    "BARRED": "This home is barred: sealed orders were not opened on three days in thirty.",
    "VIEWER": "Only a computer that was paired as an owner trades.",
    "AWAY": "The meter has not proven the market yet. Try again.",
}


def run(args: argparse.Namespace) -> int:
    """Does it. Raises UserError, ExternalError, VerificationError."""
    if args.action in ("offer", "bid"):
        _check(args)
    homes = homes_of(args)
    pairing = home_of(homes)
    workers = Workers()

    async def work() -> MarketState:
        async with central_of(args) as central:
            session = HomeSession(central, homes, pairing, workers)
            await session.open()
            try:
                async with session.connection.linked() as link:
                    return await _on(session, link, _deed(args))
            finally:
                await session.close()

    try:
        state = asyncio.run(work())
    except Declined as declined:
        raise UserError(_sentence(declined)) from declined
    finally:
        workers.close()
    sys.stdout.write(_told(args.action, state, as_json=args.json) + "\n")
    return 1 if state.alarms else 0


def _check(args: argparse.Namespace) -> None:
    lot = getattr(args, "lot", None)
    if lot is None and (args.slot is None or args.wh is None):
        raise UserError("Say which slot and how many Wh: --slot and --wh.")


async def _on(
    session: HomeSession, link: MeterLink, deed: Callable[[MarketDesk], Awaitable[object]] | None
) -> MarketState:
    trust = await session.head(link)
    params = AppState.from_cbor(trust.genesis.app_state).market
    home = trust.proven.record.home if trust.proven is not None else None
    if params is None or home is None:
        raise UserError("This home's ledger has no market.")
    desk = session.desk
    desk.take_part(owner=link.pairing.role is Role.OWNER)
    await desk.look(link, trust, params, home)
    if deed is not None:
        await deed(desk)
        trust = await session.head(link)
        await desk.look(link, trust, params, home)
    return desk.state


def _deed(args: argparse.Namespace) -> Callable[[MarketDesk], Awaitable[object]] | None:
    match args.action:
        case "offer" | "bid" if getattr(args, "lot", None) is not None:
            return lambda desk: desk.bid(args.lot, args.limit)
        case "offer" | "bid":
            side = Side.SELL if args.action == "offer" else Side.BUY
            wants = [(args.slot, (Step(args.wh, args.limit),))]
            return lambda desk: desk.offer(side, wants)
        case "cancel":
            return lambda desk: desk.cancel(args.key)
    return None


def _sentence(declined: Declined) -> str:
    words = _WORDS.get(declined.reason, "That cannot be done: {detail}.")
    missing = _money(declined.missing_nano)
    return words.format(missing=missing, detail=declined.detail or declined.reason.lower())


# ---- what is said -----------------------------------------------------------------------------


def _told(action: str, state: MarketState, *, as_json: bool) -> str:
    part: object
    match action:
        case "results":
            part = state.results
        case "wallet":
            part = {"account": state.account, "movements": state.movements}
        case "lots":
            part = state.lots
        case _:
            part = state.orders
    if as_json:
        return json.dumps(_plain(part))
    lines = [_line(action, item) for item in _items(action, state)]
    return "\n".join(lines) if lines else "There is nothing yet."


def _items(action: str, state: MarketState) -> list[dict[str, object]]:
    match action:
        case "wallet":
            account = state.account
            head = [] if account is None else [asdict(account) | {"kind": "account"}]
            return [*head, *(asdict(m) for m in state.movements)]
        case "results":
            return [asdict(row) for row in state.results]
        case "lots":
            return [asdict(row) for row in state.lots]
    return [asdict(row) for row in state.orders]


def _line(action: str, item: dict[str, object]) -> str:
    shown = _plain(item)
    assert isinstance(shown, dict)
    shown.pop("terms", None)
    if "slot" in shown and isinstance(shown["slot"], int):
        at = datetime.fromtimestamp(shown["slot"] * SLOT_SECONDS, UTC)
        shown["slot"] = f"{at:%Y-%m-%dT%H:%MZ}"
    return "  ".join(f"{name}={_cell(value)}" for name, value in shown.items() if value not in (None, "", []))


def _cell(value: object) -> str:
    return json.dumps(value) if isinstance(value, list | dict) else str(value)


def _plain(value: object) -> object:
    """What JSON can say of frozen values: enums by value, bytes as hex."""
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value, Side) else value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _money(nano: int) -> str:
    return f"{nano // 10**9}.{nano % 10**9 // 10**7:02d}"

"""The actions of ``ohmstead market`` that ask the meter: their arguments. Not here: doing them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ohmstead.cli.profile import add_profile, add_radio
from ohmstead.core.slots import SLOT_SECONDS, slot_at

if TYPE_CHECKING:
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]

DEEDS = {
    "offer": "offer energy in one slot",
    "bid": "buy energy in one slot, or bid on a surplus lot",
    "cancel": "take an order back before its gate",
    "orders": "this home's orders and their stages",
    "results": "the auctions, and whether they were recomputed here",
    "wallet": "what the home has on the ledger, and every movement",
    "lots": "surplus lots: open ones, and this home's",
}


def add(actions: Actions) -> None:
    """The commands, as further actions of ``market``."""
    for name, text in DEEDS.items():
        sub = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        add_profile(sub)
        add_radio(sub)
        if name in ("offer", "bid"):
            sub.add_argument("--slot", type=slot_of, help="when delivery begins, as 2026-04-02T12:15 (UTC)")
            sub.add_argument("--wh", type=int, help="energy in Wh")
            sub.add_argument(
                "--limit", type=int, required=True, help="µ per kWh: least (offer) or most (bid)"
            )
        if name == "bid":
            sub.add_argument("--lot", type=bytes.fromhex, help="a lot's id, for a bid on it")
        if name == "cancel":
            sub.add_argument("key", type=int, help="the order's key, as `orders` lists it")


def slot_of(text: str) -> int:
    """The slot that begins at a UTC time. Raises ValueError."""
    at = datetime.fromisoformat(text)
    seconds = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    if seconds % SLOT_SECONDS:
        raise ValueError("a slot begins at a quarter hour")
    return slot_at(seconds)

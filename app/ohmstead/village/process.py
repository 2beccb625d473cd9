"""The simulated households as a process: they trade, and the demonstration's treasury pays in and out.

Not here: their admission, which happens before a replayed past goes on (``neighbourhood``).
Thread: the process's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ohmstead.contract.genesis import AppState
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.neighbours.cohorts import Cohort, propose
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable
from ohmstead.village.admission import Treasurer
from ohmstead.village.asking import Followed
from ohmstead.village.cohorts import features_of
from ohmstead.village.consortium import Consortium, load_or_found, valid_until
from ohmstead.village.households import Household, households
from ohmstead.village.market_day import MarketDay
from ohmstead.village.tally_day import TallyDay, day_wh
from ohmstead.village.traders import homes_of

TREASURY_EVERY_S = 3.0
SEED = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VillageOptions:
    """``folder`` holds the consortium's keys, ``kept`` what is sealed.

    ``meter`` and ``household`` are those of the home that is shown.
    """

    folder: Path
    kept: Path
    node_url: str
    homes: int
    zone: str
    meter: bytes
    household: bytes


def simulated(consortium: Consortium, count: int) -> tuple[Household, ...]:
    """The village's households on this ledger; the same ones each time."""
    genesis: GenesisDocument = consortium.genesis
    secret = consortium.village_secret
    return households(homes_of(count, SEED), secret, genesis.genesis_hash, valid_until(genesis))


def members_of(consortium: Consortium, count: int) -> list[tuple[Household, Cohort]]:
    """The village's households that are like a cohort, each with it; none on a ledger without neighbours."""
    cohorts = () if consortium.neighbours is None else consortium.neighbours.cohorts
    return [
        (home, cohort) for home in simulated(consortium, count)
        if (cohort := propose(cohorts, features_of(home.home))) is not None
    ]  # fmt: skip


def shifts_in(name: str) -> Callable[[int], int]:
    """Local time less UTC in a time zone, s, by slot."""
    zone = ZoneInfo(name)

    @lru_cache(maxsize=64)
    def of_hour(hour: int) -> int:
        offset = datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    return lambda slot: of_hour(slot * SLOT_SECONDS // 3600)


def plain_imports(consortium: Consortium, count: int, zone: str, cohort: str, day: int) -> list[int]:
    """What the village's homes of a cohort drew on a local day, Wh: what nobody who opens a sum can see.

    For the demonstration's own check of itself: its homes are made up, so that there is nobody to betray.
    """
    slots = AppState.from_cbor(consortium.genesis.app_state).zones[0].slots_of(day)
    shift_s = shifts_in(zone)
    return [
        day_wh(home.home, SEED, slots, shift_s)
        for home, own in members_of(consortium, count) if own.id == cohort
    ]  # fmt: skip


async def trade(options: VillageOptions) -> None:
    """Until cancelled. Raises UserError for a ledger without a market."""
    consortium = load_or_found(options.folder, None)
    params = consortium.market
    if params is None:
        raise UserError(
            "This ledger was founded without a market. Start the demonstration in another folder."
        )
    client = NodeClient(options.node_url)
    shift_s = shifts_in(options.zone)
    tally = None
    if consortium.neighbours is not None:
        founded = AppState.from_cbor(consortium.genesis.app_state)
        tally = TallyDay(
            client, consortium.neighbours, consortium.genesis.genesis_hash,
            members_of(consortium, options.homes), SEED, founded.zones[0], shift_s, options.meter,
        )  # fmt: skip
    day = MarketDay(
        client, params, simulated(consortium, options.homes), SEED, options.kept, shift_s,
        Followed(options.meter, options.household), tally=tally,
    )  # fmt: skip
    treasury = asyncio.get_running_loop().create_task(
        _pay(Treasurer(consortium, client, options.household)), name="treasury"
    )
    try:
        await day.run()
    finally:
        treasury.cancel()
        await asyncio.gather(treasury, return_exceptions=True)
        await client.close()


async def _pay(treasurer: Treasurer) -> None:
    while True:
        try:
            await treasurer.look()
        except (NodeUnreachable, NodeRefused) as error:
            _log.info("the treasury waits: %s", error)
        await asyncio.sleep(TREASURY_EVERY_S)

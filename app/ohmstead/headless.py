"""``ohmstead demo --headless``: the main job without a person, with a summary that can be checked.

Pairs, syncs, verifies the mirror again from its file alone, compares every interval with the source that was
replayed, bids in the market and recomputes its auctions, compares the home with its neighbours, and has pictures
taken of every page (``headless_pictures``). Exit code 0 only if everything holds. Like ``bootstrap`` a
composition root: it may import every part.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ohmstead.app_market import AppMarket
from ohmstead.app_neighbours import AppNeighbours
from ohmstead.bootstrap import secret_store
from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import slot_at
from ohmstead.demonstration import DEMO_NAME, pair_with_label, virtual_central
from ohmstead.errors import UserError
from ohmstead.headless_neighbours import neighbours_of
from ohmstead.headless_pictures import take_pictures
from ohmstead.ledger.lightclient import head_age
from ohmstead.ledger.slice import Facts
from ohmstead.link.pairing import Pairing
from ohmstead.market.orders import Side, Step
from ohmstead.meter.sources.choose import source_of
from ohmstead.services.events import Refused
from ohmstead.services.homes import Homes
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market_states import Checked, MarketState, OrderStage
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.session import HomeSession, HomeState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.services.verify import check_mirror
from ohmstead.services.workers import Workers
from ohmstead.store.readings import Readings
from ohmstead.system.files import write_file
from ohmstead.system.paths import Paths
from ohmstead.village.neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from ohmstead.ui.pictures import ShownHome

SYNC_S = 600.0
#: How long the treasury, the meter and the node may take over a first order, and how many auctions are rechecked.
MARKET_S, RECHECKED = 90.0, 24
BID_WH = 200


@dataclass(slots=True)
class Summary:
    """What is written to ``summary.json``; times in seconds, energy in Wh."""

    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    energy_wh: dict[str, int] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    market: dict[str, Any] = field(default_factory=dict)
    neighbours: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    source: str = ""
    credit: str = ""


class Stopwatch:
    """Names spans of time."""

    def __init__(self, into: dict[str, float]) -> None:
        self._into = into
        self._from = time.perf_counter()

    def lap(self, name: str) -> None:
        """The time since the last lap, under a name."""
        now = time.perf_counter()
        self._into[name] = round(now - self._from, 3)
        self._from = now


def run_headless(neighbourhood: Neighbourhood, paths: Paths, out: Path, scale: float = 1.0) -> int:
    """Runs the whole demonstration; returns 0 if everything holds, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    summary = Summary()
    io, workers = IoLoop(), Workers()
    job = MainJob(neighbourhood, paths, summary, workers)
    try:
        io.submit(job.begin()).result()
        pairing, mirror, state = job.shown
        _compare(neighbourhood, mirror, pairing.meter_id, summary)
        _describe(state, summary)
        watch = Stopwatch(summary.seconds)
        # The machines run on and the link stays, so that the pictures show a home as it is.
        summary.pictures = take_pictures(
            out, lambda post: _shown(job, io, post), scale, simulated=neighbourhood.simulated,
            roof=neighbourhood.roof,
        )  # fmt: skip
        watch.lap("pictures")
    finally:
        io.submit(job.end()).result()
        io.close()
        workers.close()
    write_file(out / "summary.json", json.dumps(asdict(summary), indent=2).encode(), mode=0o644)
    _say(summary, out)
    return 1 if summary.failures else 0


class MainJob:
    """Pair, sync, verify. Its coroutines run on the io loop; ``end`` always follows ``begin``."""

    def __init__(
        self, neighbourhood: Neighbourhood, paths: Paths, summary: Summary, workers: Workers
    ) -> None:
        self._neighbourhood = neighbourhood
        self._summary = summary
        self._workers = workers
        self.homes = self._homes = Homes(paths.homes, secret_store(paths, None, demonstration=True))
        self._session: HomeSession | None = None
        self._close_radio: Callable[[], object] | None = None
        self._pairing: Pairing | None = None
        self._synced, self._moved = asyncio.Event(), asyncio.Event()
        self._failed: Exception | None = None

    @property
    def shown(self) -> tuple[Pairing, Path, HomeState]:
        """The pairing, the mirror's file and the home's state after ``begin``."""
        assert self._pairing is not None
        assert self._session is not None
        return self._pairing, self._homes.mirror_path(self._pairing.meter_id), self._session.state

    async def begin(self) -> None:
        """Everything up to a verified mirror and a standing link. Raises what its steps raise."""
        summary, homes = self._summary, self._homes
        watch = Stopwatch(summary.seconds)
        await self._neighbourhood.start()
        watch.lap("start")
        central, self._close_radio = await virtual_central(self._neighbourhood.app_hci)
        pairing = await asyncio.to_thread(homes.current)
        if pairing is None:
            pairing = await pair_with_label(self._neighbourhood, central, homes)
        self._pairing = pairing
        watch.lap("pair")
        self._begun = time.perf_counter()
        self._session = HomeSession(central, homes, pairing, self._workers, self._hear)
        await self._session.open()
        self._session.start()
        async with asyncio.timeout(SYNC_S):
            await self._synced.wait()
        watch.lap("sync")
        if self._failed is not None:
            summary.failures.append(f"{type(self._failed).__name__}: {self._failed}")
        mirror, root = homes.mirror_path(pairing.meter_id), homes.epoch_root(pairing.meter_id, 0)
        checked = await asyncio.get_running_loop().run_in_executor(
            self._workers.work, lambda: check_mirror(mirror, root, time.time_ns())
        )
        summary.failures += [f"{f.code}: {f}" for f in checked.failures]
        summary.counts["pages_verified"] = checked.pages
        watch.lap("verify_mirror")
        if self._neighbourhood.trades:
            await self._trade()
            watch.lap("market")
        if self._neighbourhood.compares:
            await self._compare_homes()
            watch.lap("neighbours")

    async def _trade(self) -> None:
        """A bid for the next open slot, until it is sealed on the ledger and a day's auctions are recomputed."""
        session = self._session
        assert session is not None
        desk, summary = session.desk, self._summary
        try:
            async with asyncio.timeout(MARKET_S):
                await self._until(lambda: _has_money(desk.state), desk.kick)
                rules, terms = desk.state.rules, desk.state.terms
                assert rules is not None
                assert terms is not None
                slot = slot_at(int(time.time())) + rules.gate_slots + 2
                (key,) = await desk.offer(Side.BUY, [(slot, (Step(BID_WH, terms.retail),))])
                await self._until(
                    lambda: self._sealed(desk.state, key) and _equal(desk.state) >= RECHECKED, desk.kick
                )
        except (TimeoutError, UserError) as error:
            summary.failures.append(f"market: {error or 'the order was not sealed in time'}")
        state = desk.state
        summary.market = {
            "auctions": len(state.results),
            "recomputed": _equal(state),
            "wrong": sum(r.checked is Checked.WRONG for r in state.results),
            "orders": [o.stage.value for o in state.orders],
            "wallet_complete": state.account is not None and state.account.complete,
        }
        summary.failures += [f"market: {a.subject}: {a.reason}" for a in state.alarms]

    async def _compare_homes(self) -> None:
        """The home among its neighbours: results, and that they are the plain statistic."""
        session, summary = self._session, self._summary
        assert session is not None
        zone = session.state.zone
        if zone is None:
            summary.failures.append("neighbours: the home's calendar is not known")
            return
        desk = session.neighbours
        told, wrong = await neighbours_of(
            self._neighbourhood, desk, zone, lambda holds: self._until(holds, desk.kick)
        )
        summary.neighbours = told
        summary.failures += wrong

    async def _until(self, holds: Callable[[], bool], kick: Callable[[], None]) -> None:
        """Until something holds; has it looked at again with every second."""
        while not holds():
            self._moved.clear()
            kick()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), 1)

    @staticmethod
    def _sealed(state: MarketState, key: int) -> bool:
        found = (OrderStage.SEALED, OrderStage.CLOSED, OrderStage.CLEARED, OrderStage.PAID)
        return any(o.key == key and o.stage in found for o in state.orders)

    @property
    def desk(self) -> MarketDesk | None:
        """The open home's market desk."""
        return self._session.desk if self._session is not None else None

    @property
    def neighbour_desk(self) -> NeighbourDesk | None:
        """The open home's desk among its neighbours."""
        return self._session.neighbours if self._session is not None else None

    @property
    def neighbours(self) -> NeighbourState | None:
        """The neighbours as they stand after ``begin``; None where there are none."""
        desk = self.neighbour_desk
        return desk.state if desk is not None and desk.state.rules is not None else None

    @property
    def market(self) -> MarketState | None:
        """The market as it stands after ``begin``."""
        return self._session.desk.state if self._session is not None and self._neighbourhood.trades else None

    def _hear(self, event: object) -> None:
        match event:
            case SyncProgress(stage=Stage.PAGES):
                first = round(time.perf_counter() - self._begun, 3)
                self._summary.seconds.setdefault("first_readings", first)
            case SyncProgress(stage=Stage.DONE):
                self._synced.set()
            case MarketState() | NeighbourState():
                self._moved.set()
            case Refused(error):
                self._failed = error
                self._synced.set()

    async def end(self) -> None:
        """Leaves the air, closes the mirror, ends the machines."""
        if self._session is not None:
            await self._session.close()
        if self._close_radio is not None:
            result = self._close_radio()
            if asyncio.iscoroutine(result):
                await result
        await self._neighbourhood.stop()


def _has_money(state: MarketState) -> bool:
    return state.account is not None and state.account.free_nano > 0


def _equal(state: MarketState) -> int:
    return sum(r.checked is Checked.EQUAL for r in state.results)


def _compare(neighbourhood: Neighbourhood, mirror: Path, meter: bytes, summary: Summary) -> None:
    """Every mirrored interval against the source, in Wh and status; every slot of the year must be there."""
    source = source_of(neighbourhood.source, neighbourhood.weeks)
    summary.source, summary.credit = source.name, source.credit
    with closing(Readings.open(mirror)) as readings:
        extent = readings.extent(meter)
        if extent is None:
            summary.failures.append("the mirror is empty")
            return
        series = readings.intervals(meter, extent.first_slot, extent.last_slot)
        findings = readings.findings()
    summary.failures += [f"{f.kind}: {f.subject}: {f.detail}" for f in findings]
    slots, wrong = series.slot.tolist(), 0
    columns = {
        Channel.IMPORT: series.import_wh, Channel.EXPORT: series.export_wh,
        Channel.GENERATION: series.generation_wh,
    }  # fmt: skip
    statuses = series.status.tolist()
    for i, slot in enumerate(slots):
        amounts, status = source.amounts_in(slot)
        shown = {c: int(columns[c][i]) for c in amounts}
        if shown != amounts or statuses[i] != status:
            wrong += 1
    if slots != list(range(source.first_slot, source.first_slot + len(slots))):
        summary.failures.append("slots are missing between the first and the last")
    if len(slots) < source.year_slots:
        summary.failures.append(f"{len(slots)} slots are here, the recorded year has {source.year_slots}")
    if wrong:
        summary.failures.append(f"{wrong} intervals differ from the source")
    summary.counts |= {
        "intervals": len(slots),
        "intervals_equal_to_source": len(slots) - wrong,
        "missing": statuses.count(IntervalStatus.MISSING),
        "estimated": statuses.count(IntervalStatus.ESTIMATED),
        "recorded_year": source.year_slots,
    }
    summary.ratios["intervals_equal_to_source"] = round((len(slots) - wrong) / max(1, len(slots)), 6)
    summary.energy_wh = {c.name.lower(): int(column.sum()) for c, column in columns.items()}


def _describe(state: HomeState, summary: Summary) -> None:
    facts: Facts | None = state.facts
    if facts is None:
        summary.failures.append("nothing was proven")
        return
    age = head_age(facts.head_time_s * 10**9, time.time_ns())
    summary.facts = {
        "signature": facts.signature,
        "key_trust": facts.key_trust,
        "completeness": f"{facts.pages_held} of {facts.pages_proven} pages",
        "recency": age.value,
        "late_pages": facts.late_pages,
        "single_operator": facts.single_operator,
        "replayed": facts.replayed,
    }
    summary.counts |= {"pages_held": facts.pages_held, "pages_proven": facts.pages_proven,
                       "head_height": facts.head_height}  # fmt: skip
    if not (facts.signature and facts.key_trust and facts.pages_held == facts.pages_proven):
        summary.failures.append("one of the facts does not hold")
    sync = summary.seconds.get("sync", 0.0)
    if sync:
        summary.ratios["pages_per_second"] = round(facts.pages_held / sync, 1)


def _shown(job: MainJob, io: IoLoop, post: Callable[[object], None]) -> ShownHome:
    """What the pictures show. Qt is loaded only now, once its platform is chosen."""
    from ohmstead.ui.pictures import ShownHome
    from ohmstead.ui.product import HomeSources

    pairing, mirror, state = job.shown
    day = None
    if state.zone is not None and state.verified_to_slot is not None:
        day = state.zone.day_of(state.verified_to_slot) - 1  # the last whole day says more than today
    return ShownHome(
        DEMO_NAME, HomeSources.of_mirror(mirror, pairing.meter_id, job.homes), state, day, job.market,
        job.neighbours, AppMarket(io.submit, post, lambda: job.desk),
        AppNeighbours(io.submit, post, lambda: job.neighbour_desk),
    )  # fmt: skip


def _say(summary: Summary, out: Path) -> None:
    counts = summary.counts
    write = sys.stdout.write
    write(
        f"{counts.get('pages_held', 0)} pages, {counts.get('intervals', 0)} intervals mirrored and verified "
        f"in {summary.seconds.get('sync', 0)} s; "
        f"{counts.get('intervals_equal_to_source', 0)} equal to the source; "
        f"{counts.get('missing', 0)} missing and {counts.get('estimated', 0)} estimated are marked so.\n"
    )
    for failure in summary.failures:
        write(f"failed: {failure}\n")
    write(f"{len(summary.pictures)} pictures and summary.json are in {out}\n")

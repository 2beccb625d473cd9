"""The homes that the scenes look at: real mirror files, each made once when it is first asked for.

Two kinds: the recorded year (``solar_home``: real readings, placeholder pages, made quickly) for Home and Usage,
and a ledger, meter and home of the test rig that really prove three weeks (``orchard``). Not here: the window.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.ledger.slice import Facts
from ohmstead.meter.sources.base import IntervalMaker
from ohmstead.meter.sources.recorded import RecordedSource, Recording
from ohmstead.services.states import HomeState, LinkState, PowerNow
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import IntervalRow, TileBatch, UtilityRow
from tests.helpers.forge import forged
from tests.helpers.home import Home as RigHome
from tests.helpers.homes import Street
from tests.helpers.ledger import FIRST_HOUR, ZONE, Ledger
from tests.helpers.meter import CHANNELS, Meter
from tests.ledger.chains import FOUR, key
from tests.ui.proven_home import ProvenHome
from tests.ui.solar_home import METER, Edit, Home, fill, recording

DAYS, HOURS = 21, 14  # the proven home: three weeks, and a day until 14:00
SUMMER = 29_760  # slots from the recording's begin to a Monday of its summer, at local midnight
LAST = recording().end_slot - 1


def marked(status: IntervalStatus, first: int, count: int) -> Edit:
    """``count`` slots get another status, from ``first`` slots before the end on."""

    def edit(row: IntervalRow) -> IntervalRow:
        slot, bought, sold, made, *_, page = row
        if not LAST - first <= slot < LAST - first + count:
            return row
        if status is IntervalStatus.MISSING:
            return (slot, 0, 0, 0, status, status, status, page)
        return (slot, bought, sold, made, status, status, status, page)

    return edit


class Files:
    """Mirror files in one folder. Read only, but for what a scene takes back itself. ``close`` last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Home] = {}
        self._rigs: dict[str, ProvenHome] = {}
        self._open = ExitStack()

    def close(self) -> None:
        """Close what is open."""
        self._open.close()

    # ---- the recorded year --------------------------------------------------------------------

    def year(self, name: str = "whole") -> Home:
        """A recorded home by its name, see ``KINDS``."""
        if name not in self._made:
            self._made[name] = KINDS[name](self._folder / f"{name}.db")
        return self._made[name]

    @cached_property
    def empty(self) -> Path:
        """A paired home before its first page."""
        path = self._folder / "empty.db"
        Mirror.open(path).close()
        return path

    @cached_property
    def unreadable(self) -> Path:
        """A file that is no mirror."""
        path = self._folder / "torn.db"
        path.write_bytes(b"not a mirror" * 400)
        return path

    # ---- what really proves -------------------------------------------------------------------

    def proven(self, name: str = "whole") -> ProvenHome:
        """A home that proves: ``whole``; ``tampered`` (a changed page); ``split``; ``filling``; ``new``."""
        if name not in self._rigs:
            self._rigs[name] = getattr(self, f"_{name}")()
        return self._rigs[name]

    def _street(self, name: str, *batches: int) -> Street:
        folder = self._folder / f"street-{name}"
        folder.mkdir()
        ledger = Ledger(folder)
        self._open.callback(ledger.close)
        meter = Orchard(folder, ledger)
        self._open.callback(meter.close)
        meter.admit()
        if batches:
            meter.publish(*batches)
        home = RigHome.of(folder, meter)
        self._open.callback(home.close)
        asyncio.run(home.homes.save(meter.pairing()))
        return Street(folder, ledger, meter, home)

    def _whole(self) -> ProvenHome:
        return ProvenHome(self._street("whole", *[24] * DAYS, HOURS).synced())

    def _tampered(self) -> ProvenHome:
        home = ProvenHome(self._street("tampered", *[24] * DAYS, HOURS).synced())
        home.tamper(DAYS * 24 + 10)
        return home

    def _split(self) -> ProvenHome:
        """A second signed history turned up, and other things were refused."""
        home = ProvenHome(self._street("split", *[24] * DAYS, HOURS).synced())
        report = home.ledger().load().report
        assert report is not None
        ours = home.street.ledger.block(report.head.height)
        theirs = forged(ours, FOUR, [key(n).public for n in (1, 2, 3)], app_hash=sha256(b"other").digest())
        home.mirror.add_divergence(ours.height, ours.to_cbor(), theirs.to_cbor(), home.now_s - 60)
        home.mirror.add_finding("NotEnoughPower", "header 12", "x", b"", home.now_s - 3 * 86_400)
        home.mirror.add_finding("TileError", "pages 0 to 9", "x", b"", home.now_s - 7200)
        home.mirror.add_finding("Divergence", f"header {ours.height}", "two", b"", home.now_s - 60)
        return home

    def _filling(self) -> ProvenHome:
        """The newest head is here, and no page yet."""
        return ProvenHome(self._street("filling", *[24] * DAYS, HOURS).head_only())

    def _new(self) -> ProvenHome:
        """A meter that has recorded nothing yet."""
        return ProvenHome(self._street("new"))


class Orchard(Meter):
    """The rig's meter with three weeks of the recorded home's summer, its hours moved to the rig's zone."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        super().__init__(folder, ledger)
        self.source = RecordedSource(summer(), "orchard")
        self._maker = IntervalMaker(CHANNELS, self.source.registers_before(self.source.first_slot))


def summer() -> Recording:
    """Four weeks of the recorded home, Monday 00:00 at the rig's first hour; one gap and one estimate."""
    real, first = recording(), FIRST_HOUR * 4
    amounts = {c: array("H", real.amounts[c][SUMMER : SUMMER + 28 * 96]) for c in CHANNELS}
    gap, guess = first + 17 * 96 + 40, first + DAYS * 96 + 21
    for channel in CHANNELS:
        for i in range(4):
            amounts[channel][gap - first + i] = 0
    statuses = {gap + i: IntervalStatus.MISSING for i in range(4)} | {guess: IntervalStatus.ESTIMATED}
    return Recording("orchard", ZONE, first, amounts, statuses)


def _with_utilities(path: Path) -> Home:
    home = fill(path)
    mirror = Mirror.open(path)
    per = {Channel.GAS: 5, Channel.WATER: 1, Channel.DATA: 9_000}
    rows: list[UtilityRow] = [
        (int(channel), slot, (slot * 7 % 40) * each, 2 if slot == home.last_slot - 200 else 0, 0)
        for channel, each in per.items()
        for slot in range(home.last_slot - 70 * 96 + 1, home.last_slot + 1)
    ]
    mirror.apply_tile(TileBatch(METER, 0, 0, 0, 10, (), (), rows))
    mirror.close()
    return home


def _large_roof(row: IntervalRow) -> IntervalRow:
    """The same home under a roof five times as large."""
    slot, bought, sold, made, *rest = row
    made_now = (made or 0) * 5
    spare = made_now - (bought + (made or 0) - sold)
    return (slot, max(-spare, 0), max(spare, 0), made_now, *rest)


def _no_export(row: IntervalRow) -> IntervalRow:
    """A home without panels."""
    slot, bought, _, *rest = row
    return (slot, bought, 0, *rest)


def _two_years(path: Path) -> Home:
    """The recorded year, and before it the same year with an eighth more from the grid."""
    split = recording().first_slot

    def edit(row: IntervalRow) -> IntervalRow:
        slot, bought, *rest = row
        return (slot, bought + bought // 8 if slot < split else bought, *rest)

    return fill(path, skip_last=10, years=2, edit=edit)


def _weeks(edit: Edit) -> Callable[[Path], Home]:
    return lambda path: fill(path, hours=24 * 20, skip_last=10, edit=edit)


#: Recorded homes by name. The newest day ends at 14:00 but for those of whole days.
KINDS: dict[str, Callable[[Path], Home]] = {
    "whole": lambda path: fill(path, skip_last=10),
    "filling": lambda path: fill(path, hours=24 * 40 + 8, skip_last=10, proven_more=6_000),
    "gap": _weeks(marked(IntervalStatus.MISSING, 40 + 96 + 60, 30)),
    "gap-day": _weeks(marked(IntervalStatus.MISSING, 96 + 96 + 40, 130)),
    "gap-third": lambda path: fill(path, skip_last=10, edit=marked(IntervalStatus.MISSING, 336, 10)),
    "estimated": _weeks(marked(IntervalStatus.ESTIMATED, 90, 18)),
    "doubt": _weeks(marked(IntervalStatus.CLOCK_SUSPECT, 90, 12)),
    "replaced": _weeks(marked(IntervalStatus.REPLACED, 90, 1)),
    "two-years": _two_years,
    "month": lambda path: fill(path, hours=24 * 30, skip_last=10),
    "day": lambda path: fill(path, hours=9, skip_last=10),
    "no-sun": lambda path: fill(path, hours=24 * 60, skip_last=10, generation=False),
    "spring": lambda path: fill(path, hours=24 * 100, skip_last=10 + 24 * 236, edit=_large_roof),
    "consumer": lambda path: fill(path, hours=24 * 90, skip_last=10, generation=False, edit=_no_export),
    "utilities": _with_utilities,
    "decade": lambda path: fill(path, years=10),
}


def state_of(home: Home, now_s: int, **more: object) -> HomeState:
    """What the services would post of a recorded home: all proven, connected, power going out."""
    hour = (home.last_slot + 1) // 4 - 1
    facts = Facts(
        signature=True, key_trust=True, revoked=False, complete_to_hour=hour, pages_held=8_774,
        pages_proven=8_774, head_height=990_138, head_time_s=home.end_s + (now_s - home.end_s) // 900 * 900
        if now_s - home.end_s < SLOT_SECONDS else now_s - 38,
        single_operator=True, replayed=False, late_pages=0,
    )  # fmt: skip
    changes = {k: v for k, v in more.items() if hasattr(facts, k)}
    rest = {k: v for k, v in more.items() if k not in changes}
    power = PowerNow(now_s, ((Channel.IMPORT, 0), (Channel.EXPORT, 380), (Channel.GENERATION, 1150)))
    made = HomeState(LinkState.CONNECTED, replace(facts, **changes), home.zone, "", power)
    return replace(made, **rest)

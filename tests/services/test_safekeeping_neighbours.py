"""What a home keeps of its neighbours comes back with its backup, is checked anew, and goes with the home."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from ohmstead.services.homes import Homes
from ohmstead.services.safekeeping import NEIGHBOURS, Safekeeping
from ohmstead.store.mirror import Mirror
from ohmstead.store.neighbours import EQUAL, NOT_YET, Alarm, LogRow, NeighbourStore, OwnRow
from tests.helpers.home import MemorySecrets
from tests.helpers.homes import Street, street

OWN = OwnRow(False, 20_000, "flats", 2, True, 8_400, b"s" * 32, b"m" * 96, True)
FOUND = Alarm("left-out", "flats", 657, 20_001, "not among those that were added")


def filled(path: Path) -> None:
    """A neighbours file with a bit of everything."""
    with closing(NeighbourStore.open(path)) as store:
        store.keep_fact("features", b"a flat")
        store.put_leaves("flats", 0, [b"leaf 0", b"leaf 1"])
        store.put_log(LogRow("flats", 2, b"r" * 32, 1_700_000_000))
        store.put_record("flats", 0, b"record 0", EQUAL, (), OWN, 1_700_000_000)
        store.set_audited("flats", 0, True, (), 1_700_000_000)
        store.put_alarms([FOUND], 1_700_000_000)


def safe_in(here: Street) -> tuple[Safekeeping, bytes, Path]:
    home = here.home
    asyncio.run(home.homes.save(home.home.pairing))
    meter = home.home.pairing.meter_id
    return Safekeeping(home.homes, home.secrets), meter, home.homes.neighbours_path(meter)


def test_all_of_it_comes_back_and_nothing_of_it_counts_as_checked(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe, meter, path = safe_in(here)
        filled(path)
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        assert here.home.mirror.meta(NEIGHBOURS) == b""
        assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []
        words, now = " ".join(safe.sheet(meter).words), here.home.wall_ns()
    secrets = MemorySecrets()
    homes = Homes(tmp_path / "other", secrets)
    other = Safekeeping(homes, secrets)
    asyncio.run(other.keep(other.restore(target, words, now)))
    with closing(Mirror.open(homes.mirror_path(meter))) as mirror:
        assert mirror.meta(NEIGHBOURS) == b""
    restored = homes.neighbours_path(meter)
    assert restored.stat().st_mode & 0o777 == 0o600
    with closing(NeighbourStore.open(restored)) as store:
        assert store.fact("features") == b"a flat"
        assert store.own() == [OWN]
        assert store.logs()["flats"].size == 2
        assert [(r.record, r.checked, r.audited) for r in store.rounds("flats")] == [
            (b"record 0", NOT_YET, False), (None, NOT_YET, False),
        ]  # fmt: skip
        assert [a.words for a in store.alarms()] == [FOUND.words]


def test_a_file_that_is_here_is_newer_than_a_backups(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe, meter, path = safe_in(here)
        filled(path)
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        with closing(NeighbourStore.open(path)) as store:
            store.keep_fact("features", b"a house")
        now = here.home.wall_ns()
        here.home.mirror.close()
        safe.restore(target, "", now)
        with closing(NeighbourStore.open(path)) as store:
            assert store.fact("features") == b"a house"
            assert store.rounds("flats")[0].checked == EQUAL


def test_a_backup_with_damaged_neighbours_still_brings_the_home_back(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe, meter, path = safe_in(here)
        filled(path)
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        with closing(sqlite3.connect(target)) as db, db:
            db.execute("UPDATE home SET value = ? WHERE key = ?", (b"no database" * 999, NEIGHBOURS))
        now = here.home.wall_ns()
        here.home.mirror.close()
        path.unlink()
        assert safe.restore(target, "", now).pages > 0
        assert not path.exists()


def test_a_home_that_never_took_part_has_nothing_to_bring(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe, meter, path = safe_in(here)
        path.unlink(missing_ok=True)
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        now = here.home.wall_ns()
        here.home.mirror.close()
        safe.restore(target, "", now)
        assert not path.exists()


def test_it_goes_with_the_home(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        _, meter, path = safe_in(here)
        filled(path)
        here.home.mirror.close()
        asyncio.run(here.home.homes.forget_home(meter))
        assert path.exists()  # the history is kept, and so is this
        asyncio.run(here.home.homes.forget_home(meter, erase=True))
        assert not path.exists()
        assert not path.parent.exists()

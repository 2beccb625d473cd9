"""Files across versions, crashes, damage and backups."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError, UserError
from ohmstead.store import schema
from ohmstead.store.connection import MirrorDamaged
from ohmstead.store.migrations import MIRROR, migrate
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from tests.store.homes import METER, batch, furnish

RELEASED = Path(__file__).parent / "data" / "mirror-1.0.db"


def structure(path: Path) -> list[tuple[str, str]]:
    """Names and SQL of everything in a file, less the migrations' own record."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> '_sqlite_migrations'"
        " ORDER BY name"
    ).fetchall()
    connection.close()
    return rows


def test_fresh_equals_migrated(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "fresh.db").close()
    shutil.copy(RELEASED, tmp_path / "old.db")
    Mirror.open(tmp_path / "old.db").close()
    assert structure(tmp_path / "fresh.db") == structure(tmp_path / "old.db")


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "home.db").close()
    connection = sqlite3.connect(tmp_path / "home.db")
    strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list")}
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    ours = {name for name, _ in structure(tmp_path / "home.db")} - {"proof_by_kind", "page_by_hour"}
    assert len(ours) >= 14
    assert all(strict[name] == 1 for name in ours)
    assert version == schema.user_version() == 0x10001


def test_a_released_file_keeps_its_rows(tmp_path: Path) -> None:
    shutil.copy(RELEASED, tmp_path / "home.db")
    mirror = Mirror.open(tmp_path / "home.db")
    state = mirror.status()
    assert state.meters[0].pages_held == 300
    assert state.head is not None
    assert state.head.height == 42
    assert mirror.integrity_check() == []
    readings = Readings.open(tmp_path / "home.db")
    assert len(readings.intervals(METER, 0, 1 << 40)) == 1200
    readings.close()
    mirror.close()


def test_a_newer_major_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "home.db"
    Mirror.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.user_version(schema.MAJOR + 1, 0)}")
    connection.close()
    before = path.read_bytes()
    for opener in (Mirror.open, Readings.open, Mirror.open_or_set_aside):
        with pytest.raises(UserError, match="Install the newer version"):
            opener(path)
    assert path.read_bytes() == before


def test_a_newer_minor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "home.db"
    furnish(Mirror.open(path)).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.user_version(schema.MAJOR, schema.MINOR + 3)}")
    connection.execute("ALTER TABLE finding ADD COLUMN later TEXT")
    connection.close()
    mirror = Mirror.open(path)
    mirror.apply_tile(batch(0, 5))
    mirror.add_finding("A", "b", "c", b"d", 1)
    mirror.close()


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="not an Ohmstead mirror"):
        Mirror.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"not a database, but long enough to be read as one" * 40, b"SQLite"])
def test_a_damaged_file_is_set_aside_never_overwritten(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "home.db"
    path.write_bytes(damage)
    with pytest.raises(MirrorDamaged):
        Mirror.open(path)
    for round_ in (1, 2):
        mirror, aside = Mirror.open_or_set_aside(path)
        assert aside == tmp_path / f"home.db.damaged-{round_}"
        assert aside.read_bytes() == damage
        furnish(mirror).apply_tile(batch(0, 3))
        mirror.close()
        path.write_bytes(damage)
    assert (tmp_path / "home.db.damaged-1").read_bytes() == damage


def test_damage_inside_is_found_by_the_check(tmp_path: Path) -> None:
    path = tmp_path / "home.db"
    mirror = furnish(Mirror.open(path))
    mirror.apply_tile(batch(0))
    mirror.close()
    data = bytearray(path.read_bytes())
    for offset in range(len(data) // 2, len(data), 4096):
        data[offset : offset + 64] = b"\xa5" * 64
    path.write_bytes(data)
    try:
        mirror = Mirror.open(path)
    except MirrorDamaged:
        return
    try:
        problems = mirror.integrity_check()
    except MirrorDamaged as error:
        problems = [str(error)]
    finally:
        mirror.close()
    assert problems


def test_a_sound_file_is_not_set_aside(tmp_path: Path) -> None:
    mirror, aside = Mirror.open_or_set_aside(tmp_path / "home.db")
    assert aside is None
    mirror.close()
    mirror.close()


def test_a_directory_in_the_way_is_an_outside_error(tmp_path: Path) -> None:
    (tmp_path / "home.db").mkdir()
    with pytest.raises(ExternalError):
        Mirror.open(tmp_path / "home.db")


class PowerCut(BaseException):
    """The lights go out."""


class Fragile(sqlite3.Connection):
    """A connection that dies before its n-th writing statement."""

    left: int | None = None

    def _count(self, sql: str) -> None:
        if self.left is not None and not sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "ROLLBACK")):
            if self.left == 0:
                raise PowerCut
            self.left -= 1

    def execute(self, sql, parameters=()):
        self._count(sql)
        return super().execute(sql, parameters)

    def executemany(self, sql, parameters):
        self._count(sql)
        return super().executemany(sql, parameters)


def test_a_crash_at_any_write_leaves_a_whole_file(tmp_path: Path) -> None:
    """The file, copied as the power cut left it, holds the tile or does not; a second try completes it."""
    died = 0
    for n in range(40):
        path = tmp_path / f"home{n}.db"
        mirror = furnish(Mirror.open(path, factory=Fragile))
        mirror.apply_tile(batch(0))
        connection = mirror._db
        assert isinstance(connection, Fragile)
        connection.left = n
        try:
            mirror.apply_tile(batch(1, height=101))
            finished = True
        except PowerCut:
            finished = False
            died += 1
        copy = tmp_path / "copies" / f"home{n}.db"
        copy.parent.mkdir(exist_ok=True)
        for suffix in ("", "-wal"):
            shutil.copy(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
        connection.left = None
        mirror.close()
        again = Mirror.open(copy)
        assert again.integrity_check() == []
        held = again.status().meters[0].pages_held
        assert held == (512 if finished else 256)
        assert len(again.tiles(METER)) == held // 256
        again.apply_tile(batch(1, height=101))
        assert again.status().meters[0].pages_held == 512
        again.close()
        if finished:
            break
    assert died >= 4
    assert finished


def test_a_crash_in_the_first_migration_leaves_a_file_that_opens(tmp_path: Path) -> None:
    """Each step and its record are one transaction: a cut in between leaves nothing of it."""
    died = 0
    for n in range(60):
        path = tmp_path / f"home{n}.db"
        connection = sqlite3.connect(path, isolation_level=None, factory=Fragile)
        connection.left = n
        try:
            migrate(connection, MIRROR)
            finished = True
        except PowerCut:
            finished = False
            died += 1
        connection.left = None
        connection.close()
        Mirror.open(path).close()
        assert structure(path)
        if finished:
            break
    assert died > 10
    assert finished


def test_backup_is_whole_private_and_replaces_only_when_good(tmp_path: Path) -> None:
    mirror = furnish(Mirror.open(tmp_path / "home.db"))
    mirror.apply_tile(batch(0))  # still in the journal alone
    target = tmp_path / "backup.db"
    assert mirror.backup(target) == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = Readings.open(target)
    assert copy.status().meters[0].pages_held == 256
    copy.close()
    mirror.apply_tile(batch(1))
    mirror.backup(target)
    copy = Readings.open(target)
    assert copy.status().meters[0].pages_held == 512
    copy.close()
    with pytest.raises(ExternalError):
        mirror.backup(tmp_path / "no such folder" / "backup.db")
    assert sorted(p.name for p in tmp_path.glob("backup*")) == ["backup.db"]
    mirror.close()


def test_a_bad_copy_never_replaces_a_good_backup(tmp_path: Path) -> None:
    """A home whose rows are broken (a page without its meter) fails the copy's check."""
    mirror = furnish(Mirror.open(tmp_path / "home.db"))
    target = tmp_path / "backup.db"
    mirror.backup(target)
    good = target.read_bytes()
    mirror._db.execute("PRAGMA foreign_keys = OFF")
    mirror._db.execute("INSERT INTO tile VALUES (99, 0, 0, 1, 1)")
    with pytest.raises(MirrorDamaged, match="failed its check"):
        mirror.backup(target)
    assert target.read_bytes() == good
    assert not (tmp_path / "backup.db.part").exists()
    mirror.close()

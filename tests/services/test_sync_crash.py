"""A sync stopped at every write: the mirror verifies as it lies, and the next sync completes it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.services import mirroring
from ohmstead.services.verify import check_mirror
from ohmstead.store.mirror import Mirror
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.home import Direct, Dump, Home, MemorySecrets, dump
from tests.helpers.homes import Street, street


def home_from(here: Street, folder: Path, file: Path | None, secrets: MemorySecrets, cut: Cut) -> Home:
    """A home whose mirror is a copy of a file as it lies (None: a new one)."""
    home = Home(folder, here.meter.pairing(), here.ledger.wall_ns, secrets=secrets)
    home.mirror.close()
    if file is not None:
        as_it_lies(file, home.path)
    home.mirror = home.home.mirror = Mirror.open(home.path, factory=fragile(cut))
    return home


def undisturbed(here: Street, folder: Path, file: Path | None, secrets: MemorySecrets) -> Dump:
    """What a home holds after the same sync when nothing happens to it."""
    with closing(home_from(here, folder, file, secrets, Cut())) as calm:
        calm.sync(Direct(here.meter))
        return newest(dump(calm.mirror))


def newest(held: Dump) -> Dump:
    """Without proofs that newer ones of their kind have replaced: a cut may leave one lying about."""
    return held | {"proof": list({row[:2]: row for row in sorted(held["proof"], key=repr)}.values())}


def verifies(path: Path, here: Street, secrets: MemorySecrets) -> bool:
    """The file as it lies holds nothing that is not proven. False for one that is still empty."""
    with closing(Mirror.open(path)) as mirror:
        assert mirror.integrity_check() == []
        empty = mirroring.read_trust(mirror, here.ledger.wall_ns()) is None
    if empty:
        with pytest.raises(ExternalError, match="empty"):
            check_mirror(path, None, here.ledger.wall_ns())
        return False
    root = secrets.values.get(f"epoch-root/{here.meter.id.hex()}/0")
    assert root is not None
    report = check_mirror(path, root, here.ledger.wall_ns())
    assert report.failures == ()
    return True


def stopped_at_every_write(here: Street, folder: Path, before: Path | None, secrets: MemorySecrets) -> int:
    """Runs one sync again and again, each time with one write more; returns how many there were.

    Each starts from the file ``before`` (None: from nothing).
    """
    whole = undisturbed(here, folder / "calm", before, MemorySecrets())
    verified = 0
    for n in range(400):
        cut = Cut()
        mine = MemorySecrets(cut.write)
        mine.values |= secrets.values
        place = folder / f"{n}"
        home = home_from(here, place, before, mine, cut)
        cut.writes, cut.left = 0, n
        try:
            home.sync(Direct(here.meter))
            finished = True
        except PowerCut:
            finished = False
        lying = as_it_lies(home.path, place / "lying" / "mirror.sqlite")
        cut.left = None
        home.close()
        verified += verifies(lying, here, mine)
        again = home_from(here, place / "again", lying, mine, Cut())
        again.sync(Direct(here.meter))
        assert newest(dump(again.mirror)) == whole, f"after {n} writes"
        assert again.mirror.findings() == []
        again.close()
        if finished:
            assert verified >= n // 2
            return n
    raise AssertionError("the sync never ended")


def test_a_first_sync_stopped_at_every_write(tmp_path: Path) -> None:
    with street(tmp_path / "street", 120, 140) as here:
        assert stopped_at_every_write(here, tmp_path, None, MemorySecrets()) > 40


def test_an_update_stopped_at_every_write(tmp_path: Path) -> None:
    """From 250 pages to 260: the last tile is filled up, the next begun."""
    with street(tmp_path / "street", 120, 130) as here:
        here.synced()
        here.meter.publish(4, 6)
        assert stopped_at_every_write(here, tmp_path, here.home.path, here.home.secrets) > 20


def test_an_interrupted_history_stopped_again_under_a_newer_head(tmp_path: Path) -> None:
    """Two tiles came under one head, then the link was lost; the rest comes under another."""
    with street(tmp_path / "street", 300, 300) as here:
        with pytest.raises(ExternalError, match="cut"):
            here.home.sync(Direct(here.meter, cut_after=6))
        assert [t.tile for t in here.home.mirror.tiles(here.meter.id)] == [1, 2]
        here.meter.publish(200)
        assert stopped_at_every_write(here, tmp_path, here.home.path, here.home.secrets) > 30


def test_a_filling_mirror_that_was_altered_does_not_verify(tmp_path: Path) -> None:
    """Whoever writes into the file cannot bring a root of his own along."""
    with street(tmp_path / "street", 300) as here:
        with pytest.raises(ExternalError, match="cut"):
            here.home.sync(Direct(here.meter, cut_after=5))
        mirror, wall = here.home.mirror, here.ledger.wall_ns()
        report = check_mirror(here.home.path, here.home.root, wall)
        assert (report.complete, report.failures) == (False, ())
        row = mirror.proof("tile-1", here.meter.id)
        assert row is not None
        db = mirror._db
        db.execute(
            "UPDATE proof SET blob = ? WHERE kind = 'tile-1'", (row.blob[:3] + bytes(32) + row.blob[35:],)
        )
        assert named(here, wall) == {"pages 256 to 299"}
        db.execute("UPDATE proof SET blob = ? WHERE kind = 'tile-1'", (row.blob,))
        (raw,) = db.execute("SELECT raw FROM page WHERE number = 270").fetchone()
        db.execute("UPDATE page SET raw = ? WHERE number = 270", (raw[:-1] + bytes((raw[-1] ^ 1,)),))
        assert "pages 256 to 299" in named(here, wall)
        db.execute("UPDATE page SET raw = ? WHERE number = 270", (raw,))
        db.execute("INSERT INTO page SELECT meter, 7, hour, epoch, opened, raw FROM page WHERE number = 270")
        assert "page 7" in named(here, wall)
        db.execute("DELETE FROM page WHERE number = 7")
        db.execute("DELETE FROM page WHERE number = 299")
        assert "pages 256 to 299" in named(here, wall)


def named(here: Street, wall_ns: int) -> set[str]:
    report = check_mirror(here.home.path, None, wall_ns)
    assert all(isinstance(f, VerificationError) for f in report.failures)
    return {f.subject for f in report.failures}

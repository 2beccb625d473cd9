"""Backups and the recovery sheet: what comes back, on this computer and on another, and what is refused."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.errors import ExternalError, UserError
from ohmstead.services import recovery
from ohmstead.services.homes import Homes
from ohmstead.services.recovery import RecoveryRecord, RecoveryRefused
from ohmstead.services.safekeeping import RecoverySheet, Restored, Safekeeping, WordsNeeded
from ohmstead.services.verify import check_mirror
from ohmstead.store.readings import Readings
from tests.helpers.home import MemorySecrets
from tests.helpers.homes import Street, street
from tests.services.test_homes import pairing


def kept(here: Street) -> Safekeeping:
    """The safekeeping of a street's home, whose pairing is kept."""
    home = here.home
    asyncio.run(home.homes.save(home.home.pairing))
    return Safekeeping(home.homes, home.secrets)


def another(folder: Path) -> tuple[Homes, MemorySecrets, Safekeeping]:
    """A profile on another computer."""
    secrets = MemorySecrets()
    homes = Homes(folder / "other", secrets)
    return homes, secrets, Safekeeping(homes, secrets)


def brought(safe: Safekeeping, restored: Restored) -> Restored:
    """What came back, kept."""
    asyncio.run(safe.keep(restored))
    return restored


def words_of(sheet: RecoverySheet) -> str:
    return " ".join(sheet.words)


def rows(path: Path) -> tuple[list[tuple[object, ...]], int]:
    with closing(Readings.open(path)) as readings:
        status = readings.status()
        meter = status.meters[0]
        series = readings.intervals(meter.meter, meter.first_slot or 0, meter.last_slot or 0)
        return [tuple(column.tolist()) for column in (series.slot, series.import_wh)], meter.pages_held


def test_a_backup_comes_back_on_another_computer_without_the_meter(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24, 24) as here:
        here.synced()
        safe = kept(here)
        meter = here.home.home.pairing.meter_id
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead", "Orchard Lane 4")
        sheet = safe.sheet(meter, "Orchard Lane 4")
        before = rows(here.home.path)
        now = here.home.wall_ns()
        device = here.home.homes.device_key().public
        root = here.home.homes.epoch_root(meter, 0)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    homes, _, other = another(tmp_path)
    back = brought(other, other.restore(target, words_of(sheet), now))
    assert (back.name, back.pages, back.own_key) == ("Orchard Lane 4", 51, True)
    path = homes.mirror_path(meter)
    assert rows(path) == before
    assert homes.current(meter) == back.pairing
    assert homes.device_key().public == device
    assert homes.epoch_root(meter, 0) == root
    assert check_mirror(path, root, now).failures == ()
    assert not list(homes.folder.glob(".restoring-*"))


def test_a_backup_comes_back_here_without_words_and_sets_the_old_aside(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe = kept(here)
        meter = here.home.home.pairing.meter_id
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        path, now = here.home.path, here.home.wall_ns()
        homes = here.home.homes
        here.home.mirror.close()
        again = brought(safe, safe.restore(target, "", now))
        assert again.pages == 27
        assert (path.parent / "mirror.sqlite.before-restore-1").exists()
        assert len(homes.pairings()) == 1


def test_a_sheet_alone_brings_the_keys_back(tmp_path: Path) -> None:
    with street(tmp_path, 3) as here:
        here.synced()
        safe = kept(here)
        meter = here.home.home.pairing.meter_id
        sheet = safe.sheet(meter, "Über der Au")
        assert sheet == replace(safe.sheet(meter, "Über der Au"), qr=sheet.qr)
        assert sheet.mark == f"{here.home.home.pairing.discriminator:03X}"
        device = here.home.homes.device_key().public
    homes, _, other = another(tmp_path)
    # Four letters of a word are that word; case and line breaks do not matter; the code may be wrapped.
    typed = "\n".join(word[:4].upper() for word in sheet.words)
    wrapped = "\n".join(sheet.qr[i : i + 40] for i in range(0, len(sheet.qr), 40))
    back = brought(other, other.take_sheet(wrapped, typed))
    assert back.name == "Über der Au"
    assert back.pairing.meter_id == meter
    assert homes.device_key().public == device
    assert other.sheet(meter).words == sheet.words
    assert other.take_sheet(sheet.qr, words_of(sheet)).pairing == back.pairing


def test_a_computer_with_homes_of_its_own_keeps_its_own_key(tmp_path: Path) -> None:
    with street(tmp_path, 3) as here:
        here.synced()
        sheet = kept(here).sheet(here.home.home.pairing.meter_id)
    homes, _, other = another(tmp_path)
    asyncio.run(homes.save(pairing(9, b"n" * 16)))
    own = homes.device_key().public
    back = brought(other, other.take_sheet(sheet.qr, words_of(sheet)))
    assert not back.own_key
    assert homes.device_key().public == own
    assert len(homes.pairings()) == 2


def test_nothing_changes_unless_the_backup_verifies(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        safe = kept(here)
        meter = here.home.home.pairing.meter_id
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        words, now = words_of(safe.sheet(meter)), here.home.wall_ns()
    forged = tmp_path / "forged.ohmstead"
    forged.write_bytes(target.read_bytes())
    with closing(sqlite3.connect(forged)) as db:
        db.execute(
            "UPDATE interval SET import_wh = import_wh + 1 WHERE slot = (SELECT max(slot) FROM interval)"
        )
        db.commit()
    homes, secrets, other = another(tmp_path)
    with pytest.raises(UserError, match=r"forged\.ohmstead does not verify.*page"):
        other.restore(forged, words, now)
    assert not homes.mirror_path(meter).exists()
    assert secrets.values == {}
    assert list(homes.folder.iterdir()) == []


def test_what_is_no_backup_is_named(tmp_path: Path) -> None:
    _, secrets, safe = another(tmp_path)
    (tmp_path / "text.ohmstead").write_text("not a database", encoding="ascii")
    with closing(sqlite3.connect(tmp_path / "empty.ohmstead")) as db:
        db.execute("PRAGMA user_version = 0")
    (tmp_path / "used.ohmstead").write_bytes(b"")
    (tmp_path / "used.ohmstead-wal").write_bytes(b"x")
    for name, error in (
        ("text.ohmstead", UserError), ("empty.ohmstead", UserError), ("used.ohmstead", UserError),
        ("none.ohmstead", ExternalError),
    ):  # fmt: skip
        with pytest.raises(error, match=name):
            safe.restore(tmp_path / name, "", 0)
    assert secrets.values == {}


def test_a_backup_needs_its_own_words(tmp_path: Path) -> None:
    with street(tmp_path, 3) as here:
        here.synced()
        safe = kept(here)
        meter = here.home.home.pairing.meter_id
        target = safe.back_up(here.home.mirror, meter, tmp_path / "mine.ohmstead")
        now = here.home.wall_ns()
    _, _, other = another(tmp_path)
    with pytest.raises(WordsNeeded, match="twelve words"):
        other.restore(target, "", now)
    with pytest.raises(RecoveryRefused, match="another recovery sheet"):
        other.restore(target, " ".join(recovery.words_of(bytes(16))), now)
    with pytest.raises(RecoveryRefused, match="word 2 is not on the list"):
        other.restore(target, "abandon zzzz " + "abandon " * 10, now)


def test_a_home_that_is_not_paired_has_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not paired"):
        another(tmp_path)[2].sheet(b"m" * 16)


RECORDS = st.builds(
    RecoveryRecord,
    st.binary(min_size=32, max_size=32),
    st.builds(pairing, st.integers(1, 200)),
    st.lists(st.tuples(st.integers(0, 99), st.binary(min_size=32, max_size=32)), max_size=3).map(tuple),
    st.text(max_size=60),
)


@settings(max_examples=50)
@given(record=RECORDS, entropy=st.binary(min_size=16, max_size=16))
def test_a_record_comes_back_by_its_words_and_the_codes_text(record: RecoveryRecord, entropy: bytes) -> None:
    sealed = recovery.from_text(recovery.to_text(recovery.seal(record, entropy)))
    assert recovery.unseal(sealed, recovery.entropy_of(recovery.words_of(entropy))) == record


@settings(max_examples=60)
@given(record=RECORDS, place=st.integers(0, 10_000), entropy=st.binary(min_size=16, max_size=16))
def test_an_altered_record_is_refused(record: RecoveryRecord, place: int, entropy: bytes) -> None:
    sealed = bytearray(recovery.seal(record, entropy))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(RecoveryRefused):
        recovery.unseal(bytes(sealed), entropy)


@settings(max_examples=60)
@given(text=st.text() | st.text(alphabet="ABCDEFGHIJ234567=", max_size=80).map(recovery.QR_PREFIX.__add__))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(RecoveryRefused):
        recovery.unseal(recovery.from_text(text), bytes(16))

"""A home opened, synced over the virtual air and closed; mirrors that are damaged or altered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.link.pairing import Pairing
from ohmstead.services.connection import Connection
from ohmstead.services.events import LinkState
from ohmstead.services.pairing import Wanted
from ohmstead.services.session import HomeSession, HomeState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.services.verify import check_mirror
from ohmstead.store.readings import Readings
from tests.helpers.air import Air, with_air


async def paired(here: Air) -> Pairing:
    here.peripheral.open_pairing()
    return await here.pairing.pair(Wanted.of_qr(here.label.qr_text))


def session_of(here: Air, pairing: Pairing, posted: list[object] | None = None) -> HomeSession:
    post = (lambda _e: None) if posted is None else posted.append
    return HomeSession(here.central, here.homes, pairing, here.workers, post, here.ledger.wall_ns)


async def sync(session: HomeSession) -> None:
    connection: Connection = session.connection
    async with connection.linked() as link:
        await connection.sync_once(link)


def test_a_new_home_syncs_and_is_there_the_next_time(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing, posted = await paired(here), []
        session = session_of(here, pairing, posted)
        with pytest.raises(RuntimeError):
            _ = session.connection
        await session.open()
        assert session.state == HomeState()
        await sync(session)
        facts = session.state.facts
        assert facts is not None
        assert (facts.signature, facts.key_trust, facts.single_operator, facts.replayed) == (True,) * 4
        assert (facts.pages_held, facts.pages_proven) == (300, 300)
        assert session.state.verified_to_slot == here.meter.source.first_slot + 1199
        assert session.state.zone is not None
        assert session.state.refused == ""
        stages = [e.stage for e in posted if isinstance(e, SyncProgress)]
        assert stages == [Stage.HEAD, Stage.PAGES, Stage.PAGES, Stage.ANCHORS, Stage.DONE]
        new = [e.new_slots for e in posted if isinstance(e, SyncProgress) and e.stage is Stage.PAGES]
        first = here.meter.source.first_slot
        assert new == [(first + 1024, first + 1199), (first, first + 1023)]
        await session.close()
        await session.close()

        again = session_of(here, here.homes.current() or pairing)
        await again.open()
        assert again.state.facts == facts
        await sync(again)
        await again.close()
        path = here.homes.mirror_path(pairing.meter_id)
        assert check_mirror(path, here.homes.epoch_root(pairing.meter_id, 0), here.ledger.wall_ns()).complete

    with_air(tmp_path, test, 100, 200)


def test_a_damaged_file_is_set_aside_and_read_anew(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        path = here.homes.mirror_path(pairing.meter_id)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"not a database at all, but long enough for one" * 50)
        session = session_of(here, pairing)
        await session.open()
        await sync(session)
        assert session.state.facts is not None
        assert session.state.facts.pages_held == 30
        await session.close()
        assert [p.name for p in path.parent.glob("*.damaged-*")] == ["mirror.sqlite.damaged-1"]

    with_air(tmp_path, test, 30)


def test_damage_met_only_when_the_proofs_are_read_is_set_aside_as_well(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        session = session_of(here, pairing)
        await session.open()
        await sync(session)
        await session.close()
        path = here.homes.mirror_path(pairing.meter_id)
        with closing(sqlite3.connect(path)) as db:
            (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'proof'").fetchone()
            (size,) = db.execute("PRAGMA page_size").fetchone()
        data = bytearray(path.read_bytes())
        data[(page - 1) * size : page * size] = b"\xa5" * size
        path.write_bytes(data)
        again = session_of(here, here.homes.current() or pairing)
        await again.open()
        assert again.state.facts is None
        await sync(again)
        assert again.state.facts is not None
        await again.close()
        assert len(list(path.parent.glob("*.damaged-1"))) == 1

    with_air(tmp_path, test, 30)


def test_an_altered_file_is_not_shown_as_if_it_were_whole(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        session = session_of(here, pairing)
        await session.open()
        await sync(session)
        await session.close()
        path = here.homes.mirror_path(pairing.meter_id)
        with closing(sqlite3.connect(path)) as db:
            (blob,) = db.execute("SELECT blob FROM proof WHERE kind = 'bundle'").fetchone()
            for wrong in (blob[:200] + bytes((blob[200] ^ 1,)) + blob[201:], b"", blob[:-1]):
                db.execute("UPDATE proof SET blob = ? WHERE kind = 'bundle'", (wrong,))
                db.commit()
                again = session_of(here, pairing)
                with pytest.raises(VerificationError):
                    await again.open()
                assert again.home is None
                await again.close()
            db.execute("DELETE FROM proof")
            db.commit()
        with pytest.raises(ExternalError, match="lacks its proofs"):
            await session_of(here, pairing).open()
        # Nobody holds the file any more.
        with closing(sqlite3.connect(path, timeout=0)) as db:
            db.execute("BEGIN EXCLUSIVE")

    with_air(tmp_path, test, 30)


def test_an_altered_file_is_kept_aside_and_its_history_read_anew(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        session = session_of(here, pairing)
        await session.open()
        await sync(session)
        await session.close()
        path = here.homes.mirror_path(pairing.meter_id)
        with closing(sqlite3.connect(path)) as db:
            db.execute("UPDATE proof SET blob = ? WHERE kind = 'bundle'", (b"",))
            db.commit()
        again = session_of(here, pairing)
        with pytest.raises(VerificationError):
            await again.open()
        await again.open(anew=True)
        assert again.state.refused == "mirror.sqlite"
        assert again.state.facts is None
        assert len(list(path.parent.glob("*.damaged-1"))) == 1
        await sync(again)
        assert again.state.refused == ""
        assert again.state.facts is not None
        assert again.state.facts.pages_held == again.state.facts.pages_proven > 0
        await again.close()

    with_air(tmp_path, test, 3, 2)


def test_a_newer_versions_file_is_left_alone(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        pairing = await paired(here)
        path = here.homes.mirror_path(pairing.meter_id)
        path.parent.mkdir(parents=True)
        session = session_of(here, pairing)
        await session.open()
        await session.close()
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA user_version = {99 << 16}")
        before = path.read_bytes()
        with pytest.raises(UserError):
            await session.open()
        assert path.read_bytes() == before

    with_air(tmp_path, test, 3)


def test_it_runs_in_the_background_until_it_is_closed(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        import asyncio

        pairing, posted = await paired(here), []
        session = session_of(here, pairing, posted)
        await session.open()
        session.start()
        await asyncio.sleep(20)
        assert session.state.link is LinkState.CONNECTED
        assert session.state.facts is not None
        assert session.state.power is not None
        with closing(Readings.open(here.homes.mirror_path(pairing.meter_id))) as readings:
            assert readings.status().meters[0].complete
        await session.close()
        assert not [t for t in asyncio.all_tasks() if t.get_name() in ("connection", "live")]

    with_air(tmp_path, test, 5)

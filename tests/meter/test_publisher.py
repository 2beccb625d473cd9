"""The meter and its ledger: nothing sealed too early, nothing recorded twice, nothing lost with a node."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.ledger.lightclient import LightClientError
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.slice import METER
from ohmstead.link.errors import Refused
from ohmstead.meter.keeper import Keeper
from ohmstead.meter.publisher import PublishFailed
from ohmstead.node.client import NodeRefused, NodeUnreachable
from tests.helpers.crash import Cut, PowerCut, fragile
from tests.helpers.ledger import FIRST_HOUR, Ledger, genesis_of
from tests.link.warp import run
from tests.meter.publisher_rig import Bench


def test_hours_are_sealed_when_a_verified_header_says_that_they_are_over(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 3) * HOUR_SECONDS)
    bench.ledger.prove()
    bench.ledger.step()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 3))
    assert bench.keeper.size == 3
    bench.agrees()
    # The meter's own clock alone seals nothing.
    bench.wall_s = (FIRST_HOUR + 900) * HOUR_SECONDS
    run(run_for(bench, 300))
    assert bench.keeper.size == 3
    bench.close()


async def run_for(bench: Bench, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await bench.publisher.run()


def test_live_hours_follow_one_by_one(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    for hours in (2, 3, 6):
        bench.ledger.until((FIRST_HOUR + hours) * HOUR_SECONDS)
        bench.ledger.step()
        bench.ledger.prove()
        run(bench.until(lambda hours=hours: bool(bench.views) and bench.views[-1].size == hours))
        bench.agrees()
    assert [a.size for a in bench.views[-1].anchors] == [2, 3, 6]
    bench.close()


def test_a_recorded_past_is_replayed_and_recorded_in_order(tmp_path: Path) -> None:
    bench = Bench(tmp_path, wall_h=60)
    bench.admit()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size >= 59))
    assert not bench.clock.replaying
    bench.agrees()
    for anchor in bench.views[-1].anchors:
        # Recorded within a few hours of the newest hour in it: not late.
        assert anchor.time_s - (FIRST_HOUR + anchor.size) * HOUR_SECONDS <= 4 * HOUR_SECONDS
    assert bench.progress[-1][0] == bench.progress[-1][1] >= 57
    done = [d for d, _ in bench.progress]
    assert done == sorted(done)
    bench.close()


@pytest.mark.parametrize("calls", [3, 8, 12, 15, 20, 31, 40])
def test_a_replay_that_is_interrupted_goes_on(tmp_path: Path, calls: int) -> None:
    """The node goes after so many requests, the meter starts again: nothing is sealed or recorded twice."""
    bench = Bench(tmp_path, wall_h=40)
    bench.admit()
    real, left = bench.client._post, calls

    async def post(body: object) -> object:
        nonlocal left
        if left <= 0:
            raise NodeUnreachable("gone")
        left -= 1
        return await real(body)

    bench.client._post = post
    run(run_for(bench, 20))
    sealed = bench.keeper.pages(0, 1000)
    bench.restart()
    left = 1 << 30
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size >= 39))
    assert bench.keeper.pages(0, len(sealed)) == sealed
    bench.agrees()
    bench.close()


@pytest.mark.parametrize("writes", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55])
def test_the_meter_killed_at_any_of_its_writes_takes_its_log_up(tmp_path: Path, writes: int) -> None:
    """What the ledger has of it is what its own file has, byte for byte, whenever it died."""
    bench = Bench(tmp_path, wall_h=30)
    bench.admit()
    cut = Cut(writes)
    bench.keeper._db.close()
    bench.keeper._db = sqlite3.connect(tmp_path / "log.sqlite", isolation_level=None, factory=fragile(cut))
    with pytest.raises(PowerCut):
        run(bench.publisher.run())
    recorded = bench.record.log
    bench.keeper._db.rollback()
    cut.left = None
    bench.restart()
    assert bench.keeper.size >= recorded.size
    assert not recorded.size or bench.keeper.tree.root(recorded.size) == recorded.root()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size >= 29))
    bench.agrees()
    bench.close()


def test_a_node_that_is_away_is_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 2) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    bench.client.away = True

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(100, lambda: setattr(bench.client, "away", False))
        await bench.until(lambda: bool(bench.views) and bench.views[-1].size == 2)
        # Away again, in the middle of a life.
        bench.client.away = True
        bench.ledger.until((FIRST_HOUR + 4) * HOUR_SECONDS)
        bench.ledger.step()
        bench.ledger.prove()
        loop.call_later(50, lambda: setattr(bench.client, "away", False))
        await bench.until(lambda: bench.views[-1].size == 4)

    run(main())
    bench.agrees()
    bench.close()


@pytest.mark.parametrize("calls", [9, 14, 22, 35])
def test_a_node_that_is_killed_in_the_middle_of_a_replay(tmp_path: Path, calls: int) -> None:
    bench = Bench(tmp_path, wall_h=40)
    bench.admit()
    real, left = bench.client._post, calls

    async def post(body: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            bench.reboot_node()
            raise NodeUnreachable("killed")
        return await real(body)

    bench.client._post = post
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size >= 39))
    assert left < 0
    bench.agrees()
    bench.close()


def test_a_batch_that_waited_in_a_killed_node_is_sent_again(tmp_path: Path) -> None:
    """It was taken and never came into a block: the ledger is asked what it has, nothing is remembered."""
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 3) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    bench.wake = lambda: None
    bench.ledger.rpc._submitted = lambda: None
    run(run_for(bench, 20))
    assert (bench.keeper.size, bench.record.log.size, len(bench.ledger.engine.mempool)) == (3, 0, 1)
    del bench.wake
    bench.reboot_node()
    assert not bench.ledger.engine.mempool
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 3))
    bench.agrees()
    bench.close()


def test_a_batch_that_is_recorded_and_not_proven_yet_is_waited_for(tmp_path: Path) -> None:
    """What a node proves may lie a block behind what it knows, as at the end of a replay."""
    bench = Bench(tmp_path)
    bench.admit()
    for hours in (2, 3):
        bench.ledger.until((FIRST_HOUR + hours) * HOUR_SECONDS)
        bench.ledger.step()
        bench.ledger.prove()
        if hours == 2:
            run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 2))
            before = bench.record.to_cbor()
    run(bench.until(lambda: bench.record.log.size == 3))
    real, behind = bench.client.proof, 5

    async def proof(module: str, key: bytes) -> Any:
        nonlocal behind
        block, value = await real(module, key)
        if module == METER and value is not None and behind:
            behind -= 1
            value = replace(value, value=before)
        return block, value

    bench.client.proof = proof
    publisher = bench.publisher
    run(publisher._follower.start(bench.wall_ns()))
    publisher._record = MeterRecord.from_cbor(before)
    run(publisher._seal_and_publish())
    assert behind == 0
    assert bench.record.log.size == bench.keeper.size == 3
    bench.close()


def test_a_restarted_meter_serves_its_last_view_before_any_node_answers(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 3) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 3))
    view = bench.views[-1]
    bench.client.away = True
    bench.views.clear()
    bench.restart()
    assert bench.views == [view]
    # What was kept is not used when it is damaged; the ledger gives it again.
    bench.keeper.keep_fact("view", b"junk")
    bench.views.clear()
    bench.restart()
    assert bench.views == []
    bench.client.away = False
    run(bench.until(lambda: bool(bench.views)))
    bench.agrees()
    bench.close()


def test_a_ledger_with_another_log_of_this_meter_stops_it(tmp_path: Path) -> None:
    """A copy of its key publishes elsewhere, or its own file was set back: nothing is retried blindly."""
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 3) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 3))
    bench.keeper.close()
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"log.sqlite{suffix}").unlink(missing_ok=True)
    bench.keeper = Keeper(tmp_path / "log.sqlite", bench.identity.meter)
    bench.publisher = bench.publisher_now()
    with pytest.raises(PublishFailed, match="another log"):
        run(bench.publisher.run())
    bench.close()


def test_a_batch_that_the_ledger_refuses_for_good_stops_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 2) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    stranger = bench.publisher
    run(stranger._follower.start(bench.wall_ns()))
    stranger._record = bench.record
    stranger._genesis = genesis_of("another", bench.ledger.certifier)
    with pytest.raises(PublishFailed, match="bad_signature"):
        run(stranger._seal_and_publish())
    bench.close()


def test_nothing_is_sealed_beyond_the_certificate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit(valid_to=FIRST_HOUR + 2)
    bench.ledger.until((FIRST_HOUR + 9) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 2))
    run(run_for(bench, 100))
    assert bench.keeper.size == 2
    bench.close()


def test_a_meter_that_is_not_admitted_waits(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.ledger.step()
    bench.ledger.prove()
    run(run_for(bench, 30))
    assert (bench.keeper.size, bench.views) == (0, [])
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 2) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    run(bench.until(lambda: bool(bench.views) and bench.views[-1].size == 2))
    bench.close()


def test_a_node_that_lies_about_headers_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    bench = Bench(tmp_path / "ours")
    bench.admit()
    (tmp_path / "theirs").mkdir()
    other = Ledger(tmp_path / "theirs", "theirs")
    other.step()
    other.prove()
    bench.client.rpc = other.rpc
    with pytest.raises(LightClientError):
        run(bench.publisher.run())
    assert bench.keeper.size == 0
    other.close()
    bench.close()


def test_the_route_of_the_service(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.admit()
    bench.ledger.until((FIRST_HOUR + 1) * HOUR_SECONDS)
    bench.ledger.step()
    bench.ledger.prove()
    run(bench.until(lambda: bool(bench.views)))

    async def main() -> None:
        publisher, ledger = bench.publisher, bench.ledger
        assert await publisher.light_block(1) == ledger.block(1).to_cbor()
        assert await publisher.light_block(2) == ledger.block(2).to_cbor()
        value = await publisher.proven(METER, bench.identity.meter)
        assert isinstance(value, list)
        await publisher.beacon(b"n" * 16)
        for refused in (publisher.light_block(999), publisher.proven("meter", b"none")):
            with pytest.raises(Refused):
                await refused
        await asyncio.sleep(1)
        assert ledger.engine.app.state.get("beacon", bench.identity.meter) is not None
        bench.client.away = True
        # Header 1 is kept; everything else needs a node.
        assert await publisher.light_block(1) == ledger.block(1).to_cbor()
        for refused in (
            publisher.light_block(2),
            publisher.proven("meter", b"x"),
            publisher.beacon(b"n" * 16),
        ):
            with pytest.raises(Refused):
                await refused

    run(main())
    with pytest.raises((NodeRefused, NodeUnreachable)):
        run(bench.client.status())
    bench.close()

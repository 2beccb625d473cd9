"""A node as it really runs, with the real contract: live, replaying, restarted, broken."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState, Member
from ohmstead.contract.machine import Machine
from ohmstead.core.slots import ZoneTable
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import HeadAge, head_age, verify_first_header, verify_step
from ohmstead.ledger.validators import Validator, ValidatorSet
from ohmstead.node.client import NodeClient, NodeRefused
from ohmstead.node.embedded import EngineError
from ohmstead.node.keys import load_or_make
from ohmstead.node.process import NodeOptions, running, serve
from tests.node.little import SECOND

HOUR = 3600


def options(folder: Path, *, start_s: int, replay: bool = False) -> NodeOptions:
    keys = load_or_make(folder / "validator-keys")
    first = start_s // 86_400
    zone = ZoneTable("utc", first, tuple(96 * (first + i) for i in range(400)), b"UTC")
    members = tuple(Member(f"m{i}", k.public) for i, k in enumerate(keys))
    genesis = GenesisDocument(
        "process-embedded",
        start_s * SECOND,
        ValidatorSet.of(Validator(k.public, 10) for k in keys),
        AppState((zone,), members, members[:1], replay=replay).to_cbor(),
    )
    return NodeOptions(folder, genesis, replay=replay, ready=folder / "ready.json")


def now_s() -> int:
    return int(time.time())


async def height_reaches(client: NodeClient, height: int) -> None:
    for _ in range(1000):
        if (await client.status()).height >= height:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"height {height} never came")


async def test_a_live_node_makes_its_first_blocks_and_says_when_it_serves(tmp_path: Path) -> None:
    chosen = options(tmp_path, start_s=now_s() - 30)
    async with running(chosen) as (_, port):
        assert json.loads((tmp_path / "ready.json").read_text()) == {
            "port": port,
            "genesis": chosen.genesis.genesis_hash.hex(),
        }
        client = NodeClient(f"http://127.0.0.1:{port}/")
        await height_reaches(client, 1)
        genesis = GenesisDocument.from_cbor(await client.genesis(), chosen.genesis.genesis_hash)
        app_hash = Machine(genesis).init_chain(genesis)
        trusted = verify_first_header(genesis, await client.light_block(1), app_hash)
        assert head_age(trusted.time_ns, time.time_ns()) is HeadAge.CURRENT
        answer = await client.broadcast(b"garbage")
        assert answer.code == 1
        with pytest.raises(NodeRefused, match="nothing to advance"):
            await client.call("ohmstead_advance", to=now_s())
        await client.close()


async def test_a_replay_goes_on_only_when_asked_and_survives_a_restart(tmp_path: Path) -> None:
    start = now_s() // HOUR * HOUR - 500 * HOUR
    chosen = options(tmp_path, start_s=start, replay=True)
    async with running(chosen) as (node, port):
        client = NodeClient(f"http://127.0.0.1:{port}/")
        assert (await client.status()).height == 0
        assert await client.call("ohmstead_advance", to=start + 100 * HOUR) == "100"
        assert await client.call("ohmstead_advance", to=start + 100 * HOUR) == "100"
        app_hash = Machine(chosen.genesis).init_chain(chosen.genesis)
        trusted = verify_first_header(chosen.genesis, await client.light_block(1), app_hash)
        head = await client.light_block()
        assert verify_step(trusted, head, (start + 200 * HOUR) * SECOND) == ()
        assert node.clock.replaying
        await client.close()
    async with running(chosen) as (node, port):
        client = NodeClient(f"http://127.0.0.1:{port}/")
        assert await client.light_block() == head
        await client.call("ohmstead_advance", to=now_s() + 10 * HOUR)
        assert not node.clock.replaying
        await height_reaches(client, node.engine.height)
        assert verify_step(trusted, await client.light_block(), time.time_ns()) == ()
        await client.close()


async def test_a_node_whose_contract_breaks_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("no room for this block")

    monkeypatch.setattr(Machine, "finalize_block", broken)
    with pytest.raises(MemoryError):
        await asyncio.wait_for(serve(options(tmp_path, start_s=now_s() - 30)), 20)


async def test_a_disk_that_refuses_the_last_write_stops_the_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks in memory and not on disk must not be answered for."""
    start = now_s() // HOUR * HOUR - 500 * HOUR
    chosen = options(tmp_path, start_s=start, replay=True)
    async with running(chosen) as (node, port):
        client = NodeClient(f"http://127.0.0.1:{port}/")
        many = node.store.many

        @contextlib.contextmanager
        def full_disk() -> Iterator[None]:
            with many():
                yield
                raise OSError("no space left")

        monkeypatch.setattr(node.store, "many", full_disk)
        with pytest.raises(NodeRefused):
            await client.call("ohmstead_advance", to=start + 5 * HOUR)
        with pytest.raises(NodeRefused, match="stopped"):
            await client.light_block()
        monkeypatch.undo()
        await client.close()
    async with running(chosen) as (node, _):
        assert node.engine.height == 0


async def test_a_replay_that_breaks_takes_its_blocks_back_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = now_s() // HOUR * HOUR - 500 * HOUR
    chosen = options(tmp_path, start_s=start, replay=True)
    real = Machine.finalize_block

    def at_seven(self: Machine, height: int, *rest: object) -> object:
        if height == 7:
            raise RuntimeError("block seven")
        return real(self, height, *rest)

    monkeypatch.setattr(Machine, "finalize_block", at_seven)
    async with running(chosen) as (node, port):
        client = NodeClient(f"http://127.0.0.1:{port}/")
        await client.call("ohmstead_advance", to=start + 5 * HOUR)
        with pytest.raises(NodeRefused):
            await client.call("ohmstead_advance", to=start + 9 * HOUR)
        with pytest.raises(NodeRefused, match="stopped"):
            await client.status()
        with pytest.raises(EngineError):
            await node.failure()
        await client.close()
    monkeypatch.undo()
    async with running(chosen) as (node, _):
        assert node.engine.height == 5

"""Admitting the demonstration's meter, cut off at any request and taken up again."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.contract.machine import Machine
from ohmstead.core.keys import SigningKey, kid
from ohmstead.core.statements import Beacon, Statement, sign
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.slice import METER
from ohmstead.meter.sources.choose import Outline
from ohmstead.node.client import NodeUnreachable
from ohmstead.node.clock import EngineClock
from ohmstead.node.embedded import Engine
from ohmstead.node.keys import load_or_make
from ohmstead.node.rpc import Rpc
from ohmstead.node.store import NodeStore
from ohmstead.village.consortium import Consortium, admit_meter, load_or_found, valid_until
from tests.helpers.ledger import FIRST_HOUR, LocalClient, seed_key
from tests.helpers.meter import CHANNELS
from tests.ledger.chains import SECOND

KEY: SigningKey = seed_key("the meter")


class Node:
    """The demonstration's node in this process, on its own keys; each request may be the last."""

    def __init__(self, folder: Path, consortium: Consortium) -> None:
        keys = load_or_make(folder / "node" / "validator-keys")
        self.store = NodeStore(folder / "node" / "chain.sqlite")
        self.engine = Engine(consortium.genesis, keys, Machine(consortium.genesis), self.store)
        self.clock = EngineClock(lambda: 1 << 62, self.engine.time_ns, replay=True)
        self.client = LocalClient(Rpc(self.engine, self.advance, lambda: None, lambda: True))

    def advance(self, to_s: int) -> int:
        while (vote_ns := self.clock.step(to_s * SECOND)) is not None:
            self.engine.step(vote_ns)
        return self.engine.height

    @property
    def record(self) -> MeterRecord | None:
        raw = self.engine.app.state.get(METER, kid(KEY.public))
        return None if raw is None else MeterRecord.from_cbor(raw)


def founded(folder: Path) -> Consortium:
    return load_or_found(folder / "consortium", made_up())


def made_up() -> Outline:
    return Outline("made up", "Europe/Rome", CHANNELS, FIRST_HOUR * 4, 672)


def test_a_consortium_is_founded_once(tmp_path: Path) -> None:
    first, again = founded(tmp_path), founded(tmp_path)
    assert first.genesis == again.genesis
    assert first.certifier.public == again.certifier.public
    assert first.genesis.single_operator


async def test_a_meter_is_admitted_once(tmp_path: Path) -> None:
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    for _ in range(2):
        await admit_meter(consortium, node.client, KEY.public, made_up())
        record = node.record
        assert record is not None
        assert record.home is not None
        height = node.engine.height
    assert node.engine.height == height
    assert node.engine.provable
    node.store.close()


@pytest.mark.parametrize("requests", range(8))
async def test_cut_off_after_any_request_it_is_taken_up(tmp_path: Path, requests: int) -> None:
    """The demonstration is killed; the node comes back with its blocks and an empty mempool."""
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    real, left = node.client._post, requests

    async def post(body: object) -> object:
        nonlocal left
        if not left:
            raise NodeUnreachable("killed")
        left -= 1
        return await real(body)

    node.client._post = post
    try:
        await admit_meter(consortium, node.client, KEY.public, made_up())
    except NodeUnreachable:
        assert not left
    node.store.close()
    again = Node(tmp_path, consortium)
    await admit_meter(consortium, again.client, KEY.public, made_up())
    record = again.record
    assert record is not None
    assert record.home is not None
    assert again.engine.provable
    again.store.close()


async def test_in_a_replay_that_waits_for_its_traders_an_admission_goes_on_unproven(tmp_path: Path) -> None:
    """A demonstration killed within its market's past starts again: no block can prove the newest state yet."""
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    await admit_meter(consortium, node.client, KEY.public, made_up())
    beacon = Statement(Beacon(bytes(16)), valid_until(consortium.genesis))
    node.engine.submit(sign(KEY, consortium.genesis.genesis_hash, beacon))
    vote_ns = node.clock.step(1 << 62)
    assert vote_ns is not None
    node.engine.step(vote_ns)
    assert not node.engine.provable
    rpc = Rpc(node.engine, lambda _to: node.engine.height, lambda: None, lambda: True)
    height = node.engine.height
    await admit_meter(consortium, LocalClient(rpc), KEY.public, made_up())
    assert node.engine.height == height
    node.store.close()

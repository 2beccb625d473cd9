"""Pages come back out of the chain, byte for byte, with the proof of the log that they make."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.keys import SigningKey, kid
from ohmstead.core.statements import CertifiedChannel, Publish, Register, Statement, sign
from ohmstead.ledger import pages
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.slice import HeadBundle, ProvenValue, proven_record
from ohmstead.ledger.statetree import StateProof
from ohmstead.node.archive import MAX_PAGES, batch_in, pages_in
from ohmstead.node.keys import load_or_make
from ohmstead.node.process import Node
from tests.node.test_process import HOUR, now_s, options

METER_KEY = SigningKey.from_seed(b"meter" + bytes(27))
METER = kid(METER_KEY.public)
CHANNELS = (CertifiedChannel(Channel(1), True), CertifiedChannel(Channel(2), True))
FOREVER = 1 << 40


def sealed(genesis_hash: bytes, first_hour: int, count: int) -> list[bytes]:
    ring = pages.KeyRing(bytes(32), pages.KeyContext(genesis_hash, METER, 0))
    hour = ChannelHour(5_000, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
    return [pages.seal(ring, n, first_hour + n, [hour] * 2, bytes((n,)) * 24) for n in range(count)]


def publish(genesis_hash: bytes, all_pages: list[bytes], first: int, end: int) -> bytes:
    root = root_of([leaf_hash(p) for p in all_pages[:end]])
    body = Publish(METER, first, root, tuple(all_pages[first:end]))
    return sign(METER_KEY, genesis_hash, Statement(body, FOREVER))


class Recorded:
    """A replaying node that has accepted five pages in two batches."""

    def __init__(self, folder: Path) -> None:
        start = now_s() // HOUR * HOUR - 500 * HOUR
        chosen = options(folder, start_s=start, replay=True)
        self.node = Node(chosen)
        self.genesis_hash = chosen.genesis.genesis_hash
        certifier = load_or_make(folder / "validator-keys")[0]
        first = start // HOUR
        register = Register(METER_KEY.public, CHANNELS, first, first + 9000, b"test", replayed=True)
        self.pages = sealed(self.genesis_hash, first, 5)
        self.submit(sign(certifier, self.genesis_hash, Statement(register, FOREVER, 1)))
        self.node.advance(start + HOUR)
        for at, (begin, end) in ((6, (0, 3)), (12, (3, 5))):
            self.submit(publish(self.genesis_hash, self.pages, begin, end))
            self.node.advance(start + at * HOUR)

    def submit(self, tx: bytes) -> None:
        assert self.call("broadcast_tx_sync", tx=base64.b64encode(tx).decode())["code"] == 0

    def call(self, method: str, **params: object) -> Any:
        answer = self.node.rpc.answer({"id": 1, "method": method, "params": params})
        assert "error" not in answer, answer
        return answer["result"]

    def read(self, first: int, count: int) -> list[bytes]:
        raw = self.call("ohmstead_pages", meter=METER.hex(), first=first, count=count)
        return [as_bytes(p, "page") for p in as_list(decode(base64.b64decode(raw)), "pages")]


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    return Recorded(tmp_path)


def test_pages_come_back_over_the_edges_of_batches(recorded: Recorded) -> None:
    assert recorded.read(0, 5) == recorded.pages
    assert recorded.read(2, 2) == recorded.pages[2:4]
    assert recorded.read(4, 100) == recorded.pages[4:]
    assert recorded.read(5, 10) == []
    recorded.node.store.close()


def test_the_record_proves_what_the_archive_gave(recorded: Recorded) -> None:
    proof = recorded.call("ohmstead_proof", module="meter", key=METER.hex())
    _, value, proven = as_list(decode(base64.b64decode(proof)), "proof", 3)
    block = base64.b64decode(recorded.call("ohmstead_light_block"))
    item = ProvenValue("meter", METER, as_bytes(value, "value"), StateProof.from_cbor(as_bytes(proven, "p")))
    record = proven_record(HeadBundle(LightBlock.from_cbor(block), (item,)), METER)
    assert (record.size, record.root) == (5, root_of([leaf_hash(p) for p in recorded.read(0, 5)]))
    recorded.node.store.close()


def test_anchors_say_when_each_batch_was_recorded(recorded: Recorded) -> None:
    raw = base64.b64decode(recorded.call("ohmstead_anchors", meter=METER.hex(), first=0))
    rows = [as_list(row, "anchor", 3) for row in as_list(decode(raw), "anchors")]
    assert [row[0] for row in rows] == [3, 5]
    for _, height, time_s in rows:
        assert isinstance(height, int)
        block = recorded.node.engine.light_block(height)
        assert block is not None
        assert block.header.time_s == time_s
    recorded.node.store.close()


def test_a_refused_batch_leaves_no_trace_in_the_archive(recorded: Recorded) -> None:
    forged = [*recorded.pages[:4], recorded.pages[4][:-1] + b"x"]
    tx = publish(recorded.genesis_hash, forged, 3, 5)
    answer = recorded.call("broadcast_tx_sync", tx=base64.b64encode(tx).decode())
    assert answer["code"] == 1
    assert recorded.read(0, 5) == recorded.pages
    recorded.node.store.close()


def test_a_batch_is_read_off_its_transaction() -> None:
    made = sealed(bytes(32), 1000, 4)
    tx = publish(bytes(32), made, 1, 4)
    assert batch_in(tx) == (METER, 1, 3)
    assert pages_in([tx], METER, 2, MAX_PAGES) == made[2:]
    assert pages_in([tx], bytes(16), 1, 3) == []
    assert pages_in([tx], METER, 0, 3) == []
    assert batch_in(b"garbage") is None
    assert pages_in([b"garbage"], METER, 0, 3) == []

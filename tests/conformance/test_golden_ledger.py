"""The ledger's golden bytes: made again from fixed inputs, read again, and believed where they are proofs."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import pytest

from ohmstead.contract.genesis import AppState
from ohmstead.contract.machine import Machine
from ohmstead.core.codec import decode, encode
from ohmstead.core.slots import ZoneTable
from ohmstead.core.statements import parse
from ohmstead.ledger import pages, tiles
from ohmstead.ledger.evidence import Evidence, EvidenceError, verify_evidence
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightblock import LightBlock
from ohmstead.ledger.meterlog import Anchor, MeterRecord
from ohmstead.ledger.slice import HeadBundle
from tests.conformance import golden
from tests.conformance.golden_ledger import CONTEXT, DAY, HOURS, MADE, ROOT, SIZE, world
from tests.contract.rig import CERTIFIER, START_S, ZONE, key

FROZEN = golden.frozen("ledger")
NOW_NS = (START_S + 400 * 86_400) * 10**9

AGAIN: dict[str, Callable[[bytes], bytes]] = {
    "app state": lambda raw: AppState.from_cbor(raw).to_cbor(),
    "app state, replayed": lambda raw: AppState.from_cbor(raw).to_cbor(),
    "genesis document": lambda raw: GenesisDocument.from_cbor(raw).to_cbor(),
    "zone table": lambda raw: ZoneTable.from_cbor(ZONE.name, raw).to_cbor(),
    "anchor": lambda raw: Anchor.from_cbor(raw).to_cbor(),
    "meter record": lambda raw: MeterRecord.from_cbor(raw).to_cbor(),
    "meter record, every field": lambda raw: MeterRecord.from_cbor(raw).to_cbor(),
    "meter record, new": lambda raw: MeterRecord.from_cbor(raw).to_cbor(),
    "light block": lambda raw: LightBlock.from_cbor(raw).to_cbor(),
    "head bundle": lambda raw: HeadBundle.from_cbor(raw).to_cbor(),
    "head bundle, values held": lambda raw: HeadBundle.from_cbor(raw).to_cbor(),
    "tile": lambda raw: encode(tiles.Tile.from_value(decode(raw)).to_value()),
    "tile, last": lambda raw: encode(tiles.Tile.from_value(decode(raw)).to_value()),
    "tile, second part": lambda raw: encode(tiles.Tile.from_value(decode(raw)).to_value()),
    "evidence": lambda raw: Evidence.from_cbor(raw).to_cbor(),
    "evidence, sealed": lambda raw: Evidence.from_cbor(raw).to_cbor(),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert MADE[name]().hex() == FROZEN[name].hex()


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_written_is_still_read(name: str) -> None:
    assert AGAIN[name](FROZEN[name]) == FROZEN[name]


def test_nothing_frozen_is_left_out() -> None:
    assert set(FROZEN) == set(MADE)


@pytest.mark.parametrize("kind", ["register", "commission", "publish", "retire", "beacon"])
def test_a_frozen_statement_verifies_and_says_what_it_said(kind: str) -> None:
    signed = parse(FROZEN[f"statement {kind}"])
    signer = CERTIFIER if kind in ("register", "commission") else key("meter")
    signed.check(signer.public, FROZEN["genesis hash"])
    assert kind == signed.statement.body.TYPE
    assert signed.statement.seq == {"register": 1, "commission": 1, "retire": 1}.get(kind)


def test_a_frozen_page_opens_with_keys_derived_today() -> None:
    ring = pages.KeyRing(ROOT, CONTEXT)
    assert pages.open_page(ring, FROZEN["page"]) == HOURS
    assert pages.open_page(ring, FROZEN["page of one channel"]) == HOURS[:1]
    header = pages.parse_header(FROZEN["page"])
    assert (header.number, header.hour, header.epoch) == (7, DAY * 24 + 5, 1)
    assert pages.open_with_day_key(FROZEN["day key"], FROZEN["page"], header) == HOURS
    assert pages.commitment_of(FROZEN["day key"]) == FROZEN["key commitment"] == header.commitment


def test_the_page_layout_is_the_documented_one_byte_for_byte() -> None:
    page = FROZEN["page"]
    fields, at = [], 0
    for size in (1, 16, 4, 4, 4, 16, 24):
        fields.append(page[at : at + size])
        at += size
    assert at == 69
    assert [int.from_bytes(f, "big") for f in (fields[0], *fields[2:5])] == [1, 7, DAY * 24 + 5, 1]
    assert (fields[1], fields[5]) == (CONTEXT.meter, FROZEN["key commitment"])
    assert len(page) - at == 20 * 3 + 16
    body = FROZEN["page body"]
    assert body[:6] == (123_456_789).to_bytes(6, "big")
    assert body[6:18] == bytes.fromhex("0000fa 000000 ffffff 000001")
    assert body[18:20] == bytes.fromhex("0134")  # ok, estimated, clock in doubt, replaced
    assert body[38:40] == bytes.fromhex("2220")  # three missing, then ok
    assert FROZEN["page leaf"] == sha256(b"\x00" + page).digest()


def test_the_frozen_tiles_are_parts_of_the_frozen_record() -> None:
    record = MeterRecord.from_cbor(FROZEN["meter record"])
    meter = key("meter").kid
    whole = []
    for name in ("tile", "tile, last"):
        tile = tiles.Tile.from_value(decode(FROZEN[name]))
        whole += tiles.verify(tile, meter, len(record.channels), SIZE, record.log.root())
    assert tuple(whole) == world()[3]
    part = tiles.Tile.from_value(decode(FROZEN["tile, second part"]))
    fresh = tiles.verify(part, meter, len(record.channels), SIZE, record.log.root(), whole[256:257])
    assert fresh == tuple(whole[257:])


def _init_chain(genesis: GenesisDocument) -> bytes:
    return Machine(genesis).init_chain(genesis)


def test_frozen_evidence_proves_what_it_proved() -> None:
    report = verify_evidence(FROZEN["evidence"], FROZEN["genesis hash"], NOW_NS, _init_chain)
    assert (report.log_size, [h.number for h in report.hours]) == (SIZE, [5, 256])
    assert all(h.channels is not None for h in report.hours)
    sealed = verify_evidence(FROZEN["evidence, sealed"], FROZEN["genesis hash"], NOW_NS, _init_chain)
    assert all(h.channels is None for h in sealed.hours)
    with pytest.raises(EvidenceError, match="genesis"):
        verify_evidence(FROZEN["evidence"], bytes(32), NOW_NS, _init_chain)


def test_genesis_json_holds_the_canonical_bytes_as_one_string() -> None:
    document = json.loads(FROZEN["genesis.json"])
    assert bytes.fromhex(document["app_state"]) == FROZEN["app state"]
    assert sha256(FROZEN["genesis document"]).digest() == FROZEN["genesis hash"]

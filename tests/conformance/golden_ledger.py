"""Fixed inputs and makers of the ledger's golden structures: pages, keys, statements, state, tiles, evidence.

``RULES`` names each structure's rule in ``ohmstead.cddl``; what has none is no CBOR. Pure: no link, no Qt.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256

from ohmstead.contract.genesis import AppState, Quotas
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import encode
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.statements import CertifiedChannel, aad
from ohmstead.ledger import pages
from ohmstead.ledger.evidence import Evidence, PageEvidence
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.meterlog import Anchor, MeterRecord
from ohmstead.ledger.slice import HeadBundle
from ohmstead.ledger.tiles import Tile, pack
from tests.contract import heads
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    HOME,
    ZONE,
    Beacon,
    Commission,
    Ledger,
    Meter,
    Retire,
    certificate,
    hour_end,
    key,
)

SIZE = 258  # one full tile and two pages of the next
SHORT_ZONE = replace(ZONE, first_slots=ZONE.first_slots[:15])
ALL_CHANNELS = tuple(CertifiedChannel(c, c <= Channel.GENERATION) for c in Channel)
ROOT = bytes(range(32))
CONTEXT = pages.KeyContext(sha256(b"genesis").digest(), bytes(range(16)), 1)
DAY = 20_000  # 2024-10-04
OK, EST, GAP, CLOCK, SWAP = IntervalStatus
HOURS = (
    ChannelHour(123_456_789, (250, 0, 16_777_215, 1), (OK, EST, CLOCK, SWAP)),
    ChannelHour((1 << 48) - 1, (0, 0, 0, 7), (GAP, GAP, GAP, OK)),
    ChannelHour(0, (0, 0, 0, 0), (OK, OK, OK, OK)),
)


@cache
def world() -> tuple[Ledger, Meter, bytes, tuple[bytes, ...], tuple[Anchor, ...]]:
    """A ledger with one meter of 258 pages in three batches: (ledger, meter, certificate, pages, anchors)."""
    ledger = Ledger(Quotas(1000, 20, 50), (SHORT_ZONE,))
    meter = Meter(key("meter"), ledger.hash)
    signed = ledger.accept(CERTIFIER, certificate(meter.key))
    ledger.accept(CERTIFIER, Commission(meter.id, HOME, ZONE.name, FIRST_HOUR))
    made: list[bytes] = []
    anchors = []
    for count in (4, 252, 2):
        body = meter.publish(count)
        ledger.accept(meter.key, body, at=hour_end(meter.hour - 1))
        made += body.pages
        anchors.append(Anchor(len(made), body.root, ledger.height, ledger.time_s))
    ledger.accept(meter.key, Beacon(b"an app's nonce.."))
    return ledger, meter, signed, tuple(made), tuple(anchors)


def ring() -> pages.KeyRing:
    return pages.KeyRing(ROOT, CONTEXT)


def page(hours: tuple[ChannelHour, ...]) -> bytes:
    return pages.seal(ring(), 7, DAY * 24 + 5, hours, bytes(range(100, 124)))


def state(module: str, name: bytes) -> bytes:
    value = world()[0].machine.state.get(module, name)
    assert value is not None
    return value


def tile(first: int) -> Tile:
    _, _, _, made, _ = world()
    edge = first // 256 * 256
    end = min(edge + 256, SIZE)
    tree = HashTree(map(leaf_hash, made))
    return pack(first, made[first:end], SIZE, tree.subtree_proof(edge, end, SIZE))


def evidence(*, with_keys: bool) -> bytes:
    """Pages 5 and 256, recorded by the second and third batch."""
    ledger, meter, signed, made, anchors = world()
    tree = HashTree(map(leaf_hash, made))
    anchor_tree = HashTree(leaf_hash(a.to_cbor()) for a in anchors)
    items = tuple(
        PageEvidence(
            number, made[number], tree.inclusion_proof(number, SIZE), index, anchors[index],
            tree.inclusion_proof(number, anchors[index].size),
            anchor_tree.inclusion_proof(index, len(anchors)), anchors[index - 1],
            anchor_tree.inclusion_proof(index - 1, len(anchors)),
        )
        for number, index in ((5, 1), (256, 2))
    )  # fmt: skip
    days = ((DAY, meter._ring.day(DAY)[0]), (DAY + 10, meter._ring.day(DAY + 10)[0])) if with_keys else ()
    return Evidence(
        ledger.genesis.to_cbor(), meter.id, signed, heads.first(ledger).to_cbor(),
        heads.bundle(ledger, meter.id).to_cbor(), items, days,
    ).to_cbor()  # fmt: skip


def consistent_bundle() -> HeadBundle:
    ledger, _, _, made, _ = world()
    tree = HashTree(map(leaf_hash, made))
    return HeadBundle(heads.head(ledger), (), tree.consistency_proof(200, SIZE))


def full_record() -> bytes:
    """A meter record in which every field is set."""
    record: MeterRecord = replace(
        world()[0].record(world()[1].id),
        channels=ALL_CHANNELS,
        flags=15,
        epoch=3,
        blocked_from=FIRST_HOUR + 9,
    )
    return replace(record, epoch_log=record.log).to_cbor()


def statement(name: str) -> bytes:
    """The signed statement of a type, from a ledger of its own."""
    ledger = Ledger(Quotas(1000, 20, 50), (SHORT_ZONE,))
    meter = Meter(key("meter"), ledger.hash)
    until = hour_end(FIRST_HOUR + 1000)
    signers = {
        "register": (CERTIFIER, certificate(meter.key, channels=ALL_CHANNELS, replayed=True)),
        "commission": (CERTIFIER, Commission(meter.id, HOME, ZONE.name, FIRST_HOUR + 3)),
        "publish": (meter.key, meter.batch(meter.pages(3))),
        "retire": (meter.key, Retire(meter.id, 3, b"sealed final registers", "swap")),
        "beacon": (meter.key, Beacon(b"an app's nonce..")),
    }
    signer, body = signers[name]
    return ledger.sign(signer, body, valid_until=until)


MADE = {
    "kid": lambda: key("meter").kid,
    "statement aad": lambda: aad(sha256(b"genesis").digest()),
    **{f"statement {n}": (lambda n=n: statement(n))
       for n in ("register", "commission", "publish", "retire", "beacon")},
    "refusal": lambda: Refused(Reason.HOUR_IN_FUTURE).data,
    "month key derivation": lambda: encode(["month", CONTEXT.genesis_hash, CONTEXT.meter, 1, 2024 * 12 + 9]),
    "month key": lambda: pages.month_key(ROOT, CONTEXT, 2024 * 12 + 9),
    "day key derivation": lambda: encode(["day", CONTEXT.genesis_hash, CONTEXT.meter, 1, DAY]),
    "day key": lambda: ring().day(DAY)[0],
    "key commitment": lambda: ring().day(DAY)[1],
    "page aad": lambda: pages.parse_header(page(HOURS)).aad,
    "page body": lambda: pages.encode_body(HOURS),
    "page": lambda: page(HOURS),
    "page of one channel": lambda: page(HOURS[:1]),
    "page leaf": lambda: leaf_hash(page(HOURS)),
    "meter record": lambda: state("meter", world()[1].id),
    "meter record, every field": full_record,
    "meter record, new": lambda: MeterRecord(
        key("meter").public, ALL_CHANNELS, bytes(32), FIRST_HOUR, FIRST_HOUR + 1
    ).to_cbor(),
    "home record": lambda: state("home", HOME),
    "zone table": lambda: state("zone", ZONE.name.encode()),
    "anchor": lambda: world()[4][1].to_cbor(),
    "certificate": lambda: state("certificate", world()[1].id),
    "certifier value": lambda: state("certifier", CERTIFIER.kid),
    "governance chain": lambda: state("governance", b"chain"),
    "governance members": lambda: state("governance", b"members"),
    "chain quotas": lambda: state("chain", b"quotas"),
    "chain genesis": lambda: state("chain", b"genesis"),
    "quota value": lambda: state("quota", world()[1].id),
    "signer value": lambda: state("signer", CERTIFIER.kid),
    "beacon value": lambda: state("beacon", world()[1].id),
    "app hash": lambda: world()[0].machine.state.app_hash,
    "app state": lambda: world()[0].genesis.app_state,
    "app state, replayed": lambda: AppState(
        (SHORT_ZONE,), (), (), Quotas(1 << 62, 0, 1), True, b"demonstration"
    ).to_cbor(),
    "genesis document": lambda: world()[0].genesis.to_cbor(),
    "genesis hash": lambda: world()[0].hash,
    "genesis.json": lambda: world()[0].genesis.to_json().encode(),
    "light block": lambda: heads.head(world()[0]).to_cbor(),
    "head bundle": lambda: heads.bundle(world()[0], world()[1].id).to_cbor(),
    "head bundle, values held": lambda: consistent_bundle().to_cbor(),
    "tile": lambda: encode(tile(0).to_value()),
    "tile, last": lambda: encode(tile(256).to_value()),
    "tile, second part": lambda: encode(tile(257).to_value()),
    "evidence": lambda: evidence(with_keys=True),
    "evidence, sealed": lambda: evidence(with_keys=False),
}  # fmt: skip

RULES = {
    **{f"statement {n}": n for n in ("register", "commission", "publish", "retire", "beacon")},
    "refusal": "refusal", "month key derivation": "derivation", "day key derivation": "derivation",
    "meter record": "meter-record", "meter record, every field": "meter-record",
    "meter record, new": "meter-record", "home record": "home-record", "zone table": "zone-table",
    "anchor": "anchor", "certificate": "register", "certifier value": "certifier-value",
    "governance chain": "governance-chain", "governance members": "governance-members",
    "chain quotas": "quota-limits", "chain genesis": "genesis-value", "quota value": "quota-value",
    "signer value": "signer-value", "beacon value": "beacon-value", "app state": "app-state",
    "app state, replayed": "app-state", "genesis document": "genesis", "light block": "light-block",
    "head bundle": "head-bundle", "head bundle, values held": "head-bundle", "tile": "tile",
    "tile, last": "tile", "tile, second part": "tile", "evidence": "evidence", "evidence, sealed": "evidence",
}  # fmt: skip

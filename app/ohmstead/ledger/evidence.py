"""Evidence files: some hours of a meter, provable to somebody who has only this file and the genesis hash.

A file carries genesis, header 1, the head with its state proofs, the certificate, and for each page its
bytes, its inclusion in the meter's log as of the head, and its anchor: the batch that recorded it, with
height and block time. With day keys it also discloses the readings of those UTC days, to whoever has the
file. Here: the format and its verification, part by part, each failure naming its part. Not here: writing to
disk. Source: protocol/pages, "What is proven"; RFC 6962 §2.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel, ChannelHour
from ohmstead.core.slots import utc_day_of_hour
from ohmstead.core.statements import HASH_BYTES, ID_BYTES
from ohmstead.ledger import pages
from ohmstead.ledger.genesis import GenesisDocument, GenesisError
from ohmstead.ledger.lightclient import LightBlock, Trusted, verify_first_header, verify_step
from ohmstead.ledger.merkle import leaf_hash, verify_inclusion
from ohmstead.ledger.meterlog import Anchor, MeterRecord
from ohmstead.ledger.slice import (
    HeadBundle,
    ProvenRecord,
    check_certificate,
    check_governance,
    proven_record,
)

FORM, VERSION = "ohmstead-evidence", 1
MAX_BYTES = 1 << 20
MAX_PAGES, MAX_DAYS = 64, 4
_T = TypeVar("_T")


class EvidenceError(VerificationError):
    """A part of the file does not hold; ``subject`` names the part."""


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """One page: bytes, place in the log, and the anchor of the batch that recorded it.

    ``before`` is the anchor of the batch before, with its own inclusion proof: a page lies in every later log
    too, and only the two anchors together say which batch recorded it. None and empty for the first batch.
    """

    number: int
    page: bytes
    in_log: tuple[bytes, ...]
    anchor_index: int
    anchor: Anchor
    in_batch: tuple[bytes, ...]
    anchor_in_log: tuple[bytes, ...]
    before: Anchor | None = None
    before_in_log: tuple[bytes, ...] = ()

    def to_value(self) -> Value:
        """[number, page, proof, anchor index, anchor, proof under the anchor, proof of the anchor, the anchor
        before or null, its proof]."""
        return [
            self.number, self.page, list(self.in_log), self.anchor_index, self.anchor.to_cbor(),
            list(self.in_batch), list(self.anchor_in_log),
            None if self.before is None else self.before.to_cbor(), list(self.before_in_log),
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> PageEvidence:
        """The evidence of a decoded value. Raises CodecError."""
        v = as_list(value, "page evidence", 9)
        return cls(
            as_uint(v[0], "page number", 1 << 32), as_bytes(v[1], "page", at_most=1024), _hashes(v[2]),
            as_uint(v[3], "anchor index"), _anchor(v[4]), _hashes(v[5]), _hashes(v[6]),
            None if v[7] is None else _anchor(v[7]), _hashes(v[8]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """The content of an evidence file. ``day_keys`` are (UTC day, key) pairs; none leaves pages sealed."""

    genesis: bytes
    meter: bytes
    certificate: bytes
    first: bytes
    bundle: bytes
    pages: tuple[PageEvidence, ...]
    day_keys: tuple[tuple[int, bytes], ...] = ()

    def to_cbor(self) -> bytes:
        """The file: [form, 1, genesis, meter, certificate, header 1, bundle, pages, day keys]."""
        return encode(
            [
                FORM, VERSION, self.genesis, self.meter, self.certificate, self.first, self.bundle,
                [p.to_value() for p in self.pages], [[day, key] for day, key in self.day_keys],
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> Evidence:
        """The evidence of a file's bytes. Raises EvidenceError naming "file"."""
        try:
            v = as_list(decode(data, max_size=MAX_BYTES), "evidence", 9)
            if (v[0], as_uint(v[1], "version")) != (FORM, VERSION):
                raise CodecError("not an evidence file of version 1")
            keys = []
            for item in as_list(v[8], "day keys", at_most=MAX_DAYS):
                day, key = as_list(item, "day key", 2)
                keys.append((as_uint(day, "day", 1 << 31), as_bytes(key, "key", pages.KEY_BYTES)))
            evidence = cls(
                as_bytes(v[2], "genesis"), as_bytes(v[3], "meter", ID_BYTES), as_bytes(v[4], "certificate"),
                as_bytes(v[5], "header 1"), as_bytes(v[6], "head bundle"),
                tuple(PageEvidence.from_value(p) for p in as_list(v[7], "pages", at_most=MAX_PAGES)),
                tuple(keys),
            )  # fmt: skip
        except CodecError as error:
            raise EvidenceError("file", str(error)) from error
        if not evidence.pages:
            raise EvidenceError("file", "holds no page")
        return evidence


def _anchor(value: Value) -> Anchor:
    return Anchor.from_cbor(as_bytes(value, "anchor", at_most=128))


def _hashes(value: Value) -> tuple[bytes, ...]:
    return tuple(as_bytes(h, "hash", HASH_BYTES) for h in as_list(value, "proof", at_most=64))


@dataclass(frozen=True, slots=True)
class ProvenHour:
    """One hour that the file proves: when it was recorded, and its channels where the key is there.

    The recorded height and time are those of the one batch that holds the page.
    """

    number: int
    hour: int
    recorded_height: int
    recorded_time_s: int
    channels: tuple[ChannelHour, ...] | None


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What a file proves, all of it checked. ``head_time_s`` is the "as of" of key trust."""

    chain_id: str
    single_operator: bool
    meter: bytes
    channels: tuple[Channel, ...]
    replayed: bool
    flags: int
    head_height: int
    head_time_s: int
    log_size: int
    hours: tuple[ProvenHour, ...]


def verify_evidence(
    data: bytes, genesis_hash: bytes, now_ns: int, init_chain: Callable[[GenesisDocument], bytes]
) -> EvidenceReport:
    """Verifies a file against a genesis hash, with nothing else.

    ``init_chain`` runs the contract's InitChain and returns its AppHash (``contract.machine``). Raises
    EvidenceError whose subject is the part that failed: "file", "genesis", "header 1", "head", "governance",
    "record", "certificate", "state" (a value beside those), "page N", "anchor of page N", "day key". A
    spoiled vote counts as absent, as everywhere; nothing else of a file can change without being refused.
    """
    evidence = Evidence.from_cbor(data)
    genesis = _part("genesis", lambda: GenesisDocument.from_cbor(evidence.genesis, genesis_hash))
    first = _part("header 1", lambda: LightBlock.from_cbor(evidence.first))
    trusted = _part("header 1", lambda: verify_first_header(genesis, first, init_chain(genesis)))
    bundle = _part("head", lambda: HeadBundle.from_cbor(evidence.bundle))
    _part("head", lambda: _check_head(trusted, first, bundle.light_block, now_ns))
    _part("governance", lambda: check_governance(bundle, genesis))
    proven = _part("record", lambda: proven_record(bundle, evidence.meter))
    _part("certificate", lambda: check_certificate(bundle, proven, evidence.certificate, genesis))
    _part("state", bundle.check_all)
    if bundle.consistency:
        raise EvidenceError("head", "holds a consistency proof, which proves nothing here")
    keys = dict(evidence.day_keys)
    if len(keys) != len(evidence.day_keys):
        raise EvidenceError("day key", "one day twice")
    hours = tuple(_hour(proven, item, keys) for item in evidence.pages)
    unused = keys.keys() - {utc_day_of_hour(h.hour) for h in hours}
    if unused:
        raise EvidenceError("day key", "discloses a day that the file does not show")
    record: MeterRecord = proven.record
    return EvidenceReport(
        genesis.chain_id, genesis.single_operator, evidence.meter,
        tuple(c.channel for c in record.channels), record.replayed, record.flags, proven.height,
        proven.time_s, proven.size, hours,
    )  # fmt: skip


def _part(name: str, check: Callable[[], _T]) -> _T:
    try:
        return check()
    except EvidenceError:
        raise
    except (VerificationError, GenesisError, CodecError) as error:
        raise EvidenceError(name, str(error)) from error


def _check_head(trusted: Trusted, first: LightBlock, head: LightBlock, now_ns: int) -> None:
    if head.height != first.height:
        verify_step(trusted, head, max(now_ns, trusted.time_ns))
    elif head.header.hash() != first.header.hash():
        raise EvidenceError("head", "is another header than header 1")


def _check_first_holder(item: PageEvidence, record: MeterRecord, where: str) -> None:
    """That the batch before did not hold the page yet: the anchor's time is then the page's own."""
    anchors, before = record.anchors, item.before
    if item.anchor_index == 0:
        if before is not None or item.before_in_log:
            raise EvidenceError(where, "names a batch before the first")
        return
    if before is None:
        raise EvidenceError(where, "lacks the batch before, so a later batch could be shown for it")
    verify_inclusion(
        anchors.size, anchors.root(), item.anchor_index - 1, leaf_hash(before.to_cbor()), item.before_in_log
    )
    if item.number < before.size:
        raise EvidenceError(where, "is of a later batch than the one that recorded the page")


def _hour(proven: ProvenRecord, item: PageEvidence, keys: dict[int, bytes]) -> ProvenHour:
    subject, record = f"page {item.number}", proven.record
    leaf = leaf_hash(item.page)
    header = _part(subject, lambda: pages.parse_header(item.page, subject))
    if (header.meter, header.number) != (proven.meter, item.number):
        raise EvidenceError(subject, "is another page than it is filed as")
    _part(subject, lambda: verify_inclusion(proven.size, proven.root, item.number, leaf, item.in_log))
    anchors, anchor = record.anchors, item.anchor
    where = f"anchor of page {item.number}"
    anchor_leaf = leaf_hash(anchor.to_cbor())
    _part(
        where,
        lambda: verify_inclusion(
            anchors.size, anchors.root(), item.anchor_index, anchor_leaf, item.anchor_in_log
        ),
    )
    _part(where, lambda: verify_inclusion(anchor.size, anchor.root, item.number, leaf, item.in_batch))
    _part(where, lambda: _check_first_holder(item, record, where))
    key = keys.get(utc_day_of_hour(header.hour))
    channels = None
    if key is not None:
        if pages.commitment_of(key) != header.commitment:
            raise EvidenceError("day key", f"is not the key that page {item.number} names")
        channels = _part(subject, lambda: pages.open_with_day_key(key, item.page, header))
    return ProvenHour(item.number, header.hour, anchor.height, anchor.time_s, channels)

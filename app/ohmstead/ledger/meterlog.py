"""A meter's record in state: the log over its pages, its tenancy, its certificate, its anchors.

One state proof of this record fixes the whole history that the ledger accepted from the meter: complete,
ordered, unaltered, and when each part was recorded. Here: the record, its encoding, and the rule by which
a batch continues it. Not here: signatures and block time (``contract``), page contents.
Source: protocol/pages, "Publishing"; RFC 6962 §2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_identifier,
    as_list,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel
from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.core.statements import HASH_BYTES, ID_BYTES, CertifiedChannel
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import CompactRange, leaf_hash

REPLAYED, RETIRED, REVOKED, SUSPENDED = 1, 2, 4, 8
EMPTY_LOG = CompactRange()


class BatchRefused(VerificationError):
    """The pages do not continue the meter's log as it is recorded."""


class RecordMalformed(VerificationError):
    """The value under a meter's key is not a meter record."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One accepted batch: the log's size and root after it, the block's height and time (s)."""

    size: int
    root: bytes
    height: int
    time_s: int

    def to_cbor(self) -> bytes:
        """The leaf data of the anchor log: [size, root, height, block time]."""
        return encode([self.size, self.root, self.height, self.time_s])

    @classmethod
    def from_cbor(cls, data: bytes) -> Anchor:
        """The anchor of leaf data. Raises CodecError."""
        size, root, height, time_s = as_list(decode(data), "anchor", 4)
        return cls(
            as_uint(size, "size"), as_bytes(root, "root", HASH_BYTES),
            as_uint(height, "height"), as_uint(time_s, "block time"),
        )  # fmt: skip


def _range_value(log: CompactRange) -> Value:
    return [log.size, log.root(), list(log.hashes)]


def _range_from(value: Value, what: str) -> CompactRange:
    size, root, hashes = as_list(value, what, 3)
    log = CompactRange(
        as_uint(size, f"{what} size"),
        tuple(as_bytes(h, f"{what} hash", HASH_BYTES) for h in as_list(hashes, what, at_most=63)),
    )
    if log.root() != root:
        raise CodecError(f"{what}: root and range differ")
    return log


@dataclass(frozen=True, slots=True)
class MeterRecord:
    """What the ledger keeps of a meter, under ``meter/<meter id>``.

    ``log`` covers every accepted page, ``anchors`` every accepted batch; ``last_hour`` is None before the
    first page; ``epoch_log`` is the log as it stood when the tenancy began. Hours are UTC.
    """

    public_key: bytes
    channels: tuple[CertifiedChannel, ...]
    certificate_hash: bytes
    valid_from: int
    valid_to: int
    flags: int = 0
    log: CompactRange = EMPTY_LOG
    last_hour: int | None = None
    epoch: int = 0
    epoch_log: CompactRange = EMPTY_LOG
    anchors: CompactRange = EMPTY_LOG
    home: bytes | None = None
    zone: str | None = None
    blocked_from: int | None = None

    @property
    def replayed(self) -> bool:
        """Whether the certificate says that this meter replays a recorded past."""
        return bool(self.flags & REPLAYED)

    @property
    def page_size(self) -> int:
        """Bytes of each of the meter's pages."""
        return pages.page_size(len(self.channels))

    def to_cbor(self) -> bytes:
        """The state value: a canonical array of version 1 and the fifteen fields in this order."""
        return encode(
            [
                1, self.public_key, [[int(c.channel), c.direct] for c in self.channels],
                self.certificate_hash, self.valid_from, self.valid_to, self.flags,
                _range_value(self.log), self.last_hour, self.epoch, _range_value(self.epoch_log),
                _range_value(self.anchors), self.home, self.zone, self.blocked_from,
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes) -> MeterRecord:
        """The record of a state value. Raises RecordMalformed."""
        return _record_of(data)

    @classmethod
    def _parse(cls, data: bytes) -> MeterRecord:
        try:
            v = as_list(decode(data), "meter record", 15)
            if as_uint(v[0], "version") != 1:
                raise CodecError("unknown version of the meter record")
            channels = tuple(_channel(c) for c in as_list(v[2], "channels", at_most=len(Channel)))
            return cls(
                public_key=as_bytes(v[1], "public key", 32),
                channels=channels,
                certificate_hash=as_bytes(v[3], "certificate hash", HASH_BYTES),
                valid_from=as_uint(v[4], "valid from"),
                valid_to=as_uint(v[5], "valid to"),
                flags=as_uint(v[6], "flags", 16),
                log=_range_from(v[7], "log"),
                last_hour=None if v[8] is None else as_uint(v[8], "last hour", 1 << 32),
                epoch=as_uint(v[9], "epoch", 1 << 32),
                epoch_log=_range_from(v[10], "epoch log"),
                anchors=_range_from(v[11], "anchor log"),
                home=None if v[12] is None else as_bytes(v[12], "home", ID_BYTES),
                zone=None if v[13] is None else as_identifier(v[13], "zone"),
                blocked_from=None if v[14] is None else as_uint(v[14], "blocked from", 1 << 32),
            )
        except CodecError as error:
            raise RecordMalformed("meter record", str(error)) from error


@lru_cache(maxsize=1024)
def _record_of(data: bytes) -> MeterRecord:
    """A record is read several times per transaction and never changes: the same bytes, the same value."""
    return MeterRecord._parse(data)


def _channel(value: Value) -> CertifiedChannel:
    code, direct = as_list(value, "channel", 2)
    try:
        return CertifiedChannel(Channel(as_uint(code, "channel code")), as_bool(direct, "direct"))
    except ValueError as error:
        raise CodecError("unknown channel") from error


#: A page recorded longer than this after its hour's end is late (protocol/pages, "Publishing").
LATE_S = 7200


def late_pages(anchors: Iterable[Anchor], first_hour: int) -> int:
    """How many pages the ledger recorded late, of a log whose page 0 is ``first_hour``.

    ``anchors`` are all of the log's, in order. Page n is hour ``first_hour + n``, so of one batch the late pages
    are its first ones.
    """
    late = done = 0
    for anchor in anchors:
        # The hours that were over for more than LATE_S when this block was made: all before this number.
        over = -(-(anchor.time_s - LATE_S) // HOUR_SECONDS) - 1 - first_hour
        late += max(0, min(anchor.size, over) - done)
        done = anchor.size
    return late


def last_hour_of(meter: bytes, batch: Sequence[bytes]) -> int:
    """The hour of a batch's last page. Raises PageError."""
    return pages.parse_header(batch[-1], f"page of {meter.hex()}").hour


def continue_log(
    record: MeterRecord, meter: bytes, first: int, batch: Sequence[bytes], root: bytes
) -> MeterRecord:
    """The record after a batch that continues it exactly; anchors are added by the caller.

    Raises BatchRefused: a size other than the log's, a page of another meter, number, hour, epoch or
    length, or a root that the pages do not give. Raises PageError for bytes that are no page.
    """
    if first != record.log.size:
        raise BatchRefused("batch", f"starts at page {first}, the log holds {record.log.size}")
    hour = record.last_hour
    leaves = []
    for number, page in enumerate(batch, first):
        subject = f"page {number}"
        if len(page) != record.page_size:
            raise BatchRefused(subject, f"is {len(page)} bytes, not {record.page_size}")
        header = pages.parse_header(page, subject)
        if header.meter != meter:
            raise BatchRefused(subject, "is of another meter")
        if header.number != number:
            raise BatchRefused(subject, f"calls itself page {header.number}")
        if hour is not None and header.hour != hour + 1:
            raise BatchRefused(subject, f"is of hour {header.hour}, hour {hour + 1} is next")
        if header.epoch != record.epoch:
            raise BatchRefused(subject, f"is of tenancy {header.epoch}, not {record.epoch}")
        hour = header.hour
        leaves.append(leaf_hash(page))
    log = record.log.extend(leaves)
    if log.root() != root:
        raise BatchRefused("batch", "the signed root is not the root of these pages")
    return replace(record, log=log, last_hour=hour)

"""The meter's record: its bytes, and the one way in which a batch continues it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, Value, as_list, decode, encode
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.statements import CertifiedChannel
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.meterlog import (
    REPLAYED,
    Anchor,
    BatchRefused,
    MeterRecord,
    RecordMalformed,
    continue_log,
    last_hour_of,
    late_pages,
)

METER = b"m" * 16
HOUR = ChannelHour(7, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
RECORD = MeterRecord(b"k" * 32, (CertifiedChannel(Channel.IMPORT, True),), b"c" * 32, 100, 200_000, REPLAYED)


def page(number: int, hour: int, *, meter: bytes = METER, epoch: int = 0, channels: int = 1) -> bytes:
    ring = pages.KeyRing(b"r" * 32, pages.KeyContext(b"g" * 32, meter, epoch))
    return pages.seal(ring, number, hour, [HOUR] * channels, number.to_bytes(24, "big"))


ALL = [page(n, 1000 + n) for n in range(40)]


def continued(record: MeterRecord, batch: list[bytes], first: int | None = None) -> MeterRecord:
    first = record.log.size if first is None else first
    root = root_of([leaf_hash(p) for p in [*ALL[: record.log.size], *batch]])
    return continue_log(record, METER, first, batch, root)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6))
@settings(max_examples=40)
def test_batches_of_any_size_give_one_log(sizes: list[int]) -> None:
    record, at = RECORD, 0
    for size in sizes:
        if at + size > len(ALL):
            break
        record = continued(record, ALL[at : at + size])
        at += size
        assert record.log.size == at
        assert record.last_hour == 1000 + at - 1
        assert record.log.root() == root_of([leaf_hash(p) for p in ALL[:at]])
        assert MeterRecord.from_cbor(record.to_cbor()) == record


@pytest.mark.parametrize(
    ("batch", "subject", "reason"),
    [
        ([ALL[6]], "page 5", "calls itself page 6"),
        ([ALL[4]], "page 5", "calls itself page 4"),
        ([page(5, 1006)], "page 5", "hour 1005 is next"),
        ([page(5, 1004)], "page 5", "hour 1005 is next"),
        ([page(5, 1005, meter=b"n" * 16)], "page 5", "another meter"),
        ([page(5, 1005, epoch=1)], "page 5", "tenancy 1"),
        ([page(5, 1005, channels=2)], "page 5", "bytes, not"),
        ([ALL[5], ALL[7]], "page 6", "calls itself page 7"),
        ([ALL[5], ALL[5]], "page 6", "calls itself page 5"),
        ([b"short"], "page 5", "bytes, not"),
    ],
)
def test_pages_that_do_not_continue(batch: list[bytes], subject: str, reason: str) -> None:
    record = continued(RECORD, ALL[:5])
    with pytest.raises(BatchRefused, match=reason) as caught:
        continue_log(record, METER, 5, batch, bytes(32))
    assert caught.value.subject == subject


def test_a_batch_from_another_size_or_under_another_root() -> None:
    record = continued(RECORD, ALL[:5])
    for first in (0, 4, 6):
        with pytest.raises(BatchRefused, match="the log holds 5"):
            continue_log(record, METER, first, [ALL[5]], bytes(32))
    with pytest.raises(BatchRefused, match="signed root"):
        continue_log(record, METER, 5, [ALL[5]], record.log.root())
    wrong = bytearray(ALL[5])
    wrong[0] = 9
    with pytest.raises(pages.PageError):
        continue_log(record, METER, 5, [bytes(wrong)], bytes(32))
    assert last_hour_of(METER, ALL[:3]) == 1002


def test_a_whole_record_survives_its_bytes() -> None:
    record = continued(RECORD, ALL[:5])
    anchors = record.anchors.append(leaf_hash(Anchor(5, record.log.root(), 9, 77).to_cbor()))
    full = replace(
        record, anchors=anchors, home=b"h" * 16, zone="europe-rome", blocked_from=77, epoch=3,
        epoch_log=record.log,
    )  # fmt: skip
    assert MeterRecord.from_cbor(full.to_cbor()) == full
    assert full.replayed
    assert full.page_size == len(ALL[0])


def test_an_anchor_survives_its_bytes() -> None:
    anchor = Anchor(5, b"r" * 32, 9, 77)
    assert Anchor.from_cbor(anchor.to_cbor()) == anchor
    for wrong in (b"", b"\x84\x01\x02\x03\x04", encode([5, b"r" * 31, 9, 77]), encode([5, b"r" * 32, 9])):
        with pytest.raises(CodecError):
            Anchor.from_cbor(wrong)


FIELDS = as_list(decode(continued(RECORD, ALL[:5]).to_cbor()), "record", 15)
WRONG: list[Value] = [None, True, -1, "x", b"", b"x" * 31, [], [1, 2], 1 << 40, [5, bytes(32), []]]


@pytest.mark.parametrize("place", range(15))
def test_a_field_of_another_kind_is_malformed(place: int) -> None:
    optional = {8: [None, 1 << 40], 12: [None], 13: [None, "x"], 14: [None, 1 << 40]}
    numbers = {4: [1 << 40], 5: [1 << 40], 9: []}
    refused = 0
    for wrong in WRONG:
        if (
            wrong in optional.get(place, [])
            or wrong in numbers.get(place, [])
            or (place == 2 and wrong == [])
        ):
            continue
        if place == 8 and wrong is None:
            continue
        with pytest.raises(RecordMalformed):
            MeterRecord.from_cbor(encode([*FIELDS[:place], wrong, *FIELDS[place + 1 :]]))
        refused += 1
    assert refused >= 7


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_bytes_that_are_no_record(raw: bytes) -> None:
    with pytest.raises(RecordMalformed):
        MeterRecord.from_cbor(raw)


def test_a_log_whose_root_is_not_its_ranges() -> None:
    size, root, hashes = as_list(FIELDS[7], "log", 3)
    for wrong in (
        [size, bytes(32), hashes],
        [7, root, hashes],
        [size, root, []],
        [size, root, [bytes(32)] * 64],
    ):
        with pytest.raises(RecordMalformed):
            MeterRecord.from_cbor(encode([*FIELDS[:7], wrong, *FIELDS[8:]]))


@given(
    st.integers(400_000, 500_000),
    st.lists(st.tuples(st.integers(1, 6), st.integers(-120, 40_000)), min_size=1, max_size=8),
)
def test_late_pages_are_those_recorded_two_hours_after_their_hour(
    first_hour: int, batches: list[tuple[int, int]]
) -> None:
    anchors, times, size = [], list[int](), 0
    for count, delay in batches:
        size += count
        time_s = max((first_hour + size) * 3600 + delay, *times[-1:], 0)
        anchors.append(Anchor(size, bytes(32), len(anchors) + 1, time_s))
        times += [time_s] * count
    naive = sum(time_s > (first_hour + n + 1) * 3600 + 7200 for n, time_s in enumerate(times))
    assert late_pages(anchors, first_hour) == naive

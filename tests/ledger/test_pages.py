"""Pages: what is sealed opens, what is altered does not, and every refusal names the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.ledger import pages

METER = b"m" * 16
CONTEXT = pages.KeyContext(b"g" * 32, METER, 0)
ROOT = bytes(range(32))
NONCE = b"n" * 24


@st.composite
def channel_hours(draw: st.DrawFn) -> ChannelHour:
    statuses = draw(st.tuples(*[st.sampled_from(IntervalStatus)] * 4))
    amounts = draw(st.tuples(*[st.integers(0, 2**24 - 1)] * 4))
    kept = tuple(0 if s is IntervalStatus.MISSING else a for a, s in zip(amounts, statuses, strict=True))
    return ChannelHour(draw(st.integers(0, 2**48 - 1)), kept, statuses)


@given(
    st.lists(channel_hours(), min_size=1, max_size=5), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)
)
def test_what_is_sealed_opens(hours: list[ChannelHour], number: int, hour: int) -> None:
    ring = pages.KeyRing(ROOT, CONTEXT)
    page = pages.seal(ring, number, hour, hours, NONCE)
    assert len(page) == pages.page_size(len(hours))
    header = pages.parse_header(page)
    assert (header.meter, header.number, header.hour, header.epoch) == (METER, number, hour, 0)
    assert pages.open_page(ring, page) == tuple(hours)


def sample() -> bytes:
    hour = ChannelHour(5_000, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
    return pages.seal(pages.KeyRing(ROOT, CONTEXT), 7, 480_000, [hour, hour], NONCE)


def test_no_bit_can_be_flipped_unseen() -> None:
    page = sample()
    ring = pages.KeyRing(ROOT, CONTEXT)
    for i in range(len(page)):
        for bit in range(8):
            wrong = bytearray(page)
            wrong[i] ^= 1 << bit
            with pytest.raises(pages.PageError):
                pages.open_page(ring, bytes(wrong))


def test_sealed_for_others_is_not_altered() -> None:
    stranger = pages.KeyRing(b"x" * 32, CONTEXT)
    with pytest.raises(pages.PageSealed, match="page 7: names another day key"):
        pages.open_page(stranger, sample())
    later = pages.KeyRing(ROOT, pages.KeyContext(b"g" * 32, METER, 1))
    with pytest.raises(pages.PageSealed, match="tenancy 0"):
        pages.open_page(later, sample())
    other = pages.KeyRing(ROOT, pages.KeyContext(b"g" * 32, b"o" * 16, 0))
    with pytest.raises(pages.PageError, match="another meter"):
        pages.open_page(other, sample())


def test_a_ciphertext_altered_under_its_own_key_is_named_so() -> None:
    page = sample()
    wrong = page[:-1] + bytes((page[-1] ^ 1,))
    with pytest.raises(pages.PageAltered, match="page 7"):
        pages.open_page(pages.KeyRing(ROOT, CONTEXT), wrong)


@pytest.mark.parametrize("length", [0, 68, 69, 84, 104, 106, 124])
def test_lengths_that_are_no_page(length: int) -> None:
    with pytest.raises(pages.PageError):
        pages.parse_header(b"\x01" * length)


def test_keys_separate_days_months_meters_epochs_and_ledgers() -> None:
    rings = [
        pages.KeyRing(ROOT, pages.KeyContext(g, m, e))
        for g in (b"g" * 32, b"h" * 32)
        for m in (b"m" * 16, b"n" * 16)
        for e in (0, 1)
    ]
    keys = {ring.day(day)[0] for ring in rings for day in (0, 30, 31, 20_000)}
    assert len(keys) == len(rings) * 4
    assert len({pages.commitment_of(k) for k in keys}) == len(keys)


def test_an_hour_uses_the_key_of_its_utc_day() -> None:
    ring = pages.KeyRing(ROOT, CONTEXT)
    hour = ChannelHour(0, (0, 0, 0, 0), (IntervalStatus.OK,) * 4)
    last, first = (pages.parse_header(pages.seal(ring, 0, h, [hour], NONCE)) for h in (23, 24))
    assert last.commitment == ring.day(0)[1]
    assert first.commitment == ring.day(1)[1]


@pytest.mark.parametrize(
    "hour",
    [
        ChannelHour(2**48, (0, 0, 0, 0), (IntervalStatus.OK,) * 4),
        ChannelHour(-1, (0, 0, 0, 0), (IntervalStatus.OK,) * 4),
        ChannelHour(0, (2**24, 0, 0, 0), (IntervalStatus.OK,) * 4),
        ChannelHour(0, (5, 0, 0, 0), (IntervalStatus.MISSING,) * 4),
    ],
)
def test_what_has_no_place_in_a_body_is_refused(hour: ChannelHour) -> None:
    with pytest.raises(ValueError):
        pages.encode_body([hour])


def test_bodies_of_a_lying_meter_are_refused() -> None:
    unknown = bytes(6) + bytes(12) + b"\x50\x00"
    missing_with_amount = bytes(6) + b"\x00\x00\x05" + bytes(9) + b"\x20\x00"
    for body in (unknown, missing_with_amount, b"", bytes(19)):
        with pytest.raises(pages.PageError, match="page 9"):
            pages.decode_body(body, "page 9")

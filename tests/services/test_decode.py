"""From page bytes to rows: channels in their places, sealed pages as sealed, wrong ones reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.errors import UserError
from ohmstead.ledger import pages
from ohmstead.services.decode import decode_pages
from tests.ledger.test_pages import channel_hours

RING = pages.KeyRing(b"r" * 32, pages.KeyContext(b"g" * 32, b"m" * 16, 0))
OTHER = pages.KeyRing(b"x" * 32, pages.KeyContext(b"g" * 32, b"m" * 16, 0))
ALL = [Channel.IMPORT, Channel.EXPORT, Channel.GENERATION]


@given(st.lists(channel_hours(), min_size=3, max_size=3), st.integers(0, 1000))
@settings(max_examples=30)
def test_rows_are_the_pages_numbers(hours: list[ChannelHour], number: int) -> None:
    hour = 490_000 + number
    raw = pages.seal(RING, number, hour, hours, bytes(24))
    decoded = decode_pages([raw], RING, ALL)
    assert decoded.page_rows == ((number, hour, 0, True, raw),)
    assert decoded.failures == ()
    bought, sold, made = hours
    assert list(decoded.intervals) == [
        (
            hour * 4 + i, bought.amounts[i], sold.amounts[i], made.amounts[i],
            bought.statuses[i], sold.statuses[i], made.statuses[i], number,
        )
        for i in range(4)
    ]  # fmt: skip


def test_channels_that_a_meter_does_not_have() -> None:
    hour = ChannelHour(7, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
    raw = pages.seal(RING, 0, 490_000, [hour], bytes(24))
    (row, *_) = decode_pages([raw], RING, [Channel.IMPORT]).intervals
    assert row == (1_960_000, 1, 0, None, 0, 0, None, 0)
    both = pages.seal(RING, 0, 490_000, [hour, hour], bytes(24))
    (row, *_) = decode_pages([both], RING, [Channel.IMPORT, Channel.GENERATION]).intervals
    assert row == (1_960_000, 1, 0, 1, 0, 0, 0, 0)
    with pytest.raises(UserError, match="does not count electricity"):
        decode_pages([raw], RING, [Channel.WATER])


def test_sealed_and_wrong_pages_are_rows_without_readings() -> None:
    hour = ChannelHour(7, (1, 2, 3, 4), (IntervalStatus.OK,) * 4)
    good, foreign = (
        pages.seal(r, n, 490_000 + n, [hour] * 3, bytes(24)) for n, r in enumerate((RING, OTHER))
    )
    wrong = good[:-1] + bytes((good[-1] ^ 1,))
    decoded = decode_pages([good, foreign, wrong], RING, ALL)
    assert [row[3] for row in decoded.page_rows] == [True, False, False]
    assert len(decoded.intervals) == 4
    assert [type(f) for f in decoded.failures] == [pages.PageAltered]
    nothing = decode_pages([good, foreign], None, ALL)
    assert ([row[3] for row in nothing.page_rows], nothing.intervals) == ([False, False], ())


@given(st.lists(channel_hours(), min_size=5, max_size=5), st.integers(0, 1000))
@settings(max_examples=30)
def test_what_is_counted_beside_electricity_keeps_its_channel(hours: list[ChannelHour], number: int) -> None:
    channels = [Channel.WATER, Channel.IMPORT, Channel.GAS, Channel.EXPORT, Channel.DATA]
    hour = 490_000 + number
    decoded = decode_pages([pages.seal(RING, number, hour, hours, bytes(24))], RING, channels)
    expected = [
        (int(channel), hour * 4 + i, counted.amounts[i], int(counted.statuses[i]), number)
        for channel, counted in sorted(zip(channels, hours, strict=True))
        if channel not in (Channel.IMPORT, Channel.EXPORT)
        for i in range(4)
    ]
    assert list(decoded.utilities) == expected
    assert len(decoded.intervals) == 4

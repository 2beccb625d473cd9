"""Epochs are calendar months; contexts separate everything that a proof must not be moved across."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError
from ohmstead.neighbours.rounds import Round, RoundMalformed, bin_bits, days_of, epoch_of
from ohmstead.neighbours.slots import capped, slot_count, slots_of, value_of

GENESIS, METER = bytes(range(32)), bytes(range(16))


@given(st.integers(0, 400 * 366))
def test_epochs_follow_the_calendar(day: int) -> None:
    there = date(1970, 1, 1) + timedelta(day)
    epoch = 12 * (there.year - 1970) + there.month - 1
    assert epoch_of(day) == epoch
    days = days_of(epoch)
    assert day in days
    assert days[0] == (there.replace(day=1) - date(1970, 1, 1)).days
    assert epoch_of(days[-1]) == epoch
    assert epoch_of(days.stop) == epoch + 1


@pytest.mark.parametrize(("year", "days"), [(1972, 29), (2000, 29), (2026, 28), (2028, 29), (2100, 28)])
def test_februaries(year: int, days: int) -> None:
    assert len(days_of(12 * (year - 1970) + 1)) == days


def test_contexts_and_hash_fields_differ_in_every_part() -> None:
    other = bytes(32)
    rounds = [
        Round.of_day(GENESIS, "north", 20_600), Round.of_day(other, "north", 20_600),
        Round.of_day(GENESIS, "south", 20_600), Round.of_day(GENESIS, "north", 20_601),
        Round.of_day(GENESIS, "north", 20_605), Round(GENESIS, "north", 676, None),
        Round(GENESIS, "north", 677, None), Round(other, "north", 676, None), Round(GENESIS, "south", 676, None),
    ]  # fmt: skip
    contexts = [r.context(METER) for r in rounds] + [rounds[0].context(bytes(16))]
    assert all(a != b for a, b in combinations(contexts, 2))
    assert all(a != b for a, b in combinations([r.hash_fields() for r in rounds], 2))


@pytest.mark.parametrize(
    ("genesis", "cohort", "epoch", "day"),
    [
        (b"", "north", 676, 20_600), (GENESIS, "North", 676, 20_600), (GENESIS, "", 676, 20_600),
        (GENESIS, "north", 675, 20_600), (GENESIS, "north", -1, None), (GENESIS, "north", 676, -1),
        (GENESIS, "north", 1 << 20, None), (GENESIS, "north", 676, 1 << 24),
    ],
)  # fmt: skip
def test_a_round_is_bounded(genesis: bytes, cohort: str, epoch: int, day: int | None) -> None:
    with pytest.raises(CodecError):
        Round(genesis, cohort, epoch, day)


def test_a_meter_is_an_id() -> None:
    with pytest.raises(CodecError, match="meter"):
        Round.of_day(GENESIS, "north", 20_600).context(b"short")


@pytest.mark.parametrize("s", [0, 10, 14, -1])
def test_other_bins_are_refused(s: int) -> None:
    with pytest.raises(RoundMalformed):
        bin_bits(s)


@given(st.integers(0, 200_000), st.sampled_from((11, 12, 13)))
def test_slots_hold_the_capped_value(wh: int, s: int) -> None:
    slots = slots_of(wh, s)
    assert len(slots) == slot_count(s) == 16 + s
    assert set(slots) <= {0, 1}
    assert sum(slots[:16]) == 1
    assert value_of(slots, s) == capped(wh, s) == min(wh, 16 * 2**s - 1)
    assert slots.index(1) == capped(wh, s) >> s


def test_a_negative_import_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        slots_of(-1, 12)

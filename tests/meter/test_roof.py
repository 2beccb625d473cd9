"""The recorded home under a larger roof: what it uses stays, what goes out follows from it."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import Channel
from ohmstead.errors import UserError
from ohmstead.meter.sources.choose import demonstration, load_recording, outline_of, roof_of, source_of
from ohmstead.meter.sources.recorded import Recording

ROW = st.tuples(st.integers(0, 3000), st.integers(0, 2000))


def recording(rows: list[tuple[int, int]]) -> Recording:
    """Of what is used and what is made, gross."""
    amounts = {
        Channel.IMPORT: array("l", (max(0, used - made) for used, made in rows)),
        Channel.EXPORT: array("l", (max(0, made - used) for used, made in rows)),
        Channel.GENERATION: array("l", (made for _, made in rows)),
    }
    return Recording("somebody", "Australia/Sydney", 96_000, amounts, {})


@given(st.lists(ROW, min_size=1, max_size=50), st.integers(1, 10))
def test_use_stays_and_generation_is_multiplied(rows: list[tuple[int, int]], times: int) -> None:
    scaled = recording(rows).with_roof(times).amounts
    for i, (used, made) in enumerate(rows):
        taken, out, generated = (scaled[c][i] for c in (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION))
        assert generated == times * made
        assert taken + generated - out == used
        assert min(taken, out) == 0


def test_the_default_demonstration_says_what_was_done_to_it() -> None:
    plain, _ = load_recording("demo")
    scaled, _ = load_recording("demo:3")
    assert plain.amounts == demonstration().amounts
    assert "multiplied by 3" in scaled.credit
    assert "multiplied" not in plain.credit
    assert sum(scaled.amounts[Channel.GENERATION]) == 3 * sum(plain.amounts[Channel.GENERATION])
    assert 3_000_000 < sum(scaled.amounts[Channel.EXPORT]) < 4_000_000
    assert scaled.statuses == plain.statuses
    assert outline_of("demo:3").slots == outline_of("demo").slots
    assert source_of("demo:3", 0).credit == scaled.credit


@pytest.mark.parametrize("spec", ["demo:", "demo:0", "demo:11", "demo:x", "demo:-1", "demo:١"])
def test_other_sizes_are_refused(spec: str) -> None:
    with pytest.raises(UserError, match="no size of a roof"):
        load_recording(spec)


def test_a_recording_without_generation_has_no_roof() -> None:
    bare = Recording("somebody", "UTC", 0, {Channel.IMPORT: array("l", [1])}, {})
    with pytest.raises(UserError, match="no generation"):
        bare.with_roof(3)
    assert bare.with_roof(1) is bare
    assert roof_of("csv:home.csv") == roof_of("simulator:3") == 1

"""Validator keys on disk, and the clock that replays a past until it has caught up."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ohmstead.errors import UserError
from ohmstead.node.clock import EngineClock
from ohmstead.node.keys import load_or_make

SECOND = 10**9
HOUR = 3600 * SECOND


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    made = load_or_make(path)
    assert len({k.public for k in made}) == 4
    assert [k.public for k in load_or_make(path)] == [k.public for k in made]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("raw", [b"", b"\x80", b"\x83\x61a\x01\x80", b"nonsense"])
def test_another_kind_of_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "keys"
    path.write_bytes(raw)
    with pytest.raises(UserError, match="keys"):
        load_or_make(path)
    assert path.read_bytes() == raw


def test_a_replay_goes_hour_by_hour_and_never_past_what_is_asked() -> None:
    clock = EngineClock(lambda: 1000 * HOUR, 10 * HOUR, replay=True)
    assert clock.step(10 * HOUR + HOUR - 1) is None
    assert [clock.step(13 * HOUR) for _ in range(4)] == [11 * HOUR, 12 * HOUR, 13 * HOUR, None]
    assert clock.now_ns() == 13 * HOUR
    assert clock.replaying


def test_a_replay_that_reaches_the_wall_is_the_wall() -> None:
    wall = 12 * HOUR + 5
    clock = EngineClock(lambda: wall, 10 * HOUR, replay=True)
    steps = []
    while (at := clock.step(100 * HOUR)) is not None:
        steps.append(at)
    assert steps == [11 * HOUR, 12 * HOUR]
    assert not clock.replaying
    assert clock.now_ns() == wall


@pytest.mark.parametrize(("start", "replay"), [(10 * HOUR, False), (1000 * HOUR, True)])
def test_a_live_clock_cannot_be_stepped(start: int, replay: bool) -> None:
    clock = EngineClock(lambda: 1000 * HOUR, start, replay=replay)
    assert not clock.replaying
    assert clock.step(2000 * HOUR) is None
    assert clock.now_ns() == 1000 * HOUR


def test_where_a_market_begins_blocks_come_every_three_minutes() -> None:
    minute = HOUR // 60
    wall = 13 * HOUR + 12 * minute
    fine = 12 * HOUR + 30 * minute
    clock = EngineClock(lambda: wall, 10 * HOUR, replay=True, fine_from_s=fine // SECOND)
    steps = []
    while (at := clock.step(100 * HOUR)) is not None:
        steps.append(at)
    assert steps == [11 * HOUR, 12 * HOUR, *(fine + n * 3 * minute for n in range(14))]
    assert not clock.replaying
    assert wall - steps[-1] <= 3 * minute


def test_a_replay_taken_up_inside_its_market_goes_on_finely() -> None:
    minute = HOUR // 60
    clock = EngineClock(lambda: 20 * HOUR, 12 * HOUR, replay=True, fine_from_s=11 * 3600)
    assert clock.step(20 * HOUR) == 12 * HOUR + 3 * minute


def test_a_replay_taken_up_counts_in_whole_seconds_from_votes_a_few_microseconds_apart() -> None:
    """Else it would stop for ever just above each second that somebody, who knows seconds alone, asks for."""
    at = 12 * HOUR
    clock = EngineClock(lambda: 20 * HOUR, at + 3000, replay=True, fine_from_s=11 * 3600)
    assert clock.now_ns() == at
    assert clock.step(at + 180 * SECOND) == at + 180 * SECOND

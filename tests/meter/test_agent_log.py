"""What the agent's file and the meter's own log say: exact sums, versions that exist once."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.ledger import pages
from ohmstead.market.orders import Side
from ohmstead.meter.agent_history import MAX_RATING_W, OwnLog
from ohmstead.meter.agent_rows import AgentStore, Kind, Row, Stage, order_which
from ohmstead.meter.keeper import Keeper

CHANNELS = (Channel.IMPORT, Channel.EXPORT)
OK, GAP = IntervalStatus.OK, IntervalStatus.MISSING
METER = b"m" * 16
FIRST = 500_000


def row(slot: int, version: int = 1, kind: Kind = Kind.ORDER) -> Row:
    which = order_which(slot) if kind is Kind.ORDER else slot.to_bytes(16, "big")
    return Row(kind, which, version, b"c" * 32, b"i", b"o", b"s" * 32, slot, 1, slot - 1, 5)


def log_of(folder: Path, exports: list[tuple[int, IntervalStatus]], rating_w: int = MAX_RATING_W) -> OwnLog:
    """A log of whole hours whose export is this, slot by slot."""
    keeper = Keeper(folder / "log.sqlite", METER)
    ring = pages.KeyRing(b"r" * 32, pages.KeyContext(b"g" * 32, METER, 0))
    hours = []
    for h in range(len(exports) // 4):
        part = exports[4 * h : 4 * h + 4]
        wh = tuple(0 if status is GAP else amount for amount, status in part)
        statuses = tuple(status for _, status in part)
        hours.append((FIRST + h, (ChannelHour(0, (1, 2, 3, 4), (OK,) * 4), ChannelHour(0, wh, statuses))))
    if hours:
        keeper.seal(ring, hours)
    return OwnLog(keeper, ring, CHANNELS, rating_w)


SLOT = st.tuples(st.integers(0, 30_000), st.sampled_from(IntervalStatus))


@settings(max_examples=40, deadline=None)
@given(st.lists(SLOT, max_size=48), st.integers(0, 60), st.integers(1, 16))
def test_what_was_delivered_is_what_was_measured(
    tmp_path_factory: pytest.TempPathFactory, exports: list[tuple[int, IntervalStatus]], at: int, slots: int
) -> None:
    log = log_of(tmp_path_factory.mktemp("log"), exports)
    whole = len(exports) // 4 * 4
    first = 4 * FIRST + at
    if at + slots > -(-whole // 4) * 4 or not whole:
        assert log.delivered(first, slots) is None
    else:
        part = exports[at : at + slots]
        assert log.delivered(first, slots) == sum(wh for wh, status in part if status is OK)
    assert log.measured(Channel.EXPORT, 4 * FIRST - 1) is None
    assert log.measured(Channel.GAS, 4 * FIRST) is None
    assert log.may_sell(slots) == log.rated(slots) == 17_250 * slots
    log._keeper.close()


def test_the_best_hour_of_four_weeks(tmp_path: Path) -> None:
    hours = 28 * 24
    exports = [(10, OK)] * (4 * hours)
    exports[40:44] = [(100, OK), (200, OK), (300, OK), (401, OK)]
    exports[80:84] = [(9000, IntervalStatus.ESTIMATED)] * 4  # an estimate is no measurement
    log = log_of(tmp_path, exports[:-4])
    assert log.may_sell() == 17_250  # an hour less than 28 days
    ring, keeper = log._ring, log._keeper
    keeper.seal(ring, [(FIRST + hours - 1, (ChannelHour(0, (1, 1, 1, 1), (OK,) * 4),) * 2)])
    assert log.may_sell() == 3 * 1001 // 2
    assert log.may_sell(4) == 4 * (3 * 1001 // 2)
    # Ten hours on, that hour is more than 28 days ago.
    more = [(FIRST + hours + h, (ChannelHour(0, (1, 1, 1, 1), (OK,) * 4),) * 2) for h in range(11)]
    keeper.seal(ring, more)
    assert log.may_sell() == 60
    small = OwnLog(keeper, ring, CHANNELS, 100)
    assert small.may_sell() == 25
    assert OwnLog(keeper, ring, (Channel.IMPORT,), 100).may_sell() == 0
    for rating in (0, -1, MAX_RATING_W + 1):
        with pytest.raises(ValueError, match="rating"):
            OwnLog(keeper, ring, CHANNELS, rating)
    keeper.close()


def test_what_is_usual(tmp_path: Path) -> None:
    exports = [(0, OK)] * (4 * 24 * 8)
    for day, wh in enumerate((70, 10, 20, 30, 40, 50, 60, 71)):
        exports[96 * day + 5] = (wh, OK)
    exports[96 * 3 + 5] = (30, GAP)
    log = log_of(tmp_path, exports)
    slot = 4 * FIRST + 96 * 8 + 5
    assert (
        log.usual(Side.SELL, slot) == (10 + 20 + 40 + 50 + 60 + 71) // 6
    )  # seven days back, one of them a gap
    assert log.usual(Side.BUY, slot) == 2
    assert log.usual(Side.SELL, slot + 96 * 40) == 0
    log._keeper.close()


def test_a_version_exists_once_and_what_is_over_stays_so(tmp_path: Path) -> None:
    store = AgentStore(tmp_path / "agent.sqlite")
    store.add(row(7))
    with pytest.raises(sqlite3.IntegrityError):
        store.add(replace(row(7), opening=b"other"))
    # The version that could not be kept replaced nothing.
    (kept,) = store.open()
    assert kept == row(7)
    assert store.change(kept, stage=Stage.SENT, detail="x")
    store.add(row(7, 2))
    store.add(row(7, 3))
    assert [r.stage for r in store.versions(Kind.ORDER, order_which(7))] == [
        Stage.SENT, Stage.REPLACED, Stage.HELD,
    ]  # fmt: skip
    assert store.change(kept, stage=Stage.LATE, over=True)
    assert not store.change(kept, stage=Stage.SENT)
    assert not store.change(kept, over=False)
    found = store.find(Kind.ORDER, order_which(7), 1)
    assert found is not None
    assert (found.stage, found.over, found.detail) == (Stage.LATE, True, "x")
    for column in ("commitment", "opening", "version", "which"):
        with pytest.raises(ValueError, match="does not change"):
            store.change(kept, **{column: b""})
    store.add(row(3, kind=Kind.LOT))
    assert [r.first for r in store.since(4)] == [7, 7, 7]
    assert [r.first for r in store.open()] == [3, 7]
    store.forget(8)
    assert [(r.first, r.over) for r in store.since(0)] == [(3, False), (7, False)]
    store.keep_fact("a", b"1")
    store.keep_fact("a", b"2")
    assert store.fact("a") == b"2"
    store.keep_fact("a", None)
    assert store.fact("a") is None
    store.close()
    again = AgentStore(tmp_path / "agent.sqlite")
    assert [r.version for r in again.open()] == [1, 3]
    again.close()
    assert stat.S_IMODE((tmp_path / "agent.sqlite").stat().st_mode) == 0o600

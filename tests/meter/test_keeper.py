"""The meter's own log: killed at any write, it never shows one page number with two byte strings."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.meter.keeper import Keeper, KeeperError, load_identity
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.ledger import FIRST_HOUR

METER = b"m" * 16
RING = pages.KeyRing(b"r" * 32, pages.KeyContext(b"g" * 32, METER, 0))


def hours(first: int, count: int, amount: int = 5) -> list[tuple[int, tuple[ChannelHour, ...]]]:
    """Consecutive hours from ``FIRST_HOUR + first`` on."""
    channel = ChannelHour(1000, (amount, 0, 1, 2), (IntervalStatus.OK,) * 4)
    return [(FIRST_HOUR + n, (channel,)) for n in range(first, first + count)]


def opened(path: Path, cut: Cut | None = None) -> Keeper:
    """A keeper on a file, on a connection that may die."""
    keeper = Keeper(path, METER)
    if cut is not None:
        keeper._db.close()
        keeper._db = sqlite3.connect(path, isolation_level=None, factory=fragile(cut))
    return keeper


def test_what_was_sealed_is_there_after_a_restart(tmp_path: Path) -> None:
    keeper = opened(tmp_path / "log")
    first = keeper.seal(RING, hours(0, 3))
    second = keeper.seal(RING, hours(3, 2))
    keeper.keep_fact("view", b"one")
    keeper.keep_fact("view", b"two")
    keeper.close()
    again = opened(tmp_path / "log")
    assert (again.size, again.last_hour) == (5, FIRST_HOUR + 4)
    assert again.pages(0, 100) == first + second
    assert again.pages(2, 2) == [first[2], second[0]]
    assert again.tree.root() == root_of([leaf_hash(p) for p in first + second])
    assert (again.fact("view"), again.fact("none")) == (b"two", None)
    again.close()


def test_hours_follow_each_other_or_are_not_sealed(tmp_path: Path) -> None:
    keeper = opened(tmp_path / "log")
    keeper.seal(RING, hours(5, 2))
    for wrong in (hours(5, 1), hours(6, 1), hours(8, 1), hours(0, 1), [*hours(7, 1), *hours(9, 1)]):
        with pytest.raises(KeeperError):
            keeper.seal(RING, wrong)
    assert (keeper.size, keeper.tree.size, len(keeper.pages(0, 10))) == (2, 2, 2)
    assert keeper.seal(RING, []) == []
    keeper.seal(RING, hours(7, 1))
    assert keeper.size == 3
    keeper.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE page SET raw = (SELECT raw FROM page WHERE number = 0) WHERE number = 1",
        "UPDATE page SET hour = hour + 50 WHERE number = 1",
        "UPDATE page SET number = 7 WHERE number = 2",
        "DELETE FROM page WHERE number = 0",
        "UPDATE page SET raw = x'00' WHERE number = 1",
        "UPDATE page SET raw = zeroblob(129) WHERE number = 1",
    ],
)
def test_a_log_that_was_meddled_with_is_not_taken_up(tmp_path: Path, change: str) -> None:
    keeper = opened(tmp_path / "log")
    keeper.seal(RING, hours(0, 3))
    keeper._db.execute(change)
    keeper.close()
    with pytest.raises((KeeperError, pages.PageError)):
        opened(tmp_path / "log")


def test_another_meters_log_is_not_taken_up(tmp_path: Path) -> None:
    keeper = opened(tmp_path / "log")
    keeper.seal(RING, hours(0, 1))
    keeper.close()
    with pytest.raises(KeeperError):
        Keeper(tmp_path / "log", b"n" * 16)


def test_killed_at_every_write(tmp_path: Path) -> None:
    """The file as it lies opens, and holds a batch whole or not at all."""
    for n in range(12):
        cut = Cut()
        keeper = opened(tmp_path / f"log{n}", cut)
        old = keeper.seal(RING, hours(0, 4))
        cut.writes, cut.left = 0, n
        try:
            keeper.seal(RING, hours(4, 3))
            keeper.keep_fact("view", b"x")
            finished = True
        except PowerCut:
            finished = False
        lying = as_it_lies(tmp_path / f"log{n}", tmp_path / "lying" / f"log{n}")
        assert keeper.size in (4, 7)
        cut.left = None
        keeper.close()
        again = opened(lying)
        assert again.size in (4, 7)
        assert again.pages(0, 4) == old
        again.seal(RING, hours(again.size, 1))
        again.close()
        if finished:
            assert n >= 4
            return
    raise AssertionError("never finished")


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), min_size=1, max_size=8), st.integers(0, 1 << 30)
)
@settings(max_examples=25)
def test_no_number_is_ever_seen_with_two_byte_strings(
    tmp_path_factory: pytest.TempPathFactory, lives: list[tuple[int, int]], seed: int
) -> None:
    """Any course of batches and kills. What left the meter (was returned, or read) is what is there later."""
    folder, chance = tmp_path_factory.mktemp("lives"), random.Random(seed)
    seen: dict[int, bytes] = {}

    def see(first: int, found: list[bytes]) -> None:
        for number, raw in enumerate(found, first):
            assert seen.setdefault(number, raw) == raw, f"page {number} was seen with other bytes"

    path = folder / "log0"
    for life, (count, writes) in enumerate(lives, 1):
        cut = Cut()
        keeper = opened(path, cut)
        see(0, keeper.pages(0, 1000))
        cut.writes, cut.left = 0, writes
        try:
            for _ in range(3):
                first = keeper.size
                see(first, keeper.seal(RING, hours(first, count, amount=chance.randrange(1000))))
                see(0, keeper.pages(0, 1000))
        except PowerCut:
            pass
        path = as_it_lies(path, folder / f"log{life}")
        cut.left = None
        keeper.close()
    last = opened(path)
    see(0, last.pages(0, 1000))
    assert last.size >= len(seen)
    assert last.pages(0, 1000) == [seen[n] for n in range(last.size)]
    last.close()


def test_an_identity_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "identity"
    made = load_identity(path)
    again = load_identity(path)
    assert (again.static_secret, again.epoch_root, again.pairing_secret, again.discriminator) == (
        made.static_secret, made.epoch_root, made.pairing_secret, made.discriminator,
    )  # fmt: skip
    assert again.key.public == made.key.public
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.discriminator < 1 << 12
    assert load_identity(tmp_path / "other").meter != made.meter
    path.write_bytes(b"short")
    with pytest.raises(KeeperError):
        load_identity(path)

"""Is the kept history the proven one: yes, or which page it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.services import mirroring
from ohmstead.services.checking import HistoryCheck, check_history, no_keys
from ohmstead.store.history import History
from tests.helpers.homes import Street, street


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 8, 8, 1, 1) as made:
        yield made.synced()


def check(here: Street, *, keys: bool = True) -> HistoryCheck:
    with History.open(here.home.path) as history:
        trust = mirroring.read_trust(history.mirror, here.ledger.wall_ns())
        assert trust is not None
        return check_history(history.mirror, trust, (lambda _e: here.home.root) if keys else no_keys)


def named(here: Street, *, keys: bool = True) -> str:
    """What a check says is not what was proven."""
    failure = check(here, keys=keys).failure
    assert failure is not None
    return failure.subject


def change(here: Street, page: int, at: int) -> None:
    db = here.home.mirror._db
    (raw,) = db.execute("SELECT raw FROM page WHERE number = ?", (page,)).fetchone()
    changed = bytearray(raw)
    changed[at] ^= 1
    db.execute("UPDATE page SET raw = ? WHERE number = ?", (bytes(changed), page))


def test_an_untouched_history_is_whole(here: Street) -> None:
    for keys in (True, False):
        found = check(here, keys=keys)
        assert (found.pages, found.proven, found.failure, found.whole) == (18, 18, None, True)
        assert found.took_ns > 0


@pytest.mark.parametrize("page", [0, 7, 8, 15, 16, 17])
def test_an_altered_page_is_named(here: Street, page: int) -> None:
    change(here, page, -1)
    found = check(here)
    assert found.failure is not None
    assert (found.failure.subject, found.whole) == (f"page {page}", False)


def test_without_keys_the_batch_is_named_and_a_batch_of_one_is_the_page(here: Street) -> None:
    change(here, 17, -1)
    assert named(here, keys=False) == "page 17"
    change(here, 10, -1)
    assert named(here, keys=False) == "pages 8 to 15"


def test_a_header_that_was_changed_is_named_without_keys(here: Street) -> None:
    change(here, 12, 20)  # a byte of the page's number
    assert named(here, keys=False) == "page 12"


def test_two_pages_that_changed_places(here: Street) -> None:
    db = here.home.mirror._db
    raws = dict(db.execute("SELECT number, raw FROM page WHERE number IN (9, 11)").fetchall())
    db.execute("UPDATE page SET raw = ? WHERE number = 9", (raws[11],))
    db.execute("UPDATE page SET raw = ? WHERE number = 11", (raws[9],))
    assert named(here) == "page 9"


def test_while_it_is_filling_nothing_is_compared(tmp_path: Path) -> None:
    with street(tmp_path, 20) as here:
        here.head_only()
        found = check(here)
        assert (found.pages, found.proven, found.failure, found.whole) == (0, 20, None, False)

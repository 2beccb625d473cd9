"""A mirror opened to look at its evidence: one state, and nothing can be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.errors import ExternalError
from ohmstead.store.history import History
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FIRST_HOUR


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 6) as made:
        yield made.synced()


def test_it_reads_what_the_writer_wrote(here: Street) -> None:
    with History.open(here.home.path) as history:
        assert history.mirror.pages(here.meter.id, 0, 6) == here.home.mirror.pages(here.meter.id, 0, 6)
        assert history.first_page(here.meter.id) == (0, FIRST_HOUR)
        assert history.hours(here.meter.id) == list(range(FIRST_HOUR, FIRST_HOUR + 6))
        assert history.missing_slots(here.meter.id) == [FIRST_HOUR * 4 + 5]
        rows = here.home.mirror.intervals(here.meter.id)
        assert history.interval(here.meter.id, FIRST_HOUR * 4 + 7) == rows[7]
        assert history.interval(here.meter.id, FIRST_HOUR * 4 - 1) is None


def test_it_writes_nothing(here: Street) -> None:
    with History.open(here.home.path) as history:
        with pytest.raises(ExternalError):
            history.mirror.set_meta("name", b"x")
        with pytest.raises(ExternalError):
            history.mirror.add_finding("a", "b", "c", b"", 0)
    assert here.home.mirror.meta("name") is None
    assert here.home.mirror.findings() == []


def test_it_sees_one_state_while_the_writer_goes_on(here: Street) -> None:
    with History.open(here.home.path) as history:
        assert history.mirror.findings() == []
        here.home.mirror.add_finding("TileError", "pages 0 to 9", "x", b"", 0)
        assert history.mirror.findings() == []
    with History.open(here.home.path) as history:
        assert len(history.mirror.findings()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExternalError), History.open(tmp_path / "none.sqlite"):
        pass


def test_a_mirror_without_pages(tmp_path: Path) -> None:
    with street(tmp_path, 3) as here:
        here.head_only()
        with History.open(here.home.path) as history:
            assert history.first_page(here.meter.id) is None
            assert history.hours(here.meter.id) == []

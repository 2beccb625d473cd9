"""Lies about when the history was recorded: each refused, none kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ohmstead.core.codec import Value, as_list
from ohmstead.core.errors import VerificationError
from ohmstead.link.messages import Method
from ohmstead.services.sync import AnchorsWrong
from ohmstead.services.verify import PagesDiffer, check_mirror
from tests.helpers.forge import when
from tests.helpers.home import Direct, dump
from tests.helpers.homes import Street, street


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    """All pages are mirrored, the anchors are still to come."""
    with street(tmp_path, 3, 4, 5, 6) as made:
        with pytest.raises(AnchorsWrong, match="0 of 4 came"):
            made.home.sync(Direct(made.meter, when(Method.ANCHORS, lambda _: [])))
        yield made


def changed(here: Street, change: Callable[[list[int]], list[int]]) -> Direct:
    """The flat differences (size, height, time; four of each) are changed."""

    def lie(answers: list[Value]) -> list[Value]:
        first, flat = as_list(answers[0], "anchors", 2)
        return [[first, list(change([n for n in as_list(flat, "flat") if isinstance(n, int)]))]]

    return Direct(here.meter, when(Method.ANCHORS, lie))


def test_honesty_is_believed(here: Street) -> None:
    here.home.sync(changed(here, lambda flat: flat))
    kept = [(a.index, a.size) for a in here.home.mirror.anchors(here.meter.id)]
    assert kept == [(0, 3), (1, 7), (2, 12), (3, 18)]
    report = check_mirror(here.home.path, here.home.root, here.ledger.wall_ns())
    assert (report.anchors, report.failures) == (4, ())


@pytest.mark.parametrize("place", range(12))
@pytest.mark.parametrize("by", [1, -1, 1 << 40])
def test_no_number_can_be_altered(here: Street, place: int, by: int) -> None:
    def change(flat: list[int]) -> list[int]:
        flat[place] = max(0, flat[place] + by)
        return flat

    before = dump(here.home.mirror)
    with pytest.raises(AnchorsWrong) as caught:
        here.home.sync(changed(here, change))
    assert caught.value.subject.startswith("anchor")
    assert dump(here.home.mirror) == before
    assert "AnchorsWrong" in {f.kind for f in here.home.mirror.findings()}


@pytest.mark.parametrize(
    "answer",
    [
        [[1, [3, 1, 1]]],
        [[0, [3, 1]]],
        [[0, b"x"]],
        [5],
        [[0, [3, 1, 1]], [0, [3, 1, 1]]],
        [[0, [-1, 1, 1]]],
        [[0, [0, 1, 1] * 4]],
    ],
    ids=str,
)
def test_answers_of_another_shape(here: Street, answer: list[Value]) -> None:
    before = dump(here.home.mirror)
    with pytest.raises(AnchorsWrong):
        here.home.sync(Direct(here.meter, when(Method.ANCHORS, lambda _: answer)))
    assert dump(here.home.mirror) == before


def test_a_meter_that_sends_nothing_for_ever_is_not_listened_to(here: Street) -> None:
    """Items that bring no anchor would keep a sync busy without end."""
    direct = Direct(here.meter, when(Method.ANCHORS, lambda _: [[0, []]] * 1000))
    before = direct.answers
    error = here.home.refused(direct, AnchorsWrong, "anchors")
    assert "without any" in str(error)
    assert direct.answers - before <= 3


def test_more_anchors_than_there_are_change_nothing(here: Street) -> None:
    here.home.sync(changed(here, lambda flat: [*flat, 1, 1, 1]))
    assert len(here.home.mirror.anchors(here.meter.id)) == 4


def test_anchors_altered_in_the_file_are_found(here: Street) -> None:
    here.synced()
    db = here.home.mirror._db
    for column, value in (("time_s", 5), ("height", 5), ("size", 4), ("root", bytes(32))):
        (old,) = db.execute(f'SELECT {column} FROM anchor WHERE "index" = 1').fetchone()
        db.execute(f'UPDATE anchor SET {column} = ? WHERE "index" = 1', (value,))
        report = check_mirror(here.home.path, here.home.root, here.ledger.wall_ns())
        (failure,) = report.failures
        assert isinstance(failure, PagesDiffer)
        assert failure.subject.startswith("anchor"), failure
        db.execute(f'UPDATE anchor SET {column} = ? WHERE "index" = 1', (old,))
    for raised in here.home.mirror.findings():
        assert issubclass(AnchorsWrong, VerificationError)
        assert raised.kind == "AnchorsWrong"

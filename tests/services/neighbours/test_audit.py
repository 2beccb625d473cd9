"""The full audit of a day: every statement verified, and nothing kept of one that did not come to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from ohmstead.core.codec import Value, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.link.errors import LinkLost
from ohmstead.link.messages import Method
from ohmstead.services.neighbour_states import (
    AuditProgress,
    Finding,
    NeighbourReason,
    NeighbourState,
)
from ohmstead.services.neighbours.check import AuditFailed
from ohmstead.services.neighbours.watch import Declined
from tests.helpers.home import Lie
from tests.services.neighbours.lies import about, of_round
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App, Town
from tests.services.neighbours.seen import assert_right, standings


def audited(app: App, day: int = DAY) -> bool:
    found = app.round(day)
    assert found is not None
    return found.audited


def progress(app: App) -> list[tuple[int, int]]:
    return [(p.done, p.of) for p in app.posted if isinstance(p, AuditProgress)]


async def test_a_good_day(app: App) -> None:
    async with app.linked() as desk:
        await desk.audit(HOUSES.id, DAY)
        assert audited(app)
        assert not audited(app, DAY + 1)
    assert progress(app) == [(8, 16), (16, 16)]
    assert all(p.day == DAY and p.cohort == HOUSES.id for p in app.posted if isinstance(p, AuditProgress))
    assert isinstance(app.posted[-1], NeighbourState)
    assert_right(app)
    assert audited(app)
    await app.again()
    assert audited(app)


# ---- statements that are not those of the day -------------------------------------------------------

Statements = list[bytes]


def flipped(leaf: bytes, at: int) -> bytes:
    meter, message = cast("tuple[bytes, bytes]", tuple(cast("list[Value]", decode(leaf))))
    return encode([meter, message[:at] + bytes((message[at] ^ 1,)) + message[at + 1 :]])


def renamed(leaf: bytes) -> bytes:
    _, message = cast("list[Value]", decode(leaf))
    return encode([b"\x07" * 16, message])


def swapped(a: Statements) -> Statements:
    """Two homes' messages under each other's names: the same sums."""
    (m0, x0), (m1, x1) = (cast("list[Value]", decode(leaf)) for leaf in a[:2])
    return [encode([m0, x1]), encode([m1, x0]), *a[2:]]


FALSE: dict[str, Callable[[Statements], Statements]] = {
    "the first one's proof": lambda a: [flipped(a[0], -1), *a[1:]],
    "the last one's ciphertext": lambda a: [*a[:-1], flipped(a[-1], 40)],
    "its challenge": lambda a: [a[0], flipped(a[1], 1800), *a[2:]],
    "missing": lambda a: a[:-1],
    "the first missing": lambda a: a[1:],
    "none": lambda a: [],
    "twice": lambda a: [*a[:-1], a[0]],
    "one more": lambda a: [*a, a[0]],
    "of another meter": lambda a: [*a[:-1], renamed(a[-1])],
    "swapped": swapped,
    "reordered": lambda a: [a[1], a[0], *a[2:]],
    "cut": lambda a: [a[0][:-1], *a[1:]],
    "no statement": lambda a: [b"", *a[1:]],
    "no list": lambda a: [encode(7), *a[1:]],
    "no meter": lambda a: [encode([b"", b""]), *a[1:]],
}


async def test_statements_that_are_not_the_days(app: App) -> None:
    for name, change in FALSE.items():
        lie: Lie = about(Method.ROUND, cast("Callable[[list[Value]], list[Value]]", change), of_round(DAY))
        async with app.linked(lie) as desk:
            with pytest.raises(VerificationError):
                await desk.audit(HOUSES.id, DAY)
        assert not audited(app), name
        (alarm,) = app.state.alarms
        assert (alarm.finding, alarm.cohort, alarm.epoch, alarm.day) == (
            Finding.AUDIT, HOUSES.id, EPOCH, DAY
        ), name  # fmt: skip
        assert alarm.words
    await app.look()
    assert [a.finding for a in app.state.alarms] == [Finding.AUDIT], "only an audit takes it back"
    async with app.linked() as desk:
        await desk.audit(HOUSES.id, DAY)
    assert_right(app)
    assert audited(app)


async def test_statements_of_another_day(app: App, two_days: Town) -> None:
    """Each well proven, for its own day: a replay."""
    others: list[Value] = []
    async with app.linked() as desk:
        assert desk._link is not None
        async for leaf in desk._link.channel.stream(Method.ROUND, [HOUSES.id, EPOCH, DAY + 1]):
            others.append(leaf)
    for change in (lambda a: others, lambda a: [*a[:-1], others[-1]]):
        async with app.linked(about(Method.ROUND, change, of_round(DAY))) as desk:
            with pytest.raises(VerificationError):
                await desk.audit(HOUSES.id, DAY)
        assert not audited(app)
    assert len(others) == len(two_days.bench.street.homes) + 1


async def test_a_false_audit_takes_the_mark_back(app: App) -> None:
    async with app.linked() as desk:
        await desk.audit(HOUSES.id, DAY)
    async with app.linked(about(Method.ROUND, lambda a: a[:-1], of_round(DAY))) as desk:
        with pytest.raises(AuditFailed, match="15 of 16"):
            await desk.audit(HOUSES.id, DAY)
    assert not audited(app)
    assert [a.finding for a in app.state.alarms] == [Finding.AUDIT]


# ---- ended before its end ---------------------------------------------------------------------------


async def test_a_stop_in_the_middle_keeps_nothing(app: App) -> None:
    async with app.linked() as desk:
        before = app.state
        posted = desk._post

        def stop(what: NeighbourState | AuditProgress) -> None:
            posted(what)
            if isinstance(what, AuditProgress) and what.done == 8:
                desk.stop_audit()
                desk.stop_audit()

        desk._post = stop
        with pytest.raises(Declined) as caught:
            await desk.audit(HOUSES.id, DAY)
        assert caught.value.reason is NeighbourReason.STOPPED
        assert progress(app) == [(8, 16)]
        assert app.state == before
        assert not any(row.audited for row in desk.store.rounds(HOUSES.id))
        desk._post = posted
        await desk.audit(HOUSES.id, DAY)
        assert audited(app)
    desk.stop_audit()
    assert_right(app)


async def test_a_stop_that_comes_when_all_is_verified_changes_nothing(app: App) -> None:
    """What is being kept is kept: the answer is the audit's, not "stopped"."""
    async with app.linked() as desk:
        posted = desk._post

        def stop(what: NeighbourState | AuditProgress) -> None:
            posted(what)
            if isinstance(what, NeighbourState):
                desk.stop_audit()

        desk._post = stop
        await desk.audit(HOUSES.id, DAY)
    assert audited(app)


async def test_one_at_a_time(app: App) -> None:
    async with app.linked() as desk:
        first = asyncio.create_task(desk.audit(HOUSES.id, DAY))
        await asyncio.sleep(0)
        with pytest.raises(Declined) as caught:
            await desk.audit(HOUSES.id, DAY + 1)
        assert caught.value.reason is NeighbourReason.BUSY
        await first
        await desk.audit(HOUSES.id, DAY + 1)
    assert audited(app)
    assert audited(app, DAY + 1)


async def test_cancelled_from_outside_it_ends_as_cancelled(app: App) -> None:
    async with app.linked() as desk:
        task = asyncio.create_task(desk.audit(HOUSES.id, DAY))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not audited(app)
        await desk.audit(HOUSES.id, DAY)
    assert audited(app)


async def test_a_link_lost_in_the_middle_is_no_finding(app: App) -> None:
    await app.look()
    for cut in (0, 1, 5, 15):
        async with app.linked(look=False, cut=cut) as desk:
            with pytest.raises(LinkLost):
                await desk.audit(HOUSES.id, DAY)
        assert not any(row.audited for row in desk.store.rounds(HOUSES.id))
        assert desk.store.alarms() == []
    await app.look()
    assert_right(app)


async def test_an_audited_day_is_checked_no_less(app: App) -> None:
    """The mark is of this day's record: an altered one beside it is not shown at all."""
    async with app.linked() as desk:
        await desk.audit(HOUSES.id, DAY)
    app.desk.store._db.execute("UPDATE round SET record = x'80' WHERE \"index\" = 1")
    state = await app.again()
    assert DAY not in standings(state)

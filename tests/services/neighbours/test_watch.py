"""Looking again and again beside a link; which rounds are looked at next; what is read back is never believed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ohmstead.contract.overlay import NBR
from ohmstead.core.codec import CodecError, Value, as_list, decode, encode
from ohmstead.ledger.slice import SliceError
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost, RefusalCode
from ohmstead.link.messages import Method
from ohmstead.neighbours.records import RoundLeaf
from ohmstead.services.neighbour_states import AuditProgress, Finding, NeighbourState
from ohmstead.services.neighbours import watch
from ohmstead.services.neighbours.check import Ledger
from ohmstead.services.neighbours.due import Due, OwnName
from ohmstead.services.neighbours.follow import MeterSays
from ohmstead.services.neighbours.keeping import KeptFacts, features_in, view_in, wish_in
from ohmstead.services.neighbours.values import view_of
from ohmstead.store.neighbours import EQUAL, NOT_YET, WRONG, AlarmRow, OwnRow, RoundRow
from tests.helpers.home import Lie, honest
from tests.services.neighbours.lies import about, refusing
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App
from tests.services.neighbours.seen import assert_right

# ---- beside a link -----------------------------------------------------------------------------------


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(2000):
        if is_so():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("it never became so")


@asynccontextmanager
async def beside(app: App, lie: Lie = honest, role: Role = Role.OWNER) -> AsyncIterator[asyncio.Task[None]]:
    """A link with the desk looking beside it for as long as the block lasts."""
    link, trust = await app.link(lie, role=role)
    task = asyncio.create_task(app.desk.beside(link, lambda: trust, owner=role is Role.OWNER))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, LinkLost):
            await task
        assert app.desk._link is None


async def test_it_looks_at_once_and_when_it_is_kicked(app: App) -> None:
    async with beside(app):
        await until(lambda: app.state.complete)
        assert app.channel is not None
        before = len(app.channel.asked)
        app.desk.kick()
        await until(lambda: len(app.channel.asked) > before)
    assert_right(app)


async def test_lies_are_told_and_waited_out(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.005)
    async with beside(app, about(Method.NBR, lambda _a: [7])) as task:
        await until(lambda: len(app.refused) > 2)
        assert not task.done()
        assert app.state == NeighbourState()
        assert app.channel is not None
        app.channel.lie = honest
        await until(lambda: app.state.complete)
    assert all(isinstance(error, SliceError) for error in app.refused)
    assert_right(app)


async def test_a_finding_goes_beside_the_same_link_too(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.005)
    async with beside(app, about(Method.BOOK, lambda a: [a[0], [b"x", b""]])):
        await until(lambda: len(app.state.alarms) == 3)
        assert app.channel is not None
        app.channel.lie = honest
        await until(lambda: app.state.complete)
    assert_right(app)


@pytest.mark.parametrize("code", [RefusalCode.BUSY, RefusalCode.FAILED, RefusalCode.NOT_FOUND])
async def test_a_refusal_is_waited_out(app: App, monkeypatch: pytest.MonkeyPatch, code: RefusalCode) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.005)
    async with beside(app, refusing(Method.NBR, code=code)) as task:
        for _ in range(20):
            await asyncio.sleep(0.002)
        assert not task.done()
        assert app.channel is not None
        app.channel.lie = honest
        await until(lambda: app.state.complete)


async def test_a_meter_that_takes_no_part_is_left_alone(app: App) -> None:
    async with beside(app, refusing(Method.NBR, code=RefusalCode.UNSUPPORTED)) as task:
        await until(task.done)
    assert app.state.rules is not None
    assert (app.state.known, app.state.can_act, app.state.rounds) == (False, False, ())


async def test_a_lost_link_ends_it_and_what_was_shown_stays(app: App) -> None:
    await app.look()
    before = app.state
    link, trust = await app.link(cut=2)
    with pytest.raises(LinkLost):
        await app.desk.beside(link, lambda: trust, owner=True)
    assert app.desk._link is None
    assert app.state == before


async def test_no_state_that_is_posted_on_the_way_holds_what_is_not_checked(app: App) -> None:
    """Whatever the window draws of the states in between was right already."""
    await app.look()
    whole = app.state
    posted = [s for s in app.posted if not isinstance(s, AuditProgress)]
    assert len(posted) > 1
    for state in posted:
        assert set(state.rounds) <= set(whole.rounds)
        assert state.alarms == ()
        assert {(r.day, r.included) for r in state.own if r.included} <= {
            (r.day, r.included) for r in whole.own
        }


# ---- which rounds are next ---------------------------------------------------------------------------


def leaf(day: int, n: int = 0) -> bytes:
    return RoundLeaf(HOUSES.id, EPOCH, day, bytes(31) + bytes((n,))).to_bytes()


def row(index: int, checked: str = NOT_YET, day: int | None = None) -> RoundRow:
    return RoundRow(HOUSES.id, index, leaf(DAY + index if day is None else day), None, checked, False)


def alarm(day: int, finding: Finding) -> AlarmRow:
    return AlarmRow(1, finding.value, HOUSES.id, EPOCH, day, "words")


def chosen(
    due: Due, rows: list[RoundRow], own: dict[OwnName, OwnRow] | None = None, *alarms: AlarmRow
) -> list[int]:
    return [r.index for r in sorted(due.choose(rows, own or {}, alarms), key=due.order)]


def test_the_newest_first_then_the_least_tried() -> None:
    due, rows = Due(), [row(0), row(1), row(2, WRONG), row(3)]
    assert chosen(due, rows) == [3, 1, 0]
    due.note(rows[3], wrong=False)
    assert chosen(due, rows) == [1, 0, 3]
    assert due.tried(rows[3])
    due.clear()
    assert chosen(due, rows) == [3, 1, 0]


def test_what_was_found_wrong_waits_longer_each_time_and_for_five_minutes_at_most() -> None:
    due, rows, at = Due(), [row(0)], []
    for look in range(200):
        due.begin()
        if chosen(due, rows):
            at.append(look)
            due.note(rows[0], wrong=True)
    gaps = [b - a for a, b in pairwise(at)]
    assert gaps[:7] == [1, 2, 4, 8, 16, 32, 32]
    assert set(gaps[6:]) == {32}


def test_wrong_by_the_ledger_is_never_asked_again_wrong_by_a_meter_is() -> None:
    due, rows = Due(), [row(0, WRONG), row(1, WRONG), row(2, WRONG)]
    own = {(HOUSES.id, False, DAY + i): OwnRow(False, DAY + i, HOUSES.id, 2) for i in range(3)}
    alarms = (
        alarm(DAY, Finding.RECORD), alarm(DAY + 1, Finding.LEFT_OUT), alarm(DAY + 2, Finding.ALTERED),
        alarm(DAY + 70, Finding.LEFT_OUT),
    )  # fmt: skip
    assert chosen(due, rows, own, *alarms) == [2, 1]
    assert chosen(due, rows, {}, *alarms) == [], "a viewer has nothing to check again"
    assert due.ask(rows, alarms) == {(HOUSES.id, False, DAY + 1), (HOUSES.id, False, DAY + 2)}


def test_leaves_that_are_none_are_checked_once() -> None:
    rows = [replace(row(0), leaf=b""), replace(row(1, WRONG), leaf=b"\x80"), replace(row(2), leaf=b"x" * 512)]
    assert chosen(Due(), rows, {}, alarm(0, Finding.LEFT_OUT)) == [2, 0]


# ---- what is read back -------------------------------------------------------------------------------

VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 1 << 40) | st.binary(max_size=40) | st.just(HOUSES.id),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=16,
)
BYTES = st.binary(max_size=80) | VALUES.map(encode)


@given(VALUES)
def test_any_word_of_a_meter_is_read_or_refused_by_name(value: Value) -> None:
    with suppress(SliceError):
        assert len(MeterSays(value).rows) <= 1000


@given(BYTES)
def test_any_bytes_of_the_file_are_read_or_passed_over(raw: bytes) -> None:
    wish_in(raw)
    found = features_in(raw)
    with suppress(CodecError):
        assert found is None or encode(found.to_value()) == raw


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(raw=BYTES, keys=st.dictionaries(st.text(max_size=6).map("keys/".__add__), BYTES, max_size=3))
async def test_any_kept_view_is_verified_or_none(app: App, raw: bytes, keys: dict[str, bytes]) -> None:
    if app.home.home.trust is None:
        await app.look()
    trust, street = app.home.home.trust, app.bench.street
    assert trust is not None
    ledger, wall_ns = Ledger(street.hash, street.params), street.ledger.wall_ns()
    kept = KeptFacts.of(app.desk.store)
    assert view_in(replace(kept, view=raw), trust, ledger, wall_ns) is None
    found = view_in(replace(kept, keys={**kept.keys, **keys}), trust, ledger, wall_ns)
    assert found is not None
    assert set(found.guardians) == {EPOCH, EPOCH + 1}


def test_a_right_round_stays_right_until_its_record_is_gone() -> None:
    """And is checked again once an own statement that must be in it is known."""
    kept = row(0, EQUAL)
    assert chosen(Due(), [kept]) == [0], "its record is not here"


@pytest.mark.parametrize(
    ("at", "closed"), [(0, DAY + 6), (0, (1 << 24) - 1), (1, EPOCH + 1), (1, (1 << 20) - 1)]
)
async def test_rounds_closed_before_they_are_over_are_refused(app: App, at: int, closed: int) -> None:
    """However a ledger came to say so. Nor does it make this computer count to the end of time."""
    await app.look()
    now = app.desk._now
    assert now is not None
    assert now.view is not None
    params, proven, trust = now.ledger.params, now.view.proven, now.trust
    assert trust.zone is not None
    key = (NBR, b"next/" + HOUSES.id.encode())
    raw = proven.values[key]
    assert raw is not None
    said = as_list(decode(raw), "next", 2)
    said[at] = closed
    changed = replace(proven, values={**proven.values, key: encode(said)})
    assert view_of(proven, params, trust.meter, [HOUSES], trust.zone).cohorts.keys() == {HOUSES.id}
    with pytest.raises(SliceError, match="not over"):
        view_of(changed, params, trust.meter, [HOUSES], trust.zone)

"""A month's load shape from the meter to the app: stated, shared, opened, followed, checked against the readings.

One month serves most tests: it is the last six days of January, of which the Monday has a gap.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ohmstead.core.codec import Value, as_bytes, as_list, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.slice import SliceError
from ohmstead.link.binding import Role
from ohmstead.link.messages import MAX_MESSAGE, Item, Method, pack
from ohmstead.meter.sources.recorded import RecordedSource
from ohmstead.meter.stating_rows import Stage
from ohmstead.neighbours.proofs import ProofRefused
from ohmstead.neighbours.rounds import days_of
from ohmstead.neighbours.shape import PARTS, SHAPE_BYTES, SHAPE_LEAF_BYTES, check_own_shape, parts_of
from ohmstead.neighbours.tally import Void, VoidReason
from ohmstead.services.neighbour_states import (
    AuditProgress,
    Finding,
    NeighbourReason,
    NeighbourState,
    OwnRound,
    OwnStage,
    RoundState,
    Standing,
)
from ohmstead.services.neighbours.check import AuditFailed
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.neighbours.watch import Declined
from tests.helpers.meter import recording
from tests.helpers.neighbours import Street
from tests.meter.test_stating import streamed
from tests.services.neighbours.rig import EPOCH, HOUSES, App, Town

LAST = days_of(EPOCH)[-1]
FIRST = LAST - 5  # a Monday, whose sixth quarter hour is missing
DAYS = range(FIRST, LAST + 1)


def others(street: Street) -> dict[bytes, tuple[int, ...]]:
    """Evening peaks that move from home to home, Wh."""
    return {
        key.kid: tuple(400 + 3_000 * ((v - i) % 24 == 18) + 90 * (v // 24) + 7 * i for v in range(48))
        for i, key in enumerate(street.homes)
    }


@dataclass
class Month:
    """A month that was stated, closed and opened, and what one app saw on the way."""

    town: Town
    amounts: dict[bytes, tuple[int, ...]]
    app: App
    stated: NeighbourState
    closed: NeighbourState
    ended: NeighbourState
    asked: list[tuple[int, Value]]

    @property
    def own(self) -> tuple[int, ...]:
        found = self.town.own_shape(DAYS)
        assert found is not None
        return found

    @property
    def sums(self) -> tuple[int, ...]:
        """The plain sums of all homes."""
        return tuple(map(sum, zip(*map(parts_of, [self.own, *self.amounts.values()]), strict=True)))


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("month")
    town = Town(folder / "town", first_day=FIRST)
    app = App(town.bench, folder / "app")
    amounts = others(town.bench.street)
    seen, asked = list[NeighbourState](), list[tuple[int, Value]]()

    async def look() -> None:
        seen.append(await app.look())
        assert app.channel is not None
        asked.extend(app.channel.asked)

    async def run() -> None:
        await town.begin()
        await town.month_states(EPOCH, amounts)
        await look()
        town.month_closes(EPOCH)
        await town.bench.street.look(0, 2)
        await look()
        for _ in range(2):
            await town.bench.street.look()
        await look()

    asyncio.run(run())
    yield Month(town, amounts, app, *seen, asked)
    app.close()
    town.shut()


@pytest.fixture
def another(month: Month, tmp_path: Path) -> Iterator[Callable[[], App]]:
    """Other apps of the same home, each with a folder of its own."""
    made = list[App]()

    def make() -> App:
        made.append(App(month.town.bench, tmp_path / f"app {len(made)}"))
        return made[-1]

    yield make
    for app in made:
        app.close()


def shape_in(state: NeighbourState) -> RoundState | None:
    return next((r for r in state.rounds if (r.epoch, r.day) == (EPOCH, None)), None)


def own_in(state: NeighbourState) -> OwnRound | None:
    return next((o for o in state.own if (o.epoch, o.day) == (EPOCH, None)), None)


# ---- honest --------------------------------------------------------------------------------------


def test_a_month_from_its_homes_to_its_shape(month: Month) -> None:
    found = shape_in(month.stated)
    assert found is not None
    assert (found.standing, found.n, found.shape) == (Standing.COLLECTING, 16, None)
    own = own_in(month.stated)
    assert own is not None
    assert (own.stage, own.included, own.message_bytes) == (OwnStage.ON_LEDGER, None, SHAPE_BYTES)
    found = shape_in(month.closed)
    assert found is not None
    assert (found.standing, found.n, found.roster, found.shared) == (Standing.WAITING, 16, 16, (0, 2))
    found = shape_in(month.ended)
    assert found is not None
    assert (found.standing, found.n, found.roster, found.result) == (Standing.RESULT, 16, 16, None)
    assert found.shape == month.sums
    assert sum(found.shape) == 16 * PARTS
    own = own_in(month.ended)
    assert own is not None
    assert (own.included, own.wh) == (True, None)
    assert (month.ended.alarms, month.ended.complete, month.app.refused) == ((), True, [])
    assert month.ended.rounds.index(found) < [r.day for r in month.ended.rounds].index(LAST)


def test_the_meter_states_the_days_that_have_no_gap_and_the_app_counts_alike(month: Month) -> None:
    row = month.town.bench.store.find(True, EPOCH)
    assert row is not None
    assert (row.stage, row.plain) == (Stage.ON_LEDGER, encode(list(month.own)))
    assert sum(month.own) == sum(month.town.own_wh(day) for day in DAYS[1:])
    check_own_shape(row.message or b"", month.town.bench.street.joint(EPOCH), month.own, row.seed or b"")
    later = (month.own[0] + sum(month.own), *month.own[1:])
    with pytest.raises(ProofRefused):
        check_own_shape(row.message or b"", month.town.bench.street.joint(EPOCH), later, row.seed or b"")


def test_the_own_message_is_fetched_once_in_parts(month: Month) -> None:
    asked = [params for method, params in month.asked if method == Method.NBR_OWN]
    assert [p for p in asked if as_list(p, "asked")[0] is True] == [[True, EPOCH, 0], [True, EPOCH, 32_000]]


async def test_a_viewer_sees_the_shape_and_nothing_of_the_own_part(
    month: Month, another: Callable[[], App]
) -> None:
    app = another()
    state = await app.look(role=Role.VIEWER)
    found = shape_in(state)
    assert found is not None
    assert (found.shape, state.can_act) == (month.sums, False)
    own = own_in(state)
    assert own is not None
    assert (own.included, own.message_bytes) == (None, 0)
    assert app.channel is not None
    assert Method.NBR_OWN not in [method for method, _ in app.channel.asked]
    assert (state.alarms, app.refused) == ((), [])


# ---- altered -------------------------------------------------------------------------------------


def own_shape_lies(change: Callable[[list[Value], int], list[Value]]) -> Callable[..., list[Value]]:
    """A meter that lies about its own load shape alone."""

    def lie(method: int, params: Value, answers: list[Value]) -> list[Value]:
        if method != Method.NBR_OWN or as_list(params, "params")[0] is not True:
            return answers
        (answer,) = answers
        first = as_list(params, "params")[2]
        assert isinstance(first, int)
        return [change(list(as_list(answer, "answer", 4)), first)]

    return lie


def other_seed(answer: list[Value], _first: int) -> list[Value]:
    return [answer[0], answer[1], bytes(32), answer[3]]


def flipped(answer: list[Value], first: int) -> list[Value]:
    part = as_bytes(answer[3], "part")
    return [*answer[:3], bytes((part[0] ^ 1,)) + part[1:] if first else part]


@pytest.mark.parametrize(
    ("change", "finding"), [(other_seed, Finding.ALTERED), (flipped, Finding.LEFT_OUT)],
    ids=["another seed", "another byte in its second part"],
)  # fmt: skip
async def test_an_own_shape_that_was_altered_is_a_finding_and_nothing_is_drawn(
    another: Callable[[], App], change: Callable[[list[Value], int], list[Value]], finding: Finding
) -> None:
    app = another()
    state = await app.look(own_shape_lies(change))
    assert shape_in(state) is None
    (alarm,) = state.alarms
    assert (alarm.finding, alarm.epoch, alarm.day) == (finding, EPOCH, None)


async def test_readings_that_are_not_those_that_were_stated_are_a_finding(
    month: Month, another: Callable[[], App]
) -> None:
    """The month's total is the same, and so is every day's: an hour was told for another."""
    app = another()

    def moved(first: int, last: int) -> list[tuple[int, int, int]]:
        rows = app.home.mirror.imports(month.town.bench.meter.id, first, last)
        if last - first < 100:
            return rows
        kept = {slot: wh for slot, wh, _ in rows}
        at = 96 * LAST
        kept[at], kept[at + 40] = 0, kept[at + 40] + sum(kept[at + i] for i in range(40))
        kept |= {at + i: 0 for i in range(40)}
        return [(slot, kept[slot], status) for slot, _, status in rows]

    app.desk = NeighbourDesk(
        app.path, app.home.workers, moved, app.posted.append, month.town.bench.street.ledger.wall_ns
    )
    state = await app.look()
    assert shape_in(state) is None
    assert [(a.finding, a.day) for a in state.alarms] == [(Finding.ALTERED, None)]


@pytest.mark.parametrize("keep", [0, 100], ids=["an empty part", "a part that is short for ever"])
async def test_a_message_that_does_not_come_whole_is_a_finding_until_it_does(
    month: Month, another: Callable[[], App], keep: int
) -> None:
    app = another()

    def short(answer: list[Value], first: int) -> list[Value]:
        return [*answer[:3], as_bytes(answer[3], "part")[:keep] if first < 1_000 else b""]

    state = await app.look(own_shape_lies(short))
    assert shape_in(state) is None
    assert [(a.finding, a.day) for a in state.alarms] == [(Finding.LEFT_OUT, None)]
    state = await app.look()
    found = shape_in(state)
    assert found is not None
    assert (found.shape, state.alarms) == (month.sums, ())


@pytest.mark.parametrize("spoilt", [b"", b"\x80", b"\xff" * 9_000], ids=["nothing", "a list", "no value"])
async def test_a_record_that_is_damaged_on_the_disk_is_not_shown_and_comes_again(
    month: Month, another: Callable[[], App], spoilt: bytes
) -> None:
    app = another()
    await app.look()
    app.desk.store._db.execute("UPDATE round SET record = ? WHERE length(record) > 5000", (spoilt,))
    state = await app.again()
    assert shape_in(state) is None
    assert state.alarms == ()
    async with app.linked(look=False) as desk:
        with pytest.raises(Declined):
            await desk.audit(HOUSES.id, None, EPOCH)
    state = await app.look()
    found = shape_in(state)
    assert found is not None
    assert (found.shape, state.complete, state.alarms) == (month.sums, True, ())


# ---- not stated, void ----------------------------------------------------------------------------


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town", first_day=FIRST)
    yield made
    made.shut()


@pytest.fixture
def app(town: Town, tmp_path: Path) -> Iterator[App]:
    made = App(town.bench, tmp_path / "app")
    yield made
    made.close()


async def test_a_month_of_which_most_days_have_gaps_is_not_stated_and_says_so(town: Town, app: App) -> None:
    gaps = [96 * day + 7 for day in (0, 1, 2, 4)]  # Monday to Wednesday and Friday: two days of six are whole
    town.bench.meter.source = RecordedSource(recording(missing=gaps), "meter")
    await town.begin()
    await town.month_states(EPOCH, {})
    own = own_in(await app.look())
    assert own is not None
    assert (own.stage, own.message_bytes) == (OwnStage.GAPS, 0)
    assert town.own_shape(DAYS) is None
    assert not [tx for tx in town.bench.sent if b"nbr-shape" in tx]
    town.month_closes(EPOCH)
    state = await app.look()
    found = shape_in(state)
    assert found is not None
    assert (found.standing, found.void) == (Standing.VOID, Void(VoidReason.TOO_FEW, 0))
    assert (state.alarms, state.complete) == ((), True)


async def test_too_few_homes_are_void_and_the_own_part_is_nobodys_fault(town: Town, app: App) -> None:
    await town.begin()
    await town.month_states(EPOCH, {})
    assert len([tx for tx in town.bench.sent if b"nbr-shape" in tx]) == 1
    town.month_closes(EPOCH)
    for _ in range(2):
        await town.bench.street.look()
    async with app.linked() as desk:
        with pytest.raises(Declined) as declined:
            await desk.audit(HOUSES.id, None, EPOCH)
    assert declined.value.reason is NeighbourReason.NOT_HERE
    state = app.state
    found = shape_in(state)
    assert found is not None
    assert (found.standing, found.n, found.roster) == (Standing.VOID, 1, 16)
    assert found.void == Void(VoidReason.TOO_FEW, 1)
    assert found.shape is None
    own = own_in(state)
    assert own is not None
    assert (own.stage, own.included) == (OwnStage.ON_LEDGER, None)
    assert (state.alarms, app.refused) == ((), [])


# ---- every statement -----------------------------------------------------------------------------


async def test_every_load_shape_of_a_month_is_audited(month: Month, another: Callable[[], App]) -> None:
    app = another()
    async with app.linked() as desk:
        await desk.audit(HOUSES.id, None, EPOCH)
    found = shape_in(app.state)
    assert found is not None
    assert (found.audited, app.state.alarms) == (True, ())
    told = [p for p in app.posted if isinstance(p, AuditProgress)]
    assert told == [AuditProgress(HOUSES.id, None, n, 16) for n in (8, 16)]
    assert app.channel is not None
    asked = [params for method, params in app.channel.asked if method == Method.ROUND]
    assert asked == [[HOUSES.id, EPOCH, None]]
    assert all(r.audited is False for r in app.state.rounds if r.day is not None)


def second_flipped(items: list[Value]) -> list[Value]:
    part = as_bytes(items[1], "part")
    return [items[0], part[:-1] + bytes((part[-1] ^ 1,)), *items[2:]]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (second_flipped, VerificationError),
        (lambda items: items[:1], SliceError),
        (lambda items: [items[0], b"", *items[1:]], SliceError),
        (lambda items: [items[0], as_bytes(items[1], "part") + b"\0", *items[2:]], SliceError),
        (lambda items: [items[0], as_bytes(items[1], "part")[1:], *items[2:]], VerificationError),
        (lambda items: [items[1], items[0], *items[2:]], VerificationError),
        (lambda items: [*items[:2], *items[:2]], AuditFailed),
        (lambda _items: [], AuditFailed),
    ],
    ids=["another byte", "cut off", "an empty part", "a part too long", "a part too short", "changed places",
         "one twice", "nothing"],
)  # fmt: skip
async def test_an_audit_of_what_is_not_the_rounds_statements_fails(
    another: Callable[[], App], change: Callable[[list[Value]], list[Value]], error: type[VerificationError]
) -> None:
    app = another()
    async with app.linked(
        lambda method, _p, items: change(items) if method == Method.ROUND else items
    ) as desk:
        with pytest.raises(error):
            await desk.audit(HOUSES.id, None, EPOCH)
    found = shape_in(app.state)
    assert found is not None
    assert found.audited is False
    assert [(a.finding, a.epoch, a.day) for a in app.state.alarms] == [(Finding.AUDIT, EPOCH, None)]


async def test_an_audit_names_its_round(another: Callable[[], App]) -> None:
    async with another().linked() as desk:
        for day, epoch in ((None, None), (None, EPOCH - 1), (FIRST - 1, None)):
            with pytest.raises(Declined) as declined:
                await desk.audit(HOUSES.id, day, epoch)
            assert declined.value.reason is NeighbourReason.NOT_HERE


# ---- the wire ------------------------------------------------------------------------------------


async def test_every_item_of_a_months_statements_fits_a_message(month: Month) -> None:
    bench = month.town.bench
    items = [as_bytes(i, "part") for i in await streamed(bench, Method.ROUND, [HOUSES.id, EPOCH, None])]
    assert len(items) == 32
    assert max(len(pack(Item(2**32 - 1, 2**32 - 1, item))) for item in items) <= MAX_MESSAGE
    leaves = [a + b for a, b in zip(items[::2], items[1::2], strict=True)]
    assert {len(leaf) for leaf in leaves} == {SHAPE_LEAF_BYTES}
    row = bench.store.find(True, EPOCH)
    assert row is not None
    assert encode([bench.meter.id, row.message]) in leaves

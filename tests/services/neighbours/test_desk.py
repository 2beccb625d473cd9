"""What an owner wishes of the neighbours, from the desk to the ledger; what is declined; what a restart shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.core.codec import decode, encode
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.slice import HistoryRewritten
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost, RefusalCode
from ohmstead.link.messages import Method
from ohmstead.neighbours.cohorts import Dwelling, Features, Heating
from ohmstead.neighbours.guardians import make_key
from ohmstead.services.neighbour_states import (
    Membership,
    NeighbourReason,
    NeighbourState,
    OwnStage,
    Standing,
)
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.neighbours.watch import Declined
from ohmstead.store.neighbours import LogRow
from tests.helpers.home import Lie, honest
from tests.helpers.neighbours import FLATS
from tests.services.neighbours.lies import of_round, refusing
from tests.services.neighbours.rig import DAY, EPOCH, FIRST_DAY, HOUSES, App, Town
from tests.services.neighbours.seen import assert_right, standings

HOME = Features(Dwelling.TERRACED, 137, 5, Heating.HEAT_PUMP, True, False)
ENDED = (Standing.RESULT, Standing.VOID)
Do = Callable[[NeighbourDesk], Awaitable[None]]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Town]:
    """A town that a test may change; its meter has not joined."""
    made = Town(tmp_path / "village")
    yield made
    made.shut()


@pytest.fixture
def resident(village: Town, tmp_path: Path) -> Iterator[App]:
    made = App(village.bench, tmp_path / "resident")
    yield made
    made.close()


async def recorded(village: Town, resident: App) -> Membership:
    """The meter does as it was told, a block follows, the app looks."""
    await village.bench.look()
    village.bench.street.ledger.step()
    await village.bench.look()
    return (await resident.look()).membership


# ---- joining, moving, pausing, leaving ---------------------------------------------------------------


async def test_from_a_proposal_to_a_place_another_place_and_none(village: Town, resident: App) -> None:
    await village.begin(join=False)
    state = await resident.look()
    assert (state.membership, state.shown, state.proposed) == (Membership(), None, None)
    async with resident.linked() as desk:
        await desk.set_features(HOME)
        assert (desk.state.features, desk.state.proposed, desk.state.shown) == (HOME, HOUSES.id, HOUSES.id)
        await desk.join(HOUSES.id)
    assert (await recorded(village, resident)) == Membership(True, HOUSES.id, False, HOUSES.id, EPOCH, None)
    async with resident.linked() as desk:
        await desk.join(FLATS.id)
    moved = await recorded(village, resident)
    assert (moved.cohort, moved.standing, moved.first) == (FLATS.id, FLATS.id, EPOCH)
    assert resident.state.shown == FLATS.id
    async with resident.linked() as desk:
        await desk.pause(True)
    assert (await recorded(village, resident)).paused
    async with resident.linked() as desk:
        await desk.pause(False)
    assert not (await recorded(village, resident)).paused
    async with resident.linked() as desk:
        await desk.leave()
    left = await recorded(village, resident)
    assert (left.asked, left.cohort, left.standing) == (True, None, None)
    assert resident.state.proposed == HOUSES.id
    async with resident.linked() as desk:
        await desk.set_features(None)
        assert (desk.state.features, desk.state.proposed) == (None, None)
    assert resident.desk.store.fact("features") is None
    assert not resident.refused


async def test_what_the_home_is_like_is_still_there_after_a_restart(app: App) -> None:
    async with app.linked() as desk:
        await desk.set_features(HOME)
    assert (await app.again()).features == HOME
    await app.desk.set_features(None)
    assert (await app.again()).features is None


# ---- what is declined --------------------------------------------------------------------------------


async def declined(app: App, what: Do, reason: NeighbourReason, lie: Lie = honest, **more: Role) -> None:
    async with app.linked(lie, **more) as desk:
        with pytest.raises(Declined) as caught:
            await what(desk)
    assert caught.value.reason is reason


WISHES: dict[str, Do] = {
    "join": lambda desk: desk.join(HOUSES.id),
    "leave": lambda desk: desk.leave(),
    "pause": lambda desk: desk.pause(True),
    "audit": lambda desk: desk.audit(HOUSES.id, DAY),
}


@pytest.mark.parametrize("wish", WISHES)
async def test_away_before_and_after_a_link(app: App, wish: str) -> None:
    await app.desk.open()
    for _ in range(2):
        with pytest.raises(Declined) as caught:
            await WISHES[wish](app.desk)
        assert caught.value.reason is NeighbourReason.AWAY
        await app.look()


@pytest.mark.parametrize("wish", ["join", "leave", "pause"])
async def test_a_viewer_looks_and_does_not_act(app: App, wish: str) -> None:
    await declined(app, WISHES[wish], NeighbourReason.VIEWER, role=Role.VIEWER)
    state = app.state
    assert not state.can_act
    assert (state.complete, state.alarms) == (True, ())
    assert {d for d, s in standings(state).items() if s is Standing.RESULT} == {DAY, DAY + 1}
    assert all(r.included is None for r in state.own)
    assert all(row.seed is None and row.message is None for row in app.desk.store.own())


async def test_a_viewer_may_audit(app: App) -> None:
    async with app.linked(role=Role.VIEWER) as desk:
        await desk.audit(HOUSES.id, DAY)
    audited = app.round(DAY)
    assert audited is not None
    assert audited.audited


@pytest.mark.parametrize(("what", "reason"), [
    (lambda desk: desk.join("nowhere"), NeighbourReason.NO_COHORT),
    (lambda desk: desk.audit("nowhere", DAY), NeighbourReason.NO_COHORT),
    (lambda desk: desk.audit(HOUSES.id, FIRST_DAY), NeighbourReason.NOT_HERE),
    (lambda desk: desk.audit(HOUSES.id, DAY + 2), NeighbourReason.NOT_HERE),
    (lambda desk: desk.audit(HOUSES.id, DAY + 70), NeighbourReason.NOT_HERE),
    (lambda desk: desk.audit(FLATS.id, DAY), NeighbourReason.NOT_HERE),
])  # fmt: skip
async def test_what_cannot_be(app: App, what: Do, reason: NeighbourReason) -> None:
    await declined(app, what, reason)
    assert_right(app)


REFUSALS = {
    RefusalCode.UNSUPPORTED: NeighbourReason.NO_NEIGHBOURS,
    RefusalCode.NOT_FOUND: NeighbourReason.NO_NEIGHBOURS,
    RefusalCode.FORBIDDEN: NeighbourReason.VIEWER,
    RefusalCode.MALFORMED: NeighbourReason.REFUSED,
    RefusalCode.BUSY: NeighbourReason.REFUSED,
}


async def test_what_a_meter_refuses(village: Town, resident: App) -> None:
    await village.begin()
    for code, reason in REFUSALS.items():
        await declined(resident, WISHES["join"], reason, refusing(Method.NBR_JOIN, code=code))
        await declined(resident, WISHES["leave"], reason, refusing(Method.NBR_JOIN, code=code))
        await declined(resident, WISHES["pause"], reason, refusing(Method.NBR_PAUSE, code=code))


async def test_statements_that_are_not_to_be_had(app: App) -> None:
    await declined(app, WISHES["audit"], NeighbourReason.NOT_HERE, refusing(Method.ROUND, of_round(DAY)))
    assert_right(app)


async def test_a_node_away(app: App, two_days: Town) -> None:
    """The meter answers from what it has; what only its node has comes later."""
    client = two_days.bench.client
    client.away = True
    try:
        state = await app.look()
        assert (state.known, state.complete) == (True, False)
        assert not any(r.standing in ENDED for r in state.rounds)
    finally:
        client.away = False
    await app.look()
    assert_right(app)
    async with app.linked() as desk:
        client.away = True
        try:
            with pytest.raises(Declined) as caught:
                await desk.audit(HOUSES.id, DAY)
        finally:
            client.away = False
    assert caught.value.reason is NeighbourReason.NOT_HERE
    assert_right(app)


# ---- between two starts ------------------------------------------------------------------------------


def ended(state: NeighbourState) -> NeighbourState:
    """What a state keeps without a link: all but the rounds that are under way."""
    return replace(state, rounds=tuple(r for r in state.rounds if r.standing in ENDED))


@pytest.mark.parametrize("role", [Role.OWNER, Role.VIEWER])
async def test_without_a_link_what_was_proven_last_is_shown(app: App, role: Role) -> None:
    before = await app.look(role=role)
    assert await app.again(role) == ended(before)
    await app.look(role=role)
    assert app.state == before


async def test_a_newer_head_than_that_of_the_last_look_changes_nothing(village: Town, resident: App) -> None:
    """A home is synced more often than its neighbours are looked at: the view stands under its own header."""
    await village.begin()
    before = await resident.look()
    village.bench.street.ledger.step(3600)
    async with resident.linked(look=False):
        pass
    after = await resident.again()
    assert after == before
    assert after.head_time_s < village.bench.street.ledger.now_s - 3600


async def test_a_sync_before_any_look_shows_the_rules_alone(app: App) -> None:
    async with app.linked(look=False):
        pass
    state = await app.again()
    assert state.rules is not None
    assert (state.known, state.rounds, state.own, state.shown) == (False, (), (), None)


async def test_a_kept_view_that_does_not_verify_shows_nothing_proven(app: App) -> None:
    before = await app.look()
    raw = app.desk.store.fact("view")
    assert raw is not None
    spoiled = [
        raw[:-40] + bytes(40), raw[: len(raw) // 2], b"\x80", b"", encode([["nowhere"], None]), encode([[], 7]),
        encode([["flats"], decode(raw)[1]]), raw.replace(b"houses", b"housed"),
    ]  # fmt: skip
    for data in spoiled:
        app.desk.store.keep_fact("view", data)
        state = await app.again()
        assert (state.known, state.complete, state.rounds, state.guardians) == (False, False, (), ()), data
        assert state.membership == Membership(True, HOUSES.id)
    await app.look()
    assert app.state == before


@pytest.mark.parametrize("wish", [b"", b"\x80", encode([1, None, False]), encode([True, "No!", False])])
async def test_a_kept_wish_or_home_that_cannot_be_read_is_none(app: App, wish: bytes) -> None:
    await app.look()
    app.desk.store.keep_fact("wish", wish)
    app.desk.store.keep_fact("features", wish)
    state = await app.again()
    assert state.features is None
    assert (state.membership.asked, state.membership.cohort) == (False, None)
    assert state.membership.standing == HOUSES.id, "that is proven"


@pytest.mark.parametrize("change", [
    "UPDATE round SET record = x'00' WHERE \"index\" = 1",
    "UPDATE round SET record = zeroblob(length(record)) WHERE \"index\" = 1",
    "UPDATE round SET record = (SELECT record FROM round WHERE \"index\" = 2) WHERE \"index\" = 1",
    "UPDATE round SET record = NULL WHERE \"index\" = 1",
])  # fmt: skip
async def test_a_kept_record_that_was_altered_is_not_shown_and_comes_anew(app: App, change: str) -> None:
    await app.look()
    app.desk.store._db.execute(change)
    state = await app.again()
    assert {d for d, s in standings(state).items() if s in ENDED} == {FIRST_DAY, DAY + 1}
    async with app.linked(look=False) as desk:
        with pytest.raises(Declined):
            await desk.audit(HOUSES.id, DAY)
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("change", [
    "UPDATE round SET leaf = x'00' WHERE \"index\" = 1",
    "UPDATE round SET leaf = (SELECT leaf FROM round WHERE \"index\" = 2) WHERE \"index\" = 1",
    "UPDATE round SET \"index\" = \"index\" + 1 WHERE \"index\" = 2",
    "DELETE FROM round WHERE \"index\" = 0",
    "DELETE FROM round WHERE \"index\" = 2",
])  # fmt: skip
async def test_a_kept_log_that_was_altered_shows_nothing_and_comes_anew(app: App, change: str) -> None:
    """That the ledger has rewritten its history is said only where this file is whole."""
    before = await app.look()
    app.desk.store._db.execute(change)
    state = await app.again()
    assert (state.known, state.rounds) == (False, ())
    await app.look()
    assert app.state == before
    assert not app.refused


async def test_a_ledger_that_rewrites_its_log_is_refused(app: App) -> None:
    """The file is whole, as it was proven, and the ledger now proves another log."""
    await app.look()
    store = app.desk.store
    leaves = [row.leaf for row in store.rounds(HOUSES.id)]
    for other in ([leaves[0], leaves[2], leaves[1]], [*leaves, leaves[0]], [b"x", b"y", b"z"]):
        store.forget_log(HOUSES.id)
        store.put_leaves(HOUSES.id, 0, other)
        root = root_of([leaf_hash(leaf) for leaf in other])
        store.put_log(LogRow(HOUSES.id, len(other), root, 1))
        before = app.state
        with pytest.raises(HistoryRewritten):
            await app.look(readings=False)
        assert app.state == before
        assert [row.leaf for row in store.rounds(HOUSES.id)] == other


def keys_changed(app: App, change: Callable[[list[list[bytes]]], object]) -> None:
    raw = app.desk.store.fact(f"keys/{EPOCH}")
    assert raw is not None
    app.desk.store.keep_fact(f"keys/{EPOCH}", encode(change(decode(raw))))


@pytest.mark.parametrize("change", [
    lambda keys: [keys[1], *keys[1:]], lambda keys: keys[:3], lambda keys: [],
    lambda keys: [[*keys[0][:2], keys[1][2]], *keys[1:]], lambda keys: 7, lambda keys: [[b"", b"", b""]] * 4,
])  # fmt: skip
async def test_kept_keys_that_were_altered_are_proven_anew(
    app: App, change: Callable[[list[list[bytes]]], object]
) -> None:
    """Neither are guardians said to have posted such keys, nor is a record that was right called wrong."""
    await app.look()
    good = app.desk.store.fact(f"keys/{EPOCH}")
    keys_changed(app, change)
    app.desk.store.keep_fact("keys/none", b"\x80")
    app.desk.store._db.execute("UPDATE round SET checked = 'not yet', record = NULL")
    state = await app.again()
    assert state.guardians == ()
    assert not any(r.standing in ENDED for r in state.rounds)
    await app.look()
    assert_right(app)
    assert app.desk.store.fact(f"keys/{EPOCH}") == good


async def test_well_proven_keys_that_are_not_the_ledgers_call_no_record_wrong(app: App) -> None:
    await app.look()
    good, genesis = app.desk.store.fact(f"keys/{EPOCH}"), app.bench.street.hash
    forged = [make_key(genesis, EPOCH, i, 4)[1] for i in range(4)]
    app.desk.store.keep_fact(f"keys/{EPOCH}", encode([[k.key, k.challenge, k.response] for k in forged]))
    app.desk.store._db.execute("UPDATE round SET checked = 'not yet'")
    await app.again()
    await app.look()
    assert_right(app)
    assert app.desk.store.fact(f"keys/{EPOCH}") == good


async def test_a_damaged_file_is_set_aside_and_filled_again(app: App) -> None:
    before = await app.look()
    await app.desk.close()
    app.path.write_bytes(b"no database" * 500)
    app.desk = app.new_desk()
    await app.desk.open()
    assert app.home.home.trust is not None
    await app.desk.take_up(app.home.home.trust, owner=True)
    assert (app.state.known, app.state.rounds) == (False, ())
    await app.look()
    assert app.state == before
    assert len(list(app.path.parent.glob("neighbours.sqlite.damaged-*"))) == 1


async def test_a_link_is_gone_when_its_look_is_over(app: App) -> None:
    async with app.linked() as desk:
        assert desk._link is not None
    assert app.desk._link is None
    with pytest.raises(LinkLost):
        async with app.linked(cut=1):
            pass
    assert app.desk._link is None


async def test_what_a_meter_says_is_shown_as_what_it_says(app: App) -> None:
    state = await app.look()
    assert {r.stage for r in state.own} == {OwnStage.GAPS, OwnStage.ON_LEDGER}
    assert_right(app)

"""A look stopped at every write and every request: nothing unverified is kept, and the next look completes it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_state import guardian_keys
from ohmstead.core.codec import decode
from ohmstead.core.errors import VerificationError
from ohmstead.link.errors import LinkLost
from ohmstead.link.messages import Method
from ohmstead.services.neighbour_states import Standing
from ohmstead.services.neighbours.check import Ledger
from ohmstead.services.neighbours.keeping import KeptFacts, view_in
from ohmstead.store.neighbours import EQUAL, NOT_YET, Alarm, NeighbourStore
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.home import Dump, dump_file
from tests.services.neighbours.lies import about
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App, Town
from tests.services.neighbours.seen import assert_right

FILE = "neighbours.sqlite"
ENDED = (Standing.RESULT, Standing.VOID)


class Stopped:
    """One home's app that starts from a file as it lies, again and again."""

    def __init__(self, app: App, town: Town) -> None:
        self.app, self.town = app, town
        street = town.bench.street
        self.records = {r.leaf.to_bytes(): r.to_bytes() for r in street.records()}
        self.leaves = list(self.records)
        self.keys = {f"keys/{epoch}": keys_of(town, epoch) for epoch in (EPOCH, EPOCH + 1)}

    async def start(self, path: Path, cut: Cut | None = None) -> None:
        """The app starts with this file; its writes are counted from now on."""
        await self.app.desk.close()
        self.app.path, counted = path, cut or Cut()
        left, counted.left = counted.left, None
        self.app.factory = fragile(counted)
        self.app.desk = self.app.new_desk()
        self.app.desk._store = NeighbourStore.open(path, factory=self.app.factory)
        counted.writes, counted.left = 0, left

    def lying(self, folder: Path) -> Path:
        return as_it_lies(self.app.path, folder / FILE)

    def holds_nothing_unverified(self, path: Path) -> int:
        """Every row is what the ledger and the meter truly have. How many rounds were found right."""
        app = self.app
        with closing(NeighbourStore.open(as_it_lies(path, path.parent / "read" / FILE))) as store:
            assert store.alarms() == []
            rows = store.rounds(HOUSES.id)
            assert [row.leaf for row in rows] == self.leaves[: len(rows)]
            for row in rows:
                assert row.record in (None, self.records[row.leaf])
                assert row.checked in (NOT_YET, EQUAL)
                assert not (row.checked == EQUAL and row.record is None)
            for own in store.own():
                real = app.bench.store.find(own.is_shape, own.number)
                assert real is not None
                assert own.seed in (None, real.seed)
                assert own.message in (None, real.message)
                assert (own.seed is None) == (own.message is None)
                if own.included:
                    assert own.wh == self.town.own_wh(own.number)
            kept = KeptFacts.of(store)
            for name, raw in kept.keys.items():
                assert decode(raw) == self.keys[name]
            trust = app.home.home.trust
            assert trust is not None
            if kept.view is not None:
                ledger = Ledger(self.town.bench.street.hash, self.town.bench.street.params)
                assert view_in(kept, trust, ledger, app.bench.street.ledger.wall_ns()) is not None
            return sum(row.checked == EQUAL for row in rows)

    async def completes(self, path: Path, folder: Path) -> Dump:
        """What an honest look makes of a file as it lies, after the app showed what was in it."""
        app = self.app
        await self.start(as_it_lies(path, folder / FILE))
        trust = app.home.home.trust
        assert trust is not None
        await app.desk.take_up(trust, owner=True)
        if app.state.known:
            assert app.state.alarms == ()
        await app.look(readings=False)
        assert_right(app)
        return dump_file(app.desk.store._db)


def keys_of(town: Town, epoch: int) -> list[list[bytes]]:
    posted = guardian_keys(town.bench.street.state, epoch)
    return [[k.key, k.challenge, k.response] for _, k in sorted(posted.items())]


@pytest.fixture
def stopped(app: App, two_days: Town) -> Stopped:
    return Stopped(app, two_days)


async def test_a_first_look_stopped_at_every_write(stopped: Stopped, tmp_path: Path) -> None:
    app = stopped.app
    await app.look()
    whole = await stopped.completes(tmp_path / "nothing" / FILE, tmp_path / "calm")
    found = []
    for n in range(200):
        place = tmp_path / str(n)
        await stopped.start(place / FILE, Cut(n))
        try:
            await app.look(readings=False)
            finished = True
        except PowerCut:
            finished = False
        lying = stopped.lying(place / "lying")
        found.append(stopped.holds_nothing_unverified(lying))
        if finished or n % 2:  # the file between two is one or the other
            assert await stopped.completes(lying, place / "again") == whole, f"after {n} writes"
        if finished:
            break
    else:
        raise AssertionError("the look never ended")
    assert found == sorted(found)
    assert set(found) == {0, 1, 2, 3}
    assert n > 25


async def test_a_link_lost_at_every_request(stopped: Stopped, tmp_path: Path) -> None:
    """What was shown before stays shown, what came to its end before the cut is shown too."""
    app = stopped.app
    await app.look()
    whole = await stopped.completes(tmp_path / "nothing" / FILE, tmp_path / "calm")
    found = []
    for cut in range(100):
        place = tmp_path / str(cut)
        await stopped.start(place / FILE)
        try:
            await app.look(readings=False, cut=cut)
            finished = True
        except LinkLost:
            finished = False
        shown = sum(r.standing in ENDED for r in app.state.rounds)
        lying = stopped.lying(place / "lying")
        assert shown == stopped.holds_nothing_unverified(lying), "all that was kept is shown"
        assert await stopped.completes(lying, place / "again") == whole, f"after {cut} answers"
        found.append(shown)
        if finished:
            break
    else:
        raise AssertionError("the look never ended")
    assert found == sorted(found)
    assert set(found) == {0, 1, 2, 3}
    assert cut > 15


async def test_a_link_lost_in_a_later_look_takes_nothing_away(app: App) -> None:
    whole = await app.look()
    for cut in range(100):
        app.desk.store._db.execute("UPDATE round SET checked = 'not yet' WHERE \"index\" = 2")
        app.desk.store.keep_fact(f"keys/{EPOCH}", None)
        try:
            await app.look(readings=False, cut=cut)
        except LinkLost:
            assert app.state.known
            assert {r.day for r in app.state.rounds if r.standing is Standing.RESULT} >= {DAY}
            assert app.state.alarms == ()
        else:
            break
    assert app.state == whole
    assert cut > 4


async def test_a_look_that_is_refused_takes_nothing_away(app: App) -> None:
    whole = await app.look()
    for method in (Method.NBR, Method.PROVE):
        with pytest.raises(VerificationError):
            await app.look(about(method, lambda _a: [7]), readings=False)
        assert app.state == whole
    again = await app.again()
    assert again == replace(whole, rounds=tuple(r for r in whole.rounds if r.standing in ENDED))


async def test_an_audit_stopped_at_every_write(stopped: Stopped, tmp_path: Path) -> None:
    """A day is marked as audited, or is not: its alarm goes with the same write."""
    app = stopped.app
    await app.look()
    begun = stopped.lying(tmp_path / "begun")
    with closing(NeighbourStore.open(begun)) as store:
        store.put_alarms([Alarm("audit", HOUSES.id, EPOCH, DAY, "was wrong")], 1)
    trust, seen = app.home.home.trust, set()
    assert trust is not None
    for n in range(20):
        await stopped.start(as_it_lies(begun, tmp_path / str(n) / FILE), Cut(n))
        await app.desk.take_up(trust, owner=True)
        finished = True
        async with app.linked(readings=False, look=False) as desk:
            try:
                await desk.audit(HOUSES.id, DAY)
            except PowerCut:
                finished = False
        with closing(NeighbourStore.open(stopped.lying(tmp_path / f"{n} after"))) as store:
            seen.add((store.rounds(HOUSES.id)[1].audited, len(store.alarms())))
        if finished:
            break
    assert seen == {(False, 1), (True, 0)}

"""One sync over one channel: what is asked, what is resumed, what comes in between."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ohmstead.core.codec import Value, as_list
from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.ledger import pages
from ohmstead.ledger.slice import HeadBundle
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost
from ohmstead.link.messages import Method
from ohmstead.services.sync import Stage
from ohmstead.services.verify import check_mirror
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.forge import when
from tests.helpers.home import Direct, Home, dump
from tests.helpers.homes import Street, street


def asked(direct: Direct, method: Method) -> list[Value]:
    return [params for m, params in direct.asked if m == method]


def whole(here: Street) -> None:
    report = check_mirror(here.home.path, here.home.root, here.ledger.wall_ns())
    assert (report.complete, report.failures) == (True, ())
    source = here.meter.source
    for row in here.home.mirror.intervals(here.meter.id):
        amounts, status = source.amounts_in(row[0])
        assert row[1:7] == (*(amounts[c] for c in sorted(amounts)), status, status, status)


def test_newest_pages_first_and_each_asked_once(tmp_path: Path) -> None:
    with street(tmp_path, 100, 300, 150) as here:
        direct = Direct(here.meter)
        here.home.sync(direct)
        assert asked(direct, Method.PAGES) == [[550, [[512, 38], [256, 256], [0, 256]]]]
        assert asked(direct, Method.ANCHORS) == [[0]]
        assert asked(direct, Method.GENESIS) == [None]
        whole(here)
        again = Direct(here.meter)
        here.home.sync(again)
        assert {m for m, _ in again.asked} == {Method.HEAD}


def test_one_new_page_inside_a_partly_filled_tile(tmp_path: Path) -> None:
    with street(tmp_path, 260) as here:
        here.synced()
        for size in (261, 262):
            here.meter.publish(1)
            direct = Direct(here.meter)
            here.home.sync(direct)
            assert asked(direct, Method.PAGES) == [[size, [[size - 1, 1]]]]
            whole(here)
        assert [(t.tile, t.first, t.count) for t in here.home.mirror.tiles(here.meter.id)] == [
            (0, 0, 256),
            (1, 256, 6),
        ]


def test_new_pages_over_the_edge_of_a_tile(tmp_path: Path) -> None:
    with street(tmp_path, 250) as here:
        here.synced()
        here.meter.publish(20)
        direct = Direct(here.meter)
        here.home.sync(direct)
        assert asked(direct, Method.PAGES) == [[270, [[256, 14], [250, 6]]]]
        whole(here)


@pytest.mark.parametrize("fresh", [True, False], ids=["first sync", "later"])
def test_the_link_lost_after_any_answer(tmp_path: Path, fresh: bool) -> None:
    """Each further link brings what is missing and nothing twice."""
    with street(tmp_path, 200, 400) as here:
        if not fresh:
            here.synced()
            here.meter.publish(300)
        complete, tiles = False, 0
        for answers in range(20):
            folder = tmp_path / f"{answers}"
            home = Home.of(folder, here.meter)
            if not fresh:
                home.sync(Direct(here.meter))
                here.meter.publish(1)
            direct = Direct(here.meter, cut_after=answers)
            try:
                home.sync(direct)
                complete = True
            except LinkLost:
                assert direct.closed
            known = bool(home.mirror.meters())
            got = {t.tile: t.count for t in home.mirror.tiles(here.meter.id)} if known else {}
            again = Direct(here.meter)
            home.sync(again)
            ranges = [
                as_list(r, "range")
                for a in asked(again, Method.PAGES)
                for r in as_list(as_list(a, "p")[1], "r")
            ]
            for first, count in ranges:
                assert isinstance(first, int)
                assert isinstance(count, int)
                assert first >= first // 256 * 256 + got.get(first // 256, 0)
            tiles = max(tiles, len(got))
            report = check_mirror(home.path, home.root, here.ledger.wall_ns())
            assert (report.complete, report.failures) == (True, ())
            home.close()
            if complete:
                break
        assert complete
        assert tiles >= 3


def test_a_link_lost_again_and_again_still_gets_there(tmp_path: Path) -> None:
    """Two answers a link, after the first head: every link brings one tile."""
    with street(tmp_path, 700) as here:
        here.head_only()
        links = 0
        while not here.home.mirror.status().meters[0].complete:
            links += 1
            assert links < 10
            try:
                here.home.sync(Direct(here.meter, cut_after=2))
            except LinkLost:
                continue
        assert links == 3
        here.synced()
        whole(here)


def test_values_that_are_held_already_are_left_out(tmp_path: Path) -> None:
    with street(tmp_path, 5) as here:
        here.synced()
        seen: list[int] = []

        def look(method: int, params: Value, answers: list[Value]) -> list[Value]:
            if method == Method.HEAD:
                assert isinstance(answers[0], bytes)
                seen.append(len(HeadBundle.from_cbor(answers[0]).values))
            return answers

        height = here.home.home.trust.head.height
        here.ledger.step(60)
        here.meter.refresh()
        here.home.sync(Direct(here.meter, look))
        trust = here.home.home.trust
        assert trust is not None
        assert seen == [0]
        assert trust.head.height == height + 1
        # What is kept proves everything by itself, also after a restart.
        kept = here.home.mirror.proof("bundle", here.meter.id)
        assert kept is not None
        assert len(HeadBundle.from_cbor(kept.blob).values) >= 5
        here.home.home.trust = None
        here.home.sync(Direct(here.meter, look))
        assert seen == [0, 0]
        whole(here)


def test_only_the_newest_bundle_is_kept_once_all_is_here(tmp_path: Path) -> None:
    """A head comes every minute for years."""
    with street(tmp_path, 5) as here:
        for _ in range(5):
            here.ledger.step(60)
            here.meter.refresh()
            here.synced()
        here.meter.publish(3)
        here.synced()
        rows = dump(here.home.mirror)["proof"]
        assert sorted(str(row[0]) for row in rows) == ["bundle", "tile-0"]
        assert len(dump(here.home.mirror)["head"]) == 2


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    with street(tmp_path, 300) as here:
        here.synced()
        first = here.meter.source.first_slot
        told = [(p.stage, p.pages_held, p.new_slots) for p in here.home.progress]
        assert told == [
            (Stage.HEAD, 0, None),
            (Stage.PAGES, 44, (first + 1024, first + 1199)),
            (Stage.PAGES, 300, (first, first + 1023)),
            (Stage.ANCHORS, 300, None),
            (Stage.DONE, 300, None),
        ]
        assert {p.pages_proven for p in here.home.progress} == {300}


def test_nothing_recorded_yet(tmp_path: Path) -> None:
    with street(tmp_path) as here:
        here.meter.refresh()
        here.synced()
        state = here.home.mirror.status().meters[0]
        assert (state.pages_held, state.pages_proven, state.complete) == (0, 0, False)
        here.meter.publish(3)
        here.synced()
        whole(here)


def test_cancelled_in_the_middle_of_a_stream(tmp_path: Path) -> None:
    with street(tmp_path, 700) as here:

        async def main() -> None:
            task = asyncio.get_running_loop().create_task(here.home.syncing(Direct(here.meter)).run())
            here.home.on_pages = task.cancel
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        held = here.home.mirror.status().meters[0].pages_held
        assert 0 < held < 700
        here.synced()
        whole(here)


def test_a_page_that_the_meter_sealed_wrongly_is_kept_and_reported(tmp_path: Path) -> None:
    """It is what was recorded; it is complete; it cannot be read; it is never drawn as nothing."""
    with street(tmp_path, 4) as here:
        meter = here.meter
        hour, channels = meter.hours(1)[0]
        good = pages.seal(meter.ring, 4, hour, channels, bytes(24))
        wrong = good[:-1] + bytes((good[-1] ^ 1,))
        db = meter.keeper._db
        db.execute("INSERT INTO page VALUES(4, ?, ?)", (hour, wrong))
        from ohmstead.ledger.merkle import leaf_hash

        meter.keeper.tree.append(leaf_hash(wrong))
        meter.keeper.last_hour = hour
        meter.publish(1, seal=False)
        meter.publish(2)
        here.synced()
        state = here.home.mirror.status().meters[0]
        assert (state.pages_held, state.pages_opened, state.complete) == (7, 6, True)
        assert [(f.kind, f.subject) for f in here.home.mirror.findings()] == [("PageAltered", "page 4")]
        readings = Readings.open(here.home.path)
        assert readings.sealed_slots(meter.id, 0, 1 << 40).tolist() == [hour * 4]
        assert len(readings.intervals(meter.id, 0, 1 << 40)) == 24
        readings.close()
        report = check_mirror(here.home.path, here.home.root, here.ledger.wall_ns())
        assert [f.subject for f in report.failures] == ["page 4"]


def test_estimated_and_missing_slots_arrive_as_such(tmp_path: Path) -> None:
    with street(tmp_path, 4) as here:
        here.synced()
        rows = here.home.mirror.intervals(here.meter.id)
        assert rows[5][4:7] == (IntervalStatus.MISSING,) * 3
        assert rows[5][1:4] == (0, 0, 0)
        assert rows[9][4:7] == (IntervalStatus.ESTIMATED,) * 3
        assert isinstance(here.meter.hours(1)[0][1][0], ChannelHour)


# ---- keys that come later -------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INSTALLER])
def test_a_device_without_the_keys_has_the_history_sealed_until_it_is_granted_more(
    tmp_path: Path, role: Role
) -> None:
    with street(tmp_path, 200, 100) as here:
        here.home.sync(Direct(here.meter, role=role))
        state = here.home.mirror.status().meters[0]
        assert (state.pages_held, state.pages_opened, state.complete) == (300, 0, True)
        assert here.home.root is None
        assert check_mirror(here.home.path, None, here.ledger.wall_ns()).failures == ()
        here.home.sync(Direct(here.meter, role=role))
        here.home.sync(Direct(here.meter))
        assert here.home.mirror.status().meters[0].pages_opened == 300
        whole(here)


def test_a_wrong_root_of_keys_is_put_right_by_the_next_sync(tmp_path: Path) -> None:
    with street(tmp_path, 200, 100) as here:
        here.home.sync(Direct(here.meter, when(Method.EPOCH_ROOT, lambda _: [bytes(32)])))
        assert here.home.mirror.status().meters[0].pages_opened == 0
        direct = Direct(here.meter)
        here.home.sync(direct)
        assert asked(direct, Method.EPOCH_ROOT) == [None]
        assert here.home.mirror.status().meters[0].pages_opened == 300
        whole(here)
        again = Direct(here.meter)
        here.home.sync(again)
        assert {m for m, _ in again.asked} == {Method.HEAD}


def test_opening_later_goes_on_after_a_stop(tmp_path: Path) -> None:
    """The first tile was opened, then the app ended: the next start opens the others."""
    with street(tmp_path, 300) as here:
        here.home.sync(Direct(here.meter, role=Role.VIEWER))
        cut = Cut()
        home = Home(tmp_path / "x", here.meter.pairing(), here.ledger.wall_ns, secrets=here.home.secrets)
        home.mirror.close()
        as_it_lies(here.home.path, home.path)
        home.mirror = home.home.mirror = Mirror.open(home.path, factory=fragile(cut))
        for left in range(100):
            cut.writes, cut.left = 0, left
            try:
                home.sync(Direct(here.meter))
                break
            except PowerCut:
                home.mirror._db.rollback()
                home.home.trust, home.home.tried_sealed = None, False
        assert left > 10
        assert home.mirror.status().meters[0].pages_opened == 300
        report = check_mirror(home.path, home.root, here.ledger.wall_ns())
        assert (report.complete, report.failures) == (True, ())
        cut.left = None
        home.close()

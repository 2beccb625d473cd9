"""Pairing and coming back, killed anywhere on either side: both converge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ohmstead.link.errors import (
    LinkLost,
)
from ohmstead.link.pairing import Linked
from tests.link.rig import (
    Killed,
    MemoryStore,
    TableFile,
    Wire,
    door,
    quick_keys,
    request,
    signing_key,
)
from tests.link.visits import LABEL, METER, converge, paired, settled, visit_pair, visit_resume
from tests.link.warp import run


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


APP_POINTS = {
    "before saving": (1, 0),
    "after saving": (0, 1),
    "before commit": (2, 0),
    "after commit": (0, 2),
}
METER_POINTS = {"before storing": (1, 0), "after storing": (0, 1)}


@pytest.mark.parametrize("point", APP_POINTS)
def test_the_app_is_killed(point: str) -> None:
    async def main() -> None:
        store, file = MemoryStore(), TableFile()
        store.fail_before, store.fail_after = APP_POINTS[point]
        app, _ = await visit_pair(door(METER, file.table()), store, request(LABEL))
        assert isinstance(app, Killed)
        store.fail_before = store.fail_after = 0
        settled(store, file, await converge(store, file, signing_key("device")))

    run(main())


@pytest.mark.parametrize("point", METER_POINTS)
def test_the_meter_is_killed(point: str) -> None:
    async def main() -> None:
        store, file = MemoryStore(), TableFile()
        file.fail_before, file.fail_after = METER_POINTS[point]
        app, meter = await visit_pair(door(METER, file.table()), store, request(LABEL))
        assert isinstance(meter, Killed)
        assert isinstance(app, LinkLost)
        file.fail_before = file.fail_after = 0
        settled(store, file, await converge(store, file, signing_key("device")))

    run(main())


@pytest.mark.parametrize("point", ["app before", "app after", *(f"meter {n}" for n in (2, -2, 3, -3))])
def test_either_is_killed_while_coming_back(point: str) -> None:
    async def main() -> None:
        store, file = MemoryStore(), TableFile()
        known = await paired(door(METER, file.table()), store)
        who, _, where = point.partition(" ")
        if who == "app":
            store.fail_before, store.fail_after = (3, 0) if where == "before" else (0, 3)
        else:
            file.fail_before, file.fail_after = (int(where), 0) if int(where) > 0 else (0, -int(where))
        app, meter = await visit_resume(door(METER, file.table()), store, known)
        assert isinstance(app if who == "app" else meter, Killed)
        store.fail_before = store.fail_after = file.fail_before = file.fail_after = 0
        settled(store, file, await converge(store, file, signing_key("device")))

    run(main())


@pytest.mark.parametrize("course", ["pair", "resume"])
def test_the_link_drops_at_every_frame(course: str) -> None:
    async def main() -> None:
        frames = 1_000
        drop_at = 0
        while drop_at < frames:
            store, file = MemoryStore(), TableFile()
            keeper = door(METER, file.table())
            if course == "resume":
                known = await paired(keeper, store)
            seen = 0
            wire = Wire()

            def count(segment: bytes, wire: Wire = wire, drop_at: int = drop_at) -> bytes | None:
                nonlocal seen
                if segment[0] & 4:
                    return segment  # a bare acknowledgement is no frame of the course
                seen += 1
                if seen == drop_at + 1:
                    wire.cut()
                    return None
                return segment

            wire.to_app = wire.to_meter = count
            if course == "resume":
                app, _ = await visit_resume(keeper, store, known, wire)
            else:
                app, _ = await visit_pair(keeper, store, request(LABEL), wire=wire)
            if seen <= drop_at:
                frames = drop_at
                assert isinstance(app, Linked)
                break
            assert isinstance(app, LinkLost | Linked), app
            settled(store, file, await converge(store, file, signing_key("device")))
            drop_at += 1
        assert drop_at >= (8 if course == "pair" else 4)

    run(main())

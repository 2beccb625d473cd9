"""What a household says of its home stays on this computer: no request depends on it, no byte of it leaves."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from ohmstead.core.codec import Value, encode
from ohmstead.link.messages import Request, pack
from ohmstead.neighbours.cohorts import AREA_LIMIT, PEOPLE_LIMIT, Dwelling, Features, Heating
from tests.services.neighbours.rig import DAY, HOUSES, App, Town

TOLD = [
    None,
    Features(Dwelling.DETACHED, 7341, 83, Heating.HEAT_PUMP, True, True),
    Features(Dwelling.FLAT, 1, 1, Heating.GAS, False, False),
    Features(Dwelling.TERRACED, AREA_LIMIT - 1, PEOPLE_LIMIT - 1, Heating.OTHER, True, False),
    Features(Dwelling.FLAT, 31, 2, Heating.DISTRICT, False, True),
    Features(Dwelling.DETACHED, 250, 4, Heating.ELECTRIC, True, True),
]
#: Numbers so large that they stand in no message by chance, and words that no other part of the link uses.
MARKED = Features(Dwelling.TERRACED, 8689, 87, Heating.HEAT_PUMP, True, True)


class Watched:
    """Everything that an app's desk says over its links."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.frames: list[bytes] = []

    def _heard(self) -> None:
        assert self.app.channel is not None
        self.frames += [pack(Request(1, m, p)) for m, p in self.app.channel.asked]

    async def life(self, features: Features | None, *, audit: bool) -> list[bytes]:
        """From the first look over telling and joining (and an audit) to the next start; what was asked."""
        app = self.app
        await app.desk.close()
        app.path, self.frames = self.folder / "neighbours.sqlite", []
        app.desk = app.new_desk()
        await app.desk.open()
        await app.desk.set_features(features)
        for again in (False, True):
            async with app.linked(readings=False) as desk:
                await desk.set_features(features)
                await desk.join(HOUSES.id)
                await desk.set_features(None)
                await desk.set_features(features)
                await desk.pause(False)
                if audit and again:
                    await desk.audit(HOUSES.id, DAY)
            self._heard()
            await app.look(readings=False)
            self._heard()
            assert app.state.proposed == (None if features is None else HOUSES.id)
            await app.again()
        return self.frames


async def test_nothing_that_is_asked_depends_on_what_the_home_is_like(app: App, tmp_path: Path) -> None:
    """Homes that differ in everything and are proposed one cohort ask the same, byte by byte, in one order."""
    async with app.linked(look=False):
        pass
    said = [await Watched(app, tmp_path / str(n)).life(f, audit=False) for n, f in enumerate(TOLD)]
    assert len(said[0]) > 20
    for frames in said:
        assert frames == said[0]


def parts_of(features: Features) -> list[bytes]:
    """How each thing that was said of a home would look in a message: as the codec, as text, as a number."""
    values: list[Value] = [features.to_value(), features.area_m2, features.people]
    words = [str(features.dwelling), str(features.heating), str(features.area_m2), str(features.people)]
    numbers = [features.area_m2.to_bytes(n, order) for n in (2, 4, 8) for order in ("big", "little")]
    return [*map(encode, values[:2]), *(w.encode() for w in words[:3]), *numbers, b"features"]


async def test_no_byte_of_it_leaves_this_computer(
    app: App, two_days: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with app.linked(look=False):
        pass
    caplog.set_level(logging.DEBUG)
    frames = await Watched(app, tmp_path / "home").life(MARKED, audit=True)
    parts = parts_of(MARKED)
    for frame in frames:
        # Points, hashes and keys are drawn at random: two bytes of them may be anything.
        assert not any(part in frame for part in parts if len(part) > 2), frame
    kept = (tmp_path / "home" / "neighbours.sqlite").read_bytes()
    kept += (tmp_path / "home" / "neighbours.sqlite-wal").read_bytes()
    assert encode(MARKED.to_value()) in kept, "here it is, and only here"
    elsewhere = [p for p in two_days.bench.folder.rglob("*") if p.is_file()]
    assert len(elsewhere) > 5
    for path in elsewhere:
        assert encode(MARKED.to_value()) not in path.read_bytes(), path
    assert not any(word in caplog.text for word in (str(MARKED.area_m2), str(MARKED.heating)))

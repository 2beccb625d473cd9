"""Towns that have come so far, made once: what tests of the app's neighbours look at and must leave as it is."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.neighbours.rig import DAY, App, Town


@pytest.fixture(scope="session")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The first day void, two days with results, all stated by the meter; a third day is stated and closed, and
    two of four guardians have shared; a fourth may still be stated, and the meter has.
    """
    town = Town(tmp_path_factory.mktemp("two days"))

    async def run() -> None:
        await town.begin()
        for day in (DAY, DAY + 1, DAY + 2):
            await town.states(day)
        town.bench.street.close(DAY)
        for day in (DAY + 1, DAY + 2):
            town.bench.street.close(day)
            for _ in range(2):
                await town.bench.street.look(*([0, 2] if day == DAY + 2 else []))
        await town.states(DAY + 4)

    asyncio.run(run())
    yield town
    town.shut()


@pytest.fixture(scope="session")
def synced(two_days: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a home of ``two_days`` whose own readings are here, and nothing of its neighbours."""
    folder = tmp_path_factory.mktemp("synced")
    app = App(two_days.bench, folder)
    asyncio.run(app.link())
    app.close()
    return folder


@pytest.fixture
def app(two_days: Town, synced: Path, tmp_path: Path) -> Iterator[App]:
    """An app that has synced and has not looked yet, of a home of ``two_days``."""
    shutil.copytree(synced, tmp_path / "app")
    made = App(two_days.bench, tmp_path / "app")
    yield made
    made.close()

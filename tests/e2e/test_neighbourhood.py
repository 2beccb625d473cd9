"""A demonstration's folder belongs to one source for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.errors import UserError
from ohmstead.meter.sources.choose import DEFAULT
from ohmstead.village.neighbourhood import Neighbourhood, source_in


def names_in(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


async def test_a_folder_of_another_source_is_refused_before_anything_starts(tmp_path: Path) -> None:
    first = Neighbourhood(tmp_path, "demo")
    assert first._settled_weeks() == first._settled_weeks() > 700
    other = Neighbourhood(tmp_path, "simulator:3")
    assert other.simulated
    assert not first.simulated
    before = names_in(tmp_path)
    with pytest.raises(UserError, match="another folder with --data"):
        await other.start()
    assert names_in(tmp_path) == before
    (tmp_path / "demonstration.cbor").write_bytes(b"\x81\x05")
    with pytest.raises(UserError, match="no demonstration of this version"):
        await first.start()


async def test_a_folder_goes_on_with_the_source_that_it_holds(tmp_path: Path) -> None:
    assert source_in(tmp_path) == DEFAULT == "demo:3"
    Neighbourhood(tmp_path, "demo")._settled_weeks()
    assert source_in(tmp_path) == "demo"
    (tmp_path / "demonstration.cbor").write_bytes(b"\x81\x05")
    assert source_in(tmp_path) == DEFAULT

"""A demonstration's folder belongs to one source for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.errors import UserError
from ohmstead.village.neighbourhood import Neighbourhood


async def test_a_folder_of_another_source_is_refused_before_anything_starts(tmp_path: Path) -> None:
    first = Neighbourhood(tmp_path, "demo")
    assert first._settled_weeks() == first._settled_weeks() > 700
    other = Neighbourhood(tmp_path, "simulator:3")
    assert other.simulated
    assert not first.simulated
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(UserError, match="another folder with --data"):
        await other.start()
    assert sorted(p.name for p in tmp_path.iterdir()) == before

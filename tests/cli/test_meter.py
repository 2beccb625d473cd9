"""``ohmstead meter``: arguments that no meter can have are refused before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.cli.main import run


@pytest.mark.parametrize("rating", ["0", "-5", "69001"])
def test_a_rating_that_no_home_has(rating: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["meter", "--data", str(tmp_path / "m"), "--node", "http://127.0.0.1:1", "--rating", rating]
    assert run([*arguments, "--genesis-hash", "00" * 32]) == 1
    assert "from 1 to 69000 W" in capsys.readouterr().err
    assert not (tmp_path / "m").exists()

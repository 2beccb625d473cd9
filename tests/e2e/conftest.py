"""Machines that are started once for all tests in a real window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.windows import Kept

WEEKS = 7  # five tiles of pages
RADIO = "2,15"  # a phone's pace, so that a sync has a middle


@pytest.fixture(scope="session")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    made = Kept(tmp_path_factory.mktemp("machines"), WEEKS, RADIO)
    yield made
    made.end()

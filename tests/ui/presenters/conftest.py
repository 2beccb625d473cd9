"""Presenters are free of Qt: no timer and no thread of theirs can outlive a test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def nothing_left_running() -> None:
    """In place of the window's: looking through every object after each of these costs more than they do."""

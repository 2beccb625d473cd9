"""The homes that the window can switch between, as values. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """One home of this profile. ``key`` is the meter's id in hex, ``name`` what the person calls it."""

    key: str
    name: str

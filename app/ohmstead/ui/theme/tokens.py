"""The look's tokens as typed values: colours by mode, type styles, space, radii, sizes, motion.

Qt-free. Here: reading and checking ``resources/tokens.json``. Not here: turning any of it into Qt objects
(``ui.theme.theme``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One type style: pixels, line height in pixels, CSS weight, letter spacing in pixels, family."""

    px: int
    line: int
    weight: int
    track: float
    display: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens.

    ``colour`` maps mode and name to ``#RRGGBB``, ``heat`` mode and ramp to its stops; sizes and radii are
    logical pixels, motion is milliseconds.
    """

    colour: Mapping[str, Mapping[str, str]]
    heat: Mapping[str, Mapping[str, Sequence[str]]]
    styles: Mapping[str, TypeStyle]
    family: str
    family_display: str
    family_mono: str
    space: Mapping[str, int]
    radius: Mapping[str, float]
    size: Mapping[str, float]
    motion: Mapping[str, int]


def load_tokens(path: Path) -> Tokens:
    """Read a token file. Raises ValueError where the two modes do not name the same colours."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    colour: dict[str, dict[str, str]] = raw["colour"]
    if set(colour) != set(MODES) or set(colour["light"]) != set(colour["dark"]):
        raise ValueError(f"{path.name}: light and dark must name the same colours")
    kind = raw["type"]
    return Tokens(
        colour=colour,
        heat=raw["heat"],
        styles={name: TypeStyle(**style) for name, style in kind["styles"].items()},
        family=kind["family"],
        family_display=kind["family_display"],
        family_mono=kind["family_mono"],
        space=raw["space"],
        radius=raw["radius"],
        size=raw["size"],
        motion={name: value for name, value in raw["motion"].items() if isinstance(value, int)},
    )

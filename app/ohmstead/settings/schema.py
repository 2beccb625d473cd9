"""The settings: names, types, defaults, bounds. Reading is forgiving, value by value.

Not here: the file (``settings.store``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

VERSION = 1
ThemeChoice = Literal["system", "light", "dark"]
THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
MIN_WIDTH, MIN_HEIGHT = 1024, 640
MAX_PX = 32_000


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the window stood, in logical pixels, and whether it was maximised."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. ``home`` names the home shown last, empty for none."""

    theme: ThemeChoice = "system"
    window: WindowPlace | None = None
    home: str = ""

    def with_window(self, window: WindowPlace) -> Settings:
        """The same settings with another window place."""
        return replace(self, window=window)


def from_values(values: Mapping[str, Any]) -> Settings:
    """Settings from decoded JSON. What is missing, of another type or out of bounds is the default."""
    theme = values.get("theme")
    home = values.get("home")
    return Settings(
        theme=next((known for known in THEMES if known == theme), "system"),
        window=_window(values.get("window")),
        home=home if isinstance(home, str) and len(home) <= 256 else "",
    )


def to_values(settings: Settings) -> dict[str, Any]:
    """JSON values of settings."""
    place = settings.window
    window = None
    if place is not None:
        window = {
            "x": place.x,
            "y": place.y,
            "width": place.width,
            "height": place.height,
            "maximised": place.maximised,
        }
    return {"version": VERSION, "theme": settings.theme, "window": window, "home": settings.home}


def _window(value: object) -> WindowPlace | None:
    if not isinstance(value, dict):
        return None
    numbers = [value.get(name) for name in ("x", "y", "width", "height")]
    if not all(type(n) is int and -MAX_PX <= n <= MAX_PX for n in numbers):
        return None
    x, y, width, height = (int(n) for n in numbers if n is not None)
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        return None
    return WindowPlace(x, y, width, height, value.get("maximised") is True)

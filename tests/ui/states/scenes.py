"""The list of scenes. A scene brings the window into one state; its name is its page's, then the state's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.ui.states.studio import Studio

Go = Callable[[Studio], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the window, and the way there."""

    name: str
    go: Go


_ALL: dict[str, Scene] = {}


def scene(name: str) -> Callable[[Go], Go]:
    """Register a function as a scene. Raises ValueError for a name that is taken."""

    def register(go: Go) -> Go:
        if name in _ALL:
            raise ValueError(f"two scenes are called {name}")
        _ALL[name] = Scene(name, go)
        return go

    return register


def scenes() -> tuple[Scene, ...]:
    """All of them, in order."""
    from tests.ui.states import (
        scenes_first,
        scenes_frame,
        scenes_home,
        scenes_ledger,
        scenes_market,
        scenes_market_home,
        scenes_neighbour_home,
        scenes_neighbours,
        scenes_settings,
        scenes_usage,
    )

    assert all((scenes_first, scenes_frame, scenes_home, scenes_ledger, scenes_market, scenes_settings))
    assert all((scenes_usage, scenes_market_home, scenes_neighbours, scenes_neighbour_home))
    return tuple(_ALL.values())


def enter(scene: Scene, studio: Studio) -> None:
    """Bring the window into a scene, from whatever it shows."""
    studio.reset()
    scene.go(studio)
    studio.settle()

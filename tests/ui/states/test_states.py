"""Every scene, light and dark, wide and narrow, in English and in a language of longer words: nothing is cut,
nothing lies over anything else, nothing leaves the window.
"""

from __future__ import annotations

import pytest

from ohmstead.ui.wording import QtWording
from tests.ui.audit import LongWording, beyond, faults
from tests.ui.states.conftest import Studios
from tests.ui.states.scenes import Scene, enter, scenes
from tests.ui.states.studio import Studio

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WIDE, NARROW = (1280, 800), (1024, 640)
ALL = scenes()


def wrong(studio: Studio) -> list[str]:
    """What the audit finds in the window and in what stands over it."""
    found = [*faults(studio.window), *beyond(studio.window)]
    return found + [fault for popup in studio.popups() for fault in faults(popup)]


def looked_at(studio: Studio, scene: Scene, *, swapped: bool) -> dict[str, list[str]]:
    """The scene at both sizes, one in light, one in dark; entered as the window stands, for that is quickest."""
    looks = [(WIDE, "dark" if swapped else "light"), (NARROW, "light" if swapped else "dark")]
    if studio.size == NARROW:
        looks.reverse()
    found = {}
    for i, (size, mode) in enumerate(looks):
        studio.look.theme.choose(mode)
        if studio.size != size:
            studio.resize(*size)
        if not i:
            enter(scene, studio)
        found[f"{size[0]} {mode}"] = wrong(studio)
    return {where: faults for where, faults in found.items() if faults}


@pytest.mark.parametrize("scene", ALL, ids=lambda s: s.name)
@pytest.mark.parametrize("words", [QtWording, LongWording], ids=["english", "longer"])
def test_all_that_is_said_has_its_place(studios: Studios, words: type[QtWording], scene: Scene) -> None:
    assert looked_at(studios(words), scene, swapped=words is LongWording) == {}


@pytest.mark.parametrize(
    "name",
    ["home-year", "usage-day", "usage-heat", "ledger-two-histories", "settings-data", "receipt", "palette"],
)
def test_a_theme_leaves_nothing_behind(studios: Studios, name: str) -> None:
    studio = studios(QtWording)
    studio.resize(*WIDE)
    enter(next(s for s in ALL if s.name == name), studio)
    theme = studio.look.theme
    theme.choose("light")
    light = studio.picture().toImage()
    theme.choose("dark")
    dark = studio.picture().toImage()
    theme.choose("light")
    assert studio.picture().toImage() == light
    assert dark != light

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


def looked_at(studio: Studio, scene: Scene) -> dict[str, list[str]]:
    """The scene at both sizes, in both themes."""
    theme = studio.look.theme
    theme.choose("light")
    studio.resize(*WIDE)
    enter(scene, studio)
    found = {"light": wrong(studio)}
    theme.choose("dark")
    found["dark"] = wrong(studio)
    studio.resize(*NARROW)
    found["narrow"] = wrong(studio)
    return {where: faults for where, faults in found.items() if faults}


@pytest.mark.parametrize("scene", ALL, ids=lambda s: s.name)
@pytest.mark.parametrize("words", [QtWording, LongWording], ids=["english", "longer"])
def test_all_that_is_said_has_its_place(studios: Studios, words: type[QtWording], scene: Scene) -> None:
    assert looked_at(studios(words), scene) == {}


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

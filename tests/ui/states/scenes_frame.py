"""The frame: sidebar states, palette, help, documents."""

from __future__ import annotations

from ohmstead.services.states import LinkState
from tests.ui.states.scenes import scene
from tests.ui.states.studio import HOMES, Studio


@scene("sidebar-homes")
def homes(s: Studio) -> None:
    s.show(s.files.year("month"), "home")
    s.window.show_homes(HOMES, "aa", can_add=True)
    s.settle()
    s.window.sidebar.home.open_menu()


@scene("sidebar-long-name")
def long_name(s: Studio) -> None:
    s.show(s.files.year("month"), "usage")
    s.window.sidebar.set_home("The old mill house by the canal, second floor")


@scene("sidebar-demonstration")
def demonstration(s: Studio) -> None:
    s.show(s.files.year("month"), "usage")
    s.window.set_demonstration(False)


@scene("sidebar-searching")
def searching(s: Studio) -> None:
    s.show(s.files.year("month"), "usage", link=LinkState.SEARCHING)


@scene("sidebar-syncing")
def syncing(s: Studio) -> None:
    s.show(s.files.year("filling"), "usage", pages_held=968, pages_proven=6_968, complete_to_hour=None)


@scene("sidebar-paused")
def paused(s: Studio) -> None:
    s.show(s.files.year("filling"), "usage", pages_held=968, pages_proven=6_968, complete_to_hour=None)
    s.window.show_paused(True)


@scene("sidebar-refused")
def refused(s: Studio) -> None:
    s.show(s.files.year("month"), "usage", refused="page 8770")


@scene("palette")
def palette(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.window.finder.open()


@scene("palette-day")
def palette_day(s: Studio) -> None:
    s.show(s.files.year(), "usage")
    s.window.finder.open()
    s.window.finder.line.setText("11 jan")


@scene("palette-word")
def palette_word(s: Studio) -> None:
    s.show(s.files.year(), "home")
    s.window.finder.open()
    s.window.finder.line.setText("da")


@scene("palette-nothing")
def palette_nothing(s: Studio) -> None:
    s.show(s.files.year(), "home")
    s.window.finder.open()
    s.window.finder.line.setText("qqzz")


def keys(name: str, page: str) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        s.show(s.files.year(), page)
        s.window.help.open()


keys("help-usage", "usage")
keys("help-home", "home")


def document(name: str) -> None:
    @scene(f"reader-{name}")
    def go(s: Studio) -> None:
        s.show(s.files.year("month"), "home")
        s.window.show_reading(name)


document("help")
document("protocol")
document("credits")

"""The commands of the frame: going to pages and homes, pausing the history, help. Not here: a page's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ohmstead.ui.commands import GO, Command
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.sidebar import PALETTE_KEYS

if TYPE_CHECKING:
    from ohmstead.ui.main_window import MainWindow

SETTINGS_KEYS = "Ctrl+,"


def page_commands(
    pages: Sequence[tuple[str, str, str]], show: Callable[[str], object], words: Wording
) -> tuple[Command, ...]:
    """One command per page, given as (name, icon, label); the first nine have Ctrl and their number."""
    group = words.tr("Go to")
    made = []
    for i, (name, icon, label) in enumerate(pages, 1):
        number = f"Ctrl+{i}" if i < 10 else ""
        keys, also = (SETTINGS_KEYS, number) if name == "settings" else (number, "")
        made.append(Command(f"{GO}{name}", label, partial(show, name), keys, icon, group, also=also))
    return tuple(made)


def home_commands(
    homes: Sequence[HomeChoice], current: str, can_add: bool, window: MainWindow, words: Wording
) -> tuple[Command, ...]:
    """Going to another home, and adding one."""
    group = words.tr("Go to")
    others = tuple(
        Command(f"{GO}home.{home.key}", words.tr("Home: {name}", name=home.name),
                partial(window.home_wanted.emit, home.key), "", "home", group)
        for home in homes
        if home.key != current
    )  # fmt: skip
    if not can_add:
        return others
    adding = Command(
        "home.add", words.tr("Add a home…"), window.pairing_wanted.emit, "", "plus", words.tr("Homes")
    )
    return (*others, adding)


def window_commands(window: MainWindow, words: Wording) -> tuple[Command, ...]:
    """The palette, help and reading; pausing what comes in."""
    tr, group, reading = words.tr, words.tr("Everywhere"), words.tr("Reading")
    foot = window.sidebar.foot

    def read(name: str, label: str, icon: str) -> Command:
        return Command(f"read.{name}", label, partial(window.show_reading, name), "", icon, reading)

    return (
        Command("window.palette", tr("Find a page, a command or a day"), window.finder.open, PALETTE_KEYS,
                "search", group),
        Command("window.help", tr("Show what can be done here"), window.help.open, "F1", "info", group, also="?"),
        Command("sync.pause", tr("Pause the incoming history"), partial(window.sync_paused.emit, True), "",
                "pause", group, lambda: foot.coming and not foot.resting),
        Command("sync.resume", tr("Go on with the incoming history"), partial(window.sync_paused.emit, False), "",
                "play", group, lambda: foot.resting),
        read("help", tr("How is this checked?"), "info"),
        read("threats", tr("Who could cheat, and what stops them"), "document"),
        read("protocol", tr("Read the protocol"), "document"),
        read("credits", tr("Credits and licences"), "document"),
    )  # fmt: skip

"""Two screens, one of twice the pixels: the window goes over and comes back. And light, dark, light everywhere.

In a process of its own, for screens are settled when an application starts:
``python -m tests.ui.test_screens screens|themes FOLDER NAME…`` looks at scenes and prints what is wrong. Qt's
offscreen platform gives a window the ratio of its screen by the screen's density alone, so the second screen has
192 dots an inch. Not here: what the scenes are (``states``), scales of one screen (``states.test_double``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ohmstead.ui.application import Desktop
from ohmstead.ui.errors import Caught
from ohmstead.ui.widgets.reading import Reading
from tests.ui.audit import beyond, faults
from tests.ui.conftest import OFFSCREEN
from tests.ui.states.files import Files
from tests.ui.states.scenes import Scene, enter, scenes
from tests.ui.states.studio import Studio

ONE, TWO = QPoint(40, 40), QPoint(1960, 40)  # where the window stands on either screen
SCREENS = [
    {"name": "one", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96},
    {
        "name": "two",
        "x": 1920,
        "y": 0,
        "width": 3840,
        "height": 2160,
        "logicalDpi": 192,
        "logicalBaseDpi": 96,
    },
]
MOVED = (
    "home-year", "usage-hover", "usage-hover-month", "usage-heat", "usage-year", "usage-table", "receipt",
    "receipt-offline", "ledger-two-histories", "ledger-offline", "settings-data", "palette", "help-usage",
    "reader-help", "dialog-erase", "dialog-recovery-sheet", "first-run", "pairing-words", "sidebar-homes",
    "usage-calendar",
)  # fmt: skip
THEMED = (
    "first-run", "preparing-history", "unlock-sealed", "pairing-several", "pairing-words",
    "pairing-failed-page", "sidebar-homes", "palette-day", "help-usage", "reader-help", "reader-protocol",
    "home-filling", "home-refused", "home-empty", "ledger-whole", "ledger-evidence", "ledger-offline",
    "settings-look", "settings-prices", "settings-notices", "settings-witness", "settings-about",
    "dialog-recovery-sheet", "dialog-erase", "menu-restore", "dialog-crash", "usage-month", "usage-year",
    "usage-hover", "usage-hover-heat", "usage-table", "usage-gap-day", "usage-calendar", "usage-menu-view",
    "usage-toast", "receipt-tampered", "receipt-offline",
)  # fmt: skip
# Not made twice alike: these say how long a check took, and a pointer that stands still is not heard of again.
UNLIKE = ("receipt", "ledger", "usage-hover-heat")


@dataclass(frozen=True, slots=True)
class Sight:
    """The window and what stands over it, as they are."""

    ratio: float
    size: QSize
    pictures: tuple[QImage, ...]
    places: tuple[tuple[str, QRect], ...]
    wrong: tuple[str, ...]


def seen(studio: Studio) -> Sight:
    """What there is to see."""
    window, popups = studio.window, studio.popups()
    wrong = [f for part in (window, *popups) for f in faults(part)]
    wrong += [] if popups else beyond(window)  # a popup's parts have their places on the screen
    pictures = tuple(part.grab().toImage() for part in (window, *popups))
    parts = [w for w in window.findChildren(QWidget) if w.isVisible() and w.window() is window]
    places = tuple((type(w).__name__, QRect(w.mapTo(window, QPoint()), w.size())) for w in parts)
    return Sight(window.devicePixelRatioF(), window.size(), pictures, places, tuple(wrong))


def anew(studio: Studio) -> Sight:
    """The same once more, nothing kept of what was painted before: a change of theme drops all of it."""
    mode = studio.look.theme.mode
    studio.look.theme.choose("dark" if mode == "light" else "light")
    studio.look.theme.choose(mode)
    return seen(studio)


def go(studio: Studio, where: QPoint) -> None:
    """Move the window, and to rest."""
    studio.window.move(where)
    studio.settle()


def moved(studio: Studio, scene: Scene) -> Iterator[str]:
    """A scene on the first screen, taken to the second and back; and one that is made on the second."""
    go(studio, ONE)
    enter(scene, studio)
    here = seen(studio)
    go(studio, TWO)
    there, fresh = seen(studio), anew(studio)
    go(studio, ONE)
    again = seen(studio)
    studio.reset()
    go(studio, TWO)
    enter(scene, studio)
    made = seen(studio)
    if (here.ratio, there.ratio, again.ratio, made.ratio) != (1, 2, 1, 2):
        yield f"the ratio does not follow: {here.ratio}, {there.ratio}, {again.ratio}, {made.ratio}"
    for name, sight in (("first", here), ("second", there), ("first again", again), ("second, made", made)):
        yield from (f"on the {name}: {fault}" for fault in sight.wrong)
    if not here.size == there.size == made.size:
        yield f"another size: {here.size}, {there.size}, {made.size}"
    for name, other in (("second", there), ("first again", again), ("second, made", made)):
        changed = [f"{a} to {b}" for a, b in zip(here.places, other.places, strict=False) if a != b]
        if changed or len(here.places) != len(other.places):
            yield f"not in its place on the {name}: {changed[:3]}"
    for part, (a, b) in enumerate(zip(here.pictures, made.pictures, strict=True)):
        if b.size() != a.size() * 2:
            yield f"part {part} has not twice the pixels: {b.size()}"
        if blown_up(b):
            yield f"part {part} is only blown up, not drawn with twice the pixels"
    for part, (a, b) in enumerate(zip(there.pictures, fresh.pictures, strict=True)):
        yield from differing(f"part {part} is kept from the first screen", a, b, studio, scene)
    for part, (a, b) in enumerate(zip(here.pictures, again.pictures, strict=True)):
        yield from differing(f"part {part} is not as before when back on the first", a, b, studio, scene)


def themed(studio: Studio, scene: Scene) -> Iterator[str]:
    """A scene in light, in dark and in light again; and one that is made in dark."""
    theme = studio.look.theme
    enter(scene, studio)
    read_to_the_end(studio)
    light = seen(studio)
    theme.choose("dark")
    dark = seen(studio)
    theme.choose("light")
    again = seen(studio)
    theme.choose("dark")
    if not scene.name.startswith(UNLIKE):
        enter(scene, studio)
        read_to_the_end(studio)
    made = seen(studio)
    theme.choose("light")
    yield from (f"in light: {fault}" for fault in again.wrong)
    yield from (f"in dark: {fault}" for fault in dark.wrong)
    if dark.places != light.places:
        yield "something moves in dark"
    for what, a, b in (
        ("light again is not the first light", light, again),
        ("dark is not as if made in dark", dark, made),
    ):
        for part, (one, two) in enumerate(zip(a.pictures, b.pictures, strict=False)):
            yield from differing(f"part {part}: {what}", one, two, studio, scene)
    for part, (one, two) in enumerate(zip(light.pictures, dark.pictures, strict=False)):
        if one == two:
            yield f"part {part} is not dark"


def read_to_the_end(studio: Studio) -> None:
    """Where a document's place is lost most easily."""
    for reading in studio.window.findChildren(Reading):
        reading.verticalScrollBar().setValue(reading.verticalScrollBar().maximum())


def blown_up(picture: QImage) -> bool:
    """Whether every two by two pixels are alike: what a picture of half the pixels gives."""
    half = picture.scaled(picture.size() / 2, mode=Qt.TransformationMode.FastTransformation)
    return bool(half.scaled(picture.size(), mode=Qt.TransformationMode.FastTransformation) == picture)


def differing(what: str, a: QImage, b: QImage, studio: Studio, scene: Scene) -> Iterator[str]:
    """Says where two pictures differ, if they do, and keeps both beside the files."""
    if a == b:
        return
    if a.size() != b.size():
        yield f"{what}: {a.size()}, {b.size()}"
        return
    rows = [y for y in range(a.height()) if a.copy(0, y, a.width(), 1) != b.copy(0, y, a.width(), 1)]
    columns = [x for x in range(a.width()) if a.copy(x, 0, 1, a.height()) != b.copy(x, 0, 1, a.height())]
    for name, picture in (("a", a), ("b", b)):
        assert picture.save(str(studio.files._folder / f"{scene.name}-{name}.png"))
    yield f"{what}: columns {columns[0]} to {columns[-1]}, rows {rows[0]} to {rows[-1]}"


LOOKS: dict[str, Callable[[Studio, Scene], Iterator[str]]] = {"screens": moved, "themes": themed}


def main(look: str, folder: Path, names: list[str]) -> int:
    """Look at scenes; prints a list of what is wrong, as JSON."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    os.environ["OHMSTEAD_HOME"] = str(folder / "profile")
    caught: list[Caught] = []
    desktop = Desktop(["screens"], caught.append, "light")
    desktop.app.setCursorFlashTime(0)
    studio = Studio(desktop, Files(folder))
    found: list[str] = []
    for scene in scenes():
        if scene.name in names:
            found += [f"{scene.name}: {fault}" for fault in LOOKS[look](studio, scene)]
    studio.reset()
    studio.close()
    studio.files.close()
    desktop.release()
    found += [c.words for c in caught if not c.words.startswith(OFFSCREEN)]
    print(json.dumps(found))
    return 0


def looked(look: str, folder: Path, names: tuple[str, ...]) -> list[str]:
    """What is wrong with these scenes, seen in another process."""
    root, config = Path(__file__).parents[2], folder / "screens.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": True, "screens": SCREENS}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.test_screens", look, str(folder), *names],
        cwd=root, capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {
            "PYTHONPATH": os.pathsep.join([str(root / "app"), str(root)]),
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        },
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return list(json.loads(done.stdout))


@pytest.mark.processes
def test_a_window_is_as_sharp_as_the_screen_that_it_stands_on(tmp_path: Path) -> None:
    assert looked("screens", tmp_path, MOVED) == []


@pytest.mark.processes
def test_a_theme_leaves_nothing_behind_anywhere(tmp_path: Path) -> None:
    assert looked("themes", tmp_path, THEMED) == []


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))

"""All components in all states, light and dark, in English and in a language of longer words: nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from ohmstead.ui.application import Desktop
from ohmstead.ui.theme.theme import Choice
from ohmstead.ui.wording import QtWording
from tests.ui.audit import LongWording, faults
from tests.ui.gallery.draw import Shown, draw, picture, stand
from tests.ui.gallery.specimens import FOCUS, REST, Ground, Specimen, specimens

ALL = tuple(specimens())


@pytest.fixture
def desk(desktop: Desktop) -> Iterator[Desktop]:
    desktop.look.theme.keep_still(True)
    yield desktop
    desktop.look.theme.choose("light")


def each(desk: Desktop, words: QtWording) -> Iterator[Shown]:
    for specimen in ALL:
        shown = stand(specimen, Ground(desk.look, words))
        yield shown
        shown.paper.close()
        shown.paper.deleteLater()


def inked(image: QImage, colour: QColor) -> int:
    wanted = colour.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def title(specimen: Specimen) -> str:
    return f"{specimen.name}, {specimen.state}"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("long", [False, True], ids=["english", "longer"])
def test_no_words_are_cut_or_over_each_other(desk: Desktop, mode: Choice, long: bool) -> None:
    desk.look.theme.choose(mode)
    found = {
        title(shown.specimen): wrong
        for shown in each(desk, LongWording() if long else QtWording())
        if (wrong := faults(shown.paper))
    }
    assert found == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_keyboard_s_place_is_seen_and_only_there(desk: Desktop, mode: Choice) -> None:
    desk.look.theme.choose(mode)
    focus = desk.look.theme.colour("focus")
    ringed = {
        title(shown.specimen): inked(picture(shown, 1.0).toImage(), focus) > 30
        for shown in each(desk, QtWording())
        if shown.specimen.state in (REST, FOCUS) and "wrong" not in shown.specimen.name
    }
    wanted = {title(s): s.state == FOCUS for s in ALL if title(s) in ringed}
    assert ringed == wanted


def test_every_part_that_can_be_reached_has_a_name(desk: Desktop) -> None:
    nameless = [
        title(shown.specimen)
        for shown in each(desk, QtWording())
        for part in (shown.part, *shown.part.findChildren(type(shown.part)))
        if part.focusPolicy() != part.focusPolicy().NoFocus and not part.accessibleName()
    ]
    assert nameless == []


def test_the_sheets_are_written(desk: Desktop, tmp_path: Path) -> None:
    files = draw(Ground(desk.look, QtWording()), tmp_path, "light", 1.0)
    assert {f.name for f in files} == {f"{s.group}-light.png" for s in ALL}
    assert all(QImage(str(f)).width() == 1200 for f in files)

"""One window for all scenes of a module: it is brought from state to state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ohmstead.ui.application import Desktop
from ohmstead.ui.errors import Caught
from ohmstead.ui.wording import QtWording
from tests.ui.conftest import OFFSCREEN
from tests.ui.states.files import Files
from tests.ui.states.studio import Studio

Studios = Callable[[type[QtWording]], Studio]


@pytest.fixture(autouse=True)
def nothing_left_running() -> None:
    """In place of the window's: here the window and its thread outlive a test on purpose, and no longer."""


@pytest.fixture(scope="module")
def studios(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studios]:
    """A window in English, and one in another wording; each is made when it is first asked for."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    caught: list[Caught] = []
    with ExitStack() as stack:
        desktop = Desktop(["ohmstead"], caught.append, "light")
        stack.callback(desktop.release)
        files = Files(tmp_path_factory.mktemp("states"))
        stack.callback(files.close)
        made: dict[type[QtWording], Studio] = {}

        def studio(words: type[QtWording]) -> Studio:
            if words not in made:
                made[words] = Studio(desktop, files, words())
                stack.callback(made[words].close)
                stack.callback(made[words].reset)
            return made[words]

        yield studio
        desktop.look.theme.choose("light")
    assert [c for c in caught if not c.words.startswith(OFFSCREEN)] == []

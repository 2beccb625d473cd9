"""One page at a time, shown in a window of its own on real files; jobs run on a real thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.widgets.text import Text
from tests.ui.proven_home import ProvenHome, proven_home
from tests.ui.solar_home import Home, fill

PageKind = TypeVar("PageKind", bound=QWidget)
SIZE = 1068, 800  # a window of 1280 less its sidebar


@dataclass
class Rig:
    """What a page is built from. ``now_s`` is the product's clock; a test moves it."""

    desktop: Desktop
    qtbot: QtBot
    reader: ThreadPoolExecutor = field(repr=False)
    now_s: int = 0

    def clock(self) -> int:
        return self.now_s

    def make(self, kind: Callable[..., PageKind], wording: Wording | None = None) -> PageKind:
        """A page, shown at the usual size."""
        words = wording if wording is not None else self.desktop.wording
        page = kind(self.desktop.look, words, self.desktop.jobs, self.reader, self.clock)
        self.qtbot.addWidget(page)
        page.resize(*SIZE)
        page.show()
        return page

    def shown(self, page: Any, call: Callable[[], object]) -> None:
        """Waits for what a call leads to."""
        with self.qtbot.waitSignal(page.shown, timeout=10_000):
            call()


@pytest.fixture
def rig(desktop: Desktop, qtbot: QtBot) -> Iterator[Rig]:
    desktop.look.theme.keep_still(True)
    reader = ThreadPoolExecutor(1, thread_name_prefix="work")
    yield Rig(desktop, qtbot, reader)
    desktop.jobs.close()
    reader.shutdown(wait=True)


@pytest.fixture(scope="session")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demonstration home on its last day at 14:00. Read only."""
    return fill(tmp_path_factory.mktemp("afternoon") / "home.db", skip_last=10)


@pytest.fixture
def proven(tmp_path: Path) -> Iterator[ProvenHome]:
    """A home of 51 pages whose mirror proves them."""
    with proven_home(tmp_path / "street", 40, 10, 1) as made:
        yield made


def button(root: QWidget, name: str) -> QAbstractButton:
    """The visible button of this name."""
    (found,) = [b for b in root.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    return found


def words_on(root: QWidget) -> str:
    """Everything a screen reader finds on a page: labels and the names of what is drawn."""
    said = []
    for part in root.findChildren(QWidget):
        if part.isVisible():
            said += [part.text()] if isinstance(part, Text) and not part.accessibleName() else []
            said += [part.accessibleName(), part.accessibleDescription()]
    return "\n".join(s for s in said if s)


def wrongly_coloured(root: QWidget) -> list[str]:
    """Visible words whose colour is not that of their token in the theme in force."""
    return [
        part.accessibleName() or part.text()
        for part in root.findChildren(Text)
        if part.isVisible()
        and part.palette().color(part.foregroundRole()) != part.look.theme.colour(part._tone)
    ]

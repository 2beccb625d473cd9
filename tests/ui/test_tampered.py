"""One byte of one page changed in the file of a home that proves its pages: every page of the window names it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.usage_data import MirrorUsage
from ohmstead.ui.product import HomeSources
from ohmstead.ui.widgets.parts import Banner
from tests.ui.audit import LongWording, faults
from tests.ui.pages.conftest import words_on
from tests.ui.proven_home import FIRST, ProvenHome, proven_home

PAGE = 44  # of the newest day
SAID = f"Page {PAGE} was changed after it was signed"


@pytest.fixture
def proven(tmp_path: Path) -> Iterator[ProvenHome]:
    with proven_home(tmp_path / "street", 40, 10, 1) as made:
        yield made


@pytest.fixture
def window(desktop: Desktop, proven: ProvenHome, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window, no home yet."""
    desktop.look.theme.keep_still(True)
    reader = ThreadPoolExecutor(1, thread_name_prefix="work")
    made = MainWindow(
        desktop.look, desktop.wording, desktop.jobs, desktop.bridge, reader, lambda: proven.now_s
    )
    qtbot.addWidget(made)
    made.show()
    yield made
    desktop.jobs.close()
    reader.shutdown(wait=True)


def opened(window: MainWindow, proven: ProvenHome, qtbot: QtBot) -> None:
    sources = HomeSources(
        proven.home(), MirrorUsage(proven.path, proven.meter), proven.ledger(), proven.receipts()
    )
    with qtbot.waitSignals([window.home.shown, window.usage.shown, window.ledger.shown], timeout=10_000):
        window.show_home("Orchard Lane 4", sources)
        window.show_page("ledger")
    window.product.show_state(proven.state())


def put_back(proven: ProvenHome, raw: bytes) -> None:
    proven.mirror._db.execute("UPDATE page SET raw = ? WHERE number = ?", (raw, PAGE))


def banners(page: QWidget) -> list[str]:
    return [b.accessibleName() for b in page.findChildren(Banner) if b.isVisible()]


def test_every_page_names_what_was_changed_and_none_does_when_it_is_whole(
    window: MainWindow, proven: ProvenHome, qtbot: QtBot
) -> None:
    raw = proven.tamper(PAGE)
    opened(window, proven, qtbot)
    window.show_page("home")
    qtbot.waitUntil(lambda: banners(window.home) == [SAID], timeout=5_000)
    assert f"Page {PAGE} was changed, not used" in words_on(window.home)  # among the facts
    window.show_page("usage")
    assert banners(window.usage) == [SAID]
    window.show_page("ledger")
    assert SAID in words_on(window.ledger)
    window.show_page("usage")
    with qtbot.waitSignal(window.product.drawer.shown, timeout=10_000):
        window.product.usage_place.open_receipt(FIRST + 4 * PAGE)
    assert SAID in words_on(window.product.drawer)

    put_back(proven, raw)
    with qtbot.waitSignals([window.home.shown, window.usage.shown], timeout=10_000):
        window.product.refresh()
    assert banners(window.usage) == []
    with qtbot.waitSignal(window.product.drawer.shown, timeout=10_000):
        window.product.usage_place.open_receipt(FIRST + 4 * PAGE)
    assert "was changed" not in words_on(window.product.drawer)
    window.show_page("home")
    qtbot.waitUntil(lambda: "was changed" not in words_on(window.home), timeout=5_000)
    assert banners(window.home) == []
    window.show_page("ledger")
    window.ledger.refresh()
    qtbot.waitUntil(lambda: "was changed" not in words_on(window.ledger), timeout=5_000)


def test_usage_leads_to_the_ledger(window: MainWindow, proven: ProvenHome, qtbot: QtBot) -> None:
    proven.tamper(PAGE)
    opened(window, proven, qtbot)
    window.show_page("usage")
    qtbot.waitUntil(lambda: banners(window.usage) == [SAID], timeout=5_000)
    (show,) = [
        b
        for b in window.usage.refusal.findChildren(QAbstractButton)
        if b.accessibleName() == "Show the Ledger"
    ]
    show.click()
    assert window.page == "ledger"


def test_another_home_begins_without_the_former_s_trouble(
    window: MainWindow, proven: ProvenHome, qtbot: QtBot, tmp_path: Path
) -> None:
    proven.tamper(PAGE)
    opened(window, proven, qtbot)
    window.show_page("usage")
    qtbot.waitUntil(lambda: banners(window.usage) == [SAID], timeout=5_000)
    with proven_home(tmp_path / "other", 20, 1) as other:
        opened(window, other, qtbot)
        window.show_page("usage")
        assert banners(window.usage) == []


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_banner_holds_longer_words(
    window: MainWindow, proven: ProvenHome, qtbot: QtBot, size: tuple[int, int]
) -> None:
    from ohmstead.ui.pages.usage_trouble import UsageTrouble
    from ohmstead.ui.presenters.facts_trouble import trouble_of

    window.resize(*size)
    words = LongWording()
    made = UsageTrouble(window.look, words)
    qtbot.addWidget(made)
    made.resize(size[0] - 140, 120)
    made.show_trouble(trouble_of(f"page {PAGE}", "PagesDiffer", words))
    made.show()
    qtbot.wait(0)
    assert faults(made) == []
    made.show_trouble(trouble_of("header 9", "HeaderFromFuture", words))
    assert not made.isVisible()

"""The ring round a link: clear of its letters, without a pixel of room, wherever the link goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ohmstead.ui.application import Desktop
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.ring import BESIDE, HIGH, OuterRing


class Bench:
    """A window with a link at the left edge of what scrolls, and a button under it."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        look = desktop.look
        self.link, self.other = Button(look, "Another amount…", "link"), Button(look, "Offer it")
        self.inside = holder(column(40, self.link, self.other, None, gap=0))
        self.inside.setMinimumHeight(1_200)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setWidget(self.inside)
        self.window = QWidget()
        self.window.setLayout(column(self.scroll, margins=(30, 20, 30, 20)))
        self.window.resize(400, 300)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def rings(self) -> list[OuterRing]:
        for _ in range(2):  # what goes may take something with it
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return self.window.findChildren(OuterRing)

    @property
    def box(self) -> QRect:
        """Where the link is in the window."""
        return QRect(self.link.mapTo(self.window, QPoint(0, 0)), self.link.size())

    def focus(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.fixture
def bench(desktop: Desktop, qtbot: QtBot) -> Bench:
    return Bench(desktop, qtbot)


def test_it_lies_round_the_letters_and_moves_nothing(bench: Bench) -> None:
    before = bench.box
    bench.focus(bench.link)
    (ring,) = bench.rings
    assert bench.box == before
    assert ring.geometry().left() == before.left() - BESIDE
    assert ring.geometry().right() == before.right() + BESIDE
    assert ring.height() >= HIGH
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    bench.focus(bench.other)
    assert bench.rings == []


def test_a_low_link_has_a_ring_with_room(bench: Bench) -> None:
    bench.link.setFixedHeight(18)
    bench.focus(bench.link)
    QApplication.processEvents()
    (ring,) = bench.rings
    assert ring.height() >= HIGH
    assert ring.geometry().center().y() == bench.box.center().y()


def test_it_follows_its_link_and_is_cut_where_that_scrolls_away(bench: Bench) -> None:
    bench.focus(bench.link)
    (ring,) = bench.rings
    bench.scroll.verticalScrollBar().setValue(30)
    assert ring.geometry().top() == bench.box.top() - max(0, (HIGH + 1 - bench.link.height()) // 2)
    bench.scroll.verticalScrollBar().setValue(60)
    assert ring._clip.height() < ring.height()
    bench.scroll.verticalScrollBar().setValue(400)
    assert ring._clip.isEmpty()
    bench.window.resize(700, 300)
    QApplication.processEvents()
    assert ring.width() == bench.box.width() + 2 * BESIDE


def test_a_click_and_other_buttons_have_none(bench: Bench) -> None:
    QTest.mouseClick(bench.link, Qt.MouseButton.LeftButton)
    assert bench.rings == []
    bench.focus(bench.other)
    assert bench.rings == []


def test_it_goes_with_its_link(bench: Bench) -> None:
    bench.focus(bench.link)
    assert len(bench.rings) == 1
    bench.link.hide()
    assert bench.rings == []
    bench.link.show()
    bench.focus(bench.link)
    bench.link.deleteLater()
    assert bench.rings == []
    bench.window.resize(500, 300)

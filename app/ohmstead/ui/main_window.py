"""The window: sidebar and pages, its place remembered, and what happens when it is closed.

It is handed what it shows and owns no service. Not here: any page's content; the order of quitting
(``ui.application``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from ohmstead.settings.schema import MIN_HEIGHT, MIN_WIDTH, WindowPlace
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.pages.first_run import FirstRunPage
from ohmstead.ui.pages.pairing_page import PairingPage
from ohmstead.ui.pages.preparing import PreparingPage
from ohmstead.ui.pages.usage_page import UsagePage
from ohmstead.ui.presenters.meter_state import Link, MeterFacts, meter_foot
from ohmstead.ui.presenters.pairing import PairingController, PairingState
from ohmstead.ui.presenters.usage_data import UsageSource
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.sidebar import Sidebar
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted

DEFAULT_SIZE = 1280, 800
FOLD_BELOW = 1100
AGE_MS = 30_000


class MainWindow(Painted):
    """One home in one window. Main thread.

    Signals:
        pairing_wanted: the person wants to pair; answer with ``begin_pairing``.
        pairing_left: the pairing page was left, paired or not.
        demo_wanted: the person wants the demonstration home.
        closing: the window was closed; its place is final.
    """

    pairing_wanted = Signal()
    pairing_left = Signal()
    demo_wanted = Signal()
    closing = Signal()

    def __init__(
        self,
        look: Look,
        wording: Wording,
        jobs: Jobs,
        bridge: Bridge,
        reader: Executor,
        clock: Callable[[], int],
        *,
        with_demo: bool = False,
    ) -> None:
        super().__init__(look)
        self._wording, self._clock = wording, clock
        self._paired = False
        self._facts = MeterFacts(Link.NONE, 0)
        # Facts grow old without any event: nothing stays *current* by itself.
        self._ageing = QTimer(self)
        self._ageing.setInterval(AGE_MS)
        self._ageing.timeout.connect(self.age_facts)
        self._ageing.start()
        self.setWindowTitle("Ohmstead")
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.resize(*DEFAULT_SIZE)
        self.sidebar = Sidebar(look, wording)
        self.sidebar.add_page("usage", "usage", wording.tr("Usage"))
        self.first_run = FirstRunPage(look, wording, with_demo=with_demo)
        self.preparing = PreparingPage(look, wording)
        self.pairing = PairingPage(look, wording)
        self.usage = UsagePage(look, wording, jobs, reader, clock)
        self._pages = QStackedWidget()
        for page in (self.first_run, self.preparing, self.pairing, self.usage):
            self._pages.addWidget(page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sidebar)
        whole.addWidget(self._pages, 1)
        self.first_run.pairing_wanted.connect(self.pairing_wanted)
        self.first_run.demo_wanted.connect(self.demo_wanted)
        self.pairing.left.connect(self._pairing_left)
        self.sidebar.chosen.connect(self._choose_page)
        bridge.subscribe(PairingState, self, self.pairing.show_state)
        bridge.subscribe(MeterFacts, self, self.show_facts)
        self.show_home("", None)

    def show_home(self, name: str, source: UsageSource | None) -> None:
        """Show a home's readings; without a source, the first-run page."""
        self._paired = source is not None
        self.sidebar.set_home(name)
        self.sidebar.setVisible(self._paired)
        self.setWindowTitle(f"{name} – Ohmstead" if name else "Ohmstead")
        self.usage.set_source(source)
        if self._paired:
            self.sidebar.choose("usage")
            # A person who reads what pairing came to leaves that page by themselves.
            if self._pages.currentWidget() is self.pairing:
                self.sidebar.setVisible(False)
            else:
                self._choose_page("usage")
        else:
            self._pages.setCurrentWidget(self.first_run)
            self.show_facts(MeterFacts(Link.NONE, 0))

    def show_preparing(self, step: str, done: int = 0, total: int = 0) -> None:
        """Show how far the demonstration is made ready, or why it could not be."""
        self.sidebar.setVisible(False)
        self._pages.setCurrentWidget(self.preparing)
        self.preparing.show_step(step, done, total)

    def begin_pairing(self, controller: PairingController) -> None:
        """Show the pairing page, driven by a controller whose states arrive over the bridge."""
        self.sidebar.setVisible(False)
        self._pages.setCurrentWidget(self.pairing)
        self.pairing.begin(controller)

    @Slot(object)
    def show_facts(self, facts: MeterFacts) -> None:
        """Say how the meter and the ledger stand, at the sidebar's foot."""
        self._facts = facts
        self.sidebar.foot.show_foot(meter_foot(facts, self._wording))

    @Slot()
    def age_facts(self) -> None:
        """Say the same facts again, as of now."""
        self.show_facts(replace(self._facts, now_s=max(self._clock(), self._facts.now_s)))

    def stand_at(self, place: WindowPlace | None) -> None:
        """Stand where the window stood last, if that is still on a screen."""
        if place is None:
            return
        box = QRect(place.x, place.y, place.width, place.height)
        if any(screen.availableGeometry().intersects(box) for screen in QGuiApplication.screens()):
            self.setGeometry(box)
        else:
            self.resize(place.width, place.height)
        if place.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def place(self) -> WindowPlace:
        """Where the window stands, for next time."""
        box = self.normalGeometry() if self.isMaximized() else self.geometry()
        return WindowPlace(
            box.x(), box.y(), max(box.width(), MIN_WIDTH), max(box.height(), MIN_HEIGHT), self.isMaximized()
        )

    @Slot(str)
    def _choose_page(self, name: str) -> None:
        self.sidebar.choose(name)
        self._pages.setCurrentWidget({"usage": self.usage}[name])
        self.usage.take_focus()

    @Slot()
    def _pairing_left(self) -> None:
        self.sidebar.setVisible(self._paired)
        self._pages.setCurrentWidget(self.usage if self._paired else self.first_run)
        self.pairing_left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.sidebar.fold(self.width() < FOLD_BELOW)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.look.brush(self) as brush:
            brush.fill(QRectF(self.rect()), "page")

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

"""The window: sidebar and pages, its place remembered, and what happens when it is closed.

It is handed what it shows and owns no service. Not here: any page's content; the order of quitting
(``ui.application``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ohmstead.core.slots import slot_at
from ohmstead.settings.schema import MIN_HEIGHT, MIN_WIDTH, WindowPlace
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.commands import Command, Shortcuts
from ohmstead.ui.frame_commands import home_commands, page_commands, window_commands
from ohmstead.ui.help_sheet import HelpSheet
from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.pages.first_run import FirstRunPage
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.pairing_page import PairingPage
from ohmstead.ui.pages.preparing import PreparingPage
from ohmstead.ui.pages.reader_page import ReaderPage
from ohmstead.ui.pages.settings_page import SettingsPage
from ohmstead.ui.palette import Palette
from ohmstead.ui.presenters.facts_trouble import Trouble
from ohmstead.ui.presenters.home_choices import HomeChoice
from ohmstead.ui.presenters.meter_state import Link, MeterFacts, meter_foot
from ohmstead.ui.presenters.pairing import PairingController, PairingState
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.settings import SettingsController
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.product import HomeSources, Product
from ohmstead.ui.regional import month_first
from ohmstead.ui.sidebar import Sidebar
from ohmstead.ui.theme.app_icon import app_icon
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted
from ohmstead.ui.widgets.sheet import Over
from ohmstead.ui.window_place import place_of, stand_at

DEFAULT_SIZE = 1280, 800
FOLD_BELOW = 1100
AGE_MS = 30_000


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page of the product, and what it stands in."""

    icon: str
    label: str
    page: Page
    place: QWidget


class MainWindow(Painted):
    """One home in one window. Main thread.

    Signals:
        pairing_wanted: the person wants to pair; answer with ``begin_pairing``.
        pairing_left: the pairing page was left, paired or not.
        demo_wanted: the person wants the demonstration home.
        home_wanted: the person wants another home, by its key.
        search_wanted: look for the meter now rather than later.
        sync_paused: the incoming history is to rest (True) or to go on (False); answer with ``show_paused``.
        page_changed: another page is shown, by its name.
        closing: the window was closed; its place is final.
    """

    pairing_wanted = Signal()
    pairing_left = Signal()
    demo_wanted = Signal()
    home_wanted = Signal(str)
    search_wanted = Signal()
    sync_paused = Signal(bool)
    page_changed = Signal(str)
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
        self._wording, self._clock, self._bridge = wording, clock, bridge
        self._paired = False
        self._facts = MeterFacts(Link.NONE, 0)
        self._trouble: Trouble | None = None
        # Facts grow old without any event: nothing stays *current* by itself.
        self._ageing = QTimer(self)
        self._ageing.setInterval(AGE_MS)
        self._ageing.timeout.connect(self.age_facts)
        self._ageing.start()
        self.setWindowTitle("Ohmstead")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.resize(*DEFAULT_SIZE)
        self._page = ""
        self._product: dict[str, _Shown] = {}
        self._more: list[Callable[[], Sequence[Command]]] = []
        self._keys = Shortcuts(self, lambda: not self.covered)
        self.sidebar = Sidebar(look, wording)
        self.first_run = FirstRunPage(look, wording, with_demo=with_demo)
        self.preparing = PreparingPage(look, wording)
        self.pairing = PairingPage(look, wording)
        self.reader = ReaderPage(look, wording, jobs, reader)
        self.finder = Palette(
            look, wording, self, self.commands, self._today, month_first=lambda: month_first("")
        )
        self.help = HelpSheet(look, wording, self, self.commands)
        self._pages = QStackedWidget()
        for page in (self.first_run, self.preparing, self.pairing, self.reader):
            self._pages.addWidget(page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sidebar)
        whole.addWidget(self._pages, 1)
        self.product = Product(look, wording, jobs, reader, clock, self)
        tr, product = wording.tr, self.product
        self.home, self.usage = product.home, product.usage
        self.market, self.neighbours, self.ledger = product.market, product.neighbours, product.ledger
        self.add_page("home", "home", tr("Home"), self.home)
        self.add_page("usage", "usage", tr("Usage"), self.usage, place=product.usage_place)
        self.add_page("market", "market", tr("Market"), self.market)
        self.add_page("neighbours", "neighbours", tr("Neighbours"), self.neighbours)
        self.add_page("ledger", "ledger", tr("Ledger"), self.ledger)
        self._connect()
        bridge.subscribe(PairingState, self, self.pairing.show_state)
        bridge.subscribe(MeterFacts, self, self.show_facts)
        self.market.listen(bridge)
        self.neighbours.listen(bridge)
        self.show_home("", None)

    def _connect(self) -> None:
        self.first_run.pairing_wanted.connect(self.pairing_wanted)
        self.first_run.demo_wanted.connect(self.demo_wanted)
        self.pairing.left.connect(self._pairing_left)
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.home_chosen.connect(self.home_wanted)
        self.sidebar.adding.connect(self.pairing_wanted)
        self.sidebar.paused.connect(self.sync_paused)
        self.sidebar.palette_wanted.connect(self.finder.open)
        self.finder.date_wanted.connect(self.show_date)
        self.help.reading_wanted.connect(self.show_reading)
        self.reader.left.connect(self._leave_reading)
        self.product.page_wanted.connect(self.show_page)
        self.product.help_wanted.connect(self.show_help)
        self.product.search_wanted.connect(self.search_wanted)
        self.product.marked.connect(self.sidebar.show_mark)
        self.home.trouble_changed.connect(self.show_trouble)

    # ---- pages --------------------------------------------------------------------------------

    def add_page(
        self,
        name: str,
        icon: str,
        label: str,
        page: Page,
        *,
        place: QWidget | None = None,
        at: int | None = None,
        low: bool = False,
    ) -> None:
        """Add a page of the product to the sidebar: last, at a place, or at the bottom (``low``).

        ``place`` is what the page stands in, if it does not stand alone. The first of the sidebar is what a home
        opens on.
        """
        self._product[name] = _Shown(icon, label, page, place or page)
        self._pages.addWidget(place or page)
        self.sidebar.add_page(name, icon, label, at=at, low=low)
        self._bind_keys()

    def add_settings(self, controller: SettingsController) -> SettingsPage:
        """Add the Settings page, at the bottom; what the controller posts reaches it over the bridge."""
        page = SettingsPage(self.look, self._wording, controller, self._clock)
        page.listen(self._bridge)
        page.reading_wanted.connect(self.show_reading)
        self.add_page("settings", "settings", self._wording.tr("Settings"), page, low=True)
        self.add_commands(page.everywhere)
        return page

    @property
    def page(self) -> str:
        """The name of the product's page that is shown or will be when a home is."""
        return self._page

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page of the product and put the keyboard in it. Raises KeyError for a name that is none."""
        shown = self._product[name]
        self._page = name
        self.sidebar.choose(name)
        self.sidebar.setVisible(True)
        self._pages.setCurrentWidget(shown.place)
        shown.page.take_focus()
        self._bind_keys()
        self.page_changed.emit(name)

    @Slot(str)
    def go_to(self, name: str) -> None:
        """Show a page of the product, if a home is shown: what asks from outside may come at any time."""
        if self.shows_home and name in self._product:
            self.show_page(name)

    @Slot(object, int)
    def show_date(self, span: Span, day: int) -> None:
        """Show Usage at a span around a day (days since 1970-01-01)."""
        self.show_page("usage")
        self.usage.show_span(span, day)

    @Slot(str)
    def show_reading(self, name: str, anchor: str = "") -> None:
        """Show a shipped document, from an anchor on. Its way back leads to the page before."""
        self.reader.open(name, anchor)
        self._pages.setCurrentWidget(self.reader)
        self.reader.take_focus()
        self._bind_keys()

    @Slot(str)
    def show_help(self, anchor: str = "") -> None:
        """Show how all this is checked, or another part of the help."""
        self.show_reading("help", anchor)

    @Slot()
    def _leave_reading(self) -> None:
        self.show_page(self._page)

    def show_home(self, name: str, sources: HomeSources | None) -> None:
        """Show a home's readings; without sources, the first-run page. Another home stays on the same page."""
        self._paired = sources is not None
        self.name_home(name)
        self.product.set_sources(sources)
        if not self._paired:
            self._show_whole(self.first_run)
            self.show_facts(MeterFacts(Link.NONE, 0))
            return
        # Another home is shown on the page that is looked at; a first one on the first page.
        self._page = self._page if self._page and self._in_product else self.sidebar.pages[0]
        self.sidebar.choose(self._page)
        # A person who reads what pairing came to leaves that page by themselves.
        if self._pages.currentWidget() is not self.pairing:
            self.show_page(self._page)

    def name_home(self, name: str) -> None:
        """The home that is shown is called so now."""
        self.sidebar.set_home(name)
        self.setWindowTitle(f"{name} – Ohmstead" if name else "Ohmstead")

    def show_preparing(self, step: str, done: int = 0, total: int = 0) -> None:
        """Show how far the demonstration is made ready, or why it could not be."""
        self._show_whole(self.preparing)
        self.preparing.show_step(step, done, total)

    def begin_pairing(self, controller: PairingController) -> None:
        """Show the pairing page, driven by a controller whose states arrive over the bridge."""
        self._show_whole(self.pairing)
        self.pairing.begin(controller)

    # ---- commands -----------------------------------------------------------------------------

    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done now: the page's own first, then the frame's."""
        if not self._in_product:
            return ()
        current = self._pages.currentWidget()
        own = self.reader.commands() if current is self.reader else ()
        for shown in self._product.values():
            if shown.place is current:
                own = shown.page.commands()
        return (*own, *self._frame_commands(), *(c for more in self._more for c in more()))

    def add_commands(self, more: Callable[[], Sequence[Command]]) -> None:
        """Offer further commands on every page; ``more`` is asked anew each time."""
        self._more.append(more)
        self._bind_keys()

    def _frame_commands(self) -> tuple[Command, ...]:
        order = [*self.sidebar.pages, *(n for n in self._product if n not in self.sidebar.pages)]
        pages = [(name, self._product[name].icon, self._product[name].label) for name in order]
        return (
            *page_commands(pages, self.show_page, self._wording),
            *home_commands(*self.sidebar.home.offered, self, self._wording),
            *window_commands(self, self._wording),
        )

    @property
    def _in_product(self) -> bool:
        """Whether a page of the product is shown, not one that stands alone."""
        page = self._pages.currentWidget()
        return page is self.reader or any(page is shown.place for shown in self._product.values())

    @property
    def shows_home(self) -> bool:
        """Whether a home is shown, on a page of the product."""
        return self._paired and self._in_product

    @property
    def covered(self) -> bool:
        """Whether something stands over the window and has the keyboard."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return any(over.isVisible() for over in self.findChildren(Over, options=direct))

    def _bind_keys(self) -> None:
        self._keys.bind(self.commands())

    # ---- state --------------------------------------------------------------------------------

    @Slot(object)
    def show_facts(self, facts: MeterFacts) -> None:
        """Say how the meter and the ledger stand, at the sidebar's foot."""
        self._facts = facts
        self.sidebar.foot.show_foot(meter_foot(facts, self._wording, self._trouble))

    @Slot(object)
    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say at the sidebar's foot what is refused in the home that is shown, or nothing any more."""
        self._trouble = trouble
        self.show_facts(self._facts)

    @Slot()
    def age_facts(self) -> None:
        """Say the same facts again, as of now."""
        self.show_facts(replace(self._facts, now_s=max(self._clock(), self._facts.now_s)))

    def show_homes(self, homes: Sequence[HomeChoice], current: str, can_add: bool) -> None:
        """Offer the homes of this profile and, where it can be, the way to another one."""
        self.sidebar.show_homes(homes, current, can_add)
        self._bind_keys()

    def set_demonstration(self, simulated: bool | None, roof: int = 1) -> None:
        """Mark what is shown as a demonstration: simulated, a recorded year, or None for neither."""
        self.sidebar.demonstration.show_demonstration(simulated, roof)

    def show_paused(self, resting: bool) -> None:
        """Say that the incoming history rests, or goes on."""
        self.sidebar.foot.show_paused(resting)

    def _today(self) -> int:
        """The meter's day now; UTC's where its zone is not known yet."""
        now, zone = self._clock(), self._facts.zone
        return zone.day_of(slot_at(now)) if zone is not None else now // 86_400

    # ---- place --------------------------------------------------------------------------------

    def stand_at(self, place: WindowPlace | None) -> None:
        """Stand where the window stood last, if that is still on a screen."""
        if place is not None:
            stand_at(self, place)

    def place(self) -> WindowPlace:
        """Where the window stands, for next time."""
        return place_of(self)

    def _show_whole(self, page: QWidget) -> None:
        """Show a page that stands alone, without the sidebar."""
        self.sidebar.setVisible(False)
        self._pages.setCurrentWidget(page)
        # Hiding a part hands the keyboard on, and may hand it to one that was hidden just before.
        part = self.focusWidget()
        if part is not None and not page.isAncestorOf(part):
            part.clearFocus()
        self._bind_keys()

    @Slot()
    def _pairing_left(self) -> None:
        if self._paired:
            self.show_page(self._page)
        else:
            self._show_whole(self.first_run)
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

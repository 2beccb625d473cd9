"""The pages of the product and what they say to each other: Home, Usage with its receipts, Market, Neighbours,
Ledger.

Here: building them, handing a home's sources and states to each, and one page leading to another. Not here: the
frame round them (``ui.main_window``), Settings (it has a controller of its own), any page's content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ohmstead.services.states import HomeState
from ohmstead.services.witness import WitnessSeen
from ohmstead.settings.schema import Settings
from ohmstead.ui.jobs import Executor, Jobs
from ohmstead.ui.pages.home_page import HomePage
from ohmstead.ui.pages.ledger_page import LedgerPage
from ohmstead.ui.pages.market_page import MarketPage
from ohmstead.ui.pages.neighbours_page import NeighboursPage
from ohmstead.ui.pages.receipt_drawer import ReceiptDrawer
from ohmstead.ui.pages.receipt_place import ReceiptPlace
from ohmstead.ui.pages.usage_page import UsagePage
from ohmstead.ui.presenters.home_data import HomeSource, MirrorHome
from ohmstead.ui.presenters.ledger_data import LedgerSource, MirrorLedger
from ohmstead.ui.presenters.market_brief import Goal, Seen, present_mark
from ohmstead.ui.presenters.market_data import MarketSource, MirrorMarket
from ohmstead.ui.presenters.neighbour_brief import NeighbourSeen, Told, present_neighbour_mark
from ohmstead.ui.presenters.neighbour_data import MirrorNeighbours, NeighbourSource
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.receipt_data import MirrorReceipts, ReceiptSource
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageSource
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look

if TYPE_CHECKING:  # homes know the radio, which a window needs no part of
    from ohmstead.services.homes import Homes

MARKET_HELP = "the-market-in-plain-words"  # headings of help.md
NEIGHBOURS_HELP = "neighbours-in-plain-words"


@dataclass(frozen=True, slots=True)
class HomeSources:
    """Where the pages get one home's readings and proofs."""

    home: HomeSource
    usage: UsageSource
    ledger: LedgerSource
    receipts: ReceiptSource
    market: MarketSource | None = None
    neighbours: NeighbourSource | None = None

    @classmethod
    def of_mirror(cls, path: Path, meter: bytes | None = None, homes: Homes | None = None) -> HomeSources:
        """From a home's mirror file; ``homes`` has the keys of its pages and what its pairing rests on."""
        root: Callable[[int], bytes | None] = (
            partial(homes.epoch_root, meter) if homes is not None and meter is not None else _no_key
        )
        return cls(
            MirrorHome(path, meter, root),
            MirrorUsage(path, meter),
            MirrorLedger(path, meter, homes),
            MirrorReceipts(path, meter, root),
            MirrorMarket(path, meter),
            MirrorNeighbours(path, meter),
        )


def _no_key(_epoch: int) -> bytes | None:
    return None


class Product(QObject):
    """The five pages. Main thread.

    Signals:
        page_wanted: another page of the window, by name.
        help_wanted: how all this is checked, or from an anchor of the help on: how the market works.
        search_wanted: look for the meter now.
        marked: a page has so much that needs the household (its name, a ``MarkModel`` or None).
        invited: the home was invited to compare itself, and need not be again.
    """

    page_wanted = Signal(str)
    help_wanted = Signal(str)
    search_wanted = Signal()
    marked = Signal(str, object)
    invited = Signal()

    def __init__(
        self,
        look: Look,
        words: Wording,
        jobs: Jobs,
        reader: Executor,
        clock: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._words, self._clock = words, clock
        self._seen, self._neighbours_seen = Seen(), NeighbourSeen()
        self.home = HomePage(look, words, jobs, reader, clock)
        self.usage = UsagePage(look, words, jobs, reader, clock)
        self.drawer = ReceiptDrawer(look, words, jobs, reader, clock)
        self.usage_place = ReceiptPlace(look, self.usage, self.drawer)
        self.market = MarketPage(look, words, jobs, reader, clock)
        self.neighbours = NeighboursPage(look, words, jobs, reader, clock)
        self.ledger = LedgerPage(look, words, jobs, reader, clock)
        self.home.page_wanted.connect(self.page_wanted)
        self.home.day_wanted.connect(self._show_day)
        self.home.help_wanted.connect(partial(self.help_wanted.emit, ""))
        self.home.search_wanted.connect(self.search_wanted)
        self.home.market.wanted.connect(self._show_market)
        self.market.told.connect(self._market_told)
        self.market.page_wanted.connect(self.page_wanted)
        self.market.help_wanted.connect(partial(self.help_wanted.emit, MARKET_HELP))
        self.home.neighbours.wanted.connect(self._show_neighbours)
        self.home.neighbours.waved.connect(self._waved)
        self.neighbours.told.connect(self._neighbours_told)
        self.neighbours.help_wanted.connect(partial(self.help_wanted.emit, NEIGHBOURS_HELP))
        self.ledger.page_wanted.connect(self.page_wanted)
        self.ledger.help_wanted.connect(partial(self.help_wanted.emit, ""))
        self.home.trouble_changed.connect(self.usage.refusal.show_trouble)
        self.usage.refusal.ledger_wanted.connect(partial(self.page_wanted.emit, "ledger"))
        self.usage.receipt_wanted.connect(self.usage_place.open_receipt)
        self.usage.bars_changed.connect(self._follow)
        self.usage_place.opened.connect(self.usage.mark_slot)
        self.usage_place.closed.connect(self.usage.unmark)

    @property
    def seen(self) -> Seen:
        """What was looked at on the Market page of the home that is shown."""
        return self._seen

    def set_seen(self, seen: Seen) -> None:
        """What was looked at there in earlier runs."""
        self._seen = seen
        self._market_told()

    @property
    def neighbours_seen(self) -> NeighbourSeen:
        """What was looked at on the Neighbours page of the home that is shown."""
        return self._neighbours_seen

    def set_neighbours_seen(self, seen: NeighbourSeen) -> None:
        """What was looked at there in earlier runs."""
        self._neighbours_seen = seen
        self._neighbours_told()

    def set_sources(self, sources: HomeSources | None) -> None:
        """Show another home, or none."""
        self.usage_place.close_receipt()
        self._seen, self._neighbours_seen = Seen(), NeighbourSeen()
        self.home.set_source(sources.home if sources is not None else None)
        self.usage.set_source(sources.usage if sources is not None else None)
        self.market.set_source(sources.market if sources is not None else None)
        self.neighbours.set_source(sources.neighbours if sources is not None else None)
        self.ledger.set_source(sources.ledger if sources is not None else None)
        self.drawer.set_source(sources.receipts if sources is not None else None)

    @Slot(object)
    def show_state(self, state: HomeState) -> None:
        """Take a posted state of the home that is shown."""
        self.home.show_state(state)
        self.market.show_state(state)
        self.neighbours.show_state(state)
        self.ledger.show_state(state)
        self.drawer.set_typed(state.typed)

    @Slot(object)
    def show_witness(self, seen: WitnessSeen) -> None:
        """Take an answer of the outside witness."""
        self.home.show_witness(seen)
        self.ledger.show_witness(seen)

    def use(self, settings: Settings) -> None:
        """Other settings are in force."""
        prices = settings.price_micro_per_kwh, settings.feed_in_micro_per_kwh, settings.currency
        self.home.set_prices(*prices)
        self.market.set_prices(*prices)
        self.ledger.set_witness(settings.witness)
        if not settings.witness:
            self.home.show_witness(None)

    @Slot()
    def refresh(self) -> None:
        """New readings are here, or numbers are written otherwise: load what is shown again."""
        self.home.refresh()
        self.usage.refresh()
        self.market.refresh()
        self.neighbours.refresh()
        self.ledger.refresh()

    @Slot(int)
    def _show_day(self, day: int) -> None:
        self.usage.show_span(Span.DAY, day)
        self.page_wanted.emit("usage")

    @Slot(object)
    def _show_market(self, goal: Goal) -> None:
        self.page_wanted.emit("market")
        self.market.go_to(goal)

    @Slot()
    def _market_told(self) -> None:
        """Home's sentence and the sidebar's mark follow what the Market page knows; what is looked at is seen."""
        known = self.market.known
        if self.market.isVisible() and known.state is not None:
            self._seen = self._seen.with_all(known.state)
        self.home.market.show_known(known)
        self.marked.emit("market", present_mark(known, self._seen, self._clock(), self._words))

    @Slot(object)
    def _show_neighbours(self, span: int | None) -> None:
        self.page_wanted.emit("neighbours")
        self.neighbours.go_to(span)

    @Slot()
    def _waved(self) -> None:
        """Whoever waves the invitation away is not asked again."""
        self._take_seen(replace(self._neighbours_seen, invited=True))
        self._neighbours_told()

    @Slot()
    def _neighbours_told(self) -> None:
        """Home's sentence and the sidebar's mark follow what the Neighbours page knows."""
        known = self.neighbours.known
        if self.neighbours.full and self.neighbours.isVisible() and known.state is not None:
            self._take_seen(self._neighbours_seen.with_all(known.state))
        self.home.neighbours.show_known(Told(known, self._neighbours_seen))
        mark = present_neighbour_mark(known.state, self._neighbours_seen, self._words)
        self.marked.emit("neighbours", mark)

    def _take_seen(self, seen: NeighbourSeen) -> None:
        invited = seen.invited and not self._neighbours_seen.invited
        self._neighbours_seen = seen
        if invited:
            self.invited.emit()

    @Slot()
    def _follow(self) -> None:
        """The chart shows other bars: a receipt whose bar is gone goes too."""
        if self.usage_place.receipt_open and not self.usage.mark_slot(self.drawer.slot):
            self.usage_place.close_receipt()

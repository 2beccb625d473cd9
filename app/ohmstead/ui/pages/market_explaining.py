"""Explaining prices: asking for the book of a slot or lot, working it out beside, showing it where it is wanted.

What was worked out is kept for a while. Not here: the working out and its words (``presenters.market_why``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ohmstead.core.errors import VerificationError
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.presenters.market import MarketProblem, MarketReason, MarketTask, WhyBook, WhyLot
from ohmstead.ui.presenters.market_why import WhyFound, present_why, present_why_lot, work_out

if TYPE_CHECKING:
    from ohmstead.ui.pages.market_page import MarketPage

KEPT = 64


class Explaining(QObject):
    """The prices that one page explains. Main thread."""

    def __init__(self, page: MarketPage, jobs: Jobs, executor: Executor) -> None:
        super().__init__(page)
        self._page, self._jobs, self._executor = page, jobs, executor
        self._books: dict[int, WhyFound] = {}
        self._job: Job[WhyFound] | None = None

    def listen(self, bridge: Bridge) -> None:
        """Take the books that are posted."""
        bridge.subscribe(WhyBook, self, self.show_book)
        bridge.subscribe(WhyLot, self, self.show_lot)

    def forget(self) -> None:
        """Another home: nothing of the former one is explained."""
        if self._job is not None:
            self._job.cancel()
        self._books.clear()

    @Slot(int)
    def ask(self, slot: int) -> None:
        """Explain a slot's price: at once where it was worked out before."""
        panel, controller = self._page.content.orders.panel, self._page.controller
        if slot in self._books:
            self._show(self._books[slot])
        elif controller is not None:
            controller.ask_why(slot)
        else:
            panel.show_why(None)

    @Slot(bytes)
    def ask_lot(self, lot: bytes) -> None:
        """Explain a lot's price."""
        if self._page.controller is not None:
            self._page.controller.ask_why(lot)

    @Slot(object)
    def show_book(self, why: WhyBook) -> None:
        """A slot's book is here."""
        self._job = self._jobs.start(
            self, self._executor, lambda _: work_out(why), self._worked_out, self._failed
        )

    @Slot(object)
    def show_lot(self, why: WhyLot) -> None:
        """A lot's bids are here."""
        asked, lots = self._page.asked, self._page.content.lots
        if asked is not None and lots.chosen is not None and lots.chosen.lot == why.lot:
            lots.show_why(present_why_lot(why, asked))
        self._page.shown.emit()

    def _worked_out(self, found: WhyFound) -> None:
        while len(self._books) >= KEPT:
            del self._books[next(iter(self._books))]
        self._books[found.book.slot] = found
        if self._page.content.orders.panel.slot == found.book.slot != 0:
            self._show(found)
        self._page.shown.emit()

    def _show(self, found: WhyFound) -> None:
        asked = self._page.asked
        if asked is not None:
            self._page.content.orders.panel.show_why(present_why(found, asked))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, VerificationError):
            raise error  # a bug: the application's reporter takes it
        self._page.show_problem(MarketProblem(MarketTask.WHY, MarketReason.REFUSED, str(error), 0))
        self._page.shown.emit()

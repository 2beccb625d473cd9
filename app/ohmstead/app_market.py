"""The composition root's market controller: the window's wishes, done on the io loop by the open home's desk.

Implements ``ui.presenters.market.MarketController``. Here: from a wish to a coroutine, from what comes of it to a
posted answer. Not here: doing any of it (``services.market``). Thread: called on main, works on io.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from ohmstead.contract.parameters import terms_at
from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.link.errors import LinkError
from ohmstead.market.clearing import SLOT_RULE, BookOrder, tie_seed
from ohmstead.market.lot_records import LotBookLeaf, LotRecord, LotResultLeaf
from ohmstead.market.lots import LotBid
from ohmstead.market.orders import Order, Side
from ohmstead.market.records import BookLeaf, SlotRecord
from ohmstead.services.market.books import Book
from ohmstead.services.market.desk import MarketDesk
from ohmstead.services.market.follow import MarketView
from ohmstead.services.market.watch import Declined
from ohmstead.services.market_states import Alarm, Checked
from ohmstead.store.market import AuctionRow
from ohmstead.system.files import write_file
from ohmstead.ui.presenters.market import (
    EvidenceSaved,
    MarketProblem,
    MarketReason,
    MarketTask,
    OffersTaken,
    SlotWant,
    WhyBook,
    WhyLot,
)

_log = logging.getLogger(__name__)
Submit = Callable[[Coroutine[Any, Any, None]], object]


class AppMarket:
    """``desk`` answers the open home's desk, None where no home is open."""

    def __init__(
        self, submit: Submit, post: Callable[[object], None], desk: Callable[[], MarketDesk | None]
    ) -> None:
        self._submit = submit
        self._post = post
        self._desk = desk

    # ---- the controller, on main ----------------------------------------------------------------

    def offer(self, side: Side, wants: Sequence[SlotWant]) -> None:
        """Post one order per slot."""
        chosen = tuple(wants)

        async def do(desk: MarketDesk) -> None:
            self._post(OffersTaken(side, await desk.offer(side, chosen)))

        self._do(MarketTask.OFFER, do)

    def cancel(self, key: int) -> None:
        """Take one order back."""
        self._do(MarketTask.CANCEL, lambda desk: desk.cancel(key))

    def undo(self, keys: Sequence[int]) -> None:
        """Take a posting back."""
        chosen = tuple(keys)
        self._do(MarketTask.UNDO, lambda desk: desk.undo(chosen))

    def instruct(self, side: Side, wh_a_day: int, limit: int, until_s: int) -> None:
        """Have the meter trade by itself."""
        self._do(MarketTask.INSTRUCT, lambda desk: desk.instruct(side, wh_a_day, limit, until_s))

    def stop_instructing(self) -> None:
        """End the standing instruction."""
        self._do(MarketTask.STOP, lambda desk: desk.stop_instructing())

    def open_lot(self, wh: int, first_slot: int, slots: int, reserve: int, gate_slot: int) -> None:
        """Offer a surplus lot."""

        async def do(desk: MarketDesk) -> None:
            key = await desk.open_lot(wh, first_slot, slots, reserve, gate_slot)
            self._post(OffersTaken(Side.SELL, (key,)))

        self._do(MarketTask.OPEN_LOT, do)

    def bid(self, lot: bytes, price: int) -> None:
        """Bid on a lot."""

        async def do(desk: MarketDesk) -> None:
            self._post(OffersTaken(Side.BUY, (await desk.bid(lot, price),)))

        self._do(MarketTask.BID, do)

    def ask_payout(self, nano: int) -> None:
        """Ask for a payout."""
        self._do(MarketTask.PAYOUT, lambda desk: desk.payout(nano))

    def take_payout_back(self) -> None:
        """No payout after all."""
        self._do(MarketTask.PAYOUT_BACK, lambda desk: desk.payout(0))

    def ask_why(self, which: int | bytes) -> None:
        """The book of a slot, or the bids of a lot."""

        async def do(desk: MarketDesk) -> None:
            book, row, view = await desk.book(which)
            self._post(why_of(which, book, row, view, desk))

        self._do(MarketTask.WHY, do)

    def save_evidence(self, alarm: Alarm, path: Path) -> None:
        """Copy an alarm's evidence into a file."""

        async def do(desk: MarketDesk) -> None:
            write_file(path, await desk.evidence(int(alarm.evidence or "0")))
            self._post(EvidenceSaved(path))

        self._do(MarketTask.EVIDENCE, do)

    # ---- on io ----------------------------------------------------------------------------------

    def _do(self, task: MarketTask, what: Callable[[MarketDesk], Awaitable[None]]) -> None:
        self._submit(self._run(task, what))

    async def _run(self, task: MarketTask, what: Callable[[MarketDesk], Awaitable[None]]) -> None:
        desk = self._desk()
        try:
            if desk is None:
                raise Declined("AWAY")
            await what(desk)
        except Declined as declined:
            self._post(
                MarketProblem(
                    task,
                    reason_named(declined.reason),
                    declined.detail,
                    declined.which,
                    declined.missing_nano,
                )
            )
        except ExternalError as error:
            self._post(MarketProblem(task, MarketReason.NOT_KEPT, str(error)))
        except LinkError:
            self._post(MarketProblem(task, MarketReason.AWAY))
        except VerificationError as error:
            _log.warning("refused: %s: %s", error.code, error)
            self._post(MarketProblem(task, MarketReason.REFUSED, str(error)))


def reason_named(name: str) -> MarketReason:
    """The window's reason of a stable name; REFUSED for one that it does not know."""
    return MarketReason.__members__.get(name, MarketReason.REFUSED)


def why_of(
    which: int | bytes, book: Book, row: AuctionRow, view: MarketView, desk: MarketDesk
) -> WhyBook | WhyLot:
    """What a book says to whoever asks why. Raises RecordMalformed."""
    own = desk.own_commitment(which)
    checked = Checked(row.checked)
    if isinstance(which, int):
        record = SlotRecord.from_bytes(row.record)
        leaves = [BookLeaf.from_bytes(leaf) for leaf in book.book]
        orders = tuple(BookOrder(leaf.commitment, Order.from_bytes(leaf.order_bytes)) for leaf in leaves)
        seed = tie_seed(SLOT_RULE, which, ((leaf.commitment, leaf.salt) for leaf in leaves))
        terms = terms_at(view.params, view.series, which)
        return WhyBook(which, orders, terms, seed, own, record.price, checked)
    lot = LotRecord.from_bytes(row.record)
    bids = tuple(
        LotBid(leaf.commitment, leaf.household, leaf.bid)
        for leaf in (LotBookLeaf.from_bytes(raw) for raw in book.book)
    )
    results = [LotResultLeaf.from_bytes(raw) for raw in book.results]
    winner = next((r.commitment for r in results if r.won), None)
    facts = desk.facts(which)
    reserve, fee = (facts.reserve or 0, facts.fee) if facts is not None else (0, 0)
    return WhyLot(which, bids, reserve, fee, winner, own, lot.price, checked)

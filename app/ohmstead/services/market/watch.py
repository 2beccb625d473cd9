"""Beside a home's link: what the ledger proves of its market, looked at again and again, and told as one state.

Here: the life of the market file and of the looks; auctions' books for whoever asks why. Not here: wishes
(``desk``), verification (``follow``, ``recheck``), handing over (``pump``), the state itself (``picture``).
Thread: coroutines belong to the io loop; files to ``db``, folding and recomputing to ``work``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from ohmstead.contract.genesis import AppState
from ohmstead.contract.parameters import MarketParameters, terms_at
from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import slot_at
from ohmstead.errors import UserError
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.link.central import MeterLink
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lots import LOT_RULE
from ohmstead.market.orders import Side
from ohmstead.services.market import picture
from ohmstead.services.market.books import Book
from ohmstead.services.market.follow import Follow, MarketView, facts_of, keys_of, log_of, view_of
from ohmstead.services.market.picture import Kept, Standing, market_state
from ohmstead.services.market.proving import Proven, meets_kept
from ohmstead.services.market.pump import Pump
from ohmstead.services.market.recheck import Recheck
from ohmstead.services.market.signing import Signer
from ohmstead.services.market.wallet import LotFacts, Wallet, wallet_of
from ohmstead.services.market_states import Mandate, MarketState
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.market import AuctionRow, MarketStore

LOOK_EVERY_S = 10.0
#: How far back the meter is asked for its list of orders, in slots: two days.
LISTED_SLOTS = 200
VIEW = "view"
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Declined(UserError):
    """A wish that cannot be. ``reason`` is a stable name (the window's words come from it)."""

    def __init__(
        self, reason: str, detail: str = "", missing_nano: int = 0, which: int | bytes | None = None
    ):
        super().__init__(f"{reason.replace('_', ' ').lower()} {detail}".strip())
        self.reason = reason
        self.detail = detail
        self.missing_nano = missing_nano
        self.which = which


@dataclass(slots=True)
class Now:
    """What the last look found; replaced whole."""

    trust: HomeTrust
    view: MarketView
    wallet: Wallet
    standing: tuple[Standing, ...] = ()


class MarketWatch:
    """One home's market. ``open`` first, ``close`` last; ``beside`` runs for as long as a link lasts."""

    def __init__(
        self,
        path: Path,
        workers: Workers,
        order_key: Callable[[], SigningKey],
        post: Callable[[MarketState], None] = lambda _s: None,
        wall_ns: Callable[[], int] = time.time_ns,
        refused: Callable[[VerificationError], None] = lambda _e: None,
    ) -> None:
        self._path = path
        self._workers = workers
        self._order_key = order_key
        self._post = post
        self._wall_ns = wall_ns
        self._refused = refused
        self._store: MarketStore | None = None
        self._link: MeterLink | None = None
        self._now: Now | None = None
        self._facts: dict[bytes, LotFacts] = {}
        self._gone: set[bytes] = set()  # delivered, and never seen open
        self._wake = asyncio.Event()
        self._owner = False
        self.state = MarketState()

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def open(self) -> None:
        """Opens the market file. Raises UserError, ExternalError."""
        if self._store is None:
            self._store = await self._db(partial(MarketStore.open, self._path))

    async def close(self) -> None:
        """Closes the file. Idempotent."""
        store, self._store = self._store, None
        if store is not None:
            await self._db(store.close)

    @property
    def store(self) -> MarketStore:
        """The open file. Raises RuntimeError before ``open``."""
        if self._store is None:
            raise RuntimeError("the market file is not open")
        return self._store

    async def take_up(self, trust: HomeTrust, *, owner: bool) -> None:
        """Shows what was proven last, verified again from this home's trust: before a link, and without one.

        What does not verify any more is left out; the next look brings it anew.
        """
        params, home = AppState.from_cbor(trust.genesis.app_state).market, home_of(trust)
        raw = await self._db(partial(self.store.fact, VIEW))
        if params is None or home is None or raw is None:
            return
        kid = self._signer(trust, home).key.kid
        try:
            found = ProvenSet.from_value(decode(raw, max_size=1 << 20))
            if not meets_kept(trust, found.light_block, self._wall_ns()):
                return
            values = found.check(keys_of(home, kid))
            view = view_of(Proven(found.light_block, values, found), params, home, kid)
        except (VerificationError, CodecError) as error:
            _log.warning("what was kept of the market is not used: %s", error)
            return
        notes = await self._db(self.store.notes)
        if log_of(notes).root() != view.log_root:
            return
        self.take_part(owner=owner)
        await self._load_facts()
        self._now = Now(trust, view, await self._fold(view))
        await self._show()

    def kick(self) -> None:
        """Look again soon."""
        self._wake.set()

    # ---- beside a link --------------------------------------------------------------------------

    async def beside(self, link: MeterLink, trust: Callable[[], HomeTrust | None], *, owner: bool) -> None:
        """Looks, hands over and rechecks until cancelled. A refusal by verification is told and waited out."""
        self._link = link
        self.take_part(owner=owner)
        try:
            while not link.channel.closed:
                current = trust()
                if current is not None and not await self._turn(link, current):
                    return  # this ledger has no market, or this meter takes no part in one
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
                self._wake.clear()
        finally:
            self._link = None

    def take_part(self, *, owner: bool) -> None:
        """Whether this computer acts for the home (an owner's), or only looks."""
        self._owner = owner

    async def _turn(self, link: MeterLink, trust: HomeTrust) -> bool:
        params = AppState.from_cbor(trust.genesis.app_state).market
        home = home_of(trust)
        if params is None or home is None:
            self._tell(MarketState())
            return False
        try:
            await self.look(link, trust, params, home)
        except Refused as error:
            if error.code is RefusalCode.UNSUPPORTED:
                self._tell(MarketState(rules=picture.rules_of(params)))
                return False
            _log.info("the meter refused: %s", error)
        except VerificationError as error:
            _log.warning("refused: %s: %s", error.code, error)
            self._refused(error)
        return True

    async def look(
        self, link: MeterLink, trust: HomeTrust, params: MarketParameters, home: bytes
    ) -> MarketState:
        """One whole look: hands over what waits, follows, rechecks, tells. Raises as ``follow`` does."""
        store, channel = self.store, link.channel
        signer = self._signer(trust, home)
        follow, pump = (
            Follow(channel, self._workers, store, home),
            Pump(channel, self._workers, store, signer),
        )
        view = await follow.look(trust, params, self._wall_ns(), signer.key.kid)
        standing: tuple[Standing, ...] = ()
        if self._owner:
            if view.account is None or signer.key.kid not in view.account.keys:
                await pump.open_account()
            else:
                await pump.turn(view.signed_up_to)
            rows = await pump.meter_rows(slot_at(view.proven.time_s) - LISTED_SLOTS)
            await pump.take_refusals(rows)
            standing = tuple(pump.standing(rows, trust.meter))
        await self._load_facts()
        wallet = await self._fold(view)
        lots = await follow.lots(trust, view, self._own_lots(wallet), self._wall_ns())
        sold = await self._sold(follow, trust, view, wallet)
        if await self._learn(facts_of(lots) | sold):
            wallet = await self._fold(view)
        view = view.with_lots(lots)
        await self._db(partial(store.keep_facts, {VIEW: encode(view.proven.answer.to_value())}))
        self._now = Now(trust, view, wallet, standing)
        await self._show()
        recheck = Recheck(channel, self._workers, store)
        if await recheck.run(trust, view, self._mine(wallet, params), self._facts, self._now_s()):
            await self._show()
        return self.state

    async def _fold(self, view: MarketView) -> Wallet:
        notes = await self._db(self.store.notes)
        terms = partial(terms_at, view.params, view.series)
        facts = dict(self._facts)
        return await asyncio.get_running_loop().run_in_executor(
            self._workers.work, lambda: wallet_of(notes, terms, facts)
        )

    @staticmethod
    def _mine(wallet: Wallet, params: MarketParameters) -> Callable[[AuctionRow], bool]:
        slots = {k for k in wallet.deals if isinstance(k, int)}
        lots = {*wallet.lots, *(k for k in wallet.deals if isinstance(k, bytes))}

        def mine(row: AuctionRow) -> bool:
            if row.rule == SLOT_RULE:
                return params.first_slot + row.index in slots
            return any(lot in row.record for lot in lots)

        return mine

    @staticmethod
    def _own_lots(wallet: Wallet) -> list[bytes]:
        live = [lot for lot, deal in wallet.lots.items() if not deal.outcome]
        return [*live, *(k for k, d in wallet.deals.items() if isinstance(k, bytes) and not d[-1].outcome)]

    async def _sold(
        self, follow: Follow, trust: HomeTrust, view: MarketView, wallet: Wallet
    ) -> dict[bytes, LotFacts]:
        """The facts of sold lots that this file never saw open: it was made anew, as after a restored backup."""
        unknown = [lot for lot in wallet.sold_lots() if lot not in self._facts and lot not in self._gone]
        if not unknown:
            return {}
        found = await follow.sales(trust, unknown, self._wall_ns())
        self._gone |= {lot for lot, sale in found.items() if sale is None}
        return {
            lot: LotFacts.of_sale(
                sale, terms_at(view.params, view.series, sale.first).feed_in, wallet.offers.get(lot)
            )
            for lot, sale in found.items()
            if sale is not None
        }

    async def _load_facts(self) -> None:
        if self._facts:
            return
        raw = await self._db(partial(self.store.fact, "lots"))
        if raw is not None:
            for item in as_list(decode(raw, max_size=1 << 20), "lots"):
                v = as_list(item, "lot", 9)
                wh, feed_in, retail, fee, first, slots = (as_uint(v[i], "lot") for i in (1, 2, 3, 4, 6, 7))
                reserve, gate = (None if v[i] is None else as_uint(v[i], "lot") for i in (5, 8))
                self._facts[as_bytes(v[0], "lot")] = LotFacts(
                    wh, feed_in, retail, fee, reserve, first, slots, gate
                )

    async def _learn(self, fresh: dict[bytes, LotFacts]) -> bool:
        new = {lot: facts for lot, facts in fresh.items() if self._facts.get(lot) != facts}
        if not new:
            return False
        self._facts |= new
        rows: list[Value] = [
            [lot, f.wh, f.feed_in, f.retail, f.fee, f.reserve, f.first, f.slots, f.gate]
            for lot, f in sorted(self._facts.items())
        ]
        await self._db(partial(self.store.keep_facts, {"lots": encode(rows)}))
        return True

    async def _show(self) -> None:
        now, store = self._now, self.store
        if now is None:
            return
        placed = await self._db(store.placed)
        auctions = await self._db(lambda: [*store.auctions(SLOT_RULE), *store.auctions(LOT_RULE)])
        alarms = await self._db(store.alarms)
        mandate = await self._mandate(now.view)

        def make() -> MarketState:
            return market_state(
                Kept(
                    now.view, now.wallet, placed, auctions, now.view.lots,
                    dict(self._facts), alarms, now.standing, mandate, self._owner, home_of(now.trust) or b"",
                )
            )  # fmt: skip

        self._tell(await asyncio.get_running_loop().run_in_executor(self._workers.work, make))

    def _tell(self, state: MarketState) -> None:
        self.state = state
        self._post(state)

    async def _mandate(self, view: MarketView) -> Mandate | None:
        raw = await self._db(partial(self.store.fact, "terms"))
        if raw is None:
            return None
        v = as_list(decode(raw), "terms", 3)
        terms, salt, most = as_bytes(v[0], "terms"), as_bytes(v[1], "salt"), as_uint(v[2], "most")
        side, wh, limit, until = (as_uint(n, "terms") for n in as_list(decode(terms), "terms", 4))
        kept = view.mandate
        proven = (
            kept is not None
            and kept.max_live > 0
            and kept.terms_hash == sha256(encode([terms, salt])).digest()
        )
        return Mandate(Side(side), wh, limit, until, most, proven)

    async def book(self, which: int | bytes) -> tuple[Book, AuctionRow, MarketView]:
        """An auction's book, kept or fetched. Raises Declined where it is not to be had now."""
        now = self._now
        if now is None:
            raise Declined("NOT_HERE")
        row = await self._auction(which, now.view.params)
        if row is None:
            raise Declined("NOT_HERE", which=which)
        if row.book is not None:
            return Book.from_bytes(row.book), row, now.view
        link = self._link
        if link is None:
            raise Declined("AWAY", which=which)
        found = await Recheck(link.channel, self._workers, self.store).fetch(row)
        if found is None:
            raise Declined("NOT_HERE", which=which)
        return found, row, now.view

    async def _auction(self, which: int | bytes, params: MarketParameters) -> AuctionRow | None:
        if isinstance(which, int):
            return await self._db(partial(self.store.auction, SLOT_RULE, which - params.first_slot))
        rows = await self._db(partial(self.store.auctions, LOT_RULE))
        return next((r for r in rows if which in r.record), None)

    async def evidence(self, key: int) -> bytes:
        """The evidence of a finding. Raises Declined."""
        for alarm in await self._db(self.store.alarms):
            if alarm.key == key:
                return alarm.evidence
        raise Declined("NOT_HERE")

    def own_commitment(self, which: int | bytes) -> bytes | None:
        """The commitment of this home's newest order for a slot, or bid on a lot."""
        deal = self._now.wallet.latest(which) if self._now is not None else None
        return deal.commitment if deal is not None else None

    def facts(self, lot: bytes) -> LotFacts | None:
        """What is known of a lot."""
        return self._facts.get(lot)

    # ---- inside -----------------------------------------------------------------------------------

    def _signer(self, trust: HomeTrust, home: bytes) -> Signer:
        return Signer(self._order_key(), trust.genesis.genesis_hash, home, trust.meter)

    def _now_s(self) -> int:
        return self._wall_ns() // 10**9


def home_of(trust: HomeTrust) -> bytes | None:
    return trust.proven.record.home if trust.proven is not None else None

"""Random market days: many homes, random actions, block times and halts; what must hold after every block.

Invariant 0, no free amount below zero, every lock held by something (``contract.invariants``, after each
block); a slot and a lot are settled exactly once; when all is over nothing is locked and the ledger's log has
every slot.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ohmstead.contract.market_sales import Sale
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import as_bytes, as_list, decode, encode
from ohmstead.market.lot_records import LotRecord, recompute_lot
from ohmstead.market.lots import Lot
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.market.records import SlotRecord, recompute_slot
from tests.contract.market_rig import (
    FEE,
    FEED_IN,
    FIRST,
    LOCK,
    PARAMS,
    PROPOSERS,
    RETAIL,
    Home,
    Market,
    Q,
    lot_id,
)
from tests.contract.rig import log_of, reason

NAMES = tuple("abcd")
QUICK = replace(PARAMS, reveal_blocks=2, reveal_seconds=60)
TERMS = Terms("midpoint", FEED_IN, RETAIL, FEE, Q)
homes = st.sampled_from(NAMES)
ahead = st.integers(0, 5)


@st.composite
def orders(draw: st.DrawFn) -> Order | bytes:
    """Mostly orders that clear; sometimes too large, out of the band, or no order at all."""
    side = draw(st.sampled_from(Side))
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from((b"", b"\x82\x00", Order(side, (Step(Q + 1, 200_000),)).to_bytes())))
    limits = draw(st.lists(st.integers(8, 30), max_size=3, unique=True))
    limits.sort(reverse=side is Side.BUY)
    return Order(side, tuple(Step(draw(st.integers(1, 1500)), limit * 10_000) for limit in limits))


class Days(RuleBasedStateMachine):
    """One action is one block, of whatever the rule sends."""

    def __init__(self) -> None:
        super().__init__()
        self.m = Market(QUICK)
        self.homes: dict[str, Home] = {}
        self.lots: dict[bytes, Lot] = {}
        self.versions: dict[tuple[str, object], int] = {}
        self.proposer = 0

    @initialize(credit=st.sampled_from((LOCK, 3 * LOCK, 40 * LOCK)))
    def people(self, credit: int) -> None:
        for i, name in enumerate(NAMES):
            self.homes[name] = self.m.home_of(name, credit if i else 40 * LOCK)
        self.m.ok(self.homes["a"].mandate(2))
        self.m.block(at=QUICK.open_s(FIRST))

    def _send(self, *txs: bytes) -> list[Reason | None]:
        self.proposer += 1
        outcome = self.m.block(*txs, at=self.m.time_s + 7, proposer=PROPOSERS[self.proposer % 4])
        return [None if r.code == 0 else reason(r) for r in outcome.results]

    @property
    def slot(self) -> int:
        """The slot whose delivery is now."""
        return max(FIRST, self.m.time_s // 900)

    def _version(self, name: str, which: object) -> int:
        self.versions[name, which] = self.versions.get((name, which), 0) + 1
        return self.versions[name, which]

    # ---- actions --------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from((1, 30, 60, 120, 300, 900, 900, 3000)), times=st.integers(1, 4))
    def time_passes(self, seconds: int, times: int) -> None:
        for _ in range(times):
            self.proposer += 1
            self.m.block(at=self.m.time_s + seconds, proposer=PROPOSERS[self.proposer % 4])

    @rule(hours=st.sampled_from((1, 20, 50)))
    def the_chain_halts(self, hours: int) -> None:
        self.m.block(at=self.m.time_s + hours * 3600)

    @rule(name=homes, ahead=ahead, order=orders(), agent=st.booleans())
    def commit(self, name: str, ahead: int, order: Order | bytes, agent: bool) -> None:
        home, slot = self.homes[name], self.slot + 1 + ahead
        kept = home.sealed.get(slot)
        version = self._version(name, slot)
        signer = home.meter.key if agent and name == "a" else home.key
        if self._send(home.commit(slot, order, version, signer)) != [None] and kept is not None:
            home.sealed[slot] = kept

    @rule(name=homes, ahead=ahead)
    def cancel(self, name: str, ahead: int) -> None:
        slot = self.slot + 1 + ahead
        self._send(self.homes[name].cancel(slot, self._version(name, slot)))

    @rule(book=st.dictionaries(homes, orders(), min_size=1), silent=st.sampled_from(("", "", "", *NAMES)))
    def a_whole_slot(self, book: dict[str, Order | bytes], silent: str) -> None:
        """The way it mostly goes: everybody commits, the gate, everybody but one reveals, the window."""
        slot = max(FIRST, self.m.time_s // 900 + 2)
        for name, order in book.items():
            home, kept = self.homes[name], dict(self.homes[name].sealed)
            if self._send(home.commit(slot, order, self._version(name, slot))) != [None]:
                home.sealed = kept
        self.m.block(at=QUICK.gate_s(slot))
        known = [h for n, h in self.homes.items() if n != silent and slot in h.sealed]
        self._send(*(h.reveal(slot) for h in known))
        self._walk()

    @rule(short=st.dictionaries(homes, st.integers(0, 2000)))
    def meters_deliver(self, short: dict[str, int]) -> None:
        """Every seller but those named, by their shortfall in Wh, states its whole fill."""
        sales = [(k, Sale.from_cbor(v)) for k, v in self.m.machine.state.items("sale") if k[:1] not in b"X."]
        self.m.block(at=max([self.m.time_s, *((sale.last + 1) * 900 for _, sale in sales)]))
        for key, sale in sales:
            name = next(n for n, h in self.homes.items() if h.id == sale.seller)
            which = key[1:] if key[:1] == b"L" else sale.first
            tx = self.homes[name].deliver(which, max(0, sale.wh - short.get(name, 0)))
            assert self._send(tx, tx) in ([None, Reason.NO_SALE], [Reason.NO_SALE] * 2)

    @rule(
        seller=homes, wh=st.integers(1, 3000), bids=st.dictionaries(homes, st.integers(8, 31)), silent=homes
    )
    def a_whole_lot(self, seller: str, wh: int, bids: dict[str, int], silent: str) -> None:
        now = self.m.time_s // 900
        home = self.homes[seller]
        offer = home.offer(wh, max(FIRST, now + 8), 2, FEED_IN, gate=now + 1)
        lot = lot_id(offer)
        if self._send(home.open_lot(offer)) != [None]:
            return
        self.lots[lot] = Lot(lot, wh, FEED_IN)
        sealed = [n for n, bid in bids.items() if self._send(self.homes[n].bid(lot, bid * 10_000)) == [None]]
        self.m.block(at=offer.gate * 900)
        self._send(*(self.homes[n].reveal_bid(lot) for n in sealed if n != silent))
        self._walk()

    def _walk(self) -> None:
        for _ in range(4):
            self.proposer += 1
            self.m.block(at=self.m.time_s + 30, proposer=PROPOSERS[self.proposer % 4])

    @rule(ahead=st.integers(0, 2), silent=st.sampled_from(("", "", *NAMES)))
    def reveal(self, ahead: int, silent: str) -> None:
        slot = self.slot + ahead
        known = [h for n, h in self.homes.items() if n != silent and slot in h.sealed]
        if known:
            self._send(*(h.reveal(slot, known[0].key) for h in known))

    @rule(name=homes, back=st.integers(1, 8), wh=st.integers(0, 2000))
    def deliver(self, name: str, back: int, wh: int) -> None:
        slot = self.slot - back
        if slot >= FIRST:
            tx = self.homes[name].deliver(slot, wh)
            first, second = self._send(tx, tx)
            assert second is not None or first is not None  # never twice

    @rule(name=homes, wh=st.integers(1, 3000), ahead=st.integers(6, 10), slots=st.integers(1, 3))
    def open_lot(self, name: str, wh: int, ahead: int, slots: int) -> None:
        now = self.m.time_s // 900
        first = max(FIRST, now + ahead)
        offer = self.homes[name].offer(wh, first, slots, FEED_IN, gate=now + 1)
        if self._send(self.homes[name].open_lot(offer)) == [None]:
            self.lots[lot_id(offer)] = Lot(lot_id(offer), wh, FEED_IN)

    @precondition(lambda self: self.lots)
    @rule(name=homes, pick=st.integers(0, 9), bid=st.integers(7, 31))
    def bid(self, name: str, pick: int, bid: int) -> None:
        lot = list(self.lots)[-1 - pick % len(self.lots)]
        home = self.homes[name]
        kept = home.sealed.get(lot)
        if self._send(home.bid(lot, bid * 10_000, self._version(name, lot))) != [None] and kept is not None:
            home.sealed[lot] = kept

    @precondition(lambda self: self.lots)
    @rule(pick=st.integers(0, 9), silent=st.sampled_from(("", *NAMES)))
    def reveal_bids(self, pick: int, silent: str) -> None:
        lot = list(self.lots)[-1 - pick % len(self.lots)]
        known = [h for n, h in self.homes.items() if n != silent and lot in h.sealed]
        if known:
            self._send(*(h.reveal_bid(lot) for h in known))

    @precondition(lambda self: self.lots)
    @rule(name=homes, pick=st.integers(0, 9), wh=st.integers(0, 3000))
    def deliver_lot(self, name: str, pick: int, wh: int) -> None:
        tx = self.homes[name].deliver(list(self.lots)[-1 - pick % len(self.lots)], wh)
        first, second = self._send(tx, tx)
        assert second is not None or first is not None

    @rule(name=homes, nano=st.sampled_from((0, LOCK // 3, LOCK, 10 * LOCK)))
    def payout(self, name: str, nano: int) -> None:
        home = self.homes[name]
        self._send(self.m.payout(home, nano), self.m.withdraw(home, nano or 1))

    @rule(name=homes)
    def credit(self, name: str) -> None:
        assert self._send(self.m.credit(self.homes[name], LOCK)) == [None]

    @rule(max_live=st.integers(0, 3))
    def mandate(self, max_live: int) -> None:
        assert self._send(self.homes["a"].mandate(max_live)) == [None]

    # ---- what must hold -----------------------------------------------------------------------------

    @invariant()
    def every_log_is_what_left_the_contract(self) -> None:
        state = self.m.machine.state
        for rule_name, books in self.m.books.items():
            log = log_of(record for _, _, record in books)
            assert state.get("market", rule_name.encode()) == encode([log.size, log.root(), list(log.hashes)])
        for home in self.homes.values():
            log = log_of(self.m.notes[home.id])
            assert self.m.home(home.id)[:2] == [log.size, log.root()]

    def teardown(self) -> None:
        if not self.homes:
            return
        m = self.m
        m.block(at=m.time_s + 4 * 86_400)
        m.block(at=m.time_s + 1)
        balance = m.check()
        waiting = sum(home.account.payout for home in self.homes.values())
        assert (balance.locked, balance.escrow) == (waiting, 0)
        windows = [k for k, _ in m.machine.state.items("gate") if k != b"."]
        assert all(int.from_bytes(k[:8], "big") > m.time_s // 900 for k in windows)
        for module in ("order", "sale", "lot", "lotbid", "engaged"):
            assert [k for k, _ in m.machine.state.items(module)] == [b"."], module
        for i, (book, results, record) in enumerate(m.books["slot/1"]):
            closed = SlotRecord.from_bytes(record)
            assert closed.slot == FIRST + i
            recompute_slot(closed, book, TERMS, m.hash, results)
        for book, results, record in m.books["lot/1"]:
            lot = as_bytes(as_list(decode(record), "record")[1], "lot")
            recompute_lot(LotRecord.from_bytes(record), book, self.lots[lot], TERMS, m.hash, results)
        for home in self.homes.values():
            final = [(r.which, r.outcome) for r in home.results if r.outcome in ("settled", "expired")]
            assert len({which for which, _ in final}) == len(final)
            ended = [r.which for r in home.results if r.outcome not in ("settled", "expired")]
            assert len(set(ended)) == len(ended)


TestDays = Days.TestCase
TestDays.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)

"""A ledger with a market for tests: households, a treasury, slots that can be walked through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from ohmstead.contract.accounts import Account
from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.invariants import Balance, check_money
from ohmstead.contract.machine import BlockOutcome, Machine, TxResult
from ohmstead.contract.market_lots import lot_id
from ohmstead.contract.parameters import MarketParameters, Reference
from ohmstead.contract.refusals import Reason
from ohmstead.contract.results import Result
from ohmstead.core.codec import CodecError, as_list, as_uint, decode
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import AccountKey, LotOffer, SealedBid, SealedOrder
from ohmstead.core.market_statements import (
    BidLot,
    CancelOrder,
    CommitOrder,
    Credit,
    Deliver,
    GiveMandate,
    OpenAccount,
    OpenLot,
    Payout,
    RevealBid,
    RevealOrder,
    SetReference,
    Withdraw,
)
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.market.lot_records import LotRecord
from ohmstead.market.orders import Order, Side, Step, lot_commitment, slot_commitment
from ohmstead.market.records import SlotRecord
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    GOVERNANCE,
    OTHER_CERTIFIER,
    START_S,
    VALIDATORS,
    WIDE,
    ZONE,
    Commission,
    Ledger,
    Meter,
    certificate,
    key,
    reason,
)

TREASURY = key("treasury")
MEMBERS = tuple(key(f"member {i}") for i in range(4))
FEED_IN, RETAIL, FEE, Q = 80_000, 300_000, 10_000, 5000
LOCK = Q * RETAIL
FIRST = FIRST_HOUR * 4 + 40
RICH = 50 * LOCK
PARAMS = MarketParameters(FIRST, (Reference(FIRST, FEED_IN, RETAIL, FEE),), TREASURY.public)
PROPOSERS = tuple(v.address for v in VALIDATORS.validators)


def market_genesis(params: MarketParameters = PARAMS, quotas: Quotas = WIDE) -> GenesisDocument:
    """The genesis of a ledger with a market."""
    certifiers = (Member("certifier", CERTIFIER.public), Member("other", OTHER_CERTIFIER.public))
    state = AppState((ZONE,), GOVERNANCE, certifiers, quotas, market=params)
    return GenesisDocument("market-embedded", START_S * 10**9, VALIDATORS, state.to_cbor())


def buy(*steps: tuple[int, int]) -> Order:
    """A bid of (Wh, all-in µ/kWh) steps."""
    return Order(Side.BUY, tuple(Step(*s) for s in steps))


def sell(*steps: tuple[int, int]) -> Order:
    """An ask of (Wh, net µ/kWh) steps."""
    return Order(Side.SELL, tuple(Step(*s) for s in steps))


@dataclass
class Home:
    """A household: meter, order key, and what it must remember of its sealed orders."""

    ledger: Market
    name: str
    meter: Meter
    key: SigningKey
    id: bytes
    sealed: dict[object, tuple[bytes | int, bytes]] = field(default_factory=dict)

    def salt(self, *about: object) -> bytes:
        return sha256(repr((self.name, *about)).encode()).digest()

    def commit(
        self, slot: int, order: Order | bytes, version: int = 1, signer: SigningKey | None = None
    ) -> bytes:
        """A signed commit; what opens it is remembered."""
        data = order if isinstance(order, bytes) else order.to_bytes()
        by, salt = signer or self.key, self.salt(slot, version)
        self.sealed[slot] = data, salt
        found = slot_commitment(self.ledger.hash, slot, self.id, self.meter.id, by.kid, version, data, salt)
        return self.commit_hash(slot, found, version, by)

    def commit_hash(
        self, slot: int, commitment: bytes, version: int = 1, signer: SigningKey | None = None
    ) -> bytes:
        sealed = SealedOrder(slot, self.id, self.meter.id, version, commitment)
        body = CommitOrder.of(signer or self.key, self.ledger.hash, sealed)
        return self.ledger.sign(self.meter.key, body)

    def cancel(self, slot: int, version: int = 2, signer: SigningKey | None = None) -> bytes:
        return self.ledger.sign(signer or self.key, CancelOrder(slot, self.id, version))

    def reveal(self, slot: int, relay: SigningKey | None = None) -> bytes:
        data, salt = self.sealed[slot]
        assert isinstance(data, bytes)
        return self.ledger.sign(relay or self.key, RevealOrder(slot, self.id, data, salt))

    def deliver(self, which: int | bytes, wh: int) -> bytes:
        return self.ledger.sign(self.meter.key, Deliver(which, wh))

    def offer(
        self, wh: int, first: int, slots: int = 4, reserve: int = FEED_IN, gate: int | None = None
    ) -> LotOffer:
        nonce = self.salt("lot", first)[:16]
        at = first - PARAMS.gate_slots - PARAMS.open_slots - 2 if gate is None else gate
        return LotOffer(self.id, self.meter.id, nonce, wh, first, slots, reserve, at)

    def open_lot(self, offer: LotOffer, signer: SigningKey | None = None) -> bytes:
        body = OpenLot.of(signer or self.key, self.ledger.hash, offer)
        return self.ledger.sign(self.meter.key, body)

    def bid(self, lot: bytes, bid: int, version: int = 1) -> bytes:
        salt = self.salt(lot, version)
        self.sealed[lot] = bid, salt
        found = lot_commitment(self.ledger.hash, lot, self.id, version, bid, salt)
        body = BidLot.of(self.key, self.ledger.hash, SealedBid(lot, self.id, self.meter.id, version, found))
        return self.ledger.sign(self.meter.key, body)

    def reveal_bid(self, lot: bytes, relay: SigningKey | None = None) -> bytes:
        bid, salt = self.sealed[lot]
        assert isinstance(bid, int)
        return self.ledger.sign(relay or self.key, RevealBid(lot, self.id, bid, salt))

    def mandate(self, max_live: int, expiry: int | None = None, agent: bytes | None = None) -> bytes:
        until = START_S + 10**7 if expiry is None else expiry
        body = GiveMandate(self.id, agent or self.meter.id, until, max_live, self.salt("terms"))
        return self.ledger.sign(self.key, body)

    @property
    def account(self) -> Account:
        raw = self.ledger.machine.state.get("account", self.id)
        assert raw is not None
        return Account.from_cbor(raw)

    @property
    def results(self) -> list[Result]:
        """The results in the household's log, in order."""
        return self.ledger.results(self.id)


class Market(Ledger):
    """A ledger with a market; every block's outcome is checked for invariant 0 and kept."""

    def __init__(
        self, params: MarketParameters = PARAMS, quotas: Quotas = WIDE, *, checked: bool = True
    ) -> None:
        self.params = params
        self.genesis = market_genesis(params, quotas)
        self.machine = Machine(self.genesis)
        self.first_app_hash = self.machine.init_chain(self.genesis)
        self.height, self.time_s = 0, START_S
        self.seqs: dict[bytes, int] = {}
        self.notes: dict[bytes, list[bytes]] = {}
        self.books: dict[str, list[tuple[tuple[bytes, ...], tuple[bytes, ...], bytes]]] = {
            "slot/1": [],
            "lot/1": [],
        }
        self.history: list[tuple[int, list[bytes], bytes]] = []
        self.app_hashes: list[bytes] = []
        self.checked = checked

    def block(self, *txs: bytes, at: int | None = None, proposer: bytes | None = None) -> BlockOutcome:
        self.height += 1
        self.time_s = self.time_s + 60 if at is None else max(at, self.time_s)
        by = PROPOSERS[self.height % len(PROPOSERS)] if proposer is None else proposer
        outcome = self.machine.finalize_block(self.height, self.time_s, txs, by)
        self.history.append((self.time_s, list(txs), by))
        self.app_hashes.append(outcome.app_hash)
        for home, leaf in outcome.notes:
            self.notes.setdefault(home, []).append(leaf)
        for book in outcome.books:
            assert book.index == len(self.books[book.rule])
            self.books[book.rule].append((book.book, book.results, book.record))
        if self.checked:
            self.check()
        return outcome

    def check(self) -> Balance:
        return check_money(self.machine.state)

    # ---- people ---------------------------------------------------------------------------------

    def home_of(self, name: str, credit: int = RICH) -> Home:
        """A household with meter, account and money."""
        meter, order_key = Meter(key(f"meter {name}"), self.hash), key(f"order {name}")
        home = Home(self, name, meter, order_key, sha256(f"home {name}".encode()).digest()[:16])
        self.ok(
            self.sign(CERTIFIER, certificate(meter.key)),
            self.sign(CERTIFIER, Commission(meter.id, home.id, ZONE.name, FIRST_HOUR)),
            self.open_account(home),
        )
        if credit:
            self.ok(self.credit(home, credit))
        return home

    def open_account(self, home: Home, signer: SigningKey | None = None) -> bytes:
        by = signer or home.key
        body = OpenAccount.of(by, self.hash, AccountKey(home.id, home.meter.id, by.public))
        return self.sign(home.meter.key, body)

    def credit(self, home: Home, nano: int, reference: bytes = b"", by: SigningKey = TREASURY) -> bytes:
        return self.sign(by, Credit(home.id, nano, reference or home.salt("credit", self.height)))

    def withdraw(self, home: Home, nano: int, reference: bytes = b"", by: SigningKey = TREASURY) -> bytes:
        return self.sign(by, Withdraw(home.id, nano, reference or home.salt("out", self.height)))

    def payout(self, home: Home, nano: int) -> bytes:
        return self.sign(home.key, Payout(home.id, nano))

    def reference(self, member: int, from_slot: int, prices: tuple[int, int, int]) -> bytes:
        return self.sign(MEMBERS[member], SetReference(from_slot, *prices))

    # ---- what becomes of transactions --------------------------------------------------------------

    def ok(self, *txs: bytes, at: int | None = None) -> BlockOutcome:
        """A block in which everything is accepted."""
        outcome = self.block(*txs, at=at)
        assert [r for r in outcome.results if r != TxResult()] == []
        return outcome

    def no(self, tx: bytes, at: int | None = None) -> Reason:
        """The reason why a block refuses a transaction for good; nothing but a sequence is left of it."""
        outcome = self.block(tx, at=at)
        assert outcome.results[0].code == 1, outcome.results
        return reason(outcome.results[0])

    def later(self, tx: bytes, at: int | None = None) -> Reason:
        """The reason why a block puts a transaction off."""
        outcome = self.block(tx, at=at)
        assert outcome.results[0].code == 2, outcome.results
        return reason(outcome.results[0])

    # ---- a slot's life ------------------------------------------------------------------------------

    def open(self, slot: int) -> None:
        """Block time reaches the opening of a slot's commits."""
        self.block(at=self.params.open_s(slot))

    def gate(self, slot: int) -> None:
        """The gate block of a slot."""
        self.block(at=self.params.gate_s(slot))

    def close(self, slot: int) -> BlockOutcome:
        """Blocks until the window of a slot is complete; the outcome of the block that cleared it."""
        while True:
            outcome = self.block(at=self.time_s + 55)
            if self.next[1] > slot:
                return outcome

    def trade(self, slot: int, orders: Iterable[tuple[Home, Order]], reveal: bool = True) -> SlotRecord:
        """Commits, gate, reveals, clearing."""
        pairs = list(orders)
        self.open(slot)
        self.ok(*(home.commit(slot, order) for home, order in pairs))
        self.gate(slot)
        if reveal:
            self.ok(*(home.reveal(slot) for home, _ in pairs))
        self.close(slot)
        return self.record_of(slot)

    def record_of(self, slot: int) -> SlotRecord:
        return SlotRecord.from_bytes(self.books["slot/1"][slot - self.params.first_slot][2])

    def lot_record(self, index: int = -1) -> LotRecord:
        return LotRecord.from_bytes(self.books["lot/1"][index][2])

    def past(self, slot: int) -> None:
        """Block time reaches the end of a slot's delivery."""
        self.block(at=(slot + 1) * SLOT_SECONDS)

    @property
    def next(self) -> tuple[int, int]:
        raw = self.machine.state.get("market", b"next")
        assert raw is not None
        gate, clear = as_list(decode(raw), "next", 2)
        return as_uint(gate, "gate"), as_uint(clear, "clear")

    def results(self, home: bytes) -> list[Result]:
        found = []
        for leaf in self.notes.get(home, []):
            try:
                found.append(Result.from_bytes(leaf))
            except CodecError:
                continue
        return found

    def uint(self, module: str, name: bytes) -> int:
        raw = self.machine.state.get(module, name)
        return 0 if raw is None else as_uint(decode(raw), "value")


__all__ = ["FIRST", "PARAMS", "Home", "Market", "buy", "lot_id", "replace", "sell"]

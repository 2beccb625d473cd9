"""A market in one process for benchmarks: real signatures, the real contract, a block every three minutes.

Blocks stand where the demonstration's replay puts them: at a slot's boundary the gate of the next slot and the
commits of the one that opens, three minutes on the reveals and the deliveries. Here: founding it, walking through
slots. Not here: what is measured, and who trades why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.machine import BlockOutcome, Machine
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import SALE
from ohmstead.contract.parameters import MarketParameters, Reference, terms_at
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_statements import Credit
from ohmstead.core.slots import SLOT_SECONDS, zone_identifier
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.validators import Validator, ValidatorSet
from ohmstead.market.orders import Order, Terms
from ohmstead.system.zones import build_table
from ohmstead.village.consortium import FEED_IN, MARKET_FEE, RETAIL, REVEAL_BLOCKS
from ohmstead.village.households import Household, households
from ohmstead.village.traders import VillageHome

STEP_S = 180
OPEN_SLOTS = 5  # from a slot's opening to its delivery, the gate's slot included
HOURS = 24 * 400
MONEY_NANO = 10_000 * 10**9


def key(name: str) -> SigningKey:
    """The signing key of a name."""
    return SigningKey.from_seed(sha256(name.encode()).digest())


CERTIFIER, TREASURY = key("certifier"), key("treasury")
VALIDATORS = ValidatorSet.of(Validator(key(f"validator {i}").public, 10) for i in range(4))


def found(zone: str, first_slot: int) -> GenesisDocument:
    """A ledger whose market begins with a slot, under the demonstration's parameters."""
    prices = Reference(first_slot, FEED_IN, RETAIL, MARKET_FEE)
    market = MarketParameters(first_slot, (prices,), TREASURY.public, reveal_blocks=REVEAL_BLOCKS)
    start_s = (first_slot - 100) * SLOT_SECONDS
    day = datetime.fromtimestamp(start_s, UTC).date()
    state = AppState(
        (build_table(zone, day - timedelta(days=3), day + timedelta(days=60)),),
        tuple(Member(f"member-{i}", key(f"member {i}").public) for i in range(4)),
        (Member("certifier", CERTIFIER.public),),
        Quotas(others=100_000),
        market=market,
    )
    return GenesisDocument("bench-embedded", start_s * 10**9, VALIDATORS, state.to_cbor())


@dataclass
class Ledger:
    """One contract and its block time; ``blocks`` is everything that it was given, if that is ``kept``."""

    zone: str
    first_slot: int
    homes: Sequence[VillageHome]
    kept: bool = True
    genesis: GenesisDocument = field(init=False)
    blocks: list[tuple[int, list[bytes], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.genesis = found(self.zone, self.first_slot)
        market = AppState.from_cbor(self.genesis.app_state).market
        assert market is not None
        self.params = market
        self.machine = Machine(self.genesis)
        self.machine.init_chain(self.genesis)
        self.until = self.genesis.genesis_time_ns // 10**9 + 10**9
        self.villagers = households(self.homes, b"bench", self.genesis.genesis_hash, self.until)
        self._admit()

    def _admit(self) -> None:
        first_hour = self.genesis.genesis_time_ns // 10**9 // 3600
        seq = 0
        statements: list[bytes] = []
        for home in self.villagers:
            for body in home.admission(zone_identifier(self.zone), first_hour, first_hour + HOURS):
                seq += 1
                statements.append(self._signed(CERTIFIER, body, seq))
        start_s = self.genesis.genesis_time_ns // 10**9
        self.block(start_s, statements)
        self.block(start_s + STEP_S, [h.account() for h in self.villagers])
        money = [Credit(h.id, MONEY_NANO, h.id) for h in self.villagers]
        self.block(start_s + 2 * STEP_S, [self._signed(TREASURY, credit) for credit in money])

    def _signed(self, by: SigningKey, body: Body, seq: int | None = None) -> bytes:
        return sign(by, self.genesis.genesis_hash, Statement(body, self.until, seq))

    def terms(self, slot: int) -> Terms:
        """The reference terms of a slot."""
        series = self.machine.state.get("market", b"reference")
        assert series is not None
        return terms_at(self.params, series, slot)

    def block(self, time_s: int, txs: list[bytes]) -> BlockOutcome:
        """The next block; everything in it must be accepted."""
        height = self.machine.height + 1
        proposer = VALIDATORS.validators[height % 4].address
        if self.kept:
            self.blocks.append((time_s, txs, proposer))
        outcome = self.machine.finalize_block(height, time_s, txs, proposer)
        assert not any(r.code for r in outcome.results), [r.log for r in outcome.results if r.code][:3]
        return outcome

    def sale(self, household: Household, slot: int) -> Sale | None:
        """What a household sold and has not delivered yet."""
        raw = self.machine.state.get(SALE, slot_key(slot) + household.id)
        return None if raw is None else Sale.from_cbor(raw)


#: (household's place, slot, terms) -> its order; (place, what it sold) -> what its meter measured as export, Wh.
OrderOf = Callable[[int, int, Terms], Order]
MeasuredOf = Callable[[int, Sale], int]


def walk(
    ledger: Ledger,
    slots: range,
    order_of: OrderOf,
    measured_wh: MeasuredOf,
    on_block: Callable[[BlockOutcome], None],
    on_slot: Callable[[int], None] = lambda _slot: None,
) -> float:
    """Trades through slots, from their opening to the delivery of the last; returns the seconds spent signing."""
    sealed: dict[int, list[Order]] = {}
    signing = 0.0
    for now in range(slots.start - OPEN_SLOTS, slots.stop + 1):
        at = now * SLOT_SECONDS
        began = time.perf_counter()
        commits, opens = [], now + OPEN_SLOTS
        if opens in slots:
            terms = ledger.terms(opens)
            sealed[opens] = [order_of(i, opens, terms) for i in range(len(ledger.villagers))]
            commits = [h.commit(opens, o) for h, o in zip(ledger.villagers, sealed[opens], strict=True)]
        gated, over = sealed.get(now + 1, []), now - 1
        opening = [h.reveal(now + 1, o) for h, o in zip(ledger.villagers, gated, strict=False)]
        for i, household in enumerate(ledger.villagers if over in slots else ()):
            sale = ledger.sale(household, over)
            if sale is not None:
                opening.append(household.deliver(over, min(sale.wh, max(0, measured_wh(i, sale)))))
        signing += time.perf_counter() - began
        on_block(ledger.block(at, commits))
        on_block(ledger.block(at + STEP_S, opening))
        for step in range(2, SLOT_SECONDS // STEP_S):
            on_block(ledger.block(at + step * STEP_S, []))
        sealed.pop(over, None)
        if over in slots:
            on_slot(over)
    return signing

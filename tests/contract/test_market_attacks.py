"""Attacks on the slot market and on lots, each named: what is sealed stays sealed, what is bound stays bound."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.contract.genesis import Quotas
from ohmstead.contract.refusals import Reason
from ohmstead.core import cose
from ohmstead.core.codec import Value, as_bytes, as_list, as_map, decode, encode
from ohmstead.core.market_inner import SealedOrder
from ohmstead.core.market_statements import CommitOrder, RevealOrder
from ohmstead.market.orders import Order, Side, Step
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
    buy,
    lot_id,
    sell,
)
from tests.contract.rig import log_of

ORDERS = (
    buy((1, FEED_IN + FEE)),
    buy((5000, RETAIL)),
    sell((5000, FEED_IN)),
    sell((3, 100_000), (9, 200_000)),
    buy(),
)

# ---- sealed means sealed ------------------------------------------------------------------------------


def masked(tx: bytes) -> Value:
    """A transaction or a note with everything hidden that only the 32 bytes decide: they, and the signatures."""
    value = as_list(decode(tx), "leaf")
    if len(value) != 4:
        return value  # a result
    parts = cose.peek1(tx)
    payload = decode(parts.payload)
    if isinstance(payload, dict) and payload.get(0) in ("commit", "lot-bid"):
        body = as_map(payload[3], "body", frozenset((0,)))
        inner = cose.peek1(as_bytes(body[0], "inner"))
        *open_fields, commitment = as_list(decode(inner.payload), "inner payload")
        assert len(as_bytes(commitment, "commitment")) == 32
        payload = {**payload, 3: [inner.protected, open_fields]}
    return [parts.protected, payload]


def trace(m: Market, commitment: bytes) -> list[object]:
    """Everything public: every key and value, results, notes; the commitment and what hashes over it masked."""
    found: list[object] = []
    for (module, key), value in m.machine.state.snapshot():
        if module == "home" and key != b".":
            size, root, hashes, meters = as_list(decode(value), "home", 4)
            log = log_of(m.notes[key])  # the log says what the notes say, and nothing else
            assert (size, root, hashes) == (log.size, log.root(), list(log.hashes))
            found.append((module, key, size, meters))
        else:
            found.append((module, key, value.replace(commitment, bytes(32))))
    notes = [(home, [masked(leaf) for leaf in leaves]) for home, leaves in sorted(m.notes.items())]
    blocks = [(at, [(len(tx), masked(tx)) for tx in txs], by) for at, txs, by in m.history]
    return [*found, notes, blocks]


def slot_story(order: Order) -> list[object]:
    m = Market()
    home, other = m.home_of("a"), m.home_of("b")
    m.open(FIRST)
    results = m.block(home.commit(FIRST, order), other.commit(FIRST, buy((7, RETAIL)))).results
    results += m.block(home.commit(FIRST, order, version=2)).results
    m.gate(FIRST)
    results += m.block(other.reveal(FIRST)).results
    raw = m.machine.state.get("order", FIRST.to_bytes(8, "big") + home.id)
    assert raw is not None
    return [results, *trace(m, as_bytes(as_list(decode(raw), "order")[1], "commitment"))]


@pytest.mark.parametrize("order", ORDERS[1:])
def test_orders_of_any_side_size_and_limit_leave_equal_traces_until_the_reveal(order: Order) -> None:
    assert slot_story(order) == slot_story(ORDERS[0])


def test_bids_of_any_height_leave_equal_traces_until_the_reveal() -> None:
    def story(bid: int) -> list[object]:
        m = Market()
        seller, home = m.home_of("s"), m.home_of("a")
        offer = seller.offer(4000, FIRST + 20)
        m.ok(seller.open_lot(offer))
        results = m.block(home.bid(lot_id(offer), bid)).results
        m.block(at=offer.gate * 900)
        raw = m.machine.state.get("lotbid", lot_id(offer) + home.id)
        assert raw is not None
        return [results, *trace(m, as_bytes(as_list(decode(raw), "bid")[1], "commitment"))]

    assert story(RETAIL) == story(FEED_IN + FEE) == story(0)


# ---- copies and replays ----------------------------------------------------------------------------------


def test_a_copied_commitment_cannot_be_revealed_by_the_copyist() -> None:
    m = Market()
    victim, thief = m.home_of("victim"), m.home_of("thief")
    m.open(FIRST)
    tx = victim.commit(FIRST, sell((500, FEED_IN)))
    inner = cose.peek1(tx)
    raw = as_map(as_map(decode(inner.payload), "payload", frozenset((0, 2, 3)))[3], "body", frozenset((0,)))
    stolen = SealedOrder.from_bytes(cose.peek1(as_bytes(raw[0], "inner")).payload).commitment
    m.ok(tx, thief.commit_hash(FIRST, stolen))
    m.gate(FIRST)
    m.ok(victim.reveal(FIRST))
    data, salt = victim.sealed[FIRST]
    assert isinstance(data, bytes)
    copied = m.sign(thief.key, RevealOrder(FIRST, thief.id, data, salt))
    assert m.no(copied) is Reason.WRONG_COMMITMENT
    m.close(FIRST)
    assert (victim.results[-1].outcome, thief.results[-1].outcome) == ("unfilled", "forfeited")
    assert m.record_of(FIRST).n == 1


def test_an_opened_order_sealed_again_for_another_slot_does_not_open_there() -> None:
    m = Market()
    home = m.home_of("a")
    m.open(FIRST + 1)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    data, salt = home.sealed[FIRST]
    assert isinstance(data, bytes)
    raw = m.machine.state.get("order", FIRST.to_bytes(8, "big") + home.id)
    assert raw is not None
    old = as_bytes(as_list(decode(raw), "order")[1], "commitment")
    m.ok(home.commit_hash(FIRST + 1, old))
    m.block(at=PARAMS.gate_s(FIRST + 1))
    assert m.no(m.sign(home.key, RevealOrder(FIRST + 1, home.id, data, salt))) is Reason.WRONG_COMMITMENT


def test_a_commit_of_another_ledger_means_nothing_here() -> None:
    here, there = Market(), Market(quotas=Quotas(9, 9, 9_999))
    mine, theirs = here.home_of("a"), there.home_of("a")
    here.open(FIRST)
    assert mine.id == theirs.id
    assert here.no(theirs.commit(FIRST, buy((5, RETAIL)))) is Reason.BAD_SIGNATURE
    inner_only = CommitOrder.of(
        mine.key, there.hash, SealedOrder(FIRST, mine.id, mine.meter.id, 1, bytes(32))
    )
    assert here.no(here.sign(mine.meter.key, inner_only)) is Reason.BAD_SIGNATURE


def test_a_remembered_verdict_does_not_cover_another_inner_key() -> None:
    """The verdict's name holds every key used: a key that replaced another under its kid is checked again."""
    m = Market()
    home, other = m.home_of("a"), m.home_of("b")
    m.open(FIRST)
    tx = home.commit(FIRST, buy((5, RETAIL)))
    assert m.machine.check_tx(tx).code == 0
    m.put("orderkey", home.key.kid, encode([other.key.public, home.id]))
    assert m.no(tx) is Reason.BAD_SIGNATURE


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_altered_byte_of_a_commit_is_accepted(data: st.DataObject) -> None:
    m, tx = _committing()
    at, bit = data.draw(st.integers(0, len(tx) - 1)), data.draw(st.integers(0, 7))
    before = m.machine.state.app_hash
    outcome = m.block(tx[:at] + bytes((tx[at] ^ 1 << bit,)) + tx[at + 1 :], at=m.time_s)
    assert outcome.results[0].code == 1
    assert outcome.app_hash == before


_KEPT: list[tuple[Market, bytes]] = []


def _committing() -> tuple[Market, bytes]:
    if not _KEPT:
        m = Market(checked=False)
        home = m.home_of("a")
        m.open(FIRST)
        _KEPT.append((m, home.commit(FIRST, buy((5, RETAIL)))))
    return _KEPT[0]


# ---- silence ---------------------------------------------------------------------------------------------------


def steps(side: Side) -> st.SearchStrategy[Order]:
    limits = st.integers(FEED_IN + FEE, RETAIL) if side is Side.BUY else st.integers(FEED_IN, RETAIL - FEE)
    return st.builds(lambda wh, limit: Order(side, (Step(wh, limit),)), st.integers(1, Q), limits)


@given(
    st.sampled_from(Side).flatmap(steps),
    st.integers(0, Q),
    st.integers(FEED_IN, RETAIL - FEE),
    st.integers(FEED_IN, RETAIL),
)
@settings(max_examples=100, deadline=None)
def test_silence_never_pays_one_household(order: Order, fill: int, price: int, worth: int) -> None:
    """Whatever its order, the fill and price it foresees and its own use of a kWh: the lock is worth more."""
    fill = min(fill, order.total_wh)
    revealed = fill * (worth - price - FEE) if order.side is Side.BUY else fill * (price - worth)
    assert revealed > -LOCK
    assert -Q * (RETAIL - FEED_IN) > -LOCK


def test_withholding_a_reveal_costs_the_lock_and_pays_no_seller_or_validator() -> None:
    m = Market()
    buyer, seller = m.home_of("buyer"), m.home_of("seller")
    m.open(FIRST)
    m.ok(buyer.commit(FIRST, buy((500, RETAIL))), seller.commit(FIRST, sell((500, FEED_IN))))
    m.gate(FIRST)
    m.ok(seller.reveal(FIRST))
    m.close(FIRST)
    assert (m.uint("account", b"fund"), seller.account.free) == (LOCK, 50 * LOCK)
    assert buyer.account.free == 49 * LOCK


def test_a_censored_reveal_is_relayed_through_an_honest_proposers_block() -> None:
    m = Market()
    home, friend = m.home_of("a"), m.home_of("b")
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    m.gate(FIRST)
    for i in range(1, 9):  # the first two leave it out, the third brings it
        honest = i == 3
        txs = [home.reveal(FIRST, friend.meter.key)] if honest else []
        outcome = m.block(*txs, at=m.time_s + 60, proposer=PROPOSERS[i % 3])
        assert [r.code for r in outcome.results] == [0] * len(txs)
    assert home.results[-1].outcome == "unfilled"


# ---- more than one has -----------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(Side).flatmap(steps), min_size=2, max_size=5))
@settings(max_examples=25, deadline=None)
def test_nobody_ever_pays_more_than_its_lock(orders: list[Order]) -> None:
    m = Market(checked=False)
    homes = [m.home_of(f"h{i}", LOCK) for i in range(len(orders))]
    m.trade(FIRST, zip(homes, orders, strict=True))
    m.check()
    for home in homes:
        assert home.account.free >= 0
        assert home.account.free + home.account.locked <= LOCK
    m.block(at=(FIRST + 1) * 900 + 49 * 3600)
    balance = m.check()
    assert (balance.locked, balance.escrow) == (0, 0)


def test_a_seller_cannot_sell_its_energy_twice() -> None:
    m = Market()
    seller = m.home_of("s")
    offer = seller.offer(4000, FIRST + 20)
    m.ok(seller.open_lot(offer))
    twice = replace(offer, nonce=bytes(16), wh=3999)
    assert m.no(seller.open_lot(twice)) is Reason.ENGAGED
    buyer = m.home_of("b")
    m.ok(buyer.bid(lot_id(offer), 200_000))
    m.block(at=offer.gate * 900)
    m.ok(buyer.reveal_bid(lot_id(offer)))
    while not m.books["lot/1"]:
        m.block(at=m.time_s + 55)
    assert m.lot_record().price is not None
    for slot in range(FIRST + 20, FIRST + 24):
        m.open(slot)
        assert m.no(seller.commit(slot, sell((5, FEED_IN)))) is Reason.ENGAGED


# ---- what a proposer chooses -----------------------------------------------------------------------


def test_block_order_and_times_change_no_tie() -> None:
    """Nothing that a proposer chooses enters the clearing: same orders, any arrangement, same record."""

    def run(seed: int) -> bytes:
        m = Market(checked=False)
        homes = [m.home_of(f"h{i}") for i in range(5)]
        chance = random.Random(seed)
        orders = [buy((101, 200_000))] * 3 + [sell((50, 100_000)), sell((52, 100_000))]
        pairs = list(zip(homes, orders, strict=True))
        chance.shuffle(pairs)
        m.open(FIRST)
        for home, order in pairs:
            m.ok(home.commit(FIRST, order), at=m.time_s + chance.randrange(9))
        m.block(at=PARAMS.gate_s(FIRST) + chance.randrange(60))
        chance.shuffle(pairs)
        reveals = [home.reveal(FIRST) for home, _ in pairs]
        cut = chance.randrange(5)
        m.ok(*reveals[:cut])
        m.ok(*reveals[cut:])
        m.close(FIRST)
        return m.books["slot/1"][0][2]

    assert len({run(seed) for seed in range(6)}) == 1


def test_refused_transactions_between_others_change_nothing() -> None:
    def run(noise: Callable[[Home, Market], list[bytes]]) -> list[bytes]:
        m = Market(checked=False)
        home = m.home_of("a")
        m.open(FIRST)
        m.block(*noise(home, m), home.commit(FIRST, buy((5, RETAIL))), *noise(home, m))
        return m.app_hashes

    def bad(home: Home, m: Market) -> list[bytes]:
        kept = dict(home.sealed)
        found = [
            home.commit(FIRST - 1, buy((5, RETAIL))),
            home.cancel(FIRST + 9),
            home.deliver(FIRST, 1),
            b"x",
        ]
        home.sealed = kept
        return found

    assert run(bad) == run(lambda _h, _m: [])

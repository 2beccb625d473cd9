"""The slot market, rule by rule: commits, cancels, gate, reveals, window, clearing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract.genesis import Quotas
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import encode
from ohmstead.core.market_statements import CancelOrder, RevealOrder
from ohmstead.ledger.meterlog import REVOKED, SUSPENDED
from ohmstead.market.records import recompute_slot
from tests.contract.market_rig import (
    FEE,
    FEED_IN,
    FIRST,
    LOCK,
    PARAMS,
    PROPOSERS,
    RETAIL,
    TREASURY,
    Home,
    Market,
    buy,
    sell,
)
from tests.contract.rig import CERTIFIER, STRANGER, Retire, log_of, reason


def two(credit: int = 50 * LOCK) -> tuple[Market, Home, Home]:
    m = Market()
    return m, m.home_of("buyer", credit), m.home_of("seller", credit)


# ---- commits ----------------------------------------------------------------------------------------


def test_every_commit_locks_the_same_flat_amount() -> None:
    m, one, other = two()
    m.open(FIRST)
    m.ok(one.commit(FIRST, buy((1, FEED_IN + FEE))), other.commit(FIRST, sell((5000, RETAIL - FEE))))
    assert one.account.locked == other.account.locked == LOCK
    m.ok(one.commit(FIRST, buy((5000, RETAIL)), version=2))
    assert one.account.locked == LOCK


def test_commits_are_taken_from_the_opening_to_the_gate_by_block_time() -> None:
    m, home, _ = two()
    early = home.commit(FIRST, buy((5, RETAIL)))
    opens, gate = PARAMS.open_s(FIRST), PARAMS.gate_s(FIRST)
    assert m.later(early, at=opens - 1) is Reason.SLOT_NOT_OPEN
    assert m.machine.check_tx(early).code == 0
    assert m.machine.is_early(early, opens - 1)
    assert not m.machine.is_early(early, opens)
    m.ok(early, at=opens)
    last = home.commit(FIRST, buy((6, RETAIL)), version=2)
    m.ok(last, at=gate - 1)
    late = home.commit(FIRST, buy((7, RETAIL)), version=3)
    assert m.no(late, at=gate) is Reason.GATE_PASSED
    assert m.no(home.cancel(FIRST, 3)) is Reason.GATE_PASSED
    assert m.no(home.commit(FIRST - 1, buy((7, RETAIL)))) is Reason.NO_SLOT


def test_a_higher_version_replaces_and_an_older_one_never_comes_back() -> None:
    m, home, _ = two()
    m.open(FIRST)
    first, second = home.commit(FIRST, buy((5, RETAIL))), home.commit(FIRST, buy((6, RETAIL)), version=2)
    m.ok(first, second)
    assert m.no(first) is Reason.OLD_VERSION
    assert m.no(second) is Reason.OLD_VERSION
    assert reason(m.machine.check_tx(first)) is Reason.OLD_VERSION
    m.ok(home.cancel(FIRST, 3))
    assert m.no(second) is Reason.OLD_VERSION
    m.ok(home.commit(FIRST, buy((8, RETAIL)), version=4))
    assert home.account.locked == LOCK


def test_twenty_versions_and_the_last_can_still_be_cancelled() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(*(home.commit(FIRST, buy((v, RETAIL)), version=v) for v in range(1, 21)))
    assert m.no(home.commit(FIRST, buy((30, RETAIL)), version=21)) is Reason.QUOTA
    m.ok(home.cancel(FIRST, 21))
    assert m.no(home.commit(FIRST, buy((30, RETAIL)), version=22)) is Reason.QUOTA


def test_a_cancel_returns_the_lock_once_and_by_the_household_alone() -> None:
    m, home, other = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    foreign = m.sign(other.key, CancelOrder(FIRST, home.id, 2))
    assert m.no(foreign) is Reason.NO_MANDATE
    assert m.no(m.sign(TREASURY, CancelOrder(FIRST, home.id, 2))) is Reason.NO_MANDATE
    assert m.no(home.cancel(FIRST, 1)) is Reason.OLD_VERSION
    m.ok(home.cancel(FIRST, 2))
    assert (home.account.free, home.account.locked) == (50 * LOCK, 0)
    assert m.no(home.cancel(FIRST, 3)) is Reason.NO_COMMIT
    assert m.no(other.cancel(FIRST, 1)) is Reason.NO_COMMIT


def test_a_commit_needs_money_an_account_and_its_own_meter() -> None:
    m = Market()
    poor, rich = m.home_of("poor", LOCK - 1), m.home_of("rich", LOCK)
    m.open(FIRST)
    assert m.no(poor.commit(FIRST, buy((1, RETAIL)))) is Reason.NO_FUNDS
    stranger = poor.commit(FIRST, buy((1, RETAIL)), signer=STRANGER)
    assert m.no(stranger) is Reason.UNKNOWN_SIGNER
    assert m.no(rich.commit(FIRST, buy((1, RETAIL)), signer=poor.key)) is Reason.NO_MANDATE
    mixed = replace(rich, meter=poor.meter)
    assert m.no(mixed.commit(FIRST, buy((1, RETAIL)))) is Reason.WRONG_HOUSEHOLD
    m.ok(rich.commit(FIRST, buy((1, RETAIL))))
    assert m.no(rich.commit(FIRST + 1, buy((1, RETAIL))), at=PARAMS.open_s(FIRST + 1)) is Reason.NO_FUNDS


@pytest.mark.parametrize("flags", [SUSPENDED, REVOKED])
def test_a_suspended_or_revoked_meter_trades_nothing(flags: int) -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.put("meter", home.meter.id, replace(m.record(home.meter.id), flags=flags).to_cbor())
    assert m.no(home.commit(FIRST, buy((1, RETAIL)))) is Reason.BLOCKED


def test_a_retired_meter_trades_nothing() -> None:
    m, home, _ = two()
    m.accept(CERTIFIER, Retire(home.meter.id, 0, b"", "swap"))
    m.open(FIRST)
    assert m.no(home.commit(FIRST, buy((1, RETAIL)))) is Reason.RETIRED


def test_one_refused_commit_leaves_no_trace() -> None:
    m = Market()
    home = m.home_of("poor", LOCK - 1)
    m.open(FIRST)
    before = m.machine.state.app_hash
    assert m.no(home.commit(FIRST, buy((1, RETAIL)))) is Reason.NO_FUNDS
    assert m.machine.state.app_hash == before


def test_daily_quotas_do_not_hold_up_orders() -> None:
    m = Market(quotas=Quotas(5, 5, 5))
    home = m.home_of("a")
    m.open(FIRST)
    m.ok(*(home.commit(FIRST, buy((v, RETAIL)), version=v) for v in range(1, 15)))


# ---- gate and reveals ---------------------------------------------------------------------------------


def test_a_reveal_counts_only_in_blocks_after_the_gate_block() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    gate = PARAMS.gate_s(FIRST)
    opened = home.reveal(FIRST)
    assert m.later(opened, at=gate - 1) is Reason.GATE_NOT_REACHED
    assert m.machine.check_tx(opened).code == 0
    assert m.machine.is_early(opened, gate)
    assert m.later(opened, at=gate) is Reason.GATE_NOT_REACHED
    assert not m.machine.is_early(opened, gate)
    m.ok(opened)
    assert m.no(opened) is Reason.ALREADY_DONE
    assert reason(m.machine.check_tx(opened)) is Reason.ALREADY_DONE


def test_only_the_latest_live_commit_is_revealed() -> None:
    m, home, other = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))), other.commit(FIRST, buy((5, RETAIL))))
    old = home.reveal(FIRST)
    m.ok(home.commit(FIRST, buy((6, RETAIL)), version=2), other.cancel(FIRST))
    m.gate(FIRST)
    assert m.no(old) is Reason.WRONG_COMMITMENT
    assert m.no(other.reveal(FIRST)) is Reason.NO_COMMIT
    m.ok(home.reveal(FIRST))


def test_anyone_known_relays_a_reveal_and_no_stranger() -> None:
    m, home, other = two()
    third = m.home_of("third")
    m.open(FIRST)
    m.ok(*(h.commit(FIRST, buy((5, RETAIL))) for h in (home, other, third)))
    m.gate(FIRST)
    assert m.no(home.reveal(FIRST, STRANGER)) is Reason.UNKNOWN_SIGNER
    m.ok(home.reveal(FIRST, other.meter.key), other.reveal(FIRST, TREASURY), third.reveal(FIRST, CERTIFIER))


def test_a_wrong_reveal_burns_nobodys_lock() -> None:
    m, home, other = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    m.gate(FIRST)
    wrong = m.sign(other.key, RevealOrder(FIRST, home.id, buy((6, RETAIL)).to_bytes(), home.sealed[FIRST][1]))
    assert m.no(wrong) is Reason.WRONG_COMMITMENT
    m.ok(home.reveal(FIRST))
    m.close(FIRST)
    assert home.account.free == 50 * LOCK


def test_the_window_needs_blocks_time_and_proposers() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    m.gate(FIRST)
    gate = PARAMS.gate_s(FIRST)
    one = PROPOSERS[0]
    for _ in range(20):  # many quick blocks of one member
        m.block(at=m.time_s + 1, proposer=one)
    m.block(at=gate + 500, proposer=one)
    assert m.next[1] == FIRST  # blocks and time, one proposer
    m.block(home.reveal(FIRST), at=gate + 501, proposer=PROPOSERS[1])
    m.block(at=gate + 502, proposer=b"")  # a block without a proposer counts for none
    assert m.next[1] == FIRST
    m.block(at=gate + 503, proposer=PROPOSERS[2])
    assert m.next[1] == FIRST + 1
    assert home.results[-1].outcome == "unfilled"


def test_seven_blocks_are_too_few_and_419_seconds_too_short() -> None:
    for step, blocks in ((60, 8), (1, 420)):
        m, home, _ = two()
        m.open(FIRST)
        m.ok(home.commit(FIRST, buy((5, RETAIL))))
        m.gate(FIRST)
        for _ in range(blocks - 1):
            m.block(at=m.time_s + step)
            assert m.next[1] == FIRST
        m.block(at=m.time_s + step)
        assert m.next[1] == FIRST + 1
    assert (m.time_s, m.height > 420) == (PARAMS.gate_s(FIRST) + 420, True)


def test_a_reveal_in_the_closing_block_is_too_late() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    m.gate(FIRST)
    for _ in range(7):
        m.block(at=m.time_s + 60)
    opened = home.reveal(FIRST)
    assert m.no(opened, at=m.time_s + 60) is Reason.WINDOW_CLOSED
    assert home.results[-1].outcome == "forfeited"
    assert m.no(opened) is Reason.WINDOW_CLOSED
    assert not m.machine.is_early(opened, m.time_s)


def test_a_reveal_after_the_delivery_began_finds_a_void_slot_even_before_it_is_swept() -> None:
    m, home, _ = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, buy((5, RETAIL))))
    assert m.no(home.reveal(FIRST), at=FIRST * 900) is Reason.WINDOW_CLOSED
    assert home.results[-1].outcome == "void"


# ---- clearing ------------------------------------------------------------------------------------------


def test_a_trade_pays_shrinks_and_returns() -> None:
    m, buyer, seller = two()
    record = m.trade(FIRST, [(buyer, buy((1000, 250_000))), (seller, sell((600, 100_000)))])
    assert (record.n, record.price, record.fund_nano, record.void) == (2, 240_000, 0, False)
    assert (buyer.account.free, buyer.account.locked) == (50 * LOCK - 600 * 250_000, 0)
    kept = 600 * (RETAIL - 240_000)
    assert (seller.account.free, seller.account.locked) == (50 * LOCK - kept, kept)
    assert m.uint("account", b"escrow") == 600 * 250_000
    assert [(r.outcome, r.fill, r.price, r.money_nano) for r in buyer.results + seller.results] == [
        ("filled", 600, 240_000, 600 * 250_000), ("filled", 600, 240_000, 600 * 240_000),
    ]  # fmt: skip
    assert [k for k, _ in m.machine.state.items("order")] == [b"."]
    assert [k for k, _ in m.machine.state.items("gate") if k != b"."] == []


def test_everybody_can_compute_the_slot_again() -> None:
    m, buyer, seller = two()
    third = m.home_of("third")
    record = m.trade(
        FIRST,
        [
            (buyer, buy((700, 250_000))),
            (third, buy((700, 250_000), (100, 100_000))),
            (seller, sell((901, 90_000))),
        ],
    )
    book, results, leaf = m.books["slot/1"][0]
    terms_at_slot = m.machine._times(1, 1, b"").market
    assert terms_at_slot is not None
    terms = terms_at_slot.terms(m.machine._overlay(), FIRST)
    closed = recompute_slot(record, book, terms, m.hash, results)
    assert closed.clearing.quantity_wh == 901
    log = log_of([entry[2] for entry in m.books["slot/1"]])
    assert m.machine.state.get("market", b"slot/1") == encode([log.size, log.root(), list(log.hashes)])
    assert leaf == record.to_bytes()


def test_empty_orders_are_cover_and_get_their_lock_back() -> None:
    m, buyer, seller = two()
    record = m.trade(FIRST, [(buyer, buy()), (seller, sell())])
    assert (record.n, record.price, record.fund_nano) == (2, None, 0)
    assert buyer.account.free == seller.account.free == 50 * LOCK
    assert [r.outcome for r in buyer.results] == ["unfilled"]


@pytest.mark.parametrize(
    "data",
    [
        buy((5001, RETAIL)).to_bytes(),
        buy((10, RETAIL + 1)).to_bytes(),
        buy((10, FEED_IN + FEE - 1)).to_bytes(),
        sell((10, RETAIL - FEE + 1)).to_bytes(),
        sell((10, FEED_IN - 1)).to_bytes(),
        b"", b"\x00", b"noise", encode([0, [[5, RETAIL], [5, RETAIL]]]), encode([2, []]),
        encode([0, [[0, RETAIL]]]),
    ],
)  # fmt: skip
def test_an_order_that_no_book_admits_forfeits_its_whole_lock(data: bytes) -> None:
    m, home, other = two()
    m.open(FIRST)
    m.ok(home.commit(FIRST, data), other.commit(FIRST, buy((10, RETAIL))))
    m.gate(FIRST)
    m.ok(home.reveal(FIRST), other.reveal(FIRST))
    m.close(FIRST)
    record = m.record_of(FIRST)
    assert (record.n, record.fund_nano) == (1, LOCK)
    assert m.uint("account", b"fund") == LOCK
    assert (home.account.free, home.account.locked) == (49 * LOCK, 0)
    assert [(r.outcome, r.money_nano) for r in home.results] == [("forfeited", LOCK)]


def test_a_slot_nobody_used_is_a_leaf_as_well() -> None:
    m = Market()
    m.block(at=PARAMS.gate_s(FIRST + 3))
    for _ in range(10):
        m.block(at=m.time_s + 60)
    assert m.next[1] == FIRST + 4
    # Three slots whose delivery had begun at the jump are void; the one that still had a window is not.
    assert [m.record_of(FIRST + i).void for i in range(4)] == [True, True, True, False]

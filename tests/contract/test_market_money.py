"""Accounts, order keys, credits, payouts, withdrawals, the reference series: who may, and where money goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract.accounts import Account
from ohmstead.contract.invariants import MoneyLost, check_money
from ohmstead.contract.parameters import series_of
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import decode, encode
from ohmstead.core.market_inner import AccountKey
from ohmstead.core.market_statements import Credit, OpenAccount, Payout, SetReference
from ohmstead.core.statements import Body
from tests.contract.market_rig import (
    FEE,
    FEED_IN,
    FIRST,
    MEMBERS,
    PARAMS,
    RETAIL,
    TREASURY,
    Market,
    market_genesis,
)
from tests.contract.rig import CERTIFIER, STRANGER, Ledger, certificate, key, log_of, reason

# ---- keys and accounts ----------------------------------------------------------------------------


def test_a_meter_opens_the_account_and_adds_keys_up_to_eight() -> None:
    m = Market()
    home = m.home_of("a", credit=0)
    assert home.account == Account((home.key.kid,))
    assert m.machine.state.get("orderkey", home.key.kid) == encode([home.key.public, home.id])
    more = [key(f"more {i}") for i in range(8)]
    m.ok(*(m.open_account(home, k) for k in more[:7]))
    assert home.account.keys == (home.key.kid, *(k.kid for k in more[:7]))
    assert m.no(m.open_account(home, more[7])) is Reason.FULL
    assert m.no(m.open_account(home)) is Reason.ALREADY_DONE
    assert len(m.notes[home.id]) == 9  # commissioned, eight keys


def test_a_key_belongs_to_one_household_and_to_one_role() -> None:
    m = Market()
    one, two = m.home_of("one"), m.home_of("two")
    for taken in (one.key, one.meter.key, CERTIFIER, MEMBERS[0], TREASURY):
        assert m.no(m.open_account(two, taken)) is Reason.KEY_IN_USE
    assert m.refuse(CERTIFIER, certificate(one.key)) is Reason.KEY_IN_USE


def test_only_the_households_own_meter_vouches_and_the_key_signs_itself() -> None:
    m = Market()
    one, two = m.home_of("one"), m.home_of("two")
    new = key("new")
    asked = AccountKey(one.id, one.meter.id, new.public)
    good = OpenAccount.of(new, m.hash, asked)
    assert m.no(m.sign(two.meter.key, good)) is Reason.WRONG_METER
    assert m.no(m.sign(one.key, good)) is Reason.WRONG_METER
    other = OpenAccount.of(new, m.hash, replace(asked, household=two.id))
    assert m.no(m.sign(one.meter.key, other)) is Reason.WRONG_HOUSEHOLD
    by_other = OpenAccount.of(key("thief"), m.hash, asked)
    assert m.no(m.sign(one.meter.key, by_other)) is Reason.UNKNOWN_SIGNER
    forged = OpenAccount.of(new, bytes(32), asked)  # signed for another ledger
    assert m.no(m.sign(one.meter.key, forged)) is Reason.BAD_SIGNATURE
    weak = OpenAccount(good.inner, asked)
    assert weak == good
    spare = m.meter("spare", home=None)
    lonely = OpenAccount.of(new, m.hash, AccountKey(one.id, spare.id, new.public))
    assert m.no(m.sign(spare.key, lonely)) is Reason.WRONG_HOUSEHOLD


def test_a_market_statement_means_nothing_on_a_ledger_without_a_market() -> None:
    ledger = Ledger()
    meter = ledger.meter()
    bodies: dict[Body, Reason] = {
        Credit(bytes(16), 1, b"r"): Reason.MALFORMED,
        SetReference(1, 2, 3, 0): Reason.MALFORMED,
    }
    for body, expected in bodies.items():
        assert ledger.refuse(meter.key, body) is expected
    assert "account" not in ledger.machine.state.modules


# ---- money in and out -------------------------------------------------------------------------------


def test_the_treasury_credits_at_once_and_a_reference_is_used_once() -> None:
    m = Market()
    home = m.home_of("a", credit=0)
    m.ok(m.credit(home, 700, b"bank 1"))
    assert home.account.free == 700
    assert m.uint("treasury", b"credited") == 700
    assert m.no(m.credit(home, 700, b"bank 1")) is Reason.REFERENCE_USED
    assert m.no(m.credit(home, 5, b"bank 1")) is Reason.REFERENCE_USED
    for nobody in (home.key, home.meter.key, CERTIFIER):
        assert m.no(m.credit(home, 5, b"bank 2", by=nobody)) is Reason.NOT_GOVERNANCE
    assert m.no(m.credit(home, 5, b"bank 2", by=STRANGER)) is Reason.UNKNOWN_SIGNER
    assert len(m.notes[home.id]) == 3


def test_members_credit_with_more_than_two_thirds_that_say_the_same() -> None:
    m = Market()
    home = m.home_of("a", credit=0)
    for member in MEMBERS[:2]:
        m.ok(m.credit(home, 9, b"cash", by=member))
        assert (home.account.free, len(m.notes[home.id])) == (0, 2)
    assert m.no(m.credit(home, 9, b"cash", by=MEMBERS[0])) is Reason.ALREADY_DONE
    assert m.no(m.credit(home, 8, b"cash", by=MEMBERS[2])) is Reason.REFERENCE_USED
    deciding = m.credit(home, 9, b"cash", by=MEMBERS[2])
    m.ok(deciding)
    assert home.account.free == 9
    assert m.notes[home.id][-1] == deciding
    assert m.no(m.credit(home, 9, b"cash", by=MEMBERS[3])) is Reason.REFERENCE_USED


def test_a_credit_needs_an_account_and_the_ledger_can_count_it() -> None:
    m = Market()
    home = m.home_of("a", credit=0)
    ghost = replace(home, id=bytes(16))
    assert m.no(m.credit(ghost, 5)) is Reason.NO_ACCOUNT
    m.ok(m.credit(home, 2**63 - 1, b"all"))
    assert m.no(m.credit(home, 1, b"one more")) is Reason.MALFORMED


def test_without_a_treasury_key_its_signature_is_a_strangers() -> None:
    m = Market(replace(PARAMS, treasury=None))
    home = m.home_of("a", credit=0)
    assert m.no(m.credit(home, 5)) is Reason.UNKNOWN_SIGNER
    for member in MEMBERS[:3]:
        m.ok(m.credit(home, 5, b"r", by=member))
    assert home.account.free == 5


def test_a_payout_waits_locked_and_is_withdrawn_exactly() -> None:
    m = Market()
    home = m.home_of("a", credit=1000)
    assert m.no(m.payout(home, 1001)) is Reason.NO_FUNDS
    m.ok(m.payout(home, 300))
    m.ok(m.payout(home, 900))  # the new wish takes the old one's place
    assert (home.account.free, home.account.locked, home.account.payout) == (100, 900, 900)
    assert m.no(m.withdraw(home, 300, b"w")) is Reason.NO_PAYOUT
    m.ok(m.withdraw(home, 900, b"w"))
    assert (home.account.free, home.account.locked, home.account.payout) == (100, 0, 0)
    assert m.uint("treasury", b"withdrawn") == 900
    assert m.no(m.withdraw(home, 900, b"w")) is Reason.REFERENCE_USED
    assert m.no(m.withdraw(home, 900, b"w2")) is Reason.NO_PAYOUT


def test_a_payout_wish_can_be_taken_back_and_is_the_households_alone() -> None:
    m = Market()
    home, other = m.home_of("a", credit=1000), m.home_of("b")
    m.ok(m.payout(home, 400))
    m.ok(m.payout(home, 0))
    assert (home.account.free, home.account.locked) == (1000, 0)
    assert m.no(m.sign(other.key, Payout(home.id, 1))) is Reason.NOT_ORDER_KEY
    assert m.no(m.sign(home.meter.key, Payout(home.id, 1))) is Reason.NOT_ORDER_KEY


# ---- the reference series -----------------------------------------------------------------------------


def series(m: Market) -> list[tuple[int, int, int, int]]:
    raw = m.machine.state.get("market", b"reference")
    assert raw is not None
    return [(r.from_slot, r.feed_in, r.retail, r.fee) for r in series_of(raw)]


def test_governance_changes_the_reference_ahead_of_time_only() -> None:
    m = Market()
    start = (FIRST, FEED_IN, RETAIL, FEE)
    later = FIRST + 100
    for member in range(2):
        m.ok(m.reference(member, later, (70_000, 310_000, 0)))
    assert series(m) == [start]
    m.ok(m.reference(2, later, (70_000, 310_000, 0)))
    assert series(m) == [start, (later, 70_000, 310_000, 0)]
    assert m.no(m.reference(3, later, (70_000, 310_000, 0))) is Reason.ALREADY_DONE
    for member in range(3):
        m.ok(m.reference(member, later - 5, (1, 2, 1)))
    assert series(m) == [start, (later - 5, 1, 2, 1)]
    # The first decision cannot be played again: its votes are still known.
    assert m.no(m.reference(0, later, (70_000, 310_000, 0))) is Reason.ALREADY_DONE
    home = m.home_of("a")
    assert m.no(m.sign(home.key, SetReference(later, 1, 2, 1))) is Reason.NOT_GOVERNANCE


def test_a_slot_that_is_open_keeps_its_reference() -> None:
    m = Market()
    assert m.no(m.reference(0, FIRST, (1, 2, 1))) is Reason.FROZEN
    slot = FIRST + 9
    late = m.reference(0, slot, (1, 2, 1))
    m.block(at=PARAMS.open_s(slot) - 1)
    m.ok(m.reference(1, slot, (1, 2, 1)), at=PARAMS.open_s(slot) - 1)
    assert m.no(late, at=PARAMS.open_s(slot)) is Reason.FROZEN
    for member in range(3):
        m.ok(m.reference(member, slot + 50, (1, 2, 1)))
    # Votes for slots that have opened are forgotten.
    kept = [k for k, _ in m.machine.state.items("market") if k.startswith(b"terms/")]
    assert len(kept) == 1


@pytest.mark.parametrize("prices", [(10, 5, 0), (1, 2, 2), (0, 0, 0)])
def test_prices_that_leave_nothing_to_trade_between_are_refused(prices: tuple[int, int, int]) -> None:
    assert Market().no(Market().reference(0, FIRST + 9, prices)) is Reason.MALFORMED


# ---- the household log ---------------------------------------------------------------------------------


def test_every_note_stands_in_the_households_log() -> None:
    m = Market()
    home = m.home_of("a")
    m.ok(m.payout(home, 5))
    m.ok(m.withdraw(home, 5))
    size, root, _, _ = m.home(home.id)
    log = log_of(m.notes[home.id])
    assert (size, root) == (log.size, log.root())
    assert size == 5


# ---- quotas ----------------------------------------------------------------------------------------------


def test_the_daily_quota_is_of_statements_without_a_limit_of_their_own() -> None:
    from ohmstead.contract.genesis import Quotas

    m = Market(quotas=Quotas(10, 10, 6))
    home = m.home_of("a")
    for i in range(20):
        m.ok(m.credit(home, 1, b"t%d" % i))  # the treasury has no daily limit
    for i in range(6):
        m.ok(m.payout(home, i))
    assert m.no(m.payout(home, 9)) is Reason.QUOTA
    m.open(FIRST)
    m.ok(home.commit_hash(FIRST, bytes(32)))
    m.ok(home.cancel(FIRST))


# ---- the checker itself ------------------------------------------------------------------------------------


def test_money_that_appears_or_vanishes_is_found() -> None:
    m = Market()
    home = m.home_of("a")
    check_money(m.machine.state)
    account = home.account
    cases = {
        "free": (("account", home.id), replace(account, free=account.free + 1).to_cbor()),
        "locked": (("account", home.id), replace(account, free=account.free - 1, locked=1).to_cbor()),
        "escrow": (("account", b"escrow"), encode(1)),
        "fund": (("account", b"fund"), encode(1)),
        "withdrawn": (("treasury", b"withdrawn"), encode(1)),
    }
    for name, ((module, place), wrong) in cases.items():
        right = m.machine.state.get(module, place)
        assert right is not None
        m.put(module, place, wrong)
        with pytest.raises(MoneyLost):
            check_money(m.machine.state)
        m.put(module, place, right)
        assert decode(wrong) != decode(right), name
    check_money(m.machine.state)


def test_an_account_cannot_hold_what_no_rule_reaches() -> None:
    for fields in ({"free": -1}, {"payout": 1}, {"locked": 1, "payout": 2}, {"free": 2**63}):
        with pytest.raises(ArithmeticError):
            Account(**fields)


def test_check_tx_knows_what_is_done_and_lets_wait_what_may_come_true() -> None:
    m = Market()
    home = m.home_of("a", credit=100)
    done = m.credit(home, 1, b"once")
    assert m.machine.check_tx(done).code == 0
    m.ok(done)
    assert reason(m.machine.check_tx(done)) is Reason.REFERENCE_USED
    poor = m.payout(home, 10**6)
    assert m.machine.check_tx(poor).code == 0  # a credit may stand before it
    assert m.no(poor) is Reason.NO_FUNDS
    assert reason(m.machine.check_tx(m.sign(home.key, Payout(bytes(16), 1)))) is Reason.NOT_ORDER_KEY


def test_the_first_state_holds_the_markets_parameters() -> None:
    m = Market()
    state = m.machine.state
    assert state.get("market", b"params") == encode(PARAMS.to_value())
    assert state.get("market", b"next") == encode([FIRST, FIRST])
    assert {"account", "engaged", "gate", "lot", "lotbid", "mandate", "market", "order", "orderkey", "sale",
            "treasury"} < set(state.modules)  # fmt: skip
    assert market_genesis().app_state[:2] == b"\x88\x02"

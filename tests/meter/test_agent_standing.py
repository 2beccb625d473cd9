"""Standing instructions: the meter trades by itself within its terms, while a mandate on the ledger lets it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.contract.mandates import Mandate
from ohmstead.core.codec import as_list, encode
from ohmstead.core.intervals import Channel
from ohmstead.core.market_statements import CommitOrder, Deliver, RevealOrder
from ohmstead.link.binding import Role
from ohmstead.link.messages import Method
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_rows import Kind, Stage
from ohmstead.meter.agent_standing import Instruction, is_valid, standing_order
from tests.helpers.ledger import FOREVER
from tests.meter.agent_rig import FEE, FEED_IN, LOCK, RETAIL, Bench, Q, buy, sell, with_bench

WEEK = 7 * 24
LIMIT = 150_000


def terms(side: Side = Side.SELL, wh: int = 20_000, limit: int = LIMIT, until: int = FOREVER) -> Instruction:
    return Instruction.of(encode([int(side), wh, limit, until]), b"s" * 32)


async def instruct(bench: Bench, what: Instruction, max_live: int = 4, expiry: int = FOREVER) -> None:
    """The household's terms to the meter, and the mandate to the ledger."""
    assert await bench.ask(Method.INSTRUCT, [what.terms, what.salt]) is None
    await bench.ask(Method.POST, [bench.mandate(what.hash, 1, max_live, expiry)])
    bench.block()


def made(bench: Bench) -> list[int]:
    return [r.first for r in bench.store.since(0) if r.standing]


def usual(bench: Bench, slot: int) -> int:
    """The mean of the last seven days' export at this time, from the source itself."""
    found = [bench.meter.source.amounts_in(slot - 96 * d) for d in range(1, 8)]
    values = [wh[Channel.EXPORT] for wh, status in found if status == 0]
    return sum(values) // len(values)


def test_the_meter_trades_by_itself(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await instruct(bench, terms())
        bench.open(slot)
        await bench.look()
        row = bench.row(slot)
        assert row.standing
        assert Order.from_bytes(row.opening) == Order(Side.SELL, (Step(usual(bench, slot), LIMIT),))
        await bench.turn()
        bench.neighbour_commits("neighbour", slot, buy((50, RETAIL)))
        bench.gate(slot)
        await bench.turn()
        bench.neighbour_reveals("neighbour", slot, buy((50, RETAIL)))
        bench.close_window()
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).fill) == (Stage.CLEARED, 50)
        bench.over(slot)
        await bench.turn()
        assert bench.stage(slot) is Stage.DELIVERED
        assert bench.recorded(Deliver) == [Deliver(slot, min(50, bench.measured(slot)))]
        # The next slots went the same way; nothing twice.
        commits = [cast("CommitOrder", c).order.slot for c in bench.recorded(CommitOrder)]
        assert commits == sorted(set(commits))
        assert len(commits) >= 2

    with_bench(tmp_path, test, history=WEEK)


def test_without_a_mandate_with_these_terms_nothing_is_made(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        what = terms()
        await bench.ask(Method.INSTRUCT, [what.terms, what.salt])
        bench.open(slot)
        await bench.turn()
        assert made(bench) == []
        await bench.ask(Method.POST, [bench.mandate(terms(wh=1).hash, 1)])
        bench.block()
        await bench.turn()
        assert made(bench) == []
        await bench.ask(Method.POST, [bench.mandate(what.hash, 2)])
        bench.block()
        await bench.turn()
        assert made(bench)

    with_bench(tmp_path, test, history=WEEK)


@pytest.mark.parametrize("how", ["revoked", "expired", "forgotten", "over"])
def test_a_mandate_that_ended_makes_nothing_more_and_opens_what_stands(tmp_path: Path, how: str) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        ends = bench.params.gate_s(slot) + 1
        await instruct(
            bench, terms(until=ends if how == "over" else FOREVER),
            expiry=ends if how == "expired" else FOREVER,
        )  # fmt: skip
        bench.open(slot)
        for _ in range(2):
            await bench.turn()
        before = made(bench)
        assert bench.stage(slot) is Stage.ON_LEDGER
        if how == "revoked":
            await bench.ask(Method.POST, [bench.mandate(bytes(32), 2, 0)])
            bench.block()
        elif how == "forgotten":
            await bench.ask(Method.INSTRUCT, None)
            bench.store.close()
            bench.boot()
            await bench.start()
        bench.gate(slot)
        await bench.turn()
        assert bench.stage(slot) is Stage.REVEALED  # its lock would be forfeited otherwise
        bench.gate(slot + 3)
        await bench.turn()
        assert made(bench) == before

    with_bench(tmp_path, test, history=WEEK)


def test_what_was_made_and_not_sent_is_not_sent_without_its_mandate(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await instruct(bench, terms())
        bench.open(slot)
        await bench.look()  # made, and kept
        rows = [r for r in bench.store.since(0) if r.standing]
        assert {r.stage for r in rows} == {Stage.HELD}
        await bench.ask(Method.POST, [bench.mandate(bytes(32), 2, 0)])
        bench.block()
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.HELD, "NO_MANDATE")
        bench.gate(slot)
        await bench.look()
        assert (bench.stage(slot), bench.sent_of(CommitOrder)) == (Stage.REFUSED, [])

    with_bench(tmp_path, test, history=WEEK)


def test_no_more_live_locks_than_the_mandate_says(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await instruct(bench, terms(), max_live=2)
        bench.open(slot + 3)  # four slots are open
        for _ in range(3):
            await bench.turn()
        assert len(made(bench)) == 2
        assert bench.account.locked == 2 * LOCK

    with_bench(tmp_path, test, history=WEEK)


def test_no_more_a_day_than_the_terms_say(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        first = usual(bench, slot)
        await instruct(bench, terms(wh=first + 15))
        bench.open(slot + 3)
        for _ in range(3):
            await bench.turn()
        rows = [r for r in bench.store.since(0) if r.standing]
        assert [r.wh for r in rows] == [first, 15]

    with_bench(tmp_path, test, history=WEEK)


def test_not_more_than_the_account_can_lock(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.with_account(2 * LOCK + 5)
        await instruct(bench, terms())
        bench.open(bench.params.first_slot + 3)
        for _ in range(3):
            await bench.turn()
        assert len(made(bench)) == 2

    with_bench(tmp_path, test, account=False, history=WEEK)


def test_a_slot_of_the_households_own_is_left_alone(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await bench.hand(bench.handed(slot, sell((3, FEED_IN))))
        await bench.hand(bench.handed(slot + 1, sell((3, FEED_IN))))
        await bench.ask(Method.POST, [bench.cancel(slot + 1, 2)])
        await bench.hand(bench.handed_lot(bench.lot(500, slot + 8)))
        await instruct(bench, terms())
        bench.open(slot + 3)
        for _ in range(3):
            await bench.turn()
        assert made(bench) == [slot + 2, slot + 3]
        # What the meter made, the household may replace by a higher version.
        assert (await bench.refusal(Method.HAND, bench.handed(slot + 2, sell((9, FEED_IN)), 1)))[1] == (
            b"OLDER_VERSION"
        )
        await bench.hand(bench.handed(slot + 2, sell((9, FEED_IN)), 2))
        await bench.turn()
        assert bench.stage(slot + 2, 1) is Stage.REPLACED
        assert bench.stage(slot + 2, 2) is Stage.ON_LEDGER

    with_bench(tmp_path, test, history=WEEK)


def test_the_terms_never_leave_the_meter(tmp_path: Path) -> None:
    """Not on the ledger, not to a node, not to a viewer; the file of a mandate's hash is all there is."""

    async def test(bench: Bench) -> None:
        what, slot = terms(), bench.params.first_slot
        await instruct(bench, what)
        bench.open(slot)
        for _ in range(2):
            await bench.turn()
        rows = as_list(await bench.ask(Method.ORDERS, [0], Role.VIEWER), "rows")
        assert rows
        for row in rows:
            assert as_list(row, "row", 9)[6:] == [True, b"", b""]
        seen = b"".join(bench.sent) + encode(rows)
        assert what.terms not in seen
        assert what.salt not in seen
        (leaf,) = [tx for tx in bench.sent if what.hash in tx]
        assert leaf
        assert not any(cast("RevealOrder", r) for r in bench.sent_of(RevealOrder))

    with_bench(tmp_path, test, history=WEEK)


# ---- the pure parts ---------------------------------------------------------------------------


class FixedLog(OwnLog):
    """A log in which so much is usual and so much may be sold."""

    def __init__(self, usual_wh: int, bound_wh: int) -> None:
        self.usual_wh, self.bound_wh = usual_wh, bound_wh

    def usual(self, side: Side, slot: int) -> int:
        return self.usual_wh

    def rated(self, slots: int = 1) -> int:
        return self.bound_wh

    def may_sell(self, slots: int = 1) -> int:
        return self.bound_wh


AMOUNT = st.integers(0, 20_000)


@given(st.sampled_from(Side), AMOUNT, AMOUNT, AMOUNT, st.integers(0, 400_000))
def test_a_standing_order_is_within_everything(
    side: Side, wh: int, bound: int, room: int, limit: int
) -> None:
    own = Terms("midpoint", FEED_IN, RETAIL, FEE, Q)
    order = standing_order(terms(side, limit=limit), FixedLog(wh, bound), 1, own, room)
    if order is None:
        low, high = own.band(side)
        assert min(wh, bound, room, Q) < 10 or (limit > high if side is Side.SELL else limit < low)
        return
    (step,) = order.steps
    assert order.side is side
    assert 10 <= step.wh <= min(wh, bound, room, Q)
    low, high = own.band(side)
    assert low <= step.limit <= high
    # Never a worse price than the household named.
    assert step.limit >= limit if side is Side.SELL else step.limit <= limit


@given(
    st.binary(min_size=16, max_size=16), st.integers(0, 100), st.integers(0, 3), st.integers(0, 100),
    st.booleans(),
)  # fmt: skip
def test_when_a_mandate_holds(agent: bytes, expiry: int, max_live: int, time_s: int, same: bool) -> None:
    mandate = Mandate(agent, expiry, max_live, b"h" * 32)
    asked = b"h" * 32 if same else b"i" * 32
    assert is_valid(mandate, agent, asked, time_s) is (same and max_live > 0 and time_s <= expiry)
    assert not is_valid(mandate, b"another meter id", asked, time_s)
    assert not is_valid(None, agent, asked, time_s)
    assert Kind.ORDER == 0

"""The agent trades for its household while the computer is off: sealed, opened in its window, delivered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from ohmstead.contract.parameters import end_s
from ohmstead.core.intervals import IntervalStatus
from ohmstead.core.market_statements import CancelOrder, CommitOrder, Deliver, RevealOrder
from ohmstead.link.messages import Method
from ohmstead.meter.agent_rows import Stage
from tests.meter.agent_rig import FEE, FEED_IN, LOCK, RETAIL, Bench, buy, sell, with_bench


async def traded(bench: Bench, slot: int, mine: int, theirs: int) -> None:
    """This home asks ``mine`` Wh, a neighbour bids ``theirs``; through to the clearing."""
    bid = buy((theirs, RETAIL))
    bench.open(slot)
    await bench.hand(bench.handed(slot, sell((mine, FEED_IN))))
    bench.neighbour_commits("neighbour", slot, bid)
    await bench.turn()
    bench.gate(slot)
    await bench.turn()
    bench.neighbour_reveals("neighbour", slot, bid)
    bench.close_window()
    await bench.look()


@pytest.mark.parametrize("theirs", [100, 3000])
def test_an_order_that_is_handed_is_sealed_opened_and_delivered(tmp_path: Path, theirs: int) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot + 1
        bench.open(slot)
        await bench.look()
        row = await bench.hand(bench.handed(slot, sell((3000, FEED_IN))))
        assert (row.stage, row.standing, row.over) == (Stage.HELD, False, False)
        # Sealed at once, without another word from the household.
        await bench.look()
        assert bench.stage(slot) is Stage.SENT
        bench.block()
        await bench.look()
        assert bench.stage(slot) is Stage.ON_LEDGER
        assert bench.account.locked == LOCK
        bench.neighbour_commits("neighbour", slot, buy((theirs, RETAIL)))
        # Nothing is opened before the gate.
        await bench.turn()
        assert bench.sent_of(RevealOrder) == []
        bench.gate(slot)
        await bench.look()
        (reveal,) = bench.sent_of(RevealOrder)
        assert isinstance(reveal, RevealOrder)
        assert reveal.order_bytes == row.opening
        bench.block()
        await bench.look()
        assert bench.stage(slot) is Stage.REVEALED
        bench.neighbour_reveals("neighbour", slot, buy((theirs, RETAIL)))
        bench.close_window()
        await bench.look()
        cleared = bench.row(slot)
        assert (cleared.stage, cleared.detail, cleared.fill) == (Stage.CLEARED, "FILLED", theirs)
        # Not over, not sealed: nothing is stated.
        bench.until(end_s(slot))
        await bench.turn()
        assert bench.sent_of(Deliver) == []
        bench.over(slot)
        await bench.turn()
        (delivery,) = bench.sent_of(Deliver)
        expected = min(bench.measured(slot), theirs)
        assert 100 <= expected < 3000
        assert delivery == Deliver(slot, expected)
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.DELIVERED, True)
        settled = bench.results()[-1]
        assert (settled.outcome, settled.delivered, settled.fill) == ("settled", expected, theirs)
        assert bench.account.locked == 0
        assert len(bench.recorded(CommitOrder)) == len(bench.recorded(RevealOrder)) == 1

    with_bench(tmp_path, test)


def test_a_buyers_meter_states_nothing(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, buy((500, RETAIL))))
        bench.neighbour_commits("neighbour", slot, sell((700, FEED_IN)))
        await bench.turn()
        bench.gate(slot)
        await bench.turn()
        bench.neighbour_reveals("neighbour", slot, sell((700, FEED_IN)))
        bench.close_window()
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.CLEARED, True)
        assert bench.results()[-1].fill == 500
        bench.over(slot)
        await bench.turn()
        assert bench.sent_of(Deliver) == []

    with_bench(tmp_path, test)


def test_an_order_waits_in_the_meter_until_its_commits_open(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot + 12
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        assert (bench.stage(slot), bench.sent_of(CommitOrder)) == (Stage.HELD, [])
        bench.open(slot)
        await bench.turn()
        assert bench.stage(slot) is Stage.ON_LEDGER

    with_bench(tmp_path, test)


def test_what_is_lost_on_the_way_is_sent_again_the_same(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        for _ in range(3):
            await bench.look()
            bench.ledger.engine.mempool.clear()
        assert len(bench.sent) == 4  # the account's opening, and the commit three times
        assert len(set(bench.sent)) == 2
        # Twice within the pause: once.
        await bench.agent.look()
        assert len(bench.sent) == 4
        await bench.turn()
        assert bench.stage(slot) is Stage.ON_LEDGER
        bench.gate(slot)
        await bench.look()
        bench.ledger.engine.mempool.clear()
        await bench.turn()
        assert bench.stage(slot) is Stage.REVEALED
        assert len(bench.sent_of(RevealOrder)) == 1

    with_bench(tmp_path, test)


def test_a_node_that_is_away_over_the_gate_leaves_nothing_locked(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        bench.client.away = True
        for _ in range(3):
            with suppress(Exception):
                await bench.look()
        assert bench.stage(slot) is Stage.HELD
        bench.gate(slot)
        bench.client.away = False
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.LATE, True)
        assert (bench.account.locked, bench.sent_of(CommitOrder)) == (0, [])

    with_bench(tmp_path, test)


def test_without_money_the_commit_waits_and_says_so(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.with_account(LOCK - 1)
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail, bench.sent_of(CommitOrder)) == (
            Stage.HELD, "NO_FUNDS", [],
        )  # fmt: skip
        bench.credit(bench.home, 1, b"more")
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.ON_LEDGER, "")

    with_bench(tmp_path, test, account=False)


def test_what_never_had_the_money_is_refused_at_the_gate(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.with_account(5)
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.look()
        bench.gate(slot)
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.REFUSED, "NO_FUNDS")

    with_bench(tmp_path, test, account=False)


def test_a_higher_version_replaces_and_only_the_last_is_opened(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        await bench.hand(bench.handed(slot, sell((200, FEED_IN)), 2))
        await bench.hand(bench.handed(slot, sell((100, FEED_IN)), 3))
        assert bench.stage(slot, 2) is Stage.REPLACED  # it never left
        await bench.turn()
        assert [bench.stage(slot, v) for v in (1, 2, 3)] == [Stage.REPLACED, Stage.REPLACED, Stage.ON_LEDGER]
        bench.gate(slot)
        await bench.turn()
        assert bench.stage(slot, 3) is Stage.REVEALED
        assert [c.order.version for c in bench.recorded(CommitOrder)] == [1, 3]

    with_bench(tmp_path, test)


def test_a_version_that_did_not_arrive_in_time_leaves_the_one_before_to_be_opened(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        await bench.hand(bench.handed(slot, sell((200, FEED_IN)), 2))
        await bench.look()
        bench.ledger.engine.mempool.clear()
        bench.gate(slot)
        await bench.turn()
        assert (bench.stage(slot, 1), bench.stage(slot, 2)) == (Stage.REVEALED, Stage.LATE)

    with_bench(tmp_path, test)


def test_cancels(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        early, slot = bench.params.first_slot + 8, bench.params.first_slot
        # Never sent: it ends in the meter, and nothing goes to the ledger.
        await bench.hand(bench.handed(early, sell((300, FEED_IN))))
        assert await bench.ask(Method.POST, [bench.cancel(early, 2)]) == [0, b"", "held"]
        assert (bench.stage(early), bench.sent_of(CancelOrder)) == (Stage.CANCELLED, [])
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        assert await bench.ask(Method.POST, [bench.cancel(slot, 2)]) == [0, b"", ""]
        # Lost on the way: the meter sends it again.
        bench.ledger.engine.mempool.clear()
        await bench.turn()
        assert (bench.stage(slot), bench.account.locked) == (Stage.CANCELLED, 0)
        bench.open(early)
        await bench.turn()
        assert len(bench.sent_of(CommitOrder)) == 1
        # What was taken back can be offered anew.
        await bench.hand(bench.handed(early, sell((5, FEED_IN)), 3))
        await bench.turn()
        assert bench.stage(early, 3) is Stage.ON_LEDGER

    with_bench(tmp_path, test)


def test_a_commit_that_was_taken_back_is_not_sent_again(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.look()
        bench.ledger.engine.mempool.clear()
        await bench.ask(Method.POST, [bench.cancel(slot, 2)])
        bench.ledger.engine.mempool.clear()
        commits = len(bench.sent)
        for _ in range(2):
            await bench.turn()
        assert (len(bench.sent), bench.account.locked) == (commits, 0)
        bench.gate(slot)
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.CANCELLED, True)

    with_bench(tmp_path, test)


def test_a_meter_that_was_off_from_the_commit_to_the_clearing_delivers_what_was_sold(tmp_path: Path) -> None:
    """The household's app opened the order; of two versions only the one that was sold is delivered."""

    async def test(bench: Bench) -> None:
        slot, bid = bench.params.first_slot, buy((200, RETAIL))
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        second = await bench.hand(bench.handed(slot, sell((250, FEED_IN)), 2))
        await bench.look()
        bench.neighbour_commits("neighbour", slot, bid)
        bench.store.close()  # off
        bench.gate(slot)
        bench.block(bench.sign(bench.key, RevealOrder(slot, bench.home, second.opening, second.salt)))
        bench.neighbour_reveals("neighbour", slot, bid)
        bench.close_window()
        bench.boot()
        await bench.start()
        await bench.look()
        assert (bench.row(slot, 1).fill, bench.row(slot, 2).fill) == (None, 200)
        assert [bench.row(slot, v).over for v in (1, 2)] == [True, False]
        bench.over(slot)
        await bench.turn()
        assert bench.recorded(Deliver) == [Deliver(slot, min(200, bench.measured(slot)))]

    with_bench(tmp_path, test)


def test_a_cancel_that_came_too_late_does_not_forfeit_the_lock(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        await bench.ask(Method.POST, [bench.cancel(slot, 2)])
        bench.ledger.engine.mempool.clear()
        bench.gate(slot)
        await bench.turn()
        assert bench.stage(slot) is Stage.REVEALED
        bench.close_window()
        await bench.look()
        row = bench.row(slot)
        assert (row.stage, row.detail, row.over) == (Stage.CLEARED, "UNFILLED", True)
        assert bench.account.locked == 0

    with_bench(tmp_path, test)


def test_a_void_slot(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        bench.until(end_s(slot))
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.VOID, True)
        assert bench.account.locked == 0

    with_bench(tmp_path, test)


def test_a_delivery_that_nobody_took_for_two_days_expires(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await traded(bench, slot, 3000, 200)
        bench.until(end_s(slot) + 49 * 3600)
        bench.over(slot)
        await bench.turn()
        row = bench.row(slot)
        assert (row.stage, row.detail, row.over) == (Stage.CLEARED, "EXPIRED", True)
        assert bench.results()[-1].outcome == "expired"

    with_bench(tmp_path, test)


def test_a_gap_in_the_readings_delivers_nothing_for_that_slot(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await traded(bench, slot, 3000, 200)
        statuses = bench.meter.source._recording.statuses
        assert isinstance(statuses, dict)
        statuses[slot] = IntervalStatus.ESTIMATED
        bench.over(slot)
        await bench.turn()
        assert bench.sent_of(Deliver) == [Deliver(slot, 0)]  # an estimate is no measurement

    with_bench(tmp_path, test)


def test_a_payment_is_what_the_price_says(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot, before = bench.params.first_slot, bench.account.free
        await traded(bench, slot, 3000, 100)
        bench.over(slot)
        await bench.turn()
        price = bench.results()[-1].price
        assert price is not None
        assert FEED_IN <= price <= RETAIL - FEE
        assert bench.account.free == before + 100 * price

    with_bench(tmp_path, test)


def test_the_loop_follows_headers_and_survives_a_node_that_is_away(tmp_path: Path) -> None:
    """The agent as it runs: woken by what is handed and by headers, and every few seconds by itself."""

    async def test(bench: Bench) -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(bench.agent.run())
        slot = bench.params.first_slot
        bench.open(slot)

        async def until(stage: Stage) -> None:
            end = loop.time() + 120
            while bench.stage(slot) is not stage:
                assert loop.time() < end, bench.row(slot)
                await asyncio.sleep(0.5)
                if bench.ledger.engine.mempool:
                    bench.block()

        await bench.follower.take(await bench.client.light_block(), bench.ledger.wall_ns())
        began = loop.time()
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await asyncio.sleep(0.3)
        assert (bench.stage(slot), loop.time() - began < 1) == (Stage.SENT, True)
        await until(Stage.ON_LEDGER)
        bench.client.away = True
        bench.gate(slot)
        await asyncio.sleep(30)
        bench.client.away = False
        await until(Stage.REVEALED)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    with_bench(tmp_path, test)

"""What goes wrong on a simulated market day: a late node, lost mempools, refused orders, gaps, new prices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ohmstead.contract.accounts import FUND
from ohmstead.contract.invariants import balance, check_money
from ohmstead.contract.market_orders import Sealed, order_key
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ACCOUNT, GATE, MARKET, ORDER
from ohmstead.contract.parameters import Reference, series_bytes, terms_at
from ohmstead.core.slots import slot_at
from ohmstead.market.orders import Order, Side, Step, admit
from ohmstead.market.records import BookLeaf, SlotRecord
from ohmstead.node.client import NodeRefused, NodeUnreachable
from ohmstead.village import market_day
from ohmstead.village.admission import admit_households
from ohmstead.village.asking import Followed, look
from ohmstead.village.households import Household
from ohmstead.village.market_day import MarketDay
from tests.helpers.ledger import LocalClient
from tests.village.test_consortium import made_up
from tests.village.test_market_day import (
    FIRST_SLOT,
    HOMES,
    HOURS,
    WALL_S,
    Node,
    admitted,
    day_of,
    founded,
    until_caught_up,
    village,
)


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(market_day, "POLL_S", 0.01)


def books_of(node: Node) -> list[tuple[SlotRecord, list[bytes]]]:
    """Each finished slot's record, and the households in its book."""
    found = []
    for place, raw in enumerate(node.store.market_records("slot/1", 0)):
        book = node.store.market_book("slot/1", place)
        assert book is not None
        households = sorted(BookLeaf.from_bytes(leaf).household for leaf in book[0])
        found.append((SlotRecord.from_bytes(raw), households))
    return found


def nothing_forfeited(node: Node) -> bool:
    return node.engine.app.state.get(ACCOUNT, FUND) in (None, b"\x00")


async def test_a_node_that_comes_late_and_goes_away_is_waited_for(tmp_path: Path) -> None:
    consortium, node, homes = await admitted(tmp_path)
    node.client.away = True
    task = asyncio.get_running_loop().create_task(day_of(tmp_path, consortium, node, homes).run())
    await asyncio.sleep(0.05)
    assert not task.done()
    node.client.away = False
    for away in (False, True, False):
        node.client.away = away
        node.advance(min(node.time_s + 3600, FIRST_SLOT * 900 - 5 * 900))
        await asyncio.sleep(0.05)
    while node.clock.replaying:
        await asyncio.sleep(0.01)
        assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    books = books_of(node)[: 4 * (HOURS - 1)]
    assert all(len(households) == HOMES for _, households in books)
    assert nothing_forfeited(node)
    node.store.close()


@pytest.mark.parametrize("every", [2, 3, 5])
async def test_what_a_killed_node_had_waiting_is_sent_again(tmp_path: Path, every: int) -> None:
    """Each few requests to go on the node loses its mempool, as one does that is killed and started again."""
    consortium, node, homes = await admitted(tmp_path)
    real, moves = node.client._post, 0

    async def post(body: object) -> object:
        nonlocal moves
        requests = body if isinstance(body, list) else [body]
        if any(r["method"] == "ohmstead_advance" for r in requests):
            moves += 1
            if moves % every == 0:
                node.engine.mempool.clear()
                raise NodeUnreachable("killed")
        return await real(body)

    node.client._post = post
    await until_caught_up(day_of(tmp_path, consortium, node, homes), node)
    assert moves > 20
    for record, households in books_of(node)[: 4 * (HOURS - 1)]:
        assert (record.void, households) == (False, sorted(h.id for h in homes))
    assert nothing_forfeited(node)
    assert balance(node.engine.app.state).fee > 0
    node.store.close()


async def test_a_home_that_is_refused_does_not_hold_up_the_others(tmp_path: Path) -> None:
    """One was never admitted: whatever it sends is a stranger's."""
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    homes = village(consortium, 4)
    await admit_households(consortium, node.client, homes[:3], made_up())
    node.advance(FIRST_SLOT * 900 - 2 * 3600)
    await until_caught_up(day_of(tmp_path, consortium, node, homes), node)
    for _, households in books_of(node)[: 4 * (HOURS - 1)]:
        assert households == sorted(h.id for h in homes[:3])
    assert nothing_forfeited(node)
    check_money(node.engine.app.state)
    node.store.close()


async def test_a_gap_of_more_than_a_day_passes_without_orders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a past that is longer than what is traded in, the beginning stays empty and costs nobody anything."""
    monkeypatch.setattr(market_day, "REPLAYED_S", 3600)
    consortium, node, homes = await admitted(tmp_path)
    await until_caught_up(day_of(tmp_path, consortium, node, homes), node)
    quiet = slot_at(WALL_S - 3600)
    counts = {record.slot: len(households) for record, households in books_of(node)}
    assert [n for slot, n in counts.items() if slot < quiet] == [0] * (quiet - FIRST_SLOT)
    assert [n for slot, n in counts.items() if slot > quiet + 1] != []
    assert {n for slot, n in counts.items() if slot > quiet + 1} == {HOMES}
    assert nothing_forfeited(node)
    node.store.close()


async def test_orders_made_ahead_are_made_again_under_other_prices(tmp_path: Path) -> None:
    consortium, node, homes = await admitted(tmp_path)
    params = consortium.market
    assert params is not None
    day = day_of(tmp_path, consortium, node, homes)
    node.advance(params.open_s(FIRST_SLOT))
    await day.step(node.time_s - 900)  # reads the prices; nothing is open yet
    await day._prepare(FIRST_SLOT)
    before = {seat.household.id: seat.sealed[FIRST_SLOT] for seat in day._seats}
    series = series_bytes((Reference(FIRST_SLOT, 90_000, 120_000, 1000),))
    node.engine.app.state.apply({(MARKET, b"reference"): series})
    await day.step(params.open_s(FIRST_SLOT))
    after = {seat.household.id: seat.sealed[FIRST_SLOT] for seat in day._seats}
    assert before != after
    for order in after.values():
        admit(order, terms_at(params, series, FIRST_SLOT))
    assert len(node.engine.mempool) == HOMES
    for seat in day._seats:  # what waits there is what would be opened
        assert seat.household.commit(FIRST_SLOT, after[seat.household.id]) in node.engine.mempool.values()
    again = day_of(tmp_path, consortium, node, homes)
    assert {seat.household.id: seat.sealed[FIRST_SLOT] for seat in again._seats} == after
    node.store.close()


async def test_the_replay_waits_for_the_home_that_is_shown_to_open_its_order(tmp_path: Path) -> None:
    consortium, node, homes = await admitted(tmp_path)
    params = consortium.market
    assert params is not None
    shown, others = homes[0], homes[1:]
    day = MarketDay(
        node.client, params, others, 3, tmp_path / "sealed.cbor", wall_s=lambda: WALL_S,
        follows=Followed(shown.meter.kid, shown.id),
    )  # fmt: skip
    slot, order = FIRST_SLOT + 3, Order(Side.BUY, (Step(500, 300_000),))
    opened = asyncio.get_running_loop().create_task(_opens_slowly(node, shown, slot, order))
    node.engine.submit(shown.commit(slot, order))
    await until_caught_up(day, node)
    await opened
    (households,) = [h for record, h in books_of(node) if record.slot == slot]
    assert households == sorted(h.id for h in homes)
    assert nothing_forfeited(node)
    node.store.close()


async def _opens_slowly(node: Node, home: Household, slot: int, order: Order) -> None:
    """Opens an order a moment after the gate block, as a meter does that asks now and then."""
    state = node.engine.app.state
    for _ in range(4000):
        if state.get(GATE, slot_key(slot)) is not None:
            break
        await asyncio.sleep(0.005)
    raw = state.get(ORDER, order_key(slot, home.id))
    assert raw is not None
    assert Sealed.from_cbor(raw).opened is None
    await asyncio.sleep(0.1)
    node.engine.submit(home.reveal(slot, order))


@pytest.mark.parametrize("sync_info", [None, {}, {"latest_block_time": 5}, {"latest_block_time": ""}])
async def test_a_node_that_answers_nonsense_is_refused(tmp_path: Path, sync_info: object) -> None:
    node = Node(tmp_path, founded(tmp_path))
    real = LocalClient._post

    async def post(body: object) -> object:
        answers = await real(node.client, body)
        return (
            [{**a, "result": {"sync_info": sync_info}} for a in answers]
            if isinstance(answers, list)
            else answers
        )

    node.client._post = post
    with pytest.raises(NodeRefused):
        await look(node.client)
    node.store.close()

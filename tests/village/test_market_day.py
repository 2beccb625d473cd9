"""Simulated households on a real ledger: a market's past replayed, money conserved, nothing forfeited or lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from ohmstead.contract.accounts import FUND
from ohmstead.contract.genesis import AppState
from ohmstead.contract.invariants import balance, check_money
from ohmstead.contract.machine import Machine
from ohmstead.contract.overlay import ACCOUNT, MARKET, SALE
from ohmstead.contract.parameters import MarketParameters, Reference
from ohmstead.core.codec import as_list, decode
from ohmstead.core.market_statements import Payout
from ohmstead.core.slots import slot_at
from ohmstead.core.statements import Statement, sign
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.node.clock import EngineClock
from ohmstead.node.embedded import Engine
from ohmstead.node.keys import load_or_make
from ohmstead.node.rpc import Rpc
from ohmstead.node.store import NodeStore
from ohmstead.village.admission import Treasurer, admit_households
from ohmstead.village.consortium import Consortium, load_or_found
from ohmstead.village.households import Household, households
from ohmstead.village.market_day import MarketDay
from ohmstead.village.traders import homes_of
from tests.helpers.ledger import FIRST_HOUR, LocalClient
from tests.ledger.chains import SECOND
from tests.village.test_consortium import made_up

HOMES, HOURS = 8, 3
#: A market in the morning of the day after the ledger's beginning, and a wall three hours after it opens.
FIRST_SLOT = (FIRST_HOUR + 30) * 4
WALL_S = (FIRST_HOUR + 30 + HOURS) * 3600


class Node:
    """The demonstration's node in this process, with a market, replaying."""

    def __init__(self, folder: Path, consortium: Consortium) -> None:
        keys = load_or_make(folder / "node" / "validator-keys")
        self.store = NodeStore(folder / "node" / "chain.sqlite")
        self.store.relaxed(True)
        self.engine = Engine(consortium.genesis, keys, Machine(consortium.genesis), self.store)
        params = consortium.market
        assert params is not None
        self.clock = EngineClock(
            lambda: WALL_S * SECOND, self.engine.time_ns, replay=True, fine_from_s=params.open_s(FIRST_SLOT)
        )
        rpc = Rpc(
            self.engine, self.advance, lambda: None, lambda: self.clock.replaying, lambda _to: self.time_s
        )
        self.client = LocalClient(rpc)

    @property
    def time_s(self) -> int:
        return self.engine.time_ns // SECOND

    def advance(self, to_s: int) -> int:
        while (vote_ns := self.clock.step(to_s * SECOND)) is not None:
            self.engine.step(vote_ns)
            check_money(self.engine.app.state)
        return self.engine.height


def founded(folder: Path) -> Consortium:
    """A consortium as the demonstration founds it, its market at a fixed time."""
    made = load_or_found(folder / "consortium", made_up(), with_market=True)
    state = AppState.from_cbor(made.genesis.app_state)
    prices = (Reference(FIRST_SLOT, 80_000, 300_000, 12_000),)
    market = MarketParameters(FIRST_SLOT, prices, made.treasury.public, reveal_blocks=3)
    fixed = AppState(
        state.zones, state.governance, state.certifiers, state.quotas, state.replay, state.note, market
    )
    document = GenesisDocument(
        made.genesis.chain_id, made.genesis.genesis_time_ns, made.genesis.validators, fixed.to_cbor()
    )
    return Consortium(document, made.certifier, made.treasury, made.village_secret)


def village(consortium: Consortium, count: int = HOMES) -> tuple[Household, ...]:
    genesis = consortium.genesis
    until = genesis.genesis_time_ns // SECOND + 10**9
    return households(homes_of(count, 3), consortium.village_secret, genesis.genesis_hash, until)


async def admitted(folder: Path) -> tuple[Consortium, Node, tuple[Household, ...]]:
    consortium = founded(folder)
    node = Node(folder, consortium)
    homes = village(consortium)
    await admit_households(consortium, node.client, homes, made_up())
    node.advance(FIRST_SLOT * 900 - 2 * 3600)
    return consortium, node, homes


def day_of(folder: Path, consortium: Consortium, node: Node, homes: tuple[Household, ...]) -> MarketDay:
    params = consortium.market
    assert params is not None
    return MarketDay(
        node.client, params, homes, 3, folder / "sealed.cbor", wall_s=lambda: WALL_S, shift_s=lambda _s: 0
    )


async def until_caught_up(day: MarketDay, node: Node, stop: Callable[[], bool] = lambda: False) -> None:
    task = asyncio.get_running_loop().create_task(day.run())
    try:
        while node.clock.replaying and not stop():
            node.advance(min(node.time_s + 3600, FIRST_SLOT * 900 - 5 * 900))
            await asyncio.sleep(0)
            if task.done():
                task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_past_is_traded_through_and_money_is_conserved(tmp_path: Path) -> None:
    consortium, node, homes = await admitted(tmp_path)
    await until_caught_up(day_of(tmp_path, consortium, node, homes), node)
    state = node.engine.app.state
    books = [node.store.market_book("slot/1", i) for i in range(4 * (HOURS - 1))]
    assert all(book is not None and len(book[0]) == HOMES for book in books)
    assert state.get(ACCOUNT, FUND) in (None, b"\x00"), "an order was sealed and not opened"
    found = balance(state)
    assert found.credited == HOMES * 60 * 10**9
    assert found.fee > 0
    cleared = as_list(decode(state.get(MARKET, b"slot/1") or b""), "log")[0]
    assert isinstance(cleared, int)
    assert cleared >= 4 * (HOURS - 1)
    node.store.close()


async def test_killed_in_the_middle_it_opens_what_it_had_sealed(tmp_path: Path) -> None:
    consortium, node, homes = await admitted(tmp_path)
    half = WALL_S - HOURS * 1800
    await until_caught_up(day_of(tmp_path, consortium, node, homes), node, lambda: node.time_s >= half)
    node.store.close()
    again = Node(tmp_path, consortium)  # an empty mempool, and nothing in memory
    await until_caught_up(day_of(tmp_path, consortium, again, homes), again)
    assert again.engine.app.state.get(ACCOUNT, FUND) in (None, b"\x00")
    assert balance(again.engine.app.state).fee > 0
    overdue = [
        k for k, _ in again.engine.app.state.items(SALE) if len(k) == 24 and _slot(k) < slot_at(half) - 4
    ]
    assert overdue == []
    again.store.close()


def _slot(key: bytes) -> int:
    return int.from_bytes(key[:8], "big")


@pytest.mark.parametrize("requests", [0, 1, 3, 5, 8, 11])
async def test_an_admission_that_was_cut_off_is_taken_up(tmp_path: Path, requests: int) -> None:
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    homes = village(consortium, 3)
    real, left = node.client._post, requests

    class Killed(Exception):
        pass

    async def post(body: object) -> object:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        return await real(body)

    node.client._post = post
    with pytest.raises(Killed):
        await admit_households(consortium, node.client, homes, made_up())
    node.store.close()
    again = Node(tmp_path, consortium)
    for _ in range(2):
        await admit_households(consortium, again.client, homes, made_up())
    assert balance(again.engine.app.state).credited == 3 * 60 * 10**9
    again.store.close()


async def test_the_treasury_pays_what_is_asked_for_and_credits_once(tmp_path: Path) -> None:
    consortium = founded(tmp_path)
    node = Node(tmp_path, consortium)
    homes = village(consortium, 2)
    await admit_households(consortium, node.client, homes, made_up())
    treasurer = Treasurer(consortium, node.client, homes[0].id)
    for _ in range(3):
        await treasurer.look()
        node.advance(node.time_s + 3600)
    assert balance(node.engine.app.state).credited == 2 * 60 * 10**9
    asked = Statement(Payout(homes[0].id, 5 * 10**9), homes[0].valid_until, 1)
    node.engine.submit(sign(homes[0].order_key, consortium.genesis.genesis_hash, asked))
    for _ in range(4):
        node.advance(node.time_s + 3600)
        await treasurer.look()
    found = balance(node.engine.app.state)
    assert found.withdrawn == 5 * 10**9
    check_money(node.engine.app.state)
    node.store.close()

"""What the home sold is sold, delivered and paid once, however often app, meter, node and village are killed.

Two offers of one afternoon, by the product's own command: one that the roof delivers in full, one that it falls
short of. The clocks move on between what happens, so that two hours pass in half a minute. Nobody is dead through
a whole reveal window here: a home that is, with nobody else who could open its order, forfeits the lock.
"""

from __future__ import annotations

import asyncio
import calendar
import random
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ohmstead.contract.accounts import Account
from ohmstead.contract.invariants import check_money
from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.moment import slot_key
from ohmstead.contract.overlay import ACCOUNT, ORDER, SALE
from ohmstead.contract.parameters import start_s
from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.core.intervals import Channel
from ohmstead.core.market_statements import MARKET_BODIES, CommitOrder, Deliver, RevealOrder
from ohmstead.core.slots import slot_at
from ohmstead.core.statements import parse
from ohmstead.ledger.statetree import State
from ohmstead.market.orders import Side
from ohmstead.market.records import ResultLeaf, SlotRecord
from ohmstead.node.client import values_of
from ohmstead.node.store import NodeStore
from ohmstead.village.admission import WELCOME_NANO
from ohmstead.village.consortium import MARKET_FEE, RETAIL
from ohmstead.village.process import simulated
from tests.helpers.machines import BLOCK_S, Machines
from tests.helpers.village import solar_csv

#: 16:55 in Sydney: the sun still shines at a quarter past five, and hardly at a quarter to six.
NOW_S = calendar.timegm((2027, 3, 10, 5, 55, 0))
FULL, SHORT = slot_at(NOW_S) + 2, slot_at(NOW_S) + 4
#: What is offered: Wh, and at least which price.
OFFERS = {FULL: (300, 90_000), SHORT: (200, 90_000)}
HOMES = 6
#: A reveal window, and a little.
WINDOW_S = 425


class Afternoon(Machines):
    """Where the ledger stands in it."""

    async def orders(self, slot: int) -> list[Sealed]:
        """Everybody's, until the slot is cleared."""
        homes = [self.household, *(home.id for home in simulated(self.consortium, HOMES))]
        found = await values_of(self.client, ORDER, [slot_key(slot) + home for home in homes])
        return [Sealed.from_cbor(raw) for raw in found if raw is not None]

    async def all_sealed(self) -> bool:
        return [len(await self.orders(slot)) for slot in OFFERS] == [HOMES + 1] * 2

    async def all_opened(self, slot: int) -> bool:
        return all(order.opened is not None for order in await self.orders(slot))

    async def cleared(self, slot: int) -> bool:
        return not await self.orders(slot)

    async def credited(self) -> bool:
        (raw,) = await values_of(self.client, ACCOUNT, [self.household])
        return raw is not None and Account.from_cbor(raw).free > 0

    async def settled(self) -> bool:
        return (
            await values_of(self.client, SALE, [slot_key(slot) + self.household for slot in OFFERS])
            == [None] * 2
        )

    def offer(self, slot: int) -> list[object]:
        wh, limit = OFFERS[slot]
        at = datetime.fromtimestamp(start_s(slot), UTC)
        return ["market", "offer", "--slot", f"{at:%Y-%m-%dT%H:%M}", "--wh", wh, "--limit", limit]

    def kept(self) -> list[int]:
        """The slots of the orders that stand."""
        return sorted(o["slot"] for o in self.answer("orders"))

    async def die(self, chance: random.Random, *names: str, within_s: float = 0.5) -> None:
        """Processes are killed, together, at some instant from now on, and started again at another."""
        await asyncio.sleep(chance.uniform(0, within_s))
        self.kill(*names)
        await asyncio.sleep(chance.uniform(0, 0.3))
        self.start(*names)


@pytest.mark.processes
async def test_sold_delivered_and_paid_once_whoever_is_killed(tmp_path: Path) -> None:
    chance = random.Random(20_270_310)
    day = Afternoon(tmp_path, solar_csv(tmp_path / "home.csv", 1, 4), NOW_S, slot_at(NOW_S) + 1, HOMES)
    try:
        await day.begin()
        day.pair()
        day.answer("wallet")  # the app's first look opens the account
        await day.until(day.credited)
        await offered(day, chance)
        await day.until(day.all_sealed)
        for slot, victims in ((FULL, ("meter", "village")), (SHORT, ("node", "village"))):
            day.clock.until(start_s(slot - 1) + 1)
            await day.die(chance, *victims, within_s=1.5)  # some have been opened by then, and some not
            early_s = start_s(slot - 1) + WINDOW_S // 2
            await day.until(partial(day.all_opened, slot), pass_s=BLOCK_S, before_s=early_s)
            await day.until(day.on_air)
            day.clock.until(start_s(slot - 1) + WINDOW_S)
            await day.until(partial(day.cleared, slot), pass_s=BLOCK_S)
            await day.die(chance, "node", "meter")  # sold, and not delivered
            await day.until(day.on_air)
        # A computer that was off: what is due happens when it is on again.
        day.kill("node", "village", "meter")
        day.clock.until(start_s(SHORT + 1) + 30)
        day.start("node", "village", "meter")
        await day.die(chance, "meter", within_s=2.5)
        await day.die(chance, "node", "meter", within_s=1.0)
        await day.until(day.settled, pass_s=BLOCK_S)
        await day.until(day.on_air)
        told = {name: day.answer(name) for name in ("orders", "wallet", "results")}
    finally:
        await day.end()
    with closing(NodeStore(tmp_path / "node" / "chain.sqlite")) as store:
        once(store, day)
        paid(store, day, told)


async def offered(day: Afternoon, chance: random.Random) -> None:
    """Both offers, by an app that is killed twice, to a meter and a node that are."""
    day.killed(chance.uniform(0.5, 1.3), *day.offer(FULL))
    if FULL not in day.kept():
        await asyncio.to_thread(day.run, *day.offer(FULL))
    await day.die(chance, "meter", "node")
    await day.until(day.on_air)
    day.killed(chance.uniform(1.0, 1.5), *day.offer(SHORT))
    await day.die(chance, "village", "node")
    if SHORT not in day.kept():
        day.run(*day.offer(SHORT))
    assert day.kept() == [FULL, SHORT]


def once(store: NodeStore, day: Afternoon) -> None:
    """Of this home's statements each is on the ledger once; nobody's money went to the fund."""
    newest = store.newest()
    assert newest is not None
    accepted: Counter[tuple[str, object]] = Counter()
    for height in range(1, newest.height + 1):
        row = store.block(height)
        assert row is not None
        txs, results = (as_list(decode(part, max_size=64 << 20), "block") for part in (row.txs, row.results))
        for tx, result in zip(txs, results, strict=True):
            signed = parse(as_bytes(tx, "tx"), MARKET_BODIES)
            body = signed.statement.body
            if signed.signer != day.meter or as_list(result, "result", 2)[0] != 0:
                continue
            match body:
                case CommitOrder(order=order):
                    accepted[body.TYPE, order.slot] += 1
                case RevealOrder(slot=slot):
                    accepted[body.TYPE, slot] += 1
                case Deliver(which=which):
                    accepted[body.TYPE, which] += 1
    kinds = (CommitOrder, RevealOrder, Deliver)
    assert accepted == {(kind.TYPE, slot): 1 for kind in kinds for slot in OFFERS}
    assert check_money(State(store.state())).fund == 0, "an order was sealed and not opened"


def paid(store: NodeStore, day: Afternoon, told: dict[str, Any]) -> None:
    """Account, orders and movements against a recomputation from the readings and the recorded auctions."""
    free = WELCOME_NANO
    orders, results = ({r["slot"]: r for r in told[name]} for name in ("orders", "results"))
    for slot, (wh, limit) in OFFERS.items():
        found = store.market_book("slot/1", slot - day.first_slot)
        assert found is not None
        record, leaves = SlotRecord.from_bytes(found[2]), [ResultLeaf.from_bytes(raw) for raw in found[1]]
        sold = {side: sum(x.fill_wh for x in leaves if x.side is side) for side in Side}
        assert sold[Side.SELL] == sold[Side.BUY]
        (fill,) = (x.fill_wh for x in leaves if x.household == day.household)
        price, exported = record.price, day.source.amounts_in(slot)[0][Channel.EXPORT]
        assert (record.slot, record.void, fill) == (slot, False, wh), "everybody needs energy at that hour"
        assert price is not None
        assert limit <= price <= RETAIL - MARKET_FEE
        delivered = min(exported, fill)
        assert (delivered == fill) is (slot == FULL)
        free += delivered * price - (fill - delivered) * (RETAIL - price)
        order = orders[slot]
        assert (order["stage"], order["fill_wh"], order["delivered_wh"]) == ("paid", fill, delivered)
        assert (order["price"], order["money_nano"]) == (price, delivered * price)
        assert results[slot]["checked"] == "equal"
    account = Account.from_cbor(State(store.state()).get(ACCOUNT, day.household) or b"")
    assert (account.free, account.locked) == (free, 0)
    wallet = told["wallet"]
    assert wallet["account"]["complete"]
    assert (wallet["account"]["free_nano"], wallet["account"]["locked_nano"]) == (free, 0)
    kinds = Counter(m["kind"] for m in wallet["movements"])
    assert kinds == {"credit": 1, "lock": 2, "unlock": 2, "sold": 2, "shortfall": 1}

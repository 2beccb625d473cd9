"""The lights go out before every single write: afterwards every order is sealed, opened and paid exactly once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from ohmstead.core.codec import encode
from ohmstead.core.market_statements import CommitOrder, Deliver, RevealOrder
from ohmstead.link.messages import Method
from ohmstead.meter.agent_rows import Stage
from ohmstead.meter.agent_standing import Instruction
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.ledger import FOREVER
from tests.link.warp import run
from tests.meter.agent_rig import FEED_IN, RETAIL, Bench, buy, sell

Step = Callable[[Bench], Awaitable[object]]


async def lived(bench: Bench, cut: Cut, steps: list[Step]) -> int:
    """Each step until it went through; a power cut starts the meter again from what lies on the disk.

    Returns how often the lights went out.
    """
    cuts = 0
    for step in steps:
        while True:
            try:
                await step(bench)
                break
            except PowerCut:
                cuts += 1
                cut.left = None
                path = as_it_lies(bench.path, bench.folder / f"cut {cuts}" / "agent.sqlite")
                bench.store._db.close()
                bench.boot(fragile(cut), path)
                await bench.start()
    return cuts


def mute(action: Callable[[Bench], object]) -> Step:
    async def step(bench: Bench) -> None:
        action(bench)

    return step


def a_day(slot: int, before: list[Step], bid: int) -> list[Step]:
    """From before the opening to after the delivery."""
    theirs = buy((bid, RETAIL))
    look: Step = Bench.look
    block = mute(lambda b: b.block())
    return [
        mute(lambda b: b.open(slot)), *before, look, look, block, look, look,
        mute(lambda b: b.neighbour_commits("neighbour", slot, theirs)),
        mute(lambda b: b.gate(slot)), look, look, block, look,
        mute(lambda b: b.neighbour_reveals("neighbour", slot, theirs)),
        mute(Bench.close_window), look, look,
        mute(lambda b: b.over(slot)), look, look, block, look,
    ]  # fmt: skip


def survived(bench: Bench, slot: int, version: int) -> None:
    """The slot's order, exactly once in everything."""
    assert bench.stage(slot, version) is Stage.DELIVERED
    commits = [c for c in bench.recorded(CommitOrder) if isinstance(c, CommitOrder) and c.order.slot == slot]
    assert [c.order.version for c in commits] == [version]
    # Never two different openings of one version, whatever was thought of before a cut.
    sent = [c for c in bench.sent_of(CommitOrder) if isinstance(c, CommitOrder) and c.order.slot == slot]
    assert {c.order.commitment for c in sent} == {commits[0].order.commitment}
    assert len([r for r in bench.recorded(RevealOrder) if getattr(r, "slot", None) == slot]) == 1
    assert len([d for d in bench.recorded(Deliver) if getattr(d, "which", None) == slot]) == 1
    assert [r.outcome for r in bench.results() if r.which == slot] == ["filled", "settled"]
    assert bench.store.find(bench.row(slot, version).kind, slot.to_bytes(8, "big"), version) is not None


def through(folder: Path, left: int | None, history: int, steps: Callable[[Bench], list[Step]]) -> Cut:
    """One life of a meter whose lights go out before its write number ``left``."""
    folder.mkdir(parents=True)
    cut = Cut()

    async def main() -> None:
        bench = Bench(folder, history, factory=fragile(cut))
        try:
            await bench.with_account()
            cut.writes, cut.left = 0, left
            cuts = await lived(bench, cut, steps(bench))
            assert cuts == (left is not None)
            survived(bench, bench.params.first_slot, 1)
        finally:
            bench.close()

    run(main())
    return cut


def handed(bench: Bench) -> list[Step]:
    slot = bench.params.first_slot

    async def hand(b: Bench) -> None:
        await b.hand(b.handed(slot, sell((300, FEED_IN))))

    return a_day(slot, [hand], 200)


def standing(bench: Bench) -> list[Step]:
    slot = bench.params.first_slot
    terms = Instruction.of(encode([1, 20_000, FEED_IN, FOREVER]), b"s" * 32)

    async def instruct(b: Bench) -> None:
        await b.ask(Method.INSTRUCT, [terms.terms, terms.salt])

    async def mandate(b: Bench) -> None:
        b.block(b.mandate(terms.hash, 1))

    return a_day(slot, [instruct, mandate], 20)


def test_an_order_that_was_handed(tmp_path: Path) -> None:
    writes = through(tmp_path / "whole", None, 2, handed).writes
    assert 12 <= writes <= 40
    for left in range(writes):
        through(tmp_path / str(left), left, 2, handed)


def test_orders_that_the_meter_made(tmp_path: Path) -> None:
    """The first are those around making and sending; what follows is the same as for orders that were handed."""
    writes = through(tmp_path / "whole", None, 7 * 24, standing).writes
    assert writes > 16
    for left in range(16):
        through(tmp_path / str(left), left, 7 * 24, standing)

"""The lights go out before every single write: afterwards a day is stated, once, and never in two ways."""

from __future__ import annotations

from pathlib import Path

from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.meter.stating_rows import Stage
from tests.helpers.crash import Cut, PowerCut, as_it_lies, fragile
from tests.helpers.neighbours import FIRST_DAY, HOUSES, end_of
from tests.meter.stating_rig import Bench

DAY = FIRST_DAY + 1


async def lived(folder: Path, left: int | None) -> tuple[Bench, Cut]:
    """A meter's life from its owner's word to a stated day; it starts again wherever the lights go out."""
    bench, cut, cuts = Bench(folder, 1), Cut(), 0
    bench.store.close()
    bench.boot(fragile(cut))
    cut.writes, cut.left = 0, left
    ledger = bench.street.ledger

    async def join(b: Bench) -> None:
        b.stater.join(HOUSES.id)

    async def block(_b: Bench) -> None:
        ledger.step()

    async def over(b: Bench) -> None:
        if b.meter.recorded < 48:
            b.meter.publish(48 - b.meter.recorded)
        ledger.until(max(ledger.now_s + 1, end_of(DAY) + HOUR_SECONDS))
        ledger.step()

    await bench.street.look()
    await bench.start()
    for step in (join, Bench.look, block, Bench.look, over, Bench.look, block, Bench.look, block, Bench.look):
        while True:
            try:
                await step(bench)
                break
            except PowerCut:
                cuts += 1
                cut.left = None
                path = as_it_lies(bench.path, folder / f"cut {cuts}" / "neighbours.sqlite")
                bench.store._db.close()
                bench.boot(fragile(cut), path)
                await bench.start()
    return bench, cut


async def test_a_day_is_stated_once_wherever_the_lights_go_out(tmp_path: Path) -> None:
    whole, cut = await lived(tmp_path / "whole", None)
    writes = cut.writes
    whole.shut()
    assert writes >= 5  # wish, cohorts, row, what was made, proven
    for left in range(writes):
        bench, _ = await lived(tmp_path / str(left), left)
        row = bench.store.find(False, DAY)
        assert row is not None, left
        assert row.stage is Stage.ON_LEDGER, left
        assert len({body.message for body in bench.stated if body.day == DAY}) == 1, left
        bench.shut()

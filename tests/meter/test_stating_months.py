"""A meter's load shape of a month: made after the last hour, sent unchanged, handed out in parts, listed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list
from ohmstead.core.statements import parse
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.meter.stating_rows import Row, Stage, StatingStore
from ohmstead.neighbours.messages import StateShape
from ohmstead.neighbours.rounds import days_of, epoch_of
from ohmstead.neighbours.shape import SHAPE_BYTES
from tests.helpers.neighbours import FIRST_DAY, HOUSES, end_of
from tests.meter.stating_rig import Bench
from tests.meter.test_stating import peer

EPOCH = epoch_of(FIRST_DAY)
LAST = days_of(EPOCH)[-1]


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path, 1, LAST - 5)
    await made.street.look()
    made.stater.join(HOUSES.id)
    await made.start()
    await made.look()
    made.street.ledger.step()
    yield made
    made.shut()


def shapes(bench: Bench) -> list[StateShape]:
    bodies = [
        parse(tx, {StateShape.TYPE: StateShape}).statement.body for tx in bench.sent if b"nbr-shape" in tx
    ]
    return [b for b in bodies if isinstance(b, StateShape)]


async def over(bench: Bench, hours_missing: int = 0) -> None:
    """The month is over; its readings are sealed and published but for the last hours."""
    bench.meter.publish(24 * (LAST + 1 - FIRST_DAY) - hours_missing - bench.meter.recorded)
    bench.street.ledger.until(max(bench.street.ledger.now_s + 1, end_of(LAST) + 60))
    bench.street.ledger.step()
    await bench.look()


async def test_a_month_waits_for_its_last_hour_and_is_stated_once_unchanged(bench: Bench) -> None:
    await over(bench, hours_missing=1)
    row = bench.store.find(True, EPOCH)
    assert row is not None
    assert (row.stage, shapes(bench)) == (Stage.DUE, [])
    await over(bench)
    (body,) = shapes(bench)
    assert (body.epoch, body.cohort, body.meter, len(body.message)) == (
        EPOCH, HOUSES.id, bench.meter.id, SHAPE_BYTES,
    )  # fmt: skip
    bench.street.ledger.engine.mempool.clear()  # it was lost, and the lights go out
    bench.store.close()
    bench.boot()
    await bench.start()
    for _ in range(2):
        await bench.look()
        while bench.street.ledger.engine.mempool:
            bench.street.ledger.step()
    await bench.look()
    found = shapes(bench)
    assert len(found) >= 2
    assert {b.message for b in found} == {body.message}
    row = bench.store.find(True, EPOCH)
    assert row is not None
    assert row.stage is Stage.ON_LEDGER
    await handed_out(bench, body.message)


async def handed_out(bench: Bench, message: bytes) -> None:
    """An owner reads it from any byte on, no more than a part at once."""

    async def part(*asked: Value) -> bytes:
        answer = as_list(await bench.answers.call(peer(), Method.NBR_OWN, [True, EPOCH, *asked]), "own", 4)
        return as_bytes(answer[3], "part")

    assert await part() == await part(0) == message[:32_000]
    assert await part(32_000) == message[32_000:]
    assert await part(61_503) == message[-1:]
    assert await part(61_504) == b""
    with pytest.raises(CodecError):
        await part(61_505)
    with pytest.raises(Refused) as refused:
        await bench.answers.call(peer(), Method.NBR_OWN, [True, EPOCH + 1, 0])
    assert refused.value.code == RefusalCode.NOT_FOUND


def test_a_long_list_of_rounds_still_holds_the_months(tmp_path: Path) -> None:
    store = StatingStore(tmp_path / "neighbours.sqlite")
    store._db.execute("BEGIN")
    for day in range(FIRST_DAY, FIRST_DAY + 1_000):
        store.add(Row(False, day, HOUSES.id, 0))
        if day == days_of(epoch_of(day))[-1]:
            store.add(Row(True, epoch_of(day), HOUSES.id, 0))
    store._db.execute("COMMIT")
    rows = store.newest(800)
    store.close()
    days = [r.number for r in rows if not r.is_shape]
    months = [r.number for r in rows if r.is_shape]
    assert (len(rows), [r.is_shape for r in rows]) == (800, [False] * len(days) + [True] * len(months))
    assert days == list(range(FIRST_DAY + 999, FIRST_DAY + 999 - len(days), -1))
    newest = max(e for e in range(EPOCH, EPOCH + 40) if days_of(e)[-1] < FIRST_DAY + 1_000)
    assert months == list(range(newest, newest - len(months), -1))
    assert days_of(months[-1])[-1] >= days[-1] > days_of(months[-1] - 1)[-1]

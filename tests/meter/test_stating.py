"""The meter among its neighbours: joins, states each day once, keeps what it made, believes no node."""

from __future__ import annotations

import base64
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_parameters import STATE_S
from ohmstead.contract.neighbour_state import guardian_keys
from ohmstead.core.codec import CodecError, Value, as_list, as_uint, decode, encode
from ohmstead.core.intervals import Channel
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.meter.peers import Link, Peer, Standing
from ohmstead.meter.stating_rows import Stage
from ohmstead.neighbours.dayproof import check_own_day
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.guardians import make_key
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.neighbours.tally import statement_leaf
from tests.helpers.neighbours import FIRST_DAY, FLATS, HOUSES, end_of
from tests.meter.stating_rig import Bench

EPOCH = epoch_of(FIRST_DAY)
DAY = FIRST_DAY + 1  # the recording's first day has a gap


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    await made.street.look()
    made.stater.join(HOUSES.id)
    await made.start()
    await made.look()
    made.street.ledger.step()
    yield made
    made.shut()


async def after(bench: Bench, day: int) -> None:
    """A day is over, its readings are sealed and published."""
    bench.meter.publish(24 * (day + 1 - FIRST_DAY) - bench.meter.recorded)
    bench.street.ledger.until(max(bench.street.ledger.now_s + 1, end_of(day) + 60))
    bench.street.ledger.step()
    await bench.look()


async def settle(bench: Bench) -> None:
    """What was sent is recorded, and the meter sees it."""
    while bench.street.ledger.engine.mempool:
        bench.street.ledger.step()
    await bench.look()


async def test_a_finished_day_is_stated_once_and_counts_exactly(bench: Bench) -> None:
    await after(bench, DAY)
    (body,) = bench.stated
    assert (body.day, body.cohort, body.meter) == (DAY, HOUSES.id, bench.meter.id)
    others = {k.kid: random.Random(3).randrange(30_000) for k in bench.street.homes}
    bench.street.state_day(DAY, others)
    await settle(bench)
    row = bench.store.find(False, DAY)
    assert row is not None
    assert (row.stage, len(bench.stated)) == (Stage.ON_LEDGER, 1)
    own = sum(as_uint(wh, "Wh") for wh in as_list(decode(row.plain or b""), "plain"))
    source = bench.meter.source
    before, then = (source.registers_before(96 * day)[Channel.IMPORT] for day in (DAY, DAY + 1))
    assert own == then - before > 0
    check_own_day(body.message, bench.street.joint(EPOCH), own, HOUSES.s, row.seed or b"")
    bench.street.close(DAY)
    for _ in range(2):
        await bench.street.look()
    record = next(r for r in bench.street.records() if r.day == DAY)
    assert record.roster == 16
    keys = guardian_keys(bench.street.state, EPOCH)
    assert record.check(bench.street.hash, keys, 4, HOUSES.s) == plain_day([own, *others.values()], HOUSES.s)


async def test_a_day_with_a_gap_is_not_stated_and_one_with_estimates_is(bench: Bench) -> None:
    await after(bench, FIRST_DAY)
    row = bench.store.find(False, FIRST_DAY)
    assert row is not None
    assert row.stage is Stage.GAPS
    assert bench.stated == []


async def test_a_lost_statement_is_sent_again_unchanged_after_any_restart(bench: Bench) -> None:
    await after(bench, DAY)
    bench.street.ledger.engine.mempool.clear()
    bench.store.close()
    bench.boot()
    await bench.start()
    for _ in range(2):
        await bench.look()
    assert len(bench.sent) >= 3
    days = bench.stated
    assert len({(b.day, b.message) for b in days}) == 1
    assert len(days) >= 2


async def test_nothing_leaves_before_it_is_on_the_disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes | None] = []
    spied = bench.client.broadcast

    async def looked(tx: bytes) -> object:
        if b"nbr-state" in tx:
            row = bench.store.find(False, DAY)
            seen.append(row.message if row is not None else None)
        return await spied(tx)

    monkeypatch.setattr(bench.client, "broadcast", looked)
    await after(bench, DAY)
    assert seen == [bench.stated[0].message]


async def test_a_statement_leaves_at_a_random_time_within_six_hours(bench: Bench) -> None:
    bench.stater._random = lambda n: b"\xff" * n
    await after(bench, DAY)
    row = bench.store.find(False, DAY)
    assert row is not None
    assert row.due_s == end_of(DAY) + (2**32 - 1) % (6 * 3600)
    assert bench.stated == []
    bench.street.ledger.until(row.due_s)
    bench.street.ledger.step()
    await bench.look()
    assert [b.day for b in bench.stated] == [DAY]


async def test_a_day_that_waited_too_long_is_late(bench: Bench) -> None:
    bench.client.away = True
    bench.meter.publish(24 * 2 - bench.meter.recorded)
    bench.street.ledger.until(end_of(DAY) + STATE_S + 60)
    bench.street.ledger.step()
    bench.client.away = False
    await bench.look()
    assert bench.store.find(False, DAY) is None
    assert bench.stated == []


async def test_paused_or_gone_it_states_nothing(bench: Bench) -> None:
    bench.stater.pause(True)
    await after(bench, DAY)
    assert bench.stated == []
    bench.stater.join(None)
    await bench.look()
    bench.street.ledger.step()
    await bench.look()
    assert bench.stater.standing is None
    raw = bench.street.ledger.engine.app.state.get("roster", b"\x00" + bench.meter.id)
    assert decode(raw or b"") == [None, 2]


async def test_a_move_is_one_statement_and_an_unknown_cohort_none(bench: Bench) -> None:
    await bench.look()
    assert bench.stater.standing is not None
    bench.stater.join(FLATS.id)
    await bench.look()
    bench.street.ledger.step()
    await bench.look()
    raw = bench.street.ledger.engine.app.state.get("roster", b"\x00" + bench.meter.id)
    assert decode(raw or b"") == [FLATS.id, 2]
    with pytest.raises(CodecError):
        bench.stater.join("castles")


async def test_a_key_that_a_node_slips_in_is_not_believed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The node answers with a guardian key of its own: the proof under the header does not hold."""
    _, forged = make_key(bench.street.hash, EPOCH, 3, 4)
    real = bench.street.ledger.engine.app.state.get
    value = real("nbrkey", EPOCH.to_bytes(4, "big") + b"\x03")
    answer = bench.client.rpc.answer

    def lie(request: dict[str, object]) -> dict[str, object]:
        found = answer(request)
        text = repr(found)
        assert value is not None
        if request["method"] == "ohmstead_proof" and "nbrkey" in repr(request):
            raw = base64.b64decode(str(found["result"]))
            found["result"] = base64.b64encode(raw.replace(value[3:35], forged.key)).decode()
            assert repr(found) != text or value[3:35] not in raw
        return found

    monkeypatch.setattr(bench.client.rpc, "answer", lie)
    await after(bench, DAY)
    assert bench.stated == []
    row = bench.store.find(False, DAY)
    assert row is not None
    assert row.stage is Stage.DUE


# ---- over the link --------------------------------------------------------------------------------


def peer(role: Role = Role.OWNER, link: Link = Link.CONFIRMED) -> Peer:
    return Peer(bytes(32), bytes(32), b"peer id.", None, link, role, Standing.GRANTED, 0, 0)


async def streamed(bench: Bench, method: int, params: Value) -> list[Value]:
    return [item async for item in bench.answers.stream(peer(), method, params)]


async def test_what_an_owner_reads_of_its_own_home(bench: Bench) -> None:
    await after(bench, DAY)
    await settle(bench)
    cohort, paused, standing, rows = as_list(await bench.answers.call(peer(), Method.NBR, []), "answer", 4)
    assert (cohort, paused, standing) == (HOUSES.id, False, [HOUSES.id, EPOCH, None])
    assert [False, DAY, HOUSES.id, int(Stage.ON_LEDGER)] in as_list(rows, "rows")
    own = as_list(await bench.answers.call(peer(), Method.NBR_OWN, [False, DAY]), "own", 4)
    assert own[3] == bench.stated[0].message
    (hashes,) = await streamed(bench, Method.ROUND_HASHES, [HOUSES.id, EPOCH, DAY])
    assert hashes == statement_leaf(bench.meter.id, bench.stated[0].message)
    assert await streamed(bench, Method.ROUND, [HOUSES.id, EPOCH, DAY]) == [
        encode([bench.meter.id, bench.stated[0].message])
    ]


@pytest.mark.parametrize("method", [Method.NBR_JOIN, Method.NBR_PAUSE, Method.NBR_OWN])
@pytest.mark.parametrize("who", [peer(Role.VIEWER), peer(Role.INSTALLER), peer(link=Link.UNCONFIRMED)])
async def test_only_a_confirmed_owner_acts_or_reads_seeds(bench: Bench, method: Method, who: Peer) -> None:
    with pytest.raises(Refused) as refused:
        await bench.answers.call(who, method, [None])
    assert refused.value.code == RefusalCode.FORBIDDEN
    if who.role is Role.VIEWER:
        assert await bench.answers.call(who, Method.NBR, []) is not None


async def test_joining_over_the_link_is_the_owners_word(bench: Bench) -> None:
    await bench.answers.call(peer(), Method.NBR_JOIN, [None])
    assert bench.stater.wish == (None, False)
    await bench.answers.call(peer(), Method.NBR_JOIN, [FLATS.id])
    await bench.answers.call(peer(), Method.NBR_PAUSE, [True])
    assert bench.stater.wish == (FLATS.id, True)

"""A ledger whose validators agree on what is false, and a meter that states other than it measured.

The contract and the meter are the product's, made to lie in one place each: so the lie is under the real root,
with the real proofs around it. What cannot be so is found here, is not drawn, and stays found; all else stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ohmstead.contract import neighbour_rounds
from ohmstead.contract.neighbour_state import append_log
from ohmstead.contract.overlay import Book, Overlay
from ohmstead.core.errors import VerificationError
from ohmstead.link.binding import Role
from ohmstead.link.messages import Method
from ohmstead.meter import stating
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.tally import RunningTally, Void, VoidReason
from ohmstead.services.neighbour_states import Finding, NeighbourState, OwnStage, RoundState, Standing
from ohmstead.services.neighbours.check import Ledger, check_record
from ohmstead.store.neighbours import WRONG
from tests.services.neighbours.altered import RECORDS, value
from tests.services.neighbours.lies import GAPS, of_own, refusing, stage_of, word
from tests.services.neighbours.rig import DAY, EPOCH, FIRST_DAY, HOUSES, App, Town

# ---- a record that is under the ledger's root -------------------------------------------------------


@pytest.fixture(scope="session")
def honest_record(two_days: Town) -> tuple[Ledger, RoundRecord, dict[int, GuardianKey]]:
    street = two_days.bench.street
    record = next(r for r in street.records() if r.day == DAY)
    keys = neighbour_rounds.guardian_keys(street.state, EPOCH)
    return Ledger(street.hash, street.params), record, dict(keys)


def test_the_honest_record_follows(
    honest_record: tuple[Ledger, RoundRecord, dict[int, GuardianKey]],
) -> None:
    ledger, record, keys = honest_record
    assert check_record(ledger, HOUSES, record.leaf, record.to_bytes(), keys) == record


def test_any_part_altered_does_not_follow_even_under_its_own_leaf(
    honest_record: tuple[Ledger, RoundRecord, dict[int, GuardianKey]],
) -> None:
    ledger, record, keys = honest_record
    taken = []
    for name, change in RECORDS.items():
        changed = change(record)
        try:
            check_record(ledger, HOUSES, changed.leaf, changed.to_bytes(), keys)
        except VerificationError:
            continue
        taken.append(name)
    assert taken == []


def test_a_record_under_other_keys_or_another_genesis_does_not_follow(
    honest_record: tuple[Ledger, RoundRecord, dict[int, GuardianKey]],
) -> None:
    ledger, record, keys = honest_record
    swapped = keys | {0: replace(keys[1], guardian=0)}
    fewer = {i: k for i, k in keys.items() if i}
    for of, with_keys in (
        (ledger, swapped), (ledger, fewer), (ledger, {}), (replace(ledger, genesis=bytes(32)), keys)
    ):  # fmt: skip
        with pytest.raises(VerificationError):
            check_record(of, HOUSES, record.leaf, record.to_bytes(), with_keys)


# ---- a whole town under such a ledger ---------------------------------------------------------------

RECORDED, LEFT, METER, FINE, TWIN, STRANGE = (DAY + i for i in range(6))
#: Leaves that are of no round which could stand there.
STRANGERS = [
    b"no leaf", RoundLeaf("flats", EPOCH, STRANGE, bytes(32)).to_bytes(),
    RoundLeaf(HOUSES.id, EPOCH, DAY + 100, bytes(32)).to_bytes(),
    RoundLeaf(HOUSES.id, EPOCH + 1, STRANGE, bytes(32)).to_bytes(),
    RoundLeaf(HOUSES.id, EPOCH, FIRST_DAY - 1, bytes(32)).to_bytes(),
    RoundLeaf(HOUSES.id, EPOCH + 90, None, bytes(32)).to_bytes(),
]  # fmt: skip


class Liar:
    """The contract and the meter with a lie for some days."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.meter, self.skip, self.skipped = b"", False, False
        self._append, self._add, self._log = (
            neighbour_rounds._append, RunningTally.with_statement, neighbour_rounds.log_name
        )  # fmt: skip
        self._amounts: Callable[..., Any] = stating.day_amounts
        monkeypatch.setattr(neighbour_rounds, "_append", self.append)
        monkeypatch.setattr(neighbour_rounds, "log_name", self.log_name)
        monkeypatch.setattr(RunningTally, "with_statement", self.adding())
        monkeypatch.setattr(stating, "day_amounts", self.amounts)

    def append(self, state: Overlay, record: RoundRecord) -> None:
        if record.cohort != HOUSES.id:
            return self._append(state, record)
        self._append(state, value(16, 1)(record) if record.day == RECORDED else record)
        if record.day == TWIN:
            self._append(state, replace(record, void=Void(VoidReason.NO_KEY, 0)))
        if record.day == STRANGE:
            for leaf in STRANGERS:
                index = append_log(state, HOUSES.id, leaf)
                state.books.append(
                    Book(neighbour_rounds.record_rule(HOUSES.id), index, (b"?",), (b"",), leaf)
                )
        return None

    def adding(self) -> Callable[..., RunningTally]:
        def add(tally: RunningTally, meter: bytes, message: bytes, found: Any) -> RunningTally:
            self.skipped = self.skip and meter == self.meter
            return tally if self.skipped else self._add(tally, meter, message, found)

        return add

    def log_name(self, cohort: str, epoch: int, day: int | None) -> str:
        """What the node keeps of a day agrees with its sums: what was not added is not in its log."""
        return self._log("nowhere" if self.skipped else cohort, epoch, day)

    def amounts(self, recorded: Any, zone: Any, day: int) -> tuple[int, ...] | None:
        found = self._amounts(recorded, zone, day)
        # A Wh more would make the same message: this home's days are beyond the last bin.
        return found if day != METER or found is None else (*found[:48], *(0 for _ in found[48:]))


@pytest.fixture(scope="module")
def lying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Six days after the first: a total one too high; the own statement left out; the meter states half of what
    it measured; one as it should be; one with two ends; one with leaves of no round behind it.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        liar = Liar(monkeypatch)
        town = Town(tmp_path_factory.mktemp("lying"))
        liar.meter = town.bench.meter.id

        async def run() -> None:
            await town.begin()
            for day in (RECORDED, LEFT, METER, FINE):
                liar.skip = day == LEFT
                await town.states(day)
                liar.skip = False
                if day >= METER:
                    await town.ends(day - 2)
            for day in (METER, FINE, TWIN, STRANGE):
                await town.ends(day)

        asyncio.run(run())
    yield town
    town.shut()


@pytest.fixture
def app(lying: Town, tmp_path: Path) -> Iterator[App]:
    made = App(lying.bench, tmp_path / "app")
    yield made
    made.close()


async def looked(app: App, **more: Any) -> NeighbourState:
    """One look does not check all of so many."""
    await app.look(**more)
    assert app.desk.unchecked == 2
    return await app.look(**more)


def results(app: App) -> set[int | None]:
    return {r.day for r in app.state.rounds if r.standing is Standing.RESULT}


def drawn(app: App) -> dict[int | None, RoundState]:
    return {r.day: r for r in app.state.rounds}


ALARMS = {
    (Finding.RECORD, RECORDED, None), (Finding.LEFT_OUT, LEFT, None), (Finding.ALTERED, METER, None),
    (Finding.RECORD, TWIN, None),
}  # fmt: skip


def found(app: App) -> set[tuple[Finding, int | None, int | None]]:
    return {(a.finding, a.day, a.leaf) for a in app.state.alarms}


async def test_what_a_ledger_says_falsely_is_found_and_stays_found(app: App, lying: Town) -> None:
    await looked(app)
    for _ in range(3):
        state = await app.look()
        rounds = drawn(app)
        assert results(app) == {FINE}
        assert {d for d, r in rounds.items() if r.standing is Standing.VOID} == {FIRST_DAY, STRANGE}
        assert rounds[FINE].result == plain_day([lying.own_wh(FINE), *lying.others[FINE].values()], HOUSES.s)
        strangers = {(Finding.RECORD, None, leaf) for leaf in range(8, 8 + len(STRANGERS))}
        assert found(app) == ALARMS | strangers
        assert len({a.key for a in state.alarms}) == len(state.alarms)
        own = {r.day: (r.stage, r.included) for r in state.own}
        assert own[LEFT] == (OwnStage.ON_LEDGER, False)
        assert own[METER] == own[FINE] == (OwnStage.ON_LEDGER, True)
        assert state.complete
    assert not app.refused


async def test_each_alarm_says_what_failed(app: App) -> None:
    state = await looked(app)
    words = {(a.day, a.leaf): a.words for a in state.alarms}
    assert "does not hold" in words[RECORDED, None]
    assert "not among those that were added" in words[LEFT, None]
    assert "own statement" in words[METER, None]
    assert "another end" in words[TWIN, None]
    for leaf in range(8, 8 + len(STRANGERS)):
        assert words[None, leaf].startswith(f"leaf {leaf} of houses")


async def test_what_was_found_is_asked_for_again_less_and_less_often(app: App) -> None:
    """A day whose own part is wrong is checked again, as the meter may have been at fault; what the ledger itself
    says falsely is not: it cannot come out otherwise.
    """
    await looked(app)
    async with app.linked(look=False) as desk:
        assert app.channel is not None
        now = desk._now
        assert now is not None
        asked = []
        for _ in range(18):
            before = len(app.channel.asked)
            assert desk._link is not None
            await desk.look(desk._link, now.trust, now.ledger.params)
            asked.append(sum(m == Method.ROUND_HASHES for m, _ in app.channel.asked[before:]))
    assert [i for i, n in enumerate(asked) if n] == [0, 1, 3, 7, 15]
    assert set(asked) == {0, 2}


async def test_a_viewer_sees_what_records_alone_say(app: App) -> None:
    await looked(app, role=Role.VIEWER)
    assert results(app) == {LEFT, METER, FINE}
    assert {a.finding for a in app.state.alarms} == {Finding.RECORD}


async def test_a_meter_does_not_talk_its_own_fault_away(app: App) -> None:
    """What it stated is on the ledger: that it now says otherwise, or hands nothing over, changes nothing."""
    await looked(app)
    for lie in (refusing(Method.NBR_OWN, of_own(METER)), stage_of(METER, GAPS)):
        await app.look(lie)
        assert METER not in results(app)
        assert found(app) >= ALARMS


async def test_a_statement_that_was_seen_while_its_day_was_open_is_missed_whatever_the_meter_says(
    app: App,
) -> None:
    await looked(app)
    await app.look(stage_of(LEFT, GAPS))
    assert LEFT in results(app), "neither the state nor the meter says any more that it was stated"
    await app.look()
    (row,) = (r for r in app.desk.store.own() if r.number == LEFT)
    app.desk.store.put_own([replace(row, seen=True)])
    for lie in (stage_of(LEFT, GAPS), refusing(Method.NBR_OWN, of_own(LEFT)), word(lambda _rows: [])):
        await app.look(lie)
        assert LEFT not in results(app)
        assert found(app) >= ALARMS


async def test_after_a_restart_the_same_is_found(app: App) -> None:
    before = await looked(app)
    after = await app.again()
    assert (after.alarms, after.own) == (before.alarms, before.own)
    ended = (Standing.RESULT, Standing.VOID)
    assert after.rounds == tuple(r for r in before.rounds if r.standing in ended)
    assert sum(r.checked == WRONG for r in app.desk.store.rounds(HOUSES.id)) == 5 + len(STRANGERS)

"""Receipts from a real mirror: they say what the page says, and where something was changed they say where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import HOUR_SECONDS, first_slot_of_hour
from ohmstead.ledger.merkle import node_hash
from ohmstead.ledger.meterlog import LATE_S
from ohmstead.services import mirroring
from ohmstead.services.receipts import Absence, NoReceipt, Receipt, Station, broken_receipt, receipt_of
from ohmstead.store.history import History
from tests.helpers.home import Direct
from tests.helpers.homes import Street, street
from tests.helpers.ledger import FIRST_HOUR

FIRST = first_slot_of_hour(FIRST_HOUR)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    """Thirty pages in three batches, all of them mirrored."""
    with street(tmp_path, 10, 18, 2) as made:
        yield made.synced()


def receipt(here: Street, slot: int, *, keys: bool = True) -> Receipt:
    with History.open(here.home.path) as history:
        wall_ns = here.ledger.wall_ns()
        trust = mirroring.read_trust(history.mirror, wall_ns)
        return receipt_of(history, trust, slot, lambda _e: here.home.root if keys else None, wall_ns)


def root_of_path(found: Receipt) -> bytes:
    """The root that a leaf leads to, step by step: by the definition, not by the product's verifier."""
    at = found.leaf
    for step in found.path:
        at = node_hash(at, step.hash) if step.right else node_hash(step.hash, at)
    return at


def execute(here: Street, sql: str, *arguments: object) -> None:
    here.home.mirror._db.execute(sql, arguments)


def flip(here: Street, page: int) -> None:
    (raw,) = here.home.mirror._db.execute("SELECT raw FROM page WHERE number = ?", (page,)).fetchone()
    execute(here, "UPDATE page SET raw = ? WHERE number = ?", raw[:-1] + bytes((raw[-1] ^ 1,)), page)


def test_every_slot_says_what_the_chart_says(here: Street) -> None:
    rows = {row[0]: row for row in here.home.mirror.intervals(here.meter.id)}
    for slot in range(FIRST, FIRST + 120, 7):
        found = receipt(here, slot)
        assert found.broken is None
        by = {r.channel: r for r in found.readings}
        row = rows[slot]
        assert (by[Channel.IMPORT].amount, by[Channel.EXPORT].amount) == row[1:3]
        assert by[Channel.GENERATION].amount == row[3]
        assert int(by[Channel.IMPORT].status) == row[4]
        assert (found.page, found.place) == ((slot - FIRST) // 4, (slot - FIRST) % 4)
        assert row[7] == found.page


def test_the_path_leads_to_the_root_that_the_ledger_records(here: Street) -> None:
    trust = here.home.home.trust
    assert trust is not None
    assert trust.proven is not None
    for page in (0, 9, 10, 15, 16, 29):
        found = receipt(here, FIRST + 4 * page)
        assert root_of_path(found) == found.root == trust.proven.root
        assert found.log_size == 30


def test_registers_are_those_of_the_source_at_both_ends(here: Street) -> None:
    slot = FIRST + 4 * 12 + 2
    before = here.meter.source.registers_before(slot)
    after = here.meter.source.read(slot).registers
    for reading in receipt(here, slot).readings:
        assert (reading.register_start, reading.register_end) == (
            before[reading.channel],
            after[reading.channel],
        )


def test_a_register_before_a_lost_reading_is_not_guessed(here: Street) -> None:
    lost = receipt(here, FIRST + 5)  # the rig's source has no reading of this slot
    assert {r.status for r in lost.readings} == {IntervalStatus.MISSING}
    assert all(r.register_start is None and r.register_end is None for r in lost.readings)
    same_hour_before = receipt(here, FIRST + 4)
    assert all(r.register_end is None for r in same_hour_before.readings)
    estimated = receipt(here, FIRST + 9)
    assert {r.status for r in estimated.readings} == {IntervalStatus.ESTIMATED}
    assert all(r.register_end is not None for r in estimated.readings)


def test_the_batch_that_recorded_it(here: Street) -> None:
    expected = [(0, 9), (10, 27), (28, 29)]
    for index, (first, last) in enumerate(expected):
        anchor = here.meter.anchors[index]
        for page in (first, last):
            recorded = receipt(here, FIRST + 4 * page).recorded
            assert recorded is not None
            assert (recorded.first_page, recorded.last_page) == (first, last)
            assert (recorded.height, recorded.time_s) == (anchor.height, anchor.time_s)
            late = anchor.time_s > (FIRST_HOUR + page + 1) * HOUR_SECONDS + LATE_S
            assert recorded.late is late


def test_the_head_and_the_certificate(here: Street) -> None:
    found = receipt(here, FIRST)
    assert found.head is not None
    assert (found.head.signed, found.head.validators, found.head.single_operator) == (4, 4, True)
    assert found.head.hash == here.ledger.block(found.head.height).header.hash()
    assert found.meter_key == here.meter.identity.key.public
    assert (found.model, found.replayed) == (b"rig", True)
    assert found.certified_to_hour == FIRST_HOUR + 9000


def test_without_the_key_it_is_proven_and_stays_sealed(here: Street) -> None:
    found = receipt(here, FIRST + 20, keys=False)
    assert found.sealed
    assert (found.readings, found.broken) == ((), None)
    assert root_of_path(found) == found.root


@pytest.mark.parametrize(
    ("slot", "why"),
    [(FIRST - 1, Absence.BEFORE), (FIRST + 120, Absence.AHEAD), (FIRST + 100_000, Absence.AHEAD)],
)
def test_no_page_no_receipt(here: Street, slot: int, why: Absence) -> None:
    with pytest.raises(NoReceipt) as caught:
        receipt(here, slot)
    assert caught.value.why is why


def test_before_anything_is_proven(tmp_path: Path) -> None:
    with street(tmp_path) as here:
        with pytest.raises(NoReceipt) as caught:
            receipt(here, FIRST)
        assert caught.value.why is Absence.EMPTY


def test_while_history_comes_in_a_page_is_proven_by_its_tile(tmp_path: Path) -> None:
    with street(tmp_path, 300, 220) as here:
        with pytest.raises(Exception, match="cut"):
            here.home.sync(Direct(here.meter, cut_after=6))  # two tiles of three have come
        held = {number for number, _ in here.home.mirror.pages(here.meter.id, 0, 520)}
        assert 0 < len(held) < 520
        for page in (min(held), 511, 519):
            found = receipt(here, FIRST + 4 * page)
            assert found.broken is None
            assert root_of_path(found) == found.root
            assert found.recorded is None  # its anchors are not here yet
        with pytest.raises(NoReceipt) as caught:
            receipt(here, FIRST + 4 * (min(held) - 1))
        assert caught.value.why is Absence.COMING
        flip(here, 515)
        broken = receipt(here, FIRST + 4 * 516).broken
        assert broken is not None
        assert (broken.station, broken.error.subject) == (Station.PAGE, "page 515")


# ---- what was changed -------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [17, 3, 25])
def test_an_altered_page_is_named_whichever_receipt_is_asked_for(here: Street, asked: int) -> None:
    flip(here, 17)
    broken = receipt(here, FIRST + 4 * asked).broken
    assert broken is not None
    assert (broken.station, broken.error.subject, broken.error.code) == (
        Station.PAGE,
        "page 17",
        "PagesDiffer",
    )


def test_a_row_that_is_not_the_pages_is_this_computers_fault(here: Street) -> None:
    execute(here, "UPDATE interval SET export_wh = export_wh + 1 WHERE slot = ?", FIRST + 50)
    found = receipt(here, FIRST + 50)
    assert found.broken is not None
    assert (found.broken.station, found.broken.error.code) == (Station.COMPUTER, "RowsDiffer")
    assert found.recorded is not None  # everything before it stands
    assert receipt(here, FIRST + 51).broken is None


def test_anchors_that_were_changed(here: Street) -> None:
    execute(here, 'UPDATE anchor SET time_s = time_s - 3600 WHERE "index" = 1')
    found = receipt(here, FIRST)
    assert found.broken is not None
    assert (found.broken.station, found.broken.error.subject) == (Station.BLOCK, "anchors")


def test_a_head_that_does_not_verify() -> None:
    error = VerificationError("header 7", "is not signed")
    found = broken_receipt(FIRST, error)
    assert found.broken is not None
    assert (found.broken.station, found.broken.error) == (Station.BLOCK, error)


def test_the_time_it_took_is_measured(here: Street) -> None:
    ticks = iter((1_000, 43_000))
    with History.open(here.home.path) as history:
        wall_ns = here.ledger.wall_ns()
        trust = mirroring.read_trust(history.mirror, wall_ns)
        made = receipt_of(history, trust, FIRST, lambda _e: here.home.root, wall_ns, lambda: next(ticks))
    assert made.took_ns == 42_000
    assert replace(made, took_ns=0) == replace(receipt(here, FIRST), took_ns=0)

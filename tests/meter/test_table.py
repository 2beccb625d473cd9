"""Tables in the export's form: read back as they were written, and every fault named by its line."""

from __future__ import annotations

from array import array
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.cli import export
from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.errors import UserError
from ohmstead.meter.sources import table
from ohmstead.meter.sources.base import MAX_SLOT_WH
from ohmstead.meter.sources.choose import outline_of, source_of
from ohmstead.meter.sources.recorded import WEEK_SLOTS, Recording
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import IntervalRow, TileBatch
from tests.store.homes import METER, furnish, page_row

OK, ESTIMATED, MISSING = IntervalStatus.OK, IntervalStatus.ESTIMATED, IntervalStatus.MISSING
HEADER = ",".join(export.CSV_HEADER)
AT = 1_700_000_100 // 900  # 2023-11-14T22:15:00Z


def rows(*lines: str) -> Recording:
    return table.read_table([HEADER, *lines])


def exported(folder: Path, intervals: list[IntervalRow]) -> str:
    """What the exporter writes of a mirror that holds these intervals."""
    path = folder / "home.db"
    with closing(furnish(Mirror.open(path))) as mirror:
        numbers = sorted({row[7] for row in intervals})
        mirror.apply_tile(TileBatch(METER, 0, 0, len(numbers), 9, [page_row(n) for n in numbers], intervals))
    return export._csv(path, METER, None, None)


def test_the_header_is_the_exporters() -> None:
    assert table.HEADER == HEADER


STATUSES = [OK, OK, OK, ESTIMATED, MISSING, IntervalStatus.CLOCK_SUSPECT, IntervalStatus.REPLACED]


@given(st.data(), st.booleans())
def test_what_is_exported_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, generation: bool
) -> None:
    from tests.store.homes import FIRST_HOUR

    count = data.draw(st.integers(1, 6))
    wh = st.integers(0, MAX_SLOT_WH)
    intervals: list[IntervalRow] = []
    for i in range(4 * count):
        status = data.draw(st.sampled_from(STATUSES))
        known = status is not MISSING
        bought, sold, made = (data.draw(wh) if known else 0 for _ in range(3))
        made_status = int(status) if generation else None
        intervals.append(
            (
                FIRST_HOUR * 4 + i, bought, sold, made if generation else None,
                int(status), int(status), made_status, i // 4,
            )
        )  # fmt: skip
    text = exported(tmp_path_factory.mktemp("mirror"), intervals)
    read = table.read_table(text.splitlines())
    first = FIRST_HOUR * 4
    assert (read.first_slot, len(read)) == (first, 4 * count)
    assert read.statuses == {row[0]: IntervalStatus(row[4]) for row in intervals if row[4]}
    assert list(read.amounts[Channel.IMPORT]) == [row[1] for row in intervals]
    assert list(read.amounts[Channel.EXPORT]) == [row[2] for row in intervals]
    if generation and any(row[4] != MISSING for row in intervals):
        assert list(read.amounts[Channel.GENERATION]) == [row[3] for row in intervals]
    else:
        assert Channel.GENERATION not in read.amounts


def test_a_quarter_hour_without_a_row_is_missing() -> None:
    read = rows("2023-11-14T22:15:00Z,10,0,,ok", "2023-11-14T23:00:00Z,7,1,,estimated")
    assert read.first_slot == AT
    assert read.channels == (Channel.IMPORT, Channel.EXPORT)
    assert read.amounts[Channel.IMPORT] == array("H", (10, 0, 0, 7))
    assert read.statuses == {AT + 1: MISSING, AT + 2: MISSING, AT + 3: ESTIMATED}
    assert read.zone == "Etc/UTC"


GOOD = "2023-11-14T22:15:00Z,10,0,5,ok"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2023-11-14T22:30:00Z,10,0,5", "4 columns"),
        ("2023-11-14T22:30:00Z,10,0,5,ok,", "6 columns"),
        ("", "0 columns"),
        ("yesterday,10,0,5,ok", "no time"),
        ("2023-11-14T22:30:00,10,0,5,ok", "must be UTC"),
        ("2023-11-14T22:30:00+01:00,10,0,5,ok", "must be UTC"),
        ("2023-11-14T22:31:00Z,10,0,5,ok", "quarter hour"),
        ("1969-11-14T22:30:00Z,10,0,5,ok", "quarter hour"),
        (GOOD, "after the line before"),
        ("2023-11-14T22:00:00Z,10,0,5,ok", "after the line before"),
        ("2044-11-14T22:00:00Z,10,0,5,ok", "twenty years"),
        ("2023-11-14T22:30:00Z,,0,5,ok", "whole Wh"),
        ("2023-11-14T22:30:00Z,-1,0,5,ok", "whole Wh"),
        ("2023-11-14T22:30:00Z,1.5,0,5,ok", "whole Wh"),
        ("2023-11-14T22:30:00Z,١,0,5,ok", "whole Wh"),
        ("2023-11-14T22:30:00Z,25001,0,5,ok", "more than any home"),
        ("2023-11-14T22:30:00Z,99999999999999999999,0,5,ok", "more than any home"),
        ("2023-11-14T22:30:00Z,10,0,,ok", "generation"),
        ("2023-11-14T22:30:00Z,10,0,5,fine", "status 'fine'"),
        ("2023-11-14T22:30:00Z,10,0,5,OK", "status 'OK'"),
        ("2023-11-14T22:30:00Z,0,0,0,missing", "missing and has amounts"),
        ("2023-11-14T22:30:00Z,10,0,\"5\nok", "columns|CSV|whole Wh"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_line(line: str, says: str) -> None:
    with pytest.raises(UserError, match=f"^Line 3 .*(?:{says})"):
        rows(GOOD, line)


def test_other_files_are_refused() -> None:
    for lines in ([], [""], ["time,kwh"], [HEADER.upper()]):
        with pytest.raises(UserError, match="first line"):
            table.read_table(lines)
    with pytest.raises(UserError, match="no readings"):
        table.read_table([HEADER])


@given(st.lists(st.text(max_size=40), max_size=5))
def test_noise_is_refused_or_read_and_nothing_else(lines: list[str]) -> None:
    try:
        read = table.read_table([HEADER, *lines])
    except UserError:
        return
    assert len(read) >= 1


def test_a_table_is_a_source_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join((HEADER, GOOD, "2023-11-14T22:45:00Z,3,2,1,ok")) + "\n")
    outline = outline_of(f"csv:{path}")
    assert (outline.name, outline.zone, outline.first_slot, outline.slots) == ("mine.csv", "Etc/UTC", AT, 3)
    source = source_of(f"csv:{path}", 2)
    assert source.first_slot == outline.moved(2).first_slot == AT + 2 * WEEK_SLOTS
    assert source.amounts_in(source.first_slot + 2) == (
        {Channel.IMPORT: 3, Channel.EXPORT: 2, Channel.GENERATION: 1}, OK,
    )  # fmt: skip
    assert source.amounts_in(source.first_slot + 1)[1] is MISSING

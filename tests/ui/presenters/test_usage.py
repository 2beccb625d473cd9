"""The Usage view model, made from the real home's file without Qt."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import IntervalStatus as S
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import ExternalError
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from ohmstead.store.records import IntervalRow, TileBatch
from ohmstead.ui.presenters.periods import Span, as_day
from ohmstead.ui.presenters.usage import nice_step, present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageData, UsageRequest
from ohmstead.ui.presenters.usage_words import csv_of, heat_readout, readout, table_of
from ohmstead.ui.presenters.view_models import Mark, PageState, UsageView
from tests.ui.plain_words import PlainWords
from tests.ui.solar_home import METER, Home, fill

WORDS = PlainWords()
APP = Path(__file__).parents[3] / "app"


def load(home: Home, span: Span, day: int | None = None, *, heat: bool = False, now_s: int = 0) -> UsageData:
    request = UsageRequest(span, day, heat, 1, now_s or home.end_s - 1)
    return MirrorUsage(home.path).load(request)


def view(home: Home, span: Span, day: int | None = None, *, heat: bool = False) -> UsageView:
    return present(load(home, span, day, heat=heat), WORDS)


def marked(home_end: int, status: Callable[[int], int | None]) -> Callable[[IntervalRow], IntervalRow]:
    """Give slots another status by their distance from the last slot."""

    def edit(row: IntervalRow) -> IntervalRow:
        new = status(home_end - row[0])
        return row if new is None else (*row[:4], new, new, new, row[7])

    return edit


def total(wh: int) -> str:
    kwh = wh / 1000
    return WORDS.number(kwh, 2 if kwh < 100 else 1 if kwh < 1000 else 0)


SPANS = [span for span in Span if span is not Span.FREE]


@pytest.mark.parametrize("span", SPANS)
def test_figures_equal_the_sums_in_the_file(solar_home: Home, span: Span) -> None:
    data = load(solar_home, span)
    shown = present(data, WORDS)
    assert data.period is not None
    readings = Readings.open(solar_home.path)
    first = max(data.period.first, solar_home.zone.days[0])
    slots = solar_home.zone.slots_of(first)[0], solar_home.zone.slots_of(data.period.last)[-1]
    series = readings.intervals(METER, *slots)
    readings.close()
    read = series.status != S.MISSING
    own = np.maximum(series.generation_wh - series.export_wh, 0)
    expected = [
        int((series.import_wh + own)[read].sum()),
        int(series.import_wh[read].sum()),
        int(own[read].sum()),
        int(series.export_wh[read].sum()),
    ]
    assert [figure.value for figure in shown.figures] == [total(wh) for wh in expected]
    assert shown.chart is not None
    chart = shown.chart
    for values, wh in zip((chart.grid + chart.sun, chart.grid, chart.sun, chart.sold), expected, strict=True):
        assert round(float(values.sum()) * 1000) == wh


def test_days_have_as_many_bars_as_the_zone_table_says(solar_home: Home) -> None:
    spring, autumn = as_day(date(2024, 10, 6)), as_day(date(2025, 4, 6))
    for day, bars in ((spring, 92), (autumn, 100), (spring + 1, 96)):
        chart = view(solar_home, Span.DAY, day).chart
        assert chart is not None
        assert len(chart) == bars
        assert chart.heads[0] == "00:00 – 00:15"
        assert chart.heads[-1] == "23:45 – 24:00"
    spring_chart = view(solar_home, Span.DAY, spring).chart
    assert spring_chart is not None
    assert "01:45 – 02:00" in spring_chart.heads
    assert "02:00 – 02:15" not in spring_chart.heads
    autumn_chart = view(solar_home, Span.DAY, autumn).chart
    assert autumn_chart is not None
    assert list(autumn_chart.heads).count("02:00 – 02:15") == 2


def test_a_week_of_changing_clocks_counts_its_hours(solar_home: Home) -> None:
    chart = view(solar_home, Span.WEEK, as_day(date(2024, 10, 6))).chart
    assert chart is not None
    assert len(chart) == 7 * 24 - 1


def test_the_newest_day_comes_first_and_has_no_next(solar_home: Home) -> None:
    shown = view(solar_home, Span.DAY)
    assert shown.can_go_back
    assert not shown.can_go_on
    oldest = view(solar_home, Span.DAY, solar_home.zone.day_of(solar_home.first_slot))
    assert not oldest.can_go_back
    assert oldest.can_go_on


@pytest.mark.parametrize(
    ("status", "mark", "kind"),
    [
        (S.MISSING, Mark.GAP, "gap"),
        (S.ESTIMATED, Mark.ESTIMATED, "estimated"),
        (S.CLOCK_SUSPECT, Mark.DOUBT, "clock"),
        (S.REPLACED, Mark.REPLACED, "replaced"),
    ],
)
def test_each_kind_has_its_mark_legend_and_words(
    tmp_path: Path, solar_home: Home, status: S, mark: Mark, kind: str
) -> None:
    end = solar_home.last_slot
    home = fill(tmp_path / "h.db", hours=100, edit=marked(end, lambda d: status if 10 <= d < 14 else None))
    shown = view(home, Span.DAY)
    chart = shown.chart
    assert chart is not None
    assert [i for i, f in enumerate(chart.flags) if f & mark] == [82, 83, 84, 85]
    assert kind in [entry.kind for entry in shown.legend]
    rows = table_of(chart, WORDS).rows
    assert len({row[-1] for row in rows}) == 2
    if status is S.MISSING:
        assert shown.foot.startswith("4 of 96 quarter hours have no reading (20:30 to 21:30).")
        assert rows[82][1:4] == ("–", "–", "–")
        assert chart.grid[82] == 0
        assert len(readout(chart, 82, WORDS)) == 1
    if status is S.ESTIMATED:
        assert "4 quarter hours are estimated." in shown.foot
        assert chart.estimated[82] == pytest.approx(chart.grid[82] + chart.sun[82])


def test_a_whole_view_says_that_nothing_is_left_out(solar_home: Home) -> None:
    shown = view(solar_home, Span.DAY, solar_home.day(3))
    assert shown.foot == "Nothing is left out."
    assert shown.state is PageState.FULL
    assert [entry.kind for entry in shown.legend] == ["grid", "sun", "sold", "usual"]


def test_a_running_day_leaves_the_rest_blank(solar_home: Home, tmp_path: Path) -> None:
    home = fill(tmp_path / "h.db", hours=2000, skip_last=6)
    shown = view(home, Span.DAY)
    chart = shown.chart
    assert chart is not None
    assert (chart.flags[:72] == 0).all()
    assert (chart.flags[72:] == Mark.AHEAD).all()
    assert shown.state is PageState.PARTIAL
    assert shown.figures[0].note.endswith("by now")
    assert readout(chart, 80, WORDS)[0].words == "Not read yet"


def test_history_on_its_way_shows_stubs_and_progress(tmp_path: Path) -> None:
    home = fill(tmp_path / "h.db", hours=1000, proven_more=3000)
    shown = view(home, Span.YEAR)
    assert shown.progress is not None
    assert shown.progress.share == pytest.approx(0.25)
    assert shown.progress.words.startswith("1\u202f000 of 4\u202f000 hours, back to ")
    chart = shown.chart
    assert chart is not None
    assert (chart.flags[:9] == Mark.COMING).all()
    assert "coming" in [entry.kind for entry in shown.legend]
    assert "still on its way" in shown.foot
    assert view(home, Span.DAY).can_go_back


def test_pages_without_a_key_are_neither_zero_nor_missing(tmp_path: Path, solar_home: Home) -> None:
    home = fill(tmp_path / "h.db", hours=30)
    mirror = Mirror.open(home.path)
    hour = home.first_slot // 4 - 1
    mirror.apply_tile(TileBatch(METER, 0, 0, 1, 10, [(0, hour, 0, False, b"sealed")], ()))
    mirror.close()
    shown = view(home, Span.DAY, home.zone.day_of(hour * 4))
    chart = shown.chart
    assert chart is not None
    assert sum(1 for f in chart.flags if f & Mark.SEALED) == 4
    assert "sealed" in [entry.kind for entry in shown.legend]
    assert "Hours without a key" in shown.foot


def test_a_home_without_generation_shows_what_it_knows(tmp_path: Path) -> None:
    home = fill(tmp_path / "h.db", hours=100, generation=False)
    shown = view(home, Span.DAY)
    assert [figure.swatch for figure in shown.figures] == ["grid", "sold"]
    assert "sun" not in [entry.kind for entry in shown.legend]
    assert shown.chart is not None
    assert len(table_of(shown.chart, WORDS).heads) == 4


def test_empty_files_are_empty_not_wrong(tmp_path: Path, solar_home: Home) -> None:
    path = tmp_path / "h.db"
    Mirror.open(path).close()
    request = UsageRequest(Span.DAY, None, False, 1, solar_home.end_s)
    assert present(MirrorUsage(path).load(request), WORDS).state is PageState.EMPTY
    with pytest.raises(ExternalError):
        MirrorUsage(tmp_path / "none.db").load(request)


def test_the_axis_does_not_breathe_within_a_month(solar_home: Home) -> None:
    tops = {
        shown.chart.top
        for day in range(1, 15)
        if (shown := view(solar_home, Span.DAY, as_day(date(2025, 5, day)))).chart is not None
    }
    assert len(tops) <= 3


def test_the_heat_map_keeps_clock_rows(solar_home: Home) -> None:
    heat = view(solar_home, Span.YEAR, heat=True).heat
    assert heat is not None
    assert heat.grid.shape == (365, 96)
    spring = as_day(date(2024, 10, 6)) - heat.first_day
    assert np.isnan(heat.grid[spring, 8:12]).all()
    assert not np.isnan(heat.grid[spring, 12])
    assert heat_readout(heat, spring, 9, WORDS)[0].words == "The clock skipped this quarter hour"
    gap = as_day(date(2024, 11, 10)) - 5 - heat.first_day
    total_kwh = float(np.nansum(heat.grid[: gap - 30]))
    assert total_kwh > 100
    months = [name for _, name in heat.months]
    assert (months[0], months[-1]) == ("Jul", "Jun")


def test_the_file_for_other_programs_has_plain_numbers(solar_home: Home) -> None:
    chart = view(solar_home, Span.DAY, solar_home.day(3)).chart
    assert chart is not None
    rows = list(csv.reader(io.StringIO(csv_of(chart, WORDS))))
    assert rows[0] == ["time", "from_grid_kwh", "sun_used_kwh", "sold_kwh", "compared", "state"]
    assert len(rows) == 97
    assert sum(float(row[1]) for row in rows[1:]) == pytest.approx(float(chart.grid.sum()))


@given(reach=st.floats(0.001, 1e6))
def test_steps_are_round_and_three_to_five(reach: float) -> None:
    step = nice_step(reach)
    assert 1.9 < reach / step <= 5.0001
    mantissa = step / 10 ** np.floor(np.log10(step))
    assert any(mantissa == pytest.approx(m) for m in (1, 2, 2.5, 5, 10))


def test_presenters_need_no_qt() -> None:
    """They run where PySide6 is not: checked in a process that forbids it."""
    code = (
        f"import sys; sys.modules['PySide6'] = None; sys.path.insert(0, {str(APP)!r})\n"
        "from ohmstead.ui.presenters import comparison, meter_state, pairing, usage, usage_figures, zoom"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_now_may_lie_far_beyond_the_readings(solar_home: Home) -> None:
    later = solar_home.end_s + 90 * 96 * SLOT_SECONDS
    data = load(solar_home, Span.DAY, now_s=later)
    shown = present(data, WORDS)
    assert data.day == solar_home.day(0)
    assert shown.can_go_on

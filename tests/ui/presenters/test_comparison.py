"""Comparing with an earlier period: aligned by calendar, never with what was not read whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import IntervalStatus as S
from ohmstead.store.records import IntervalRow
from ohmstead.ui.presenters.periods import (
    CHOICES,
    Against,
    Period,
    Span,
    as_date,
    as_day,
    earlier_period,
    period_of,
    settled,
)
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageRequest
from ohmstead.ui.presenters.usage_words import csv_of, readout, table_of
from ohmstead.ui.presenters.view_models import ChartModel, UsageView
from tests.ui.plain_words import PlainWords
from tests.ui.solar_home import Home, fill

WORDS = PlainWords()
DAYS = st.integers(3_000, 30_000)


def view(
    home: Home, span: Span, day: int | None, against: Against | None = None, *, net: bool = False
) -> UsageView:
    request = UsageRequest(span, day, False, 1, home.end_s - 1, against, net)
    return present(MirrorUsage(home.path).load(request), WORDS)


def chart_of(shown: UsageView) -> ChartModel:
    assert shown.chart is not None
    return shown.chart


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The recorded year twice: every day has had a day like it 52 weeks before."""
    return fill(tmp_path_factory.mktemp("two") / "home.db", years=2)


@given(day=DAYS, span=st.sampled_from([Span.DAY, Span.WEEK]), against=st.sampled_from(list(Against)))
def test_days_and_weeks_meet_their_weekdays(day: int, span: Span, against: Against) -> None:
    period = period_of(span, day, 1, (day, day))
    earlier = earlier_period(period, against)
    if against in (Against.USUAL, Against.NOTHING):
        assert earlier is None
        return
    assert earlier is not None
    assert len(earlier.days) == len(period.days)
    if span is Span.WEEK or against is Against.YEAR:
        assert as_date(earlier.first).isoweekday() == as_date(period.first).isoweekday()
    assert earlier.last < period.first


@given(day=DAYS, span=st.sampled_from([Span.MONTH, Span.YEAR]))
def test_months_meet_months(day: int, span: Span) -> None:
    period = period_of(span, day, 1, (day, day))
    before = earlier_period(period, Against.BEFORE)
    assert before is not None
    assert before.last + 1 == period.first
    assert as_date(before.first).day == 1
    year = earlier_period(period, Against.YEAR)
    if span is Span.MONTH:
        assert year is not None
        assert as_date(year.first).month == as_date(period.first).month
        assert as_date(year.first).year + 1 == as_date(period.first).year


@given(span=st.sampled_from(list(Span)), wanted=st.none() | st.sampled_from(list(Against)))
def test_a_span_compares_with_what_it_knows(span: Span, wanted: Against | None) -> None:
    assert settled(span, wanted) in CHOICES[span]
    if wanted in CHOICES[span]:
        assert settled(span, wanted) is wanted


def test_a_day_beside_the_day_before(solar_home: Home) -> None:
    day = solar_home.day(5)
    shown = chart_of(view(solar_home, Span.DAY, day, Against.BEFORE))
    before = chart_of(view(solar_home, Span.DAY, day - 1))
    assert shown.usual is not None
    np.testing.assert_allclose(shown.usual, before.grid + before.sun)
    assert shown.usual_words == WORDS.day(day - 1, weekday=True)
    assert not shown.usual_ticks


def test_a_changed_clock_is_matched_by_clock_time(solar_home: Home) -> None:
    """2 to 3 in the morning did not exist on 6 October; the doubled hour of 6 April has one partner."""
    spring = as_day(date(2024, 10, 6))
    after = chart_of(view(solar_home, Span.DAY, spring + 1, Against.BEFORE))
    assert after.usual is not None
    assert np.isnan(after.usual[8:12]).all()
    assert np.isfinite(after.usual[[*range(8), *range(12, 96)]]).all()
    skipped = chart_of(view(solar_home, Span.DAY, spring))
    np.testing.assert_allclose(after.usual[12:], (skipped.grid + skipped.sun)[8:])
    autumn = as_day(date(2025, 4, 6))
    doubled = chart_of(view(solar_home, Span.DAY, autumn, Against.BEFORE))
    assert doubled.usual is not None
    assert len(doubled.usual) == 100
    assert np.isnan(doubled.usual[12:16]).all()
    assert np.isfinite(doubled.usual[8:12]).all()


@pytest.mark.parametrize("span", [Span.DAY, Span.WEEK])
def test_a_year_earlier_is_fifty_two_weeks(two_years: Home, span: Span) -> None:
    """The file repeats the year after 52 weeks, so both are the same but where a clock changed."""
    shown = view(two_years, span, two_years.day(30), Against.YEAR)
    chart = chart_of(shown)
    assert chart.usual is not None
    known = np.isfinite(chart.usual)
    assert known.all()
    np.testing.assert_allclose(chart.usual, chart.grid + chart.sun)
    assert [f.note for f in shown.figures] == ["As a year before"] * 4


def test_a_month_beside_its_month_a_year_earlier(two_years: Home) -> None:
    day = as_day(date(2025, 3, 15))
    shown = view(two_years, Span.MONTH, day)
    chart = chart_of(shown)
    assert chart.usual is not None
    assert chart.usual_ticks
    assert chart.usual_words == "March 2024"
    earlier = chart_of(view(two_years, Span.MONTH, as_day(date(2024, 3, 15))))
    np.testing.assert_allclose(chart.usual, earlier.grid + earlier.sun)
    assert all("a year before" in figure.note for figure in shown.figures)
    assert shown.against is Against.YEAR
    assert [a for a, _ in shown.comparisons] == [Against.YEAR, Against.BEFORE, Against.NOTHING]


def test_a_longer_month_has_days_without_a_partner(solar_home: Home) -> None:
    shown = view(solar_home, Span.MONTH, as_day(date(2025, 3, 15)), Against.BEFORE)
    chart = chart_of(shown)
    assert chart.usual is not None
    assert np.isnan(chart.usual[28:]).all()
    assert np.isfinite(chart.usual[:28]).all()
    # Three days are on one side only: no share is said.
    assert {figure.note for figure in shown.figures} == {""}


def test_what_was_not_read_whole_is_no_partner(tmp_path: Path) -> None:
    gap = as_day(date(2025, 5, 20))

    def edit(row: IntervalRow) -> IntervalRow:
        missing = home.zone.day_of(row[0]) == gap and row[0] % 96 == 40
        return (*row[:4], S.MISSING, S.MISSING, S.MISSING, row[7]) if missing else row

    home = fill(tmp_path / "all.db")
    gappy = fill(tmp_path / "gap.db", edit=edit)
    shown = view(gappy, Span.DAY, gap + 1, Against.BEFORE)
    chart = chart_of(shown)
    assert chart.usual is not None
    assert int(np.isnan(chart.usual).sum()) == 1
    assert {figure.note for figure in shown.figures} == {""}
    assert np.isfinite(chart_of(view(home, Span.DAY, gap + 1, Against.BEFORE)).usual).all()
    month = chart_of(view(gappy, Span.MONTH, as_day(date(2025, 6, 5)), Against.BEFORE))
    assert month.usual is not None
    assert np.flatnonzero(np.isnan(month.usual[:30])).tolist() == [19]


def test_before_the_first_reading_there_is_nothing_to_compare(solar_home: Home) -> None:
    first = solar_home.zone.day_of(solar_home.first_slot)
    for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR):
        for against in (Against.BEFORE, Against.YEAR):
            assert chart_of(view(solar_home, span, first, against)).usual is None


def test_the_balance_is_import_less_export(solar_home: Home) -> None:
    for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.ALL):
        flows, net = (chart_of(view(solar_home, span, solar_home.day(5), net=n)) for n in (False, True))
        np.testing.assert_allclose(net.grid - net.sold, flows.grid - flows.sold, atol=1e-9)
        assert not ((net.grid > 0) & (net.sold > 0)).any()
        assert not net.has_sun
    shown = view(solar_home, Span.DAY, solar_home.day(5), net=True)
    assert shown.figures[0].label in ("Net from the grid", "Net into the grid")
    chart = chart_of(shown)
    i = int(chart.sold.argmax())
    assert readout(chart, i, WORDS)[0].words == "Net"
    assert readout(chart, i, WORDS)[0].value.startswith("−" if chart.sold[i] else "")
    assert table_of(chart, WORDS).heads[1] == "Net"
    assert csv_of(chart, WORDS).startswith("time,net_kwh,")


def test_the_usual_balance_is_that_of_the_same_days(solar_home: Home) -> None:
    day = solar_home.day(5)
    net = chart_of(view(solar_home, Span.DAY, day, net=True))
    assert net.usual is not None
    sums = []
    for weeks in range(1, 9):
        then = chart_of(view(solar_home, Span.DAY, day - 7 * weeks, net=True))
        sums.append(then.grid - then.sold)
    np.testing.assert_allclose(net.usual, np.mean(sums, axis=0))


def test_the_compared_column_stands_in_table_and_file(solar_home: Home) -> None:
    chart = chart_of(view(solar_home, Span.DAY, solar_home.day(5), Against.BEFORE))
    table = table_of(chart, WORDS)
    assert table.heads[-2] == chart.usual_words
    assert chart.usual is not None
    assert table.rows[40][-2] == WORDS.number(float(chart.usual[40]), 3)
    assert csv_of(chart, WORDS).splitlines()[41].split(",")[-2] == f"{chart.usual[40]:.3f}"
    nothing = chart_of(view(solar_home, Span.DAY, solar_home.day(5), Against.NOTHING))
    assert nothing.usual is None
    assert "compared" not in csv_of(nothing, WORDS)


def test_periods_that_have_no_earlier_one() -> None:
    assert earlier_period(Period(Span.ALL, 0, 400), Against.BEFORE) is None
    assert earlier_period(Period(Span.FREE, 0, 400), Against.YEAR) is None

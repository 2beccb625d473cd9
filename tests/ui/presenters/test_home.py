"""Home's view model on the real home's file: the same numbers as Usage, against a usual day by now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import IntervalStatus as S
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.store.mirror import Mirror
from ohmstead.store.readings import Readings
from ohmstead.store.records import Finding, IntervalRow
from ohmstead.ui.presenters.home import present_home
from ohmstead.ui.presenters.home_data import HomeData, HomeRequest, MirrorHome
from ohmstead.ui.presenters.home_views import HomeView, Prices
from ohmstead.ui.presenters.home_words import cost_nano
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageRequest
from ohmstead.ui.presenters.view_models import Mark, PageState
from tests.ui.plain_words import PlainWords
from tests.ui.solar_home import METER, Home, fill

WORDS = PlainWords()
PRICES = Prices(263_500, 129_000, "EUR")


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home on its last day at 14:00: ten pages are not there yet."""
    return fill(tmp_path_factory.mktemp("afternoon") / "home.db", skip_last=10)


def load(home: Home, *, late_s: int = 17 * 60, seen_slot: int = 0) -> HomeData:
    return MirrorHome(home.path, METER).load(HomeRequest(home.end_s + late_s, 1, seen_slot))


def view(
    home: Home,
    *,
    late_s: int = 17 * 60,
    seen_slot: int = 0,
    seen_s: int = 0,
    away: bool = False,
    prices: Prices = PRICES,
) -> HomeView:
    data = load(home, late_s=late_s, seen_slot=seen_slot)
    return present_home(data, WORDS, now_s=home.end_s + late_s, away=away, prices=prices, seen_s=seen_s)


def figures(found: HomeView) -> dict[str, str]:
    return {f.label: f"{f.value} {f.unit}" for f in found.figures}


def test_today_says_what_usage_says(afternoon: Home) -> None:
    now_s = afternoon.end_s + 17 * 60
    request = UsageRequest(Span.DAY, afternoon.zone.day_of(afternoon.last_slot), False, 1, now_s)
    usage = present(MirrorUsage(afternoon.path).load(request), WORDS)
    found = view(afternoon)
    mine = {label.removesuffix(" so far"): value for label, value in figures(found).items()}
    for figure in usage.figures[1:]:
        assert mine[figure.label] == f"{figure.value} {figure.unit}"
    assert found.chart is not None
    assert usage.chart is not None
    for mine_values, theirs in (
        (found.chart.grid, usage.chart.grid),
        (found.chart.sun, usage.chart.sun),
        (found.chart.sold, usage.chart.sold),
        (found.chart.usual, usage.chart.usual),
    ):
        assert np.array_equal(mine_values, theirs)


def test_each_figure_is_compared_with_a_usual_day_by_now(afternoon: Home) -> None:
    """By hand from the file: mean of complete earlier Saturdays, up to the same quarter hour."""
    zone, last = afternoon.zone, afternoon.last_slot
    day = zone.day_of(last)
    count = last - zone.slots_of(day)[0] + 1
    readings = Readings.open(afternoon.path)
    sums = []
    for weeks in range(0, 9):
        slots = zone.slots_of(day - 7 * weeks)
        series = readings.intervals(METER, slots[0], slots[0] + count - 1)
        whole = readings.intervals(METER, slots[0], slots[-1])
        if weeks and (len(whole) != 96 or (whole.status == S.MISSING).any()):
            continue
        own = np.maximum(series.generation_wh - series.export_wh, 0)
        sums.append([int(v.sum()) for v in (series.import_wh, own, series.export_wh)])
    readings.close()
    today, usual = np.array(sums[0]), np.mean(sums[1:], axis=0)
    shown = view(afternoon).figures
    for i in range(3):
        more = (today[i] - usual[i]) / 1000
        if abs(more) < 0.05:
            assert shown[i].note == "As usual by now"
        else:
            way = "more" if more > 0 else "less"
            assert shown[i].note == f"{abs(more):.1f} {way} than usual by now"
            assert shown[i].arrow == ("arrow-up-right" if more > 0 else "arrow-down-right")


def test_cost_is_exact(afternoon: Home) -> None:
    today = load(afternoon).today
    assert today is not None
    series = today.intervals
    assert series is not None
    bought, sold = int(series.import_wh.sum()), int(series.export_wh.sum())
    nano = bought * 263_500 - sold * 129_000
    assert figures(view(afternoon))["Today's cost so far"] == f"{nano / 1e9:.2f} €"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**8), st.integers(0, 10**8))
def test_money_is_integers_all_the_way(bought: int, sold: int, price: int, feed_in: int) -> None:
    assert cost_nano(bought, sold, Prices(price, feed_in)) == bought * price - sold * feed_in
    assert cost_nano(bought, sold, Prices(price, None)) == bought * price


def test_no_price_no_cost_and_no_feed_in_is_said(afternoon: Home) -> None:
    assert not [label for label in figures(view(afternoon, prices=Prices())) if "cost" in label]
    half = view(afternoon, prices=Prices(263_500, None, "CHF")).figures[-1]
    assert (half.unit, half.note) == ("CHF", "without what you sold")


def test_what_is_not_here_yet_is_on_its_way_or_in_the_meter(afternoon: Home) -> None:
    here = view(afternoon)
    assert here.pending is not None
    assert (here.pending.first, here.pending.last, here.pending.away) == (56, 57, False)
    assert here.chart is not None
    assert int(here.chart.flags[56]) == Mark.COMING
    assert here.legend[-1].words == "Not proven yet"
    gone = view(afternoon, late_s=97 * 60, away=True)
    assert gone.pending is not None
    assert (gone.pending.first, gone.pending.last, gone.pending.away) == (56, 62, True)
    assert gone.chart is not None
    assert not (gone.chart.flags[:57] & np.uint8(Mark.COMING)).any()
    assert (gone.legend[-1].kind, gone.legend[-1].words) == ("gap", "Still in the meter")
    # Nothing of it is in any sum.
    assert figures(gone) == figures(here)


def test_the_line_of_now(afternoon: Home) -> None:
    assert view(afternoon).now_at == pytest.approx(56 + 17 / 15)


def test_a_day_that_begins_shows_itself_and_an_old_home_its_last_day(afternoon: Home) -> None:
    just_after_midnight = view(afternoon, late_s=10 * 3600 + 600)
    assert (just_after_midnight.title, just_after_midnight.now_at) == (
        "Sunday 15 June",
        pytest.approx(10 / 15),
    )
    old = view(afternoon, late_s=5 * 86_400)
    assert (old.title, old.now_at) == ("Saturday 14 June", None)
    assert "From the grid" in figures(old)
    assert old.yesterday is not None
    assert old.yesterday.figure.label == "Friday 13 June"


def test_since_the_last_visit(afternoon: Home) -> None:
    seen_s = afternoon.end_s - 66 * SLOT_SECONDS + 120
    found = view(afternoon, seen_slot=afternoon.last_slot - 66, seen_s=seen_s).visit
    assert found is not None
    assert found.head == "Since yesterday, 21:32"
    assert found.sentences == ("66 quarter hours came in and were checked.",)
    none = view(afternoon, seen_slot=afternoon.last_slot, seen_s=seen_s).visit
    assert none is not None
    assert none.sentences == ("No new reading has come yet.",)
    first = view(afternoon).visit
    assert first is not None
    assert first.head == "Here so far"
    assert "back to 14 June 2024" in first.sentences[0]


def test_the_visit_says_what_was_odd(tmp_path: Path) -> None:
    probe = fill(tmp_path / "probe.db", hours=24)

    def edit(row: IntervalRow) -> IntervalRow:
        back = probe.last_slot - row[0]
        status = {3: S.MISSING, 4: S.MISSING, 8: S.ESTIMATED, 20: S.CLOCK_SUSPECT, 30: S.REPLACED}.get(back)
        return row if status is None else (*row[:4], status, status, status, row[7])

    home = fill(tmp_path / "home.db", hours=24 * 20, edit=edit)
    data = load(home, seen_slot=home.last_slot - 40)
    data = replace(data, findings=(Finding(1, "TileError", "pages 0 to 9", "", home.end_s, b""),))
    found = present_home(
        data, WORDS, now_s=home.end_s, away=False, prices=Prices(), seen_s=home.end_s - 40 * 900
    ).visit
    assert found is not None
    assert found.sentences == (
        "40 quarter hours came in and were checked.",
        "2 of them have no reading.",
        "1 of them is estimated.",
        "For 1 of them the clock is in doubt.",
        "Another meter counts now.",
        "1 thing was refused: the Ledger page says what.",
    )


def test_a_day_that_stands_out_of_the_year_is_named(tmp_path: Path, solar_home: Home) -> None:
    day = solar_home.day(1)
    slots = solar_home.zone.slots_of(day)

    def edit(row: IntervalRow) -> IntervalRow:
        if row[0] not in slots or row[3] is None:
            return row
        return (*row[:3], row[3] + 900, *row[4:])

    home = fill(tmp_path / "home.db", edit=edit)
    seen = solar_home.zone.slots_of(day)[0] - 1
    found = view(home, seen_slot=seen, seen_s=seen * SLOT_SECONDS).visit
    assert found is not None
    assert "the most in a year" in found.sentences[-1]
    assert found.sentences[-1].startswith("Friday 13 June brought ")
    ordinary = view(solar_home, seen_slot=seen, seen_s=seen * SLOT_SECONDS).visit
    assert ordinary is not None
    assert not [s for s in ordinary.sentences if "most in a year" in s]


def test_yesterday_and_the_week(afternoon: Home) -> None:
    readings = Readings.open(afternoon.path)
    day = afternoon.zone.day_of(afternoon.last_slot)
    days = readings.days(METER, day - 5, day)
    readings.close()
    used = days.import_wh + days.sun_home_wh
    found = view(afternoon)
    assert found.yesterday is not None
    assert found.yesterday.day == day - 1
    assert found.yesterday.figure.value == WORDS.number(int(used[4]) / 1000, 2)
    assert found.week_words.startswith(f"{WORDS.number(int(used.sum()) / 1000, 1)} kWh used.")
    assert [bar.letter for bar in found.week] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [bar.state for bar in found.week] == ["full"] * 5 + ["partial", "ahead"]
    assert [round(bar.grid + bar.sun, 3) for bar in found.week[:6]] == [round(int(v) / 1000, 3) for v in used]


def test_the_week_is_compared_with_the_same_part_of_the_week_before(afternoon: Home) -> None:
    readings = Readings.open(afternoon.path)
    zone, day = afternoon.zone, afternoon.zone.day_of(afternoon.last_slot)
    start = zone.slots_of(day - 5)[0]

    def used(first: int, last: int) -> int:
        series = readings.intervals(METER, first, last)
        own = np.maximum(series.generation_wh - series.export_wh, 0)
        return int((series.import_wh + own).sum())

    now, then = used(start, afternoon.last_slot), used(start - 672, afternoon.last_slot - 672)
    readings.close()
    percent = round((now / then - 1) * 100)
    way = "more" if percent > 0 else "less"
    assert view(afternoon).week_words.endswith(f"{abs(percent)} % {way} than last week by now.")


def test_without_a_generation_register_no_use_of_the_house_is_claimed(tmp_path: Path) -> None:
    found = view(fill(tmp_path / "plain.db", skip_last=10, generation=False))
    assert list(figures(found)) == ["From the grid so far", "Sold", "Today's cost so far"]
    assert "used" not in found.week_words
    assert found.yesterday is not None
    assert found.yesterday.figure.unit == "kWh from the grid"
    assert found.yesterday.parts == ""


def test_gaps_are_left_out_and_said(tmp_path: Path) -> None:
    probe = fill(tmp_path / "probe.db", hours=24, skip_last=10)

    def edit(row: IntervalRow) -> IntervalRow:
        return (*row[:4], 2, 2, 2, row[7]) if 20 <= probe.last_slot - row[0] <= 25 else row

    found = view(fill(tmp_path / "home.db", skip_last=10, edit=edit))
    assert "6 of 96 quarter hours have no reading (07:30 to 09:00)" in found.foot
    assert found.spark is not None
    assert int((found.spark.flags == Mark.GAP).sum()) == 6
    assert "last week" not in found.week_words  # a part with a hole is compared with nothing


def test_the_last_24_hours(afternoon: Home) -> None:
    spark = view(afternoon).spark
    assert spark is not None
    readings = Readings.open(afternoon.path)
    series = readings.intervals(METER, afternoon.last_slot - 95, afternoon.last_slot)
    readings.close()
    assert spark.grid.sum() == pytest.approx(int(series.import_wh.sum()) / 1000)
    assert (spark.start, spark.end) == ("yesterday, 14:00", "14:00")


def test_while_history_comes_in(tmp_path: Path) -> None:
    found = view(fill(tmp_path / "home.db", hours=300, skip_last=10, proven_more=8000))
    assert found.state is PageState.PARTIAL
    assert found.progress is not None
    assert found.progress.share == pytest.approx(300 / 8300)


def test_nothing_to_show(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "empty.db").close()
    data = MirrorHome(tmp_path / "empty.db").load(HomeRequest(1_750_000_000, 1))
    empty = present_home(data, WORDS, now_s=1_750_000_000, away=False, prices=PRICES, seen_s=0)
    assert (empty.state, empty.chart) == (PageState.EMPTY, None)


@pytest.mark.parametrize("now_s", [0, 1 << 40])
def test_a_clock_outside_the_ledgers_calendar_shows_something(afternoon: Home, now_s: int) -> None:
    data = MirrorHome(afternoon.path, METER).load(HomeRequest(now_s, 1))
    assert data.today is not None

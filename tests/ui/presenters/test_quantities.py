"""Gas, water and data in Usage: the same page in other units, offered only where the meter counts them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ohmstead.core.intervals import Channel
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import TileBatch, UtilityRow
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.quantities import ELECTRICITY, quantity_of
from ohmstead.ui.presenters.usage import present
from ohmstead.ui.presenters.usage_data import MirrorUsage, UsageRequest
from ohmstead.ui.presenters.usage_words import csv_of, readout, table_of
from ohmstead.ui.presenters.view_models import UsageView
from tests.ui.plain_words import PlainWords
from tests.ui.solar_home import METER, Home, fill

WORDS = PlainWords()
PER = {Channel.GAS: 1000.0, Channel.WATER: 1.0, Channel.DATA: 1e6}


def amount(channel: Channel, slot: int) -> int:
    return (slot * 7 % 40) * {Channel.GAS: 5, Channel.WATER: 1, Channel.DATA: 9_000}[channel]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The recorded home, with made-up gas, water and data of its last 70 days."""
    made = fill(tmp_path_factory.mktemp("all") / "home.db")
    mirror = Mirror.open(made.path)
    rows: list[UtilityRow] = [
        (int(channel), slot, amount(channel, slot), 2 if slot == made.last_slot - 200 else 0, 0)
        for channel in PER
        for slot in range(made.last_slot - 70 * 96 + 1, made.last_slot + 1)
    ]
    mirror.apply_tile(TileBatch(METER, 0, 0, 0, 10, (), (), rows))
    mirror.close()
    return made


def view(home: Home, span: Span, channel: Channel | None, back: int = 5) -> UsageView:
    request = UsageRequest(span, home.day(back), False, 1, home.end_s - 1, channel=channel)
    return present(MirrorUsage(home.path).load(request), WORDS)


@pytest.mark.parametrize("channel", list(PER))
@pytest.mark.parametrize("span", [Span.DAY, Span.WEEK, Span.MONTH])
def test_it_shows_what_was_counted_in_its_unit(home: Home, span: Span, channel: Channel) -> None:
    shown = view(home, span, channel)
    chart, quantity = shown.chart, quantity_of(channel)
    assert chart is not None
    assert chart.starts is not None
    slots = np.arange(chart.starts[0], min(int(chart.starts[-1]), home.last_slot + 1))
    total = sum(amount(channel, int(s)) for s in slots if s != home.last_slot - 200)
    assert float(chart.grid.sum()) * PER[channel] == pytest.approx(total)
    assert not chart.sun.any()
    assert not chart.sold.any()
    (figure,) = shown.figures
    assert figure.unit == quantity.unit
    assert figure.label == quantity.used(WORDS)
    assert shown.unit_words.startswith(f"{quantity.unit} per ")
    assert chart.quantity.ink == "others_strong"


def test_words_table_and_file_speak_of_it(home: Home) -> None:
    chart = view(home, Span.DAY, Channel.GAS).chart
    assert chart is not None
    assert readout(chart, 40, WORDS)[0].words == "Gas used"
    assert readout(chart, 40, WORDS)[0].value.endswith(" m³")
    assert table_of(chart, WORDS).heads[:2] == ("Time", "Gas used")
    assert csv_of(chart, WORDS).startswith("time,gas_m3,")
    assert "sold" not in csv_of(chart, WORDS).splitlines()[0]


def test_water_has_whole_litres(home: Home) -> None:
    shown = view(home, Span.DAY, Channel.WATER)
    assert shown.chart is not None
    assert "." not in readout(shown.chart, 41, WORDS)[0].value
    assert "." not in shown.figures[0].value


def test_its_usual_day_is_compared(home: Home) -> None:
    shown = view(home, Span.DAY, Channel.GAS)
    assert shown.chart is not None
    assert shown.chart.usual is not None
    assert "usual" in shown.figures[0].note


def test_only_what_is_counted_is_offered(home: Home, solar_home: Home) -> None:
    offered = view(home, Span.DAY, None).quantities
    assert [q.channel for q in offered] == [None, Channel.GAS, Channel.WATER, Channel.DATA]
    assert view(solar_home, Span.DAY, None).quantities == ()
    assert quantity_of(None) is ELECTRICITY is quantity_of(Channel.IMPORT)


def test_electricity_is_what_it_was(home: Home, solar_home: Home) -> None:
    ours, plain = view(home, Span.MONTH, None), view(solar_home, Span.MONTH, None)
    assert replace(ours, quantities=(), chart=None) == replace(plain, chart=None)


def test_a_gap_is_no_zero(home: Home, tmp_path: Path) -> None:
    slot = home.last_slot - 200
    back = home.day(0) - home.zone.day_of(slot)
    chart = view(home, Span.DAY, Channel.GAS, back).chart
    assert chart is not None
    index = slot - home.zone.slots_of(home.day(back))[0]
    assert readout(chart, index, WORDS)[0].words == "No reading"

"""Past turns repeat what would have been forecast then, and the naive forecasts are what they say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ohmstead.forecast.analogs import DAYS, Analogs, alike_weight, weights
from ohmstead.forecast.days_back import DaysBack, Series, days_back, sun_slots
from ohmstead.forecast.quantiles import LEVELS, Floats
from ohmstead.forecast.skill import JUDGED, TURNS, judge, naive_bands
from ohmstead.forecast.sun import slot_light
from tests.forecast.homes import BERLIN, made_up, table

BACK = DAYS + TURNS + 10
HOME = made_up(table(date(2024, 1, 20), 130), 130)
AMOUNTS = HOME.export_wh.astype(np.float64)
LIGHT = slot_light(BERLIN, HOME.first_slot, len(HOME) + 300)


def tomorrow(now: int) -> Analogs:
    """Tomorrow's analogs, by days of UTC, from the readings before ``now``."""
    series = Series(HOME.first_slot, AMOUNTS[: now - HOME.first_slot], LIGHT)
    slots = (now // 96 + 1) * 96 + np.arange(96)
    state, alike = alike_weight(series, now, today=False, back=BACK)
    return Analogs(days_back(series, sun_slots(slots, BACK), now), weights(state, TURNS + 1, alike, None))


@pytest.mark.parametrize("turn", [1, 2, 20])
def test_a_turn_is_the_forecast_of_that_day(turn: int) -> None:
    now = HOME.end_slot - 50
    later, then = tomorrow(now), tomorrow(now - 96 * turn)
    np.testing.assert_array_equal(
        later.back.samples(range(turn, turn + 1), DAYS), then.back.samples(range(0, 1), DAYS)
    )
    np.testing.assert_array_equal(later.weights[turn], then.weights[0])
    np.testing.assert_array_equal(later.totals(range(turn, turn + 1)).shape, (1, DAYS))


def test_what_is_judged_is_not_what_the_levels_come_from() -> None:
    """The newest four weeks turned upside down: the skill's levels, of the weeks before, stay as they were, so
    coverage falls; the levels for tomorrow follow."""
    now = HOME.end_slot - 50
    plain = tomorrow(now)
    own = plain.back.own.copy()
    own[:, 1 : JUDGED + 1] = 3 * own[:, 1 : JUDGED + 1] + 100
    back = plain.back
    odd = DaysBack(back.slots, back.first_back, own, back.beside, back.light, back.light_beside)
    calm, upset = judge(plain), judge(Analogs(odd, plain.weights))
    assert calm.skill is not None
    assert upset.skill is not None
    assert upset.skill.coverage < calm.skill.coverage - 0.2
    assert upset.slot_levels[2] > calm.slot_levels[2]
    assert calm.slot_levels[1] == LEVELS[1]


def test_naive_bands_are_what_they_say() -> None:
    now = HOME.end_slot - 50
    back = tomorrow(now).back
    bands = naive_bands(back)
    for s, turn in ((40, 1), (48, 3), (52, JUDGED), (44, 10)):
        at = int(back.slots[s]) - 96 * turn - HOME.first_slot
        lag = int(back.first_back[s])

        def seen(days: int, at: int = at) -> float:
            return float(AMOUNTS[at - 96 * days])

        def mean(days: int) -> float:
            return float(np.mean([seen(days + d) for d in range(7)]))

        for band, (guess, behind) in zip(
            bands,
            ((seen, lag), (mean, lag), (seen, 7)),
            strict=True,
        ):
            errors = [seen(lag + d) - guess(lag + d + behind) for d in range(28)]
            wanted = np.maximum(0, guess(behind) + np.quantile(errors, LEVELS, method="hazen"))
            np.testing.assert_allclose(band[:, s, turn - 1], wanted, atol=1e-9)


def test_without_anything_to_judge_levels_are_nominal() -> None:
    none: Floats = np.full((96, BACK + 1), np.nan)
    back = DaysBack(np.arange(96), np.ones(96, np.int64), none, (none,) * 3, None, ())
    found = judge(Analogs(back, np.ones((TURNS + 1, DAYS))))
    assert (found.slot_levels, found.total_levels, found.days, found.skill) == (LEVELS, LEVELS, 0, None)

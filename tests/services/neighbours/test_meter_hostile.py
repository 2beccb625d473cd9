"""A meter that hands over what it did not state, or says other than it did: found, refused, and right later."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from ohmstead.core.codec import Value, encode
from ohmstead.ledger.slice import SliceError
from ohmstead.link.messages import Method
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.rounds import Round
from ohmstead.services.neighbour_states import Finding, OwnStage, Standing
from tests.helpers.home import Lie
from tests.services.neighbours.altered import HASH
from tests.services.neighbours.lies import (
    DUE,
    GAPS,
    ON_LEDGER,
    SENT,
    about,
    of_own,
    refusing,
    stage_of,
    word,
)
from tests.services.neighbours.rig import DAY, EPOCH, FIRST_DAY, HOUSES, App, Town
from tests.services.neighbours.seen import assert_not_drawn, assert_right, standings

# ---- the own statement ------------------------------------------------------------------------------


def own(change: Callable[[list[Value]], list[Value]], day: int = DAY) -> Lie:
    return about(Method.NBR_OWN, lambda a: [change(cast("list[Value]", a[0]))], of_own(day))


def restated(two_days: Town, wh: int) -> Callable[[list[Value]], list[Value]]:
    """A message of other Wh, well proven under the same seed."""
    street = two_days.bench.street
    round_ = Round.of_day(street.hash, HOUSES.id, DAY)

    def change(answer: list[Value]) -> list[Value]:
        seed = cast("bytes", answer[2])
        message = prove_day(round_, two_days.bench.meter.id, street.joint(EPOCH), wh, HOUSES.s, seed)
        return [answer[0], encode([wh]), seed, message]

    return change


def flipped(answer: list[Value]) -> list[Value]:
    message = cast("bytes", answer[3])
    return [*answer[:3], message[:-1] + bytes((message[-1] ^ 1,))]


async def test_another_own_message_than_is_on_the_ledger(app: App, two_days: Town) -> None:
    """The meter hands over what it did not state. The right one is asked for until it comes."""
    for change in (restated(two_days, 17), flipped, lambda a: [*a[:3], a[3][:-64]]):
        await app.look(own(change))
        assert DAY not in standings(app.state)
        (alarm,) = app.state.alarms
        assert (alarm.finding, alarm.day) == (Finding.LEFT_OUT, DAY)
        assert "not among those that were added" in alarm.words
        assert standings(app.state)[DAY + 1] is Standing.RESULT
    await app.look()
    assert_right(app)


async def test_another_seed(app: App) -> None:
    await app.look(own(lambda a: [a[0], a[1], HASH, a[3]]))
    assert DAY not in standings(app.state)
    (alarm,) = app.state.alarms
    assert (alarm.finding, alarm.day) == (Finding.ALTERED, DAY)
    await app.look(own(lambda a: [a[0], a[1], HASH, a[3]]))
    assert [a.finding for a in app.state.alarms] == [Finding.ALTERED]
    await app.look()
    assert_right(app)


async def test_other_amounts_beside_a_right_message_change_nothing(app: App, two_days: Town) -> None:
    """What the home stated is reckoned from its own verified readings, never taken from the meter."""
    await app.look(own(lambda a: [a[0], encode([1, 2, 3]), a[2], a[3]]))
    assert_right(app)
    assert next(r.wh for r in app.state.own if r.day == DAY) == two_days.own_wh(DAY)


@pytest.mark.parametrize("lie", [
    refusing(Method.NBR_OWN, of_own(DAY)),
    own(lambda a: ["flats", *a[1:]]),
])  # fmt: skip
async def test_nothing_is_handed_over(app: App, lie: Lie) -> None:
    await app.look(lie)
    assert_not_drawn(app)
    (alarm,) = app.state.alarms
    assert (alarm.finding, alarm.day) == (Finding.LEFT_OUT, DAY)
    assert "does not hand over" in alarm.words
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("change", [
    lambda a: [a[0], a[1], a[2][:-1], a[3]], lambda a: [*a[:3], b"x" * 30_000], lambda a: a[:3],
    lambda a: [a[0], b"\xff", a[2], a[3]], lambda a: [a[0], encode([-1]), a[2], a[3]], lambda a: [7, *a[1:]],
])  # fmt: skip
async def test_an_own_statement_in_no_such_message(
    app: App, change: Callable[[list[Value]], list[Value]]
) -> None:
    with pytest.raises(SliceError, match="own statement"):
        await app.look(own(change))
    assert not any(r.standing is Standing.RESULT for r in app.state.rounds)
    await app.look()
    assert_right(app)


# ---- the meter's word -------------------------------------------------------------------------------


async def test_a_meter_that_says_it_stated_where_it_did_not(app: App) -> None:
    """A void day has no sums to be left out of; a day with a result is not drawn until the statement is there."""
    await app.look(stage_of(FIRST_DAY, ON_LEDGER))
    assert standings(app.state)[FIRST_DAY] is Standing.VOID
    assert app.state.alarms == ()
    assert next(r.included for r in app.state.own if r.day == FIRST_DAY) is None


async def test_a_meter_that_denies_what_is_proven(app: App) -> None:
    """Days that the state proves as stated, while they are open, count as stated for ever."""
    await app.look(word(lambda rows: []))
    named = {r.day: r.stage for r in app.state.own}
    assert named == {DAY + 3: OwnStage.ON_LEDGER, DAY + 4: OwnStage.ON_LEDGER}, "no other day is open"
    await app.look(stage_of(DAY + 4, GAPS))
    assert next(r.stage for r in app.state.own if r.day == DAY + 4) is OwnStage.ON_LEDGER
    await app.look()
    assert_right(app)


async def test_a_meter_that_tells_late_what_it_stated(app: App) -> None:
    """A round that was right by its record alone is checked again once there is an own part in it."""
    await app.look(stage_of(DAY, GAPS))
    assert standings(app.state)[DAY] is Standing.RESULT
    assert next(r.included for r in app.state.own if r.day == DAY) is None
    await app.look(refusing(Method.NBR_OWN, of_own(DAY)))
    assert DAY not in standings(app.state)
    assert [(a.finding, a.day) for a in app.state.alarms] == [(Finding.LEFT_OUT, DAY)]
    await app.look()
    assert_right(app)


async def test_a_meter_that_takes_its_word_back(app: App) -> None:
    """It said that it stated and handed nothing over; now it says that it did not: nothing is missing."""
    both = stage_of(DAY, GAPS)
    await app.look(refusing(Method.NBR_OWN, of_own(DAY)))
    assert [(a.finding, a.day) for a in app.state.alarms] == [(Finding.LEFT_OUT, DAY)]
    await app.look(both)
    assert app.state.alarms == ()
    assert standings(app.state)[DAY] is Standing.RESULT


WORDS: list[Value] = [
    7,
    [],
    [None, None, None],
    [None, None, None, 7],
    [None, None, None, [[True, 1, "houses"]]],
    [None, None, None, [[1, 1, "houses", 2]]],
    [None, None, None, [[False, -1, "houses", 2]]],
    [None, None, None, [[False, 1 << 40, "houses", 2]]],
    [None, None, None, [[False, 1, "Houses!", 2]]],
    [None, None, None, [[False, 1, "houses", 7]]],
    [None, None, None, [[False, 1, "houses", 2]] * 1001],
    ["nowhere", False, None, []],
    [7, False, None, []],
    [None, 7, None, []],
    [None, None, ["houses"], []],
    [None, None, [7, 0, None], []],
]


async def test_a_word_that_is_none_is_refused(app: App) -> None:
    before = await app.look()
    for number, answer in enumerate(WORDS):
        with pytest.raises(SliceError, match="neighbours"):
            await app.look(about(Method.NBR, lambda _a, x=answer: [x]), readings=False)
        assert app.state == before, number


async def test_a_word_of_rounds_that_cannot_be_is_passed_over(app: App) -> None:
    """A meter cannot fill this computer's file with rounds of its own making, nor hide the real ones by them."""
    before = await app.look()
    made_up: list[Value] = [[False, day, "houses", ON_LEDGER] for day in range(DAY + 100, DAY + 600)]
    made_up += [[False, day, "houses", GAPS] for day in range(FIRST_DAY - 40, FIRST_DAY)]
    made_up += [[True, EPOCH + n, "houses", DUE] for n in range(1, 20)]
    made_up += [[False, DAY, "mansions", SENT], [True, 0, "houses", SENT]]
    await app.look(word(lambda rows: [*rows, *made_up]))
    assert [(r.day, r.epoch, r.cohort) for r in app.state.own] == [
        (r.day, r.epoch, r.cohort) for r in before.own
    ]
    assert_right(app)

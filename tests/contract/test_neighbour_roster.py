"""Rosters: joins, leaves and moves by version and month, and who counts when a round closes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract.neighbour_parameters import DAY_S, STATE_S
from ohmstead.contract.neighbour_roster import Place, counted, place_of
from ohmstead.contract.neighbour_state import Now, Proofs
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import as_list, decode, encode
from ohmstead.core.statements import Commission, Retire
from ohmstead.ledger.meterlog import REVOKED, SUSPENDED
from ohmstead.neighbours.messages import RosterAction, RosterChange
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    FLATS,
    HOUSES,
    PARAMS,
    SIGNERS,
    Home,
    Tally,
    end_of,
    keys_of,
    month_end,
)
from tests.contract.rig import CERTIFIER, FIRST_HOUR, START_S, STRANGER, ZONE, log_of

JOIN, LEAVE, MOVE = RosterAction.JOIN, RosterAction.LEAVE, RosterAction.MOVE
#: Changes count from the next month, as on a real ledger; certificates need no age.
NEXT_MONTH = replace(PARAMS, at_once=False)


def send(tally: Tally, home: Home, action: RosterAction, cohort: str, epoch: int | None = None) -> None:
    tally.accept(home.meter.key, tally.change(home, action, cohort, epoch))


def refused(tally: Tally, home: Home, action: RosterAction, cohort: str, epoch: int | None = None) -> Reason:
    found = tally.refuse(home.meter.key, tally.change(home, action, cohort, epoch))
    home.version -= 1
    return found


def on(tally: Tally, home: Home, cohort: str = HOUSES.id, epoch: int = EPOCH) -> bool:
    place = place_of(tally.state, cohort, home.id)
    return place is not None and place.holds(epoch)


def count(tally: Tally, cohort: str = HOUSES.id, epoch: int = EPOCH, at: int | None = None) -> int:
    """How many would count if a round closed now."""
    now = Now(tally.hash, tally.params, tally.height, tally.time_s if at is None else at, Proofs())
    return counted(tally.state, cohort, epoch, now)


# ---- joins, leaves, moves ------------------------------------------------------------------------


def test_a_join_counts_from_the_next_month_and_names_it() -> None:
    tally = Tally(NEXT_MONTH)
    home = tally.home("a", None)
    assert refused(tally, home, JOIN, HOUSES.id, EPOCH) is Reason.WRONG_EPOCH
    assert refused(tally, home, JOIN, HOUSES.id, EPOCH + 2) is Reason.WRONG_EPOCH
    send(tally, home, JOIN, HOUSES.id, EPOCH + 1)
    assert [on(tally, home, epoch=e) for e in (EPOCH, EPOCH + 1, EPOCH + 9)] == [False, True, True]


def test_a_demonstration_joins_in_the_running_month() -> None:
    tally = Tally()
    home = tally.home("a")
    assert on(tally, home)
    assert refused(tally, home, MOVE, FLATS.id, EPOCH + 1) is Reason.WRONG_EPOCH


def test_the_month_is_that_of_the_block() -> None:
    tally = Tally(NEXT_MONTH)
    a, b = tally.home("a", None), tally.home("b", None)
    last = tally.change(a, JOIN, HOUSES.id, EPOCH + 1)
    tally.accept(a.meter.key, last, at=month_end() - 1)
    late = tally.change(b, JOIN, HOUSES.id, EPOCH + 1)
    assert tally.refuse(b.meter.key, late, at=month_end()) is Reason.WRONG_EPOCH


def test_who_is_in_joins_no_more_and_who_is_not_neither_moves_nor_leaves() -> None:
    tally = Tally()
    a, b = tally.home("a"), tally.home("b", None)
    assert refused(tally, a, JOIN, HOUSES.id) is Reason.ALREADY_DONE
    assert refused(tally, a, JOIN, FLATS.id) is Reason.ALREADY_DONE
    assert refused(tally, a, MOVE, HOUSES.id) is Reason.ALREADY_DONE
    assert refused(tally, a, LEAVE, FLATS.id) is Reason.NOT_ON_ROSTER
    assert refused(tally, b, MOVE, HOUSES.id) is Reason.NOT_ON_ROSTER
    assert refused(tally, b, LEAVE, HOUSES.id) is Reason.NOT_ON_ROSTER
    assert refused(tally, b, JOIN, "castles") is Reason.NO_COHORT


def test_the_highest_version_stands_and_a_relayed_older_one_changes_nothing() -> None:
    tally = Tally()
    home = tally.home("a")
    join = tally.sign(home.meter.key, RosterChange(EPOCH, JOIN, home.id, HOUSES.id, 1))
    send(tally, home, LEAVE, HOUSES.id)
    refusal = tally.one(join)
    assert (refusal.code, refusal.data) == (1, encode([int(Reason.OLD_VERSION)]))
    assert not on(tally, home)
    home.version = 40
    send(tally, home, JOIN, HOUSES.id)
    home.version = 41 - 1
    body = tally.change(home, LEAVE, HOUSES.id)
    assert tally.refuse(home.meter.key, body) is Reason.OLD_VERSION
    assert decode(tally.state.get("roster", b"\x00" + home.id) or b"") == [HOUSES.id, 41]


def test_who_leaves_states_nothing_more_at_once() -> None:
    tally = Tally(NEXT_MONTH)
    for i, (_, body) in enumerate(keys_of(tally.hash, EPOCH + 1, len(SIGNERS))):
        tally.accept(SIGNERS[i], body)
    home = tally.home("a")
    first = FIRST_DAY + 28
    tally.accept(home.meter.key, tally.day(home, first, 500), at=end_of(first))
    send(tally, home, LEAVE, HOUSES.id)
    assert not on(tally, home, epoch=EPOCH + 1)
    statement = tally.false_day(home, first + 1)
    assert tally.refuse(home.meter.key, statement, at=end_of(first + 1)) is Reason.NOT_ON_ROSTER
    assert count(tally, epoch=EPOCH + 1) == 0


def test_who_comes_back_within_the_month_goes_on_as_if_nothing_had_been() -> None:
    tally = Tally(NEXT_MONTH)
    home = tally.home("a")
    tally.block(at=month_end())
    send(tally, home, LEAVE, HOUSES.id)
    assert not on(tally, home, epoch=EPOCH + 1)
    send(tally, home, JOIN, HOUSES.id)
    assert place_of(tally.state, HOUSES.id, home.id) == Place(EPOCH + 1)
    assert on(tally, home, epoch=EPOCH + 1)


def test_who_comes_back_later_begins_anew() -> None:
    tally = Tally(NEXT_MONTH)
    home = tally.home("a")
    send(tally, home, LEAVE, HOUSES.id)
    tally.block(at=month_end(EPOCH + 1))
    send(tally, home, JOIN, HOUSES.id)
    assert place_of(tally.state, HOUSES.id, home.id) == Place(EPOCH + 3)


def test_a_move_takes_one_away_where_the_other_begins() -> None:
    tally = Tally(NEXT_MONTH)
    home = tally.home("a")
    tally.block(at=month_end())
    send(tally, home, MOVE, FLATS.id)
    places = [(on(tally, home, c.id, e)) for c in (HOUSES, FLATS) for e in range(EPOCH, EPOCH + 4)]
    assert places == [False, True, False, False, False, False, True, True]
    send(tally, home, MOVE, HOUSES.id)  # and back, before it has begun
    assert [on(tally, home, epoch=e) for e in range(EPOCH, EPOCH + 4)] == [False, True, True, True]
    assert not any(on(tally, home, FLATS.id, e) for e in range(EPOCH, EPOCH + 4))


def test_a_move_in_a_demonstration_is_at_once() -> None:
    tally = Tally()
    home = tally.home("a")
    send(tally, home, MOVE, FLATS.id)
    assert (on(tally, home), on(tally, home, FLATS.id)) == (False, True)
    assert (count(tally), count(tally, FLATS.id)) == (0, 1)


def test_one_home_is_never_in_two_cohorts_of_a_month() -> None:
    """All short stories of one meter, on both kinds of ledgers."""
    steps = [(JOIN, HOUSES), (JOIN, FLATS), (MOVE, HOUSES), (MOVE, FLATS), (LEAVE, HOUSES), (LEAVE, FLATS)]
    for params in (PARAMS, NEXT_MONTH):
        start = Tally(params)
        start.home("a", None)
        for story in ((i, j, k) for i in range(2) for j in range(6) for k in range(6)):
            tally = start.copy()
            for step, number in enumerate(story):
                action, cohort = steps[number]
                body = tally.change(tally.people[0], action, cohort.id)
                tally.one(tally.sign(tally.people[0].meter.key, body), at=START_S + step * 31 * DAY_S + 60)
                for epoch in range(EPOCH, EPOCH + 5):
                    assert sum(on(tally, tally.people[0], c.id, epoch) for c in (HOUSES, FLATS)) <= 1


def test_a_change_stands_in_the_household_log() -> None:
    tally = Tally()
    home = tally.home("a", None)
    record = tally.record(home.id)
    assert record.home is not None
    tx = tally.accept(home.meter.key, tally.change(home, JOIN, HOUSES.id))
    leaves = tally.noted[record.home]
    assert leaves[-1] == tx
    size, root, *_ = as_list(decode(tally.state.get("home", record.home) or b""), "home")
    assert (size, root) == (len(leaves), log_of(leaves).root())


# ---- who may, and who counts ---------------------------------------------------------------------


def test_a_meter_speaks_for_itself_alone() -> None:
    tally = Tally()
    a, b = tally.home("a"), tally.home("b", None)
    assert tally.refuse(a.meter.key, tally.change(b, JOIN, HOUSES.id)) is Reason.WRONG_METER
    assert tally.refuse(CERTIFIER, tally.change(b, JOIN, HOUSES.id)) is Reason.WRONG_METER
    assert tally.refuse(STRANGER, tally.change(b, JOIN, HOUSES.id)) is Reason.UNKNOWN_SIGNER


@pytest.mark.parametrize("flag", [REVOKED, SUSPENDED])
def test_a_blocked_meter_neither_joins_nor_states_nor_counts(flag: int) -> None:
    tally = Tally()
    home, other = tally.home("a"), tally.home("b")
    assert count(tally) == 2
    record = tally.record(home.id)
    tally.put("meter", home.id, replace(record, flags=record.flags | flag).to_cbor())
    assert count(tally) == 1
    assert refused(tally, home, MOVE, FLATS.id) is Reason.BLOCKED
    statement = tally.false_day(home, FIRST_DAY)
    assert tally.refuse(home.meter.key, statement, at=end_of(FIRST_DAY)) is Reason.BLOCKED
    assert on(tally, other)


def test_a_retired_meter_counts_no_more_though_it_cannot_leave() -> None:
    tally = Tally()
    home, _ = tally.home("a"), tally.home("b")
    tally.accept(home.meter.key, Retire(home.id, 0, b"", "swap"))
    assert refused(tally, home, LEAVE, HOUSES.id) is Reason.RETIRED
    assert on(tally, home)
    assert count(tally) == 1


def test_a_meter_in_no_home_takes_no_part() -> None:
    tally = Tally()
    made = Home(tally.meter("loose", home=None))
    assert refused(tally, made, JOIN, HOUSES.id) is Reason.WRONG_HOUSEHOLD
    tally.accept(CERTIFIER, Commission(made.id, bytes(16), ZONE.name, FIRST_HOUR))
    send(tally, made, JOIN, HOUSES.id)


def test_a_certificate_that_is_over_or_not_yet_valid_takes_no_part() -> None:
    tally = Tally()
    ends = FIRST_HOUR + 48
    short = Home(tally.meter("short", home=bytes(16), valid_to=ends))
    send(tally, short, JOIN, HOUSES.id)
    assert (count(tally, at=ends * 3600 - 1), count(tally, at=ends * 3600)) == (1, 0)
    statement = tally.false_day(short, FIRST_DAY + 1)
    assert tally.refuse(short.meter.key, statement, at=ends * 3600) is Reason.CERTIFICATE_ENDED
    early = Home(tally.meter("early", home=bytes(15) + b"\x01", valid_from=FIRST_HOUR + 100))
    assert refused(tally, early, JOIN, HOUSES.id) is Reason.NOT_VALID_YET


def test_a_meter_states_and_counts_once_its_certificate_is_old_enough() -> None:
    age = 2 * DAY_S
    tally = Tally(replace(PARAMS, age_s=age))
    tally.post_keys()
    registered = tally.time_s + 60
    home = tally.home("young")
    assert on(tally, home)
    assert (count(tally, at=registered + age - 1), count(tally, at=registered + age)) == (0, 1)
    day = FIRST_DAY + 1
    assert end_of(day) < registered + age < end_of(day) + STATE_S
    statement = tally.day(home, day, 3000)
    assert tally.refuse(home.meter.key, statement, at=registered + age - 1) is Reason.TOO_YOUNG
    tally.accept(home.meter.key, statement, at=registered + age)


def test_the_roster_of_a_record_is_of_the_close() -> None:
    tally = Tally()
    tally.post_keys()
    homes = tally.homes(5)
    send(tally, homes[0], LEAVE, HOUSES.id)
    send(tally, homes[1], MOVE, FLATS.id)
    tally.accept(homes[2].meter.key, Retire(homes[2].id, 0, b"", "swap"))
    tally.close(FIRST_DAY)
    rosters = {rule: [r.roster for r in kept] for rule, kept in tally.records.items()}
    assert rosters == {"nbr/1/houses": [2], "nbr/1/flats": [1]}

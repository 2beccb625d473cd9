"""Ledgers with neighbours that have come to a point where many tests begin: made once, handed out as copies."""

from __future__ import annotations

from functools import cache

from tests.contract.neighbour_rig import FIRST_DAY, SIGNERS, Tally


def wh_of(number: int) -> int:
    """A home's day in Wh: spread over bins, one above the cap."""
    return 41_000 if number == 7 else 137 + 2_311 * number % 32_000


@cache
def _with_homes(count: int) -> Tally:
    tally = Tally()
    tally.post_keys()
    tally.homes(count)
    return tally


@cache
def _closed_day(count: int) -> Tally:
    tally = with_homes(count)
    tally.state_days({h.id: wh_of(i) for i, h in enumerate(tally.people)}, tally.people, FIRST_DAY)
    tally.close(FIRST_DAY)
    return tally


@cache
def _shared_day(count: int) -> Tally:
    tally = closed_day(count)
    for i, signer in enumerate(SIGNERS):
        tally.accept(signer, tally.share(i, FIRST_DAY))
    return tally


def with_homes(count: int) -> Tally:
    """Keys of the month are posted, so many homes are on the roster of the houses."""
    return _with_homes(count).copy()


def closed_day(count: int = 16) -> Tally:
    """All of them have stated the first day, and it waits for its guardians."""
    return _closed_day(count).copy()


def shared_day(count: int = 16) -> Tally:
    """All guardians have shared; nobody has opened it."""
    return _shared_day(count).copy()

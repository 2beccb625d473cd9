"""The four facts: their words, their ages, and that none hides behind another."""

from __future__ import annotations

import inspect
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import HOUR_SECONDS, ZoneTable
from ohmstead.ledger import lightblock, lightclient, merkle, meterlog, pages, stateproof, tiles, votes
from ohmstead.ledger import slice as household_slice
from ohmstead.ledger.slice import Facts
from ohmstead.services import sync, verify
from ohmstead.store import records
from ohmstead.ui.presenters.facts import FactLine, FactState, Known, fact_lines
from ohmstead.ui.presenters.facts_age import Age, Moments, age_of, span_words
from ohmstead.ui.presenters.facts_trouble import Fact, Stop, Trouble, trouble_of, trouble_of_error
from ohmstead.ui.presenters.meter_state import Link, MeterFacts, meter_foot
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
DAY = 20_481  # 28 January 2026
ZONE = ZoneTable("utc", DAY - 40, tuple(96 * (DAY - 40 + i) for i in range(100)), b"UTC")
NOON = DAY * 86_400 + 12 * 3600
FACTS = Facts(
    signature=True,
    key_trust=True,
    revoked=False,
    complete_to_hour=NOON // HOUR_SECONDS - 1,
    pages_held=16_502,
    pages_proven=16_502,
    head_height=990_138,
    head_time_s=NOON - 38,
    single_operator=False,
    replayed=False,
    late_pages=0,
)


def lines(facts: Facts | None = FACTS, **known: object) -> list[FactLine]:
    return list(fact_lines(replace(Known(facts, ZONE, NOON), **known), WORDS))


def states(found: list[FactLine]) -> list[FactState]:
    return [line.state for line in found]


def test_when_all_is_well_each_fact_says_its_own() -> None:
    assert [(x.name, x.detail) for x in lines()] == [
        ("Signed by your meter", "every page, to 12:00"),
        ("Meter certified", "not withdrawn, as of 11:59"),
        ("Nothing left out", "as recorded to 12:00"),
        ("Ledger current", "38 s old, not cross-checked"),
    ]
    assert states(lines()) == [FactState.OK] * 4


def test_a_witness_is_said_with_its_time() -> None:
    assert lines(cross_checked_s=NOON - 1200)[3].detail == "38 s old, cross-checked 11:40"


def test_the_single_operator_is_a_fact_of_its_own_and_changes_no_other() -> None:
    found = lines(replace(FACTS, single_operator=True))
    assert found[:4] == lines()
    assert (found[4].state, found[4].name) == (FactState.REMARK, "Single operator")


@pytest.mark.parametrize(
    ("change", "at", "state", "name"),
    [
        ({"complete_to_hour": None, "pages_held": 300}, 2, FactState.WAITING, "Still coming in"),
        ({"revoked": True, "key_trust": False}, 1, FactState.ALARM, "Certificate withdrawn"),
        ({"key_trust": False}, 1, FactState.ALARM, "Meter not certified"),
        (
            {"signature": False, "pages_proven": 0, "complete_to_hour": None},
            0,
            FactState.UNKNOWN,
            "Not signed yet",
        ),
        ({"head_time_s": NOON - 3600}, 3, FactState.WAITING, "Ledger as of 11:00"),
        ({"head_time_s": NOON - 5 * 3600}, 3, FactState.WAITING, "Ledger stale"),
        ({"head_time_s": NOON + 60}, 3, FactState.WAITING, "A clock is wrong"),
    ],
)
def test_one_fact_changes_and_the_others_stay(
    change: dict[str, object], at: int, state: FactState, name: str
) -> None:
    found = lines(replace(FACTS, **change))
    assert (found[at].state, found[at].name) == (state, name)
    untouched = [i for i in range(4) if i != at and not (at == 0 and i == 2)]
    for i in untouched:
        if i == 1 and "head_time_s" in change:
            continue  # the certificate is as of the head: its age goes along
        if i == 0 and change.get("complete_to_hour", 1) is None:
            continue
        assert found[i] == lines()[i]


def test_late_pages_are_said_but_not_of_a_replayed_past() -> None:
    assert lines(replace(FACTS, late_pages=12))[3].detail == "38 s old, 12 pages came late"
    assert "late" not in lines(replace(FACTS, late_pages=12, replayed=True))[3].detail


def test_a_clock_that_is_off_is_said() -> None:
    assert lines(clock_off_s=720)[3].detail == "meter's clock 12 min ahead"
    assert lines(clock_off_s=-45)[3].detail == "meter's clock 45 s behind"
    assert lines(clock_off_s=5) == lines()


def test_before_anything_is_proven_nothing_is_claimed() -> None:
    assert states(lines(None)) == [FactState.UNKNOWN] * 4
    assert states(list(fact_lines(Known(FACTS, None, NOON), WORDS))) == [FactState.UNKNOWN] * 4


def test_a_refusal_stands_in_the_place_of_its_own_fact_and_no_other() -> None:
    for (place, fact), facts in itertools.product(enumerate(Fact), (FACTS, None)):
        trouble = Trouble("Something was refused", "", "Refused thing", Stop.LOG, fact, "page 1")
        found = lines(facts, trouble=trouble)
        assert (found[place].state, found[place].name) == (FactState.ALARM, "Refused thing")
        rest = [line for i, line in enumerate(found) if i != place]
        assert rest == [line for i, line in enumerate(lines(facts)) if i != place]


# ---- ages -------------------------------------------------------------------------------------


@given(st.integers(-(10**6), 10**7))
def test_ages_follow_the_protocol(age: int) -> None:
    """protocol/trust, "Freshness": 5 minutes, 2 hours, a day; a header of the future is no header."""
    expected = (
        Age.FUTURE
        if age <= -10
        else Age.CURRENT
        if age <= 300
        else Age.AS_OF
        if age <= 7200
        else Age.STALE
        if age <= 86_400
        else Age.DAYS
    )
    assert age_of(NOON - age, NOON) is expected
    assert age_of(None, NOON) is Age.NONE


@given(st.integers(0, 300 * 86_400))
def test_nothing_is_current_at_the_foot_and_stale_on_the_page(age: int) -> None:
    facts = replace(FACTS, head_time_s=NOON - age)
    recency = list(fact_lines(Known(facts, ZONE, NOON), WORDS))[3]
    foot = meter_foot(
        MeterFacts(Link.CONNECTED, NOON, facts.head_time_s, NOON // 900 - 1, ZONE, 16_502, 16_502), WORDS
    )
    assert ("current" in recency.name) == ("current" in foot.words)
    assert ("stale" in recency.name) == ("Stale" in foot.words)


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_more_time_never_reads_as_less(first: int, second: int) -> None:
    low, high = sorted((first, second))
    units = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "days": 86_400}

    def lower_bound(seconds: int) -> int:
        parts = span_words(seconds, WORDS).replace("\u202f", "").split(" ")
        return sum(int(n) * units[u] for n, u in zip(parts[::2], parts[1::2], strict=True))

    assert lower_bound(low) <= low
    assert lower_bound(low) <= lower_bound(high)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (0, "12:00"),
        (11 * 3600, "01:00"),
        (14 * 3600 + 20 * 60, "yesterday, 21:40"),
        (48 * 3600, "Monday 26 January, 12:00"),
        (30 * 86_400, "Monday 29 December 2025, 12:00"),
    ],
)
def test_a_moment_is_as_short_as_it_can_be(before: int, words: str) -> None:
    assert Moments(ZONE, NOON, WORDS).moment(NOON - before) == words


@given(st.integers(0, 1 << 40))
def test_a_moment_outside_the_calendar_is_still_a_moment(unix_s: int) -> None:
    if unix_s < 253_000_000_000:  # the year 9999: no meter runs longer
        assert ":" in Moments(ZONE, NOON, WORDS).moment(unix_s)


# ---- refusals ---------------------------------------------------------------------------------

MODULES = (
    lightblock,
    lightclient,
    merkle,
    meterlog,
    pages,
    household_slice,
    stateproof,
    tiles,
    votes,
    sync,
    verify,
    records,
)
KINDS = sorted(
    {
        kind.__name__
        for module in MODULES
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, VerificationError)
    }
)


def test_every_refusal_has_a_sentence_a_station_and_a_fact() -> None:
    assert len(KINDS) > 30
    subjects = ("page 16092", "pages 256 to 511", "header 8411", "history", "anchors", "head", "")
    for kind, subject in itertools.product(KINDS, subjects):
        trouble = trouble_of(subject, kind, WORDS)
        assert trouble.head[:1].isupper(), (kind, subject)
        assert len(trouble.short) <= 40
        assert trouble.body.endswith(".")
        assert isinstance(trouble.stop, Stop)
        assert isinstance(trouble.fact, Fact)
        for word in ("validator", "leaf", "Error", "proof invalid", "!", kind):
            assert word not in trouble.head + trouble.body + trouble.short


@pytest.mark.parametrize(
    ("subject", "kind", "head", "stop"),
    [
        ("page 16092", "", "Page 16\u202f092 was changed after it was signed", Stop.LOG),
        ("page 7", "PagesDiffer", "Page 7 was changed after it was signed", Stop.COMPUTER),
        ("page 7", "PageAltered", "Page 7 does not open under its own seal", Stop.LOG),
        ("page 7", "RowsDiffer", "The chart here does not say what page 7 says", Stop.COMPUTER),
        ("pages 0 to 9", "TileError", "A page between 0 and 9 was changed after it was signed", Stop.LOG),
        ("header 8411", "Divergence", "Someone signed two different histories", Stop.LEDGER),
        ("header 8411", "HeaderFromFuture", "Block 8\u202f411 is from the future", Stop.LEDGER),
        (
            "header 8411",
            "NotEnoughPower",
            "Block 8\u202f411 is not signed by enough of those who must sign",
            Stop.LEDGER,
        ),
        ("log of meter 00", "HistoryRewritten", "The past of your meter's log was rewritten", Stop.LEDGER),
        ("certificate of meter 00", "KeyTrustError", "The meter's certificate does not hold", Stop.METER),
        (
            "head bundle",
            "AnswerMalformed",
            "What came over the radio was not what your meter may send",
            Stop.RADIO,
        ),
        ("mirror.sqlite", "", "This computer's file of your readings did not verify", Stop.COMPUTER),
    ],
)
def test_what_happened_is_said_by_name(subject: str, kind: str, head: str, stop: Stop) -> None:
    trouble = trouble_of(subject, kind, WORDS)
    assert (trouble.head, trouble.stop) == (head, stop)


def test_an_error_names_itself() -> None:
    found = trouble_of_error(verify.PagesDiffer("page 7", "x"), WORDS)
    assert found == trouble_of("page 7", "PagesDiffer", WORDS)

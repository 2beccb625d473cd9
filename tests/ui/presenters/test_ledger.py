"""The Ledger page's view model from real mirrors: whole, filling, refused, tampered, with two histories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.slots import ZoneTable
from ohmstead.link.pairing import Trust
from ohmstead.services.events import LinkState
from ohmstead.services.session import HomeState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.home_trouble import standing_trouble
from ohmstead.ui.presenters.ledger import present_ledger
from ohmstead.ui.presenters.ledger_data import LedgerData, MonthHeld, months_of
from ohmstead.ui.presenters.ledger_period import PeriodChoice
from ohmstead.ui.presenters.ledger_tables import member_words, quorum
from ohmstead.ui.presenters.ledger_views import LedgerView
from ohmstead.ui.presenters.receipt import short_hash
from ohmstead.ui.presenters.view_models import PageState
from tests.helpers.forge import forged
from tests.helpers.homes import street
from tests.helpers.ledger import FIRST_HOUR
from tests.ledger.chains import FOUR, key
from tests.ui.plain_words import PlainWords
from tests.ui.proven_home import ProvenHome, proven_home

WORDS = PlainWords()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[ProvenHome]:
    with proven_home(tmp_path, 40, 10, 1) as made:
        yield made


def shown(home: ProvenHome, state: HomeState | None = None, seen: WitnessSeen | None = None) -> LedgerView:
    return presented(home.ledger().load(), home, state, seen)


def presented(
    data: LedgerData, home: ProvenHome, state: HomeState | None = None, seen: WitnessSeen | None = None
) -> LedgerView:
    live = Live().after(state or home.state(), home.now_s)
    if seen is not None:
        live = live.witnessed(seen)
    return present_ledger(data, live, seen, standing_trouble(live, data, WORDS), home.now_s, WORDS)


def proven(view: LedgerView) -> dict[str, str]:
    return {line.name: line.value for line in view.proven}


def test_a_whole_history_in_one_sentence(home: ProvenHome) -> None:
    view = shown(home)
    assert view.state is PageState.FULL
    assert view.lead == "Every reading since 5 January is here, whole and unaltered."
    head = home.street.ledger.head
    assert view.sub.startswith(f"Proven 38 s ago against block {head.height}.")
    assert (view.alarm, view.can_save, view.histories, view.findings) == (False, True, None, ())
    assert [s.state for s in view.way] == ["ok"] * 5
    assert [s.head for s in view.way] == ["Your meter", "Its log", "The ledger", "The radio", "This computer"]
    assert view.way[1].lines == ("51 pages", "none missing")
    assert view.foot.startswith("3 of the 4 signers must agree")


def test_what_is_proven(home: ProvenHome) -> None:
    view = shown(home)
    lines = proven(view)
    genesis = home.street.ledger.genesis.genesis_hash
    assert (lines["From"], lines["To"], lines["Pages"]) == (
        "5 January, 00:00",
        "7 January, 03:00",
        "51 of 51",
    )
    assert lines["First block"] == f"{short_hash(genesis)}, as on the label"
    assert lines["Certificate"] == "rig, until 15 January 2027"
    assert lines["Meter's clock"] == "in step, heard at 03:00"
    assert lines["Age"] == "Ledger current, 38 s old, not cross-checked"
    assert "lateness says nothing" in lines["Recorded late"]  # the rig's meter replays a past


def test_who_signed(home: ProvenHome) -> None:
    view = shown(home)
    assert sorted(line.name for line in view.signers) == ["Member 0", "Member 1", "Member 2", "Member 3"]
    assert {(line.state, line.glyph) for line in view.signers} == {("signed", "check")}
    assert all(line.time.count(":") == 2 for line in view.signers)
    assert view.single_operator
    assert view.signers_note.startswith("Single operator: one machine holds all of these keys.")


def test_a_typed_home_says_so(home: ProvenHome) -> None:
    data = replace(home.ledger().load(), typed=True)
    view = presented(data, home)
    assert proven(view)["First block"].endswith("typed code, not confirmed by picture")
    assert "until its label is scanned" in view.foot


def test_the_pairing_says_what_the_home_rests_on(home: ProvenHome) -> None:
    pairing = replace(home.street.meter.pairing(), trust=Trust.TYPED)
    asyncio.run(home.homes.save(pairing))
    data = home.ledger().load()
    assert (data.typed, data.mark) == (True, "3A7")
    assert presented(data, home).way[0].lines[0] == "mark 3A7"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (WitnessWord.SAME, "same history"),
        (WitnessWord.NOT_REACHED, "not reached"),
        (WitnessWord.BEHIND, "not so far yet"),
        (WitnessWord.OTHER_CHAIN, "keeps another ledger"),
        (WitnessWord.AT_FAULT, "its answer does not verify"),
    ],
)
def test_the_witness(home: ProvenHome, word: WitnessWord, state: str) -> None:
    view = shown(home, None, WitnessSeen("https://witness.example", word, 9, home.now_s - 600))
    assert [(w.name, w.state) for w in view.witnesses] == [("witness.example", state)]
    assert ("cross-checked 0" in proven(view)["Age"]) == (word is WitnessWord.SAME)
    assert view.lead.startswith("Every reading")


def test_out_of_reach_is_no_doubt_about_the_past(home: ProvenHome) -> None:
    view = shown(home, home.state(link=LinkState.AWAY))
    assert [s.state for s in view.way] == ["ok", "ok", "ok", "waiting", "ok"]
    assert view.lead.startswith("Every reading since")


def test_a_refusal_breaks_its_station_by_name(home: ProvenHome) -> None:
    view = shown(home, home.state(refused="page 16092"))
    assert (view.lead, view.alarm) == ("Page 16\u202f092 was changed after it was signed", True)
    assert [s.state for s in view.way] == ["ok", "alarm", "ok", "ok", "ok"]
    assert view.way[1].lines[0] == "Page 16\u202f092 was changed"


def test_a_tampered_file_is_found_and_named(home: ProvenHome) -> None:
    home.tamper(17)
    view = shown(home)
    assert (view.lead, view.alarm, view.can_save) == ("Page 17 was changed after it was signed", True, False)
    assert [s.state for s in view.way] == ["ok", "ok", "ok", "ok", "alarm"]


def test_what_was_refused_is_kept_newest_first(home: ProvenHome) -> None:
    home.mirror.add_finding("TileError", "pages 0 to 9", "x", b"", home.now_s - 7200)
    home.mirror.add_finding("NotEnoughPower", "header 12", "x", b"", home.now_s - 60)
    view = shown(home)
    assert [f.head for f in view.findings] == [
        "Block 12 is not signed by enough of those who must sign",
        "A page between 0 and 9 was changed after it was signed",
    ]
    assert view.findings[0].when == "02:59"
    assert view.lead.startswith(
        "Every reading since"
    )  # refused, not used: nothing is wrong with what is here


def test_two_histories_are_shown_first_and_stay(home: ProvenHome) -> None:
    report = home.ledger().load().report
    assert report is not None
    ours = home.street.ledger.block(report.head.height)
    theirs = forged(ours, FOUR, [key(n).public for n in (1, 2, 3)], app_hash=sha256(b"other").digest())
    home.mirror.add_divergence(ours.height, ours.to_cbor(), theirs.to_cbor(), home.now_s - 60)
    view = shown(home)
    found = view.histories
    assert found is not None
    assert found.badge == "3 of 4 signed both"
    assert found.agreed == tuple(str(ours.height - n) for n in (3, 2, 1))
    assert [s.both for s in found.ours.signers].count(True) == 3
    assert [s.signed for s in found.theirs.signers].count(False) == 1
    assert short_hash(theirs.header.app_hash) in found.theirs.detail
    assert found.meaning[0].head == "Your readings up to 03:00 stay proven"
    assert view.way[2].state == "alarm"
    assert view.lead.startswith("Every reading since")


def test_a_history_on_its_way(tmp_path: Path) -> None:
    with street(tmp_path, 30) as here:
        here.head_only()
        home = ProvenHome(here)
        view = shown(home)
        assert (view.state, view.lead) == (PageState.PARTIAL, "0 of 30 pages are here and checked")
        assert [s.state for s in view.way] == ["ok", "waiting", "ok", "ok", "waiting"]
        assert (view.can_save, view.months) == (False, ())


def test_before_anything(tmp_path: Path) -> None:
    with street(tmp_path) as here:
        data = ProvenHome(here).ledger().load()
        view = present_ledger(data, Live(), None, None, 0, WORDS)
        assert (view.state, view.lead, view.way) == (PageState.EMPTY, "Nothing is proven yet", ())


def test_a_head_that_does_not_verify(home: ProvenHome) -> None:
    home.mirror._db.execute("UPDATE head SET light_block = x'80' WHERE pinned = 1")
    data = home.ledger().load()
    assert data.report is None
    view = presented(data, home)
    assert (view.state, view.alarm) == (PageState.ERROR, True)
    assert (
        view.lead == "The newest block does not follow from what is proven" or "does not verify" in view.lead
    )


# ---- months -----------------------------------------------------------------------------------


def test_months_of_the_meters_calendar() -> None:
    zone = build_table("Australia/Sydney", date(2024, 1, 1), date(2026, 1, 1))
    first = zone.slots_of((date(2024, 6, 14) - date(1970, 1, 1)).days)[0] // 4
    last = zone.slots_of((date(2024, 9, 2) - date(1970, 1, 1)).days)[-1] // 4
    held = [h for h in range(first, last + 1) if h >= first + 100]
    missing = [(first + 1000) * 4, (first + 1000) * 4 + 1]
    months = months_of(zone, first, last, held, missing)
    assert [(m.year, m.month) for m in months] == [(2024, 6), (2024, 7), (2024, 8), (2024, 9)]
    assert sum(m.proven for m in months) == last - first + 1
    assert sum(m.held for m in months) == len(held)
    assert [m.missing_slots for m in months] == [0, 2, 0, 0]
    assert (months[0].start, months[0].end) == (pytest.approx(13 / 30), 1.0)
    assert (months[3].start, months[3].end) == (0.0, pytest.approx(2 / 30))
    assert months[1] == MonthHeld(2024, 7, 31 * 24, 31 * 24, 2, 0.0, 1.0)


@given(st.integers(0, 5000), st.integers(0, 3000))
def test_every_proven_hour_is_in_one_month(start: int, length: int) -> None:
    zone = ZoneTable("utc", 20_000, tuple(96 * (20_000 + i) for i in range(400)), b"UTC")
    first = 20_000 * 24 + start
    months = months_of(zone, first, first + length, list(range(first, first + length + 1)), [])
    assert sum(m.proven for m in months) == sum(m.held for m in months) == length + 1


# ---- small rules ------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30))
def test_a_quorum_is_more_than_two_thirds_and_no_signer_more(powers: list[int]) -> None:
    over = sum(powers) * 2 // 3
    count = quorum(powers, over)
    ranked = sorted(powers, reverse=True)
    assert sum(ranked[:count]) > over
    assert sum(ranked[: count - 1]) <= over


def test_members_as_people_read_them() -> None:
    assert [member_words(n) for n in ("utility", "prosumer-co-op")] == ["Utility", "Prosumer co-op"]


ZONE = ZoneTable(
    "utc", FIRST_HOUR // 24 - 2, tuple(96 * (FIRST_HOUR // 24 - 2 + i) for i in range(60)), b"UTC"
)


@given(st.integers(0, 300), st.lists(st.tuples(st.sampled_from((-1, 1)), st.booleans()), max_size=20))
def test_a_period_never_leaves_what_is_recorded(length: int, steps: list[tuple[int, bool]]) -> None:
    first, last = FIRST_HOUR, FIRST_HOUR + length
    choice = PeriodChoice(ZONE, first, last, last)
    for by, days in steps:
        could = choice.can_move(by, days=days)
        moved = choice.moved(by, days=days)
        assert (moved.hour != choice.hour) or not could
        choice = moved
        for whole in (True, False):
            wanted = replace(choice, whole_day=whole).wanted
            assert first <= wanted.first_hour <= wanted.last_hour <= last
            assert wanted.last_hour - wanted.first_hour < 24


def test_a_period_says_what_a_file_of_it_discloses() -> None:
    choice = PeriodChoice(ZONE, FIRST_HOUR, FIRST_HOUR + 60, FIRST_HOUR + 30)
    assert choice.wanted.last_hour - choice.wanted.first_hour == 23
    assert choice.says(WORDS).startswith("24 pages. Whoever has the file can read their quarter hours.")
    assert "open all of 6 January, counted in UTC" in choice.says(WORDS)
    hour = replace(choice, whole_day=False, readable=False)
    assert hour.says(WORDS).startswith("1 page. It proves that the page exists")
    assert (hour.hour_words(), hour.day_words(WORDS)) == ("06:00 – 07:00", "Tuesday 6 January 2026")

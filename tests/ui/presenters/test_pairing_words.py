"""The words of pairing: every problem on every platform, the steps, what it came to."""

from __future__ import annotations

from datetime import date

import pytest

from ohmstead.link.label import format_code
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.pairing import PairedHome, code_problem, strength_words
from ohmstead.ui.presenters.pairing_done import done_view
from ohmstead.ui.presenters.pairing_problem_words import problem_view
from ohmstead.ui.presenters.pairing_problems import Next, Problem
from ohmstead.ui.presenters.pairing_steps import Standing, Step, step_views
from tests.ui.plain_words import PlainWords

WORDS = PlainWords()
NOT_SAID = ("!", "successful", "please", "oops", "error", "invalid", "{", "sorry")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("problem", list(Problem), ids=lambda p: p.name)
def test_every_problem_says_what_is_known_and_what_to_do(problem: Problem, platform: str) -> None:
    view = problem_view(problem, "3C9", "The disk is full.", WORDS, platform)
    said = [view.title, view.head, view.body, view.step_words, view.button, *view.note]
    said += [sentence for _, sentence in view.lines]
    assert all(view_part for view_part in (view.title, view.body, view.step_words))
    assert view.own_page or view.head
    assert bool(view.button) == (view.then is not Next.WAIT)
    for text in said:
        assert not [word for word in NOT_SAID if word in text.lower()], text


def test_no_two_problems_read_alike() -> None:
    views = [problem_view(p, "3C9", "what", WORDS) for p in Problem]
    assert len({(v.title, v.head, v.body) for v in views}) == len(list(Problem))


def test_permission_is_explained_for_the_system_at_hand() -> None:
    lines = {
        platform: problem_view(Problem.NO_PERMISSION, "", "", WORDS, platform).lines
        for platform in ("linux", "darwin", "win32")
    }
    assert len(set(lines.values())) == 3


def test_the_steps_of_a_typed_and_of_a_scanned_label() -> None:
    typed = step_views(Standing(None), WORDS)
    scanned = step_views(Standing(None, by_picture=True), WORDS)
    assert [s.name for s in typed] == [s.name for s in scanned]
    assert typed[Step.WORDS].words == "The same"
    assert "picture" in scanned[Step.WORDS].words
    assert typed[Step.CODE].words == "Accepted"


def test_a_step_that_failed_says_why_and_those_after_it_are_to_do() -> None:
    views = step_views(Standing(Step.WORDS, failed=True, why="They differ"), WORDS)
    assert [v.state for v in views] == ["done"] * 3 + ["failed"] + ["todo"] * 3
    assert views[Step.WORDS].words == "They differ"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "17 characters"),
        ("1" * 16, "1 character "),
        ("U" * 17, "The letter U"),
        ("0" * 16 + "1", "One character"),
    ],
)
def test_what_is_wrong_with_a_code(code: str, said: str) -> None:
    assert said in code_problem(code, WORDS)


def test_a_code_without_mistake() -> None:
    assert code_problem(format_code(bytes(range(10))).replace("-", ""), WORDS) == ""


def test_signal_in_words() -> None:
    assert [strength_words(dbm, WORDS) for dbm in (-40, -60, -61, -78, -79)] == [
        "Strong signal", "Strong signal", "Good signal", "Good signal", "Weak signal",
    ]  # fmt: skip


def test_what_it_came_to() -> None:
    zone = build_table("Europe/Rome", date(2026, 1, 1), date(2026, 12, 31))
    slot = zone.slots_of(zone.first_day + 27)[51]
    home = PairedHome("3C9", "model", 3.06, True, slot, zone, certified_to_hour=24 * 20_614)
    view = done_view(home, None, WORDS)
    assert view.badge == "Paired in 3.1 s"
    assert dict(view.facts) == {
        "Your meter": "mark 3C9",
        "Its certificate": "valid until 9 June 2026",
        "Six words": "compared by you",
        "First page": "28 January, 13:00",
    }
    assert "typed" in view.typed


def test_what_it_came_to_without_a_page_and_by_the_whole_label() -> None:
    view = done_view(PairedHome("3C9", "model", 0.0, False), None, WORDS)
    facts = dict(view.facts)
    assert facts["First page"] == "within the hour"
    assert facts["Its label"] == "compared whole"
    assert (view.typed, view.typed_problem) == ("", "")


@pytest.mark.parametrize("problem", [Problem.OTHER_METER, Problem.OTHER_LEDGER, Problem.OUTSIDE])
def test_a_picture_that_does_not_confirm_is_told(problem: Problem) -> None:
    assert done_view(PairedHome("3C9", "m", 1.0, True), problem, WORDS).typed_problem

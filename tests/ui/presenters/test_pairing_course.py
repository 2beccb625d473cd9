"""The pairing page's course: what follows from what the person and the radio say, in whatever order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.ui.presenters.pairing import LabelPicture, NearbyMeter, PairedHome, PairingState
from ohmstead.ui.presenters.pairing_course import PairingCourse
from ohmstead.ui.presenters.pairing_problems import Next, Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from ohmstead.ui.presenters.pairing_view import Face, PairingView, pairing_view
from tests.ui.plain_words import PlainWords

MINE = NearbyMeter("a", "3C9", -50, True)
SHUT = replace(MINE, pairing_open=False)
OTHER = NearbyMeter("b", "7F1", -85, False)
CODE = "000G40R40M30E209Z"
PICTURE = LabelPicture("OHM1:TEXT", "3C9", ("a", "b", "c", "d", "e", "f"))
HOME = PairedHome("3C9", "model", 3.0, True)


class Controller:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def search(self) -> None:
        self.asked.append("search")

    def pair(self, handle: str, code: str) -> None:
        self.asked.append((handle, code))

    def confirm_words(self, same: bool) -> None:
        self.asked.append(same)

    def confirm_label(self, qr_text: str) -> None:
        self.asked.append(f"label {qr_text}")

    def check_again(self) -> None:
        self.asked.append("check")

    def cancel(self) -> None:
        self.asked.append("cancel")


class Visit:
    def __init__(self) -> None:
        self.controller = Controller()
        self.now = 0.0
        self.course = PairingCourse(self.controller, PlainWords(), lambda: self.now)
        self.course.begin()

    def hear(self, *meters: NearbyMeter) -> None:
        self.course.take(PairingState(PairingPhase.SEARCHING, meters))

    def come(self, phase: PairingPhase, **more: object) -> None:
        self.course.take(PairingState(phase, **more))

    def fail(self, problem: Problem, at: Step = Step.LINK) -> None:
        self.come(PairingPhase.FAILED, problem=problem, at=at)

    def typed(self) -> None:
        self.hear(MINE)
        self.course.type_code(CODE)

    @property
    def view(self) -> PairingView:
        return pairing_view(self.course, PlainWords(), "linux")

    @property
    def asked(self) -> list[object]:
        return self.controller.asked

    def states(self) -> list[str]:
        return [step.state for step in self.view.steps]


@pytest.fixture
def visit() -> Visit:
    return Visit()


def test_the_meter_whose_button_was_pressed_is_the_one(visit: Visit) -> None:
    assert visit.asked == ["search"]
    visit.hear(OTHER, SHUT)
    assert visit.view.face is Face.FIND
    assert [m.name for m in visit.view.meters] == ["Meter with the mark 7F1", "Meter with the mark 3C9"]
    visit.hear(OTHER, MINE)
    assert visit.view.face is Face.CODE
    assert visit.view.meter is not None
    assert visit.view.meter.words == "Strong signal. Pairing is open."
    assert visit.view.steps[0].words == "Mark 3C9, strong signal"
    assert visit.states() == ["done", "now", *["todo"] * 5]


def test_of_two_that_are_open_the_person_chooses_and_may_change_their_mind(visit: Visit) -> None:
    both = MINE, replace(OTHER, pairing_open=True)
    visit.hear(*both)
    assert visit.view.face is Face.FIND
    visit.course.choose("b")
    visit.course.decline()
    visit.hear(MINE, OTHER)
    assert visit.course.chosen == MINE, "the declined one is not taken again by itself"
    visit.course.decline()
    visit.hear(*both)
    assert visit.view.face is Face.FIND
    visit.course.choose("b")
    assert visit.course.mark == "7F1"


def test_a_code_is_tried_at_once_on_an_open_meter(visit: Visit) -> None:
    visit.hear(MINE)
    for code, can in ((CODE[:-1], False), (CODE[:-1] + "Y", False), (CODE, True)):
        visit.course.type_code(code)
        assert visit.view.entry is not None
        assert visit.view.entry.can_go is can
        assert bool(visit.view.entry.tip) is not can
    visit.course.submit()
    assert visit.asked[-1] == ("a", CODE)
    assert visit.view.face is Face.CODE
    assert visit.view.entry is not None
    assert not visit.view.entry.on
    assert visit.states()[:3] == ["done", "done", "now"]
    assert visit.view.steps[1].words == "Complete"


def test_a_code_for_a_meter_that_is_shut_waits_for_its_button(visit: Visit) -> None:
    visit.hear(OTHER, SHUT)
    visit.course.choose("a")
    visit.course.type_code(CODE)
    visit.course.submit()
    assert visit.asked == ["search"]
    assert visit.view.banner is not None
    assert "Press the button" in visit.view.banner.head
    visit.hear(OTHER, SHUT)
    assert visit.asked == ["search"]
    visit.hear(OTHER, MINE)
    assert visit.asked[-1] == ("a", CODE)


def test_what_waits_stops_waiting_when_the_code_is_changed(visit: Visit) -> None:
    visit.hear(SHUT)
    visit.course.choose("a")
    visit.course.type_code(CODE)
    visit.course.submit()
    visit.course.type_code(CODE[:-1])
    visit.hear(MINE)
    assert visit.asked == ["search"]
    assert visit.view.banner is None


def test_a_picture_needs_no_choosing_and_waits_as_well(visit: Visit) -> None:
    visit.course.begin_reading()
    assert visit.view.picture.reading
    visit.course.show_label(PICTURE)
    assert visit.view.face is Face.WORK
    assert "is not heard yet" in visit.view.body
    visit.hear(OTHER, SHUT)
    assert "waits for its button" in visit.view.body
    visit.hear(OTHER, replace(MINE, handle="far", strength_dbm=-90), MINE)
    assert visit.asked[-1] == ("a", PICTURE.text), "the strongest of those with the mark"
    assert visit.view.steps[1].words == "Read from the picture"


def test_instead_of_a_picture_the_code_can_be_typed(visit: Visit) -> None:
    visit.hear(SHUT)
    visit.course.show_label(PICTURE)
    visit.course.without_picture()
    assert visit.view.face is Face.CODE
    visit.hear(MINE)
    assert visit.asked == ["search"]


def test_a_picture_that_is_none_is_said_and_changes_nothing(visit: Visit) -> None:
    visit.typed()
    visit.course.begin_reading()
    visit.course.not_read("No QR code was found.")
    assert visit.view.picture.problem == "No QR code was found."
    assert visit.view.face is Face.CODE
    assert visit.course.code == CODE
    visit.course.type_code("")
    assert visit.view.picture.problem == ""


def test_the_words_are_answered_by_the_person_or_by_the_picture(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.come(PairingPhase.WORDS, words=PICTURE.words)
    assert visit.view.words == PICTURE.words
    visit.course.confirm_words(False)
    assert visit.asked[-1] is False
    visit.course.show_label(replace(PICTURE, words=("x",) * 6))
    assert "another meter's label" in visit.view.picture.problem
    assert visit.asked[-1] is False
    visit.course.show_label(PICTURE)
    assert visit.asked[-1] is True
    # The picture said more than six words: once paired, it is what the home rests on.
    visit.come(PairingPhase.PAIRED, home=HOME)
    assert visit.asked[-1] == f"label {PICTURE.text}"


def test_after_pairing_a_picture_confirms_the_home(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.come(PairingPhase.PAIRED, home=HOME)
    assert visit.view.face is Face.DONE
    assert visit.states() == ["done"] * 7
    visit.course.show_label(PICTURE)
    assert visit.asked[-1] == f"label {PICTURE.text}"


def test_a_failure_stays_while_the_search_goes_on_behind_it(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(Problem.LOST)
    visit.hear(MINE)
    visit.hear()
    assert visit.view.face is Face.TROUBLE
    assert visit.states()[2] == "failed"
    visit.hear(MINE)
    visit.course.go_on(Next.AGAIN)
    assert visit.asked[-1] == ("a", CODE)


def test_a_refused_code_is_typed_again_on_its_own_face(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(Problem.WRONG_CODE)
    view = visit.view
    assert view.face is Face.CODE
    assert view.entry is not None
    assert (view.entry.refused, view.entry.on) == (True, True)
    assert visit.states()[1] == "failed"
    assert view.note[0]
    visit.course.go_on(Next.RETYPE)
    assert visit.asked[-1] == ("a", CODE)
    assert visit.view.entry is not None
    assert not visit.view.entry.refused
    # A refused picture has no cells to correct.
    visit.course.show_label(PICTURE)
    visit.fail(Problem.WRONG_CODE)
    assert visit.view.face is Face.TROUBLE


def test_a_window_that_closed_meanwhile_is_waited_for(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(Problem.CLOSED)
    visit.hear(SHUT)
    assert visit.asked.count(("a", CODE)) == 1
    visit.hear(MINE)
    assert visit.asked.count(("a", CODE)) == 2


@pytest.mark.parametrize("problem", [Problem.NOT_ADMITTED, Problem.LOST])
def test_what_the_meter_has_stored_is_asked_for_again_without_its_button(
    visit: Visit, problem: Problem
) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(problem, Step.FIRST_BLOCK)
    visit.hear(SHUT)
    visit.course.go_on(Next.AGAIN)
    assert visit.asked.count(("a", CODE)) == 2
    # Before that, the button is needed.
    visit.fail(problem, Step.LINK)
    visit.hear(SHUT)
    visit.course.go_on(Next.AGAIN)
    assert visit.asked.count(("a", CODE)) == 2
    visit.hear(MINE)
    assert visit.asked.count(("a", CODE)) == 3


def test_starting_again_forgets_the_code(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(Problem.WORDS_DIFFER, Step.WORDS)
    visit.course.go_on(Next.START)
    assert visit.asked[-1] == "search"
    assert (visit.course.code, visit.view.face) == ("", Face.FIND)


def test_what_did_not_hold_is_checked_again(visit: Visit) -> None:
    visit.typed()
    visit.course.submit()
    visit.fail(Problem.CERTIFICATE, Step.CERTIFICATE)
    assert visit.view.leave == "Leave it"
    assert not visit.view.picture.wanted
    visit.course.go_on(Next.CHECK)
    assert visit.asked[-1] == "check"
    visit.come(PairingPhase.PAGE)
    assert visit.view.face is Face.WORK


def test_a_radio_in_trouble_is_said_until_it_is_heard_again(visit: Visit) -> None:
    visit.typed()
    visit.come(PairingPhase.RADIO, problem=Problem.BLUETOOTH_OFF)
    assert visit.view.face is Face.TROUBLE
    assert visit.states()[0] == "now", "it is nobody's failure"
    assert not visit.view.button
    visit.hear(MINE)
    assert visit.view.face is Face.CODE
    assert visit.course.code == CODE


def test_after_a_while_without_a_meter_there_is_advice(visit: Visit) -> None:
    assert visit.view.advice == ()
    visit.course.nothing_heard()
    assert len(visit.view.advice) == 4
    visit.hear(OTHER)
    assert visit.view.advice == ()
    visit.course.nothing_heard()
    assert visit.view.advice == ()


def test_the_chosen_meter_is_kept_while_it_is_not_heard(visit: Visit) -> None:
    visit.typed()
    visit.hear()
    assert visit.view.meter is not None
    assert "Not heard" in visit.view.meter.words
    visit.course.submit()
    assert visit.asked == ["search"], "it waits until it is heard"
    visit.hear(MINE)
    assert visit.asked[-1] == ("a", CODE)


def test_the_pairing_window_counts_down_in_words(visit: Visit) -> None:
    visit.now = 10
    visit.hear(replace(MINE, closes_at_s=112.4))
    for now, said in ((10, "1 min 42 s"), (47.4, "1 min 05 s"), (100, "12 s"), (112, "Pairing is open.")):
        visit.now = now
        assert visit.view.meter is not None
        assert said in visit.view.meter.words
        assert visit.view.ticking


def test_leaving_tells_the_controller(visit: Visit) -> None:
    visit.course.leave()
    assert visit.asked[-1] == "cancel"

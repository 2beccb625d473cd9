"""What the pairing page shows for where its course stands: one of six faces, in words. Qt-free.

Not here: the course itself (``pairing_course``), the words of failures (``pairing_problem_words``), drawing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from enum import Enum

from ohmstead.link.label import CODE_LENGTH
from ohmstead.ui.presenters.pairing import NearbyMeter, meter_words, open_words, strength_words
from ohmstead.ui.presenters.pairing_course import PairingCourse
from ohmstead.ui.presenters.pairing_done import DoneView, done_view
from ohmstead.ui.presenters.pairing_problem_words import ProblemView, problem_view
from ohmstead.ui.presenters.pairing_problems import Next, Problem
from ohmstead.ui.presenters.pairing_steps import STEP_OF, PairingPhase, Standing, Step, StepView, step_views
from ohmstead.ui.presenters.wording import Wording


class Face(Enum):
    """What the page's main part is."""

    FIND = "find"  # meters nearby
    CODE = "code"  # the code of one of them
    WORK = "work"  # something is under way, or waited for
    WORDS = "words"
    TROUBLE = "trouble"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter nearby in words."""

    handle: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class BannerView:
    """A banner: "notice" or "alarm", its sentence and its explanation."""

    tone: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """The code's cells, the line under them and the button that tries them. ``tip`` is why it is off."""

    hint: str
    wrong: bool
    refused: bool
    on: bool
    button: str
    can_go: bool
    tip: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """The way by a picture: whether it can be gone now, what was wrong with the last, and whether it helps."""

    on: bool
    reading: bool
    problem: str = ""
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class PairingView:
    """The page. What does not belong to its face is empty."""

    face: Face
    steps: tuple[StepView, ...]
    title: str
    leave: str
    picture: PictureView
    body: str = ""
    banner: BannerView | None = None
    meters: tuple[MeterRow, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    meter: MeterRow | None = None
    entry: EntryView | None = None
    note: tuple[str, str] = ("", "")
    share: float = 0.0
    back: str = ""
    words: tuple[str, ...] = field(default=(), repr=False)
    button: str = ""
    then: Next = Next.WAIT
    lines: tuple[tuple[str, str], ...] = ()
    done: DoneView | None = None
    ticking: bool = False


def pairing_view(course: PairingCourse, words: Wording, platform: str = sys.platform) -> PairingView:
    """The view of a course as it stands."""
    return _Views(course, words, platform).view()


class _Views:
    """Builds one view."""

    def __init__(self, course: PairingCourse, words: Wording, platform: str) -> None:
        self._course = course
        self._words = words
        self._platform = platform
        self._tr = words.tr

    def view(self) -> PairingView:
        course = self._course
        phase = course.state.phase
        if phase is PairingPhase.PAIRED and course.state.home is not None:
            return self._done()
        if phase is PairingPhase.WORDS:
            return self._compare()
        if course.failure is not None and not course.waiting:
            return self._failed()
        if not course.idle:
            # The code's own face stays while its link is being opened: nothing jumps.
            typed = phase is PairingPhase.LINK and course.picture is None
            return self._code() if typed else self._work()
        if course.radio is not None:
            return self._no_radio()
        if course.picture is not None:
            return self._wait()
        return self._code() if course.chosen is not None else self._find()

    # ---- what the faces share -----------------------------------------------------------------

    def _steps(
        self, at: Step | None, *, why: str = "", failed: bool = False, now: str = ""
    ) -> tuple[StepView, ...]:
        course = self._course
        meter = meter_words(course.chosen, self._words) if course.chosen is not None else ""
        return step_views(Standing(at, meter, course.picture is not None, failed, why, now), self._words)

    def _picture(self) -> PictureView:
        course = self._course
        phase = course.state.phase
        able = course.idle or phase in (PairingPhase.WORDS, PairingPhase.PAIRED)
        return PictureView(able and not course.reading, course.reading, course.picture_problem)

    def _row(self, meter: NearbyMeter, heard: bool = True) -> MeterRow:
        signal = strength_words(meter.strength_dbm, self._words)
        state = open_words(meter, self._course.now_s, self._words) if heard else ""
        words = f"{signal}. {state}" if heard else self._tr("Not heard at the moment. Go nearer to it.")
        return MeterRow(meter.handle, self._tr("Meter with the mark {mark}", mark=meter.mark), words)

    def _ticking(self) -> bool:
        """Whether a time on the page counts down."""
        return any(m.pairing_open and m.closes_at_s is not None for m in self._course.meters)

    # ---- the faces ----------------------------------------------------------------------------

    def _find(self) -> PairingView:
        course, tr = self._course, self._tr
        body = (
            tr("Choose the meter whose mark is on your label.")
            if course.meters
            else tr(
                "Press the button on your meter. It shows up here within seconds, by the mark on its label."
            )
        )
        return PairingView(
            Face.FIND,
            self._steps(Step.METER),
            tr("Find your meter"),
            tr("Cancel"),
            self._picture(),
            body,
            meters=tuple(self._row(m) for m in course.meters),
            advice=self._advice() if course.unheard else (),
            ticking=self._ticking(),
        )

    def _advice(self) -> tuple[tuple[str, str], ...]:
        tr = self._tr
        return (
            ("meter", tr("Press the button on the meter. Pairing then stays open for two minutes.")),
            ("home", tr("Go nearer: a few metres are best, without a thick wall in between.")),
            ("bluetooth", tr("See that Bluetooth is on in this computer's settings.")),
            ("people", tr("Let another phone or computer that is in contact with the meter finish first.")),
        )

    def _code(self) -> PairingView:
        course, tr = self._course, self._tr
        assert course.chosen is not None
        banner = None
        if course.waiting:
            banner = BannerView(
                "notice",
                tr("Press the button on the meter"),
                tr("As soon as pairing is open, this goes on by itself."),
            )
        working = not course.idle
        return PairingView(
            Face.CODE,
            self._steps(
                Step.LINK if working else Step.CODE,
                now=tr("Press the button on it") if course.waiting else "",
            ),
            tr("Enter the code from your meter"),
            tr("Cancel"),
            self._picture(),
            banner=banner,
            meter=self._row(course.chosen, course.heard or working),
            entry=self._entry(refused=False),
            ticking=self._ticking(),
        )

    def _entry(self, *, refused: bool) -> EntryView:
        course, tr = self._course, self._tr
        code, problem = course.code, course.code_problem
        whole = len(code) == CODE_LENGTH
        wrong = (whole and bool(problem)) or "U" in code
        working = not course.idle
        if wrong:
            hint = problem
        elif refused:
            hint = tr("Refused by the meter.")
        else:
            hint = tr(
                "17 letters and numbers. Capitals do not matter, O counts as 0 and I as 1, pasting works."
            )
        return EntryView(
            hint,
            wrong,
            refused,
            not working,
            tr("Opening a private link…") if working else tr("Continue"),
            course.can_try and not course.waiting,
            "" if whole and not problem else tr("The code is not complete yet"),
        )

    def _failed(self) -> PairingView:
        course = self._course
        state = course.state
        assert state.problem is not None
        shown = problem_view(state.problem, course.mark, state.detail, self._words, self._platform)
        if state.problem is Problem.WRONG_CODE and course.picture is None and course.chosen is not None:
            return PairingView(
                Face.CODE,
                self._steps(Step.CODE, failed=True, why=shown.step_words),
                shown.title,
                self._tr("Cancel"),
                self._picture(),
                banner=BannerView(shown.tone, shown.head, shown.body),
                entry=self._entry(refused=True),
                note=shown.note,
                button=shown.button,
                then=shown.then,
            )
        return self._trouble(shown, Step.CODE if state.problem is Problem.WRONG_CODE else state.at)

    def _trouble(self, shown: ProblemView, at: Step) -> PairingView:
        banner = None if shown.own_page else BannerView(shown.tone, shown.head, shown.body)
        return PairingView(
            Face.TROUBLE,
            self._steps(at, failed=shown.then is not Next.WAIT, why=shown.step_words, now=shown.step_words),
            shown.title,
            self._tr("Leave it") if shown.then is Next.CHECK else self._tr("Cancel"),
            replace(self._picture(), wanted=shown.then in (Next.RETYPE, Next.AGAIN, Next.START)),
            shown.body if shown.own_page else "",
            banner=banner,
            note=shown.note,
            lines=shown.lines,
            button=shown.button,
            then=shown.then,
        )

    def _no_radio(self) -> PairingView:
        radio = self._course.radio
        assert radio is not None
        assert radio.problem is not None
        shown = problem_view(radio.problem, "", radio.detail, self._words, self._platform)
        return self._trouble(shown, Step.METER)

    def _wait(self) -> PairingView:
        course, tr = self._course, self._tr
        assert course.picture is not None
        mark = course.picture.mark
        near = any(m.mark == mark for m in course.meters)
        body = (
            tr(
                "The label is read. The meter with the mark {mark} is here and waits for its button. As soon as "
                "pairing is open, this goes on by itself.",
                mark=mark,
            )
            if near
            else tr(
                "The label is read. The meter with the mark {mark} is not heard yet: go nearer to it and press "
                "its button. As soon as pairing is open, this goes on by itself.",
                mark=mark,
            )
        )
        return PairingView(
            Face.WORK,
            self._steps(Step.METER, now=tr("Press the button on it")),
            tr("Press the button on your meter"),
            tr("Cancel"),
            self._picture(),
            body,
            back=tr("Type the code instead"),
        )

    def _work(self) -> PairingView:
        state = self._course.state
        at = STEP_OF.get(state.phase, Step.LINK)
        title, body = self._work_words(state.phase)
        if state.away:
            body = self._tr("The meter is out of reach at the moment. It is looked for; stay near it.")
        steps = self._steps(at, now=self._tr("Looking for the meter again") if state.away else "")
        closing = at >= Step.FIRST_BLOCK and state.phase is not PairingPhase.CONFIRMING
        return PairingView(
            Face.WORK,
            steps,
            title,
            self._tr("Close") if closing else self._tr("Cancel"),
            self._picture(),
            body,
            share=(int(at) + 0.5) / len(Step),
        )

    def _work_words(self, phase: PairingPhase) -> tuple[str, str]:
        tr = self._tr
        if phase is PairingPhase.LINK:
            return (
                tr("Opening a private link"),
                tr("This computer and the meter agree on keys that nobody else can know."),
            )
        if phase is PairingPhase.CONFIRMING:
            return tr("The meter takes note of this computer"), tr("Both come back once, to be sure of it.")
        if phase is PairingPhase.FIRST_BLOCK:
            return (
                tr("Checking how the ledger begins"),
                tr("Its first block is worked out again on this computer and has to come out the same."),
            )
        if phase is PairingPhase.CERTIFICATE:
            return (
                tr("Checking the meter's certificate"),
                tr("The ledger has to prove that the certifier admitted this meter."),
            )
        return (
            tr("Bringing the first page"),
            tr("Your newest readings come first. Each is checked against what the ledger records."),
        )

    def _compare(self) -> PairingView:
        tr = self._tr
        return PairingView(
            Face.WORDS,
            self._steps(Step.WORDS),
            tr("Are these the six words on the label?"),
            tr("Cancel"),
            self._picture(),
            tr(
                "They stand for your meter's key and for the ledger it belongs to. If someone sat in between, "
                "they would differ."
            ),
            words=self._course.state.words,
        )

    def _done(self) -> PairingView:
        state = self._course.state
        assert state.home is not None
        done = done_view(state.home, state.problem, self._words)
        return PairingView(
            Face.DONE,
            self._done_steps(),
            self._tr("This computer and your meter know each other now"),
            self._tr("Close"),
            self._picture(),
            done=done,
            button=self._tr("Show my day"),
        )

    def _done_steps(self) -> tuple[StepView, ...]:
        home = self._course.state.home
        steps = list(self._steps(None))
        if home is not None and home.newest_slot is None:
            steps[-1] = StepView(steps[-1].name, self._tr("It arrives within the hour"), "done")
        return tuple(steps)

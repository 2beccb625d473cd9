"""The pairing page's course: what the person said, what the radio said, and what follows from both. Qt-free.

A label (typed or from a picture) is used as soon as its meter is open for pairing; until then it waits. A search
that goes on behind a failure never takes the failure off the page; only the person does, or success. Here: the
state and its changes. Not here: its words (``pairing_view``), drawing. Thread: main.
"""

from __future__ import annotations

from collections.abc import Callable

from ohmstead.link.label import CODE_LENGTH
from ohmstead.ui.presenters.pairing import (
    LabelPicture,
    NearbyMeter,
    PairingController,
    PairingState,
    code_problem,
)
from ohmstead.ui.presenters.pairing_problems import Next, Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from ohmstead.ui.presenters.wording import Wording

#: The phases in which meters are looked for and the person may choose.
_IDLE = (PairingPhase.SEARCHING, PairingPhase.FAILED)


class PairingCourse:
    """One visit to the pairing page. Every call may be followed by a new ``pairing_view``."""

    def __init__(self, controller: PairingController, words: Wording, clock: Callable[[], float]) -> None:
        self._controller = controller
        self._words = words
        self._clock = clock
        self.state = PairingState(PairingPhase.SEARCHING)
        self.radio: PairingState | None = None
        self.meters: tuple[NearbyMeter, ...] = ()
        self.chosen: NearbyMeter | None = None
        self.code = ""
        self.picture: LabelPicture | None = None
        self.picture_problem = ""
        self.reading = False
        self.waiting = False
        self.unheard = False
        self._declined: set[str] = set()
        self._proof: LabelPicture | None = None

    # ---- what is known ------------------------------------------------------------------------

    @property
    def now_s(self) -> float:
        """The monotonic clock."""
        return self._clock()

    @property
    def idle(self) -> bool:
        """Whether it is the person's turn: nothing is under way with a meter."""
        return self.state.phase in _IDLE

    @property
    def failure(self) -> PairingState | None:
        """What ended the last try, while it stays on the page."""
        return self.state if self.state.phase is PairingPhase.FAILED else None

    @property
    def heard(self) -> bool:
        """Whether the chosen meter was heard in the last round."""
        return self.chosen is not None and any(m.handle == self.chosen.handle for m in self.meters)

    @property
    def mark(self) -> str:
        """The mark of the meter that it is about, empty before there is one."""
        if self.picture is not None:
            return self.picture.mark
        return self.chosen.mark if self.chosen is not None else ""

    @property
    def code_problem(self) -> str:
        """What is wrong with the code as it stands, in a sentence; empty when it can be tried."""
        return code_problem(self.code, self._words)

    @property
    def can_try(self) -> bool:
        """Whether there is a whole label and a meter to try it on."""
        return (
            self.idle and self.chosen is not None and len(self.code) == CODE_LENGTH and not self.code_problem
        )

    # ---- what the radio says ------------------------------------------------------------------

    def begin(self) -> None:
        """Look for meters."""
        self._controller.search()

    def take(self, state: PairingState) -> None:
        """A posted state."""
        if state.phase is PairingPhase.SEARCHING:
            self.radio = None
            self._hear(state.meters)
        elif state.phase is PairingPhase.RADIO:
            self.radio = state
            self._hear(())
        else:
            self.state, self.radio = state, None
            self.picture_problem = ""
            if state.phase is PairingPhase.FAILED:
                # A window that closed is waited for; every other failure is the person's to answer.
                self.waiting = state.problem is Problem.CLOSED
            if state.phase is PairingPhase.PAIRED and self._proof is not None:
                proof, self._proof = self._proof, None
                self._controller.confirm_label(proof.text)

    def _hear(self, meters: tuple[NearbyMeter, ...]) -> None:
        self.meters = meters
        if meters:
            self.unheard = False
        if not self.idle:
            return
        if self.chosen is not None:
            self.chosen = next((m for m in meters if m.handle == self.chosen.handle), self.chosen)
        elif self.picture is None:
            # A button was just pressed on one of them: that one it is, until the person says otherwise.
            ready = [m for m in meters if m.pairing_open and m.handle not in self._declined]
            if len(ready) == 1:
                self.chosen = ready[0]
        if self.waiting:
            self._go()

    def nothing_heard(self) -> None:
        """No meter was heard for a while."""
        self.unheard = not self.meters

    # ---- what the person says -----------------------------------------------------------------

    def choose(self, handle: str) -> None:
        """This meter."""
        self.chosen = next((m for m in self.meters if m.handle == handle), None)
        self._declined.discard(handle)
        self._forgive()

    def decline(self) -> None:
        """Not this meter."""
        if self.chosen is not None:
            self._declined.add(self.chosen.handle)
        self.chosen, self.picture = None, None
        self._forgive()

    def type_code(self, code: str) -> None:
        """The code's cells hold this."""
        self.code = code
        self._forgive()

    def submit(self) -> None:
        """Try the typed code, or wait with it until its meter is open."""
        if self.can_try:
            self.picture = None
            self._go()

    def begin_reading(self) -> None:
        """A picture is being looked at."""
        self.reading, self.picture_problem = True, ""

    def not_read(self, problem: str) -> None:
        """The picture is no label, for a reason in a sentence."""
        self.reading, self.picture_problem = False, problem

    def show_label(self, picture: LabelPicture) -> None:
        """A label was read from a picture: before pairing it pairs, later it proves."""
        self.reading, self.picture_problem = False, ""
        if self.state.phase is PairingPhase.WORDS:
            if picture.words == self.state.words:
                self._proof = picture
                self._controller.confirm_words(True)
            else:
                self.picture_problem = self._words.tr(
                    "This picture is of another meter's label: its words are not these."
                )
        elif self.state.phase is PairingPhase.PAIRED:
            self._controller.confirm_label(picture.text)
        elif self.idle:
            self.picture = picture
            self.chosen = next((m for m in self.meters if m.mark == picture.mark), None)
            self._forgive()
            self._go()

    def without_picture(self) -> None:
        """Go back to choosing and typing."""
        self.picture = None
        self._forgive()

    def confirm_words(self, same: bool) -> None:
        """The person's answer to the six words."""
        self._controller.confirm_words(same)

    def go_on(self, then: Next) -> None:
        """What the button of a failure does."""
        if then is Next.CHECK:
            self._controller.check_again()
            return
        if then is Next.START:
            self.code, self.picture, self.chosen = "", None, None
        # What the meter has stored already is taken up again, whether it is open for pairing or not.
        stored = self.state.at >= Step.FIRST_BLOCK
        self._forgive()
        if then is Next.AGAIN and (self.picture is not None or self.can_try):
            self._go(stored=stored)
        elif then is Next.START:
            self._controller.search()

    def leave(self) -> None:
        """The page is left."""
        self._controller.cancel()

    def _forgive(self) -> None:
        """The person goes on: a failure is read by now, and nothing waits on its own."""
        self.waiting, self.picture_problem = False, ""
        if self.state.phase is PairingPhase.FAILED:
            self.state = PairingState(PairingPhase.SEARCHING)

    def _go(self, *, stored: bool = False) -> None:
        """Use the label on its meter, if that is open or has ``stored`` this computer; else wait for it."""
        target = self.chosen if stored and self.chosen is not None else self._target()
        self.waiting = target is None
        if target is not None:
            self.chosen = target
            self.state = PairingState(PairingPhase.LINK)
            self._controller.pair(target.handle, self.picture.text if self.picture else self.code)

    def _target(self) -> NearbyMeter | None:
        """The meter to try now: of a picture's mark the strongest that is open, else the chosen one if it is."""
        if self.picture is not None:
            ready = [m for m in self.meters if m.pairing_open and m.mark == self.picture.mark]
            return max(ready, key=lambda m: m.strength_dbm, default=None)
        return self.chosen if self.heard and self.chosen is not None and self.chosen.pairing_open else None

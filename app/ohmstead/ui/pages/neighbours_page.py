"""Neighbours: the home against itself first, then among homes like it, and the account of what that costs.

Thin: the own days are loaded by a job, the neighbours' state comes posted whole, ``presenters.neighbour_page``
words both; wishes go to a ``NeighbourController`` and come back as another state. Not here: rules, checking, SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.services.neighbour_states import (
    AuditProgress,
    NeighbourProblem,
    NeighbourReason,
    NeighbourState,
    NeighbourTask,
)
from ohmstead.services.states import HomeState
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.neighbour_commands import neighbour_commands
from ohmstead.ui.pages.neighbour_content import NeighbourContent
from ohmstead.ui.pages.neighbour_deeds import NeighbourDeeds
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.page_faces import Faces
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.neighbour_asked import Known
from ohmstead.ui.presenters.neighbour_data import NeighbourData, NeighbourRequest, NeighbourSource
from ohmstead.ui.presenters.neighbour_page import present_neighbours
from ohmstead.ui.presenters.neighbour_views import Auditing, NeighbourFace, NeighbourView
from ohmstead.ui.presenters.neighbour_words import problem_words
from ohmstead.ui.presenters.neighbours import NeighbourController
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import EmptyState
from ohmstead.ui.widgets.text import Text

TICK_MS, HOUR_S = 30_000, 3_600


class NeighboursPage(Page):
    """The page. Main thread. ``clock`` is the product's time in UTC seconds.

    Signals:
        help_wanted: how comparing works, in plain words.
        told: something else is known of the neighbours, or the page is looked at now.
    """

    help_wanted = Signal()
    told = Signal()

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: NeighbourSource | None = None
        self._controller: NeighbourController | None = None
        self._job: Job[NeighbourData] | None = None
        self._live = Live()
        self._known = Known()
        self._view: NeighbourView | None = None
        self._failure = ""
        self._loaded_hour = -1
        self.setAccessibleName(wording.tr("Neighbours"))
        self.deeds = NeighbourDeeds(self, look, wording)
        self._build()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.age)
        self._show()

    # ---- what others call ---------------------------------------------------------------------

    def listen(self, bridge: Bridge) -> None:
        """Take what is posted over the bridge."""
        bridge.subscribe(NeighbourState, self, self.show_neighbours)
        bridge.subscribe(NeighbourProblem, self, self.show_problem)
        bridge.subscribe(AuditProgress, self, self.show_progress)

    def set_controller(self, controller: NeighbourController | None) -> None:
        """Who does what is asked for; None while nobody can: then the page only shows."""
        self._controller = controller
        self._show()

    def set_source(self, source: NeighbourSource | None) -> None:
        """Show another home, or none. What was known of the former one is forgotten."""
        self._source, self._live, self._failure = source, Live(), ""
        self._known = Known()
        self._faces.close_problem()
        self._show()
        self.refresh()

    def show_state(self, state: HomeState) -> None:
        """Take a posted state of the home: its link."""
        was = self._known
        self._live = self._live.after(state, self._clock())
        self._known = replace(was, home=state, away=self._live.away)
        if was.away != self._known.away or was.home.link is not state.link:
            self._show()

    @Slot(object)
    def show_neighbours(self, state: NeighbourState | None) -> None:
        """Take another state of the neighbours; None while nothing is known."""
        self._known = replace(self._known, state=state)
        self._show()

    @Slot(object)
    def show_problem(self, problem: NeighbourProblem) -> None:
        """Something was not done: say why, and what to do."""
        self._faces.hush()
        if problem.task is NeighbourTask.AUDIT and problem.reason is not NeighbourReason.BUSY:
            self.show_auditing(None)
        if problem.reason is NeighbourReason.STOPPED:
            self.say(self._wording.tr("Stopped. What was checked so far says nothing of the rest."))
            return
        head, body = problem_words(problem, self._wording)
        self._faces.tell(head, body)

    @Slot(object)
    def show_progress(self, progress: AuditProgress) -> None:
        """A check of every statement has come so far, or to its end."""
        running = self._known.auditing
        if running is None or (running.ask.cohort, running.ask.day) != (progress.cohort, progress.day):
            return
        if progress.done == progress.of:
            self.show_auditing(None)
            self.say(self._wording.tr("Every statement holds, and they come to the sum."))
        else:
            self.show_auditing(replace(running, done=progress.done))

    def show_auditing(self, running: Auditing | None) -> None:
        """A check has begun, goes on, or (None) is over."""
        self._known = replace(self._known, auditing=running)
        self._show()

    @property
    def state(self) -> NeighbourState | None:
        """What is known of the neighbours; without a controller nobody can act."""
        state = self._known.state
        if self._controller is None and state is not None and state.can_act:
            return replace(state, can_act=False)
        return state

    @property
    def known(self) -> Known:
        """All that is known of the neighbours; without a controller nobody can act."""
        return replace(self._known, state=self.state)

    @property
    def view(self) -> NeighbourView | None:
        """What is shown."""
        return self._view

    @property
    def full(self) -> bool:
        """Whether the page shows its content, not another face."""
        return self._view is not None and self._view.face is NeighbourFace.FULL

    @property
    def controller(self) -> NeighbourController | None:
        """Who does what is asked for."""
        return self._controller

    @Slot()
    def refresh(self) -> None:
        """Read the own days again; the newest request wins."""
        if self._source is None:
            return
        if self._job is not None:
            self._job.cancel()
        source, request = self._source, NeighbourRequest(self._clock())
        self._loaded_hour = request.now_s // HOUR_S
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(request), self._loaded, self._failed
        )

    @Slot()
    def age(self) -> None:
        """Say everything as of now; each hour the own days are read anew."""
        if self._source is not None and self._clock() // HOUR_S != self._loaded_hour:
            self.refresh()
        self._show()

    def take_focus(self) -> None:
        """The keyboard on the way in where there is one, without a ring."""
        part = self.content.group.invite.button
        (part if part.isVisible() and part.isEnabled() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        return neighbour_commands(self, self._wording)

    @Slot(int)
    def choose_span(self, index: int) -> None:
        """Compare the last day (0), the last 7 (1) or the last 30 (2)."""
        self._known = replace(self._known, span=index)
        self._show()

    def go_to(self, span: int | None) -> None:
        """Show the top of the page, with this choice of days where one is named."""
        if span is not None:
            self.choose_span(span)
        self._faces.area.verticalScrollBar().setValue(0)

    def say(self, words: str) -> None:
        """A short word that something was done."""
        self._faces.say(words)

    def offer(self, words: str, action: str, run: Callable[[], object]) -> None:
        """The same, with a way back."""
        self._faces.offer(words, action, run)

    # ---- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        look, tr = self.look, self._wording.tr
        title = Text(look, tr("Neighbours"), "title")
        self._how = Button(look, "", "quiet", "info", small=True, name=tr("How does the comparison work?"))
        head = holder(row(title, None, self._how, gap=12, margins=(0, 12, 0, 0)))
        self.content = NeighbourContent(look, self._wording)
        none = EmptyState(
            look, "neighbours", tr("This ledger compares no homes"),
            tr(
                "The members who keep your ledger have set up no groups. If they do, you can see your home among "
                "homes like it here. Your readings and bills do not depend on it."
            ),
        )  # fmt: skip
        self._faces = Faces(look, self._wording, self, head, self.content, none)

    def _connect(self) -> None:
        content, deeds = self.content, self.deeds
        self._how.clicked.connect(self.help_wanted)
        self._faces.retried.connect(self.refresh)
        content.group.invite.wanted.connect(deeds.do)
        content.group.span_chosen.connect(self.choose_span)
        content.describing.connect(deeds.describe)
        content.resuming.connect(self._resume)
        content.privacy.pausing.connect(deeds.pause)
        content.privacy.leaving.connect(deeds.leave)
        content.privacy.checks.wanted.connect(deeds.audit)
        content.privacy.checks.stopped.connect(deeds.stop_audit)

    # ---- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        """Draw what is known as of now; while the page is not looked at, that can wait."""
        if self._view is None or self.isVisible():
            self._draw()
        self.told.emit()

    def _draw(self) -> None:
        if self._failure:
            view = NeighbourView(NeighbourFace.ERROR)
        else:
            view = present_neighbours(self.known, self._clock(), self._wording)
        same = view == self._view
        self._view = view
        if view.face is NeighbourFace.FULL:
            if not same:
                self.content.show_view(view)
            self._faces.show_content()
            if not same:
                self.content.settle()
        elif view.face is NeighbourFace.NONE:
            self._faces.show_none()
        else:
            states = {NeighbourFace.ERROR: PageState.ERROR, NeighbourFace.EMPTY: PageState.EMPTY}
            self._faces.show_loading(states.get(view.face, PageState.LOADING), self._failure)

    def _loaded(self, data: NeighbourData) -> None:
        self._failure = ""
        self._known = replace(self._known, data=data)
        self._show()
        self.shown.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | ExternalError | VerificationError):
            raise error  # a bug: the application's reporter takes it
        self._failure = str(error)
        self._show()
        self.shown.emit()

    @Slot()
    def _resume(self) -> None:
        self.deeds.pause(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.age()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)

"""The Market: what will be to spare, one click to offer it, and everything that became of earlier offers.

Thin: the forecast is loaded by a job, the market's state comes posted whole, ``presenters.market_page`` words
both; wishes go to a ``MarketController`` and come back as another state. Not here: any rule, signing, SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.market.orders import Side
from ohmstead.services.market_states import MarketState
from ohmstead.services.states import HomeState
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.commands import Command
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.pages.market_commands import market_commands
from ohmstead.ui.pages.market_content import MarketContent
from ohmstead.ui.pages.market_deeds import MarketDeeds
from ohmstead.ui.pages.market_explaining import Explaining
from ohmstead.ui.pages.market_forms import MarketForms
from ohmstead.ui.pages.page import Page
from ohmstead.ui.pages.page_faces import Faces
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market import (
    EvidenceSaved,
    MarketController,
    MarketProblem,
    MarketTask,
    OffersTaken,
)
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_brief import Goal
from ohmstead.ui.presenters.market_data import MarketData, MarketRequest, MarketSource
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_page import Known, asked_of, present_market
from ohmstead.ui.presenters.market_views import MarketFace, MarketView
from ohmstead.ui.presenters.market_words import problem_words
from ohmstead.ui.presenters.view_models import PageState
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import holder, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.parts import EmptyState
from ohmstead.ui.widgets.text import Text

TICK_MS = 5_000
SECTION_ABOVE = 16


class MarketPage(Page):
    """The page. Main thread. ``clock`` is the product's time in UTC seconds.

    Signals:
        page_wanted: another page of the product, by name.
        help_wanted: how the market works, in plain words.
        told: something else is known of the market, or the page is looked at now.
    """

    page_wanted = Signal(str)
    help_wanted = Signal()
    told = Signal()

    def __init__(
        self, look: Look, wording: Wording, jobs: Jobs, executor: Executor, clock: Callable[[], int]
    ) -> None:
        super().__init__(look)
        self._wording, self._jobs, self._executor, self._clock = wording, jobs, executor, clock
        self._source: MarketSource | None = None
        self._controller: MarketController | None = None
        self._job: Job[MarketData] | None = None
        self._live = Live()
        self._known = Known()
        self._view: MarketView | None = None
        self._failure = ""
        self._loaded_slot = -1
        self.setAccessibleName(wording.tr("Market"))
        self._build()
        self.forms, self.deeds = MarketForms(self, look, wording), MarketDeeds(self, wording)
        self.explaining = Explaining(self, jobs, executor)
        self._connect()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.age)
        self._show()

    # ---- what others call ---------------------------------------------------------------------

    def listen(self, bridge: Bridge) -> None:
        """Take what is posted over the bridge."""
        bridge.subscribe(MarketState, self, self.show_market)
        bridge.subscribe(OffersTaken, self, self.show_taken)
        bridge.subscribe(MarketProblem, self, self.show_problem)
        bridge.subscribe(EvidenceSaved, self, self.show_saved)
        self.explaining.listen(bridge)

    def set_controller(self, controller: MarketController | None) -> None:
        """Who does what is asked for; None while nobody can: then the page only shows."""
        self._controller = controller
        self._show()

    def set_source(self, source: MarketSource | None) -> None:
        """Show another home, or none. What was known of the former one is forgotten."""
        self._source, self._live, self._failure = source, Live(), ""
        self._known = Known(prices=self._known.prices)
        self.explaining.forget()
        self.content.forget()
        self._faces.close_problem()
        self._show()
        self.refresh()

    def show_state(self, state: HomeState) -> None:
        """Take a posted state of the home: its link and who keeps its ledger."""
        was = self._known
        self._live = self._live.after(state, self._clock())
        self._known = replace(was, home=state, away=self._live.away)
        single = [s.facts is not None and s.facts.single_operator for s in (was.home, state)]
        if was.away != self._known.away or was.home.link is not state.link or single[0] != single[1]:
            self._show()

    @Slot(object)
    def show_market(self, state: MarketState | None) -> None:
        """Take another state of the market; None while nothing is known."""
        before = self._known.state
        self._known = replace(self._known, state=state)
        if before is not None and state is not None and before.orders != state.orders:
            self.content.hero.rest(False)
        self._show()

    def set_prices(self, price: int | None, feed_in: int | None, currency: str) -> None:
        """What a kWh costs and brings this home, in µ of a currency; None for what the person did not give."""
        self._known = replace(self._known, prices=Prices(price, feed_in, currency))
        self._show()

    @Slot(object)
    def show_taken(self, taken: OffersTaken) -> None:
        """Offers are kept: say so, and offer the way back."""
        self.content.hero.rest(False)
        self._faces.close_problem()
        words = (
            self._wording.tr("Offered. It is sealed when its time comes.")
            if taken.side is Side.SELL
            else self._wording.tr("Your bids are kept. They are sealed when their time comes.")
        )
        keys = taken.keys
        self._faces.offer(words, self._wording.tr("Undo"), lambda: self.deeds.undo(keys))

    @Slot(object)
    def show_problem(self, problem: MarketProblem) -> None:
        """Something was not done: say why, and what to do."""
        self.content.hero.rest(False)
        if problem.task is MarketTask.WHY and isinstance(problem.which, int):
            self.content.orders.panel.show_why(None)
        head, body = problem_words(problem, self._amounts)
        self._faces.tell(head, body)

    @Slot(object)
    def show_saved(self, saved: EvidenceSaved) -> None:
        """Evidence is written."""
        self._faces.say(self._wording.tr("Saved as {name}", name=saved.path.name))

    @property
    def known(self) -> Known:
        """All that is known of the market; without a controller nobody can act."""
        return self._known_now

    @property
    def view(self) -> MarketView | None:
        """What is shown."""
        return self._view

    @property
    def asked(self) -> Asked | None:
        """What the parts of the page rest on; None while it has another face."""
        return asked_of(self._known_now, self._clock(), self._wording)

    @property
    def controller(self) -> MarketController | None:
        """Who does what is asked for."""
        return self._controller

    @Slot()
    def refresh(self) -> None:
        """Load the forecast again; the newest request wins."""
        if self._source is None:
            return
        if self._job is not None:
            self._job.cancel()
        source, request = self._source, MarketRequest(self._clock())
        self._loaded_slot = request.now_s // 900
        self._job = self._jobs.start(
            self, self._executor, lambda _: source.load(request), self._loaded, self._failed
        )

    @Slot()
    def age(self) -> None:
        """Say everything as of now; a new quarter hour is foreseen anew."""
        if self._source is not None and self._clock() // 900 != self._loaded_slot:
            self.refresh()
        self._show()

    def take_focus(self) -> None:
        """The keyboard on the offer, without a ring."""
        part = self.content.hero.button
        (part if part.isVisible() and part.isEnabled() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        return market_commands(self, self._wording)

    def choose_side(self, index: int) -> None:
        """Selling (0) or buying (1)."""
        self._known = replace(self._known, side=Side.SELL if index == 0 else Side.BUY, limit=None)
        self.content.hero.rest(False)
        self._show()

    def say(self, words: str) -> None:
        """A short word that something was done."""
        self._faces.say(words)

    @Slot(int)
    def _price(self, tenths: int) -> None:
        asked = self.asked
        if asked is not None:
            low, high = asked.terms.band(asked.side)
            self._known = replace(self._known, limit=min(max(tenths * asked.amounts.tenth, low), high))
            self._show()

    # ---- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        look, tr = self.look, self._wording.tr
        self._sides = Segmented(look, (tr("Sell"), tr("Buy")), tr("Selling or buying"))
        self._earned = Text(look, "", "strong")
        self._compared = Text(look, "", "small", "text_2")
        self._how = Button(look, "", "quiet", "info", small=True, name=tr("How does the market work?"))
        title = Text(look, tr("Market"), "title")
        head = holder(
            row(title, 8, self._sides, None, self._earned, self._compared, 4, self._how, gap=12,
                margins=(0, 12, 0, 0))
        )  # fmt: skip
        self.content = MarketContent(look, self._wording)
        none = EmptyState(
            look, "market", tr("This ledger has no market"),
            tr(
                "The members who keep your ledger have not opened one. If they do, neighbours can buy and sell "
                "by the quarter hour here. Your readings and bills do not depend on it."
            ),
        )  # fmt: skip
        self._faces = Faces(look, self._wording, self, head, self.content, none)

    def _connect(self) -> None:
        content, hero, deeds = self.content, self.content.hero, self.deeds
        self._sides.chosen.connect(self.choose_side)
        self._how.clicked.connect(self.help_wanted)
        self._faces.retried.connect(self.refresh)
        hero.offered.connect(deeds.offer)
        hero.taken_back.connect(deeds.take_back)
        hero.typing.connect(self.forms.type_amount)
        hero.priced.connect(self._price)
        hero.standing.connect(self.forms.turn_standing)
        content.saving.connect(deeds.save_evidence)
        content.orders.panel.cancelled.connect(deeds.cancel_row)
        content.orders.panel.asked.connect(self.explaining.ask)
        content.lots.opening.connect(self.forms.open_lot)
        content.lots.bidding.connect(self.forms.bid)
        content.lots.asked.connect(self.explaining.ask_lot)
        content.wallet.copying.connect(deeds.copy_reference)
        content.wallet.paying_out.connect(self.forms.ask_payout)
        content.wallet.taking_back.connect(deeds.take_payout_back)

    # ---- showing ------------------------------------------------------------------------------

    @property
    def _amounts(self) -> Amounts:
        return Amounts.of(self._known.prices.currency, self._wording)

    @property
    def _known_now(self) -> Known:
        """What is known; without a controller nobody can act."""
        state = self._known.state
        if self._controller is None and state is not None and state.can_trade:
            return replace(self._known, state=replace(state, can_trade=False))
        return self._known

    def go_to(self, goal: Goal) -> None:
        """Show what is behind a sentence: an order and its price, a lot, the wallet, the offer."""
        if goal.side is not None:
            self.choose_side(0 if goal.side is Side.SELL else 1)
        self.content.go_to(goal)
        alarm = self._known.state is not None and bool(self._known.state.alarms)
        if alarm:
            self._faces.area.verticalScrollBar().setValue(0)  # its banner stands at the top
        elif goal.which is not None:
            QTimer.singleShot(0, self, self._scroll_down)

    @Slot()
    def _scroll_down(self) -> None:
        """Bring the section that is shown to the top, once it is laid out."""
        top = self.content.sections.mapTo(self.content, QPoint(0, 0)).y()
        self._faces.area.verticalScrollBar().setValue(top - SECTION_ABOVE)

    def _show(self) -> None:
        """Draw what is known as of now; while the page is not looked at, that can wait."""
        self.told.emit()
        if self._view is not None and not self.isVisible():
            return
        if self._failure:
            view = MarketView(MarketFace.ERROR)
        else:
            view = present_market(self._known_now, self._clock(), self._wording)
        self._view = view
        full = view.face is MarketFace.FULL
        self._sides.setVisible(full and view.sides)
        self._earned.setVisible(full and bool(view.earned))
        self._compared.setVisible(full and bool(view.compared))
        if not full:
            self._show_face(view.face)
            return
        self._sides.choose(0 if view.side is Side.SELL else 1)
        self._earned.say(view.earned)
        self._compared.say(view.compared)
        self.content.show_view(view, self._amounts.currency.small)
        self._faces.show_content()

    def _show_face(self, face: MarketFace) -> None:
        if face is MarketFace.NO_MARKET:
            self._faces.show_none()
            return
        states = {MarketFace.ERROR: PageState.ERROR, MarketFace.EMPTY: PageState.EMPTY}
        self._faces.show_loading(states.get(face, PageState.LOADING), self._failure)

    def _loaded(self, data: MarketData) -> None:
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.age()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)

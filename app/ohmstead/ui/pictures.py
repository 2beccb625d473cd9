"""Pictures of every page that exists, light and dark: what ``ohmstead demo --headless`` leaves behind.

Driven by the pages' own signals, so that each is taken when it is drawn. Main thread, any platform plugin.
Not here: what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ohmstead.services.market_states import MarketState
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.services.states import HomeState
from ohmstead.ui.home_controller import facts_for_foot
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.pages.market_content import ORDERS, PRICES, WALLET
from ohmstead.ui.pages.neighbour_content import PRIVACY, WHY
from ohmstead.ui.pages.picture import render_page
from ohmstead.ui.presenters.market import MarketController
from ohmstead.ui.presenters.neighbours import NeighbourController
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.product import HomeSources
from ohmstead.ui.theme.theme import Choice

SETTLE_MS = 400  # a drawer has come to rest by then, a live figure too
Go = Callable[[MainWindow, int | None], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a name, and how the window gets there (a day may be asked for).

    ``waits`` names the part whose answer is waited for: home, usage, receipt, market, neighbours, ledger; empty
    for none.
    """

    name: str
    go: Go
    waits: str = ""


def _page(name: str) -> Go:
    """Show a page and have it load anew."""

    def go(window: MainWindow, _day: int | None) -> None:
        window.show_page(name)
        if name == "home":
            window.home.refresh()
        else:
            window.ledger.refresh()

    return go


def _usage(span: Span, *, heat: bool = False) -> Go:
    """Show a span of Usage about the day."""

    def go(window: MainWindow, day: int | None) -> None:
        window.show_page("usage")
        window.usage.show_span(span, day, heat=heat)

    return go


def _market(section: int = ORDERS, side: int | None = None) -> Go:
    """Show a section of the Market; a side (0 to sell, 1 to buy), else the one that it opens on."""

    def go(window: MainWindow, _day: int | None) -> None:
        window.show_page("market")
        page = window.market
        opens_on = 0 if page.view is not None and page.view.sides else 1
        page.choose_side(opens_on if side is None else side)
        page.content.show_section(section)
        page.refresh()

    return go


def _neighbours(section: int = WHY, span: int = 0) -> Go:
    """Show a section of Neighbours at a choice of days, from the top; the privacy account from its begin."""

    def go(window: MainWindow, _day: int | None) -> None:
        window.show_page("neighbours")
        page = window.neighbours
        page.go_to(span)
        page.content.show_section(section)
        page.refresh()

    return go


def _receipt(window: MainWindow, day: int | None) -> None:
    """Open the receipt of a quarter hour about noon, of the day that Usage shows."""
    chart = window.usage.view.chart if window.usage.view is not None else None
    if chart is not None and chart.starts is not None and len(chart):
        window.product.usage_place.open_receipt(int(chart.starts[len(chart) // 2]))


class _NoRadio:
    """A controller that finds nothing: the pairing page's own first look."""

    def search(self) -> None:
        """Nothing is near."""

    def pair(self, handle: str, code: str) -> None:
        """Nothing can be asked for."""

    def confirm_words(self, same: bool) -> None:
        """Nothing was shown."""

    def confirm_label(self, qr_text: str) -> None:
        """Nothing was paired."""

    def check_again(self) -> None:
        """Nothing was checked."""

    def cancel(self) -> None:
        """Nothing runs."""


#: The pages that exist, in the order in which they are taken.
SHOTS = (
    Shot("pairing", lambda w, _: w.begin_pairing(_NoRadio())),
    Shot("first-run", lambda w, _: w.show_home("", None)),
    Shot("preparing", lambda w, _: w.show_preparing("history", 4_012, 8_784)),
    Shot("home", _page("home"), "home"),
    Shot("usage-day", _usage(Span.DAY), "usage"),
    Shot("usage-receipt", _receipt, "receipt"),
    Shot("usage-week", _usage(Span.WEEK), "usage"),
    Shot("usage-month", _usage(Span.MONTH), "usage"),
    Shot("usage-year", _usage(Span.YEAR), "usage"),
    Shot("usage-year-heat", _usage(Span.YEAR, heat=True), "usage"),
    Shot("usage-all", _usage(Span.ALL), "usage"),
    Shot("market", _market(), "market"),
    Shot("market-buy", _market(side=1), "market"),
    Shot("market-prices", _market(PRICES), "market"),
    Shot("market-wallet", _market(WALLET), "market"),
    Shot("neighbours", _neighbours(), "neighbours"),
    Shot("neighbours-privacy", _neighbours(PRIVACY), "neighbours"),
    Shot("ledger", _page("ledger"), "ledger"),
)


@dataclass(frozen=True, slots=True)
class ShownHome:
    """What the pictures show: a home with its state, its market and its neighbours; None where there are none.

    ``day`` is the day that Usage shows, in days since 1970.
    """

    name: str
    sources: HomeSources
    state: HomeState
    day: int | None = None
    market: MarketState | None = None
    neighbours: NeighbourState | None = None
    trading: MarketController | None = None
    comparing: NeighbourController | None = None


class PictureTour(QObject):
    """Takes every picture in every theme, then emits ``done``.

    Signals:
        done: the files' names, in order.
    """

    done = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        folder: Path,
        home: ShownHome,
        themes: tuple[Choice, ...] = ("light", "dark"),
        scale: float = 1.0,
    ) -> None:
        super().__init__(window)
        self._window, self._folder, self._scale, self._home = window, folder, scale, home
        window.market.set_controller(home.trading)
        window.neighbours.set_controller(home.comparing)
        self._taken: list[str] = []
        self._steps = self._plan(themes)
        self._current: tuple[Choice, Shot] | None = None
        product = window.product
        for part, name_of in (
            (product.home, "home"),
            (product.usage, "usage"),
            (product.drawer, "receipt"),
            (product.market, "market"),
            (product.neighbours, "neighbours"),
            (product.ledger, "ledger"),
        ):
            part.shown.connect(partial(self._shown, name_of))

    def start(self) -> None:
        """Take the first; the rest follow by themselves."""
        self._next()

    def _plan(self, themes: tuple[Choice, ...]) -> Iterator[tuple[Choice, Shot]]:
        without = [
            name for name, state in (("market-", self._home.market), ("neighbours-", self._home.neighbours))
            if state is None
        ]  # fmt: skip
        for theme in themes:
            for shot in SHOTS:
                if not shot.name.startswith(tuple(without)):
                    yield theme, shot

    @Slot()
    def _next(self) -> None:
        step = next(self._steps, None)
        self._current = step
        if step is None:
            self.done.emit(tuple(self._taken))
            return
        theme, shot = step
        self._window.look.theme.choose(theme)
        if shot.waits and self._taken and self._taken[-1].startswith("preparing"):
            self._show_home()
        shot.go(self._window, self._home.day)
        if not shot.waits:
            QTimer.singleShot(0, self._take)

    def _show_home(self) -> None:
        window, home = self._window, self._home
        window.show_home(home.name, home.sources)
        window.show_facts(facts_for_foot(home.state))
        window.product.show_state(home.state)
        window.market.show_market(home.market)
        # A ledger without neighbours says so, once it is known.
        window.neighbours.show_neighbours(home.neighbours or NeighbourState(known=True))

    def _shown(self, part: str) -> None:
        if self._current is not None and self._current[1].waits == part:
            QTimer.singleShot(SETTLE_MS, self._take)

    @Slot()
    def _take(self) -> None:
        if self._current is None:
            return
        theme, shot = self._current
        self._current = None
        name = f"{shot.name}-{theme}.png"
        render_page(self._window, self._folder / name, self._scale)
        self._taken.append(name)
        QTimer.singleShot(0, self._next)

"""The tray: live power beside the clock, a short menu, and notices while nobody looks at the window.

Where the desktop has no tray nothing is shown and nothing is lost. Here: the icon and its menu. Not here: which
notices there are (``presenters.notices``). Main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ohmstead.core.intervals import Channel
from ohmstead.services.market_states import MarketState
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.services.states import HomeState, LinkState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_notices import MarketTold, MarketWatch
from ohmstead.ui.presenters.neighbour_notices import FindingWatch
from ohmstead.ui.presenters.notices import Notice, NoticeWatch
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look

SIZES = (16, 22, 32, 44, 64)
NOTHING_TOLD = MarketTold()
MIN_W = 5  # less than this flows nowhere


class Tray(QObject):
    """The icon. ``hear`` it every state of the home that is open.

    Signals:
        open_wanted: the window is to be shown, on this page (empty: as it is).
        quit_wanted: Ohmstead is to end.
        pause_wanted: the incoming history is to rest, or to go on.
        noticed: a ``Notice`` was shown.
        market_told: so much of the market was told (a ``MarketTold``), to be remembered.
        findings_told: these findings about the neighbours were told (their names), to be remembered.
    """

    open_wanted = Signal(str)
    quit_wanted = Signal()
    pause_wanted = Signal(bool)
    noticed = Signal(object)
    market_told = Signal(object)
    findings_told = Signal(object)

    def __init__(
        self,
        look: Look,
        words: Wording,
        clock: Callable[[], int],
        looked_at: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._words, self._clock, self._looked_at = look, words, clock, looked_at
        self._watch = NoticeWatch("", clock())
        self._home = ""
        self._wanted = Notices()
        self._state = HomeState()
        self._market: MarketState | None = None
        self._market_watch = MarketWatch("", MarketTold())
        self._neighbours: NeighbourState | None = None
        self._finding_watch = FindingWatch("")
        self._prices = Prices()
        self._drawn: tuple[str, str] | None = None
        self._leads_to = ""
        tr = words.tr
        self._menu = QMenu()
        self._now = self._menu.addAction("")
        self._now.setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(tr("Open Ohmstead"), partial(self.open_wanted.emit, ""))
        self._pause = self._menu.addAction("", self._toggle)
        self._menu.addSeparator()
        self._menu.addAction(tr("Quit"), self.quit_wanted.emit)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._message_clicked)
        look.theme.changed.connect(self.recolour)
        self._show_state()

    @property
    def available(self) -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def tip(self) -> str:
        """What the icon says when pointed at."""
        return self._icon.toolTip()

    def show(self) -> None:
        """Stand in the tray, if there is one."""
        if self.available:
            self._icon.show()

    def hide(self) -> None:
        """Leave the tray."""
        self._icon.hide()

    def begin_home(
        self,
        name: str,
        wanted: Notices,
        told: MarketTold = NOTHING_TOLD,
        findings: frozenset[str] = frozenset(),
    ) -> None:
        """Another home is open, of which so much was told before; the former one counts no more."""
        self._home, self._wanted = name, wanted
        self._watch, self._market_watch = NoticeWatch(name, self._clock()), MarketWatch(name, told)
        self._finding_watch = FindingWatch(name, findings)
        self._state, self._market, self._neighbours = HomeState(), None, None
        self._show_state()

    def want(self, notices: Notices) -> None:
        """Other notices are wanted from now on."""
        self._wanted = notices

    def reckon(self, prices: Prices) -> None:
        """The household's own prices, for what the market brought against them."""
        self._prices = prices

    @Slot(object)
    def hear(self, state: HomeState) -> None:
        """Another state of the home."""
        self._state = state
        self._show_state()
        self._look_at_home()

    @Slot(object)
    def hear_market(self, state: MarketState | None) -> None:
        """Another state of its market."""
        self._market = state
        self._look_at_market()

    @Slot(object)
    def hear_neighbours(self, state: NeighbourState | None) -> None:
        """Another state of its neighbours."""
        self._neighbours = state
        self._look_at_neighbours()

    @Slot()
    def look_again(self) -> None:
        """See whether time alone has made something worth a notice; call it every few minutes."""
        self._look_at_home()
        self._look_at_market()
        self._look_at_neighbours()

    def _look_at_home(self) -> None:
        self._tell_all(self._watch.hear(self._state, self._wanted, self._clock(), self._words))

    def _look_at_market(self) -> None:
        watch = self._market_watch
        before = watch.told
        found = watch.hear(
            self._market, self._state.zone, self._prices, self._wanted, self._clock(), self._words
        )
        if watch.told != before:
            self.market_told.emit(watch.told)  # remembered before it is said: better not at all than twice
        self._tell_all(found)

    def _look_at_neighbours(self) -> None:
        watch = self._finding_watch
        before = watch.told
        found = watch.hear(self._neighbours, self._state.zone, self._wanted, self._clock(), self._words)
        if watch.told != before:
            self.findings_told.emit(watch.told)
        self._tell_all(found)

    def _tell_all(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            if not self._looked_at():
                self._tell(notice)

    def say(self, head: str, words: str) -> None:
        """Say something that leads nowhere."""
        self._leads_to = ""
        self._icon.showMessage(head, words, self._icon.icon())

    def _tell(self, notice: Notice) -> None:
        self._leads_to = notice.kind.value
        self._icon.showMessage(notice.head, notice.words, self._icon.icon())
        self.noticed.emit(notice)

    def _show_state(self) -> None:
        direction, words = _power(self._state, self._words)
        self._now.setText(words)
        self._icon.setToolTip(f"{self._home or 'Ohmstead'}\n{words}")
        self._pause.setText(
            self._words.tr("Go on bringing the history in")
            if self._state.paused
            else self._words.tr("Pause bringing the history in")
        )
        facts = self._state.facts
        self._pause.setVisible(
            self._state.paused or (facts is not None and facts.pages_held < facts.pages_proven)
        )
        alarm = "alarm" if self._state.refused else ""
        if (direction, alarm) != self._drawn:
            self._drawn = (direction, alarm)
            self._icon.setIcon(self._draw(direction, alarm))

    def _draw(self, direction: str, alarm: str) -> QIcon:
        """The mark, with an arrow for where power flows or a sign where something is not in order."""
        icon = QIcon()
        for size in SIZES:
            picture = QPixmap(QSize(size, size))
            picture.fill(Qt.GlobalColor.transparent)
            with self._look.brush(picture) as brush:
                ink = brush.colour("accent")
                brush.icon("mark", 0, 0, size if not direction and not alarm else size * 0.86, ink)
                badge = size * 0.54
                corner = QRectF(size - badge, size - badge, badge, badge)
                if alarm:
                    brush.icon("alert", corner.x(), corner.y(), badge, QColor(brush.colour("alarm")))
                elif direction:
                    name = "arrow-up-right" if direction == "out" else "arrow-down-right"
                    brush.icon(name, corner.x(), corner.y(), badge, "sold" if direction == "out" else "grid")
            icon.addPixmap(picture)
        return icon

    @Slot()
    def recolour(self) -> None:
        """The colours changed."""
        self._drawn = None
        self._show_state()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit("")

    @Slot()
    def _message_clicked(self) -> None:
        self.open_wanted.emit(self._leads_to)

    @Slot()
    def _toggle(self) -> None:
        self.pause_wanted.emit(not self._state.paused)


def _power(state: HomeState, words: Wording) -> tuple[str, str]:
    """(in, out or empty; the sentence) for the power that was heard last."""
    if state.link is not LinkState.CONNECTED or state.power is None:
        texts = {
            LinkState.SEARCHING: words.tr("Looking for your meter"),
            LinkState.AWAY: words.tr("Your meter is out of reach"),
            LinkState.OFF: words.tr("Bluetooth is off"),
            LinkState.CONNECTED: words.tr("Meter connected"),
        }
        return "", texts.get(state.link, words.tr("No meter is connected"))
    watts = dict(state.power.watts)
    net = watts.get(Channel.IMPORT, 0) - watts.get(Channel.EXPORT, 0)
    value = words.number(abs(net) / 1000, 2)
    if net >= MIN_W:
        return "in", words.tr("{value} kW coming from the grid", value=value)
    if net <= -MIN_W:
        return "out", words.tr("{value} kW going out to the grid", value=value)
    return "", words.tr("Nothing flows to or from the grid")

"""The tour of a new home: five hints, one at a time, each beside the thing that it speaks of.

It goes to the page where the thing is and waits until it is there; the window stays usable meanwhile. Here: the
order, and finding the things. Not here: the words (``presenters.tour``), the card (``widgets.hint``), whether the
tour was seen (``settings``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ohmstead.ui.charts.energy_chart import EnergyChart
from ohmstead.ui.commands import Command, keys_words
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.pages.home_parts import LiveFigure
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.presenters.tour import Hint, Thing, hints
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.sidebar import PALETTE_KEYS
from ohmstead.ui.sidebar_parts import NavItem
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.facts import FactsRow
from ohmstead.ui.widgets.hint import HintCard, Side
from ohmstead.ui.widgets.way import Way

LOOK_MS = 100  # how often the thing is looked for, and followed
_SIDES = {
    Thing.NOW: Side.BELOW,
    Thing.FACTS: Side.ABOVE,
    Thing.BAR: Side.RIGHT,
    Thing.WAY: Side.BELOW,
    Thing.PALETTE: Side.RIGHT,
}


class Tour(QObject):
    """Main thread; lives as long as its window, whose palette offers it again.

    Signals:
        finished: the last hint was read, or the tour was skipped: it need not come by itself again.
    """

    finished = Signal()

    def __init__(self, window: MainWindow, look: Look, words: Wording) -> None:
        super().__init__(window)
        self._window, self._words = window, words
        self._hints: tuple[Hint, ...] = ()
        self._at = 0
        self.card = HintCard(look, window)
        self.card.went_on.connect(self.go_on)
        self.card.skipped.connect(self.skip)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.follow)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.follow)
        window.installEventFilter(self)
        window.page_changed.connect(self.follow)
        window.add_commands(self.commands)

    @property
    def thing(self) -> Thing | None:
        """What is spoken of now; None while no tour is on its way."""
        return self._hints[self._at].thing if self._hints else None

    @Slot()
    def start(self) -> None:
        """Begin with the first hint, from anywhere. Without a home on the screen it does not begin."""
        if not self._window.shows_home:
            return
        self._hints = hints(self._words, keys_words(PALETTE_KEYS))
        self._timer.start()
        self._speak(0)

    @Slot()
    def stop(self) -> None:
        """Take the hint away; the tour counts as not seen. Idempotent."""
        if not self._hints:
            return
        had = self.card.isAncestorOf(self._window.focusWidget() or self._window)
        self._hints = ()
        self._timer.stop()
        self._soon.stop()
        self.card.hide()
        if had and self._window.shows_home:
            self._window.show_page(self._window.page)

    @Slot()
    def go_on(self) -> None:
        """The next hint; after the last the tour is over."""
        if self._at + 1 < len(self._hints):
            self._speak(self._at + 1)
        else:
            self.skip()

    @Slot()
    def skip(self) -> None:
        """End the tour."""
        if self._hints:
            self.stop()
            self.finished.emit()

    def commands(self) -> Sequence[Command]:
        """What the palette offers."""
        tr = self._words.tr
        return (Command("window.tour", tr("Show the tour again"), self.start, "", "info", tr("Everywhere")),)

    def _speak(self, at: int) -> None:
        self._at = at
        hint = self._hints[at]
        self.card.hide()
        self.card.say(hint)
        page = hint.thing.page
        if page and self._window.page != page:
            self._window.show_page(page)
        if hint.thing is Thing.BAR:
            self._window.usage.show_span(Span.DAY)
        if hint.thing is Thing.WAY:
            self._bring(self._window.ledger.findChild(Way))
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Stand beside the thing, wherever it is now; wait unseen while it is not to be seen."""
        if not self._hints:
            return
        if not self._window.shows_home:
            self.card.hide()
            return
        thing = self._hints[self._at].thing
        box = None if self._window.covered else self._box(thing)
        if box is not None:
            self.card.stand(box, _SIDES[thing])
        elif (place := self._place_of(thing)) is not None:
            self.card.stand(place, Side.RIGHT)
        else:
            self.card.hide()

    def _box(self, thing: Thing) -> QRect | None:
        """Where the thing is in the window; None while it is not to be seen."""
        window = self._window
        if thing is Thing.PALETTE:
            return _seen(window.sidebar.go_to, window)
        if thing is Thing.BAR:
            return self._bar_box()
        if thing is Thing.WAY:
            part: QWidget | None = window.ledger.findChild(Way)
        else:
            part = window.home.findChild(LiveFigure if thing is Thing.NOW else FactsRow)
        return _seen(part, window) if part is not None else None

    def _bar_box(self) -> QRect | None:
        """The tallest bar of the day; the table or the map where the bars are not drawn."""
        window = self._window
        chart = window.usage.findChild(EnergyChart)
        if window.usage.view is None or chart is None:
            return None
        if not chart.isVisible():
            return None
        bar = chart.tallest_box()
        return QRect(chart.mapTo(window, bar.topLeft()), bar.size()) if bar is not None else None

    def _place_of(self, thing: Thing) -> QRect | None:
        """Where a thing will be that its page, loaded, does not have yet: the page's name in the sidebar."""
        window = self._window
        loaded = {
            "usage": window.usage.view is not None and window.usage.view.heat is None,
            "ledger": window.ledger.view is not None,
        }
        if window.covered or window.page != thing.page or not loaded.get(thing.page, False):
            return None
        chosen = next((item for item in window.sidebar.findChildren(NavItem) if item.isChecked()), None)
        return _seen(chosen, window) if chosen is not None else None

    def _bring(self, part: QWidget | None) -> None:
        """Scroll to a part, where it is one that scrolls."""
        above = part.parentWidget() if part is not None else None
        while part is not None and above is not None:
            if isinstance(above, QAbstractScrollArea) and hasattr(above, "ensureWidgetVisible"):
                above.ensureWidgetVisible(part)
                return
            above = above.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size: its parts have moved when the layouts have."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self._hints:
            self._soon.start(0)
        return super().eventFilter(watched, event)


def _seen(part: QWidget, window: QWidget) -> QRect | None:
    """The part of a widget that is to be seen, in the window's pixels."""
    region = part.visibleRegion() if part.isVisible() else None
    if region is None or region.isEmpty():
        # Covered wholly or scrolled away; a hint over it must not hide it from itself.
        return None
    box = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    return box.intersected(window.rect().adjusted(0, 0, -1, -1)) or None

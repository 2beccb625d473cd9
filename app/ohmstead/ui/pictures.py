"""Pictures of every page that exists, light and dark: what ``ohmstead demo --headless`` leaves behind.

Driven by the pages' own signals, so that each is taken when it is drawn. Main thread, any platform plugin.
Not here: what a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.pages.picture import render_page
from ohmstead.ui.presenters.meter_state import MeterFacts
from ohmstead.ui.presenters.periods import Span
from ohmstead.ui.product import HomeSources
from ohmstead.ui.theme.theme import Choice


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a name, and how the window gets there (a day may be asked for).

    ``loads`` waits for the page's answer.
    """

    name: str
    go: Callable[[MainWindow, int | None], None]
    loads: bool = True


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
    Shot("pairing", lambda w, _: w.begin_pairing(_NoRadio()), loads=False),
    Shot("first-run", lambda w, _: w.show_home("", None), loads=False),
    Shot("preparing", lambda w, _: w.show_preparing("history", 4_012, 8_784), loads=False),
    Shot("usage-day", lambda w, day: w.usage.show_span(Span.DAY, day)),
    Shot("usage-week", lambda w, day: w.usage.show_span(Span.WEEK, day)),
    Shot("usage-month", lambda w, day: w.usage.show_span(Span.MONTH, day)),
    Shot("usage-year", lambda w, day: w.usage.show_span(Span.YEAR, day)),
    Shot("usage-year-heat", lambda w, day: w.usage.show_span(Span.YEAR, day, heat=True)),
    Shot("usage-all", lambda w, day: w.usage.show_span(Span.ALL, day)),
)


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
        name: str,
        source: HomeSources,
        facts: MeterFacts,
        themes: tuple[Choice, ...] = ("light", "dark"),
        scale: float = 1.0,
        day: int | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._folder, self._scale = window, folder, scale
        self._home, self._source, self._facts = name, source, facts
        self._day = day
        self._taken: list[str] = []
        self._steps = self._plan(themes)
        self._current: tuple[Choice, Shot] | None = None
        window.usage.shown.connect(self._shown)

    def start(self) -> None:
        """Take the first; the rest follow by themselves."""
        self._next()

    def _plan(self, themes: tuple[Choice, ...]) -> Iterator[tuple[Choice, Shot]]:
        for theme in themes:
            for shot in SHOTS:
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
        if not shot.loads:
            shot.go(self._window, self._day)
            QTimer.singleShot(0, self._take)
            return
        if self._taken and self._taken[-1].startswith("preparing"):
            self._window.show_home(self._home, self._source)
            self._window.show_facts(self._facts)
        shot.go(self._window, self._day)

    @Slot()
    def _shown(self) -> None:
        if self._current is not None and self._current[1].loads:
            QTimer.singleShot(0, self._take)

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

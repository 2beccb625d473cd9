"""Keeps the sidebar's foot and the Usage page up to date while a home syncs.

Hears the services' events over the bridge, reads the mirror's state in a job, and tells the window. Readings
that arrive redraw the page at most twice a second. Not here: the words (``presenters.meter_state``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from ohmstead.core.slots import ZoneTable
from ohmstead.services.events import LinkChanged, LinkState, Refused
from ohmstead.services.sync import SyncProgress
from ohmstead.store.records import MirrorStatus
from ohmstead.ui.bridge import Bridge
from ohmstead.ui.jobs import Executor, Job, Jobs
from ohmstead.ui.main_window import MainWindow
from ohmstead.ui.presenters.meter_state import Link, MeterFacts

REDRAW_MS = 500
AGE_MS = 30_000

_LINKS = {
    LinkState.SEARCHING: Link.SEARCHING, LinkState.CONNECTED: Link.CONNECTED, LinkState.AWAY: Link.AWAY,
    LinkState.OFF: Link.OFF, LinkState.STOPPED: Link.AWAY,
}


class StateSource(Protocol):
    """Where the mirror's state comes from."""

    def state(self) -> tuple[MirrorStatus, ZoneTable | None]:
        """The file in a few numbers, and its meter's days. Runs on a worker thread."""
        ...


class HomeFacts(QObject):
    """One home's facts, from its events and its file. Main thread; made for one home, dropped with it."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, jobs: Jobs, reader: Executor, source: StateSource,
        clock: Callable[[], int], *, single_operator: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._reader = window, jobs, reader
        self._source, self._clock = source, clock
        self._facts = MeterFacts(Link.SEARCHING, clock(), single_operator=single_operator)
        self._job: Job[tuple[MirrorStatus, ZoneTable | None]] | None = None
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self._refresh_page)
        self._age = QTimer(self)
        self._age.setInterval(AGE_MS)
        self._age.timeout.connect(self.reread)
        self._age.start()
        bridge.subscribe(LinkChanged, self, self._link_changed)
        bridge.subscribe(SyncProgress, self, self._progressed)
        bridge.subscribe(Refused, self, self._refused)
        self.reread()

    @property
    def facts(self) -> MeterFacts:
        """What is known now."""
        return self._facts

    def stop(self) -> None:
        """Say nothing more: the home is closed. Idempotent."""
        self._redraw.stop()
        self._age.stop()
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def reread(self) -> None:
        """Read the mirror's state again."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._jobs.start(
            self, self._reader, lambda _: self._source.state(), self._read, self._unread
        )

    def _read(self, found: tuple[MirrorStatus, ZoneTable | None]) -> None:
        state, zone = found
        meter = state.meters[-1] if state.meters else None
        self._tell(replace(
            self._facts, now_s=self._clock(), zone=zone,
            head_time_s=state.head.time_s if state.head is not None else None,
            verified_to_slot=meter.last_slot if meter is not None else None,
            pages_held=meter.pages_held if meter is not None else 0,
            pages_proven=meter.pages_proven if meter is not None else 0,
        ))

    def _unread(self, error: BaseException) -> None:
        """The page shows the same failure with its words; the foot just keeps what it knew."""

    def _link_changed(self, event: LinkChanged) -> None:
        self._tell(replace(self._facts, now_s=self._clock(), link=_LINKS[event.state]))

    def _progressed(self, event: SyncProgress) -> None:
        self._tell(replace(self._facts, now_s=self._clock(), pages_held=event.pages_held,
                           pages_proven=event.pages_proven))
        if not self._redraw.isActive():
            self._redraw.start()

    def _refused(self, event: Refused) -> None:
        self._tell(replace(self._facts, now_s=self._clock(), refused=event.error.subject))

    def _tell(self, facts: MeterFacts) -> None:
        self._facts = facts
        self._window.show_facts(facts)

    @Slot()
    def _refresh_page(self) -> None:
        self._window.usage.refresh()
        self.reread()

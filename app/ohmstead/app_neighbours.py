"""The composition root's neighbours controller: the window's wishes, done on the io loop by the open home's desk.

Here: from a wish to a coroutine, from what comes of it to a posted answer: a ``NeighbourState`` (posted by the
desk itself), ``AuditProgress``, or a ``NeighbourProblem``. Not here: doing any of it (``services.neighbours``).
Thread: called on main, works on io.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.link.errors import LinkError, Refused
from ohmstead.neighbours.cohorts import Features
from ohmstead.services.neighbour_states import NeighbourProblem, NeighbourReason, NeighbourTask
from ohmstead.services.neighbours.desk import NeighbourDesk
from ohmstead.services.neighbours.watch import Declined

_log = logging.getLogger(__name__)
Submit = Callable[[Coroutine[Any, Any, None]], object]


class AppNeighbours:
    """``desk`` answers the open home's desk, None where no home is open."""

    def __init__(
        self, submit: Submit, post: Callable[[object], None], desk: Callable[[], NeighbourDesk | None]
    ) -> None:
        self._submit = submit
        self._post = post
        self._desk = desk

    # ---- the controller, on main ----------------------------------------------------------------

    def set_features(self, features: Features | None) -> None:
        """Keep what the household says of its home, on this computer alone; None forgets it."""
        self._do(NeighbourTask.FEATURES, lambda desk: desk.set_features(features))

    def join(self, cohort: str) -> None:
        """Be compared within a cohort."""
        self._do(NeighbourTask.JOIN, lambda desk: desk.join(cohort))

    def leave(self) -> None:
        """Be compared no more."""
        self._do(NeighbourTask.LEAVE, lambda desk: desk.leave())

    def pause(self, paused: bool) -> None:
        """State nothing, or state again."""
        self._do(NeighbourTask.PAUSE, lambda desk: desk.pause(paused))

    def audit(self, cohort: str, day: int | None, epoch: int | None = None) -> None:
        """Check every statement of a day, or (``day`` None) of a month. ``AuditProgress``, at last a state."""
        self._do(NeighbourTask.AUDIT, lambda desk: desk.audit(cohort, day, epoch))

    def stop_audit(self) -> None:
        """End a running audit. Answers NeighbourProblem (STOPPED), nothing where none runs."""

        async def do(desk: NeighbourDesk) -> None:
            desk.stop_audit()

        self._do(NeighbourTask.AUDIT, do)

    # ---- on io ----------------------------------------------------------------------------------

    def _do(self, task: NeighbourTask, what: Callable[[NeighbourDesk], Awaitable[None]]) -> None:
        self._submit(self._run(task, what))

    async def _run(self, task: NeighbourTask, what: Callable[[NeighbourDesk], Awaitable[None]]) -> None:
        desk = self._desk()
        try:
            if desk is None:
                raise Declined(NeighbourReason.AWAY)
            await what(desk)
        except Declined as declined:
            self._post(NeighbourProblem(task, declined.reason, declined.detail))
        except Refused as error:
            self._post(NeighbourProblem(task, NeighbourReason.REFUSED, str(error)))
        except LinkError:
            self._post(NeighbourProblem(task, NeighbourReason.AWAY))
        except ExternalError as error:
            self._post(NeighbourProblem(task, NeighbourReason.NOT_KEPT, str(error)))
        except VerificationError as error:
            _log.warning("refused: %s: %s", error.code, error)
            self._post(NeighbourProblem(task, NeighbourReason.REFUSED, str(error)))

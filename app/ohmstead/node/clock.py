"""The embedded engine's clock: the wall, or a recorded past that is replayed.

While it replays, simulated time moves only when asked, one block per hour of that past (per three minutes from
where its market begins, whose windows an hour would step over); once it has caught up with the wall it is the
wall. Not here: blocks.
"""

from __future__ import annotations

from collections.abc import Callable

BLOCK_EVERY_S = 60
REPLAY_STEP_S = 3600
FINE_STEP_S = 180
_NANOS = 10**9


class EngineClock:
    """``wall`` answers in nanoseconds. ``start_ns`` is the newest block's time, or genesis time.

    ``fine_from_s``: from this second of a replayed past on, blocks are three minutes apart.
    """

    def __init__(
        self, wall: Callable[[], int], start_ns: int, *, replay: bool, fine_from_s: int | None = None
    ) -> None:
        self._wall = wall
        # The votes of one block are microseconds apart; a replay that is taken up counts on in whole seconds, or
        # it would never reach a second that somebody asks it to move to.
        self._simulated_ns = start_ns - start_ns % _NANOS
        self._fine_from_ns = None if fine_from_s is None else fine_from_s * _NANOS
        self.replaying = replay and self._behind()

    def _behind(self) -> bool:
        return self._wall() > self._next()

    def _next(self) -> int:
        hour_on, fine = self._simulated_ns + REPLAY_STEP_S * _NANOS, self._fine_from_ns
        if fine is None or hour_on <= fine:
            return hour_on
        return max(fine, self._simulated_ns + FINE_STEP_S * _NANOS)

    def now_ns(self) -> int:
        """The time at which a block would be voted for now."""
        return self._simulated_ns if self.replaying else self._wall()

    def step(self, to_ns: int) -> int | None:
        """Moves a replayed past on by one block, not beyond ``to_ns`` or the wall; None when there."""
        next_ns = self._next()
        if not self.replaying or next_ns > to_ns:
            return None
        self._simulated_ns = next_ns
        self.replaying = self._behind()
        return next_ns

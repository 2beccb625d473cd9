"""The embedded engine's clock: the wall, or a recorded past that is replayed.

While it replays, simulated time moves only when asked, one block per hour of that past; once it has caught
up with the wall it is the wall. Not here: blocks.
"""

from __future__ import annotations

from collections.abc import Callable

BLOCK_EVERY_S = 60
REPLAY_STEP_S = 3600
_NANOS = 10**9


class EngineClock:
    """``wall`` answers in nanoseconds. ``start_ns`` is the newest block's time, or genesis time."""

    def __init__(self, wall: Callable[[], int], start_ns: int, *, replay: bool) -> None:
        self._wall = wall
        self._simulated_ns = start_ns
        self.replaying = replay and self._behind()

    def _behind(self) -> bool:
        return self._wall() - self._simulated_ns > REPLAY_STEP_S * _NANOS

    def now_ns(self) -> int:
        """The time at which a block would be voted for now."""
        return self._simulated_ns if self.replaying else self._wall()

    def step(self, to_ns: int) -> int | None:
        """Moves a replayed past on by one hour, not beyond ``to_ns`` or the wall; None when there."""
        next_ns = self._simulated_ns + REPLAY_STEP_S * _NANOS
        if not self.replaying or next_ns > to_ns:
            return None
        self._simulated_ns = next_ns
        self.replaying = self._behind()
        return next_ns

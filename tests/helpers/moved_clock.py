"""The product's commands on a machine whose clocks a test moves forward, all its processes' at once.

Wall and monotonic clock jump together, as on a computer that was asleep: what waits for a time does so as soon as
its loop turns. Nothing else of the product is touched. Here: the file that holds how far the clocks are moved,
and running a command beside it (``python -m tests.helpers.moved_clock FILE COMMAND ...``). Not here: which
processes there are (``machines``).
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from pathlib import Path

#: How far wall and monotonic clock are moved, ns.
_FORM = struct.Struct("<qq")
_NANOS = 10**9


class MovedClock:
    """Clocks that processes share through a file. Made anew, the wall clock stands at ``start_s`` and runs."""

    def __init__(self, path: Path, start_s: int | None = None) -> None:
        self.path = path
        if start_s is not None:
            path.write_bytes(_FORM.pack(start_s * _NANOS - time.time_ns(), 0))
        with path.open("r+b") as file:
            self._moved = mmap.mmap(file.fileno(), _FORM.size)

    @property
    def moved_ns(self) -> tuple[int, int]:
        """How far the wall and the monotonic clock are moved."""
        wall, monotonic = _FORM.unpack_from(self._moved)
        return int(wall), int(monotonic)

    @property
    def now_s(self) -> int:
        """The moved wall clock's second, in a process whose own clock is not moved."""
        return (time.time_ns() + self.moved_ns[0]) // _NANOS

    def forward(self, seconds: int) -> None:
        """Moves both clocks."""
        wall, monotonic = self.moved_ns
        _FORM.pack_into(self._moved, 0, wall + seconds * _NANOS, monotonic + seconds * _NANOS)

    def until(self, second: int) -> None:
        """Moves both so that the wall clock stands at a second, where it does not stand later."""
        self.forward(max(0, second - self.now_s))

    def put_into(self, names: dict[str, object]) -> None:
        """Replaces the clocks of the ``time`` module, whose names these are, for this process."""
        wall_ns, monotonic_ns = time.time_ns, time.monotonic_ns
        names["time_ns"] = lambda: wall_ns() + self.moved_ns[0]
        names["time"] = lambda: (wall_ns() + self.moved_ns[0]) / _NANOS
        names["monotonic_ns"] = lambda: monotonic_ns() + self.moved_ns[1]
        names["monotonic"] = lambda: (monotonic_ns() + self.moved_ns[1]) / _NANOS


def main(arguments: list[str]) -> int:
    """Runs a command of the product; its exit code."""
    MovedClock(Path(arguments[0])).put_into(vars(time))
    from ohmstead.cli.main import run

    return run(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

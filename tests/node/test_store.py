"""Killed at any instant, the node finds every block it answered for, and the state after it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from ohmstead.node.embedded import Engine, EngineError
from tests.node.little import GENESIS_S, SECOND, grow, open_engine
from tests.node.test_embedded import NOW, follow, light

ROOT = Path(__file__).parents[2]


def test_a_restarted_engine_goes_on_where_it_was(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 5)
    kept = engine.height, engine.app_hash, engine.changed, light(engine, 5), engine.time_ns
    engine.store.close()
    again = open_engine(tmp_path)
    assert (again.height, again.app_hash, again.changed, light(again, 5), again.time_ns) == kept
    grow(again, 5)
    assert follow(again).height == 10


def test_a_restart_makes_the_same_chain_as_none(tmp_path: Path) -> None:
    straight = open_engine(tmp_path / "one")
    grow(straight, 6)
    for _ in range(6):
        engine = open_engine(tmp_path / "two")
        grow(engine, 1)
        engine.store.close()
    assert light(open_engine(tmp_path / "two"), 6) == light(straight, 6)


def test_a_restart_before_the_first_block(tmp_path: Path) -> None:
    first = open_engine(tmp_path)
    expected = first.app_hash
    first.store.close()
    assert open_engine(tmp_path).app_hash == expected


def test_a_state_that_is_not_its_blocks_is_refused(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 3)
    engine.store.close()
    with sqlite3.connect(tmp_path / "chain.sqlite") as db:
        db.execute("UPDATE state SET value = X'00' WHERE module = 'kv' AND key = ?", (b"k2",))
    db.close()
    with pytest.raises(EngineError):
        open_engine(tmp_path)


class PowerCut(Exception):
    """The write that never came back."""


class Cutting(sqlite3.Connection):
    """A connection that fails at the n-th statement counted from when it was armed."""

    left = -1
    alive: ClassVar[list[sqlite3.Connection]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        Cutting.alive.append(self)

    @classmethod
    def dark(cls) -> None:
        """The process is gone: its files are closed, nothing more is written."""
        cls.left = -1
        while cls.alive:
            cls.alive.pop().close()

    def _count(self) -> None:
        if Cutting.left == 0:
            raise PowerCut
        Cutting.left -= 1

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(sql, *parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        self._count()
        return super().executemany(sql, parameters)


def writes_of_one_block(folder: Path) -> int:
    Cutting.left = -1
    engine = open_engine(folder, factory=Cutting)
    grow(engine, 3)
    before = Cutting.left
    grow(engine, 1)
    writes = before - Cutting.left
    Cutting.dark()
    return writes


def test_a_cut_at_every_write_leaves_a_whole_chain(tmp_path: Path) -> None:
    writes = writes_of_one_block(tmp_path / "count")
    assert writes >= 5
    for cut in range(writes):
        folder = tmp_path / str(cut)
        Cutting.left = -1
        engine = open_engine(folder, factory=Cutting)
        grow(engine, 3)
        Cutting.left = cut
        with pytest.raises(PowerCut):
            grow(engine, 1)
        Cutting.dark()
        again = open_engine(folder)
        assert again.height == 3
        grow(again, 2)
        assert follow(again).height == 5


def test_many_blocks_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 2)

    def cut_short() -> None:
        with engine.store.many():
            grow(engine, 3)
            raise PowerCut

    with pytest.raises(PowerCut):
        cut_short()
    engine.store.close()
    again = open_engine(tmp_path)
    assert again.height == 2
    with again.store.many():
        grow(again, 3)
    again.store.close()
    last = open_engine(tmp_path)
    assert last.height == 5
    assert follow(last).height == 5


CHILD = """
import sys
from pathlib import Path
from tests.node.little import grow, open_engine
engine = open_engine(Path(sys.argv[1]))
while True:
    grow(engine, 1)
    sys.stdout.write(f"{engine.height} {engine.app_hash.hex()}\\n")
    sys.stdout.flush()
"""


@pytest.mark.processes
@pytest.mark.parametrize("after", [1, 4, 23])
def test_a_killed_process_loses_no_block_it_told_of(tmp_path: Path, after: int) -> None:
    path = os.pathsep.join((str(ROOT / "app"), str(ROOT)))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert child.stdout is not None
    with child.stdout:
        told = [child.stdout.readline().split() for _ in range(after)]
        child.send_signal(signal.SIGKILL)
        told += [line.split() for line in child.stdout if line.endswith("\n")]
    child.wait()
    engine = open_engine(tmp_path)
    assert engine.height >= int(told[-1][0])
    assert [int(height) for height, _ in told] == list(range(1, len(told) + 1))
    for height, app_hash in told[:-1]:
        assert light(engine, int(height) + 1).header.app_hash.hex() == app_hash
    grow(engine, 1)
    assert follow(engine).height == engine.height


def test_a_failed_block_is_not_half_kept(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    grow(engine, 2)
    engine.submit(b"boom")
    with pytest.raises(RuntimeError):
        engine.step(NOW)
    del engine
    again: Engine = open_engine(tmp_path)
    assert again.height == 2
    assert again.time_ns < (GENESIS_S + 10_000) * SECOND
    grow(again, 1)
    assert follow(again).height == 3

"""The app's side without a radio: real sync, mirror and homes over a channel that asks a meter's service.

Here: the channel, with a hook for lies and cuts; a home; what its file holds. Not here: the meter.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from ohmstead.core.codec import Value
from ohmstead.link.binding import Role
from ohmstead.link.channel import Channel
from ohmstead.link.errors import LinkLost
from ohmstead.link.messages import Item, Request, Response, pack, unpack
from ohmstead.link.pairing import Pairing
from ohmstead.meter.peers import Link, Peer
from ohmstead.services.homes import Homes
from ohmstead.services.sync import HomeMirror, Stage, Sync, SyncProgress
from ohmstead.services.workers import Workers
from ohmstead.store.mirror import Mirror
from tests.helpers.ledger import Ledger
from tests.helpers.meter import Meter

_T = TypeVar("_T")
#: (method, params, answers) -> the answers that arrive. A stream has many, a call one.
Lie = Callable[[int, Value, list[Value]], list[Value]]


def honest(method: int, params: Value, answers: list[Value]) -> list[Value]:
    return answers


class Inline(Executor):
    """Runs what it is given at once, on the caller's thread."""

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


class MemorySecrets:
    """A SecretStore in memory; ``fail`` is called before every write."""

    demonstration = False

    def __init__(self, fail: Callable[[], None] = lambda: None) -> None:
        self.values: dict[str, bytes] = {}
        self.fail = fail

    def get(self, name: str) -> bytes | None:
        return self.values.get(name)

    def put(self, name: str, value: bytes) -> None:
        self.fail()
        self.values[name] = value

    def delete(self, name: str) -> None:
        self.values.pop(name, None)


@dataclass(frozen=True)
class Owner:
    """The peer that the service believes to speak to."""

    granted: Role = Role.OWNER
    link: Link = Link.CONFIRMED


class Direct:
    """A channel to a meter's service: every message is packed and unpacked as on the air."""

    def __init__(
        self, meter: Meter, lie: Lie = honest, *, cut_after: int | None = None, role: Role = Role.OWNER
    ) -> None:
        self._service = meter.service
        self._peer = cast("Peer", Owner(role))
        self.lie = lie
        self.cut_after = cut_after
        self.answers = 0
        self.asked: list[tuple[int, Value]] = []
        self.closed = False

    def _pass(self, message: Response | Item) -> Value:
        self.answers += 1
        if self.cut_after is not None and self.answers > self.cut_after:
            self.closed = True
            raise LinkLost("cut")
        arrived = unpack(pack(message))
        return arrived.result if isinstance(arrived, Response) else cast("Item", arrived).value

    def _ask(self, method: int, params: Value) -> Value:
        request = unpack(pack(Request(1, method, params)))
        assert isinstance(request, Request)
        self.asked.append((method, request.params))
        return request.params

    async def call(self, method: int, params: Value = None, *, timeout_s: float | None = None) -> Value:
        params = self._ask(method, params)
        (answer,) = self.lie(method, params, [await self._service.call(self._peer, method, params)])
        return self._pass(Response(1, answer))

    async def stream(
        self, method: int, params: Value = None, *, credit: int = 8, timeout_s: float | None = None
    ) -> AsyncGenerator[Value, None]:
        params = self._ask(method, params)
        items = [item async for item in self._service.stream(self._peer, method, params)]
        for index, item in enumerate(self.lie(method, params, items)):
            yield self._pass(Item(1, index, item))


class Home:
    """One paired home with its mirror, on the caller's thread."""

    def __init__(
        self,
        folder: Path,
        pairing: Pairing,
        wall_ns: Callable[[], int],
        *,
        secrets: MemorySecrets | None = None,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> None:
        self.secrets = secrets or MemorySecrets()
        self.homes = Homes(folder / "homes", self.secrets)
        self.path = self.homes.mirror_path(pairing.meter_id)
        self.mirror = Mirror.open(self.path, factory=factory)
        self.home = HomeMirror(self.mirror, pairing)
        self.wall_ns = wall_ns
        self.progress: list[SyncProgress] = []
        self.on_pages: Callable[[], object] = lambda: None
        self.workers = Workers(cast("Any", Inline()), cast("Any", Inline()))

    @classmethod
    def of(cls, folder: Path, meter: Meter, **more: Any) -> Home:
        return cls(folder, meter.pairing(), meter.ledger.wall_ns, **more)

    @property
    def root(self) -> bytes | None:
        return self.homes.epoch_root(self.home.pairing.meter_id, 0)

    def syncing(self, channel: Direct | Channel) -> Sync:
        return Sync(self.home, self.homes, cast("Channel", channel), self.workers, self._told, self.wall_ns)

    def _told(self, progress: SyncProgress) -> None:
        self.progress.append(progress)
        if progress.stage is Stage.PAGES:
            self.on_pages()

    def sync(self, channel: Direct) -> None:
        """One whole sync. Raises what it raises."""
        asyncio.run(self.syncing(channel).run())

    def refused(self, channel: Direct, kind: type[Exception], subject: str) -> Exception:
        """A sync that must be refused by this error, name this, and leave the mirror as it was."""
        before = dump(self.mirror)
        with pytest.raises(kind) as caught:
            self.sync(channel)
        error = caught.value
        assert type(error) is kind, error
        assert getattr(error, "subject", "") == subject, error
        after = dump(self.mirror)
        assert after == before, difference(before, after)
        found = [(f.kind, f.subject) for f in self.mirror.findings()]
        assert (kind.__name__, subject) in found, found
        return error

    def close(self) -> None:
        self.mirror.close()


Dump = dict[str, list[tuple[object, ...]]]
_KEPT_APART = ("finding", "divergence")


def dump_file(db: sqlite3.Connection) -> Dump:
    """Every row of every table but findings and divergences; numbers given by the file itself left out."""
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows: Dump = {}
    for table in tables:
        if table in _KEPT_APART or table.startswith(("_", "sqlite_")):
            continue
        columns = [
            row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "id" or table == "meter"
        ]
        listed = ", ".join(f'"{c}"' for c in columns)
        rows[table] = sorted(map(tuple, db.execute(f"SELECT {listed} FROM {table}")), key=repr)
    return rows


def dump(mirror: Mirror) -> Dump:
    """``dump_file`` of an open mirror."""
    return dump_file(mirror._db)


def dump_path(path: Path) -> Dump:
    """``dump_file`` of a mirror that somebody else may have open."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return dump_file(db)


def difference(before: Dump, after: Dump) -> dict[str, object]:
    """The tables that differ, with the rows that are new or gone."""
    return {
        t: (set(map(repr, before[t])) ^ set(map(repr, after[t]))) for t in before if before[t] != after.get(t)
    }


def head_only(home: Home, meter: Meter) -> None:
    """The home has the newest head and no page of it."""
    asyncio.run(home.syncing(Direct(meter)).head())


__all__ = ["Direct", "Home", "Inline", "Ledger", "MemorySecrets", "dump", "dump_path", "head_only", "honest"]

"""Node, radio, meter and simulated households as processes that are killed and started again one by one.

As ``village``, but each process keeps its address, and all run on clocks that a test moves. Here: founding such a
neighbourhood, its processes, the app's commands. Not here: what is checked.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ohmstead.contract.genesis import AppState
from ohmstead.contract.parameters import MarketParameters, Reference
from ohmstead.core.keys import kid
from ohmstead.core.slots import slot_at
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.meter.sources.choose import (
    Outline,
    YearSource,
    outline_of,
    source_of,
    weeks_to_end_before,
)
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable
from ohmstead.system.paths import paths_in
from ohmstead.system.secrets import SealedFileStore
from ohmstead.village.admission import admit_households
from ohmstead.village.consortium import (
    FEED_IN,
    MARKET_FEE,
    RETAIL,
    REVEAL_BLOCKS,
    Consortium,
    admit_meter,
    home_of,
    load_or_found,
)
from ohmstead.village.process import simulated
from tests.helpers.moved_clock import MovedClock
from tests.helpers.village import ROOT, Done, environment

PATIENCE_S = 60.0
#: A little more than the time after which a node makes a block of its own, s.
BLOCK_S = 61


def consortium_of(folder: Path, outline: Outline, first_slot: int) -> Consortium:
    """A demonstration's consortium whose market begins with this slot."""
    made = load_or_found(folder, outline, with_market=True)
    state, was = AppState.from_cbor(made.genesis.app_state), made.genesis
    prices = (Reference(first_slot, FEED_IN, RETAIL, MARKET_FEE),)
    market = MarketParameters(first_slot, prices, made.treasury.public, reveal_blocks=REVEAL_BLOCKS)
    fixed = AppState(
        state.zones, state.governance, state.certifiers, state.quotas, state.replay, state.note, market
    )
    genesis = GenesisDocument(was.chain_id, was.genesis_time_ns, was.validators, fixed.to_cbor())
    (folder / "genesis.cbor").write_bytes(genesis.to_cbor())
    return load_or_found(folder, None)


class Machines:
    """The processes by name. ``begin`` once, ``end`` always; ``kill`` is at once, ``start`` waits for nothing.

    A recording's past ends within the week before ``now_s``, where the clocks begin.
    """

    def __init__(self, folder: Path, source: str, now_s: int, first_slot: int, homes: int) -> None:
        self._spec, self._homes, self.first_slot = source, homes, first_slot
        outline = outline_of(source)
        self._weeks = weeks_to_end_before(outline, slot_at(now_s))
        self._outline = outline.moved(self._weeks)
        self.folder, self.clock = folder, MovedClock(folder / "clock", now_s)
        self.consortium = consortium_of(folder / "consortium", self._outline, first_slot)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.client = NodeClient(f"http://127.0.0.1:{self._port}")
        self.profile = folder / "app"
        SealedFileStore.for_demonstration(paths_in(self.profile).data / "secrets")
        self._hci = ["", ""]
        self.meter = self.household = b""

    @property
    def source(self) -> YearSource:
        """What the meter reads."""
        return source_of(self._spec, self._weeks)

    # ---- processes ----------------------------------------------------------------------------

    def _arguments(self, name: str) -> list[object]:
        consortium, node = self.folder / "consortium", f"http://127.0.0.1:{self._port}"
        match name:
            case "radio":
                return ["--port", 0, "--ready", self.folder / "radio.json"]
            case "node":
                return ["--data", self.folder / "node", "--genesis", consortium / "genesis.cbor", "--replay",
                        "--paced", "--port", self._port]  # fmt: skip
            case "meter":
                return ["--data", self.folder / "meter", "--source", self._spec, "--weeks", self._weeks,
                        "--node", node, "--genesis-hash", self.consortium.genesis.genesis_hash.hex(), "--hci",
                        self._hci[1], "--status", self._status, "--pairing-open"]  # fmt: skip
        return ["--consortium", consortium, "--data", self.folder / "village", "--node", node, "--homes",
                self._homes, "--zone", self._outline.zone, "--meter", self.meter.hex(), "--household",
                self.household.hex()]  # fmt: skip

    @property
    def _status(self) -> Path:
        return self.folder / "meter.json"

    def _popen(self, output: Any, *arguments: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.moved_clock", self.clock.path, *map(str, arguments)],
            stdout=output, stderr=output, env=environment(self.profile / "empty"), cwd=ROOT,
        )  # fmt: skip

    def start(self, *names: str) -> None:
        """Starts processes that do not run."""
        for name in names:
            assert name not in self._running
            if name == "meter":
                self._status.unlink(missing_ok=True)
            with (self.folder / f"{name}.log").open("ab") as log:
                self._running[name] = self._popen(log, "-v", name, *self._arguments(name))

    def kill(self, *names: str) -> None:
        """Ends them without a word."""
        self.all_alive()
        for name in names:
            self._running[name].kill()
        for name in names:
            self._running.pop(name).wait()

    def all_alive(self) -> None:
        """That none ended by itself."""
        for name, child in self._running.items():
            assert child.poll() is None, self.log(name)

    def log(self, name: str) -> str:
        """The end of what a process said."""
        return (self.folder / f"{name}.log").read_text()[-3000:]

    async def begin(self) -> None:
        """Everything up to a meter on the air, at the clock's present."""
        self.start("radio", "node")
        self._hci = (await self._json(self.folder / "radio.json"))["hci"]
        await self.until(self._answers)
        homes = simulated(self.consortium, self._homes)
        await admit_households(self.consortium, self.client, homes, self._outline)
        self.start("meter")
        public = bytes.fromhex((await self._json(self._status))["public_key"])
        self.meter, self.household = kid(public), home_of(public)
        await admit_meter(self.consortium, self.client, public, self._outline)
        self.start("village")
        await self.until(self.on_air)

    async def end(self) -> None:
        """Ends all of them, the last one first."""
        await self.client.close()
        for child in reversed(self._running.values()):
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._running.clear()

    # ---- waiting ------------------------------------------------------------------------------

    async def until(
        self, holds: Callable[[], Awaitable[bool]], *, pass_s: int = 0, before_s: int | None = None
    ) -> None:
        """Until the ledger is so; meanwhile the clocks move on by ``pass_s``, not beyond ``before_s``.

        With every block, a second apart at least; and not while the meter starts, or what waits for its radio to
        answer would wait no longer.
        """
        end, moved, height = time.monotonic() + PATIENCE_S, time.monotonic(), -1
        while True:
            self.all_alive()
            with suppress(NodeUnreachable, NodeRefused):
                if await holds():
                    return
                if pass_s and time.monotonic() - moved >= 1 and await self.on_air():
                    newest = (await self.client.status()).height
                    late = before_s is not None and self.clock.now_s + pass_s > before_s
                    if newest > height and not late:
                        moved, height = time.monotonic(), newest
                        self.clock.forward(pass_s)
            assert time.monotonic() < end, "\n\n".join(map(self.log, self._running))
            await asyncio.sleep(0.1)

    async def _answers(self) -> bool:
        await self.client.status()
        return True

    async def on_air(self) -> bool:
        """Whether the meter that runs now has its past on the ledger and can be reached."""
        facts = await self._read(self._status)
        return facts is not None and bool(facts.get("on_air"))

    async def _read(self, path: Path) -> Any:
        with suppress(FileNotFoundError, ValueError):
            return json.loads(await asyncio.to_thread(path.read_bytes))
        return None

    async def _json(self, path: Path) -> Any:
        end = time.monotonic() + PATIENCE_S
        while (found := await self._read(path)) is None:
            assert time.monotonic() < end, f"{path.name} was never written"
            await asyncio.sleep(0.05)
        return found

    # ---- the app ------------------------------------------------------------------------------

    def _app(self, *arguments: object) -> list[object]:
        command, *rest = arguments
        return [command, *rest, "--data", self.profile, "--hci", self._hci[0]]

    def run(self, *arguments: object) -> Done:
        """A command of the app, to its end."""
        child = self._popen(subprocess.PIPE, *self._app(*arguments))
        out, err = child.communicate(timeout=120)
        return Done(child.returncode, out.decode(), err.decode())

    def answer(self, *arguments: object) -> Any:
        """What ``market`` answers."""
        done = self.run("market", *arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    def killed(self, seconds: float, *arguments: object) -> None:
        """A command of the app that is killed after so many seconds, wherever it is then."""
        child = self._popen(subprocess.DEVNULL, *self._app(*arguments))
        time.sleep(seconds)
        child.kill()
        child.wait()

    def pair(self) -> None:
        """By the label's QR text; the meter was started with its pairing window open."""
        qr = json.loads(self._status.read_text())["qr"]
        done = self.run("pair", "--qr", qr)
        assert done.code == 0, done.err

"""The demonstration's machines as processes: a ledger node, a virtual radio, a home meter, simulated households.

Each is the product's own command; between app and meter only HCI bytes pass, between meter and node only
RPC. Here: starting them in order, the meter's label and button, stopping them. Not here: the app.
Thread: an asyncio loop of the caller's (``io``).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from ohmstead.core.codec import CodecError, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import kid
from ohmstead.core.slots import slot_at
from ohmstead.errors import ExternalError, UserError
from ohmstead.meter.sources.choose import DEFAULT, outline_of, roof_of, weeks_to_end_before
from ohmstead.neighbours.cohorts import propose
from ohmstead.node.client import NodeClient, NodeUnreachable
from ohmstead.system.files import read_secret_file, write_file
from ohmstead.village.admission import admit_households
from ohmstead.village.cohorts import SHOWN, guardian_folders
from ohmstead.village.consortium import Consortium, admit_meter, home_of, load_or_found
from ohmstead.village.process import plain_imports, simulated

HOMES = 40
START_S = 30.0
REPLAY_S = 600.0
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class LabelCard:
    """What is printed on the virtual meter."""

    mark: str
    code: str
    qr: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being made ready: ``step`` is "ledger", "meter", "history" or "ready"; done of total."""

    step: str
    done: int = 0
    total: int = 0


def source_in(folder: Path) -> str:
    """The source of the demonstration that a folder holds; the default one where it holds none. Total."""
    kept = read_secret_file(folder / "demonstration.cbor")
    try:
        _, source = as_list(decode(kept or b""), "demonstration", 2)
        return as_bytes(source, "source").decode()
    except (CodecError, UnicodeDecodeError):
        return DEFAULT


class Neighbourhood:
    """One home, its ledger, and ``homes`` simulated households that trade. ``start`` once, ``stop`` always."""

    def __init__(
        self, folder: Path, source: str = DEFAULT, radio: str | None = None, homes: int = HOMES
    ) -> None:
        self.folder = folder
        self._homes, self._trading = homes, False
        self.source = source
        self._radio = radio
        self._children: list[asyncio.subprocess.Process] = []
        self._meter: asyncio.subprocess.Process | None = None
        self.app_hci = ""
        self.node_url = ""
        self.genesis_hash = b""
        self._consortium: Consortium | None = None
        self.weeks = 0
        self.label: LabelCard | None = None

    async def start(self, on_progress: Callable[[Progress], None] = lambda _p: None) -> None:
        """Starts everything; returns when the meter is on the air and its recorded past is on the ledger.

        The first start makes keys, pages and a year of blocks; later ones take them up again. Raises
        ExternalError naming the process that did not come up.
        """
        folder = self.folder
        folder.mkdir(parents=True, exist_ok=True)
        on_progress(Progress("ledger"))
        self.weeks = self._settled_weeks()
        outline = outline_of(self.source).moved(self.weeks)
        consortium = load_or_found(folder / "consortium", outline, with_market=self._homes > 0)
        self._consortium = consortium
        trading = self._trading = self._homes > 0 and consortium.market is not None
        self.genesis_hash = consortium.genesis.genesis_hash
        node_ready, radio_ready = folder / "node" / "ready.json", folder / "radio.json"
        status = folder / "meter" / "status.json"
        for stale in (node_ready, radio_ready, status):
            stale.unlink(missing_ok=True)
        await self._spawn(
            "node", "--data", folder / "node", "--genesis", folder / "consortium" / "genesis.cbor",
            "--replay", "--ready", node_ready, *(["--paced"] if trading else []),
        )  # fmt: skip
        model = ["--model", self._radio] if self._radio else []
        await self._spawn("radio", "--port", "0", "--ready", radio_ready, *model)
        port = (await self._json(node_ready, "node"))["port"]
        hci = (await self._json(radio_ready, "radio"))["hci"]
        if not isinstance(hci, list):
            raise ExternalError("The virtual radio did not say where it listens.")
        self.node_url, self.app_hci = f"http://127.0.0.1:{port}", str(hci[0])
        on_progress(Progress("meter"))
        if trading:
            await self._with_node(
                lambda client: admit_households(
                    consortium, client, simulated(consortium, self._homes), outline
                )
            )
        joins = await self._guard(consortium)
        self._meter = await self._spawn(
            "meter", "--data", folder / "meter", "--source", self.source, "--weeks", str(self.weeks),
            "--node", self.node_url, "--genesis-hash", self.genesis_hash.hex(), "--hci", str(hci[1]),
            "--status", status, *(["--join", joins] if joins else []),
        )  # fmt: skip
        facts = await self._json(status, "meter")
        words = facts["words"]
        self.label = LabelCard(
            str(facts["mark"]), str(facts["code"]), str(facts["qr"]),
            tuple(map(str, words)) if isinstance(words, list) else (),
        )  # fmt: skip
        public_key = bytes.fromhex(str(facts["public_key"]))
        await self._with_node(lambda client: admit_meter(consortium, client, public_key, outline))
        if trading:
            await self._spawn(
                "village", "--consortium", folder / "consortium", "--data", folder / "village", "--node",
                self.node_url, "--homes", str(self._homes), "--zone", outline.zone,
                "--meter", kid(public_key).hex(), "--household", home_of(public_key).hex(),
            )  # fmt: skip
        await self._until_on_air(status, on_progress)

    async def _guard(self, consortium: Consortium) -> str | None:
        """Starts a guardian per member, where the ledger has neighbours; the cohort of the home that is shown."""
        params = consortium.neighbours
        if params is None or not self._trading:
            return None
        names = tuple(guardian.name for guardian in params.guardians)
        for name, path in zip(names, guardian_folders(self.folder, names), strict=True):
            await self._spawn(
                "guardian", "run", "--data", path, "--node", self.node_url,
                "--genesis", self.folder / "consortium" / "genesis.cbor", log=f"guardian-{name}",
            )  # fmt: skip
        cohort = propose(params.cohorts, SHOWN)
        return None if cohort is None else cohort.id

    async def _with_node(self, ask: Callable[[NodeClient], Awaitable[None]]) -> None:
        client = NodeClient(self.node_url)
        try:
            await ask(client)
        except NodeUnreachable as error:
            raise ExternalError("The demonstration's ledger does not answer.") from error
        finally:
            await client.close()

    def _settled_weeks(self) -> int:
        """By how many weeks the source was moved at the first start; kept, so that nothing shifts.

        Raises UserError where the folder holds the demonstration of another source.
        """
        path = self.folder / "demonstration.cbor"
        kept = read_secret_file(path)
        if kept is not None:
            try:
                weeks, source = as_list(decode(kept), "demonstration", 2)
                settled = as_uint(weeks, "weeks")
            except CodecError as error:
                raise UserError(
                    f"{self.folder} holds no demonstration of this version. Choose another with --data."
                ) from error
            if source != self.source.encode():
                raise UserError(
                    f"{self.folder} holds the demonstration of another source. Choose another folder with --data."
                )
            return settled
        moved = weeks_to_end_before(outline_of(self.source), slot_at(int(time.time())))
        write_file(path, encode([moved, self.source.encode()]))
        return moved

    async def _until_on_air(self, status: Path, on_progress: Callable[[Progress], None]) -> None:
        async with asyncio.timeout(REPLAY_S):
            while True:
                facts = await self._json(status, "meter")
                if facts.get("on_air"):
                    on_progress(Progress("ready"))
                    return
                sealed, due = facts.get("sealed"), facts.get("due")
                if isinstance(sealed, int) and isinstance(due, int):
                    on_progress(Progress("history", sealed, due))
                await asyncio.sleep(_POLL_S * 4)

    @property
    def trades(self) -> bool:
        """Whether its ledger has a market, once it is started."""
        return self._trading

    @property
    def compares(self) -> bool:
        """Whether its ledger compares homes, once it is started."""
        return self._trading and self._consortium is not None and self._consortium.neighbours is not None

    def plain_imports(self, cohort: str, day: int) -> list[int]:
        """What the simulated homes of a cohort drew on a local day, Wh; none before ``start``."""
        if self._consortium is None:
            return []
        zone = outline_of(self.source).zone
        return plain_imports(self._consortium, self._homes, zone, cohort, day)

    @property
    def simulated(self) -> bool:
        """Whether no measurement stands behind the home: always said on screen."""
        return self.source.startswith("simulator")

    @property
    def roof(self) -> int:
        """By how much the recorded home's roof is multiplied; 1 where it is as it was."""
        return roof_of(self.source)

    def press_button(self) -> None:
        """The button on the meter's housing: the pairing window opens for two minutes."""
        if self._meter is not None and self._meter.stdin is not None:
            self._meter.stdin.write(b"\n")

    async def stop(self) -> None:
        """Ends every process in reverse order and waits for it. Idempotent."""
        for child in reversed(self._children):
            if child.stdin is not None:
                child.stdin.close()
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        for child in reversed(self._children):
            try:
                async with asyncio.timeout(10):
                    await child.wait()
            except TimeoutError:
                child.kill()
                await child.wait()
        self._children.clear()

    async def _spawn(
        self, command: str, *arguments: str | Path, log: str | None = None
    ) -> asyncio.subprocess.Process:
        words = [str(word) for word in (command, *arguments)]
        with (self.folder / f"{log or command}.log").open("ab") as output:
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "ohmstead", "-v", *words, "--with-stdin",
                stdin=asyncio.subprocess.PIPE, stdout=output, stderr=output,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        self._children.append(child)
        return child

    async def _json(self, path: Path, name: str) -> dict[str, object]:
        """A file that a child writes; waits for it. Raises ExternalError if the child ends or is too slow."""
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            for child in self._children:
                if child.returncode is not None:
                    raise ExternalError(f"A process of the demonstration ended; see {self.folder}/*.log.")
            with contextlib.suppress(FileNotFoundError, ValueError):
                value = json.loads(await asyncio.to_thread(path.read_bytes))
                if isinstance(value, dict):
                    return value
            await asyncio.sleep(_POLL_S)
        raise ExternalError(f"The demonstration's {name} did not start; see {self.folder}/{name}.log.")

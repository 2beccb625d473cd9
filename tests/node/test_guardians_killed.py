"""Guardians and a node as processes that are killed: late, never wrong, and never a second share of a round.

The node replays the first days of last month when it is told to; homes are keys in this process. Not here: the
same within one process (``test_guardian``), absence for two weeks.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.neighbour_parameters import STATE_S, Guardian, NeighbourParameters
from ohmstead.contract.neighbour_rounds import Closed, record_rule
from ohmstead.contract.neighbour_state import CLOSED, SHARE, guardian_key_name, round_name
from ohmstead.core.codec import as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import ZoneTable
from ohmstead.core.statements import AnyBody, Commission, Statement, sign
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.validators import Validator, ValidatorSet
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.guardians import joint_key
from ohmstead.neighbours.messages import GuardianKey, RosterAction, RosterChange, StateDay
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.node.client import NodeClient, NodeUnreachable, book_of, rounds_of, values_of
from ohmstead.node.guardian import Guardian as Watcher
from ohmstead.node.guardian_vault import Journal, JournalConflict, Vault, signing_key
from ohmstead.node.keys import load_or_make
from ohmstead.system.files import write_secret_file
from tests.contract.rig import certificate
from tests.helpers.ledger import FOREVER, seed_key
from tests.helpers.neighbours import FIRST_DAY, HOUSES, Street
from tests.helpers.village import environment
from tests.node.test_guardian import stated

DAY_S, HOUR_S, SECOND = 86_400, 3_600, 10**9
OF, HOMES, S = 3, 15, 11
COHORT = Cohort("street", S, "utc")
WAIT_S = 60.0


def month_before() -> int:
    """A month that is over, so that a replay of its first days does not reach the present."""
    return epoch_of(int(time.time()) // DAY_S) - 1


class Machines:
    """A node and guardians as processes, homes as keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.epoch = month_before()
        self.first = days_of(self.epoch)[0]
        self.homes = [seed_key(f"killed {i}") for i in range(HOMES)]
        self.node: subprocess.Popen[bytes] | None = None
        self.guardians: dict[int, subprocess.Popen[bytes]] = {}
        self.port = 0
        self.now_s = self.first * DAY_S
        self._seq = 0
        self.genesis = self._found()
        write_secret_file(folder / "genesis.cbor", self.genesis.to_cbor())

    def _found(self) -> GenesisDocument:
        keys = load_or_make(self.folder / "node" / "validator-keys")
        days = tuple(96 * (self.first - 1 + i) for i in range(400))
        members = tuple(Member(f"m{i}", k.public) for i, k in enumerate(keys))
        guardians = tuple(
            Guardian(f"guardian-{i}", signing_key(self.vault(i)).public) for i in range(OF)
        )  # fmt: skip
        neighbours = NeighbourParameters(self.first, guardians, (COHORT,), age_s=0, lead_s=0, at_once=True)
        state = AppState(
            (ZoneTable("utc", self.first - 1, days, b"UTC"),), members,
            (Member("certifier", seed_key("certifier").public),), Quotas(1000, 20, 1 << 20), replay=True,
            neighbours=neighbours,
        )  # fmt: skip
        validators = ValidatorSet.of(Validator(k.public, 10) for k in keys)
        return GenesisDocument("killed-embedded", (self.now_s - HOUR_S) * SECOND, validators, state.to_cbor())

    def vault(self, i: int) -> Path:
        return self.folder / f"guardian-{i}"

    # ---- processes --------------------------------------------------------------------------------

    def _spawn(self, *words: object) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "ohmstead", *map(str, words)],
                stdout=log, stderr=log, env=environment(self.folder / "nobody"),
            )  # fmt: skip

    async def start_node(self) -> None:
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        genesis = self.folder / "genesis.cbor"
        self.node = self._spawn(
            "node", "--data", self.folder / "node", "--genesis", genesis, "--replay", "--port", self.port,
            "--ready", ready,
        )  # fmt: skip
        await self.until(lambda: _there(ready))
        self.port = int(json.loads(ready.read_text())["port"])
        self.client = NodeClient(f"http://127.0.0.1:{self.port}")

    def guard(self, i: int, folder: Path | None = None) -> None:
        self.guardians[i] = self._spawn(
            "guardian", "run", "--data", folder or self.vault(i), "--node", f"http://127.0.0.1:{self.port}",
            "--genesis", self.folder / "genesis.cbor",
        )  # fmt: skip

    def kill_guardian(self, i: int) -> None:
        _kill(self.guardians.pop(i))

    async def kill_node(self) -> None:
        assert self.node is not None
        _kill(self.node)
        with pytest.raises(NodeUnreachable):
            await self.client.status()
        await self.client.close()

    async def stop(self) -> None:
        for process in [*self.guardians.values(), *([self.node] if self.node else [])]:
            if process.poll() is None:
                _kill(process)
        await self.client.close()

    async def until(self, what: Callable[[], Awaitable[bool]], *, blocks: bool = False) -> None:
        """Waits; with ``blocks`` an hour of the past goes by at each try."""
        end = time.monotonic() + WAIT_S
        while not await what():
            assert time.monotonic() < end, (self.folder / "log").read_text()[-2000:]
            if blocks:
                await self.to(self.now_s + HOUR_S)
            await asyncio.sleep(0.1)

    # ---- the ledger -------------------------------------------------------------------------------

    async def to(self, time_s: int) -> None:
        self.now_s = max(self.now_s, time_s)
        await self.client.call("ohmstead_advance", to=self.now_s)

    async def put(self, *signed: tuple[SigningKey, AnyBody]) -> None:
        """Statements, and blocks until they are in."""
        for key, body in signed:
            seq = None
            if key == seed_key("certifier"):
                self._seq += 1
                seq = self._seq
            answer = await self.client.broadcast(
                sign(key, self.genesis.genesis_hash, Statement(body, FOREVER, seq))
            )  # fmt: skip
            assert answer.code == 0, answer
        for _ in range(1 + len(signed) // 8):
            await self.to(self.now_s + HOUR_S)

    async def populate(self) -> None:
        certifier, first = seed_key("certifier"), self.first * 24
        bodies = list[tuple[SigningKey, AnyBody]]()
        for key in self.homes:
            bodies.append((certifier, certificate(key, valid_from=first - 10)))
            bodies.append((certifier, Commission(key.kid, sha256(key.public).digest()[:16], "utc", first)))
        await self.put(*bodies)
        await self.put(
            *((k, RosterChange(self.epoch, RosterAction.JOIN, k.kid, COHORT.id, 1)) for k in self.homes)
        )

    async def keys(self) -> dict[int, GuardianKey]:
        raws = await values_of(self.client, "nbrkey", [guardian_key_name(self.epoch, i) for i in range(OF)])
        found = {}
        for i, raw in enumerate(raws):
            if raw is not None:
                x, c, z, _ = as_list(decode(raw), "key", 4)
                found[i] = GuardianKey(
                    self.epoch, i, as_bytes(x, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32)
                )
        return found

    async def state(self, day: int) -> list[int]:
        """All homes state a day after its end; their Wh."""
        await self.to((day + 1) * DAY_S + HOUR_S)
        joint = joint_key(self.genesis.genesis_hash, self.epoch, list((await self.keys()).values()), OF)
        wh = [(1_733 * i + 977 * day) % 31_000 for i in range(HOMES)]
        r = Round.of_day(self.genesis.genesis_hash, COHORT.id, day)
        await self.put(*(
            (k, StateDay(
                r.epoch, COHORT.id, day, k.kid, prove_day(r, k.kid, joint, w, S, os.urandom(32))
            ))
            for k, w in zip(self.homes, wh, strict=True)
        ))  # fmt: skip
        return wh

    async def shared(self, day: int) -> set[int]:
        name = round_name(COHORT.id, self.epoch, day)
        raws = await values_of(self.client, "nbrround", [SHARE + name + bytes((i,)) for i in range(OF)])
        return {i for i, raw in enumerate(raws) if raw is not None}

    async def records(self) -> list[RoundRecord]:
        (raw,) = await values_of(self.client, "nbr", [b"log/" + COHORT.id.encode()])
        found = []
        for index in range(as_uint(as_list(decode(raw or b""), "log", 3)[0], "size")):
            leaf, (record, *_), _ = await book_of(self.client, record_rule(COHORT.id), index)
            found.append(RoundLeaf.from_bytes(leaf).record(record))
        return found

    def roots(self, folder: Path) -> dict[int, bytes | None]:
        """A journal's roots, read from a copy: its process has it open."""
        copy = Path(shutil.copy(folder / "journal", self.folder / "copy"))
        journal = Journal(copy)
        found = {d: journal.root_of((COHORT.id, self.epoch, d)) for d in (self.first, self.first + 1)}
        journal.close()
        return found


async def _there(path: Path) -> bool:
    return await asyncio.to_thread(path.exists)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.processes
async def test_a_guardian_killed_for_a_day_and_the_node_between_shares_make_it_late_not_wrong(
    tmp_path: Path,
) -> None:
    here = Machines(tmp_path)
    await here.start_node()
    try:
        for i in range(OF):
            here.guard(i)
        await here.populate()

        async def keyed() -> bool:
            return len(await here.keys()) == OF

        await here.until(keyed, blocks=True)
        first, second = here.first, here.first + 1
        wh = {first: await here.state(first)}
        here.kill_guardian(1)
        backup = Path(shutil.copytree(here.vault(1), tmp_path / "backup"))
        await here.to((first + 1) * DAY_S + STATE_S - HOUR_S)
        wh[second] = await here.state(second)

        async def one_shared() -> bool:
            return bool(await here.shared(first))

        await here.until(one_shared, blocks=True)
        before = await here.shared(first)
        await here.kill_node()
        await here.start_node()
        assert await here.shared(first) == before

        async def others_shared() -> bool:
            return await here.shared(first) == await here.shared(second) == {0, 2}

        await here.until(others_shared, blocks=True)
        await here.to(here.now_s + DAY_S)
        assert [r for r in await here.records() if r.day in wh] == []
        here.guard(1)

        async def opened() -> bool:
            return len([r for r in await here.records() if r.day in wh]) == len(wh)

        await here.until(opened, blocks=True)
        keys, frozen = await here.keys(), {}
        for record in await here.records():
            if record.day in wh:
                found = record.check(here.genesis.genesis_hash, keys, OF, S)
                assert found == plain_day(wh[record.day], S)
                assert record.frozen is not None
                frozen[record.day] = record.frozen.root
        # Every journal holds each round once, with the root that the ledger records.
        assert [here.roots(here.vault(i)) for i in range(OF)] == [frozen] * OF
        # A backup from before it shared anything: what it shared is in its journal before it shares again.
        here.kill_guardian(1)
        assert here.roots(backup) == {first: None, second: None}
        here.guard(1, backup)

        async def caught_up() -> bool:
            return here.roots(backup) == frozen

        await here.until(caught_up)
        assert len([r for r in await here.records() if r.day in wh]) == len(wh)
    finally:
        await here.stop()


@pytest.mark.parametrize("ended", [True, False], ids=["a round that ended", "a round that waits"])
async def test_a_restored_guardian_refuses_another_root_of_what_it_shared_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    """The chain is read first, so that a node that then shows other sums gets nothing, whatever was backed up."""
    street = Street(tmp_path / "street")
    try:
        await street.look()
        backup = Path(shutil.copytree(street.vaults[1].folder, tmp_path / "backup"))
        await stated(street)
        await street.look(1)
        epoch = epoch_of(FIRST_DAY)
        key = CLOSED + round_name(HOUSES.id, epoch, FIRST_DAY)
        raw = street.ledger.engine.app.state.get("nbrround", key)
        assert raw is not None
        if ended:
            for _ in range(2):
                await street.look()
            assert len(street.records()) == 1
        vault = Vault(backup)
        assert len(vault.journal) == 0
        restored = Watcher(street.client, street.ledger.genesis, vault)
        await restored.look()
        assert vault.journal.root_of((HOUSES.id, epoch, FIRST_DAY)) == Closed.from_cbor(raw).frozen.root
        # From now on its node shows the round as closed with another root, and nobody's share of it.
        n, _, q, p = as_list(as_list(decode(raw), "closed", 3)[0], "frozen", 4)
        other = encode([[n, bytes(32), q, p], *as_list(decode(raw), "closed", 3)[1:]])
        name = key[len(CLOSED) :]
        sent = list[bytes]()

        async def lying_rounds(_client: NodeClient) -> list[bytes]:
            return [key]

        async def lying_values(client: NodeClient, module: str, keys: list[bytes]) -> list[bytes | None]:
            honest = await values_of(client, module, keys)
            lies = {key: other} | {SHARE + name + bytes((i,)): None for i in range(4)}
            return [lies.get(k, v) if module == "nbrround" else v for k, v in zip(keys, honest, strict=True)]

        async def spied(tx: bytes) -> object:
            sent.append(tx)
            raise AssertionError("something left")

        assert await rounds_of(street.client) == ([] if ended else [key])
        monkeypatch.setattr("ohmstead.node.guardian.rounds_of", lying_rounds)
        monkeypatch.setattr("ohmstead.node.guardian.values_of", lying_values)
        monkeypatch.setattr(street.client, "broadcast", spied)
        for guardian in (restored, Watcher(street.client, street.ledger.genesis, vault)):
            with pytest.raises(JournalConflict, match="nothing is shared"):
                await guardian.look()
        assert sent == []
        vault.close()
    finally:
        street.shut()

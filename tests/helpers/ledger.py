"""A small ledger in this process: the real engine and contract, four validators, one certifier, a set clock.

Time moves only when a test moves it. Here: blocks, statements, proofs. Not here: a meter (``meter``).
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ohmstead.contract.genesis import AppState, Member
from ohmstead.contract.machine import Machine
from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.parameters import MarketParameters
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import HOUR_SECONDS, ZoneTable
from ohmstead.core.statements import AnyBody, Statement, sign
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.slice import ProvenValue
from ohmstead.ledger.statetree import StateProof
from ohmstead.node.client import NodeClient, NodeUnreachable
from ohmstead.node.embedded import Engine
from ohmstead.node.rpc import Rpc
from ohmstead.node.store import NodeStore
from tests.ledger.chains import FOUR, KEYS, SECOND

FIRST_HOUR = 490_992  # 2026-01-05 00:00 UTC, a Monday
FOREVER = 1 << 40
ZONE = "utc"


def seed_key(name: str) -> SigningKey:
    """A key that a name stands for."""
    return SigningKey.from_seed(sha256(name.encode()).digest())


def zone_table(days: int = 400) -> ZoneTable:
    first = FIRST_HOUR // 24 - 3
    return ZoneTable(ZONE, first, tuple(96 * (first + i) for i in range(days + 1)), b"UTC")


def genesis_of(
    name: str,
    certifier: SigningKey,
    market: MarketParameters | None = None,
    neighbours: NeighbourParameters | None = None,
) -> GenesisDocument:
    members = tuple(Member(f"member-{i}", key.public) for i, key in enumerate(list(KEYS.values())[:4]))
    certifiers = (Member("certifier", certifier.public),)
    state = AppState((zone_table(),), members, certifiers, replay=True, market=market, neighbours=neighbours)
    start = (FIRST_HOUR - 2) * HOUR_SECONDS
    return GenesisDocument(f"{name}-embedded", start * SECOND, FOUR, state.to_cbor())


class Ledger:
    """One engine. Two of one name share genesis and keys: two histories of one ledger."""

    def __init__(
        self,
        folder: Path,
        name: str = "rig",
        *,
        certifier: str = "certifier",
        machine: type[Machine] = Machine,
        market: MarketParameters | None = None,
        neighbours: NeighbourParameters | None = None,
    ) -> None:
        self.certifier = seed_key(certifier)
        self.genesis = genesis_of(name, seed_key("certifier"), market, neighbours)
        self.store = NodeStore(folder / "chain.sqlite")
        self.store.relaxed(True)
        self.engine = Engine(self.genesis, list(KEYS.values())[:4], machine(self.genesis), self.store)
        self.rpc = Rpc(self.engine, self._advance, lambda: None, lambda: False)
        self.now_s = max(self.genesis.genesis_time_ns, self.engine.time_ns) // SECOND
        self._seq = 0

    def wall_ns(self) -> int:
        """A clock that agrees with the newest block, two seconds on."""
        return (self.now_s + 2) * SECOND

    def step(self, seconds: int = 1) -> None:
        """One block; the block after it is that much later."""
        self.now_s += seconds
        self.engine.step(self.now_s * SECOND)

    def until(self, time_s: int) -> None:
        """Blocks until the next block's time is at least this."""
        self.step(max(1, time_s - self.now_s))

    def prove(self) -> None:
        """Blocks until the newest state is under a header."""
        while not self.engine.provable:
            self.step()

    def _advance(self, to_s: int) -> int:
        self.until(to_s)
        return self.engine.height

    def submit(self, tx: bytes) -> None:
        """A transaction that must be taken."""
        answer = self.engine.submit(tx)
        assert answer.code == 0, answer

    def certify(self, body: AnyBody) -> bytes:
        """A statement of the certifier, in a block; its bytes."""
        self._seq += 1
        tx = sign(self.certifier, self.genesis.genesis_hash, Statement(body, FOREVER, self._seq))
        self.submit(tx)
        self.step()
        return tx

    @property
    def head(self) -> LightBlock:
        return self.block(self.engine.height)

    def block(self, height: int) -> LightBlock:
        found = self.engine.light_block(height)
        assert found is not None
        return found

    def proven(self, module: str, key: bytes) -> ProvenValue | None:
        """A value with its proof under the newest header."""
        assert self.engine.provable
        state = self.engine.app.state
        value = state.get(module, key)
        if value is None:
            return None
        return ProvenValue(module, key, value, StateProof.from_cbor(state.prove(module, key).to_cbor()))

    def client(self) -> LocalClient:
        return LocalClient(self.rpc)

    def close(self) -> None:
        self.store.close()


class LocalClient(NodeClient):
    """The real client with the network left out; ``away`` makes the node unreachable."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__("local")
        self.rpc = rpc
        self.away = False
        self.asked: list[str] = []

    async def _post(self, body: object) -> object:
        if self.away:
            raise NodeUnreachable("no answer from the node")
        requests = body if isinstance(body, list) else [body]
        self.asked += [r["method"] for r in requests]
        answers = [self.rpc.answer(r) for r in requests]
        return answers if isinstance(body, list) else answers[0]

"""A cohort on the embedded engine: homes that state days, guardians that share, blocks of a set clock.

Meters here have keys and no radio; their messages are real. Here: making a ledger with neighbours and moving it
through rounds by its own mempool. Not here: a meter or guardian process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.machine import Machine
from ohmstead.contract.neighbour_parameters import STATE_S, Guardian, NeighbourParameters
from ohmstead.contract.neighbour_rounds import Closed, record_rule, shares_of
from ohmstead.contract.neighbour_state import CLOSED, guardian_keys, joint_of, round_name
from ohmstead.contract.overlay import Overlay
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import HOUR_SECONDS
from ohmstead.core.statements import AnyBody, Commission, Statement, sign
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.guardians import GuardianSecret, make_key, prove_share
from ohmstead.neighbours.messages import OpenRound, RosterAction, RosterChange, StateDay
from ohmstead.neighbours.opening import open_day
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import Round, epoch_of
from ohmstead.node.embedded import Engine
from ohmstead.node.rpc import Rpc
from ohmstead.node.store import NodeStore
from tests.contract.rig import certificate
from tests.helpers.ledger import FIRST_HOUR, FOREVER, ZONE, seed_key, zone_table
from tests.ledger.chains import FOUR, KEYS, SECOND

DAY_S = 86_400
FIRST_DAY = FIRST_HOUR // 24
S = 11
STREET = Cohort("street", S, ZONE)
SIGNERS = tuple(seed_key(f"guardian {i}") for i in range(3))


def street_genesis(name: str) -> GenesisDocument:
    """Guardians, one cohort, joins that count at once."""
    members = tuple(Member(f"member-{i}", key.public) for i, key in enumerate(list(KEYS.values())[:4]))
    guardians = tuple(Guardian(f"guardian-{i}", k.public) for i, k in enumerate(SIGNERS))
    neighbours = NeighbourParameters(FIRST_DAY, guardians, (STREET,), age_s=0, lead_s=0, at_once=True)
    certifier = (Member("certifier", seed_key("certifier").public),)
    quotas = Quotas(1000, 20, 1 << 20)
    state = AppState((zone_table(),), members, certifier, quotas, replay=True, neighbours=neighbours)
    return GenesisDocument(
        f"{name}-embedded", (FIRST_HOUR - 2) * HOUR_SECONDS * SECOND, FOUR, state.to_cbor()
    )


class Street:
    """One engine with a cohort. ``seeds`` and ``values`` are what the homes keep to themselves."""

    def __init__(self, folder: Path, homes: int, name: str = "street") -> None:
        self.path = folder / "chain.sqlite"
        self.genesis = street_genesis(name)
        self.meters = tuple(seed_key(f"{name} meter {i}") for i in range(homes))
        self.seeds: dict[tuple[bytes, int], bytes] = {}
        self.values: dict[tuple[bytes, int], int] = {}
        self.secrets: dict[int, tuple[GuardianSecret, ...]] = {}
        self._seq = 0
        self.open()
        self.now_s = self.genesis.genesis_time_ns // SECOND
        txs = []
        for key in self.meters:
            txs.append(self._certify(certificate(key, valid_from=FIRST_HOUR - 10)))
            home = sha256(key.public).digest()[:16]
            txs.append(self._certify(Commission(key.kid, home, ZONE, FIRST_HOUR - 2)))
        self.put(*txs)
        month = epoch_of(FIRST_DAY)
        joins = [RosterChange(month, RosterAction.JOIN, k.kid, STREET.id, 1) for k in self.meters]
        self.until(FIRST_HOUR * HOUR_SECONDS)
        self.put(*(self.sign(k, join) for k, join in zip(self.meters, joins, strict=True)))
        self.post_keys(month)

    # ---- the engine ----------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the engine on what is on disk."""
        self.store = NodeStore(self.path)
        self.store.relaxed(True)
        self.engine = Engine(self.genesis, list(KEYS.values())[:4], Machine(self.genesis), self.store)
        self.rpc = Rpc(self.engine, lambda to: to, lambda: None, lambda: False)

    def close(self) -> None:
        self.store.close()

    def reopen(self) -> None:
        """As after a power cut: the mempool is gone, the chain is not."""
        self.close()
        self.open()

    @property
    def hash(self) -> bytes:
        return self.genesis.genesis_hash

    @property
    def state(self) -> Overlay:
        return Overlay(self.engine.app.state.get, self.engine.app.state.between)

    def step(self, seconds: int = 1) -> None:
        self.now_s += seconds
        self.engine.step(self.now_s * SECOND)

    def until(self, time_s: int) -> None:
        """The next block's own time is at least this."""
        self.step(max(1, time_s - self.now_s))
        self.step()

    def put(self, *txs: bytes) -> None:
        """Has transactions waiting, and blocks made until none of them waits."""
        for tx in txs:
            answer = self.engine.submit(tx)
            assert answer.code == 0, answer.log
        while self.engine.mempool:
            self.step()

    def sign(self, key: SigningKey, body: AnyBody) -> bytes:
        return sign(key, self.hash, Statement(body, FOREVER, None))

    def _certify(self, body: AnyBody) -> bytes:
        self._seq += 1
        return sign(seed_key("certifier"), self.hash, Statement(body, FOREVER, self._seq))

    # ---- rounds --------------------------------------------------------------------------------

    def post_keys(self, month: int) -> None:
        made = [make_key(self.hash, month, i, len(SIGNERS)) for i in range(len(SIGNERS))]
        self.secrets[month] = tuple(secret for secret, _ in made)
        self.put(*(self.sign(SIGNERS[i], key) for i, (_, key) in enumerate(made)))

    def joint(self, month: int) -> bytes:
        found = joint_of(guardian_keys(self.state, month), len(SIGNERS))
        assert found is not None
        return found

    def round(self, day: int) -> Round:
        return Round.of_day(self.hash, STREET.id, day)

    def statement(self, meter: SigningKey, day: int, wh: int) -> bytes:
        """A home's day, with a seed of its own that stays at home."""
        round_ = self.round(day)
        seed = self.seeds[meter.kid, day] = sha256(b"seed" + meter.kid + round_.context(meter.kid)).digest()
        self.values[meter.kid, day] = wh
        message = prove_day(round_, meter.kid, self.joint(round_.epoch), wh, S, seed)
        return self.sign(meter, StateDay(round_.epoch, STREET.id, day, meter.kid, message))

    def state_day(self, day: int, values: Mapping[SigningKey, int]) -> None:
        """After the day has ended these homes state it."""
        self.until((day + 1) * DAY_S)
        self.put(*(self.statement(key, day, wh) for key, wh in values.items()))

    def close_day(self, day: int) -> None:
        self.until((day + 1) * DAY_S + STATE_S)

    def share(self, day: int, guardians: Iterable[int] = range(len(SIGNERS))) -> None:
        """Guardians share what their node's own state holds closed."""
        round_ = self.round(day)
        raw = self.state.get("nbrround", CLOSED + round_name(STREET.id, round_.epoch, day))
        assert raw is not None
        frozen, joint = Closed.from_cbor(raw).frozen, self.joint(round_.epoch)
        for i in guardians:
            body = prove_share(self.secrets[round_.epoch][i], round_, frozen, joint)
            self.put(self.sign(SIGNERS[i], body))

    def opened(self, day: int) -> RoundRecord:
        """Somebody opens the day: its record."""
        round_ = self.round(day)
        raw = self.state.get("nbrround", CLOSED + round_name(STREET.id, round_.epoch, day))
        assert raw is not None
        shares = shares_of(self.state, STREET.id, round_.epoch, day)
        found = open_day(Closed.from_cbor(raw).frozen, shares, len(SIGNERS), S)
        body = OpenRound(round_.epoch, STREET.id, day, (*found.bins, found.total_wh))
        self.put(self.sign(self.meters[0], body))
        return self.record(day)

    def records(self) -> list[RoundRecord]:
        """What the node keeps of rounds that ended, in order."""
        rule = record_rule(STREET.id)
        leaves = [RoundLeaf.from_bytes(leaf) for leaf in self.store.market_records(rule, 0)]
        books = [self.store.market_book(rule, i) for i in range(len(leaves))]
        return [leaf.record(book[0][0]) for leaf, book in zip(leaves, books, strict=True) if book is not None]

    def record(self, day: int) -> RoundRecord:
        (found,) = [r for r in self.records() if r.day == day]
        return found

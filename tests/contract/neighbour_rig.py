"""A ledger with neighbours for tests: cohorts of homes that state days, guardians that open them.

Keys, seeds and proofs follow from names, so that a proof that was made once serves every test of a process; so
do the verdicts on them, which stand under the hash of all that was checked. A ledger that has come so far can be
copied, and each copy go its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256, sha512

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.machine import BlockOutcome, Machine
from ohmstead.contract.neighbour_parameters import STATE_S, Guardian, NeighbourParameters
from ohmstead.contract.neighbour_rounds import Closed, record_rule, shares_of
from ohmstead.contract.neighbour_state import CLOSED, SHARE, guardian_keys, joint_of, round_name
from ohmstead.contract.overlay import Overlay
from ohmstead.contract.refusals import Reason
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.core.statements import AnyBody
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.neighbours.cohorts import Answer, Cohort, Dwelling, Heating
from ohmstead.neighbours.dayproof import day_bytes, prove_day
from ohmstead.neighbours.group import Draw
from ohmstead.neighbours.guardians import GuardianSecret, make_key, prove_share
from ohmstead.neighbours.messages import (
    GuardianKey,
    OpenRound,
    RosterAction,
    RosterChange,
    Share,
    StateDay,
    StateShape,
)
from ohmstead.neighbours.opening import open_day, open_shape
from ohmstead.neighbours.proofs import Ciphertext
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.neighbours.shape import prove_shape
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    GOVERNANCE,
    OTHER_CERTIFIER,
    START_S,
    VALIDATORS,
    WIDE,
    ZONE,
    Ledger,
    Meter,
    key,
    reason,
)

FIRST_DAY = FIRST_HOUR // 24
EPOCH = epoch_of(FIRST_DAY)
S = 11
HOUSES = Cohort(
    "houses", S, ZONE.name, (Dwelling.DETACHED,), (80, 160), (2, 5), (Heating.GAS,), pv=Answer.YES
)
FLATS = Cohort("flats", S, ZONE.name, (Dwelling.FLAT,))
SIGNERS = tuple(key(f"guardian {i}") for i in range(4))
GUARDIANS = tuple(Guardian(f"guardian-{i}", k.public) for i, k in enumerate(SIGNERS))
#: Verdicts on proofs, kept for all ledgers of a process.
VERDICTS: dict[bytes, tuple[Ciphertext, ...]] = {}
PARAMS = NeighbourParameters(FIRST_DAY, GUARDIANS, (HOUSES, FLATS), age_s=0, lead_s=0, at_once=True)


#: What copies of a ledger have in common, or make anew.
SHARED = frozenset(("machine", "genesis", "params"))


def drawn(*about: object) -> Draw:
    """Bytes that look random and follow from what they are about."""

    def stream() -> Iterator[bytes]:
        for n in range(1 << 30):
            yield sha512(repr((about, n)).encode()).digest()

    blocks, left = stream(), bytearray()

    def draw(count: int) -> bytes:
        while len(left) < count:
            left.extend(next(blocks))
        taken = bytes(left[:count])
        del left[:count]
        return taken

    return draw


def neighbour_genesis(params: NeighbourParameters = PARAMS, quotas: Quotas = WIDE) -> GenesisDocument:
    """The genesis of a ledger with neighbours and no market."""
    certifiers = (Member("certifier", CERTIFIER.public), Member("other", OTHER_CERTIFIER.public))
    state = AppState((ZONE,), GOVERNANCE, certifiers, quotas, neighbours=params)
    return GenesisDocument("neighbours-embedded", START_S * 10**9, VALIDATORS, state.to_cbor())


@lru_cache(maxsize=64)
def keys_of(genesis: bytes, epoch: int, of: int) -> tuple[tuple[GuardianSecret, GuardianKey], ...]:
    """The guardians' keys of an epoch."""
    return tuple(make_key(genesis, epoch, i, of, drawn("guardian", genesis, epoch, i)) for i in range(of))


def seed_of_day(round_: Round, meter: bytes) -> bytes:
    """What a home keeps of its day."""
    return sha256(b"seed" + meter + round_.context(meter)).digest()


@lru_cache(maxsize=4096)
def day_message(round_: Round, meter: bytes, joint: bytes, wh: int, s: int) -> bytes:
    """A home's day, proven."""
    return prove_day(
        round_, meter, joint, wh, s, seed_of_day(round_, meter), drawn("day", meter, round_.context(meter))
    )


@lru_cache(maxsize=64)
def shape_message(round_: Round, meter: bytes, joint: bytes, amounts: tuple[int, ...]) -> bytes:
    """A home's month, proven."""
    seed = sha256(b"shape" + meter + round_.context(meter)).digest()
    return prove_shape(round_, meter, joint, amounts, seed, drawn("shape", meter, round_.context(meter)))


@dataclass
class Home:
    """A household's meter and what version its next change has."""

    meter: Meter
    name: str = ""
    version: int = 0

    @property
    def id(self) -> bytes:
        return self.meter.id


@dataclass
class Tally(Ledger):
    """A ledger with neighbours. Records and leaves are kept as a node keeps them."""

    params: NeighbourParameters = PARAMS
    records: dict[str, list[RoundRecord]] = field(default_factory=dict)
    leaves: dict[str, list[bytes]] = field(default_factory=dict)
    people: list[Home] = field(default_factory=list)
    noted: dict[bytes, list[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.genesis = neighbour_genesis(self.params)
        self.machine = self._machine()
        self.first_app_hash = self.machine.init_chain(self.genesis)
        self.height, self.time_s = 0, START_S
        self.seqs = {}
        self.history: list[tuple[int, list[bytes]]] = []
        self.app_hashes: list[bytes] = []

    def _machine(self) -> Machine:
        made = Machine(self.genesis)
        made._proofs._seen = VERDICTS
        return made

    def copy(self) -> Tally:
        """This ledger as it stands, to go its own way: a machine restored from its state."""
        other = Tally.__new__(Tally)
        other.__dict__.update({k: deepcopy(v) for k, v in self.__dict__.items() if k not in SHARED})
        other.__dict__.update({k: self.__dict__[k] for k in SHARED - {"machine"}})
        other.machine = other._machine()
        kept = list(self.machine.state.snapshot())
        assert other.machine.restore(self.height, self.time_s, kept) == self.machine.state.app_hash
        return other

    def block(self, *txs: bytes, at: int | None = None) -> BlockOutcome:
        outcome = super().block(*txs, at=at)
        self.history.append((self.time_s, list(txs)))
        self.app_hashes.append(outcome.app_hash)
        for book in outcome.books:
            kept = self.records.setdefault(book.rule, [])
            assert book.index == len(kept)
            kept.append(RoundLeaf.from_bytes(book.record).record(book.book[0]))
        for home, data in outcome.notes:
            self.noted.setdefault(home, []).append(data)
        for leaf in outcome.leaves:
            self.leaves.setdefault(leaf.log, []).append(leaf.data)
        return outcome

    @property
    def state(self) -> Overlay:
        return Overlay(self.machine.state.get, self.machine.state.between)

    def refuse(self, signer: SigningKey, body: AnyBody, at: int | None = None) -> Reason:
        """Has a statement refused for good, by the block and by the mempool after it; returns the reason."""
        tx = self.sign(signer, body)
        result = self.one(tx, at)
        assert result.code == 1, result
        assert self.machine.check_tx(tx).data == result.data, result
        return reason(result)

    # ---- people -----------------------------------------------------------------------------

    def post_keys(self, epoch: int = EPOCH, but: Iterable[int] = ()) -> None:
        """Every guardian's key of an epoch, except some."""
        for i, (_, body) in enumerate(keys_of(self.hash, epoch, len(SIGNERS))):
            if i not in set(but):
                self.accept(SIGNERS[i], body)

    def home(self, name: str, cohort: str | None = HOUSES.id) -> Home:
        """A commissioned meter, on a cohort's roster unless None."""
        made = Home(self.meter(name, home=sha256(name.encode()).digest()[:16]), name)
        self.people.append(made)
        if cohort is not None:
            self.accept(made.meter.key, self.change(made, RosterAction.JOIN, cohort))
        return made

    def homes(self, count: int, cohort: str = HOUSES.id) -> list[Home]:
        """Several homes of a cohort."""
        return [self.home(f"{cohort} {n}", cohort) for n in range(count)]

    def named(self, name: str) -> Home:
        """The home of a name, as this copy of the ledger knows it."""
        return next(h for h in self.people if h.name == name)

    def change(self, home: Home, action: RosterAction, cohort: str, epoch: int | None = None) -> RosterChange:
        home.version += 1
        at = epoch if epoch is not None else self.month + (0 if self.params.at_once else 1)
        return RosterChange(at, action, home.id, cohort, home.version)

    @property
    def month(self) -> int:
        return epoch_of(ZONE.day_of(self.time_s // SLOT_SECONDS))

    def joint(self, epoch: int) -> bytes:
        found = joint_of(guardian_keys(self.state, epoch), len(SIGNERS))
        assert found is not None
        return found

    # ---- rounds -----------------------------------------------------------------------------

    def round(self, day: int | None, cohort: Cohort = HOUSES, epoch: int = EPOCH) -> Round:
        return Round(self.hash, cohort.id, epoch if day is None else epoch_of(day), day)

    def day(self, home: Home, day: int, wh: int, cohort: Cohort = HOUSES) -> StateDay:
        """A home's statement of a day."""
        r = self.round(day, cohort)
        return StateDay(r.epoch, cohort.id, day, home.id,
                        day_message(r, home.id, self.joint(r.epoch), wh, cohort.s))  # fmt: skip

    def false_day(self, home: Home, day: int, cohort: Cohort = HOUSES) -> StateDay:
        """A statement of the right length whose proof says nothing."""
        return StateDay(epoch_of(day), cohort.id, day, home.id, bytes(day_bytes(cohort.s)))

    def shape(
        self, home: Home, amounts: tuple[int, ...], epoch: int = EPOCH, cohort: Cohort = HOUSES
    ) -> StateShape:
        """A home's statement of a month."""
        message = shape_message(self.round(None, cohort, epoch), home.id, self.joint(epoch), amounts)
        return StateShape(epoch, cohort.id, home.id, message)

    def state_days(
        self, days: Mapping[bytes, int], homes: Iterable[Home], day: int, cohort: Cohort = HOUSES
    ) -> None:
        """Homes state a day after its end, eight a block; all must be accepted."""
        txs = [self.sign(h.meter.key, self.day(h, day, days[h.id], cohort)) for h in homes if h.id in days]
        at = max(self.time_s + 60, end_of(day))
        for i in range(0, len(txs), 8):
            results = self.block(*txs[i : i + 8], at=at).results
            assert all(r.code == 0 for r in results), results
            at += 60

    def close(self, day: int) -> BlockOutcome:
        """The block that closes a day."""
        return self.block(at=max(self.time_s + 60, end_of(day) + STATE_S))

    def closed(self, day: int | None, cohort: Cohort = HOUSES, epoch: int = EPOCH) -> Closed:
        r = self.round(day, cohort, epoch)
        raw = self.machine.state.get("nbrround", CLOSED + round_name(cohort.id, r.epoch, day))
        assert raw is not None
        return Closed.from_cbor(raw)

    def kept_share(self, guardian: int, day: int | None, cohort: Cohort = HOUSES) -> bytes:
        """A share as the state holds it."""
        name = SHARE + round_name(cohort.id, EPOCH, day) + bytes((guardian,))
        raw = self.machine.state.get("nbrround", name)
        assert raw is not None
        return raw

    def share(self, guardian: int, day: int | None, cohort: Cohort = HOUSES, epoch: int = EPOCH) -> Share:
        """A guardian's share of what the state holds closed."""
        r = self.round(day, cohort, epoch)
        secret = keys_of(self.hash, r.epoch, len(SIGNERS))[guardian][0]
        frozen = self.closed(day, cohort, epoch).frozen
        return prove_share(secret, r, frozen, self.joint(r.epoch), drawn("share", guardian, r.name))

    def opening(self, day: int | None, cohort: Cohort = HOUSES, epoch: int = EPOCH) -> OpenRound:
        """What the shares that are in open to."""
        r = self.round(day, cohort, epoch)
        shares = shares_of(self.state, cohort.id, r.epoch, day)
        frozen = self.closed(day, cohort, epoch).frozen
        if day is None:
            values = open_shape(frozen, shares, len(SIGNERS))
        else:
            found = open_day(frozen, shares, len(SIGNERS), cohort.s)
            values = (*found.bins, found.total_wh)
        return OpenRound(r.epoch, cohort.id, day, values)

    def finish(self, day: int | None, cohort: Cohort = HOUSES, epoch: int = EPOCH) -> RoundRecord:
        """All guardians share, somebody opens: the record."""
        for i, signer in enumerate(SIGNERS):
            self.accept(signer, self.share(i, day, cohort, epoch))
        self.accept(SIGNERS[0], self.opening(day, cohort, epoch))
        return self.records[record_rule(cohort.id)][-1]

    def guardians(self, epoch: int = EPOCH) -> dict[int, GuardianKey]:
        """The keys as the state holds them."""
        return guardian_keys(self.state, epoch)


def end_of(day: int) -> int:
    """The block time at which a day is over."""
    return ZONE.slots_of(day).stop * SLOT_SECONDS


def month_end(epoch: int = EPOCH) -> int:
    """The block time at which a month is over."""
    return end_of(days_of(epoch)[-1])

"""A ledger for tests: one contract, a certifier, meters that seal real pages, blocks a minute apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ohmstead.contract.genesis import AppState, Member, Quotas
from ohmstead.contract.machine import BlockOutcome, Machine, TxResult
from ohmstead.contract.overlay import Overlay
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import Value, as_list, as_uint, decode
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.keys import SigningKey
from ohmstead.core.slots import ZoneTable
from ohmstead.core.statements import (
    AnyBody,
    Beacon,
    CertifiedChannel,
    Commission,
    Publish,
    Register,
    Retire,
    Statement,
    sign,
)
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.pages import KeyContext, KeyRing, seal
from ohmstead.ledger.validators import Validator, ValidatorSet

FIRST_HOUR = 480_000  # 2024-10-04 00:00 UTC
START_S = FIRST_HOUR * 3600
YEARS = 3 * 366 * 24
HOME = sha256(b"home").digest()[:16]
ZONE = ZoneTable("test-utc", FIRST_HOUR // 24, tuple(FIRST_HOUR * 4 + 96 * i for i in range(500)), b"Etc/UTC")
CHANNELS = (CertifiedChannel(Channel.IMPORT, True), CertifiedChannel(Channel.EXPORT, True))
OK = IntervalStatus.OK


def key(name: str) -> SigningKey:
    """The signing key of a name."""
    return SigningKey.from_seed(sha256(name.encode()).digest())


CERTIFIER, OTHER_CERTIFIER, STRANGER = key("certifier"), key("other certifier"), key("stranger")
GOVERNANCE = tuple(Member(f"member-{i}", key(f"member {i}").public) for i in range(4))
VALIDATORS = ValidatorSet.of(Validator(key(f"validator {i}").public, 10) for i in range(4))
#: Quotas that no ordinary test meets.
WIDE = Quotas(100_000, 100_000, 100_000)


def make_genesis(quotas: Quotas = WIDE, zones: tuple[ZoneTable, ...] = (ZONE,)) -> GenesisDocument:
    """The genesis of a ledger that starts with FIRST_HOUR."""
    certifiers = (Member("certifier", CERTIFIER.public), Member("other", OTHER_CERTIFIER.public))
    state = AppState(zones, GOVERNANCE, certifiers, quotas)
    return GenesisDocument("contract-embedded", START_S * 10**9, VALIDATORS, state.to_cbor())


def channel_hours(hour: int, count: int = len(CHANNELS)) -> tuple[ChannelHour, ...]:
    """An hour's readings: amounts that tell hours and channels apart."""
    return tuple(ChannelHour(1000 * hour + c, (hour % 97, c, 2, 3), (OK, OK, OK, OK)) for c in range(count))


@dataclass
class Meter:
    """A meter that seals pages and signs batches. ``size`` and ``hour`` are what comes next."""

    key: SigningKey
    genesis_hash: bytes
    hour: int = FIRST_HOUR
    channels: int = len(CHANNELS)
    epoch: int = 0
    log: CompactRange = field(default_factory=CompactRange)

    def __post_init__(self) -> None:
        context = KeyContext(self.genesis_hash, self.id, self.epoch)
        self._ring = KeyRing(sha256(b"root" + self.id).digest(), context)

    @property
    def id(self) -> bytes:
        return self.key.kid

    def page(self, number: int, hour: int, channels: int | None = None) -> bytes:
        nonce = sha256(b"nonce%d/%d" % (number, hour)).digest()[:24]
        readings = channel_hours(hour, self.channels if channels is None else channels)
        return seal(self._ring, number, hour, readings, nonce)

    def pages(self, count: int) -> tuple[bytes, ...]:
        """The next pages; nothing moves on."""
        return tuple(self.page(self.log.size + i, self.hour + i) for i in range(count))

    def batch(self, pages: Sequence[bytes], **changes: object) -> Publish:
        """A batch that continues the log; ``changes`` make it wrong."""
        fields: dict[str, object] = {
            "meter": self.id, "first": self.log.size,
            "root": self.log.extend(map(leaf_hash, pages)).root(), "pages": tuple(pages),
        }  # fmt: skip
        return Publish(**{**fields, **changes})

    def take(self, pages: Sequence[bytes]) -> None:
        """The ledger has these pages: what follows comes after them."""
        self.log = self.log.extend(map(leaf_hash, pages))
        self.hour += len(pages)

    def publish(self, count: int) -> Publish:
        """The next batch, taken as accepted."""
        pages = self.pages(count)
        body = self.batch(pages)
        self.take(pages)
        return body


class Ledger:
    """A contract and its block time. Sequences are kept per signer."""

    def __init__(self, quotas: Quotas = WIDE, zones: tuple[ZoneTable, ...] = (ZONE,)) -> None:
        self.genesis = make_genesis(quotas, zones)
        self.machine = Machine(self.genesis)
        self.first_app_hash = self.machine.init_chain(self.genesis)
        self.height, self.time_s = 0, START_S
        self.seqs: dict[bytes, int] = {}

    @property
    def hash(self) -> bytes:
        return self.genesis.genesis_hash

    def sign(
        self, signer: SigningKey, body: AnyBody, *, seq: int | None = None, valid_until: int | None = None
    ) -> bytes:
        """A signed statement with the signer's next sequence, which is used up by making it."""
        if body.SEQUENCED and seq is None:
            seq = self.seqs[signer.kid] = self.seqs.get(signer.kid, 0) + 1
        until = START_S + YEARS * 3600 if valid_until is None else valid_until
        return sign(signer, self.hash, Statement(body, until, seq))

    def block(self, *txs: bytes, at: int | None = None) -> BlockOutcome:
        """The next block, a minute later or at a given time."""
        self.height += 1
        self.time_s = self.time_s + 60 if at is None else at
        return self.machine.finalize_block(self.height, self.time_s, txs)

    def one(self, tx: bytes, at: int | None = None) -> TxResult:
        """The result of a block of one transaction."""
        return self.block(tx, at=at).results[0]

    def accept(self, signer: SigningKey, body: AnyBody, at: int | None = None) -> bytes:
        """Has a statement accepted; returns its signed bytes."""
        tx = self.sign(signer, body)
        result = self.one(tx, at)
        assert result == TxResult(), result.log
        return tx

    def refuse(self, signer: SigningKey, body: AnyBody, at: int | None = None) -> Reason:
        """Has a statement refused for good; returns the reason."""
        result = self.one(self.sign(signer, body), at)
        assert result.code == 1, result
        return reason(result)

    def meter(self, name: str = "meter", *, home: bytes | None = HOME, **changes: object) -> Meter:
        """Registers a meter, and commissions it unless ``home`` is None."""
        made = Meter(key(name), self.hash)
        self.accept(CERTIFIER, certificate(made.key, **changes))
        if home is not None:
            self.accept(CERTIFIER, Commission(made.id, home, ZONE.name, FIRST_HOUR))
        return made

    def record(self, meter: bytes) -> MeterRecord:
        """A meter's record in state."""
        raw = self.machine.state.get("meter", meter)
        assert raw is not None
        return MeterRecord.from_cbor(raw)

    def put(self, module: str, name: bytes, value: bytes) -> None:
        """Writes a state value that no statement of this version writes (revocation, suspension)."""
        self.machine.state.apply({(module, name): value})

    def seq_of(self, signer: bytes) -> int:
        return Overlay(self.machine.state.get).get_uint("signer", signer)

    def home(self, home: bytes = HOME) -> list[Value]:
        raw = self.machine.state.get("home", home)
        assert raw is not None
        return as_list(decode(raw), "home", 4)


def certificate(meter: SigningKey, **changes: object) -> Register:
    """A certificate's body; ``changes`` replace its fields."""
    fields: dict[str, object] = {
        "public_key": meter.public, "channels": CHANNELS, "valid_from": FIRST_HOUR,
        "valid_to": FIRST_HOUR + YEARS, "model": b"test meter", "replayed": False,
    }  # fmt: skip
    return Register(**{**fields, **changes})


def reason(result: TxResult) -> Reason:
    """The reason that a refusal's data carries."""
    (number,) = as_list(decode(result.data), "refusal", 1)
    return Reason(as_uint(number, "reason"))


def hour_end(hour: int) -> int:
    """The first block time at which an hour counts as over without any allowance."""
    return (hour + 1) * 3600


def log_of(leaves: Iterable[bytes]) -> CompactRange:
    """The RFC 6962 log over leaf data."""
    return CompactRange().extend(map(leaf_hash, leaves))


__all__ = [
    "CERTIFIER", "CHANNELS", "FIRST_HOUR", "GOVERNANCE", "HOME", "OTHER_CERTIFIER", "START_S", "STRANGER",
    "VALIDATORS", "WIDE", "YEARS", "ZONE", "Beacon", "Commission", "Ledger", "Meter", "Publish", "Register",
    "Retire", "certificate", "hour_end", "key", "log_of", "make_genesis", "reason",
]  # fmt: skip

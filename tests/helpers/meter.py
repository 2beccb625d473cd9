"""A meter in this process: real log, real pages, real service; its ledger is handed to it.

Here: sealing, publishing, the view that its service answers from. Not here: the radio, lies (``channel``).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ohmstead.core.codec import Value
from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.slots import HOUR_SECONDS, SLOTS_PER_HOUR, first_slot_of_hour, hour_end_s
from ohmstead.core.statements import CertifiedChannel, Commission, Publish, Register, Statement, sign
from ohmstead.ledger import pages
from ohmstead.ledger.meterlog import Anchor, MeterRecord
from ohmstead.ledger.provenset import ProvenItem, ProvenSet
from ohmstead.ledger.slice import METER, HeadBundle, ProvenValue, keys_of_bundle
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Pairing, Stage, Trust
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.peripheral_session import MeterIdentity
from ohmstead.meter.service import LedgerView, MeterService
from ohmstead.meter.sources.base import IntervalMaker
from ohmstead.meter.sources.recorded import WEEK_SLOTS, RecordedSource, Recording
from tests.helpers.ledger import FIRST_HOUR, FOREVER, ZONE, Ledger, seed_key

CHANNELS = (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION)
EPOCH_ROOT = sha256(b"epoch root").digest()


def recording(*, missing: Sequence[int] = (5,), estimated: Sequence[int] = (9,)) -> Recording:
    """A made-up week; slots ``missing`` and ``estimated`` from its start are marked so."""
    first = FIRST_HOUR * SLOTS_PER_HOUR
    amounts = {c: array("H", ((37 * i * int(c) + i * i) % 900 for i in range(WEEK_SLOTS))) for c in CHANNELS}
    statuses = {first + i: IntervalStatus.MISSING for i in missing}
    statuses |= {first + i: IntervalStatus.ESTIMATED for i in estimated}
    for i in missing:
        for c in CHANNELS:
            amounts[c][i] = 0
    return Recording("made up", ZONE, first, amounts, statuses)


def identity_of(name: str) -> Identity:
    return Identity(
        seed_key(name), sha256(name.encode() + b"static").digest(), EPOCH_ROOT,
        sha256(name.encode() + b"secret").digest()[:10], 0x3A7,
    )  # fmt: skip


class Meter:
    """One meter on one ledger. ``publish`` seals and records; ``refresh`` takes the newest view."""

    def __init__(
        self, folder: Path, ledger: Ledger, name: str = "meter", keeper: Keeper | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.ledger = ledger
        self.identity = identity_of(name)
        self.id = self.identity.meter
        self.source = RecordedSource(recording(), name)
        self.keeper = keeper or Keeper(folder / f"{name}.sqlite", self.id)
        self.certificate = b""
        self.recorded = 0
        self.anchors: list[Anchor] = []
        context = pages.KeyContext(ledger.genesis.genesis_hash, self.id, 0)
        self.ring = pages.KeyRing(EPOCH_ROOT, context)
        self._maker = IntervalMaker(CHANNELS, self.source.registers_before(self.source.first_slot))
        self.service = MeterService(
            self.keeper, self.source, LedgerView(), self, EPOCH_ROOT, lambda: float(ledger.now_s)
        )

    # ---- the ledger ---------------------------------------------------------------------------

    def admit(self, *, until: int = 9000) -> None:
        """Registered and commissioned."""
        channels = tuple(CertifiedChannel(c, True) for c in CHANNELS)
        key = self.identity.key.public
        register = Register(key, channels, FIRST_HOUR, FIRST_HOUR + until, b"rig", replayed=True)
        self.certificate = self.ledger.certify(register)
        self.ledger.certify(Commission(self.id, sha256(self.id).digest()[:16], ZONE, FIRST_HOUR))

    def hours(self, count: int) -> list[tuple[int, tuple[ChannelHour, ...]]]:
        """The next hours to seal."""
        made = []
        start = FIRST_HOUR if self.keeper.last_hour is None else self.keeper.last_hour + 1
        for hour in range(start, start + count):
            first = first_slot_of_hour(hour)
            made.append((hour, self._maker.hour(hour, [self.source.read(first + i) for i in range(4)])))
        return made

    def seal(self, count: int) -> list[bytes]:
        return self.keeper.seal(self.ring, self.hours(count))

    def publish(self, *counts: int, seal: bool = True) -> None:
        """Seals and records hours, one batch per count, and shows the newest view."""
        for count in counts:
            if seal:
                self.seal(count)
            first, end = self.recorded, self.recorded + count
            self.ledger.until(hour_end_s(FIRST_HOUR + end - 1))
            body = Publish(self.id, first, self.keeper.tree.root(end), tuple(self.keeper.pages(first, count)))
            genesis_hash = self.ledger.genesis.genesis_hash
            self.ledger.submit(sign(self.identity.key, genesis_hash, Statement(body, FOREVER)))
            self.ledger.step()
            header = self.ledger.head.header
            self.recorded = end
            self.anchors.append(Anchor(end, body.root, header.height, header.time_s))
        self.refresh()

    def values(self) -> tuple[ProvenValue, ...]:
        """What a bundle proves, under the newest header."""
        raw = self.ledger.engine.app.state.get(METER, self.id)
        assert raw is not None
        keys = keys_of_bundle(MeterRecord.from_cbor(raw), self.id, self._certifier)
        found = [self.ledger.proven(module, key) for module, key in keys]
        return tuple(v for v in found if v is not None)

    @property
    def _certifier(self) -> bytes:
        from ohmstead.core.keys import kid

        return kid(self.ledger.certifier.public)

    def refresh(self) -> LedgerView:
        """The view of the newest provable state, shown by the service."""
        self.ledger.prove()
        ledger = self.ledger
        bundle = HeadBundle(ledger.head, self.values())
        self.service.view = LedgerView(
            ledger.genesis.to_cbor(), self.certificate, ledger.block(1).to_cbor(), bundle, tuple(self.anchors)
        )
        return self.service.view

    def show(self, **changes: object) -> None:
        """Another view than the true one."""
        self.service.view = replace(self.service.view, **changes)

    # ---- the route of the service -------------------------------------------------------------

    async def light_block(self, height: int) -> bytes:
        found = self.ledger.engine.light_block(height)
        if found is None:
            raise Refused(RefusalCode.NOT_FOUND)
        return found.to_cbor()

    async def proven(self, module: str, key: bytes) -> Value:
        found = self.ledger.proven(module, key)
        if found is None:
            raise Refused(RefusalCode.NOT_FOUND)
        return found.to_value()

    async def proven_all(self, keys: Sequence[tuple[str, bytes]]) -> Value:
        state = self.ledger.engine.app.state
        items = [ProvenItem(m, k, state.get(m, k), state.prove(m, k)) for m, k in keys]
        return ProvenSet(self.ledger.head, tuple(items)).to_value()

    async def beacon(self, nonce: bytes) -> None:
        raise Refused(RefusalCode.FAILED)

    # ---- the link -----------------------------------------------------------------------------

    @property
    def on_air(self) -> MeterIdentity:
        """The identity that a peripheral shows."""
        who = self.identity
        return MeterIdentity(
            who.key, StaticKey.from_private(who.static_secret), who.meter, self.ledger.genesis.genesis_hash,
            self.certificate, who.pairing_secret, who.discriminator,
        )  # fmt: skip

    def pairing(self) -> Pairing:
        """What a home keeps that has paired with this meter."""
        who = self.identity
        return Pairing(
            who.key.public, who.meter, self.ledger.genesis.genesis_hash, self.certificate,
            StaticKey.from_private(who.static_secret).public, StaticKey.from_private(bytes(31) + b"\x01"),
            b"peer id.", 1, who.discriminator, Role.OWNER, Stage.CONFIRMED, Trust.LABEL,
        )  # fmt: skip

    def close(self) -> None:
        self.keeper.close()


def hours_past(ledger: Ledger) -> int:
    """How many hours of the rig's recording are over."""
    return ledger.now_s // HOUR_SECONDS - FIRST_HOUR

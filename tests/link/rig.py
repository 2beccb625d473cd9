"""Two ends without a radio: joined pipes, a meter's door, stores that can fail."""

from __future__ import annotations

import asyncio
import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from ohmstead.core.keys import SigningKey
from ohmstead.link import label as label_module
from ohmstead.link.errors import LinkError, LinkLost
from ohmstead.link.label import Label
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Pairing, PairRequest
from ohmstead.link.pipe import Pipe
from ohmstead.link.secure import MAX_HANDSHAKE_RECORD
from ohmstead.meter.peers import PeerTable
from ohmstead.meter.peripheral_session import Admitted, Doorkeeper, MeterIdentity

#: The real function, remembering what it has computed: hundreds of pairings with one secret in one test.
pairing_key_once = functools.cache(label_module.pairing_key)
six_words_once = functools.cache(label_module.six_words)

GENESIS = hashlib.sha256(b"genesis").digest()
CERTIFICATE = b"a certificate, opaque to the link"


def static_key(name: str) -> StaticKey:
    return StaticKey.from_private(hashlib.sha256(name.encode()).digest())


def signing_key(name: str) -> SigningKey:
    return SigningKey.from_seed(hashlib.sha256(name.encode()).digest())


def identity(name: str = "meter", discriminator: int = 0x3A7) -> MeterIdentity:
    return MeterIdentity(
        signing_key(name),
        static_key(name),
        hashlib.sha256(b"id" + name.encode()).digest()[:16],
        GENESIS,
        CERTIFICATE,
        hashlib.sha256(b"secret" + name.encode()).digest()[:10],
        discriminator,
    )


def request(label: Label, **changes: object) -> PairRequest:
    fields: dict[str, object] = {
        "secret": label.secret,
        "discriminator": label.discriminator,
        "device_key": signing_key("device"),
        "genesis_hash": label.genesis_hash,
        "label_key": label.meter_key,
    }
    return PairRequest(**(fields | changes))


Mangle = Callable[[bytes], bytes | None]


def unchanged(segment: bytes) -> bytes | None:
    return segment


@dataclass
class Wire:
    """Two pipes joined in memory. A mangle sees each segment: changes it, or loses it with None."""

    to_meter: Mangle = unchanged
    to_app: Mangle = unchanged
    size: int = 244
    dead: bool = False
    app: Pipe = field(init=False)
    meter: Pipe = field(init=False)

    def __post_init__(self) -> None:
        self.app = Pipe(self._write_to_meter, self.size, max_record=MAX_HANDSHAKE_RECORD)
        self.meter = Pipe(self._write_to_app, self.size, max_record=MAX_HANDSHAKE_RECORD)

    async def _write_to_meter(self, segment: bytes) -> None:
        self._carry(segment, self.to_meter, lambda: self.meter)

    async def _write_to_app(self, segment: bytes) -> None:
        self._carry(segment, self.to_app, lambda: self.app)

    def _carry(self, segment: bytes, mangle: Mangle, there: Callable[[], Pipe]) -> None:
        if self.dead:
            raise LinkLost("the wire is cut")
        changed = mangle(segment)
        if changed is not None:
            asyncio.get_running_loop().call_soon(lambda: there().feed(changed))

    def cut(self) -> None:
        self.dead = True
        self.app.close(LinkLost("cut"))
        self.meter.close(LinkLost("cut"))

    async def aclose(self) -> None:
        await self.app.aclose()
        await self.meter.aclose()


@dataclass
class Gate:
    """What a link of the meter would hear; closes the pipe after 10 s without proof, as it does."""

    pipe: Pipe
    is_known: bool = False
    is_authenticated: bool = False

    def __post_init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(10.0, lambda: self.pipe.close(LinkLost("dropped")))

    def known(self) -> None:
        self.is_known = True

    def authenticated(self) -> None:
        self.is_authenticated = True
        self._deadline.cancel()

    def over(self) -> None:
        self._deadline.cancel()


class MemoryStore:
    """A PairingStore. ``fail_before`` and ``fail_after`` name saves (from 1) at which the app is killed."""

    def __init__(self) -> None:
        self.pairings: dict[bytes, Pairing] = {}
        self.history: list[Pairing] = []
        self.fail_before = 0
        self.fail_after = 0

    async def save(self, pairing: Pairing) -> None:
        number = len(self.history) + 1
        if number == self.fail_before:
            raise Killed
        self.history.append(pairing)
        self.pairings[pairing.static.public] = pairing
        if number == self.fail_after:
            raise Killed

    async def forget(self, pairing: Pairing) -> None:
        self.pairings.pop(pairing.static.public, None)

    @property
    def newest(self) -> Pairing | None:
        return next(reversed(self.pairings.values()), None)


class Killed(Exception):
    """The process ended here."""


class TableFile:
    """Where a PeerTable saves; can fail before or after the bytes are down."""

    def __init__(self) -> None:
        self.data: bytes | None = None
        self.saves = 0
        self.fail_before = 0
        self.fail_after = 0

    def save(self, data: bytes) -> None:
        self.saves += 1
        if self.saves == self.fail_before:
            raise Killed
        self.data = data
        if self.saves == self.fail_after:
            raise Killed

    def table(self) -> PeerTable:
        """What a restarted meter finds."""
        from ohmstead.meter import peers

        return PeerTable(self.save, *peers._unpack(self.data)) if self.data else PeerTable(self.save)


class Clock:
    """Unix seconds that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def quick_keys() -> Iterator[None]:
    """Argon2id once per input instead of once per handshake."""
    with (
        patch("ohmstead.link.pairing.pairing_key", pairing_key_once),
        patch("ohmstead.meter.peripheral_session.pairing_key", pairing_key_once),
        patch("ohmstead.link.pairing.six_words", six_words_once),
    ):
        yield


def door(who: MeterIdentity, table: PeerTable, clock: Clock | None = None, **more: object) -> Doorkeeper:
    """A meter's door with a fixed boot nonce, its window open."""
    keeper = Doorkeeper(who, table, clock=clock or Clock(), **more)
    keeper._boot_nonce = hashlib.sha256(b"boot").digest()[:16]
    keeper.open_window()
    return keeper


async def admit(keeper: Doorkeeper, wire: Wire, info: bytes | None = None) -> Admitted | BaseException:
    """The meter's side of one visit, as its peripheral runs it: any failure closes the pipe."""
    gate = Gate(wire.meter)
    try:
        return await keeper.admit(wire.meter, keeper.info() if info is None else info, gate)
    except (LinkError, Killed) as error:
        wire.meter.close()
        if isinstance(error, Killed):
            wire.cut()
        return error
    finally:
        gate.over()
        if wire.meter.closed:
            await asyncio.sleep(0)
            wire.app.close(LinkLost("the meter dropped the link"))

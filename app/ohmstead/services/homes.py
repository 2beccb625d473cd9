"""The homes of this profile: where each keeps its mirror, and its secrets.

A home is known by the id of the meter it was paired with. Pairings, the epoch root and this device's own key
are secrets; everything else is in the home's mirror. Here: folders, secrets, which homes there are. Not here:
pairing, sync, what the person calls a home (``settings``).
Thread: any; secret stores lock themselves. Coroutines hop to a thread for the disk.
"""

from __future__ import annotations

import asyncio
import secrets as randomness
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ohmstead.core.codec import as_list, decode, encode
from ohmstead.core.keys import SEED_BYTES, SigningKey
from ohmstead.errors import ExternalError
from ohmstead.link.binding import Role
from ohmstead.link.pairing import Pairing, Stage
from ohmstead.services.pairing_records import pairing_from_value, pairing_to_value
from ohmstead.system.secrets import SecretStore

MAX_EPOCHS = 64
_PAIRINGS, _DEVICE_KEY = "pairings", "device-key"


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """One home for whoever lists them. ``name`` is what it is called, ``mark`` what its meter's label shows.

    ``typed``: it rests on a typed code, not on its label's picture.
    """

    meter: bytes
    name: str
    mark: str
    current: bool
    typed: bool = False


@dataclass(frozen=True, slots=True)
class HomesList:
    """Every home of this profile, in a lasting order. Posted whenever one comes, goes, or is opened."""

    homes: tuple[HomeEntry, ...]
    demonstration: bool


class Homes:
    """Implements ``link.pairing.PairingStore``."""

    def __init__(self, folder: Path, store: SecretStore) -> None:
        self.folder = folder
        self._store = store
        self._lock = asyncio.Lock()

    @property
    def demonstration(self) -> bool:
        """Whether the secrets' key lies beside them: the demonstration home."""
        return self._store.demonstration

    def mirror_path(self, meter: bytes) -> Path:
        """The mirror of the home that was paired through a meter."""
        return self.folder / meter.hex() / "mirror.sqlite"

    def device_key(self) -> SigningKey:
        """This device's own Ed25519 key, made on first use."""
        seed = self._store.get(_DEVICE_KEY)
        if seed is None:
            seed = randomness.token_bytes(SEED_BYTES)
            self._store.put(_DEVICE_KEY, seed)
        return SigningKey.from_seed(seed)

    def order_key(self, meter: bytes) -> SigningKey:
        """The key that signs a home's orders, made on first use. Apart from the device's, and backed up."""
        name = order_key_name(meter)
        seed = self._store.get(name)
        if seed is None:
            seed = randomness.token_bytes(SEED_BYTES)
            self._store.put(name, seed)
        return SigningKey.from_seed(seed)

    def market_path(self, meter: bytes) -> Path:
        """The market file of the home that was paired through a meter."""
        return self.folder / meter.hex() / "market.sqlite"

    def neighbours_path(self, meter: bytes) -> Path:
        """The neighbours file of the home that was paired through a meter."""
        return self.folder / meter.hex() / "neighbours.sqlite"

    def pairings(self) -> tuple[Pairing, ...]:
        """Every pairing kept, newest last. Raises ExternalError if they are damaged."""
        raw = self._store.get(_PAIRINGS)
        if raw is None:
            return ()
        try:
            return tuple(pairing_from_value(item) for item in as_list(decode(raw), "pairings"))
        except ValueError as error:
            raise ExternalError(f"The kept pairings are damaged: {error}.") from error

    def current(self, meter: bytes | None = None) -> Pairing | None:
        """The newest pairing that the meter has stored as well, with a role in it, of one meter or of any."""
        for pairing in reversed(self.pairings()):
            if _usable(pairing) and meter in (None, pairing.meter_id):
                return pairing
        return None

    def paired(self) -> tuple[Pairing, ...]:
        """The current pairing of every meter, by mark: the homes of this profile. Raises ExternalError."""
        newest = {p.meter_id: p for p in self.pairings() if _usable(p)}
        return tuple(sorted(newest.values(), key=lambda p: (p.discriminator, p.meter_id)))

    def half_made(self, discriminator: int) -> Pairing | None:
        """The newest pairing with a meter of this mark that did not come to its end: never confirmed, or
        without a role."""
        for pairing in reversed(self.pairings()):
            complete = pairing.stage is Stage.CONFIRMED and pairing.role is not Role.NONE
            if not complete and pairing.discriminator == discriminator:
                return pairing
        return None

    async def save(self, pairing: Pairing) -> None:
        """Keeps a pairing; durable when it returns. The meter's older ones go once it is confirmed.

        Trust only grows: a session that began before the label was shown does not take it back.
        """

        def keep(kept: tuple[Pairing, ...]) -> list[Pairing]:
            others = [p for p in kept if p.static.public != pairing.static.public]
            trust = max((p.trust for p in kept if p not in others), default=pairing.trust)
            if pairing.stage is Stage.CONFIRMED:
                others = [p for p in others if p.meter_id != pairing.meter_id]
            return [*others, replace(pairing, trust=max(trust, pairing.trust))]

        await self._change(keep)

    async def forget(self, pairing: Pairing) -> None:
        """Removes a pairing, if it is there."""
        await self._change(lambda kept: [p for p in kept if p.static.public != pairing.static.public])

    async def forget_home(self, meter: bytes, *, erase: bool = False) -> None:
        """Forgets a meter: its pairings and its tenancies' roots, and with ``erase`` the mirror too.

        Its mirror must be closed. Raises ExternalError.
        """
        await self._change(lambda kept: [p for p in kept if p.meter_id != meter])
        for epoch in range(MAX_EPOCHS):
            await asyncio.to_thread(self._store.delete, _root_name(meter, epoch))
        if erase:
            # What it earned stays on the ledger; without this key nobody can order for it from here.
            await asyncio.to_thread(self._store.delete, order_key_name(meter))
            await asyncio.to_thread(_erase, self.mirror_path(meter).parent)

    async def _change(self, change: Callable[[tuple[Pairing, ...]], list[Pairing]]) -> None:
        async with self._lock:
            kept = await asyncio.to_thread(self.pairings)
            raw = encode([pairing_to_value(p) for p in change(kept)])
            await asyncio.to_thread(self._store.put, _PAIRINGS, raw)

    def epoch_root(self, meter: bytes, epoch: int) -> bytes | None:
        """The root of a tenancy's page keys, if this home has it."""
        return self._store.get(_root_name(meter, epoch))

    def keep_epoch_root(self, meter: bytes, epoch: int, root: bytes) -> None:
        """Keeps a tenancy's root durably."""
        self._store.put(_root_name(meter, epoch), root)


def _usable(pairing: Pairing) -> bool:
    return pairing.stage is not Stage.UNCONFIRMED and pairing.role is not Role.NONE


def _erase(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise ExternalError(f"{folder.name} cannot be erased: {error.strerror}.") from error


def order_key_name(meter: bytes) -> str:
    """The secret that holds a home's order key."""
    return f"order-key/{meter.hex()}"


def _root_name(meter: bytes, epoch: int) -> str:
    return f"epoch-root/{meter.hex()}/{epoch}"

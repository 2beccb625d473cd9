"""Pairing from a label to a confirmed owner: handshake, bindings, first return, role; and the way back.

Here: the steps in order, what is kept between them, trust raised by the label's picture, leaving a meter. Not
here: the handshake (``link.pairing``), the radio (``link.central``), the first sync that checks certificate
and ledger (``first_sync``), the page that asks for the code (``ui``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from ohmstead.core.codec import as_list, as_uint
from ohmstead.core.keys import kid
from ohmstead.link.binding import Role
from ohmstead.link.central import Central, Nearby
from ohmstead.link.errors import ForeignKey, WrongGenesis
from ohmstead.link.label import Label, parse_code, parse_qr
from ohmstead.link.messages import Method
from ohmstead.link.pairing import ConfirmWords, Pairing, PairRequest, Trust
from ohmstead.services.admission import RoleNotGranted as RoleNotGranted
from ohmstead.services.homes import Homes

FIND_S = 30.0
UNPAIR_S = 10.0
ROLE_TRIES = 50
_ROLE_EVERY_S = 0.2


class PairStep(Enum):
    """Where pairing stands, in order. ``WORDS`` comes only where the code was typed."""

    SEARCHING = "searching"
    SECURING = "securing"
    WORDS = "words"
    CONFIRMING = "confirming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the meter to pair with: a scanned label, or a typed code and a chosen meter."""

    secret: bytes = field(repr=False)
    discriminator: int
    label: Label | None = None

    @classmethod
    def of_qr(cls, text: str) -> Wanted:
        """From the label's QR text. Raises LabelError."""
        label = parse_qr(text)
        return cls(label.secret, label.discriminator, label)

    @classmethod
    def of_code(cls, code: str, discriminator: int) -> Wanted:
        """From a typed code and the mark of the meter chosen. Raises LabelError."""
        return cls(parse_code(code), discriminator)


class PairingService:
    """Pairs this device with meters, one at a time."""

    def __init__(self, central: Central, homes: Homes) -> None:
        self._central = central
        self._homes = homes

    async def pair(
        self,
        wanted: Wanted,
        *,
        nearby: Nearby | None = None,
        confirm_words: ConfirmWords | None = None,
        role: Role = Role.OWNER,
        on_step: Callable[[PairStep], None] = lambda _s: None,
    ) -> Pairing:
        """Pairs, comes back once, and has its role. The pairing is kept at every commit point.

        A pairing that was cut off half-way, or that waits for its role, is taken up first. Raises the failures
        of ``link.pairing.pair`` and of the radio; RoleNotGranted.
        """
        on_step(PairStep.SEARCHING)
        if nearby is None:
            nearby = await self._central.find(wanted.discriminator, FIND_S)
        on_step(PairStep.SECURING)
        label = wanted.label
        request = PairRequest(
            wanted.secret,
            wanted.discriminator,
            await asyncio.to_thread(self._homes.device_key),
            role,
            genesis_hash=label.genesis_hash if label else None,
            label_key=label.meter_key if label else None,
            confirm_words=_telling(confirm_words, on_step),
        )
        earlier = await asyncio.to_thread(self._homes.half_made, wanted.discriminator)
        link = await self._central.pair(nearby, request, self._homes, earlier=earlier)
        await link.close()
        on_step(PairStep.CONFIRMING)
        async with await self._central.come_back(link.pairing, self._homes, FIND_S) as back:
            for _ in range(ROLE_TRIES):
                state = as_list(await back.channel.call(Method.ROLE), "role", 4)
                if as_uint(state[2], "standing") == _GRANTED:
                    granted = replace(back.pairing, role=Role(as_uint(state[1], "role", len(Role))))
                    await self._homes.save(granted)
                    on_step(PairStep.DONE)
                    return granted
                await asyncio.sleep(_ROLE_EVERY_S)
            await self._homes.save(replace(back.pairing, role=Role.NONE))
        raise RoleNotGranted("The meter has an owner. Ask the owner to admit this device.")

    async def unpair(self, pairing: Pairing, seconds: float = UNPAIR_S) -> None:
        """Tells the meter to forget this device: all its pairings there end. What is kept here stays.

        Raises the failures of finding the meter and of coming back to it.
        """
        device = await asyncio.to_thread(self._homes.device_key)
        async with await self._central.come_back(pairing, self._homes, seconds) as back:
            await back.channel.call(Method.REVOKE, [kid(device.public)])


async def confirm_by_label(homes: Homes, pairing: Pairing, label: Label) -> Pairing:
    """A pairing by typed code, raised to the trust of its whole label: key and genesis hash are those of the QR.

    Kept when it returns. Raises ForeignKey where the label is another meter's, WrongGenesis where it names
    another ledger.
    """
    if label.meter_key != pairing.meter_key:
        raise ForeignKey("meter key", "is not the key on the label")
    if label.genesis_hash != pairing.genesis_hash:
        raise WrongGenesis("genesis hash", "is not the one on the label")
    confirmed = replace(pairing, trust=Trust.LABEL)
    await homes.save(confirmed)
    return confirmed


def _telling(confirm: ConfirmWords | None, on_step: Callable[[PairStep], None]) -> ConfirmWords | None:
    if confirm is None:
        return None

    async def ask(words: tuple[str, ...]) -> bool:
        on_step(PairStep.WORDS)
        return await confirm(words)

    return ask


#: The standing of a role that is held (protocol text, "Roles": 0 none, 1 asked, 2 granted).
_GRANTED = 2

"""The demonstration's half of the composition root: a whole neighbourhood, its radio, its label.

Here: what ``ohmstead demo`` adds to the app, windowed or headless. Not here: the machines themselves
(``village``), what the app does with a meter (``services``). Thread: coroutines belong to the io loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ohmstead.errors import ExternalError
from ohmstead.link.central import Backend, Central
from ohmstead.link.pairing import Pairing
from ohmstead.services.homes import Homes
from ohmstead.services.pairing import PairingService, Wanted
from ohmstead.village.neighbourhood import Neighbourhood

DEMO_NAME = "Demonstration home"


async def virtual_central(hci: str) -> tuple[Central, Callable[[], object]]:
    """A central on the virtual radio, and how to let go of it. On the io loop."""
    from ohmstead.link.virtual.adapter import BumbleAdapter

    adapter = await BumbleAdapter.open(hci)
    backend: Backend = adapter.backend()
    return Central(backend), adapter.close


async def pair_with_label(neighbourhood: Neighbourhood, central: Central, homes: Homes) -> Pairing:
    """Presses the virtual meter's button and pairs by its label's QR text. On the io loop."""
    if neighbourhood.label is None:
        raise ExternalError("The virtual meter has no label yet.")
    neighbourhood.press_button()
    await asyncio.sleep(0.2)
    return await PairingService(central, homes).pair(Wanted.of_qr(neighbourhood.label.qr))

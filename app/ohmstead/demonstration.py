"""The demonstration's half of the composition root: a whole neighbourhood, its radio, its label.

Here: what ``ohmstead demo`` adds to the app, windowed or headless, and where it keeps its files. Not here: the
machines themselves (``village``), what the app does with a meter (``services``). Thread: coroutines belong to the
io loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ohmstead.errors import ExternalError
from ohmstead.link.central import Backend, Central
from ohmstead.link.pairing import Pairing
from ohmstead.services.homes import Homes
from ohmstead.services.pairing import PairingService, Wanted
from ohmstead.system.paths import Paths, paths_in
from ohmstead.ui.label_window import LabelSheet
from ohmstead.village.neighbourhood import HOMES, Neighbourhood, Progress, source_in

DEMO_NAME = "Demonstration home"


@dataclass(frozen=True, slots=True)
class Preparing:
    """How far a start is, posted to the window; a ``step`` that is none of its own is why it failed."""

    step: str
    done: int = 0
    total: int = 0


def demonstration_in(
    folder: Path, source: str | None = None, radio: str | None = None, homes: int = HOMES
) -> tuple[Paths, Neighbourhood]:
    """The app's folders and the machines of the demonstration that is kept in a folder.

    Without a ``source`` the one that the folder holds goes on; a new folder begins with the default one.
    """
    village = folder / "village"
    return paths_in(folder / "app"), Neighbourhood(village, source or source_in(village), radio, homes)


class Demonstration:
    """A neighbourhood that the app runs beside itself. ``start`` may be tried again; ``stop`` always."""

    def __init__(self, neighbourhood: Neighbourhood, post: Callable[[object], None]) -> None:
        self.neighbourhood = neighbourhood
        self._post = post
        self._close_radio: Callable[[], object] | None = None

    async def start(self) -> Central:
        """Start the machines and this app's end of their radio; tells how far it is, and the label.

        Raises ExternalError, UserError.
        """
        await self.stop()
        neighbourhood = self.neighbourhood
        await neighbourhood.start(self._tell)
        central, self._close_radio = await virtual_central(neighbourhood.app_hci)
        label = neighbourhood.label
        if label is not None:
            self._post(LabelSheet(label.mark, label.code, label.qr, label.words))
        return central

    def _tell(self, progress: Progress) -> None:
        if progress.step != "ready":
            self._post(Preparing(progress.step, progress.done, progress.total))

    async def stop(self) -> None:
        """Let go of the radio, end the machines. Idempotent."""
        if self._close_radio is not None:
            result = self._close_radio()
            self._close_radio = None
            if asyncio.iscoroutine(result):
                await result
        await self.neighbourhood.stop()


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

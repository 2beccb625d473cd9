"""From ``--source`` to a source: ``demo[:ROOF]``, ``csv:FILE``, ``simulator[:SEED]``.

A year's readings can be moved by whole weeks, so that they end now: a recording takes its days along, the
simulated home keeps the real calendar and merely begins later. ``outline_of`` says what a source covers
without making it. Not here: the sources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.errors import UserError
from ohmstead.meter.sources import ausgrid, simulator, table
from ohmstead.meter.sources.base import Source
from ohmstead.meter.sources.recorded import WEEK_SLOTS, RecordedSource, Recording
from ohmstead.system.paths import resource

MAX_SEED = 1 << 32
#: What a demonstration runs on: the recorded home under a roof three times its size, which has something to sell.
DEFAULT = "demo:3"
MAX_ROOF = 10


class YearSource(Source, Protocol):
    """A source that knows its past: what a ledger replays and a check compares with."""

    @property
    def year_slots(self) -> int:
        """How many slots from ``first_slot`` on are its past, before it goes on with what is coming."""

    def amounts_in(self, slot: int) -> tuple[dict[Channel, int], IntervalStatus]:
        """Wh by channel and the status of a slot, ``slot >= first_slot``."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a source covers: its name for people, zone (IANA), channels, first slot, length of its past."""

    name: str
    zone: str
    channels: tuple[Channel, ...]
    first_slot: int
    slots: int
    simulated: bool = False

    @property
    def end_slot(self) -> int:
        """The slot after its past."""
        return self.first_slot + self.slots

    def moved(self, weeks: int) -> Outline:
        """The same, later by whole weeks."""
        return replace(self, first_slot=self.first_slot + weeks * WEEK_SLOTS)


def demonstration() -> Recording:
    """The demonstration home as shipped: a real year, at its own dates."""
    return Recording.from_bytes(resource("demo", "solar-home.cbor").read_bytes())


def weeks_to_end_before(outline: Outline, now_slot: int) -> int:
    """By how many whole weeks a source must move for its past to end in the last week before a slot."""
    return (now_slot - outline.end_slot) // WEEK_SLOTS


def load_recording(spec: str) -> tuple[Recording, str]:
    """The recording that ``demo[:ROOF]`` or ``csv:FILE`` names, and its name for people. Raises UserError.

    A file is either in Ohmstead's own export form or in the solar home's: its first line says which.
    """
    if spec.partition(":")[0] == "demo":
        return demonstration().with_roof(roof_of(spec)), "Demonstration home"
    if spec.startswith("csv:"):
        path = Path(spec.removeprefix("csv:"))
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{path} is not a text file.") from error
        if lines and lines[0] == ausgrid.HEADER:
            return ausgrid.convert(lines), path.name
        return table.read_table(lines), path.name
    raise UserError(f"{spec!r} is no source. Use demo[:ROOF], csv:FILE or simulator[:SEED].")


def roof_of(spec: str) -> int:
    """By how much the roof of ``demo:ROOF`` is multiplied; 1 for every other source. Raises UserError."""
    kind, colon, text = spec.partition(":")
    if kind != "demo" or not colon:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= MAX_ROOF):
        raise UserError(
            f"{text!r} is no size of a roof. Use a whole number up to {MAX_ROOF}, such as demo:3."
        )
    return int(text)


def seed_of(spec: str) -> int | None:
    """The seed of ``simulator`` or ``simulator:SEED``; None for another source. Raises UserError."""
    kind, colon, text = spec.partition(":")
    if kind != "simulator":
        return None
    if not colon:
        return simulator.DEFAULT_SEED
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < MAX_SEED):
        raise UserError(f"{text!r} is no seed. Use a whole number below {MAX_SEED}, such as simulator:7.")
    return int(text)


def outline_of(spec: str) -> Outline:
    """What a source covers, at its own dates. Raises UserError."""
    if seed_of(spec) is not None:
        return Outline(
            "Simulated home", simulator.ZONE, simulator.CHANNELS, simulator.FIRST_SLOT,
            simulator.YEAR_SLOTS, simulated=True,
        )  # fmt: skip
    recording, name = load_recording(spec)
    return Outline(name, recording.zone, recording.channels, recording.first_slot, len(recording))


def source_of(spec: str, weeks: int) -> YearSource:
    """The source that a spec names, moved by whole weeks. Raises UserError."""
    seed = seed_of(spec)
    if seed is not None:
        return simulator.SimulatedSource(seed, simulator.FIRST_SLOT + weeks * WEEK_SLOTS)
    recording, name = load_recording(spec)
    return RecordedSource(recording.moved(weeks), name)

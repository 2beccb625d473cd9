"""From ``--source`` to a source: ``demo``, ``csv:FILE``, ``simulator[:SEED]``."""

from __future__ import annotations

from pathlib import Path

from ohmstead.errors import UserError
from ohmstead.meter.sources import ausgrid
from ohmstead.meter.sources.recorded import WEEK_SLOTS, RecordedSource, Recording
from ohmstead.system.paths import resource


def demonstration() -> Recording:
    """The demonstration home as shipped: a real year, at its own dates."""
    return Recording.from_bytes(resource("demo", "solar-home.cbor").read_bytes())


def weeks_to_end_before(recording: Recording, now_slot: int) -> int:
    """By how many whole weeks a recording must move to end in the last week before a slot."""
    return (now_slot - recording.end_slot) // WEEK_SLOTS


def load_recording(spec: str) -> tuple[Recording, str]:
    """The recording that a spec names, and its name for people. Raises UserError."""
    if spec == "demo":
        return demonstration(), "Demonstration home"
    if spec.startswith("csv:"):
        path = Path(spec.removeprefix("csv:"))
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{path} is not a text file.") from error
        return ausgrid.convert(lines), path.name
    raise UserError(f"{spec!r} is no source. Use demo, csv:FILE or simulator.")


def source_of(spec: str, weeks: int) -> RecordedSource:
    """The source that replays a recording, moved by whole weeks. Raises UserError."""
    recording, name = load_recording(spec)
    return RecordedSource(recording.moved(weeks), name)

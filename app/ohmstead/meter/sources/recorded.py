"""A recorded series of intervals, replayed as cumulative registers.

Here: the series, its compact file form (the demonstration home), and the source that replays it, moved by
whole weeks of UTC slots and looped after its end. Not here: how the solar home's file is converted
(``ausgrid``) or how a table of readings is read (``table``).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_text, as_uint, decode, encode
from ohmstead.core.intervals import Channel, IntervalStatus
from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.errors import UserError
from ohmstead.meter.sources.base import Reading

WEEK_SLOTS = 7 * 96
_FORM = "ohmstead-recording"


@dataclass(frozen=True, slots=True)
class Recording:
    """Amounts (Wh) and statuses of consecutive UTC slots, from ``first_slot`` on.

    ``amounts`` holds one array per channel, of equal length; ``statuses`` holds those that are not OK.
    """

    credit: str
    zone: str
    first_slot: int
    amounts: Mapping[Channel, array[int]]
    statuses: Mapping[int, IntervalStatus]

    def __len__(self) -> int:
        return len(next(iter(self.amounts.values())))

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels, ascending."""
        return tuple(sorted(self.amounts))

    @property
    def end_slot(self) -> int:
        """The slot after the last one."""
        return self.first_slot + len(self)

    def moved(self, weeks: int) -> Recording:
        """The same recording, later by whole weeks of UTC slots; statuses move with their slots."""
        by = weeks * WEEK_SLOTS
        statuses = {slot + by: status for slot, status in self.statuses.items()}
        return Recording(self.credit, self.zone, self.first_slot + by, self.amounts, statuses)

    def with_roof(self, times: int) -> Recording:
        """The same home under a roof so many times as large: what it uses stays, what it makes is multiplied.

        Use is import + generation − export; what is made beyond it goes out. Raises UserError for a recording
        without the three registers.
        """
        if times == 1:
            return self
        try:
            taken, given, made = (
                self.amounts[c] for c in (Channel.IMPORT, Channel.EXPORT, Channel.GENERATION)
            )
        except KeyError as error:
            raise UserError(
                "This recording has no generation of its own, so its roof has no size."
            ) from error
        roof = array("l", (times * g for g in made))
        net = array("l", (max(0, i + g - e) - r for i, e, g, r in zip(taken, given, made, roof, strict=True)))
        amounts = {
            Channel.IMPORT: array("l", (max(0, n) for n in net)),
            Channel.EXPORT: array("l", (max(0, -n) for n in net)),
            Channel.GENERATION: roof,
        }
        credit = f"{self.credit}; generation multiplied by {times}"
        return Recording(credit, self.zone, self.first_slot, amounts, self.statuses)

    def to_bytes(self) -> bytes:
        """The file: [form, 1, credit, zone, first slot, [[channel, u16 amounts]..], [[slot, status]..]]."""
        channels: list[Value] = []
        for channel in self.channels:
            channels.append([int(channel), b"".join(a.to_bytes(2, "big") for a in self.amounts[channel])])
        statuses: list[Value] = [[slot, int(status)] for slot, status in sorted(self.statuses.items())]
        return encode([_FORM, 1, self.credit.encode(), self.zone, self.first_slot, channels, statuses])

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """The recording of a compact file. Raises UserError for any other file."""
        try:
            form, version, credit, zone, first, channels, statuses = as_list(
                decode(data, max_size=64 << 20), "recording", 7
            )
            if (form, version) != (_FORM, 1):
                raise CodecError("not a recording of version 1")
            amounts: dict[Channel, array[int]] = {}
            for item in as_list(channels, "channels", at_most=len(Channel)):
                code, raw = as_list(item, "channel", 2)
                values = array("H", as_bytes(raw, "amounts"))
                if array("H", [1]).tobytes() == b"\x01\x00":
                    values.byteswap()
                amounts[Channel(as_uint(code, "channel"))] = values
            if not amounts or len({len(a) for a in amounts.values()}) != 1:
                raise CodecError("channels of different lengths")
            marks = [as_list(s, "status", 2) for s in as_list(statuses, "statuses")]
            return cls(
                as_bytes(credit, "credit").decode(),
                as_text(zone, "zone"),
                as_uint(first, "first slot"),
                amounts,
                {as_uint(slot, "slot"): IntervalStatus(as_uint(s, "status")) for slot, s in marks},
            )
        except (ValueError, CodecError) as error:
            raise UserError(f"This file is not a recording that Ohmstead can replay: {error}.") from error


class RecordedSource:
    """Replays a recording as registers; after its end it begins again, whole weeks later."""

    simulated = False

    def __init__(self, recording: Recording, name: str, start: int = 0) -> None:
        self.name = name
        self.credit = recording.credit
        self.channels = recording.channels
        self.first_slot = recording.first_slot
        self._recording = recording
        # The loop is whole weeks long, so that weekdays stay weekdays.
        self._loop = max(1, len(recording) // WEEK_SLOTS) * WEEK_SLOTS
        self._at = recording.first_slot
        self._start = start
        self._registers = dict.fromkeys(self.channels, start)

    @property
    def year_slots(self) -> int:
        """How many slots were recorded, before the loop begins."""
        return len(self._recording)

    def _index(self, slot: int) -> int:
        i = slot - self.first_slot
        n = len(self._recording)
        if i < n:
            return i
        loop = min(self._loop, n)
        return n - loop + (i - n) % loop

    def amounts_in(self, slot: int) -> tuple[dict[Channel, int], IntervalStatus]:
        """Wh by channel and the status of a slot."""
        i = self._index(slot)
        status = self._recording.statuses.get(self.first_slot + i, IntervalStatus.OK)
        return {c: self._recording.amounts[c][i] for c in self.channels}, status

    def read(self, slot: int) -> Reading:
        """The registers at the end of a slot. Reading backwards starts again from the first slot."""
        if slot < self._at - 1:
            self._at = self.first_slot
            self._registers = dict.fromkeys(self.channels, self._start)
        status = IntervalStatus.OK
        while self._at <= slot:
            amounts, status = self.amounts_in(self._at)
            for channel, amount in amounts.items():
                self._registers[channel] += amount
            self._at += 1
        if self._at == slot + 1:
            _, status = self.amounts_in(slot)
        return Reading(slot, dict(self._registers), status)

    def registers_before(self, slot: int) -> dict[Channel, int]:
        """The registers at the start of a slot."""
        if slot <= self.first_slot:
            return dict.fromkeys(self.channels, self._start)
        return dict(self.read(slot - 1).registers)

    def power_w(self, unix_s: float) -> dict[Channel, int]:
        """The mean power of the recorded quarter hour that is replayed at this instant."""
        amounts, _ = self.amounts_in(int(unix_s) // SLOT_SECONDS)
        return {c: a * 4 for c, a in amounts.items()}

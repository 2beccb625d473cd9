"""Records over a lossy pipe of small writes: segments, window, acknowledgements, go-back-N.

Here: a pure state machine; the clock (integer milliseconds, any origin, never going back) is an argument
and segments are results. Not here: who writes them (``pipe``), what a record means (``pairing``).

A segment is ``[flags, seq, ack]`` and payload. ``seq`` counts data segments modulo 256; ``ack`` is the next
one expected and rides on everything. BEGIN carries the record's length as u32, big endian, which is checked
against the cap before anything is stored. At most 48 segments are unacknowledged; a receiver acknowledges
every 8, and within 100 ms of the last; a gap draws one NAK, and the sender goes back to what is missing.
GATT notifications have no flow control of their own: the window is the flow control. Source: DESIGN §6.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import IntFlag

from ohmstead.link.errors import FrameError

HEADER_BYTES = 3
LENGTH_BYTES = 4
WINDOW = 48
ACK_EVERY = 8
ACK_DELAY_MS = 100
RTO_MIN_MS = 500
RTO_START_MS = 1_500
RTO_MAX_MS = 8_000
GIVE_UP_MS = 24_000
#: Whole and double link-layer packets of 251 bytes less L2CAP and ATT headers; 517 needs a third packet.
LARGE_SEGMENT = 495
SMALL_SEGMENT = 244
SMALLEST_SEGMENT = 20
MAX_RECORD = 65_536


class Flags(IntFlag):
    """The first byte of a segment."""

    BEGIN = 1
    END = 2
    ACK_ONLY = 4
    NAK = 8


def segment_size(room: int) -> int:
    """The segment to use where a write or notification may carry ``room`` bytes. Raises FrameError."""
    if room < SMALLEST_SEGMENT:
        raise FrameError(f"{room} bytes a write are too few")
    for size in (LARGE_SEGMENT, SMALL_SEGMENT):
        if room >= size:
            return size
    return room


@dataclass(slots=True)
class _Sent:
    seq: int
    flags: int
    payload: bytes
    sent_ms: int = 0
    times: int = 0


class Sender:
    """The outgoing half: cuts records, keeps what is unacknowledged, measures the round trip."""

    def __init__(self, size: int) -> None:
        self._room = size - HEADER_BYTES
        self._records: deque[bytes] = deque()
        self._at = 0
        self._next_seq = 0
        self._flight: deque[_Sent] = deque()
        self._resend = 0  # index into _flight of the next segment to send again
        self._nak_base = -1
        self._rtt_ms: int | None = None
        self._rtt_var_ms = 0
        self._rto_ms = RTO_START_MS
        self._timer_ms: int | None = None
        self._progress_ms: int | None = None
        self.queued_bytes = 0
        self.resent = 0

    @property
    def idle(self) -> bool:
        """Whether everything given has been acknowledged."""
        return not self._records and not self._flight

    @property
    def deadline_ms(self) -> int | None:
        """When to call ``on_timer``; None while nothing is in flight."""
        return self._timer_ms

    def put(self, record: bytes) -> None:
        """Queue one record; the length goes in front of it."""
        if not record:
            raise ValueError("an empty record")
        self._records.append(len(record).to_bytes(LENGTH_BYTES, "big") + record)
        self.queued_bytes += len(record) + LENGTH_BYTES

    def next_segment(self, ack: int, now_ms: int) -> bytes | None:
        """The next segment to write, carrying ``ack``; None when there is nothing or the window is full."""
        if self._resend < len(self._flight):
            sent = self._flight[self._resend]
            self.resent += 1
        elif self._records and len(self._flight) < WINDOW:
            sent = self._cut()
            self._flight.append(sent)
        else:
            return None
        self._resend += 1
        sent.sent_ms = now_ms
        sent.times += 1
        if self._timer_ms is None:
            self._timer_ms = now_ms + self._rto_ms
            self._progress_ms = now_ms
        return bytes((sent.flags, sent.seq, ack)) + sent.payload

    def _cut(self) -> _Sent:
        record = self._records[0]
        payload = record[self._at : self._at + self._room]
        flags = Flags.BEGIN if self._at == 0 else Flags(0)
        self._at += len(payload)
        self.queued_bytes -= len(payload)
        if self._at == len(record):
            flags |= Flags.END
            self._records.popleft()
            self._at = 0
        sent = _Sent(self._next_seq, int(flags), payload)
        self._next_seq = self._next_seq + 1 & 255
        return sent

    def on_ack(self, ack: int, nak: bool, now_ms: int) -> None:
        """Take an acknowledgement. One that names nothing in flight is ignored: it is old or invented."""
        if not self._flight:
            return
        count = ack - self._flight[0].seq & 255
        # What was never written cannot have been received: before the window, or not yet sent again.
        sent_so_far = sum(1 for sent in self._flight if sent.times)
        if count > sent_so_far:
            return
        for _ in range(count):
            self._measure(self._flight.popleft(), now_ms)
        if count:
            self._resend = max(0, self._resend - count)
            self._progress_ms = now_ms
            self._timer_ms = now_ms + self._rto_ms if self._flight else None
        if nak and self._flight and self._flight[0].seq != self._nak_base:
            self._nak_base = self._flight[0].seq
            self._go_back(now_ms)

    def _measure(self, sent: _Sent, now_ms: int) -> None:
        """RFC 6298 §2 in integers; a segment sent twice measures nothing (Karn)."""
        if sent.seq == self._nak_base:
            self._nak_base = -1
        if sent.times != 1:
            return
        sample = now_ms - sent.sent_ms
        if self._rtt_ms is None:
            self._rtt_ms, self._rtt_var_ms = sample, sample // 2
        else:
            self._rtt_var_ms += (abs(sample - self._rtt_ms) - self._rtt_var_ms) // 4
            self._rtt_ms += (sample - self._rtt_ms) // 8
        self._rto_ms = min(RTO_MAX_MS, max(RTO_MIN_MS, self._rtt_ms + 4 * self._rtt_var_ms))

    def _go_back(self, now_ms: int) -> None:
        self._resend = 0
        self._timer_ms = now_ms + self._rto_ms

    def on_timer(self, now_ms: int) -> None:
        """Go back when the timer has run out. Raises FrameError after GIVE_UP_MS without progress."""
        if self._timer_ms is None or now_ms < self._timer_ms or self._progress_ms is None:
            return
        if now_ms - self._progress_ms >= GIVE_UP_MS:
            raise FrameError("no progress: the other side acknowledges nothing")
        if self._resend < len(self._flight):
            # Still writing: the pipe is slow, and repeating what waits to be written would not help it.
            self._timer_ms = now_ms + self._rto_ms
            return
        self._rto_ms = min(RTO_MAX_MS, self._rto_ms * 2)
        self._nak_base = -1
        self._go_back(now_ms)


class Receiver:
    """The incoming half: puts records together and says what to acknowledge."""

    def __init__(self, max_record: int) -> None:
        self.max_record = max_record
        self.expected = 0
        self._parts = bytearray()
        self._want: int | None = None
        self._unacked = 0
        self._ack_at_ms: int | None = None
        self._nak_sent = False
        self._nak_due = False

    @property
    def deadline_ms(self) -> int | None:
        """When an acknowledgement becomes due by itself."""
        return self._ack_at_ms

    def data(self, flags: int, seq: int, payload: bytes, room: bool, now_ms: int) -> bytes | None:
        """The record that this segment completes, if any. Raises FrameError for what no honest side sends.

        With ``room`` false a segment that begins a record is treated as lost: memory stays bounded and the
        other side sends it again.
        """
        if seq != self.expected:
            if seq - self.expected & 255 < 128:
                if not self._nak_sent:
                    self._nak_sent = self._nak_due = True
            else:
                self._unacked += 1  # seen before: our acknowledgement was lost
                self._due_by(now_ms + ACK_DELAY_MS)
            return None
        begin = bool(flags & Flags.BEGIN)
        if begin and not room:
            return None
        if begin is not (self._want is None):
            raise FrameError("a record begins inside another" if begin else "a record without a beginning")
        if begin:
            payload = self._begin(payload)
        assert self._want is not None
        if len(self._parts) + len(payload) > self._want:
            raise FrameError("a record longer than it said")
        self._parts += payload
        self.expected = seq + 1 & 255
        self._nak_sent = self._nak_due = False
        self._unacked += 1
        self._due_by(now_ms + ACK_DELAY_MS)
        if not flags & Flags.END:
            return None
        if len(self._parts) != self._want:
            raise FrameError("a record shorter than it said")
        record, self._parts, self._want = bytes(self._parts), bytearray(), None
        return record

    def _begin(self, payload: bytes) -> bytes:
        if len(payload) < LENGTH_BYTES:
            raise FrameError("a record without its length")
        want = int.from_bytes(payload[:LENGTH_BYTES], "big")
        if not 0 < want <= self.max_record:
            raise FrameError(f"a record of {want} bytes where {self.max_record} are allowed")
        self._want = want
        return payload[LENGTH_BYTES:]

    def _due_by(self, at_ms: int) -> None:
        if self._ack_at_ms is None:
            self._ack_at_ms = at_ms

    def acknowledged(self) -> None:
        """What was received has just been acknowledged by a segment that was going out anyway."""
        self._unacked = 0
        self._ack_at_ms = None

    def next_ack(self, now_ms: int) -> bytes | None:
        """The bare acknowledgement or NAK that is due now, if any."""
        late = self._ack_at_ms is not None and now_ms >= self._ack_at_ms
        if not (self._nak_due or late or self._unacked >= ACK_EVERY):
            return None
        flags = Flags.ACK_ONLY | (Flags.NAK if self._nak_due else Flags(0))
        self._nak_due = False
        self.acknowledged()
        return bytes((int(flags), 0, self.expected))


class Framer:
    """Both halves over one pipe."""

    def __init__(self, size: int, *, max_record: int = MAX_RECORD) -> None:
        self.sender = Sender(size)
        self.receiver = Receiver(max_record)

    def put(self, record: bytes) -> None:
        """Queue a record for sending."""
        self.sender.put(record)

    def receive(self, segment: bytes, now_ms: int, *, room: bool = True) -> bytes | None:
        """Take one segment off the air; the record it completes, if any. Raises FrameError.

        What is too short to be a segment or has unknown flags is noise on the air and is dropped.
        """
        if len(segment) < HEADER_BYTES or segment[0] > 15:
            return None
        flags, seq, ack = segment[0], segment[1], segment[2]
        self.sender.on_ack(ack, bool(flags & Flags.NAK), now_ms)
        if flags & Flags.ACK_ONLY:
            return None
        return self.receiver.data(flags, seq, segment[HEADER_BYTES:], room, now_ms)

    def next_segment(self, now_ms: int) -> bytes | None:
        """The next segment to write now, if any. Raises FrameError when the other side is dead."""
        self.sender.on_timer(now_ms)
        bare = self.receiver.next_ack(now_ms)
        if bare is not None:
            return bare
        segment = self.sender.next_segment(self.receiver.expected, now_ms)
        if segment is not None:
            self.receiver.acknowledged()
        return segment

    @property
    def deadline_ms(self) -> int | None:
        """When ``next_segment`` must be asked again even if nothing else happens."""
        times = [t for t in (self.sender.deadline_ms, self.receiver.deadline_ms) if t is not None]
        return min(times, default=None)

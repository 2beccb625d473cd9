"""Frames: whatever a channel loses or repeats, exactly the records that were sent arrive, in order."""

from __future__ import annotations

import random
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.link.errors import FrameError
from ohmstead.link.frames import (
    ACK_EVERY,
    GIVE_UP_MS,
    WINDOW,
    Flags,
    Framer,
    segment_size,
)


class Channel:
    """Two framers and the air between them: seeded loss and repetition, no reordering, a delay."""

    def __init__(self, seed: int, size: int, loss: int, repeat: int, delay_ms: int) -> None:
        self.random = random.Random(seed)
        self.loss, self.repeat, self.delay_ms = loss, repeat, delay_ms
        self.now_ms = 0
        self.ends = (Framer(size), Framer(size))
        self.air: tuple[deque[tuple[int, bytes]], ...] = (deque(), deque())
        self.arrived: tuple[list[bytes], ...] = ([], [])
        self.largest_flight = 0

    def _write(self, end: int) -> None:
        while (segment := self.ends[end].next_segment(self.now_ms)) is not None:
            assert len(segment) <= 495
            for _ in range(2 if self.random.randrange(100) < self.repeat else 1):
                if self.random.randrange(100) >= self.loss:
                    self.air[end].append((self.now_ms + self.delay_ms, segment))
        self.largest_flight = max(self.largest_flight, len(self.ends[end].sender._flight))

    def run(self) -> None:
        for _ in range(200_000):
            for end in (0, 1):
                self._write(end)
            for end in (0, 1):
                while self.air[end] and self.air[end][0][0] <= self.now_ms:
                    _, segment = self.air[end].popleft()
                    record = self.ends[1 - end].receive(segment, self.now_ms)
                    if record is not None:
                        self.arrived[1 - end].append(record)
            times = [line[0][0] for line in self.air if line]
            times += [t for f in self.ends if (t := f.deadline_ms) is not None]
            if not times:
                return
            self.now_ms = max(self.now_ms + 1, min(times))
        raise AssertionError("the channel never came to rest")


records = st.lists(st.binary(min_size=1, max_size=3000), max_size=12)


@given(
    records, records, st.integers(), st.sampled_from((20, 244, 495)), st.integers(0, 15), st.integers(0, 30)
)
@settings(max_examples=60)
def test_exactly_what_was_sent_arrives(
    one: list[bytes], other: list[bytes], seed: int, size: int, loss: int, repeat: int
) -> None:
    channel = Channel(seed, size, loss, repeat, delay_ms=15)
    for sent, framer in zip((one, other), channel.ends, strict=True):
        for record in sent:
            framer.put(record)
    channel.run()
    assert channel.arrived == (other, one)
    assert all(framer.sender.idle for framer in channel.ends)
    assert channel.largest_flight <= WINDOW


def test_a_clean_channel_resends_nothing_and_fills_the_window() -> None:
    channel = Channel(0, 495, 0, 0, delay_ms=40)
    channel.ends[0].put(bytes(60_000))
    channel.run()
    assert channel.ends[0].sender.resent == 0
    assert channel.largest_flight == WINDOW


def feed(framer: Framer, *segments: bytes, now_ms: int = 0) -> list[bytes]:
    return [r for s in segments if (r := framer.receive(s, now_ms)) is not None]


def begin(record: bytes, seq: int = 0, flags: int = 3) -> bytes:
    return bytes((flags, seq, 0)) + len(record).to_bytes(4, "big") + record


def test_the_first_segment_is_as_documented() -> None:
    framer = Framer(20)
    framer.put(b"abc" * 6)
    assert framer.next_segment(0) == b"\x01\x00\x00" + b"\x00\x00\x00\x12" + b"abcabcabcabca"
    assert framer.next_segment(0) == b"\x02\x01\x00" + b"bcabc"
    assert framer.next_segment(0) is None


def test_an_acknowledgement_is_due_every_eight_and_after_a_while() -> None:
    framer = Framer(495)
    feed(framer, *(begin(b"x", seq) for seq in range(ACK_EVERY - 1)))
    assert framer.next_segment(0) is None
    assert framer.deadline_ms == 100
    feed(framer, begin(b"x", ACK_EVERY - 1))
    assert framer.next_segment(0) == bytes((Flags.ACK_ONLY, 0, ACK_EVERY))
    feed(framer, begin(b"x", ACK_EVERY))
    assert framer.next_segment(99) is None
    assert framer.next_segment(100) == bytes((Flags.ACK_ONLY, 0, ACK_EVERY + 1))
    assert framer.next_segment(10_000) is None


def test_one_nak_for_one_gap() -> None:
    framer = Framer(495)
    feed(framer, begin(b"x", 0), begin(b"x", 2), begin(b"x", 3), begin(b"x", 4))
    assert framer.next_segment(0) == bytes((Flags.ACK_ONLY | Flags.NAK, 0, 1))
    feed(framer, begin(b"x", 5), begin(b"x", 6))
    assert framer.next_segment(0) is None
    assert feed(framer, begin(b"y", 1)) == [b"y"]
    feed(framer, begin(b"x", 9))
    assert framer.next_segment(0) == bytes((Flags.ACK_ONLY | Flags.NAK, 0, 2))


def test_a_nak_goes_back_once_per_gap() -> None:
    framer = Framer(20)
    framer.put(bytes(80))
    sent = [framer.next_segment(0) for _ in range(5)]
    nak = bytes((Flags.ACK_ONLY | Flags.NAK, 0, 2))
    feed(framer, nak)
    again = [framer.next_segment(1) for _ in range(4)]
    assert [s[3:] for s in again if s] == [s[3:] for s in sent[2:] if s]
    feed(framer, nak)
    assert framer.next_segment(2) is None
    assert framer.sender.resent == 3


def test_the_timer_goes_back_and_gives_up() -> None:
    framer = Framer(495)
    framer.put(b"x")
    first = framer.next_segment(0)
    now_ms = 0
    copies = 0
    failure: FrameError | None = None
    while failure is None:
        now_ms = framer.deadline_ms or 0
        try:
            again = framer.next_segment(now_ms)
        except FrameError as error:
            failure = error
        else:
            copies += again == first
    assert "no progress" in str(failure)
    assert GIVE_UP_MS <= now_ms <= 2 * GIVE_UP_MS
    assert 3 <= copies <= 20


@pytest.mark.parametrize("length", [0, 513, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_length_past_the_cap_is_refused_before_anything_is_stored(length: int) -> None:
    framer = Framer(495, max_record=512)
    with pytest.raises(FrameError, match="bytes where 512"):
        framer.receive(b"\x01\x00\x00" + length.to_bytes(4, "big") + b"x", 0)
    assert not framer.receiver._parts


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ([b"\x01\x00\x00\x00\x00"], "without its length"),
        ([b"\x00\x00\x00abc"], "without a beginning"),
        ([b"\x02\x00\x00abc"], "without a beginning"),
        ([begin(b"abc", flags=1) + b"d"], "longer"),
        ([b"\x03\x00\x00\x00\x00\x00\x09abc"], "shorter"),
        ([b"\x01\x00\x00\x00\x00\x00\x09abc", begin(b"x", 1)], "inside another"),
        ([b"\x01\x00\x00\x00\x00\x00\x04abc", b"\x02\x01\x00de"], "longer"),
    ],
)
def test_what_no_honest_side_sends_ends_the_link(segments: list[bytes], reason: str) -> None:
    with pytest.raises(FrameError, match=reason):
        feed(Framer(495), *segments)


@given(st.lists(st.binary(max_size=40), max_size=60))
def test_garbage_is_dropped_or_refused_and_memory_stays_bounded(segments: list[bytes]) -> None:
    framer = Framer(244, max_record=512)
    framer.put(bytes(2000))
    try:
        for now_ms, segment in enumerate(segments):
            framer.receive(segment, now_ms)
            framer.next_segment(now_ms)
    except FrameError:
        pass
    assert len(framer.receiver._parts) <= 512
    assert len(framer.sender._flight) <= WINDOW


@given(st.lists(st.tuples(st.integers(0, 255), st.booleans()), max_size=40))
def test_invented_acknowledgements_free_nothing_that_was_not_sent(acks: list[tuple[int, bool]]) -> None:
    framer = Framer(20)
    framer.put(bytes(4000))
    sent = 0
    for number, (ack, nak) in enumerate(acks):
        if framer.next_segment(number) is not None:
            sent += 1
        framer.receive(bytes((12 if nak else 4, 0, ack)), number)
        flight = framer.sender._flight
        assert len(flight) <= WINDOW
        assert all(segment.times for segment in list(flight)[: framer.sender._resend])
    assert framer.sender.queued_bytes >= 0


def test_without_room_a_beginning_counts_as_lost() -> None:
    framer = Framer(495)
    assert framer.receive(begin(b"x"), 0, room=False) is None
    assert framer.receiver.expected == 0
    assert framer.receive(begin(b"x"), 1) == b"x"


def test_a_repeated_segment_is_acknowledged_again() -> None:
    framer = Framer(495)
    feed(framer, begin(b"x"))
    assert framer.next_segment(100) == bytes((Flags.ACK_ONLY, 0, 1))
    assert feed(framer, begin(b"x"), now_ms=200) == []
    assert framer.next_segment(300) == bytes((Flags.ACK_ONLY, 0, 1))


@pytest.mark.parametrize(
    ("room", "size"), [(514, 495), (495, 495), (494, 244), (244, 244), (182, 182), (20, 20)]
)
def test_the_segment_fills_whole_link_layer_packets(room: int, size: int) -> None:
    assert segment_size(room) == size


def test_too_small_an_mtu_is_refused() -> None:
    with pytest.raises(FrameError):
        segment_size(19)

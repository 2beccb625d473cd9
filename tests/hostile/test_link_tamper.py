"""Someone on the air changes one bit, anywhere in a handshake: always noticed, always named, nothing kept.

Each flip is made inside a record (the bytes that Noise protects); flips in the segments' own headers are
lost or repeated segments to the link, and must end in success or a named failure.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from noise.backends.default.diffie_hellmans import ED25519

from ohmstead.link.binding import Expected, SessionFacts, check_meter_message
from ohmstead.link.errors import BindingMismatch, ForeignKey, LinkError, LinkLost, SessionError
from ohmstead.link.label import pairing_key
from ohmstead.link.noise import Handshake, Mode
from ohmstead.link.pairing import Linked, Stage
from ohmstead.link.secure import Opening, SecureLink, answered
from ohmstead.meter.peers import Link
from ohmstead.meter.peripheral_session import Admitted
from tests.link.rig import (
    MemoryStore,
    TableFile,
    Wire,
    admit,
    door,
    identity,
    quick_keys,
    request,
    static_key,
)
from tests.link.visits import converge, settled, visit_pair, visit_resume
from tests.link.warp import run

METER = identity()
LABEL = METER.label
HEADER, LENGTH = 3, 4
PAIR_RECORDS = ("opening", "message 2", "message 3", "binding 1", "binding 2", "ok")
RESUME_RECORDS = ("opening", "message 2", "next id", "echo")


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


class Flip:
    """Flips one bit of byte ``place`` of the ``record``-th data segment, both directions counted together."""

    def __init__(self, record: int, place: int, bit: int) -> None:
        self.record, self.place, self.bit = record, place, bit
        self.seen = 0
        self.lengths: list[int] = []
        self.done = False

    def __call__(self, segment: bytes) -> bytes:
        if segment[0] & 4:
            return segment
        self.lengths.append(len(segment))
        self.seen += 1
        if self.seen - 1 == self.record and self.place < len(segment):
            self.done = True
            changed = bytearray(segment)
            changed[self.place] ^= 1 << self.bit
            return bytes(changed)
        return segment


def lengths(course: str) -> list[int]:
    """How long each record's segment is; every record of a handshake fits one segment."""

    async def main() -> list[int]:
        flip = Flip(-1, 0, 0)
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        if course == "resume":
            app, _ = await visit_pair(keeper, store, request(LABEL))
            assert isinstance(app, Linked)
            app, _ = await visit_resume(keeper, store, app.pairing, Wire(flip, flip, size=495))
        else:
            app, _ = await visit_pair(keeper, store, request(LABEL), wire=Wire(flip, flip, size=495))
        assert isinstance(app, Linked)
        return flip.lengths

    with quick_keys():
        return run(main())


@pytest.mark.parametrize("record", range(len(PAIR_RECORDS)), ids=PAIR_RECORDS)
def test_a_flipped_bit_at_every_byte_of_a_pairing(record: int) -> None:
    sizes = lengths("pair")
    assert len(sizes) == len(PAIR_RECORDS)

    async def main() -> None:
        for place in range(HEADER + LENGTH, sizes[record]):
            flip = Flip(record, place, place % 8)
            store, file = MemoryStore(), TableFile()
            keeper = door(METER, file.table())
            app, meter = await visit_pair(keeper, store, request(LABEL), wire=Wire(flip, flip, size=495))
            assert flip.done
            where = f"{PAIR_RECORDS[record]} byte {place}"
            assert isinstance(app, LinkError), where
            name = PAIR_RECORDS[record]
            if name != "ok":
                assert isinstance(meter, LinkError), where
                assert not keeper.peers.peers, where
                assert file.data is None, where
                assert keeper.pairing_open, where
            else:
                (peer,) = keeper.peers.peers
                assert peer.link is Link.UNCONFIRMED
            if name in ("binding 2", "ok"):
                assert [p.stage for p in store.history] == [Stage.UNCONFIRMED], where
            else:
                assert not store.history, where
            if place % 37 == 0:
                flip.record = -1
                settled(store, file, await converge(store, file, request(LABEL).device_key))

    run(main())


@pytest.mark.parametrize("record", range(len(RESUME_RECORDS)), ids=RESUME_RECORDS)
def test_a_flipped_bit_at_every_byte_of_coming_back(record: int) -> None:
    sizes = lengths("resume")
    assert len(sizes) == len(RESUME_RECORDS)

    async def main() -> None:
        for place in range(HEADER + LENGTH, sizes[record]):
            store, file = MemoryStore(), TableFile()
            keeper = door(METER, file.table())
            first, _ = await visit_pair(keeper, store, request(LABEL))
            assert isinstance(first, Linked)
            flip = Flip(record, place, place % 8)
            app, meter = await visit_resume(keeper, store, first.pairing, Wire(flip, flip, size=495))
            assert flip.done
            where = f"{RESUME_RECORDS[record]} byte {place}"
            assert isinstance(meter, LinkError), where
            assert keeper.peers.peers[0].link is Link.UNCONFIRMED, where
            if RESUME_RECORDS[record] != "echo":
                assert isinstance(app, LinkError), where
                assert store.newest == first.pairing, where
            # Whatever was tried, the household's next attempt works.
            assert store.newest is not None
            again, admitted = await visit_resume(keeper, store, store.newest)
            assert isinstance(again, Linked), where
            assert isinstance(admitted, Admitted), where

    run(main())


@pytest.mark.parametrize("place", range(HEADER + LENGTH))
def test_flips_in_segment_headers_end_in_success_or_a_named_failure(place: int) -> None:
    async def main() -> None:
        for record in range(len(PAIR_RECORDS)):
            for bit in range(8):
                flip = Flip(record, place, bit)
                store, file = MemoryStore(), TableFile()
                keeper = door(METER, file.table())
                app, _ = await visit_pair(keeper, store, request(LABEL), wire=Wire(flip, flip, size=495))
                assert isinstance(app, Linked | LinkError), app
                flip.record = -1
                settled(store, file, await converge(store, file, request(LABEL).device_key))

    run(main())


@contextmanager
def count_exchanges() -> Iterator[list[None]]:
    """Counts the Diffie-Hellman exchanges of both ends."""
    seen: list[None] = []
    real = ED25519.dh

    def counting(self: Any, private: Any, public: Any) -> bytes:
        seen.append(None)
        return bytes(real(self, private, public))

    with patch.object(ED25519, "dh", counting):
        yield seen


def record_of(segment: bytes) -> bytes:
    return segment[HEADER + LENGTH :]


def test_a_recorded_pairing_replayed_gets_nothing() -> None:
    async def main() -> None:
        tape: list[bytes] = []

        def listen(segment: bytes) -> bytes:
            if not segment[0] & 4:
                tape.append(record_of(segment))
            return segment

        store, keeper = MemoryStore(), door(METER, TableFile().table())
        app, _ = await visit_pair(keeper, store, request(LABEL), wire=Wire(to_meter=listen, size=495))
        assert isinstance(app, Linked)
        before = keeper.peers.peers
        keeper.open_window()
        wire = Wire(size=495)
        meter = asyncio.create_task(admit(keeper, wire))
        for record in tape:
            if not wire.meter.closed:
                await wire.app.write(record)
        assert isinstance(await meter, LinkError)
        assert keeper.peers.peers == before
        assert keeper.pairing_open
        await wire.aclose()

    run(main())


def test_a_recorded_opening_replayed_confirms_nothing_and_moves_no_id() -> None:
    async def main() -> None:
        tape: list[bytes] = []

        def listen(segment: bytes) -> bytes | None:
            if not segment[0] & 4:
                tape.append(record_of(segment))
                return None  # and never let it through: the meter sees it first from the attacker
            return segment

        store, keeper = MemoryStore(), door(METER, TableFile().table())
        first, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(first, Linked)
        await visit_resume(keeper, store, first.pairing, Wire(to_meter=listen, size=495))
        for _ in range(3):
            wire = Wire(size=495)
            meter = asyncio.create_task(admit(keeper, wire))
            await wire.app.write(tape[0])
            assert isinstance(await meter, LinkLost), "no echo in ten seconds"
            await wire.aclose()
        (peer,) = keeper.peers.peers
        assert peer.link is Link.UNCONFIRMED
        again, admitted = await visit_resume(keeper, store, first.pairing)
        assert isinstance(again, Linked)
        assert isinstance(admitted, Admitted)

    run(main())


def test_a_mode_turned_from_resume_to_pair_or_back_is_refused() -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        first, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(first, Linked)
        keeper.open_window()
        for opening in (
            b"",
            b"\x00",
            b"\x03" + bytes(48),
            b"\x01" + bytes(47),
            b"\x02" + bytes(48),
            b"\x02" + bytes(57),
        ):
            wire = Wire()
            meter = asyncio.create_task(admit(keeper, wire))
            if opening:
                await wire.app.write(opening)
            else:
                wire.app.close()
                wire.meter.close()
            assert isinstance(await meter, LinkError)
            await wire.aclose()
        assert len(keeper.peers.peers) == 1

    run(main())


@pytest.mark.parametrize("length", [513, 65_537, 0xFFFF_FFFF])
def test_an_oversize_record_ends_the_link_before_anything_is_stored(length: int) -> None:
    async def main() -> None:
        keeper, wire = door(METER, TableFile().table()), Wire()
        meter = asyncio.create_task(admit(keeper, wire))
        wire.meter.feed(b"\x01\x00\x00" + length.to_bytes(4, "big") + b"x" * 100)
        error = await meter
        assert isinstance(error, LinkError)
        assert "allowed" in str(error)
        await wire.aclose()

    run(main())


def test_an_impostor_with_the_secret_but_another_key_is_foreign() -> None:
    """Someone copied the code from the label and answers in the meter's place."""

    async def main() -> None:
        thief = replace(identity("thief"), secret=METER.secret)
        store, keeper = MemoryStore(), door(thief, TableFile().table())
        app, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(app, ForeignKey)
        assert not store.history
        assert not keeper.peers.peers

    run(main())


def test_a_relay_between_two_sessions_is_noticed_by_the_binding() -> None:
    """One who knows the secret sits in the middle and passes the true meter's binding on."""

    async def main() -> None:
        keeper = door(METER, TableFile().table())
        info = keeper.info()
        psk = await asyncio.to_thread(pairing_key, METER.secret, keeper._boot_nonce)
        # The middle's session with the true meter.
        wire = Wire()
        meter = asyncio.create_task(admit(keeper, wire))
        outer = Handshake(Mode.PAIR, initiator=True, static=static_key("middle"), info=info, psk=psk)
        await wire.app.write(Opening(Mode.PAIR, b"", outer.write()).to_bytes())
        outer.read(answered(await wire.app.read(5)))
        await wire.app.write(outer.write())
        assert outer.session is not None
        stolen = await SecureLink(wire.app, outer.session).receive(5, with_status=True)
        # The middle's session with the app: the app checks the stolen binding against its own.
        app = Handshake(Mode.PAIR, initiator=True, static=static_key("app"), info=info, psk=psk)
        inner = Handshake(Mode.PAIR, initiator=False, static=static_key("middle"), info=info, psk=psk)
        inner.read(app.write())
        app.read(inner.write())
        inner.read(app.write())
        assert app.session is not None
        facts = SessionFacts(app.session.handshake_hash, app.session.remote_static, static_key("app").public)
        with pytest.raises(BindingMismatch):
            check_meter_message(stolen, facts, Expected(LABEL.genesis_hash, LABEL.meter_key))
        wire.cut()
        assert isinstance(await meter, LinkError)
        assert not keeper.peers.peers
        await wire.aclose()

    run(main())


def test_a_refusal_in_clear_after_the_session_stands_is_noise() -> None:
    """A status byte counts only until the session has been proved; then it is a record that fails."""

    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())

        def forge(segment: bytes) -> bytes:
            if not segment[0] & 4 and len(segment) < 60:  # OK is the only short record
                return segment[:HEADER] + (1).to_bytes(4, "big") + b"\x03"
            return segment

        app, _ = await visit_pair(keeper, store, request(LABEL), wire=Wire(to_app=forge, size=495))
        assert isinstance(app, SessionError)
        assert Stage.UNCONFIRMED is store.history[-1].stage

    run(main())


def test_an_unknown_visitor_costs_and_hears_the_same_as_a_known_one_with_another_key() -> None:
    """Nobody learns from the answer, or from the work behind it, whether an id exists."""

    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        first, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(first, Linked)
        counted: list[int] = []
        known_id = replace(first.pairing, static=static_key("thief"))
        unknown_id = replace(known_id, peer_id=bytes(8))
        answers = []
        for visitor in (known_id, unknown_id):
            heard: list[bytes] = []

            def listen(segment: bytes, heard: list[bytes] = heard) -> bytes:
                heard.append(segment)
                return segment

            with count_exchanges() as exchanges:
                app, meter = await visit_resume(keeper, store, visitor, Wire(to_app=listen))
            assert str(app) == str(meter) == "refused: generic"
            answers.append(heard)
            counted.append(len(exchanges))
        assert answers[0] == answers[1]
        assert counted[0] == counted[1] > 0

    run(main())

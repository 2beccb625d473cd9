"""Ends that speak the link but lie, stall or babble: named, bounded in time, nothing kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.errors import ExternalError
from ohmstead.link import pairing
from ohmstead.link.binding import MeterClaim, SessionFacts, meter_message, ok_message, refusal_message
from ohmstead.link.errors import BindingError, LinkError, LinkLost, LinkTimeout, Refused, SessionError
from ohmstead.link.noise import Handshake, Mode
from ohmstead.link.pairing import Linked, Stage, next_id_message
from ohmstead.link.secure import GO_ON, Opening, SecureLink
from ohmstead.meter.peers import PeerTable
from ohmstead.meter.peripheral_session import Doorkeeper
from tests.link.rig import (
    MemoryStore,
    TableFile,
    Wire,
    admit,
    door,
    identity,
    pairing_key_once,
    quick_keys,
    request,
    static_key,
)
from tests.link.visits import visit_pair, visit_resume
from tests.link.warp import run

METER = identity()
LABEL = METER.label


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


# ---- strangers who babble ---------------------------------------------------------------------

segments = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            lambda seq, record: bytes((3, seq, 0)) + len(record).to_bytes(4, "big") + record,
            st.integers(0, 3),
            st.one_of(
                st.binary(min_size=1, max_size=64),
                st.builds(
                    lambda mode, rest: bytes((mode,)) + rest, st.integers(0, 3), st.binary(max_size=64)
                ),
                st.just(b"\x01" + bytes(48)),
                st.just(b"\x02" + bytes(56)),
            ),
        ),
    ),
    max_size=12,
)


@given(segments)
@settings(max_examples=60)
def test_a_babbling_stranger_is_gone_within_ten_seconds(babble: list[bytes]) -> None:
    async def main() -> None:
        keeper, wire = door(METER, TableFile().table()), Wire()
        loop = asyncio.get_running_loop()
        began = loop.time()
        meter = asyncio.create_task(admit(keeper, wire))
        for segment in babble:
            wire.meter.feed(segment)
            await asyncio.sleep(0.01)
        assert isinstance(await meter, LinkError)
        assert loop.time() - began <= 12
        assert not keeper.peers.peers
        assert keeper.pairing_open
        await wire.aclose()

    with quick_keys():
        run(main())


# ---- ends that stall --------------------------------------------------------------------------


@pytest.mark.parametrize("course", ["pair", "resume"])
@pytest.mark.parametrize("direction", ["to_app", "to_meter"])
def test_silence_from_any_record_on_ends_in_time(course: str, direction: str) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        for silent_from in range(4):
            store, keeper = MemoryStore(), door(METER, TableFile().table())
            if course == "resume":
                first, _ = await visit_pair(keeper, store, request(LABEL))
                assert isinstance(first, Linked)
            count = 0

            def hold(segment: bytes, silent_from: int = silent_from) -> bytes | None:
                nonlocal count
                if segment[0] & 4:
                    return segment
                count += 1
                return segment if count <= silent_from else None

            wire = Wire(size=495, **{direction: hold})
            began = loop.time()
            if course == "pair":
                app, meter = await visit_pair(keeper, store, request(LABEL), wire=wire)
            else:
                app, meter = await visit_resume(keeper, store, first.pairing, wire)
            assert isinstance(app, LinkError | Linked)
            assert loop.time() - began < 60
            if count > silent_from:
                assert isinstance(meter, LinkError) or isinstance(app, LinkError)

    run(main())


# ---- a meter that lies inside an honest session -----------------------------------------------


async def lying_meter(wire: Wire, keeper: Doorkeeper, plaintexts: list[bytes]) -> None:
    """Runs an honest handshake with the label's secret, then says these things in turn."""
    opening = Opening.from_bytes(await wire.meter.read(30))
    psk = await asyncio.to_thread(pairing_key_once, METER.secret, keeper._boot_nonce)
    handshake = Handshake(Mode.PAIR, initiator=False, static=METER.static, info=keeper.info(), psk=psk)
    handshake.read(opening.message)
    await wire.meter.write(GO_ON + handshake.write())
    handshake.read(await wire.meter.read(30))
    assert handshake.session is not None
    session = handshake.session
    link = SecureLink(wire.meter, session)
    facts = SessionFacts(session.handshake_hash, METER.static.public, session.remote_static)
    claim = MeterClaim(METER.key.public, METER.genesis_hash, METER.meter_id, 1, METER.certificate)
    wire.meter.allow_records(16_384)
    for number, plaintext in enumerate(plaintexts):
        honest = meter_message(METER.key, claim, facts) if number == 0 else ok_message(facts.first_peer_id, 1)
        await link.send(plaintext or honest, status=GO_ON if number == 0 else b"")
        if number == 0:
            await link.receive(30)


def told(plaintexts: list[bytes]) -> tuple[Linked | BaseException, MemoryStore]:
    async def main() -> tuple[Linked | BaseException, MemoryStore]:
        wire, store = Wire(), MemoryStore()
        keeper = door(METER, TableFile().table())
        meter = asyncio.create_task(lying_meter(wire, keeper, plaintexts))
        try:
            found: Linked | BaseException = await pairing.pair(
                wire.app, keeper.info(), request(LABEL), store, static=static_key("app")
            )
        except LinkError as error:
            found = error
        wire.cut()
        await asyncio.gather(meter, return_exceptions=True)
        await wire.aclose()
        return found, store

    with quick_keys():
        return run(main())


def test_the_liar_of_these_tests_is_believed_when_it_is_honest() -> None:
    found, store = told([b"", b""])
    assert isinstance(found, Linked)
    assert store.history[-1].stage is Stage.COMMITTED


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=25)
def test_a_binding_that_is_none(data: bytes) -> None:
    found, store = told([data])
    assert isinstance(found, BindingError)
    assert not store.history


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (refusal_message(9), Refused),
        (encode([bytes(8), 1]), BindingError),
        (encode([bytes(8)]), BindingError),
        (encode([]), BindingError),
        (encode(None), BindingError),
        (b"\xff", BindingError),
        (bytes(1000), BindingError),
    ],
)
def test_an_ok_that_is_none(answer: bytes, failure: type[Exception]) -> None:
    found, store = told([b"", answer])
    assert isinstance(found, failure)
    assert [p.stage for p in store.history] == [Stage.UNCONFIRMED]


@pytest.mark.parametrize(
    "answer", [b"\x00", b"\x00" + bytes(96), b"\x00" + bytes(95), b"\x01", b"\x02", b"\x63", b"\xff"]
)
def test_answers_to_the_opening_that_are_none(answer: bytes) -> None:
    async def main() -> None:
        wire, store = Wire(), MemoryStore()
        keeper = door(METER, TableFile().table())
        task = asyncio.create_task(
            pairing.pair(wire.app, keeper.info(), request(LABEL), store, static=static_key("app"))
        )
        await wire.meter.read(30)
        await wire.meter.write(answer)
        with pytest.raises(SessionError if answer[0] == 0 else LinkError):
            await task
        assert not store.history
        await wire.aclose()

    run(main())


@pytest.mark.parametrize("length", [513, 60_000, 16_385])
def test_an_oversize_answer_ends_the_link(length: int) -> None:
    async def main() -> None:
        wire = Wire()
        keeper = door(METER, TableFile().table())
        task = asyncio.create_task(
            pairing.pair(wire.app, keeper.info(), request(LABEL), MemoryStore(), static=static_key("app"))
        )
        await wire.meter.read(30)
        await wire.meter.write(bytes(length))
        with pytest.raises(LinkError, match="allowed"):
            await task
        await wire.aclose()

    run(main())


# ---- an app that lies inside an honest session ------------------------------------------------


@given(st.one_of(st.binary(max_size=200), st.just(next_id_message(bytes(8)))))
@settings(max_examples=25)
def test_an_echo_that_is_none_confirms_nothing(echo: bytes) -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        first, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(first, Linked)
        known = first.pairing
        wire = Wire()
        meter = asyncio.create_task(admit(keeper, wire))
        handshake = Handshake(
            Mode.RESUME,
            initiator=True,
            static=known.static,
            info=keeper.info(),
            remote_static=known.meter_static,
        )
        await wire.app.write(Opening(Mode.RESUME, known.peer_id, handshake.write()).to_bytes())
        handshake.read((await wire.app.read(5))[1:])
        assert handshake.session is not None
        link = SecureLink(wire.app, handshake.session)
        await link.receive(5, with_status=True)
        await link.send(echo)
        assert isinstance(await meter, BindingError)
        assert keeper.peers.peers[0].link == 0
        await wire.aclose()

    with quick_keys():
        run(main())


@given(st.binary(max_size=200))
@settings(max_examples=25)
def test_a_message_two_that_is_none_stores_nothing(data: bytes) -> None:
    async def main() -> None:
        keeper, wire = door(METER, TableFile().table()), Wire()
        meter = asyncio.create_task(admit(keeper, wire))
        psk = await asyncio.to_thread(pairing_key_once, METER.secret, keeper._boot_nonce)
        handshake = Handshake(
            Mode.PAIR, initiator=True, static=static_key("app"), info=keeper.info(), psk=psk
        )
        await wire.app.write(Opening(Mode.PAIR, b"", handshake.write()).to_bytes())
        handshake.read((await wire.app.read(5))[1:])
        await wire.app.write(handshake.write())
        assert handshake.session is not None
        link = SecureLink(wire.app, handshake.session)
        await link.receive(5, with_status=True)
        await link.send(data)
        assert isinstance(await meter, BindingError)
        assert not keeper.peers.peers
        assert keeper.pairing_open
        await wire.aclose()

    with quick_keys():
        run(main())


def test_one_who_proves_the_secret_and_then_waits_is_dropped_in_the_end() -> None:
    async def main() -> None:
        keeper, wire = door(METER, TableFile().table()), Wire()
        loop = asyncio.get_running_loop()
        meter = asyncio.create_task(admit(keeper, wire))
        psk = await asyncio.to_thread(pairing_key_once, METER.secret, keeper._boot_nonce)
        handshake = Handshake(
            Mode.PAIR, initiator=True, static=static_key("app"), info=keeper.info(), psk=psk
        )
        await wire.app.write(Opening(Mode.PAIR, b"", handshake.write()).to_bytes())
        handshake.read((await wire.app.read(5))[1:])
        await wire.app.write(handshake.write())
        began = loop.time()
        assert isinstance(await meter, LinkTimeout)
        assert 119 <= loop.time() - began <= 122
        # The door is free again.
        keeper.open_window()
        app, _ = await visit_pair(keeper, MemoryStore(), request(LABEL))
        assert isinstance(app, Linked)
        await wire.aclose()

    run(main())


def test_a_disk_that_refuses_ends_the_pairing_and_says_so_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def main() -> None:
        def full(_data: bytes) -> None:
            raise ExternalError("peers could not be written: No space left on device.")

        store, keeper = MemoryStore(), door(METER, PeerTable(full))
        app, meter = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(app, LinkLost)
        assert isinstance(meter, Refused)
        assert not keeper.peers.peers
        assert keeper.pairing_open

    run(main())
    assert "No space left" in caplog.text

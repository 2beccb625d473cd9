"""Pairing and coming back, both real ends over a wire: the good course, and who is refused under which name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ohmstead.link import pairing
from ohmstead.link.binding import MeterClaim, Role
from ohmstead.link.errors import (
    BindingError,
    Busy,
    ChangedKey,
    ForeignKey,
    LinkLost,
    PairingClosed,
    ProtocolVersion,
    Refused,
    WordsRejected,
    WrongCertificate,
    WrongCode,
    WrongGenesis,
)
from ohmstead.link.pairing import Linked, Stage, Trust
from ohmstead.meter.peers import Link, Standing
from ohmstead.meter.peripheral_session import Doorkeeper
from tests.link.rig import (
    Clock,
    MemoryStore,
    TableFile,
    Wire,
    door,
    quick_keys,
    request,
    signing_key,
    static_key,
)
from tests.link.visits import LABEL, METER, paired, resumed, visit_pair, visit_resume
from tests.link.warp import run


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


# ---- the good course --------------------------------------------------------------------------


def test_a_scanned_label_pairs_and_comes_back() -> None:
    async def main() -> None:
        store, file = MemoryStore(), TableFile()
        confirmed: list[bytes] = []
        keeper = door(METER, file.table(), on_confirmed=lambda peer: confirmed.append(peer.kid))
        first = await paired(keeper, store)
        assert (first.stage, first.trust, first.role) == (Stage.COMMITTED, Trust.LABEL, Role.OWNER)
        assert first.meter_key == METER.key.public
        assert first.meter_id == METER.meter_id
        assert first.meter_static == METER.static.public
        assert first.certificate == METER.certificate
        assert [p.stage for p in store.history] == [Stage.UNCONFIRMED, Stage.COMMITTED]
        assert not keeper.pairing_open
        (peer,) = keeper.peers.peers
        assert (peer.link, peer.standing, peer.counter) == (Link.UNCONFIRMED, Standing.GRANTED, 1)
        assert not confirmed
        second = await resumed(keeper, store, first)
        assert second.stage is Stage.CONFIRMED
        assert second.peer_id != first.peer_id
        assert confirmed == [signing_key("device").kid]
        third = await resumed(keeper, store, second)
        assert len({first.peer_id, second.peer_id, third.peer_id}) == 3
        assert len(confirmed) == 1
        assert file.table().peers == keeper.peers.peers

    run(main())


def test_a_typed_code_asks_for_the_words_before_it_signs() -> None:
    async def main() -> None:
        store = MemoryStore()
        keeper = door(METER, TableFile().table())
        seen: list[tuple[str, ...]] = []

        async def compare(words: tuple[str, ...]) -> bool:
            assert not store.history
            assert not keeper.peers.peers
            await asyncio.sleep(100)  # a person reads; no deadline of a stranger applies any more
            seen.append(words)
            return True

        found = await paired(keeper, store, label_key=None, genesis_hash=None, confirm_words=compare)
        assert seen == [LABEL.words]
        assert found.trust is Trust.TYPED

    run(main())


@pytest.mark.parametrize("answer", ["no", "never", "nobody"])
def test_words_that_are_not_confirmed_leave_no_state(answer: str) -> None:
    async def main() -> None:
        store = MemoryStore()
        keeper = door(METER, TableFile().table())

        async def compare(words: tuple[str, ...]) -> bool:
            if answer == "never":
                await asyncio.Event().wait()
            return False

        app, meter = await visit_pair(
            keeper,
            store,
            request(LABEL, label_key=None, confirm_words=None if answer == "nobody" else compare),
        )
        assert isinstance(app, LinkLost if answer == "never" else WordsRejected)
        assert isinstance(meter, LinkLost)
        assert not store.history
        assert not keeper.peers.peers

    run(main())


def test_the_person_is_not_asked_on_when_the_link_ends() -> None:
    async def main() -> None:
        keeper, wire = door(METER, TableFile().table()), Wire()
        cancelled = asyncio.Event()

        async def compare(words: tuple[str, ...]) -> bool:
            asyncio.get_running_loop().call_later(1, wire.cut)
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()
            return True

        app, _ = await visit_pair(
            keeper, MemoryStore(), request(LABEL, label_key=None, confirm_words=compare), wire=wire
        )
        assert isinstance(app, LinkLost)
        assert cancelled.is_set()

    run(main())


# ---- who is refused, and how it is named ------------------------------------------------------


def nothing_left(store: MemoryStore, keeper: Doorkeeper) -> None:
    assert not store.history
    assert not keeper.peers.peers
    assert keeper.pairing_open


def test_a_wrong_code() -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        app, meter = await visit_pair(keeper, store, request(LABEL, secret=b"wrong code"))
        assert isinstance(app, WrongCode)
        assert isinstance(meter, WrongCode)
        nothing_left(store, keeper)
        # No lockout: the owner's next attempt is as good as the first.
        assert (await paired(keeper, store)).stage is Stage.COMMITTED

    run(main())


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"label_key": signing_key("other").public}, ForeignKey),
        ({"known_key": signing_key("other").public}, ChangedKey),
        ({"genesis_hash": bytes(32)}, WrongGenesis),
    ],
)
def test_a_session_with_another_meter(changes: dict[str, bytes], failure: type[Exception]) -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        app, meter = await visit_pair(keeper, store, request(LABEL, **changes))
        assert type(app) is failure
        assert isinstance(meter, LinkLost)
        nothing_left(store, keeper)

    run(main())


def test_a_certificate_that_its_check_refuses() -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())

        async def check(claim: MeterClaim) -> None:
            assert claim.certificate == METER.certificate
            raise WrongCertificate("certificate", "is revoked")

        app, _ = await visit_pair(keeper, store, request(LABEL, check_certificate=check))
        assert isinstance(app, WrongCertificate)
        nothing_left(store, keeper)

    run(main())


def test_outside_the_window_not_a_byte_is_answered() -> None:
    async def main() -> None:
        heard: list[bytes] = []
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        open_info = keeper.info()
        keeper.close_window()
        app, _ = await visit_pair(keeper, store, request(LABEL))
        assert isinstance(app, PairingClosed)
        # An app that read ``info`` while it was still open, or lies to itself about it.
        wire = Wire(to_app=lambda segment: heard.append(segment) or segment)
        app, meter = await visit_pair(keeper, store, request(LABEL), info=open_info, wire=wire)
        assert isinstance(app, PairingClosed | LinkLost)
        assert isinstance(meter, LinkLost)
        assert all(segment[0] & 4 for segment in heard), "only acknowledgements"
        assert not store.history

    run(main())


def test_the_window_closes_by_itself_and_can_be_opened_anew() -> None:
    async def main() -> None:
        changes: list[bool] = []
        keeper = Doorkeeper(
            METER,
            TableFile().table(),
            clock=Clock(),
            on_window=lambda: changes.append(keeper.pairing_open),
        )
        assert not keeper.pairing_open
        keeper.open_window()
        await asyncio.sleep(100)
        keeper.open_window()
        await asyncio.sleep(100)
        assert keeper.pairing_open
        await asyncio.sleep(21)
        assert not keeper.pairing_open
        keeper.close_window()
        assert changes == [True, False]

    run(main())


def test_a_second_phone_is_told_busy_and_leaves_nothing() -> None:
    async def main() -> None:
        store, other = MemoryStore(), MemoryStore()
        keeper = door(METER, TableFile().table())
        entered, go_on = asyncio.Event(), asyncio.Event()

        async def compare(words: tuple[str, ...]) -> bool:
            entered.set()
            await go_on.wait()
            return True

        first = asyncio.create_task(
            visit_pair(keeper, store, request(LABEL, label_key=None, confirm_words=compare))
        )
        await entered.wait()
        app, meter = await visit_pair(keeper, other, request(LABEL, device_key=signing_key("second")))
        assert isinstance(app, Busy)
        assert isinstance(meter, Busy)
        assert not other.history
        go_on.set()
        app, _ = await first
        assert isinstance(app, Linked)
        assert len(keeper.peers.peers) == 1

    run(main())


def test_a_known_peer_comes_in_while_another_device_pairs() -> None:
    async def main() -> None:
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        known = await paired(keeper, store)
        keeper.open_window()
        entered, go_on = asyncio.Event(), asyncio.Event()

        async def compare(words: tuple[str, ...]) -> bool:
            entered.set()
            await go_on.wait()
            return False

        asked = request(LABEL, label_key=None, confirm_words=compare, device_key=signing_key("second"))
        other = asyncio.create_task(visit_pair(keeper, MemoryStore(), asked))
        await entered.wait()
        await resumed(keeper, store, known)
        go_on.set()
        await other

    run(main())


def test_pairing_attempts_are_a_second_apart() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        store, keeper = MemoryStore(), door(METER, TableFile().table())
        began = loop.time()
        for _ in range(5):
            await visit_pair(keeper, store, request(LABEL, secret=b"wrong code"))
        assert loop.time() - began >= 4

    run(main())


def test_another_version_is_named() -> None:
    async def main() -> None:
        wire = Wire()
        with pytest.raises(ProtocolVersion) as caught:
            await pairing.pair(
                wire.app, b"\x02" + bytes(17), request(LABEL), MemoryStore(), static=static_key("app")
            )
        assert caught.value.version == 2
        await wire.aclose()

    run(main())


def test_unknown_changed_and_expired_pairings_get_one_and_the_same_refusal() -> None:
    async def main() -> None:
        clock, store = Clock(), MemoryStore()
        keeper = door(METER, TableFile().table(), clock)
        known = await paired(keeper, store)
        for changed in (
            replace(known, peer_id=bytes(8)),
            replace(known, static=static_key("thief")),
            replace(known, meter_static=static_key("other meter").public),
        ):
            app, meter = await visit_resume(keeper, store, changed)
            assert type(app) is Refused
            assert type(meter) is Refused
            assert str(app) == "refused: generic"
        clock.now += 24 * 3600
        app, _ = await visit_resume(keeper, store, known)
        assert str(app) == "refused: generic"

    run(main())


def test_a_next_id_of_another_form_is_refused() -> None:
    for bad in (b"", b"\x80", b"\x81\x47" + bytes(7), b"\x82\x48" + bytes(8) + b"\x00"):
        with pytest.raises(BindingError):
            pairing.read_next_id(bad)

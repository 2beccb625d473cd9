"""The app's end on a virtual radio: finds, pairs, comes back, names every failure, never hangs."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import pytest
from bleak.exc import BleakBluetoothNotAvailableError as NotAvailable
from bleak.exc import BleakBluetoothNotAvailableReason as Reason
from bleak.exc import (
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
)

from ohmstead.link import central as central_module
from ohmstead.link.binding import Role
from ohmstead.link.central import Central, Nearby
from ohmstead.link.errors import (
    BluetoothOff,
    Busy,
    LinkError,
    LinkLost,
    LinkTimeout,
    NoPermission,
    NotFound,
    PairingClosed,
    Refused,
    WrongCode,
)
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Stage
from ohmstead.link.virtual.radio import Radio
from ohmstead.meter.peers import Link
from tests.link.ble_rig import Home, at_home
from tests.link.rig import Killed, MemoryStore, request, signing_key

RADIOS = {
    "no timing": None,
    "2M 15 ms": Radio(),
    "2M 15 ms, 3 % lost": Radio(loss_per_million=30_000, seed=7),
    "1M 50 ms without long packets": Radio(phy=1, interval_us=50_000, data_length_extension=False),
}


@pytest.mark.parametrize("radio", RADIOS)
def test_pair_ask_leave_and_come_back(radio: str) -> None:
    async def test(here: Home) -> None:
        async with await here.pair() as link:
            assert (link.pairing.stage, link.pairing.role) == (Stage.COMMITTED, Role.OWNER)
            assert await link.channel.call(Method.ABOUT, b"x" * 300) == [1, b"x" * 300]
        assert here.meter.peers.peers[0].link is Link.UNCONFIRMED
        assert not here.meter.pairing_open
        async with await here.resume(link) as again:
            assert again.pairing.stage is Stage.CONFIRMED
            found = [v async for v in again.channel.stream(Method.PAGES, 12, timeout_s=120)]
            assert found == [n.to_bytes(2, "big") * 4000 for n in range(12)]
            async with aclosing(again.channel.stream(Method.LIVE)) as live:
                assert [await anext(live) for _ in range(12)] == list(range(1, 13))
            await asyncio.sleep(1)
            assert here.service.live_readers == 0
            assert len(here.confirmed) == 1
        async with await here.resume(again) as third:
            assert await third.channel.call(Method.ABOUT) == [1, None]
        assert len(here.confirmed) == 1

    at_home(test, RADIOS[radio])


def test_a_meter_says_its_mark_and_its_window_and_nothing_else() -> None:
    async def test(here: Home) -> None:
        (seen,) = await here.central.scan(1)
        assert (seen.mark, seen.discriminator, seen.pairing_open, seen.rssi) == ("3A7", 0x3A7, False, -50)
        here.meter.open_pairing()
        changes: list[Nearby] = []
        asyncio.get_running_loop().call_later(1, here.meter.close_pairing)
        await here.central.scan(3, on_found=changes.append)
        assert [nearby.pairing_open for nearby in changes] == [True, False]

    at_home(test)


def test_nobody_there() -> None:
    async def test(here: Home) -> None:
        with pytest.raises(NotFound):
            await here.central.find(0x123, 5)
        gone = await here.nearby()
        await here.meter.stop()
        assert await here.central.scan(2) == ()
        with pytest.raises(NotFound):
            await here.central.pair(gone, request(here.meter.door.identity.label), here.store)
        assert not here.store.history

    at_home(test)


def test_refusals_have_their_names_over_the_air() -> None:
    async def test(here: Home) -> None:
        label = here.meter.door.identity.label
        with pytest.raises(PairingClosed):
            await here.central.pair(await here.nearby(), request(label), here.store)
        with pytest.raises(WrongCode):
            await here.pair(secret=b"wrong code")
        assert not here.store.history
        async with await here.pair() as link:
            pass
        here.meter.peers.revoke(signing_key("device").kid)
        with pytest.raises(Refused):
            await here.resume(link)

    at_home(test)


def test_a_second_phone_hears_busy_while_the_first_compares_words() -> None:
    async def test(here: Home) -> None:
        here.meter.open_pairing()
        entered, go_on = asyncio.Event(), asyncio.Event()

        async def compare(_words: tuple[str, ...]) -> bool:
            entered.set()
            await go_on.wait()
            return True

        first = asyncio.create_task(here.pair(label_key=None, genesis_hash=None, confirm_words=compare))
        await entered.wait()
        async with here.another_computer() as other:
            label = here.meter.door.identity.label
            with pytest.raises(Busy):
                await other.pair(await other.find(label.discriminator), request(label), MemoryStore())
        await asyncio.sleep(90)
        go_on.set()
        await (await first).close()
        assert len(here.meter.peers.peers) == 1

    at_home(test)


def test_the_earlier_pairing_is_tried_before_a_new_one() -> None:
    async def test(here: Home) -> None:
        # The app never heard OK: it has an unconfirmed pairing, the meter has the peer.
        here.store.fail_before = 2
        with pytest.raises(Killed):
            await here.pair()
        here.store.fail_before = 0
        earlier = here.store.newest
        assert earlier is not None
        assert earlier.stage is Stage.UNCONFIRMED
        asked = request(here.meter.door.identity.label)
        async with await here.central.pair(await here.nearby(), asked, here.store, earlier=earlier) as link:
            assert link.pairing.stage is Stage.CONFIRMED
        # The meter forgot: refused, forgotten here too, then paired anew.
        here.meter.peers.new_epoch()
        here.meter.open_pairing()
        asked_again = here.central.pair(
            await here.nearby(pairing_open=True), asked, here.store, earlier=link.pairing
        )
        async with await asked_again as new:
            assert new.pairing.static.public != link.pairing.static.public
        assert list(here.store.pairings) == [new.pairing.static.public]

    at_home(test)


@pytest.mark.parametrize("who", ["meter", "computer"])
def test_every_wait_ends_when_the_link_drops(who: str) -> None:
    async def test(here: Home) -> None:
        link = await here.pair()
        waits = [asyncio.create_task(link.channel.call(Method.BEACON, timeout_s=None)) for _ in range(3)]
        await asyncio.sleep(1)
        if who == "meter":
            await here.meter.stop()
        else:
            await here.adapter.device.power_off()
        ended = await asyncio.gather(*waits, return_exceptions=True)
        assert [isinstance(e, LinkLost) for e in ended] == [True] * 3
        await link.close()
        await link.close()

    at_home(test)


def test_a_request_that_nobody_answers_times_out_and_the_link_lives() -> None:
    async def test(here: Home) -> None:
        async with await here.pair() as link:
            with pytest.raises(LinkTimeout):
                await link.channel.call(Method.BEACON, timeout_s=3)
            assert await link.channel.call(Method.ABOUT) == [1, None]

    at_home(test)


def test_a_hundred_visits_leave_nothing_behind() -> None:
    async def test(here: Home) -> None:
        link = await here.pair()
        await link.close()
        for _ in range(100):
            link = await here.resume(link)
            await link.close()
        await asyncio.sleep(1)
        assert here.meter.links == ()
        assert not here.meter._slots
        assert len(here.air.controllers) == 2
        assert all(not c.le_connections for c in here.air.controllers)

    at_home(test)


def test_two_computers_at_the_same_instant() -> None:
    async def test(here: Home) -> None:
        async with await here.pair("one") as one:
            pass
        async with await here.resume(one) as one:
            pass
        async with await here.pair("two") as two:
            pass
        async with here.another_computer() as other:
            nearby = await other.find(0x3A7)
            links = await asyncio.gather(
                here.resume(one), other.resume(nearby, two.pairing, here.store), return_exceptions=True
            )
            for link in links:
                assert not isinstance(link, BaseException), link
                assert await link.channel.call(Method.ROLE)
            assert len(here.meter.links) == 2
            for link in links:
                assert not isinstance(link, BaseException)
                await link.close()

    at_home(test)


def test_a_cancelled_pairing_leaves_nothing() -> None:
    async def test(here: Home) -> None:
        for after in (0.001, 0.05, 0.2, 0.4, 0.5, 0.6):
            here.meter.open_pairing()
            nearby = await here.nearby(pairing_open=True)

            async def never(_words: tuple[str, ...]) -> bool:
                await asyncio.Event().wait()
                return True

            asked = request(
                here.meter.door.identity.label, label_key=None, genesis_hash=None, confirm_words=never
            )
            task = asyncio.create_task(here.central.pair(nearby, asked, here.store))
            await asyncio.sleep(after)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.sleep(1)
            assert not here.meter._slots
            assert not here.store.history
            assert not here.meter.peers.peers
        async with await here.pair() as link:
            assert link.pairing.stage is Stage.COMMITTED

    at_home(test, Radio())


@pytest.mark.parametrize(
    ("raised", "named"),
    [
        (NotAvailable("off", Reason.POWERED_OFF), BluetoothOff),
        (
            NotAvailable("none", Reason.NO_BLUETOOTH),
            BluetoothOff,
        ),
        (
            NotAvailable("no", Reason.DENIED_BY_USER),
            NoPermission,
        ),
        (BleakDeviceNotFoundError("x", "not found"), NotFound),
        (BleakError("No powered Bluetooth adapters found."), BluetoothOff),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["no bluez"]), BluetoothOff),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", ["no"]), NoPermission),
        (FileNotFoundError("/run/dbus/system_bus_socket"), BluetoothOff),
        (PermissionError("no"), NoPermission),
        (TimeoutError(), LinkLost),
        (BleakError("something new"), LinkLost),
        (Busy("already ours"), Busy),
    ],
)
def test_what_platforms_raise_gets_our_names(raised: Exception, named: type[LinkError]) -> None:
    assert type(central_module._failure(raised)) is named


def test_the_platforms_own_radio_is_the_default_and_its_absence_is_named() -> None:
    """This test runs where there is no Bluetooth; where there is some, scanning simply works."""

    async def main() -> None:
        with suppress(BluetoothOff, NoPermission):
            assert isinstance(await Central().scan(0.1), tuple)

    asyncio.run(main())

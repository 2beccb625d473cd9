"""The meter's end on a virtual radio: what it shows, whom it drops, what roles may do."""

from __future__ import annotations

import asyncio

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError

from ohmstead.core.codec import Value
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost, RefusalCode, Refused
from ohmstead.link.gatt import INFO, RX, SERVICE, TX
from ohmstead.link.messages import Method
from ohmstead.link.virtual.client import BumbleClient
from ohmstead.meter.peers import Standing
from tests.link.ble_rig import Home, at_home
from tests.link.rig import request, signing_key

KID = {name: signing_key(name).kid for name in ("device", "second")}


async def raw(here: Home, **options: object) -> BleakClient:
    """A stranger's connection, below everything of ours."""
    nearby = await here.nearby()
    client = BleakClient(nearby.handle, backend=BumbleClient, **options)
    await client.connect()
    return client


def test_nothing_in_clear_names_the_house() -> None:
    async def test(here: Home) -> None:
        heard: list[bytes] = []
        scanner = BleakScanner(
            lambda _device, data: heard.append(bytes(data.platform_data[0].data_bytes)),
            **here.central._backend.scanner,
        )
        async with scanner:
            await asyncio.sleep(1)
        assert len(set(heard)) == 1
        flags = bytes.fromhex("020106")
        uuid = b"\x11\x07" + bytes.fromhex(SERVICE.replace("-", ""))[::-1]
        assert heard[0] == flags + uuid + bytes.fromhex("05ff ffff 03a7")
        assert len(heard[0]) <= 31
        client = await raw(here)
        info = bytes(await client.read_gatt_char(INFO))
        assert info[:2] == b"\x01\x00"
        assert len(info) == 18
        about = {}
        for service in client.services:
            for item in service.characteristics:
                if service.uuid.startswith("0000180a") and "read" in item.properties:
                    about[item.uuid[4:8]] = bytes(await client.read_gatt_char(item))
        assert about == {"2a29": b"Ohmstead", "2a24": b"Reference meter", "2a26": b"1"}
        secrets = (here.meter.door.identity.meter_id, here.meter.door.identity.key.public)
        assert not any(secret in data for secret in secrets for data in (*heard, info, *about.values()))
        await client.disconnect()

    at_home(test)


def test_the_boot_nonce_is_new_at_every_boot() -> None:
    infos = []

    async def test(here: Home) -> None:
        infos.append(here.meter.door.info())

    at_home(test)
    at_home(test)
    assert infos[0] != infos[1]


@pytest.mark.parametrize("what", ["nothing", "garbage", "half a record", "no subscription"])
def test_a_stranger_is_dropped_after_ten_seconds(what: str) -> None:
    async def test(here: Home) -> None:
        gone = asyncio.Event()
        client = await raw(here, disconnected_callback=lambda _client: gone.set())
        loop = asyncio.get_running_loop()
        began = loop.time()
        if what != "no subscription":
            await client.start_notify(TX, lambda _ch, _data: None)
        if what == "garbage":
            for segment in (b"", b"\xff" * 20, b"\x04", b"\x0c\x00\x99", b"\x08\x01\x05"):
                await client.write_gatt_char(RX, segment, response=True)
        if what == "half a record":
            await client.write_gatt_char(RX, b"\x01\x00\x00\x00\x00\x00\x31" + bytes(20), response=True)
        await gone.wait()
        assert 8 <= loop.time() - began <= 10.5
        # And the meter serves the next one.
        async with await here.pair() as link:
            assert await link.channel.call(Method.ABOUT) == [1, None]

    at_home(test)


def test_a_broken_record_drops_the_stranger_at_once() -> None:
    async def test(here: Home) -> None:
        gone = asyncio.Event()
        client = await raw(here, disconnected_callback=lambda _client: gone.set())
        await client.start_notify(TX, lambda _ch, _data: None)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await client.write_gatt_char(RX, b"\x01\x00\x00\xff\xff\xff\xff", response=False)
        await gone.wait()
        assert loop.time() - began < 2

    at_home(test)


def test_the_last_slot_is_for_those_who_are_known() -> None:
    async def test(here: Home) -> None:
        link = await here.pair()
        await link.close()
        loop = asyncio.get_running_loop()
        async with here.another_computer() as other:
            nearby = await other.find(0x3A7)
            gone = asyncio.Event()
            first = BleakClient(nearby.handle, backend=BumbleClient)
            await first.connect()
            # The last slot: the household comes in, and may stay as long as it likes.
            known = await here.resume(link)
            await asyncio.sleep(8)
            assert await known.channel.call(Method.ABOUT) == [1, None]
            await asyncio.sleep(4)
            await known.close()
            # The first stranger is gone by now; two more take both slots.
            first = BleakClient(nearby.handle, backend=BumbleClient)
            await first.connect()
            second = await raw(here, disconnected_callback=lambda _client: gone.set())
            began = loop.time()
            assert len(here.meter._slots) == 2
            assert second.is_connected
            await gone.wait()
            assert loop.time() - began <= 2.1
            await first.disconnect()

    at_home(test, max_links=2)


def test_without_a_free_slot_the_meter_does_not_advertise() -> None:
    async def test(here: Home) -> None:
        link = await here.pair()
        await asyncio.sleep(1)
        assert await here.central.scan(2) == ()
        await link.close()
        await here.nearby()

    at_home(test, max_links=1)


def test_roles_are_asked_granted_told_and_enforced() -> None:
    async def test(here: Home) -> None:
        heard: list[tuple[int, Value]] = []
        owner = await here.pair()
        assert await owner.channel.call(Method.ROLE) == [0, 1, 2, True]
        async with here.another_computer() as other:
            await owner.channel.call(Method.OPEN_PAIRING)
            asked = request(
                here.meter.door.identity.label, device_key=signing_key("second"), role=Role.VIEWER
            )
            second = await other.pair(
                await other.find(0x3A7, pairing_open=True),
                asked,
                here.store,
                on_event=lambda topic, value: heard.append((topic, value)),
            )
            call = second.channel.call
            assert second.pairing.role is Role.NONE
            # Asked, not granted: it may wait and cancel, nothing else.
            for method, params in (
                (Method.ABOUT, None),
                (Method.OPEN_PAIRING, None),
                (Method.REVOKE, [KID["device"]]),
                (Method.ROLE, [KID["second"], 1]),
            ):
                with pytest.raises(Refused) as caught:
                    await call(method, params)
                assert caught.value.code is RefusalCode.FORBIDDEN
            for method in (Method.LIVE, Method.PAGES):
                with pytest.raises(Refused):
                    await anext(second.channel.stream(method, 1))
            assert await call(Method.ROLE) == [0, 2, int(Standing.ASKED), False]
            assert await call(Method.ROLE, [0]) == [0, 0, int(Standing.NONE), False]
            assert await call(Method.ROLE, [2]) == [0, 2, int(Standing.ASKED), False]
            assert len(await call(Method.PEERS)) == 1
            # The owner was unconfirmed and ended with the second pairing: its link counts for nothing.
            with pytest.raises(Refused):
                await owner.channel.call(Method.ABOUT)
            await second.close()
        await owner.close()

    at_home(test)


def test_an_owner_grants_and_revokes() -> None:
    async def test(here: Home) -> None:
        heard: list[tuple[int, Value]] = []
        async with await here.pair() as link:
            pass
        owner = await here.resume(link)
        async with here.another_computer() as other:
            await owner.channel.call(Method.OPEN_PAIRING)
            asked = request(
                here.meter.door.identity.label, device_key=signing_key("second"), role=Role.VIEWER
            )
            second = await other.pair(
                await other.find(0x3A7, pairing_open=True),
                asked,
                here.store,
                on_event=lambda topic, value: heard.append((topic, value)),
            )
            peers = await owner.channel.call(Method.PEERS)
            assert isinstance(peers, list)
            assert [peer[0] for peer in peers] == [KID["device"], KID["second"]]
            granted = [0, int(Role.VIEWER), int(Standing.GRANTED), True]
            assert await owner.channel.call(Method.ROLE, [KID["second"], int(Role.VIEWER)]) == granted
            await asyncio.sleep(1)
            assert heard == [(Method.ROLE, granted)]
            assert await second.channel.call(Method.ABOUT) == [2, None]
            await here.meter.broadcast(Method.HEAD, 7)
            await asyncio.sleep(1)
            assert heard[-1] == (Method.HEAD, 7)
            for params in (None, [], [b"short"], [KID["second"], 9], [KID["second"], 1, 1]):
                with pytest.raises(Refused) as caught:
                    await owner.channel.call(Method.REVOKE, params)
                assert caught.value.code is RefusalCode.MALFORMED
            waiting = asyncio.create_task(second.channel.call(Method.BEACON, timeout_s=None))
            await asyncio.sleep(1)
            await owner.channel.call(Method.REVOKE, [KID["second"]])
            with pytest.raises(LinkLost):
                await waiting
            with pytest.raises(Refused):
                await other.resume(await other.find(0x3A7), second.pairing, here.store)
            await second.close()
        await owner.close()

    at_home(test)


def test_a_peer_may_revoke_itself_and_is_answered() -> None:
    async def test(here: Home) -> None:
        link = await here.pair()
        assert await link.channel.call(Method.REVOKE, [KID["device"]]) is None
        await asyncio.sleep(3)
        assert link.channel.closed
        assert here.meter.peers.peers == ()
        await link.close()

    at_home(test)


def test_a_second_subscription_begins_anew() -> None:
    async def test(here: Home) -> None:
        client = await raw(here)
        await client.start_notify(TX, lambda _ch, _data: None)
        slot = next(iter(here.meter._slots.values()))
        first = slot.pipe
        await client.stop_notify(TX)
        await client.start_notify(TX, lambda _ch, _data: None)
        assert slot.pipe is not first
        assert first is not None
        assert first.closed
        await client.disconnect()

    at_home(test)


def test_a_read_after_the_end_is_an_error_not_a_wait() -> None:
    async def test(here: Home) -> None:
        client = await raw(here)
        await here.meter.stop()
        with pytest.raises(BleakError):
            await client.read_gatt_char(INFO)

    at_home(test)

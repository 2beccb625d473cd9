"""The virtual radio: its numbers are a radio's, and it fails as a radio fails."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress

import pytest

from ohmstead.link.central import Central
from ohmstead.link.errors import BluetoothOff, LinkLost
from ohmstead.link.hci import device_on
from ohmstead.link.messages import Method
from ohmstead.link.virtual.adapter import BumbleAdapter
from ohmstead.link.virtual.air import open_air, run_air
from ohmstead.link.virtual.air_link import AirLink
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.link.virtual.radio import Radio
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.peripheral_device import meter_on
from tests.link.ble_rig import Home, Service, at_home, home
from tests.link.rig import MemoryStore, TableFile, identity, quick_keys, request, signing_key
from tests.link.warp import run


@pytest.mark.parametrize(
    ("radio", "ceiling_bytes_s"),
    [
        # Link-layer ceilings of the Memfault throughput primer, unencrypted: 0.803, 1.434 and 0.305 Mb/s.
        (Radio(phy=1), 100_400),
        (Radio(phy=2), 179_300),
        (Radio(phy=1, data_length_extension=False), 38_200),
    ],
)
def test_packet_times_give_the_known_ceilings(radio: Radio, ceiling_bytes_s: int) -> None:
    rate = radio.packet_bytes * 1_000_000 / radio.exchange_us(radio.packet_bytes)
    assert 0.9 * ceiling_bytes_s <= rate <= ceiling_bytes_s


def test_packets_in_an_event() -> None:
    assert Radio().packets_per_event == 10
    assert Radio(max_per_event=6).packets_per_event == 6
    assert Radio(phy=1, interval_us=7_500).packets_per_event == 2


async def seconds_for(here: Home, tiles: int, central: Central, discriminator: int) -> float:
    loop = asyncio.get_running_loop()
    here.meter.open_pairing()
    label = here.meter.door.identity.label
    nearby = await central.find(discriminator, pairing_open=True)
    async with await central.pair(nearby, request(label), MemoryStore()) as link:
        began = loop.time()
        count = 0
        async for _ in link.channel.stream(Method.PAGES, tiles, timeout_s=120):
            count += 1
        assert count == tiles
        return loop.time() - began


def test_a_timed_air_takes_the_time_of_its_radio() -> None:
    """A tile is 8 000 bytes; the jumping clock counts connection events and nothing else."""
    found: dict[str, float] = {}
    radios = {
        "2M": Radio(),
        "1M": Radio(phy=1),
        "lossy": Radio(loss_per_million=100_000, seed=1),
        "capped": Radio(max_per_event=2),
    }
    for name, radio in radios.items():

        async def test(here: Home, name: str = name) -> None:
            found[name] = 30 * 8000 / await seconds_for(here, 30, here.central, 0x3A7)

        at_home(test, radio)
    assert 0.8 * 165_000 <= found["2M"] <= 165_000
    assert found["1M"] < 0.65 * found["2M"]
    assert found["capped"] < 0.25 * found["2M"]
    assert found["lossy"] < 0.97 * found["2M"]


def test_the_same_seed_takes_the_same_time() -> None:
    times: list[float] = []

    async def test(here: Home) -> None:
        times.append(await seconds_for(here, 10, here.central, 0x3A7))

    for seed in (1, 1, 2):
        at_home(test, Radio(loss_per_million=150_000, seed=seed))
    # Bytes that are random (keys, ids) never decide how long anything takes.
    assert times[0] == pytest.approx(times[1], abs=0.031)


def test_links_of_one_antenna_share_its_air() -> None:
    """One computer reading two meters at once gets each at about half the speed."""

    async def main() -> None:
        async with AsyncExitStack() as stack:
            here = await stack.enter_async_context(home(Radio()))
            alone = await seconds_for(here, 30, here.central, 0x3A7)
            controller = VirtualController("second meter", here.air)
            device = await device_on(controller, name="second meter")
            second = Peripheral(device.device, identity("second", 0x111), TableFile().table(), Service())
            await second.start()
            there = Home(
                here.air, second, device, here.service, here.file, here.clock, [], here.central, here.adapter
            )
            both = await asyncio.gather(
                seconds_for(here, 30, here.central, 0x3A7), seconds_for(there, 30, here.central, 0x111)
            )
            assert all(1.6 * alone < each < 2.6 * alone for each in both)
            await second.stop()
            await device.close()
            controller.leave()

    with quick_keys():
        run(main())


def test_two_centrals_answer_one_advertisement_and_neither_hangs() -> None:
    async def test(here: Home) -> None:
        async with here.another_computer() as other:
            label = here.meter.door.identity.label
            for _ in range(5):
                here.meter.open_pairing()
                near = [await c.find(0x3A7, pairing_open=True) for c in (here.central, other)]
                results = await asyncio.gather(
                    here.central.pair(near[0], request(label), MemoryStore()),
                    other.pair(near[1], request(label, device_key=signing_key("b")), MemoryStore()),
                    return_exceptions=True,
                )
                for result in results:
                    if not isinstance(result, BaseException):
                        await result.close()
                assert sum(not isinstance(r, BaseException) for r in results) >= 1, results
                await asyncio.sleep(3)
                assert not here.meter._slots

    at_home(test)


# ---- over TCP, in real time -------------------------------------------------------------------


async def test_a_host_that_comes_back_at_once_finds_a_fresh_controller() -> None:
    air = await open_air(["127.0.0.1:0", "tcp-server:127.0.0.1:0"])
    try:
        for _ in range(25):
            adapter = await BumbleAdapter.open(air.addresses[0])
            assert await Central(adapter.backend()).scan(0.01) == ()
            # No goodbye: the transport just goes, and the next host is there in the same instant.
            assert adapter._powered.transport is not None
            await adapter._powered.transport.close()
        adapter = await BumbleAdapter.open(air.addresses[0])
        await adapter.close()
    finally:
        await air.close()


async def test_pairing_over_tcp_and_the_air_going_away() -> None:
    who = identity()
    air = await open_air(["127.0.0.1:0", "127.0.0.1:0"])
    store = MemoryStore()
    async with meter_on(air.addresses[1], who, TableFile().table(), Service()) as meter:
        meter.open_pairing()
        adapter = await BumbleAdapter.open(air.addresses[0])
        central = Central(adapter.backend())
        link = await central.pair(await central.find(0x3A7, pairing_open=True), request(who.label), store)
        assert await link.channel.call(Method.ABOUT) == [1, None]
        waiting = asyncio.create_task(link.channel.call(Method.BEACON, timeout_s=None))
        await asyncio.sleep(0.05)
        await air.close()
        with pytest.raises(LinkLost):
            await waiting
        with pytest.raises(BluetoothOff):
            await central.find(0x3A7, 0.2)
        await link.close()
        await adapter.close()
    with pytest.raises(BluetoothOff):
        await BumbleAdapter.open(air.addresses[0])


@pytest.mark.parametrize("spec", ["", "127.0.0.1", "127.0.0.1:", ":9", "127.0.0.1:x"])
async def test_a_spec_of_another_form_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        await open_air(["127.0.0.1:0", spec])


async def test_garbage_from_a_host_costs_it_its_connection_and_nothing_else() -> None:
    air = await open_air(["127.0.0.1:0"])
    try:
        host, port = air.addresses[0].removeprefix("tcp-client:").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"\xee" * 100)
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        adapter = await BumbleAdapter.open(air.addresses[0])
        await adapter.close()
    finally:
        await air.close()


async def test_running_air_says_when_it_is_ready() -> None:
    ready: asyncio.Future[tuple[str, ...]] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(run_air(["127.0.0.1:0"], Radio(), ready=ready.set_result))
    (address,) = await ready
    adapter = await BumbleAdapter.open(address)
    await adapter.close()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(BluetoothOff):
        await BumbleAdapter.open(address)


def test_an_unused_air_is_quiet() -> None:
    async def main() -> None:
        air = AirLink()
        one = VirtualController("one", air)
        one.leave()
        assert not air.controllers

    run(main())

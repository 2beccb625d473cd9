"""Other devices that show the household's mark: they cost time, never the link."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from ohmstead.link.errors import LinkError, Refused, WrongCode
from ohmstead.link.hci import device_on
from ohmstead.link.messages import Method
from ohmstead.link.virtual.controller import VirtualController
from ohmstead.meter.peripheral import Peripheral
from ohmstead.meter.peripheral_session import MeterIdentity
from tests.link.ble_rig import Home, Service, at_home
from tests.link.rig import MemoryStore, TableFile, identity, request


@asynccontextmanager
async def decoy(here: Home, who: MeterIdentity, *, silent: bool = False) -> AsyncIterator[Peripheral]:
    controller = VirtualController("decoy", here.air)
    device = await device_on(controller, name="decoy")
    other = Peripheral(device.device, who, TableFile().table(), Service())
    if silent:
        other._written = lambda _bearer, _value: None
    await other.start()
    try:
        yield other
    finally:
        await other.stop()
        await device.close()
        controller.leave()


@pytest.mark.parametrize("silent", [False, True], ids=["refuses", "says nothing"])
@pytest.mark.parametrize("decoys", [1, 3])
def test_the_meter_is_found_among_decoys(decoys: int, silent: bool) -> None:
    async def test(here: Home) -> None:
        async with await here.pair() as link:
            pass
        names = [replace(identity(f"decoy {n}"), discriminator=0x3A7) for n in range(3)]
        async with (
            decoy(here, names[0], silent=silent),
            decoy(here, names[1] if decoys > 1 else identity("else", 1), silent=silent),
            decoy(here, names[2] if decoys > 1 else identity("else", 2), silent=silent),
        ):
            for _ in range(3):
                async with await here.central.come_back(link.pairing, here.store) as link:
                    assert await link.channel.call(Method.ABOUT) == [1, None]

    at_home(test)


def test_only_decoys_raise_what_they_said() -> None:
    async def test(here: Home) -> None:
        async with await here.pair() as link:
            pass
        await here.meter.stop()
        async with decoy(here, replace(identity("decoy"), discriminator=0x3A7)):
            with pytest.raises(Refused):
                await here.central.come_back(link.pairing, here.store)
        assert here.store.newest == link.pairing

    at_home(test)


def test_a_decoy_with_an_open_window_learns_nothing_and_is_named() -> None:
    """It does not have the secret: to the app that is a wrong code, before any name was said."""

    async def test(here: Home) -> None:
        store = MemoryStore()
        async with decoy(here, replace(identity("decoy"), discriminator=0x3A8)) as other:
            other.open_pairing()
            nearby = await here.central.find(0x3A8, pairing_open=True)
            with pytest.raises(WrongCode):
                await here.central.pair(nearby, request(here.meter.door.identity.label), store)
            assert not other.peers.peers
        assert not store.history

    at_home(test)


def test_a_crowd_at_the_door_does_not_keep_the_household_out() -> None:
    """Strangers connect again and again; the household still gets in."""

    async def test(here: Home) -> None:
        async with await here.pair() as link:
            pass
        stop = asyncio.Event()

        async def nag(central_number: int) -> None:
            async with here.another_computer() as central:
                while not stop.is_set():
                    try:
                        nearby = await central.find(0x3A7, 5)
                        known = replace(link.pairing, peer_id=central_number.to_bytes(8, "big"))
                        await central.resume(nearby, known, MemoryStore())
                    except LinkError:
                        await asyncio.sleep(0.01)

        crowd = [asyncio.create_task(nag(n)) for n in range(3)]
        await asyncio.sleep(5)
        for _ in range(5):
            async with await here.central.come_back(link.pairing, here.store) as link:
                assert await link.channel.call(Method.ABOUT) == [1, None]
        stop.set()
        await asyncio.gather(*crowd)

    at_home(test)

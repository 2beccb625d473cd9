"""Visits to a meter: both real ends of pairing and of coming back, over a wire. Shared by the tests of both."""

from __future__ import annotations

import asyncio

from ohmstead.core.keys import SigningKey
from ohmstead.link import pairing
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost, Refused
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Linked, Pairing, PairRequest, Stage
from ohmstead.meter.peers import Link
from ohmstead.meter.peripheral_session import Admitted, Doorkeeper
from tests.link.rig import (
    Killed,
    MemoryStore,
    TableFile,
    Wire,
    admit,
    door,
    identity,
    request,
    static_key,
)

METER = identity()
LABEL = METER.label


async def visit_pair(
    keeper: Doorkeeper,
    store: MemoryStore,
    asked: PairRequest,
    *,
    wire: Wire | None = None,
    info: bytes | None = None,
    static: StaticKey | None = None,
) -> tuple[Linked | BaseException, Admitted | BaseException]:
    wire = wire or Wire()
    meter = asyncio.create_task(admit(keeper, wire))
    app: Linked | BaseException
    try:
        app = await pairing.pair(
            wire.app,
            info or keeper.info(),
            asked,
            store,
            static=static or static_key(f"app {len(store.history)}"),
        )
    except (Exception, Killed) as error:
        app = error
        if isinstance(error, Killed):
            wire.cut()
        wire.app.close()
        wire.meter.close(LinkLost("the app left"))
    found = app, await meter
    await wire.aclose()
    return found


async def visit_resume(
    keeper: Doorkeeper, store: MemoryStore, who: Pairing, wire: Wire | None = None
) -> tuple[Linked | BaseException, Admitted | BaseException]:
    wire = wire or Wire()
    meter = asyncio.create_task(admit(keeper, wire))
    app: Linked | BaseException
    try:
        app = await pairing.resume(wire.app, keeper.info(), who, store)
        # The echo is on its way: the app would go on with its first request.
        await wire.app.drain(5)
    except (Exception, Killed) as error:
        app = error
        if isinstance(error, Killed):
            wire.cut()
        wire.app.close()
        wire.meter.close(LinkLost("the app left"))
    found = app, await meter
    await wire.aclose()
    return found


async def paired(keeper: Doorkeeper, store: MemoryStore, **changes: object) -> Pairing:
    app, meter = await visit_pair(keeper, store, request(LABEL, **changes))
    assert isinstance(app, Linked), app
    assert isinstance(meter, Admitted), meter
    return app.pairing


async def resumed(keeper: Doorkeeper, store: MemoryStore, who: Pairing) -> Pairing:
    app, meter = await visit_resume(keeper, store, who)
    assert isinstance(app, Linked), app
    assert isinstance(meter, Admitted), meter
    return app.pairing


async def converge(store: MemoryStore, file: TableFile, device: SigningKey) -> Pairing:
    """What a person's next attempts do: come back with what was saved, else pair again."""
    keeper = door(METER, file.table())
    newest = store.newest
    if newest is not None:
        app, _ = await visit_resume(keeper, store, newest)
        if isinstance(app, Linked):
            return app.pairing
        assert isinstance(app, Refused), app
        await store.forget(newest)
    await paired(keeper, store, device_key=device)
    assert store.newest is not None
    return await resumed(keeper, store, store.newest)


def settled(store: MemoryStore, file: TableFile, found: Pairing) -> None:
    (peer,) = file.table().peers
    assert peer.link is Link.CONFIRMED
    assert peer.granted is Role.OWNER
    assert peer.static == found.static.public
    assert found.peer_id in (peer.peer_id, peer.next_id)
    assert found.stage is Stage.CONFIRMED
    assert list(store.pairings) == [found.static.public]

"""Visits to a meter: both real ends of pairing and of coming back, over a wire. Shared by the tests of both."""

from __future__ import annotations

import asyncio

from ohmstead.link import pairing
from ohmstead.link.errors import (
    LinkLost,
)
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Linked, Pairing, PairRequest
from ohmstead.meter.peripheral_session import Admitted, Doorkeeper
from tests.link.rig import (
    Killed,
    MemoryStore,
    Wire,
    admit,
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

"""A process: a meter. ``process_meter TRANSPORT PEERS_FILE``; its window is open; prints ``ready``."""

import asyncio
import sys
from pathlib import Path

from ohmstead.meter.peers import open_table
from ohmstead.meter.peripheral_device import meter_on
from tests.link.ble_rig import Service
from tests.link.rig import identity


async def main(transport: str, peers: str) -> None:
    async with meter_on(transport, identity(), open_table(Path(peers)), Service()) as meter:
        meter.open_pairing()
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

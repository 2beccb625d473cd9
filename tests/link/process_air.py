"""A process: the air. Prints the hosts' transport names once it listens."""

import asyncio
import sys

from ohmstead.link.virtual.air import run_air

if __name__ == "__main__":
    asyncio.run(run_air(sys.argv[1:], ready=lambda names: print(*names, flush=True)))

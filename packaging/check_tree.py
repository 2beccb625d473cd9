"""Refuses what must not enter the tree: paths of one machine, package registry hosts.

Run by test.sh from the checkout's root; prints each place and exits 1 if there is one.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PATHS = re.compile(rb"(?<![A-Za-z0-9_.])/(?:work|farm|root|home/[a-z]+)/")
HOSTS = re.compile(
    rb"(?:files\.python" + rb"hosted|py" + rb"pi\.(?:org|python)|registry\.np" + rb"mjs|crates" + rb"\.io)"
)


def main() -> int:
    files = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True).stdout.split(b"\0")
    faults = 0
    for name in filter(None, files):
        path = Path(name.decode())
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if len(line) < 10_000 and (PATHS.search(line) or HOSTS.search(line)):
                sys.stdout.write(f"{path}:{number}: a path or host of one machine\n")
                faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The product's own processes on this machine: ledger, virtual radio and meter, and its commands.

Here: starting them on a short recording, running commands against a profile. Not here: what is checked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from ohmstead.link.pairing import Pairing
from ohmstead.meter.sources.choose import source_of
from ohmstead.meter.sources.recorded import RecordedSource
from ohmstead.services.homes import Homes
from ohmstead.services.io_loop import IoLoop
from ohmstead.system.paths import paths_in
from ohmstead.system.secrets import SealedFileStore
from ohmstead.village.neighbourhood import LabelCard, Neighbourhood

ROOT = Path(__file__).parents[2]


def solar_csv(path: Path, weeks: int, roof: int = 1, *, noisy: bool = False) -> str:
    """A made-up home's half hours in the solar home's form, under a larger roof if asked; the source's name.

    ``noisy``: what is used has no pattern, so that a forecast does better than repeating an earlier day.
    """
    at = datetime(2011, 7, 1)
    lines = [",GC,GG"]
    for i in range(weeks * 7 * 48):
        noise = int.from_bytes(sha256(b"%d" % i).digest()[:4], "big")
        consumed, made = (
            ((noise if noisy else i * 37) % 1900 + 40) / 1000,
            roof * max(0, (i % 48 - 14) * (34 - i % 48)) * 9 / 1000,
        )
        lines.append(f"{at:%Y-%m-%d %H:%M:%S},{0 if i in (100, 101) else consumed},{made}")
        at += timedelta(minutes=30)
    path.write_text("\n".join(lines) + "\n")
    return f"csv:{path}"


def environment(home: Path) -> dict[str, str]:
    """A profile of its own, and nothing of this user's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OHMSTEAD", "XDG", "DBUS"))}
    path = os.pathsep.join((str(ROOT / "app"), kept.get("PYTHONPATH", "")))
    return kept | {"OHMSTEAD_HOME": str(home), "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}


def ohmstead(*arguments: object, home: Path, stdin: str = "", prefix: tuple[str, ...] = ()) -> Done:
    """Runs a command to its end."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "ohmstead", *map(str, arguments)],
        input=stdin, capture_output=True, text=True, timeout=120, env=environment(home), check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str


@dataclass
class Village:
    """Running processes, and an app's profile beside them."""

    neighbourhood: Neighbourhood
    profile: Path
    label: LabelCard
    io: IoLoop

    @property
    def homes(self) -> Homes:
        """The profile's homes, read anew."""
        paths = paths_in(self.profile)
        return Homes(paths.homes, SealedFileStore.for_demonstration(paths.data / "secrets"))

    @property
    def pairing(self) -> Pairing:
        found = self.homes.current()
        assert found is not None
        return found

    @property
    def mirror(self) -> Path:
        return self.homes.mirror_path(self.pairing.meter_id)

    @property
    def source(self) -> RecordedSource:
        return source_of(self.neighbourhood.source, self.neighbourhood.weeks)

    @property
    def hci(self) -> str:
        return self.neighbourhood.app_hci

    def press_button(self) -> None:
        self.io.loop.call_soon_threadsafe(self.neighbourhood.press_button)

    def run(self, command: str, *arguments: object, stdin: str = "") -> Done:
        """A command on the profile."""
        return ohmstead(command, "--data", self.profile, *arguments, home=self.profile / "empty", stdin=stdin)

    def pair(self) -> Done:
        self.press_button()
        return self.run("pair", "--hci", self.hci, "--qr", self.label.qr)


@contextmanager
def village(folder: Path, weeks: int, radio: str | None = None, homes: int = 0) -> Iterator[Village]:
    """A neighbourhood whose past is on the ledger, with traders if asked; an app's profile without a home."""
    folder.mkdir(parents=True, exist_ok=True)
    neighbourhood = Neighbourhood(folder / "village", solar_csv(folder / "home.csv", weeks), radio, homes)
    profile = folder / "app"
    # Without this file the commands would ask for the session's keyring.
    SealedFileStore.for_demonstration(paths_in(profile).data / "secrets")
    io = IoLoop()
    try:
        io.submit(neighbourhood.start()).result(300)
        assert neighbourhood.label is not None
        yield Village(neighbourhood, profile, neighbourhood.label, io)
    finally:
        io.submit(neighbourhood.stop()).result(60)
        io.close()

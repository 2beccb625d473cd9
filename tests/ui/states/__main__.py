"""``python -m tests.ui.states OUT [--scale 2] [--dark] [--size 1024x640] [--long] [NAME…]``: pictures of scenes.

A NAME chooses every scene whose name begins with it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path


def main() -> int:
    """Take the pictures; returns the exit code, 1 where the audit found something."""
    wrong = 0
    parser = argparse.ArgumentParser(
        prog="python -m tests.ui.states", description="Every state as a picture."
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--long", action="store_true", help="with 40 %% longer words")
    wanted = parser.parse_args()
    # The offscreen screen is small, and menus stay on their screen: a larger one is asked for.
    screen = {"name": "wide", "x": 0, "y": 0, "width": 2560, "height": 1600, "dpr": 1, "logicalDpi": 96}
    config = Path(tempfile.mkdtemp()) / "screens.json"
    config.write_text(json.dumps({"screens": [screen]}))
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={config}")
    sys.path.insert(0, str(Path(__file__).parents[3] / "app"))
    from PySide6.QtCore import QLocale

    from ohmstead.ui.application import Desktop
    from ohmstead.ui.errors import Caught
    from tests.ui.audit import LongWording, beyond, faults
    from tests.ui.states.files import Files
    from tests.ui.states.scenes import enter, scenes
    from tests.ui.states.studio import Studio

    def told(caught: Caught) -> None:
        if caught.error is not None:
            traceback.print_exception(caught.error)
        elif not caught.words.startswith("This plugin does not support"):
            print(caught.words, file=sys.stderr)

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    mode = "dark" if wanted.dark else "light"
    wanted.out.mkdir(parents=True, exist_ok=True)
    desktop = Desktop(["states"], told, mode)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OHMSTEAD_HOME"] = str(Path(folder) / "profile")
        files = Files(Path(folder))
        studio = Studio(desktop, files, LongWording() if wanted.long else None)
        studio.resize(*map(int, wanted.size.split("x")))
        for scene in scenes():
            if wanted.names and not any(scene.name.startswith(name) for name in wanted.names):
                continue
            enter(scene, studio)
            assert studio.picture(wanted.scale).save(str(wanted.out / f"{scene.name}.png"))
            found = [*faults(studio.window), *beyond(studio.window)]
            wrong += len(found)
            for fault in found:
                print(f"{scene.name}: {fault}", file=sys.stderr)
        studio.reset()
        studio.close()
        files.close()
    desktop.release()
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m tests.ui.gallery OUT [--scale 2] [--dark] [--long]``: the gallery's pictures."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    """Draw the gallery; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.gallery", description="Components as pictures.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--long", action="store_true", help="with 40 %% longer words")
    wanted = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).parents[3] / "app"))
    from PySide6.QtCore import QLocale

    from ohmstead.ui.application import Desktop
    from ohmstead.ui.wording import QtWording
    from tests.ui.audit import LongWording
    from tests.ui.gallery.draw import draw
    from tests.ui.gallery.specimens import Ground

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    mode = "dark" if wanted.dark else "light"
    desktop = Desktop(["gallery"], lambda caught: print(caught.words, file=sys.stderr), mode)
    desktop.look.theme.keep_still(True)
    ground = Ground(desktop.look, LongWording() if wanted.long else QtWording())
    for file in draw(ground, wanted.out, mode, wanted.scale):
        print(file)
    desktop.release()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

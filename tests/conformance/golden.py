"""Golden bytes: what the first release wrote, by name, as hex in ``data/golden/*.json``.

A difference is a new version of a format, never an edit of those files.
``python -m tests.conformance.golden`` adds names that are not frozen yet and touches no other.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "golden"
#: The makers of each file: ``tests.conformance.golden_<name>.MADE``.
FILES = ("ledger", "link", "requests", "market", "trading", "neighbours")
Makers = Mapping[str, Callable[[], bytes]]


def frozen(name: str) -> dict[str, bytes]:
    """The golden bytes of one file."""
    raw: dict[str, str] = json.loads((FOLDER / f"{name}.json").read_text())
    return {what: bytes.fromhex(value) for what, value in raw.items()}


def freeze(name: str) -> list[str]:
    """Adds what is made and not frozen yet; returns the names added."""
    makers: Makers = importlib.import_module(f"tests.conformance.golden_{name}").MADE
    path = FOLDER / f"{name}.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    added = [what for what in makers if what not in kept]
    kept |= {what: makers[what]().hex() for what in added}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1) + "\n")
    return added


if __name__ == "__main__":
    for file in FILES:
        print(file, freeze(file))

"""``python -m tests.bench NAME... [--json]``: runs benchmarks and prints what they measured.

Each benchmark is a module ``tests/bench/<name>.py`` with ``run() -> dict[str, object]`` and runs in a process
of its own: one Qt application, one event loop, no memory or caches of the one before. What a benchmark prints
goes to stderr; stdout carries the result alone. Exit code 0 whatever the numbers are (they depend on the
machine), 1 if a benchmark broke, 2 for a name that there is none of. A name's first word is all that begin with
it: ``soak`` is ``soak_market`` and ``soak_neighbours``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_INSIDE = "--inside"


def names() -> list[str]:
    """The benchmarks that exist, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def called(name: str) -> list[str]:
    """The benchmarks of a name: itself, or all that begin with it as a word; none where there is none."""
    return [name] if name in names() else [n for n in names() if n.startswith(f"{name}_")]


def _inside(name: str) -> int:
    """Runs one benchmark in this process; its result is the only line on stdout."""
    sys.path[:0] = [str(ROOT / "app"), str(ROOT)]
    out = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        result = importlib.import_module(f"tests.bench.{name}").run()
    out.write(json.dumps(result) + "\n")
    return 0


def measure(name: str) -> dict[str, object]:
    """What a benchmark measures, in a fresh process. Raises CalledProcessError if it breaks."""
    command = [sys.executable, "-m", "tests.bench", _INSIDE, name]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    result = json.loads(done.stdout.splitlines()[-1])
    if not isinstance(result, dict):
        raise TypeError(f"{name} did not return a table")
    return result


def _table(results: dict[str, dict[str, object]]) -> str:
    lines = []
    for name, result in results.items():
        width = max(map(len, result), default=0)
        lines += [name, *(f"  {key:<{width}}  {value}" for key, value in result.items()), ""]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """The command; returns the exit code."""
    if arguments[:1] == [_INSIDE]:
        return _inside(arguments[1])
    listing = "Benchmarks: " + ", ".join(names()) + "."
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__, epilog=listing)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a benchmark; none lists them, all runs all")
    parser.add_argument("--json", action="store_true", help="print one JSON object by name")
    chosen = parser.parse_args(arguments)
    if not chosen.names:
        print(listing)
        return 0
    every = names() if chosen.names == ["all"] else [n for name in chosen.names for n in called(name)]
    wanted = list(dict.fromkeys(every))
    unknown = [name for name in chosen.names if name != "all" and not called(name)]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. {listing}", file=sys.stderr)
        return 2
    results: dict[str, dict[str, object]] = {}
    for name in wanted:
        try:
            results[name] = measure(name)
        except subprocess.CalledProcessError as error:
            print(f"{name} broke with exit code {error.returncode}; its output is above.", file=sys.stderr)
    print(json.dumps(results, indent=2) if chosen.json else _table(results))
    return 0 if len(results) == len(wanted) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

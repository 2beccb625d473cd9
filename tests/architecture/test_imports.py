"""The house's own rules: which part may import which, and what the deterministic parts may not touch."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "app" / "ohmstead"
FILES = sorted(ROOT.rglob("*.py"))

PURE = ("core", "ledger", "contract", "market", "forecast", "neighbours", "money")
#: A part may import the parts to its right in its own row, and itself.
MAY_IMPORT = {
    "core": set(),
    "ledger": {"core"},
    "market": {"core", "ledger"},
    "neighbours": {"core", "ledger"},
    "money": {"core"},
    "forecast": {"core", "money"},
    "contract": {"core", "ledger", "market", "neighbours"},
    "system": {"core", "errors"},
    "settings": {"core", "errors", "system"},
    "link": {*PURE, "errors", "system"},
    "node": {*PURE, "errors", "system"},
    "store": {*PURE, "errors", "system"},
    "services": {*PURE, "errors", "system", "settings", "link", "node", "store"},
    "ui": {*PURE, "errors", "system", "settings", "link", "node", "store", "services"},
    "meter": {*PURE, "errors", "system", "link", "node"},
    "village": {*PURE, "errors", "system", "link", "node", "meter"},
}
BANNED_IN_PURE = {
    "PySide6", "pyqtgraph", "asyncio", "sqlite3", "sqlite_utils", "bleak", "bumble", "aiohttp", "threading",
    "time", "datetime", "random", "zoneinfo", "locale", "zlib", "pickle", "secrets", "os", "pathlib",
}  # fmt: skip
DETERMINISTIC = ("core", "contract", "market", "neighbours")


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found |= {module} if module != "ohmstead" else {f"ohmstead.{a.name}" for a in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(path)
    if part not in MAY_IMPORT:
        return
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("ohmstead.")}
    assert ours - MAY_IMPORT[part] - {part, "__init__"} == set()


@pytest.mark.parametrize(
    "path", [p for p in FILES if part_of(p) in PURE], ids=lambda p: str(p.relative_to(ROOT))
)
def test_pure_parts_touch_no_machine(path: Path) -> None:
    assert {name.split(".")[0] for name in imports_of(path)} & BANNED_IN_PURE == set()


@pytest.mark.parametrize(
    "path", [p for p in FILES if part_of(p) in DETERMINISTIC], ids=lambda p: str(p.relative_to(ROOT))
)
def test_deterministic_parts_hold_no_float_and_no_hash_order(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        where = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"{where}: a float"
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, ast.Div), f"{where}: division makes floats"
        if isinstance(node, ast.Name):
            assert node.id not in {"float", "hash", "eval", "exec"}, f"{where}: {node.id}"
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Set | ast.SetComp):
            raise AssertionError(f"{where}: set order")


def test_the_tally_of_neighbours_needs_trees_of_the_ledger_and_nothing_else_of_it() -> None:
    names = {name for path in FILES if part_of(path) == "neighbours" for name in imports_of(path)}
    assert {n for n in names if n.startswith("ohmstead.ledger")} == {"ohmstead.ledger.merkle"}


def test_every_file_says_what_it_is() -> None:
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text())) or not path.read_text().strip(), path

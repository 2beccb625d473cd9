#!/usr/bin/env python3
"""Collects every sentence of the window into ``resources/locale/ohmstead.ts``, for translators.

    python packaging/messages.py           writes the catalogue
    python packaging/messages.py --check   says whether it is up to date, and whether every sentence is literal

A sentence is the first argument of ``tr`` and the two forms of ``count`` (Wording), written out as a literal:
what is put together at run time cannot be translated. Only the standard library is needed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "app" / "ohmstead" / "ui"
CATALOGUE = ROOT / "resources" / "locale" / "ohmstead.ts"
# The wordings themselves hand on what they are given.
WORDINGS = {"wording.py", "regional.py"}


@dataclass(frozen=True, order=True)
class Message:
    """A sentence; with ``one``, the form for a single thing, it counts."""

    text: str
    one: str = ""


class NotLiteral(Exception):
    """A sentence that is not written out."""


def sentences(tree: ast.AST, where: str) -> Iterator[tuple[Message, int]]:
    """(message, line) of every call in a module. Raises NotLiteral."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = getattr(called, "attr", None) or getattr(called, "id", "")
        if name == "tr" and node.args:
            yield Message(_literal(node.args[0], where)), node.lineno
        elif name == "count" and len(node.args) >= 3:
            yield Message(_literal(node.args[2], where), _literal(node.args[1], where)), node.lineno


def _literal(node: ast.expr, where: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotLiteral(f"{where}:{node.lineno}: a sentence is written out where it is said, not put together")


def collected() -> dict[Message, list[str]]:
    """Every message with the files that say it, without line numbers: they would change with every edit."""
    found: dict[Message, set[str]] = {}
    for path in sorted(UI.rglob("*.py")):
        if path.name in WORDINGS and path.parent in (UI, UI / "presenters"):
            continue
        where = str(path.relative_to(ROOT))
        for message, _ in sentences(ast.parse(path.read_text(encoding="utf-8")), where):
            found.setdefault(message, set()).add(where)
    return {message: sorted(found[message]) for message in sorted(found)}


def catalogue() -> str:
    """The catalogue's text: Qt's TS format, untranslated."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        '<TS version="2.1" sourcelanguage="en">',
    ]
    lines += ["<context>", "    <name>ohmstead</name>"]
    for message, places in collected().items():
        lines.append('    <message numerus="yes">' if message.one else "    <message>")
        lines += [f'        <location filename="../../{place}"/>' for place in places]
        lines.append(f"        <source>{escape(message.text)}</source>")
        if message.one:
            lines.append(f"        <extracomment>For one: {escape(message.one)}</extracomment>")
            lines.append('        <translation type="unfinished"><numerusform></numerusform></translation>')
        else:
            lines.append('        <translation type="unfinished"></translation>')
        lines.append("    </message>")
    return "\n".join([*lines, "</context>", "</TS>", ""])


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    try:
        text = catalogue()
    except NotLiteral as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "--check" in arguments:
        if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
            sys.stderr.write("resources/locale/ohmstead.ts is not up to date: run packaging/messages.py\n")
            return 1
        return 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text.count('<message')} sentences\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

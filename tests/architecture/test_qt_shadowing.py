"""No attribute or method of ours hides one of Qt's, unless it is a Qt override written as such."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap

import PySide6.QtCore
import pytest

import ohmstead.ui

#: Virtual methods of Qt with one-word names that we override on purpose.
VIRTUAL = {"data", "event", "flags", "paint"}


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(ohmstead.ui.__path__, "ohmstead.ui.") if not m.ispkg]


@pytest.mark.qt
@pytest.mark.parametrize("name", modules())
def test_nothing_of_qt_is_hidden(name: str) -> None:
    module = importlib.import_module(name)
    hidden = []
    for kind in vars(module).values():
        if not inspect.isclass(kind) or kind.__module__ != name:
            continue
        if not issubclass(kind, PySide6.QtCore.QObject):
            continue
        theirs = {
            attribute
            for base in kind.__mro__
            if base.__module__.startswith(("PySide6", "Shiboken"))
            for attribute in vars(base)
        }
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
        ours = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        }
        # camelCase methods are Qt overrides, written as such; ours are snake_case.
        methods = {m for m in vars(kind) if not m.startswith("__") and m == m.lower() and m in theirs}
        hidden += sorted((ours & theirs) | (methods - VIRTUAL))
    assert hidden == []

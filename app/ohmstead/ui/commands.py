"""What a person can do, said once: the palette lists it, the help sheet explains it, its keys run it.

Here: the value, and the keys at work. Not here: the palette (``ui.palette``), what any command does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

GO = "go."


def always() -> bool:
    """A command that is never off."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. Main thread.

    ``name`` is stable and unique (``usage.today``; those that go somewhere begin with ``go.``); ``words`` is what
    it does, translated (*Go to today*); ``keys`` is a portable key sequence (``Alt+Home``) or empty, ``also`` a
    second one; ``group`` is the heading that it stands under; ``enabled`` says whether it can be done now: one
    that cannot is not offered and its keys do nothing. ``own_keys``: the part that does it hears its keys
    itself (arrows on a chart), so that they are shown but not bound.
    """

    name: str
    words: str
    run: Callable[[], object] = field(repr=False)
    keys: str = ""
    icon: str = ""
    group: str = ""
    enabled: Callable[[], bool] = field(default=always, repr=False)
    also: str = ""
    own_keys: bool = False


def keys_words(keys: str) -> str:
    """Keys as they are printed on this computer's keyboard: *Ctrl K*."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if text.endswith("+"):  # the key itself is a plus
        return f"{text[:-1].rstrip('+').replace('+', ' ')} +".strip()
    return text.replace("+", " ").strip()


class _Keys(QShortcut):
    """One key sequence of one command."""

    def __init__(self, keys: str, command: Command, parent: QWidget, may: Callable[[], bool]) -> None:
        super().__init__(QKeySequence(keys), parent)
        self.setContext(Qt.ShortcutContext.WindowShortcut)
        self._command, self._may = command, may
        self.activated.connect(self.press)

    @Slot()
    def press(self) -> None:
        """Run the command, if it can be done now."""
        if self._may() and self._command.enabled():
            self._command.run()


class Shortcuts(QObject):
    """Binds the keys of commands to a window. Main thread. ``may``: whether keys are heard at all just now."""

    def __init__(self, window: QWidget, may: Callable[[], bool] = always) -> None:
        super().__init__(window)
        self._window, self._may = window, may
        self._bound: list[_Keys] = []

    def bind(self, commands: Sequence[Command]) -> None:
        """Hear the keys of these commands and of no others. Of two with the same keys, the first counts."""
        for former in self._bound:
            former.setEnabled(False)
            former.deleteLater()
        self._bound = []
        taken: set[str] = set()
        for command in commands:
            for keys in (command.keys, command.also):
                if not keys or command.own_keys or keys in taken:
                    continue
                taken.add(keys)
                self._bound.append(_Keys(keys, command, self._window, self._may))

"""What a person can do, said once: the palette lists it, the help sheet explains it, its keys run it.

Not here: the palette (``ui.palette``), what any command does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


def always() -> bool:
    """A command that is never off."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. Main thread.

    ``name`` is stable and unique (``usage.today``); ``words`` is what it does, translated (*Go to today*);
    ``keys`` is a portable key sequence (``Alt+Home``) or empty; ``group`` is the heading that it stands under;
    ``enabled`` says whether it can be done now: one that cannot is not offered and its keys do nothing.
    """

    name: str
    words: str
    run: Callable[[], object] = field(repr=False)
    keys: str = ""
    icon: str = ""
    group: str = ""
    enabled: Callable[[], bool] = field(default=always, repr=False)

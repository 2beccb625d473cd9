"""What the window expects of a page. Not here: any page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from ohmstead.ui.commands import Command
from ohmstead.ui.widgets.base import Painted


class Page(Painted):
    """One page of the product.

    Signals:
        shown: what was asked for is drawn (tests and pictures wait for it).
    """

    shown = Signal()

    def take_focus(self) -> None:
        """Put the keyboard where a person who comes to this page goes on, without a ring."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here; asked anew whenever the palette opens."""
        return ()

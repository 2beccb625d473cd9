"""The menu of what Usage shows: flows or balance, what is compared, bars or heat map. Not here: the showing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ohmstead.core.intervals import Channel
from ohmstead.ui.presenters.periods import Against, Span
from ohmstead.ui.presenters.view_models import UsageView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.menu import Menu


class ViewMenu(QObject):
    """Built anew whenever it opens.

    Signals:
        quantity_chosen: a ``Channel``, or None for electricity.
        net_chosen: the balance, or the flows.
        against_chosen: an ``Against``.
        heat_chosen: the year as a heat map, or as bars.
    """

    quantity_chosen = Signal(object)
    net_chosen = Signal(bool)
    against_chosen = Signal(object)
    heat_chosen = Signal(bool)

    def __init__(self, look: Look, page: QWidget, words: Wording) -> None:
        super().__init__(page)
        self._look, self._page, self._words = look, page, words

    def open_below(
        self, button: QWidget, view: UsageView, span: Span, net: bool, channel: Channel | None
    ) -> Menu:
        """Open under a button with what is shown now ticked; the menu, which deletes itself."""
        tr, heat = self._words.tr, view.heat is not None
        menu = Menu(self._look, self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        for quantity in view.quantities:
            menu.add(
                quantity.name(self._words),
                partial(self.quantity_chosen.emit, quantity.channel),
                chosen=quantity.channel is channel,
            )
        if view.quantities and channel is None and not heat:
            menu.addSeparator()
        if not heat and channel is None:
            menu.add(tr("From the grid, sun, sold"), partial(self.net_chosen.emit, False), chosen=not net)
            menu.add(tr("Net: from the grid less sold"), partial(self.net_chosen.emit, True), chosen=net)
        if span is Span.YEAR and channel is None:
            if not heat:
                menu.addSeparator()
            menu.add(tr("Months as bars"), partial(self.heat_chosen.emit, False), chosen=not heat)
            menu.add(tr("Hours and days as a heat map"), partial(self.heat_chosen.emit, True), chosen=heat)
        if view.comparisons and not heat:
            menu.addSeparator()
            for against, words in view.comparisons:
                text = (
                    tr("Compare with nothing")
                    if against is Against.NOTHING
                    else tr("Compare: {what}", what=words)
                )
                menu.add(text, partial(self.against_chosen.emit, against), chosen=against is view.against)
        menu.open_below(button)
        return menu

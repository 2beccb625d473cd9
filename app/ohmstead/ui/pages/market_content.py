"""What scrolls on the Market: the banner, the offer, the four sections, the facts.

Here: which section is shown, and that only what is shown is drawn anew. Not here: doing anything (the page).
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ohmstead.ui.pages.home_scroll import Fitted
from ohmstead.ui.pages.market_hero import MarketHero
from ohmstead.ui.pages.market_lots import LotsSection
from ohmstead.ui.pages.market_parts import Lines
from ohmstead.ui.pages.market_sections import OrdersSection, PricesSection
from ohmstead.ui.pages.market_wallet import WalletSection
from ohmstead.ui.presenters.market_brief import Goal
from ohmstead.ui.presenters.market_views import MarketView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.parts import Banner, Tone
from ohmstead.ui.widgets.text import Rule

ORDERS, PRICES, LOTS, WALLET = range(4)
_TONES: dict[str, Tone] = {"alarm": "alarm", "notice": "notice"}


class MarketContent(Fitted):
    """The content. Main thread.

    Signals:
        saving: the evidence of the alarm is to be saved.
        section_changed: another section is shown.
    """

    saving = Signal()
    section_changed = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        tr = words.tr
        self._view: MarketView | None = None
        self._unit = ""
        self.save = Button(look, tr("Save evidence…"), "plain", "download", small=True)
        self._banner = Banner(look, "notice", "", "")
        self._banner_place = holder(column(self._banner, gap=0, margins=(0, 0, 0, 18)))
        self.hero = MarketHero(look, words)
        self.sections = Segmented(
            look, (tr("Orders"), tr("Prices"), tr("Lots"), tr("Wallet")), tr("What of the market is shown")
        )
        self.orders = OrdersSection(look, words)
        self.prices = PricesSection(look, words)
        self.lots = LotsSection(look, words)
        self.wallet = WalletSection(look, words)
        self._parts: tuple[QWidget, ...] = (self.orders, self.prices, self.lots, self.wallet)
        self.facts = Lines(look)
        self._line = Rule(look)
        super().__init__(
            column(
                self._banner_place, self.hero, 18, Rule(look), 16, row(self.sections, None), 16, *self._parts, 20,
                self._line, 12, self.facts, None, gap=0, margins=(0, 6, 0, 18),
            )
        )  # fmt: skip
        self.save.setParent(self)
        self.save.hide()
        self.sections.choose(ORDERS)
        self.sections.chosen.connect(self.show_section)
        self.save.clicked.connect(self.saving)
        self._banner_place.hide()
        self.show_section(ORDERS)

    @property
    def section(self) -> int:
        """Which section is shown."""
        return self.sections.current

    def show_view(self, view: MarketView, unit: str) -> None:
        """Show another state of the market."""
        self._view, self._unit = view, unit
        notice = view.notice
        self._banner_place.setVisible(notice is not None)
        if notice is not None:
            self._banner.say(notice.head, notice.body, _TONES.get(notice.tone, "neutral"))
            self._banner.offer(*((self.save,) if notice.action == "evidence" else ()))
        if view.hero is not None:
            self.hero.show_view(view.hero, unit)
        self.facts.show_lines(view.facts)
        self._draw()

    def forget(self) -> None:
        """Another home: nothing is chosen, nothing rests."""
        self._view = None
        self.hero.rest(False)
        self.orders.panel.show_line(None)
        self.lots.forget()

    def go_to(self, goal: Goal) -> None:
        """Show the section that a goal is in, and choose it there, if it is there."""
        self.show_section(WALLET if goal.wallet else LOTS if isinstance(goal.which, bytes) else ORDERS)
        if isinstance(goal.which, int):
            self.orders.choose_slot(goal.which)
        elif goal.which:
            self.lots.choose_lot(goal.which)

    @Slot(int)
    def show_section(self, index: int) -> None:
        """Show another section."""
        self.sections.choose(index)
        for i, part in enumerate(self._parts):
            part.setVisible(i == index)
        self._draw()
        self.section_changed.emit(index)

    def _draw(self) -> None:
        view, section = self._view, self.section
        if view is None:
            return
        if section == ORDERS and view.orders is not None:
            self.orders.show_view(view.orders, view.side, self._unit)
        elif section == PRICES and view.prices is not None:
            self.prices.show_view(view.prices)
        elif section == LOTS and view.lots is not None:
            self.lots.show_view(view.lots)
        elif section == WALLET and view.wallet is not None:
            self.wallet.show_view(view.wallet)

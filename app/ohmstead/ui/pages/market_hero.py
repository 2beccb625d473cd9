"""The offer on top of the Market: one sentence, one question, one green button; and what a click would mean.

A click posts once: the button rests until an answer is here. Not here: what is offered
(``presenters.market_offer``), posting it (the page).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ohmstead.ui.charts.market_band import BandChart
from ohmstead.ui.pages.market_parts import Behind, Lines
from ohmstead.ui.presenters.market_views import HeroView, LineModel
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.stepper import Stepper
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.table import TableColumn
from ohmstead.ui.widgets.text import Text

BAND_WIDE, BESIDE_FROM = 320, 820


class MarketHero(QWidget):
    """The hero. Main thread.

    Signals:
        offered: the button was pressed; what to post is the view's plan.
        taken_back: everything that stands is to come back.
        typing: an amount is to be typed.
        priced: another limit, in tenths of the small unit.
        standing: a standing instruction is wanted (True) or to end (False).
    """

    offered = Signal()
    taken_back = Signal()
    typing = Signal()
    priced = Signal(int)
    standing = Signal(bool)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._words = words
        self._view: HeroView | None = None
        self._busy = False
        self.lead = Text(look, "", "lead", wrap=True)
        self.ask = Text(look, "", "lead", "text_2", wrap=True)
        self.price = Stepper(look, words, tr("Price a kWh"), low=0, high=1, decimals=1)
        self.button = Button(look, tr("Offer it"), "primary")
        self.type = Button(look, tr("Another amount…"), "link")
        self.type_first = Button(look, tr("Type an amount…"), "primary")
        self.back = Button(look, tr("Take it all back"), "plain", "undo")
        self.posted = Text(look, "", "strong", wrap=True)
        self.shortage = Lines(look)
        self.notes = Lines(look)
        self.every = Switch(look, tr("Do this every day"))
        self._every_words = Text(look, tr("Do this every day"), "body", "text_2")
        self._every_words.setBuddy(self.every)
        self._standing = Lines(look)
        self._band = BandChart(look)
        self._caption = Text(look, "", "small", "text_2", wrap=True)
        heads = (tr("From"), tr("At least, kWh"), tr("About, kWh"), tr("At most, kWh"))
        sides = [TableColumn(heads[0], stretch=1), *(TableColumn(head, "right") for head in heads[1:])]
        self.behind = Behind(
            look, self._band, tr("What is expected, hour by hour"), sides,
            tr("Show the forecast as a table"), tr("Show the forecast as a chart"),
        )  # fmt: skip
        self._beside = holder(
            column(
                row((self._caption, 1), column(self.behind.button, None, gap=0), gap=4),
                4,
                self.behind,
                None,
                gap=0,
            )
        )
        self._posted_place = holder(column(self.posted, gap=0, margins=(0, 0, 0, 12)))
        self._offer_place = holder(row(self.price, self.button, gap=10))
        self._every_place = holder(row(self.every, self._every_words, gap=8))
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setContentsMargins(0, 0, 0, 0)
        self._controls.setSpacing(16)
        for part in (self._offer_place, self.type_first, self.back, self.type, self._every_place):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._controls.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self._controls.addStretch(1)
        left = holder(
            column(self.lead, self.ask, 14, self._posted_place, self._controls, 12, self.shortage, self._standing,
                   self.notes, None, gap=0)
        )  # fmt: skip
        self._left = left
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(44)
        self._whole.addWidget(left, 1)
        self._whole.addWidget(self._beside)
        self.button.clicked.connect(self._offer)
        self.back.clicked.connect(self.taken_back)
        self.type.clicked.connect(self.typing)
        self.type_first.clicked.connect(self.typing)
        self.price.changed.connect(self.priced)
        self.every.clicked.connect(self._turn)
        self._lay()

    @property
    def view(self) -> HeroView | None:
        """What is shown."""
        return self._view

    def show_view(self, view: HeroView, unit: str) -> None:
        """Show another offer, or the same one with other money behind it."""
        self._view = view
        self.lead.say(view.lead)
        self.ask.say(view.ask)
        self.ask.setVisible(bool(view.ask))
        self.price.set_range(view.low, view.high, unit)
        self.price.show_value(view.tenths)
        posted = bool(view.posted)
        self._offer_place.setVisible(view.plan is not None)
        self._posted_place.setVisible(posted)
        self.posted.say(view.posted_words)
        self.back.setVisible(posted)
        self.button.setText(view.action)
        self.button.setAccessibleName(view.action)
        self.button.updateGeometry()
        # Where nothing can be suggested, typing is what there is to do.
        first = view.plan is None and not posted
        self.type.setVisible(not first)
        self.type_first.setVisible(first)
        for button in (self.type, self.type_first):
            button.setEnabled(view.can_act)
            button.setToolTip("" if view.can_act else view.cannot)
        self.every.setEnabled(view.can_act or view.standing_on)
        self.every.show_on(view.standing_on)
        self.shortage.setVisible(bool(view.shortage))
        self.shortage.show_lines([LineModel("alarm", view.shortage)] if view.shortage else [])
        self.notes.setVisible(bool(view.notes))
        self.notes.show_lines(view.notes)
        self._standing.setVisible(bool(view.standing))
        tone = "ok" if view.standing_on else "notice"
        self._standing.show_lines([LineModel(tone, view.standing)] if view.standing else [])
        self._beside.setVisible(view.band is not None)
        if view.band is not None:
            self._band.show_band(view.band)
            self._caption.say(view.band.caption)
            self.behind.show_table(view.band.table)
        self._enable()
        self._lay()

    def rest(self, busy: bool) -> None:
        """The button rests until an answer is here, or may be pressed again."""
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        view = self._view
        may = view is not None and view.can_post and not self._busy
        self.button.setEnabled(may)
        held = view is not None and not may and not self._busy
        self.button.setToolTip(view.shortage or view.cannot if view is not None and held else "")
        self.back.setEnabled(not self._busy)

    @Slot()
    def _offer(self) -> None:
        if not self._busy:
            self.offered.emit()

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        if self._view is not None:
            self.every.show_on(self._view.standing_on)  # it turns when the ledger has it, not before
        self.standing.emit(on)

    def _lay(self) -> None:
        way = QBoxLayout.Direction
        beside = self.width() >= BESIDE_FROM
        self._whole.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._whole.setSpacing(44 if beside else 14)
        self._beside.setFixedWidth(BAND_WIDE if beside else max(self.width(), BAND_WIDE))
        parts = (self._offer_place, self.type_first, self.back, self.type, self._every_place)
        need = sum(part.sizeHint().width() + 16 for part in parts if not part.isHidden())
        room = self.width() - (BAND_WIDE + 44 if beside and not self._beside.isHidden() else 0)
        wide = need <= room
        self._controls.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._controls.setSpacing(16 if wide else 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)

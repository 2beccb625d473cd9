"""The scrolling content of the Ledger page: sentence, way, tables, months, refusals; or two histories first.

Not here: loading and saving (``ledger_page``).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from ohmstead.ui.pages.home_scroll import Fitted
from ohmstead.ui.pages.ledger_parts import Findings, Months, Pairs, States, note_row
from ohmstead.ui.pages.ledger_split import Split
from ohmstead.ui.presenters.ledger_views import LedgerView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.parts import Badge
from ohmstead.ui.widgets.text import Icon, Rule, Text
from ohmstead.ui.widgets.way import Way

BESIDE_FROM = 820  # width from which the two columns stand beside each other


class LedgerContent(Fitted):
    """Everything under the page's head. Changes in place.

    Signals:
        saving: what was refused is wanted as a file.
        copying: the block is wanted on the clipboard, for comparing.
        help_wanted: how it is checked, how two histories can be.
        witness_wanted: the person wants to set a witness.
    """

    saving = Signal()
    copying = Signal()
    help_wanted = Signal()
    witness_wanted = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        tr = words.tr
        self._split = Split(look, words)
        self._split_place = holder(column(self._split, 30, Rule(look), 22, gap=0))
        self._sign = Icon(look, "alert", 22, "alarm")
        self._lead = Text(look, "", "lead", wrap=True)
        self._sub = Text(look, "", "body", "text_2", wrap=True)
        self._how = Button(look, tr("How is this checked?"), "link", small=True)
        self._way = Way(look)
        self._proven = Pairs(look)
        self._signers_head = Text(look, "", "heading")
        self._single = Badge(look, tr("Single operator"), "neutral")
        self._signers = States(look)
        self._signers_note = Text(look, "", "small", "text_2", wrap=True)
        self._copy = Button(look, tr("Copy this block for comparing"), "link", small=True)
        self._witnesses = States(look)
        self._no_witness = Text(look, "", "body", "text_2", wrap=True)
        self._set_witness = Button(look, tr("Set a witness in Settings"), "link", small=True)
        self._months_words = Text(look, "", "small", "text_2", wrap=True)
        self._months = Months(look)
        self._findings_words = Text(look, tr("None of it was used."), "small", "text_2")
        self._save = Button(look, tr("Save the evidence…"), "plain", "download", small=True)
        self._findings = Findings(look)
        self._foot = Text(look, "", "small", "text_2", wrap=True)
        self._sign_place = holder(column(6, self._sign, None, gap=0, margins=(0, 0, 12, 0)))
        lead = row(self._sign_place, (self._lead, 1), gap=0)
        left = holder(column(Text(look, tr("Proven"), "heading"), 6, self._proven, None, gap=0))
        right = holder(
            column(
                row(self._signers_head, self._single, None, gap=10),
                6,
                self._signers,
                4,
                self._signers_note,
                6,
                row(self._copy, None),
                20,
                row(Text(look, tr("Witnesses outside"), "heading"), None),
                6,
                self._witnesses,
                self._no_witness,
                6,
                row(self._set_witness, None),
                None,
                gap=0,
            )
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(56)
        self._columns.addWidget(left, 12)
        self._columns.addWidget(right, 11)
        self._tables = holder(column(14, Rule(look), 18, self._columns, gap=0))
        month_head = row(Text(look, tr("Month by month"), "heading"), (self._months_words, 1), gap=10)
        self._months_place = holder(column(26, month_head, 12, self._months, gap=0))
        refused = row(
            Text(look, tr("What was refused"), "heading"), self._findings_words, None, self._save, gap=10
        )
        self._findings_place = holder(column(24, Rule(look), 18, refused, 6, self._findings, gap=0))
        self._foot_place = holder(column(18, Rule(look), 12, note_row(look, self._foot), gap=0))
        super().__init__(
            column(
                self._split_place,
                lead,
                2,
                row((self._sub, 1), column(self._how, None, gap=0), gap=24),
                24,
                self._way,
                self._tables,
                self._months_place,
                self._findings_place,
                None,
                self._foot_place,
                gap=0,
                margins=(0, 10, 0, 18),
            )
        )
        self._words = words
        self._split.saving.connect(self.saving)
        self._split.help_wanted.connect(self.help_wanted)
        self._how.clicked.connect(self.help_wanted)
        self._copy.clicked.connect(self.copying)
        self._set_witness.clicked.connect(self.witness_wanted)
        self._save.clicked.connect(self.saving)

    def show_view(self, view: LedgerView, *, witness_set: bool) -> None:
        """Show another view."""
        tr = self._words.tr
        self._split_place.setVisible(view.histories is not None)
        if view.histories is not None:
            self._split.show_view(view.histories)
        self._sign_place.setVisible(view.alarm)
        self._lead.say(view.lead)
        self._sub.say(view.sub)
        filled = bool(view.way)
        for part in (self._way, self._tables, self._foot_place):
            part.setVisible(filled)
        self._months_place.setVisible(bool(view.months))
        if filled:
            self._way.show_stations(view.way)
            self._proven.show_lines(view.proven)
            self._signers_head.say(view.signers_head)
            self._single.setVisible(view.single_operator)
            self._signers.show_lines(view.signers)
            self._signers_note.setVisible(bool(view.signers_note))
            self._signers_note.say(view.signers_note)
            self._witnesses.setVisible(bool(view.witnesses))
            self._witnesses.show_lines(view.witnesses)
            self._no_witness.setVisible(not view.witnesses)
            self._set_witness.setVisible(not witness_set)
            self._no_witness.say(
                tr("It is asked as soon as the first block is proven.")
                if witness_set
                else tr(
                    "None is set. A node that is not your meter's can say whether it knows the same history."
                )
            )
            self._months_words.say(view.months_words)
            self._months.show_months(view.months)
            self._foot.say(view.foot)
        self._findings_place.setVisible(bool(view.findings))
        self._findings.show_lines(view.findings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= BESIDE_FROM
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._columns.setSpacing(56 if beside else 26)
        super().resizeEvent(event)

"""The four sections under Neighbours: what sets the home apart, the shape of its day, its time, its privacy.

Not here: what anything says (``presenters.neighbour_*``), doing it (the page).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ohmstead.ui.charts.neighbour_bars import NamedBars
from ohmstead.ui.charts.neighbour_shape import ShapeChart
from ohmstead.ui.pages.market_parts import Behind, HowItGoes, Lines, TableOrWords
from ohmstead.ui.pages.neighbour_parts import MonthsPart, readable
from ohmstead.ui.presenters.neighbour_views import AuditAsk, Driver, PrivacyView, ShapeView, TimeView, WhyView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.table import Cell, TableColumn
from ohmstead.ui.widgets.text import Rule, Text

BARS_WIDE, BESIDE_FROM = 340, 700


class DriverPart(QWidget):
    """One thing that sets the home apart: words, and a pair of bars beside or under them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._head = Text(look, "", "strong", wrap=True)
        self._words = Text(look, "", "body", "text", wrap=True)
        self._caveat = Text(look, "", "small", "text_2", wrap=True)
        self._bars = NamedBars(look, "", small=True)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(holder(column(self._head, 2, self._words, 2, self._caveat, None, gap=0)), 1)
        self._side = holder(column(2, self._bars, None, gap=0))
        self._box.addWidget(self._side)

    def show_driver(self, driver: Driver) -> None:
        """Show another one."""
        self._head.say(driver.head)
        self._words.say(driver.words)
        self._caveat.say(driver.caveat)
        self._bars.show_bars(driver.bars)
        self._bars.setAccessibleName(driver.head)
        self._side.setVisible(bool(driver.bars))
        self._lay()

    def _lay(self) -> None:
        way = QBoxLayout.Direction
        beside = self.width() >= BESIDE_FROM
        self._box.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._box.setSpacing(44 if beside else 10)
        self._side.setMinimumWidth(BARS_WIDE if beside else 0)
        self._side.setMaximumWidth(BARS_WIDE if beside else 1 << 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)


class WhySection(QWidget):
    """What sets the home apart. Main thread."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._intro = Text(look, "", "body", "text_2", wrap=True)
        self._empty = Text(look, "", "body", "text_2", wrap=True)
        self._parts: list[DriverPart] = []
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self._caveats = Lines(look)
        self.setLayout(
            column(
                readable(self._intro), 16, self._box, self._empty, 18, readable(self._caveats), None, gap=0
            )
        )

    def show_view(self, view: WhyView) -> None:
        """Show other drivers."""
        self._intro.say(view.intro)
        self._empty.say(view.empty)
        self._empty.setVisible(not view.drivers)
        while len(self._parts) < len(view.drivers):
            part = DriverPart(self._look)
            self._parts.append(part)
            self._box.addWidget(part)
        for i, part in enumerate(self._parts):
            part.setVisible(i < len(view.drivers))
            if i < len(view.drivers):
                part.show_driver(view.drivers[i])
        self._caveats.show_lines(view.caveats)


class ShapeSection(QWidget):
    """The shape of the day. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._head = Text(look, "", "heading", wrap=True)
        self._words = Text(look, "", "body", "text_2", wrap=True)
        self._chart = ShapeChart(look, tr("Share of the day"))
        columns = (
            TableColumn(tr("Hour"), stretch=1),
            TableColumn(tr("You"), "right"),
            TableColumn(tr("Group"), "right"),
        )
        self.behind = Behind(
            look, self._chart, tr("The shape of the day"), columns, tr("Show the hours as a table"),
            tr("Show the hours as a chart"),
        )  # fmt: skip
        head = row((self._head, 1), self.behind.button, gap=8)
        self.setLayout(column(head, 2, readable(self._words), 12, self.behind, None, gap=0))

    def show_view(self, view: ShapeView) -> None:
        """Show another month."""
        self._head.say(view.head)
        self._words.say(view.words)
        for part in (self.behind, self.behind.button):
            part.setVisible(view.shape is not None)
        if view.shape is not None:
            self._chart.show_shape(view.shape)
            self.behind.show_table(view.shape.table)


class TimeSection(QWidget):
    """Months and days of the comparison. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._words = Text(look, "", "body", "text_2", wrap=True)
        self.months = MonthsPart(look, words, tr("Your months and the group’s"), tr("All homes"))
        columns = (
            TableColumn(tr("Day")), TableColumn(tr("You, kWh"), "right"), TableColumn(tr("Efficient"), "right"),
            TableColumn(tr("All"), "right"), TableColumn(tr("Homes"), "right"),
            TableColumn(tr("State"), stretch=1),
        )  # fmt: skip
        self.days = TableOrWords(look, tr("Every day of the group"), columns)
        self.setLayout(
            column(readable(self._words), 12, holder(capped(self.months, 760)), 10, self.days, None, gap=0)
        )

    def show_view(self, view: TimeView) -> None:
        """Show other days."""
        self._words.say(view.words)
        self._words.setVisible(bool(view.words))
        self.months.show_months(view.months)
        rows = [[*(Cell(c) for c in r.cells[:-1]), Cell(r.cells[-1], r.glyph, r.tone)] for r in view.rows]
        self.days.show_rows(rows, view.empty)


class Checks(QWidget):
    """The rounds that can be checked statement by statement, or how far such a check is. Main thread.

    Signals:
        wanted: check this round (an ``AuditAsk``).
        stopped: end the check that is running.
    """

    wanted = Signal(object)
    stopped = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._asks: Sequence[AuditAsk] = ()
        self.buttons = tuple(Button(look, "", "link") for _ in range(2))
        self._running = Text(look, "", "body", "text_2")
        self.stop = Button(look, words.tr("Stop checking"), "link")
        for place, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._ask, place))
        self.stop.clicked.connect(self.stopped)
        lines = [row(button, None) for button in self.buttons]
        self.setLayout(
            column(*lines, row(self._running, self.stop, None, gap=16), gap=0, margins=(0, 6, 0, 0))
        )

    def show_checks(self, asks: Sequence[AuditAsk], running: str) -> None:
        """Show other rounds, or (``running``) how far one is."""
        held = self.hasFocus() or any(part.hasFocus() for part in (*self.buttons, self.stop))
        self._asks = asks
        for place, button in enumerate(self.buttons):
            said = asks[place].words if place < len(asks) else ""
            button.setVisible(bool(said))
            button.setAccessibleName(said)
            button.setText(said)
            button.updateGeometry()
        self._running.say(running)
        for part in (self._running, self.stop):
            part.setVisible(bool(running))
        self.setVisible(bool(asks or running))
        if held and (running or asks):  # what was pressed went: the keyboard goes on with what came
            (self.stop if running else self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, place: int, _checked: bool = False) -> None:
        if place < len(self._asks):
            self.wanted.emit(self._asks[place])


class PrivacySection(QWidget):
    """The privacy account, and what the household can do. Main thread.

    Signals:
        pausing: stop stating for now (True), or go on.
        leaving: take part no more.
    """

    pausing = Signal(bool)
    leaving = Signal()

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._account = HowItGoes(look)
        self.pause = Button(look, tr("Pause comparing"), "plain", "pause")
        self.resume = Button(look, tr("Go on comparing"), "plain", "play")
        self.leave = Button(look, tr("Leave the group…"), "plain")
        self.checks = Checks(look, words)
        self._sent_head = Text(look, tr("Everything that left this home"), "heading")
        columns = (
            TableColumn(tr("Day")), TableColumn(tr("What")), TableColumn(tr("Encrypted"), "right"),
            TableColumn(tr("What became of it"), stretch=1),
        )  # fmt: skip
        self.sent = TableOrWords(look, tr("Everything that left this home"), columns)
        self._guardians_head = Text(look, tr("Guardians and their keys"), "heading")
        self._guardians = Lines(look)
        self._limits_head = Text(look, tr("What this cannot promise"), "heading")
        self._limits = Lines(look)
        self.deeds = QWidget()
        deeds = QHBoxLayout(self.deeds)  # its own spacing: a hidden button leaves no gap
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(8)
        for button in (self.pause, self.resume, self.leave):
            deeds.addWidget(button)
        deeds.addStretch(1)
        self.setLayout(
            column(
                self._account, 10, self.deeds, 2, self.checks, 18,
                Rule(look), 14, self._limits_head, 8, readable(self._limits), 18,
                self._guardians_head, 8, readable(self._guardians), 18, self._sent_head, 4, self.sent, None,
                gap=0,
            )
        )  # fmt: skip
        self.pause.clicked.connect(self._pause)
        self.resume.clicked.connect(self._resume)
        self.leave.clicked.connect(self.leaving)

    def show_view(self, view: PrivacyView) -> None:
        """Show another account."""
        self._account.show_steps(view.steps)
        self.pause.setVisible(view.can_pause)
        self.resume.setVisible(view.can_resume)
        self.leave.setVisible(view.can_leave)
        self.deeds.setVisible(view.can_pause or view.can_resume or view.can_leave)
        self.checks.show_checks(view.audits, view.auditing)
        for part in (self._guardians_head, self._guardians):
            part.setVisible(bool(view.guardians))
        self._guardians.show_lines(view.guardians)
        self._limits.show_lines(view.limits)
        rows = [[*(Cell(c) for c in r.cells[:-1]), Cell(r.cells[-1], r.glyph, r.tone)] for r in view.sent]
        self.sent.show_rows(rows, view.none_sent)

    @Slot()
    def _pause(self) -> None:
        self.pausing.emit(True)

    @Slot()
    def _resume(self) -> None:
        self.pausing.emit(False)

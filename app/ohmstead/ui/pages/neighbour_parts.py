"""The two columns on top of Neighbours: the home against itself, and the home among its group or the way in.

Not here: what anything says (``presenters.neighbour_*``), doing it (the page).
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ohmstead.ui.charts.neighbour_bars import NamedBars
from ohmstead.ui.charts.neighbour_columns import UNBOUNDED, Columns, Spread
from ohmstead.ui.pages.market_parts import Behind, Lines
from ohmstead.ui.presenters.neighbour_views import ColumnsModel, GroupView, InviteView, SelfView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import capped, column, holder, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.table import TableColumn
from ohmstead.ui.widgets.text import Text

BESIDE_FROM, BETWEEN, LINE_WIDE = 800, 52, 560
SELF_MOST = 380  # so high the months of the home stand beside a long column, at most


class MonthsPart(QWidget):
    """Months as columns with the table behind them."""

    def __init__(self, look: Look, words: Wording, name: str, tick: str) -> None:
        super().__init__()
        tr = words.tr
        columns = (
            TableColumn(tr("Month"), stretch=1), TableColumn(tr("kWh a day"), "right"), TableColumn(tick, "right")
        )  # fmt: skip
        self._most = 0
        self._chart = Columns(look, name)
        self.behind = Behind(
            look,
            self._chart,
            name,
            columns,
            tr("Show the months as a table"),
            tr("Show the months as a chart"),
        )
        self.setLayout(column((self.behind, 1_000), row(None, self.behind.button), None, gap=0))

    def grow(self, most: int) -> None:
        """The chart takes the height that there is, up to so much; the table has its own."""
        self._most = most
        self._chart.grow()
        self.behind.setMaximumHeight(most)
        self.behind.turned.connect(self._turned)

    @Slot(bool)
    def _turned(self, table: bool) -> None:
        self.behind.setMaximumHeight(UNBOUNDED if table else self._most)

    def show_months(self, model: ColumnsModel | None) -> None:
        """Show other months; None hides them."""
        self.setVisible(model is not None)
        if model is not None:
            self._chart.show_columns(model)
            self.behind.show_table(model.table)


class SelfPart(QWidget):
    """The home against itself. Main thread."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self._lead = Text(look, "", "lead", wrap=True)
        self._body = Text(look, "", "body", "text_2", wrap=True)
        self.months = MonthsPart(look, words, tr("Your months"), tr("The year before"))
        over = Text(look, tr("You and you"), "small", "text_2", wrap=True)
        self.months.grow(SELF_MOST)
        self.setLayout(column(over, 2, self._lead, 6, self._body, 16, (self.months, 1_000), None, gap=0))

    def show_view(self, view: SelfView) -> None:
        """Show other figures."""
        self._lead.say(view.lead)
        self._body.say(view.body)
        self.months.show_months(view.months)


class InvitePart(QWidget):
    """What there is to say in place of figures, with one green button. Main thread.

    Signals:
        wanted: an action by its name: describe, join, resume.
    """

    wanted = Signal(str)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._look = look
        self._view: InviteView | None = None
        over = Text(look, words.tr("You and homes like yours"), "small", "text_2", wrap=True)
        self._lead = Text(look, "", "lead", wrap=True)
        self._bodies: list[Text] = []
        self._words = QVBoxLayout()
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(8)
        self.button = Button(look, "", "primary")
        self.second = Button(look, "", "plain")
        self._why_not = Text(look, "", "small", "text_2", wrap=True)
        self._actions = QWidget()
        actions = QHBoxLayout(self._actions)  # its own spacing: a hidden button leaves no gap
        actions.setContentsMargins(0, 12, 0, 0)
        actions.setSpacing(8)
        actions.addWidget(self.button)
        actions.addWidget(self.second)
        actions.addStretch(1)
        self.setLayout(
            column(over, 2, self._lead, 6, self._words, self._actions, 6, self._why_not, 18, gap=0)
        )
        self.button.clicked.connect(self._first)
        self.second.clicked.connect(self._other)

    def show_view(self, view: InviteView | None) -> None:
        """Say something else, or nothing."""
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._lead.say(view.lead)
        while len(self._bodies) < len(view.body):
            text = Text(self._look, "", "body", "text_2", wrap=True)
            self._bodies.append(text)
            self._words.addWidget(text)
        for i, text in enumerate(self._bodies):
            text.setVisible(i < len(view.body))
            if i < len(view.body):
                text.say(view.body[i])
        for button, action, words in (
            (self.button, view.action, view.action_words), (self.second, view.second, view.second_words)
        ):  # fmt: skip
            button.setVisible(bool(action))
            button.setText(words)
            button.setAccessibleName(words)
            button.updateGeometry()
            # What a home is like stays on this computer: to describe it needs nobody's leave.
            may = not view.why_not or action == "describe"
            button.setEnabled(may)
            button.setToolTip("" if may else view.why_not)
        self._actions.setVisible(bool(view.action or view.second))
        held = bool(view.why_not and view.action and view.action != "describe")
        self._why_not.setVisible(held)
        self._why_not.say(view.why_not)

    @Slot()
    def _first(self) -> None:
        if self._view is not None:
            self.wanted.emit(self._view.action)

    @Slot()
    def _other(self) -> None:
        if self._view is not None:
            self.wanted.emit(self._view.second)


class GroupPart(QWidget):
    """The home among its group. Main thread.

    Signals:
        span_chosen: day, week or month, by index.
    """

    span_chosen = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        tr = words.tr
        self.invite = InvitePart(look, words)
        self._over = Text(look, "", "small", "text_2", wrap=True)
        self._lead = Text(look, "", "lead", wrap=True)
        self._aside = Text(look, "", "small", "text_2", wrap=True)
        self.spans = Segmented(
            look, (tr("Day"), tr("7 days"), tr("30 days")), tr("Days that are compared"), small=True
        )
        self._bars = NamedBars(look, tr("You, an efficient home, and all"))
        self._spread = Spread(look, tr("Homes"))
        columns = TableColumn(tr("From the grid"), stretch=1), TableColumn(tr("How many"), stretch=1)
        self.behind = Behind(
            look, self._spread, tr("How many homes used how much"), columns, tr("Show the homes as a table"),
            tr("Show the homes as a chart"),
        )  # fmt: skip
        self.lines = Lines(look)
        aside = holder(row((self._aside, 1), self.spans, self.behind.button, gap=8))
        self._figures = holder(
            column(
                self._over, 2, self._lead, 6, aside, 12, self._bars, 14, self.behind, 10, self.lines, gap=0
            )
        )
        self.setLayout(column(self.invite, self._figures, None, gap=0))
        self.spans.chosen.connect(self.span_chosen)

    def show_view(self, invite: InviteView | None, view: GroupView | None) -> None:
        """Show figures, the way in, or both."""
        self.invite.show_view(invite)
        self._figures.setVisible(view is not None)
        if view is None:
            return
        self._over.say(view.over)
        self._lead.setVisible(bool(view.lead))
        self._lead.say(view.lead)
        self._aside.say(view.aside)
        self.spans.choose(view.span)
        self._bars.show_bars(view.bars)
        self.behind.setVisible(view.spread is not None)
        if view.spread is not None:
            self._spread.show_spread(view.spread)
            self.behind.show_table(view.spread.table)
        self.lines.show_lines(view.lines)


class Pair(QWidget):
    """Two parts beside each other, or under each other where the page is narrow."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left, 1)
        self._box.addWidget(right, 1)
        self._lay()

    def _lay(self) -> None:
        way = QBoxLayout.Direction
        beside = self.width() >= BESIDE_FROM
        self._box.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._box.setSpacing(BETWEEN if beside else 28)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()
        super().resizeEvent(event)


def readable(part: QWidget) -> QWidget:
    """Sentences no wider than one reads with ease."""
    return holder(capped(part, LINE_WIDE * 4 // 3))

"""Parts that only Home has: the live figure, and the column of what came before today."""

from __future__ import annotations

import math

from PySide6.QtCore import QEasingCurve, QSize, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ohmstead.ui.charts.week_bars import WeekBars
from ohmstead.ui.presenters.home_views import DayLine, HomeView, NowView, VisitView
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.flow import MAX_WIDE, MIN_WIDE, Flow
from ohmstead.ui.widgets.parts import Banner
from ohmstead.ui.widgets.text import Icon, Rule, Text

LIVE_WIDE, SIDE_WIDE = 240, 250
_TOP, _FIGURE, _HIGH = 19, 48, 92


class LiveFigure(Painted):
    """The one live figure: it changes in place, the old number fading into the new."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._now: NowView | None = None
        self._before = ""
        self._share = 1.0
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.valueChanged.connect(self._faded)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_now(self, now: NowView) -> None:
        """Show another moment."""
        before = self._now
        self._now = now
        self.setAccessibleName(f"{now.label}: {now.value} {now.unit}, {now.direction}")
        if before is None or (before.label, before.value, before.direction, before.stale) != (
            now.label, now.value, now.direction, now.stale,
        ):  # fmt: skip
            self.updateGeometry()
            self._begin(before.value if before is not None else now.value)

    def _begin(self, before: str) -> None:
        lasts = self.look.theme.motion_ms("live_figure_ms")
        assert self._now is not None
        self._before = before
        if lasts and self.isVisible() and before != self._now.value:
            self._fade.stop()
            self._fade.setDuration(lasts)
            self._fade.start()
        else:
            self._share = 1.0
            self.update()

    @Slot(object)
    def _faded(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        now = self._now
        if now is None:
            return QSize(LIVE_WIDE, _HIGH)
        wide = max(
            self.look.width(now.label, "small"),
            self.look.width(now.value, "hero") + self.look.width(now.unit, "heading") + 8,
            self.look.width(now.direction, "label"),
        )
        return QSize(max(LIVE_WIDE, math.ceil(wide) + 2), _HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = self._now
        if now is None:
            return
        ink = "text_3" if now.stale else "text"
        with self.look.brush(self) as brush:
            brush.text(0, 0, now.label, "small", "text_2")
            if self._share < 1.0:
                brush.painter.setOpacity(1.0 - self._share)
                brush.text(0, _TOP, self._before, "hero", ink)
                brush.painter.setOpacity(self._share)
            across = brush.text(0, _TOP, now.value, "hero", ink)
            brush.painter.setOpacity(1.0)
            brush.text(across + 7, _TOP + 21, now.unit, "heading", "text_2")
            brush.text(0, _TOP + _FIGURE + 4, now.direction, "label", "text_2")


class BesideLive(QWidget):
    """What stands beside the live figure: where power flows, or the banner where something must be said.

    As high as the live figure; only a banner of many lines makes it higher.
    """

    def __init__(self, flow: Flow, banner: Banner) -> None:
        super().__init__()
        self._flow, self._banner = flow, banner
        for part in (flow, banner):
            part.setParent(self)
        self._said = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(MIN_WIDE)

    def show_banner(self, said: bool) -> None:
        """Show the banner with what it says now, or the flow."""
        self._said = said
        self._banner.setVisible(said)
        self._flow.setVisible(not said)
        self._place()

    def _place(self) -> None:
        wide = min(self.width(), MAX_WIDE)
        self._flow.setGeometry(self.width() - wide, 0, wide, self._flow.height())
        layout = self._banner.layout()
        need = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        self._banner.setGeometry(0, 0, self.width(), need)
        high = max(need if self._said else 0, _HIGH)
        if self.height() != high:
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)


class _DayPanel(QWidget):
    """Yesterday: one figure, what it was made of, and the way there."""

    opened = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._day = 0
        self._head = Text(look, "", "small", "text_2", wrap=True)
        self._open = Button(look, words.tr("Show"), "link", small=True, name=words.tr("Show that day"))
        self._open.setFixedHeight(18)  # on the label's line
        self._open.clicked.connect(self._pressed)
        self._number, self._unit = Text(look, "", "figure"), Text(look, "", "body", "text_2")
        self._arrow, self._note = Icon(look, "minus", 14), Text(look, "", "small", "text_2", wrap=True)
        self._parts = Text(look, "", "small", "text_2", wrap=True)
        figure = row(self._number, column(None, self._unit, 3, gap=0), None, gap=4)
        self._arrow_place = holder(column(1, self._arrow, None, gap=0))
        self.setLayout(
            column(
                row((self._head, 1), column(self._open, None, gap=0), gap=8),
                figure,
                1,
                row(self._arrow_place, (self._note, 1), gap=1),
                2,
                self._parts,
                None,
                gap=0,
            )
        )

    def show_line(self, line: DayLine) -> None:
        """Show another day."""
        self._day = line.day
        figure = line.figure
        self._head.say(figure.label)
        self._number.say(figure.value)
        self._unit.say(figure.unit)
        self._arrow_place.setVisible(bool(figure.arrow))
        if figure.arrow:
            self._arrow.show_icon(figure.arrow, "text_2")
        self._note.setVisible(bool(figure.note))
        self._note.say(figure.note)
        self._parts.setVisible(bool(line.parts))
        self._parts.say(line.parts)

    @Slot()
    def _pressed(self) -> None:
        self.opened.emit(self._day)


class SideColumn(QWidget):
    """Since the last visit, yesterday, this week: below each other, or beside each other under the chart.

    Signals:
        day_wanted: a day was chosen.
    """

    day_wanted = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self._visit_head = Text(look, "", "small", "text_2")
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(4)
        self._sentences.setContentsMargins(0, 0, 0, 0)
        self._lines: list[Text] = []
        self._look = look
        self._visit = holder(column(self._visit_head, self._sentences, None, gap=4))
        self._yesterday = _DayPanel(look, words)
        self._week_head = Text(look, "", "small", "text_2")
        self._week_words = Text(look, "", "body", "text", wrap=True)
        self._bars = WeekBars(look, words.tr("The days of this week"))
        self._week = holder(column(self._week_head, self._week_words, 8, self._bars, None, gap=4))
        self._rules = (Rule(look), Rule(look))
        self._stands = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._stands.setContentsMargins(0, 0, 0, 0)
        for part in (self._visit, self._rules[0], self._yesterday, self._rules[1], self._week):
            self._stands.addWidget(part)
        self._stands.addStretch(1)
        self._yesterday.opened.connect(self.day_wanted)
        self._bars.opened.connect(self.day_wanted)
        self.lay(beside=True)

    def lay(self, *, beside: bool) -> None:
        """Stand beside the chart as a column, or under it in a row."""
        box = QBoxLayout.Direction
        self._stands.setDirection(box.TopToBottom if beside else box.LeftToRight)
        self._stands.setSpacing(14 if beside else 36)
        for rule in self._rules:
            rule.setVisible(beside)
        for place, stretch in ((0, 1), (2, 1), (4, 1)):
            self._stands.setStretch(place, 0 if beside else stretch)
        self._stands.setStretch(5, 1 if beside else 0)
        if beside:
            self.setFixedWidth(SIDE_WIDE)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)

    def show_view(self, view: HomeView, *, beside: bool) -> None:
        """Show other days."""
        if view.visit is not None:
            self._show_visit(view.visit)
        self._yesterday.setVisible(view.yesterday is not None)
        self._rules[0].setVisible(beside and view.yesterday is not None)
        if view.yesterday is not None:
            self._yesterday.show_line(view.yesterday)
        self._week_head.say(view.week_head)
        self._week_words.say(view.week_words)
        self._bars.show_days(view.week)

    def _show_visit(self, visit: VisitView) -> None:
        self._visit_head.say(visit.head)
        while len(self._lines) < len(visit.sentences):
            line = Text(self._look, "", "body", "text", wrap=True)
            self._lines.append(line)
            self._sentences.addWidget(line)
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(visit.sentences))
            if i < len(visit.sentences):
                line.say(visit.sentences[i])

"""A month's calendar that drops from a title: pick a day that has readings.

Days are days since 1970-01-01 of the meter's calendar. Not here: what is shown of the day.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ohmstead.ui.presenters.periods import as_date, month_start
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import Painted, by_keyboard, column, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.text import Text

CELL = 34
SIDE, ABOVE, BELOW = 20, 16, 24  # room for the shadow
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class _Days(Painted):
    """Six weeks of cells; one tab stop, arrows move the day."""

    picked = Signal(int)
    moved = Signal(int)

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__(look)
        self._words = words
        self.first, self.last, self.today, self.chosen = 0, 0, 0, 0
        self.setFixedSize(7 * CELL, 7 * CELL - 8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(words.tr("Days of the month"))
        self._over: int | None = None
        self._ringed = False

    def choose(self, day: int) -> None:
        """Stand on another day, within the days with readings."""
        self.chosen = min(max(day, self.first), self.last)
        self.setAccessibleDescription(self._words.day(self.chosen, weekday=True, year=True))
        self.update()

    @property
    def corner(self) -> int:
        """The day of the first cell."""
        start = month_start(self.chosen)
        return start - (as_date(start).isoweekday() - self._words.first_weekday) % 7

    def _day_at(self, x: float, y: float) -> int | None:
        column, line = int(x // CELL), int((y - (CELL - 8)) // CELL)
        if not (0 <= column < 7 and 0 <= line < 6):
            return None
        day = self.corner + line * 7 + column
        return day if self.first <= day <= self.last else None

    def paintEvent(self, event: QPaintEvent) -> None:
        month = month_start(self.chosen)
        with self.look.brush(self) as brush:
            for i in range(7):
                name = self._words.short_weekday(self.corner + i)[:2]
                brush.text(i * CELL + CELL / 2, 4, name, "micro", "text_3", "centre")
            for i in range(42):
                day = self.corner + i
                box = QRectF(i % 7 * CELL + 2, CELL - 8 + i // 7 * CELL + 1, CELL - 4, CELL - 2)
                known = self.first <= day <= self.last
                if day == self.chosen:
                    brush.box(box, "accent", radius=7)
                elif known and day == self._over:
                    brush.box(box, "hover", radius=7)
                if day == self.today and day != self.chosen:
                    brush.box(box, None, "control_line", 7)
                ink = "on_accent" if day == self.chosen else "text" if known else "text_3"
                inside = month_start(day) == month
                brush.painter.setOpacity(1.0 if inside and known else 0.45)
                style = "strong" if day == self.chosen else "body"
                brush.text(box.center().x(), box.top() + 6, str(as_date(day).day), style, ink, "centre")
                brush.painter.setOpacity(1.0)
            if self._ringed:
                brush.box(QRectF(self.rect()).adjusted(0, CELL - 10, 0, 0), None, "focus", 8, 1.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._day_at(event.position().x(), event.position().y())
        if over != self._over:
            self._over = over
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.choose(day)
            self.picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(self.chosen + _STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            months = -1 if key == Qt.Key.Key_PageUp else 1
            self.moved.emit(same_day(self.chosen, months))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.moved.emit(self.first if key == Qt.Key.Key_Home else self.last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()
        super().focusOutEvent(event)


class Calendar(Painted):
    """A popup with one month. Escape or a click elsewhere closes it.

    Signals:
        picked: the day that was chosen.
    """

    picked = Signal(int)

    def __init__(self, look: Look, words: Wording, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._words = words
        self.setWindowFlags(
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(words.tr("Calendar"))
        self._days = _Days(look, words)
        self._title = Text(look, "", "heading")
        self._back = Button(look, icon="chevron-left", small=True, name=words.tr("Month before"))
        self._on = Button(look, icon="chevron-right", small=True, name=words.tr("Month after"))
        self._year_back = Button(look, icon="chevrons-left", small=True, name=words.tr("Year before"))
        self._year_on = Button(look, icon="chevrons-right", small=True, name=words.tr("Year after"))
        head = row(self._title, None, self._year_back, self._back, self._on, self._year_on, gap=4)
        self.setLayout(
            column(head, 8, self._days, gap=0, margins=(SIDE + 14, ABOVE + 12, SIDE + 14, BELOW + 12))
        )
        self._days.picked.connect(self._picked)
        self._days.moved.connect(self._stand)
        for button, months in (
            (self._back, -1), (self._on, 1), (self._year_back, -12), (self._year_on, 12)
        ):  # fmt: skip
            button.setProperty("months", months)
            button.clicked.connect(self._turn)

    def open_below(self, widget: QWidget, known: tuple[int, int], day: int, today: int) -> None:
        """Open under a widget on a day; ``known`` are the first and last day with readings."""
        self._days.first, self._days.last, self._days.today = known[0], known[1], today
        self._stand(day)
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(-SIDE, widget.height() + 4 - ABOVE)))
        self.show()
        self._days.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(int)
    def _stand(self, day: int) -> None:
        days = self._days
        days.choose(day)
        when = as_date(days.chosen)
        self._title.setText(self._words.month(when.year, when.month))
        start, end = month_start(days.chosen), month_start(days.chosen, 1)
        self._back.setEnabled(start > days.first)
        self._on.setEnabled(end <= days.last)
        self._year_back.setEnabled(month_start(days.chosen, -11) > days.first)
        self._year_on.setEnabled(month_start(days.chosen, 12) <= days.last)

    @Slot()
    def _turn(self) -> None:
        months = self.sender().property("months")
        self._stand(same_day(self._days.chosen, int(months)))

    @Slot(int)
    def _picked(self, day: int) -> None:
        self.close()
        self.picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(7 * CELL + 2 * SIDE + 28, 7 * CELL + 56 + ABOVE + BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SIDE, ABOVE, -SIDE, -BELOW)
        with self.look.brush(self) as brush:
            brush.shadow(card, 9, 16)
            brush.box(card, "raised", "line_strong", 9)


def same_day(day: int, months: int) -> int:
    """The same day of the month, months later or earlier, or that month's last day."""
    start = month_start(day, months)
    return min(start + as_date(day).day - 1, month_start(start, 1) - 1)

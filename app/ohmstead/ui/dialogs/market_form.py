"""What the market's forms share: fields for energy and price, a span of hours, the sentence about the whole.

Each form is a sheet made when it is asked for; it agrees only with what can be done. Not here: reading what is
typed (``presenters.market_typed``), doing it (the page's controller).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_typed import Problems, hour_ends
from ohmstead.ui.presenters.money import price_number
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button, Segmented
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.text import Icon, Text

WIDE, INNER, HALF = 460, 408, 196


class Form(Sheet):
    """A sheet of fields with one action. ``Enter`` in a field does what the button does. Main thread."""

    def __init__(
        self, look: Look, words: Wording, window: QWidget, asked: Asked, title: str, action: str, intro: str
    ) -> None:
        self.asked = asked
        self.words = words
        self._sign = Icon(look, "alert", 14, "alarm")
        self._wrong = Text(look, "", "small", "alarm", wrap=True)
        self._wrong_place = holder(row(column(2, self._sign, None, gap=0), (self._wrong, 1), gap=6))
        self._wrong_place.hide()
        self._parts = QVBoxLayout()
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(12)
        self._note = Text(look, "", "small", "text_2", wrap=True)
        self._note.hide()
        content = holder(
            column(
                Text(look, intro, "body", "text_2", wrap=True), 14, self._parts, 10, self._note, 6,
                self._wrong_place, gap=0,
            )
        )  # fmt: skip
        back, self._do = Button(look, words.tr("Cancel")), Button(look, action, "primary")
        super().__init__(look, window, title, content, back, self._do, wide=WIDE)
        self.light = False
        back.clicked.connect(self.dismiss)
        self._do.clicked.connect(self.try_it)

    def add(self, part: QWidget) -> None:
        """A part under those before."""
        self._parts.addWidget(part)
        if isinstance(part, Field):
            part.edit.returnPressed.connect(self.try_it)

    def add_row(self, *parts: QWidget) -> None:
        """Parts beside each other."""
        for part in parts:
            if isinstance(part, Field):
                part.edit.returnPressed.connect(self.try_it)
        self._parts.addLayout(row(*parts, None, gap=16))

    def say_note(self, words: str) -> None:
        """A sentence under the fields; empty for none."""
        self._note.say(words)
        self._note.setVisible(bool(words))

    def say_wrong(self, words: str) -> None:
        """What is wrong with the whole; empty for nothing."""
        self._wrong.say(words)
        self._wrong_place.setVisible(bool(words))
        self.place()

    @Slot()
    def try_it(self) -> None:
        """Agree, if what is typed will do."""
        if self.read():
            self.agree()

    def read(self) -> bool:
        """Read the fields, say what is wrong. Each form has its own."""
        raise NotImplementedError

    def judge(self, problems: Problems, energy: Field | None, price: Field | None) -> bool:
        """Say each problem where it belongs; whether there is none."""
        if energy is not None:
            energy.show_error(problems.energy)
        if price is not None:
            price.show_error(problems.price)
        self.say_wrong(problems.time or problems.form)
        first = energy if problems.energy else price if problems.price else None
        if first is not None:
            first.edit.setFocus()
        return problems.none


class Span(QWidget):
    """A day and the hours from and to. Main thread.

    Signals:
        moved: another span was chosen.
    """

    moved = Signal()

    def __init__(self, look: Look, words: Wording, asked: Asked, starts: Sequence[Sequence[int]]) -> None:
        """``starts`` are the slots to begin at, of today and of tomorrow; the first day that has any is shown."""
        super().__init__()
        tr = words.tr
        self._asked, self._starts = asked, starts
        self._ends: Sequence[int] = ()
        self._day = Segmented(look, (tr("Today"), tr("Tomorrow")), tr("Day"))
        self._from = Select(look, (), tr("From"), wide=92)
        self._to = Select(look, (), tr("To"), wide=92)
        dash = Text(look, "–", "body", "text_2")
        self.setLayout(row(self._day, 8, self._from, dash, self._to, None, gap=8))
        self._day.chosen.connect(self._choose_day)
        self._from.chosen.connect(self._choose_from)
        self._to.chosen.connect(self._choose_to)
        for button, slots in zip(self._day.findChildren(QWidget), starts, strict=False):
            button.setEnabled(bool(slots))

    def begin(self, first: int | None, end: int | None) -> None:
        """Show a span, as near as it can be; the middle of the day where none is given."""
        tomorrow = bool(self._starts[1])
        if first is not None and self._starts[0] and first < (self._starts[1] or (1 << 60,))[0]:
            tomorrow = False
        self._day.choose(int(tomorrow))
        self._fill(first, end)

    @property
    def first(self) -> int:
        """The first slot."""
        slots = self._slots
        return slots[max(self._from.current, 0)] if slots else 0

    @property
    def end(self) -> int:
        """The slot after the last."""
        return self._ends[max(self._to.current, 0)] if self._ends else 0

    @property
    def _slots(self) -> Sequence[int]:
        return self._starts[max(self._day.current, 0)]

    def _fill(self, first: int | None, end: int | None) -> None:
        slots, times = self._slots, self._asked.times
        self._from.offer([times.clock(slot) for slot in slots])
        if not slots:
            self._ends = ()
            self._to.offer(())
            return
        if first is None:
            first = slots[min(len(slots) // 2, 10)]
        at = max((i for i, slot in enumerate(slots) if slot <= first), default=0)
        self._from.choose(at)
        self._fill_ends(end if end is not None else slots[at] + 16)

    def _fill_ends(self, end: int) -> None:
        asked, first = self._asked, self.first
        times = asked.times
        self._ends = hour_ends(asked, times.day(first), first)
        last = self._ends[-1] if self._ends else 0
        self._to.offer(["24:00" if slot == last else times.clock(slot) for slot in self._ends])
        at = min((i for i, slot in enumerate(self._ends) if slot >= end), default=len(self._ends) - 1)
        self._to.choose(at)

    @Slot(int)
    def _choose_day(self, _index: int) -> None:
        self._fill(None, None)
        self.moved.emit()

    @Slot(int)
    def _choose_from(self, _index: int) -> None:
        self._fill_ends(max(self.end, self.first + 4))
        self.moved.emit()

    @Slot(int)
    def _choose_to(self, _index: int) -> None:
        self.moved.emit()


def energy_field(look: Look, words: Wording, label: str, wide: int = HALF, hint: str = "") -> Field:
    """An amount of kWh."""
    return Field(look, label, unit="kWh", wide=wide, hint=hint)


def price_field(look: Look, asked: Asked, label: str, limit: int, wide: int = HALF, hint: str = "") -> Field:
    """A price a kWh, filled in."""
    text = price_number(limit, asked.amounts.currency, asked.amounts.words)
    return Field(look, label, text, unit=asked.amounts.currency.small, wide=wide, hint=hint)

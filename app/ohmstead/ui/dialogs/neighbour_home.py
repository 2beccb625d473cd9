"""What a home is like: the form whose answers stay on this computer, and the group that they lead to.

Not here: keeping the answers or joining (the page's controller).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ohmstead.neighbours.cohorts import Cohort, Dwelling, Features, Heating, propose
from ohmstead.ui.presenters.neighbour_typed import Typed, read_features
from ohmstead.ui.presenters.neighbour_words import dwelling_name, group_words, heating_name
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder, row
from ohmstead.ui.widgets.button import Button
from ohmstead.ui.widgets.field import Field
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.sheet import Sheet
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.text import Icon, Text

WIDE, HALF = 480, 206
DWELLINGS, HEATINGS = tuple(Dwelling), tuple(Heating)


class HomeSheet(Sheet):
    """The form. ``features`` is what was typed once it is agreed to. Main thread."""

    def __init__(
        self, look: Look, words: Wording, window: QWidget, cohorts: Sequence[Cohort], known: Features | None
    ) -> None:
        tr = words.tr
        self.words, self._cohorts = words, cohorts
        self.features: Features | None = None
        self.dwelling = Select(
            look, [dwelling_name(d, words) for d in DWELLINGS], tr("Kind of home"), wide=HALF
        )
        self.heating = Select(look, [heating_name(h, words) for h in HEATINGS], tr("Heating"), wide=HALF)
        self.area = Field(look, tr("Heated floor"), unit="m²", wide=HALF)
        self.people = Field(look, tr("People who live here"), wide=HALF)
        self.ev = Switch(look, tr("An electric car is charged here"))
        self.pv = Switch(look, tr("There is a solar roof"))
        if known is not None:
            self.dwelling.choose(DWELLINGS.index(known.dwelling))
            self.heating.choose(HEATINGS.index(known.heating))
            self.area.show_text(words.number(known.area_m2))
            self.people.show_text(words.number(known.people))
            self.ev.show_on(known.ev)
            self.pv.show_on(known.pv)
        else:
            self.dwelling.choose(0)
            self.heating.choose(0)
        self._found_icon = Icon(look, "people", 16, "text_2")
        self._found = Text(look, "", "body", "text", wrap=True)
        found = row(column(2, self._found_icon, None, gap=0), (self._found, 1), gap=8)
        intro = tr(
            "This stays on this computer. Only the name of the group that you join is said, never "
            "what stands here."
        )

        def named(label: str, part: QWidget) -> QWidget:
            head = Text(look, label, "label", wrap=True)
            head.setBuddy(part)
            head.setFixedWidth(HALF)
            return holder(column(head, part, gap=6))

        def switched(part: Switch) -> QWidget:
            text = Text(look, part.accessibleName(), "body", wrap=True)
            text.setBuddy(part)
            return holder(row(part, (text, 1), gap=8))

        content = holder(
            column(
                Text(look, intro, "body", "text_2", wrap=True), 16,
                row(named(tr("Kind of home"), self.dwelling), named(tr("Heating"), self.heating), None, gap=16),
                14,
                row(self.area, self.people, None, gap=16), 8,
                switched(self.ev), 4, switched(self.pv), 16, found, gap=0,
            )
        )  # fmt: skip
        back, self._do = Button(look, tr("Cancel")), Button(look, tr("Keep it"), "primary")
        super().__init__(
            look,
            window,
            tr("What is your home like?"),
            content,
            back,
            self._do,
            wide=WIDE,
            first=self.dwelling,
        )
        self.light = False
        back.clicked.connect(self.dismiss)
        self._do.clicked.connect(self.try_it)
        for field in (self.area, self.people):
            field.edited.connect(self._changed)
            field.edit.returnPressed.connect(self.try_it)
        for select in (self.dwelling, self.heating):
            select.chosen.connect(self._changed)
        for switch in (self.ev, self.pv):
            switch.clicked.connect(self._changed)
        self._changed()

    @property
    def found(self) -> str:
        """What is said of the group."""
        return self._found.accessibleName()

    @Slot()
    def try_it(self) -> None:
        """Agree, if what is typed describes a home."""
        typed = self._read()
        self.area.show_error(typed.area)
        self.people.show_error(typed.people)
        if typed.features is None:
            (self.area if typed.area else self.people).edit.setFocus()
            self.place()
            return
        self.features = typed.features
        self.agree()

    def _read(self) -> Typed:
        return read_features(
            DWELLINGS[self.dwelling.current], HEATINGS[self.heating.current], self.area.text(),
            self.people.text(),
            self.words, ev=self.ev.isChecked(), pv=self.pv.isChecked(),
        )  # fmt: skip

    @Slot()
    def _changed(self) -> None:
        """Say which group this leads to, as soon as it can be said."""
        tr, features = self.words.tr, self._read().features
        if features is None:
            said = tr("Area and people decide which group fits.")
        else:
            cohort = propose(self._cohorts, features)
            said = (
                tr("Your group would be: {group}.", group=group_words(cohort, self.words)) if cohort is not None
                else tr("No group of this ledger fits such a home; then there is no comparison.")
            )  # fmt: skip
        self._found.say(said)
        self.place()

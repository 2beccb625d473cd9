"""What the gallery shows: each component, in each state that it has.

A specimen makes a real component on a stage; its state is brought about as a person would (focus, press) or, for
the pointer, by the attribute that Qt sets. Not here: laying pictures out (``gallery.draw``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from ohmstead.ui.commands import keys_words
from ohmstead.ui.dialogs.confirm import Confirm
from ohmstead.ui.help_sheet import KeyCaps
from ohmstead.ui.presenters.view_models import Figure
from ohmstead.ui.presenters.wording import Wording
from ohmstead.ui.theme.look import Look
from ohmstead.ui.widgets.base import column, holder
from ohmstead.ui.widgets.button import Button, Kind, Segmented
from ohmstead.ui.widgets.choices import ChoiceRow
from ohmstead.ui.widgets.entry import Entry
from ohmstead.ui.widgets.field import Field, SearchField
from ohmstead.ui.widgets.menu import Menu
from ohmstead.ui.widgets.parts import Badge, Banner, EmptyState, FigureBox
from ohmstead.ui.widgets.rows import Row, RowList
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.stepper import Stepper
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.table import Cell, Table, TableColumn
from ohmstead.ui.widgets.text import Icon, ProgressLine, Rule, Text
from ohmstead.ui.widgets.tip import Tip
from ohmstead.ui.widgets.toast import Toast

REST, HOVER, PRESSED, FOCUS, OFF = "rest", "hover", "pressed", "focus", "off"


@dataclass(frozen=True)
class Ground:
    """What a specimen is made on."""

    look: Look
    words: Wording


@dataclass(frozen=True)
class Specimen:
    """One component in one state. ``wide`` fixes its width; ``ring`` expects a focus ring in the picture."""

    group: str
    name: str
    state: str
    make: Callable[[Ground], QWidget] = field(repr=False)
    wide: int = 0
    ring: bool = False


def enter(part: QWidget, state: str) -> None:
    """Bring a part into a state."""
    if state == HOVER:
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    elif state == PRESSED and isinstance(part, QAbstractButton):
        part.setDown(True)
    elif state == FOCUS:
        part.setFocus(Qt.FocusReason.TabFocusReason)
    elif state == OFF:
        part.setEnabled(False)


def specimens() -> Iterator[Specimen]:
    """All of them, group by group."""
    yield from _buttons()
    yield from _choices()
    yield from _fields()
    yield from _words()
    yield from _tables()
    yield from _over()


def _each(
    group: str, name: str, make: Callable[[Ground], QWidget], states: tuple[str, ...], wide: int = 0
) -> Iterator[Specimen]:
    for state in states:
        yield Specimen(group, name, state, make, wide, ring=state == FOCUS)


_ALL = (REST, HOVER, PRESSED, FOCUS, OFF)


def _buttons() -> Iterator[Specimen]:
    kinds: tuple[tuple[Kind, str], ...] = (
        ("primary", "Offer it"), ("plain", "Pause"), ("quiet", "Undo"), ("danger", "Leave"), ("link", "Why"),
    )  # fmt: skip
    for kind, label in kinds:
        yield from _each("buttons", kind, lambda g, k=kind, t=label: Button(g.look, g.words.tr(t), k), _ALL)
    yield from _each(
        "buttons", "with icon", lambda g: Button(g.look, g.words.tr("Save…"), icon="download"), _ALL
    )
    yield from _each("buttons", "small", lambda g: Button(g.look, g.words.tr("Today"), small=True), _ALL)
    yield from _each(
        "buttons", "icon alone", lambda g: Button(g.look, icon="table", name=g.words.tr("As a table")), _ALL
    )


def _sides(ground: Ground) -> Segmented:
    tr = ground.words.tr
    made = Segmented(ground.look, (tr("Sell"), tr("Buy")), tr("Side"), small=True)
    made.choose(1)
    return made


def _segmented(ground: Ground) -> Segmented:
    tr = ground.words.tr
    made = Segmented(ground.look, (tr("Day"), tr("Week"), tr("Month"), tr("Year"), tr("All")), tr("Span"))
    made.choose(1)
    return made


def _select(ground: Ground) -> Select:
    tr = ground.words.tr
    made = Select(ground.look, (tr("Follow the system"), tr("Light"), tr("Dark")), tr("Look"))
    made.choose(0)
    return made


def _stepper(ground: Ground) -> Stepper:
    made = Stepper(ground.look, ground.words, "Price", low=0, high=500, step=10, decimals=1, unit="ct")
    made.show_value(140)
    return made


def _switch(ground: Ground, on: bool) -> Switch:
    made = Switch(ground.look, "Tell me")
    made.show_on(on)
    return made


def _choice(ground: Ground, on: bool) -> ChoiceRow:
    tr = ground.words.tr
    made = ChoiceRow(ground.look, "meter", tr("Meter with the mark 3C9"), tr("Near. Pairing is open."))
    made.setChecked(on)
    return made


def _rows(ground: Ground) -> RowList:
    tr = ground.words.tr
    made = RowList(ground.look, "Rows", "Enter")
    made.setFixedSize(420, 178)
    made.show_rows(
        (Row(tr("Go to"), head=True), Row("Sunday 11 January 2026", "calendar"),
         Row("Saturday 11 January 2025", "calendar"), Row(tr("Do"), head=True),
         Row(tr("Copy its values"), "copy", "Ctrl C"))
    )  # fmt: skip
    return made


def _choices() -> Iterator[Specimen]:
    yield from _each("choices", "segmented", _segmented, (REST, OFF))
    yield from _each("choices", "segmented, small", _sides, (REST,))
    yield from _each("choices", "select", _select, _ALL)
    yield from _each("choices", "switch on", lambda g: _switch(g, True), (REST, HOVER, FOCUS, OFF))
    yield from _each("choices", "switch off", lambda g: _switch(g, False), (REST, HOVER, FOCUS, OFF))
    yield from _each("choices", "stepper", _stepper, (REST, FOCUS, OFF))
    yield from _each("choices", "choice", lambda g: _choice(g, False), (REST, HOVER, FOCUS), 420)
    yield from _each("choices", "choice, chosen", lambda g: _choice(g, True), (REST, FOCUS), 420)
    yield from _each("choices", "rows", _rows, (REST,))


def _field(ground: Ground) -> Field:
    tr = ground.words.tr
    return Field(
        ground.look, tr("Name of this home"), "Orchard Lane 4", hint=tr("Shown in the sidebar"), wide=220
    )


def _wrong(ground: Ground) -> Field:
    tr = ground.words.tr
    made = Field(ground.look, tr("Code, third group"), "V2HU", mono=True, wide=220)
    made.show_error(tr("The letter U is never used"))
    return made


def _unit(ground: Ground) -> Field:
    tr = ground.words.tr
    return Field(
        ground.look,
        tr("Lowest price"),
        "14.0",
        unit="ct",
        hint=tr("Feed-in is 7.9 ct, retail 31.4 ct"),
        wide=220,
    )


def _search(ground: Ground, text: str) -> SearchField:
    made = SearchField(ground.look, ground.words.tr("Search"), ground.words.tr("Clear"))
    made.edit.setText(text)
    return made


def _fields() -> Iterator[Specimen]:
    yield from _each("fields", "field", _field, (REST, FOCUS, OFF))
    yield from _each("fields", "wrong", _wrong, (REST, FOCUS))
    yield from _each("fields", "with unit", _unit, (REST, FOCUS))
    yield from _each(
        "fields",
        "empty",
        lambda g: Field(g.look, "Witness", placeholder="https://…", wide=220),
        (REST, FOCUS),
    )
    yield from _each("fields", "search", lambda g: _search(g, ""), (REST, FOCUS), 220)
    yield from _each("fields", "search, filled", lambda g: _search(g, "solar"), (REST,), 220)
    yield from _each("fields", "line alone", lambda g: Entry(g.look, "Line", wide=220), (REST, FOCUS, OFF))


def _banner(ground: Ground, tone: str) -> Banner:
    tr = ground.words.tr
    texts = {
        "neutral": (tr("Single operator"),
                    tr("This ledger runs on one machine. It proves order and completeness, not independence.")),
        "notice": (tr("No reading since 12:40"),
                   tr("The meter is out of reach. Figures are as of 12:30 and will catch up by themselves.")),
        "alarm": (tr("Page 16 092 was changed after it was signed"),
                  tr("It is not used. What was verified before stays.")),
        "ok": (tr("Every reading is here again"), ""),
    }  # fmt: skip
    actions = [Button(ground.look, tr("Look for it"), "quiet")]
    if tone == "alarm":
        actions = [
            Button(ground.look, tr("Why"), "quiet"),
            Button(ground.look, tr("Save evidence…"), "quiet"),
        ]
    return Banner(ground.look, tone, *texts[tone], *(actions if tone != "ok" else ()))


def _figure(ground: Ground) -> FigureBox:
    tr = ground.words.tr
    made = FigureBox(ground.look)
    made.show_figure(
        Figure(tr("Sun used at home"), "11.78", "kWh", tr("14.9 less than usual"), "sun", "arrow-down-right")
    )
    return made


def _empty(ground: Ground) -> EmptyState:
    tr = ground.words.tr
    made = EmptyState(
        ground.look, "usage", tr("Your first page arrives within the hour"),
        tr("The meter closes a page every full hour, signs it and sends it here. Your history follows."),
        Button(ground.look, tr("How is this checked?"), "primary"),
    )  # fmt: skip
    made.setFixedSize(620, 300)
    return made


def _toast(ground: Ground, action: bool) -> QWidget:
    under = QWidget()
    under.setFixedSize(420, 90)
    toast = Toast(ground.look, under)
    tr = ground.words.tr
    if action:
        toast.offer(tr("Home renamed"), tr("Undo"), lambda: None)
    else:
        toast.say(tr("Saved as day.csv"))
    return under


def _types(ground: Ground) -> QWidget:
    tr = ground.words.tr
    texts = {
        "hero": "0.38", "display": tr("See what your home uses"), "lead": tr("3.1 kWh to spare"),
        "title": tr("Sunday 11 January"), "figure": "11.78", "heading": tr("Your orders"),
        "strong": tr("Meter connected"), "label": tr("Lowest price"), "body": tr("Most of it before 15:00."),
        "small": tr("5 quarter hours without reading"), "micro": tr("kWh per quarter hour"),
        "mono": "7f3a 91c4 … e02d", "code": "000G 40R4 0M30",
    }  # fmt: skip
    return holder(column(*(Text(ground.look, text, style) for style, text in texts.items()), gap=6))


def _badges() -> Iterator[Specimen]:
    for tone, words in (
        ("ok", "Checked on this computer"), ("notice", "0.35 € too much"), ("alarm", "Signed both"),
        ("neutral", "Single operator"), ("me", "You"),
    ):  # fmt: skip
        yield Specimen(
            "words", f"badge {tone}", REST, lambda g, t=tone, w=words: Badge(g.look, g.words.tr(w), t)
        )


def _words() -> Iterator[Specimen]:
    yield Specimen("words", "type", REST, _types)
    yield from _badges()
    for tone in ("neutral", "notice", "alarm", "ok"):
        yield Specimen("words", f"banner {tone}", REST, lambda g, t=tone: _banner(g, t), 560)
    yield Specimen("words", "figure", REST, _figure)
    yield Specimen("words", "empty", REST, _empty)
    yield Specimen("words", "toast", REST, lambda g: _toast(g, False))
    yield Specimen("words", "toast, undo", REST, lambda g: _toast(g, True))
    yield Specimen("words", "rule", REST, lambda g: Rule(g.look), 200)
    yield Specimen("words", "progress", REST, _progress, 200)
    yield Specimen("words", "icon", REST, lambda g: Icon(g.look, "meter", 20))


def _progress(ground: Ground) -> ProgressLine:
    made = ProgressLine(ground.look)
    made.set_share(0.35)
    return made


def _table(ground: Ground, chooses: bool) -> Table:
    tr = ground.words.tr
    made = Table(
        ground.look, "Orders",
        (TableColumn(tr("Today"), stretch=1), TableColumn(tr("Energy"), "right"), TableColumn(tr("State"))),
        chooses=chooses, whole=True,
    )  # fmt: skip
    made.setFixedWidth(460)
    made.show_rows(
        [
            (Cell("14:30 – 15:45"), Cell("0.31 kWh"), Cell(tr("Sealed"), "lock")),
            (Cell("11:45 – 13:45"), Cell("1.27 kWh"), Cell(tr("Paid"), "check", "ok")),
            (Cell("11:15 – 11:45"), Cell("0.24 kWh"), Cell(tr("Not taken"), "minus", "text_2")),
        ]
    )
    return made


def _tables() -> Iterator[Specimen]:
    yield Specimen("tables", "table", REST, lambda g: _table(g, False))
    yield Specimen("tables", "table to choose from", FOCUS, lambda g: _table(g, True))


def _menu(ground: Ground) -> Menu:
    tr = ground.words.tr
    menu = Menu(ground.look)
    menu.add(tr("Open the receipt"), lambda: None, icon="document", keys=keys_words("Return"))
    menu.add(tr("Copy values"), lambda: None, icon="copy", keys=keys_words("Ctrl+C"))
    menu.add(tr("Save picture…"), lambda: None, icon="download", keys=keys_words("Ctrl+S")).setEnabled(False)
    menu.addSeparator()
    menu.add(tr("Orchard Lane 4"), lambda: None, chosen=True)
    menu.add(tr("Erase…"), lambda: None, danger=True)
    menu.setActiveAction(menu.actions()[1])
    return menu


def _tip(ground: Ground) -> Tip:
    under = QWidget()
    tip = Tip(ground.look, under)
    tip.say(under, ground.words.tr("A backup is being written. It takes a few seconds."), QPoint(0, 0))
    return tip


def _sheet(ground: Ground) -> QWidget:
    tr = ground.words.tr
    under = QWidget()
    under.setFixedSize(620, 400)
    sheet = Confirm(
        ground.look, ground.words, under, tr("Erase Orchard Lane 4 from this computer?"),
        tr("Its keys only come back from a backup or a recovery sheet."), tr("Erase"), danger=True,
        retype=tr("erase"),
    )  # fmt: skip
    sheet.open()
    return under


def _over() -> Iterator[Specimen]:
    yield Specimen("over", "menu", REST, _menu)
    yield Specimen("over", "tooltip", REST, _tip)
    yield Specimen("over", "question", "open", _sheet)
    yield Specimen("over", "keys", REST, lambda g: KeyCaps(g.look, ("Ctrl+Shift+K", "F1"), g.words.tr("or")))

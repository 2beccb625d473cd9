"""The sections of Settings that are plain values: look, language and region, prices, the home's name, notices.

Each hands a change to the controller at once. Not here: data, keys, leaving (``settings_safety``).
"""

from __future__ import annotations

from dataclasses import replace

from ohmstead.settings.schema import MAX_NAME, THEMES, Notices
from ohmstead.ui.pages.settings_parts import Desk, Section, SettingRow
from ohmstead.ui.presenters.money import CURRENCIES, currency_of, price_number, read_price
from ohmstead.ui.presenters.settings import SettingsView
from ohmstead.ui.presenters.settings_words import sample
from ohmstead.ui.regional import RegionalWording, region_name, regions
from ohmstead.ui.widgets.base import holder, row
from ohmstead.ui.widgets.button import Segmented
from ohmstead.ui.widgets.entry import Entry
from ohmstead.ui.widgets.select import Select
from ohmstead.ui.widgets.switch import Switch
from ohmstead.ui.widgets.text import Text

ENTRY_WIDE = 190


class LookSection:
    """Light, dark, or as the system."""

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        self._desk = desk
        name = tr("Appearance")
        self._choice = Segmented(desk.look, (tr("As the system"), tr("Light"), tr("Dark")), name)
        self._choice.chosen.connect(self._take)
        rows = [SettingRow(desk.look, tr("Light or dark"), tr("Changes at once, charts too."), self._choice)]
        self.widget = Section(desk.look, "look", name, rows, first=True)

    def show_view(self, view: SettingsView) -> None:
        """Show the choice."""
        self._choice.choose(THEMES.index(view.settings.theme))

    def _take(self, index: int) -> None:
        self._desk.controller.set_theme(THEMES[index])


class RegionSection:
    """The language of the words; the region of numbers and dates, with a sample."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._languages: tuple[str, ...] = ()
        self._only = Text(look, "", "label", "text_2")
        self._language = Select(look, (), tr("Language"))
        self._regions = ("", *(name for name, _ in regions()))
        system = tr("As the system ({region})", region=region_name(""))
        self._region = Select(look, (system, *(words for _, words in regions())), tr("Region"))
        both = holder(row(self._only, self._language, gap=0))
        self._language.chosen.connect(self._take_language)
        self._region.chosen.connect(self._take_region)
        self._row = SettingRow(look, tr("Numbers and dates of"), "", self._region)
        self.widget = Section(
            look,
            "region",
            tr("Language and region"),
            [SettingRow(look, tr("Language"), tr("The words of this window."), both), self._row],
        )

    def show_view(self, view: SettingsView) -> None:
        """Show the choices and the sample."""
        self._view = view
        codes = ("", *(code for code, _ in view.languages))
        if codes != self._languages:
            self._languages = codes
            self._language.offer(
                (self._desk.words.tr("As the system"), *(name for _, name in view.languages))
            )
        several = len(view.languages) > 1
        self._language.setVisible(several)
        self._only.setVisible(not several)
        self._only.say(view.languages[0][1] if view.languages else "")
        settings = view.settings
        self._language.choose(codes.index(settings.language) if settings.language in codes else 0)
        known = settings.region in self._regions
        self._region.choose(self._regions.index(settings.region) if known else 0)
        self._show_sample()

    def _show_sample(self) -> None:
        settings = self._view.settings
        words = RegionalWording(settings.language or "en", settings.region)
        day = self._desk.today()
        monday = day - (day + 3) % 7  # 1970-01-01 was a Thursday
        weekdays = tuple(words.day(monday + i, weekday=True).split(" ")[0] for i in range(7))
        self._row.show_words(sample(day, currency_of(settings.currency), words, weekdays))

    def _take_language(self, index: int) -> None:
        self._desk.controller.set_language(self._languages[index])

    def _take_region(self, index: int) -> None:
        region = self._regions[index]
        self._view = replace(self._view, settings=replace(self._view.settings, region=region))
        self._show_sample()
        self._desk.controller.set_region(region)


class PriceSection:
    """The currency, what a kWh costs and what feed-in pays."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._currency = Select(
            look,
            tuple(f"{c.code}  {c.sign}" if c.sign != c.code else c.code for c in CURRENCIES),
            tr("Currency"),
        )
        self._currency.chosen.connect(self._take_currency)
        self._price = Entry(look, tr("What you pay"), wide=ENTRY_WIDE)
        self._feed_in = Entry(look, tr("What feed-in pays"), wide=ENTRY_WIDE)
        self._rows = tuple(
            SettingRow(look, label, why, entry)
            for label, why, entry in (
                (tr("What you pay"), tr("The energy price with all taxes, for today's cost on Home."),
                 self._price),
                (tr("What feed-in pays"), tr("For what you sell. Leave it empty if you sell nothing."),
                 self._feed_in),
            )
        )  # fmt: skip
        for entry in (self._price, self._feed_in):
            entry.edit.committed.connect(self._take)
            entry.edit.textEdited.connect(self._forgive)
        self.widget = Section(
            look, "prices", tr("Prices"), [SettingRow(look, tr("Currency"), "", self._currency), *self._rows]
        )

    def show_view(self, view: SettingsView) -> None:
        """Show the prices, but for one that is being typed."""
        self._view = view
        settings = view.settings
        currency = currency_of(settings.currency)
        codes = [c.code for c in CURRENCIES]
        self._currency.choose(codes.index(settings.currency) if settings.currency in codes else -1)
        unit = self._desk.words.tr("{unit} per kWh", unit=currency.small)
        for entry, micro in (
            (self._price, settings.price_micro_per_kwh),
            (self._feed_in, settings.feed_in_micro_per_kwh),
        ):
            entry.show_unit(unit)
            if not entry.edit.hasFocus():
                entry.edit.show_text("" if micro is None else price_number(micro, currency, self._desk.words))
                self._show_problem(entry, "")

    def _take_currency(self, index: int) -> None:
        self._desk.controller.set_currency(CURRENCIES[index].code)

    def _take(self) -> None:
        currency = currency_of(self._view.settings.currency)
        found = []
        for entry in (self._price, self._feed_in):
            read = read_price(entry.edit.text(), currency, self._desk.words)
            self._show_problem(entry, read.problem)
            found.append(read)
        if not any(read.problem for read in found):
            self._desk.controller.set_prices(found[0].micro, found[1].micro)

    def _forgive(self) -> None:
        for entry in (self._price, self._feed_in):
            if entry.edit.hasFocus():
                self._show_problem(entry, "")

    def _show_problem(self, entry: Entry, problem: str) -> None:
        self._rows[0 if entry is self._price else 1].show_error(problem)
        entry.mark_wrong(bool(problem))


class HomeSection:
    """The home's name, and which meter it belongs to."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        self._name = Entry(look, tr("Name"), wide=250)
        self._name.edit.setMaxLength(MAX_NAME)
        self._name.edit.committed.connect(self._take)
        self._mark = Text(look, "", "mono", "text_2")
        self.widget = Section(
            look,
            "home",
            tr("This home"),
            [
                SettingRow(
                    look, tr("Name"), tr("Shown in the sidebar and on the recovery sheet."), self._name
                ),
                SettingRow(look, tr("Meter"), tr("The mark on its label."), self._mark),
            ],
        )

    def show_view(self, view: SettingsView) -> None:
        """Show the name, unless it is being typed."""
        self._view = view
        if not self._name.edit.hasFocus():
            self._name.edit.show_text(view.home_name)
        self._mark.say(view.mark)
        self._name.setEnabled(bool(view.home_key))

    def _take(self, name: str) -> None:
        before = self._view.home_name
        clean = " ".join(name.split())
        self._desk.controller.rename_home(clean)
        if clean != before:
            tr = self._desk.words.tr
            said = tr("Renamed to {name}", name=clean) if clean else tr("The name is gone")
            self._desk.offer_back(said, lambda: self._desk.controller.rename_home(before))


class NoticeSection:
    """What is told while the window is hidden, and whether Ohmstead runs then."""

    def __init__(self, desk: Desk) -> None:
        tr, look = desk.words.tr, desk.look
        self._desk = desk
        self._view = SettingsView()
        texts = (
            ("not_in_order", tr("Something is not in order"),
             tr("A page that was changed, two histories, a meter that came back with another key, a price in the "
                "market that does not follow from its orders, a comparison that does not check out.")),
            ("meter_silent", tr("The meter is silent"), tr("Nothing was heard of it for six hours.")),
            ("history_complete", tr("All of the history is here"), tr("Once, after pairing.")),
            ("market", tr("What the market came to"), tr("One sum for the day before, in the morning.")),
        )  # fmt: skip
        self._notices = {name: Switch(look, label) for name, label, _ in texts}
        self._keep = Switch(look, tr("Keep running when the window is closed"))
        self._login = Switch(look, tr("Start with this computer"))
        for switch in self._notices.values():
            switch.clicked.connect(self._take)
        self._keep.clicked.connect(self._take_keep)
        self._login.clicked.connect(self._take_login)
        rows = [SettingRow(look, label, why, self._notices[name]) for name, label, why in texts]
        self._keep_row = SettingRow(look, tr("Keep running when the window is closed"), "", self._keep)
        self._login_row = SettingRow(look, tr("Start with this computer"), "", self._login)
        self.widget = Section(look, "notices", tr("Notices"), [*rows, self._keep_row, self._login_row])

    def show_view(self, view: SettingsView) -> None:
        """Show the switches; what this system lacks is off, and says so."""
        self._view = view
        tr = self._desk.words.tr
        for name, switch in self._notices.items():
            switch.show_on(getattr(view.settings.notices, name))
        self._keep.show_on(view.settings.keep_running and view.tray)
        self._keep.setEnabled(view.tray)
        self._keep_row.show_words(
            tr("Readings go on coming in. Ohmstead stays in the system tray.")
            if view.tray
            else tr("This desktop has no system tray to stay in.")
        )
        self._login.show_on(view.start_at_login and view.login)
        self._login.setEnabled(view.login)
        self._login_row.show_words(
            tr("Ohmstead starts in the background when you log in.")
            if view.login
            else tr("This installation cannot be started by the system.")
        )

    def _take(self) -> None:
        on = {name: switch.isChecked() for name, switch in self._notices.items()}
        self._desk.controller.set_notices(Notices(**on))

    def _take_keep(self) -> None:
        self._desk.controller.set_keep_running(self._keep.isChecked())

    def _take_login(self) -> None:
        self._desk.controller.set_start_at_login(self._login.isChecked())

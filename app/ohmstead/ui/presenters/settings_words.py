"""The sentences of the Settings page that depend on something. Qt-free."""

from __future__ import annotations

from ohmstead.system.vault import MIN_PASSPHRASE
from ohmstead.ui.presenters.money import Currency, price_words
from ohmstead.ui.presenters.settings import SettingsOutcome, SettingsView, Task
from ohmstead.ui.presenters.wording import Wording


def sample(day: int, currency: Currency, words: Wording, weekdays: tuple[str, ...]) -> str:
    """Numbers and dates as they will look: *1 234.56 kWh, 31.4 ct, Sunday 11 January 2026. …*"""
    return words.tr(
        "{number} kWh, {price}, {day}. Weeks begin on {weekday}.",
        number=words.number(1234.56, 2),
        price=price_words(314_000 if currency.per_major > 1 else 3_140_000, currency, words),
        day=words.day(day, weekday=True, year=True),
        weekday=weekdays[words.first_weekday - 1],
    )


def backup_words(view: SettingsView, today: int, words: Wording) -> str:
    """When the last backup was made here."""
    if view.busy is Task.BACKUP:
        return words.tr("The copy is written and checked…")
    what = words.tr(
        "A checked copy of this home's history, with its keys sealed by the recovery sheet's words."
    )
    if view.backed_up_s is None:
        return f"{what} {words.tr('None was made on this computer yet.')}"
    day = view.backed_up_s // 86_400
    ago = today - day
    if ago <= 0:
        return f"{what} {words.tr('Last made today.')}"
    if ago == 1:
        return f"{what} {words.tr('Last made yesterday.')}"
    when = words.day(day, year=ago > 300)
    return f"{what} {words.tr('Last made on {day}.', day=when)}"


def lock_words(view: SettingsView, words: Wording) -> str:
    """Where the keys lie."""
    if view.demonstration:
        return words.tr("The demonstration's keys lie beside their file: nothing in it is secret.")
    if view.locked:
        return words.tr("The keys are sealed by your passphrase, which is asked for at every start.")
    return words.tr(
        "The keys lie in this system's keyring. A passphrase seals them instead, and is asked for at every start."
    )


def witness_words(view: SettingsView, words: Wording) -> str:
    """What the witness is for, or what it said."""
    if view.busy is Task.WITNESS:
        return words.tr("Asking it…")
    if view.settings.witness and view.witness_words:
        return view.witness_words
    return words.tr(
        "A ledger node that you trust, run by somebody else. It is asked whether it knows the same history as "
        "your meter. Leave it empty to ask nobody."
    )


def busy_reason(view: SettingsView, words: Wording) -> str:
    """Why a button waits, empty where none does."""
    if view.busy is None:
        return ""
    names = {
        Task.BACKUP: words.tr("A backup is being written."),
        Task.RESTORE: words.tr("A backup is being checked."),
        Task.SHEET: words.tr("The recovery sheet is being made."),
        Task.LOCK: words.tr("The keys are being sealed."),
        Task.UNLOCK: words.tr("The keys are moving to the keyring."),
        Task.UNPAIR: words.tr("The meter is being told."),
        Task.ERASE: words.tr("This home is being erased."),
    }
    return names.get(view.busy, "")


def outcome_words(outcome: SettingsOutcome, words: Wording) -> str:
    """The toast for what was done; empty where the page itself shows it."""
    done = {
        Task.BACKUP: words.tr("Backed up to {name}", name=outcome.name),
        Task.RESTORE: words.tr(
            "{name} is back, whole and checked", name=outcome.name or words.tr("The home")
        ),
        Task.LOCK: words.tr("The keys are sealed by your passphrase"),
        Task.UNLOCK: words.tr("The keys are in the keyring"),
        Task.UNPAIR: words.tr("The meter has forgotten this computer"),
        Task.ERASE: words.tr("{name} is erased", name=outcome.name or words.tr("The home")),
    }
    return done.get(outcome.task, "")


def trouble_head(task: Task, words: Wording) -> str:
    """What did not happen."""
    heads = {
        Task.BACKUP: words.tr("The backup was not written"),
        Task.RESTORE: words.tr("Nothing was restored"),
        Task.SHEET: words.tr("The recovery sheet could not be made"),
        Task.LOCK: words.tr("The keys were not sealed"),
        Task.UNLOCK: words.tr("The keys stay where they are"),
        Task.UNPAIR: words.tr("The meter was not told"),
        Task.ERASE: words.tr("The home was not erased"),
        Task.WITNESS: words.tr("This address is not used"),
        Task.LOGIN: words.tr("The start with the session was not changed"),
        Task.SAVE: words.tr("The settings were not written"),
    }
    return heads[task]


def passphrase_words(passphrase: str, again: str, words: Wording) -> tuple[str, str]:
    """(what is wrong with the first, what is wrong with the second) of a new passphrase typed twice."""
    first = second = ""
    if len(passphrase) < MIN_PASSPHRASE:
        first = words.count(
            MIN_PASSPHRASE, "At least {n} character. Three or four unrelated words are good.",
            "At least {n} characters. Three or four unrelated words are good.",
        )  # fmt: skip
    elif len(set(passphrase)) < 5:
        first = words.tr("Too few different characters.")
    if again != passphrase:
        second = words.tr("The two differ.")
    return first, second

"""Sentences of Settings that depend on something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ohmstead.settings.schema import Settings
from ohmstead.ui.presenters.periods import as_day
from ohmstead.ui.presenters.settings import EXCLUSIVE, SettingsOutcome, SettingsView, Task
from ohmstead.ui.presenters.settings_words import (
    backup_words,
    busy_reason,
    lock_words,
    outcome_words,
    passphrase_words,
    trouble_head,
    witness_words,
)
from tests.ui.plain_words import PlainWords

TODAY = as_day(date(2026, 1, 28))
WORDS = PlainWords()


@pytest.mark.parametrize(
    ("back", "says"),
    [
        (None, "None was made"),
        (0, "today"),
        (1, "yesterday"),
        (30, "on 29 December."),
        (400, "24 December 2024"),
    ],
)
def test_how_old_the_backup_is(back: int | None, says: str) -> None:
    at = None if back is None else (TODAY - back) * 86_400 + 50
    assert says in backup_words(SettingsView(backed_up_s=at), TODAY, WORDS)


def test_work_under_way_is_said_where_it_is_waited_for() -> None:
    for task in EXCLUSIVE:
        assert busy_reason(SettingsView(busy=task), WORDS).endswith(".")
    assert busy_reason(SettingsView(), WORDS) == ""
    assert "written" in backup_words(SettingsView(busy=Task.BACKUP), TODAY, WORDS)
    assert witness_words(SettingsView(busy=Task.WITNESS), WORDS) == "Asking it…"


def test_where_the_keys_lie() -> None:
    texts = {
        lock_words(SettingsView(), WORDS),
        lock_words(SettingsView(locked=True), WORDS),
        lock_words(SettingsView(demonstration=True), WORDS),
    }
    assert len(texts) == 3


def test_the_witness_s_word_replaces_what_it_is_for() -> None:
    asked = SettingsView(Settings(witness="https://node.example"), witness_words="Same history, 14:05.")
    assert witness_words(asked, WORDS) == "Same history, 14:05."
    assert "Leave it empty" in witness_words(replace(asked, settings=Settings()), WORDS)


def test_every_task_has_its_words_for_failing() -> None:
    assert all(trouble_head(task, WORDS) for task in Task)
    assert outcome_words(SettingsOutcome(Task.BACKUP, "", "x.ohmstead"), WORDS) == "Backed up to x.ohmstead"
    assert outcome_words(SettingsOutcome(Task.SHEET), WORDS) == ""


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [("short", "short", True, False), ("aaaaaaaaaaaa", "aaaaaaaaaaaa", True, False),
     ("correct horse", "correct house", False, True), ("correct horse", "correct horse", False, False)],
)  # fmt: skip
def test_a_new_passphrase(one: str, two: str, first: bool, second: bool) -> None:
    told = passphrase_words(one, two, WORDS)
    assert (bool(told[0]), bool(told[1])) == (first, second)

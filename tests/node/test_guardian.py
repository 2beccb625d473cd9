"""Guardians as they run: keys, shares, openings; killed, restored, absent, and never a second root."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_parameters import ERASE_S, SHARE_S
from ohmstead.contract.neighbour_state import guardian_keys, round_end_s
from ohmstead.errors import UserError
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.neighbours.tally import VoidReason
from ohmstead.node.guardian import Guardian, NotAGuardian
from ohmstead.node.guardian_vault import Journal, JournalConflict, Vault
from tests.helpers.ledger import zone_table
from tests.helpers.neighbours import FIRST_DAY, HOUSES, Street, end_of

EPOCH = epoch_of(FIRST_DAY)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    made = Street(tmp_path)
    yield made
    made.shut()


def days(street: Street, seed: int = 1) -> dict[bytes, int]:
    rng = random.Random(seed)
    return {key.kid: rng.randrange(40_000) for key in street.homes}


async def stated(street: Street, day: int = FIRST_DAY) -> dict[bytes, int]:
    """A day that is stated and closed, its guardians not asked yet."""
    await street.look()
    wh = days(street)
    street.state_day(day, wh)
    street.close(day)
    return wh


async def test_a_day_is_opened_by_all_and_by_none_but_all(street: Street) -> None:
    wh = await stated(street)
    await street.look(0, 1, 2)
    await street.look(0, 1, 2)
    assert street.records() == []
    await street.look(3)
    await street.look(0)
    (record,) = street.records()
    assert record.check(street.hash, street_keys(street), 4, HOUSES.s) == plain_day(wh.values(), HOUSES.s)
    assert [len(v.journal) for v in street.vaults] == [1, 1, 1, 1]
    await street.look()
    assert len(street.records()) == 1


async def test_somebody_else_opens_if_the_first_does_not(street: Street) -> None:
    await stated(street)
    await street.look()
    for _ in range(6):
        await street.look(1)
    assert len(street.records()) == 1


async def test_an_absent_guardian_makes_it_late_and_after_two_weeks_void(street: Street) -> None:
    await stated(street)
    await street.look(0, 1, 3)
    street.ledger.until(end_of(FIRST_DAY) + 48 * 3600 + SHARE_S - 120)
    street.ledger.step()
    assert all(r.day != FIRST_DAY for r in street.records())
    street.ledger.until(end_of(FIRST_DAY) + 48 * 3600 + SHARE_S + 120)
    street.ledger.step()
    record = next(r for r in street.records() if r.day == FIRST_DAY)
    assert record.void is not None
    assert (record.day, record.void.reason, record.void.guardian) == (
        FIRST_DAY, VoidReason.GUARDIAN_ABSENT, 2,
    )  # fmt: skip
    record.check(street.hash, street_keys(street), 4, HOUSES.s)


async def test_a_guardian_that_comes_back_late_shares_and_the_result_is_right(street: Street) -> None:
    wh = await stated(street)
    await street.look(0, 1, 2)
    street.close(FIRST_DAY + 5)
    await street.look(3)
    await street.look(0)
    record = next(r for r in street.records() if r.day == FIRST_DAY)
    assert record.check(street.hash, street_keys(street), 4, HOUSES.s) == plain_day(wh.values(), HOUSES.s)


async def test_the_root_is_on_the_disk_before_the_share_leaves(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stated(street)
    vault = street.vaults[0]

    async def broken(_tx: bytes) -> object:
        assert len(Journal(vault.folder / "journal")) == 1
        raise ConnectionAbortedError

    monkeypatch.setattr(street.client, "broadcast", broken)
    with pytest.raises(ConnectionAbortedError):
        await street.guardians[0].look()


async def test_another_root_is_refused_for_ever(street: Street) -> None:
    await stated(street)
    street.vaults[2].journal.note((HOUSES.id, EPOCH, FIRST_DAY), bytes(32))
    with pytest.raises(JournalConflict, match="nothing is shared"):
        await street.guardians[2].look()
    again = Guardian(street.client, street.ledger.genesis, street.vaults[2])
    with pytest.raises(JournalConflict):
        await again.look()


async def test_a_restored_backup_learns_from_the_chain_what_it_shared(street: Street, tmp_path: Path) -> None:
    await stated(street)
    await street.look()
    await street.look(0)  # opened: now in the cohort's log
    street.state_day(FIRST_DAY + 1, days(street, 2))
    street.close(FIRST_DAY + 1)
    await street.look(1)  # shared and waiting
    old = tmp_path / "restored"
    old.mkdir()
    for path in street.vaults[1].folder.iterdir():
        if path.name != "journal":
            (old / path.name).write_bytes(path.read_bytes())
    vault = Vault(old)
    assert len(vault.journal) == 0
    restored = Guardian(street.client, street.ledger.genesis, vault)
    await restored.look()
    for day in (FIRST_DAY, FIRST_DAY + 1):
        name = (HOUSES.id, EPOCH, day)
        assert vault.journal.root_of(name) == street.vaults[1].journal.root_of(name) is not None
    vault.close()


async def test_without_the_months_secret_nothing_is_shared_and_no_second_key_is_made(
    street: Street, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await stated(street)
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "signing-key").write_bytes((street.vaults[0].folder / "signing-key").read_bytes())
    vault = Vault(bare)
    guardian = Guardian(street.client, street.ledger.genesis, vault)
    look = await guardian.look()
    assert (look.waiting, look.shared) == (1, 0)
    assert EPOCH not in vault.epochs()
    assert "is not in this folder" in caplog.text
    vault.close()


async def test_a_key_is_erased_sixteen_days_after_its_month(street: Street) -> None:
    await street.look()
    assert EPOCH in street.vaults[0].epochs()
    month = round_end_s(zone_table(), None, EPOCH)
    street.ledger.until(month + ERASE_S - 600)
    street.ledger.step()
    await street.look(0)
    assert EPOCH in street.vaults[0].epochs()
    street.ledger.until(month + ERASE_S + 600)
    street.ledger.step()
    await street.look(0)
    street.ledger.step()
    assert EPOCH not in street.vaults[0].epochs()
    erased = [k for k, _ in street.ledger.engine.app.state.items("nbrkey") if k[:1] == b"e"]
    assert len(erased) == 1


def test_a_cut_journal_forgets_only_what_never_left(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note(("houses", 5, 160), b"a" * 32)
    first = (tmp_path / "journal").stat().st_size
    journal.note(("houses", 5, None), b"b" * 32)
    journal.close()
    whole = (tmp_path / "journal").read_bytes()
    for cut in range(len(whole)):
        (tmp_path / "journal").write_bytes(whole[:cut])
        again = Journal(tmp_path / "journal")
        assert len(again) == (cut >= first)
        again.note(("houses", 5, 161), b"c" * 32)
        again.close()
        once_more = Journal(tmp_path / "journal")
        assert once_more.root_of(("houses", 5, 161)) == b"c" * 32
        once_more.close()


def test_a_damaged_journal_stops_the_guardian(tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(b"\x00\x03abc")
    with pytest.raises(UserError, match="damaged"):
        Journal(tmp_path / "journal")


def test_a_stranger_is_no_guardian(street: Street, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "stranger")
    with pytest.raises(NotAGuardian):
        Guardian(street.client, street.ledger.genesis, vault)
    vault.close()


def street_keys(street: Street) -> dict[int, GuardianKey]:
    return guardian_keys(street.state, EPOCH)

"""From a label to a confirmed owner, over the virtual air: what is kept, what is refused, what is resumed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.link.binding import Role
from ohmstead.link.errors import (
    ForeignKey,
    NotFound,
    PairingClosed,
    Refused,
    WordsRejected,
    WrongCode,
    WrongGenesis,
)
from ohmstead.link.label import LabelError
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Stage, Trust
from ohmstead.meter.peers import Link
from ohmstead.services.pairing import PairingService, PairStep, RoleNotGranted, Wanted, confirm_by_label
from tests.helpers.air import Air, with_air
from tests.link.rig import Killed


def test_by_label(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        steps: list[PairStep] = []
        found = await here.pairing.pair(Wanted.of_qr(here.label.qr_text), on_step=steps.append)
        assert steps == [s for s in PairStep if s is not PairStep.WORDS]
        assert (found.stage, found.trust, found.role) == (Stage.CONFIRMED, Trust.LABEL, Role.OWNER)
        assert found.genesis_hash == here.ledger.genesis.genesis_hash
        assert found.certificate == here.meter.certificate
        assert here.homes.pairings() == (found,)
        assert here.homes.current() == here.homes.current(here.meter.id) == found
        (peer,) = here.peripheral.peers.peers
        assert (peer.link, peer.granted) == (Link.CONFIRMED, Role.OWNER)
        assert peer.device_key == here.homes.device_key().public

    with_air(tmp_path, test)


def test_by_code_with_six_words(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        shown: list[tuple[str, ...]] = []

        async def confirm(words: tuple[str, ...]) -> bool:
            shown.append(words)
            return True

        wanted = Wanted.of_code(here.label.code, here.label.discriminator)
        nearby = await here.central.find(here.label.discriminator, pairing_open=True)
        steps: list[PairStep] = []
        found = await here.pairing.pair(wanted, nearby=nearby, confirm_words=confirm, on_step=steps.append)
        assert shown == [here.label.words]
        assert steps == list(PairStep)
        assert (found.stage, found.trust) == (Stage.CONFIRMED, Trust.TYPED)

    with_air(tmp_path, test)


def test_words_that_are_not_the_labels_keep_nothing(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()

        async def deny(_words: tuple[str, ...]) -> bool:
            return False

        wanted = Wanted.of_code(here.label.code, here.label.discriminator)
        with pytest.raises(WordsRejected):
            await here.pairing.pair(wanted, confirm_words=deny)
        assert here.homes.pairings() == ()
        assert here.peripheral.peers.peers == ()
        with pytest.raises(WordsRejected):
            await here.pairing.pair(wanted)

    with_air(tmp_path, test)


def test_a_wrong_code_keeps_nothing_and_the_right_one_still_works(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        label = here.label
        wrong = Wanted(bytes(10), label.discriminator, label)
        with pytest.raises(WrongCode):
            await here.pairing.pair(wrong)
        assert here.homes.pairings() == ()
        here.peripheral.open_pairing()
        assert (await here.pairing.pair(Wanted.of_qr(label.qr_text))).stage is Stage.CONFIRMED

    with_air(tmp_path, test)


def test_a_closed_window_and_an_absent_meter_are_told_apart(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        with pytest.raises(PairingClosed):
            await here.pairing.pair(Wanted.of_qr(here.label.qr_text))
        with pytest.raises(NotFound):
            await here.pairing.pair(Wanted.of_code(here.label.code, 0x123))
        assert here.homes.pairings() == ()

    with_air(tmp_path, test)


def test_texts_that_are_no_label() -> None:
    for text in ("", "OHM1:", "OHM1:" + "0" * 128, "https://example.org"):
        with pytest.raises(LabelError):
            Wanted.of_qr(text)
    for code in ("", "1234", "zzzz-zzzz-zzzz-zzzz-z"):
        with pytest.raises(LabelError):
            Wanted.of_code(code, 1)


@pytest.mark.parametrize("write", [1, 2, 3, 4])
def test_killed_at_any_of_its_own_writes_and_paired_after_all(tmp_path: Path, write: int) -> None:
    """Device key, unconfirmed, committed, confirmed: whatever was kept, pairing again ends well."""

    async def test(here: Air) -> None:
        count = 0

        def die() -> None:
            nonlocal count
            count += 1
            if count == write:
                raise Killed

        here.secrets.fail = die
        here.peripheral.open_pairing()
        wanted = Wanted.of_qr(here.label.qr_text)
        with pytest.raises(Killed):
            await here.pairing.pair(wanted)
        here.secrets.fail = lambda: None
        here.peripheral.open_pairing()
        found = await here.pairing.pair(wanted)
        assert found.stage is Stage.CONFIRMED
        assert here.homes.current() == found
        async with await here.central.come_back(found, here.homes) as link:
            assert await link.channel.call(Method.ROLE) == [1, int(Role.OWNER), 2, True]
        assert [p.stage for p in here.homes.pairings()] == [Stage.CONFIRMED]

    with_air(tmp_path, test)


def test_a_second_device_waits_for_the_owner(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        wanted = Wanted.of_qr(here.label.qr_text)
        here.peripheral.open_pairing()
        owner = await here.pairing.pair(wanted)
        async with here.another_computer() as (central, homes):
            here.peripheral.open_pairing()
            with pytest.raises(RoleNotGranted):
                await PairingService(central, homes).pair(wanted, role=Role.VIEWER)
            assert homes.current() is None
            assert homes.paired() == ()
            second = homes.half_made(here.label.discriminator)
            assert second is not None
            assert (second.stage, second.role) == (Stage.CONFIRMED, Role.NONE)
            name = next(p.kid for p in here.peripheral.peers.peers if p.granted is Role.NONE)
            async with await here.central.come_back(owner, here.homes) as link:
                await link.channel.call(Method.ROLE, [name, int(Role.VIEWER)])
            # The window is closed by now: what waits for its role is taken up, not paired anew.
            admitted = await PairingService(central, homes).pair(wanted, role=Role.VIEWER)
            assert (admitted.role, admitted.static.public) == (Role.VIEWER, second.static.public)
            assert homes.paired() == (admitted,)

    with_air(tmp_path, test)


def test_pairing_again_replaces_what_was_kept_of_the_meter(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        wanted = Wanted.of_qr(here.label.qr_text)
        kept = []
        for _ in range(2):
            here.peripheral.open_pairing()
            kept.append(await here.pairing.pair(wanted))
        assert here.homes.pairings() == (kept[1],)
        assert kept[0].static.public != kept[1].static.public

    with_air(tmp_path, test)


def test_a_typed_home_is_confirmed_by_its_own_label_only(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        label = here.label

        async def same(_words: tuple[str, ...]) -> bool:
            return True

        wanted = Wanted.of_code(label.code, label.discriminator)
        typed = await here.pairing.pair(wanted, confirm_words=same)
        other_key = replace(label, meter_key=here.homes.device_key().public)
        with pytest.raises(ForeignKey):
            await confirm_by_label(here.homes, typed, other_key)
        with pytest.raises(WrongGenesis):
            await confirm_by_label(here.homes, typed, replace(label, genesis_hash=bytes(32)))
        assert here.homes.current() == typed
        confirmed = await confirm_by_label(here.homes, typed, label)
        assert here.homes.current() == confirmed == replace(typed, trust=Trust.LABEL)
        # A session that read the pairing before comes back under it, and takes nothing away.
        async with await here.central.come_back(typed, here.homes):
            kept = here.homes.current()
            assert kept is not None
            assert kept.trust is Trust.LABEL

    with_air(tmp_path, test)


def test_leaving_a_meter_ends_every_pairing_with_it(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        found = await here.pairing.pair(Wanted.of_qr(here.label.qr_text))
        await here.pairing.unpair(found)
        assert here.peripheral.peers.peers == ()
        with pytest.raises(Refused):
            await here.pairing.unpair(found)
        await here.vanish()
        with pytest.raises(NotFound):
            await here.pairing.unpair(found)
        await here.appear()

    with_air(tmp_path, test)

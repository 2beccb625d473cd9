"""From a label to a confirmed owner, over the virtual air: what is kept, what is refused, what is resumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.link.binding import Role
from ohmstead.link.errors import NotFound, PairingClosed, WordsRejected, WrongCode
from ohmstead.link.label import LabelError
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Stage, Trust
from ohmstead.meter.peers import Link
from ohmstead.services.pairing import PairingService, PairStep, RoleNotGranted, Wanted
from tests.helpers.air import Air, with_air
from tests.link.rig import Killed


def test_by_label(tmp_path: Path) -> None:
    async def test(here: Air) -> None:
        here.peripheral.open_pairing()
        steps: list[PairStep] = []
        found = await here.pairing.pair(Wanted.of_qr(here.label.qr_text), on_step=steps.append)
        assert steps == list(PairStep)
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
        found = await here.pairing.pair(wanted, nearby=nearby, confirm_words=confirm)
        assert shown == [here.label.words]
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
            second = homes.current()
            assert second is not None
            name = next(p.kid for p in here.peripheral.peers.peers if p.granted is Role.NONE)
            async with await here.central.come_back(owner, here.homes) as link:
                await link.channel.call(Method.ROLE, [name, int(Role.VIEWER)])
            async with await central.come_back(second, homes) as link:
                assert await link.channel.call(Method.ROLE) == [1, int(Role.VIEWER), 2, True]

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

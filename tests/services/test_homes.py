"""Homes and their secrets: what survives a restart, what replaces what, what damage does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import encode
from ohmstead.errors import ExternalError
from ohmstead.link.binding import Role
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Pairing, Stage, Trust
from ohmstead.services.homes import Homes
from ohmstead.system.secrets import SealedFileStore
from tests.helpers.home import MemorySecrets


def pairing(
    n: int = 1, meter: bytes = b"m" * 16, stage: Stage = Stage.CONFIRMED, mark: int = 0x3A7, **changes: object
) -> Pairing:
    made = Pairing(
        b"k" * 32, meter, b"g" * 32, b"certificate", b"s" * 32,
        StaticKey.from_private(bytes(31) + bytes((n,))), b"peer-id%d" % n, n, mark,
        Role.OWNER, stage, Trust.LABEL,
    )  # fmt: skip
    return replace(made, **changes)


def save(homes: Homes, *pairings: Pairing) -> None:
    async def all_of_them() -> None:
        for item in pairings:
            await homes.save(item)

    asyncio.run(all_of_them())


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    def open_() -> Homes:
        return Homes(tmp_path, SealedFileStore.for_demonstration(tmp_path / "secrets"))

    homes = open_()
    assert homes.current() is None
    first, second = pairing(1), pairing(2, b"n" * 16, trust=Trust.TYPED, role=Role.VIEWER)
    save(homes, first, second)
    key = homes.device_key().public
    homes.keep_epoch_root(first.meter_id, 0, b"r" * 32)
    again = open_()
    assert again.pairings() == (first, second)
    assert (again.current(), again.current(first.meter_id)) == (second, first)
    assert again.device_key().public == key
    assert again.epoch_root(first.meter_id, 0) == b"r" * 32
    assert again.epoch_root(first.meter_id, 1) is None
    assert again.epoch_root(second.meter_id, 0) is None
    assert again.demonstration
    assert again.mirror_path(first.meter_id) == tmp_path / first.meter_id.hex() / "mirror.sqlite"


def test_an_id_that_rotated_replaces_the_old_one() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    save(homes, pairing(1), pairing(1, peer_id=b"rotated!"))
    assert [p.peer_id for p in homes.pairings()] == [b"rotated!"]


def test_only_a_confirmed_pairing_retires_the_meters_others() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    other = pairing(9, b"n" * 16)
    save(homes, other, pairing(1), pairing(2, stage=Stage.UNCONFIRMED))
    assert len(homes.pairings()) == 3
    assert homes.current(b"m" * 16) == pairing(1)
    save(homes, pairing(2, stage=Stage.COMMITTED))
    assert homes.current(b"m" * 16) == pairing(2, stage=Stage.COMMITTED)
    save(homes, pairing(2))
    assert homes.pairings() == (other, pairing(2))


def test_half_made_ones_are_found_by_their_mark_newest_first() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    old, new = (pairing(n, stage=Stage.UNCONFIRMED) for n in (1, 2))
    save(homes, old, new, pairing(3, b"n" * 16, mark=0x111))
    assert homes.half_made(0x3A7) == new
    assert homes.half_made(0x111) is None
    asyncio.run(homes.forget(new))
    assert homes.half_made(0x3A7) == old
    asyncio.run(homes.forget(new))


def test_what_never_came_to_its_end_is_no_home_and_is_taken_up() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    waiting = pairing(1, role=Role.NONE)
    save(homes, waiting)
    assert homes.current() is None
    assert homes.paired() == ()
    assert homes.half_made(0x3A7) == waiting
    unseen = pairing(2, b"n" * 16, stage=Stage.COMMITTED)
    save(homes, unseen)
    assert homes.half_made(0x3A7) == unseen
    assert homes.paired() == (unseen,), "the meter has stored it: it may be opened"


def test_the_homes_stand_by_their_marks_whichever_was_used_last() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    low, high = pairing(1, mark=0x111), pairing(2, b"n" * 16, mark=0x222)
    save(homes, high, low, pairing(3, b"o" * 16, Stage.UNCONFIRMED, mark=0x000))
    assert homes.paired() == (low, high)
    save(homes, replace(low, peer_id=b"rotated!"))
    assert [p.discriminator for p in homes.paired()] == [0x111, 0x222]
    assert homes.current() == replace(low, peer_id=b"rotated!")


def test_trust_only_grows() -> None:
    homes = Homes(Path("x"), MemorySecrets())
    typed = pairing(1, trust=Trust.TYPED)
    save(homes, typed, replace(typed, trust=Trust.LABEL), replace(typed, peer_id=b"rotated!"))
    (kept,) = homes.pairings()
    assert (kept.trust, kept.peer_id) == (Trust.LABEL, b"rotated!")
    # Another pairing with the same meter stands on its own label.
    save(homes, pairing(2, trust=Trust.TYPED))
    assert [p.trust for p in homes.pairings()] == [Trust.TYPED]


@pytest.mark.parametrize("erase", [False, True])
def test_forgetting_a_home_leaves_the_others(tmp_path: Path, erase: bool) -> None:
    secrets = MemorySecrets()
    homes = Homes(tmp_path, secrets)
    gone, stays = pairing(1), pairing(2, b"n" * 16)
    save(homes, gone, stays)
    for home in (gone, stays):
        homes.keep_epoch_root(home.meter_id, 0, b"r" * 32)
        homes.keep_epoch_root(home.meter_id, 1, b"s" * 32)
        homes.mirror_path(home.meter_id).parent.mkdir(parents=True)
        homes.mirror_path(home.meter_id).write_bytes(b"mirror")
    asyncio.run(homes.forget_home(gone.meter_id, erase=erase))
    assert homes.pairings() == (stays,)
    assert not [name for name in secrets.values if gone.meter_id.hex() in name]
    assert homes.epoch_root(stays.meter_id, 1) == b"s" * 32
    assert homes.mirror_path(gone.meter_id).parent.exists() is not erase
    assert homes.mirror_path(stays.meter_id).exists()
    asyncio.run(homes.forget_home(gone.meter_id, erase=erase))


def test_changes_at_the_same_time_are_all_kept() -> None:
    homes = Homes(Path("x"), MemorySecrets())

    async def many() -> None:
        await asyncio.gather(*(homes.save(pairing(n, bytes((n,)) * 16)) for n in range(1, 20)))

    asyncio.run(many())
    assert {p.counter for p in homes.pairings()} == set(range(1, 20))


@given(
    st.one_of(st.binary(max_size=80), st.builds(encode, st.lists(st.lists(st.integers(0, 5), max_size=13))))
)
@settings(max_examples=50)
def test_damage_is_named_and_never_replaced_by_nothing(raw: bytes) -> None:
    secrets = MemorySecrets()
    homes = Homes(Path("x"), secrets)
    secrets.values["pairings"] = raw
    if raw == encode([]):
        assert homes.pairings() == ()
        return
    with pytest.raises(ExternalError, match="damaged"):
        homes.pairings()
    with pytest.raises(ExternalError):
        save(homes, pairing(1))
    assert secrets.values["pairings"] == raw


@pytest.mark.parametrize("place", range(12))
def test_a_pairing_with_a_field_of_another_kind_is_damage(place: int) -> None:
    secrets = MemorySecrets()
    homes = Homes(Path("x"), secrets)
    save(homes, pairing(1))
    from ohmstead.core.codec import as_list, decode

    fields = as_list(as_list(decode(secrets.values["pairings"]), "pairings")[0], "pairing")
    fields[place] = "another kind"
    secrets.values["pairings"] = encode([fields])
    with pytest.raises(ExternalError, match="damaged"):
        homes.current()


def test_a_write_that_fails_keeps_what_was(tmp_path: Path) -> None:
    def full() -> None:
        raise ExternalError("no space left")

    secrets = MemorySecrets()
    homes = Homes(tmp_path, secrets)
    save(homes, pairing(1))
    secrets.fail = full
    with pytest.raises(ExternalError):
        save(homes, pairing(2, b"n" * 16))
    assert homes.pairings() == (pairing(1),)

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

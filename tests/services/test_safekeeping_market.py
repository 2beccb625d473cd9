"""What a home signed in the market comes back with its backup, and so does the key that signs."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from nacl.secret import SecretBox

from ohmstead.core.codec import encode
from ohmstead.services import recovery
from ohmstead.services.homes import Homes
from ohmstead.services.recovery import RecoveryRecord, RecoveryRefused
from ohmstead.services.safekeeping import Safekeeping
from ohmstead.store.market import ORDER, Draft, MarketStore
from tests.helpers.home import MemorySecrets
from tests.helpers.homes import street
from tests.services.test_homes import pairing

SLOT = (1_982_016).to_bytes(8, "big")
ENTROPY = bytes(range(16))


def draft(version: int) -> Draft:
    return Draft(b"signed %d" % version, b"order", b"s" * 32, b"c" * 32)


def test_orders_and_their_key_come_back_on_another_computer(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        home = here.home
        asyncio.run(home.homes.save(home.home.pairing))
        safe, meter = Safekeeping(home.homes, home.secrets), home.home.pairing.meter_id
        key = home.homes.order_key(meter)
        with closing(MarketStore.open(home.homes.market_path(meter))) as store:
            store.place(ORDER, SLOT, 10, draft, floor=6)
        target = safe.back_up(home.mirror, meter, tmp_path / "mine.ohmstead")
        assert home.mirror.meta("market") == b""
        words, now = " ".join(safe.sheet(meter).words), home.wall_ns()
    secrets = MemorySecrets()
    homes = Homes(tmp_path / "other", secrets)
    other = Safekeeping(homes, secrets)
    asyncio.run(other.keep(other.restore(target, words, now)))
    assert homes.order_key(meter).public == key.public
    with closing(MarketStore.open(homes.market_path(meter))) as store:
        assert [p.version for p in store.placed()] == [7]
    assert [p.name for p in homes.market_path(meter).parent.iterdir()].count("market.sqlite") == 1


def test_a_market_file_that_is_here_is_newer_than_a_backups(tmp_path: Path) -> None:
    with street(tmp_path, 3, 24) as here:
        here.synced()
        home = here.home
        asyncio.run(home.homes.save(home.home.pairing))
        safe, meter = Safekeeping(home.homes, home.secrets), home.home.pairing.meter_id
        path = home.homes.market_path(meter)
        with closing(MarketStore.open(path)) as store:
            store.place(ORDER, SLOT, 10, draft)
        target = safe.back_up(home.mirror, meter, tmp_path / "mine.ohmstead")
        with closing(MarketStore.open(path)) as store:
            store.place(ORDER, SLOT, 11, draft)
        now = home.wall_ns()
        home.mirror.close()
        safe.restore(target, "", now)
        with closing(MarketStore.open(path)) as store:
            assert [p.version for p in store.placed()] == [1, 2]


def test_a_home_that_never_traded_keeps_the_first_form_of_the_record() -> None:
    plain = RecoveryRecord(b"d" * 32, pairing(1), ((0, b"r" * 32),), "Orchard Lane 4")
    assert recovery.unseal(recovery.seal(plain, ENTROPY), ENTROPY) == plain
    trading = RecoveryRecord(plain.device_seed, plain.pairing, plain.roots, plain.name, b"o" * 32)
    assert recovery.unseal(recovery.seal(trading, ENTROPY), ENTROPY) == trading
    assert len(recovery.seal(trading, ENTROPY)) > len(recovery.seal(plain, ENTROPY)) + 30


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [b"ohmstead/recovery/3", b"", [], [], b""],
        [b"ohmstead/recovery/1", *[b""] * 5],
        [b"ohmstead/recovery/2"] * 5,
    ],
)
def test_records_of_another_form_are_refused_in_words(fields: list[object]) -> None:
    sealed = bytes(SecretBox(recovery._key(ENTROPY)).encrypt(encode(fields)))
    with pytest.raises(RecoveryRefused, match="another version"):
        recovery.unseal(sealed, ENTROPY)

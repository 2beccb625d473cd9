"""The simulated households' keys and what they sign: meter, order key, accounts, sealed orders and their opening.

All of it comes from one secret of the village's folder, so that a process that starts again signs the same bytes,
and nothing is ever posted twice. Simulated, and certified as such. Not here: what they trade (``traders``), when
(``market_day``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from ohmstead.core.intervals import Channel
from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import AccountKey, SealedOrder
from ohmstead.core.market_statements import CommitOrder, Deliver, OpenAccount, RevealOrder
from ohmstead.core.statements import Body, CertifiedChannel, Commission, Register, Statement, sign
from ohmstead.market.orders import SALT_BYTES, Order, slot_commitment
from ohmstead.village.consortium import home_of
from ohmstead.village.traders import VillageHome

MODEL = b"Ohmstead simulated meter"


@dataclass(frozen=True, slots=True)
class Household:
    """A simulated home with its keys on one ledger. Signatures are made anew, and are the same each time."""

    home: VillageHome
    meter: SigningKey
    order_key: SigningKey
    genesis_hash: bytes
    valid_until: int
    secret: bytes

    @property
    def id(self) -> bytes:
        """The household's id on the ledger."""
        return home_of(self.meter.public)

    def admission(self, zone: str, first_hour: int, last_hour: int) -> tuple[Body, Body]:
        """What the certifier says of it: its meter, and the home that it is in."""
        channels = (CertifiedChannel(Channel.IMPORT, True), CertifiedChannel(Channel.EXPORT, True))
        register = Register(self.meter.public, channels, first_hour, last_hour, MODEL, replayed=True)
        return register, Commission(self.meter.kid, self.id, zone, first_hour)

    def account(self) -> bytes:
        """Its account, opened by its meter for its order key."""
        asked = AccountKey(self.id, self.meter.kid, self.order_key.public)
        return self.by_meter(OpenAccount.of(self.order_key, self.genesis_hash, asked))

    def commit(self, slot: int, order: Order) -> bytes:
        """Its sealed order for a slot."""
        sealed = SealedOrder(slot, self.id, self.meter.kid, 1, self._commitment(slot, order))
        return self.by_meter(CommitOrder.of(self.order_key, self.genesis_hash, sealed))

    def reveal(self, slot: int, order: Order) -> bytes:
        """What opens it."""
        return self.by_meter(RevealOrder(slot, self.id, order.to_bytes(), self._salt(slot)))

    def deliver(self, slot: int, wh: int) -> bytes:
        """What its meter measured of what it sold."""
        return self.by_meter(Deliver(slot, wh))

    def _commitment(self, slot: int, order: Order) -> bytes:
        return slot_commitment(
            self.genesis_hash, slot, self.id, self.meter.kid, self.order_key.kid, 1, order.to_bytes(),
            self._salt(slot),
        )  # fmt: skip

    def _salt(self, slot: int) -> bytes:
        return _derived(self.secret, f"salt {self.home.number} {slot}")[:SALT_BYTES]

    def by_meter(self, body: Body) -> bytes:
        """A statement signed by its meter."""
        return sign(self.meter, self.genesis_hash, Statement(body, self.valid_until))


def households(
    homes: Sequence[VillageHome], secret: bytes, genesis_hash: bytes, valid_until: int
) -> tuple[Household, ...]:
    """The homes with the keys that the village's secret gives them."""
    made = []
    for home in homes:
        meter, order = (
            SigningKey.from_seed(_derived(secret, f"{name} {home.number}")) for name in ("meter", "order")
        )
        made.append(Household(home, meter, order, genesis_hash, valid_until, secret))
    return tuple(made)


def _derived(secret: bytes, name: str) -> bytes:
    return blake2b(name.encode(), key=secret, digest_size=32).digest()

"""The contract's own part of a genesis document: bare records, never statements.

Statements are bound to the genesis hash, so a statement inside genesis would be circular. The canonical
bytes of this record are CometBFT's ``app_state`` (as one hex string there) and are covered by the genesis
hash. Source: protocol/statements, "Bytes are frozen once".
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.contract.neighbour_parameters import NeighbourParameters
from ohmstead.contract.parameters import MarketParameters
from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_identifier,
    as_list,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.keys import KeyRefused, admit_key
from ohmstead.core.slots import MAX_DAYS, ZoneTable

VERSION, MARKET_VERSION, NEIGHBOUR_VERSION = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Member:
    """A consortium member or certifier: an identifier and an Ed25519 public key."""

    name: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Quotas:
    """Statements that one signer may have accepted per UTC day of block time."""

    pages: int = 1000
    beacons: int = 20
    others: int = 50


@dataclass(frozen=True, slots=True)
class AppState:
    """What the contract starts from: zones, governance keys, certifiers, quotas, and what is unusual.

    ``note`` is free text for people ("demonstration: quotas raised"); no rule reads it. A ledger without a
    ``market`` has the bytes of version 1, one with it those of version 2, one with ``neighbours`` version 3.
    """

    zones: tuple[ZoneTable, ...]
    governance: tuple[Member, ...]
    certifiers: tuple[Member, ...]
    quotas: Quotas = Quotas()
    replay: bool = False
    note: bytes = b""
    market: MarketParameters | None = None
    neighbours: NeighbourParameters | None = None

    def to_cbor(self) -> bytes:
        """Canonical bytes: [1, zones, governance, certifiers, quotas, replay, note], or [2, ..., market], or
        [3, ..., market or null, neighbours]."""
        parts = [] if self.market is None else [self.market.to_value()]
        if self.neighbours is not None:
            parts = [parts[0] if parts else None, self.neighbours.to_value()]
        fields: list[Value] = [
            VERSION + len(parts),
            [[z.name, z.first_day, list(z.first_slots), z.iana] for z in self.zones],
            [[m.name, m.public_key] for m in self.governance],
            [[m.name, m.public_key] for m in self.certifiers],
            [self.quotas.pages, self.quotas.beacons, self.quotas.others],
            self.replay,
            self.note,
        ]
        return encode([*fields, *parts])

    @classmethod
    def from_cbor(cls, data: bytes) -> AppState:
        """The record of genesis bytes. Raises CodecError; keys are admitted one by one."""
        fields = as_list(decode(data), "app state", at_most=9)
        version = as_uint(fields[0] if fields else None, "version")
        if (version, len(fields)) not in ((VERSION, 7), (MARKET_VERSION, 8), (NEIGHBOUR_VERSION, 9)):
            raise CodecError("unknown version of the app state")
        _, zones, governance, certifiers, quotas, replay, note, *parts = fields
        pages, beacons, others = as_list(quotas, "quotas", 3)
        parsed = cls(
            tuple(_zone(z) for z in as_list(zones, "zones", at_most=64)),
            tuple(_member(m) for m in as_list(governance, "governance", at_most=100)),
            tuple(_member(m) for m in as_list(certifiers, "certifiers", at_most=100)),
            Quotas(as_uint(pages, "pages"), as_uint(beacons, "beacons"), as_uint(others, "others")),
            as_bool(replay, "replay"),
            as_bytes(note, "note", at_most=256),
            MarketParameters.from_value(parts[0]) if parts and parts[0] is not None else None,
            NeighbourParameters.from_value(parts[1]) if len(parts) > 1 else None,
        )
        names = [z.name for z in parsed.zones]
        if not names or names != sorted(set(names)):
            raise CodecError("zones must be given once each, in ascending order")
        if parsed.neighbours is not None:
            _check_days(parsed.neighbours, {z.name: z for z in parsed.zones})
        return parsed


def _check_days(params: NeighbourParameters, zones: dict[str, ZoneTable]) -> None:
    """A cohort without days would never close one."""
    for cohort in params.cohorts:
        zone = zones.get(cohort.zone)
        if zone is None:
            raise CodecError(f"cohort {cohort.id} is in zone {cohort.zone}, which has no table")
        if not zone.first_day <= params.first_day < zone.first_day + len(zone.first_slots) - 1:
            raise CodecError(f"zone {zone.name} does not know day {params.first_day}")


def _zone(value: Value) -> ZoneTable:
    name, first_day, slots, iana = as_list(value, "zone", 4)
    return ZoneTable(
        as_identifier(name, "zone name"),
        as_uint(first_day, "first day"),
        tuple(as_uint(s, "first slot") for s in as_list(slots, "first slots", at_most=MAX_DAYS + 1)),
        as_bytes(iana, "IANA name", at_most=64),
    )


def _member(value: Value) -> Member:
    name, key = as_list(value, "member", 2)
    try:
        return Member(as_identifier(name, "member name"), admit_key(as_bytes(key, "member key")))
    except KeyRefused as error:
        raise CodecError(f"member key: {error}") from error

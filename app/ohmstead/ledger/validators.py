"""Validators: who signs blocks, with what power, in which order, under which hash.

Here: one validator, a set of them, the set's hash, the arithmetic of two thirds. Not here: what they sign
(``ledger.commit``), whose turn it is to propose (``node``).
Source: CometBFT v0.38 types/validator.go, types/validator_set.go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import PUBLIC_BYTES, KeyRefused, admit_key
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.protobuf import bytes_field, int_field, message_field

ADDRESS_BYTES = 20
MAX_VALIDATORS = 100
# CometBFT's MaxTotalVotingPower: an eighth of int64, so that priorities cannot overflow.
MAX_TOTAL_POWER = ((1 << 63) - 1) // 8


class BadValidatorSet(VerificationError):
    """No set of validators: empty, too many, one twice, a power or key out of bounds."""


def address_of(public_key: bytes) -> bytes:
    """The first 20 bytes of SHA-256 of an Ed25519 key."""
    return sha256(public_key).digest()[:ADDRESS_BYTES]


@dataclass(frozen=True, slots=True)
class Validator:
    """An Ed25519 key and its voting power."""

    public_key: bytes
    power: int
    address: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", address_of(self.public_key))

    def encode(self) -> bytes:
        """SimpleValidator: the leaf of the set's hash. Priority and address are not hashed."""
        return message_field(1, bytes_field(1, self.public_key)) + int_field(2, self.power)


@dataclass(frozen=True, slots=True)
class ValidatorSet:
    """A set of validators in CometBFT's order: power descending, then address ascending.

    Raises BadValidatorSet. Every key is admitted as a point of the main subgroup (``core.keys``): a set
    with another key in it cannot exist here, so no signature is ever checked against one.
    """

    validators: tuple[Validator, ...]
    total_power: int = field(init=False)
    hash: bytes = field(init=False)

    def __post_init__(self) -> None:
        members = self.validators
        if not 1 <= len(members) <= MAX_VALIDATORS:
            raise BadValidatorSet("validator set", f"{len(members)} members")
        if any(not 0 < v.power <= MAX_TOTAL_POWER for v in members):
            raise BadValidatorSet("validator set", "a voting power out of bounds")
        if len({v.address for v in members}) != len(members):
            raise BadValidatorSet("validator set", "one validator twice")
        if list(members) != sorted(members, key=_order):
            raise BadValidatorSet("validator set", "not in order of power and address")
        total = sum(v.power for v in members)
        if total > MAX_TOTAL_POWER:
            raise BadValidatorSet("validator set", "more voting power than there may be")
        try:
            for v in members:
                admit_key(v.public_key)
        except KeyRefused as error:
            raise BadValidatorSet("validator set", f"a key that is refused: {error}") from error
        object.__setattr__(self, "total_power", total)
        object.__setattr__(self, "hash", root_of([leaf_hash(v.encode()) for v in members]))

    @classmethod
    def of(cls, validators: Iterable[Validator]) -> ValidatorSet:
        """The set of these validators, put in order. Raises BadValidatorSet."""
        return cls(tuple(sorted(validators, key=_order)))

    def __len__(self) -> int:
        return len(self.validators)

    def power_of(self) -> dict[bytes, int]:
        """Voting power by address."""
        return {v.address: v.power for v in self.validators}

    def updated(self, updates: Iterable[tuple[bytes, int]]) -> ValidatorSet:
        """The set after (key, power) updates; power 0 removes. Raises BadValidatorSet."""
        powers = {v.public_key: v.power for v in self.validators}
        powers.update(updates)
        return ValidatorSet.of(Validator(key, power) for key, power in powers.items() if power)

    def to_value(self) -> Value:
        """[[key, power], ...] in order."""
        return [[v.public_key, v.power] for v in self.validators]

    @classmethod
    def from_value(cls, value: Value) -> ValidatorSet:
        """The set of a decoded value, which must be in order. Raises CodecError, BadValidatorSet."""
        members = []
        for item in as_list(value, "validators", at_most=MAX_VALIDATORS):
            key, power = as_list(item, "validator", 2)
            members.append(Validator(as_bytes(key, "key", PUBLIC_BYTES), as_uint(power, "power")))
        if not members:
            raise CodecError("no validators")
        return cls(tuple(members))


def _order(validator: Validator) -> tuple[int, bytes]:
    return -validator.power, validator.address


def needed(total: int, numerator: int, denominator: int) -> int:
    """The power that must be *exceeded* for a share of a total; integer division, as CometBFT does it."""
    return total * numerator // denominator

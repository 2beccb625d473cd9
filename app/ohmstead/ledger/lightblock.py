"""Light blocks: a header, the commit that signs it, the validators who signed, and their bytes.

They travel over Bluetooth and stand in evidence files. Parsing bounds everything and judges nothing; the
checks that need no trust (does the commit belong to this header?) are ``check_light_block``. Not here: whom
to trust (``ledger.lightclient``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import CodecError, as_list, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.block import Header
from ohmstead.ledger.commit import Commit
from ohmstead.ledger.merkle import HASH_BYTES
from ohmstead.ledger.validators import ADDRESS_BYTES, BadValidatorSet, ValidatorSet

MAX_LIGHT_BLOCK = 32 << 10


class LightClientError(VerificationError):
    """The base of every refusal of a header."""


class MalformedLightBlock(LightClientError):
    """The bytes are no light block, or a field is out of bounds."""


class CommitMismatch(LightClientError):
    """The commit is of another height, signs another header, or has a vote too many or too few."""


class ValidatorsMismatch(LightClientError):
    """The validators are not those whose hash the header states."""


@dataclass(frozen=True, slots=True)
class LightBlock:
    """A header with its commit and the validators of its height."""

    header: Header
    commit: Commit
    validators: ValidatorSet

    @property
    def height(self) -> int:
        """The header's height."""
        return self.header.height

    @property
    def subject(self) -> str:
        """The block's name in errors."""
        return f"header {self.header.height}"

    def to_cbor(self) -> bytes:
        """[header, commit, validators]."""
        return encode([self.header.to_value(), self.commit.to_value(), self.validators.to_value()])

    @classmethod
    def from_cbor(cls, data: bytes) -> LightBlock:
        """The light block of received bytes. Raises MalformedLightBlock."""
        try:
            header, commit, validators = as_list(decode(data, max_size=MAX_LIGHT_BLOCK), "light block", 3)
            return cls(
                Header.from_value(header), Commit.from_value(commit), ValidatorSet.from_value(validators)
            )
        except (CodecError, BadValidatorSet) as error:
            raise MalformedLightBlock("light block", str(error)) from error


def check_light_block(block: LightBlock) -> bytes:
    """The header's hash, once header, commit and validators belong together. No signature is checked.

    Raises MalformedLightBlock, CommitMismatch, ValidatorsMismatch.
    """
    header, commit = block.header, block.commit
    if header.height < 1 or len(header.validators_hash) != HASH_BYTES:
        raise MalformedLightBlock(block.subject, "no height or no validators hash")
    if len(header.next_validators_hash) != HASH_BYTES or len(header.proposer_address) != ADDRESS_BYTES:
        raise MalformedLightBlock(block.subject, "no next validators hash or no proposer")
    if block.validators.hash != header.validators_hash:
        raise ValidatorsMismatch(block.subject, "its validators are not those it names")
    if commit.height != header.height:
        raise CommitMismatch(block.subject, f"the commit is of height {commit.height}")
    if len(commit.signatures) != len(block.validators):
        raise CommitMismatch(
            block.subject, f"{len(commit.signatures)} votes of {len(block.validators)} validators"
        )
    hash_ = header.hash()
    if commit.block_id.hash != hash_:
        raise CommitMismatch(block.subject, "the commit signs another header")
    if commit.block_id.parts_total < 1 or len(commit.block_id.parts_hash) != HASH_BYTES:
        raise CommitMismatch(block.subject, "the commit names no parts")
    return hash_

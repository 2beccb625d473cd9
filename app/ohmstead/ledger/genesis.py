"""The genesis document: what a ledger starts from, and the hash that names it for ever.

The genesis hash is SHA-256 over canonical CBOR, never over a JSON file; a chain id can be used again, a
genesis hash cannot. Here: the document, its bytes, its hash, CometBFT's genesis.json. Not here: the app
state's meaning (``contract``), trust in header 1 (``ledger.lightclient``).
Source: protocol/trust, "Genesis hash"; protocol/statements, "Bytes are frozen once".
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_text, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import PUBLIC_BYTES
from ohmstead.ledger.block import MAX_CHAIN_ID, consensus_hash
from ohmstead.ledger.timestamps import rfc3339
from ohmstead.ledger.validators import (
    ADDRESS_BYTES,
    MAX_VALIDATORS,
    BadValidatorSet,
    Validator,
    ValidatorSet,
)

EMBEDDED_SUFFIX = "-embedded"
MAX_GENESIS_BYTES = 1 << 20


class GenesisError(VerificationError):
    """The bytes are no genesis document, or not the one they should be."""


@dataclass(frozen=True, slots=True)
class ConsensusParams:
    """CometBFT's consensus parameters; only block size and gas are in the header's consensus hash.

    Bytes, gas (-1: no limit), blocks, nanoseconds, bytes, and the application's protocol version.
    """

    max_bytes: int = 1 << 22
    max_gas: int = -1
    evidence_max_age_blocks: int = 100_000
    evidence_max_age_ns: int = 172_800 * 10**9
    evidence_max_bytes: int = 1 << 20
    app_version: int = 0

    @property
    def hash(self) -> bytes:
        """The header's consensus_hash."""
        return consensus_hash(self.max_bytes, self.max_gas)

    def to_value(self) -> Value:
        """The six fields in order."""
        return [
            self.max_bytes, self.max_gas, self.evidence_max_age_blocks, self.evidence_max_age_ns,
            self.evidence_max_bytes, self.app_version,
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> ConsensusParams:
        """The parameters of a decoded value. Raises CodecError."""
        size, gas, blocks, age, evidence, version = as_list(value, "consensus parameters", 6)
        return cls(
            as_uint(size, "max bytes"), -1 if gas == -1 else as_uint(gas, "max gas"),
            as_uint(blocks, "max age"), as_uint(age, "max age"), as_uint(evidence, "evidence bytes"),
            as_uint(version, "app version"),
        )  # fmt: skip

    def to_json(self) -> dict[str, object]:
        """The shape of genesis.json and of the RPC: int64 as strings."""
        return {
            "block": {"max_bytes": str(self.max_bytes), "max_gas": str(self.max_gas)},
            "evidence": {
                "max_age_num_blocks": str(self.evidence_max_age_blocks),
                "max_age_duration": str(self.evidence_max_age_ns),
                "max_bytes": str(self.evidence_max_bytes),
            },
            "validator": {"pub_key_types": ["ed25519"]},
            "version": {"app": str(self.app_version)},
            "abci": {"vote_extensions_enable_height": "0"},
        }


@dataclass(frozen=True, slots=True)
class GenesisDocument:
    """Chain id, time (ns), first height, parameters, validators, and the contract's own canonical bytes."""

    chain_id: str
    genesis_time_ns: int
    validators: ValidatorSet
    app_state: bytes
    consensus_params: ConsensusParams = ConsensusParams()
    initial_height: int = 1
    genesis_hash: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.chain_id.encode()) <= MAX_CHAIN_ID:
            raise GenesisError("genesis", f"a chain id has 1 to {MAX_CHAIN_ID} bytes")
        if self.initial_height < 1 or self.genesis_time_ns < 0:
            raise GenesisError("genesis", "height or time out of bounds")
        object.__setattr__(self, "genesis_hash", sha256(self.to_cbor()).digest())

    @property
    def validators_hash(self) -> bytes:
        """The hash of the first validators, as header 1 states it."""
        return self.validators.hash

    @property
    def consensus_hash(self) -> bytes:
        """The consensus hash that header 1 states."""
        return self.consensus_params.hash

    @property
    def single_operator(self) -> bool:
        """Whether one process holds every validator key: the embedded engine."""
        return self.chain_id.endswith(EMBEDDED_SUFFIX)

    def to_cbor(self) -> bytes:
        """[chain id, time ns, first height, parameters, [[address, key, power] by address], app state].

        These bytes are what the genesis hash is taken over.
        """
        members = sorted(self.validators.validators, key=lambda v: v.address)
        return encode(
            [
                self.chain_id, self.genesis_time_ns, self.initial_height, self.consensus_params.to_value(),
                [[v.address, v.public_key, v.power] for v in members], self.app_state,
            ]
        )  # fmt: skip

    @classmethod
    def from_cbor(cls, data: bytes, expected_hash: bytes | None = None) -> GenesisDocument:
        """The document of received bytes; with ``expected_hash``, only if that is their hash.

        Raises GenesisError.
        """
        if len(data) > MAX_GENESIS_BYTES:
            raise GenesisError("genesis", f"{len(data)} bytes")
        if expected_hash is not None and sha256(data).digest() != expected_hash:
            raise GenesisError("genesis", "is not the document that the label names")
        try:
            chain_id, time_ns, height, params, members, app_state = as_list(
                decode(data, max_size=MAX_GENESIS_BYTES), "genesis", 6
            )
            validators = []
            for item in as_list(members, "validators", at_most=MAX_VALIDATORS):
                address, key, power = as_list(item, "validator", 3)
                as_bytes(address, "address", ADDRESS_BYTES)
                validators.append(Validator(as_bytes(key, "key", PUBLIC_BYTES), as_uint(power, "power")))
            document = cls(
                as_text(chain_id, "chain id"), as_uint(time_ns, "genesis time"), ValidatorSet.of(validators),
                as_bytes(app_state, "app state"), ConsensusParams.from_value(params),
                as_uint(height, "initial height"),
            )  # fmt: skip
        except (CodecError, BadValidatorSet) as error:
            raise GenesisError("genesis", str(error)) from error
        if document.to_cbor() != data:
            raise GenesisError("genesis", "an address is not its key's, or validators are not in its order")
        return document

    def to_json(self) -> str:
        """CometBFT's genesis.json; ``app_state`` is one JSON string, the hex of the canonical bytes."""
        members = [
            {
                "address": v.address.hex().upper(),
                "pub_key": {
                    "type": "tendermint/PubKeyEd25519",
                    "value": base64.b64encode(v.public_key).decode(),
                },
                "power": str(v.power),
                "name": "",
            }
            for v in self.validators.validators
        ]
        return json.dumps(
            {
                "genesis_time": rfc3339(self.genesis_time_ns),
                "chain_id": self.chain_id,
                "initial_height": str(self.initial_height),
                "consensus_params": self.consensus_params.to_json(),
                "validators": members,
                "app_hash": "",
                "app_state": self.app_state.hex(),
            }
        )

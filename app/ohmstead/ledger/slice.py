"""A household's slice: from a head bundle to facts, with nothing taken on trust.

The meter (or an archive) sends a light block and state proofs; this module checks them against what is
already trusted and says what is now known. Pure: time and the trusted state are arguments. Here: the bundle
and its verification, the certificate, the four facts. Not here: header rules (``ledger.lightclient``), the
pages themselves (``ledger.tiles``), storage. Source: protocol/trust; protocol/pages, "What is proven".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bytes,
    as_identifier,
    as_list,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import kid
from ohmstead.core.statements import HASH_BYTES, Register, StatementError, parse
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import MerkleError, verify_consistency
from ohmstead.ledger.meterlog import REVOKED, SUSPENDED, MeterRecord
from ohmstead.ledger.statetree import StateProof, verify_presence

METER, CERTIFICATE, CERTIFIER, GOVERNANCE, HOME, ZONE = (
    "meter", "certificate", "certifier", "governance", "home", "zone",
)  # fmt: skip
GOVERNANCE_CHAIN = b"chain"
MAX_BUNDLE = 256 << 10


class SliceError(VerificationError):
    """A bundle is malformed, or does not prove what it should."""


class KeyTrustError(VerificationError):
    """The meter's certificate does not chain to the genesis, is another's, or is out of date."""


class HistoryRewritten(VerificationError):
    """The log that the ledger now records is no continuation of the log that was proven before."""


@dataclass(frozen=True, slots=True)
class ProvenValue:
    """A state value with its proof: module, key, value, proof."""

    module: str
    key: bytes
    value: bytes
    proof: StateProof

    def to_value(self) -> Value:
        """[module, key, value, proof]."""
        return [self.module, self.key, self.value, self.proof.to_cbor()]

    @classmethod
    def from_value(cls, value: Value) -> ProvenValue:
        """The proven value of a decoded message. Raises CodecError, or what the proof's shape raises."""
        module, key, item, proof = as_list(value, "proven value", 4)
        return cls(
            as_identifier(module, "module"),
            as_bytes(key, "key", at_most=64),
            as_bytes(item, "value"),
            StateProof.from_cbor(as_bytes(proof, "proof")),
        )

    def check(self, app_hash: bytes) -> bytes:
        """The value, once it is proven under this AppHash. Raises StateProofError."""
        verify_presence(app_hash, self.module, self.key, self.value, self.proof)
        return self.value


@dataclass(frozen=True, slots=True)
class HeadBundle:
    """What a meter hands out when asked for its head.

    ``values`` are proven under the light block's AppHash, or left out where the asker holds them under that
    same AppHash already; ``consistency`` is the RFC 6962 proof from the size
    that the asker knew to the size in the meter's record (empty where there was none, or no change).
    """

    light_block: LightBlock
    values: tuple[ProvenValue, ...]
    consistency: tuple[bytes, ...] = ()

    def to_cbor(self) -> bytes:
        """[light block, [proven value, ...], [consistency hash, ...]]."""
        return encode(
            [self.light_block.to_cbor(), [v.to_value() for v in self.values], list(self.consistency)]
        )

    @classmethod
    def from_cbor(cls, data: bytes) -> HeadBundle:
        """The bundle of received bytes. Raises SliceError."""
        try:
            block, values, consistency = as_list(decode(data, max_size=MAX_BUNDLE), "head bundle", 3)
            return cls(
                LightBlock.from_cbor(as_bytes(block, "light block")),
                tuple(ProvenValue.from_value(v) for v in as_list(values, "values", at_most=16)),
                tuple(as_bytes(h, "hash", HASH_BYTES) for h in as_list(consistency, "proof", at_most=64)),
            )
        except CodecError as error:
            raise SliceError("head bundle", str(error)) from error

    def value(self, module: str, key: bytes) -> bytes:
        """The proven value under a key of the state. Raises SliceError if the bundle lacks it."""
        for item in self.values:
            if (item.module, item.key) == (module, key):
                return item.check(self.light_block.header.app_hash)
        raise SliceError("head bundle", f"holds no proof of {module}/{key.hex()}")

    def check_all(self) -> None:
        """That every value is proven, and once. Raises StateProofError, SliceError."""
        app_hash = self.light_block.header.app_hash
        for item in self.values:
            item.check(app_hash)
        if len({(v.module, v.key) for v in self.values}) != len(self.values):
            raise SliceError("head bundle", "proves one key twice")


@dataclass(frozen=True, slots=True)
class ProvenRecord:
    """A meter's record as of a verified header: the anchor of everything a home shows."""

    meter: bytes
    record: MeterRecord
    height: int
    time_s: int

    @property
    def size(self) -> int:
        """Pages that the ledger accepted."""
        return self.record.log.size

    @property
    def root(self) -> bytes:
        """The RFC 6962 root over them."""
        return self.record.log.root()


def proven_record(bundle: HeadBundle, meter: bytes, known: tuple[int, bytes] | None = None) -> ProvenRecord:
    """The meter's record under the bundle's header, which the caller has verified.

    ``known`` is the (size, root) proven before: the new log must continue it. Raises SliceError,
    StateProofError, RecordMalformed, HistoryRewritten.
    """
    record = MeterRecord.from_cbor(bundle.value(METER, meter))
    if kid(record.public_key) != meter:
        raise SliceError("meter record", "is of another key")
    if known is not None and known[0] > 0:
        size, root = known
        try:
            if size > record.log.size:
                raise MerkleError("meter log", f"shrank from {size} to {record.log.size} pages")
            verify_consistency(size, root, record.log.size, record.log.root(), bundle.consistency)
        except MerkleError as error:
            raise HistoryRewritten(f"log of meter {meter.hex()}", error.reason) from error
    header = bundle.light_block.header
    return ProvenRecord(meter, record, header.height, header.time_ns // 10**9)


def check_governance(bundle: HeadBundle, genesis: GenesisDocument) -> None:
    """The chain of validator-set changes, from genesis to the head's validators_hash (protocol/trust).

    Version 1 of the contract admits no change, so the chain is empty and the head's set is that of genesis; a
    head under any other set is refused even where a skip would pass. Raises SliceError.
    """
    raw = bundle.value(GOVERNANCE, GOVERNANCE_CHAIN)
    try:
        changes, _ = as_list(decode(raw), "governance chain", 2)
        entries = as_uint(changes, "entries")
    except CodecError as error:
        raise SliceError("governance chain", str(error)) from error
    if entries != 0:
        raise SliceError("governance chain", "holds changes that this version cannot follow; update Ohmstead")
    if bundle.light_block.header.validators_hash != genesis.validators_hash:
        raise SliceError("governance chain", "the head's validators are not those that the members agreed to")


def check_certificate(
    bundle: HeadBundle, proven: ProvenRecord, certificate: bytes, genesis: GenesisDocument
) -> Register:
    """The meter's certificate, from the certifier in state to the meter's key.

    The certifier's signature is checked here again and not only by the contract. Raises KeyTrustError,
    SliceError, StateProofError.
    """
    record = proven.record
    subject = f"certificate of meter {proven.meter.hex()}"
    if sha256(certificate).digest() != record.certificate_hash:
        raise KeyTrustError(subject, "is not the one that the ledger records")
    try:
        signed = parse(certificate)
        certifier = as_list(decode(bundle.value(CERTIFIER, signed.signer)), "certifier", 2)
        as_text(certifier[0], "name")
        signed.check(as_bytes(certifier[1], "key", 32), genesis.genesis_hash)
    except (StatementError, CodecError) as error:
        raise KeyTrustError(subject, str(error)) from error
    body = signed.statement.body
    if not isinstance(body, Register):
        raise KeyTrustError(subject, "is no certificate")
    stated = (body.public_key, body.channels, body.valid_from, body.valid_to)
    if stated != (record.public_key, record.channels, record.valid_from, record.valid_to):
        raise KeyTrustError(subject, "differs from the meter's record")
    return body


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a home's history: facts of their own, never one light.

    ``signature``: the certified meter signed the root that the ledger records (the contract accepts nothing
    else, and the record is proven). ``key_trust``: the certificate chains and is in force as of the head.
    ``complete_to_hour``: the last hour recorded, all pages of which are held, or None. ``head_time_s``: block
    time of the proving header. ``late_pages``: pages recorded more than two hours after their hour, None until
    all anchors are here. ``single_operator``: the chain is an embedded engine's.
    """

    signature: bool
    key_trust: bool
    revoked: bool
    complete_to_hour: int | None
    pages_held: int
    pages_proven: int
    head_height: int
    head_time_s: int
    single_operator: bool
    replayed: bool
    late_pages: int | None = None


def facts_of(
    proven: ProvenRecord, pages_held: int, certificate_good: bool, chain_id: str, late: int | None = None
) -> Facts:
    """The facts of a proven record, the number of its pages that are held and verified, and of the late ones."""
    record = proven.record
    revoked = bool(record.flags & (REVOKED | SUSPENDED))
    complete = pages_held >= proven.size and proven.size > 0
    return Facts(
        signature=proven.size > 0,
        key_trust=certificate_good and not revoked,
        revoked=revoked,
        complete_to_hour=record.last_hour if complete else None,
        pages_held=pages_held,
        pages_proven=proven.size,
        head_height=proven.height,
        head_time_s=proven.time_s,
        single_operator=chain_id.endswith("-embedded"),
        replayed=record.replayed,
        late_pages=late,
    )


def keys_of_bundle(record: MeterRecord, meter: bytes, certifier: bytes) -> Sequence[tuple[str, bytes]]:
    """The state keys that a meter proves with every head."""
    keys = [(METER, meter), (GOVERNANCE, GOVERNANCE_CHAIN), (CERTIFIER, certifier)]
    if record.home is not None:
        keys.append((HOME, record.home))
    if record.zone is not None:
        keys.append((ZONE, record.zone.encode()))
    return keys

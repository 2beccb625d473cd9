"""Block ids, headers and blocks as CometBFT v0.38 hashes them.

Here: encodings and hashes of header, data, results, parameters, part set. Not here: votes
(``ledger.commit``), trust (``ledger.lightclient``), JSON (``node``). Times are nanoseconds since 1970.
Source: CometBFT v0.38 types/block.go, types/part_set.go, types/results.go, types/params.go, types/tx.go;
proto/tendermint/types/types.proto.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_text, as_uint
from ohmstead.ledger.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash, root_of
from ohmstead.ledger.protobuf import bytes_field, int_field, message_field, timestamp
from ohmstead.ledger.validators import ADDRESS_BYTES

BLOCK_PROTOCOL = 11
PART_BYTES = 65_536
MAX_CHAIN_ID = 50
MAX_APP_HASH = 64
NO_EVIDENCE = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class BlockId:
    """A block's header hash with the count and root of its parts. All empty before the first block."""

    hash: bytes = b""
    parts_total: int = 0
    parts_hash: bytes = b""

    def encode(self) -> bytes:
        """BlockID; the part set header is always written."""
        parts = int_field(1, self.parts_total) + bytes_field(2, self.parts_hash)
        return bytes_field(1, self.hash) + message_field(2, parts)

    def to_value(self) -> Value:
        """[hash, number of parts, root of the parts]."""
        return [self.hash, self.parts_total, self.parts_hash]

    @classmethod
    def from_value(cls, value: Value) -> BlockId:
        """The id of a decoded value. Raises CodecError."""
        hash_, total, parts = as_list(value, "block id", 3)
        return cls(_hash(hash_, "block hash"), as_uint(total, "parts", 1 << 32), _hash(parts, "parts hash"))


NO_BLOCK = BlockId()


@dataclass(frozen=True, slots=True)
class Header:
    """A block's header. Hashes are 0 or 32 bytes; ``app_hash`` is that of the state *before* this block."""

    chain_id: str
    height: int
    time_ns: int
    last_block_id: BlockId
    last_commit_hash: bytes
    data_hash: bytes
    validators_hash: bytes
    next_validators_hash: bytes
    consensus_hash: bytes
    app_hash: bytes
    last_results_hash: bytes
    evidence_hash: bytes
    proposer_address: bytes
    version_block: int = BLOCK_PROTOCOL
    version_app: int = 0

    @property
    def time_s(self) -> int:
        """Block time in whole seconds, floored: the only clock of the contract."""
        return self.time_ns // 10**9

    def _tail(self) -> tuple[bytes, ...]:
        return (
            self.last_commit_hash, self.data_hash, self.validators_hash, self.next_validators_hash,
            self.consensus_hash, self.app_hash, self.last_results_hash, self.evidence_hash,
            self.proposer_address,
        )  # fmt: skip

    def _version(self) -> bytes:
        return int_field(1, self.version_block) + int_field(2, self.version_app)

    def hash(self) -> bytes:
        """The Merkle root over the fourteen fields; an empty field is an empty leaf."""
        leaves = [
            self._version(),
            bytes_field(1, self.chain_id.encode()),
            int_field(1, self.height),
            timestamp(self.time_ns),
            self.last_block_id.encode(),
            *(bytes_field(1, part) for part in self._tail()),
        ]
        return root_of([leaf_hash(leaf) for leaf in leaves])

    def encode(self) -> bytes:
        """Header as it stands in a block; its hash is over the fields instead."""
        return (
            message_field(1, self._version())
            + bytes_field(2, self.chain_id.encode())
            + int_field(3, self.height)
            + message_field(4, timestamp(self.time_ns))
            + message_field(5, self.last_block_id.encode())
            + b"".join(bytes_field(number, part) for number, part in enumerate(self._tail(), 6))
        )

    def to_value(self) -> Value:
        """[[block, app version], chain id, height, time ns, last block id, nine hashes in field order]."""
        return [
            [self.version_block, self.version_app], self.chain_id, self.height, self.time_ns,
            self.last_block_id.to_value(), *self._tail(),
        ]  # fmt: skip

    @classmethod
    def from_value(cls, value: Value) -> Header:
        """The header of a decoded value, lengths checked. Raises CodecError."""
        version, chain_id, height, time_ns, last, *tail = as_list(value, "header", 14)
        block, app = as_list(version, "version", 2)
        name = as_text(chain_id, "chain id")
        if not 1 <= len(name.encode()) <= MAX_CHAIN_ID:
            raise CodecError(f"a chain id has 1 to {MAX_CHAIN_ID} bytes")
        return cls(
            chain_id=name,
            height=as_uint(height, "height"),
            time_ns=as_uint(time_ns, "time"),
            last_block_id=BlockId.from_value(last),
            last_commit_hash=_hash(tail[0], "last commit hash"),
            data_hash=_hash(tail[1], "data hash"),
            validators_hash=_hash(tail[2], "validators hash"),
            next_validators_hash=_hash(tail[3], "next validators hash"),
            consensus_hash=_hash(tail[4], "consensus hash"),
            app_hash=as_bytes(tail[5], "AppHash", at_most=MAX_APP_HASH),
            last_results_hash=_hash(tail[6], "last results hash"),
            evidence_hash=_hash(tail[7], "evidence hash"),
            proposer_address=as_bytes(tail[8], "proposer", ADDRESS_BYTES),
            version_block=as_uint(block, "block version"),
            version_app=as_uint(app, "app version"),
        )


def _hash(value: Value, what: str) -> bytes:
    data = as_bytes(value, what)
    if len(data) not in (0, HASH_BYTES):
        raise CodecError(f"{what} must be empty or {HASH_BYTES} bytes")
    return data


# ---- what headers point at --------------------------------------------------------------------


def data_hash(txs: Iterable[bytes]) -> bytes:
    """The root over transactions; each leaf is the SHA-256 of one, hashed again as a leaf."""
    return root_of([leaf_hash(sha256(tx).digest()) for tx in txs])


def result_bytes(code: int, data: bytes, gas_wanted: int = 0, gas_used: int = 0) -> bytes:
    """ExecTxResult cut down to what last_results_hash covers: never events, log or info."""
    return int_field(1, code) + bytes_field(2, data) + int_field(5, gas_wanted) + int_field(6, gas_used)


def results_hash(results: Iterable[bytes]) -> bytes:
    """The root over ``result_bytes`` of a block; it stands in the next header."""
    return root_of([leaf_hash(r) for r in results])


def consensus_hash(max_bytes: int, max_gas: int) -> bytes:
    """SHA-256 of HashedParams: a plain hash, no tree."""
    return sha256(int_field(1, max_bytes) + int_field(2, max_gas)).digest()


def part_set(encoded_block: bytes) -> tuple[int, bytes]:
    """(number of parts, root over them) of a block's bytes, cut in pieces of 65 536."""
    view = [encoded_block[i : i + PART_BYTES] for i in range(0, len(encoded_block), PART_BYTES)]
    return len(view), root_of([leaf_hash(part) for part in view])


def encode_block(header: Header, txs: Sequence[bytes], last_commit: bytes) -> bytes:
    """Block without evidence; ``last_commit`` is already encoded."""
    return (
        message_field(1, header.encode())
        + message_field(2, b"".join(message_field(1, tx) for tx in txs))
        + message_field(3, b"")
        + message_field(4, last_commit)
    )


def block_id(header: Header, txs: Sequence[bytes], last_commit: bytes) -> BlockId:
    """The id that validators sign for this block."""
    return BlockId(header.hash(), *part_set(encode_block(header, txs, last_commit)))

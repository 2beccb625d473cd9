"""Proofs about the two-level state: a key's value, or that there is none, under one AppHash.

AppHash is the root of a sorted map from module name to module root; a module is a sorted map from key to
value. Both levels hash as the ICS-23 *tendermint* spec: leaf = SHA-256(00 || len key || key || 32 ||
SHA-256(value)), node = SHA-256(01 || left || right). Presence is one path a level; absence is the neighbours
that stand side by side where the key would be. A path's sides follow from (index, total); as the sides of a
leaf that really is in the tree cannot be chosen, neighbours by claimed index are neighbours in the tree.

Here: the proof, its bytes, its verification, its form as CometBFT's ProofOps. Not here: the trees
(``ledger.statetree``). Pure and total: only StateProofError comes out of a check.
Source: protocol/statements, "State"; ICS-23 (TendermintSpec); CometBFT v0.38 crypto/merkle/proof_value.go.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.merkle import HASH_BYTES, node_hash, split_point
from ohmstead.ledger.protobuf import bytes_field, int_field, message_field, uvarint

MAX_AUNTS = 64
MAX_KEY_BYTES = 64
MAX_PROOF_BYTES = 16 << 10
PRESENT, ABSENT_KEY, ABSENT_MODULE = range(3)
VALUE_OP = "simple:v"


class StateProofError(VerificationError):
    """A state proof is malformed, or proves something else than it should."""


def entry_hash(key: bytes, value_hash: bytes) -> bytes:
    """The leaf hash of a map entry; ``value_hash`` is SHA-256 of the value."""
    return sha256(b"\x00" + uvarint(len(key)) + key + b"\x20" + value_hash).digest()


@dataclass(frozen=True, slots=True)
class Path:
    """The way from leaf ``index`` of ``total`` up to a root: ``aunts``, the leaf's sibling first."""

    total: int
    index: int
    aunts: tuple[bytes, ...]

    def to_value(self) -> Value:
        """[total, index, [aunt, ...]]."""
        return [self.total, self.index, list(self.aunts)]

    @classmethod
    def from_value(cls, value: Value) -> Path:
        """The path of a decoded value. Raises CodecError."""
        total, index, aunts = as_list(value, "path", 3)
        return cls(
            as_uint(total, "total"),
            as_uint(index, "index"),
            tuple(as_bytes(a, "aunt", HASH_BYTES) for a in as_list(aunts, "aunts", at_most=MAX_AUNTS)),
        )

    def root(self, leaf: bytes, subject: str) -> bytes:
        """The root that this path leads to from a leaf hash. Raises StateProofError for a wrong shape."""
        if not 0 <= self.index < self.total or len(self.aunts) > MAX_AUNTS:
            raise StateProofError(subject, f"index {self.index} of {self.total}")
        left_turns: list[bool] = []
        index, total = self.index, self.total
        while total > 1:
            half = split_point(total)
            left_turns.append(index < half)
            index, total = (index, half) if index < half else (index - half, total - half)
        if len(left_turns) != len(self.aunts):
            raise StateProofError(subject, f"{len(self.aunts)} aunts, {len(left_turns)} are needed")
        for left, aunt in zip(reversed(left_turns), self.aunts, strict=True):
            leaf = node_hash(leaf, aunt) if left else node_hash(aunt, leaf)
        return leaf


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry next to the place of a key that is not there."""

    key: bytes
    value_hash: bytes
    path: Path

    def to_value(self) -> Value:
        """[key, SHA-256 of the value, path]."""
        return [self.key, self.value_hash, self.path.to_value()]

    @classmethod
    def from_value(cls, value: Value) -> Neighbour:
        """The neighbour of a decoded value. Raises CodecError."""
        key, value_hash, path = as_list(value, "neighbour", 3)
        return cls(
            as_bytes(key, "key", at_most=MAX_KEY_BYTES),
            as_bytes(value_hash, "value hash", HASH_BYTES),
            Path.from_value(path),
        )

    def root(self, subject: str) -> bytes:
        """The root this entry's path leads to."""
        return self.path.root(entry_hash(self.key, self.value_hash), subject)


Level: TypeAlias = "Path | tuple[Neighbour, ...]"


@dataclass(frozen=True, slots=True)
class StateProof:
    """A proof under an AppHash.

    ``key`` is the way to the entry in its module, or the neighbours of an absent key; ``module`` is the way
    to the module's root, or the neighbours of an absent module (``key`` is then None).
    """

    key: Level | None
    module: Level

    @property
    def kind(self) -> int:
        """PRESENT, ABSENT_KEY or ABSENT_MODULE."""
        if self.key is None:
            return ABSENT_MODULE
        return PRESENT if isinstance(self.key, Path) else ABSENT_KEY

    def to_cbor(self) -> bytes:
        """[kind, module level, key level or null]; a level is a path or an array of neighbours."""
        return encode(
            [self.kind, _level_value(self.module), None if self.key is None else _level_value(self.key)]
        )

    @classmethod
    def from_cbor(cls, data: bytes) -> StateProof:
        """The proof of received bytes. Raises StateProofError, before anything is hashed."""
        try:
            kind, module, key = as_list(decode(data, max_size=MAX_PROOF_BYTES), "state proof", 3)
            if kind == PRESENT:
                return cls(Path.from_value(key), Path.from_value(module))
            if kind == ABSENT_KEY:
                return cls(_neighbours(key), Path.from_value(module))
            if kind != ABSENT_MODULE or key is not None:
                raise CodecError("unknown kind of proof")
            return cls(None, _neighbours(module))
        except CodecError as error:
            raise StateProofError("state proof", str(error)) from error


def _level_value(level: Level) -> Value:
    return level.to_value() if isinstance(level, Path) else [n.to_value() for n in level]


def _neighbours(value: Value) -> tuple[Neighbour, ...]:
    found = tuple(Neighbour.from_value(n) for n in as_list(value, "neighbours", at_most=2))
    if not found:
        raise CodecError("an absence proof without neighbours")
    return found


# ---- checks -----------------------------------------------------------------------------------


def verify_presence(app_hash: bytes, module: str, key: bytes, value: bytes, proof: StateProof) -> None:
    """That the state under ``app_hash`` holds ``value`` under ``module``/``key``. Raises StateProofError."""
    subject = _subject(module, key)
    if not isinstance(proof.key, Path) or not isinstance(proof.module, Path):
        raise StateProofError(subject, "is not a proof of presence")
    module_root = proof.key.root(entry_hash(key, sha256(value).digest()), subject)
    _check_module(app_hash, module, module_root, proof.module, subject)


def verify_absence(app_hash: bytes, module: str, key: bytes, proof: StateProof) -> None:
    """That the state under ``app_hash`` holds nothing under ``module``/``key``. Raises StateProofError."""
    subject = _subject(module, key)
    if proof.key is None and not isinstance(proof.module, Path):
        root = _gap(module.encode(), proof.module, subject)
        if root != app_hash:
            raise StateProofError(subject, "the proof does not lead to the AppHash")
        return
    if proof.key is None or isinstance(proof.key, Path) or not isinstance(proof.module, Path):
        raise StateProofError(subject, "is not a proof of absence")
    _check_module(app_hash, module, _gap(key, proof.key, subject), proof.module, subject)


def _subject(module: str, key: bytes) -> str:
    if not 0 < len(key) <= MAX_KEY_BYTES or not 0 < len(module.encode()) <= MAX_KEY_BYTES:
        raise StateProofError("state key", "module or key outside 1 to 64 bytes")
    return f"{module}/{key.hex()}"


def _check_module(app_hash: bytes, module: str, module_root: bytes, path: Path, subject: str) -> None:
    leaf = entry_hash(module.encode(), sha256(module_root).digest())
    if path.root(leaf, subject) != app_hash:
        raise StateProofError(subject, "the proof does not lead to the AppHash")


def _gap(key: bytes, neighbours: tuple[Neighbour, ...], subject: str) -> bytes:
    """The root of a map in which these neighbours leave no room for ``key`` between them."""
    left = [n for n in neighbours if n.key < key]
    right = [n for n in neighbours if n.key > key]
    if len(left) + len(right) != len(neighbours) or len(left) > 1 or len(right) > 1 or not neighbours:
        raise StateProofError(subject, "the neighbours do not stand on both sides of the key")
    total = neighbours[0].path.total
    if any(n.path.total != total for n in neighbours):
        raise StateProofError(subject, "the neighbours are of different maps")
    if left and right:
        touching = left[0].path.index + 1 == right[0].path.index
    elif left:
        touching = left[0].path.index == total - 1
    else:
        touching = right[0].path.index == 0
    if not touching:
        raise StateProofError(subject, "the neighbours leave room between them")
    roots = {n.root(subject) for n in neighbours}
    if len(roots) != 1:
        raise StateProofError(subject, "the neighbours are of different maps")
    return roots.pop()


# ---- CometBFT's form --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProofOp:
    """One step of CometBFT's proof runtime, as ``abci_query`` carries it."""

    type: str
    key: bytes
    data: bytes


def proof_ops(module: str, key: bytes, value: bytes, proof: StateProof) -> tuple[ProofOp, ProofOp]:
    """A presence proof as two ``simple:v`` operations, for key path ``/<module>/<key>``.

    Raises StateProofError for a proof of absence, which CometBFT's own client cannot check.
    """
    subject = _subject(module, key)
    if not isinstance(proof.key, Path) or not isinstance(proof.module, Path):
        raise StateProofError(subject, "is not a proof of presence")
    leaf = entry_hash(key, sha256(value).digest())
    name = module.encode()
    module_leaf = entry_hash(name, sha256(proof.key.root(leaf, subject)).digest())
    return _value_op(key, leaf, proof.key), _value_op(name, module_leaf, proof.module)


def _value_op(key: bytes, leaf: bytes, path: Path) -> ProofOp:
    proof = int_field(1, path.total) + int_field(2, path.index) + bytes_field(3, leaf)
    proof += b"".join(bytes_field(4, aunt) for aunt in path.aunts)
    return ProofOp(VALUE_OP, key, bytes_field(1, key) + message_field(2, proof))

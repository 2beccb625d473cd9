"""The two-level state: incremental equals rebuilt, presence and absence are proven, lies are refused."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ohmstead.core.codec import decode, encode
from ohmstead.ledger.merkle import EMPTY_ROOT, leaf_hash, root_of
from ohmstead.ledger.protobuf import fields
from ohmstead.ledger.stateproof import ABSENT_KEY, ABSENT_MODULE, PRESENT, Neighbour, Path
from ohmstead.ledger.statetree import (
    State,
    StateProof,
    StateProofError,
    proof_ops,
    verify_absence,
    verify_presence,
)

names = st.sampled_from(["a", "home", "meter", "zone"])
keys = st.binary(min_size=1, max_size=3).filter(lambda k: k != b".")
values = st.binary(max_size=5)


def map_root(items: dict[bytes, bytes]) -> bytes:
    """The root from the definition alone."""
    return root_of(
        [leaf_hash(bytes((len(k),)) + k + b"\x20" + sha256(v).digest()) for k, v in sorted(items.items())]
    )


def app_hash(model: dict[str, dict[bytes, bytes]]) -> bytes:
    return map_root({m.encode(): map_root(items) for m, items in model.items()})


def filled() -> State:
    state = State()
    state.apply({("meter", bytes((i, i))): bytes((i,)) for i in range(10, 60, 2)} | {("zone", b"nl"): b"x"})
    return state


class StateMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.model: dict[str, dict[bytes, bytes]] = {}

    @rule(changes=st.dictionaries(st.tuples(names, keys), st.none() | values, max_size=8))
    def apply(self, changes: dict[tuple[str, bytes], bytes | None]) -> None:
        self.state.apply(changes)
        for (module, key), value in changes.items():
            if value is not None:
                self.model.setdefault(module, {b".": b"\x01"})[key] = value
            else:
                self.model.get(module, {}).pop(key, None)

    @rule(module=names, key=keys)
    def prove(self, module: str, key: bytes) -> None:
        if not self.model:
            return
        proof = StateProof.from_cbor(self.state.prove(module, key).to_cbor())
        value = self.model.get(module, {}).get(key)
        if value is None:
            assert proof.kind == (ABSENT_KEY if module in self.model else ABSENT_MODULE)
            verify_absence(self.state.app_hash, module, key, proof)
        else:
            verify_presence(self.state.app_hash, module, key, value, proof)

    @invariant()
    def equals_the_definition(self) -> None:
        assert self.state.app_hash == (app_hash(self.model) if self.model else EMPTY_ROOT)
        assert {m: dict(self.state.items(m)) for m in self.state.modules} == self.model


StateMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=15)
TestStateMachine = StateMachine.TestCase


def test_snapshot_restores_the_same_hash() -> None:
    state = filled()
    again = State(state.snapshot())
    assert again.app_hash == state.app_hash
    assert list(again.snapshot()) == list(state.snapshot())


def test_nothing_changes_the_hash_but_a_change() -> None:
    state = filled()
    before = state.app_hash
    state.apply({})
    state.apply({("meter", bytes((10, 10))): bytes((10,)), ("none", b"k"): None, ("meter", b"zz"): None})
    assert state.app_hash == before
    state.apply({("meter", b"zz"): b"1"})
    assert state.app_hash != before
    state.apply({("meter", b"zz"): None})
    assert state.app_hash == before


@pytest.mark.parametrize(
    ("module", "key", "value"),
    [("", b"k", b""), ("m", b"", b""), ("m", bytes(65), b""), ("m" * 65, b"k", b""), ("zone", b".", b"2"),
     ("zone", b".", None)],
)  # fmt: skip
def test_bad_changes_write_nothing(module: str, key: bytes, value: bytes | None) -> None:
    state = filled()
    before = state.app_hash
    with pytest.raises(ValueError):
        state.apply({("meter", b"new"): b"1", (module, key): value})
    assert state.app_hash == before
    assert state.get("meter", b"new") is None


def test_an_empty_state_proves_nothing() -> None:
    with pytest.raises(ValueError):
        State().prove("meter", b"k")


def test_presence_is_of_that_value_key_module_and_hash_alone() -> None:
    state = filled()
    key = bytes((20, 20))
    proof = state.prove("meter", key)
    verify_presence(state.app_hash, "meter", key, bytes((20,)), proof)
    for hash_, module, k, value in (
        (bytes(32), "meter", key, bytes((20,))),
        (state.app_hash, "zone", key, bytes((20,))),
        (state.app_hash, "meter", bytes((22, 22)), bytes((20,))),
        (state.app_hash, "meter", key, bytes((21,))),
    ):
        with pytest.raises(StateProofError):
            verify_presence(hash_, module, k, value, proof)
    with pytest.raises(StateProofError, match="not a proof of absence"):
        verify_absence(state.app_hash, "meter", key, proof)


def test_absence_at_both_ends_and_between() -> None:
    state = filled()
    for key, count in ((b"\x01", 1), (bytes((21,)), 2), (b"\xff", 1)):
        proof = state.prove("meter", key)
        assert isinstance(proof.key, tuple)
        assert len(proof.key) == count
        verify_absence(state.app_hash, "meter", key, proof)
        with pytest.raises(StateProofError, match="not a proof of presence"):
            verify_presence(state.app_hash, "meter", key, b"", proof)


def test_neighbours_that_hide_a_key_are_refused() -> None:
    """A prover that leaves out the entry between two real ones."""
    state = filled()
    key = bytes((20, 20))
    left, right = bytes((18, 18)), bytes((22, 22))
    honest = state.prove("meter", key)

    def neighbour(k: bytes) -> Neighbour:
        proof = state.prove("meter", k)
        assert isinstance(proof.key, Path)
        return Neighbour(k, sha256(state.get("meter", k) or b"").digest(), proof.key)

    def lie(*around: Neighbour) -> StateProof:
        return StateProof(around, honest.module)

    a, b = neighbour(left), neighbour(right)
    attempts = [
        lie(a, b),
        lie(a),
        lie(b),
        lie(a, replace(b, path=replace(b.path, index=a.path.index + 1))),
        lie(replace(a, path=replace(a.path, index=b.path.index - 1)), b),
        lie(replace(a, path=replace(a.path, total=a.path.index + 1))),
        lie(replace(b, path=replace(b.path, index=0))),
        lie(b, a),
        lie(a, a),
        lie(),
        lie(neighbour(key)),
        lie(a, neighbour(key)),
    ]
    for proof in attempts:
        with pytest.raises(StateProofError):
            verify_absence(state.app_hash, "meter", key, proof)


def test_neighbours_must_be_of_one_map() -> None:
    """A total that gives the right neighbour the same sides is still another total."""
    state = filled()
    key = bytes((21,))
    honest = state.prove("meter", key)
    assert isinstance(honest.key, tuple)
    left, right = honest.key
    moved = replace(right, path=replace(right.path, total=right.path.total + 1))
    assert moved.root("the same sides") == right.root("the same sides")
    with pytest.raises(StateProofError, match="different maps"):
        verify_absence(state.app_hash, "meter", key, StateProof((left, moved), honest.module))


@pytest.mark.parametrize(
    "path",
    [
        Path(0, 0, ()),
        Path(1, 1, ()),
        Path(2, 5, (bytes(32),)),
        Path(2, -1, (bytes(32),)),
        Path(4, 0, (bytes(32),)),
        Path(1 << 62, 0, (bytes(32),) * 65),
    ],
)
def test_a_path_of_a_wrong_shape_leads_nowhere(path: Path) -> None:
    with pytest.raises(StateProofError):
        path.root(bytes(32), "path")


@given(total=st.integers(1, 1 << 62), index=st.integers(0, 1 << 62))
def test_a_claimed_total_cannot_make_distant_entries_neighbours(total: int, index: int) -> None:
    state = filled()
    key = bytes((20, 20))
    honest = state.prove("meter", key)
    shifted = []
    for step, k in ((0, bytes((18, 18))), (1, bytes((22, 22)))):
        path = state.prove("meter", k).key
        assert isinstance(path, Path)
        moved = Path(total, min(index + step, total), path.aunts)
        shifted.append(Neighbour(k, sha256(state.get("meter", k) or b"").digest(), moved))
    with pytest.raises(StateProofError):
        verify_absence(state.app_hash, "meter", key, StateProof(tuple(shifted), honest.module))


def hashes_of(proof: StateProof) -> list[object]:
    """Everything in a proof that is hashed; the counts left out."""
    out: list[object] = []
    for level in (proof.module, proof.key):
        if isinstance(level, Path):
            out.append(level.aunts)
        else:
            out += [(n.key, n.value_hash, n.path.aunts) for n in level or ()]
    return out


def holds(state: State, key: bytes, raw: bytes) -> bool:
    value = state.get("meter", key)
    try:
        proof = StateProof.from_cbor(raw)
        if value is None:
            verify_absence(state.app_hash, "meter", key, proof)
        else:
            verify_presence(state.app_hash, "meter", key, value, proof)
    except StateProofError:
        return False
    return True


@given(st.data())
def test_a_bent_proof_is_refused(data: st.DataObject) -> None:
    """Only a count that gives a leaf the same sides may differ; whatever is hashed may not."""
    state = filled()
    key = data.draw(st.sampled_from([bytes((20, 20)), bytes((21,)), b"\x01"]))
    honest = state.prove("meter", key)
    raw = bytearray(honest.to_cbor())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    if holds(state, key, bytes(raw)):
        assert hashes_of(StateProof.from_cbor(bytes(raw))) == hashes_of(honest)


@given(st.binary(max_size=200))
def test_garbage_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(StateProofError):
        StateProof.from_cbor(raw)


@pytest.mark.parametrize(
    "value",
    [[0, [2, 0, [bytes(32)] * 65], [1, 0, []]], [1, [1, 0, []], []], [2, [], None], [3, [], None],
     [2, [[b"k", bytes(32), [1, 0, []]]], [1, 0, []]], [0, [1 << 63, 0, []], [1, 0, []]],
     [1, [1, 0, []], [[b"k", bytes(32), [1, 0, []]]] * 3], [0, [1, 0, []]],
     [0, [1, 0, [bytes(31)]], [1, 0, []]]],
)  # fmt: skip
def test_wrong_shapes_are_refused(value: list[object]) -> None:
    with pytest.raises(StateProofError):
        StateProof.from_cbor(encode(value))


def test_proof_ops_are_what_the_proof_runtime_computes() -> None:
    """CometBFT's ValueOp.Run, twice: value -> module root -> AppHash."""
    state = filled()
    key, value = bytes((20, 20)), bytes((20,))
    current = value
    for op in proof_ops("meter", key, value, state.prove("meter", key)):
        assert op.type == "simple:v"
        parts = dict(fields(op.data))
        assert parts[1] == op.key
        inner = parts[2]
        assert isinstance(inner, bytes)
        proof = fields(inner)
        leaf = leaf_hash(bytes((len(op.key),)) + op.key + b"\x20" + sha256(current).digest())
        assert dict(proof)[3] == leaf
        scalars = {n: v for n, v in proof if isinstance(v, int)}
        aunts = tuple(v for n, v in proof if n == 4 and isinstance(v, bytes))
        current = Path(scalars.get(1, 0), scalars.get(2, 0), aunts).root(leaf, "op")
    assert current == state.app_hash
    with pytest.raises(StateProofError):
        proof_ops("meter", b"\x01", b"", state.prove("meter", b"\x01"))


def test_proof_bytes_are_frozen() -> None:
    state = State({("m", b"a"): b"1", ("n", b"b"): b"2"}.items())
    kind, module, key = decode(state.prove("m", b"a").to_cbor())
    assert kind == PRESENT
    assert module == [2, 0, [map_leaf(b"n", map_root({b".": b"\x01", b"b": b"2"}))]]
    assert key == [2, 1, [map_leaf(b".", b"\x01")]]


def map_leaf(key: bytes, value: bytes) -> bytes:
    return leaf_hash(bytes((len(key),)) + key + b"\x20" + sha256(value).digest())

"""A round's statements as a node serves them: answers of a bounded size, whatever one statement weighs."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ohmstead.core.codec import encode
from ohmstead.ledger.merkle import leaf_hash
from ohmstead.neighbours.shape import SHAPE_BYTES, SHAPE_LEAF_BYTES
from ohmstead.node.client import MAX_ANSWER, NodeClient, NodeRefused, statements_of
from ohmstead.node.logs import MAX_NOTE_BYTES, Logs
from ohmstead.node.store import NodeStore

LOG = "nbr/1/houses/shape/672"
LEAVES = [encode([i.to_bytes(16, "big"), bytes((i,)) * SHAPE_BYTES]) for i in range(40)]


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    store = NodeStore(tmp_path / "chain.sqlite")
    store._db.executemany(
        "INSERT INTO log_leaf VALUES (?, ?, ?)", [(LOG, i, leaf) for i, leaf in enumerate(LEAVES)]
    )
    yield Logs(store, _no_state)
    store.close()


def _no_state() -> Any:
    raise AssertionError("statements are not in the state")


def test_load_shapes_are_served_a_megabyte_at_a_time(logs: Logs) -> None:
    served, answers = list[bytes](), 0
    while True:
        answer = logs.statements(LOG, len(served))
        assert len(encode(answer)) < MAX_NOTE_BYTES + 1_000 < MAX_ANSWER
        assert isinstance(answer, list)
        (found,) = answer
        assert isinstance(found, list)
        if not found:
            break
        served += [leaf for leaf in found if isinstance(leaf, bytes)]
        answers += 1
    assert (served, answers) == (LEAVES, 3)
    assert {len(leaf) for leaf in LEAVES} == {SHAPE_LEAF_BYTES}
    assert logs.hashes(LOG) == b"".join(map(leaf_hash, LEAVES))
    assert logs.statements(LOG, 40) == logs.statements("nbr/1/houses/shape/673", 0) == [[]]


class Serving(NodeClient):
    """A node that answers with these leaves."""

    def __init__(self, *leaves: bytes) -> None:
        super().__init__("serving")
        self.leaves = leaves

    async def _post(self, body: Any) -> Any:
        return {"id": body["id"], "result": base64.b64encode(encode([list(self.leaves)])).decode()}


async def test_a_statement_longer_than_any_is_refused_before_it_is_passed_on() -> None:
    assert await statements_of(Serving(LEAVES[0]), LOG, 0) == LEAVES[:1]
    with pytest.raises(NodeRefused, match="another shape"):
        await statements_of(Serving(LEAVES[0], LEAVES[1] + b"\0"), LOG, 0)

"""What a node serves of logs: household logs, revealed books, rules' logs with proofs, rounds' statements.

The state holds roots of all of them, so whoever asks can check every byte. Here: reading them from the store,
and one tree per rule for the proofs. Not here: the rows (``store``), JSON-RPC (``rpc``). Thread: the node's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from ohmstead.core.codec import Value
from ohmstead.ledger import logtile
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.statetree import State
from ohmstead.node.store import NodeStore

LOT_BYTES = 16
MAX_LOTS = 500
MAX_NOTES = 2000
MAX_NOTE_BYTES = 1 << 20
#: Leaf hashes of one round that an answer carries: as many homes as a cohort has at most in an answer of 2 MB.
MAX_HASHES = 60_000
RULES = ("slot/1", "lot/1")
#: A cohort's log of rounds is a rule's log with the cohort's name behind.
ROUNDS = "nbr/1/"


class NotThere(LookupError):
    """Nothing of that name is recorded yet."""


class Logs:
    """One node's. Trees grow as they are asked for."""

    def __init__(self, store: NodeStore, state: Callable[[], State]) -> None:
        self._store = store
        self._state = state
        self._trees = {rule: HashTree() for rule in RULES}

    def methods(self) -> dict[str, Callable[[dict[str, object]], Value]]:
        """The JSON-RPC methods, each from its parameters to a canonical value."""
        return {
            "ohmstead_notes": lambda p: self.notes(bytes.fromhex(str(p["home"])), int(str(p["first"]))),
            "ohmstead_book": lambda p: self.book(str(p["rule"]), int(str(p["index"]))),
            "ohmstead_lots": lambda _p: self.lots(),
            "ohmstead_rounds": lambda _p: self.rounds(),
            "ohmstead_statements": lambda p: self.statements(str(p["log"]), int(str(p["first"]))),
            "ohmstead_hashes": lambda p: self.hashes(str(p["log"])),
            "ohmstead_leaves": lambda p: self.leaves(
                str(p["rule"]), int(str(p["tile"])), int(str(p["size"]))
            ),
        }

    def notes(self, home: bytes, first: int) -> Value:
        """[[leaf, ...]]: leaves of a household log from ``first`` on, as many as one answer carries."""
        found: list[Value] = []
        left = MAX_NOTE_BYTES
        for leaf in self._store.household_notes(home, max(0, first), MAX_NOTES):
            left -= len(leaf)
            if left < 0 and found:
                break
            found.append(leaf)
        return [found]

    def book(self, rule: str, index: int) -> Value:
        """[record, [book leaf, ...], [result leaf, ...]] of a finished slot or lot. Raises NotThere."""
        kept = self._store.market_book(rule, index)
        if kept is None:
            raise NotThere(f"leaf {index} of {rule}")
        book, results, record = kept
        return [record, list(book), list(results)]

    def lots(self) -> Value:
        """[lot id, ...] of the lots that are open now: a list, and no proof that it is all of them."""
        return [key for key, _ in self._state().items("lot") if len(key) == LOT_BYTES][:MAX_LOTS]

    def rounds(self) -> Value:
        """[state key, ...] of the rounds that wait for guardians: a list, and no proof that it is all of them."""
        state = self._state()
        if state.get("nbr", b"params") is None:
            return []
        return [key for key, _ in state.between("nbrround", b"c", b"d")][:MAX_LOTS]

    def statements(self, log: str, first: int) -> Value:
        """[[leaf, ...]]: statements of a round from ``first`` on, as many as one answer carries."""
        found: list[Value] = []
        left = MAX_NOTE_BYTES
        with closing(self._store.each_log_leaf(log, max(0, first), MAX_NOTES)) as leaves:
            for leaf in leaves:
                left -= len(leaf)
                if left < 0 and found:
                    break
                found.append(leaf)
        return [found]

    def hashes(self, log: str) -> Value:
        """The leaf hashes of a round's statements, one after the other: 32 bytes each."""
        return b"".join(leaf_hash(leaf) for leaf in self._store.each_log_leaf(log, 0, MAX_HASHES))

    def leaves(self, rule: str, tile: int, size: int) -> Value:
        """A tile of a rule's log as of ``size`` leaves. Raises NotThere."""
        tree = self._trees.get(rule)
        if tree is None:
            if (
                not rule.startswith(ROUNDS)
                or self._state().get("nbr", b"log/" + rule[len(ROUNDS) :].encode()) is None
            ):
                raise NotThere(rule)
            tree = self._trees[rule] = HashTree()
        tree.extend([leaf_hash(record) for record in self._store.market_records(rule, tree.size)])
        span = logtile.tile_of(tile, size)
        if not 0 < size <= tree.size or tile < 0 or not span:
            raise NotThere(f"tile {tile} of {size} leaves of {rule}")
        kept = self._store.market_records(rule, span.start, len(span))
        return logtile.pack(tree, tile, kept, size).to_value()

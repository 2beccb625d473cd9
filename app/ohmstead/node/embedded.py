"""The embedded engine: the blocks, commits and proofs of a CometBFT network, made by keys of one operator.

Same bytes as CometBFT v0.38, so the same verifier (and CometBFT's own light client) serves both; the chain id
ends in ``-embedded`` and every screen says "single operator". Here: mempool, proposer rotation, block making,
restart. Not here: encodings (``ledger``), disk (``store``), RPC (``rpc``), when a block is due (``process``).
Thread: one; nothing here is thread-safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import gcd

from ohmstead.core.codec import as_bytes, as_list, decode, encode
from ohmstead.core.keys import SigningKey
from ohmstead.errors import UserError
from ohmstead.ledger.block import (
    NO_EVIDENCE,
    BlockId,
    Header,
    block_id,
    data_hash,
    result_bytes,
    results_hash,
)
from ohmstead.ledger.commit import COMMIT, PRECOMMIT, Commit, CommitSig, median_time, vote_sign_bytes
from ohmstead.ledger.genesis import EMBEDDED_SUFFIX, GenesisDocument
from ohmstead.ledger.lightclient import LightBlock
from ohmstead.ledger.merkle import EMPTY_ROOT
from ohmstead.ledger.validators import ValidatorSet
from ohmstead.node.application import Application
from ohmstead.node.archive import batch_in
from ohmstead.node.store import BlockRow, NodeStore

MEMPOOL_SIZE = 5000
MEMPOOL_BYTES = 64 << 20
MAX_BLOCK_TX_BYTES = 4 << 20
_MILLISECOND = 1_000_000


class EngineError(Exception):
    """The file on disk does not lead to the state that it claims, or a block failed: no node may run."""


class MempoolFull(Exception):
    """Too many transactions wait already, by number or by bytes: the sender tries again later."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the mempool says to a transaction; the fields of the application's result."""

    code: int
    data: bytes
    log: str


def proposer_at(validators: ValidatorSet, height: int) -> bytes:
    """The proposer's address at a height of a chain whose set never changed.

    Weighted round robin (CometBFT types/validator_set.go, IncrementProposerPriority): each turn adds every
    power to its priority, the highest proposes (ties: lower address) and pays the total. The sum stays zero,
    so centring moves nothing, and after total / gcd turns all priorities are zero again.
    """
    powers = [v.power for v in validators.validators]
    return _cycle(validators)[(height - 1) % (validators.total_power // gcd(*powers))]


@lru_cache(maxsize=4)
def _cycle(validators: ValidatorSet) -> tuple[bytes, ...]:
    members = validators.validators
    total = validators.total_power
    priority = {v.address: 0 for v in members}
    order = []
    for _ in range(total // gcd(*(v.power for v in members))):
        for v in members:
            priority[v.address] += v.power
        best = min(members, key=lambda v: (-priority[v.address], v.address))
        priority[best.address] -= total
        order.append(best.address)
    return tuple(order)


class Engine:
    """Makes one block at a time and keeps it before it tells anybody."""

    def __init__(
        self, genesis: GenesisDocument, keys: Sequence[SigningKey], app: Application, store: NodeStore
    ) -> None:
        if not genesis.chain_id.endswith(EMBEDDED_SUFFIX):
            raise UserError(f"{genesis.chain_id} must end in {EMBEDDED_SUFFIX}: one operator signs it.")
        self.genesis = genesis
        self.validators = genesis.validators
        self.app = app
        self.store = store
        self._keys = {k.public: k for k in keys}
        if any(v.public_key not in self._keys for v in self.validators.validators):
            raise UserError("The validator keys at hand are not those of this genesis.")
        self.mempool: dict[bytes, bytes] = {}
        self._waiting_bytes = 0
        self.halted = False
        self.on_halt: Callable[[], None] = lambda: None
        self.height = 0
        self.changed = 0
        self._last: tuple[BlockId, Commit, Header | None] = (BlockId(), Commit(), None)
        self._results = EMPTY_ROOT
        self.app_hash = self._open()

    # ---- restart ------------------------------------------------------------------------------

    def _open(self) -> bytes:
        kept = self.store.genesis()
        if kept is None:
            app_hash = self.app.init_chain(self.genesis)
            self.store.put_genesis(self.genesis.to_cbor(), dict(self.app.state.snapshot()))
            return app_hash
        if kept != self.genesis.to_cbor():
            raise UserError("This node's folder belongs to another ledger. Use another folder.")
        row = self.store.newest()
        items = self.store.state()
        if row is None:
            return self.app.restore(0, self.genesis.genesis_time_ns // 10**9, items)
        header, commit = _header(row), Commit.from_value(decode(row.commit))
        app_hash = self.app.restore(row.height, header.time_s, items)
        if app_hash != row.app_hash:
            raise EngineError(f"the state on disk is not the state after block {row.height}")
        self.height, self.changed = row.height, row.changed
        self._last = (commit.block_id, commit, header)
        self._results = results_hash(_results(row))
        return app_hash

    @property
    def time_ns(self) -> int:
        """The newest vote's time, or genesis time: where a replay goes on."""
        commit = self._last[1]
        return max((s.time_ns for s in commit.signatures), default=self.genesis.genesis_time_ns)

    # ---- mempool ------------------------------------------------------------------------------

    def submit(self, tx: bytes) -> Waiting:
        """Checks a transaction and lets it wait. Code 0: it waits (or did already). Raises MempoolFull."""
        name = sha256(tx).digest()
        if name in self.mempool:
            return Waiting(0, b"", "")
        if len(self.mempool) >= MEMPOOL_SIZE or self._waiting_bytes + len(tx) > MEMPOOL_BYTES:
            raise MempoolFull("mempool is full")
        result = self.app.check_tx(tx)
        if result.code == 0:
            self.mempool[name] = tx
            self._waiting_bytes += len(tx)
        return Waiting(result.code, result.data, result.log)

    def _propose(self, time_s: int) -> list[bytes]:
        chosen, room = [], MAX_BLOCK_TX_BYTES
        for tx in self.app.choose(self.mempool.values(), time_s):
            room -= len(tx)
            if room < 0:
                break
            chosen.append(tx)
        return chosen

    @property
    def ready(self) -> bool:
        """Whether a block now would hold a transaction, or is needed to prove the newest state."""
        return bool(self._propose(self._next_time() // 10**9)) or not self.provable

    @property
    def provable(self) -> bool:
        """Whether the newest header already carries the newest AppHash."""
        header = self._last[2]
        return header is not None and header.app_hash == self.app_hash

    def _next_time(self) -> int:
        _, last_commit, header = self._last
        return self.genesis.genesis_time_ns if header is None else median_time(last_commit, self.validators)

    # ---- blocks -------------------------------------------------------------------------------

    def step(self, vote_ns: int) -> Header:
        """Makes, runs, signs and keeps the next block; validators vote at ``vote_ns``, a microsecond apart.

        Its own time is the median of the votes for the block before (genesis time for the first). After an
        exception nothing of it is kept, but the state in memory may have moved: the engine halts, and only a
        restart from disk goes on. It never becomes "transaction failed" (protocol/statements).
        """
        if self.halted:
            raise EngineError("the engine has halted")
        try:
            return self._step(vote_ns)
        except BaseException:
            self.halt()
            raise

    def halt(self) -> None:
        """No more blocks: what is in memory is no longer what is on disk."""
        self.halted = True
        self.on_halt()

    def _step(self, vote_ns: int) -> Header:
        last_id, last_commit, _ = self._last
        time_ns = self._next_time()
        txs = self._propose(time_ns // 10**9)
        height = self.height + 1
        genesis = self.genesis
        header = Header(
            chain_id=genesis.chain_id,
            height=height,
            time_ns=time_ns,
            last_block_id=last_id,
            last_commit_hash=last_commit.hash(),
            data_hash=data_hash(txs),
            validators_hash=self.validators.hash,
            next_validators_hash=self.validators.hash,
            consensus_hash=genesis.consensus_hash,
            app_hash=self.app_hash,
            last_results_hash=self._results,
            evidence_hash=NO_EVIDENCE,
            proposer_address=proposer_at(self.validators, height),
            version_app=genesis.consensus_params.app_version,
        )
        id_ = block_id(header, txs, last_commit.encode())
        outcome = self.app.finalize_block(height, header.time_s, txs, header.proposer_address)
        if outcome.validator_updates:
            raise EngineError("the embedded engine's validators do not change")
        commit = self._sign(height, id_, max(vote_ns, time_ns + _MILLISECOND))
        moved = outcome.app_hash != self.app_hash
        changed = height if moved else self.changed
        results = [result_bytes(r.code, r.data) for r in outcome.results]
        accepted = [tx for tx, r in zip(txs, outcome.results, strict=True) if r.code == 0]
        self.store.save(
            BlockRow(
                height,
                encode(header.to_value()),
                encode(commit.to_value()),
                encode(txs),
                encode([[r.code, r.data] for r in outcome.results]),
                outcome.app_hash,
                changed,
            ),
            header.time_s,
            outcome.changes,
            [sha256(tx).digest() for tx in accepted],
            [batch for batch in map(batch_in, accepted) if batch is not None],
            outcome.notes,
            outcome.books,
            outcome.leaves,
        )
        self.height, self.changed, self.app_hash = height, changed, outcome.app_hash
        self._last, self._results = (id_, commit, header), results_hash(results)
        for tx, result in zip(txs, outcome.results, strict=True):
            if result.code != 2:
                self._waiting_bytes -= len(self.mempool.pop(sha256(tx).digest(), b""))
        return header

    def _sign(self, height: int, id_: BlockId, vote_ns: int) -> Commit:
        votes = []
        for i, v in enumerate(self.validators.validators):
            at = vote_ns + i * 1000
            message = vote_sign_bytes(self.genesis.chain_id, PRECOMMIT, height, 0, id_, at)
            votes.append(CommitSig(COMMIT, v.address, at, self._keys[v.public_key].sign(message)))
        return Commit(height, 0, id_, tuple(votes))

    # ---- questions ----------------------------------------------------------------------------

    def light_block(self, height: int) -> LightBlock | None:
        """The header of a height with its commit and validators."""
        row = self.store.block(height)
        if row is None:
            return None
        return LightBlock(_header(row), Commit.from_value(decode(row.commit)), self.validators)

    def block(self, height: int) -> tuple[Header, Commit, list[bytes]] | None:
        """Header, commit and transactions of a height."""
        row = self.store.block(height)
        if row is None:
            return None
        kept = as_list(decode(row.txs, max_size=64 << 20), "transactions")
        txs = [as_bytes(t, "transaction") for t in kept]
        return _header(row), Commit.from_value(decode(row.commit)), txs


def _header(row: BlockRow) -> Header:
    return Header.from_value(decode(row.header))


def _results(row: BlockRow) -> list[bytes]:
    out = []
    for item in as_list(decode(row.results, max_size=64 << 20), "results"):
        code, data = as_list(item, "result", 2)
        if not isinstance(code, int) or not isinstance(data, bytes):
            raise EngineError(f"the results of block {row.height} are damaged")
        out.append(result_bytes(code, data))
    return out

"""The contract as a state machine: (state, block) -> state, results. Pure and deterministic.

The embedded engine, the ABCI application and the app's own recomputation run this same code. Block time in
whole seconds is the only clock. A refused transaction is a typed refusal; an unexpected exception in
``check_tx`` refuses that transaction, in ``finalize_block`` it leaves this module and stops the node: it
never becomes "transaction failed", because recursion and memory limits differ between machines.
Source: protocol/statements, "The contract is deterministic because".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ohmstead.contract import market_rules, neighbour_roster, neighbour_rules, rules
from ohmstead.contract.genesis import AppState
from ohmstead.contract.households import meter_record, record_in
from ohmstead.contract.moment import Moment
from ohmstead.contract.neighbour_rounds import PER_BLOCK
from ohmstead.contract.neighbour_state import Now, Proofs
from ohmstead.contract.overlay import (
    CERTIFIER,
    CHAIN,
    GOVERNANCE,
    METER,
    MODULES,
    QUOTA,
    SIGNER,
    ZONE,
    Book,
    Changes,
    Key,
    Leaf,
    Note,
    Overlay,
)
from ohmstead.contract.refusals import OPEN, RETRY, Reason, Refused
from ohmstead.contract.signers import inner_key_of, inner_of, key_of
from ohmstead.core.codec import as_uint, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import kid
from ohmstead.core.market_statements import MARKET_BODIES
from ohmstead.core.statements import (
    BODIES,
    Beacon,
    Commission,
    Publish,
    Register,
    ReservedType,
    Retire,
    SignedStatement,
    StatementError,
    parse,
)
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.statetree import State

OK, REFUSED, LATER = 0, 1, 2
DAY_SECONDS = 86_400
_VERIFIED_LIMIT = 20_000
#: Transactions whose parts are kept between mempool and block: how many, and up to how many bytes each.
_PARSED_LIMIT, _PARSED_BYTES = 5000, 6000
#: A reveal window must have seen this many proposers, or all validators where there are fewer.
_PROPOSERS = 3


@dataclass(frozen=True, slots=True)
class TxResult:
    """What became of a transaction. ``code`` 0 accepted, 1 refused, 2 retry after the next block.

    ``code`` and ``data`` are covered by last_results_hash, ``log`` is for people alone.
    """

    code: int = OK
    data: bytes = b""
    log: str = ""


@dataclass(frozen=True, slots=True)
class BlockOutcome:
    """What a block did: a result per transaction, the AppHash after it, and the keys that changed.

    ``notes`` are the leaves that household logs gained, in order, ``books`` what the market cleared and what
    neighbours' rounds came to, ``leaves`` what the rounds' logs gained: a node keeps them, because state holds
    their roots alone.
    """

    results: tuple[TxResult, ...]
    app_hash: bytes
    validator_updates: tuple[tuple[bytes, int], ...]
    changes: Changes
    retry: tuple[int, ...]
    notes: tuple[Note, ...] = ()
    books: tuple[Book, ...] = ()
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class _Times:
    """A block as the parts see it that not every ledger has."""

    market: Moment | None
    neighbours: Now | None


class Machine:
    """One ledger's contract. Not thread-safe: one owner calls it, in block order."""

    def __init__(self, genesis: GenesisDocument) -> None:
        self.genesis_hash = genesis.genesis_hash
        self._app_state = AppState.from_cbor(genesis.app_state)
        self._market = self._app_state.market
        self._neighbours = self._app_state.neighbours
        self._bodies = dict(BODIES if self._market is None else MARKET_BODIES)
        if self._neighbours is not None:
            self._bodies |= neighbour_rules.NEIGHBOUR_BODIES
        self._proofs = Proofs()
        self._proposers = min(_PROPOSERS, len(genesis.validators.validators))
        self.state = State()
        self.height = 0
        self.time_s = genesis.genesis_time_ns // 10**9
        self._verified: dict[bytes, SignedStatement] = {}
        self._parsed: dict[bytes, SignedStatement] = {}

    def init_chain(self, genesis: GenesisDocument) -> bytes:
        """Builds the first state; returns its AppHash. Raises ValueError for another ledger's genesis."""
        if genesis.genesis_hash != self.genesis_hash:
            raise ValueError("the genesis of another ledger")
        start = self._app_state
        changes: Changes = {(module, b"."): b"\x01" for module in MODULES}
        quotas = start.quotas
        changes[CHAIN, b"genesis"] = encode(self.genesis_hash)
        changes[CHAIN, b"quotas"] = encode([quotas.pages, quotas.beacons, quotas.others])
        for zone in start.zones:
            changes[ZONE, zone.name.encode()] = zone.to_cbor()
        # The chain of validator-set changes signed by governance keys: empty at first (protocol/trust).
        changes[GOVERNANCE, b"chain"] = encode([0, bytes(32)])
        changes[GOVERNANCE, b"members"] = encode([[m.name, m.public_key] for m in start.governance])
        for certifier in start.certifiers:
            changes[CERTIFIER, kid(certifier.public_key)] = encode([certifier.name, certifier.public_key])
        if self._market is not None:
            changes |= market_rules.first_state(self._market)
        if self._neighbours is not None:
            changes |= neighbour_rules.first_state(self._neighbours)
        self.state.apply(changes)
        return self.state.app_hash

    def restore(self, height: int, time_s: int, items: Iterable[tuple[Key, bytes]]) -> bytes:
        """Takes over a stored state; returns its AppHash for the caller to compare."""
        self.height, self.time_s = height, time_s
        self.state = State()
        self.state.apply(dict(items))
        return self.state.app_hash

    # ---- mempool ------------------------------------------------------------------------------

    def check_tx(self, tx: bytes) -> TxResult:
        """Whether a transaction may wait for a block: signature, expiry, signer, not yet done.

        What only a later block can decide (an hour in the future) is not asked here.
        """
        try:
            state = Overlay(self.state.get, self.state.between, trial=True)
            signed = self._open(tx, state)
            self._check_expiry(signed, self.time_s)
            body = signed.statement.body
            if isinstance(body, Publish):
                raw = self.state.get(METER, body.meter)
                if raw is None:
                    raise Refused(Reason.UNKNOWN_METER)
                size = record_in(raw).log.size
                if body.first < size:
                    raise Refused(Reason.WRONG_SIZE, f"the log holds {size} pages")
            seq = signed.statement.seq
            if seq is not None and seq <= state.get_uint(SIGNER, signed.signer):
                raise Refused(Reason.WRONG_SEQUENCE)
            if body.TYPE not in BODIES:
                self._try(state, signed, self._times(self.height + 1, self.time_s, b""))
        except Refused as refusal:
            return _result(refusal)
        return TxResult()

    def is_early(self, tx: bytes, time_s: int) -> bool:
        """Whether a block of this time would only say "later" to a transaction that was checked."""
        try:
            body = self._parse(tx).statement.body
            if isinstance(body, Publish):
                return rules.is_early(body, time_s)
            if self._neighbours is not None and body.TYPE in neighbour_rules.NEIGHBOUR_BODIES:
                return neighbour_rules.is_early(self._overlay(), body, self._neighbours, time_s)
            if self._market is None or body.TYPE in BODIES:
                return False
            return market_rules.is_early(self._overlay(), body, self._market, time_s)
        except (StatementError, VerificationError):
            return False

    def choose(self, txs: Iterable[bytes], time_s: int) -> Iterator[bytes]:
        """Those of checked transactions, in order, to which a block of this time would not just say "later".

        Of statements with neighbours' proofs there are no more than it checks: the rest would fill block after
        block and be put off in each.
        """
        left = PER_BLOCK
        for tx in txs:
            cost = self._cost(tx)
            if cost <= left and not self.is_early(tx, time_s):
                left -= cost
                yield tx

    def _cost(self, tx: bytes) -> int:
        if self._neighbours is None:
            return 0
        try:
            return neighbour_rules.cost_of(self._parse(tx).statement.body)
        except StatementError:
            return 0

    @staticmethod
    def _try(state: Overlay, signed: SignedStatement, times: _Times) -> None:
        """Runs a market's or neighbours' statement on a scratch state.

        Raises Refused where no block can lift the refusal.
        """
        try:
            _apply_more(state, signed, times)
        except Refused as refusal:
            if refusal.reason not in OPEN:
                raise

    # ---- blocks -------------------------------------------------------------------------------

    def finalize_block(
        self, height: int, time_s: int, txs: Sequence[bytes], proposer: bytes = b""
    ) -> BlockOutcome:
        """Runs what is due, then a block's transactions in order, and moves the state.

        ``time_s`` is block time, floored; ``proposer`` the address of the validator that made the block (a
        market's reveal windows count them; a block without one counts for none).
        """
        block = self._overlay()
        times = self._times(height, time_s, proposer)
        if times.market is not None:
            market_rules.due(block, times.market)
        if times.neighbours is not None:
            neighbour_rules.due(block, times.neighbours)
        results = tuple(self._run(tx, block, height, time_s, times) for tx in txs)
        changes = block.changes
        self.state.apply(changes)
        self.height, self.time_s = height, time_s
        retry = tuple(i for i, r in enumerate(results) if r.code == LATER)
        return BlockOutcome(
            results, self.state.app_hash, (), changes, retry, tuple(block.notes), tuple(block.books),
            tuple(block.leaves),
        )  # fmt: skip

    def _overlay(self) -> Overlay:
        return Overlay(self.state.get, self.state.between)

    def _times(self, height: int, time_s: int, proposer: bytes) -> _Times:
        market = neighbours = None
        if self._market is not None:
            market = Moment(self.genesis_hash, self._market, height, time_s, proposer, self._proposers)
        if self._neighbours is not None:
            neighbours = Now(self.genesis_hash, self._neighbours, height, time_s, self._proofs)
        return _Times(market, neighbours)

    def _run(self, tx: bytes, block: Overlay, height: int, time_s: int, times: _Times) -> TxResult:
        try:
            signed = self._open(tx, block)
            self._check_expiry(signed, time_s)
            seq = signed.statement.seq
            if seq is not None and seq != block.get_uint(SIGNER, signed.signer) + 1:
                raise Refused(Reason.WRONG_SEQUENCE)
        except Refused as refusal:
            return _result(refusal)
        scratch = block.above()
        try:
            self._count(scratch, signed, time_s)
            self._apply(scratch, signed, height, time_s, times)
        except Refused as refusal:
            scratch = block.above()
            result = _result(refusal)
        else:
            result = TxResult()
        if seq is not None and result.code != LATER:
            # A statement that passed signature, expiry and sequence uses its sequence up, even if refused:
            # otherwise one refused statement would block its signer for ever.
            scratch.put_value(SIGNER, signed.signer, seq)
        block.absorb(scratch)
        return result

    @staticmethod
    def _apply(state: Overlay, signed: SignedStatement, height: int, time_s: int, times: _Times) -> None:
        match signed.statement.body:
            case Publish() as body:
                rules.publish(state, signed, body, height, time_s)
            case Register() as body:
                rules.register(state, signed, body)
                if times.neighbours is not None:
                    neighbour_roster.admitted(state, kid(body.public_key), times.neighbours)
            case Commission() as body:
                rules.commission(state, signed, body)
            case Retire() as body:
                rules.retire(state, signed, body)
            case Beacon() as body:
                rules.beacon(state, signed, body)
            case _:
                _apply_more(state, signed, times)

    def _parse(self, tx: bytes) -> SignedStatement:
        """A transaction taken apart, once for mempool, proposal and block. Raises StatementError."""
        known = self._parsed.get(tx)
        if known is not None:
            return known
        signed = parse(tx, self._bodies)
        if len(tx) <= _PARSED_BYTES:
            if len(self._parsed) >= _PARSED_LIMIT:
                del self._parsed[next(iter(self._parsed))]
            self._parsed[tx] = signed
        return signed

    def _open(self, tx: bytes, state: Overlay) -> SignedStatement:
        """The statement of a transaction, signed by a key that the state knows, inside as well as outside.

        Unknown signers are refused before any signature is checked. Verdicts are remembered only if
        positive, under the hash of the transaction and every key used.
        """
        try:
            signed = self._parse(tx)
        except StatementError as error:
            reason = Reason.UNSUPPORTED if isinstance(error, ReservedType) else Reason.MALFORMED
            raise Refused(reason, str(error)) from error
        public = key_of(state, signed.signer, self._market, self._neighbours)
        if public is None:
            raise Refused(Reason.UNKNOWN_SIGNER, signed.signer.hex())
        body = signed.statement.body
        inner = inner_of(body)
        within = None if inner is None else inner_key_of(state, body, self._market)
        if inner is not None and within is None:
            raise Refused(Reason.UNKNOWN_SIGNER, f"inside: {inner.signer.hex()}")
        name = sha256(tx + public + (within or b"")).digest()
        known = self._verified.get(name)
        if known is not None:
            return known
        try:
            signed.check(public, self.genesis_hash)
            if inner is not None and within is not None:
                inner.check(within, self.genesis_hash)
        except StatementError as error:
            raise Refused(Reason.BAD_SIGNATURE, error.subject) from error
        if len(self._verified) >= _VERIFIED_LIMIT:
            del self._verified[next(iter(self._verified))]
        self._verified[name] = signed
        return signed

    @staticmethod
    def _check_expiry(signed: SignedStatement, time_s: int) -> None:
        if signed.statement.valid_until < time_s:
            raise Refused(Reason.EXPIRED, f"valid until {signed.statement.valid_until}")

    def _count(self, state: Overlay, signed: SignedStatement, time_s: int) -> None:
        """Counts a statement against its signer's day, unless its type has a limit of its own.

        Raises Refused(QUOTA).
        """
        if self._market is not None and market_rules.has_own_limit(signed, self._market):
            return
        if isinstance(signed.statement.body, neighbour_rules.OWN_LIMITS):
            return
        limits = [as_uint(q, "quota") for q in state.get_list(CHAIN, b"quotas", 3) or [0, 0, 0]]
        today = time_s // DAY_SECONDS
        kept = state.get_list(QUOTA, signed.signer, 4)
        used = [as_uint(n, "quota") for n in kept[1:]] if kept and kept[0] == today else [0, 0, 0]
        body = signed.statement.body
        if isinstance(body, Publish):
            if meter_record(state, signed.signer).replayed:
                return
            column, amount = 0, len(body.pages)
        else:
            column, amount = (1 if isinstance(body, Beacon) else 2), 1
        used[column] += amount
        if used[column] > limits[column]:
            raise Refused(Reason.QUOTA, f"{limits[column]} a day")
        state.put_value(QUOTA, signed.signer, [today, *used])


def _apply_more(state: Overlay, signed: SignedStatement, times: _Times) -> None:
    """Runs a statement of a part that not every ledger has. Raises Refused."""
    if times.neighbours is not None and signed.statement.body.TYPE in neighbour_rules.NEIGHBOUR_BODIES:
        neighbour_rules.apply(state, signed, times.neighbours)
    elif times.market is not None:
        market_rules.apply(state, signed, times.market)


def _result(refusal: Refused) -> TxResult:
    return TxResult(LATER if refusal.reason in RETRY else REFUSED, refusal.data, str(refusal))

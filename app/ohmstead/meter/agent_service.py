"""The market's requests over an authenticated link: 20 to 27 and 29; 25 and 27 serve the neighbours' logs too.

Owners act; viewers may read orders, without what is still sealed in them, and what the ledger publishes anyway.
Standing terms are taken in a confirmed session alone (Noise KK). Here: roles, shapes, streams. Not here: what is
done (``agent_desk``), values with proofs (``service``). Thread: the meter's loop. Values are described in
resources/docs/protocol.md, "Requests".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import ClassVar

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.core.codec import Value, as_bytes, as_identifier, as_list, as_text, as_uint
from ohmstead.core.intervals import Channel
from ohmstead.core.market_inner import MAX_INNER, SLOT_LIMIT
from ohmstead.core.statements import MAX_TRANSACTION
from ohmstead.errors import ExternalError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.pages import KeyContext, KeyRing
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.lots import LOT_RULE
from ohmstead.meter.agent import Agent
from ohmstead.meter.agent_checks import Why
from ohmstead.meter.agent_desk import AgentDesk
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_ledger import MarketLedger
from ohmstead.meter.agent_rows import AgentStore, Row, Stage
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.peers import Link, Peer
from ohmstead.node.client import NodeClient, TxAnswer, book_of, leaves_of, lots_of, notes_of

_OWNERS = frozenset((Method.HAND, Method.POST, Method.ACCOUNT, Method.INSTRUCT))
#: What the names of cohorts' record logs begin with.
COHORT_LOGS = record_rule("")
MAX_ANSWER = 40_000
ITEM_BYTES = 12_000
#: Stages in which an order's opening is on the ledger for all to read, or will never be.
_OPEN = frozenset((Stage.REVEALED, Stage.CLEARED, Stage.DELIVERED))


class MarketService:
    """Answers for one agent. Without a ``desk`` the ledger has no market."""

    #: The methods that are answered here.
    METHODS: ClassVar[frozenset[int]] = frozenset((*range(Method.HAND, Method.LEAVES + 1), Method.LOTS))

    def __init__(self, desk: AgentDesk | None, client: NodeClient) -> None:
        self._desk = desk
        self._client = client

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        """The answer to a request. Raises Refused, CodecError."""
        self._allow(peer, method)
        if method == Method.LEAVES:
            rule, tile, size = as_list(params, "params", 3)
            name = self._published(rule)
            return await self._leaves(name, as_uint(tile, "tile", 1 << 32), as_uint(size, "size"))
        return await self._call(peer, method, params)

    def _published(self, value: Value) -> str:
        """The rule whose log is asked for: the market's, or a cohort's records, without a market too."""
        rule = as_text(value, "rule")
        if rule.startswith(COHORT_LOGS):
            as_identifier(rule.removeprefix(COHORT_LOGS), "cohort")
        else:
            self._market()
            _market_rule(rule)
        return rule

    def _allow(self, peer: Peer, method: int) -> None:
        allowed = (Role.OWNER,) if method in _OWNERS else (Role.OWNER, Role.VIEWER)
        if peer.granted not in allowed:
            raise Refused(RefusalCode.FORBIDDEN)
        if method == Method.INSTRUCT and peer.link is not Link.CONFIRMED:
            raise Refused(RefusalCode.FORBIDDEN)

    def _market(self) -> AgentDesk:
        if self._desk is None:
            raise Why.NO_MARKET.refusal()
        return self._desk

    async def _call(self, peer: Peer, method: int, params: Value) -> Value:
        desk = self._market()
        match method:
            case Method.HAND:
                return (await desk.hand(params)).to_value(opened=True)
            case Method.ORDERS:
                (since,) = as_list(params, "params", 1)
                return _listed(desk.rows(as_uint(since, "slot", SLOT_LIMIT)), peer)
            case Method.POST:
                (data,) = as_list(params, "params", 1)
                return _answer(await desk.post(as_bytes(data, "statement", at_most=MAX_TRANSACTION)))
            case Method.ACCOUNT:
                (inner,) = as_list(params, "params", 1)
                return _answer(await desk.open_account(as_bytes(inner, "inner", at_most=MAX_INNER)))
            case Method.INSTRUCT:
                desk.instruct(params)
                return None
            case Method.LOTS:
                return await self._lots()
        raise Refused(RefusalCode.UNSUPPORTED)

    async def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a streamed answer. Raises Refused, CodecError while it is read."""
        self._allow(peer, method)
        if method == Method.BOOK:
            rule, index = as_list(params, "params", 2)
            async for item in self._book(self._published(rule), as_uint(index, "index")):
                yield item
            return
        desk = self._market()
        if method == Method.NOTES:
            (first,) = as_list(params, "params", 1)
            async for item in self._notes(await desk.home(), as_uint(first, "first")):
                yield item
        else:
            raise Refused(RefusalCode.UNSUPPORTED)

    # ---- what a node serves, passed on unread: whoever asked checks it ------------------------------

    async def _leaves(self, rule: str, tile: int, size: int) -> Value:
        try:
            return await leaves_of(self._client, rule, tile, size)
        except ExternalError as error:
            raise _not_found(error) from error

    async def _lots(self) -> Value:
        """[lot id, ...] of the open lots, as the node lists them: a hint."""
        try:
            return list(await lots_of(self._client))
        except ExternalError as error:
            raise _not_found(error) from error

    async def _book(self, rule: str, index: int) -> AsyncIterator[Value]:
        """The record leaf, then [book leaf, result leaf] pair by pair."""
        try:
            record, book, results = await book_of(self._client, rule, index)
        except ExternalError as error:
            raise _not_found(error) from error
        if len(book) != len(results):
            raise Refused(RefusalCode.NOT_FOUND, b"the node's book and results differ in length")
        yield record
        for pair in zip(book, results, strict=True):
            yield list(pair)

    async def _notes(self, home: bytes, first: int) -> AsyncIterator[Value]:
        """[index, [leaf, ...]] from ``first`` on, to where the node's log ends now."""
        while True:
            try:
                leaves = await notes_of(self._client, home, first)
            except ExternalError as error:
                raise _not_found(error) from error
            if not leaves:
                return
            for item in _portions(leaves, first):
                yield item
            first += len(leaves)


def _portions(leaves: list[bytes], first: int) -> list[Value]:
    items: list[Value] = []
    part: list[Value] = []
    size, at = 0, first
    for leaf in leaves:
        if part and size + len(leaf) > ITEM_BYTES:
            items.append([at, part])
            at, part, size = at + len(part), [], 0
        part.append(leaf)
        size += len(leaf)
    items.append([at, part])
    return items


def _listed(rows: tuple[Row, ...], peer: Peer) -> Value:
    """As many rows as one answer carries, by first slot; ask on from the last one's slot for more."""
    confirmed_owner = peer.granted is Role.OWNER and peer.link is Link.CONFIRMED
    listed: list[Value] = []
    left = MAX_ANSWER
    for row in rows:
        left -= 200 + len(row.opening) + len(row.detail)
        if left < 0:
            break
        public = row.stage in _OPEN and row.detail != "UNSEEN"
        listed.append(row.to_value(opened=confirmed_owner or public))
    return listed


def _answer(answer: TxAnswer) -> Value:
    return [answer.code, answer.data, answer.log[:200]]


def _market_rule(rule: str) -> None:
    if rule not in (SLOT_RULE, LOT_RULE):
        raise Refused(RefusalCode.MALFORMED, b"unknown rule")


def _not_found(error: ExternalError) -> Refused:
    return Refused(RefusalCode.NOT_FOUND, str(error).encode()[:200])


def market_of(
    identity: Identity,
    keeper: Keeper,
    genesis: GenesisDocument,
    follower: Follower,
    client: NodeClient,
    store: AgentStore,
    channels: Sequence[Channel],
    rating_w: int,
    wall_ns: Callable[[], int],
) -> tuple[MarketService, Agent | None]:
    """A meter's part in its ledger's market: what answers the household, and the agent to run, if there is one.

    The agent is told of each header that the follower verifies.
    """
    params = AppState.from_cbor(genesis.app_state).market
    if params is None:
        return MarketService(None, client), None
    ring = KeyRing(identity.epoch_root, KeyContext(genesis.genesis_hash, identity.meter, 0))
    log = OwnLog(keeper, ring, channels, rating_w)
    agent = Agent(identity, genesis, params, MarketLedger(follower, client, params, wall_ns), log, store)
    follower.listeners.append(agent.on_head)
    return MarketService(AgentDesk(agent), client), agent

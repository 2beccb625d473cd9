"""The neighbours' requests over an authenticated link: 40 to 45.

Owners join, leave and pause, in a confirmed session alone, and read seeds and plaintexts of their own home's
statements; viewers see which rounds were stated. What the ledger publishes anyway is passed on unread. Here:
roles, shapes, streams. Not here: what is done (``stating``). Thread: the meter's loop. Values are described in
resources/docs/protocol.md, "Requests".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import ClassVar

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_rounds import log_name
from ohmstead.core.codec import Value, as_bool, as_identifier, as_list, as_uint
from ohmstead.core.intervals import Channel
from ohmstead.errors import ExternalError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.pages import KeyContext, KeyRing
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity, Keeper
from ohmstead.meter.peers import Link, Peer
from ohmstead.meter.stating import Stater
from ohmstead.meter.stating_rows import StatingStore
from ohmstead.neighbours.rounds import DAY_LIMIT, EPOCH_LIMIT
from ohmstead.neighbours.shape import SHAPE_BYTES
from ohmstead.node.client import NodeClient, hashes_of, statements_of

#: Rounds that one answer lists, newest first, and leaf hashes that one item carries.
MAX_ROUNDS, HASHES_PER_ITEM = 800, 1000
#: Bytes of a statement that one answer or item carries.
PART_BYTES = 32_000
_ACTS = frozenset((Method.NBR_JOIN, Method.NBR_PAUSE))
NO_NEIGHBOURS = b"this ledger was founded without neighbours"


class StatingService:
    """Answers for one meter. Without a ``stater`` the ledger has no neighbours."""

    METHODS: ClassVar[frozenset[int]] = frozenset(range(Method.NBR, Method.ROUND + 1))

    def __init__(self, stater: Stater | None, client: NodeClient) -> None:
        self._stater = stater
        self._client = client

    def _admit(self, peer: Peer, method: int) -> Stater:
        owners = method in _ACTS or method == Method.NBR_OWN
        if peer.granted not in ((Role.OWNER,) if owners else (Role.OWNER, Role.VIEWER)):
            raise Refused(RefusalCode.FORBIDDEN)
        if owners and peer.link is not Link.CONFIRMED:
            raise Refused(RefusalCode.FORBIDDEN)
        if self._stater is None:
            raise Refused(RefusalCode.NOT_FOUND, NO_NEIGHBOURS)
        return self._stater

    async def call(self, peer: Peer, method: int, params: Value) -> Value:
        """The answer to a request. Raises Refused, CodecError."""
        stater = self._admit(peer, method)
        match method:
            case Method.NBR:
                wish, standing = stater.wish, stater.standing
                return [
                    None if wish is None else wish[0], None if wish is None else wish[1],
                    None if standing is None else [standing[0], standing[1].first, standing[1].end],
                    [row.to_value() for row in stater.store.newest(MAX_ROUNDS)],
                ]  # fmt: skip
            case Method.NBR_JOIN:
                (cohort,) = as_list(params, "params", 1)
                stater.join(None if cohort is None else as_identifier(cohort, "cohort"))
                return None
            case Method.NBR_PAUSE:
                (paused,) = as_list(params, "params", 1)
                stater.pause(as_bool(paused, "paused"))
                return None
            case Method.NBR_OWN:
                # A load shape is longer than an answer: it comes in parts, each from a byte on.
                asked = as_list(params, "params", at_most=3)
                shape, number, first = as_list([*asked, 0] if len(asked) == 2 else asked, "params", 3)
                at = as_uint(first, "first byte", SHAPE_BYTES + 1)
                row = stater.store.find(as_bool(shape, "shape"), as_uint(number, "number", DAY_LIMIT))
                if row is None or row.message is None:
                    raise Refused(RefusalCode.NOT_FOUND)
                return [row.cohort, row.plain, row.seed, row.message[at : at + PART_BYTES]]
        raise Refused(RefusalCode.UNSUPPORTED)

    async def stream(self, peer: Peer, method: int, params: Value) -> AsyncIterator[Value]:
        """The items of a streamed answer. Raises Refused, CodecError while it is read."""
        self._admit(peer, method)
        cohort, epoch, day = as_list(params, "params", 3)
        log = log_name(
            as_identifier(cohort, "cohort"), as_uint(epoch, "epoch", EPOCH_LIMIT),
            None if day is None else as_uint(day, "day", DAY_LIMIT),
        )  # fmt: skip
        try:
            if method == Method.ROUND_HASHES:
                hashes = await hashes_of(self._client, log)
                for at in range(0, len(hashes), HASHES_PER_ITEM):
                    yield b"".join(hashes[at : at + HASHES_PER_ITEM])
            elif method == Method.ROUND:
                first = 0
                while leaves := await statements_of(self._client, log, first):
                    for leaf in leaves:
                        # A load shape is longer than an item: each leaf begins a new one.
                        for at in range(0, len(leaf), PART_BYTES):
                            yield leaf[at : at + PART_BYTES]
                    first += len(leaves)
            else:
                raise Refused(RefusalCode.UNSUPPORTED)
        except ExternalError as error:
            raise Refused(RefusalCode.NOT_FOUND, str(error).encode()[:200]) from error


def stating_of(
    identity: Identity,
    keeper: Keeper,
    genesis: GenesisDocument,
    follower: Follower,
    client: NodeClient,
    store: StatingStore,
    channels: Sequence[Channel],
    wall_ns: Callable[[], int],
) -> tuple[StatingService, Stater | None]:
    """A meter's part among its ledger's neighbours: what answers the household, and what to run, if anything."""
    params = AppState.from_cbor(genesis.app_state).neighbours
    if params is None:
        return StatingService(None, client), None
    ring = KeyRing(identity.epoch_root, KeyContext(genesis.genesis_hash, identity.meter, 0))
    log = OwnLog(keeper, ring, channels)
    stater = Stater(identity, genesis, params, follower, client, log, store, wall_ns)
    follower.listeners.append(stater.on_head)
    return StatingService(stater, client), stater

"""The meter's light client: a verified header, kept across restarts, moved on by the node it asks.

Here: header 1 against the genesis, steps to the newest header, and values proven under it. Not here: what the
meter does with them (``publisher``). Thread: the meter's loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ohmstead.contract.machine import Machine
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.lightclient import (
    HeightMismatch,
    LightBlock,
    Trusted,
    bisection,
    judging_time,
    verify_first_header,
)
from ohmstead.ledger.provenset import ProvenItem, ProvenSet, StateKey
from ohmstead.ledger.slice import HeadBundle, ProvenValue
from ohmstead.ledger.stateproof import StateProof, StateProofError
from ohmstead.meter.keeper import Keeper
from ohmstead.node.client import NodeClient, NodeRefused, answer_of, light_block_of, proof_of

_FIRST, _HEAD = "first-header", "head"


class Follower:
    """``head`` is the newest verified light block, None before ``start``; ``listeners`` hear of each new one."""

    def __init__(self, genesis: GenesisDocument, keeper: Keeper, client: NodeClient) -> None:
        self.genesis = genesis
        self._keeper = keeper
        self._client = client
        self._trusted: Trusted | None = None
        self.head: LightBlock | None = None
        self.first = b""
        self.listeners: list[Callable[[], None]] = []

    async def start(self, wall_ns: int) -> None:
        """Verifies header 1 and the newest one. Raises NodeUnreachable, NodeRefused, LightClientError."""
        kept = self._keeper.fact(_FIRST)
        first = LightBlock.from_cbor(kept) if kept else await self._client.light_block(1)
        machine = Machine(self.genesis)
        trusted = verify_first_header(self.genesis, first, machine.init_chain(self.genesis))
        if kept is None:
            self._keeper.keep_fact(_FIRST, first.to_cbor())
        self.first = first.to_cbor()
        self._trusted, self.head = trusted, first
        newest = self._keeper.fact(_HEAD)
        if newest is not None:
            await self.take(LightBlock.from_cbor(newest), wall_ns)
        await self.take(await self._client.light_block(), wall_ns)

    async def take(self, block: LightBlock, wall_ns: int) -> LightBlock:
        """Makes a block the head, once it is verified; an older or equal one changes nothing."""
        trusted = self._trusted
        if trusted is None or self.head is None:
            raise RuntimeError("the follower has not started")
        if block.height <= trusted.height:
            if block.height == trusted.height and block.header.hash() != self.head.header.hash():
                raise HeightMismatch(block.subject, "is another header than the one verified before")
            return self.head
        walk = bisection(trusted, block, judging_time(wall_ns, trusted.time_ns))
        try:
            height = next(walk)
            while True:
                height = walk.send(await self._client.light_block(height))
        except StopIteration:
            # Two may ask at once: the one that waited longer must not take the head back.
            if block.height > self.head.height:
                self._trusted, self.head = Trusted.of(block), block
                for listener in self.listeners:
                    listener()
        return block

    def keep(self) -> None:
        """Makes the head survive a restart."""
        if self.head is not None:
            self._keeper.keep_fact(_HEAD, self.head.to_cbor())

    async def bundle(self, keys: Sequence[tuple[str, bytes]], wall_ns: int) -> HeadBundle | None:
        """The newest header and these values under its AppHash; None if the two do not meet just now.

        Raises what the node and the proofs raise.
        """
        calls: list[tuple[str, dict[str, object]]] = [
            ("ohmstead_proof", {"module": module, "key": key.hex()}) for module, key in keys
        ]
        results = await self._client.many([*calls, ("ohmstead_light_block", {})])
        head = await self.take(light_block_of(results[-1]), wall_ns)
        values: list[ProvenValue] = []
        for (module, key), result in zip(keys, results[:-1], strict=True):
            _, value = proof_of(module, key, result)
            if value is None:
                return None
            values.append(value)
        bundle = HeadBundle(head, tuple(values))
        for module, key in keys:
            bundle.value(module, key)
        return bundle

    async def proven(self, keys: Sequence[StateKey], wall_ns: int) -> ProvenSet | None:
        """The newest header with values and absences under its AppHash; None if they do not meet just now.

        Raises what the node and the proofs raise.
        """
        calls: list[tuple[str, dict[str, object]]] = [
            ("ohmstead_proof", {"module": module, "key": key.hex()}) for module, key in keys
        ]
        try:
            results = await self._client.many([*calls, ("ohmstead_light_block", {})])
        except NodeRefused as error:
            if "no header yet" in error.data:
                return None
            raise
        head = await self.take(light_block_of(results[-1]), wall_ns)
        items = []
        for (module, key), result in zip(keys, results[:-1], strict=True):
            value, proof = answer_of(result)
            items.append(ProvenItem(module, key, value, StateProof.from_cbor(proof)))
        found = ProvenSet(head, tuple(items))
        try:
            found.check(keys)
        except StateProofError:
            return None
        return found

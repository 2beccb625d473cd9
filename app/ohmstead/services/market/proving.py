"""Asking the meter to prove values of the state, and checking what it answers against this home's trust.

A proof is as good as its header: one that continues what was verified before, under the validators of genesis.
Here: one question. Not here: what the values mean (``follow``). Thread: the io loop; checks run on ``work``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from ohmstead.core.codec import CodecError, as_bytes
from ohmstead.ledger.lightclient import LightBlock, Trusted, bisection, check_continues, judging_time
from ohmstead.ledger.provenset import MAX_ITEMS, ProvenSet, StateKey
from ohmstead.ledger.slice import SliceError
from ohmstead.link.channel import Channel
from ohmstead.link.messages import Method
from ohmstead.services.verifying import HomeTrust


@dataclass(frozen=True, slots=True)
class Proven:
    """Values and absences under one verified header."""

    block: LightBlock
    values: Mapping[StateKey, bytes | None]
    answer: ProvenSet

    @property
    def time_s(self) -> int:
        """Block time that all of it is as of."""
        return self.block.header.time_s


def meet(trust: HomeTrust, block: LightBlock, wall_ns: int) -> Generator[int, LightBlock, None]:
    """That a light block continues this home's trust. Yields the heights it needs in between.

    Raises HeadWentBack, SliceError (other validators), and what ``bisection`` raises.
    """
    check_continues(trust.head, block)
    if block.header.validators_hash != trust.genesis.validators_hash:
        raise SliceError("proven set", "its header's validators are not those that the members agreed to")
    if block.height > trust.trusted.height:
        yield from bisection(trust.trusted, block, judging_time(wall_ns, trust.trusted.time_ns))


def meets_kept(trust: HomeTrust, block: LightBlock, wall_ns: int) -> bool:
    """Whether a light block that was kept is one of this home's ledger, without asking anybody.

    It may be older than the newest head that is known: then it is judged from the ledger's first. False where
    it needs headers that only a link can bring. Raises what ``meet`` raises.
    """
    if block.height < trust.head.height:
        trust = replace(trust, trusted=Trusted.of(trust.first), bundle=None)
    return next(meet(trust, block, wall_ns), None) is None


class Prover:
    """Questions over one link."""

    def __init__(self, channel: Channel, work: Executor) -> None:
        self._channel = channel
        self._work = work

    async def prove(self, trust: HomeTrust, keys: Sequence[StateKey], wall_ns: int) -> Proven:
        """At most 32 keys. Raises VerificationError by name, and what the link raises."""
        if len(keys) > MAX_ITEMS:
            raise ValueError(f"{len(keys)} keys are more than {MAX_ITEMS}")
        raw = await self._channel.call(Method.PROVE, [[module, key] for module, key in keys])
        found = ProvenSet.from_value(raw)
        walk = meet(trust, found.light_block, wall_ns)
        sent: LightBlock | None = None

        def step() -> int | None:
            try:
                return next(walk) if sent is None else walk.send(sent)
            except StopIteration:
                return None

        loop = asyncio.get_running_loop()
        while (height := await loop.run_in_executor(self._work, step)) is not None:
            sent = await self._light_block(height)
        values = await loop.run_in_executor(self._work, lambda: found.check(keys))
        return Proven(found.light_block, values, found)

    async def _light_block(self, height: int) -> LightBlock:
        answer = await self._channel.call(Method.LIGHT_BLOCK, [height])
        try:
            return LightBlock.from_cbor(as_bytes(answer, "light block"))
        except CodecError as error:
            raise SliceError("light block", str(error)) from error

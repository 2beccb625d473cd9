"""Asking an independent ledger node whether it knows the same history: the cross-check behind *recency*.

The meter is this app's route to the ledger, and a route may lie about what is newest. A node of the person's own
choice, reached over the internet, is asked for the header of the same height. Same: cross-checked. Another, and
validly signed as well: two histories, which is kept as evidence and never retried away (protocol/trust,
"First anchor"). Anything else is the witness's fault or the network's, and changes nothing. Here: one question,
and asking again and again. Not here: the rules (``ledger.lightclient``). Thread: the io loop.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from ohmstead.core.errors import VerificationError
from ohmstead.errors import UserError
from ohmstead.ledger.lightclient import Divergence, LightBlock, Trusted, compare, judging_time
from ohmstead.node.client import NodeClient, NodeRefused, NodeUnreachable
from ohmstead.services.verifying import HomeTrust

ASK_EVERY_S = 15 * 60.0
ASK_AGAIN_S = 60.0
TIMEOUT_S = 15.0
MAX_ADDRESS = 256
_log = logging.getLogger(__name__)


class WitnessWord(Enum):
    """What a witness said."""

    SAME = "same"  # the same header at the same height
    BEHIND = "behind"  # it has not come to this height yet
    NOT_REACHED = "not reached"
    OTHER_CHAIN = "other chain"  # it serves another ledger
    AT_FAULT = "at fault"  # its header does not verify
    TWO_HISTORIES = "two histories"


@dataclass(frozen=True, slots=True)
class WitnessSeen:
    """One answer: about which height, when asked (UTC seconds). Posted on every question."""

    address: str
    word: WitnessWord
    height: int
    at_s: int


def witness_address(text: str) -> str:
    """A typed address as it is kept: ``http://`` or ``https://``, a host, maybe a port. Empty for none.

    Raises UserError saying what is wrong.
    """
    address = text.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise UserError(
            "The witness's address cannot be read. Write it like https://witness.example:8443."
        ) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > MAX_ADDRESS:
        raise UserError(
            "A witness's address begins with https:// and names a host, such as https://witness.example."
        )
    if parts.username or parts.password or parts.query or parts.fragment or (port is not None and port == 0):
        raise UserError("A witness's address is a host and maybe a port, nothing else.")
    return address


async def ask(client: NodeClient, address: str, trust: HomeTrust, wall_ns: int) -> WitnessSeen:
    """One cross-check of the trusted head. Raises Divergence; every other answer is a ``WitnessSeen``."""
    ours = trust.bundle.light_block if trust.bundle is not None else trust.first
    at_s = wall_ns // 10**9

    def seen(word: WitnessWord) -> WitnessSeen:
        return WitnessSeen(address, word, ours.height, at_s)

    try:
        theirs: LightBlock = await client.light_block(ours.height)
    except NodeUnreachable:
        return seen(WitnessWord.NOT_REACHED)
    except NodeRefused as error:
        behind = "must be less than or equal to" in error.data
        return seen(WitnessWord.BEHIND if behind else WitnessWord.AT_FAULT)
    except VerificationError:
        return seen(WitnessWord.AT_FAULT)
    if theirs.header.chain_id != ours.header.chain_id:
        return seen(WitnessWord.OTHER_CHAIN)
    try:
        compare(ours, theirs, Trusted.of(trust.first), judging_time(wall_ns, trust.trusted.time_ns))
    except Divergence:
        raise
    except VerificationError as error:
        _log.warning("the witness at %s shows a header that does not verify: %s", address, error)
        return seen(WitnessWord.AT_FAULT)
    return seen(WitnessWord.SAME)


class Witness:
    """Asks one address again and again; ``run`` until cancelled."""

    def __init__(
        self,
        address: str,
        trust: Callable[[], HomeTrust | None],
        post: Callable[[WitnessSeen], None],
        diverged: Callable[[Divergence], None],
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._address = address
        self._trust = trust
        self._post = post
        self._diverged = diverged
        self._wall_ns = wall_ns

    async def run(self) -> None:
        """Asks as soon as there is a head, then every quarter of an hour; sooner after no answer.

        ``diverged`` is told of two histories, once for each head. Nothing of the home is in the question but a
        height, and the witness sees this computer's address: settings say so.
        """
        told = 0
        client = NodeClient(self._address, timeout_s=TIMEOUT_S)
        try:
            while True:
                trust, pause = self._trust(), ASK_AGAIN_S
                if trust is not None and trust.proven is not None:
                    try:
                        seen = await ask(client, self._address, trust, self._wall_ns())
                    except Divergence as error:
                        height = error.ours.height
                        seen = WitnessSeen(
                            self._address, WitnessWord.TWO_HISTORIES, height, self._wall_ns() // 10**9
                        )
                        if told != height:
                            told = height
                            self._diverged(error)
                    self._post(seen)
                    if seen.word in (WitnessWord.SAME, WitnessWord.OTHER_CHAIN):
                        pause = ASK_EVERY_S
                await asyncio.sleep(pause if trust is not None else 1.0)
        finally:
            await client.close()

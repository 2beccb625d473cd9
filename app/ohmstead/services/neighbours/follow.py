"""What the ledger proves of the neighbours' tally over one link: verified, then kept.

One look asks for values with proofs, and for the leaves that a cohort's log has more than this file: whole, and
under the proven root, or it is not followed. Here: asking, and checking that an answer is what was asked for. Not
here: what is inside a record (``check``), when to look (``watch``). Thread: the io loop; checks run on ``work``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.core.codec import (
    CodecError,
    Value,
    as_bool,
    as_bytes,
    as_identifier,
    as_list,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.errors import VerificationError
from ohmstead.core.slots import ZoneTable
from ohmstead.ledger import logtile
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.provenset import StateKey
from ohmstead.ledger.slice import HistoryRewritten, SliceError
from ohmstead.link.channel import Channel
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.messages import DAY_MESSAGE_BYTES, GuardianKey
from ohmstead.neighbours.records import MAX_RECORD
from ohmstead.neighbours.rounds import DAY_LIMIT, SHAPE_COLUMNS
from ohmstead.neighbours.shape import SHAPE_BYTES, SHAPE_LEAF_BYTES
from ohmstead.services.market.proving import Prover
from ohmstead.services.neighbours.check import Ledger, joint_of
from ohmstead.services.neighbours.values import (
    WAITING,
    NeighbourView,
    RoundName,
    base_keys,
    guardian_key_keys,
    guardian_keys_in,
    stating_in,
    stating_keys,
    view_of,
    waiting_in,
    waiting_keys,
)
from ohmstead.services.verifying import HomeTrust
from ohmstead.services.workers import Workers
from ohmstead.store.neighbours import LogRow, NeighbourStore, OwnRow

#: Values that one question asks for: an answer with their proofs fits into a message.
AT_ONCE = 16
#: Rounds that a cohort's log may have: more than a century of days and months.
MAX_LOG = 1 << 16
MAX_ROWS = 1000
KEYS = "keys/"
#: What the meter's list of stages may say.
_STAGES = 7
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class MeterSays:
    """What the meter says of its part: a hint, until the ledger proves it.

    ``asked`` is False where its owner never decided; ``cohort`` is what the owner wishes.
    """

    def __init__(self, value: Value) -> None:
        """Of the answer to ``Method.NBR``. Raises SliceError."""
        try:
            cohort, paused, standing, rows = as_list(value, "neighbours", 4)
            self.asked = paused is not None
            self.paused = False if paused is None else as_bool(paused, "paused")
            self.cohort = None if cohort is None else as_identifier(cohort, "cohort")
            self.standing = None
            if standing is not None:
                self.standing = as_identifier(as_list(standing, "standing", 3)[0], "cohort")
            self.rows = tuple(_row(row) for row in as_list(rows, "rounds", at_most=MAX_ROWS))
        except CodecError as error:
            raise SliceError("neighbours", str(error)) from error


def _row(value: Value) -> OwnRow:
    is_shape, number, cohort, stage = as_list(value, "round", 4)
    kind = as_uint(stage, "stage", _STAGES)
    return OwnRow(
        as_bool(is_shape, "shape"),
        as_uint(number, "number", DAY_LIMIT),
        as_identifier(cohort, "cohort"),
        kind,
    )


class Follow:
    """Looks over one link, for one home."""

    def __init__(self, channel: Channel, workers: Workers, store: NeighbourStore, ledger: Ledger) -> None:
        self._channel = channel
        self._workers = workers
        self._store = store
        self._ledger = ledger
        self._prover = Prover(channel, workers.work)

    async def _db(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.db, work)

    async def _work(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._workers.work, work)

    async def meter_says(self) -> MeterSays:
        """The meter's wish, standing and stages. Raises SliceError, Refused."""
        return MeterSays(await self._channel.call(Method.NBR, []))

    # ---- proven values --------------------------------------------------------------------------

    async def base(
        self, trust: HomeTrust, zone: ZoneTable, cohorts: Sequence[Cohort], wall_ns: int
    ) -> NeighbourView:
        """Membership, the cohorts' logs, what is closed. Raises VerificationError, and what the link raises."""
        proven = await self._prover.prove(trust, base_keys(trust.meter, cohorts, zone), wall_ns)
        return view_of(proven, self._ledger.params, trust.meter, cohorts, zone)

    async def under_way(
        self,
        trust: HomeTrust,
        view: NeighbourView,
        shown: str | None,
        ended: frozenset[RoundName],
        wall_ns: int,
    ) -> NeighbourView:
        """The same view with the guardians' keys and the rounds that have not ended (``ended``: the log's)."""
        month, of = view.month(), self._ledger.of
        keys: dict[int, Mapping[int, GuardianKey]] = {}
        for epoch in () if month is None else (month, month + 1):
            keys[epoch] = await self.keys(trust, epoch, wall_ns)
        stating = [r for c in view.cohorts.values() for r in c.stating(view.time_s)]
        waiting: list[RoundName] = []
        if shown is not None and shown in view.cohorts:
            closed = view.cohorts[shown].closed(self._ledger.params.first_day)
            waiting = [r for r in closed if r not in ended][:WAITING]
        asked = [k for r in stating for k in stating_keys(trust.meter, r)]
        asked += [k for r in waiting for k in waiting_keys(r, of)]
        values = await self._values(trust, asked, wall_ns)
        counted = {r: stating_in(values, trust.meter, r) for r in stating}
        found = {r: waiting_in(values, r, of) for r in waiting}
        return view.with_rounds(
            keys,
            {r: n for r, (n, _) in counted.items()},
            {r: w for r, w in found.items() if w is not None},
            frozenset(r for r, (_, stated) in counted.items() if stated),
        )

    async def keys(
        self, trust: HomeTrust, epoch: int, wall_ns: int, *, anew: bool = False
    ) -> dict[int, GuardianKey]:
        """The guardians' keys of a month, as the state proves them; kept once all are there.

        What was kept and has no proofs that hold is proven again, as everything is with ``anew``.
        """
        of = self._ledger.of
        kept = None if anew else await self._db(partial(self._store.fact, f"{KEYS}{epoch}"))
        if kept is not None:
            try:
                held = keys_of_fact(epoch, kept)
                await self._work(partial(joint_of, self._ledger, epoch, held))
            except VerificationError as error:
                _log.warning("kept keys of guardians are not used: %s", error)
            else:
                return held
        values = await self._values(trust, guardian_key_keys(epoch, of), wall_ns)
        genesis = self._ledger.genesis
        found = await self._work(lambda: guardian_keys_in(values, epoch, of, genesis))
        if len(found) == of:
            rows: list[Value] = [[k.key, k.challenge, k.response] for _, k in sorted(found.items())]
            await self._db(partial(self._store.keep_fact, f"{KEYS}{epoch}", encode(rows)))
        return found

    async def _values(
        self, trust: HomeTrust, keys: Sequence[StateKey], wall_ns: int
    ) -> Mapping[StateKey, bytes | None]:
        values: dict[StateKey, bytes | None] = {}
        unlike = list(dict.fromkeys(keys))
        for at in range(0, len(unlike), AT_ONCE):
            values |= (await self._prover.prove(trust, unlike[at : at + AT_ONCE], wall_ns)).values
        return values

    # ---- a cohort's log -------------------------------------------------------------------------

    async def log(self, view: NeighbourView, cohort: str) -> bool:
        """Brings a cohort's log up to the proven size; False where the node does not serve it (yet).

        Raises LogTileError, HistoryRewritten, SliceError.
        """
        try:
            return await self._log(view, cohort)
        except HistoryRewritten:
            if not await self._damaged(cohort):
                raise
        # It is not the ledger that has changed: the log is fetched anew, and all of it is checked again.
        _log.warning("the log of %s in this computer's file is damaged", cohort)
        await self._db(partial(self._store.forget_log, cohort))
        return await self._log(view, cohort)

    async def _damaged(self, cohort: str) -> bool:
        """Whether the file's own leaves are not the log that it says was proven."""
        kept = (await self._db(self._store.logs)).get(cohort)
        if kept is None:
            return False
        rows = (await self._db(partial(self._store.rounds, cohort)))[: kept.size]
        if [row.index for row in rows] != list(range(kept.size)):
            return True
        return await self._work(lambda: root_of([leaf_hash(row.leaf) for row in rows])) != kept.root

    async def _log(self, view: NeighbourView, cohort: str) -> bool:
        proven = view.cohorts[cohort]
        if proven.size > MAX_LOG:
            raise SliceError(f"log of {cohort}", f"{proven.size} rounds are more than {MAX_LOG}")
        rows = await self._db(partial(self._store.rounds, cohort))
        held = {row.index: row.leaf for row in rows}
        if any(index >= proven.size for index in held):
            raise HistoryRewritten(f"log of {cohort}", f"shrank to {proven.size} rounds")
        for tile in range((proven.size - 1) // TILE_LEAVES, -1, -1) if proven.size else ():
            span = logtile.tile_of(tile, proven.size)
            if all(index in held for index in span):
                continue
            leaves = await self._tile(cohort, tile, proven.size, proven.root)
            if leaves is None:
                return False
            for index, leaf in zip(span, leaves, strict=True):
                if held.setdefault(index, leaf) != leaf:
                    raise HistoryRewritten(
                        f"leaf {index} of {cohort}", "is not the one that was proven before"
                    )
            await self._db(partial(self._store.put_leaves, cohort, span.start, leaves))
        whole = [held[i] for i in range(proven.size)]
        if whole and await self._work(lambda: root_of([leaf_hash(leaf) for leaf in whole])) != proven.root:
            raise HistoryRewritten(f"log of {cohort}", "its root is not the one that the ledger records")
        await self._db(partial(self._store.put_log, LogRow(cohort, proven.size, proven.root, view.time_s)))
        return True

    async def _tile(self, cohort: str, tile: int, size: int, root: bytes) -> tuple[bytes, ...] | None:
        try:
            raw = await self._channel.call(Method.LEAVES, [record_rule(cohort), tile, size])
        except Refused as error:
            if error.code is RefusalCode.NOT_FOUND:
                return None
            raise
        return logtile.verify(LogTile.from_value(raw), tile, size, root)

    # ---- what belongs to a round ----------------------------------------------------------------

    async def record(self, cohort: str, index: int) -> bytes | None:
        """The bytes that are said to be a record; None where the node has none. Raises SliceError."""
        found: list[bytes] = []
        try:
            stream = self._channel.stream(Method.BOOK, [record_rule(cohort), index])
            async with contextlib.aclosing(stream):
                async for item in stream:
                    if found:
                        # The log's leaf came first; then the record, beside an empty result.
                        return as_bytes(as_list(item, "record", 2)[0], "record", at_most=MAX_RECORD)
                    found.append(as_bytes(item, "leaf", at_most=logtile.MAX_LEAF))
        except CodecError as error:
            raise SliceError(f"record {index} of {cohort}", str(error)) from error
        except Refused as error:
            if error.code is not RefusalCode.NOT_FOUND:
                raise
        return None

    async def hashes(self, name: RoundName, n: int) -> list[bytes] | None:
        """The leaf hashes of a round of ``n``, unchecked; None where the node has none. Raises SliceError."""
        data = bytearray()
        try:
            stream = self._channel.stream(Method.ROUND_HASHES, list(name))
            async with contextlib.aclosing(stream):
                async for item in stream:
                    data += as_bytes(item, "hashes")
                    if len(data) > 32 * n:
                        break
        except CodecError as error:
            raise SliceError(f"hashes of {name}", str(error)) from error
        except Refused as error:
            if error.code is RefusalCode.NOT_FOUND:
                return None
            raise
        return [bytes(data[i : i + 32]) for i in range(0, len(data), 32)]

    async def statements(self, name: RoundName) -> AsyncGenerator[bytes, None]:
        """The statements of a round, unchecked. Raises SliceError, Refused.

        A day's come whole; a load shape's, which are all of one length, in parts.
        """
        stream = self._channel.stream(Method.ROUND, list(name))
        held = b""
        try:
            async with contextlib.aclosing(stream):
                async for item in stream:
                    part = as_bytes(item, "statement", at_most=SHAPE_LEAF_BYTES - len(held))
                    if name[2] is not None:
                        yield part
                    elif not part:
                        raise CodecError("a part without bytes")
                    else:
                        held += part
                        if len(held) == SHAPE_LEAF_BYTES:
                            yield held
                            held = b""
            if held:
                raise CodecError("the last one is cut off")
        except CodecError as error:
            raise SliceError(f"statements of {name}", str(error)) from error

    async def own(self, row: OwnRow) -> OwnRow:
        """A row with its seed and message, where the meter made one. Raises SliceError, Refused."""
        length = SHAPE_BYTES if row.is_shape else max(DAY_MESSAGE_BYTES)
        seed, message = b"", b""
        try:
            while len(message) < length:
                asked: list[Value] = [row.is_shape, row.number, len(message)]
                cohort, plain, seed_, part = as_list(
                    await self._channel.call(Method.NBR_OWN, asked), "own statement", 4
                )
                if as_identifier(cohort, "cohort") != row.cohort:
                    return row
                amounts = as_list(decode(as_bytes(plain, "amounts")), "amounts", at_most=SHAPE_COLUMNS * 4)
                for amount in amounts:
                    as_uint(amount, "Wh")
                seed = as_bytes(seed_, "seed", 32)
                more = as_bytes(part, "message", at_most=length - len(message))
                message += more
                if not more or not row.is_shape:
                    break
        except Refused as error:
            if error.code is RefusalCode.NOT_FOUND:
                return row
            raise
        except CodecError as error:
            raise SliceError(f"own statement {row.number}", str(error)) from error
        return OwnRow(
            row.is_shape, row.number, row.cohort, row.stage, row.seen, row.wh, seed, message, row.included
        )


def keys_of_fact(epoch: int, kept: bytes) -> dict[int, GuardianKey]:
    """The keys of a month as they are kept. Raises SliceError."""
    try:
        found = {}
        for i, row in enumerate(as_list(decode(kept), "keys")):
            key, c, z = as_list(row, "key", 3)
            found[i] = GuardianKey(
                epoch, i, as_bytes(key, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32)
            )
        return found
    except CodecError as error:
        raise SliceError(f"kept keys of {epoch}", str(error)) from error

"""The meter in its cohort: it joins and leaves as its owner wishes, and states each finished day by itself, once.

A day is stated at a random time within six hours of its end, encrypted to all guardians together, whose keys and
proofs the meter checks under a header that it verified: a node cannot slip in a key of its own. A day with a slot
that was neither measured nor estimated is not stated. Seed, plaintext and message are on the disk first and sent
again unchanged. Here: one loop. Not here: the file (``stating_rows``), what an app may ask (``stating_service``).
Thread: the meter's loop. Source: protocol/neighbours, lines 7 to 16, 24.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Mapping
from functools import partial

from ohmstead.contract.neighbour_parameters import STATE_S, NeighbourParameters
from ohmstead.contract.neighbour_roster import Place, place_name
from ohmstead.contract.neighbour_state import guardian_key_name, round_end_s, stated_name
from ohmstead.contract.overlay import NBR_KEY, NBR_ROUND, ROSTER, ZONE
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
from ohmstead.core.intervals import Channel
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.errors import ExternalError
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.provenset import StateKey
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.follower import Follower
from ohmstead.meter.keeper import Identity
from ohmstead.meter.stating_rows import Row, Stage, StatingStore
from ohmstead.neighbours.amounts import day_amounts, shape_amounts
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.guardians import joint_key
from ohmstead.neighbours.messages import GuardianKey, RosterAction, RosterChange, StateDay, StateShape
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.neighbours.shape import prove_shape
from ohmstead.node.client import NodeClient

LOOK_S, GAP_S, AGAIN_S = 30.0, 0.2, 20.0
#: A statement leaves at a random time within so long after its day, s (line 15).
SPREAD_S = 6 * 3600
SEED_BYTES = 32
_WISH, _COHORTS = "wish", "cohorts"
#: Cohorts that a meter remembers to have been in: a place ends with its month.
_REMEMBERED = 4
_log = logging.getLogger(__name__)


class Stater:
    """One meter's part in the tally of one ledger. ``random`` gives seeds and times."""

    def __init__(
        self,
        identity: Identity,
        genesis: GenesisDocument,
        params: NeighbourParameters,
        follower: Follower,
        client: NodeClient,
        log: OwnLog,
        store: StatingStore,
        wall_ns: Callable[[], int],
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.params = params
        self.store = store
        self.identity = identity
        self._genesis = genesis.genesis_hash
        self._follower = follower
        self._client = client
        self._log = log
        self._wall_ns = wall_ns
        self._random = random
        self._wake = asyncio.Event()
        self._looking = False
        self._sent: dict[tuple[bool, int], float] = {}
        self._wished = float("-inf")
        #: (cohort, place) that the ledger held at the last look, for whoever asks.
        self.standing: tuple[str, Place] | None = None

    # ---- what the owner wishes ------------------------------------------------------------------

    @property
    def wish(self) -> tuple[str | None, bool] | None:
        """(cohort to be in or None, paused); None where the owner never said anything."""
        kept = self.store.fact(_WISH)
        if kept is None:
            return None
        cohort, paused = as_list(decode(kept), "wish", 2)
        return None if cohort is None else as_identifier(cohort, "cohort"), as_bool(paused, "paused")

    def join(self, cohort: str | None) -> None:
        """Wishes to be in a cohort, or in none. Raises CodecError for one that the ledger does not have."""
        if cohort is not None and self.params.cohort(cohort) is None:
            raise CodecError(f"this ledger has no cohort {cohort}")
        value: list[Value] = [cohort, False]
        if cohort is not None:
            names: list[Value] = [c for c in self._cohorts if c != cohort]
            self.store.keep_fact(_COHORTS, encode([*names[1 - _REMEMBERED :], cohort]))
        self.store.keep_fact(_WISH, encode(value))
        self._wished = float("-inf")
        self._wake.set()

    def pause(self, paused: bool) -> None:
        """States nothing until it is told otherwise; the place on the roster stays."""
        cohort = None if self.wish is None else self.wish[0]
        value: list[Value] = [cohort, paused]
        self.store.keep_fact(_WISH, encode(value))
        self._wake.set()

    @property
    def _cohorts(self) -> list[str]:
        """The cohorts that the owner wished to be in, the newest last."""
        kept = self.store.fact(_COHORTS)
        return [] if kept is None else [as_identifier(c, "cohort") for c in as_list(decode(kept), "cohorts")]

    # ---- the loop -----------------------------------------------------------------------------

    def on_head(self) -> None:
        """A header was verified."""
        if not self._looking:
            self._wake.set()

    async def run(self) -> None:
        """Until cancelled. Survives a node that is away, withholds or lies: it is asked again."""
        while True:
            self._wake.clear()
            if self._follower.head is not None and self.wish is not None:
                try:
                    await self.look()
                except (ExternalError, VerificationError, CodecError) as error:
                    _log.warning("the neighbours' tally cannot be followed: %s", error)
            await asyncio.sleep(GAP_S)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_S)

    async def look(self) -> None:
        """One look: membership, days that ended, what is due. Raises what the node and the proofs raise."""
        wish = self.wish
        if wish is None:
            return
        self._looking = True
        try:
            await self._look(*wish)
        finally:
            self._looking = False

    async def _look(self, wished: str | None, paused: bool) -> None:
        meter = self.identity.meter
        cohorts = [c for c in self.params.cohorts if c.id in self._cohorts]
        zones = sorted({c.zone for c in cohorts})
        mine = (ROSTER, b"\x00" + meter)
        places = [(ROSTER, place_name(c.id, meter)) for c in cohorts]
        keys: list[StateKey] = [mine, *places, *((ZONE, z.encode()) for z in zones)]
        proven = await self._proven(keys)
        if proven is None:
            return
        time_s, values = proven
        tables = {z: ZoneTable.from_cbor(z, values[ZONE, z.encode()] or b"") for z in zones}
        name, version = _membership(values[mine])
        held = next((c for c in cohorts if c.id == (name or wished)), None)
        raw = None if held is None else values.get((ROSTER, place_name(held.id, meter)))
        place = None if raw is None else Place.from_cbor(raw)
        self.standing = None if name is None or place is None else (name, place)
        if name != wished:
            await self._change(name, wished, version, tables, time_s)
        if wished is None or paused:
            return
        for cohort in cohorts:
            raw = values[ROSTER, place_name(cohort.id, meter)]
            if raw is not None:
                self._note(cohort, Place.from_cbor(raw), tables[cohort.zone], time_s)
        for row in self.store.open():
            cohort_of = self.params.cohort(row.cohort)
            if cohort_of is not None and cohort_of.zone in tables and time_s >= row.due_s:
                await self._state(row, cohort_of, tables[cohort_of.zone], time_s)

    # ---- membership ---------------------------------------------------------------------------

    async def _change(
        self, name: str | None, wished: str | None, version: int, tables: Mapping[str, ZoneTable], time_s: int
    ) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._wished < AGAIN_S:
            return
        target = self.params.cohort(wished if wished is not None else name or "")
        if target is None or target.zone not in tables:
            return
        try:
            present = epoch_of(tables[target.zone].day_of(time_s // SLOT_SECONDS))
        except ZoneTableEnds:
            return
        action = RosterAction.LEAVE if wished is None else RosterAction.MOVE if name else RosterAction.JOIN
        epoch = present + (0 if self.params.at_once else 1)
        body = RosterChange(epoch, action, self.identity.meter, target.id, version + 1)
        if await self._send(body, time_s + SPREAD_S):
            self._wished = now

    # ---- rounds -----------------------------------------------------------------------------

    def _note(self, cohort: Cohort, place: Place, zone: ZoneTable, time_s: int) -> None:
        """Rounds that have ended and may be stated get a row and a time."""
        try:
            today = zone.day_of(time_s // SLOT_SECONDS)
            for day in (today - 2, today - 1):
                end = round_end_s(zone, day, epoch_of(day))
                if day < self.params.first_day or not place.holds(epoch_of(day)) or time_s >= end + STATE_S:
                    continue
                self._add(Row(False, day, cohort.id, self._time(end)))
                epoch = epoch_of(day)
                if day == days_of(epoch)[-1]:
                    self._add(Row(True, epoch, cohort.id, self._time(end)))
        except ZoneTableEnds:
            return

    def _add(self, row: Row) -> None:
        if self.store.find(row.is_shape, row.number) is None:
            self.store.add(row)

    def _time(self, end_s: int) -> int:
        return end_s + int.from_bytes(self._random(4), "big") % SPREAD_S

    async def _state(self, row: Row, cohort: Cohort, zone: ZoneTable, time_s: int) -> None:
        epoch = row.number if row.is_shape else epoch_of(row.number)
        end = round_end_s(zone, row.day, epoch)
        if time_s >= end + STATE_S:
            self.store.move(row, Stage.NO_KEY if row.stage is Stage.DUE else Stage.LATE)
            return
        if row.stage is Stage.DUE:
            made = await self._make(row, cohort, zone, epoch)
            if made is None:
                return
            row = made
        await self._post(row, cohort, epoch, end + STATE_S)

    async def _make(self, row: Row, cohort: Cohort, zone: ZoneTable, epoch: int) -> Row | None:
        """Proves a round's statement and keeps it; None where there is nothing to state (yet)."""
        days = days_of(epoch) if row.is_shape else range(row.number, row.number + 1)
        if not all(self._log.sealed(zone.slots_of(d)[-1]) for d in days[-1:]):
            return None
        round_ = Round(self._genesis, cohort.id, epoch, row.day)
        if row.is_shape:
            counted = range(max(days[0], self.params.first_day), days[-1] + 1)
            amounts = shape_amounts(self._recorded, zone, counted)
        else:
            amounts = day_amounts(self._recorded, zone, row.number)
        if amounts is None:
            self.store.move(row, Stage.GAPS)
            return None
        joint = await self._joint(epoch)
        if joint is None:
            return None
        seed = self._random(SEED_BYTES)
        meter = self.identity.meter
        make = (
            partial(prove_shape, round_, meter, joint, amounts, seed) if row.is_shape
            else partial(prove_day, round_, meter, joint, sum(amounts), cohort.s, seed)
        )  # fmt: skip
        message = await asyncio.to_thread(make)  # the radio goes on meanwhile
        return self.store.make(row, encode(list(amounts)), seed, message)

    def _recorded(self, slot: int) -> int | None:
        return self._log.recorded(Channel.IMPORT, slot)

    async def _joint(self, epoch: int) -> bytes | None:
        """Y, from keys and proofs of possession under a verified header; None while one is missing."""
        of = len(self.params.guardians)
        names: list[StateKey] = [(NBR_KEY, guardian_key_name(epoch, i)) for i in range(of)]
        proven = await self._proven(names)
        if proven is None:
            return None
        keys = []
        for i, name in enumerate(names):
            raw = proven[1][name]
            if raw is None:
                return None
            key, c, z, _ = as_list(decode(raw), "guardian key", 4)
            keys.append(GuardianKey(
                epoch, i, as_bytes(key, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32)
            ))  # fmt: skip
        return joint_key(self._genesis, epoch, keys, of)

    async def _post(self, row: Row, cohort: Cohort, epoch: int, until_s: int) -> None:
        """Sends what was made, the same bytes each time, until the ledger is proven to have it."""
        name = (NBR_ROUND, stated_name(epoch, row.day) + self.identity.meter)
        proven = await self._proven([name])
        if proven is not None and proven[1][name] is not None:
            self.store.move(row, Stage.ON_LEDGER)
            return
        now = asyncio.get_running_loop().time()
        which = (row.is_shape, row.number)
        if now - self._sent.get(which, float("-inf")) < AGAIN_S:
            return
        assert row.message is not None
        meter = self.identity.meter
        body: Body = (
            StateShape(epoch, cohort.id, meter, row.message) if row.is_shape
            else StateDay(epoch, cohort.id, row.number, meter, row.message)
        )  # fmt: skip
        if await self._send(body, until_s):
            self._sent[which] = now

    # ---- the ledger -----------------------------------------------------------------------------

    async def _proven(self, keys: list[StateKey]) -> tuple[int, Mapping[StateKey, bytes | None]] | None:
        found = await self._follower.proven(keys, self._wall_ns())
        return None if found is None else (found.light_block.header.time_s, found.check(keys))

    async def _send(self, body: Body, until_s: int) -> bool:
        tx = sign(self.identity.key, self._genesis, Statement(body, until_s))
        answer = await self._client.broadcast(tx)
        if answer.code == 1:
            _log.info("%s refused: %s", body.TYPE, answer.log)
        return True


def _membership(raw: bytes | None) -> tuple[str | None, int]:
    """(cohort, version of the last change) of the ledger's entry of a meter."""
    if raw is None:
        return None, 0
    name, version = as_list(decode(raw), "membership", 2)
    return None if name is None else as_identifier(name, "cohort"), as_uint(version, "version")

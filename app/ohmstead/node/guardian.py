"""A guardian: posts its key of each month, shares in opening the rounds that its own node closed, erases keys.

It works only from state that its own node executed: give it no other's address. A round's root is in the journal
on disk before a share of it leaves; another root for that round is refused for ever. A guardian that was restored
from a backup reads from the chain what it shared before. With one guardian away results are late, not wrong.
Here: one loop over a node. Not here: files (``guardian_vault``), proofs (``neighbours.guardians``). Thread: the
process's loop. Source: protocol/neighbours, lines 6, 18 to 22, 25.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_parameters import ERASE_S, NeighbourParameters
from ohmstead.contract.neighbour_rounds import Closed, record_rule
from ohmstead.contract.neighbour_state import (
    CLOSED,
    SHARE,
    guardian_key_name,
    round_end_s,
    round_in,
    round_name,
)
from ohmstead.contract.overlay import NBR, NBR_KEY, NBR_ROUND, ZONE
from ohmstead.core.codec import CodecError, as_bytes, as_list, as_uint, decode
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.core.statements import Body, Statement, sign
from ohmstead.errors import UserError
from ohmstead.ledger import logtile
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.ledger.logtile import TILE_LEAVES, LogTile
from ohmstead.neighbours.group import IDENTITY, point
from ohmstead.neighbours.guardians import joint_key, prove_share
from ohmstead.neighbours.messages import EraseKey, GuardianKey, OpenRound, Share
from ohmstead.neighbours.opening import open_day, open_shape
from ohmstead.neighbours.records import RoundLeaf
from ohmstead.neighbours.rounds import Round, days_of, epoch_of
from ohmstead.neighbours.tally import needed_homes
from ohmstead.node.client import (
    NodeClient,
    NodeRefused,
    NodeUnreachable,
    book_of,
    leaves_of,
    rounds_of,
    values_of,
)
from ohmstead.node.guardian_vault import Vault, key_of

POLL_S, REPLAY_POLL_S = 2.0, 0.5
#: How long statements hold, block time s.
_VALID_S = 7 * 86_400
#: Looks that a guardian leaves the opening to those before it, times its index.
_PATIENCE = 5
_log = logging.getLogger(__name__)


class NotAGuardian(UserError):
    """The key of this folder is not one of the ledger's guardians."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a guardian sees and did: block time, rounds that wait, how many it shared and opened just now."""

    time_s: int
    replaying: bool
    waiting: int
    shared: int
    opened: int


class Guardian:
    """One guardian of one ledger. Raises NotAGuardian, and UserError for a ledger without neighbours."""

    def __init__(self, client: NodeClient, genesis: GenesisDocument, vault: Vault) -> None:
        found = AppState.from_cbor(genesis.app_state).neighbours
        if found is None:
            raise UserError("This ledger was founded without neighbours: there is nothing to guard.")
        self.params: NeighbourParameters = found
        index = found.guardian_of(vault.signing.kid)
        if index is None:
            raise NotAGuardian(
                "The key in this folder is not one of the ledger's guardians. Use the folder that was made when "
                "the ledger was founded."
            )
        self.index = index
        self._client = client
        self._genesis = genesis.genesis_hash
        self._vault = vault
        self._zones: dict[str, ZoneTable] = {}
        self._seen: dict[bytes, int] = {}
        self._posted: set[int] = set()
        self._said: set[str] = set()
        self._caught_up = False

    async def run(self) -> None:
        """Until cancelled. Survives a node that is away."""
        while True:
            pause = POLL_S
            try:
                if (await self.look()).replaying:
                    pause = REPLAY_POLL_S
            except (NodeUnreachable, NodeRefused) as error:
                _log.warning("the node is out of reach: %s", error)
            await asyncio.sleep(pause)

    async def look(self) -> Look:
        """One look at the node: keys, shares, openings, what is to be erased.

        Raises NodeUnreachable, NodeRefused, JournalConflict, ExternalError of the disk.
        """
        status = await self._client.status()
        if not status.height:
            return Look(0, status.replaying, 0, 0, 0)
        time_s = int(datetime.fromisoformat(status.time[:19] + "+00:00").timestamp())
        for cohort in self.params.cohorts:
            if cohort.zone not in self._zones:
                (raw,) = await values_of(self._client, ZONE, [cohort.zone.encode()])
                self._zones[cohort.zone] = ZoneTable.from_cbor(cohort.zone, raw or b"")
        if not self._caught_up:
            await self._catch_up()
            self._caught_up = True
        await self._keys(time_s)
        names = await rounds_of(self._client)
        shared = opened = 0
        for name in names:
            did_share, did_open = await self._round(name, time_s)
            shared, opened = shared + did_share, opened + did_open
        await self._erase(time_s)
        return Look(time_s, status.replaying, len(names), shared, opened)

    # ---- keys -------------------------------------------------------------------------------

    async def _keys(self, time_s: int) -> None:
        first = epoch_of(self.params.first_day)
        for epoch in sorted({e + ahead for e in self._present(time_s) for ahead in (0, 1)}):
            if epoch < first or epoch in self._posted or not self._in_time(epoch, time_s):
                continue
            (there,) = await values_of(self._client, NBR_KEY, [guardian_key_name(epoch, self.index)])
            if there is not None:
                self._posted.add(epoch)
                mine = self._vault.secret(epoch)
                if mine is None or mine[0].public != as_bytes(as_list(decode(there), "key", 4)[0], "X", 32):
                    self._say(
                        f"the secret of month {epoch} is not in this folder: its rounds cannot be opened"
                    )
                continue
            key = self._vault.make_secret(self._genesis, epoch, self.index, len(self.params.guardians))
            await self._send(key, time_s)

    def _present(self, time_s: int) -> set[int]:
        found = set()
        for zone in self._zones.values():
            try:
                found.add(epoch_of(zone.day_of(time_s // SLOT_SECONDS)))
            except ZoneTableEnds:
                self._say(f"the ledger's calendar of {zone.name} has ended")
        return found

    def _in_time(self, epoch: int, time_s: int) -> bool:
        if not self.params.lead_s:
            return True
        try:
            begins = min(z.slots_of(days_of(epoch)[0]).start for z in self._zones.values()) * SLOT_SECONDS
        except ZoneTableEnds:
            return False
        return time_s <= begins - self.params.lead_s

    async def _erase(self, time_s: int) -> None:
        for epoch in self._vault.epochs():
            try:
                end = max(round_end_s(zone, None, epoch) for zone in self._zones.values())
            except ZoneTableEnds:
                continue
            if time_s >= end + ERASE_S:
                self._vault.erase(epoch)
                await self._send(EraseKey(epoch, self.index), time_s)

    # ---- rounds -----------------------------------------------------------------------------

    async def _round(self, name: bytes, time_s: int) -> tuple[bool, bool]:
        """Shares in a closed round, or opens it where all have shared: (shared, opened)."""
        cohort, number, is_shape = round_in(name)
        epoch = number if is_shape else epoch_of(number)
        round_ = Round(self._genesis, cohort, epoch, None if is_shape else number)
        base = round_name(cohort, epoch, round_.day)
        of = len(self.params.guardians)
        closed_raw, *shares_raw = await values_of(
            self._client, NBR_ROUND, [CLOSED + base, *(SHARE + base + bytes((i,)) for i in range(of))]
        )
        if closed_raw is None:
            return False, False
        closed = Closed.from_cbor(closed_raw)
        shares = [_share(round_, i, raw) for i, raw in enumerate(shares_raw) if raw is not None]
        if all(s.guardian != self.index for s in shares):
            return await self._share(round_, closed, time_s), False
        if len(shares) < of:
            return False, False
        self._seen[name] = self._seen.get(name, 0) + 1
        if self._seen[name] <= self.index * _PATIENCE:
            return False, False
        return False, await self._open(round_, closed, shares, time_s)

    async def _share(self, round_: Round, closed: Closed, time_s: int) -> bool:
        """Line 18: recheck what the close checked, write the root down, then share."""
        secret = self._vault.secret(round_.epoch)
        if secret is None:
            self._say(f"{round_.name}: the secret of its month is not in this folder")
            return False
        frozen = closed.frozen
        if frozen.n < needed_homes(closed.roster) or IDENTITY in frozen.q or len(frozen.q) != round_.columns:
            self._say(f"{round_.name}: closed against the rule; it is not shared")
            return False
        for i, q in enumerate(frozen.q):
            point(q, f"Q{i}, {round_.name}")
        joint = await self._joint(round_.epoch)
        if joint is None:
            return False
        self._vault.journal.note(key_of(round_), frozen.root)
        share = prove_share(secret[0], round_, frozen, joint)
        return await self._send(share, time_s)

    async def _open(self, round_: Round, closed: Closed, shares: list[Share], time_s: int) -> bool:
        cohort = self.params.cohort(round_.cohort)
        assert cohort is not None
        of = len(self.params.guardians)
        if round_.day is None:
            values = open_shape(closed.frozen, shares, of)
        else:
            result = open_day(closed.frozen, shares, of, cohort.s)
            values = (*result.bins, result.total_wh)
        return await self._send(OpenRound(round_.epoch, round_.cohort, round_.day, values), time_s)

    async def _joint(self, epoch: int) -> bytes | None:
        of = len(self.params.guardians)
        found = await values_of(self._client, NBR_KEY, [guardian_key_name(epoch, i) for i in range(of)])
        keys = []
        for i, raw in enumerate(found):
            if raw is None:
                return None
            key, c, z, _ = as_list(decode(raw), "guardian key", 4)
            keys.append(GuardianKey(
                epoch, i, as_bytes(key, "X", 32), as_bytes(c, "c", 32), as_bytes(z, "z", 32)
            ))  # fmt: skip
        return joint_key(self._genesis, epoch, keys, of)

    # ---- after a restore --------------------------------------------------------------------

    async def _catch_up(self) -> None:
        """Writes into the journal what the chain says that this guardian shared: a restored backup knows less.

        Raises JournalConflict.
        """
        for cohort in self.params.cohorts:
            (raw,) = await values_of(self._client, NBR, [b"log/" + cohort.id.encode()])
            size, root, _ = as_list(decode(raw or b""), "log", 3)
            count = as_uint(size, "size")
            for tile in range(-(-count // TILE_LEAVES)):
                value = await leaves_of(self._client, record_rule(cohort.id), tile, count)
                leaves = logtile.verify(LogTile.from_value(value), tile, count, as_bytes(root, "root", 32))
                for place, leaf in enumerate(map(RoundLeaf.from_bytes, leaves), tile * TILE_LEAVES):
                    await self._remember(record_rule(cohort.id), place, leaf)
        for name in await rounds_of(self._client):
            cohort_id, number, is_shape = round_in(name)
            epoch = number if is_shape else epoch_of(number)
            base = round_name(cohort_id, epoch, None if is_shape else number)
            keys = [CLOSED + base, SHARE + base + bytes((self.index,))]
            closed, share = await values_of(self._client, NBR_ROUND, keys)
            if closed is not None and share is not None:
                found = Closed.from_cbor(closed)
                self._vault.journal.note((cohort_id, epoch, None if is_shape else number), found.frozen.root)

    async def _remember(self, rule: str, index: int, leaf: RoundLeaf) -> None:
        if self._vault.journal.root_of((leaf.cohort, leaf.epoch, leaf.day)) is not None:
            return
        _, (data, *_), _ = await book_of(self._client, rule, index)
        record = leaf.record(data)
        if record.frozen is not None and any(share.guardian == self.index for share in record.shares):
            self._vault.journal.note((record.cohort, record.epoch, record.day), record.frozen.root)

    # ---- sending ----------------------------------------------------------------------------

    async def _send(self, body: Body, time_s: int) -> bool:
        tx = sign(self._vault.signing, self._genesis, Statement(body, time_s + _VALID_S))
        answer = await self._client.broadcast(tx)
        if answer.code == 1:
            self._say(f"{body.TYPE} refused: {answer.log}")
        return answer.code == 0

    def _say(self, words: str) -> None:
        """Logs a thing once."""
        if words not in self._said:
            self._said.add(words)
            _log.warning("%s", words)


def _share(round_: Round, guardian: int, raw: bytes) -> Share:
    try:
        parts, c, z = as_list(decode(raw), "share", 3)
        data = as_bytes(parts, "parts")
        points = tuple(data[i : i + 32] for i in range(0, len(data), 32))
        return Share(
            round_.epoch, round_.cohort, round_.day, guardian, points, as_bytes(c, "c", 32), as_bytes(z, "z", 32)
        )  # fmt: skip
    except CodecError as error:
        raise NodeRefused("a share has another shape", str(error)) from error

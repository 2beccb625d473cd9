"""The simulated households in the neighbours' tally: each states its finished days, replayed or live.

What a home states is what its readings in the market come from (``traders``). Live, it is sent at a time of the
home's own within six hours of the day's end, as a meter does; in a replayed past at once. Simulated, and every
screen says so. Not here: rosters (``admission``), proofs (``neighbours.dayproof``). Thread: the caller's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from ohmstead.contract.neighbour_parameters import STATE_S, NeighbourParameters
from ohmstead.contract.neighbour_roster import place_name
from ohmstead.contract.neighbour_state import day_end_s, guardian_key_name, stated_name
from ohmstead.contract.overlay import NBR_KEY, NBR_ROUND, ROSTER
from ohmstead.core.codec import as_bytes, as_list, decode
from ohmstead.core.slots import HOUR_SECONDS, SLOT_SECONDS, ZoneTable, ZoneTableEnds
from ohmstead.neighbours.cohorts import Cohort
from ohmstead.neighbours.dayproof import prove_day
from ohmstead.neighbours.guardians import joint_key
from ohmstead.neighbours.messages import GuardianKey, StateDay
from ohmstead.neighbours.rounds import MIN_HOMES, Round, epoch_of
from ohmstead.node.client import NodeClient, values_of
from ohmstead.village.asking import send
from ohmstead.village.households import Household
from ohmstead.village.traders import VillageHome, net_wh

#: Within so long after a day a home states it, s; and how long before the close it gives up.
SPREAD_S, TOO_LATE_S = 6 * 3600, 900
#: How long a replayed past waits for guardians' keys, and a day of it for the home that is followed, s.
KEYS_S, FOLLOW_S = 30.0, 8.0
#: How often it is looked, live, whether a node that was started again forgot what it was sent, s.
CHECK_S = 60.0
_log = logging.getLogger(__name__)


def day_wh(home: VillageHome, seed: int, slots: range, shift_s: Callable[[int], int]) -> int:
    """What a simulated home draws from the grid in the slots of a day, Wh."""
    drawn = (net_wh(home, seed, slot, shift_s(slot)) for slot in slots)
    return sum(-net for net in drawn if net < 0)


@dataclass(slots=True)
class _Day:
    """What was done for one day."""

    sent: set[bytes] = field(default_factory=set)
    checked: float = float("-inf")
    waited: float = 0.0
    followed: bool = False


class TallyDay:
    """States days for simulated households. ``shift_s``: local time less UTC at the homes in a slot.

    ``follows`` is the meter for which a replayed past waits, if it is on a roster.
    """

    def __init__(
        self,
        client: NodeClient,
        params: NeighbourParameters,
        genesis_hash: bytes,
        members: Sequence[tuple[Household, Cohort]],
        seed: int,
        zone: ZoneTable,
        shift_s: Callable[[int], int],
        follows: bytes | None = None,
    ) -> None:
        self._client = client
        self._params = params
        self._genesis = genesis_hash
        self._members = members
        self._seed = seed
        self._zone = zone
        self._shift_s = shift_s
        self._follows = follows
        self._days: dict[int, _Day] = {}
        self._joint: dict[int, bytes] = {}
        sizes = Counter(cohort.id for _, cohort in members)
        #: Cohorts too small for any result are left out of a replayed past: nobody would see them wait.
        self._large = {name for name, size in sizes.items() if size + 1 >= MIN_HOMES}

    @property
    def starts_s(self) -> int:
        """From here on a replayed past must not run ahead."""
        return self._zone.slots_of(self._params.first_day).start * SLOT_SECONDS

    def next_s(self, clock_s: int) -> int:
        """The next time at which a day is over long enough for all of its statements to be there."""
        try:
            day = self._zone.day_of(clock_s // SLOT_SECONDS)
            ends = (day_end_s(self._zone, d) + HOUR_SECONDS for d in (day - 1, day))
            return next(end for end in ends if end > clock_s + HOUR_SECONDS)
        except (ZoneTableEnds, StopIteration):
            return clock_s + 86_400

    async def step(self, now_s: int, *, replaying: bool) -> None:
        """Sends what is due at this block time. Raises NodeUnreachable, NodeRefused."""
        try:
            today = self._zone.day_of(now_s // SLOT_SECONDS)
            for day in (today - 2, today - 1):
                if (
                    day >= self._params.first_day
                    and now_s < day_end_s(self._zone, day) + STATE_S - TOO_LATE_S
                ):
                    await self._state(day, now_s, replaying)
        except ZoneTableEnds:
            return

    async def _state(self, day: int, now_s: int, replaying: bool) -> None:
        done = self._days.setdefault(day, _Day())
        while len(self._days) > 8:
            del self._days[min(self._days)]
        now = asyncio.get_running_loop().time()
        if now - done.checked >= CHECK_S:
            names = [stated_name(epoch_of(day), day) + h.meter.kid for h, _ in self._members]
            there = await values_of(self._client, NBR_ROUND, names)
            done.sent = {
                h.meter.kid for (h, _), raw in zip(self._members, there, strict=True) if raw is not None
            }
            done.checked = now
        end = day_end_s(self._zone, day)
        due = [
            (home, cohort) for home, cohort in self._members
            if home.meter.kid not in done.sent
            and (cohort.id in self._large if replaying else now_s >= end + self._after(home, day))
        ]  # fmt: skip
        if due:
            joint = await self._key(epoch_of(day), KEYS_S if replaying else 0.0)
            if joint is not None:
                await send(
                    self._client, [await asyncio.to_thread(self._made, h, c, day, joint) for h, c in due]
                )
                done.sent |= {home.meter.kid for home, _ in due}
        if replaying and self._follows is not None and now_s >= end + SPREAD_S:
            await self._follow(done, day)

    def _made(self, home: Household, cohort: Cohort, day: int, joint: bytes) -> bytes:
        """A home's statement of a day, signed."""
        round_ = Round.of_day(self._genesis, cohort.id, day)
        wh = day_wh(home.home, self._seed, self._zone.slots_of(day), self._shift_s)
        seed = blake2b(b"day %d %d" % (home.home.number, day), key=home.secret, digest_size=32).digest()
        message = prove_day(round_, home.meter.kid, joint, wh, cohort.s, seed)
        return home.by_meter(StateDay(round_.epoch, cohort.id, day, home.meter.kid, message))

    def _after(self, home: Household, day: int) -> int:
        chance = blake2b(b"when %d %d" % (home.home.number, day), key=home.secret, digest_size=4).digest()
        return int.from_bytes(chance, "big") % SPREAD_S

    async def _key(self, epoch: int, patience_s: float) -> bytes | None:
        """The guardians' joint key of a month, proven by themselves; None while one of them has not posted."""
        if epoch in self._joint:
            return self._joint[epoch]
        of, loop = len(self._params.guardians), asyncio.get_running_loop()
        end = loop.time() + patience_s
        while True:
            found = await values_of(self._client, NBR_KEY, [guardian_key_name(epoch, i) for i in range(of)])
            if all(raw is not None for raw in found):
                keys = []
                for i, raw in enumerate(found):
                    key, c, z, _ = as_list(decode(raw or b""), "guardian key", 4)
                    parts = [as_bytes(part, "part", 32) for part in (key, c, z)]
                    keys.append(GuardianKey(epoch, i, *parts))
                self._joint[epoch] = joint_key(self._genesis, epoch, keys, of)
                return self._joint[epoch]
            if loop.time() >= end:
                if patience_s:
                    _log.warning("not every guardian has posted its key of month %d", epoch)
                return None
            await asyncio.sleep(0.1)

    async def _follow(self, done: _Day, day: int) -> None:
        """Waits a little for the statement of the home that is followed, where it is on a roster."""
        if done.followed or done.waited >= FOLLOW_S or self._follows is None:
            return
        names = [stated_name(epoch_of(day), day) + self._follows]
        done.followed = (await values_of(self._client, NBR_ROUND, names))[0] is not None
        if not done.followed:
            cohorts = [place_name(c.id, self._follows) for c in self._params.cohorts]
            if not any(await values_of(self._client, ROSTER, cohorts)):
                done.followed = True
                return
            await asyncio.sleep(0.1)
            done.waited += 0.1

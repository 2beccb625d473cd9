"""What the meter's own log says to its market: how much may be ordered, what is usual, what was delivered.

The bounds keep a member from trading energy that it cannot have: a meter signs no commit above them. Here: sums
over the meter's sealed pages. Not here: orders (``agent``), sealing (``publisher``). Energy in Wh. Source:
protocol/market, "Anti-inflation".
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.intervals import Channel, ChannelHour, IntervalStatus
from ohmstead.core.slots import SLOTS_PER_HOUR
from ohmstead.ledger import pages
from ohmstead.market.orders import Side
from ohmstead.meter.keeper import Keeper

#: The largest connection that a home has: 69 kW, 17 250 Wh in a slot.
MAX_RATING_W = 69_000
SLOTS_A_DAY = 96
#: How far back the best hour of export is looked for, and how long a new meter is trusted with its rating, h.
EXPORT_HOURS = 28 * 24
USUAL_DAYS = 7


class OwnLog:
    """One meter's sealed pages, opened as they are asked for. ``rating_w`` is its connection's, W."""

    def __init__(
        self, keeper: Keeper, ring: pages.KeyRing, channels: Sequence[Channel], rating_w: int = MAX_RATING_W
    ) -> None:
        if not 0 < rating_w <= MAX_RATING_W:
            raise ValueError(f"a connection's rating is from 1 to {MAX_RATING_W} W")
        self._keeper = keeper
        self._ring = ring
        self._channels = tuple(channels)
        self._slot_wh = rating_w // SLOTS_PER_HOUR
        self._hours: dict[int, tuple[ChannelHour, ...]] = {}
        self._best: tuple[int, int] | None = None

    # ---- pages --------------------------------------------------------------------------------

    def _hour(self, hour: int) -> tuple[ChannelHour, ...] | None:
        """A sealed hour's channels; None where it is not sealed, or was before this log's first."""
        last = self._keeper.last_hour
        if last is None or not 0 <= last - hour < self._keeper.size:
            return None
        known = self._hours.get(hour)
        if known is None:
            (page,) = self._keeper.pages(self._keeper.size - 1 - (last - hour), 1)
            while len(self._hours) > 2 * EXPORT_HOURS:
                del self._hours[next(iter(self._hours))]
            known = self._hours[hour] = pages.open_page(self._ring, page)
        return known

    def sealed(self, slot: int) -> bool:
        """Whether the hour of a slot is sealed."""
        last = self._keeper.last_hour
        return last is not None and slot // SLOTS_PER_HOUR <= last

    def measured(self, channel: Channel, slot: int) -> int | None:
        """What a channel measured in a slot; None where nothing was, or the value is no measurement (``ok``)."""
        hour = self._hour(slot // SLOTS_PER_HOUR)
        if hour is None or channel not in self._channels:
            return None
        found = hour[self._channels.index(channel)]
        place = slot % SLOTS_PER_HOUR
        return found.amounts[place] if found.statuses[place] is IntervalStatus.OK else None

    def recorded(self, channel: Channel, slot: int) -> int | None:
        """What a channel measured in a slot, or what was estimated for it; None where there is nothing."""
        hour = self._hour(slot // SLOTS_PER_HOUR)
        if hour is None or channel not in self._channels:
            return None
        found = hour[self._channels.index(channel)]
        place = slot % SLOTS_PER_HOUR
        status = found.statuses[place]
        return found.amounts[place] if status in (IntervalStatus.OK, IntervalStatus.ESTIMATED) else None

    # ---- what the market asks -----------------------------------------------------------------

    def delivered(self, first: int, slots: int) -> int | None:
        """The export measured in these slots; a slot that was not measured counts nothing. None until sealed."""
        if not self.sealed(first + slots - 1):
            return None
        return sum(self.measured(Channel.EXPORT, s) or 0 for s in range(first, first + slots))

    def rated(self, slots: int = 1) -> int:
        """The most that the connection carries in so many slots, either way."""
        return self._slot_wh * slots

    def may_sell(self, slots: int = 1) -> int:
        """The most that this meter signs for as a seller in so many slots.

        In each slot the rating, and from the 29th day on at most one and a half times its best *hour* of measured
        export in 28 days: the rule compares a slot with an hour, so it stops invention, not a better day.
        """
        if Channel.EXPORT not in self._channels:
            return 0
        if self._keeper.size < EXPORT_HOURS:
            return self.rated(slots)
        return min(self._slot_wh, 3 * self._best_export() // 2) * slots

    def _best_export(self) -> int:
        last = self._keeper.last_hour
        assert last is not None
        if self._best is None or self._best[0] != last:
            place = self._channels.index(Channel.EXPORT)
            hours = (self._hour(hour) for hour in range(last - EXPORT_HOURS + 1, last + 1))
            self._best = last, max(_measured(hour[place]) for hour in hours if hour is not None)
        return self._best[1]

    def usual(self, side: Side, slot: int) -> int:
        """What is usual at a slot's time of day: the mean of the last seven days' measurements, floored.

        Import for a buyer, export for a seller; 0 where nothing was measured.
        """
        channel = Channel.EXPORT if side is Side.SELL else Channel.IMPORT
        days = (self.measured(channel, slot - SLOTS_A_DAY * day) for day in range(1, USUAL_DAYS + 1))
        found = [wh for wh in days if wh is not None]
        return sum(found) // len(found) if found else 0


def _measured(hour: ChannelHour) -> int:
    pairs = zip(hour.amounts, hour.statuses, strict=True)
    return sum(wh for wh, status in pairs if status is IntervalStatus.OK)

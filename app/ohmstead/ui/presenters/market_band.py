"""A forecast day as a band: what to draw, what to say of it, the table behind. Qt-free."""

from __future__ import annotations

from ohmstead.core.slots import SLOTS_PER_HOUR
from ohmstead.forecast.outlook import Outlook
from ohmstead.market.orders import Side
from ohmstead.ui.presenters.market_times import MarketTimes
from ohmstead.ui.presenters.market_views import BandModel
from ohmstead.ui.presenters.view_models import TableModel

_EDGE = 4  # slots of nothing kept at both ends


def band_of(outlook: Outlook, day: int, times: MarketTimes, side: Side) -> BandModel | None:
    """The part of a day in which something is expected; None where that is nowhere."""
    slots = outlook.of_day(day)
    some = [i for i, slot in enumerate(slots) if slot.high_wh > 0]
    if not some:
        return None
    first, last = max(some[0] - _EDGE, 0), min(some[-1] + _EDGE, len(slots) - 1)
    part = slots[first : last + 1]
    words, tr = times.words, times.words.tr
    hours = [i for i, slot in enumerate(part) if slot.slot % SLOTS_PER_HOUR == 0]
    every = max(1, -(-len(hours) // 5))
    labels = [(i, times.clock(part[i].slot)) for i in hours[::every] if 2 <= i <= len(part) - 2]
    rows = []
    for i in hours:
        hour = part[i : i + SLOTS_PER_HOUR]
        sums = (sum(s.low_wh for s in hour), sum(s.mid_wh for s in hour), sum(s.high_wh for s in hour))
        rows.append((times.clock(part[i].slot), *(words.number(wh / 1000, 2) for wh in sums)))
    total = next(d for d in outlook.days if d.day == day)
    sells, tomorrow = side is Side.SELL, day > times.today
    if sells:
        caption = (
            tr("Spare energy tomorrow. 8 of 10 such days stay in the band.")
            if tomorrow
            else tr("Spare energy today. 8 of 10 such days stay in the band.")
        )
    else:
        caption = (
            tr("Energy you need tomorrow. 8 of 10 such days stay in the band.")
            if tomorrow
            else tr("Energy you need today. 8 of 10 such days stay in the band.")
        )
    spoken = tr(
        "{caption} Together about {mid} kWh, between {low} and {high}.",
        caption=caption,
        mid=words.number(total.mid_wh / 1000, 1),
        low=words.number(total.low_wh / 1000, 1),
        high=words.number(total.high_wh / 1000, 1),
    )
    heads = (tr("From"), tr("At least, kWh"), tr("About, kWh"), tr("At most, kWh"))
    return BandModel(
        [s.low_wh for s in part], [s.mid_wh for s in part], [s.high_wh for s in part],
        labels, "sold" if sells else "grid", caption, spoken, TableModel(heads, rows),
    )  # fmt: skip

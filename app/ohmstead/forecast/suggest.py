"""What a household might offer, or bid for, of what is forecast: whole Wh per slot.

A suggestion, no order: limits and the market's own bounds are the market page's. Integers throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from ohmstead.forecast.errors import ForecastError
from ohmstead.forecast.outlook import Kind, Outlook, SlotForecast

LEAST_PERCENT, MIDDLE_PERCENT, MOST_PERCENT = 10, 50, 90
#: The cautions of an offer in steps. Beyond 70 % a step pays only near the other tariff, where few trade.
STEP_PERCENTS = (10, 20, 30, 40, 50, 60, 70)


class Caution(IntEnum):
    """How many days in a hundred a slot may fall short of what is offered (or bid for)."""

    CAREFUL = 10  # the band's low edge: under changing skies often nothing
    MODERATE = 30
    EVEN = 50  # the band's middle


@dataclass(frozen=True, slots=True)
class SlotOffer:
    """Whole Wh, at least 1, in one slot."""

    slot: int
    wh: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Offers by slot, ascending; slots with nothing to offer are left out."""

    offers: tuple[SlotOffer, ...] = field(repr=False)

    @property
    def total_wh(self) -> int:
        """All slots together. That much is not promised of the day: see ``DayForecast`` for its own band."""
        return sum(o.wh for o in self.offers)

    @property
    def spans(self) -> tuple[range, ...]:
        """The slots as unbroken stretches, ascending: "from 10:00 to 14:30"."""
        spans: list[range] = []
        for offer in self.offers:
            if spans and spans[-1].stop == offer.slot:
                spans[-1] = range(spans[-1].start, offer.slot + 1)
            else:
                spans.append(range(offer.slot, offer.slot + 1))
        return tuple(spans)


def suggest(
    outlook: Outlook, day: int, percent: int = Caution.MODERATE, *, most_wh: int, least_wh: int = 1
) -> Suggestion:
    """What of a local day may be offered (a surplus) or bid for (a need).

    ``percent``, 10 to 90, is how often a slot may turn out smaller: 10, 50 and 90 are the band's edges and
    middle, between them the line is straight (an approximation). ``most_wh`` is what one order may hold at most
    (the market's bound, the home's rating); slots with fewer than ``least_wh`` are left out. Of a day that the
    outlook does not hold, or that it knows too little of, nothing. Raises ForecastError for a percentage outside
    the band, or unless 1 <= least <= most.
    """
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise ForecastError(f"{percent} %: the band reaches from {LEAST_PERCENT} to {MOST_PERCENT} %")
    if not 1 <= least_wh <= most_wh:
        raise ForecastError(f"an offer of at least {least_wh} and at most {most_wh} Wh a slot")
    offers = ((s.slot, min(_at(s, percent), most_wh)) for s in outlook.of_day(day))
    return Suggestion(tuple(SlotOffer(slot, wh) for slot, wh in offers if wh >= least_wh))


@dataclass(frozen=True, slots=True)
class SlotSteps:
    """What one slot may hold at each caution: ``wh`` beside ``STEP_PERCENTS``, never falling."""

    slot: int
    wh: tuple[int, ...]


def suggest_steps(outlook: Outlook, day: int, *, most_wh: int, least_wh: int = 1) -> tuple[SlotSteps, ...]:
    """What of a local day may be offered or bid for at every caution of ``STEP_PERCENTS``, slots ascending.

    Slots whose largest amount is below ``least_wh`` are left out. Raises ForecastError like ``suggest``. Why in
    steps: each part has a risk of its own and pays from its own price on (``pays_from``); over the months of the
    benchmark ``market_month`` that earned twice what one amount at one limit did.
    """
    if not 1 <= least_wh <= most_wh:
        raise ForecastError(f"an offer of at least {least_wh} and at most {most_wh} Wh a slot")
    found = (
        SlotSteps(s.slot, tuple(min(_at(s, percent), most_wh) for percent in STEP_PERCENTS))
        for s in outlook.of_day(day)
    )
    return tuple(steps for steps in found if steps.wh[-1] >= least_wh)


def _at(slot: SlotForecast, percent: int) -> int:
    if percent <= MIDDLE_PERCENT:
        low, high, step = slot.low_wh, slot.mid_wh, percent - LEAST_PERCENT
    else:
        low, high, step = slot.mid_wh, slot.high_wh, percent - MIDDLE_PERCENT
    return low + (high - low) * step // (MIDDLE_PERCENT - LEAST_PERCENT)


def worthwhile_percent(kind: Kind, price: int, feed_in: int, retail: int) -> int:
    """The percentage at which an order earns most on average, if it is filled at ``price`` (all µ/kWh).

    By the market's settlement. A seller gains price − feed-in on what is delivered and loses retail − price on
    what is not: best where (price − feed-in) / (retail − feed-in) of all days fall short. A buyer, whose price
    is all-in, saves retail − price on what is used and loses price − feed-in on what is not: best at
    (retail − price) / (retail − feed-in). Halfway between the two tariffs that is the middle of the band, for
    both. Kept within the band. Raises ForecastError unless feed-in <= price <= retail and feed-in < retail.
    """
    if not feed_in <= price <= retail or feed_in == retail:
        raise ForecastError(f"a price of {price} µ/kWh between feed-in {feed_in} and retail {retail}")
    gain = price - feed_in if kind is Kind.SURPLUS else retail - price
    return min(max(100 * gain // (retail - feed_in), LEAST_PERCENT), MOST_PERCENT)


def pays_from(kind: Kind, percent: int, feed_in: int, retail: int) -> int:
    """The price (µ/kWh) from which on an amount at this caution pays on average; for a need, up to which.

    ``worthwhile_percent`` turned round, exact to the µ and never short of it: a surplus rounds up, a need down.
    Raises ForecastError unless 0 <= percent <= 100 and feed-in <= retail.
    """
    if not 0 <= percent <= 100 or feed_in > retail:
        raise ForecastError(f"{percent} % between feed-in {feed_in} and retail {retail} µ/kWh")
    part = -(-percent * (retail - feed_in) // 100)
    return feed_in + part if kind is Kind.SURPLUS else retail - part

"""The simulated neighbours as traders: what each has to spare or needs in a slot, and what it asks or bids.

Four stated strategies, so that nobody has to guess what the demonstration's market is made of. All numbers come
from seed, name and day, in any order. Simulated, and said so wherever it is shown. Not here: keys, statements
and time (``market_day``), clearing (``market``). Pure.

Sources: zero intelligence with a budget: D. Gode, S. Sunder, "Allocative efficiency of markets with
zero-intelligence traders", Journal of Political Economy 101 (1993). Profit margins that adapt, here in their
simplest form: D. Cliff, J. Bruten, "Zero is not enough: on the lower limit of agent intelligence for continuous
double auction markets", HP Laboratories HPL-97-141 (1997).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import exp, pi, sin

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.meter.sources.simulator_chance import persistent, uniforms

SLOTS_A_DAY = 96
LEAST_WH = 10
_CHANCES = 4  # uniform numbers of one home and slot
_ADAPT = 0.3  # how far a margin moves towards what the last price would have allowed


class Strategy(Enum):
    """How a home names its limit."""

    ZERO_INTELLIGENCE = "zero-intelligence"  # anything between feed-in and retail that cannot lose
    TRUTHFUL = "truthful"  # asks feed-in, bids retail: what the energy is worth to it without a market
    HALF_WAY = "half-way"  # the middle between the two, always
    ADAPTIVE = "adaptive"  # a margin that follows the last price


#: One home in the order of its number: of ten, four zero-intelligence, two of each other kind.
_MIX = (
    Strategy.ZERO_INTELLIGENCE, Strategy.TRUTHFUL, Strategy.ADAPTIVE, Strategy.ZERO_INTELLIGENCE,
    Strategy.HALF_WAY, Strategy.ZERO_INTELLIGENCE, Strategy.TRUTHFUL, Strategy.ADAPTIVE,
    Strategy.ZERO_INTELLIGENCE, Strategy.HALF_WAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VillageHome:
    """One simulated home. ``roof_w`` is 0 for a home without a roof of its own; ``base_w`` what always runs.

    ``activity`` scales what people switch on; ``east_h`` is by how many hours its roof's noon comes early. A
    battery keeps a third of what the roof gives around noon for the evening.
    """

    number: int
    roof_w: int
    base_w: int
    activity: float
    east_h: float
    battery: bool
    strategy: Strategy


def homes_of(count: int, seed: int) -> tuple[VillageHome, ...]:
    """The village's homes: three of five with a roof of 2 to 8 kW, of these every other with a battery."""
    made = []
    for n in range(count):
        u = uniforms(seed, f"home {n}", 0, 6)
        roof = round(2000 + 6000 * float(u[0])) if float(u[4]) < 0.6 else 0
        base, activity, east = 90 + 160 * float(u[1]), 0.6 + 0.9 * float(u[2]), 3 * float(u[3]) - 1.5
        battery = roof > 0 and float(u[5]) < 0.5
        made.append(VillageHome(n, roof, round(base), activity, east, battery, _MIX[n % len(_MIX)]))
    return tuple(made)


def net_wh(home: VillageHome, seed: int, slot: int, shift_s: int = 0) -> int:
    """What the home feeds in (positive) or draws (negative) in a slot, Wh.

    ``shift_s`` is local time less UTC. A clear-sky arch times a cloudiness that the whole village shares, less a
    standing load and what people switch on in the morning and the evening.
    """
    local = slot * SLOT_SECONDS + shift_s
    day, hour = local // 86_400, local % 86_400 / 3600
    place = local % 86_400 // SLOT_SECONDS
    chance = _uniforms_of_day(seed, f"use {home.number}", day)
    sky, clear = _uniforms_of_day(seed, "clouds", day), _clear_sky(seed, day)
    arch = max(0.0, sin(pi * (hour + home.east_h - 6) / 12)) ** 1.4 if 4 < hour < 20 else 0.0
    sun_w = 0.85 * home.roof_w * arch * clear * (0.75 + 0.25 * sky[place])
    if home.battery and 10 <= hour < 15:
        sun_w *= 0.67
    elif home.battery and 17.5 <= hour < 23.5:
        sun_w += 0.22 * home.roof_w * clear
    people = 0.25 + _bump(hour, 7.3, 1.2) + 0.4 * _bump(hour, 12.5, 1.0) + 1.6 * _bump(hour, 19.2, 1.9)
    use_w = home.base_w + 900 * home.activity * people * (0.3 + 1.4 * chance[place])
    return round((sun_w - use_w) / 4)


@lru_cache(maxsize=512)
def _uniforms_of_day(seed: int, name: str, day: int) -> tuple[float, ...]:
    return tuple(map(float, uniforms(seed, name, day, SLOTS_A_DAY)))


@lru_cache(maxsize=16)
def _clear_sky(seed: int, day: int) -> float:
    return 1 / (1 + exp(-1.2 - 1.3 * persistent(seed, "sky", day, 0.6)))


def _bump(hour: float, at: float, width: float) -> float:
    return exp(-(((hour - at) / width) ** 2))


def forecast_wh(home: VillageHome, seed: int, slot: int, shift_s: int = 0) -> int:
    """What the home expects before the gate: the truth within a fifth, more often too little than too much."""
    error = float(uniforms(seed, f"guess {home.number}", slot, 1)[0])
    return round(net_wh(home, seed, slot, shift_s) * (0.75 + 0.35 * error))


@dataclass(frozen=True, slots=True)
class Margin:
    """What an adaptive home wants above (seller) or below (buyer) what the energy is worth to it, in 1/1000."""

    permille: int = 500

    def after(self, price: int | None, side: Side, terms: Terms) -> Margin:
        """Moved towards the margin that the last net price would have given; as it is without a price."""
        low, high = terms.feed_in, terms.retail - terms.fee
        if price is None or high <= low:
            return self
        share = 1000 * (price - low if side is Side.SELL else high - price) // (high - low)
        return Margin(round(self.permille + _ADAPT * (share - self.permille)))


def order_of(
    home: VillageHome, seed: int, slot: int, terms: Terms, margin: Margin, shift_s: int = 0
) -> Order:
    """The home's order for a slot: its expected surplus or need, at its strategy's limit; empty below 10 Wh."""
    expected = forecast_wh(home, seed, slot, shift_s)
    side = Side.SELL if expected > 0 else Side.BUY
    wh = min(abs(expected), terms.max_order_wh)
    if wh < LEAST_WH:
        return Order(side)
    low, high = terms.band(side)
    u = uniforms(seed, f"limit {home.number}", slot, _CHANCES)
    match home.strategy:
        case Strategy.TRUTHFUL:
            limit = low if side is Side.SELL else high
        case Strategy.HALF_WAY:
            limit = (low + high) // 2
        case Strategy.ADAPTIVE:
            room = (high - low) * margin.permille // 1000
            limit = low + room if side is Side.SELL else high - room
        case Strategy.ZERO_INTELLIGENCE:
            limit = low + int(float(u[0]) * (high - low))
    if wh < 4 * LEAST_WH or home.strategy is not Strategy.ZERO_INTELLIGENCE:
        return Order(side, (Step(wh, limit),))
    # Some name two prices: the second half only for a better one (seller), or a lower one (buyer).
    other = (
        limit + int(float(u[1]) * (high - limit))
        if side is Side.SELL
        else limit - int(float(u[1]) * (limit - low))
    )
    if other == limit or float(u[2]) < 0.5:
        return Order(side, (Step(wh, limit),))
    return Order(side, (Step(wh - wh // 2, limit), Step(wh // 2, other)))

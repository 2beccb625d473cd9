"""What one click would post, made from the forecast: orders in steps, each at the price that pays. Qt-free.

A quarter hour's order begins with what is there on nine of ten such days and ends with what is there on three of
ten; the less certain a part, the better the price it asks for (``forecast.suggest``). What a person types is one
amount at one limit instead. Not here: what is said of it (``market_offer``), posting (the controller).
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.forecast.outlook import DayForecast, Kind
from ohmstead.forecast.suggest import STEP_PERCENTS, Caution, SlotSteps, pays_from, suggest, suggest_steps
from ohmstead.market.orders import Side, Step, Terms
from ohmstead.market.settlement import flat_lock
from ohmstead.services.market_states import MarketRules, OrderStage
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_views import PlanModel

LEAST_WH = 20  # less in a quarter hour is not worth an order
LEAST_STEP_WH = 5  # less is added to the next step, which asks for a better price
LIVE = (OrderStage.WAITING, OrderStage.HANDED, OrderStage.SEALED)


def plan_in_steps(asked: Asked, day: DayForecast) -> PlanModel | None:
    """The day's free slots, in steps, none at a worse price than ``asked.limit``; None where there are none."""
    outlook = asked.outlook
    assert outlook is not None
    limits = step_limits(asked)
    most = asked.rules.max_order_wh
    wants = []
    for found in suggest_steps(outlook, day.day, most_wh=most, least_wh=min(LEAST_WH, most)):
        steps = _steps(found, limits)
        if steps and _free(asked, found.slot):
            wants.append((found.slot, steps))
    return _plan(asked.side, wants)


def plan_at_one_limit(asked: Asked, day: DayForecast) -> PlanModel | None:
    """The cautious amount of the day's free slots at ``suggested_limit``: what the forms begin with."""
    outlook = asked.outlook
    assert outlook is not None
    most = asked.rules.max_order_wh
    made = suggest(outlook, day.day, Caution.MODERATE, most_wh=most, least_wh=min(LEAST_WH, most))
    free = [(offer.slot, offer.wh) for offer in made.offers if _free(asked, offer.slot)]
    return _plan(asked.side, wants_of(free, suggested_limit(asked)))


def step_limits(asked: Asked) -> list[int]:
    """The limit of each step of ``STEP_PERCENTS``, µ/kWh: where it pays, in whole tenths of the small unit.

    Inside the ledger's band, and never worse than what the person chose.
    """
    sells = asked.side is Side.SELL
    kind = Kind.SURPLUS if sells else Kind.NEED
    low, high = asked.terms.band(asked.side)
    feed_in, retail, tenth = asked.feed_in, max(asked.retail, asked.feed_in), asked.amounts.tenth
    limits = []
    for percent in STEP_PERCENTS:
        price = pays_from(kind, percent, feed_in, retail)
        price = -(-price // tenth) * tenth if sells else price // tenth * tenth
        if asked.limit is not None:
            price = max(price, asked.limit) if sells else min(price, asked.limit)
        limits.append(min(max(price, low), high))
    return limits


def suggested_limit(asked: Asked) -> int:
    """The price from which offering (or bidding for) one cautious amount pays, µ/kWh, to the half small unit.

    An amount that falls short on three of ten days earns on average from feed-in + 3/10 of the gap to retail
    on: below, the cost of what is missing is larger (``forecast.suggest.worthwhile_percent``, turned round).
    """
    gap = max(asked.retail - asked.feed_in, 0)
    raw = gap * int(Caution.MODERATE) // 100
    price = asked.feed_in + raw if asked.side is Side.SELL else asked.retail - raw
    half = asked.amounts.tenth * 5
    rounded = price // half * half if asked.side is Side.SELL else -(-price // half) * half
    low, high = asked.terms.band(asked.side)
    return min(max(rounded, low), high)


def wants_of(slots: Sequence[tuple[int, int]], limit: int) -> tuple[tuple[int, tuple[Step, ...]], ...]:
    """Orders of one step each from (slot, Wh)."""
    return tuple((slot, (Step(wh, limit),)) for slot, wh in slots if wh > 0)


def money_needed(plan: PlanModel, terms: Terms, rules: MarketRules) -> int:
    """What must be free for a plan, nano: never less than it will take.

    Every order locks the same flat amount from when its slot opens until it is decided, so at most some slots
    at a time; what is sold keeps the difference to retail locked until it is delivered, what is bought is paid.
    """
    at_a_time = min(len(plan.wants), rules.open_slots + rules.gate_slots + 1)
    sells = plan.side is Side.SELL
    taken = sum(
        step.wh * (terms.retail - step.limit if sells else step.limit)
        for _, steps in plan.wants for step in steps
    )  # fmt: skip
    return at_a_time * flat_lock(terms) + taken


def _plan(side: Side, wants: Sequence[tuple[int, tuple[Step, ...]]]) -> PlanModel | None:
    if not wants:
        return None
    limits = [step.limit for _, steps in wants for step in steps]
    first, last = (min(limits), max(limits)) if side is Side.SELL else (max(limits), min(limits))
    return PlanModel(side, tuple(wants), sum(s.wh for _, steps in wants for s in steps), first, last)


def _free(asked: Asked, slot: int) -> bool:
    """Whether a slot takes an order of this home: it is open, and none stands there."""
    taken = any(order.slot == slot and order.stage in LIVE for order in asked.state.orders)
    return asked.times.open(slot) and not taken


def _steps(found: SlotSteps, limits: Sequence[int]) -> tuple[Step, ...]:
    """A slot's order: what each caution adds, at its limit; parts at one limit are one step."""
    by_limit: dict[int, int] = {}
    placed = 0
    for i, (wh, limit) in enumerate(zip(found.wh, limits, strict=True)):
        last = i == len(limits) - 1
        if wh - placed >= LEAST_STEP_WH or (last and wh > placed):
            by_limit[limit] = by_limit.get(limit, 0) + wh - placed
            placed = wh
    return tuple(Step(wh, limit) for limit, wh in by_limit.items())

"""The household's orders: neighbours in one state as one row, and the day by quarter hour. Qt-free.

Here: grouping, rows, the day's line, what was earned or saved. Not here: words of states (``market_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.core.slots import SLOT_SECONDS, ZoneTableEnds
from ohmstead.market.orders import Side
from ohmstead.market.settlement import flat_lock
from ohmstead.services.market_states import MarketState, OrderStage, OrderState, SlotResult
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_times import MarketTimes
from ohmstead.ui.presenters.market_views import OrderLine, OrdersView, TimelineModel
from ohmstead.ui.presenters.market_words import stage_detail, stage_words
from ohmstead.ui.presenters.periods import as_date, month_start

MOST_ROWS = 60
LISTED_SLOTS = 14 * 96  # older orders are in the wallet's movements alone
_TAKEN = (OrderStage.CLEARED, OrderStage.PAID)
_MARKS = {
    OrderStage.WAITING: "sealed",
    OrderStage.HANDED: "sealed",
    OrderStage.SEALED: "sealed",
    OrderStage.LEAVING: "sealed",
    OrderStage.CLOSED: "sealed",
    OrderStage.CLEARED: "sold",
    OrderStage.PAID: "paid",
}


def present_orders(asked: Asked) -> OrdersView:
    """The section for a side."""
    tr, sells = asked.amounts.words.tr, asked.side is Side.SELL
    since = asked.times.now_slot - LISTED_SLOTS
    orders = [order for order in asked.state.orders if order.side is asked.side and order.slot >= since]
    rows = [_line(group, asked) for group in _groups(orders, asked.times)[:MOST_ROWS]]
    heads = (
        tr("Quarter hours"), tr("Energy"), tr("At least") if sells else tr("At most"), tr("Price"), tr("State"),
        tr("You get") if sells else tr("You pay"),
    )  # fmt: skip
    empty = (
        tr("Nothing offered yet. What you offer stands here, from sealed to paid.")
        if sells
        else tr("No bids yet. What you bid for stands here, from sealed to paid.")
    )
    seen = tr(
        "Your offers, fills and whether you delivered are visible to every member under a number, not a name. "
        "Someone who knows your roof can guess which is yours."
    )
    steps = () if orders else how_it_goes(asked)
    timeline = _timeline(asked, orders) if orders or asked.state.results else None
    return OrdersView(tr("Today by quarter hour"), timeline, rows, heads, empty, seen, steps)


def how_it_goes(asked: Asked) -> Sequence[tuple[str, str]]:
    """How one order goes, in four steps of plain words: sealed, locked, closed, settled."""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    lock, minutes = amounts.money(flat_lock(asked.terms)), amounts.words.number(15 * asked.rules.gate_slots)
    settled = (
        tr("Your meter states what went out. It is paid at once; what is missing is made up by the supplier, and "
           "you pay the difference to retail.")
        if asked.side is Side.SELL
        else tr("You have paid at the auction. Your bill takes off what you bought; you always have your energy.")
    )  # fmt: skip
    return (
        (tr("Sealed"), tr("Your order goes to the ledger as a sealed number: nobody can read side, amount or "
                          "price.")),
        (tr("Locked"), tr("Each order locks {lock}, the same for everybody, until it is decided.", lock=lock)),
        (tr("Closed"), tr("{n} minutes before, nothing can be changed any more. All orders are opened, and one "
                          "price is made for everybody.", n=minutes)),
        (tr("Settled"), settled),
    )  # fmt: skip


# ---- rows ---------------------------------------------------------------------------------------


def _groups(orders: Sequence[OrderState], times: MarketTimes) -> Sequence[Sequence[OrderState]]:
    """Neighbours that say the same, newest first; within a group ascending."""
    groups: list[list[OrderState]] = []
    last: dict[tuple[object, ...], list[OrderState]] = {}
    for order in sorted(orders, key=lambda o: (-o.slot, -o.version)):
        says = _says(order, times)
        group = last.get(says)
        if group is None or group[-1].slot - order.slot != 1:
            group = last[says] = []
            groups.append(group)
        group.append(order)
    return [group[::-1] for group in groups]


def _says(order: OrderState, times: MarketTimes) -> tuple[object, ...]:
    """What a row says of an order, its time, amount and price apart."""
    return (
        times.day(order.slot), order.stage, order.standing, order.reason, _alike(order),
        _came_to(order) if order.stage in _TAKEN else None, times.over(order.slot), times.open(order.slot),
    )  # fmt: skip


def _alike(order: OrderState) -> int | None:
    """What orders of one row share: their limit; orders in steps are alike whatever their steps."""
    return order.steps[0].limit if len(order.steps) == 1 else -len(order.steps[:2])


def _limits(group: Sequence[OrderState], amounts: Amounts) -> str:
    """The limit of a row, from the surest step to the least sure one."""
    limits = [step.limit for order in group for step in order.steps]
    if not limits:
        return "–"
    ends = (min(limits), max(limits)) if group[0].side is Side.SELL else (max(limits), min(limits))
    return "–".join(amounts.bare(price) for price in dict.fromkeys(ends))


def _came_to(order: OrderState) -> tuple[bool, bool]:
    """Whether anything was taken, and whether less was delivered than that."""
    fill, delivered = order.fill_wh or 0, order.delivered_wh
    return fill > 0, delivered is not None and delivered < fill


def _line(group: Sequence[OrderState], asked: Asked) -> OrderLine:
    times, amounts, words = asked.times, asked.amounts, asked.amounts.words
    first, last = group[0], group[-1]
    wh, fill = sum(o.wh for o in group), sum(o.fill_wh or 0 for o in group)
    known = all(o.fill_wh is not None for o in group)
    delivered = (
        sum(o.delivered_wh or 0 for o in group) if all(o.delivered_wh is not None for o in group) else None
    )
    said = stage_words(
        first.stage, first.side, fill if known else None, delivered, times.over(last.slot), words
    )
    money = sum(o.money_nano for o in group)
    price = _mean_price(group, asked)
    can_cancel = first.stage in (OrderStage.WAITING, OrderStage.HANDED, OrderStage.SEALED) and all(
        times.open(o.slot) and o.key >= 0 for o in group
    )
    return OrderLine(
        keys=[o.key for o in group],
        first_slot=first.slot,
        last_slot=last.slot,
        when=times.span(first.slot, last.slot),
        energy=amounts.kwh(wh) if first.steps else "–",
        limit=_limits(group, amounts),
        price=amounts.bare(price) if price is not None else "–",
        glyph=said.glyph,
        tone=said.tone,
        state=said.words,
        money=amounts.money(money, 3) if money else "–",
        head=times.span(first.slot, last.slot),
        detail=_detail(group, asked, wh, fill, delivered),
        can_cancel=can_cancel,
        why=[o.slot for o in group] if first.stage in _TAKEN else [],
    )


def _mean_price(group: Sequence[OrderState], asked: Asked) -> int | None:
    """What a kWh of a row cost or brought, the fee in it for a buyer; None where nothing was taken."""
    priced = [(o.fill_wh, o.price) for o in group if o.fill_wh and o.price is not None]
    if group[0].stage not in _TAKEN or not priced:
        return None
    fee = asked.terms.fee if group[0].side is Side.BUY else 0
    return sum(wh * (price + fee) for wh, price in priced) // sum(wh for wh, _ in priced)


def _detail(group: Sequence[OrderState], asked: Asked, wh: int, fill: int, delivered: int | None) -> str:
    """What a row is, in sentences."""
    tr, amounts, times = asked.amounts.words.tr, asked.amounts, asked.times
    first, sells = group[0], group[0].side is Side.SELL
    parts = []
    if len(first.steps) > 1:
        parts.append(_steps(group, amounts))
    if first.stage is OrderStage.REFUSED:
        parts.append(
            tr("Refused: {reason}. Nothing was locked.", reason=first.reason or tr("no reason given"))
        )
    elif first.stage in _TAKEN and fill:
        if fill < wh:
            parts.append(_partly(amounts.kwh(fill), amounts.kwh(wh), sells, amounts))
        parts += _prices(group, asked)
        parts += _delivered(group, asked, fill, delivered)
    else:
        parts.append(stage_detail(first.stage, first.side, times.gate(first.slot), amounts.words))
    if first.standing:
        parts.append(tr("Made by the meter under your standing instruction."))
    return " ".join(parts)


def _prices(group: Sequence[OrderState], asked: Asked) -> list[str]:
    """The prices that a row spans, where there is more than one."""
    fee = asked.terms.fee if group[0].side is Side.BUY else 0
    prices = [o.price + fee for o in group if o.fill_wh and o.price is not None]
    if len(prices) < 2:
        return []
    low, high = (asked.amounts.price(price) for price in (min(prices), max(prices)))
    return [
        asked.amounts.words.tr("Each quarter hour had its price, from {low} to {high}.", low=low, high=high)
    ]


def _partly(fill: str, wh: str, sells: bool, amounts: Amounts) -> str:
    tr = amounts.words.tr
    if sells:
        return tr("{fill} of {wh} were taken; the rest is paid feed-in.", fill=fill, wh=wh)
    return tr("{fill} of {wh} were got; the rest comes at retail.", fill=fill, wh=wh)


def _delivered(group: Sequence[OrderState], asked: Asked, fill: int, delivered: int | None) -> list[str]:
    tr, amounts = asked.amounts.words.tr, asked.amounts
    if group[0].side is Side.BUY:
        saved = sum(gain_of(o, asked) for o in group)
        return [tr("Against retail alone: {money}.", money=amounts.change(saved))]
    if delivered is None:
        return [tr("Your meter states what went out once the hour is over; then it is paid.")]
    words = [
        tr("Against feed-in alone: {money}.", money=amounts.change(sum(gain_of(o, asked) for o in group)))
    ]
    if delivered < fill:
        words.insert(0, tr(
            "{missing} of {fill} were not delivered. The supplier stepped in; the difference to retail was "
            "taken from your lock.", missing=amounts.kwh(fill - delivered), fill=amounts.kwh(fill),
        ))  # fmt: skip
    return words


def _steps(group: Sequence[OrderState], amounts: Amounts) -> str:
    """How much of a row stands at which limit, surest first."""
    at: dict[int, int] = {}
    for order in group:
        for step in order.steps:
            at[step.limit] = at.get(step.limit, 0) + step.wh
    listed = ", ".join(
        amounts.words.tr("{energy} at {price}", energy=amounts.kwh(wh), price=amounts.price(limit))
        for limit, wh in sorted(at.items(), reverse=group[0].side is Side.BUY)
    )
    return amounts.words.tr("In steps: {steps}.", steps=listed)


# ---- gains --------------------------------------------------------------------------------------


def gain_of(order: OrderState, asked: Asked) -> int:
    """What the market brought one paid order against feed-in (or retail) alone, nano; what a shortfall cost is
    off.
    """
    if order.price is None or not order.fill_wh:
        return 0
    terms = asked.terms
    if order.side is Side.BUY:
        return order.fill_wh * (asked.retail - order.price - terms.fee)
    if order.delivered_wh is None:
        return 0
    return order.delivered_wh * (order.price - asked.feed_in) - shortfall_of(order, asked)


def shortfall_of(order: OrderState, asked: Asked) -> int:
    """What a paid offer's missing energy cost, nano: it was taken from the lock."""
    if order.price is None or order.fill_wh is None or order.delivered_wh is None:
        return 0
    return (order.fill_wh - order.delivered_wh) * (asked.terms.retail - order.price)


@dataclass(frozen=True, slots=True)
class Month:
    """What the market earned (or what was bought in it) this month; ``against`` is feed-in or retail alone.

    Earned is what buyers paid less what missing energy cost: by so much the account has grown.
    """

    label: str
    money_nano: int
    against: str


def month_of(asked: Asked) -> Month | None:
    """This month so far, None where nothing was settled in it."""
    words, amounts = asked.amounts.words, asked.amounts
    now, since = as_date(asked.times.today), month_start(asked.times.today)
    try:
        first = asked.times.zone.slots_of(since).start
    except ZoneTableEnds:
        return None
    mine = [
        o for o in asked.state.orders
        if o.slot >= first and o.side is asked.side and o.stage in _TAKEN and o.fill_wh
        and o.price is not None and (o.side is Side.BUY or o.delivered_wh is not None)
    ]  # fmt: skip
    if not mine:
        return None
    gain = sum(gain_of(o, asked) for o in mine)
    difference = amounts.money(abs(gain))
    money = sum(o.money_nano - shortfall_of(o, asked) for o in mine)
    month = words.month(now.year, now.month).removesuffix(f" {now.year}")
    if asked.side is Side.SELL:
        label = words.tr("Earned in {month}", month=month)
        against = (
            words.tr("{money} more than feed-in alone", money=difference) if gain >= 0
            else words.tr("{money} less than feed-in alone", money=difference)
        )  # fmt: skip
    else:
        label = words.tr("Bought in {month} for", month=month)
        against = (
            words.tr("{money} less than retail alone", money=difference) if gain >= 0
            else words.tr("{money} more than retail alone", money=difference)
        )  # fmt: skip
    return Month(label, money, against)


# ---- the day ------------------------------------------------------------------------------------


def _timeline(asked: Asked, orders: Sequence[OrderState]) -> TimelineModel | None:
    times, terms, amounts = asked.times, asked.terms, asked.amounts
    try:
        slots = times.zone.slots_of(times.today)
    except ZoneTableEnds:
        return None
    prices: list[int | None] = [None] * len(slots)
    for result in asked.state.results:
        if result.slot in slots and not result.void:
            prices[result.slot - slots.start] = result.price
    marks = []
    for order in orders:
        if order.slot in slots and order.stage in _MARKS:
            taken = order.stage in _TAKEN and not order.fill_wh
            marks.append((order.slot - slots.start, "none" if taken else _MARKS[order.stage]))
    labels = [(i, times.clock(slots[i])) for i in range(0, len(slots), 12)]
    if len(slots) - labels[-1][0] < 8:
        labels.pop()
    labels.append((len(slots), "24:00"))
    gate = times.now_slot + asked.rules.gate_slots + 1 - slots.start
    traded = [price for price in prices if price is not None]
    tr = amounts.words.tr
    spoken = amounts.words.count(
        len(traded),
        "{n} quarter hour traded today, for {low} to {high}.",
        "{n} quarter hours traded today, for {low} to {high}.",
        low=amounts.price(min(traded, default=0)),
        high=amounts.price(max(traded, default=0)),
    )
    return TimelineModel(
        count=len(slots), prices=prices, marks=sorted(marks), low=terms.feed_in, high=terms.retail,
        low_words=tr("feed-in {price}", price=amounts.bare(terms.feed_in)),
        high_words=tr("retail {price}", price=amounts.bare(terms.retail)),
        labels=labels, now_at=times.now_s / SLOT_SECONDS - slots.start,
        gate_at=float(gate) if gate <= len(slots) else None, gate_words=tr("open to change"), now_words=tr("Now"),
        steps=steps_of(terms.feed_in, terms.retail, amounts),
        said=said_of(slots.start, prices, asked), spoken=spoken,
    )  # fmt: skip


def said_of(first: int, prices: Sequence[int | None], asked: Asked) -> list[tuple[str, str]]:
    """What each place of a line of prices says: its time, its price."""
    none = asked.amounts.words.tr("no trade")
    return [
        (asked.times.span(first + i, first + i), none if price is None else asked.amounts.price(price))
        for i, price in enumerate(prices)
    ]


def steps_of(low: int, high: int, amounts: Amounts, most: int = 3) -> list[tuple[int, str]]:
    """Round prices between two, with their words."""
    unit = amounts.currency.micro
    for times in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        step = unit * times
        found = list(range(-(-low // step) * step, high + 1, step))
        if len(found) <= most:
            return [(price, amounts.bare(price, 0)) for price in found]
    return []


def result_of(state: MarketState, slot: int) -> SlotResult | None:
    """The result of a slot, if it is known."""
    return next((result for result in state.results if result.slot == slot), None)

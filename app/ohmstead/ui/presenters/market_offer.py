"""The offer on top of the page: what will be to spare (or be needed), and what one click would post. Qt-free.

Everything is said before the click: what can go wrong, the household's own prices beside the ledger's, and money
that is missing. Not here: the orders themselves (``market_plan``), posting (the controller).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ohmstead.forecast.outlook import DayForecast
from ohmstead.market.orders import Side
from ohmstead.services.market_states import OrderState
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_band import band_of
from ohmstead.ui.presenters.market_plan import (
    LIVE,
    money_needed,
    plan_at_one_limit,
    plan_in_steps,
    suggested_limit,
)
from ohmstead.ui.presenters.market_views import HeroView, LineModel, PlanModel
from ohmstead.ui.presenters.market_words import too_little_words

NOTHING_WH = 50  # less in a whole day is nothing to speak of


def present_offer(asked: Asked) -> HeroView:
    """The hero for a side."""
    found = _day(asked)
    low, high = asked.terms.band(asked.side)
    tenth = asked.amounts.tenth
    posted = _posted(asked, found.day if found is not None else None)
    plan = plan_in_steps(asked, found) if found is not None else None
    limit = plan.limit if plan is not None else suggested_limit(asked)
    # A worse price than that of the surest step pays on no day: the stepper ends there.
    surest = plan_in_steps(replace(asked, limit=None), found) if found is not None else None
    if surest is not None:
        low, high = (surest.limit, high) if asked.side is Side.SELL else (low, surest.limit)
    cannot = cannot_act(asked)
    short = "" if cannot or plan is None or posted else cannot_post(asked, plan)
    lead, ask, action = _lead(asked, found, plan, limit, posted)
    return HeroView(
        lead=lead,
        ask=ask,
        action=action,
        plan=plan if not posted else None,
        simple=plan_at_one_limit(asked, found) if found is not None and not posted else None,
        low=-(-low // tenth),
        high=high // tenth,
        tenths=limit // tenth,
        notes=(*_notes(asked, found, plan, limit, posted),),
        cannot=cannot,
        shortage=short,
        posted=[order.key for order in posted],
        posted_words=_posted_words(asked, posted),
        band=band_of(asked.outlook, found.day, asked.times, asked.side) if found and asked.outlook else None,
        standing=standing_words(asked),
        standing_on=asked.state.mandate is not None and asked.state.mandate.expiry_s > asked.times.now_s,
    )


def _day(asked: Asked) -> DayForecast | None:
    """Tomorrow, or today's rest where tomorrow holds nothing; None where nothing can be told."""
    outlook = asked.outlook
    if outlook is None or outlook.too_little is not None or not outlook.trusted:
        return None
    by_day = {day.day: day for day in outlook.days}
    for day in (asked.times.today + 1, asked.times.today):
        if day in by_day and by_day[day].mid_wh >= NOTHING_WH:
            return by_day[day]
    return by_day.get(asked.times.today + 1)


def _posted(asked: Asked, day: int | None) -> list[OrderState]:
    """What stands of this side on a day (on any, without one) and can still be taken back.

    A standing instruction's orders are its own.
    """
    return [
        order for order in asked.state.orders
        if order.side is asked.side and order.stage in LIVE and not order.standing
        and asked.times.open(order.slot) and day in (None, asked.times.day(order.slot))
    ]  # fmt: skip


# ---- what stands in the way -----------------------------------------------------------------------


def cannot_act(asked: Asked) -> str:
    """Why this home can trade nothing at all; empty where it can."""
    tr, account = asked.amounts.words.tr, asked.state.account
    if not asked.state.can_trade:
        return tr("This computer may look, not act: only a computer that was paired as an owner trades.")
    if account is None:
        return tr("Your home has no account on the ledger yet.")
    if account.barred_until_s > asked.times.now_s:
        return tr("Your home is barred until {time}.", time=asked.times.at(account.barred_until_s))
    return ""


def cannot_post(asked: Asked, plan: PlanModel | None) -> str:
    """Why a plan cannot be posted: no right, no account, or money that is missing; empty where it can."""
    held = cannot_act(asked)
    if held or plan is None:
        return held
    return missing_words(money_needed(plan, asked.terms, asked.rules), asked)


def missing_words(needed: int, asked: Asked) -> str:
    """The sentence where money is missing; empty where it is not."""
    amounts, account = asked.amounts, asked.state.account
    free = account.free_nano if account is not None else 0
    if free >= needed:
        return ""
    return amounts.words.tr(
        "Too little money: {missing} are missing. This needs {needed}, {free} are free.",
        missing=amounts.money(needed - free),
        needed=amounts.money(needed),
        free=amounts.money(free),
    )


# ---- words --------------------------------------------------------------------------------------


def _lead(
    asked: Asked, found: DayForecast | None, plan: PlanModel | None, limit: int, posted: Sequence[OrderState]
) -> tuple[str, str, str]:
    """(the page's sentence, its question, what the button does)."""
    tr, sells = asked.amounts.words.tr, asked.side is Side.SELL
    action = tr("Offer it") if sells else tr("Bid for it")
    if asked.outlook is None or found is None:
        head = (
            tr("What you will have to spare cannot be told")
            if sells
            else tr("What you will need cannot be told")
        )
        return head, _reason(asked), action
    tomorrow, energy = found.day > asked.times.today, asked.amounts.kwh(found.mid_wh, 1)
    if found.mid_wh < NOTHING_WH:
        if sells:
            head = tr("Nothing to spare tomorrow") if tomorrow else tr("Nothing more to spare today")
            return head, _perhaps(asked, found), action
        head = tr("You will need next to nothing tomorrow") if tomorrow else tr("Nothing more is open today")
        return head, "", action
    price = asked.amounts.price(limit)
    unsure = plan is None and not posted
    if sells:
        head = (
            tr("You will have about {energy} to spare tomorrow.", energy=energy) if tomorrow
            else tr("You will have about {energy} more to spare today.", energy=energy)
        )  # fmt: skip
        if unsure:
            return (
                head,
                tr("No quarter hour of it is likely enough to offer. Type an amount if you know better."),
                action,
            )
        return head, "" if posted else _ask_to_sell(asked, plan, price), action
    head = (
        tr("You will need about {energy} from the grid tomorrow.", energy=energy) if tomorrow
        else tr("You will need about {energy} more from the grid today.", energy=energy)
    )  # fmt: skip
    if unsure:
        return head, tr("No quarter hour of it is open to bids any more."), action
    return head, "" if posted else _ask_to_buy(asked, plan, price), action


def _ask_to_sell(asked: Asked, plan: PlanModel | None, price: str) -> str:
    tr = asked.amounts.words.tr
    if plan is not None and plan.in_steps:
        return tr("Offer it from {price}, more at better prices?", price=price)
    return tr("Offer it at {price} or more?", price=price)


def _ask_to_buy(asked: Asked, plan: PlanModel | None, price: str) -> str:
    tr = asked.amounts.words.tr
    if plan is not None and plan.in_steps:
        return tr("Buy it from neighbours up to {price}, more if cheaper?", price=price)
    return tr("Buy it from neighbours for {price} or less?", price=price)


def _perhaps(asked: Asked, found: DayForecast) -> str:
    """What a good day could still bring."""
    tr = asked.amounts.words.tr
    if found.high_wh < 4 * NOTHING_WH:
        return tr("The sun makes about what your home uses itself.")
    return tr("On one day in ten it is more than {energy}.", energy=asked.amounts.kwh(found.high_wh, 1))


def _reason(asked: Asked) -> str:
    tr, outlook = asked.amounts.words.tr, asked.outlook
    if outlook is None:
        return tr("The ledger's calendar ends before tomorrow does.")
    return too_little_words(outlook, asked.side is Side.SELL, asked.amounts.words)


def _posted_words(asked: Asked, posted: Sequence[OrderState]) -> str:
    """What stands offered, in a sentence."""
    if not posted:
        return ""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    energy = amounts.kwh(sum(order.wh for order in posted), 1)
    sells = asked.side is Side.SELL
    limits = {order.steps[0].limit for order in posted if order.steps}
    if any(len(order.steps) > 1 for order in posted):
        price = amounts.price(min(limits) if sells else max(limits))
        if sells:
            return tr("Up to {energy} are offered, from {price} up.", energy=energy, price=price)
        return tr("Bids stand for up to {energy}, from {price} down.", energy=energy, price=price)
    price = amounts.price(limits.pop()) if len(limits) == 1 else ""
    if sells:
        if price:
            return tr("{energy} are offered at {price} or more.", energy=energy, price=price)
        return tr("{energy} are offered.", energy=energy)
    if price:
        return tr("Bids stand for {energy} at {price} or less.", energy=energy, price=price)
    return tr("Bids stand for {energy}.", energy=energy)


def _notes(
    asked: Asked,
    found: DayForecast | None,
    plan: PlanModel | None,
    limit: int,
    posted: Sequence[OrderState],
) -> list[LineModel]:
    """What one click means, what it can cost, and the own prices beside the ledger's."""
    lines: list[LineModel] = []
    if not asked.state.can_trade:
        lines.append(LineModel("neutral", cannot_act(asked)))
    if plan is not None and not posted:
        lines.append(LineModel("neutral", _what(asked, plan)))
        lines.append(LineModel("neutral", bounds_words(asked, limit)))
    if plan is not None or posted:
        lines += own_prices(asked, limit)
    if posted and asked.away:
        words = asked.amounts.words.tr(
            "The meter is out of reach: new offers wait on this computer and go to it by themselves."
        )
        lines.append(LineModel("notice", words))
    elif asked.away and plan is not None:
        words = asked.amounts.words.tr("The meter is out of reach: the offer waits here and goes by itself.")
        lines.append(LineModel("notice", words))
    return lines


def _what(asked: Asked, plan: PlanModel) -> str:
    """How much is posted, and how safe that is."""
    tr, words, slots = asked.amounts.words.tr, asked.amounts.words, len(plan.wants)
    energy = asked.amounts.kwh(plan.wh, 1)
    if plan.side is Side.SELL:
        head = words.count(
            slots,
            "One click offers up to {energy} in {n} quarter hour.",
            "One click offers up to {energy} in {n} quarter hours.",
            energy=energy,
        )
        how = tr("What is almost certain asks for {first}, what needs a good day for up to {last}.",
                 **_ends(asked, plan))  # fmt: skip
    else:
        head = words.count(
            slots,
            "One click bids for up to {energy} in {n} quarter hour.",
            "One click bids for up to {energy} in {n} quarter hours.",
            energy=energy,
        )
        how = tr("What you almost certainly need may cost {first}, what you may not need at most {last}.",
                 **_ends(asked, plan))  # fmt: skip
    undo = tr("Undo until 15 minutes before each quarter hour.")
    return " ".join((head, how, undo) if plan.in_steps else (head, undo))


def _ends(asked: Asked, plan: PlanModel) -> dict[str, str]:
    """The limits of the surest and of the least sure step."""
    return {"first": asked.amounts.price(plan.limit), "last": asked.amounts.price(plan.last_limit)}


def bounds_words(asked: Asked, limit: int) -> str:
    """What cannot be lost, and what can: against the household's own prices."""
    tr, price = asked.amounts.words.tr, asked.amounts.price
    if asked.side is Side.SELL:
        return tr(
            "What nobody buys is paid feed-in, {feed_in}, as today. What is sold and then missing costs you the "
            "difference to retail, at most {most} a kWh.",
            feed_in=price(asked.feed_in),
            most=price(max(asked.terms.retail - limit, 0)),
        )
    return tr(
        "What nobody sells you comes at retail, {retail}, as today; fees are in your price. What you buy and do "
        "not use is credited at feed-in, {feed_in}.",
        retail=price(asked.retail),
        feed_in=price(asked.feed_in),
    )


def own_prices(asked: Asked, limit: int) -> list[LineModel]:
    """The own tariff beside the ledger's reference; a warning where the limit is worse than no market."""
    tr, price = asked.amounts.words.tr, asked.amounts.price
    sells = asked.side is Side.SELL
    own = asked.prices.feed_in_micro_per_kwh if sells else asked.prices.price_micro_per_kwh
    if own is None:
        words = tr("Ohmstead reckons with the ledger's reference. Give your own prices in Settings.")
        return [LineModel("neutral", words)]
    lines = []
    if sells and limit < own:
        words = tr(
            "Your own feed-in pays {own}: at {limit} you could earn less than without the market.",
            own=price(own),
            limit=price(limit),
        )
        lines.append(LineModel("notice", words))
    elif not sells and limit > own:
        words = tr(
            "Your own tariff costs {own}: at {limit} you could pay more than without the market.",
            own=price(own),
            limit=price(limit),
        )
        lines.append(LineModel("notice", words))
    terms = asked.terms
    if (asked.feed_in, asked.retail) != (terms.feed_in, terms.retail):
        words = tr(
            "Your prices: feed-in {feed_in}, retail {retail}. The ledger's reference: {low} and {high}.",
            feed_in=price(asked.feed_in), retail=price(asked.retail), low=price(terms.feed_in),
            high=price(terms.retail),
        )  # fmt: skip
        lines.append(LineModel("neutral", words))
    return lines


def standing_words(asked: Asked) -> str:
    """The standing instruction, and where it has got to; empty where there is none."""
    mandate, amounts = asked.state.mandate, asked.amounts
    if mandate is None:
        return ""
    tr, energy = amounts.words.tr, amounts.kwh(mandate.wh_a_day, 1)
    until = asked.times.date(mandate.expiry_s)
    if mandate.expiry_s <= asked.times.now_s:
        return tr(
            "The standing instruction ended on {date}. Nothing is traded by itself any more.", date=until
        )
    price = amounts.price(mandate.limit)
    if mandate.side is Side.SELL:
        what = tr(
            "Your meter offers up to {energy} a day at {price} or more, until {date}.",
            energy=energy, price=price, date=until,
        )  # fmt: skip
    else:
        what = tr(
            "Your meter buys up to {energy} a day at {price} or less, until {date}.",
            energy=energy, price=price, date=until,
        )  # fmt: skip
    state = (
        tr("On the ledger, proven.")
        if mandate.on_ledger
        else tr("Handed to the meter; it begins once the ledger has it.")
    )
    return f"{what} {state}"

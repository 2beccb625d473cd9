"""Why this price: the merit order with the own order in it, the rule, and what a little more or less had done.

Two halves: ``work_out`` clears the book again and again, on any thread and without a word; ``present_why`` says
it. Qt-free. Not here: the clearing and its rule (``market``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ohmstead.core.errors import VerificationError
from ohmstead.market.clearing import Clearing, clear
from ohmstead.market.explain import MeritOrder, MeritStep, counterfactual, explain
from ohmstead.market.orders import Side
from ohmstead.services.market_states import Checked
from ohmstead.ui.presenters.market import WhyBook, WhyLot
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_orders import steps_of
from ohmstead.ui.presenters.market_views import LineModel, MeritModel, MeritStepModel, WhyView
from ohmstead.ui.presenters.view_models import TableModel

DELTAS = (100, -100)  # Wh more and less that the own order might have held


@dataclass(frozen=True, slots=True)
class WhyFound:
    """A book worked out. ``what_if`` holds (delta in Wh, the clearing it would have come to)."""

    book: WhyBook
    merit: MeritOrder = field(repr=False)
    side: Side | None
    fill_wh: int
    what_if: tuple[tuple[int, Clearing], ...] = field(repr=False)


def work_out(book: WhyBook) -> WhyFound:
    """Clear the book again, and with the own order changed. Any thread. Raises VerificationError."""
    clearing = clear(book.book, book.terms, book.seed)
    merit = explain(book.book, book.terms, clearing)
    own = next((entry for entry in book.book if entry.id == book.own), None)
    if own is None:
        return WhyFound(book, merit, None, 0, ())
    found = []
    for delta in DELTAS:
        try:
            found.append((delta, counterfactual(book.book, book.terms, book.seed, own.id, delta)))
        except VerificationError:
            continue  # so much more would not have been admitted, or the order is empty
    return WhyFound(book, merit, own.order.side, clearing.fills[own.id], tuple(found))


def present_why(found: WhyFound, asked: Asked) -> WhyView:
    """The panel for a slot."""
    tr, amounts, times = asked.amounts.words.tr, asked.amounts, asked.times
    book, clearing = found.book, found.merit.clearing
    time = times.moment(book.slot)
    price = clearing.price
    if price is None:
        title = tr("Why no price at {time}?", time=time)
    else:
        title = tr("Why {price} at {time}?", price=amounts.price(price), time=time)
    return WhyView(
        title, _merit(found, amounts), _sentences(found, amounts), _what_if(found, amounts),
        check_line(book.checked, len(book.book), book.stated_price, price, amounts),
        _table(found.merit, book, amounts),
    )  # fmt: skip


def present_why_lot(why: WhyLot, asked: Asked) -> WhyView:
    """The panel for a lot: a list of bids, no curve."""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    bids = sorted(why.bids, key=lambda b: -b.bid)
    price = why.stated_price
    if price is None:
        title = tr("Why was this lot not sold?")
    else:
        title = tr("Why {price} for this lot?", price=amounts.price(price))
    least = why.reserve + why.fee
    sentences = [tr("The highest bid wins and pays what the second one said, at least {least}.",
                    least=amounts.price(least))]  # fmt: skip
    if len(bids) == 1 and price is not None:
        sentences.append(tr("There was one bid, so the least price counts."))
    rows = [
        (_who(bid.id, why.own, amounts), amounts.price(bid.bid, 2),
         tr("Won") if bid.id == why.winner else tr("Not served"))
        for bid in bids
    ]  # fmt: skip
    table = TableModel((tr("Bid"), tr("Price"), tr("State")), rows)
    computed = price if why.checked is not Checked.WRONG else None
    return WhyView(title, None, sentences, (),
                   check_line(why.checked, len(bids), price, computed, amounts, lot=True), table)  # fmt: skip


def check_line(
    checked: Checked,
    orders: int,
    stated: int | None,
    computed: int | None,
    amounts: Amounts,
    *,
    lot: bool = False,
) -> LineModel:
    """*Recomputed on this computer from 17 opened orders: same price, same shares.* A fact of its own."""
    words = amounts.words
    if checked is Checked.EQUAL and lot:
        return LineModel("ok", words.count(
            orders,
            "Recomputed on this computer from {n} opened bid: same winner, same price.",
            "Recomputed on this computer from all {n} opened bids: same winner, same price.",
        ))  # fmt: skip
    if checked is Checked.EQUAL:
        return LineModel("ok", words.count(
            orders,
            "Recomputed on this computer from {n} opened order: same price, same shares.",
            "Recomputed on this computer from all {n} opened orders: same price, same shares.",
        ))  # fmt: skip
    if checked is Checked.WRONG:
        says = amounts.price(stated, 2) if stated is not None else words.tr("no price")
        gives = amounts.price(computed, 2) if computed is not None else words.tr("something else")
        return LineModel("alarm", words.tr(
            "Recomputed on this computer: the orders give {computed}, the ledger says {stated}.",
            computed=gives, stated=says,
        ))  # fmt: skip
    return LineModel("neutral", words.tr("Proven on the ledger, not recomputed on this computer yet."))


# ---- words --------------------------------------------------------------------------------------


def _sentences(found: WhyFound, amounts: Amounts) -> list[str]:
    """What the price comes from."""
    tr, clearing, merit = amounts.words.tr, found.merit.clearing, found.merit
    if clearing.price is None or clearing.interval is None:
        return [tr("The best bid did not reach the lowest offer, so nothing was traded.")]
    low, high = clearing.interval
    met = tr(
        "Offers from the cheapest up meet bids from the best down: {energy} change hands, all at one price.",
        energy=amounts.kwh(clearing.quantity_wh),
    )
    words = [met]
    if low == high:
        words.append(tr("At {price} exactly both sides are content.", price=amounts.price(low)))
    else:
        rule = {
            "midpoint": tr("the rule takes the middle"),
            "low": tr("the rule takes the lowest"),
            "high": tr("the rule takes the highest"),
        }[found.book.terms.pricing]
        words.append(tr("Any price from {low} to {high} would please both sides; {rule}.",
                        low=amounts.price(low), high=amounts.price(high), rule=rule))  # fmt: skip
    if found.side is not None:
        words.append(_own(found, amounts))
    elif merit.demand and found.book.terms.fee:
        words.append(tr("Buyers pay {fee} a kWh more, the fee.", fee=amounts.price(found.book.terms.fee)))
    return words


def _own(found: WhyFound, amounts: Amounts) -> str:
    tr, price = amounts.words.tr, found.merit.clearing.price or 0
    steps = [s for s in _curve(found) if s.id == found.book.own]
    whole = sum(s.wh for s in steps)
    energy = amounts.kwh(found.fill_wh)
    if found.side is Side.BUY:
        price += found.book.terms.fee
    if not found.fill_wh:
        return tr("Yours was not served: its price is on the other side.")
    if found.fill_wh < whole:
        if found.fill_wh == sum(s.wh for s in steps if s.price != found.merit.clearing.price):
            return tr("{energy} of yours were served, at {price}.", energy=energy, price=amounts.price(price))
        return tr("{energy} of yours were served, at {price}: at the price itself everybody gets a share.",
                  energy=energy, price=amounts.price(price))  # fmt: skip
    return tr("Yours was served whole, {energy} at {price}.", energy=energy, price=amounts.price(price))


def _what_if(found: WhyFound, amounts: Amounts) -> list[str]:
    """What a little more or less of the own order had done."""
    tr, was = amounts.words.tr, found.merit.clearing
    lines = []
    for delta, then in found.what_if:
        if not delta or found.book.own is None:
            continue
        fill = then.fills.get(found.book.own, 0)
        energy, amount = amounts.kwh(fill), amounts.kwh(abs(delta), 1)
        if then.price is None:
            change = tr("nothing would have been traded")
        elif was.price is not None and amounts.price(then.price, 2) == amounts.price(was.price, 2):
            change = tr("the price would have stayed")
        else:
            change = tr("the price would have been {price}", price=amounts.price(then.price, 2))
        if delta > 0:
            lines.append(tr("With {amount} more: {change}, {energy} of yours served.",
                            amount=amount, change=change, energy=energy))  # fmt: skip
        else:
            lines.append(tr("With {amount} less: {change}, {energy} of yours served.",
                            amount=amount, change=change, energy=energy))  # fmt: skip
    return lines


# ---- drawing ------------------------------------------------------------------------------------


def _curve(found: WhyFound) -> Sequence[MeritStep]:
    return found.merit.demand if found.side is Side.BUY else found.merit.supply


def _merit(found: WhyFound, amounts: Amounts) -> MeritModel:
    tr, merit, book = amounts.words.tr, found.merit, found.book
    clearing = merit.clearing
    own = [s for s in _curve(found) if s.id == book.own] if found.side is not None else []
    supply, demand = (_models(curve, book.own) for curve in (merit.supply, merit.demand))
    most = max([s.end for s in (*supply, *demand)], default=1)
    prices = [s.price for s in (*supply, *demand)]
    own_words = ""
    if own:
        own_words = tr("Your offer") if found.side is Side.SELL else tr("Your bid")
    spoken = amounts.words.count(len(book.book), "Merit order of {n} order.", "Merit order of {n} orders.")
    return MeritModel(
        supply, demand, clearing.quantity_wh, clearing.price, clearing.interval,
        amounts.bare(clearing.price) if clearing.price is not None else "",
        own_words, amounts.price(own[0].price) if own else "",
        steps_of(min(prices, default=0), max(prices, default=1), amounts, 4),
        [(wh, amounts.words.number(wh / 1000, 1 if most < 4000 else 0)) for wh in _round(most)],
        tr("{unit} a kWh, over kWh in this quarter hour", unit=amounts.currency.small), spoken,
    )  # fmt: skip


def _models(curve: Sequence[MeritStep], own: bytes | None) -> list[MeritStepModel]:
    return [MeritStepModel(s.up_to_wh - s.wh, s.up_to_wh, s.price, s.id == own) for s in curve]


def _round(most: int) -> list[int]:
    """Round energies along the axis, at most five."""
    for step in (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000, 1_000_000):
        if most // step <= 4:
            return list(range(0, most + 1, step))
    return [0, most]


def _table(merit: MeritOrder, book: WhyBook, amounts: Amounts) -> TableModel:
    """Every step, offers first, in the chart's order."""
    tr = amounts.words.tr
    rows = []
    for curve, name in ((merit.supply, tr("Offer")), (merit.demand, tr("Bid"))):
        for step in curve:
            state = (
                tr("Served")
                if step.filled_wh == step.wh
                else (
                    tr("{energy} served", energy=amounts.kwh(step.filled_wh))
                    if step.filled_wh
                    else tr("Not served")
                )
            )
            mine = step.id == book.own
            who = (tr("Your offer") if name == tr("Offer") else tr("Your bid")) if mine else name
            rows.append((who, amounts.price(step.price, 2), amounts.kwh(step.wh), state))
    return TableModel((tr("Step"), tr("Price"), tr("Energy"), tr("State")), rows)


def _who(order: bytes, own: bytes | None, amounts: Amounts) -> str:
    return amounts.words.tr("Your bid") if order == own else amounts.words.tr("A bid")

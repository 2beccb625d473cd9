"""Prices: what the last days' auctions came to, and how much can be read from them. Qt-free."""

from __future__ import annotations

from ohmstead.core.slots import ZoneTableEnds
from ohmstead.services.market_states import Checked, SlotResult
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_orders import said_of, steps_of
from ohmstead.ui.presenters.market_views import HistoryModel, PricesView, ResultLine
from ohmstead.ui.presenters.view_models import Figure

DAYS = 7
MOST_ROWS = 96
THIN = 10  # fewer orders behind a price than this, and it can jump


def present_prices(asked: Asked) -> PricesView:
    """The section."""
    tr, amounts = asked.amounts.words.tr, asked.amounts
    results = sorted(asked.state.results, key=lambda r: -r.slot)
    heads = (tr("Quarter hour"), tr("Price"), tr("Traded"), tr("Orders"), tr("Checked here"))
    return PricesView(
        figures=_figures(asked, results),
        history=_history(asked, results),
        heads=heads,
        rows=[_row(result, asked) for result in results[:MOST_ROWS]],
        empty=tr("No auction has been held yet. Each quarter hour has one; its price stands here."),
        thin=_thin(results, amounts),
    )


def _figures(asked: Asked, results: list[SlotResult]) -> list[Figure]:
    tr, amounts = asked.amounts.words.tr, asked.amounts
    traded = [r for r in results if r.price is not None and not r.void]
    if not traded:
        return []
    last = traded[0]
    assert last.price is not None
    wh = sum(r.quantity_wh for r in traded)
    mean = sum(r.quantity_wh * (r.price or 0) for r in traded) // max(wh, 1)
    orders = sorted(r.orders for r in traded)
    unit = amounts.currency.small
    return [
        Figure(tr("Last price"), amounts.bare(last.price), unit, note=asked.times.moment(last.slot)),
        Figure(tr("On average"), amounts.bare(mean), unit, note=tr("by energy, of all below")),
        Figure(tr("Traded"), amounts.words.number(wh / 1000, 1), "kWh", note=tr("in all below")),
        Figure(tr("Orders behind a price"), amounts.words.number(orders[len(orders) // 2]), "",
               note=tr("in the middle; {low} to {high}", low=amounts.words.number(orders[0]),
                       high=amounts.words.number(orders[-1]))),
    ]  # fmt: skip


def _row(result: SlotResult, asked: Asked) -> ResultLine:
    tr, amounts = asked.amounts.words.tr, asked.amounts
    price = "–" if result.price is None else amounts.price(result.price)
    if result.void:
        price = tr("void")
    glyph, tone, checked = {
        Checked.EQUAL: ("check", "ok", tr("Same price")),
        Checked.WRONG: ("alert", "alarm", tr("Wrong price")),
        Checked.NOT_YET: ("minus", "text_3", tr("Proven, not recomputed")),
    }[result.checked]
    return ResultLine(
        result.slot, asked.times.span(result.slot, result.slot), price, amounts.kwh(result.quantity_wh),
        amounts.words.number(result.orders), glyph, tone, checked,
    )  # fmt: skip


def _history(asked: Asked, results: list[SlotResult]) -> HistoryModel | None:
    """A week of prices, one place a slot."""
    if not any(r.price is not None for r in results):
        return None
    times, terms, amounts = asked.times, asked.terms, asked.amounts
    try:
        first = times.zone.slots_of(times.today - DAYS + 1).start
        end = times.zone.slots_of(times.today).stop
    except ZoneTableEnds:
        return None
    prices: list[int | None] = [None] * (end - first)
    for result in results:
        if first <= result.slot < end and not result.void:
            prices[result.slot - first] = result.price
    days = [
        (times.zone.slots_of(day).start - first, amounts.words.short_weekday(day))
        for day in range(times.today - DAYS + 1, times.today + 1)
    ]
    tr = amounts.words.tr
    traded = [price for price in prices if price is not None]
    spoken = amounts.words.tr(
        "Prices of the last {days} days, between {low} and {high}.",
        days=amounts.words.number(DAYS),
        low=amounts.price(min(traded, default=0)),
        high=amounts.price(max(traded, default=0)),
    )
    return HistoryModel(
        prices, terms.feed_in, terms.retail,
        tr("feed-in {price}", price=amounts.bare(terms.feed_in)),
        tr("retail {price}", price=amounts.bare(terms.retail)),
        days, steps_of(terms.feed_in, terms.retail, amounts), said_of(first, prices, asked), spoken,
    )  # fmt: skip


def _thin(results: list[SlotResult], amounts: Amounts) -> str:
    """How much a price of so few can be moved, honestly."""
    tr = amounts.words.tr
    traded = sorted(r.orders for r in results if r.price is not None)
    base = tr(
        "In a market of 4 traders, one that says less than the truth can gain up to a third; with 50 it is "
        "under 1 %. In a thin book the middle price can jump: 10 Wh less on offer once moved it from 19 to 29 ct."
    )
    if traded and traded[len(traded) // 2] < THIN:
        few = amounts.words.count(
            traded[len(traded) // 2],
            "Here {n} order usually stands behind a price: that is thin.",
            "Here {n} orders usually stand behind a price: that is thin.",
        )
        return f"{few} {base}"
    return base

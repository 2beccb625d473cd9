"""Rules of published markets, for study beside our own. No ledger knows them.

Here: Mengelkamp et al. 2018 as its only public replica prices it (Kostmann's thesis; research/seed-systems, 2a).
Its price ignores what sellers ask, so it can lie outside the competitive interval, and its settlement does not
conserve money; so only the price is taken, and energy moves between those who accept it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.market.clearing import BookOrder, Clearing, Fills, clear
from ohmstead.market.orders import Side, Terms

STUDY_RULE = "mengelkamp2018"


def mengelkamp2018(book: Sequence[BookOrder], terms: Terms) -> Clearing:
    """The lowest bid that all supply can serve in full sets the price; with ample supply, the lowest bid.

    At that price the bids and asks that accept it trade, best first, earlier in the book first among equals. The
    interval is our rule's competitive one, to compare with. Steps count as orders of their own.
    """
    steps = [
        (step.limit - (terms.fee if entry.order.side is Side.BUY else 0), step.wh, index, entry.order.side)
        for index, entry in enumerate(book)
        for step in entry.order.steps
    ]
    bids = sorted((s for s in steps if s[3] is Side.BUY), key=lambda s: -s[0])
    asks = sorted((s for s in steps if s[3] is Side.SELL), key=lambda s: s[0])
    price = _price(bids, sum(ask[1] for ask in asks))
    ours = clear(book, terms, b"")
    fills = [0] * len(book)
    quantity = welfare = 0
    if price is not None:
        accepting = [b for b in bids if b[0] >= price], [a for a in asks if a[0] <= price]
        quantity = min(sum(s[1] for s in side) for side in accepting)
        for sign, side in zip((1, -1), accepting, strict=True):
            left = quantity
            for limit, wh, index, _ in side:
                fill = min(wh, left)
                left -= fill
                fills[index] += fill
                welfare += sign * fill * limit
    by_id = Fills({entry.id: fill for entry, fill in zip(book, fills, strict=True)})
    return Clearing(quantity, price if quantity else None, ours.interval, by_id, welfare)


def _price(bids: Sequence[tuple[int, int, int, Side]], supply: int) -> int | None:
    """The published price rule over bids, best first; None without bids or without supply."""
    if not bids or not supply:
        return None
    price, served = bids[0][0], 0
    for limit, wh, _, _ in bids:
        served += wh
        if served > supply:
            break
        price = limit
    return price

"""What the chain itself carries: page bytes, so a dead meter's pages live on, and early household logs.

Here: which batch a transaction holds, pages out of transactions, the leaves of household logs out of blocks made
before a node kept them. Not here: the index over blocks
(``store``), checking the pages; whoever asks holds the proven root (``ledger.tiles``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ohmstead.core.statements import Commission, Publish, Retire, StatementError, content_type, parse

MAX_PAGES = 744


#: Every publish transaction holds these bytes; most others do not and need not be taken apart.
_PUBLISH = content_type(Publish.TYPE).encode()


def _publish(tx: bytes) -> Publish | None:
    if _PUBLISH not in tx:
        return None
    try:
        body = parse(tx).statement.body
    except StatementError:
        return None
    return body if isinstance(body, Publish) else None


def batch_in(tx: bytes) -> tuple[bytes, int, int] | None:
    """(meter, first page, last page) of a publish transaction; None for any other."""
    body = _publish(tx)
    return None if body is None else (body.meter, body.first, body.first + len(body.pages) - 1)


def pages_in(txs: Iterable[bytes], meter: bytes, first: int, count: int) -> list[bytes]:
    """Pages ``first`` to ``first + count`` of a meter out of transactions in order, as far as they follow."""
    found: list[bytes] = []
    for body in filter(None, map(_publish, txs)):
        if body.meter != meter:
            continue
        for number, page in enumerate(body.pages, body.first):
            if number == first + len(found) and len(found) < count:
                found.append(page)
    return found


def home_leaves(accepted: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    """(home, leaf data) of every transaction that touches a home, out of a whole chain's accepted ones in order.

    Right for chains made before there were markets: a commission and a retirement alone touch a home there.
    """
    found: list[tuple[bytes, bytes]] = []
    homes: dict[bytes, bytes] = {}
    for tx in accepted:
        try:
            body = parse(tx).statement.body
        except StatementError:
            continue
        if isinstance(body, Commission):
            homes[body.meter] = body.home
        if isinstance(body, Commission | Retire) and body.meter in homes:
            found.append((homes[body.meter], tx))
    return found

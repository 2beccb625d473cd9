"""Page bytes from the chain itself: every accepted batch carries them, so a dead meter's pages live on.

Here: which batch a transaction holds, and pages out of transactions. Not here: the index over blocks
(``store``), checking the pages; whoever asks holds the proven root (``ledger.tiles``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ohmstead.core.statements import Publish, StatementError, parse

MAX_PAGES = 744


def _publish(tx: bytes) -> Publish | None:
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

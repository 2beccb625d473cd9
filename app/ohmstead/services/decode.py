"""From verified page bytes to rows of the mirror. Runs on the ``work`` thread.

A page whose key is not held becomes a page row that is not opened: it counts as complete, and never as 0.
Not here: whether the pages are the ledger's (``ledger.tiles``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ohmstead.core.intervals import UTILITIES, Channel, ChannelHour
from ohmstead.core.slots import SLOTS_PER_HOUR, first_slot_of_hour
from ohmstead.errors import UserError
from ohmstead.ledger import pages
from ohmstead.store.records import IntervalRow, PageRow, UtilityRow


@dataclass(frozen=True, slots=True)
class Decoded:
    """Rows of some pages, and the failures of pages that did not open under the key that they name."""

    page_rows: tuple[PageRow, ...]
    intervals: tuple[IntervalRow, ...]
    failures: tuple[pages.PageError, ...]
    utilities: tuple[UtilityRow, ...] = ()


def decode_pages(
    raw_pages: Sequence[bytes], ring: pages.KeyRing | None, channels: Sequence[Channel]
) -> Decoded:
    """The rows of pages that are proven to be part of the log; without a ring all of them stay sealed.

    A page that is proven but does not open under its own key was sealed wrongly by the meter: it is kept
    (complete as recorded), is not opened, and is reported. Raises UserError for a meter without an import
    channel.
    """
    places = {c: i for i, c in enumerate(channels)}
    if Channel.IMPORT not in places:
        raise UserError("This meter does not count electricity drawn; this version cannot show it.")
    imported, exported = places[Channel.IMPORT], places.get(Channel.EXPORT)
    generated = places.get(Channel.GENERATION)
    others = [(c, places[c]) for c in UTILITIES if c in places]
    utility_rows: list[UtilityRow] = []
    page_rows: list[PageRow] = []
    interval_rows: list[IntervalRow] = []
    failures: list[pages.PageError] = []
    for raw in raw_pages:
        header = pages.parse_header(raw)
        opened = False
        hours: tuple[ChannelHour, ...] = ()
        try:
            if ring is not None:
                hours = pages.open_page(ring, raw, header)
                opened = True
        except pages.PageSealed:
            pass
        except pages.PageError as error:
            failures.append(error)
        page_rows.append((header.number, header.hour, header.epoch, opened, raw))
        if hours:
            interval_rows += _rows(header, hours, imported, exported, generated)
            for channel, place in others:
                utility_rows += _utility_rows(header, channel, hours[place])
    return Decoded(tuple(page_rows), tuple(interval_rows), tuple(failures), tuple(utility_rows))


def _rows(
    header: pages.PageHeader,
    hours: tuple[ChannelHour, ...],
    imported: int,
    exported: int | None,
    generated: int | None,
) -> list[IntervalRow]:
    first = first_slot_of_hour(header.hour)
    bought, sold = hours[imported], hours[exported] if exported is not None else None
    made = hours[generated] if generated is not None else None
    return [
        (
            first + i,
            bought.amounts[i],
            sold.amounts[i] if sold else 0,
            made.amounts[i] if made else None,
            int(bought.statuses[i]),
            int(sold.statuses[i]) if sold else 0,
            int(made.statuses[i]) if made else None,
            header.number,
        )
        for i in range(SLOTS_PER_HOUR)
    ]


def _utility_rows(header: pages.PageHeader, channel: Channel, hour: ChannelHour) -> list[UtilityRow]:
    """Gas, water or data of one page."""
    first = first_slot_of_hour(header.hour)
    return [
        (int(channel), first + i, hour.amounts[i], int(hour.statuses[i]), header.number)
        for i in range(SLOTS_PER_HOUR)
    ]

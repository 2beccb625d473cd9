"""Is the history in a home's file still the one that was proven? And if not: which page was changed?

All pages are hashed again and compared with the root that the ledger records. A root alone says only *not
this history*; the anchors narrow that down to one batch of pages, and the seal of each page names the page.
Here: that question, cheap enough to be asked whenever a page of the window opens. Not here: rows, keys and
anchors one by one (``services.verify``). Thread: ``work``; it is handed a file that is open for reading.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ohmstead.core.errors import VerificationError
from ohmstead.ledger import pages
from ohmstead.ledger.merkle import CompactRange, leaf_hash, root_of
from ohmstead.services.verify import PagesDiffer
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.mirror import Mirror
from ohmstead.store.records import AnchorRow

EpochRoot = Callable[[int], bytes | None]


@dataclass(frozen=True, slots=True)
class HistoryCheck:
    """``pages`` of ``proven`` were hashed in ``took_ns``; ``failure`` names what is not what was proven.

    While the history is filling nothing is compared: every part was checked against its own proof as it came.
    """

    pages: int
    proven: int
    took_ns: int
    failure: VerificationError | None = None

    @property
    def whole(self) -> bool:
        """Whether every proven page is here and is what was proven."""
        return self.failure is None and 0 < self.proven <= self.pages


def no_keys(_epoch: int) -> None:
    """For who has no keys: pages stay sealed, and an altered one is named by its batch alone."""
    return


def check_history(
    mirror: Mirror,
    trust: HomeTrust,
    epoch_root: EpochRoot = no_keys,
    clock_ns: Callable[[], int] = time.perf_counter_ns,
) -> HistoryCheck:
    """Every page against the record's root. Raises ExternalError where the file cannot be read."""
    proven = trust.proven
    if proven is None:
        return HistoryCheck(0, 0, 0)
    began = clock_ns()
    held = mirror.pages(trust.meter, 0, proven.size)
    if len(held) < proven.size:
        return HistoryCheck(len(held), proven.size, clock_ns() - began)
    raws = [raw for _, raw in held]
    failure = None
    if root_of([leaf_hash(raw) for raw in raws]) != proven.root:
        failure = altered_page(raws, trust, mirror.anchors(trust.meter), epoch_root)
    return HistoryCheck(len(held), proven.size, clock_ns() - began, failure)


def altered_page(
    raws: Sequence[bytes], trust: HomeTrust, anchors: Sequence[AnchorRow], epoch_root: EpochRoot
) -> VerificationError:
    """The name of what was changed in pages whose root is not the record's: one page, or the batch it is in."""
    first, end = _batch(raws, anchors)
    return altered_in(raws[first:end], first, trust, epoch_root)


def altered_in(
    raws: Sequence[bytes], first: int, trust: HomeTrust, epoch_root: EpochRoot
) -> VerificationError:
    """The page among these (from page ``first`` on) that is not itself; all of them where none shows."""
    for number, raw in enumerate(raws, first):
        if not _is_itself(raw, number, trust, epoch_root):
            return PagesDiffer(f"page {number}", "is not the page that was signed and recorded")
    if len(raws) == 1:
        return PagesDiffer(f"page {first}", "is not the page that was signed and recorded")
    last = first + len(raws) - 1
    return PagesDiffer(f"pages {first} to {last}", "are not those that were signed and recorded")


def _batch(raws: Sequence[bytes], anchors: Sequence[AnchorRow]) -> tuple[int, int]:
    """First and one past the last page of the first batch whose recorded root the pages do not give."""
    log = CompactRange()
    for anchor in anchors:
        if not log.size < anchor.size <= len(raws):
            break
        grown = log.extend(leaf_hash(raw) for raw in raws[log.size : anchor.size])
        if grown.root() != anchor.root:
            return log.size, anchor.size
        log = grown
    return log.size, len(raws)


def _is_itself(raw: bytes, number: int, trust: HomeTrust, epoch_root: EpochRoot) -> bool:
    """Whether a page says that it is this one and, as far as its key is here, opens under its seal."""
    try:
        header = pages.parse_header(raw)
        if (header.meter, header.number) != (trust.meter, number):
            return False
        root = epoch_root(header.epoch)
        if root is not None:
            context = pages.KeyContext(trust.genesis.genesis_hash, trust.meter, header.epoch)
            pages.open_page(pages.KeyRing(root, context), raw, header)
    except pages.PageSealed:
        return True  # its key is not here: nothing can be said of it alone
    except pages.PageError:
        return False
    return True

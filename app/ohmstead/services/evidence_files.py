"""Making an evidence file from a mirror: some hours, their proofs, and the keys of their days.

Thread: ``db`` or ``work``; it is handed an open mirror. Not here: the format and its checks
(``ledger.evidence``).
"""

from __future__ import annotations

from bisect import bisect_right

from ohmstead.core.slots import utc_day_of_hour
from ohmstead.errors import UserError
from ohmstead.ledger import pages
from ohmstead.ledger.evidence import MAX_PAGES, Evidence, PageEvidence
from ohmstead.ledger.merkle import HashTree, leaf_hash
from ohmstead.ledger.meterlog import Anchor
from ohmstead.ledger.slice import HeadBundle
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.mirror import Mirror


def make_evidence(
    mirror: Mirror, trust: HomeTrust, first_hour: int, last_hour: int, epoch_root: bytes | None
) -> Evidence:
    """The evidence for the hours from first to last, both included; sealed where ``epoch_root`` is None.

    Raises UserError where the history is not complete here, or the hours are not in it.
    """
    proven, bundle = trust.proven, trust.bundle
    if proven is None or bundle is None:
        raise UserError("Nothing is verified yet. Sync with the meter first.")
    raws = [raw for _, raw in mirror.pages(trust.meter, 0, proven.size)]
    anchors = [Anchor(a.size, a.root, a.height, a.time_s) for a in mirror.anchors(trust.meter)]
    if len(raws) != proven.size or len(anchors) != proven.record.anchors.size:
        raise UserError("The history is still coming in. Evidence needs all of it; sync again.")
    start = pages.parse_header(raws[0]).hour
    numbers = range(first_hour - start, last_hour - start + 1)
    if not numbers or numbers[0] < 0 or numbers[-1] >= proven.size:
        raise UserError("The mirror does not reach these hours. Choose hours that are shown in Usage.")
    if len(numbers) > MAX_PAGES:
        raise UserError(f"An evidence file holds at most {MAX_PAGES} hours. Choose fewer.")
    tree = HashTree(leaf_hash(raw) for raw in raws)
    anchor_tree = HashTree(leaf_hash(a.to_cbor()) for a in anchors)
    sizes = [a.size for a in anchors]
    items = []
    for number in numbers:
        index = bisect_right(sizes, number)
        anchor = anchors[index]
        items.append(
            PageEvidence(
                number,
                raws[number],
                tree.inclusion_proof(number),
                index,
                anchor,
                tree.inclusion_proof(number, anchor.size),
                anchor_tree.inclusion_proof(index),
                anchors[index - 1] if index else None,
                anchor_tree.inclusion_proof(index - 1) if index else (),
            )
        )
    keys: tuple[tuple[int, bytes], ...] = ()
    if epoch_root is not None:
        context = pages.KeyContext(trust.genesis.genesis_hash, trust.meter, proven.record.epoch)
        ring = pages.KeyRing(epoch_root, context)
        days = sorted({utc_day_of_hour(start + n) for n in numbers})
        keys = tuple((day, ring.day(day)[0]) for day in days)
    return Evidence(
        trust.genesis.to_cbor(), trust.meter, trust.certificate, trust.first.to_cbor(),
        HeadBundle(bundle.light_block, bundle.values).to_cbor(), tuple(items), keys,
    )  # fmt: skip

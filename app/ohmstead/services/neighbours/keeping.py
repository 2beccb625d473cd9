"""What is kept of the tally between two starts, as small values: the last view, the wish, what a home is like.

Read back, nothing of it is believed: a view is verified again from the home's trust, the logs under it from their
leaves, guardians' keys from their proofs of possession. What does not verify is as if it had never been kept. Not
here: the file (``store.neighbours``), when it is read (``watch``). Pure, but for ``KeptFacts.of``: on ``db``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ohmstead.core.codec import CodecError, Value, as_bool, as_identifier, as_list, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.merkle import leaf_hash, root_of
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.neighbours.cohorts import Features
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.services.market.proving import Proven, meets_kept
from ohmstead.services.neighbours.check import Ledger, joint_of
from ohmstead.services.neighbours.follow import KEYS, keys_of_fact
from ohmstead.services.neighbours.picture import Wish
from ohmstead.services.neighbours.values import NeighbourView, base_keys, view_of
from ohmstead.services.verifying import HomeTrust
from ohmstead.store.neighbours import NeighbourStore, RoundRow

FEATURES, VIEW, WISH = "features", "view", "wish"
_MAX_VIEW = 1 << 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What the file holds of the last look, unverified. ``rounds`` are the cohorts' logs."""

    view: bytes | None
    wish: bytes | None
    keys: Mapping[str, bytes]
    rounds: Mapping[str, Sequence[RoundRow]]

    @classmethod
    def of(cls, store: NeighbourStore) -> KeptFacts:
        """Read from the file."""
        rounds = {name: store.rounds(name) for name in store.logs()}
        return cls(store.fact(VIEW), store.fact(WISH), store.facts(KEYS), rounds)


def features_in(raw: bytes | None) -> Features | None:
    """What the household said of its home; None where that cannot be read."""
    if raw is None:
        return None
    try:
        return Features.from_value(decode(raw))
    except CodecError as error:
        _log.warning("what was kept of the home is not used: %s", error)
        return None


def wish_bytes(wish: Wish) -> bytes:
    """[asked, cohort or null, paused]."""
    return encode([wish.asked, wish.cohort, wish.paused])


def wish_in(raw: bytes | None) -> Wish:
    """The wish as the meter said it last; none where that cannot be read."""
    if raw is None:
        return Wish()
    try:
        asked, cohort, paused = as_list(decode(raw), "wish", 3)
        name = None if cohort is None else as_identifier(cohort, "cohort")
        return Wish(as_bool(asked, "asked"), name, as_bool(paused, "paused"))
    except CodecError as error:
        _log.warning("the wish that was kept is not used: %s", error)
        return Wish()


def view_bytes(view: NeighbourView) -> bytes:
    """[[cohort, ...], proven set] of a view's base."""
    names: list[Value] = list(view.cohorts)
    return encode([names, view.proven.answer.to_value()])


def view_in(kept: KeptFacts, trust: HomeTrust, ledger: Ledger, wall_ns: int) -> NeighbourView | None:
    """The view of the last look, verified again; None where that cannot be.

    Its header may be older than the newest one that is known: then it is judged from the ledger's first.
    """
    if kept.view is None or trust.zone is None:
        return None
    try:
        view = _verified(kept.view, trust, ledger, wall_ns)
    except (VerificationError, CodecError) as error:
        _log.warning("what was kept of the neighbours is not used: %s", error)
        return None
    if view is None or not all(_whole(kept, view, name) for name in view.cohorts):
        return None
    return replace(view, guardians=_guardians(kept.keys, ledger))


def _verified(raw: bytes, trust: HomeTrust, ledger: Ledger, wall_ns: int) -> NeighbourView | None:
    assert trust.zone is not None
    params = ledger.params
    names, answer = as_list(decode(raw, max_size=_MAX_VIEW), "kept view", 2)
    listed = [params.cohort(as_identifier(n, "cohort")) for n in as_list(names, "cohorts")]
    cohorts = [c for c in listed if c is not None]
    found = ProvenSet.from_value(answer)
    if not meets_kept(trust, found.light_block, wall_ns):
        return None
    values = found.check(base_keys(trust.meter, cohorts, trust.zone))
    return view_of(Proven(found.light_block, values, found), params, trust.meter, cohorts, trust.zone)


def _whole(kept: KeptFacts, view: NeighbourView, name: str) -> bool:
    """Whether the leaves that are here are the log that the view proves."""
    proven, rows = view.cohorts[name], kept.rounds.get(name, ())
    if [row.index for row in rows] != list(range(proven.size)):
        return False
    return not rows or root_of([leaf_hash(row.leaf) for row in rows]) == proven.root


def _guardians(kept: Mapping[str, bytes], ledger: Ledger) -> dict[int, Mapping[int, GuardianKey]]:
    """The months whose keys are here, every one with a proof that holds."""
    found: dict[int, Mapping[int, GuardianKey]] = {}
    for name, raw in kept.items():
        try:
            epoch = int(name.removeprefix(KEYS))
            keys = keys_of_fact(epoch, raw)
            joint_of(ledger, epoch, keys)
        except (VerificationError, ValueError) as error:
            _log.warning("kept keys of guardians are not used: %s", error)
            continue
        found[epoch] = keys
    return found


__all__ = [
    "FEATURES", "VIEW", "WISH", "KeptFacts", "features_in", "view_bytes", "view_in", "wish_bytes", "wish_in",
]  # fmt: skip

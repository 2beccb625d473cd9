"""Which rounds of the logs are to be checked next, and when one is asked about again.

Not checked yet; found wrong by what a meter handed over, which it may hand over rightly later; right before the
own part in it was known; or standing in the log a second time. Those of which something was found wrong wait
longer each time. Not here: the checks (``rounds``). Pure, but for what it counts; on the io loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ohmstead.core.codec import CodecError
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.services.neighbour_states import Finding, OwnStage
from ohmstead.services.neighbours.picture import STAGES
from ohmstead.services.neighbours.values import RoundName
from ohmstead.store.neighbours import EQUAL, NOT_YET, AlarmRow, OwnRow, RoundRow

#: (cohort, is a shape, day or epoch), as own statements are named.
OwnName = tuple[str, bool, int]
#: Looks that a round waits at most after it was found wrong: some five minutes.
LONGEST = 5
_OF_OWN = frozenset((Finding.LEFT_OUT.value, Finding.ALTERED.value))


class Due:
    """Counts looks and tries over one link."""

    def __init__(self) -> None:
        self._looks = 0
        self._tries: dict[tuple[str, int], int] = {}
        self._found: dict[tuple[str, int], tuple[int, int]] = {}

    def begin(self) -> None:
        """A look begins."""
        self._looks += 1

    def clear(self) -> None:
        """A new link: everything is due."""
        self._tries.clear()
        self._found.clear()

    def tried(self, row: RoundRow) -> bool:
        """Whether a round was tried over this link."""
        return (row.cohort, row.index) in self._tries

    def note(self, row: RoundRow, *, wrong: bool) -> None:
        """A round is about to be checked (``wrong`` False), or was found wrong."""
        name = row.cohort, row.index
        if not wrong:
            self._tries[name] = self._tries.get(name, 0) + 1
            return
        times, _ = self._found.get(name, (0, 0))
        self._found[name] = times + 1, self._looks + (1 << min(times, LONGEST))

    def _is_due(self, row: RoundRow) -> bool:
        return self._looks >= self._found.get((row.cohort, row.index), (0, 0))[1]

    def choose(
        self, rows: Sequence[RoundRow], own: Mapping[OwnName, OwnRow], alarms: Collection[AlarmRow]
    ) -> list[RoundRow]:
        """Of a cohort's rounds those to check. ``own`` is empty on a viewer's computer, which knows no seeds."""
        again = asked_again(alarms)
        leaves = [leaf_in(row.leaf) for row in rows]
        times = Counter(leaf.name for leaf in leaves if leaf is not None)
        chosen = []
        for row, leaf in zip(rows, leaves, strict=True):
            wanted = row.checked == NOT_YET
            if leaf is not None and not wanted:
                mine = own.get(own_name(leaf.name))
                if row.checked == EQUAL:
                    wanted = times[leaf.name] > 1 or not leaf.holds(row.record) or _untold(row, mine)
                else:
                    wanted = mine is not None and leaf.name in again
            if wanted and self._is_due(row):
                chosen.append(row)
        return chosen

    def order(self, row: RoundRow) -> tuple[int, int]:
        """The least tried first, of these the newest."""
        return self._tries.get((row.cohort, row.index), 0), -row.index

    def ask(self, rows: Sequence[RoundRow], alarms: Collection[AlarmRow]) -> frozenset[OwnName]:
        """The own statements that were refused and are to be handed over again."""
        again = asked_again(alarms)
        leaves = [leaf_in(row.leaf) for row in rows if self._is_due(row)] if again else []
        return frozenset(own_name(leaf.name) for leaf in leaves if leaf is not None and leaf.name in again)


def asked_again(alarms: Collection[AlarmRow]) -> frozenset[RoundName]:
    """The rounds with a finding that rests on what a meter handed over."""
    return frozenset((a.cohort, a.epoch, a.day) for a in alarms if a.finding in _OF_OWN)


def leaf_in(data: bytes) -> RoundLeaf | None:
    """The leaf of log bytes; None where they are none."""
    try:
        return RoundLeaf.from_bytes(data)
    except CodecError:
        return None


def own_name(name: RoundName) -> OwnName:
    """A round as own statements are named."""
    cohort, epoch, day = name
    return (cohort, True, epoch) if day is None else (cohort, False, day)


def expected(row: OwnRow) -> bool:
    """Whether the own statement must be among those that were added: proven, or the meter says so."""
    return row.seen or STAGES[row.stage] is OwnStage.ON_LEDGER


def _untold(row: RoundRow, mine: OwnRow | None) -> bool:
    """Whether a round was right before it was known that the own home had stated it."""
    if mine is None or mine.included or not expected(mine) or row.record is None:
        return False
    try:
        return RoundRecord.from_bytes(row.record).frozen is not None
    except CodecError:
        return False

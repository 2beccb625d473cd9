"""Records of a day with one part altered: every part, each as somebody would who wants another result shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ohmstead.neighbours.group import BASE
from ohmstead.neighbours.messages import Share
from ohmstead.neighbours.records import RoundRecord
from ohmstead.neighbours.tally import Frozen, Void, VoidReason
from tests.services.neighbours.rig import DAY

HASH = b"\x11" * 32
SCALAR = (5).to_bytes(32, "little")
Alter = Callable[[RoundRecord], RoundRecord]


def frozen(change: Callable[[Frozen], Frozen]) -> Alter:
    def changed(record: RoundRecord) -> RoundRecord:
        assert record.frozen is not None
        return replace(record, frozen=change(record.frozen))

    return changed


def share(change: Callable[[Share], Share]) -> Alter:
    return lambda record: replace(record, shares=(*record.shares[:-1], change(record.shares[-1])))


def put(points: tuple[bytes, ...], at: int) -> tuple[bytes, ...]:
    return (*points[:at], BASE, *points[at + 1 :])


def value(at: int, more: int) -> Alter:
    def changed(record: RoundRecord) -> RoundRecord:
        values = list(record.values)
        values[at] += more
        return replace(record, values=tuple(values))

    return changed


def moved(record: RoundRecord) -> RoundRecord:
    """A home moved from one bin to the next, the total with it: sums that could be."""
    j = next(i for i, h in enumerate(record.values) if h)
    values = list(record.values)
    values[j] -= 1
    values[j + 1] += 1
    values[16] += 1 << 11
    return replace(record, values=tuple(values))


def column(kind: str, j: int) -> Alter:
    match kind:
        case "Q":
            return frozen(lambda f: replace(f, q=put(f.q, j)))
        case "P":
            return frozen(lambda f: replace(f, p=put(f.p, j)))
    return share(lambda s: replace(s, parts=put(s.parts, j)))


RECORDS: dict[str, Alter] = {
    "n": frozen(lambda f: replace(f, n=f.n + 1)),
    "root": frozen(lambda f: replace(f, root=HASH)),
    **{f"{kind} {j}": column(kind, j) for kind in "QPD" for j in range(17)},
    "c": share(lambda s: replace(s, challenge=SCALAR)),
    "z": share(lambda s: replace(s, response=SCALAR)),
    "guardian": share(lambda s: replace(s, guardian=0)),
    "a share less": lambda r: replace(r, shares=r.shares[:-1]),
    "a share more": lambda r: replace(r, shares=(*r.shares, r.shares[0])),
    "shares of one guardian": lambda r: replace(r, shares=(r.shares[0],) * 4),
    "h 0": value(0, 1),
    "h 15": value(15, 1),
    "t": value(16, 1),
    "a home moved": moved,
    "roster": lambda r: replace(r, roster=40),
    "a guardian absent": lambda r: replace(r, values=(), void=Void(VoidReason.GUARDIAN_ABSENT, 16, 3)),
    "no such guardian": lambda r: replace(
        r, shares=r.shares[:3], values=(), void=Void(VoidReason.GUARDIAN_ABSENT, 16, 9)
    ),
    "too few, with sums": lambda r: replace(r, shares=(), values=(), void=Void(VoidReason.TOO_FEW, 16)),
    "too few, though enough": lambda r: replace(
        r, frozen=None, shares=(), values=(), void=Void(VoidReason.TOO_FEW, 16)
    ),
}  # fmt: skip
#: Of another round: never under this leaf. And a void that says too few, which nobody can tell without the sums.
ELSEWHERE: dict[str, Alter] = {
    "cohort": lambda r: replace(r, cohort="flats"),
    "day": lambda r: replace(r, day=DAY + 1),
    "too few": lambda r: replace(r, frozen=None, shares=(), values=(), void=Void(VoidReason.TOO_FEW, 3)),
}


__all__ = ["ELSEWHERE", "HASH", "RECORDS", "SCALAR", "Alter"]

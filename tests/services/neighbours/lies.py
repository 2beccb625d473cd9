"""What a meter or a node may say instead of the truth, for a look of the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ohmstead.core.codec import Value
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from tests.helpers.home import Lie
from tests.services.neighbours.rig import HOUSES

Change = Callable[[list[Value]], list[Value]]


def about(method: Method, change: Change, when: Callable[[list[Value]], bool] = lambda _params: True) -> Lie:
    """The answers to one method changed, where its parameters are such."""

    def lie(asked: int, params: Value, answers: list[Value]) -> list[Value]:
        if asked != method or not when(cast("list[Value]", params)):
            return answers
        return change(answers)

    return lie


def refusing(
    method: Method, when: Callable[[list[Value]], bool] = lambda _params: True,
    code: RefusalCode = RefusalCode.NOT_FOUND,
) -> Lie:  # fmt: skip
    """Refused, though there is an answer."""

    def refuse(_answers: list[Value]) -> list[Value]:
        raise Refused(code)

    return about(method, refuse, when)


def record_of(day: int, change: Callable[[RoundRecord], RoundRecord]) -> Lie:
    """Another record of a day. It goes out under the leaf of the right one."""

    def lie(answers: list[Value]) -> list[Value]:
        leaf, book = answers[0], cast("list[Value]", answers[1])
        if RoundLeaf.from_bytes(cast("bytes", leaf)).day != day:
            return answers
        changed = change(RoundRecord.from_bytes(cast("bytes", book[0]))).to_bytes()
        assert changed != book[0], "nothing was changed"
        return [leaf, [changed, *book[1:]], *answers[2:]]

    return about(Method.BOOK, lie)


def of_round(day: int | None) -> Callable[[list[Value]], bool]:
    """Of a round's hashes or statements: [cohort, epoch, day]."""
    return lambda params: params[0] == HOUSES.id and params[2] == day


def of_own(day: int) -> Callable[[list[Value]], bool]:
    """Of the own statement of a day: [is shape, number, first byte]."""
    return lambda params: params[:2] == [False, day]


# ---- the meter's word of its rounds -----------------------------------------------------------------

#: Stages as the meter says them.
DUE, SENT, ON_LEDGER, GAPS = range(4)


def word(rows: Callable[[list[Value]], list[Value]]) -> Lie:
    """Other rows of the meter's word."""

    def change(answers: list[Value]) -> list[Value]:
        *rest, said = cast("list[Value]", answers[0])
        return [[*rest, rows(cast("list[Value]", said))]]

    return about(Method.NBR, change)


def stage_of(day: int, stage: int) -> Lie:
    """Another stage of a day."""

    def change(rows: list[Value]) -> list[Value]:
        named = [cast("list[Value]", row) for row in rows]
        return [[*r[:3], stage] if r[:2] == [False, day] else r for r in named]

    return word(change)

"""A meter or a node that says other than the ledger: refused by name, a finding; nothing drawn; right later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from ohmstead.contract.neighbour_rounds import Closed
from ohmstead.contract.overlay import NBR, NBR_KEY, NBR_ROUND, ROSTER
from ohmstead.core.codec import Value, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.logtile import LogTile, LogTileError
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.ledger.slice import SliceError
from ohmstead.ledger.stateproof import StateProofError
from ohmstead.link.messages import Method
from ohmstead.neighbours.group import BASE
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.tally import Void, VoidReason
from ohmstead.services.neighbour_states import Finding, NeighbourState, Standing
from tests.helpers.home import Lie
from tests.services.neighbours.altered import ELSEWHERE, HASH, RECORDS, SCALAR
from tests.services.neighbours.lies import (
    about,
    of_round,
    record_of,
    refusing,
)
from tests.services.neighbours.rig import DAY, EPOCH, FIRST_DAY, HOUSES, App
from tests.services.neighbours.seen import assert_not_drawn, assert_right, standings

# ---- a record -------------------------------------------------------------------------------------


async def test_any_part_of_a_record_altered_on_its_way(app: App) -> None:
    for name, change in (RECORDS | ELSEWHERE).items():
        await app.look(record_of(DAY, change))
        assert_not_drawn(app)
        (alarm,) = app.state.alarms
        assert (alarm.finding, alarm.cohort, alarm.epoch, alarm.day) == (
            Finding.RECORD, HOUSES.id, EPOCH, DAY
        ), name  # fmt: skip
        assert "not the one in the log" in alarm.words
        assert all(row.record is None for row in app.desk.store.rounds(HOUSES.id) if row.index == 1), name
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("change", [
    lambda r: replace(r, void=Void(VoidReason.NO_KEY, 0)),
    lambda r: replace(r, void=Void(VoidReason.TOO_FEW, 1)),
    lambda r: replace(r, roster=17),
])  # fmt: skip
async def test_a_void_record_altered_on_its_way(
    app: App, change: Callable[[RoundRecord], RoundRecord]
) -> None:
    await app.look(record_of(FIRST_DAY, change))
    assert FIRST_DAY not in standings(app.state)
    assert [(a.finding, a.day) for a in app.state.alarms] == [(Finding.RECORD, FIRST_DAY)]
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("garbage", [b"", b"\x80", b"x" * 40_000, encode([1, 2]), encode(["nbr/1"] * 9)])
async def test_a_record_that_is_none(app: App, garbage: bytes) -> None:
    await app.look(about(Method.BOOK, lambda a: [a[0], [garbage, b""]]))
    assert {s for s in standings(app.state).values() if s in (Standing.RESULT, Standing.VOID)} == set()
    assert {a.finding for a in app.state.alarms} == {Finding.RECORD}
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("items", [
    lambda a: [a[0], 7], lambda a: [7, a[1]], lambda a: [a[0], [a[1][0]]], lambda a: [a[0], [None, b""]],
    lambda a: [a[0], [b"x" * 59_000, b""]],
])  # fmt: skip
async def test_a_record_in_no_such_message_is_refused(
    app: App, items: Callable[[list[Value]], list[Value]]
) -> None:
    with pytest.raises(SliceError, match="record"):
        await app.look(about(Method.BOOK, items))
    assert not any(r.standing is Standing.RESULT for r in app.state.rounds)
    await app.look()
    assert_right(app)


async def test_records_withheld(app: App) -> None:
    await app.look(refusing(Method.BOOK, lambda p: p[1] == 1))
    assert_not_drawn(app)
    assert app.state.alarms == ()
    assert app.desk.unchecked == 1
    await app.look(about(Method.BOOK, lambda a: a[:1], lambda p: p[1] == 1))
    assert_not_drawn(app)
    await app.look()
    assert_right(app)
    assert app.desk.unchecked == 0


# ---- the log --------------------------------------------------------------------------------------


def tile(change: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]) -> Lie:
    def lie(answers: list[Value]) -> list[Value]:
        found = LogTile.from_value(answers[0])
        return [replace(found, leaves=change(found.leaves)).to_value()]

    return about(Method.LEAVES, lie)


def other(leaf: bytes, **changes: object) -> bytes:
    return replace(RoundLeaf.from_bytes(leaf), **changes).to_bytes()


TILES: dict[str, Lie] = {
    "withheld": tile(lambda a: a[:-1]),
    "the first withheld": tile(lambda a: a[1:]),
    "changed": tile(lambda a: (a[0], a[1][:-1] + bytes((a[1][-1] ^ 1,)), a[2])),
    "twice": tile(lambda a: (a[0], a[1], a[1])),
    "one more": tile(lambda a: (*a, a[1])),
    "reordered": tile(lambda a: (a[1], a[0], a[2])),
    "another cohort": tile(lambda a: (a[0], other(a[1], cohort="flats"), a[2])),
    "not closed": tile(lambda a: (a[0], other(a[1], day=DAY + 9), a[2])),
    "another hash": tile(lambda a: (a[0], other(a[1], digest=HASH), a[2])),
    "no leaf": tile(lambda a: (a[0], b"", a[2])),
    "another size": about(Method.LEAVES, lambda a: [replace(LogTile.from_value(a[0]), size=2).to_value()]),
    "no tile": about(Method.LEAVES, lambda _a: [[0, [], 1, []]]),
    "no list": about(Method.LEAVES, lambda _a: [7]),
}


async def test_another_log_is_refused(app: App) -> None:
    for name, lie in TILES.items():
        with pytest.raises(LogTileError):
            await app.look(lie, readings=False)
        assert app.desk.store.rounds(HOUSES.id) == [], name
        assert app.state == NeighbourState(), name
    await app.look()
    assert_right(app)


async def test_a_log_withheld_is_not_complete(app: App) -> None:
    await app.look(refusing(Method.LEAVES))
    assert not app.state.complete
    assert not any(r.standing in (Standing.RESULT, Standing.VOID) for r in app.state.rounds)
    await app.look()
    assert_right(app)


# ---- the state ------------------------------------------------------------------------------------


def proven(module: str, change: Callable[[bytes, bytes], bytes | None]) -> Lie:
    """Values of a module of the state changed: (key, value) to another value."""

    def lie(answers: list[Value]) -> list[Value]:
        found = ProvenSet.from_value(answers[0])
        items = tuple(
            replace(i, value=change(i.key, i.value)) if i.module == module and i.value is not None else i
            for i in found.items
        )
        return [replace(found, items=items).to_value()]

    return about(Method.PROVE, lie)


def in_list(at: int, new: Value) -> Callable[[bytes, bytes], bytes]:
    def changed(_key: bytes, raw: bytes) -> bytes:
        parts = cast("list[Value]", decode(raw))
        return encode([*parts[:at], new, *parts[at + 1 :]])

    return changed


def closed(change: Callable[[Closed], Closed]) -> Callable[[bytes, bytes], bytes]:
    return lambda key, raw: change(Closed.from_cbor(raw)).to_cbor() if key[:1] == b"c" else raw


STATES: dict[str, Lie] = {
    "X": proven(NBR_KEY, in_list(0, BASE)),
    "c of the proof of possession": proven(NBR_KEY, in_list(1, SCALAR)),
    "z of the proof of possession": proven(NBR_KEY, in_list(2, SCALAR)),
    "no key": proven(NBR_KEY, lambda _k, _v: None),
    "log": proven(NBR, lambda k, v: in_list(0, 4)(k, v) if k.startswith(b"log/") else v),
    "root": proven(NBR, lambda k, v: in_list(1, HASH)(k, v) if k.startswith(b"log/") else v),
    "no log": proven(NBR, lambda k, v: None if k.startswith(b"log/") else v),
    "closed days": proven(NBR, lambda k, v: in_list(0, DAY + 30)(k, v) if k.startswith(b"next/") else v),
    "no membership": proven(ROSTER, lambda _k, _v: None),
    "n of a closed day": proven(NBR_ROUND, closed(lambda c: replace(c, frozen=replace(c.frozen, n=40)))),
    "roster of a closed day": proven(NBR_ROUND, closed(lambda c: replace(c, roster=400))),
    "nothing stated": proven(NBR_ROUND, lambda _k, _v: None),
}


async def test_another_state_is_refused(app: App) -> None:
    before = await app.look()
    for name, lie in STATES.items():
        app.desk.store.keep_fact(f"keys/{EPOCH}", None)
        with pytest.raises(StateProofError):
            await app.look(lie, readings=False)
        assert app.state == before, name
    await app.look()
    assert_right(app)


@pytest.mark.parametrize("answer", [
    lambda a: 7, lambda a: [a[0], []], lambda a: [b"", a[1]], lambda a: [a[0], a[1][:-1]],
    lambda a: [a[0], [a[1][0]] * len(a[1])],
])  # fmt: skip
async def test_a_proof_of_something_else_is_refused(app: App, answer: Callable[[Value], Value]) -> None:
    with pytest.raises(VerificationError):
        await app.look(about(Method.PROVE, lambda a: [answer(a[0])]))
    assert app.state == NeighbourState()


# ---- the leaf hashes of a round ---------------------------------------------------------------------


def hashes(change: Callable[[bytes], bytes]) -> Lie:
    return about(Method.ROUND_HASHES, lambda a: [change(b"".join(cast("list[bytes]", a)))], of_round(DAY))


HASHES: dict[str, Lie] = {
    "too few": hashes(lambda h: h[:-32]),
    "too many": hashes(lambda h: h + HASH),
    "far too many": hashes(lambda h: h * 90),
    "cut": hashes(lambda h: h[:-1]),
    "another": hashes(lambda h: HASH + h[32:]),
    "reordered": hashes(lambda h: h[32:] + h[:32]),
    "none": hashes(lambda _h: b""),
    "nothing": about(Method.ROUND_HASHES, lambda _a: [], of_round(DAY)),
}


async def test_other_leaf_hashes(app: App) -> None:
    for name, lie in HASHES.items():
        await app.look(lie)
        assert_not_drawn(app)
        (alarm,) = app.state.alarms
        assert (alarm.finding, alarm.day) == (Finding.LEFT_OUT, DAY), name
        assert "cannot be shown" in alarm.words
    await app.look()
    assert_right(app)


async def test_leaf_hashes_withheld_or_malformed(app: App) -> None:
    await app.look(refusing(Method.ROUND_HASHES, of_round(DAY)))
    assert_not_drawn(app)
    assert app.state.alarms == ()
    with pytest.raises(SliceError, match="hashes"):
        await app.look(about(Method.ROUND_HASHES, lambda _a: [7], of_round(DAY)))
    assert_not_drawn(app)
    await app.look()
    assert_right(app)


async def test_what_came_before_a_refusal_is_shown(app: App) -> None:
    """The newest is checked first: a malformed answer about an older day costs the newer one nothing."""
    with pytest.raises(SliceError):
        await app.look(about(Method.ROUND_HASHES, lambda _a: [7], of_round(DAY)))
    assert standings(app.state)[DAY + 1] is Standing.RESULT
    assert app.desk.unchecked == 2
    assert_not_drawn_but(app, FIRST_DAY)
    await app.look()
    assert_right(app)


def assert_not_drawn_but(app: App, also: int) -> None:
    found = standings(app.state)
    assert DAY not in found
    assert also not in found

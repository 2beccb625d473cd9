"""What the meter answers: to whom, in which shape, and to questions that are none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import Value, as_list
from ohmstead.ledger import tiles
from ohmstead.ledger.meterlog import MeterRecord
from ohmstead.ledger.slice import HeadBundle, ProvenValue
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Item, Method, pack
from ohmstead.meter.peers import Peer
from ohmstead.meter.service import LedgerView, MeterService
from tests.helpers.home import Owner
from tests.helpers.homes import Street, street

READERS = (Role.OWNER, Role.VIEWER, Role.INSTALLER)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 200, 150) as made:
        yield made


def peer(role: Role = Role.OWNER) -> Peer:
    return cast("Peer", Owner(role))


def call(service: MeterService, method: int, params: Value = None, role: Role = Role.OWNER) -> Value:
    return asyncio.run(service.call(peer(role), method, params))


def stream(service: MeterService, method: int, params: Value = None, role: Role = Role.OWNER) -> list[Value]:
    async def main() -> list[Value]:
        return [item async for item in service.stream(peer(role), method, params)]

    return asyncio.run(main())


def code_of(service: MeterService, method: int, params: Value = None, role: Role = Role.OWNER) -> RefusalCode:
    ask = stream if method in (Method.PAGES, Method.ANCHORS) else call
    with pytest.raises(Refused) as caught:
        ask(service, method, params, role)
    return caught.value.code


def test_who_may_ask_what(here: Street) -> None:
    service = here.meter.service
    for role in READERS:
        assert call(service, Method.GENESIS, None, role) == here.ledger.genesis.to_cbor()
        assert stream(service, Method.ANCHORS, [0], role)
    for method in (Method.GENESIS, Method.HEAD, Method.LIGHT_BLOCK, Method.PAGES, Method.ANCHORS):
        assert code_of(service, method, [1], Role.NONE) is RefusalCode.FORBIDDEN
    assert call(service, Method.EPOCH_ROOT) == here.meter.identity.epoch_root
    for role in (Role.VIEWER, Role.INSTALLER, Role.NONE):
        assert code_of(service, Method.EPOCH_ROOT, None, role) is RefusalCode.FORBIDDEN
    about = as_list(call(service, Method.ABOUT, None, Role.NONE), "about", 8)
    assert about[0] == here.meter.id
    assert about[5:7] == [350, 350]


def test_methods_that_it_does_not_have(here: Street) -> None:
    service = here.meter.service
    for method in (0, 20, 39, 45, 999):
        assert code_of(service, method) is RefusalCode.UNSUPPORTED
        with pytest.raises(Refused) as caught:
            stream(service, method)
        assert caught.value.code is RefusalCode.UNSUPPORTED


def test_before_anything_is_recorded(here: Street) -> None:
    here.meter.service.view = LedgerView()
    assert code_of(here.meter.service, Method.HEAD, [0, b""]) is RefusalCode.NOT_FOUND
    assert stream(here.meter.service, Method.ANCHORS, [0]) == []
    assert here.meter.service.view.size == 0


def test_a_head_with_what_the_asker_lacks(here: Street) -> None:
    service, app_hash = here.meter.service, here.ledger.head.header.app_hash

    def head(known: int, held: bytes) -> HeadBundle:
        raw = call(service, Method.HEAD, [known, held])
        assert isinstance(raw, bytes)
        return HeadBundle.from_cbor(raw)

    assert len(head(0, b"").values) == 5
    assert head(0, b"").consistency == ()
    assert head(0, app_hash).values == ()
    assert head(200, b"").consistency == here.meter.keeper.tree.consistency_proof(200, 350)
    assert head(351, b"").consistency == ()
    record = MeterRecord.from_cbor(head(0, b"").value("meter", here.meter.id))
    assert record.log.size == 350


def test_pages_come_as_tiles_in_the_order_asked(here: Street) -> None:
    service, keeper = here.meter.service, here.meter.keeper
    items = [tiles.Tile.from_value(v) for v in stream(service, Method.PAGES, [350, [[256, 94], [0, 256]]])]
    assert [(t.first, t.count, t.size) for t in items] == [(256, 94, 350), (0, 256, 350)]
    root = keeper.tree.root(350)
    assert list(tiles.verify(items[0], here.meter.id, 3, 350, root)) == keeper.pages(256, 94)
    # A part of a tile, and an older size of the log.
    (part,) = (tiles.Tile.from_value(v) for v in stream(service, Method.PAGES, [300, [[290, 10]]]))
    held = keeper.pages(256, 34)
    fresh = tiles.verify(part, here.meter.id, 3, 300, keeper.tree.root(300), held)
    assert list(fresh) == keeper.pages(290, 10)
    # Each fits a message.
    for index, item in enumerate(stream(service, Method.PAGES, [350, [[0, 256]]])):
        assert len(pack(Item(1, index, item))) < 60_000


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ([351, [[256, 95]]], RefusalCode.NOT_FOUND),
        ([350, [[0, 255]]], RefusalCode.MALFORMED),
        ([350, [[0, 0]]], RefusalCode.MALFORMED),
        ([350, [[0, 257]]], RefusalCode.MALFORMED),
        ([350, [[350, 1]]], RefusalCode.MALFORMED),
        ([350, [[-1, 1]]], RefusalCode.MALFORMED),
        ([350, [[0]]], RefusalCode.MALFORMED),
        ([350, 5], RefusalCode.MALFORMED),
        ([350, [[0, 256]] * 4097], RefusalCode.MALFORMED),
        ([350], RefusalCode.MALFORMED),
        (None, RefusalCode.MALFORMED),
        ("pages", RefusalCode.MALFORMED),
    ],
    ids=lambda v: str(v)[:30],
)
def test_ranges_that_are_none(here: Street, params: Value, code: RefusalCode) -> None:
    assert code_of(here.meter.service, Method.PAGES, params) is code


def test_anchors_from_an_index_on(here: Street) -> None:
    service, anchors = here.meter.service, here.meter.anchors
    ((first, flat),) = (as_list(v, "anchors", 2) for v in stream(service, Method.ANCHORS, [0]))
    a, b = anchors
    assert first == 0
    assert flat == [
        a.size, a.height, a.time_s, b.size - a.size, b.height - a.height, b.time_s - a.time_s,
    ]  # fmt: skip
    assert stream(service, Method.ANCHORS, [1]) == [[1, as_list(flat, "flat")[3:]]]
    assert stream(service, Method.ANCHORS, [2]) == []
    assert stream(service, Method.ANCHORS, [1 << 31]) == []


def test_what_needs_the_node_is_asked_of_it(here: Street) -> None:
    service = here.meter.service
    assert call(service, Method.LIGHT_BLOCK, [2]) == here.ledger.block(2).to_cbor()
    assert code_of(service, Method.LIGHT_BLOCK, [999]) is RefusalCode.NOT_FOUND
    value = ProvenValue.from_value(call(service, Method.RECORD_PROOF, ["meter", here.meter.id]))
    assert value.check(here.ledger.head.header.app_hash)
    assert code_of(service, Method.RECORD_PROOF, ["meter", b"none"]) is RefusalCode.NOT_FOUND
    assert code_of(service, Method.BEACON, [b"n" * 16]) is RefusalCode.FAILED
    assert code_of(service, Method.BEACON, [b"n" * 15]) is RefusalCode.MALFORMED


values: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(1 << 63), (1 << 63) - 1), st.binary(max_size=40), st.text()
    ),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from([int(m) for m in Method] + [0, 25, 500]), values, st.sampled_from(list(Role)))
@settings(max_examples=200)
def test_any_question_gets_an_answer_or_a_refusal(
    shared: Street, method: int, params: Value, role: Role
) -> None:
    for ask in (call, stream):
        with suppress(Refused):
            ask(shared.meter.service, method, params, role)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street(tmp_path_factory.mktemp("shared"), 5) as made:
        yield made


def test_live_power(here: Street) -> None:
    async def main() -> Value:
        live = here.meter.service.live()
        value = await anext(live)
        await live.aclose()
        return value

    clock, rows = as_list(asyncio.run(main()), "live", 2)
    assert clock == here.ledger.now_s
    assert [as_list(r, "row", 2)[0] for r in as_list(rows, "rows")] == [1, 2, 3]

"""Answers that are none: every method, every kind of wrong value, every byte. Always a named failure.

An exception that is neither the link's, nor verification's, nor the outside world's would end the home's
connection for good: to the person the app would simply stop working.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import Value
from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from tests.helpers.forge import when
from tests.helpers.home import Direct, Home, difference, dump
from tests.helpers.homes import Street, street

CALLS = (Method.GENESIS, Method.LIGHT_BLOCK, Method.HEAD, Method.EPOCH_ROOT)
STREAMS = (Method.PAGES, Method.ANCHORS)
JUNK: tuple[Value, ...] = (
    None, True, 7, -1, b"", b"\x00" * 31, b"junk", "text", [], [b""], [[]], {}, {0: 1}, [1, 2, 3],
    b"\x80", b"\x83\x40\x80\x80", b"\x83\x43\x01\x02\x03\x80\x80", b"\xff" * 100, [[0, []]], [0, [1] * 9],
)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Street]:
    with street(tmp_path, 4, 6) as made:
        yield made


def attempt(home: Home, direct: Direct) -> str:
    """The failure of a sync that must fail with one of ours."""
    with pytest.raises((VerificationError, ExternalError)) as caught:
        home.sync(direct)
    return type(caught.value).__name__


@pytest.mark.parametrize("method", CALLS + STREAMS)
@pytest.mark.parametrize("fresh", [True, False], ids=["first sync", "later"])
def test_junk(here: Street, method: Method, fresh: bool) -> None:
    if not fresh:
        here.synced()
        here.meter.publish(2)
        if method in (Method.GENESIS, Method.EPOCH_ROOT, Method.LIGHT_BLOCK):
            return  # asked once in a home's life
    if method in STREAMS:
        here.head_only()
    if method is Method.ANCHORS:
        attempt(here.home, Direct(here.meter, when(method, lambda _: [])))
    before = dump(here.home.mirror)
    for junk in JUNK:
        attempt(here.home, Direct(here.meter, when(method, lambda _, junk=junk: [junk])))
        after = dump(here.home.mirror)
        assert after == before, (junk, difference(before, after))
    here.synced()


@given(data=st.data())
@settings(max_examples=60)
def test_any_bit_of_any_answer(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes altered inside answers: refused by name, or (where nothing depends on them) of no effect."""
    with street(tmp_path_factory.mktemp("bits"), 3) as here:
        method = data.draw(st.sampled_from((Method.GENESIS, Method.LIGHT_BLOCK, Method.HEAD)))

        def flip(answers: list[Value]) -> list[Value]:
            (raw,) = answers
            assert isinstance(raw, bytes)
            wrong = bytearray(raw)
            wrong[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
            return [bytes(wrong)]

        before = dump(here.home.mirror)
        try:
            here.home.sync(Direct(here.meter, when(method, flip)))
        except (VerificationError, ExternalError):
            assert dump(here.home.mirror) == before
            here.synced()
        assert here.home.mirror.status().meters[0].complete


@pytest.mark.parametrize("method", CALLS + STREAMS)
def test_refusals_by_the_meter_are_no_lies(here: Street, method: Method) -> None:
    def refuse(asked: int, params: Value, answers: list[Value]) -> list[Value]:
        if asked == method:
            raise Refused(RefusalCode.FAILED)
        return answers

    with pytest.raises(Refused):
        here.home.sync(Direct(here.meter, refuse))
    assert here.home.mirror.findings() == []
    here.synced()
    assert here.home.mirror.status().meters[0].complete


def test_a_typed_homes_genesis_may_be_any_bytes(tmp_path: Path) -> None:
    """Without a label the genesis hash is the meter's own word: its document can be of any make."""
    from dataclasses import replace

    from ohmstead.ledger.genesis import GenesisDocument

    with street(tmp_path, 3) as here:
        genesis = here.ledger.genesis
        for app_state in (b"", b"junk", b"\x80", genesis.app_state[:-1]):
            other = GenesisDocument(genesis.chain_id, genesis.genesis_time_ns, genesis.validators, app_state)
            pairing = replace(here.meter.pairing(), genesis_hash=other.genesis_hash)
            home = Home(tmp_path / app_state.hex()[:20], pairing, here.ledger.wall_ns)
            lie = when(Method.GENESIS, lambda _, other=other: [other.to_cbor()])
            attempt(home, Direct(here.meter, lie))
            home.close()

"""A node that lies, withholds or plays back: the agent opens nothing early and states nothing untrue."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ohmstead.contract.gates import Gate
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.moment import slot_key
from ohmstead.contract.parameters import end_s
from ohmstead.core.codec import as_list, decode, encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.market_statements import CommitOrder, Deliver, RevealOrder
from ohmstead.errors import ExternalError
from ohmstead.ledger.lightclient import LightClientError
from ohmstead.link.messages import Method
from ohmstead.meter.agent_rows import Stage
from tests.meter.agent_rig import FEED_IN, RETAIL, Bench, buy, sell, with_bench
from tests.meter.test_agent import traded

Lie = Callable[[str, dict[str, str], Any], Any]


def lying(bench: Bench, lie: Lie) -> None:
    """Each result of the node goes through ``lie(method, params, result)``."""
    real = bench.client._post

    async def post(body: object) -> object:
        answers = await real(body)
        requests = body if isinstance(body, list) else [body]
        found = answers if isinstance(answers, list) else [answers]
        for request, answer in zip(requests, found, strict=True):
            if "result" in answer:
                answer["result"] = lie(request["method"], request["params"], answer["result"])
        return answers

    bench.client._post = post


def with_value(result: str, value: bytes | None) -> str:
    """A proof's answer with another value in it."""
    height, _, proof = as_list(decode(base64.b64decode(result)), "proof", 3)
    return base64.b64encode(encode([height, value, proof])).decode()


async def held(bench: Bench, slot: int) -> None:
    bench.open(slot)
    await bench.hand(bench.handed(slot, sell((3000, FEED_IN))))
    await bench.turn()
    assert bench.stage(slot) is Stage.ON_LEDGER


async def looks(bench: Bench) -> None:
    """A look that may fail, as the loop takes it."""
    with suppress(ExternalError, VerificationError):
        await bench.look()


def test_a_gate_record_that_is_made_up_opens_nothing(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        made_up = Gate(1, bench.params.gate_s(slot)).to_cbor()

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            gate = params.get("module") == "gate" and params["key"] == slot_key(slot).hex()
            return with_value(result, made_up) if method == "ohmstead_proof" and gate else result

        lying(bench, lie)
        for _ in range(3):
            await looks(bench)
        assert bench.sent_of(RevealOrder) == []
        row = bench.row(slot)
        reveal = bench.sign(bench.key, RevealOrder(slot, bench.home, row.opening, row.salt))
        assert await bench.refusal(Method.POST, [reveal]) in (
            ("BUSY", b"NO_LEDGER"), ("FAILED", b"GATE_NOT_REACHED"),
        )  # fmt: skip
        assert bench.sent_of(RevealOrder) == []

    with_bench(tmp_path, test)


def test_a_header_that_is_made_up_opens_nothing(tmp_path: Path) -> None:
    """A header with another state than the one that was signed."""

    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        head = bench.ledger.head

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            if method != "ohmstead_light_block":
                return result
            raw = bytearray(head.to_cbor())
            at = raw.find(head.header.app_hash)
            raw[at] ^= 1
            return base64.b64encode(bytes(raw)).decode()

        bench.ledger.step()
        lying(bench, lie)
        with pytest.raises((LightClientError, VerificationError)):
            await bench.follower.take(await bench.client.light_block(), bench.ledger.wall_ns())
        await looks(bench)
        assert bench.sent_of(RevealOrder) == []

    with_bench(tmp_path, test)


def test_a_sale_that_is_made_up_is_not_stated_and_a_hidden_one_is_not_forgotten(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await traded(bench, slot, 3000, 400)
        bench.over(slot)
        hide = True
        high = Sale(bench.home, bench.meter.id, bench.row(slot).commitment, 9999, 1, 0, 0, 1, slot).to_cbor()

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            if method == "ohmstead_proof" and params["module"] == "sale":
                return with_value(result, None if hide else high)
            return result

        real = bench.client._post
        lying(bench, lie)
        for value in (True, False):
            hide = value
            await looks(bench)
            assert (bench.stage(slot), bench.row(slot).over) == (Stage.CLEARED, False)
            assert bench.sent_of(Deliver) == []
        bench.client._post = real
        await bench.turn()
        assert bench.stage(slot) is Stage.DELIVERED
        assert bench.sent_of(Deliver) == [Deliver(slot, min(400, bench.measured(slot)))]

    with_bench(tmp_path, test)


def test_a_node_that_says_no_is_asked_again(tmp_path: Path) -> None:
    """A refusal is the node's word alone: the row goes on, with the reason noted, until the gate."""

    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            refused = {"code": 1, "data": base64.b64encode(encode([54])).decode(), "log": "barred"}
            return refused if method == "broadcast_tx_sync" else result

        real = bench.client._post
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        lying(bench, lie)
        await bench.look()
        bench.ledger.engine.mempool.clear()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.SENT, "BARRED")
        bench.client._post = real
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.ON_LEDGER, "")

    with_bench(tmp_path, test)


def test_a_node_that_hides_the_order_does_not_make_a_second_one(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.open(slot)
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.look()
        bench.block()
        real = bench.client._post

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            hidden = method == "ohmstead_proof" and params["module"] == "order"
            return with_value(result, None) if hidden else result

        lying(bench, lie)
        for _ in range(3):
            await looks(bench)
            bench.block()
        bench.client._post = real
        await bench.look()
        assert bench.stage(slot) is Stage.ON_LEDGER
        assert len(bench.recorded(CommitOrder)) == 1

    with_bench(tmp_path, test)


def test_a_record_that_is_withheld_holds_up_nothing_else(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        for s in (slot, slot + 1):
            await held(bench, s) if s == slot else await bench.hand(bench.handed(s, sell((30, FEED_IN))))
        await bench.turn()
        bench.gate(slot)
        await bench.turn()
        bench.close_window()

        def lie(method: str, params: dict[str, str], result: Any) -> Any:
            if method != "ohmstead_leaves":
                return result
            first, _, size, proof = as_list(decode(base64.b64decode(result)), "leaves", 4)
            return base64.b64encode(encode([first, [b"\x80"], size, proof])).decode()

        real = bench.client._post
        lying(bench, lie)
        await bench.look()
        assert bench.stage(slot) is Stage.REVEALED
        bench.gate(slot + 1)
        await bench.turn()
        assert bench.stage(slot + 1) is Stage.REVEALED
        bench.client._post = real
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.CLEARED, "UNFILLED")

    with_bench(tmp_path, test)


def test_an_old_version_that_is_played_back_changes_nothing(tmp_path: Path) -> None:
    """Somebody sends the first version again after the second: the ledger refuses, the agent opens the second."""

    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        first = bench.sent[-1]
        await bench.hand(bench.handed(slot, sell((20, FEED_IN)), 2))
        await bench.turn()
        assert bench.ledger.engine.submit(first).code == 1
        again = bench.handed(slot, sell((7, FEED_IN)), 1)
        assert await bench.refusal(Method.HAND, again) == ("FAILED", b"OLDER_VERSION")
        bench.gate(slot)
        await bench.turn()
        (reveal,) = bench.recorded(RevealOrder)
        assert isinstance(reveal, RevealOrder)
        assert reveal.order_bytes == sell((20, FEED_IN)).to_bytes()

    with_bench(tmp_path, test)


def test_a_reveal_that_somebody_else_relayed_is_seen(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        row = bench.row(slot)
        bench.gate(slot)
        _, other = bench.neighbour("neighbour")
        bench.block(bench.sign(other, RevealOrder(slot, bench.home, row.opening, row.salt)))
        await bench.look()
        assert (bench.stage(slot), bench.sent_of(RevealOrder)) == (Stage.REVEALED, [])

    with_bench(tmp_path, test)


def test_a_reveal_that_is_withheld_over_the_window_is_said(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        bench.gate(slot)
        await bench.look()
        bench.ledger.engine.mempool.clear()  # the node took it, and never put it into a block
        bench.close_window()
        await bench.look()
        row = bench.row(slot)
        assert (row.stage, row.detail, row.over) == (Stage.CLEARED, "UNSEEN", True)
        assert bench.results()[-1].outcome == "forfeited"

    with_bench(tmp_path, test)


def test_an_order_of_the_same_home_by_another_hand_is_left_alone(tmp_path: Path) -> None:
    """Another device of the household posts a higher version past this meter: ours is replaced, never opened."""

    async def test(bench: Bench) -> None:
        from ohmstead.core.market_inner import SealedOrder

        slot = bench.params.first_slot
        await held(bench, slot)
        body = CommitOrder.of(
            bench.key, bench.hash, SealedOrder(slot, bench.home, bench.meter.id, 5, b"c" * 32)
        )
        bench.block(bench.sign(bench.meter.identity.key, body))
        await bench.look()
        assert (bench.stage(slot), bench.row(slot).over) == (Stage.REPLACED, True)
        bench.gate(slot)
        await bench.turn()
        assert bench.sent_of(RevealOrder) == []

    with_bench(tmp_path, test)


def test_nothing_is_opened_that_is_not_ours_to_open(tmp_path: Path) -> None:
    """After a restart on an empty file the ledger's order is unknown here: no guess, no second order."""

    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await held(bench, slot)
        bench.store.close()
        bench.boot(path=bench.folder / "empty.sqlite")
        await bench.start()
        bench.gate(slot)
        await bench.turn()
        assert bench.sent_of(RevealOrder) == []
        assert end_s(slot) > bench.agent.ledger.time_s

    with_bench(tmp_path, test)


def test_buyers_and_sellers_leave_equal_traces(tmp_path: Path) -> None:
    """Two orders that differ in side, quantity and limit: until the reveal 32 bytes apart, and signatures."""
    traces = []
    for name, order in (("sell", sell((3000, FEED_IN))), ("buy", buy((7, RETAIL), (5, RETAIL - 1)))):

        async def test(bench: Bench, order: Any = order) -> None:
            slot = bench.params.first_slot
            bench.open(slot)
            await bench.hand(bench.handed(slot, order))
            await bench.turn()
            (commit,) = bench.recorded(CommitOrder)
            assert isinstance(commit, CommitOrder)
            traces.append(
                (len(bench.sent), [len(tx) for tx in bench.sent], bench.account.locked, commit.order.slot)
            )

        (tmp_path / name).mkdir()
        with_bench(tmp_path / name, test)
    assert traces[0] == traces[1]

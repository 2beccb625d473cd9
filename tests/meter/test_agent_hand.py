"""What a meter takes from its household, what it will not put its name to, and who may ask and see what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ohmstead.core.codec import CodecError, Value, as_list, encode
from ohmstead.core.market_inner import LotOffer, seal_inner
from ohmstead.core.market_statements import (
    CancelOrder,
    Deliver,
    GiveMandate,
    OpenAccount,
    Payout,
    RevealOrder,
    SetReference,
)
from ohmstead.core.statements import Beacon
from ohmstead.ledger import logtile
from ohmstead.ledger.logtile import LogTile
from ohmstead.link.binding import Role
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.link.messages import Method
from ohmstead.market.records import BookLeaf, ResultLeaf, SlotRecord
from ohmstead.meter.agent_hand import Handed
from ohmstead.meter.agent_rows import Stage
from ohmstead.meter.peers import Link, Peer
from tests.helpers.home import Owner
from tests.helpers.ledger import seed_key
from tests.meter.agent_rig import FEE, FEED_IN, LOCK, RETAIL, Bench, Q, buy, sell, with_bench
from tests.meter.test_agent import traded


def test_the_same_bytes_again_are_the_same_row(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        params = bench.handed(slot, sell((300, FEED_IN)))
        first = await bench.ask(Method.HAND, params)
        assert await bench.ask(Method.HAND, params) == first
        bench.open(slot)
        await bench.turn()
        again = as_list(await bench.ask(Method.HAND, params), "row", 9)
        assert again[4] == int(Stage.ON_LEDGER)
        # Durable before the answer, and after a restart.
        bench.store.close()
        bench.boot()
        await bench.start()
        assert await bench.ask(Method.HAND, params) == again
        # Even when the gate has long been closed.
        bench.gate(slot)
        await bench.look()
        assert as_list(await bench.ask(Method.HAND, params), "row", 9)[:4] == again[:4]
        assert len(bench.store.since(0)) == 1

    with_bench(tmp_path, test)


async def refused(bench: Bench, params: list[Value], detail: str) -> None:
    before = bench.store.since(0)
    assert await bench.refusal(Method.HAND, params) == ("FAILED", detail.encode())
    assert bench.store.since(0) == before


def test_what_the_meter_does_not_take(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot + 2
        good = bench.handed(slot, sell((300, FEED_IN)))
        # Another household's order, another meter's, another key's, another ledger's.
        await refused(bench, bench.handed(slot, sell((300, FEED_IN)), home=b"o" * 16), "WRONG_HOUSEHOLD")
        await refused(bench, bench.handed(slot, sell((300, FEED_IN)), meter=b"m" * 16), "WRONG_HOUSEHOLD")
        _, other = bench.neighbour("neighbour")
        await refused(bench, bench.handed(slot, sell((300, FEED_IN)), key=other), "WRONG_HOUSEHOLD")
        await refused(bench, bench.handed(slot, sell((1, FEED_IN)), key=seed_key("no")), "BAD_SIGNATURE")
        data = cast("bytes", good[0])
        await refused(bench, [data[:-1] + bytes((data[-1] ^ 1,)), *good[1:]], "BAD_SIGNATURE")
        # What opens it opens something else.
        await refused(bench, [good[0], sell((301, FEED_IN)).to_bytes(), good[2]], "WRONG_COMMITMENT")
        await refused(bench, [good[0], good[1], bytes(32)], "WRONG_COMMITMENT")
        # More than the terms, the connection, the price band.
        await refused(bench, bench.handed(slot, sell((Q + 1, FEED_IN))), "OVER_MAXIMUM")
        await refused(bench, bench.handed(slot, sell((1, FEED_IN - 1))), "OUTSIDE_BAND")
        await refused(bench, bench.handed(slot, sell((1, RETAIL - FEE + 1))), "OUTSIDE_BAND")
        await refused(bench, bench.handed(slot, buy((1, RETAIL + 1))), "OUTSIDE_BAND")
        await refused(bench, bench.handed(slot, buy((1, FEED_IN + FEE - 1))), "OUTSIDE_BAND")
        # Time.
        await refused(bench, bench.handed(bench.params.first_slot - 1, sell((1, FEED_IN))), "GATE_CLOSED")
        await refused(bench, bench.handed(slot + 800, sell((1, FEED_IN))), "TOO_FAR")
        await refused(bench, bench.handed(slot, sell((1, FEED_IN)), version=21), "QUOTA")
        await bench.hand(bench.handed(slot, sell((300, FEED_IN)), version=3))
        for version in (1, 2):
            await refused(bench, bench.handed(slot, sell((300, FEED_IN)), version), "OLDER_VERSION")
        await refused(bench, bench.handed(slot, sell((301, FEED_IN)), version=3), "OLDER_VERSION")
        bench.gate(slot)
        await bench.look()
        await refused(bench, bench.handed(slot, sell((300, FEED_IN)), version=4), "GATE_CLOSED")

    with_bench(tmp_path, test, rating_w=40_000)


def test_the_connection_and_the_best_hour_bound_what_is_signed(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot, log = bench.params.first_slot, bench.agent.log
        assert log.rated() == 750
        await refused(bench, bench.handed(slot, buy((751, RETAIL))), "OVER_RATING")
        await refused(bench, bench.handed(slot, sell((751, FEED_IN))), "OVER_RATING")
        await bench.hand(bench.handed(slot, buy((750, RETAIL))))
        # A new meter's bound as a seller is its rating.
        await bench.hand(bench.handed(slot + 1, sell((750, FEED_IN))))

    with_bench(tmp_path, test, rating_w=3_000)


def test_after_four_weeks_a_seller_is_bound_by_its_best_hour(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot, log = bench.params.first_slot, bench.agent.log
        last = bench.meter.keeper.last_hour
        assert last is not None
        best = max(sum(bench.measured(4 * h + i) for i in range(4)) for h in range(last - 671, last + 1))
        bound = 3 * best // 2
        assert 1000 < bound < log.rated()
        await refused(bench, bench.handed(slot, sell((bound + 1, FEED_IN))), "OVER_EXPORT")
        await bench.hand(bench.handed(slot, sell((bound, FEED_IN))))
        # A buyer's bound stays the rating, a lot's is the slots' together.
        await bench.hand(bench.handed(slot + 1, buy((bound + 1, RETAIL))))
        offer = bench.lot(2 * bound + 1, slot + 20, 2)
        await refused(bench, bench.handed_lot(offer), "OVER_EXPORT")

    with_bench(tmp_path, test, history=672)


def test_the_bound_is_asked_again_when_the_commit_is_due(tmp_path: Path) -> None:
    """What fitted when it was handed need not fit an hour later: the meter co-signs nothing over it."""

    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot + 4
        await bench.hand(bench.handed(slot, sell((3000, FEED_IN))))
        bench.agent.log._slot_wh = 2000
        bench.open(slot)
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.REFUSED, "OVER_RATING")
        assert bench.account.locked == 0

    with_bench(tmp_path, test)


@pytest.mark.parametrize(
    "params",
    [None, 5, [], [b"", b"", b""], [b"\x80", b"", b""], [b"x" * 1025, b"", b""], ["a", "b", "c"]],
    ids=str,
)
def test_shapes_that_are_none(tmp_path: Path, params: Value) -> None:
    async def test(bench: Bench) -> None:
        for method in (Method.HAND, Method.POST, Method.ACCOUNT, Method.ORDERS, Method.LEAVES):
            assert (await bench.refusal(method, params))[0] == "MALFORMED"
        slot = bench.params.first_slot
        inner = bench.handed(slot, sell((1, FEED_IN)))[0]
        for opening, salt in ((b"", b"s" * 32), (b"\x80", b"s" * 32), (b"x" * 513, b"s" * 32), (b"", b"")):
            assert (await bench.refusal(Method.HAND, [inner, opening, salt]))[0] == "MALFORMED"
        lot = bench.handed_lot(bench.lot(500, slot + 20))[0]
        assert (await bench.refusal(Method.HAND, [lot, b"x", b""]))[0] == "MALFORMED"
        account = bench.account_inner()
        assert (await bench.refusal(Method.HAND, [account, b"", b""]))[0] == "MALFORMED"
        assert (await bench.refusal(Method.INSTRUCT, [b"\x80", bytes(32)]))[0] == "MALFORMED"

    with_bench(tmp_path, test)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=40), st.binary(max_size=40))
def test_noise_is_malformed_and_nothing_else(inner: bytes, opening: bytes, salt: bytes) -> None:
    with pytest.raises(CodecError):
        Handed.from_value([inner, opening, salt])


def test_without_a_node_known_keys_are_taken_and_others_wait(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        bench.client.away = True
        assert (await bench.hand(bench.handed(slot, sell((300, FEED_IN))))).stage is Stage.HELD
        stranger = bench.handed(slot + 1, sell((3, FEED_IN)), key=seed_key("another"))
        assert await bench.refusal(Method.HAND, stranger) == ("BUSY", b"NO_LEDGER")
        assert await bench.refusal(Method.POST, [bench.cancel(slot + 2, 2)]) == ("BUSY", b"NO_LEDGER")
        bench.client.away = False
        bench.open(slot)
        await bench.turn()
        assert bench.stage(slot) is Stage.ON_LEDGER

    with_bench(tmp_path, test)


def test_an_order_for_an_account_that_is_being_opened(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.start()
        slot = bench.params.first_slot
        await refused(bench, bench.handed(slot, sell((300, FEED_IN))), "BAD_SIGNATURE")
        assert await bench.ask(Method.ACCOUNT, [bench.account_inner()]) == [0, b"", ""]
        await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        bench.open(slot)
        await bench.turn()
        assert (bench.stage(slot), bench.row(slot).detail) == (Stage.HELD, "NO_FUNDS")
        bench.credit(bench.home, LOCK)
        await bench.turn()
        assert bench.stage(slot) is Stage.ON_LEDGER
        # Another household's key, one that did not sign itself.
        wrong = await bench.refusal(Method.ACCOUNT, [bench.account_inner(home=b"o" * 16)])
        assert wrong == ("FAILED", b"WRONG_HOUSEHOLD")
        forged = bench.account_inner()
        forged = forged[:-1] + bytes((forged[-1] ^ 1,))
        assert await bench.refusal(Method.ACCOUNT, [forged]) == ("FAILED", b"BAD_SIGNATURE")
        assert len(bench.recorded(OpenAccount)) == 1

    with_bench(tmp_path, test, account=False)


def test_what_is_posted(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        post = lambda tx: bench.refusal(Method.POST, [tx])  # noqa: E731
        assert await bench.ask(Method.POST, [bench.sign(bench.key, Payout(bench.home, 7), 1)]) == [0, b"", ""]
        bench.block()
        assert bench.account.payout == 7
        assert await bench.ask(Method.POST, [bench.mandate(bytes(32), 2)]) == [0, b"", ""]
        bench.block()
        assert len(bench.recorded(GiveMandate)) == 1
        # Nothing else, nobody else's, nobody else's signature.
        for body in (Deliver(slot, 1), Beacon(bytes(16)), SetReference(slot, 1, 2, 0)):
            assert await post(bench.sign(bench.key, body)) == ("FAILED", b"NOT_FORWARDED")
        assert await post(bench.sign(bench.key, CancelOrder(slot, b"o" * 16, 2))) == (
            "FAILED", b"WRONG_HOUSEHOLD",
        )  # fmt: skip
        assert await post(bench.cancel(slot, 2, seed_key("no"))) == ("FAILED", b"BAD_SIGNATURE")
        assert await post(bench.cancel(slot, 2, bench.neighbour("n")[1])) == ("FAILED", b"WRONG_HOUSEHOLD")
        assert await post(bench.cancel(slot, 2, bench.meter.identity.key)) == ("FAILED", b"BAD_SIGNATURE")
        assert (await post(b"noise"))[0] == "MALFORMED"
        tampered = bench.cancel(slot, 2)
        assert await post(tampered[:-1] + bytes((tampered[-1] ^ 1,))) == ("FAILED", b"BAD_SIGNATURE")
        # A reveal only once the gate block is proven.
        bench.open(slot)
        row = await bench.hand(bench.handed(slot, sell((300, FEED_IN))))
        await bench.turn()
        reveal = bench.sign(bench.key, RevealOrder(slot, bench.home, row.opening, row.salt))
        before = len(bench.sent)
        assert await post(reveal) == ("FAILED", b"GATE_NOT_REACHED")
        assert len(bench.sent) == before
        bench.gate(slot)
        assert await bench.ask(Method.POST, [reveal]) == [0, b"", ""]
        bench.block()
        await bench.look()
        assert bench.stage(slot) is Stage.REVEALED

    with_bench(tmp_path, test)


def test_who_may_ask_and_what_a_viewer_sees(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        order = sell((300, FEED_IN))
        params = bench.handed(slot, order)
        for role in (Role.VIEWER, Role.INSTALLER, Role.NONE):
            for method, what in (
                (Method.HAND, params), (Method.POST, [bench.cancel(slot, 2)]), (Method.INSTRUCT, None),
                (Method.ACCOUNT, [bench.account_inner()]),
            ):  # fmt: skip
                assert await bench.refusal(method, what, role) == ("FORBIDDEN", b"")
        for method in (Method.ORDERS, Method.LEAVES):
            assert await bench.refusal(method, [0], Role.INSTALLER) == ("FORBIDDEN", b"")
        await bench.hand(params)
        commitment = bench.row(slot).commitment
        owner = await bench.ask(Method.ORDERS, [0])
        assert owner == [[0, slot, 1, commitment, 0, "", False, params[1], params[2]]]
        viewer = await bench.ask(Method.ORDERS, [0], Role.VIEWER)
        assert viewer == [[0, slot, 1, commitment, 0, "", False, b"", b""]]
        assert await bench.ask(Method.ORDERS, [slot + 1]) == []
        # Terms, and what is sealed, in a confirmed session alone.
        unconfirmed = cast("Peer", Owner(Role.OWNER, Link.UNCONFIRMED))
        with pytest.raises(Refused) as caught:
            await bench.meter.service.call(unconfirmed, Method.INSTRUCT, None)
        assert caught.value.code is RefusalCode.FORBIDDEN
        assert await bench.meter.service.call(unconfirmed, Method.ORDERS, [0]) == viewer
        bench.open(slot)
        await bench.turn()
        bench.gate(slot)
        await bench.turn()
        shown = as_list(await bench.ask(Method.ORDERS, [0], Role.VIEWER), "rows", 1)
        assert as_list(shown[0], "row", 9)[7] == order.to_bytes()  # it is open for all to read

    with_bench(tmp_path, test)


def test_many_orders_are_listed_as_far_as_a_message_goes(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slots = range(bench.params.first_slot, bench.params.first_slot + 300)
        kept = bench.row
        await bench.hand(bench.handed(slots[0], sell((300, FEED_IN))))
        one = kept(slots[0])
        for slot in slots[1:]:
            bench.store.add(replace(one, which=slot.to_bytes(8, "big"), first=slot, gate=slot - 1))
        seen: list[int] = []
        while True:
            rows = as_list(await bench.ask(Method.ORDERS, [seen[-1] + 1 if seen else 0]), "rows")
            if not rows:
                break
            assert len(encode(rows)) < 50_000
            seen += [cast("int", as_list(r, "row", 9)[1]) for r in rows]
        assert seen == list(slots)

    with_bench(tmp_path, test)


def test_what_the_ledger_publishes_is_passed_on(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot
        await traded(bench, slot, 400, 100)
        state = bench.ledger.engine.app.state
        raw = state.get("market", b"slot/1")
        assert raw is not None
        size, root = 1, raw[2:34]
        assert root in raw
        value = await bench.ask(Method.LEAVES, ["slot/1", 0, size], Role.VIEWER)
        (leaf,) = LogTile.from_value(value).leaves
        record = SlotRecord.from_bytes(leaf)
        items = await bench.stream(Method.BOOK, ["slot/1", 0], Role.VIEWER)
        assert items[0] == leaf
        pairs = [as_list(item, "pair", 2) for item in items[1:]]
        assert record.n == len(pairs) == 2
        books = [BookLeaf.from_bytes(cast("bytes", b)) for b, _ in pairs]
        results = [ResultLeaf.from_bytes(cast("bytes", r)) for _, r in pairs]
        assert [b.commitment for b in books] == [r.commitment for r in results]
        assert {r.fill_wh for r in results} == {100}
        notes = await bench.stream(Method.NOTES, [0], Role.VIEWER)
        assert [as_list(n, "item", 2)[0] for n in notes] == [0]
        leaves = as_list(as_list(notes[0], "item", 2)[1], "leaves")
        assert leaves == bench.ledger.store.household_notes(bench.home, 0, 100)
        (rest,) = await bench.stream(Method.NOTES, [len(leaves) - 1])
        assert rest == [len(leaves) - 1, leaves[-1:]]
        assert await bench.stream(Method.NOTES, [len(leaves)]) == []
        assert await bench.ask(Method.LOTS) == []
        assert (await bench.refusal(Method.LEAVES, ["slot/1", 0, 99]))[0] == "NOT_FOUND"
        assert (await bench.refusal(Method.LEAVES, ["slot/2", 0, 1]))[0] == "MALFORMED"
        with pytest.raises(Refused):
            await bench.stream(Method.BOOK, ["slot/1", 9])
        bench.client.away = True
        with pytest.raises(Refused):
            await bench.stream(Method.NOTES, [0])
        assert logtile.TILE_LEAVES == 256

    with_bench(tmp_path, test)


def test_lots_and_orders_do_not_share_a_slot(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        slot = bench.params.first_slot + 20
        await bench.hand(bench.handed(slot + 1, sell((3, FEED_IN))))
        await refused(bench, bench.handed_lot(bench.lot(500, slot)), "ENGAGED")
        await bench.hand(bench.handed_lot(bench.lot(500, slot + 4)))
        await refused(bench, bench.handed(slot + 6, sell((3, FEED_IN))), "ENGAGED")
        await refused(bench, bench.handed_lot(bench.lot(400, slot + 5)), "ENGAGED")
        late = LotOffer(bench.home, bench.meter.id, bytes(16), 5, slot + 40, 1, FEED_IN, slot + 39)
        inner = seal_inner(bench.key, bench.hash, late).data
        assert (await bench.refusal(Method.HAND, [inner, b"", b""]))[0] == "MALFORMED"
        await refused(bench, bench.handed_lot(bench.lot(Q * 4 + 1, slot + 30)), "OVER_MAXIMUM")
        await refused(bench, bench.handed_lot(bench.lot(5, slot + 30, reserve=1)), "OUTSIDE_BAND")
        await refused(bench, bench.handed_bid(b"l" * 16, RETAIL), "NO_LOT")

    with_bench(tmp_path, test, rating_w=60_000)


def test_a_ledger_without_a_market(tmp_path: Path) -> None:
    from ohmstead.meter.agent_service import market_of
    from tests.helpers.ledger import Ledger
    from tests.helpers.meter import CHANNELS, Meter
    from tests.link.warp import run

    async def main() -> None:
        ledger = Ledger(tmp_path)
        meter = Meter(tmp_path, ledger)
        market, agent = market_of(
            meter.identity, meter.keeper, ledger.genesis, cast("object", None), ledger.client(),
            cast("object", None), CHANNELS, 1000, ledger.wall_ns,
        )  # fmt: skip
        assert agent is None
        meter.service.parts[:] = [market]
        for method in (Method.HAND, Method.ORDERS, Method.INSTRUCT):
            with pytest.raises(Refused) as caught:
                await meter.service.call(cast("Peer", Owner()), method, [0])
            assert caught.value.detail == b"NO_MARKET"
        meter.close()
        ledger.close()

    run(main())

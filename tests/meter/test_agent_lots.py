"""Surplus lots and bids through the meter: opened, sealed, revealed, delivered."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ohmstead.contract.market_lots import lot_id
from ohmstead.contract.parameters import start_s
from ohmstead.core.market_inner import LotOffer, SealedBid
from ohmstead.core.market_statements import BidLot, Deliver, OpenLot, RevealBid
from ohmstead.link.messages import Method
from ohmstead.market.orders import lot_commitment
from ohmstead.meter.agent_rows import Kind, Row, Stage
from tests.meter.agent_rig import FEE, FEED_IN, LOCK, RETAIL, Bench, sell, with_bench

SALT = b"n" * 32


def row_of(bench: Bench, kind: Kind, which: bytes, version: int = 1) -> Row:
    found = bench.store.find(kind, which, version)
    assert found is not None
    return found


def neighbour_opens(bench: Bench, wh: int, first: int, slots: int) -> LotOffer:
    meter, key = bench.neighbour("neighbour")
    home = sha256(meter.id).digest()[:16]
    gate = first - bench.params.gate_slots - bench.params.open_slots - 1
    offer = LotOffer(home, meter.id, b"n" * 16, wh, first, slots, FEED_IN, gate)
    bench.block(bench.sign(meter.identity.key, OpenLot.of(key, bench.hash, offer)))
    return offer


def neighbour_bids(bench: Bench, lot: bytes, bid: int) -> None:
    meter, key = bench.neighbour("neighbour")
    home = sha256(meter.id).digest()[:16]
    found = lot_commitment(bench.hash, lot, home, 1, bid, SALT)
    body = BidLot.of(key, bench.hash, SealedBid(lot, home, meter.id, 1, found))
    bench.block(bench.sign(meter.identity.key, body))


def neighbour_opens_bid(bench: Bench, lot: bytes, bid: int) -> None:
    meter, key = bench.neighbour("neighbour")
    bench.block(bench.sign(key, RevealBid(lot, sha256(meter.id).digest()[:16], bid, SALT)))


def test_a_lot_of_ones_own_is_sold_and_delivered(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        first = bench.params.first_slot + 8
        offer = bench.lot(900, first, 4)
        lot = lot_id(offer)
        row = await bench.hand(bench.handed_lot(offer))
        assert (row.kind, row.name, row.version, row.first, row.last) == (Kind.LOT, lot, 1, first, first + 3)
        await bench.turn()
        assert row_of(bench, Kind.LOT, lot).stage is Stage.ON_LEDGER
        assert await bench.ask(Method.LOTS) == [lot]
        neighbour_bids(bench, lot, 200_000)
        bench.until(start_s(offer.gate))
        neighbour_opens_bid(bench, lot, 200_000)
        bench.close_window()
        await bench.look()
        sold = row_of(bench, Kind.LOT, lot)
        assert (sold.stage, sold.detail, sold.fill) == (Stage.CLEARED, "FILLED", 900)
        bench.over(first + 3)
        await bench.turn()
        expected = min(900, sum(bench.measured(s) for s in range(first, first + 4)))
        assert bench.recorded(Deliver) == [Deliver(lot, expected)]
        assert row_of(bench, Kind.LOT, lot).stage is Stage.DELIVERED
        assert len(bench.recorded(OpenLot)) == 1

    with_bench(tmp_path, test)


def test_a_lot_that_nobody_bought_frees_its_slots(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        first = bench.params.first_slot + 8
        offer = bench.lot(900, first, 2)
        lot = lot_id(offer)
        await bench.hand(bench.handed_lot(offer))
        await bench.turn()
        bench.until(start_s(offer.gate))
        bench.close_window()
        await bench.look()
        row = row_of(bench, Kind.LOT, lot)
        assert (row.stage, row.detail, row.over) == (Stage.CLEARED, "UNSOLD", True)
        assert bench.account.locked == 0
        bench.open(first)
        await bench.hand(bench.handed(first, sell((3, FEED_IN))))
        await bench.turn()
        assert bench.stage(first) is Stage.ON_LEDGER

    with_bench(tmp_path, test)


def test_a_lot_whose_time_passed_is_void(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        first = bench.params.first_slot + 8
        offer = bench.lot(900, first, 2)
        await bench.hand(bench.handed_lot(offer))
        await bench.turn()
        bench.open(first)
        await bench.look()
        row = row_of(bench, Kind.LOT, lot_id(offer))
        assert (row.stage, row.over) == (Stage.VOID, True)

    with_bench(tmp_path, test)


def test_a_lot_that_never_arrived_is_late(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        first = bench.params.first_slot + 8
        offer = bench.lot(900, first, 2)
        await bench.hand(bench.handed_lot(offer))
        await bench.look()
        bench.ledger.engine.mempool.clear()
        bench.until(start_s(offer.gate))
        await bench.look()
        assert row_of(bench, Kind.LOT, lot_id(offer)).stage is Stage.LATE

    with_bench(tmp_path, test)


def test_a_bid_is_sealed_replaced_and_opened_after_the_gate(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        first = bench.params.first_slot + 8
        offer = neighbour_opens(bench, 800, first, 4)
        lot = lot_id(offer)
        # Out of the band, and more than the connection carries.
        for bid in (FEED_IN + FEE - 1, RETAIL + 1):
            assert (await bench.refusal(Method.HAND, bench.handed_bid(lot, bid)))[1] == b"OUTSIDE_BAND"
        await bench.hand(bench.handed_bid(lot, 150_000))
        await bench.turn()
        assert row_of(bench, Kind.BID, lot).stage is Stage.ON_LEDGER
        assert bench.account.locked == 800 * RETAIL
        assert (await bench.refusal(Method.HAND, bench.handed_bid(lot, 160_000, 1)))[1] == b"OLDER_VERSION"
        await bench.hand(bench.handed_bid(lot, 160_000, 2))
        await bench.turn()
        assert row_of(bench, Kind.BID, lot).stage is Stage.REPLACED
        assert bench.sent_of(RevealBid) == []
        bench.until(start_s(offer.gate))
        await bench.turn()
        assert bench.recorded(RevealBid) == [
            RevealBid(lot, bench.home, 160_000, bench.salt(lot, 2)),
        ]
        assert row_of(bench, Kind.BID, lot, 2).stage is Stage.REVEALED
        bench.close_window()
        await bench.look()
        won = row_of(bench, Kind.BID, lot, 2)
        assert (won.stage, won.detail, won.over) == (Stage.CLEARED, "FILLED", True)
        assert bench.account.locked == 0
        assert bench.account.free < 20 * LOCK  # paid, into escrow
        # Bought energy is not stated by the buyer.
        bench.over(first + 3)
        await bench.turn()
        assert bench.sent_of(Deliver) == []

    with_bench(tmp_path, test)


def test_a_bid_on_more_than_the_connection_carries(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        offer = neighbour_opens(bench, 2001, bench.params.first_slot + 8, 2)
        assert (await bench.refusal(Method.HAND, bench.handed_bid(lot_id(offer), 150_000)))[
            1
        ] == b"OVER_RATING"
        bench.client.away = True
        assert (await bench.refusal(Method.HAND, bench.handed_bid(lot_id(offer), 1)))[1] == b"NO_LEDGER"

    with_bench(tmp_path, test, rating_w=4_000)

"""A home in the market, from a wish to money on the account: the real desk, agent, contract and engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from ohmstead.core.market_statements import CancelOrder, CommitOrder, Deliver, RevealOrder
from ohmstead.link.binding import Role
from ohmstead.link.errors import LinkLost
from ohmstead.market.orders import Side, Step
from ohmstead.services.market.watch import Declined
from ohmstead.services.market_states import Checked, MovementKind, OrderStage
from tests.helpers.home import Direct
from tests.services.market.desk_rig import Desk, with_desk


def first_slot(desk: Desk) -> int:
    return desk.bench.params.first_slot + 4


def test_an_account_is_opened_by_itself_and_money_is_seen(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        state = await desk.begin(7 * 10**9)
        assert state.account is not None
        assert (state.account.free_nano, state.account.locked_nano, state.account.complete) == (
            7 * 10**9, 0, True,
        )  # fmt: skip
        assert [m.kind for m in state.movements] == [MovementKind.CREDIT]
        assert state.can_trade
        assert state.rules is not None

    with_desk(tmp_path, test)


def test_a_sale_from_a_wish_to_money(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        key = await desk.traded(slot)
        state = await desk.look()
        order = desk.order(key)
        assert (order.stage, order.fill_wh) == (OrderStage.CLEARED, 300)
        assert order.price is not None
        result = next(r for r in state.results if r.slot == slot)
        assert (result.quantity_wh, result.price, result.mine, result.checked) == (
            300, order.price, True, Checked.EQUAL,
        )  # fmt: skip
        bench.over(slot)
        await bench.turn()
        bench.block()
        await bench.look()
        state = await desk.look()
        order = desk.order(key)
        delivered = min(300, bench.measured(slot))
        assert (order.stage, order.delivered_wh) == (OrderStage.PAID, delivered)
        assert order.money_nano == delivered * order.price
        assert state.account is not None
        assert state.account.complete
        assert state.account.locked_nano == 0
        assert len(bench.recorded(CommitOrder)) == len(bench.recorded(RevealOrder)) == 1
        assert [d.wh for d in bench.recorded(Deliver)] == [delivered]

    with_desk(tmp_path, test)


def test_stages_on_the_way(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        key = (await desk.offer(slot, 100, 100_000)).key
        assert desk.stage(key) is OrderStage.WAITING
        await desk.look()
        assert desk.stage(key) is OrderStage.HANDED
        await bench.turn()
        state = await desk.look()
        assert desk.stage(key) is OrderStage.SEALED
        assert state.account is not None
        assert state.account.locked_nano == 5000 * 300_000
        bench.gate(slot)
        await desk.look()
        assert desk.stage(key) is OrderStage.CLOSED
        await bench.turn()
        bench.close_window()
        await desk.look()
        assert (desk.stage(key), desk.order(key).fill_wh) == (OrderStage.CLEARED, 0)

    with_desk(tmp_path, test)


def test_an_undo_before_and_after_it_was_sealed(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        early = await desk.desk.offer(
            Side.SELL, [(slot, (Step(50, 100_000),)), (slot + 1, (Step(50, 100_000),))]
        )
        await desk.desk.undo(early)
        await desk.look()
        await bench.turn()
        assert [desk.stage(k) for k in early] == [OrderStage.CANCELLED] * 2
        assert bench.recorded(CommitOrder) == []
        key = (await desk.offer(slot, 60, 100_000)).key
        await desk.look()
        await bench.turn()
        await desk.look()
        await desk.desk.cancel(key)
        assert desk.stage(key) is OrderStage.LEAVING
        await desk.look()
        assert desk.stage(key) is OrderStage.LEAVING, "it stands until the ledger has taken the cancel"
        await bench.turn()
        state = await desk.look()
        assert desk.stage(key) is OrderStage.CANCELLED
        assert len(bench.recorded(CancelOrder)) == 1
        assert state.account is not None
        assert (state.account.locked_nano, state.account.complete) == (0, True)
        again = (await desk.offer(slot, 70, 100_000)).key
        await desk.look()
        await bench.turn()
        await desk.look()
        assert desk.stage(again) is OrderStage.SEALED

    with_desk(tmp_path, test)


def test_a_later_order_replaces_the_one_before(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        one = (await desk.offer(slot, 50, 100_000)).key
        await desk.look()
        await bench.turn()
        await desk.look()
        two = (await desk.offer(slot, 80, 110_000)).key
        await desk.look()
        await bench.turn()
        await desk.look()
        assert (desk.stage(one), desk.stage(two)) == (OrderStage.REPLACED, OrderStage.SEALED)

    with_desk(tmp_path, test)


def test_wishes_that_cannot_be_are_declined_before_anything_is_signed(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        with pytest.raises(Declined, match="away"):
            await desk.offer(slot, 1, 100_000)
        await desk.begin(1_500_000_000 + 7)
        bench.open(slot)
        await desk.look()

        async def declined(reason: str, slot_: int, wh: int, limit: int, side: Side = Side.SELL) -> Declined:
            with pytest.raises(Declined) as caught:
                await desk.offer(slot_, wh, limit, side)
            assert caught.value.reason == reason
            return caught.value

        await declined("OUTSIDE_BAND", slot, 10, 79_999)
        await declined("OUTSIDE_BAND", slot, 10, 300_001, Side.BUY)
        await declined("OVER_MAXIMUM", slot, 5001, 100_000)
        await declined("GATE_CLOSED", slot - 4, 10, 100_000)
        with pytest.raises(Declined) as caught:
            await desk.desk.offer(Side.SELL, [(slot, (Step(1, 100_000),)), (slot + 1, (Step(1, 100_000),))])
        assert (caught.value.reason, caught.value.missing_nano) == ("NO_MONEY", 1_500_000_000 - 7)
        with pytest.raises(Declined) as caught:
            await desk.desk.payout(2_000_000_000)
        assert caught.value.missing_nano == 500_000_000 - 7
        await desk.look(role=Role.VIEWER)
        await declined("VIEWER", slot, 10, 100_000)
        assert desk.desk.store.placed() == []

    with_desk(tmp_path, test)


def test_what_the_meter_refuses_is_said_with_its_reason(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        key = (await desk.offer(slot, 4000, 250_000, Side.BUY)).key
        await desk.look()
        order = desk.order(key)
        assert (order.stage, order.reason) == (OrderStage.REFUSED, "OVER_RATING")

    with_desk(tmp_path, test, rating_w=8000)


def test_a_payout_asked_for_and_taken_back(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench = desk.bench
        await desk.begin()
        for nano in (5 * 10**9, 0):
            await desk.desk.payout(nano)
            await desk.look()
            bench.block()
            state = await desk.look()
            assert state.account is not None
            assert (state.account.payout_nano, state.account.complete) == (nano, True)
        assert [m.kind for m in state.movements][:2] == [
            MovementKind.PAYOUT_TAKEN_BACK, MovementKind.PAYOUT_ASKED,
        ]  # fmt: skip
        assert {w.stage for w in desk.desk.store.wishes()} == {"done"}

    with_desk(tmp_path, test)


def test_a_standing_instruction_is_handed_over_proven_and_revoked(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench = desk.bench
        await desk.begin()
        until = bench.ledger.wall_ns() // 10**9 + 86_400
        await desk.desk.instruct(Side.SELL, 4000, 90_000, until)
        assert desk.desk.state.mandate is not None
        assert not desk.desk.state.mandate.on_ledger
        await desk.look()
        bench.block()
        state = await desk.look()
        assert state.mandate is not None
        assert (state.mandate.on_ledger, state.mandate.wh_a_day, state.mandate.limit) == (True, 4000, 90_000)
        await desk.desk.stop_instructing()
        await desk.look()
        bench.block()
        state = await desk.look()
        assert state.mandate is None

    with_desk(tmp_path, test)


@pytest.mark.parametrize("cut", range(7))
def test_cut_at_any_answer_and_killed_an_order_is_sealed_once(tmp_path: Path, cut: int) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        key = (await desk.offer(slot, 60, 100_000)).key
        try:
            await desk.look(cut_after=cut)
        except LinkLost:
            pass
        else:
            assert cut > 4, "nothing was cut"
        await desk.desk.close()  # killed: its file as it lies, nothing in memory
        desk.desk = desk.new_desk()
        await desk.look()
        await bench.turn()
        state = await desk.look()
        assert desk.stage(key) is OrderStage.SEALED
        assert len(bench.recorded(CommitOrder)) == 1
        assert state.account is not None
        assert state.account.locked_nano == 5000 * 300_000

    with_desk(tmp_path, test)


def test_after_a_restore_the_ledgers_versions_are_not_taken_again(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        await desk.look()
        for wh in (40, 50):
            await desk.offer(slot, wh, 100_000)
            await desk.look()
            await bench.turn()
        await desk.desk.close()
        desk.home.homes.market_path(bench.meter.id).unlink()  # the order key is still there
        desk.desk = desk.new_desk()
        await desk.look()
        fresh = await desk.offer(slot, 60, 100_000)
        assert fresh.version == 3
        await desk.look()
        await bench.turn()
        await desk.look()
        assert desk.stage(fresh.key) is OrderStage.SEALED

    with_desk(tmp_path, test)


def test_without_a_link_what_was_proven_is_shown_and_orders_wait(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench, slot = desk.bench, first_slot(desk)
        await desk.begin()
        bench.open(slot)
        before = await desk.look()
        await desk.desk.close()
        desk.desk = desk.new_desk()
        await desk.desk.open()
        trust = desk.home.home.trust
        assert trust is not None
        await desk.desk.take_up(trust, owner=True)
        assert desk.desk.state == before
        key = (await desk.offer(slot, 60, 100_000)).key
        assert desk.stage(key) is OrderStage.WAITING
        await desk.look()
        await bench.turn()
        await desk.look()
        assert desk.stage(key) is OrderStage.SEALED

    with_desk(tmp_path, test)


def test_what_was_proven_is_shown_though_a_newer_head_is_known_since(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        await desk.begin()
        before = await desk.look()
        bench = desk.bench
        bench.block()
        bench.ledger.prove()
        bench.meter.refresh()
        trust = await desk.home.syncing(Direct(bench.meter)).head()
        assert trust.head.time_ns // 10**9 > before.head_time_s
        await desk.desk.close()
        desk.desk = desk.new_desk()
        await desk.desk.open()
        await desk.desk.take_up(trust, owner=True)
        assert desk.desk.state == before

    with_desk(tmp_path, test)


def test_what_was_kept_and_does_not_verify_is_not_shown(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        await desk.begin()
        raw = desk.desk.store.fact("view")
        assert raw is not None
        trust = desk.home.home.trust
        assert trust is not None
        for spoiled in (raw[:-40] + bytes(40), b"\x80", raw[:100]):
            desk.desk.store.keep_facts({"view": spoiled})
            await desk.desk.close()
            desk.desk = desk.new_desk()
            await desk.desk.open()
            await desk.desk.take_up(trust, owner=True)
            assert desk.desk.state.account is None
        desk.desk.store.keep_facts({"view": raw})
        desk.desk.store._db.execute('DELETE FROM note WHERE "index" = 1')
        await desk.desk.take_up(trust, owner=True)
        assert desk.desk.state.account is None

    with_desk(tmp_path, test)

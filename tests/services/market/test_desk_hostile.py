"""A meter, a node or a ledger that lies about the market: refused by name, or an alarm; never shown as true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ohmstead.cli.main import run as run_command
from ohmstead.contract.accounts import Account
from ohmstead.core.codec import Value
from ohmstead.core.errors import VerificationError
from ohmstead.ledger.genesis import GenesisError
from ohmstead.ledger.logtile import LogTile, LogTileError
from ohmstead.ledger.provenset import ProvenSet
from ohmstead.ledger.slice import SliceError
from ohmstead.ledger.stateproof import StateProofError
from ohmstead.link.messages import Method
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.orders import Terms
from ohmstead.market.records import BookLeaf, ClosedSlot, close_slot
from ohmstead.services.market.books import Book, BookMalformed
from ohmstead.services.market.evidence import MarketEvidence, MarketEvidenceError, verify
from ohmstead.services.market.follow import NotesMalformed
from ohmstead.services.market.pump import OrdersMalformed
from ohmstead.services.market_states import Checked
from tests.helpers.home import Lie
from tests.services.market.desk_rig import Desk, with_desk


def about(method: Method, change: Callable[[list[Value]], list[Value]]) -> Lie:
    return lambda asked, _params, answers: change(answers) if asked == method else answers


def richer(answers: list[Value]) -> list[Value]:
    """The account of somebody who has more."""
    found = ProvenSet.from_value(answers[0])
    items = tuple(
        replace(i, value=replace(Account.from_cbor(i.value), free=10**12).to_cbor())
        if i.module == "account" and i.value is not None else i
        for i in found.items
    )  # fmt: skip
    return [replace(found, items=items).to_value()]


def gone(answers: list[Value]) -> list[Value]:
    found = ProvenSet.from_value(answers[0])
    items = tuple(replace(i, value=None) if i.module == "account" else i for i in found.items)
    return [replace(found, items=items).to_value()]


LIES: list[tuple[Lie, type[VerificationError]]] = [
    (about(Method.PROVE, richer), StateProofError),
    (about(Method.PROVE, gone), StateProofError),
    (about(Method.PROVE, lambda a: [[ProvenSet.from_value(a[0]).light_block.to_cbor(), []]]), SliceError),
    (about(Method.PROVE, lambda a: [[b"", []]]), VerificationError),
    (about(Method.PROVE, lambda a: [7]), SliceError),
    (about(Method.NOTES, lambda a: a[:-1]), NotesMalformed),
    (about(Method.NOTES, lambda a: [[0, [b"made up"]]]), NotesMalformed),
    (about(Method.NOTES, lambda a: [b"?"]), NotesMalformed),
    (about(Method.LEAVES, lambda a: [[0, [], 1, []]]), LogTileError),
    (about(Method.ORDERS, lambda a: [[[0, 1]]]), OrdersMalformed),
    (about(Method.LOTS, lambda a: [[b"short"]]), SliceError),
]


@pytest.mark.parametrize("number", range(len(LIES)))
def test_a_lie_is_refused_by_name_and_changes_nothing(tmp_path: Path, number: int) -> None:
    lie, kind = LIES[number]

    async def test(desk: Desk) -> None:
        bench = desk.bench
        before = await desk.begin()
        bench.gate(bench.params.first_slot + 2)
        bench.close_window()
        bench.credit(bench.home, 10**9, b"more")
        with pytest.raises(kind):
            await desk.look(lie)
        assert desk.desk.state == before
        after = await desk.look()
        assert after.account is not None
        assert after.account.complete

    with_desk(tmp_path, test)


def test_a_book_that_is_not_the_ledgers_is_no_alarm(tmp_path: Path) -> None:
    """The server lies, not the ledger: it is refused, and asked for again."""

    async def test(desk: Desk) -> None:
        bench = desk.bench
        slot = bench.params.first_slot + 4
        await desk.begin()
        await desk.traded(slot)
        for lie in (lambda a: a[:-1], lambda a: [a[0], *reversed(a[1:])], lambda a: [b"x", *a[1:]]):
            with pytest.raises(BookMalformed):
                await desk.look(about(Method.BOOK, lie))
        state = await desk.look()
        assert state.alarms == ()
        assert next(r for r in state.results if r.slot == slot).checked is Checked.EQUAL

    with_desk(tmp_path, test)


def test_a_wrong_clearing_on_the_ledger_is_an_alarm_with_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Validators that agree on a wrong price: only whoever clears the book again sees it."""

    def lying(slot: int, book: Iterable[BookLeaf], terms: Terms, fund: int) -> ClosedSlot:
        closed = close_slot(slot, book, terms, fund)
        price = closed.record.price
        return closed if price is None else replace(closed, record=replace(closed.record, price=price - 1))

    monkeypatch.setattr("ohmstead.contract.market_slots.close_slot", lying)

    async def test(desk: Desk) -> None:
        bench = desk.bench
        slot = bench.params.first_slot + 4
        await desk.begin()
        key = await desk.traded(slot)
        state = await desk.look()
        (alarm,) = state.alarms
        assert alarm.which == slot
        assert "price" in alarm.reason
        checked = {r.slot: r.checked for r in state.results}
        assert checked[slot] is Checked.WRONG
        assert checked[slot - 1] is Checked.EQUAL
        assert desk.order(key).fill_wh == 300
        again = await desk.look()
        assert again.alarms == state.alarms
        data = await desk.desk.evidence(int(alarm.evidence))
        verdict = verify(data, bench.hash, bench.ledger.wall_ns())
        assert (verdict.subject, verdict.reason) == (alarm.subject, alarm.reason)
        told_by_the_command(tmp_path, data, bench.hash, capsys)
        with pytest.raises(GenesisError):
            verify(data, bytes(32), bench.ledger.wall_ns())
        for spoiled in spoil(MarketEvidence.from_bytes(data)):
            with pytest.raises(VerificationError):
                verify(spoiled.to_bytes(), bench.hash, bench.ledger.wall_ns())

    with_desk(tmp_path, test)


def told_by_the_command(
    folder: Path, data: bytes, genesis: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "wrong.evidence"
    path.write_bytes(data)
    assert run_command(["verify", str(path), "--genesis-hash", genesis.hex()]) == 0
    assert "is wrong: slot" in capsys.readouterr().out
    assert run_command(["verify", str(path), "--genesis-hash", "00" * 32]) == 1


def spoil(evidence: MarketEvidence) -> Iterator[MarketEvidence]:
    """What somebody would change to make an honest clearing look wrong, or to hide where it stands."""
    yield replace(evidence, index=evidence.index - 1)
    yield replace(evidence, book=replace(evidence.book, book=evidence.book.book[:-1]))
    yield replace(evidence, tile=replace(evidence.tile, leaves=(*evidence.tile.leaves[:-1], b"other")))
    yield replace(evidence, proven=replace(evidence.proven, items=evidence.proven.items[:-2]))
    yield replace(evidence, rule="lot/1")


def test_evidence_of_an_honest_clearing_shows_nothing(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        bench = desk.bench
        slot = bench.params.first_slot + 4
        await desk.begin()
        await desk.traded(slot)
        await desk.look()
        now, row = desk.desk._now, desk.desk.store.auction(SLOT_RULE, slot - bench.params.first_slot)
        assert now is not None
        assert row is not None
        assert row.book is not None
        assert desk.channel is not None
        size, _ = now.view.logs[SLOT_RULE]
        tile = LogTile.from_value(await desk.channel.call(Method.LEAVES, [SLOT_RULE, 0, size]))
        made = MarketEvidence(
            now.trust.genesis.to_cbor(), now.trust.first.to_cbor(), now.view.proven.answer, SLOT_RULE,
            row.index, tile, Book.from_bytes(row.book),
        )  # fmt: skip
        with pytest.raises(MarketEvidenceError, match="as it is recorded"):
            verify(made.to_bytes(), bench.hash, bench.ledger.wall_ns())

    with_desk(tmp_path, test)

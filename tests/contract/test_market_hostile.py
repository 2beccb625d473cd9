"""Well signed nonsense: extreme fields in every market statement stop no node and lose no money."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.core.keys import SigningKey
from ohmstead.core.market_inner import AMOUNT_LIMIT, SLOT_LIMIT, AccountKey, LotOffer, SealedBid, SealedOrder
from ohmstead.core.market_statements import (
    BidLot,
    CancelOrder,
    CommitOrder,
    Credit,
    Deliver,
    GiveMandate,
    OpenAccount,
    OpenLot,
    Payout,
    RevealBid,
    RevealOrder,
    SetReference,
    Withdraw,
)
from ohmstead.core.statements import Body
from tests.contract.market_rig import FIRST, LOCK, MEMBERS, TREASURY, Home, Market, buy, lot_id, sell
from tests.contract.rig import CERTIFIER, key

EDGE = 2**63 - 1


class Stage:
    """A market in the middle of everything: a sale, an open lot with a bid, a commit, a revealed order."""

    def __init__(self) -> None:
        self.m = m = Market(checked=False)
        self.homes = a, b, c = m.home_of("a"), m.home_of("b"), m.home_of("c", LOCK + 5)
        m.ok(a.mandate(2))
        m.trade(FIRST, [(a, buy((500, 250_000))), (b, sell((400, 100_000)))])
        offer = b.offer(3000, FIRST + 20, 2)
        self.lot = lot_id(offer)
        m.ok(b.open_lot(offer))
        m.ok(a.bid(self.lot, 200_000), c.commit(FIRST + 2, buy((5, 200_000))))
        m.block(at=(FIRST + 1) * 900)
        m.ok(c.reveal(FIRST + 2))


#: Whose keys and ids the statements are made of; every example runs on a stage of its own.
MODEL = Stage()


slots = st.sampled_from((0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + 2, FIRST + 4, FIRST + 20, SLOT_LIMIT - 1))
sizes = st.sampled_from((0, 1, 2, 400, 5000, 10**6, AMOUNT_LIMIT - 1))
spans = st.sampled_from((0, 1, 2, 16, 17, 65_535))
wide = st.sampled_from((0, 1, LOCK, 10**15, EDGE))
versions = st.sampled_from((1, 2, 20, 21, 22, 2**32 - 1))
hashes = st.sampled_from((bytes(32), b"\xff" * 32))


@st.composite
def statements(draw: st.DrawFn) -> tuple[SigningKey, Body]:
    here = MODEL
    m, home, other = here.m, draw(st.sampled_from(here.homes)), draw(st.sampled_from(here.homes))
    lot = draw(st.sampled_from((here.lot, bytes(16), b"\xff" * 16)))
    slot, wh, nano, version = draw(slots), draw(sizes), draw(wide), draw(versions)
    inner_by = draw(st.sampled_from((home.key, home.meter.key, other.key)))
    new = draw(st.sampled_from((key("new"), home.key, home.meter.key)))
    bodies: tuple[Body, ...] = (
        OpenAccount.of(new, m.hash, AccountKey(home.id, home.meter.id, new.public)),
        CommitOrder.of(inner_by, m.hash, SealedOrder(slot, home.id, home.meter.id, version, draw(hashes))),
        CancelOrder(slot, home.id, version),
        RevealOrder(slot, home.id, draw(st.binary(max_size=40)), draw(hashes)),
        Deliver(slot, wh),
        Deliver(lot, wh),
        OpenLot.of(
            inner_by, m.hash,
            LotOffer(home.id, home.meter.id, bytes(16), wh, slot, draw(spans), draw(sizes), draw(slots)),
        ),
        BidLot.of(inner_by, m.hash, SealedBid(lot, home.id, home.meter.id, version, draw(hashes))),
        RevealBid(lot, home.id, nano, draw(hashes)),
        GiveMandate(home.id, other.meter.id, nano, draw(st.sampled_from((0, 1, 65_535))), draw(hashes)),
        Credit(home.id, max(1, nano), draw(st.sampled_from((b"\x00", b"r" * 32)))),
        Payout(home.id, nano),
        Withdraw(home.id, max(1, nano), draw(st.sampled_from((b"\x00", b"r" * 32)))),
        SetReference(slot, draw(sizes), draw(sizes), draw(sizes)),
    )  # fmt: skip
    signer = draw(
        st.sampled_from((home.meter.key, home.key, other.key, TREASURY, MEMBERS[0], MEMBERS[1], CERTIFIER))
    )
    return signer, draw(st.sampled_from(bodies))


@given(
    st.lists(statements(), min_size=1, max_size=8),
    st.lists(st.sampled_from((1, 60, 900, 5000, 60 * 3600)), min_size=1, max_size=3),
)
@settings(max_examples=100, deadline=None)
def test_nothing_that_is_signed_stops_a_node_or_loses_money(
    bodies: list[tuple[SigningKey, Body]], waits: list[int]
) -> None:
    m = Stage().m
    for seconds in waits:
        txs = [m.sign(signer, body) for signer, body in bodies]
        for tx in txs:
            m.machine.check_tx(tx)
            m.machine.is_early(tx, m.time_s)
        outcome = m.block(*txs, at=m.time_s + seconds)
        assert len(outcome.results) == len(txs)
        m.check()


def test_the_stage_has_what_the_nonsense_aims_at() -> None:
    here = Stage()
    state = here.m.machine.state
    for module in ("sale", "lot", "lotbid", "order", "engaged", "gate", "mandate"):
        assert len(list(state.items(module))) > 1, module
    home: Home = here.homes[0]
    assert home.account.free > 0

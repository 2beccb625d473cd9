"""Fixed inputs and makers of what the contract writes for a market: statements, genesis, state values, results.

``RULES`` names each structure's rule in ``ohmstead.cddl``. Pure: no link, no Qt. Orders, leaves and records
of what was cleared are ``golden_market``'s.
"""

from __future__ import annotations

from functools import cache

from ohmstead.contract.results import Result
from ohmstead.core.codec import encode
from ohmstead.core.market_inner import AccountKey, LotOffer, SealedBid, SealedOrder
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
from ohmstead.core.statements import Body, Statement, sign
from tests.contract.market_rig import (
    FEED_IN,
    FIRST,
    MEMBERS,
    PARAMS,
    RETAIL,
    Market,
    buy,
    lot_id,
    market_genesis,
    sell,
)
from tests.contract.rig import key

GENESIS = bytes(range(32))
HOME, METER, ORDER_KEY, TREASURY = b"a home's own id.", key("meter"), key("order"), key("treasury")
COMMITMENT, SALT, LOT = bytes(range(32)), bytes(range(1, 33)), b"a lot of energy."
UNTIL = 1_800_000_000
ACCOUNT = AccountKey(HOME, METER.kid, ORDER_KEY.public)
ORDER = SealedOrder(FIRST, HOME, METER.kid, 1, COMMITMENT)
OFFER = LotOffer(HOME, METER.kid, b"sixteen bytes..!", 4000, FIRST + 20, 4, 100_000, FIRST + 13)
BID = SealedBid(LOT, HOME, METER.kid, 2, COMMITMENT)
INNER = {"account key": ACCOUNT, "sealed order": ORDER, "lot offer": OFFER, "sealed bid": BID}
BODIES: dict[str, Body] = {
    "account-open": OpenAccount.of(ORDER_KEY, GENESIS, ACCOUNT),
    "commit": CommitOrder.of(ORDER_KEY, GENESIS, ORDER),
    "cancel": CancelOrder(FIRST, HOME, 2),
    "reveal": RevealOrder(FIRST, HOME, buy((500, RETAIL)).to_bytes(), SALT),
    "deliver": Deliver(FIRST, 480),
    "deliver, lot": Deliver(LOT, 4000),
    "lot-open": OpenLot.of(ORDER_KEY, GENESIS, OFFER),
    "lot-bid": BidLot.of(ORDER_KEY, GENESIS, BID),
    "lot-reveal": RevealBid(LOT, HOME, 250_000, SALT),
    "mandate": GiveMandate(HOME, METER.kid, UNTIL, 96, COMMITMENT),
    "credit": Credit(HOME, 5_000_000_000, b"bank 17"),
    "payout": Payout(HOME, 1_000_000_000),
    "withdraw": Withdraw(HOME, 1_000_000_000, b"bank 18"),
    "reference": SetReference(FIRST + 96, FEED_IN, RETAIL, 0),
}
SIGNERS = {
    "credit": TREASURY, "withdraw": TREASURY, "reference": MEMBERS[0], "mandate": ORDER_KEY, "payout": ORDER_KEY,
    "cancel": ORDER_KEY,
}  # fmt: skip


def statement(name: str) -> bytes:
    body = BODIES[name]
    signer = SIGNERS.get(body.TYPE, METER)
    return sign(signer, GENESIS, Statement(body, UNTIL, 3 if body.SEQUENCED else None))


@cache
def values() -> dict[str, bytes]:
    """State values as they stand at moments of one story."""
    m = Market()
    found: dict[str, bytes] = {}

    def take(name: str, module: str, place: bytes) -> None:
        value = m.machine.state.get(module, place)
        assert value is not None, name
        found[name] = value

    a, b, c = (m.home_of(name) for name in "abc")
    slot = FIRST.to_bytes(8, "big")
    take("market parameters", "market", b"params")
    take("order key value", "orderkey", a.key.kid)
    m.ok(m.credit(a, 7, b"by vote", by=MEMBERS[0]))
    take("reference used, voting", "treasury", b"ref/by vote")
    m.ok(m.credit(a, 7, b"at once"))
    take("reference used", "treasury", b"ref/at once")
    m.ok(m.reference(0, FIRST + 96, (1, 2, 1)))
    found["reference vote"] = next(v for k, v in m.machine.state.items("market") if k.startswith(b"terms/"))
    take("reference series", "market", b"reference")
    m.ok(a.mandate(5), m.payout(b, 5))
    m.open(FIRST)
    offer = c.offer(3000, FIRST + 12, 2, 100_000)
    sealed = (a.commit(FIRST, buy((500, RETAIL)), signer=a.meter.key), b.commit(FIRST, sell((400, FEED_IN))))
    m.ok(*sealed, c.open_lot(offer), a.bid(lot_id(offer), 200_000))
    take("mandate value", "mandate", a.id)
    take("account", "account", b.id)
    take("order value", "order", slot + a.id)
    take("lot value", "lot", lot_id(offer))
    take("lot bid value", "lotbid", lot_id(offer) + a.id)
    take("engaged value", "engaged", c.id + (FIRST + 12).to_bytes(8, "big"))
    m.gate(FIRST)
    take("gate value", "gate", slot)
    m.ok(a.reveal(FIRST), b.reveal(FIRST))
    take("order value, revealed", "order", slot + b.id)
    take("gate value, later", "gate", slot)
    m.close(FIRST)
    take("sale value", "sale", slot + b.id)
    take("market next", "market", b"next")
    take("rule log", "market", b"slot/1")
    take("pot", "account", b"escrow")
    m.block(at=offer.gate * 900)
    m.ok(a.reveal_bid(lot_id(offer)))
    take("lot bid value, revealed", "lotbid", lot_id(offer) + a.id)
    while not m.books["lot/1"]:
        m.block()
    take("sale value, lot", "sale", b"L" + lot_id(offer))
    return found


RESULTS = {
    "result": Result(FIRST, HOME, COMMITMENT, "filled", 400, 190_000, 400 * 190_000),
    "result, forfeited": Result(FIRST, HOME, COMMITMENT, "forfeited", money_nano=1_500_000_000),
    "result, lot": Result(LOT, HOME, b"", "settled", 4000, 250_000, 4000 * 240_000, 3900),
}
NAMES = (
    "market parameters", "order key value", "reference used, voting", "reference used", "reference vote",
    "reference series", "mandate value", "account", "order value", "lot value", "lot bid value",
    "engaged value", "gate value", "order value, revealed", "gate value, later", "sale value", "market next",
    "rule log", "pot", "lot bid value, revealed", "sale value, lot",
)  # fmt: skip
MADE = {
    "app state, market": lambda: market_genesis().app_state,
    **{f"statement {n}": (lambda n=n: statement(n)) for n in BODIES},
    **{n: (lambda n=n: INNER[n].to_bytes()) for n in INNER},
    **{n: (lambda n=n: values()[n]) for n in NAMES},
    **{n: (lambda n=n: RESULTS[n].to_bytes()) for n in RESULTS},
    "market parameters, no treasury": lambda: encode([*_params()[:8], None, *_params()[9:]]),
}  # fmt: skip
#: Rules of other things have these names already.
RENAMED = {"commit": "commit-order", "cancel": "cancel-order", "credit": "credit-account"}
RULES = {
    "app state, market": "app-state-market",
    **{f"statement {n}": RENAMED.get(n, n.split(",")[0]) for n in BODIES},
    **{n: n.replace(" ", "-") for n in INNER},
    **{n: n.split(",")[0].replace(" ", "-") for n in NAMES},
    **dict.fromkeys(RESULTS, "result"),
    "market parameters, no treasury": "market-parameters",
}


def _params() -> list[object]:
    value = PARAMS.to_value()
    assert isinstance(value, list)
    return value

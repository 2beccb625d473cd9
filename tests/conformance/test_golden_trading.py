"""The contract's market bytes: made again from fixed inputs, and read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ohmstead.contract.accounts import Account
from ohmstead.contract.gates import Gate
from ohmstead.contract.genesis import AppState
from ohmstead.contract.mandates import Mandate
from ohmstead.contract.market_lots import BidState, LotState
from ohmstead.contract.market_orders import Sealed
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.parameters import series_bytes, series_of
from ohmstead.contract.results import Result
from ohmstead.core.market_inner import AccountKey, LotOffer, SealedBid, SealedOrder
from ohmstead.core.market_statements import MARKET_BODIES, MARKET_TYPES
from ohmstead.core.statements import parse
from tests.conformance import golden
from tests.conformance.golden_trading import BODIES, GENESIS, MADE, METER, ORDER_KEY, SIGNERS

FROZEN = golden.frozen("trading")
TEXT = (Path(__file__).parents[2] / "resources" / "docs" / "protocol.md").read_text()
AGAIN: dict[str, Callable[[bytes], bytes]] = {
    "app state, market": lambda raw: AppState.from_cbor(raw).to_cbor(),
    "account key": lambda raw: AccountKey.from_bytes(raw).to_bytes(),
    "sealed order": lambda raw: SealedOrder.from_bytes(raw).to_bytes(),
    "lot offer": lambda raw: LotOffer.from_bytes(raw).to_bytes(),
    "sealed bid": lambda raw: SealedBid.from_bytes(raw).to_bytes(),
    "account": lambda raw: Account.from_cbor(raw).to_cbor(),
    "mandate value": lambda raw: Mandate.from_cbor(raw).to_cbor(),
    "reference series": lambda raw: series_bytes(series_of(raw)),
    **dict.fromkeys(("order value", "order value, revealed"), lambda raw: Sealed.from_cbor(raw).to_cbor()),
    **dict.fromkeys(("gate value", "gate value, later"), lambda raw: Gate.from_cbor(raw).to_cbor()),
    **dict.fromkeys(("sale value", "sale value, lot"), lambda raw: Sale.from_cbor(raw).to_cbor()),
    "lot value": lambda raw: LotState.from_cbor(raw).to_cbor(),
    **dict.fromkeys(
        ("lot bid value", "lot bid value, revealed"), lambda raw: BidState.from_cbor(raw).to_cbor()
    ),
    **dict.fromkeys(
        ("result", "result, forfeited", "result, lot"), lambda raw: Result.from_bytes(raw).to_bytes()
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert MADE[name]().hex() == FROZEN[name].hex()


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_written_is_still_read(name: str) -> None:
    assert AGAIN[name](FROZEN[name]) == FROZEN[name]


@pytest.mark.parametrize("name", BODIES)
def test_a_frozen_statement_verifies_outside_and_inside(name: str) -> None:
    signed = parse(FROZEN[f"statement {name}"], MARKET_BODIES)
    body = signed.statement.body
    assert body == BODIES[name]
    signed.check(SIGNERS.get(body.TYPE, METER).public, GENESIS)
    inner = getattr(body, "inner", None)
    if inner is not None:
        inner.check(ORDER_KEY.public, GENESIS)


def test_nothing_frozen_is_left_out_and_the_text_lists_every_statement() -> None:
    assert set(FROZEN) == set(MADE)
    part = TEXT[TEXT.index("## 13. ") : TEXT.index("## 14. ")]
    rows = re.findall(r"^\| `([a-z-]+)` \|", part, re.M)
    assert sorted(rows) == sorted(b.TYPE for b in MARKET_TYPES)
    assert all(f"statement {kind}" in FROZEN for kind in rows)

"""Every structure that the protocol's text names has golden bytes: the text is read, not remembered.

A new statement type, method, bold term or table row in ``resources/docs/protocol.md`` fails here until it is
frozen, and so does a section whose structures nobody listed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ohmstead.core.statements import BODIES, RESERVED_TYPES
from tests.conformance import golden

HERE = Path(__file__).parent
TEXT = (HERE.parents[1] / "resources" / "docs" / "protocol.md").read_text()
LEDGER, LINK, REQUESTS, MARKET, TRADING, NEIGHBOURS = (golden.frozen(name) for name in golden.FILES)
OLDER = set(json.loads((HERE / "data" / "ohmstead" / "ledger.json").read_text()))
NOISE = (HERE / "data" / "noise" / "link.json").exists()

#: Section number to its structures: golden names of the ledger's, the link's, the market's, the older files.
SECTIONS: dict[int, tuple[str, ...]] = {
    1: (),                                            # the encoding itself: tests/core, and every other one
    2: ("zone table",),
    3: ("kid", "statement aad", "certificate", "refusal"),
    4: ("page", "page aad", "page body", "month key derivation", "month key", "day key derivation", "day key",
        "key commitment"),
    5: ("page leaf", "anchor", "meter record", "meter record, every field", "home record"),
    6: ("app hash", "presence", "absent key between", "absent key at the end", "absent module",
        "beacon value", "certifier value", "chain quotas", "governance chain", "quota value", "signer value"),
    7: ("genesis hash", "light block with an absent vote"),
    8: ("tile", "tile, last", "tile, second part"),
    9: ("genesis document", "app state", "genesis.json", "light block", "head bundle",
        "head bundle, values held"),
    10: ("evidence", "evidence, sealed"),
    11: ("typed code", "pairing key", "six words"),
    12: (),                                           # the table of methods, below
    13: ("app state, market", "market parameters", "market parameters, no treasury", "account key",
         "sealed order", "lot offer", "sealed bid", "result", "result, forfeited", "result, lot", "account",
         "pot", "reference used", "reference used, voting", "order key value", "mandate value",
         "reference series", "reference vote", "market next", "rule log", "order value",
         "order value, revealed", "gate value", "sale value", "sale value, lot", "lot value",
         "lot bid value", "lot bid value, revealed", "engaged value", "slot record", "lot record"),
    14: ("app state, neighbours", "neighbours' parameters", "round record", "round leaf", "round log",
         "next round", "registered at", "guardian key value", "erased value", "roster place",
         "roster standing", "running sums", "stated value", "closed round", "share value"),
}  # fmt: skip
#: Bold terms of the link's section to golden names.
LINK_TERMS: dict[str, tuple[str, ...]] = {
    "Service": ("uuids",),
    "info": ("info, closed", "info, open"),
    "Advertising": ("advertising, closed", "advertising, open"),
    "Segment": ("segment, first", "segment, middle", "segment, last", "segment, nak", "segment, ack"),
    "Opening": ("opening, pair", "opening, resume", "status, go on", "status, busy"),
    "PAIR": ("meter binding", "app binding", "binding accepted", "binding refused"),
    "First peer id": ("first peer id",),
    "RESUME": ("next peer id",),
    "Messages": tuple(
        f"message {n}" for n in
        ("request", "stream", "response", "error", "item", "end", "credit", "cancel", "event")
    ),
    "QR": ("qr text",),
}  # fmt: skip
#: Bold terms that are methods of §12: their requests, answers, events.
METHOD_TERMS = {
    "ROLE": ("role request", "role, asked request", "role, granted request", "role answer", "role event"),
    "PEERS": ("peers request", "peers answer"),
    "REVOKE": ("revoke request", "revoke answer"),
    "OPEN_PAIRING": ("open-pairing request", "open-pairing answer"),
}


def section(number: int) -> str:
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", TEXT, re.M | re.S)
    assert found is not None
    return found[0]


def test_every_section_of_the_text_lists_its_structures() -> None:
    assert [int(n) for n in re.findall(r"^## (\d+)\. ", TEXT, re.M)] == sorted(SECTIONS)
    known = LEDGER.keys() | LINK.keys() | MARKET.keys() | TRADING.keys() | NEIGHBOURS.keys() | OLDER
    missing = {name for names in SECTIONS.values() for name in names} - known
    assert not missing


def test_every_statement_type_has_golden_bytes() -> None:
    types = re.findall(r"^\| `([a-z]+)` \|", section(3), re.M)
    assert sorted(types) == sorted(BODIES)
    assert all(f"statement {t}" in LEDGER for t in types)
    reserved = re.search(r"refused by name: `([a-z ]+)`", section(3))
    assert reserved is not None
    assert set(reserved[1].split()) == RESERVED_TYPES


def test_every_field_of_a_page_is_where_the_table_says() -> None:
    sizes = re.findall(r"^\| [^|]+ \| ([0-9]+)[^|]*\|$", section(4), re.M)
    assert [int(s) for s in sizes[:7]] == [1, 16, 4, 4, 4, 16, 24]
    assert len(LEDGER["page"]) == sum(map(int, sizes[:7])) + 20 * 3 + 16
    assert len(LEDGER["page aad"]) == sum(map(int, sizes[:6]))


def test_every_term_of_the_link_has_golden_bytes() -> None:
    terms = set(re.findall(r"\*\*([^*]+)\*\*", section(11)))
    assert terms == LINK_TERMS.keys() | METHOD_TERMS.keys()
    assert all(name in LINK for names in LINK_TERMS.values() for name in names)
    assert all(name in REQUESTS for names in METHOD_TERMS.values() for name in names)
    assert NOISE


def test_every_method_has_a_golden_request_and_its_answer() -> None:
    rows = re.findall(r"^\| (\d+) ([a-z ]+?)(?:, stream)? \|", section(12), re.M)
    names = {int(number): name.replace(" ", "-") for number, name in rows}
    later = {11: "role", 12: "peers", 13: "revoke", 14: "close", 15: "open-pairing"}
    assert sorted(names | later) == [*range(1, 16), *range(20, 30), *range(40, 46)]
    for name in (names | later).values():
        assert f"{name} request" in REQUESTS, name
        assert f"{name} answer" in REQUESTS or f"{name} item" in REQUESTS, name


@pytest.mark.parametrize("name", golden.FILES)
def test_the_files_hold_hex_and_nothing_else(name: str) -> None:
    raw = json.loads((golden.FOLDER / f"{name}.json").read_text())
    assert all(isinstance(v, str) and v == v.lower() and bytes.fromhex(v) for v in raw.values())

"""The grammar ``ohmstead.cddl`` against every golden structure, with a validator that is not ours.

Each structure must match its rule, and each array with an item too many, too few or of another type must
not: a grammar that takes everything would say nothing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cddl_verifier", reason="the grammar's validator is not installed here")

import cddl_verifier as cddl

from ohmstead.core.codec import Value, decode, encode
from tests.conformance import golden
from tests.conformance.golden_ledger import RULES as LEDGER_RULES
from tests.conformance.golden_market import RULES as MARKET_RULES
from tests.conformance.golden_neighbours import RULES as NEIGHBOUR_RULES
from tests.conformance.golden_trading import RULES as TRADING_RULES

HERE = Path(__file__).parent
GRAMMAR = HERE / "ohmstead.cddl"
#: Structures frozen in ``data/ohmstead/ledger.json`` (test_ledger_bytes).
OLDER = {
    "genesis": "genesis", "light block": "light-block", "light block with an absent vote": "light-block",
    "presence": "state-proof", "absent key between": "state-proof", "absent key at the end": "state-proof",
    "absent module": "state-proof", "compact range": "compact-range",
}  # fmt: skip
#: Rules of the link's files; kept here so that this test needs none of the link's packages.
LINK_RULES = {
    "meter binding": "meter-binding", "app binding": "app-binding", "binding accepted": "binding-accepted",
    "binding refused": "binding-refused", "next peer id": "next-peer-id",
}  # fmt: skip
NO_ANSWER = ("beacon", "revoke", "close", "open-pairing", "instruct")


def link_rule(name: str) -> str | None:
    return name.removeprefix("message ") if name.startswith("message ") else LINK_RULES.get(name)


def request_rule(name: str) -> str:
    what, kind = name.rsplit(" ", 1)
    what = what.split(",")[0]
    return "nothing-answer" if kind == "answer" and what in NO_ANSWER else f"{what}-{kind}"


def cases() -> list[tuple[str, str, bytes]]:
    older: dict[str, str] = json.loads((HERE / "data" / "ohmstead" / "ledger.json").read_text())
    found = [(f"older {n}", rule, bytes.fromhex(older[n])) for n, rule in OLDER.items()]
    found += [(n, LEDGER_RULES[n], raw) for n, raw in golden.frozen("ledger").items() if n in LEDGER_RULES]
    found += [(n, MARKET_RULES[n], raw) for n, raw in golden.frozen("market").items() if n in MARKET_RULES]
    found += [(n, TRADING_RULES[n], raw) for n, raw in golden.frozen("trading").items()]
    found += [(n, NEIGHBOUR_RULES[n], raw) for n, raw in golden.frozen("neighbours").items()]
    for name, raw in golden.frozen("link").items():
        rule = link_rule(name)
        if rule is not None:
            found.append((name, rule, raw))
    return found + [(n, request_rule(n), raw) for n, raw in golden.frozen("requests").items()]


CASES = cases()
#: Lists without a fixed length: one member fewer is another valid list.
OPEN_ENDED = frozenset(("governance-members", "reference-series", "engaged-value"))


@pytest.fixture(scope="module")
def validator() -> Any:
    return cddl.Validator(GRAMMAR)


@pytest.mark.parametrize(("name", "rule", "raw"), CASES, ids=[c[0] for c in CASES])
def test_a_golden_structure_matches_its_rule(validator: Any, name: str, rule: str, raw: bytes) -> None:
    result = validator.validate(raw, root_type=rule)
    assert result.valid, [(d.path_text, d.message) for d in result.diagnostics]


def spoilt(value: list[Value]) -> list[list[Value]]:
    return [[*value, 0], value[:-1], [{0: True}, *value[1:]]]


@pytest.mark.parametrize(("name", "rule", "raw"), CASES, ids=[c[0] for c in CASES])
def test_a_spoilt_structure_does_not(validator: Any, name: str, rule: str, raw: bytes) -> None:
    value = decode(raw)
    if not isinstance(value, list):
        value = [value]
        wrong = [value]
    elif rule in OPEN_ENDED:
        wrong = [spoilt(value)[0], spoilt(value)[2]]
    else:
        wrong = spoilt(value)
    for item in wrong:
        assert not validator.validate(encode(item), root_type=rule).valid, item


def test_every_rule_is_used_by_a_golden_structure() -> None:
    text = re.sub(r";[^\n]*", "", GRAMMAR.read_text())
    definitions = dict(re.findall(r"^([a-z][a-z0-9-]*) = (.*?)(?=^[a-z][a-z0-9-]* = |\Z)", text, re.M | re.S))
    used, waiting = set[str](), {rule for _, rule, _ in CASES}
    while waiting:
        rule = waiting.pop()
        used.add(rule)
        words = set(re.findall(r"[a-z][a-z0-9-]*", definitions[rule]))
        waiting |= (words & definitions.keys()) - used
    # Sums for a reader, of rules that are used one by one; and the label that a commitment hashes.
    assert definitions.keys() - used == {"statement", "message", "commitment-label"}

"""The same book gives the same hash in every process: hash seed, locale, time zone and Python's version aside.

The hashes below were made once and never change: a difference is another rule.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from ohmstead.market.bookfile import clear_book, read_book
from ohmstead.market.clearing import SLOT_RULE
from ohmstead.market.study import STUDY_RULE

ROOT = Path(__file__).parents[2]
HASHES = {
    "empty": "abe70be0a4c6fc165083846eedad74f00b50eaf100ac094cc9725f61a68a93d4",
    "tie": "dfa34985f27f73d9edd4b413df15ea45cbe9dd439a4081d3b4abc35c575a3bee",
    "names": "4f36c3ccfc29c166d57ebfd3b9f600b7beb045f624f6e66d2455acc06676620c",
    "many, midpoint": "a7b65bb0cf5490f886b2d945e880e120fa4bd1d0cdb576ba895a003a16c77938",
    "many, low": "db784a96d215332a15f5f0c3498b96546da0f8876370f6608616288af37c4bad",
    "many, high": "f16a865ed8b6062cd69603cc9e4e6592113be1e89195de96a5f7add6f17c7650",
    "study": "6dafb0d372314440cd617034ad2176caaebf8bbdf4efa39677020577cf3ff15e",
}

AGAIN = """
import sys
sys.path[:0] = [{app!r}, {root!r}]
from tests.market.test_determinism import hashes
print(" ".join(hashes().values()))
"""


def books() -> dict[str, dict[str, object]]:
    """Books by name: small ones written out, large ones from a recipe of whole numbers."""
    made: dict[str, dict[str, object]] = {"empty": {"orders": []}}
    made["tie"] = {"orders": [
        *({"id": f"b{i}", "side": "buy", "steps": [[1, 200_000]]} for i in range(7)),
        {"id": "s", "side": "sell", "steps": [[3, 100_000]]},
    ]}  # fmt: skip
    made["names"] = {"orders": [
        {"id": "é", "side": "buy", "steps": [[10, 250_000], [20, 240_000]]},
        {"id": "z", "side": "sell", "steps": [[15, 90_000]]}, {"id": "\U0001f31e", "side": "sell", "steps": []},
    ]}  # fmt: skip
    for pricing, ticks in (("midpoint", 22), ("low", 220), ("high", 220_000)):
        orders = []
        for i in range(300):
            at = 90_000 + (i * 7919 + i * i * 31) % ticks * (220_000 // ticks)
            orders.append(
                {"id": f"o{i}", "side": ("buy", "sell")[i * 5 % 3 % 2], "steps": [[1 + i * 37 % 900, at]]}
            )
        made[f"many, {pricing}"] = {"pricing": pricing, "orders": orders}
    terms = {"rule": SLOT_RULE, "feed_in": 80_000, "retail": 320_000, "fee": 10_000, "max_order_wh": 5000}
    return {name: terms | {"seed": "5eed"} | book for name, book in made.items()}


def hashes() -> dict[str, str]:
    """Result hashes by book, and of the study rule over one of them."""
    made = {name: clear_book(read_book(json.dumps(book))).result_hash.hex() for name, book in books().items()}
    study = clear_book(read_book(json.dumps(books()["many, low"])), STUDY_RULE)
    return made | {"study": study.result_hash.hex()}


def test_the_hashes_are_what_they_were() -> None:
    assert hashes() == HASHES


def test_the_order_of_a_book_changes_no_hash() -> None:
    for name, book in books().items():
        orders = book["orders"]
        assert isinstance(orders, list)
        for n in range(3):
            mixed = book | {"orders": random.Random(n).sample(orders, len(orders))}
            assert clear_book(read_book(json.dumps(mixed))).result_hash.hex() == HASHES[name]


def test_other_processes_find_the_same_hashes() -> None:
    script = AGAIN.format(app=str(ROOT / "app"), root=str(ROOT))
    places = (("1", "C", "UTC"), ("4711", "tr_TR.UTF-8", "Pacific/Chatham"))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
        )
        for seed, locale, zone in places
    ]  # fmt: skip
    for process in running:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert out.split() == list(HASHES.values())

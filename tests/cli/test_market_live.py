"""The market's commands against the product's own processes: node, village, meter, radio."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.village import Done, ohmstead, village

pytestmark = pytest.mark.processes


def slot_time(ahead: int) -> str:
    """A slot's beginning as the commands take it."""
    return datetime.fromtimestamp((int(time.time() // 900) + ahead) * 900, UTC).strftime("%Y-%m-%dT%H:%M")


def test_a_bid_is_sealed_and_every_auction_comes_out_as_recorded(tmp_path: Path) -> None:
    with village(tmp_path, 1, homes=5) as here:

        def market(action: str, *arguments: object) -> Done:
            return ohmstead(
                "market", action, "--data", here.profile, "--hci", here.hci, *arguments,
                home=here.profile / "empty",
            )  # fmt: skip

        def answer(action: str, *arguments: object) -> Any:
            done = market(action, *arguments, "--json")
            assert done.code == 0, done.err
            return json.loads(done.out)

        assert here.pair().code == 0
        deadline = time.monotonic() + 60
        while not (wallet := answer("wallet"))["account"] or not wallet["movements"]:
            assert time.monotonic() < deadline, "the treasury never credited the account"
            time.sleep(1)
        assert wallet["account"]["complete"]
        assert wallet["account"]["free_nano"] == 60 * 10**9
        for wrong, words in ((400_000, "outside what the ledger admits"), (79_999, "outside what")):
            done = market("bid", "--slot", slot_time(3), "--wh", 100, "--limit", wrong)
            assert (done.code, words in done.err) == (1, True), done.err
        answer("bid", "--slot", slot_time(3), "--wh", 150, "--limit", 290_000)
        while (stage := answer("orders")[0]["stage"]) != "sealed":
            assert stage in ("handed", "waiting")
            assert time.monotonic() < deadline, stage
            time.sleep(1)
        assert answer("wallet")["account"]["locked_nano"] == 5000 * 300_000
        results = answer("results")
        assert len(results) > 90
        checked = [r for r in results if r["checked"] == "equal"]
        assert len(checked) > 30
        assert any(r["price"] for r in checked)
        assert not [r for r in results if r["checked"] == "wrong"]
        assert answer("lots") == []
        # What is sealed stays so until the ledger has taken the cancel.
        assert market("cancel", answer("orders")[0]["key"]).code == 0
        while answer("orders")[0]["stage"] != "cancelled":
            assert time.monotonic() < deadline, "the cancel was never taken"
            time.sleep(1)
        assert answer("wallet")["account"]["locked_nano"] == 0

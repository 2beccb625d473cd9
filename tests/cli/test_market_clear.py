"""``ohmstead market clear``: the table, the JSON, and exit code 2 for a book that is none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from ohmstead.cli.main import run
from tests.helpers.village import ohmstead

BOOK: dict[str, Any] = {
    "rule": "slot/1", "pricing": "midpoint", "feed_in": 80_000, "retail": 300_000, "fee": 10_000,
    "max_order_wh": 5000, "seed": "00",
    "orders": [
        {"id": "anna", "side": "buy", "steps": [[500, 290_000]]},
        {"id": "bert", "side": "buy", "steps": [[400, 200_000]]},
        {"id": "c\u001b[2J", "side": "sell", "steps": [[700, 120_000]]},
        {"id": "dora", "side": "sell", "steps": []},
    ],
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.json"
    path.write_text(json.dumps(BOOK))
    return path


def test_the_table_says_price_interval_fills_welfare_and_hash(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["market", "clear", str(book)]) == 0
    lines = capsys.readouterr().out.splitlines()
    facts = {line[:9].strip(): line[10:] for line in lines[: lines.index("")]}
    assert facts["rule"] == "slot/1, midpoint"
    assert facts["traded"] == "700 Wh"
    assert facts["price"] == "0.190000 per kWh; buyers pay 0.200000 with the fee"
    assert facts["interval"] == "0.190000 to 0.190000"
    assert facts["welfare"] == "0.094000000"
    assert len(facts["result"]) == 64
    rows = {line.split()[0]: line.split()[1:] for line in lines[lines.index("") + 2 :]}
    assert rows["anna"] == ["buy", "500", "500", "in", "full", "0.100000000"]
    assert rows["bert"] == ["buy", "400", "200", "in", "part", "0.040000000"]
    assert rows["dora"] == ["sell", "0", "0", "empty", "0.000000000"]
    assert "\x1b" not in "".join(lines)


def test_json_has_the_same_result(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["market", "clear", "--json", str(book)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["price"], answer["fills"]["bert"], answer["paid_nano"]["anna"]) == (
        190_000, 200, 100_000_000,
    )  # fmt: skip
    assert run(["market", "clear", str(book)]) == 0
    assert answer["result_hash"] in capsys.readouterr().out


def test_a_book_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(BOOK | {"orders": []}).encode())))
    assert run(["market", "clear", "-"]) == 0
    assert "none: nothing trades" in capsys.readouterr().out


def test_the_published_rule_needs_study(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["market", "clear", "--rule", "mengelkamp2018", str(book)]) == 2
    said = capsys.readouterr()
    assert (said.out, "--study" in said.err) == ("", True)
    assert run(["market", "clear", "--rule", "mengelkamp2018", "--study", str(book)]) == 0
    assert "0.280000 per kWh" in capsys.readouterr().out
    assert run(["market", "clear", "--rule", "mengelkamp2018", "--study", "--json", str(book)]) == 0
    assert json.loads(capsys.readouterr().out)["rule"] == "mengelkamp2018"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": [[500.5, 290_000]]}, 'order "anna", steps[0].wh: must be an integer, not 500.5'),
        ({"steps": [[-500, 290_000]]}, 'order "anna", steps[0].wh: must be from 0 below'),
        ({"steps": [[500, 300_001]]}, 'order "anna", steps[0].limit: 300001 is outside 90000 to 300000'),
        ({"id": "bert"}, 'order "bert", id: stands in the book twice'),
        ({"colour": "green"}, 'order "anna": has the unknown key "colour"'),
    ],
    ids=["fraction", "negative", "outside", "twice", "unknown"],
)
@pytest.mark.parametrize("form", ["--json", None])
def test_a_refused_book_names_order_and_field(
    book: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], words: str, form: str | None
) -> None:
    first = BOOK["orders"][0] | change
    book.write_text(json.dumps(BOOK | {"orders": [first, *BOOK["orders"][1:]]}))
    assert run(["market", "clear", str(book), *([form] if form else [])]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"ohmstead: {book}: {words}")
    assert said.err.count("\n") == 1


def test_files_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["market", "clear", str(tmp_path / "nowhere.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    assert run(["market", "clear", str(binary)]) == 2
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["market"], ["market", "clear"], ["market", "clear", "b", "--rule", "x"]])
def test_wrong_usage_exits_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(words)
    assert left.value.code == 2
    assert "usage: ohmstead market" in capsys.readouterr().err


@pytest.mark.processes
def test_the_command_as_a_process(book: Path, tmp_path: Path) -> None:
    done = ohmstead("market", "clear", book, "--json", home=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["quantity_wh"] == 700

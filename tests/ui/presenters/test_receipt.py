"""A receipt in words, from real receipts; evidence saved from it passes ``ohmstead verify``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ohmstead.cli.main import run
from ohmstead.errors import ExternalError, UserError
from ohmstead.ledger.slice import HeadBundle
from ohmstead.services.receipts import Absence, Station
from ohmstead.ui.presenters.facts_trouble import Stop
from ohmstead.ui.presenters.receipt import ReceiptView, absence_words, present_receipt, short_hash
from ohmstead.ui.presenters.receipt_data import EvidenceWanted, hours_of_day
from tests.helpers.forge import forged
from tests.helpers.ledger import FIRST_HOUR
from tests.ledger.chains import FOUR, key
from tests.ui.plain_words import PlainWords
from tests.ui.proven_home import FIRST, ProvenHome, proven_home

WORDS = PlainWords()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[ProvenHome]:
    with proven_home(tmp_path, 20, 30, 1) as made:
        yield made


def shown(home: ProvenHome, slot: int) -> ReceiptView:
    return present_receipt(home.receipts().load(slot), home.now_s, WORDS)


def test_five_stations_in_order_each_with_what_it_knows(home: ProvenHome) -> None:
    slot = FIRST + 4 * 22 + 1
    view = shown(home, slot)
    source = home.street.meter.source
    before, after = source.registers_before(slot), source.read(slot).registers
    assert view.title == "Monday 5 January, 22:15 – 22:30"
    assert [s.state for s in view.stations] == ["ok"] * 5
    assert [s.head for s in view.stations] == [
        "Measured by your meter",
        "Signed by the meter's key",
        "In page 22, second of its four readings",
        f"On the ledger in block {home.street.meter.anchors[1].height}",
        "Checked on this computer",
    ]
    for line, channel in zip(view.stations[0].lines, sorted(before), strict=True):
        start, end = (WORDS.number(v[channel] / 1000, 3) for v in (before, after))
        assert line.endswith(f"{start} → {end} kWh")
    key = home.street.meter.identity.key.public
    assert view.stations[1].mono == f"ed25519 {short_hash(key)}"
    assert "with pages 20 to 49" in view.stations[3].lines[0]
    assert any("signed by 4 of 4 validators" in line for line in view.stations[3].lines)
    assert any("Single operator" in line for line in view.stations[3].lines)
    assert view.proof_words == "Proof: 6 steps from this page to the root of your log"
    assert (len(view.sides), view.trouble) == (6, None)


def test_the_amounts_are_the_rows(home: ProvenHome) -> None:
    rows = {row[0]: row for row in home.mirror.intervals(home.meter)}
    for slot in (FIRST + 20, FIRST + 81, FIRST + 203):
        numbers = [number for number, _ in shown(home, slot).amounts]
        row = rows[slot]
        assert numbers == [WORDS.number(wh / 1000, 3) for wh in (row[1], row[2], row[3] or 0)]


def test_what_is_odd_is_said(home: ProvenHome) -> None:
    missing = shown(home, FIRST + 5)
    assert missing.amounts == ()
    assert "says so itself" in missing.remark
    assert "not known at this time" in missing.stations[0].lines[0]
    assert "Estimated by the meter" in shown(home, FIRST + 9).remark
    sealed = present_receipt(
        type(home.receipts())(home.path, home.meter, lambda _e: None, home.wall_ns).load(FIRST + 40),
        home.now_s,
        WORDS,
    )
    assert (sealed.amounts, sealed.stations[0].state) == ((), "waiting")
    assert "No key for this page" in sealed.remark


@pytest.mark.parametrize(("page", "asked"), [(22, 22), (22, 3)])
def test_a_tampered_page_stops_the_line_by_name(home: ProvenHome, page: int, asked: int) -> None:
    home.tamper(page)
    view = shown(home, FIRST + 4 * asked)
    assert view.trouble is not None
    assert view.trouble.head == f"Page {page} was changed after it was signed"
    assert view.trouble.stop is Stop.COMPUTER
    assert [s.state for s in view.stations][2:] == ["alarm", "unknown", "unknown"]
    assert view.stations[2].head == f"Page {page} was changed"
    assert view.amounts == ()


def test_a_head_that_does_not_verify_breaks_the_block(home: ProvenHome) -> None:
    trust = home.street.home.home.trust
    assert trust is not None
    assert trust.bundle is not None
    two_of_four = forged(trust.bundle.light_block, FOUR, [key(n).public for n in (0, 1)])
    bundle = HeadBundle(two_of_four, trust.bundle.values)
    home.mirror._db.execute("UPDATE proof SET blob = ? WHERE kind = 'bundle'", (bundle.to_cbor(),))
    data = home.receipts().load(FIRST)
    assert data.receipt is not None
    assert data.receipt.broken is not None
    assert data.receipt.broken.station is Station.BLOCK
    view = present_receipt(data, home.now_s, WORDS)
    assert view.trouble is not None
    assert view.trouble.stop is Stop.LEDGER
    assert [s.state for s in view.stations][3:] == ["alarm", "unknown"]


def test_no_receipt_says_why(home: ProvenHome) -> None:
    assert shown(home, FIRST - 1).absent_head == "Before your meter's first page"
    assert shown(home, FIRST + 4 * 51).absent_head == "Not recorded yet"
    assert {absence_words(why, WORDS) for why in Absence} == {absence_words(why, WORDS) for why in Absence}
    assert len({absence_words(why, WORDS)[0] for why in Absence}) == len(Absence)


def test_evidence_passes_the_verifier(
    home: ProvenHome, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    genesis = home.street.ledger.genesis.genesis_hash.hex()
    zone = home.receipts().load(FIRST).zone
    assert zone is not None
    day = hours_of_day(zone, FIRST + 100)
    for name, wanted in (
        ("hour", EvidenceWanted(FIRST_HOUR + 22, FIRST_HOUR + 22, True)),
        ("day", EvidenceWanted(*day, True)),
        ("sealed", EvidenceWanted(FIRST_HOUR + 22, FIRST_HOUR + 22, False)),
    ):
        path = tmp_path / f"{name}.evidence"
        home.receipts().save(wanted, path)
        assert run(["verify", str(path), "--genesis-hash", genesis]) == 0
        said = capsys.readouterr().out
        assert ("sealed" in said) == (name == "sealed")
        assert said.count("page ") == wanted.last_hour - wanted.first_hour + 1
    assert day == (FIRST_HOUR + 24, FIRST_HOUR + 47)


def test_evidence_that_cannot_be_made_leaves_no_file(home: ProvenHome, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        home.receipts().save(
            EvidenceWanted(FIRST_HOUR + 500, FIRST_HOUR + 500, True), tmp_path / "x.evidence"
        )
    (tmp_path / "folder").touch()
    with pytest.raises(ExternalError):
        home.receipts().save(EvidenceWanted(FIRST_HOUR, FIRST_HOUR, True), tmp_path / "folder" / "x.evidence")
    assert not list(tmp_path.rglob("*.evidence*"))

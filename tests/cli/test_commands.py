"""The commands as processes: one home paired, synced, checked, exported; wrong usage in one sentence."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ohmstead.core.intervals import IntervalStatus
from ohmstead.ledger.evidence import Evidence
from tests.helpers.village import Done, Village, environment, ohmstead, village

pytestmark = pytest.mark.processes


@dataclass
class Synced:
    """A home whose history is mirrored; its neighbourhood may be gone by the time a test looks."""

    profile: Path
    here: Village
    genesis_hash: str
    paired: Done
    synced: Done

    def run(self, command: str, *arguments: object) -> Done:
        return ohmstead(command, "--data", self.profile, *arguments, home=self.profile / "empty")

    def copy(self, folder: Path) -> Synced:
        """The same profile in another folder, to be spoiled."""
        shutil.copytree(self.profile, folder / "app")
        return Synced(folder / "app", self.here, self.genesis_hash, self.paired, self.synced)

    @property
    def mirror(self) -> Path:
        return next((self.profile / "data" / "homes").glob("*/mirror.sqlite"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synced]:
    with village(tmp_path_factory.mktemp("village"), 1) as here:
        early = here.run("status"), here.run("sync", "--hci", here.hci), here.run("verify")
        assert [(d.code, "No home is paired" in d.err) for d in early] == [(1, True)] * 3
        paired = here.pair()
        nothing = here.run("verify")
        assert (nothing.code, "Nothing is mirrored yet" in nothing.err) == (1, True)
        synced = here.run("sync", "--hci", here.hci, "--json")
        genesis_hash = here.neighbourhood.genesis_hash.hex()
        yield Synced(here.profile, here, genesis_hash, paired, synced)


def one_sentence(done: Done, code: int = 1) -> str:
    """The complaint on stderr: one line, no traceback."""
    assert done.code == code, (done.code, done.out, done.err)
    assert "Traceback" not in done.err
    if code == 1:
        lines = done.err.strip().splitlines()
        assert len(lines) == 1, done.err
        assert lines[0].startswith("ohmstead: ")
        assert lines[0].endswith((".", "`"))
    return done.err


def test_pair_and_sync_say_what_they_did(home: Synced) -> None:
    assert (home.paired.code, home.synced.code) == (0, 0), home.paired.err + home.synced.err
    assert home.paired.out.startswith("paired with meter ")
    assert home.paired.err.split() == ["searching", "securing", "confirming", "done"]
    facts = json.loads(home.synced.out)
    assert facts["pages_held"] == facts["pages_proven"] >= 168
    assert facts["signature"]
    assert facts["key_trust"]
    assert facts["single_operator"]
    assert facts["replayed"]


def test_status(home: Synced) -> None:
    as_json = home.run("status", "--json")
    assert as_json.code == 0, as_json.err
    facts = json.loads(as_json.out)
    assert facts["pages_held"] == facts["pages_proven"]
    words = home.run("status").out
    for line in (
        "signed by the certified meter",
        "certificate in force",
        "complete as recorded",
        "single operator",
    ):
        assert line in words


def test_a_finding_shows_in_the_status(home: Synced, tmp_path: Path) -> None:
    spoiled = home.copy(tmp_path)
    with closing(sqlite3.connect(spoiled.mirror)) as db:
        db.execute("INSERT INTO finding VALUES (1, 'TileError', 'pages 0 to 9', 'no part', 5, x'00')")
        db.commit()
    done = spoiled.run("status")
    assert done.code == 1
    assert "finding: TileError: pages 0 to 9" in done.err


def test_verify_the_mirror(home: Synced, tmp_path: Path) -> None:
    good = home.run("verify")
    assert (good.code, "every interval hold" in good.out) == (0, True), good.out + good.err
    answer = json.loads(home.run("verify", "--json").out)
    assert (answer["complete"], answer["failures"]) == (True, [])
    spoiled = home.copy(tmp_path)
    with closing(sqlite3.connect(spoiled.mirror)) as db:
        db.execute("UPDATE interval SET import_wh = import_wh + 1 WHERE page = 40")
        db.commit()
    bad = spoiled.run("verify")
    assert bad.code == 1
    assert bad.out.startswith("refused: page 40: its intervals differ")
    failures = json.loads(spoiled.run("verify", "--json").out)["failures"]
    assert [(f["code"], f["subject"]) for f in failures] == [("RowsDiffer", "page 40")]


def test_the_exported_table_equals_the_source(home: Synced, tmp_path: Path) -> None:
    target = tmp_path / "year.csv"
    assert home.run("export", "csv", "-o", target).code == 0
    to_screen = home.run("export", "csv")
    assert to_screen.out == target.read_text()
    source, rows = home.here.source, list(csv.DictReader(to_screen.out.splitlines()))
    assert len(rows) >= 672
    first = int(datetime.fromisoformat(rows[0]["time_utc"]).timestamp()) // 900
    statuses = set()
    for slot, row in enumerate(rows, first):
        assert datetime.fromisoformat(row["time_utc"]) == datetime.fromtimestamp(slot * 900, UTC)
        amounts, status = source.amounts_in(slot)
        statuses.add(row["status"])
        assert row["status"] == status.name.lower()
        shown = [row["import_wh"], row["export_wh"], row["generation_wh"]]
        if status is IntervalStatus.MISSING:
            assert shown == ["", "", ""]
        else:
            assert shown == [str(amounts[c]) for c in sorted(amounts)]
    assert statuses == {"ok", "missing"}


def test_a_part_of_the_table(home: Synced) -> None:
    whole = home.run("export", "csv").out.splitlines()
    start, end = (whole[n].split(",")[0] for n in (9, 17))
    part = home.run("export", "csv", "--from", start.rstrip("Z"), "--to", end.rstrip("Z")).out.splitlines()
    assert part == [whole[0], *whole[9:17]]


# ---- evidence -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evidence(home: Synced, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("evidence") / "hour.evidence"
    hour = home.run("export", "csv").out.splitlines()[41].split(",")[0][:13]
    done = home.run("export", "evidence", "--from", f"{hour}:00", "-o", target)
    assert done.code == 0, done.err
    assert f"--genesis-hash {home.genesis_hash}" in done.out
    return target


def isolated(*arguments: object, folder: Path) -> Done:
    """A command of somebody else: an empty profile and, where the system allows it, no network at all."""
    prefix: tuple[str, ...] = ()
    unshare = shutil.which("unshare")
    if unshare and ohmstead("--version", home=folder, prefix=(unshare, "-rn")).code == 0:
        prefix = (unshare, "-rn")
    done = ohmstead(*arguments, home=folder / "nothing here", prefix=prefix)
    assert not (folder / "nothing here").exists()
    return done


def test_a_stranger_can_check_the_file(home: Synced, evidence: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sent.evidence"
    shutil.copy(evidence, copy)
    done = isolated("verify", copy, "--genesis-hash", home.genesis_hash, folder=tmp_path)
    assert done.code == 0, done.out + done.err
    assert "signed, certified, recorded" in done.out
    answer = json.loads(
        isolated("verify", copy, "--genesis-hash", home.genesis_hash, "--json", folder=tmp_path).out
    )
    (hour,) = answer["hours"]
    table = {
        row["time_utc"][:16].replace("T", " "): row
        for row in csv.DictReader(home.run("export", "csv").out.splitlines())
    }
    assert len(hour["intervals"]) == 4
    for shown in hour["intervals"]:
        row = table[shown["time_utc"]]
        assert [str(shown[k]) for k in ("import_wh", "export_wh", "generation_wh")] == [
            row["import_wh"], row["export_wh"], row["generation_wh"],
        ]  # fmt: skip


def test_a_sealed_file_shows_no_reading(home: Synced, evidence: Path, tmp_path: Path) -> None:
    hour = json.loads(home.run("verify", evidence, "--genesis-hash", home.genesis_hash, "--json").out)[
        "hours"
    ][0]
    target = tmp_path / "sealed.evidence"
    at = hour["hour_utc"].replace(" ", "T")
    assert home.run("export", "evidence", "--sealed", "--from", at, "-o", target).code == 0
    answer = json.loads(
        isolated("verify", target, "--genesis-hash", home.genesis_hash, "--json", folder=tmp_path).out
    )
    assert answer["hours"][0]["intervals"] == []
    assert answer["hours"][0]["page"] == hour["page"]


def test_an_altered_file_names_its_part(home: Synced, evidence: Path, tmp_path: Path) -> None:
    true = Evidence.from_cbor(evidence.read_bytes())
    from dataclasses import replace

    page = true.pages[0]
    changes = {
        "genesis": {"genesis": true.genesis[:-1] + b"\x00"},
        "header 1": {"first": true.bundle},
        "head": {"bundle": true.first},
        "record": {"meter": bytes(16)},
        "certificate": {"certificate": true.certificate[:-1] + bytes((true.certificate[-1] ^ 1,))},
        f"page {page.number}": {"pages": (replace(page, page=page.page[:-1] + bytes((page.page[-1] ^ 1,))),)},
        f"anchor of page {page.number}": {"pages": (replace(page, anchor_index=page.anchor_index + 1),)},
        "day key": {"day_keys": ((true.day_keys[0][0], bytes(32)),)},
    }
    for part, change in changes.items():
        target = tmp_path / "altered.evidence"
        target.write_bytes(replace(true, **change).to_cbor())
        done = ohmstead("verify", target, "--genesis-hash", home.genesis_hash, home=tmp_path / "p")
        assert done.code == 1
        assert done.out.startswith(f"refused: {part}: "), done.out
    answer = json.loads(
        ohmstead("verify", target, "--genesis-hash", home.genesis_hash, "--json", home=tmp_path).out
    )
    assert (answer["ok"], answer["part"]) == (False, "day key")


def test_a_file_that_is_none(home: Synced, tmp_path: Path) -> None:
    for content in (b"", b"hello", bytes(1000)):
        (tmp_path / "x").write_bytes(content)
        done = ohmstead("verify", tmp_path / "x", "--genesis-hash", home.genesis_hash, home=tmp_path)
        assert done.code == 1
        assert done.out.startswith("refused: file: ")


# ---- wrong usage ----------------------------------------------------------------------------------


def test_usage_in_one_sentence(home: Synced, evidence: Path, tmp_path: Path) -> None:
    one_sentence(home.run("verify", evidence))
    one_sentence(home.run("verify", evidence, "--genesis-hash", "abc"))
    one_sentence(home.run("verify", tmp_path / "none", "--genesis-hash", home.genesis_hash))
    (tmp_path / "large").write_bytes(bytes((1 << 20) + 1))
    one_sentence(home.run("verify", tmp_path / "large", "--genesis-hash", home.genesis_hash))
    one_sentence(home.run("export", "evidence"))
    one_sentence(home.run("export", "evidence", "--from", "yesterday", "-o", tmp_path / "x"))
    one_sentence(home.run("export", "evidence", "--from", "2001-01-01T00:00", "-o", tmp_path / "x"))
    one_sentence(home.run("export", "csv", "--from", "soon"))
    one_sentence(home.run("export", "csv", "-o", "/proc/x/y"))
    one_sentence(home.run("pair", "--code", "1234"))
    one_sentence(home.run("pair", "--code", "1234", "--mark", "3A7"))
    one_sentence(home.run("pair", "--code", home.here.label.code, "--mark", "zz"))
    one_sentence(home.run("pair", "--qr", "OHM1:nonsense"))
    assert "Bluetooth is switched off" in one_sentence(home.run("sync", "--hci", "tcp-client:127.0.0.1:1"))
    closed = home.run("pair", "--hci", home.here.hci, "--qr", home.here.label.qr)
    assert "searching\nsecuring\nohmstead: The meter's pairing window is closed" in closed.err
    assert (closed.code, "Traceback" in closed.err) == (1, False)


def test_usage_that_the_parser_refuses(tmp_path: Path) -> None:
    for words in (("export", "pdf"), ("pair",), ("sync", "--nonsense"), ("nonsense",), ("meter",), ("node",)):
        done = ohmstead(*words, home=tmp_path)
        assert done.code == 2, (words, done)
        assert "Traceback" not in done.err


def test_help_and_version_need_nothing(tmp_path: Path) -> None:
    commands = ("app", "demo", "pair", "sync", "status", "verify", "export", "meter", "node", "radio")
    assert ohmstead("--version", home=tmp_path / "p").out.startswith("ohmstead ")
    listed = ohmstead("--help", home=tmp_path / "p").out
    for command in commands:
        assert command in listed
        done = ohmstead(command, "--help", home=tmp_path / "p")
        assert (done.code, done.err) == (0, ""), command
    assert not (tmp_path / "p").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are named by variables on Linux")
@pytest.mark.parametrize("words", [(), ("-v",), ("demo",)], ids=str)
def test_a_machine_without_a_display_is_told_so(tmp_path: Path, words: tuple[str, ...]) -> None:
    bare = {
        name: value
        for name, value in environment(tmp_path / "p").items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "ohmstead", *words],
        capture_output=True, text=True, timeout=60, env=bare, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("ohmstead: There is no display here.")
    assert not (tmp_path / "p").exists()

"""``ohmstead neighbours --offline`` and ``ohmstead guardian status`` on files of a real home and real guardians.

A day of sixteen homes is on a ledger in this process; the home's files are those that an app left, in a profile
of their own. The command runs as it does for a person. Not here: the radio (``tests/e2e``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ohmstead.cli import neighbours as command
from ohmstead.cli.main import run
from ohmstead.core.codec import Value
from ohmstead.link.messages import Method
from ohmstead.link.pairing import Pairing
from ohmstead.neighbours.estimator import plain_day
from ohmstead.neighbours.rounds import days_of
from ohmstead.services.homes import Homes
from ohmstead.services.neighbour_states import NeighbourState, RoundState, Standing
from ohmstead.system.paths import paths_in
from ohmstead.system.secrets import SealedFileStore
from tests.helpers.home import Direct, Home
from tests.helpers.ledger import Ledger
from tests.helpers.meter import EPOCH_ROOT, Meter
from tests.services.neighbours.rig import DAY, EPOCH, HOUSES, App, Town, finished

DATE = "2026-01-06"


def profile_of(folder: Path, homes: Path, pairing: Pairing) -> Path:
    """A profile with an app's files in it."""
    paths = paths_in(folder)
    shutil.copytree(homes, paths.homes)
    store = Homes(paths.homes, SealedFileStore.for_demonstration(paths.data / "secrets"))
    asyncio.run(store.save(pairing))
    store.keep_epoch_root(pairing.meter_id, 0, EPOCH_ROOT)
    return folder


@dataclass
class Kept:
    """A finished day, the files that one honest app keeps of it, and the state that its page had."""

    town: Town
    profile: Path
    state: NeighbourState

    def copy(self, folder: Path) -> Kept:
        """The same files, to be spoiled."""
        return replace(self, profile=Path(shutil.copytree(self.profile, folder / "profile")))

    @property
    def file(self) -> Path:
        return next((self.profile / "data" / "homes").glob("*/neighbours.sqlite"))

    def change(self, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(self.file)) as db:
            assert db.execute(sql, values).rowcount == 1
            db.commit()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    town = finished(folder / "town")
    app = App(town.bench, folder / "app")
    state = asyncio.run(app.look())
    app.close()
    profile = profile_of(folder / "profile", folder / "app" / "homes", town.bench.meter.pairing())
    yield Kept(town, profile, state)
    town.shut()


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def offline(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command on a profile, at the ledger's time."""
    monkeypatch.setattr(time, "time_ns", kept.town.bench.street.ledger.wall_ns)

    def go(profile: Path, *arguments: str) -> Done:
        code = run(["neighbours", *arguments, "--offline", "--data", str(profile)])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return go


def ended(state: NeighbourState) -> list[RoundState]:
    return [r for r in state.rounds if r.standing in (Standing.RESULT, Standing.VOID)]


def one_sentence(done: Done) -> str:
    assert (done.code, done.out) == (1, "")
    (line,) = done.err.strip().splitlines()
    assert line.startswith("ohmstead: ")
    assert line.endswith((".", "`"))
    return line


# ---- right ---------------------------------------------------------------------------------------


def test_the_figures_are_the_pages_and_the_plain_statistic(kept: Kept, offline: Callable[..., Done]) -> None:
    done = offline(kept.profile, "--json")
    assert (done.code, done.err) == (0, "")
    answer = done.json
    page = command.as_json(replace(kept.state, rounds=tuple(ended(kept.state))))
    assert answer == json.loads(json.dumps(page))
    assert [r["round"] for r in answer["rounds"]] == [DATE, "2026-01-05"]
    latest, plain = answer["latest"], plain_day(
        [kept.town.own_wh(DAY), *kept.town.others[DAY].values()], HOUSES.s
    )  # fmt: skip
    assert (latest["round"], latest["n"], latest["roster"]) == (DATE, 16, 16)
    assert latest["mean_wh"] == plain.mean_wh()
    assert latest["percentiles_wh"] == {str(p): plain.percentile_wh(p) for p in (20, 50, 80)}
    assert (latest["own_wh"], latest["included"]) == (kept.town.own_wh(DAY), True)
    assert (answer["complete"], answer["alarms"], answer["single_operator"]) == (True, [], True)


def test_in_words(kept: Kept, offline: Callable[..., Done]) -> None:
    done = offline(kept.profile)
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"^result +{DATE}: 16 of 16 homes$", done.out, re.M)
    assert re.search(rf"^ +this home {kept.town.own_wh(DAY)} Wh$", done.out, re.M)
    assert re.search(r"^void +2026-01-05: too-few, 0 of 16 homes$", done.out, re.M)
    assert re.search(r"^privacy +simulated", done.out, re.M)
    assert "incomplete" not in done.out
    assert "WRONG" not in done.out


def test_a_load_shape_is_said_and_handed_over() -> None:
    sums = tuple(100 + (90 if v == 18 else 0) + (80 if v == 24 + 9 else 0) for v in range(48))
    shape = RoundState(HOUSES.id, EPOCH, None, Standing.RESULT, 20, 21, shape=sums, audited=True)
    state = NeighbourState(known=True, shown=HOUSES.id, complete=True, rounds=(shape,))
    (line,) = [s for s in command.told(state) if s.startswith("load shape")]
    assert line.split(maxsplit=2)[2] == (
        "2026-01: 20 of 21 homes, audited; most at 18:00 on workdays and 09:00 on weekends"
    )
    (round_,) = json.loads(json.dumps(command.as_json(state)))["rounds"]
    assert (round_["round"], round_["shape"]) == ("2026-01 (load shape)", list(sums))


def test_the_help_names_every_field_and_every_exit_code(
    kept: Kept, offline: Callable[..., Done], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = offline(kept.profile, "--json").json
    with pytest.raises(SystemExit) as left:
        run(["neighbours", "--help"])
    assert left.value.code == 0
    words = set(re.findall(r"[a-z0-9_]+", capsys.readouterr().out))

    def fields(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield name
                yield from fields(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from fields(inner)

    assert set(fields(answer)) | {"finding", "words", "0", "1"} <= words


# ---- wrong ---------------------------------------------------------------------------------------


def test_nothing_is_done_without_a_home(tmp_path: Path, offline: Callable[..., Done]) -> None:
    SealedFileStore.for_demonstration(paths_in(tmp_path).data / "secrets")
    assert "No home is paired" in one_sentence(offline(tmp_path))


def test_a_home_whose_ledger_has_no_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger(tmp_path)
    meter = Meter(tmp_path, ledger)
    meter.admit()
    meter.publish(3)
    home = Home.of(tmp_path / "app", meter)
    home.sync(Direct(meter))
    home.close()
    monkeypatch.setattr(time, "time_ns", ledger.wall_ns)
    profile = profile_of(tmp_path / "profile", tmp_path / "app" / "homes", meter.pairing())
    meter.close()
    ledger.close()
    code = run(["neighbours", "--offline", "--data", str(profile)])
    assert command.NO_COMPARISON in one_sentence(Done(code, *capsys.readouterr()))


def test_a_home_that_was_never_near_its_meter(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done]
) -> None:
    (tmp_path / "empty").mkdir()
    bare = profile_of(tmp_path / "profile", tmp_path / "empty", kept.town.bench.meter.pairing())
    assert "Nothing is mirrored yet" in one_sentence(offline(bare))


@pytest.mark.parametrize("what", ["damaged", "gone"])
def test_without_its_file_nothing_is_shown(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done], what: str
) -> None:
    spoilt = kept.copy(tmp_path)
    file = spoilt.file
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    if what == "gone":
        file.unlink()
    else:
        file.write_bytes(b"not a database at all" * 300)
    assert "Nothing of the comparison is proven here" in one_sentence(offline(spoilt.profile))
    aside = list(file.parent.glob("neighbours.sqlite.damaged-*"))
    assert len(aside) == (what == "damaged")


def of_day(kept: Kept) -> int:
    """The place of the day in the cohort's log."""
    return next(i for i, r in enumerate(kept.town.bench.street.records()) if r.day == DAY)


def test_a_record_that_was_changed_on_this_computer_is_found_and_not_shown(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done]
) -> None:
    spoilt, at = kept.copy(tmp_path), of_day(kept)
    record = kept.town.bench.street.records()[at]
    values = (*record.values[:-1], record.values[-1] + 1)
    spoilt.change(
        'UPDATE round SET record = ? WHERE "index" = ?', replace(record, values=values).to_bytes(), at
    )
    done = offline(spoilt.profile, "--json")
    assert done.code == 1
    (alarm,) = done.json["alarms"]
    assert (alarm["finding"], alarm["cohort"], alarm["round"]) == ("record", HOUSES.id, DATE)
    assert "not the one in the log" in alarm["words"]
    assert (done.json["latest"], done.json["complete"]) == (None, False)
    assert DATE not in [r["round"] for r in done.json["rounds"]]
    words = offline(spoilt.profile)
    assert words.code == 1
    assert re.search(rf"^WRONG +houses, {DATE}: ", words.out, re.M)
    assert offline(kept.profile).code == 0


def test_a_leaf_that_was_changed_on_this_computer_takes_the_whole_log_away(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done]
) -> None:
    spoilt, at = kept.copy(tmp_path), of_day(kept)
    leaf = kept.town.bench.street.records()[at].leaf
    spoilt.change(
        'UPDATE round SET leaf = ? WHERE "index" = ?', replace(leaf, digest=bytes(32)).to_bytes(), at
    )
    assert "Nothing of the comparison is proven here" in one_sentence(offline(spoilt.profile))


def test_keys_that_were_changed_on_this_computer_open_nothing(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done]
) -> None:
    spoilt = kept.copy(tmp_path)
    with closing(sqlite3.connect(spoilt.file)) as db:
        (raw,) = db.execute("SELECT value FROM fact WHERE name = ?", (f"keys/{EPOCH}",)).fetchone()
    key = bytes(raw).index(b"\x58\x20") + 2
    spoilt.change(
        "UPDATE fact SET value = ? WHERE name = ?",
        raw[:key] + bytes((raw[key] ^ 1,)) + raw[key + 1 :], f"keys/{EPOCH}",
    )  # fmt: skip
    done = offline(spoilt.profile, "--json")
    assert done.code == 1
    assert [(a["finding"], a["round"]) for a in done.json["alarms"]] == [("record", DATE)]
    assert done.json["latest"] is None


def test_a_finding_of_the_last_look_is_said_until_it_comes_out_right(
    kept: Kept, tmp_path: Path, offline: Callable[..., Done]
) -> None:
    def lie(method: int, _params: Value, answers: list[Value]) -> list[Value]:
        if method != Method.NBR_OWN:
            return answers
        (answer,) = answers
        assert isinstance(answer, list)
        return [[answer[0], answer[1], bytes(32), answer[3]]]

    app = App(kept.town.bench, tmp_path / "app")
    state = asyncio.run(app.look(lie))
    app.close()
    assert len(state.alarms) == 1
    profile = profile_of(tmp_path / "profile", tmp_path / "app" / "homes", kept.town.bench.meter.pairing())
    done = offline(profile, "--json")
    assert done.code == 1
    assert [(a["finding"], a["round"], a["words"]) for a in done.json["alarms"]] == [
        ("altered", DATE, state.alarms[0].words)
    ]
    assert done.json["latest"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audit",), "audit: say which"),
        (("leave", "houses"), "leave: nothing follows it"),
        (("join", "No Cohort!"), "is no cohort's name"),
        (("audit", "yesterday"), "yesterday is no date"),
        (("audit", "2026-13"), "2026-13 is no date"),
        (("audit", "1969-12-31"), "is no day of a ledger"),
        (("pause",), "pause: not without the meter"),
        (("audit", DATE), "audit: not without the meter"),
    ],
)
def test_what_cannot_be_asked(
    kept: Kept, offline: Callable[..., Done], arguments: tuple[str, ...], words: str
) -> None:
    assert words in one_sentence(offline(kept.profile, *arguments))


def test_a_day_and_a_month_are_read() -> None:
    assert command.round_of(DATE) == (EPOCH, DAY)
    assert command.round_of("2026-01") == (EPOCH, None)
    assert days_of(command.round_of("2028-02")[0])[-1] == command.round_of("2028-02-29")[1]


def test_every_argument_is_in_the_help() -> None:
    parser = argparse.ArgumentParser()
    command.add(parser)
    assert all(a.help for a in parser._actions)


# ---- a guardian's folder -------------------------------------------------------------------------


def test_what_a_guardians_folder_holds(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    vault = kept.town.bench.street.vaults[0]
    assert run(["guardian", "status", "--json", "--data", str(vault.folder)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "key": vault.signing.public.hex(), "months": ["2026-01", "2026-02"], "rounds_shared": 1,
    }  # fmt: skip
    assert run(["guardian", "status", "--data", str(vault.folder)]) == 0
    out = capsys.readouterr().out
    assert re.search(rf"^key +{vault.signing.public.hex()}$", out, re.M)
    assert re.search(r"^secrets of +2026-01, 2026-02$", out, re.M)
    assert re.search(r"^rounds shared +1$", out, re.M)
    secrets = [vault.secret(e) for e in vault.epochs()]
    assert len(secrets) == 2
    for secret in secrets:
        assert secret is not None
        assert secret[0].x.hex() not in out


def test_a_folder_without_a_guardian_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["guardian", "status", "--data", str(tmp_path / "none")]) == 1
    assert "There is no guardian in" in one_sentence(Done(1, *capsys.readouterr()))
    assert not (tmp_path / "none").exists()


def test_a_new_guardian_shares_nothing_and_keeps_one_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "guardian")
    assert run(["guardian", "key", "--json", "--data", folder]) == 0
    key = json.loads(capsys.readouterr().out)["key"]
    assert run(["guardian", "key", "--data", folder]) == 0
    assert capsys.readouterr().out == f"{key}\n"
    assert run(["guardian", "status", "--json", "--data", folder]) == 0
    assert json.loads(capsys.readouterr().out) == {"key": key, "months": [], "rounds_shared": 0}


def test_a_damaged_journal_is_said_and_not_overwritten(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(kept.town.bench.street.vaults[0].folder, tmp_path / "guardian"))
    journal = folder / "journal"
    journal.write_bytes(b"\x00\x03abc")
    assert run(["guardian", "status", "--data", str(folder)]) == 1
    assert "damaged" in one_sentence(Done(1, *capsys.readouterr()))
    assert journal.read_bytes() == b"\x00\x03abc"


def test_a_guardian_of_no_ledger_does_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--data", str(tmp_path / "g"), "--node", "http://127.0.0.1:1", "--genesis", str(tmp_path / "no")]
    assert run(["guardian", "run", *where]) == 1
    assert "There is no genesis document" in one_sentence(Done(1, *capsys.readouterr()))
    assert not (tmp_path / "g").exists()

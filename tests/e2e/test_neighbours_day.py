"""The demonstration's neighbours as processes: homes, a meter, four guardians; what is opened, and what is not.

The past that is replayed holds days that closed, so results are there as soon as the guardians have shared. The
home's command then says the same over the virtual radio, and audits a day. What the ledger, its node, the
guardians' folders, all logs and answers and the command hold is searched for anything that belongs to one home
alone.
"""

from __future__ import annotations

import asyncio
import json
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pytest

from ohmstead.contract.genesis import AppState
from ohmstead.contract.neighbour_rounds import record_rule
from ohmstead.core.codec import as_list, as_uint, decode, encode
from ohmstead.ledger.genesis import GenesisDocument
from ohmstead.meter.keeper import load_identity
from ohmstead.meter.stating_rows import Row, Stage, StatingStore
from ohmstead.neighbours.group import scalar_of
from ohmstead.neighbours.messages import GuardianKey
from ohmstead.neighbours.proofs import nonces
from ohmstead.neighbours.records import RoundLeaf, RoundRecord
from ohmstead.neighbours.rounds import epoch_of
from ohmstead.neighbours.slots import slot_count
from ohmstead.node.client import NodeClient, book_of, hashes_of, statements_of, values_of
from ohmstead.system.paths import paths_in
from ohmstead.system.secrets import SealedFileStore
from ohmstead.village.neighbourhood import Neighbourhood
from tests.helpers.village import Done, ohmstead, solar_csv

pytestmark = pytest.mark.processes

HOMES, WAIT_S = 40, 40.0
DAY_0 = Date(1970, 1, 1)


async def records_of(client: NodeClient, cohort: str) -> list[RoundRecord]:
    (raw,) = await values_of(client, "nbr", [b"log/" + cohort.encode()])
    size = as_uint(as_list(decode(raw or b""), "log", 3)[0], "size")
    found = []
    for index in range(size):
        leaf, (record, *_), _ = await book_of(client, record_rule(cohort), index)
        found.append(RoundLeaf.from_bytes(leaf).record(record))
    return found


async def keys_of(client: NodeClient, epoch: int, of: int) -> dict[int, GuardianKey]:
    raws = await values_of(client, "nbrkey", [epoch.to_bytes(4, "big") + bytes((i,)) for i in range(of)])
    keys = {}
    for i, raw in enumerate(raws):
        x, c, z, _ = as_list(decode(raw or b""), "key", 4)
        assert isinstance(x, bytes)
        assert isinstance(c, bytes)
        assert isinstance(z, bytes)
        keys[i] = GuardianKey(epoch, i, x, c, z)
    return keys


def own_rows(folder: Path) -> list[Row]:
    store = StatingStore(folder / "meter" / "neighbours.sqlite")
    try:
        found = [store.find(row.is_shape, row.number) for row in store.newest(100)]
        return [row for row in found if row is not None and row.message is not None]
    finally:
        store.close()


def secrets_of(row: Row, s: int) -> list[bytes]:
    """What must be nowhere but in the meter: seed, the nonces that open each slot, the amounts as kept."""
    assert row.seed is not None
    assert row.plain is not None
    total = sum(as_uint(wh, "Wh") for wh in as_list(decode(row.plain), "plain"))
    return [
        row.seed,
        *nonces(row.seed, slot_count(s)),
        row.plain,
        scalar_of(total),
        encode([total, row.message]),
    ]


async def test_results_are_exact_and_nothing_of_one_home_is_anywhere_else(tmp_path: Path) -> None:
    street = Neighbourhood(tmp_path / "street", solar_csv(tmp_path / "home.csv", 2), homes=HOMES)
    answers: list[bytes] = []
    try:
        await street.start()
        genesis = GenesisDocument.from_cbor((street.folder / "consortium" / "genesis.cbor").read_bytes())
        params = AppState.from_cbor(genesis.app_state).neighbours
        assert params is not None
        cohort = params.cohorts[0]
        client = NodeClient(street.node_url)
        try:
            loop = asyncio.get_running_loop()
            end = loop.time() + WAIT_S
            results: list[RoundRecord] = []
            while len(results) < 2 and loop.time() < end:
                await asyncio.sleep(0.5)
                results = [r for r in await records_of(client, cohort.id) if r.void is None]
            assert len(results) >= 2
            for record in results:
                assert record.day is not None
                keys = await keys_of(client, record.epoch, len(params.guardians))
                found = record.check(genesis.genesis_hash, keys, len(params.guardians), cohort.s)
                assert found is not None
                assert found.n == record.roster
                log = f"{record_rule(cohort.id)}/day/{record.day}"
                assert len(await hashes_of(client, log)) == record.frozen.n if record.frozen else False
                answers += await statements_of(client, log, 0)
                assert epoch_of(record.day) == record.epoch
            told = await asyncio.to_thread(command, street, tmp_path / "app", results)
        finally:
            await client.close()
    finally:
        await street.stop()
    rows = {row.number: row for row in own_rows(street.folder) if not row.is_shape}
    taken = [rows[r.day] for r in results if r.day in rows]
    assert len(taken) == len(results), "the home that is shown has a part in every result"
    assert any(row.stage is Stage.ON_LEDGER for row in taken)
    for row in taken:
        assert encode([rows_meter(street.folder), row.message]) in answers
    searched = [
        p
        for p in street.folder.rglob("*")
        if p.is_file() and "meter" not in p.relative_to(street.folder).parts
    ]
    assert any(p.name == "chain.sqlite" for p in searched)
    for i in range(len(params.guardians)):
        name = params.guardians[i].name
        assert {f"guardian-{name}.log"} <= {p.name for p in searched}
    assert sum(p.name == "journal" and p.stat().st_size > 0 for p in searched) == len(params.guardians)
    haystack = [p.read_bytes() for p in searched] + answers + [told]
    for row in taken:
        for needle in secrets_of(row, cohort.s):
            assert not any(needle in hay for hay in haystack)
    # The search would have found it: in the meter's own file every seed is there.
    own = b"".join(p.read_bytes() for p in (street.folder / "meter").glob("neighbours.sqlite*"))
    assert all(row.seed is not None and row.seed in own for row in taken)


def command(street: Neighbourhood, profile: Path, results: list[RoundRecord]) -> bytes:
    """``ohmstead neighbours`` of the home that is shown, beside the records; all that it said."""
    SealedFileStore.for_demonstration(paths_in(profile).data / "secrets")
    said = list[str]()

    def run(name: str, *more: object) -> Done:
        done = ohmstead(name, "--data", profile, "--hci", street.app_hci, *more, home=profile / "empty")
        assert done.code == 0, done.err
        said.append(done.out + done.err)
        return done

    assert street.label is not None
    street.press_button()
    run("pair", "--qr", street.label.qr)
    first = json.loads(run("neighbours", "--json").out)
    assert (first["complete"], first["alarms"], first["single_operator"]) == (True, [], True)
    rounds = {r["round"]: r for r in first["rounds"]}
    for record in results:
        assert record.day is not None
        date = str(DAY_0 + timedelta(days=record.day))
        assert (rounds[date]["standing"], rounds[date]["n"]) == ("result", record.frozen and record.frozen.n)
    date = str(DAY_0 + timedelta(days=max(r.day or 0 for r in results)))
    latest = first["latest"]
    assert latest["round"] >= date
    assert latest["included"] is True
    assert latest["own_wh"] > 0
    audited = run("neighbours", "audit", date)
    n = rounds[date]["n"]
    assert f"{n} of {n} statements" in audited.err
    offline = json.loads(
        ohmstead("neighbours", "--offline", "--json", "--data", profile, home=profile / "empty").out
    )
    assert {r["round"]: r["audited"] for r in offline["rounds"]}[date] is True
    assert offline["alarms"] == []
    return "\n".join(said).encode()


def rows_meter(folder: Path) -> bytes:
    return load_identity(folder / "meter" / "identity").meter

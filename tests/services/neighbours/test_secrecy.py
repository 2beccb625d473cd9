"""What reaches a home of the other homes: its link's answers, its app's files, logs and command say no more than
the sum. And what a guardian's folder and log hold: the round's root, nobody's number.

One home's app looks, audits and shows a finished day of fifteen others, whose seeds and Wh this test knows.
Looked for, of each of them: its seed, every nonce, what each slot's nonce makes of the joint key, its Wh as an
integer of any decoded answer and as text, its meter's id and its ciphertexts. Two answers may name meters: an
audit hands out every statement as the ledger has it, and a proof that a key is absent names the keys beside it,
whose value is the cohort. Not here: what the node keeps (``tests/node/test_neighbours_secrecy``), what a
coalition computes (``tests/neighbours/test_simulator``).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ohmstead.cli.main import run
from ohmstead.core.codec import CodecError, Value, decode, encode
from ohmstead.link.binding import Role
from ohmstead.link.messages import Method
from ohmstead.neighbours.group import mul
from ohmstead.neighbours.proofs import SlotMessage, nonces
from ohmstead.neighbours.rounds import Round
from ohmstead.neighbours.slots import slot_count
from tests.cli.test_neighbours import profile_of
from tests.contract.neighbour_rig import day_message, seed_of_day
from tests.helpers.neighbours import FIRST_DAY, HOUSES, end_of
from tests.services.neighbours.rig import DAY, App, Town

SLOTS = slot_count(HOUSES.s)
#: No time, size, height or day is one of these, and no sum of a histogram.
WH = tuple(25_013 + 271 * i for i in range(15))


@dataclass
class Looked:
    """Everything that came to one home, by what was asked."""

    town: Town
    answers: dict[int, list[Value]] = field(default_factory=dict)
    files: bytes = b""
    said: str = ""
    logged: str = ""
    guardians: bytes = b""
    viewer: dict[int, list[Value]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    folder = tmp_path_factory.mktemp("secrecy")
    lines = list[str]()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler, root = Keep(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    town = Town(folder / "town")
    found = Looked(town)
    try:
        asyncio.run(_lived(town, found, folder))
        profile = profile_of(folder / "profile", folder / "app" / "homes", town.bench.meter.pairing())
        found.said = _said(town, profile)
        found.files = b"\n".join(p.read_bytes() for p in sorted(profile.rglob("*")) if p.is_file())
        found.guardians = b"\n".join(
            p.read_bytes() for v in town.bench.street.vaults for p in sorted(v.folder.rglob("*"))
        )
        found.logged = "\n".join(lines)
        yield found
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        town.shut()


async def _lived(town: Town, found: Looked, folder: Path) -> None:
    """A day from its statements to its audit, with looks of the home's app all the way, and one of a viewer's."""
    app, viewer = App(town.bench, folder / "app"), App(town.bench, folder / "viewer")

    async def look(
        who: App, kept: dict[int, list[Value]], role: Role = Role.OWNER, *, audit: bool = False
    ) -> None:
        def heard(method: int, _params: Value, answers: list[Value]) -> list[Value]:
            kept.setdefault(method, []).extend(answers)
            return answers

        async with who.linked(heard, role=role) as desk:
            if audit:
                await desk.audit(HOUSES.id, DAY)

    await town.begin()
    wh = dict(zip((k.kid for k in town.bench.street.homes), WH, strict=True))
    bench = town.bench
    bench.meter.publish(24 * (DAY + 1 - FIRST_DAY) - bench.meter.recorded)
    bench.street.ledger.until(end_of(DAY) + 60)
    bench.street.ledger.step()
    await bench.look()
    town.others[DAY] = wh
    bench.street.state_day(DAY, wh)
    await town.settle()
    await look(app, found.answers)
    bench.street.close(DAY)
    await bench.street.look(0, 2)
    await look(app, found.answers)
    for _ in range(2):
        await bench.street.look()
    await look(app, found.answers, audit=True)
    await look(viewer, found.viewer, Role.VIEWER)
    assert app.round(DAY) is not None
    app.close()
    viewer.close()


def _said(town: Town, profile: Path) -> str:
    """What the command says of it, in words and as JSON."""
    out, patch = io.StringIO(), pytest.MonkeyPatch()
    with patch.context() as now, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        now.setattr(time, "time_ns", town.bench.street.ledger.wall_ns)
        for more in ([], ["--json"]):
            assert run(["neighbours", "--offline", "--data", str(profile), *more]) == 0
    return out.getvalue()


def secrets_of(looked: Looked) -> list[bytes]:
    """What would open the day of one of the others."""
    street = looked.town.bench.street
    round_ = Round.of_day(street.hash, HOUSES.id, DAY)
    joint, found = street.joint(round_.epoch), list[bytes]()
    for key, wh in zip(street.homes, WH, strict=True):
        seed = seed_of_day(round_, key.kid)
        rs = nonces(seed, SLOTS)
        message = SlotMessage.from_bytes(day_message(round_, key.kid, joint, wh, HOUSES.s), SLOTS)
        masks = [mul(r, joint) for r in rs]
        found += [seed, *rs]
        found += [m for m, c in zip(masks, message.ciphertexts, strict=True) if m != c.c2]
    return found


def names_of(looked: Looked) -> list[bytes]:
    """What says which home, and its own ciphertexts."""
    street = looked.town.bench.street
    round_ = Round.of_day(street.hash, HOUSES.id, DAY)
    joint = street.joint(round_.epoch)
    found = list[bytes]()
    for key, wh in zip(street.homes, WH, strict=True):
        message = day_message(round_, key.kid, joint, wh, HOUSES.s)
        found += [key.kid, key.public, *(message[at : at + 32] for at in range(0, 64 * SLOTS, 32))]
    return found


def integers(value: Value) -> Iterator[int]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, bytes):
        try:
            yield from integers(decode(value, max_size=1 << 20))
        except CodecError:
            return
    elif isinstance(value, list):
        for item in value:
            yield from integers(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from integers(item)


def test_a_homes_link_answers_hold_nothing_of_one_other_home(looked: Looked) -> None:
    secrets, names = secrets_of(looked), names_of(looked)
    asked = {Method.NBR, Method.NBR_OWN, Method.PROVE, Method.LEAVES, Method.BOOK, Method.ROUND_HASHES}
    assert set(looked.answers) == asked | {Method.ROUND}
    for answers in (looked.answers, looked.viewer):
        for method, values in answers.items():
            data = encode(values)
            assert not [s.hex() for s in secrets if s in data], method
            assert not set(WH) & set(integers(values)), method
            if method != Method.ROUND:
                held = [n for n in names if n in data]
                assert not [n.hex() for n in held if method != Method.PROVE or len(n) != 16], method
    # The search would find it: an audit is of every statement, as the ledger has them.
    statements = encode(looked.answers[Method.ROUND])
    assert all(n in statements for n in names if len(n) == 16)
    assert len([n for n in names if n in statements]) == 15 * (1 + 2 * SLOTS)
    # And of its own home an owner is told everything, a viewer nothing.
    row = looked.town.bench.store.find(False, DAY)
    assert row is not None
    assert row.seed is not None
    assert row.seed in encode(looked.answers[Method.NBR_OWN])
    assert Method.NBR_OWN not in looked.viewer
    assert all(row.seed not in encode(values) for values in looked.viewer.values())


def test_the_apps_files_logs_and_command_hold_nothing_of_one_other_home(looked: Looked) -> None:
    places = {"files": looked.files, "command": looked.said.encode(), "log": looked.logged.encode()}
    for name, data in places.items():
        low = data.lower()
        for needle in (*secrets_of(looked), *names_of(looked)):
            assert needle not in data, name
            assert needle.hex().encode() not in low, name
    numbers = set(map(int, re.findall(r"\d+", looked.said + looked.logged)))
    assert not numbers & set(WH)
    # The result is in all of them, and so is the own home where it belongs.
    assert f"this home {looked.town.own_wh(DAY)} Wh" in looked.said
    assert "16 of 16 homes, audited" in looked.said
    row = looked.town.bench.store.find(False, DAY)
    assert row is not None
    assert row.seed is not None
    assert row.seed in looked.files
    assert row.seed.hex() not in looked.said + looked.logged


def test_a_guardians_folder_holds_roots_and_nobody(looked: Looked) -> None:
    bench = looked.town.bench
    row = bench.store.find(False, DAY)
    assert row is not None
    assert row.seed is not None
    own = [row.seed, row.plain or b"", bench.meter.id, *nonces(row.seed, SLOTS)]
    for needle in (*secrets_of(looked), *names_of(looked), *own):
        assert needle not in looked.guardians
    record = next(r for r in bench.street.records() if r.day == DAY)
    assert record.frozen is not None
    assert looked.guardians.count(record.frozen.root) == 4
    for vault in bench.street.vaults:
        held = {p.name for p in vault.folder.iterdir()}
        assert held == {"journal", "signing-key", *(f"month-{e}.key" for e in vault.epochs())}


def test_no_secret_of_a_guardian_reaches_a_home(looked: Looked) -> None:
    xs = list[bytes]()
    for vault in looked.town.bench.street.vaults:
        for epoch in vault.epochs():
            secret = vault.secret(epoch)
            assert secret is not None
            xs.append(secret[0].x)
    assert len(xs) == 8
    heard = [encode(v) for answers in (looked.answers, looked.viewer) for v in answers.values()]
    for place in (*heard, looked.files, looked.said.encode(), looked.logged.encode()):
        assert not [x for x in xs if x in place or x.hex().encode() in place]

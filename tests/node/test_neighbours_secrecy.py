"""What one home's day leaves behind, searched for in all that a node keeps, says and logs of a whole round.

Searched: every state key and value at every stage of the round, all bytes of the node's file, every answer of
its RPC (with base64 and hex undone), and every log line. Looked for, for every home: its seed and each nonce r_j;
what would open one slot, r_j·Y where it holds 1, and each guardian's part x_i·C1_j; the guardians' secrets; in
everything that names a meter, its Wh as an integer, and its text in a log.

What that shows: nobody writes down, by mistake or on the way, what would open one home, so that a coalition has
only what it computes itself. What it does not show: that the ciphertexts hide (the simulator in
``tests/neighbours``), or anything about all guardians together, who can read a home (protocol/neighbours, 28).
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ohmstead.contract.neighbour_rounds import log_name, record_rule
from ohmstead.contract.neighbour_rules import NEIGHBOUR_BODIES
from ohmstead.core.codec import CodecError, Value, decode
from ohmstead.core.statements import StatementError, parse
from ohmstead.neighbours.group import base, mul
from ohmstead.neighbours.messages import StateDay
from ohmstead.neighbours.proofs import SlotMessage, nonces
from ohmstead.neighbours.slots import slot_count, slots_of
from tests.helpers.cohort import FIRST_DAY, STREET, S, Street

HOMES = 15
SLOTS = slot_count(S)
#: No time, height, day, count or size of this ledger is one of these.
WH = tuple(25_013 + 271 * i for i in range(HOMES))


@dataclass(frozen=True)
class Run:
    """A finished round: the ledger, every state on the way, all log lines."""

    street: Street
    states: tuple[bytes, ...]
    entries: tuple[tuple[str, bytes, bytes], ...]
    logged: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    lines = list[str]()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler, root = Keep(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    street = Street(tmp_path_factory.mktemp("secrecy"), HOMES, "secret-street")
    states, entries = list[bytes](), list[tuple[str, bytes, bytes]]()

    def keep() -> None:
        now = [(module, k, v) for (module, k), v in street.engine.app.state.snapshot()]
        entries.extend(now)
        states.append(b"".join(k + v for _, k, v in now))

    try:
        for key, wh in zip(street.meters, WH, strict=True):
            street.state_day(FIRST_DAY, {key: wh})
            keep()
        street.close_day(FIRST_DAY)
        keep()
        for i in range(3):
            street.share(FIRST_DAY, (i,))
            keep()
        street.opened(FIRST_DAY)
        keep()
        street.step()
        yield Run(street, tuple(states), tuple(entries), "\n".join(lines))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        street.close()


def accepted(run: Run) -> dict[bytes, StateDay]:
    """Every home's statement as it stands in the blocks."""
    found = {}
    for height in range(1, run.street.engine.height + 1):
        block = run.street.engine.block(height)
        assert block is not None
        for tx in block[2]:
            try:
                body = parse(tx, NEIGHBOUR_BODIES).statement.body
            except StatementError:
                continue
            if isinstance(body, StateDay):
                found[body.meter] = body
    return found


def openings(run: Run) -> list[bytes]:
    """All that would open a part of one home's day, or a guardian's key."""
    street, secrets = run.street, []
    joint = street.joint(street.round(FIRST_DAY).epoch)
    guardians = street.secrets[street.round(FIRST_DAY).epoch]
    secrets += [g.x for g in guardians]
    for body in accepted(run).values():
        seed = street.seeds[body.meter, FIRST_DAY]
        rs = nonces(seed, SLOTS)
        message = SlotMessage.from_bytes(body.message, SLOTS)
        assert base(rs[5]) == message.ciphertexts[5].c1  # these are the nonces that were used
        secrets += [seed, *rs]
        # Of a slot that holds 0, r·Y is the ciphertext's own C2: to find it says nothing. Of a 1 it does.
        masks = [mul(r, joint) for r in rs]
        secrets += [m for m, c in zip(masks, message.ciphertexts, strict=True) if m != c.c2]
        secrets += [mul(g.x, c.c1) for g in guardians for c in message.ciphertexts]
    return secrets


def answers(run: Run) -> bytes:
    """Everything that the node's RPC says, raw and with its encodings undone."""
    street, heights = run.street, range(1, run.street.engine.height + 1)
    log = log_name(STREET.id, street.round(FIRST_DAY).epoch, FIRST_DAY)
    rule = record_rule(STREET.id)
    asked: list[tuple[str, dict[str, object]]] = [
        ("status", {}), ("genesis", {}), ("ohmstead_genesis", {}), ("ohmstead_rounds", {}),
        ("ohmstead_statements", {"log": log, "first": 0}), ("ohmstead_hashes", {"log": log}),
        ("ohmstead_book", {"rule": rule, "index": 0}), ("ohmstead_leaves", {"rule": rule, "tile": 0, "size": 1}),
        *((method, {"height": h}) for h in heights for method in ("block", "commit", "ohmstead_light_block")),
    ]  # fmt: skip
    for module, key, _ in {(m, k, b"") for m, k, _ in run.entries}:
        asked.append(("abci_query", {"path": f"/store/{module}/key", "data": key.hex(), "prove": True}))
        asked.append(("ohmstead_proof", {"module": module, "key": key.hex()}))
    for key in street.meters:
        asked.append(("ohmstead_anchors", {"meter": key.kid.hex(), "first": 0}))
    replies = [street.rpc.answer({"id": 1, "method": m, "params": p}) for m, p in asked]
    # A state key that is gone has no value; every question is one that the node answers.
    assert all("result" in r for r in replies), [r for r in replies if "result" not in r][:1]
    return b"\n".join(part for r in replies for text in texts(r) for part in undone(text))


def texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def undone(text: str) -> Iterable[bytes]:
    yield text.encode()
    for undo in (base64.b64decode, bytes.fromhex):
        try:
            yield undo(text)
        except (ValueError, binascii.Error):
            continue


def node_file(run: Run) -> bytes:
    """The database with its write-ahead log, byte for byte."""
    folder = Path(run.street.path).parent
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_nothing_that_opens_one_home_is_kept_said_or_logged(run: Run) -> None:
    places = {
        "state": b"\n".join(run.states), "file": node_file(run), "answers": answers(run),
        "log": run.logged.encode(),
    }  # fmt: skip
    wanted = openings(run)
    ones = sum(map(sum, (slots_of(wh, S) for wh in WH)))
    assert len(wanted) == 3 + HOMES * (1 + SLOTS * (1 + 3)) + ones
    for name, data in places.items():
        assert not [w.hex() for w in wanted if w in data], name
        low = data.lower()
        assert not [w.hex() for w in wanted if w.hex().encode() in low], name
    # The search would find them: the messages are in the file and in the answers, and their C1 with them.
    body = next(iter(accepted(run).values()))
    for name in ("file", "answers"):
        assert body.message[:32] in places[name], name
        assert body.message in places["answers"]
    planted = places["file"] + wanted[7]
    assert [w for w in wanted if w in planted] == [wanted[7]]


def integers(value: Value) -> Iterator[int]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, bytes):
        try:
            yield from integers(decode(value))
        except CodecError:
            return
    elif isinstance(value, list):
        for item in value:
            yield from integers(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from integers(item)


def test_nothing_that_names_a_meter_holds_its_day_in_the_clear(run: Run) -> None:
    street = run.street
    found = dict(zip((k.kid for k in street.meters), WH, strict=True))
    named = 0
    for _, key, raw in run.entries:
        for meter, wh in found.items():
            if meter in key or meter in raw:
                named += 1
                assert wh not in set(integers(raw))
    statements = accepted(run)
    assert len(statements) == HOMES
    for height in range(1, street.engine.height + 1):
        block = street.engine.block(height)
        assert block is not None
        for tx in block[2]:
            for meter, wh in found.items():
                if meter in tx:
                    named += 1
                    assert wh not in set(integers(tx))
    assert named > 10 * HOMES
    assert not [wh for wh in WH if str(wh) in run.logged]


def test_of_a_finished_round_the_state_holds_no_meter_and_no_ciphertext(run: Run) -> None:
    kept = [k for k, _ in run.street.engine.app.state.items("nbrround")]
    assert kept == [b"."]
    last = run.states[-1]
    for body in accepted(run).values():
        for at in range(0, 64 * SLOTS, 32):
            assert body.message[at : at + 32] not in last
    record = run.street.record(FIRST_DAY)
    assert sum(record.values[:-1]) == HOMES
    assert record.values[-1] == sum(WH)

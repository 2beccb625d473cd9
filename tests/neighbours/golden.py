"""Golden bytes of the tally: written once, for every other implementation of ``nbr/1`` to agree with.

``python -m tests.neighbours.golden`` writes the files anew; a difference to what is committed is a new version
of the rule, never an edit. Hex throughout; what the names mean stands in ``data/README.md``.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from ohmstead.core.codec import Value, encode
from ohmstead.neighbours.estimator import DayResult
from ohmstead.neighbours.messages import Body, OpenRound, RosterAction, RosterChange, StateDay, StateShape
from ohmstead.neighbours.opening import open_day
from ohmstead.neighbours.proofs import SlotMessage
from ohmstead.neighbours.shape import SHAPE_SLOTS, cells_of, parts_of, prove_shape
from ohmstead.neighbours.slots import slot_count
from ohmstead.neighbours.tally import RunningTally, Void, VoidReason, statement_leaf
from tests.neighbours import cohort

DATA = Path(__file__).parent / "data"
FILE, SHAPE_FILE = DATA / "nbr1.json", DATA / "shape-message.bin"
_HOME = 7


def _hex(parts: tuple[bytes, ...]) -> list[str]:
    return [p.hex() for p in parts]


def _body(body: Body) -> dict[str, str]:
    data = encode(body.to_value())
    return {"type": body.TYPE, "cbor": data.hex(), "sha256": sha256(data).hexdigest()}


def _value(value: Value) -> dict[str, str]:
    data = encode(value)
    return {"cbor": data.hex(), "sha256": sha256(data).hexdigest()}


@cache
def shape_message() -> bytes:
    """A home's load shape of the month."""
    c = cohort.consortium()
    amounts, seed = cohort.shape_amounts(_HOME), cohort.seed_of(_HOME, "shape")
    draw = cohort.stream("shape proof")
    return prove_shape(cohort.SHAPE_ROUND, cohort.meter_id(_HOME), c.joint, amounts, seed, draw)


@cache
def result() -> DayResult:
    """What the day opens to."""
    return open_day(cohort.frozen(), cohort.shares(), cohort.GUARDIANS, cohort.S)


def build() -> dict[str, object]:
    """The table as it stands in the file."""
    c, frozen = cohort.consortium(), cohort.frozen()
    message, meter = cohort.message(_HOME), cohort.meter_id(_HOME)
    parts = SlotMessage.from_bytes(message, slot_count(cohort.S))
    opened = OpenRound(cohort.EPOCH, cohort.COHORT, cohort.DAY, (*result().bins, result().total_wh))
    shape = shape_message()
    shape_parts = SlotMessage.from_bytes(shape, SHAPE_SLOTS)
    homes = [
        {
            "meter": cohort.meter_id(h).hex(),
            "import_wh": wh,
            "seed": cohort.seed_of(h).hex(),
            "leaf": statement_leaf(cohort.meter_id(h), cohort.message(h)).hex(),
        }
        for h, wh in enumerate(cohort.IMPORTS_WH)
    ]
    return {
        "rule": "nbr/1",
        "genesis": cohort.GENESIS.hex(),
        "cohort": cohort.COHORT,
        "epoch": cohort.EPOCH,
        "day": cohort.DAY,
        "s": cohort.S,
        "guardians": cohort.GUARDIANS,
        "guardian_keys": [
            {
                "x": secret.x.hex(),
                "key": key.key.hex(),
                "challenge": key.challenge.hex(),
                "response": key.response.hex(),
                "body": _body(key),
            }
            for secret, key in zip(c.secrets, c.keys, strict=True)
        ],
        "joint_key": c.joint.hex(),
        "homes": homes,
        "statement": {
            "home": _HOME,
            "context": cohort.ROUND.context(meter).hex(),
            "message": message.hex(),
            "message_sha256": sha256(message).hexdigest(),
            "challenge": parts.challenge.hex(),
            "body": _body(StateDay(cohort.EPOCH, cohort.COHORT, cohort.DAY, meter, message)),
        },
        "running": _value(cohort.tally().to_value()),
        "frozen": {
            "n": frozen.n,
            "root": frozen.root.hex(),
            "q": _hex(frozen.q),
            "p": _hex(frozen.p),
            "value": _value(frozen.to_value()),
        },
        "shares": [
            {
                "guardian": share.guardian,
                "parts": _hex(share.parts),
                "challenge": share.challenge.hex(),
                "response": share.response.hex(),
                "body": _body(share),
            }
            for share in cohort.shares()
        ],
        "opening": {
            "bins": list(result().bins),
            "total_wh": result().total_wh,
            "body": _body(opened),
        },
        "statistics": {
            "mean_wh": result().mean_wh(),
            "percentiles_wh": {str(p): result().percentile_wh(p) for p in (0, 10, 20, 25, 50, 75, 90, 100)},
        },
        "shape": {
            "home": _HOME,
            "amounts_wh": cohort.shape_amounts(_HOME),
            "parts": list(parts_of(cohort.shape_amounts(_HOME))),
            "seed": cohort.seed_of(_HOME, "shape").hex(),
            "context": cohort.SHAPE_ROUND.context(meter).hex(),
            "message_file": SHAPE_FILE.name,
            "message_sha256": sha256(shape).hexdigest(),
            "challenge": shape_parts.challenge.hex(),
            "cells_sha256": sha256(b"".join(e.c1 + e.c2 for e in cells_of(shape))).hexdigest(),
            "body_sha256": _body(StateShape(cohort.EPOCH, cohort.COHORT, meter, shape))["sha256"],
        },
        "roster": _body(RosterChange(cohort.EPOCH + 1, RosterAction.MOVE, meter, cohort.COHORT, 2)),
        "empty_running": _value(RunningTally.of_day(cohort.S).to_value()),
        "void": [
            _value(Void(VoidReason.TOO_FEW, 14).to_value()),
            _value(Void(VoidReason.DEGENERATE, 15).to_value()),
            _value(Void(VoidReason.GUARDIAN_ABSENT, 15, 2).to_value()),
        ],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(build(), indent=1) + "\n")
    SHAPE_FILE.write_bytes(shape_message())

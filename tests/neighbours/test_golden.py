"""The golden bytes: still made alike, and accepted from the file alone."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ohmstead.core.codec import decode
from ohmstead.neighbours.dayproof import check_own_day, verify_day
from ohmstead.neighbours.guardians import joint_key, verify_share
from ohmstead.neighbours.messages import GuardianKey, OpenRound, RosterChange, Share, StateDay
from ohmstead.neighbours.opening import check_day
from ohmstead.neighbours.rounds import Round
from ohmstead.neighbours.tally import Frozen, RunningTally, close_day
from tests.neighbours.golden import FILE, SHAPE_FILE, build, shape_message

GOLDEN: dict[str, Any] = json.loads(FILE.read_text())


def value(entry: dict[str, str]) -> Any:
    data = bytes.fromhex(entry["cbor"])
    assert sha256(data).hexdigest() == entry["sha256"]
    return decode(data)


def test_the_same_bytes_are_made_today() -> None:
    assert build() == GOLDEN
    assert shape_message() == SHAPE_FILE.read_bytes()


def test_the_file_is_accepted_by_itself() -> None:
    genesis, s, of = bytes.fromhex(GOLDEN["genesis"]), GOLDEN["s"], GOLDEN["guardians"]
    keys = [GuardianKey.from_value(value(k["body"])) for k in GOLDEN["guardian_keys"]]
    joint = joint_key(genesis, GOLDEN["epoch"], keys, of)
    assert joint.hex() == GOLDEN["joint_key"]
    state = StateDay.from_value(value(GOLDEN["statement"]["body"]))
    round_ = Round(genesis, state.cohort, state.epoch, state.day)
    verify_day(round_, state.meter, joint, s, state.message)
    home = GOLDEN["homes"][GOLDEN["statement"]["home"]]
    check_own_day(state.message, joint, home["import_wh"], s, bytes.fromhex(home["seed"]))
    frozen = Frozen.from_value(value(GOLDEN["frozen"]["value"]))
    assert close_day(RunningTally.from_value(value(GOLDEN["running"])), s, len(GOLDEN["homes"])) == frozen
    shares = [Share.from_value(value(share["body"])) for share in GOLDEN["shares"]]
    for share in shares:
        verify_share(share, round_, frozen, joint, keys[share.guardian].key)
    opening = OpenRound.from_value(value(GOLDEN["opening"]["body"]))
    result = check_day(frozen, shares, of, s, opening.values)
    assert result.mean_wh() == GOLDEN["statistics"]["mean_wh"]
    for percent, wh in GOLDEN["statistics"]["percentiles_wh"].items():
        assert result.percentile_wh(int(percent)) == wh
    RosterChange.from_value(value(GOLDEN["roster"]))

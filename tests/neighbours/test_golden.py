"""The golden bytes: still made alike, and accepted from the file alone."""

from __future__ import annotations

import json
from hashlib import sha256, sha512
from typing import Any

from ohmstead.core.codec import decode
from ohmstead.neighbours.dayproof import check_own_day, verify_day
from ohmstead.neighbours.group import BASE, minus, mul, sub, total
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


# ---- the hashes of lines 6, 13 and 19, field by field -----------------------------------------------


def written_out(*fields: bytes) -> str:
    joined = b"".join(len(f).to_bytes(4, "big") + f for f in fields)
    order = 2**252 + 27742317777372353535851937790883648493
    return (int.from_bytes(sha512(joined).digest(), "little") % order).to_bytes(32, "little").hex()


def raw(text: str) -> bytes:
    return bytes.fromhex(text)


def n8(n: int) -> bytes:
    return n.to_bytes(8, "big")


def of_equation(z: str, c: str, generator: bytes, image: str) -> bytes:
    return sub(mul(raw(z), generator), mul(raw(c), raw(image)))


def test_a_key_s_challenge_is_the_rule_s() -> None:
    for i, k in enumerate(GOLDEN["guardian_keys"]):
        commitment = of_equation(k["response"], k["challenge"], BASE, k["key"])
        assert k["challenge"] == written_out(
            b"ohmstead/nbr/1/pop",
            raw(GOLDEN["genesis"]),
            n8(GOLDEN["epoch"]),
            n8(i),
            n8(3),
            raw(k["key"]),
            commitment,
        )


def test_a_share_s_challenge_is_the_rule_s() -> None:
    frozen = GOLDEN["frozen"]
    for share, key in zip(GOLDEN["shares"], GOLDEN["guardian_keys"], strict=True):
        z, c = share["response"], share["challenge"]
        commitments = [of_equation(z, c, BASE, key["key"])]
        commitments += [
            of_equation(z, c, raw(q), d) for q, d in zip(frozen["q"], share["parts"], strict=True)
        ]
        assert c == written_out(
            b"ohmstead/nbr/1/dec", raw(GOLDEN["genesis"]), b"north-street", n8(GOLDEN["epoch"]),
            n8(GOLDEN["day"]), n8(share["guardian"]), n8(15), raw(frozen["root"]),
            raw(GOLDEN["joint_key"]), raw(key["key"]),
            *map(raw, frozen["q"]), *map(raw, share["parts"]), *commitments,
        )  # fmt: skip


def test_a_statement_s_challenge_is_the_rule_s() -> None:
    data, joint, slots = raw(GOLDEN["statement"]["message"]), raw(GOLDEN["joint_key"]), 27
    pieces = [data[at : at + 32] for at in range(0, len(data), 32)]
    pairs, c, rest, last = pieces[: 2 * slots], pieces[2 * slots], pieces[2 * slots + 1 : -1], pieces[-1]
    hashed = []
    for j in range(slots):
        c1, c2 = pairs[2 * j : 2 * j + 2]
        c_0, z_0, z_1 = rest[3 * j : 3 * j + 3]
        c_1 = minus(c, c_0)
        hashed += [
            sub(mul(z_0, BASE), mul(c_0, c1)), sub(mul(z_0, joint), mul(c_0, c2)),
            sub(mul(z_1, BASE), mul(c_1, c1)), sub(mul(z_1, joint), mul(c_1, sub(c2, BASE))),
        ]  # fmt: skip
    hashed += [
        sub(mul(last, BASE), mul(c, total(pairs[0:32:2]))),
        sub(mul(last, joint), mul(c, sub(total(pairs[1:32:2]), BASE))),
    ]
    context = raw(GOLDEN["statement"]["context"])
    assert c.hex() == written_out(b"ohmstead/nbr/1/state", context, joint, *pairs, *hashed)
    home = GOLDEN["homes"][GOLDEN["statement"]["home"]]
    assert decode(context) == [
        raw(GOLDEN["genesis"]), "nbr/1", GOLDEN["cohort"], GOLDEN["epoch"], GOLDEN["day"], raw(home["meter"]),
    ]  # fmt: skip

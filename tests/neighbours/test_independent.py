"""The product and the independent verifier of rule nbr/1 agree: on golden bytes, on fresh days, on every attack.

The prover here belongs to the verifier's side: it is written from the rule's text, and it lies on demand.
"""

import dataclasses
import hashlib
import json
from functools import cache
from pathlib import Path

import cbor2
import pytest

from ohmstead.core.errors import VerificationError
from ohmstead.neighbours.dayproof import prove_day, verify_day
from ohmstead.neighbours.guardians import joint_key, make_key, prove_share
from ohmstead.neighbours.opening import open_day, open_shape
from ohmstead.neighbours.rounds import Round, epoch_of
from ohmstead.neighbours.shape import prove_shape, verify_shape
from ohmstead.neighbours.tally import RunningTally, close_day, close_shape
from tests.neighbours import independent as nbr
from tests.neighbours.independent import BASE, L, Refused, p

DATA = Path(__file__).parent / "data"
S, SLOTS = 11, 27
C, Z = 2 * SLOTS, 5 * SLOTS + 1  # where c and z′ stand among a day's 32-byte words
TWO = (p - 1).to_bytes(32, "little")  # the point of order 2
EIGHT = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")  # one of order 8
IDENTITY = (1).to_bytes(32, "little")


def short(k: int) -> bytes:
    return (k % L).to_bytes(32, "little")


def number(text: bytes) -> int:
    return int.from_bytes(text, "little")


def plus(a: bytes, b: bytes) -> bytes:
    return nbr.written([nbr.add(nbr.on_curve(a), nbr.on_curve(b))])[0]


def negative(a: bytes) -> bytes:
    return nbr.written([nbr.minus(nbr.on_curve(a))])[0]


def base(k: int) -> bytes:
    return nbr.written([nbr.times_base(k)])[0]


def words(message: bytes) -> list[bytes]:
    return [message[i : i + 32] for i in range(0, len(message), 32)]


# ---- a prover that lies on demand ---------------------------------------------------------------------------


def stream(name: str, size: int = 64):
    """Draw number i of the golden data's streams."""
    return lambda i: hashlib.sha512(b"ohmstead/nbr/1/test" + name.encode() + i.to_bytes(8, "big")).digest()[
        :size
    ]


def scalars(name: str):
    draw = stream(name)
    return lambda i: number(draw(i)) % L


def randomness(seed: bytes, slots: int) -> list[int]:
    """(10) r_j."""
    hashes = [hashlib.blake2b(b"r" + j.to_bytes(8, "big"), key=seed).digest() for j in range(slots)]
    return [number(h) % L for h in hashes]


def plain(wh: int) -> list[int]:
    """(9) m_j."""
    v = min(wh, nbr.K * 2**S - 1)
    return [int(j == v >> S) for j in range(nbr.K)] + [v >> t & 1 for t in range(S)]


def encrypt(Y: bytes, m: list[int], r: list[int]) -> list[bytes]:
    points = []
    for m_j, r_j in zip(m, r, strict=True):
        points += [nbr.times_base(r_j), nbr.add(nbr.times_base(m_j), nbr.often(r_j, Y))]
    return nbr.written(points)


def prove(round_, meter, Y, m, r, draw, ciphertexts=None) -> bytes:
    """(11 to 14) for any m at all: where m is no bit, the branch claimed as true is the one of m > 0."""
    tag, weights, _ = nbr.kind(round_, S)
    ciphertexts = ciphertexts or encrypt(Y, m, r)
    true = [int(m_j > 0) for m_j in m]
    commitments, drawn = [], []
    for j, (m_j, r_j) in enumerate(zip(m, r, strict=True)):
        k, c_f, z_f = (draw(3 * j + i) for i in range(3))
        f = 1 - true[j]
        e = (z_f - c_f * r_j) % L
        false = [nbr.times_base(e), nbr.add(nbr.often(e, Y), nbr.times_base(-c_f * (m_j - f)))]
        honest = [nbr.times_base(k), nbr.often(k, Y)]
        commitments += honest + false if f else false + honest
        drawn.append((k, c_f, z_f))
    k = draw(3 * len(m))
    commitments += [nbr.times_base(k), nbr.often(k, Y)]
    c = nbr.H(tag, nbr.context(round_, meter), Y, *ciphertexts, *nbr.written(commitments))
    out = [*ciphertexts, short(c)]
    for b, r_j, (k_j, c_f, z_f) in zip(true, r, drawn, strict=True):
        z_m = k_j + (c - c_f) * r_j
        out += map(short, (c_f, z_f, z_m) if b else (c - c_f, z_m, z_f))
    R = sum(w * r_j for w, r_j in zip(weights, r, strict=True))
    return b"".join([*out, short(k + c * R)])


# ---- the golden data ----------------------------------------------------------------------------------------


@cache
def golden() -> dict:
    return json.loads((DATA / "nbr1.json").read_text())


def unhex(value: str) -> bytes:
    return bytes.fromhex(value)


def golden_round(**changes) -> dict:
    data = golden()
    here = {"genesis": unhex(data["genesis"])} | {k: data[k] for k in ("cohort", "epoch", "day")}
    return here | changes


def products(round_: dict) -> Round:
    return Round(round_["genesis"], round_["cohort"], round_["epoch"], round_["day"])


def body(entry: dict) -> list:
    """The values of a golden body, in the order of their numbers."""
    fields = cbor2.loads(unhex(entry["body"]["cbor"]))
    assert list(fields) == list(range(len(fields)))
    return list(fields.values())


def golden_keys() -> list[dict]:
    names = {"X": "key", "c": "challenge", "z": "response"}
    out = []
    for i, entry in enumerate(golden()["guardian_keys"]):
        out.append({"e": golden()["epoch"], "i": i} | {k: unhex(entry[name]) for k, name in names.items()})
    return out


@cache
def golden_Y() -> bytes:
    return unhex(golden()["joint_key"])


@cache
def golden_messages() -> list[tuple[bytes, bytes]]:
    """Every home's message, proved here from its seed and its stream."""
    out = []
    for i, home in enumerate(golden()["homes"]):
        meter, r = unhex(home["meter"]), randomness(unhex(home["seed"]), SLOTS)
        m = plain(home["import_wh"])
        out.append((meter, prove(golden_round(), meter, golden_Y(), m, r, scalars(f"proof {i}"))))
    return out


def golden_frozen() -> dict:
    f = golden()["frozen"]
    Q, P = ([unhex(x) for x in f[name]] for name in "qp")
    return {"n": f["n"], "root": unhex(f["root"]), "Q": Q, "P": P}


def golden_shares() -> list[dict]:
    out = []
    for share in golden()["shares"]:
        proof = {"c": unhex(share["challenge"]), "z": unhex(share["response"])}
        out.append({"i": share["guardian"], "D": [unhex(x) for x in share["parts"]]} | proof)
    return out


def victim() -> tuple[bytes, bytes]:
    data = golden()
    return unhex(data["homes"][data["statement"]["home"]]["meter"]), unhex(data["statement"]["message"])


def shape_message() -> bytes:
    return (DATA / golden()["shape"]["message_file"]).read_bytes()


def test_golden_keys():
    genesis, e, n = golden_round()["genesis"], golden()["epoch"], golden()["guardians"]
    assert nbr.joint_key(genesis, e, n, golden_keys()) == golden_Y()
    for i, (key, entry) in enumerate(zip(golden_keys(), golden()["guardian_keys"], strict=True)):
        x, k = (scalars(f"guardian {i}")(draw) for draw in (0, 1))
        c = nbr.H("pop", genesis, e, i, n, base(x), base(k))
        made = {"e": e, "i": i, "X": base(x), "c": short(c), "z": short(k + c * x)}
        assert made == key == dict(zip("eiXcz", body(entry), strict=True))
        assert short(x).hex() == entry["x"]


def test_golden_statements():
    data, stated = golden(), golden_messages()
    assert stated[data["statement"]["home"]] == victim()
    where = [data["epoch"], data["cohort"], data["day"]]
    assert body(data["statement"]) == [*where, *victim()]
    assert nbr.context(golden_round(), victim()[0]).hex() == data["statement"]["context"]
    assert words(victim()[1])[C].hex() == data["statement"]["challenge"]
    assert [nbr.leaf(*one).hex() for one in stated] == [home["leaf"] for home in data["homes"]]
    assert epoch_of(data["day"]) == data["epoch"]
    for meter, message in (*stated[:2], victim()):
        nbr.check_statement(golden_round(), S, meter, golden_Y(), message)
    pairs = [[(nbr.pt(a), nbr.pt(b)) for a, b in nbr.cut(message, SLOTS)["C"]] for _, message in stated]
    (size, hashes), points = cbor2.loads(unhex(data["running"]["cbor"]))
    assert points == b"".join(nbr.written([X for UW in nbr.sums(golden_round(), S, pairs) for X in UW]))
    leaves = [nbr.leaf(*one) for one in stated]
    blocks = [(0, 8), (8, 12), (12, 14), (14, 15)]
    assert (size, sorted(hashes)) == (15, sorted(nbr.root(leaves[a:b]) for a, b in blocks))
    assert nbr.close(golden_round(), S, stated, 15) == golden_frozen()


def test_golden_shares_and_opening():
    data, frozen, shares = golden(), golden_frozen(), golden_shares()
    nbr.check_shares(golden_round(), frozen, golden_Y(), golden_keys(), shares)
    numbers = [*data["opening"]["bins"], data["opening"]["total_wh"]]
    nbr.check_opening(golden_round(), S, frozen, shares, numbers)
    imports = [min(home["import_wh"], nbr.K * 2**S - 1) for home in data["homes"]]
    assert numbers == [*(sum(v >> S == j for v in imports) for j in range(nbr.K)), sum(imports)]
    for i, share in enumerate(shares):
        x = number(unhex(data["guardian_keys"][i]["x"]))
        secret = short(x) + stream(f"share {i}", 32)(0)
        k = number(hashlib.blake2b(secret + b"".join(frozen["Q"]) + frozen["root"]).digest()) % L
        assert body(data["shares"][i]) == [data["epoch"], data["cohort"], data["day"], *share.values()]
        assert share["D"] == nbr.written([nbr.times(x, q) for q in frozen["Q"]])
        assert number(share["z"]) == (k + number(share["c"]) * x) % L


def largest_remainder(amounts: list[int]) -> list[int]:
    """(24) Parts per 255; the text does not order equal remainders; here the earlier value comes first."""
    whole = sum(amounts)
    parts = [255 * a // whole for a in amounts]
    order = sorted(range(len(amounts)), key=lambda i: (-(255 * amounts[i] % whole), i))
    for i in order[: 255 - sum(parts)]:
        parts[i] += 1
    return parts


def read(message: bytes, Y: bytes, seed: bytes, slots: int) -> list[int]:
    """The plaintext of one's own ciphertexts."""
    w, r = words(message), randomness(seed, slots)
    zero = encrypt(Y, [0] * slots, r)
    m = [int(w[j] != zero[j]) for j in range(1, 2 * slots, 2)]
    assert w[: 2 * slots] == encrypt(Y, m, r)
    return m


def bits_of(parts: list[int]) -> list[int]:
    return [v >> t & 1 for v in parts for t in range(8)]


def test_golden_shape():
    """Checked by both verifiers, proved again byte for byte from seed and stream, refused elsewhere."""
    shape, month = golden()["shape"], golden_round(day=None)
    meter, message, seed = (
        unhex(golden()["homes"][shape["home"]]["meter"]),
        shape_message(),
        unhex(shape["seed"]),
    )
    assert nbr.context(month, meter).hex() == shape["context"]
    pairs = nbr.check_statement(month, None, meter, golden_Y(), message)
    cells = nbr.written([X for UW in nbr.sums(month, None, [pairs]) for X in UW])
    assert hashlib.sha256(b"".join(cells)).hexdigest() == shape["cells_sha256"]
    m = bits_of(shape["parts"])
    assert largest_remainder(shape["amounts_wh"]) == shape["parts"]
    assert message == prove(month, meter, golden_Y(), m, randomness(seed, 384), scalars("shape proof"))
    verify_shape(products(month), meter, golden_Y(), message)
    both_refuse(month | {"epoch": month["epoch"] + 1}, meter, message, "no proof")
    both_refuse(golden_round(), meter, message, "length")


# ---- fresh days and months ----------------------------------------------------------------------------------

GENESIS = hashlib.sha256(b"a genesis").digest()
DAY = 20650
ROUND = {"genesis": GENESIS, "cohort": "mill-lane", "epoch": epoch_of(DAY), "day": DAY}
IMPORTS = [0, 1, 2047, 2048, 4095, 32767, 32768, 10**6, 12345, 9999, 20000, 5000, 0, 7000, 31000]


def meter_of(i: int) -> bytes:
    return hashlib.sha256(b"meter %d" % i).digest()[:16]


def key_dict(key) -> dict:
    return {"e": key.epoch, "i": key.guardian, "X": key.key, "c": key.challenge, "z": key.response}


def share_dict(share) -> dict:
    return {"i": share.guardian, "D": list(share.parts), "c": share.challenge, "z": share.response}


def frozen_dict(frozen) -> dict:
    return {"n": frozen.n, "root": frozen.root, "Q": list(frozen.q), "P": list(frozen.p)}


@cache
def guardians():
    """Secrets, keys and Y of three guardians of the product."""
    made = [make_key(GENESIS, ROUND["epoch"], i, 3) for i in range(3)]
    keys = [key for _, key in made]
    return [secret for secret, _ in made], keys, joint_key(GENESIS, ROUND["epoch"], keys, 3)


@cache
def fresh_day():
    """Fifteen homes of the product: statements, frozen sums, shares, the tally after each home."""
    secrets, _, Y = guardians()
    tallies, stated = [RunningTally.of_day(S)], []
    for i, wh in enumerate(IMPORTS):
        message = prove_day(products(ROUND), meter_of(i), Y, wh, S, bytes([i + 1]) * 32)
        checked = verify_day(products(ROUND), meter_of(i), Y, S, message)
        tallies.append(tallies[-1].with_statement(meter_of(i), message, checked.ciphertexts))
        stated.append((meter_of(i), message))
    frozen = close_day(tallies[-1], S, 22)
    return stated, frozen, [prove_share(secret, products(ROUND), frozen, Y) for secret in secrets], tallies


def test_fresh_keys():
    _, keys, Y = guardians()
    assert nbr.joint_key(GENESIS, ROUND["epoch"], 3, [key_dict(key) for key in keys]) == Y
    with pytest.raises(Refused, match="possession"):
        nbr.joint_key(GENESIS, ROUND["epoch"], 4, [key_dict(key) for key in keys])


def test_fresh_day():
    _, keys, Y = guardians()
    stated, frozen, shares, _ = fresh_day()
    for i, (meter, message) in enumerate(stated):
        nbr.check_statement(ROUND, S, meter, Y, message)
        assert read(message, Y, bytes([i + 1]) * 32, SLOTS) == plain(IMPORTS[i])
    mine = nbr.close(ROUND, S, stated, 22)
    assert mine == frozen_dict(frozen)
    theirs = [share_dict(share) for share in shares]
    nbr.check_shares(ROUND, mine, Y, [key_dict(key) for key in keys], theirs)
    result = open_day(frozen, shares, 3, S)
    nbr.check_opening(ROUND, S, mine, theirs, [*result.bins, result.total_wh])
    assert result.total_wh == sum(min(wh, 32767) for wh in IMPORTS)
    assert 0 in result.bins


@pytest.mark.parametrize("s", [12, 13])
def test_wider_bins(s):
    _, _, Y = guardians()
    message = prove_day(products(ROUND), meter_of(1), Y, 54_321, s, bytes(32))
    pairs = nbr.check_statement(ROUND, s, meter_of(1), Y, message)
    assert len(pairs) == nbr.K + s
    m = read(message, Y, bytes(32), nbr.K + s)
    v = (m.index(1) << s) + sum(b << t for t, b in enumerate(m[nbr.K :]))
    assert v == min(54_321, nbr.K * 2**s - 1)
    for other in {11, 12, 13} - {s}:
        with pytest.raises(Refused, match="length"):
            nbr.check_statement(ROUND, other, meter_of(1), Y, message)
        with pytest.raises(VerificationError):
            verify_day(products(ROUND), meter_of(1), Y, other, message)


def test_fresh_month():
    """The tally of a month: one load shape stands in for fifteen homes."""
    secrets, keys, Y = guardians()
    month = ROUND | {"day": None}
    amounts, seed = [7 * (i % 5) for i in range(48)], bytes(32)
    message = prove_shape(products(month), meter_of(0), Y, amounts, seed)
    nbr.check_statement(month, None, meter_of(0), Y, message)
    parts = largest_remainder(amounts)
    assert read(message, Y, seed, 384) == bits_of(parts)
    cells, tally = verify_shape(products(month), meter_of(0), Y, message), RunningTally.of_shape()
    for i in range(15):
        tally = tally.with_statement(meter_of(i), message, cells)
    frozen = close_shape(tally, 15)
    mine = nbr.close(month, None, [(meter_of(i), message) for i in range(15)], 15)
    assert mine == frozen_dict(frozen)
    shares = [prove_share(secret, products(month), frozen, Y) for secret in secrets]
    theirs, known = [share_dict(share) for share in shares], [key_dict(key) for key in keys]
    nbr.check_shares(month, mine, Y, known, theirs)
    numbers = list(open_shape(frozen, shares, 3))
    assert numbers == [15 * part for part in parts]
    nbr.check_opening(month, None, mine, theirs, numbers)
    with pytest.raises(Refused, match="no proof"):
        nbr.check_shares(month | {"epoch": month["epoch"] + 1}, mine, Y, known, theirs)


# ---- attacks on a statement ---------------------------------------------------------------------------------


def product_verifies(round_, meter, message, Y):
    if round_["day"] is None:
        return verify_shape(products(round_), meter, Y, message)
    return verify_day(products(round_), meter, Y, S, message)


def both_refuse(round_, meter, message, why, Y=None):
    Y = Y or golden_Y()
    with pytest.raises(Refused, match=why):
        nbr.check_statement(round_, S, meter, Y, message)
    with pytest.raises(VerificationError):
        product_verifies(round_, meter, message, Y)


def both_accept(round_, meter, message, Y=None):
    Y = Y or golden_Y()
    nbr.check_statement(round_, S, meter, Y, message)
    product_verifies(round_, meter, message, Y)


POINTS = {"C1 of a bin": 0, "C2 of a bin": 7, "C1 of a bit": 40, "C2 of the last bit": 53}
OTHER_POINTS = {
    "another point": (lambda P: plus(P, BASE), "no proof"),
    "negated": (negative, "no proof"),
    "plus order 2": (lambda P: plus(P, TWO), "subgroup"),
    "plus order 8": (lambda P: plus(P, EIGHT), "subgroup"),
    "order 8": (lambda P: EIGHT, "subgroup"),
    "identity": (lambda P: IDENTITY, "subgroup"),
    "identity with a sign": (lambda P: (1 | 1 << 255).to_bytes(32, "little"), "sign"),
    "y = p + 1": (lambda P: (p + 1).to_bytes(32, "little"), "not reduced"),
    "all ones": (lambda P: bytes([255]) * 32, "not reduced"),
    "off the curve": (lambda P: (2).to_bytes(32, "little"), "no point"),
}
SCALARS = {"c": C, "c0": C + 16, "z0": C + 2, "z1": Z - 1, "z′": Z}
OTHER_SCALARS = {
    "plus one": (lambda k: k + 1, "no proof"),
    "zero": (lambda k: 0, "no proof"),
    "plus L": (lambda k: k + L, "not reduced"),
    "L": (lambda k: L, "not reduced"),
    "bit 255": (lambda k: k | 1 << 255, "not reduced"),
}


def test_order_of_the_small_points():
    assert [nbr.written([nbr.multiple(k, nbr.powers(nbr.on_curve(EIGHT)))])[0] for k in (4, 8)] == [
        TWO,
        IDENTITY,
    ]


@pytest.mark.parametrize("change", OTHER_POINTS)
@pytest.mark.parametrize("where", POINTS)
def test_every_point_mutated(where, change):
    meter, message = victim()
    w, (other, why) = words(message), OTHER_POINTS[change]
    w[POINTS[where]] = other(w[POINTS[where]])
    both_refuse(golden_round(), meter, b"".join(w), why)


@pytest.mark.parametrize("change", OTHER_SCALARS)
@pytest.mark.parametrize("where", SCALARS)
def test_every_scalar_mutated(where, change):
    meter, message = victim()
    w, (other, why) = words(message), OTHER_SCALARS[change]
    w[SCALARS[where]] = other(number(w[SCALARS[where]])).to_bytes(32, "little")
    both_refuse(golden_round(), meter, b"".join(w), why)


def swapped(message: bytes, a: int, b: int) -> bytes:
    w = words(message)
    w[a], w[b] = w[b], w[a]
    return b"".join(w)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda m: b"", "length"),
        (lambda m: m[:-1], "length"),
        (lambda m: m + b"\0", "length"),
        (lambda m: m[:-160], "length"),
        (lambda m: m + bytes(160), "length"),
        (lambda m: swapped(m, 0, 1), "no proof"),
        (lambda m: swapped(swapped(m, 0, 2), 1, 3), "no proof"),
        (lambda m: swapped(m, C + 2, C + 3), "no proof"),
        (lambda m: swapped(m, C, C + 1), "no proof"),
    ],
    ids=[
        "empty",
        "cut",
        "longer",
        "slot less",
        "slot more",
        "C1 for C2",
        "two slots",
        "z0 for z1",
        "c for c0",
    ],
)
def test_message_in_another_form(change, why):
    meter, message = victim()
    both_refuse(golden_round(), meter, change(message), why)


@pytest.mark.parametrize(
    "changes",
    [{"day": 20601}, {"cohort": "south-street"}, {"genesis": bytes(32)}, {"epoch": 677, "day": 20630}],
    ids=["day", "cohort", "genesis", "epoch"],
)
def test_replayed_elsewhere(changes):
    meter, message = victim()
    both_refuse(golden_round(**changes), meter, message, "no proof")


def test_replayed_in_another_epoch_alone():
    """The product already has no round whose day is not in its month."""
    meter, message = victim()
    with pytest.raises(Refused, match="no proof"):
        nbr.check_statement(golden_round(epoch=677), S, meter, golden_Y(), message)
    with pytest.raises(VerificationError):
        verify_day(products(golden_round(epoch=677)), meter, golden_Y(), S, message)


def test_copied_by_another_meter():
    both_refuse(golden_round(), meter_of(0), victim()[1], "no proof")


def test_under_another_joint_key():
    both_refuse(golden_round(), *victim(), "no proof", Y=base(7))


def rescaled(w, a=2):
    """Everything a times as large; the commitments follow, and so would the proof of knowledge."""
    for j in range(2 * SLOTS):
        w[j] = nbr.written([nbr.times(a, w[j])])[0]
    for j in [i for slot in range(SLOTS) for i in (C + 2 + 3 * slot, C + 3 + 3 * slot)] + [Z]:
        w[j] = short(a * number(w[j]))
    return w


def rerandomised(w, rho=12345):
    """The same plaintext under r + ρ: every commitment is unchanged, only the ciphertexts in the hash object."""
    c = number(w[C])
    for j in range(SLOTS):
        w[2 * j], w[2 * j + 1] = plus(w[2 * j], base(rho)), plus(w[2 * j + 1], written_Y(rho))
        c0, at = number(w[C + 1 + 3 * j]), C + 2 + 3 * j
        w[at], w[at + 1] = short(number(w[at]) + c0 * rho), short(number(w[at + 1]) + (c - c0) * rho)
    w[Z] = short(number(w[Z]) + c * nbr.K * rho)
    return w


def written_Y(k: int) -> bytes:
    return nbr.written([nbr.often(k, golden_Y())])[0]


def complemented(w, slot=20):
    """1 − m in one bit, its two branches changed over."""
    at, c = C + 1 + 3 * slot, number(w[C])
    w[2 * slot], w[2 * slot + 1] = negative(w[2 * slot]), plus(BASE, negative(w[2 * slot + 1]))
    c0, z0, z1 = map(number, w[at : at + 3])
    w[at : at + 3] = map(short, (c - c0, -z1, -z0))
    return w


def cancelling(w):
    """What is left when one's own home is added and another's is taken away."""
    others = words(golden_messages()[3][1])
    for j in range(2 * SLOTS):
        w[j] = plus(w[j], negative(others[j]))
    return w


@pytest.mark.parametrize("attack", [rescaled, rerandomised, complemented, cancelling])
def test_made_of_others_ciphertexts(attack):
    meter, message = victim()
    w = attack(words(message))
    both_refuse(golden_round(), meter, b"".join(w), "no proof")
    both_refuse(golden_round(), meter_of(1), b"".join(w), "no proof")


def test_the_commitments_of_a_rerandomised_message_hold(monkeypatch):
    """The attack above is a real one: a hash without the ciphertexts would let it pass."""
    meter, message = victim()
    full = nbr.H
    monkeypatch.setattr(nbr, "H", lambda tag, ctx, Y, *f: full(tag, ctx, Y, *f[2 * SLOTS :]))
    w = words(message)
    weak = seen_challenge(monkeypatch, meter, message)
    assert seen_challenge(monkeypatch, meter, b"".join(rerandomised(w))) == weak


def seen_challenge(monkeypatch, meter, message) -> int:
    seen, hashed = [], nbr.H
    with monkeypatch.context() as patch:
        patch.setattr(nbr, "H", lambda *f: seen.append(hashed(*f)) or seen[-1])
        with pytest.raises(Refused):
            nbr.check_statement(golden_round(), S, meter, golden_Y(), message)
    return seen[0]


def vector(**at) -> list[int]:
    """A day's plaintext: bins b0 … b15, bits t0 … t10, zero where nothing is said."""
    m = [0] * SLOTS
    for name, value in at.items():
        m[int(name[1:]) + (nbr.K if name[0] == "t" else 0)] = value
    return m


R = randomness(bytes(range(32)), SLOTS)


def lie(m, r=R, name="a liar", ciphertexts=None, draw=None) -> tuple[bytes, bytes]:
    meter = meter_of(9)
    return meter, prove(golden_round(), meter, golden_Y(), m, r, draw or scalars(name), ciphertexts)


@pytest.mark.parametrize(
    "m",
    [
        vector(b3=1, b4=1),
        vector(t5=1),
        vector(b3=1, t5=2),
        vector(b3=1, t5=-1),
        vector(b3=2),
        vector(b3=2, b4=-1),
        vector(b3=1, b4=1, b5=-1),
        vector(b3=1, t10=1000),
        vector(b3=-1, b4=1, b5=1),
        [0] * SLOTS,
        [1] * SLOTS,
    ],
    ids=[
        "two-hot",
        "none-hot",
        "bit 2",
        "bit −1",
        "bin 2",
        "2 − 1",
        "1 + 1 − 1",
        "bit 1000",
        "−1 + 1 + 1",
        "0",
        "all",
    ],
)
def test_plaintexts_that_are_no_reading(m):
    both_refuse(golden_round(), *lie(m), "no proof")


@pytest.mark.parametrize("m", [vector(b0=1), vector(b15=1, **{f"t{t}": 1 for t in range(S)}), plain(12345)])
def test_the_same_prover_when_it_tells_the_truth(m):
    both_accept(golden_round(), *lie(m))


def test_forged_with_a_zero_challenge():
    """All challenges zero: every equation but the hash holds for whatever the ciphertexts are."""
    meter, message = victim()
    w = words(message)[:C] + [short(0)] + [short(0), short(5), short(6)] * SLOTS + [short(7)]
    both_refuse(golden_round(), meter, b"".join(w), "no proof")


@pytest.mark.parametrize("spoilt", ["C1", "C2"])
def test_small_order_where_the_equations_hold(monkeypatch, spoilt):
    """A point of order 2 is added to a bit's ciphertext and the challenges are chosen even: only pt objects."""
    m = plain(2000)
    ciphertexts = encrypt(golden_Y(), m, R)
    ciphertexts[2 * 20 + (spoilt == "C2")] = plus(ciphertexts[2 * 20 + (spoilt == "C2")], TWO)
    lift = 3 * 20 + 1  # the draw of c_f in slot 20
    for attempt in range(64):
        draw = scalars(f"patience {attempt}")
        even = lambda i, draw=draw: draw(i) // 2 * 2 if i == lift else draw(i)  # noqa: E731
        meter, message = lie(m, ciphertexts=ciphertexts, draw=even)
        w = words(message)
        c, c0 = number(w[C]), number(w[C + 1 + 3 * 20])
        if c0 % 2 == (c - c0) % L % 2 == 0:
            break
    both_refuse(golden_round(), meter, message, "subgroup")
    monkeypatch.setattr(nbr, "received", lambda text: nbr.powers(nbr.on_curve(text)))
    nbr.check_statement(golden_round(), S, meter, golden_Y(), message)


def test_identity_as_a_ciphertext():
    """r = 0 in one slot: provable, but no point to be received."""
    both_refuse(golden_round(), *lie(plain(0), [0, *R[1:]]), "subgroup")


@pytest.mark.parametrize("which", [0, 1, 2, 3 * SLOTS], ids=["k", "c_f", "z_f", "k′"])
def test_zero_where_the_rule_allows_it(which):
    """(3) One drawn number is zero: a commitment or a multiple is I, which the hash takes as 01 00 …."""
    draw = scalars("an odd draw")
    both_accept(golden_round(), *lie(plain(4000), draw=lambda i: 0 if i == which else draw(i)))


def test_all_commitments_the_identity():
    both_accept(golden_round(), *lie(plain(4000), draw=lambda i: 0))


def test_bins_whose_sum_is_the_identity():
    """(3) Σ C1 = I over the bins is a statement like any other."""
    r = list(R)
    r[0] -= sum(r[: nbr.K])
    both_accept(golden_round(), *lie(plain(4000), r))


def test_shape_of_another_sum():
    """A liar's load shape: every bit a bit, but one part more than 255."""
    month, m = golden_round(day=None), bits_of(golden()["shape"]["parts"])
    m[8 * golden()["shape"]["parts"].index(0)] = 1
    seed = unhex(golden()["shape"]["seed"])
    lying = prove(month, meter_of(0), golden_Y(), m, randomness(seed, 384), scalars("a shape"))
    both_refuse(month, meter_of(0), lying, "no proof")


# ---- attacks on the guardians' keys -------------------------------------------------------------------------


def own_key(
    i: int, x: int, X: bytes | None = None, n: int = 3, genesis: bytes = GENESIS, e: int | None = None
):
    """A proof of possession of x, said to be one for X."""
    e = ROUND["epoch"] if e is None else e
    X = X or base(x)
    c = nbr.H("pop", genesis, e, i, n, X, base(99))
    like = guardians()[1][0]
    return dataclasses.replace(
        like, epoch=e, guardian=i, key=X, challenge=short(c), response=short(99 + c * x)
    )


def unreduced(name: str):
    key = own_key(2, 8)
    return dataclasses.replace(key, **{name: (number(getattr(key, name)) + L).to_bytes(32, "little")})


def both_refuse_keys(keys, of=3):
    with pytest.raises(Refused):
        nbr.joint_key(GENESIS, ROUND["epoch"], of, [key_dict(key) for key in keys])
    with pytest.raises(VerificationError):
        joint_key(GENESIS, ROUND["epoch"], keys, of)


def test_own_keys_are_taken():
    keys = [own_key(i, 1000 + i) for i in range(3)]
    Y = nbr.joint_key(GENESIS, ROUND["epoch"], 3, [key_dict(key) for key in keys])
    assert Y == joint_key(GENESIS, ROUND["epoch"], keys, 3) == base(3003)


def test_rogue_key():
    """The last guardian subtracts the others: Y would be 1000 B, and it alone could read."""
    keys = guardians()[1][:2]
    rogue = plus(base(1000), negative(plus(keys[0].key, keys[1].key)))
    both_refuse_keys([*keys, own_key(2, 1000, rogue)])
    assert plus(plus(keys[0].key, keys[1].key), rogue) == base(1000)


def test_keys_that_cancel():
    both_refuse_keys([own_key(0, 5), own_key(1, 6), own_key(2, -11)])


@pytest.mark.parametrize(
    "third",
    [
        lambda: own_key(1, 8),
        lambda: own_key(2, 6),
        lambda: own_key(3, 8),
        lambda: own_key(2, 8, n=4),
        lambda: own_key(2, 8, genesis=bytes(32)),
        lambda: own_key(2, 8, e=ROUND["epoch"] + 1),
        lambda: dataclasses.replace(own_key(2, 8, e=ROUND["epoch"] + 1), epoch=ROUND["epoch"]),
        lambda: dataclasses.replace(own_key(1, 8), guardian=2),
        lambda: own_key(2, 8, plus(base(8), TWO)),
        lambda: own_key(2, 0),
        lambda: own_key(2, 8, (p + 1).to_bytes(32, "little")),
        lambda: dataclasses.replace(own_key(2, 8), challenge=bytes(32)),
        lambda: unreduced("response"),
        lambda: unreduced("challenge"),
        lambda: dataclasses.replace(own_key(2, 8), response=short(1)),
        lambda: dataclasses.replace(own_key(2, 8), key=base(9)),
    ],
)
def test_third_key_refused(third):
    keys = [own_key(0, 5), own_key(1, 6)]
    both_refuse_keys([*keys, third()])


def test_missing_key():
    both_refuse_keys([own_key(0, 5), own_key(1, 6)])
    both_refuse_keys([])


# ---- attacks on the close, the shares and the opening -------------------------------------------------------


@pytest.mark.parametrize(("n", "roster"), [(14, 14), (15, 23), (14, 21)])
def test_too_few_homes(n, roster):
    stated, _, _, tallies = fresh_day()
    with pytest.raises(Refused, match="too few"):
        nbr.close(ROUND, S, stated[:n], roster)
    assert not hasattr(close_day(tallies[n], S, roster), "q")


def test_a_sum_that_is_the_identity():
    """The last home knows every other seed of the cohort and cancels one slot's randomness: void."""
    _, _, Y = guardians()
    stated, _, _, tallies = fresh_day()
    r, m = randomness(bytes([99]) * 32, SLOTS), plain(500)
    r[4] = -sum(randomness(bytes([i + 1]) * 32, SLOTS)[4] for i in range(15)) % L
    last = meter_of(15), prove(ROUND, meter_of(15), Y, m, r, scalars("the last"))
    nbr.check_statement(ROUND, S, last[0], Y, last[1])
    checked = verify_day(products(ROUND), last[0], Y, S, last[1])
    tally = tallies[-1].with_statement(*last, checked.ciphertexts)
    with pytest.raises(Refused, match="identity"):
        nbr.close(ROUND, S, [*stated, last], 16)
    assert not hasattr(close_day(tally, S, 16), "q")


def refuse_share(share, why, round_=ROUND, **frozen):
    _, keys, Y = guardians()
    known = frozen_dict(fresh_day()[1]) | frozen
    with pytest.raises(Refused, match=why):
        nbr.check_share(round_, known, Y, keys[1].key, share)


@pytest.mark.parametrize("change", OTHER_POINTS)
@pytest.mark.parametrize("j", [0, 16])
def test_every_part_of_a_share_mutated(j, change):
    """The product opens nothing with a wrong part either, even where nobody looks at the proof."""
    _, frozen, shares, _ = fresh_day()
    other, why = OTHER_POINTS[change]
    parts = list(shares[1].parts)
    parts[j] = other(parts[j])
    refuse_share(share_dict(shares[1]) | {"D": parts}, why)
    wrong = dataclasses.replace(shares[1], parts=tuple(parts))
    if (j, change) != (16, "another point"):  # P + B makes the total one less: only the proof can tell
        with pytest.raises(VerificationError):
            open_day(frozen, [shares[0], wrong, shares[2]], 3, S)


@pytest.mark.parametrize("change", OTHER_SCALARS)
@pytest.mark.parametrize("where", ["c", "z"])
def test_proof_of_a_share_mutated(where, change):
    share = share_dict(fresh_day()[2][1])
    other, why = OTHER_SCALARS[change]
    refuse_share(share | {where: other(number(share[where])).to_bytes(32, "little")}, why)


@pytest.mark.parametrize(
    "changes", [{"day": DAY + 1}, {"cohort": "x"}, {"genesis": bytes(32)}, {"epoch": ROUND["epoch"] + 1}]
)
def test_share_replayed_elsewhere(changes):
    refuse_share(share_dict(fresh_day()[2][1]), "no proof", ROUND | changes)


def test_share_of_other_sums():
    """Another root, another count, other sums, another guardian."""
    frozen = frozen_dict(fresh_day()[1])
    share = share_dict(fresh_day()[2][1])
    refuse_share(share, "no proof", root=bytes(32))
    refuse_share(share, "no proof", n=16)
    refuse_share(share, "no proof", Q=[frozen["Q"][1], frozen["Q"][0], *frozen["Q"][2:]])
    refuse_share(share | {"i": 2}, "no proof")
    refuse_share(share_dict(fresh_day()[2][0]), "no proof")
    refuse_share(share | {"D": share["D"][:16]}, "length")


def test_second_share_for_a_missing_one():
    _, keys, Y = guardians()
    _, frozen, shares, _ = fresh_day()
    for wrong in ([shares[0], shares[1], shares[1]], shares[:2], [*shares, shares[2]], []):
        with pytest.raises(Refused, match="one share of every"):
            nbr.check_shares(
                ROUND, frozen_dict(frozen), Y, [key_dict(k) for k in keys], [share_dict(s) for s in wrong]
            )
        with pytest.raises(VerificationError):
            open_day(frozen, wrong, 3, S)


def test_numbers_that_are_not_the_sums():
    _, frozen, shares, _ = fresh_day()
    result = open_day(frozen, shares, 3, S)
    true, theirs = [*result.bins, result.total_wh], [share_dict(share) for share in shares]
    one_more = [*true[:16], true[16] + 1]
    moved = [true[0] - 1, true[1] + 1, *true[2:]]
    for numbers, why in (
        (one_more, "not in the sum"),
        (moved, "not in the sum"),
        ([true[0] + 1, *true[1:]], "add up"),
        ([-1, true[1] + true[0] + 1, *true[2:]], "range"),
        ([*true[:16], 15 * 16 * 2**S], "range"),
        (true[:16], "range"),
    ):
        with pytest.raises(Refused, match=why):
            nbr.check_opening(ROUND, S, frozen_dict(frozen), theirs, numbers)

"""A second verifier of rule nbr/1, written from the rule's text alone.

It was written without sight of the product's code and must stay so: it imports nothing of the product, shares no
helper with it, and is corrected only from the text of the rule (the numbers in brackets are the text's own). What
the product calls a round is here a dictionary: genesis, cohort, epoch, and day (None for a month's load shape).
The group is Edwards25519 as RFC 8032 defines it, over Python's integers: slow, but every step can be read.
A statement that is not well-formed raises Refused; so does a tally that must stay closed.
"""

import hashlib
from functools import lru_cache
from typing import NoReturn

import cbor2

# ---- the field, the curve, the group ------------------------------------------------------------------------

p = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
d = -121665 * pow(121666, -1, p) % p
ROOT_OF_MINUS_ONE = pow(2, (p - 1) // 4, p)
I = (0, 1, 1, 0)  # noqa: E741 (the rule's name of the identity); (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z


class Refused(Exception):
    """The rule does not allow this."""


def refuse(why: str) -> NoReturn:
    raise Refused(why)


def add(P, Q):
    """RFC 8032 5.1.4; complete, so it holds for every two points of the curve."""
    X1, Y1, Z1, T1 = P
    X2, Y2, Z2, T2 = Q
    a, b = (Y1 - X1) * (Y2 - X2), (Y1 + X1) * (Y2 + X2)
    c, e = 2 * T1 * T2 % p * d, 2 * Z1 * Z2
    E, F, G, H = (b - a) % p, (e - c) % p, (e + c) % p, (b + a) % p
    return E * F % p, G * H % p, F * G % p, E * H % p


def double(P):
    X, Y, Z, _ = P
    a, b = X * X, Y * Y
    H, G = (a + b) % p, (a - b) % p
    E, F = (H - (X + Y) ** 2) % p, (2 * Z * Z + G) % p
    return E * F % p, G * H % p, F * G % p, E * H % p


def minus(P):
    X, Y, Z, T = P
    return -X % p, Y, Z, -T % p


def total(points):
    S = I
    for P in points:
        S = add(S, P)
    return S


def same(P, Q) -> bool:
    return (P[0] * Q[2] - Q[0] * P[2]) % p == 0 == (P[1] * Q[2] - Q[1] * P[2]) % p


def written(points) -> list[bytes]:
    """The 32 bytes of each point; one inversion serves all of them."""
    before, product = [], 1
    for P in points:
        before.append(product)
        product = product * P[2] % p
    inverse, out = pow(product, -1, p), []
    for P, prefix in zip(reversed(points), reversed(before), strict=True):
        z = inverse * prefix % p
        inverse = inverse * P[2] % p
        x, y = P[0] * z % p, P[1] * z % p
        out.append((y | (x & 1) << 255).to_bytes(32, "little"))
    return out[::-1]


def on_curve(text: bytes):
    """RFC 8032 5.1.3, and only the one canonical way to write a point."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= p:
        refuse("a coordinate is not reduced")
    u, v = (y * y - 1) % p, (d * y * y + 1) % p
    x = u * pow(v, 3, p) * pow(u * pow(v, 7, p), (p - 5) // 8, p) % p
    if v * x * x % p == -u % p:
        x = x * ROOT_OF_MINUS_ONE % p
    if v * x * x % p != u:
        refuse("no point of the curve")
    if x == 0 and sign:
        refuse("a zero with a sign")
    if x & 1 != sign:
        x = p - x
    return x, y, 1, x * y % p


def powers(P):
    """P, 16 P, 16² P, …: what every multiple of P is added up from."""
    row = [P]
    for _ in range(63):
        for _ in range(4):
            P = double(P)
        row.append(P)
    return row


def multiple(k: int, row):
    """kP from the powers of P (Yao), 0 ≤ k ≤ L: those with digit ±8 count eight times, …, those with ±1 once."""
    sums_of_digit: dict = {}
    for P in row:
        k, digit = k >> 4, k & 15
        if digit > 8:
            k, digit, P = k + 1, 16 - digit, minus(P)
        if digit:
            sums_of_digit[digit] = add(sums_of_digit[digit], P) if digit in sums_of_digit else P
    reached = result = I
    for digit in range(8, 0, -1):
        reached = add(reached, sums_of_digit[digit]) if digit in sums_of_digit else reached
        result = add(result, reached)
    return result


@lru_cache(maxsize=4096)
def received(text: bytes):
    """(2) pt: the powers of a received point, which is canonical, no I, and of order L."""
    if len(text) != 32:
        refuse("a point has 32 bytes")
    P = on_curve(text)
    row = powers(P)
    if same(P, I) or not same(multiple(L, row), I):
        refuse("a point outside the prime-order subgroup")
    return row


def pt(text: bytes):
    return received(bytes(text))[0]


def sc(text: bytes) -> int:
    """(2) sc."""
    k = int.from_bytes(text, "little")
    if len(text) != 32 or k >= L:
        refuse("a scalar is not reduced")
    return k


def times(k: int, text: bytes):
    """k times a received point."""
    return multiple(k % L, received(bytes(text)))


BASE = written([on_curve((4 * pow(5, -1, p) % p).to_bytes(32, "little"))])[0]


@lru_cache(maxsize=8)
def columns(text: bytes):
    """All j·256^i P with j < 256: for the few points that are multiplied again and again."""
    table = []
    for P in received(text)[::2]:
        column = [I]
        for _ in range(255):
            column.append(add(column[-1], P))
        table.append(column)
    return table


def often(k: int, text: bytes):
    """k times a point worth a table: B or Y."""
    return total(columns(text)[i][byte] for i, byte in enumerate((k % L).to_bytes(32, "little")) if byte)


def times_base(k: int):
    return often(k, BASE)


# ---- (4) the hash -------------------------------------------------------------------------------------------


def field(value) -> bytes:
    if isinstance(value, int):
        return value.to_bytes(8, "big")
    return value.encode() if isinstance(value, str) else bytes(value)


def H(tag: str, *fields) -> int:
    h = hashlib.sha512()
    for f in map(field, ("ohmstead/nbr/1/" + tag, *fields)):
        h.update(len(f).to_bytes(4, "big") + f)
    return int.from_bytes(h.digest(), "little") % L


# ---- (6, 7) guardians ---------------------------------------------------------------------------------------


def check_guardian_key(genesis: bytes, n: int, key: dict):
    """(6) The guardian i of n knows the x of X = xB in the epoch e."""
    c, z = sc(key["c"]), sc(key["z"])
    pt(key["X"])
    kB = add(times_base(z), minus(times(c, key["X"])))
    if not 0 <= key["i"] < n or c != H("pop", genesis, key["e"], key["i"], n, key["X"], *written([kB])):
        refuse("no proof of possession")


def joint_key(genesis: bytes, e: int, n: int, keys: list[dict]) -> bytes:
    """(7) Y, if all n have posted for this epoch, distinct, with Y ≠ I."""
    for key in keys:
        if key["e"] != e:
            refuse("a key of another epoch")
        check_guardian_key(genesis, n, key)
    if sorted(key["i"] for key in keys) != list(range(n)) or len({bytes(key["X"]) for key in keys}) != n:
        refuse("not every guardian, each with a key of its own")
    Y = total(pt(key["X"]) for key in keys)
    if n < 1 or same(Y, I):
        refuse("the joint key is the identity")
    return written([Y])[0]


# ---- (9 to 15, 24) statements -------------------------------------------------------------------------------

K = 16
CELLS, BITS, WHOLE = 48, 8, 255


def context(round_: dict, meter: bytes) -> bytes:
    """(13) ctx; a load shape has no day."""
    day = [] if round_["day"] is None else [round_["day"]]
    items = [round_["genesis"], "nbr/1", round_["cohort"], round_["epoch"], *day, meter]
    return cbor2.dumps(items, canonical=True)


def kind(round_: dict, s: int | None) -> tuple:
    """The tag, the weight of each slot in the sum proof, and what the weighted sum must be."""
    if round_["day"] is None:
        return "shape", [2**t for _ in range(CELLS) for t in range(BITS)], WHOLE
    if s not in (11, 12, 13):
        refuse("s is 11, 12 or 13")
    return "state", [1] * K + [0] * s, 1


def cut(message: bytes, S: int) -> dict:
    """The parts of a message: S × (C1, C2), c, S × (c0, z0, z1), z′."""
    if len(message) != 160 * S + 64:
        refuse("a message of another length")
    words = [bytes(message[i : i + 32]) for i in range(0, len(message), 32)]
    tail = [sc(w) for w in words[2 * S :]]
    proofs = [tuple(tail[1 + 3 * j : 4 + 3 * j]) for j in range(S)]
    return {
        "C": [(words[2 * j], words[2 * j + 1]) for j in range(S)],
        "c": tail[0],
        "proofs": proofs,
        "z": tail[-1],
    }


def weighted(weights, points):
    """Σ w_j P_j for the small weights of a sum proof, from the highest bit of the weights down."""
    S = I
    for bit in range(max(weights).bit_length() - 1, -1, -1):
        S = double(S)
        for w, P in zip(weights, points, strict=True):
            if w >> bit & 1:
                S = add(S, P)
    return S


def check_statement(round_: dict, s: int | None, meter: bytes, Y: bytes, message: bytes) -> list:
    """(15) Every slot is 0 or 1 and the weighted sum is right; the answer is the list of (C1_j, C2_j)."""
    tag, weights, target = kind(round_, s)
    parts = cut(message, len(weights))
    c, pairs = parts["c"], [(pt(C1), pt(C2)) for C1, C2 in parts["C"]]
    pt(Y)
    commitments = []
    for (C1, C2), (c0, z0, z1) in zip(parts["C"], parts["proofs"], strict=True):
        for b, c_b, z_b in ((0, c0, z0), (1, (c - c0) % L, z1)):
            A = add(times_base(z_b), minus(times(c_b, C1)))
            commitments += [A, add(add(often(z_b, Y), times_base(c_b * b)), minus(times(c_b, C2)))]
    sum1 = weighted(weights, [C1 for C1, _ in pairs])
    sum2 = add(weighted(weights, [C2 for _, C2 in pairs]), minus(times_base(target)))
    for Z, S in ((BASE, sum1), (Y, sum2)):
        commitments.append(add(often(parts["z"], Z), minus(multiple(c, powers(S)))))
    ciphertexts = [C for pair in parts["C"] for C in pair]
    if c != H(tag, context(round_, meter), Y, *ciphertexts, *written(commitments)):
        refuse("no proof of a well-formed statement")
    return pairs


# ---- (16) the log, RFC 6962 ---------------------------------------------------------------------------------


def leaf(meter: bytes, message: bytes) -> bytes:
    return hashlib.sha256(b"\0" + cbor2.dumps([meter, message], canonical=True)).digest()


def root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:k]) + root(leaves[k:])).digest()


# ---- (16, 17, 24) sums --------------------------------------------------------------------------------------


def sums(round_: dict, s: int | None, pairs_of_all: list) -> list:
    """U_j and W_j: of a day's slots, or of a load shape's 48 values."""
    _, weights, _ = kind(round_, s)
    width = BITS if round_["day"] is None else 1
    result = [(I, I)] * (len(weights) // width)
    for pairs in pairs_of_all:
        for j, (U, W) in enumerate(result):
            part, w = pairs[j * width : (j + 1) * width], [2**t for t in range(width)]
            result[j] = add(U, weighted(w, [a for a, _ in part])), add(W, weighted(w, [b for _, b in part]))
    return result


def close(round_: dict, s: int | None, stated: list[tuple[bytes, bytes]], roster: int) -> dict:
    """(17) What is frozen of the statements (meter, message) in their order; they have been checked before."""
    _, weights, _ = kind(round_, s)
    n = len(stated)
    if n < max(15, -(-2 * roster // 3)):
        refuse("void: too few")
    if len({meter for meter, _ in stated}) != n:
        refuse("a meter states once")
    every = [[(pt(C1), pt(C2)) for C1, C2 in cut(message, len(weights))["C"]] for _, message in stated]
    UW = sums(round_, s, every)
    if round_["day"] is not None:
        w = [2**s * j for j in range(K)] + [2**t for t in range(s)]
        T = weighted(w, [U for U, _ in UW]), weighted(w, [W for _, W in UW])
        UW = [*UW[:K], T]
    if any(same(U, I) for U, _ in UW):
        refuse("void: a sum is the identity")
    Q, P = written([U for U, _ in UW]), written([W for _, W in UW])
    return {"n": n, "root": root([leaf(*one) for one in stated]), "Q": Q, "P": P}


# ---- (19, 20) shares ----------------------------------------------------------------------------------------


def check_share(round_: dict, frozen: dict, Y: bytes, X: bytes, share: dict):
    """(20) D_j = x Q_j with the x of the guardian's X = xB."""
    day = [] if round_["day"] is None else [round_["day"]]
    c, z, Q, D = sc(share["c"]), sc(share["z"]), frozen["Q"], share["D"]
    if len(D) != len(Q) or len(Q) != (CELLS if round_["day"] is None else K + 1):
        refuse("a share of another length")
    for point in (X, Y, *Q, *D):
        pt(point)
    k = [add(times_base(z), minus(times(c, X)))]
    k += [add(times(z, q), minus(times(c, part))) for q, part in zip(Q, D, strict=True)]
    where = [round_["genesis"], round_["cohort"], round_["epoch"], *day, share["i"]]
    tag = "dec" if day else "dec-shape"
    if c != H(tag, *where, frozen["n"], frozen["root"], Y, X, *Q, *D, *written(k)):
        refuse("no proof of a decryption share")


def check_shares(round_: dict, frozen: dict, Y: bytes, keys: list[dict], shares: list[dict]):
    """(20, 21) One share of every guardian, each of them proved."""
    if [share["i"] for share in shares] != list(range(len(keys))):
        refuse("one share of every guardian")
    for share in shares:
        (X,) = (key["X"] for key in keys if key["i"] == share["i"])
        check_share(round_, frozen, Y, X, share)


# ---- (21, 24) the opening -----------------------------------------------------------------------------------


def check_opening(round_: dict, s: int | None, frozen: dict, shares: list[dict], numbers: list[int]):
    """(21) The numbers h_0 … h_15, t of a day, or a month's 48, are what the frozen sums hold."""
    n = frozen["n"]
    if round_["day"] is None:
        counted, bounds = WHOLE * n, [WHOLE * n + 1] * CELLS
        counts = numbers
    else:
        counted, bounds = n, [n + 1] * K + [n * K * 2**s]
        counts = numbers[:K]
    if len(numbers) != len(bounds) or any(
        not 0 <= h < bound for h, bound in zip(numbers, bounds, strict=True)
    ):
        refuse("a number out of its range")
    if sum(counts) != counted:
        refuse("the numbers do not add up")
    for j, h in enumerate(numbers):
        # P_j comes from one's own sums, never from a message: it alone may be any point of the group
        left = add(on_curve(frozen["P"][j]), minus(total(pt(share["D"][j]) for share in shares)))
        if not same(left, times_base(h)):
            refuse("a number that is not in the sum")

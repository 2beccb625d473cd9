"""Guardians' keys on the ledger: when, by whom, with what proof; and the promise that one is erased."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohmstead.contract.neighbour_parameters import DAY_S, ERASE_S
from ohmstead.contract.refusals import Reason
from ohmstead.core.codec import decode
from ohmstead.core.keys import SigningKey
from ohmstead.neighbours.group import IDENTITY, ZERO, L, add, base, scalar_of, sub, total
from ohmstead.neighbours.guardians import joint_key, make_key
from ohmstead.neighbours.messages import EraseKey, GuardianKey
from tests.contract.neighbour_rig import (
    EPOCH,
    FIRST_DAY,
    PARAMS,
    SIGNERS,
    Tally,
    drawn,
    end_of,
    keys_of,
    month_end,
)
from tests.contract.rig import CERTIFIER, STRANGER

OF = len(SIGNERS)
#: As a real ledger has it.
STRICT = replace(PARAMS, age_s=60 * DAY_S, lead_s=3 * DAY_S, at_once=False)


def body(tally: Tally, guardian: int, epoch: int = EPOCH) -> GuardianKey:
    return keys_of(tally.hash, epoch, OF)[guardian][1]


def with_secret(tally: Tally, x: int, guardian: int) -> GuardianKey:
    """The key of a chosen secret, proven."""
    rest, first = drawn("chosen", x), [scalar_of(x) + bytes(32)]
    return make_key(tally.hash, EPOCH, guardian, OF, lambda n: first.pop() if first else rest(n))[1]


def test_a_key_must_be_there_three_days_before_its_month() -> None:
    tally = Tally(STRICT)
    last = month_end() - 3 * DAY_S
    tally.accept(SIGNERS[0], body(tally, 0, EPOCH + 1), at=last)
    assert tally.refuse(SIGNERS[1], body(tally, 1, EPOCH + 1), at=last + 1) is Reason.TOO_LATE
    assert tally.refuse(SIGNERS[1], body(tally, 1), at=last + 2) is Reason.TOO_LATE
    tally.accept(SIGNERS[1], body(tally, 1, EPOCH + 2))


def test_a_demonstration_takes_keys_in_the_running_month_but_none_of_a_month_that_is_over() -> None:
    tally = Tally()
    tally.accept(SIGNERS[0], body(tally, 0), at=month_end() - 1)
    assert tally.refuse(SIGNERS[1], body(tally, 1), at=month_end()) is Reason.TOO_LATE
    assert tally.refuse(SIGNERS[1], body(tally, 1, EPOCH - 1)) is Reason.WRONG_EPOCH  # before the table


def test_keys_are_taken_three_months_ahead_and_no_further() -> None:
    tally = Tally()
    tally.accept(SIGNERS[0], body(tally, 0, EPOCH + 3))
    assert tally.refuse(SIGNERS[0], body(tally, 0, EPOCH + 4)) is Reason.WRONG_EPOCH
    assert (
        tally.refuse(SIGNERS[0], body(tally, 0, EPOCH + 40)) is Reason.WRONG_EPOCH
    )  # no table reaches there


def test_a_guardian_posts_once_and_for_itself_alone() -> None:
    tally = Tally()
    tally.accept(SIGNERS[0], body(tally, 0))
    assert tally.refuse(SIGNERS[0], body(tally, 0)) is Reason.ALREADY_DONE
    again = make_key(tally.hash, EPOCH, 0, OF, drawn("another"))[1]
    assert tally.refuse(SIGNERS[0], again) is Reason.ALREADY_DONE
    assert tally.refuse(SIGNERS[0], body(tally, 1)) is Reason.NOT_GUARDIAN
    assert tally.refuse(CERTIFIER, body(tally, 1)) is Reason.NOT_GUARDIAN
    assert tally.refuse(STRANGER, body(tally, 1)) is Reason.UNKNOWN_SIGNER
    assert tally.guardians() == {0: body(tally, 0)}


def test_a_copied_key_is_refused_with_and_without_its_proof() -> None:
    tally = Tally()
    tally.accept(SIGNERS[0], body(tally, 0))
    copy = replace(body(tally, 0), guardian=1)
    assert tally.refuse(SIGNERS[1], copy) is Reason.KEY_IN_USE
    other = Tally()  # and before the one it copies
    assert other.refuse(SIGNERS[1], copy) is Reason.BAD_PROOF


def test_a_rogue_key_that_would_leave_its_maker_alone_is_refused() -> None:
    tally = Tally()
    tally.post_keys(but=[3])
    others = total(k.key for k in tally.guardians().values())
    mine = with_secret(tally, 5, 3)
    rogue = replace(mine, key=sub(mine.key, others))
    assert add(rogue.key, others) == base(scalar_of(5))
    assert tally.refuse(SIGNERS[3], rogue) is Reason.BAD_PROOF


def test_keys_that_cancel_are_refused_though_each_is_proven() -> None:
    tally = Tally()
    xs = (3, 4, 5, L - 12)
    for i in range(3):
        tally.accept(SIGNERS[i], with_secret(tally, xs[i], i))
    cancelling = with_secret(tally, xs[3], 3)
    assert add(total(k.key for k in tally.guardians().values()), cancelling.key) == IDENTITY
    assert tally.refuse(SIGNERS[3], cancelling) is Reason.BAD_PROOF
    tally.accept(SIGNERS[3], with_secret(tally, 6, 3))


@pytest.mark.parametrize(
    "change",
    [
        {"key": IDENTITY},
        {"key": bytes(32)},
        {"key": base(scalar_of(9))},
        {"challenge": ZERO},
        {"challenge": scalar_of(1)},
        {"challenge": L.to_bytes(32, "little")},
        {"response": ZERO},
        {"response": L.to_bytes(32, "little")},
    ],
    ids=lambda c: next(iter(c)),
)
def test_every_part_of_a_key_is_under_its_proof(change: dict[str, bytes]) -> None:
    tally = Tally()
    assert tally.refuse(SIGNERS[0], replace(body(tally, 0), **change)) is Reason.BAD_PROOF


def test_a_proof_is_of_one_month_one_place_one_size_and_one_ledger() -> None:
    tally = Tally()
    good = body(tally, 0)
    assert tally.refuse(SIGNERS[0], replace(good, epoch=EPOCH + 1)) is Reason.BAD_PROOF
    assert tally.refuse(SIGNERS[1], replace(good, guardian=1)) is Reason.BAD_PROOF
    for genesis, of in ((tally.hash, OF - 1), (bytes(32), OF)):
        other = make_key(genesis, EPOCH, 0, of, drawn("guardian", tally.hash, EPOCH, 0))[1]
        assert tally.refuse(SIGNERS[0], other) is Reason.BAD_PROOF


def test_a_month_opens_once_all_guardians_are_there() -> None:
    tally = Tally()
    home = tally.home("a home")
    tally.post_keys(but=[2])
    statement = tally.false_day(home, FIRST_DAY)
    assert tally.refuse(home.meter.key, statement, at=end_of(FIRST_DAY)) is Reason.NO_KEY
    tally.accept(SIGNERS[2], body(tally, 2))
    tally.accept(home.meter.key, tally.day(home, FIRST_DAY, 1234))
    assert tally.joint(EPOCH) == joint_key(tally.hash, EPOCH, tally.guardians().values(), OF)


def test_the_state_holds_each_key_for_ever_with_its_time() -> None:
    tally = Tally()
    tally.accept(SIGNERS[1], body(tally, 1))
    good = body(tally, 1)
    raw = tally.machine.state.get("nbrkey", EPOCH.to_bytes(4, "big") + b"\x01")
    assert raw is not None
    assert decode(raw) == [good.key, good.challenge, good.response, tally.time_s]


# ---- erasing -----------------------------------------------------------------------------------


def test_a_key_is_said_to_be_erased_sixteen_days_after_its_month_and_once() -> None:
    tally = Tally()
    tally.post_keys()
    due = month_end() + ERASE_S
    tally.accept(SIGNERS[0], EraseKey(EPOCH, 0), at=due)
    assert tally.refuse(SIGNERS[0], EraseKey(EPOCH, 0)) is Reason.ALREADY_DONE
    raw = tally.machine.state.get("nbrkey", b"e" + EPOCH.to_bytes(4, "big") + b"\x00")
    assert raw is not None
    assert decode(raw) == due
    assert sorted(tally.guardians()) == list(range(OF))  # the public keys stay: results are checked with them


def refused_erasures() -> list[tuple[SigningKey, EraseKey, Reason]]:
    return [
        (SIGNERS[1], EraseKey(EPOCH, 0), Reason.NOT_GUARDIAN),
        (CERTIFIER, EraseKey(EPOCH, 0), Reason.NOT_GUARDIAN),
        (SIGNERS[0], EraseKey(EPOCH + 1, 0), Reason.NO_KEY),
    ]


def test_only_a_guardian_erases_only_what_it_posted_and_not_before_its_time() -> None:
    tally = Tally()
    tally.post_keys()
    early = tally.sign(SIGNERS[0], EraseKey(EPOCH, 0))
    assert tally.one(early, at=month_end() + ERASE_S - 1).code == 2
    for signer, statement, why in refused_erasures():
        assert tally.refuse(signer, statement) is why
    assert tally.one(early, at=month_end() + ERASE_S).code == 0

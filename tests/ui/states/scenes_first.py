"""Before there is a home: first run, making a home ready, the passphrase, pairing with all that can end it."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest

from ohmstead.services.locks import LockReason, SecretsLocked
from ohmstead.system.zones import build_table
from ohmstead.ui.presenters.pairing import NearbyMeter, PairedHome, PairingState
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from tests.ui.states.scenes import scene
from tests.ui.states.studio import HOMES, Quiet, Studio

MINE = NearbyMeter("a", "3C9", -50, True)
SHUT = NearbyMeter("a", "3C9", -50, False)
OTHER = NearbyMeter("b", "7F1", -85, False)
CODE = "000G40R40M30E209Z"
SIX = ("harbour", "velvet", "acorn", "nine", "category", "umbrella")
ZONE = build_table("Europe/Rome", date(2026, 1, 1), date(2026, 12, 31))
HOME = PairedHome("3C9", "LM-4", 3.1, False, ZONE.first_slots[20], ZONE, 24 * 22_000)
TYPED = PairedHome("3C9", "LM-4", 3.1, True, ZONE.first_slots[20], ZONE, 24 * 22_000)


@scene("first-run")
def first_run(s: Studio) -> None:
    s.window.show_home("", None)


# ---- making ready -----------------------------------------------------------------------------


def step(name: str, *what: object) -> None:
    @scene(f"preparing-{name}")
    def go(s: Studio) -> None:
        s.window.preparing.say_source(simulated=False)
        s.window.preparing.offer_others(())
        s.window.show_preparing(*what)


step("ledger", "ledger")
step("meter", "meter")
step("history", "history", 4_012, 8_784)
step("pairing", "pairing")


@scene("preparing-opening")
def opening(s: Studio) -> None:
    s.window.show_preparing("opening")
    s.window.preparing._speak()


@scene("preparing-failed")
def failed(s: Studio) -> None:
    s.window.preparing.offer_others(HOMES)
    s.later(lambda: s.window.preparing.offer_others(()))
    s.window.show_preparing("The disk is full. Free some space, then try again.")


def locked(reason: LockReason) -> None:
    new, detail = reason is LockReason.NO_KEYRING, "The file of secrets is cut off."
    given = SecretsLocked(reason, new, detail if reason is LockReason.DAMAGED else "")

    @scene(f"unlock-{reason.value.replace(' ', '-')}")
    def go(s: Studio) -> None:
        s.window.show_preparing("opening")
        s.window.preparing.show_locked(given)


for reason in LockReason:
    locked(reason)


# ---- pairing ----------------------------------------------------------------------------------


def pairing(name: str, *states: PairingState, typed: str = "") -> None:
    @scene(f"pairing-{name}")
    def go(s: Studio) -> None:
        page = s.window.pairing
        s.window.begin_pairing(Quiet())
        for state in states[:1]:
            page.show_state(state)
        s.settle()
        QTest.keyClicks(page.code_field, typed)
        for state in states[1:]:
            page.show_state(state)
            s.settle()


def heard(*meters: NearbyMeter) -> PairingState:
    return PairingState(PairingPhase.SEARCHING, meters)


@scene("pairing-unheard")
def unheard(s: Studio) -> None:
    """A quarter of a minute without any meter."""
    s.window.begin_pairing(Quiet())
    s.settle()
    s.window.pairing._nothing_heard()
    s.settle()


pairing("nothing")
pairing("shut", heard(SHUT))
pairing("open", heard(MINE))
pairing("several", heard(OTHER, SHUT))
pairing("typing", heard(MINE), typed=CODE[:9])
pairing("mistyped", heard(MINE), typed=CODE[:-1] + "Y")
pairing("paired", heard(MINE), PairingState(PairingPhase.PAIRED, home=HOME), typed=CODE)
pairing("paired-typed", heard(MINE), PairingState(PairingPhase.PAIRED, home=TYPED), typed=CODE)
pairing("words", heard(MINE), PairingState(PairingPhase.WORDS, words=SIX), typed=CODE)
for phase in PairingPhase:
    if phase not in (PairingPhase.SEARCHING, PairingPhase.PAIRED, PairingPhase.WORDS, PairingPhase.FAILED,
                     PairingPhase.RADIO):  # fmt: skip
        pairing(f"at-{phase.value.replace(' ', '-')}", heard(MINE), PairingState(phase), typed=CODE)
for problem in (Problem.BLUETOOTH_OFF, Problem.NO_ADAPTER, Problem.NO_PERMISSION, Problem.RADIO):
    pairing(f"radio-{problem.value.replace(' ', '-')}", PairingState(PairingPhase.RADIO, problem=problem))
_AT = {
    Problem.WORDS_DIFFER: Step.WORDS, Problem.FIRST_BLOCK: Step.FIRST_BLOCK,
    Problem.CERTIFICATE: Step.CERTIFICATE,
    Problem.PAGE: Step.PAGE,
}  # fmt: skip
for problem in Problem:
    if problem not in (Problem.BLUETOOTH_OFF, Problem.NO_ADAPTER, Problem.NO_PERMISSION, Problem.RADIO):
        detail = "The keyring does not answer." if problem is Problem.OUTSIDE else ""
        pairing(
            f"failed-{problem.value.replace(' ', '-')}", heard(MINE),
            PairingState(PairingPhase.FAILED, problem=problem, detail=detail, at=_AT.get(problem, Step.LINK)),
            typed=CODE,
        )  # fmt: skip

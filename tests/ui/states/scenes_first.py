"""Before there is a home: first run, making the demonstration ready, pairing."""

from __future__ import annotations

from ohmstead.ui.presenters.pairing import NearbyMeter, PairingPhase, PairingState
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Quiet, Studio

MINE = NearbyMeter("a", "3C9", -50, True)
OTHER = NearbyMeter("b", "7F1", -85, False)
CODE = "000G40R40M30E209Z"


@scene("first-run")
def first_run(s: Studio) -> None:
    s.window.show_home("", None)


def step(name: str, *what: object) -> None:
    @scene(f"preparing-{name}")
    def go(s: Studio) -> None:
        s.window.show_preparing(*what)


step("ledger", "ledger")
step("history", "history", 4_012, 8_784)
step("failed", "The disk is full. Free some space and start the demonstration again.")


def pairing(name: str, phase: PairingPhase, typed: str = CODE, meters: tuple[NearbyMeter, ...] = (MINE,),
            words: tuple[str, ...] = (), detail: str = "") -> None:  # fmt: skip
    @scene(f"pairing-{name}")
    def go(s: Studio) -> None:
        s.window.begin_pairing(Quiet())
        s.window.pairing.show_state(PairingState(PairingPhase.SEARCHING, meters))
        s.window.pairing.code_field.setText(typed)
        s.window.pairing.show_state(PairingState(phase, meters, words, detail))


pairing("nothing", PairingPhase.SEARCHING, "", ())
pairing("searching", PairingPhase.SEARCHING, "")
pairing("two-meters", PairingPhase.SEARCHING, CODE, (MINE, OTHER))
pairing("typing", PairingPhase.SEARCHING, CODE[:9])
pairing("working", PairingPhase.WORKING)
pairing("wrong-code", PairingPhase.WRONG_CODE)
pairing("busy", PairingPhase.BUSY)
pairing("closed", PairingPhase.CLOSED)
pairing("radio-off", PairingPhase.RADIO_OFF, "", ())
pairing("failed", PairingPhase.FAILED, detail="The connection broke. Nothing is half paired; try again.")
pairing("words", PairingPhase.WORDS, words=("harbour", "mill", "lantern", "orchard", "pebble", "swift"))
pairing("paired", PairingPhase.PAIRED)

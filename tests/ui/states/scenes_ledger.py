"""The Ledger in every state."""

from __future__ import annotations

from ohmstead.services.states import LinkState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from tests.ui.states.scenes import scene
from tests.ui.states.studio import Studio


def ledger(name: str, home: str = "whole", **state: object) -> None:
    @scene(name)
    def go(s: Studio) -> None:
        s.show(s.files.proven(home), "ledger", **state)


ledger("ledger-whole")
ledger("ledger-out-of-reach", link=LinkState.AWAY, power=None)
ledger("ledger-bluetooth-off", link=LinkState.OFF, power=None)
ledger("ledger-refused", refused="page 515")
ledger("ledger-tampered", "tampered")
ledger("ledger-two-histories", "split")
ledger("ledger-filling", "filling")
ledger("ledger-typed", typed=True)


@scene("ledger-witnessed")
def witnessed(s: Studio) -> None:
    home = s.files.proven()
    s.show(home, "ledger")
    s.window.product.show_witness(
        WitnessSeen("https://node.example", WitnessWord.SAME, home.street.ledger.head.height, s.now_s - 240)
    )


@scene("ledger-witness-silent")
def silent(s: Studio) -> None:
    home = s.files.proven()
    s.show(home, "ledger")
    s.window.product.show_witness(
        WitnessSeen(
            "https://node.example", WitnessWord.NOT_REACHED, home.street.ledger.head.height, s.now_s - 240
        )
    )


@scene("ledger-low")
def low(s: Studio) -> None:
    s.show(s.files.proven("split"), "ledger")
    bar = s.window.ledger._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    s.later(lambda: bar.setValue(0))


@scene("ledger-stale")
def stale(s: Studio) -> None:
    s.show(s.files.proven(), "ledger", link=LinkState.AWAY, power=None)
    s.wait(31 * 3600)


@scene("ledger-new")
def new(s: Studio) -> None:
    s.show(s.files.empty, "ledger")


@scene("ledger-unreadable")
def unreadable(s: Studio) -> None:
    s.show(s.files.unreadable, "ledger")


@scene("ledger-evidence")
def evidence(s: Studio) -> None:
    s.show(s.files.proven(), "ledger")
    s.window.ledger._choose()


@scene("ledger-offline")
def offline(s: Studio) -> None:
    s.show(s.files.proven(), "ledger")
    s.window.ledger._explain()


@scene("ledger-copied")
def copied(s: Studio) -> None:
    s.show(s.files.proven(), "ledger")
    s.window.ledger._copy_block()

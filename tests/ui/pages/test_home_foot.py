"""What Home says of the home's own file stands at the sidebar's foot too, in the same words."""

from __future__ import annotations

from ohmstead.ui.presenters.facts_trouble import trouble_of
from ohmstead.ui.presenters.meter_state import Link, MeterFacts
from tests.ui.conftest import Stage


def test_a_refusal_on_home_is_a_refusal_at_the_foot(stage: Stage) -> None:
    window, words = stage.window, stage.desktop.wording
    stage.show(lambda: window.show_home("Orchard Lane 4", stage.source()))
    foot = window.sidebar.foot
    window.show_facts(MeterFacts(Link.CONNECTED, stage.now_s))
    assert foot.accessibleName() == "Meter connected"
    trouble = trouble_of("page 8770", "PageAltered", words)
    window.home.trouble_changed.emit(trouble)
    assert foot.accessibleName() == trouble.short
    window.show_facts(MeterFacts(Link.AWAY, stage.now_s))
    assert foot.accessibleName() == trouble.short
    window.home.trouble_changed.emit(None)
    assert foot.accessibleName() == "Meter out of reach"

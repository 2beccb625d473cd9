"""From services to the window: what a home's state looks like.

Not here: pairing (``ui.radio_pairing``), the pages.
"""

from __future__ import annotations

import time

from ohmstead.services.states import HomeState, LinkState
from ohmstead.ui.presenters.meter_state import Link, MeterFacts

_LINKS = {
    LinkState.SEARCHING: Link.SEARCHING,
    LinkState.CONNECTED: Link.CONNECTED,
    LinkState.AWAY: Link.AWAY,
    LinkState.OFF: Link.OFF,
    LinkState.STOPPED: Link.AWAY,
}


def facts_for_foot(state: HomeState, now_s: int | None = None) -> MeterFacts:
    """The sidebar's facts of a home's state."""
    facts = state.facts
    return MeterFacts(
        link=_LINKS[state.link],
        now_s=int(time.time()) if now_s is None else now_s,
        head_time_s=facts.head_time_s if facts else None,
        verified_to_slot=state.verified_to_slot,
        zone=state.zone,
        pages_held=facts.pages_held if facts else 0,
        pages_proven=facts.pages_proven if facts else 0,
        single_operator=facts.single_operator if facts else False,
        refused=state.refused,
    )

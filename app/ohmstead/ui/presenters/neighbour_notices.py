"""Notices of the neighbours: something of the comparison is false, told at once and once. Qt-free.

Only what this computer found wrong is worth one: the own statement left out or altered, a record that does not
follow. What a home uses, or where it stands, never is. What was told is handed in and asked for again, so that
nothing is told twice after a restart. Here: when and in which words. Not here: showing (``ui.tray``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.slots import ZoneTable, ZoneTableEnds, slot_at
from ohmstead.services.neighbour_states import NeighbourState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.neighbour_brief import finding_name, names_of
from ohmstead.ui.presenters.neighbour_words import alarm_head
from ohmstead.ui.presenters.notices import Notice, NoticeKind
from ohmstead.ui.presenters.wording import Wording


class FindingWatch:
    """Hears the states of one home's neighbours and says what is worth a notice. Any one thread.

    ``told`` are the names of findings that were told and still stand.
    """

    def __init__(self, home: str, told: frozenset[str] = frozenset()) -> None:
        self._home, self.told = home, told

    def hear(
        self,
        state: NeighbourState | None,
        zone: ZoneTable | None,
        wanted: Notices,
        now_s: int,
        words: Wording,
    ) -> Sequence[Notice]:
        """The notices of a state at a moment (UTC seconds), one a finding. What is not wanted counts as told."""
        if state is None or zone is None or state.rules is None:
            return ()  # not known yet: what was told may still stand
        try:
            today = zone.day_of(slot_at(now_s))
        except ZoneTableEnds:
            return ()
        new = [alarm for alarm in state.alarms if finding_name(alarm) not in self.told]
        # A finding that came out right is forgotten: found again, it is told again.
        self.told = names_of(state.alarms)
        if not wanted.not_in_order:
            return ()
        said = words.tr("Checked on this computer, it does not hold. Its figures are not drawn.")
        return [
            Notice(NoticeKind.NEIGHBOURS, f"{self._home}: {alarm_head(alarm, today, words)}", said)
            for alarm in new
        ]

"""Which refusal stands now: what Home says first when something is not as it should be. Qt-free.

A refusal by a sync stands until a whole sync has verified (``HomeState.refused``); two histories and a page that
does not open stand for good; what in this computer's file is not what was proven stands while it is so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ohmstead.core.errors import VerificationError
from ohmstead.store.records import Finding
from ohmstead.ui.presenters.facts_trouble import (
    LASTING,
    Trouble,
    trouble_of,
    trouble_of_error,
    two_histories,
)
from ohmstead.ui.presenters.home_now import Live
from ohmstead.ui.presenters.wording import Wording


class Kept(Protocol):
    """What a loaded answer says of evidence: findings, how many pairs of histories, what the file is not."""

    @property
    def findings(self) -> Sequence[Finding]:
        """Everything that was ever refused."""
        ...

    @property
    def divergences(self) -> int:
        """How many pairs of signed blocks of one height are kept."""
        ...

    @property
    def failure(self) -> VerificationError | None:
        """What in the file is not what was proven."""
        ...


def standing_trouble(live: Live, data: Kept | None, words: Wording) -> Trouble | None:
    """The gravest refusal that stands; None when all is well."""
    findings = data.findings if data is not None else ()
    kinds = {f.subject: f.kind for f in findings}
    if live.two_histories or (data is not None and data.divergences):
        subject = next((f.subject for f in findings if f.kind == "Divergence"), "")
        return two_histories(subject, words)
    if data is not None and data.failure is not None:
        return trouble_of_error(data.failure, words)
    refused = live.state.refused
    if refused:
        return trouble_of(refused, kinds.get(refused, ""), words)
    for finding in reversed(findings):
        if finding.kind in LASTING:
            return trouble_of(finding.subject, finding.kind, words)
    return None

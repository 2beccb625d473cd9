"""Two signed histories in words: where they part, who signed both, what it means for the person. Qt-free.

Shown as an attack, never retried away (protocol/trust). Not here: drawing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.core.slots import hour_end_s
from ohmstead.services.ledger_report import Block, LedgerReport, TwoHistories, VoteKind
from ohmstead.ui.presenters.facts_age import Moments
from ohmstead.ui.presenters.ledger_tables import signer_name
from ohmstead.ui.presenters.ledger_views import HistoriesView, HistoryCard, MeaningLine, SignerWord
from ohmstead.ui.presenters.receipt import short_hash
from ohmstead.ui.presenters.wording import Wording

_SHOWN_BEFORE = 3


def histories_view(
    pairs: Sequence[TwoHistories], report: LedgerReport, at: Moments, words: Wording
) -> HistoriesView:
    """The newest pair, and how many there are."""
    tr, pair = words.tr, pairs[-1]
    height = pair.ours.height
    since = at.moment(pair.first_seen_s)
    body = tr(
        "Since {time} two different blocks of the same height are known here, both properly signed. That cannot "
        "happen by accident. This computer stays with the one that it knew first; the other is not used.",
        time=since,
    )
    ours, theirs = _signed(pair.ours), _signed(pair.theirs)
    both = ours & theirs
    agreed = [h for h in range(height - _SHOWN_BEFORE, height) if h >= 1] if pair.agree_before else []
    return HistoriesView(
        head=tr("Someone signed two different histories"),
        body=body,
        badge=tr("{n} of {m} signed both", n=words.number(len(both)), m=words.number(len(pair.ours.votes))),
        agreed_words=tr("Both agree up to here") if agreed else tr("They part before this block"),
        agreed=tuple(words.number(h) for h in agreed),
        ours=_card(
            pair.ours, theirs, tr("Block {n} as it was known here", n=words.number(height)), at, words
        ),
        theirs=_card(pair.theirs, ours, tr("Block {n} as it came after", n=words.number(height)), at, words),
        meaning=_meaning(report, since, at, words),
    )


def _signed(block: Block) -> set[bytes]:
    return {v.address for v in block.votes if v.kind is VoteKind.SIGNED}


def _card(block: Block, others: set[bytes], title: str, at: Moments, words: Wording) -> HistoryCard:
    signers = []
    for place, vote in enumerate(block.votes):
        signed = vote.kind is VoteKind.SIGNED
        both = signed and vote.address in others
        name = signer_name(vote, place, words)
        if both:
            name = words.tr("{name}, signed both", name=name)
        signers.append(SignerWord(name, signed, both))
    detail = words.tr("{time}, state {hash}", time=at.moment(block.time_s), hash=short_hash(block.app_hash))
    return HistoryCard(title, detail, words.tr("Signed by"), tuple(signers))


def _meaning(report: LedgerReport, since: str, at: Moments, words: Wording) -> tuple[MeaningLine, ...]:
    tr = words.tr
    lines = []
    if report.last_hour is not None:
        time = at.moment(hour_end_s(report.last_hour))
        lines.append(
            MeaningLine(
                "check",
                "ok",
                tr("Your readings up to {time} stay proven", time=time),
                words.count(
                    report.pages_held,
                    "{n} page, in the history known first.",
                    "{n} pages, in the history known first.",
                ),
            )
        )
    lines.append(
        MeaningLine(
            "lock",
            "notice",
            tr("The other block is not used"),
            tr("This computer does not choose between them: that is for the members to settle."),
        )
    )
    lines.append(
        MeaningLine(
            "document",
            "text_2",
            tr("Both blocks are kept as evidence"),
            tr("With every signature, since {time}. Show them to a member of the consortium.", time=since),
        )
    )
    return tuple(lines)

"""What was refused, in words for people: what happened, what it means, and where on the way it happened.

Failures have stable names (the class of the error) and a subject ("page 16092"). Here: from those to a
sentence and a station. Qt-free. Not here: drawing, deciding whether a refusal still stands (``presenters.home``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ohmstead.core.errors import VerificationError
from ohmstead.ui.presenters.wording import Wording


class Stop(Enum):
    """Where the way from meter to screen ends: the stations of the Ledger page."""

    METER = "meter"
    LOG = "log"
    LEDGER = "ledger"
    RADIO = "radio"
    COMPUTER = "computer"


class Fact(Enum):
    """Which of the four facts does not hold then."""

    SIGNATURE = "signature"
    KEY_TRUST = "key trust"
    COMPLETENESS = "completeness"
    RECENCY = "recency"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A refusal: its sentence, what it means, a few words for narrow places, station and fact."""

    head: str
    body: str
    short: str
    stop: Stop
    fact: Fact
    subject: str
    two_histories: bool = False


#: Kinds that a later sync cannot cure: the page stays what it is.
LASTING = frozenset({"PageAltered", "PageError", "PageSealed"})
_PAGE = re.compile(r"^pages? (\d+)(?: to (\d+))?$")
_HEADER = re.compile(r"^header (\d+)$")
_ANCHOR = re.compile(r"^(anchors|anchor \d+)$")


def trouble_of(subject: str, kind: str, words: Wording) -> Trouble:
    """The trouble of a refusal. ``kind`` is the failure's name, empty where only the subject is known."""
    if kind == "Divergence":
        return two_histories(subject, words)
    if (page := _PAGE.match(subject)) is not None:
        return _page(page, subject, kind, words)
    if (header := _HEADER.match(subject)) is not None or kind in _HEADER_KINDS:
        return _header(header, subject, kind, words)
    return _other(subject, kind, words)


def trouble_of_error(error: VerificationError, words: Wording) -> Trouble:
    """The trouble of a failure itself."""
    return trouble_of(error.subject, error.code, words)


def two_histories(subject: str, words: Wording) -> Trouble:
    """Two signed blocks of one height."""
    return Trouble(
        words.tr("Someone signed two different histories"),
        words.tr(
            "Two blocks of the same height turned up, both properly signed. That cannot happen by accident. "
            "What was proven before stays; nothing of the other history is used."
        ),
        words.tr("Two histories"),
        Stop.LEDGER,
        Fact.RECENCY,
        subject,
        two_histories=True,
    )


_HEADER_KINDS = frozenset({"HeaderFromFuture", "HeadWentBack", "NotEnoughPower", "NotEnoughTrust"})
_HERE = frozenset({"PagesDiffer", "RowsDiffer", "PageConflict"})


def _page(match: re.Match[str], subject: str, kind: str, words: Wording) -> Trouble:
    tr = words.tr
    first, last = int(match[1]), int(match[2] or match[1])
    one = first == last
    number, end = words.number(first), words.number(last)
    if kind == "RowsDiffer":
        return Trouble(
            tr("The chart here does not say what page {n} says", n=number),
            tr("The numbers in this computer's file were changed. The page itself is whole."),
            tr("Page {n} differs here", n=number),
            Stop.COMPUTER,
            Fact.COMPLETENESS,
            subject,
        )
    if kind in ("PageAltered", "PageError", "PageSealed"):
        return Trouble(
            tr("Page {n} does not open under its own seal", n=number),
            tr(
                "It was changed, or sealed wrongly by the meter. Its hour counts as recorded and is not shown."
            ),
            tr("Page {n} does not open", n=number),
            Stop.LOG,
            Fact.SIGNATURE,
            subject,
        )
    if one:
        head = tr("Page {n} was changed after it was signed", n=number)
        short = tr("Page {n} was changed", n=number)
    else:
        head = tr("A page between {n} and {end} was changed after it was signed", n=number, end=end)
        short = tr("Pages {n} to {end} were changed", n=number, end=end)
    body = tr("It is not used. What was verified before stays.")
    if kind in _HERE:
        body = tr("The copy in this computer's file is not the one that was proven. The meter still has it.")
    stop = Stop.COMPUTER if kind in _HERE else Stop.LOG
    return Trouble(head, body, short, stop, Fact.SIGNATURE, subject)


def _header(match: re.Match[str] | None, subject: str, kind: str, words: Wording) -> Trouble:
    tr = words.tr
    block = tr("Block {n}", n=words.number(int(match[1]))) if match is not None else tr("The newest block")
    body = tr("It is not used. What was verified before stays.")
    if kind == "HeaderFromFuture":
        return Trouble(
            tr("{block} is from the future", block=block),
            tr("This computer's clock is behind, or the block is not true. Set the clock, then look again."),
            tr("A block from the future"),
            Stop.LEDGER,
            Fact.RECENCY,
            subject,
        )
    if kind == "HeadWentBack":
        head = tr("The ledger was shown older than it is known to be")
    elif kind in ("NotEnoughPower", "NotEnoughTrust"):
        head = tr("{block} is not signed by enough of those who must sign", block=block)
    else:
        head = tr("{block} does not follow from what is proven", block=block)
    return Trouble(head, body, tr("{block} was refused", block=block), Stop.LEDGER, Fact.RECENCY, subject)


def _other(subject: str, kind: str, words: Wording) -> Trouble:
    tr = words.tr
    body = tr("It is not used. What was verified before stays.")
    if kind == "HistoryRewritten" or subject.startswith("log of meter"):
        return Trouble(
            tr("The past of your meter's log was rewritten"),
            tr("The ledger now shows another history than the one that was proven here. It is not used."),
            tr("The log was rewritten"),
            Stop.LEDGER,
            Fact.COMPLETENESS,
            subject,
        )
    if subject == "history":
        return Trouble(
            tr("The history here is not the one that the ledger records"),
            tr("A page is missing or was changed. What was verified before stays."),
            tr("The history differs"),
            Stop.LOG,
            Fact.COMPLETENESS,
            subject,
        )
    if kind == "KeyTrustError" or subject.startswith("certificate"):
        head = tr("The meter's certificate does not hold")
        return Trouble(head, body, tr("Certificate refused"), Stop.METER, Fact.KEY_TRUST, subject)
    if _ANCHOR.match(subject) is not None:
        head = tr("When the pages were recorded does not fit the ledger's own record")
        return Trouble(head, body, tr("Recording times refused"), Stop.LEDGER, Fact.RECENCY, subject)
    if subject.endswith(".sqlite"):
        return Trouble(
            tr("This computer's file of your readings did not verify"),
            tr("It was set aside and kept. The history is read from the meter again."),
            tr("The file here did not verify"),
            Stop.COMPUTER,
            Fact.COMPLETENESS,
            subject,
        )
    if kind in ("AnswerMalformed", "SessionError", "BindingError", "ForeignKey", "ChangedKey"):
        head = tr("What came over the radio was not what your meter may send")
        return Trouble(head, body, tr("An answer was refused"), Stop.RADIO, Fact.RECENCY, subject)
    head = tr("What the ledger shows of your meter does not verify")
    return Trouble(head, body, tr("The ledger's answer was refused"), Stop.LEDGER, Fact.RECENCY, subject)

"""What can end or hold up pairing, in plain words with the next thing to do. Qt-free.

Each problem says what is known, what it may mean and what to do, and never more. Not here: which failure is
which problem (``pairing_problems``), the page (``ui.pages.pairing_page``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ohmstead.ui.presenters.pairing_problems import Next, Problem
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem in words.

    ``title`` heads the page; ``head`` and ``body`` stand in a banner of that ``tone``, or with ``own_page``
    plainly under the title, ``lines`` below them. ``step_words`` stand in the list of steps; ``note`` (head,
    body) says what became of what was begun.
    """

    title: str
    tone: Literal["notice", "alarm"]
    head: str
    body: str
    step_words: str
    then: Next
    button: str
    note: tuple[str, str] = ("", "")
    lines: tuple[tuple[str, str], ...] = ()
    own_page: bool = False


def problem_view(
    problem: Problem, mark: str, detail: str, words: Wording, platform: str = "linux"
) -> ProblemView:
    """The words of a problem. ``mark`` is the meter's, ``platform`` that of ``sys.platform``."""
    if problem in (Problem.BLUETOOTH_OFF, Problem.NO_ADAPTER, Problem.NO_PERMISSION, Problem.RADIO):
        return _radio(problem, platform, words)
    if problem in (Problem.METER_NEWER, Problem.METER_OLDER):
        return _version(problem, words)
    if problem in (Problem.FIRST_BLOCK, Problem.CERTIFICATE, Problem.PAGE, Problem.CLOCK):
        return _checks(problem, detail, words)
    if problem in _IDENTITY:
        return _identity(problem, mark, words)
    return _link(problem, mark, detail, words)


_IDENTITY = (
    Problem.WORDS_DIFFER,
    Problem.OTHER_METER,
    Problem.CHANGED_KEY,
    Problem.OTHER_LEDGER,
    Problem.NOT_PROVEN,
)


def _nothing(words: Wording, then: str = "") -> tuple[str, str]:
    return words.tr("Nothing was paired, nothing was stored"), then or words.tr(
        "You can try as often as you like. The code itself was not sent."
    )


def _radio(problem: Problem, platform: str, words: Wording) -> ProblemView:
    tr = words.tr
    if problem is Problem.NO_ADAPTER:
        return ProblemView(
            tr("This computer has no Bluetooth that Ohmstead can use"), "notice", "",
            tr("The meter speaks over Bluetooth Low Energy. With an adapter, the search begins by itself."),
            tr("No Bluetooth here"), Next.WAIT, "", own_page=True,
            lines=(
                ("plus", tr("Plug in a USB adapter for Bluetooth 4.2 or newer. It costs little.")),
                ("bluetooth", _service_words(platform, words)),
                ("computer", tr("Or use another computer that has Bluetooth and stands near the meter.")),
            ),
        )  # fmt: skip
    if problem is Problem.NO_PERMISSION:
        return ProblemView(
            tr("Ohmstead may not use Bluetooth"), "notice", "",
            tr("This computer asks for your permission first. Give it, and the search begins by itself."),
            tr("Not permitted"), Next.WAIT, "", own_page=True, lines=_permission_lines(platform, words),
        )  # fmt: skip
    if problem is Problem.RADIO:
        return ProblemView(
            tr("Bluetooth does not answer"), "notice", tr("It does not do what it is asked"),
            tr("It is asked again by itself. If that lasts, turn Bluetooth off and on in the settings."),
            tr("Bluetooth does not answer"), Next.WAIT, "",
        )  # fmt: skip
    return ProblemView(
        tr("Bluetooth is off"), "notice", tr("Turn it on in this computer's settings"),
        tr("The search begins by itself as soon as it is on."),
        tr("Bluetooth is off"), Next.WAIT, "",
    )  # fmt: skip


def _service_words(platform: str, words: Wording) -> str:
    if platform.startswith("linux"):
        return words.tr("If it has Bluetooth built in, its Bluetooth service may not be running. Start it.")
    return words.tr("If it has Bluetooth built in, it may be turned off by its firmware or its manager.")


def _permission_lines(platform: str, words: Wording) -> tuple[tuple[str, str], ...]:
    tr = words.tr
    if platform == "darwin":
        return (
            ("settings", tr("Open System Settings, then Privacy & Security, then Bluetooth.")),
            ("check", tr("Turn Ohmstead on in the list.")),
        )
    if platform == "win32":
        return (
            ("settings", tr("Open Settings, then Privacy & security, then Radios.")),
            ("check", tr("Turn on that apps may control radios, for this computer and for desktop apps.")),
        )
    return (
        ("people", tr("On Linux, your user must be allowed to: often by the group “bluetooth”.")),
        ("lock", tr("In a sandbox, Ohmstead needs access to the system's Bluetooth service (org.bluez).")),
        ("refresh", tr("After a change, log out and in again.")),
    )


def _version(problem: Problem, words: Wording) -> ProblemView:
    tr = words.tr
    if problem is Problem.METER_NEWER:
        return ProblemView(
            tr("This Ohmstead is older than your meter"), "notice", "",
            tr("The meter speaks a newer version of the link than this Ohmstead knows."),
            tr("Another version"), Next.START, tr("Look again"), _nothing(words), own_page=True,
            lines=(
                ("download", tr("Install the newest Ohmstead on this computer. Your meter stays as it is.")),
                ("lock", tr("What is already stored here stays, and the new version reads it.")),
            ),
        )  # fmt: skip
    return ProblemView(
        tr("Your meter is older than this Ohmstead"), "notice", "",
        tr("The meter speaks a version of the link that this Ohmstead no longer uses."),
        tr("Another version"), Next.START, tr("Look again"), _nothing(words), own_page=True,
        lines=(
            ("meter", tr("The meter needs newer software. Whoever runs or installed it can bring it.")),
            ("clock", tr("Until then an Ohmstead of the meter's age can read it.")),
        ),
    )  # fmt: skip


def _link(problem: Problem, mark: str, detail: str, words: Wording) -> ProblemView:
    tr = words.tr
    again = tr("Try again")
    half = (
        tr("Nothing is half paired"),
        tr("Either both sides know each other or neither does. Trying again finds out which."),
    )
    if problem is Problem.WRONG_CODE:
        return ProblemView(
            tr("The meter did not accept this code"), "alarm", tr("Probably the label of another meter"),
            tr(
                "The code is complete and typed without mistake, but it does not open the meter with the mark "
                "{mark}. Compare the mark on the label you read.",
                mark=mark,
            ),
            tr("Not the code of this meter"), Next.RETYPE, tr("Try another code"), _nothing(words),
        )  # fmt: skip
    if problem is Problem.BUSY:
        return ProblemView(
            tr("Your meter talks to another device"), "notice", tr("One at a time"),
            tr("A phone or another computer is in contact with it. Let that finish, then try again."),
            tr("Busy with another device"), Next.AGAIN, again, _nothing(words),
        )  # fmt: skip
    if problem is Problem.CLOSED:
        return ProblemView(
            tr("Pairing is not open any more"), "notice", tr("Press the button on the meter"),
            tr("Pairing then stays open for two minutes, and this goes on by itself."),
            tr("Press the button on it"), Next.AGAIN, again, _nothing(words),
        )  # fmt: skip
    if problem is Problem.NOT_HEARD:
        return ProblemView(
            tr("The meter is not heard"), "notice", tr("Go nearer to it"),
            tr("A few metres are best, without a thick wall in between. Press its button once more."),
            tr("Not heard"), Next.AGAIN, again, _nothing(words),
        )  # fmt: skip
    if problem is Problem.LATE:
        return ProblemView(
            tr("That took too long"), "notice", tr("The meter stopped waiting"),
            tr("It waits two minutes at most. Press its button and try again."),
            tr("Took too long"), Next.AGAIN, again, half,
        )  # fmt: skip
    if problem is Problem.LOST:
        return ProblemView(
            tr("The connection broke"), "notice", tr("Stand nearer to the meter"),
            tr("The link ended before pairing was complete. Try again from where the signal is stronger."),
            tr("Connection broke"), Next.AGAIN, again, half,
        )  # fmt: skip
    if problem is Problem.FULL:
        return ProblemView(
            tr("Your meter knows as many devices as it can"), "notice", tr("One of them has to make room"),
            tr("Its owner can remove a phone or computer that is no longer used. Then try again."),
            tr("No room for another device"), Next.AGAIN, again, _nothing(words),
        )  # fmt: skip
    if problem is Problem.NOT_ADMITTED:
        return ProblemView(
            tr("Your meter has an owner already"), "notice", tr("The owner has to admit this computer"),
            tr(
                "The meter knows this computer now and waits for its owner's word. Ask the owner to admit it, "
                "then ask again. The button on the meter is not needed for that."
            ),
            tr("Waits for the owner"), Next.AGAIN, tr("Ask again"),
            (tr("No reading was given out"), tr("Until then this computer can only wait, or leave.")),
        )  # fmt: skip
    return ProblemView(
        tr("Pairing stopped"), "alarm", tr("Something outside the meter is in the way"),
        detail or tr("This computer could not go on."),
        tr("Stopped"), Next.AGAIN, again, half,
    )  # fmt: skip


def _identity(problem: Problem, mark: str, words: Wording) -> ProblemView:
    tr = words.tr
    over = tr("Start again")
    if problem is Problem.WORDS_DIFFER:
        return ProblemView(
            tr("The words differ, so nothing was paired"), "alarm", tr("Someone may sit in between"),
            tr(
                "Or it was another meter's label: compare the mark, {mark} here. If the words differ again, do "
                "not pair, and tell whoever installed the meter.",
                mark=mark,
            ),
            tr("They differ"), Next.START, over, _nothing(words),
        )  # fmt: skip
    if problem is Problem.OTHER_METER:
        return ProblemView(
            tr("This is another meter"), "alarm", tr("It does not hold the key on your label"),
            tr(
                "It shows the mark {mark} and knows the code, and yet its key is another one. It is not the "
                "meter whose label you have, whatever it says.",
                mark=mark,
            ),
            tr("Another meter's key"), Next.START, over, _nothing(words),
        )  # fmt: skip
    if problem is Problem.CHANGED_KEY:
        return ProblemView(
            tr("The meter came back with another key"), "alarm", tr("It is not the meter that this home knows"),
            tr(
                "A meter keeps its key for life. If yours was exchanged, pair the new one as a home of its own; "
                "the old one's history stays."
            ),
            tr("Another key"), Next.START, over, _nothing(words),
        )  # fmt: skip
    if problem is Problem.OTHER_LEDGER:
        return ProblemView(
            tr("The meter belongs to another ledger than its label says"), "alarm",
            tr("Its readings would be proven by strangers"),
            tr("Do not pair, and tell whoever installed the meter. It needs another set-up, or another label."),
            tr("Another ledger"), Next.START, over, _nothing(words),
        )  # fmt: skip
    return ProblemView(
        tr("The meter could not prove who it is"), "alarm", tr("Someone may sit in between"),
        tr("What came over the air does not fit together. Nothing of it is used. Try again, nearer to it."),
        tr("Not proven"), Next.AGAIN, tr("Try again"), _nothing(words),
    )  # fmt: skip


def _checks(problem: Problem, detail: str, words: Wording) -> ProblemView:
    tr = words.tr
    again = tr("Check again")
    note = (
        tr("Nothing of it is used"),
        tr("The meter knows this computer, but no reading is shown. Leaving forgets the meter again."),
    )
    if problem is Problem.CLOCK:
        return ProblemView(
            tr("This computer's clock is wrong"), "notice", tr("The ledger is ahead of it"),
            tr("Its newest block comes from the future, as this clock sees it. Set the clock, then check again."),
            tr("This clock is behind"), Next.CHECK, again, note,
        )  # fmt: skip
    if problem is Problem.FIRST_BLOCK:
        return ProblemView(
            tr("The ledger does not begin as it should"), "alarm",
            tr("Its first block is not the one agreed on"),
            tr(
                "Either the meter follows another ledger, or someone changed what it sends. Tell whoever "
                "installed the meter. What failed: {detail}.",
                detail=detail,
            ),
            tr("Not the right beginning"), Next.CHECK, again, note,
        )  # fmt: skip
    if problem is Problem.CERTIFICATE:
        return ProblemView(
            tr("The meter's certificate does not hold"), "alarm",
            tr("The certifier does not vouch for this meter"),
            tr(
                "It was not signed for this meter, it has ended, or it was withdrawn. Ask whoever installed "
                "the meter. What failed: {detail}.",
                detail=detail or tr("the certificate"),
            ),
            tr("Does not hold"), Next.CHECK, again, note,
        )  # fmt: skip
    return ProblemView(
        tr("The first page was changed after it was signed"), "alarm",
        tr("It is not what the ledger records"),
        tr("Refused: {detail}. It is not used, and asked for again.", detail=detail),
        tr("Refused"), Next.CHECK, again, note,
    )  # fmt: skip

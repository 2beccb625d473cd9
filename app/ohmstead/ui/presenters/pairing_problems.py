"""Everything that can end or hold up pairing, and which failure is which. Qt-free.

Here: the problems, and what an exception comes to. Not here: what each exception means (``link.errors``,
``ledger``), the sentences (``pairing_problem_words``), the page's course (``pairing_course``).
"""

from __future__ import annotations

from enum import Enum

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError
from ohmstead.ledger.lightclient import HeaderFromFuture
from ohmstead.ledger.slice import KeyTrustError
from ohmstead.link import errors as link_errors
from ohmstead.link.errors import RefusalCode
from ohmstead.link.gatt import VERSION
from ohmstead.services.admission import RoleNotGranted


class Problem(Enum):
    """One kind of failure, one way on."""

    BLUETOOTH_OFF = "bluetooth off"
    NO_ADAPTER = "no adapter"
    NO_PERMISSION = "no permission"
    RADIO = "radio"  # Bluetooth is there, and reports an error
    WRONG_CODE = "wrong code"
    BUSY = "busy"
    CLOSED = "closed"
    NOT_HEARD = "not heard"
    LATE = "late"
    LOST = "lost"
    FULL = "full"
    WORDS_DIFFER = "words differ"
    OTHER_METER = "other meter"
    CHANGED_KEY = "changed key"
    OTHER_LEDGER = "other ledger"
    NOT_PROVEN = "not proven"
    METER_OLDER = "meter older"
    METER_NEWER = "meter newer"
    NOT_ADMITTED = "not admitted"
    FIRST_BLOCK = "first block"
    CERTIFICATE = "certificate"
    PAGE = "page"
    CLOCK = "clock"
    OUTSIDE = "outside"  # the disk, the keyring, the radio's driver: `detail` says what


class Next(Enum):
    """What the page's green button does."""

    RETYPE = "retype"  # back to the code, to change it
    AGAIN = "again"  # the same label once more
    START = "start"  # from the search
    CHECK = "check"  # what was stopped by a check is asked for again
    WAIT = "wait"  # nothing: it goes on by itself


_BY_CLASS: tuple[tuple[type[Exception], Problem], ...] = (
    (link_errors.NoPermission, Problem.NO_PERMISSION),
    (link_errors.BluetoothOff, Problem.BLUETOOTH_OFF),
    (link_errors.WrongCode, Problem.WRONG_CODE),
    (link_errors.Busy, Problem.BUSY),
    (link_errors.PairingClosed, Problem.CLOSED),
    (link_errors.NotFound, Problem.NOT_HEARD),
    (link_errors.LinkTimeout, Problem.LATE),
    (link_errors.LinkLost, Problem.LOST),
    (link_errors.WordsRejected, Problem.WORDS_DIFFER),
    (link_errors.ForeignKey, Problem.OTHER_METER),
    (link_errors.ChangedKey, Problem.CHANGED_KEY),
    (link_errors.WrongGenesis, Problem.OTHER_LEDGER),
    (link_errors.WrongCertificate, Problem.CERTIFICATE),
    (link_errors.LinkError, Problem.NOT_PROVEN),
    (RoleNotGranted, Problem.NOT_ADMITTED),
    (HeaderFromFuture, Problem.CLOCK),
    (KeyTrustError, Problem.CERTIFICATE),
    (VerificationError, Problem.NOT_PROVEN),
)

#: Why bleak found no Bluetooth where there is none to turn on (its own names).
_ABSENT = ("NO_BLUETOOTH", "NO_BLE_CENTRAL_ROLE")


def problem_of(error: Exception) -> tuple[Problem, str]:
    """(problem, detail) of a failure; the detail is a sentence of the failure's own, or empty."""
    if isinstance(error, link_errors.ProtocolVersion):
        return (Problem.METER_NEWER if error.version > VERSION else Problem.METER_OLDER), ""
    if isinstance(error, link_errors.BluetoothOff) and _absent(error):
        return Problem.NO_ADAPTER, ""
    if isinstance(error, link_errors.Refused):
        return (Problem.FULL if error.code in (RefusalCode.FULL, RefusalCode.TOO_MANY) else Problem.LOST), ""
    for kind, problem in _BY_CLASS:
        if isinstance(error, kind):
            return problem, ""
    detail = str(error) if isinstance(error, ExternalError | UserError) else ""
    return Problem.OUTSIDE, detail


def _absent(error: BaseException) -> bool:
    """Whether there is no adapter, or nothing that drives it: what lies behind the link's own failure says so."""
    cause = error.__cause__
    reason = getattr(getattr(cause, "reason", None), "name", "")
    return reason in _ABSENT or isinstance(cause, FileNotFoundError | ConnectionRefusedError)

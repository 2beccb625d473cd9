"""Everything that can go wrong on the link, one class each, without translated text.

The class is the message: a screen chooses its sentence by class, a log prints class and detail. Each is
also one of the house's kinds: the person's to put right (``UserError``), the world's (``ExternalError``),
or a lie that was caught (``VerificationError``).
"""

from __future__ import annotations

from enum import IntEnum

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError, UserError


class LinkError(Exception):
    """The base of every failure of the link."""


class BluetoothOff(LinkError, ExternalError):
    """This computer's Bluetooth is switched off, or there is none."""


class NoPermission(LinkError, ExternalError):
    """The operating system does not let this app use Bluetooth."""


class NotFound(LinkError, ExternalError):
    """The meter was not heard, or did not take the connection, in the time given."""


class Busy(LinkError, ExternalError):
    """The meter is in the middle of a handshake with another device, or has no room for a link."""


class LinkLost(LinkError, ExternalError):
    """The link ended: out of reach, dropped, or closed by the other side."""


class LinkTimeout(LinkLost):
    """The other side is there, but did not answer in the time given."""


class PairingClosed(LinkError, UserError):
    """The meter's pairing window is closed; its button opens it for two minutes."""


class WrongCode(LinkError, UserError):
    """The meter's secret is not the one that was typed or scanned."""


class WordsRejected(LinkError, UserError):
    """The person said that the six words are not those on the label."""


class ProtocolVersion(LinkError, UserError):
    """The meter speaks another version of the link; ``version`` is what it offers."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the meter speaks version {version} of the link")
        self.version = version


class RefusalCode(IntEnum):
    """Why a side refuses a handshake or a request. Unknown codes read as ``GENERIC``."""

    GENERIC = 1
    BUSY = 2
    WRONG_SECRET = 3
    UNSUPPORTED = 4
    FORBIDDEN = 5
    MALFORMED = 6
    NOT_FOUND = 7
    TOO_MANY = 8
    FULL = 9
    FAILED = 10

    @classmethod
    def of(cls, code: int) -> RefusalCode:
        """The code with this number, or GENERIC."""
        try:
            return cls(code)
        except ValueError:
            return cls.GENERIC


class Refused(LinkError, ExternalError):
    """The other side refused. ``code`` says why as far as it wanted to; ``detail`` is its own data."""

    def __init__(self, code: int = RefusalCode.GENERIC, detail: bytes = b"") -> None:
        self.code = RefusalCode.of(code)
        self.detail = detail[:1024]
        super().__init__(f"refused: {self.code.name.lower()}")


class FrameError(LinkError, ExternalError):
    """The other side broke the rules of frames: an oversize record, a flood, no progress."""


class MessageError(LinkError, ExternalError):
    """The other side sent a message that is no message."""


class SessionError(LinkError, VerificationError):
    """A Noise message does not authenticate: tampering, another key, another prologue, a replay."""


class BindingError(LinkError, VerificationError):
    """The session does not belong to the identity it claims; the subclasses say in what."""


class ForeignKey(BindingError):
    """The session is with another meter than the one whose label was scanned."""


class ChangedKey(BindingError):
    """A meter known under one key came back with another."""


class WrongGenesis(BindingError):
    """The meter belongs to another ledger than the label says."""


class BindingMismatch(BindingError):
    """The signed binding names another session, other keys, or another role in it."""


class WrongCertificate(BindingError):
    """The certificate is not the one that was signed, or its own check refused it."""

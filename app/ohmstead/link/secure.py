"""A pipe whose records are a Noise session's, and the records around the handshake.

Here: the first bytes of records while nobody has proved anything, shared by both ends; encryption after.
Not here: the handshakes' course (``pairing``, the meter's session).

The app's first record is ``mode`` (u8), in RESUME an 8-byte peer id, and handshake message 1. Until the app
has accepted the meter's first transport message, every record of the meter begins with a status byte: 0,
and Noise bytes follow; or a refusal's code alone. A refusal in clear proves nothing and costs an attacker
no more than jamming; it only chooses the words for a failure. All later records are Noise alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.link.binding import PEER_ID_BYTES
from ohmstead.link.errors import MessageError, Refused, SessionError
from ohmstead.link.messages import MAX_MESSAGE
from ohmstead.link.noise import MESSAGE_BYTES, TAG_BYTES, Mode, Session
from ohmstead.link.pipe import Pipe

#: The cap on incoming records while nobody has proved anything.
MAX_HANDSHAKE_RECORD = 512
MAX_SESSION_RECORD = MAX_MESSAGE + TAG_BYTES
GO_ON = b"\x00"


@dataclass(frozen=True, slots=True)
class Opening:
    """The app's first record, taken apart."""

    mode: Mode
    peer_id: bytes
    message: bytes

    def to_bytes(self) -> bytes:
        """The record."""
        return bytes((self.mode,)) + self.peer_id + self.message

    @classmethod
    def from_bytes(cls, record: bytes) -> Opening:
        """Raises MessageError unless the record has a known mode and exactly that mode's length."""
        try:
            mode = Mode(record[0])
        except (IndexError, ValueError) as error:
            raise MessageError("an opening of unknown mode") from error
        at = 1 + (PEER_ID_BYTES if mode is Mode.RESUME else 0)
        if len(record) != at + MESSAGE_BYTES[mode][0]:
            raise MessageError("an opening of the wrong length")
        return cls(mode, record[1:at], record[at:])


def answered(record: bytes) -> bytes:
    """The Noise bytes of a record with a status byte. Raises Refused if it is a refusal."""
    if record[0] != 0:
        raise Refused(record[0])
    return record[1:]


class SecureLink:
    """Encrypted records, in order, over a pipe."""

    def __init__(self, pipe: Pipe, session: Session) -> None:
        self.pipe = pipe
        self.session = session

    async def send(self, plaintext: bytes, *, status: bytes = b"") -> None:
        """Encrypt and queue one record. Raises what ended the pipe."""
        await self.pipe.send(lambda: status + self.session.encrypt(plaintext))

    async def receive(self, timeout_s: float | None = None, *, with_status: bool = False) -> bytes:
        """The next record's plaintext. Raises what ended the pipe, LinkTimeout, Refused, or SessionError.

        A record that does not authenticate ends the pipe: nothing after it could be trusted.
        """
        record = await self.pipe.read(timeout_s)
        try:
            return self.session.decrypt(answered(record) if with_status else record)
        except SessionError as error:
            self.pipe.close(error)
            raise

"""What the link looks like from outside: service, characteristics, ``info``, advertising data.

Here: UUIDs and the exact bytes said in clear, shared by both ends. Nothing here names a house or a ledger:
no serial, no name, no ledger id. Not here: bleak or bumble. Source: protocol/link, "In clear".

``info`` is 18 bytes: version (u8, 1), flags (u8, bit 0: pairing open, others zero), boot nonce (16).
Advertising carries the service UUID and, as manufacturer data of company 0xFFFF (none: the Bluetooth SIG's
number for tests), two bytes, big endian: bit 15 pairing open, bits 14 to 12 zero, bits 11 to 0 the
discriminator.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.link.errors import MessageError, ProtocolVersion
from ohmstead.link.label import MAX_DISCRIMINATOR, NONCE_BYTES, mark_of

SERVICE = "7a1e0001-5d3c-4b8f-9c20-6f686d737464"
INFO = "7a1e0002-5d3c-4b8f-9c20-6f686d737464"
RX = "7a1e0003-5d3c-4b8f-9c20-6f686d737464"
TX = "7a1e0004-5d3c-4b8f-9c20-6f686d737464"
COMPANY = 0xFFFF
VERSION = 1
INFO_BYTES = 2 + NONCE_BYTES
_PAIRING_OPEN = 0x8000


@dataclass(frozen=True, slots=True)
class Info:
    """The readable characteristic, taken apart."""

    boot_nonce: bytes
    pairing_open: bool

    def to_bytes(self) -> bytes:
        """The bytes as served."""
        return bytes((VERSION, int(self.pairing_open))) + self.boot_nonce

    @classmethod
    def from_bytes(cls, data: bytes) -> Info:
        """Raises ProtocolVersion for another version, MessageError for anything else out of form."""
        if data and data[0] != VERSION:
            raise ProtocolVersion(data[0])
        if len(data) != INFO_BYTES or data[1] > 1:
            raise MessageError("info is malformed")
        return cls(bytes(data[2:]), bool(data[1]))


@dataclass(frozen=True, slots=True)
class Advertised:
    """What a meter says to every passer-by."""

    discriminator: int
    pairing_open: bool

    @property
    def mark(self) -> str:
        """The mark printed on the label."""
        return mark_of(self.discriminator)

    def to_bytes(self) -> bytes:
        """The two bytes of manufacturer data, without the company number."""
        return (self.discriminator | (_PAIRING_OPEN if self.pairing_open else 0)).to_bytes(2, "big")

    @classmethod
    def from_bytes(cls, data: bytes) -> Advertised | None:
        """None where the bytes are not a meter's."""
        value = int.from_bytes(data, "big")
        if len(data) != 2 or value & ~(_PAIRING_OPEN | MAX_DISCRIMINATOR):
            return None
        return cls(value & MAX_DISCRIMINATOR, bool(value & _PAIRING_OPEN))

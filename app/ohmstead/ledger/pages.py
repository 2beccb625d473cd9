"""Pages: one UTC hour of one meter, sealed for the household, and the keys to read them.

Page bytes = clear header (69 bytes) || XChaCha20-Poly1305 ciphertext of a body of fixed size. The nonce is
random and always stored: a page number as nonce would meet the same key again after a crash between
sealing and storing, with another plaintext. Here: layout, key schedule, seal, open. Not here: the log
over the pages (``ledger.meterlog``), their form on the air (``ledger.tiles``).
Source: protocol/pages, "Page" and "Keys".
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from ohmstead.core.codec import encode
from ohmstead.core.errors import VerificationError
from ohmstead.core.intervals import ChannelHour, IntervalStatus
from ohmstead.core.slots import utc_day_of_hour
from ohmstead.ledger.timestamps import civil_from_days

PAGE_VERSION = 1
NONCE_BYTES = 24
TAG_BYTES = 16
COMMITMENT_BYTES = 16
KEY_BYTES = 32
CHANNEL_BYTES = 20
_AAD = struct.Struct(">B16sIII16s")  # version, meter, number, hour, epoch, key commitment
HEADER_BYTES = _AAD.size + NONCE_BYTES
_AMOUNT_LIMIT = 1 << 24
_REGISTER_LIMIT = 1 << 48
_STATUSES = tuple(IntervalStatus)
_ALL_OK = (IntervalStatus.OK, IntervalStatus.OK, IntervalStatus.OK, IntervalStatus.OK)


class PageError(VerificationError):
    """The page's bytes are not a page of this meter."""


class PageSealed(PageError):
    """The key at hand is not the one that this page names: anchored, but sealed."""


class PageAltered(PageError):
    """The ciphertext does not open under the key that the page names."""


@dataclass(frozen=True, slots=True)
class PageHeader:
    """What anybody may read of a page."""

    meter: bytes
    number: int
    hour: int
    epoch: int
    commitment: bytes
    nonce: bytes

    @property
    def aad(self) -> bytes:
        """The header without its nonce: what the seal binds besides the body."""
        return _AAD.pack(PAGE_VERSION, self.meter, self.number, self.hour, self.epoch, self.commitment)

    @property
    def subject(self) -> str:
        """The page's name in errors."""
        return f"page {self.number}"


@dataclass(frozen=True, slots=True)
class KeyContext:
    """What every derived key is bound to besides its time: ledger, meter and tenancy."""

    genesis_hash: bytes
    meter: bytes
    epoch: int


def _derive(key: bytes, label: str, context: KeyContext, index: int) -> bytes:
    material = encode([label, context.genesis_hash, context.meter, context.epoch, index])
    return blake2b(material, digest_size=KEY_BYTES, key=key).digest()


def month_key(epoch_root: bytes, context: KeyContext, month: int) -> bytes:
    """The key of a UTC month, ``month`` = year * 12 + month - 1, from the 32-byte epoch root."""
    return _derive(epoch_root, "month", context, month)


def day_key(month: bytes, context: KeyContext, day: int) -> bytes:
    """The key of a UTC day (days since 1970-01-01) from its month's key."""
    return _derive(month, "day", context, day)


def commitment_of(key: bytes) -> bytes:
    """The 16 bytes by which a page names its day key; without it one ciphertext could open under two."""
    return blake2b(encode(["commit"]), digest_size=COMMITMENT_BYTES, key=key).digest()


class KeyRing:
    """Day keys of one epoch, derived once each. Not shared between threads."""

    def __init__(self, epoch_root: bytes, context: KeyContext) -> None:
        if len(epoch_root) != KEY_BYTES:
            raise ValueError("an epoch root is 32 bytes")
        self.context = context
        self._root = epoch_root
        self._months: dict[int, bytes] = {}
        self._days: dict[int, tuple[bytes, bytes]] = {}

    def day(self, day: int) -> tuple[bytes, bytes]:
        """(day key, its commitment) of a UTC day."""
        known = self._days.get(day)
        if known is None:
            year, month_of_year, _ = civil_from_days(day)
            month = year * 12 + month_of_year - 1
            if month not in self._months:
                self._months[month] = month_key(self._root, self.context, month)
            key = day_key(self._months[month], self.context, day)
            known = self._days[day] = (key, commitment_of(key))
        return known


def body_size(channels: int) -> int:
    """Bytes of the body of a page with this many channels: every page of a meter has one size."""
    return channels * CHANNEL_BYTES


def page_size(channels: int) -> int:
    """Bytes of a whole page with this many channels."""
    return HEADER_BYTES + body_size(channels) + TAG_BYTES


def encode_body(hours: Sequence[ChannelHour]) -> bytes:
    """The body: per channel a 48-bit register, four 24-bit amounts and four 4-bit statuses, big-endian.

    Raises ValueError for a number out of range, or a missing slot that carries an amount.
    """
    out = bytearray()
    for hour in hours:
        if not 0 <= hour.register < _REGISTER_LIMIT:
            raise ValueError("register outside 48 bits")
        out += hour.register.to_bytes(6, "big")
        bits = 0
        for amount, status in zip(hour.amounts, hour.statuses, strict=True):
            if not 0 <= amount < _AMOUNT_LIMIT:
                raise ValueError("amount outside 24 bits")
            if status is IntervalStatus.MISSING and amount:
                raise ValueError("a missing slot carries no amount")
            out += amount.to_bytes(3, "big")
            bits = bits << 4 | status
        out += bits.to_bytes(2, "big")
    return bytes(out)


def decode_body(body: bytes, subject: str) -> tuple[ChannelHour, ...]:
    """The channels of an opened body, in the order of the certificate. Raises PageError."""
    if not body or len(body) % CHANNEL_BYTES:
        raise PageError(subject, f"a body of {len(body)} bytes")
    hours = []
    for at in range(0, len(body), CHANNEL_BYTES):
        packed = int.from_bytes(body[at + 6 : at + 18], "big")
        amounts = (packed >> 72, packed >> 48 & 0xFFFFFF, packed >> 24 & 0xFFFFFF, packed & 0xFFFFFF)
        bits = body[at + 18] << 8 | body[at + 19]
        if not bits:
            statuses = _ALL_OK
        else:
            codes = (bits >> 12, bits >> 8 & 15, bits >> 4 & 15, bits & 15)
            if max(codes) >= len(_STATUSES):
                raise PageError(subject, "unknown interval status")
            statuses = (
                _STATUSES[codes[0]], _STATUSES[codes[1]], _STATUSES[codes[2]], _STATUSES[codes[3]],
            )  # fmt: skip
            if any(s is IntervalStatus.MISSING and a for s, a in zip(statuses, amounts, strict=True)):
                raise PageError(subject, "a missing slot carries an amount")
        hours.append(ChannelHour(int.from_bytes(body[at : at + 6], "big"), amounts, statuses))
    return tuple(hours)


def seal(ring: KeyRing, number: int, hour: int, hours: Sequence[ChannelHour], nonce: bytes) -> bytes:
    """The page bytes of an hour. ``nonce`` is 24 fresh random bytes; the caller stores the page before
    it leaves by any route, and never seals one number twice."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a page nonce is 24 bytes")
    key, commitment = ring.day(utc_day_of_hour(hour))
    header = PageHeader(ring.context.meter, number, hour, ring.context.epoch, commitment, nonce)
    sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(encode_body(hours), header.aad, nonce, key)
    return header.aad + nonce + sealed


def parse_header(page: bytes, subject: str = "page") -> PageHeader:
    """The clear header of page bytes. Raises PageError for another length or version."""
    body = len(page) - HEADER_BYTES - TAG_BYTES
    if body < CHANNEL_BYTES or body % CHANNEL_BYTES:
        raise PageError(subject, f"{len(page)} bytes are no page")
    version, meter, number, hour, epoch, commitment = _AAD.unpack_from(page)
    if version != PAGE_VERSION:
        raise PageError(subject, f"page version {version} is not known here")
    return PageHeader(meter, number, hour, epoch, commitment, page[_AAD.size : HEADER_BYTES])


def open_page(ring: KeyRing, page: bytes, header: PageHeader | None = None) -> tuple[ChannelHour, ...]:
    """The channels of a page. Raises PageSealed without its key, PageAltered, PageError."""
    header = header or parse_header(page)
    if header.meter != ring.context.meter:
        raise PageError(header.subject, "is of another meter")
    if header.epoch != ring.context.epoch:
        raise PageSealed(header.subject, f"belongs to tenancy {header.epoch}")
    key, commitment = ring.day(utc_day_of_hour(header.hour))
    if commitment != header.commitment:
        raise PageSealed(header.subject, "names another day key")
    return open_with_day_key(key, page, header)


def open_with_day_key(key: bytes, page: bytes, header: PageHeader) -> tuple[ChannelHour, ...]:
    """``open_page`` for the holder of one day key, such as the reader of an evidence file."""
    if commitment_of(key) != header.commitment:
        raise PageSealed(header.subject, "names another day key")
    try:
        body = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            page[HEADER_BYTES:], page[: _AAD.size], header.nonce, key
        )
    except CryptoError as error:
        raise PageAltered(header.subject, "does not open under the key that it names") from error
    return decode_body(body, header.subject)

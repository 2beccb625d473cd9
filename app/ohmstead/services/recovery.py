"""The recovery record: a home's keys, sealed by twelve words, as text for a QR code or bytes for a backup.

What a lost computer took with it: this device's own key, the pairing, the roots of the page keys. With them
another computer reads the whole history; and, because the meter knows the device's key, pairing again by the
label gives it its role back without waiting for the owner's reset (protocol/link, "Binding"). Here: sealing
and opening, pure but for the randomness. Not here: files (``safekeeping``), paper (``ui``).
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.secret import SecretBox

from ohmstead.core.codec import CodecError, Value, as_bytes, as_list, as_uint, decode, encode
from ohmstead.core.keys import SEED_BYTES
from ohmstead.errors import UserError
from ohmstead.link import words as spelling
from ohmstead.link.pairing import Pairing
from ohmstead.services.pairing_records import pairing_from_value, pairing_to_value

ENTROPY_BYTES = 16  # twelve words
MAX_SEALED = 1 << 13
MAX_EPOCHS = 64
QR_PREFIX = "OHMSTEAD-RECOVERY:1:"
#: The first form has no order key, the second has one.
_FORM, _WITH_ORDERS = b"ohmstead/recovery/1", b"ohmstead/recovery/2"
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class RecoveryRecord:
    """One home's keys. ``roots`` are (epoch, root of the page keys); ``name`` is the person's own, or empty.

    ``order_seed`` is the order key's, empty where this home never traded.
    """

    device_seed: bytes = field(repr=False)
    pairing: Pairing
    roots: tuple[tuple[int, bytes], ...] = field(repr=False)
    name: str = ""
    order_seed: bytes = field(default=b"", repr=False)


class RecoveryRefused(UserError):
    """The words do not open the record, or it is none; the sentence says what to do."""


def new_entropy() -> bytes:
    """Fresh entropy for twelve words."""
    return secrets.token_bytes(ENTROPY_BYTES)


def words_of(entropy: bytes) -> tuple[str, ...]:
    """The twelve words (BIP-39 with its checksum)."""
    return spelling.encode(entropy)


def entropy_of(words: str | Sequence[str]) -> bytes:
    """What twelve words spell. Raises RecoveryRefused naming the word that is wrong."""
    try:
        entropy = spelling.decode(words)
    except spelling.WordsError as error:
        raise RecoveryRefused(f"These are not the recovery words: {error}.") from error
    if len(entropy) != ENTROPY_BYTES:
        raise RecoveryRefused("The recovery sheet has twelve words. Type all of them, in order.")
    return entropy


def seal(record: RecoveryRecord, entropy: bytes) -> bytes:
    """The record sealed (XSalsa20-Poly1305) under the words' entropy."""
    roots: list[Value] = [[epoch, root] for epoch, root in record.roots]
    form, orders = (_WITH_ORDERS, [record.order_seed]) if record.order_seed else (_FORM, [])
    pairing = pairing_to_value(record.pairing)
    plain = encode([form, record.device_seed, pairing, roots, record.name.encode(), *orders])
    return bytes(SecretBox(_key(entropy)).encrypt(plain))


def unseal(sealed: bytes, entropy: bytes) -> RecoveryRecord:
    """The record again. Raises RecoveryRefused."""
    if len(sealed) > MAX_SEALED:
        raise RecoveryRefused("This is no recovery record of Ohmstead.")
    try:
        plain = SecretBox(_key(entropy)).decrypt(sealed)
        fields = as_list(decode(plain), "recovery record", at_most=6)
        if not fields or (fields[0], len(fields)) not in ((_FORM, 5), (_WITH_ORDERS, 6)):
            raise CodecError("another form")
        _, seed, pairing, roots, name, *orders = fields
        pairs = [as_list(item, "root", 2) for item in as_list(roots, "roots", at_most=MAX_EPOCHS)]
        return RecoveryRecord(
            as_bytes(seed, "device key", SEED_BYTES),
            pairing_from_value(pairing),
            tuple((as_uint(e, "epoch"), as_bytes(r, "root", _ROOT_BYTES)) for e, r in pairs),
            as_bytes(name, "name").decode(),
            as_bytes(orders[0], "order key", SEED_BYTES) if orders else b"",
        )
    except CryptoError as error:
        raise RecoveryRefused("These words belong to another recovery sheet.") from error
    except ValueError as error:
        raise RecoveryRefused(
            "This recovery record was made by another version of Ohmstead, or it is damaged."
        ) from error


def to_text(sealed: bytes) -> str:
    """The text of the sheet's QR code: letters and digits alone, which a QR code packs most tightly."""
    return QR_PREFIX + base64.b32encode(sealed).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The sealed record of a QR code's text. Raises RecoveryRefused."""
    body = "".join(text.split())
    if not body.startswith(QR_PREFIX) or len(body) > 2 * MAX_SEALED:
        raise RecoveryRefused("This is not the code of a recovery sheet.")
    body = body.removeprefix(QR_PREFIX)
    try:
        return base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error as error:
        raise RecoveryRefused("The recovery sheet's code is damaged. Scan it again.") from error


def _key(entropy: bytes) -> bytes:
    """The entropy is uniform, so one keyed hash that separates its use is enough (no slow hash is needed)."""
    return blake2b(
        b"seal", digest_size=SecretBox.KEY_SIZE, key=entropy, person=b"ohm-recovery", encoder=RawEncoder
    )

"""A finished auction's book as it travels and is kept: the record, what was revealed, what came of it.

Pure. Not here: fetching it, clearing it again (``recheck``), the leaves' meaning (``market.records``).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import CodecError, as_bytes, as_list, decode, encode
from ohmstead.core.errors import VerificationError


class BookMalformed(VerificationError):
    """The book that came has another shape than a book's, or is not the one that the ledger records."""


@dataclass(frozen=True, slots=True)
class Book:
    """What was revealed in one auction, and its results: leaf data in the order of their logs."""

    record: bytes
    book: tuple[bytes, ...]
    results: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        """[record, [book leaf, ...], [result leaf, ...]]."""
        return encode([self.record, list(self.book), list(self.results)])

    @classmethod
    def from_bytes(cls, data: bytes) -> Book:
        """The book of kept bytes. Raises BookMalformed."""
        try:
            record, book, results = as_list(decode(data, max_size=64 << 20), "book", 3)
            parts = [tuple(as_bytes(v, "leaf") for v in as_list(part, "leaves")) for part in (book, results)]
            return cls(as_bytes(record, "record"), *parts)
        except CodecError as error:
            raise BookMalformed("book", str(error)) from error

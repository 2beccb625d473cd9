"""Validator keys in a file: Ed25519 seeds of the keys that one operator holds.

The embedded engine signs with several keys of one operator, which is why its chain id ends in
``-embedded`` and every screen says "single operator". File: 0600, written whole.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from ohmstead.core.codec import CodecError, as_bytes, as_list, decode, encode
from ohmstead.core.keys import SEED_BYTES, SigningKey
from ohmstead.errors import UserError
from ohmstead.system.files import read_secret_file, write_secret_file

_FORM = "ohmstead-validator-keys"


def load_or_make(path: Path, count: int = 4) -> tuple[SigningKey, ...]:
    """The keys kept at ``path``, made on first use. Raises UserError for another kind of file."""
    raw = read_secret_file(path)
    if raw is None:
        raw = encode([_FORM, 1, [secrets.token_bytes(SEED_BYTES) for _ in range(count)]])
        write_secret_file(path, raw)
    try:
        form, version, seeds = as_list(decode(raw), "validator keys", 3)
        if (form, version) != (_FORM, 1):
            raise CodecError("another kind of file")
        items = as_list(seeds, "seeds", at_most=100)
        return tuple(SigningKey.from_seed(as_bytes(s, "seed", SEED_BYTES)) for s in items)
    except CodecError as error:
        raise UserError(f"{path.name} holds no validator keys ({error}).") from error

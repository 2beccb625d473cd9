"""Small files written so that a crash leaves the old or the new one, never half of one.

Temporary file -> mode 0600 -> fsync -> replace -> fsync of the folder.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from ohmstead.errors import ExternalError


def write_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replaces a small file durably. Raises ExternalError when the disk refuses."""
    temporary = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise ExternalError(f"{path.name} could not be written: {error.strerror}.") from error


def write_secret_file(path: Path, data: bytes) -> None:
    """``write_file`` for what only its owner may read."""
    write_file(path, data, mode=0o600)


def read_secret_file(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none. Raises ExternalError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ExternalError(f"{path.name} could not be read: {error.strerror}.") from error


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

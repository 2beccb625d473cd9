"""Every command begins with the known answers of its cryptography, those of the neighbours' group among them."""

from __future__ import annotations

import nacl.bindings as sodium
import pytest

from ohmstead.cli import main


def test_a_library_that_multiplies_any_point_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sodium, "crypto_scalarmult_ed25519_noclamp", lambda _k, p: p)
    assert main.run(["status"]) == 1
    assert "libsodium multiplies" in capsys.readouterr().err

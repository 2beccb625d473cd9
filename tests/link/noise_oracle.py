"""Noise XXpsk3 and KK, written from the specification (revision 34) and nothing else.

An oracle for the library that the product uses: tokens and pre-messages as the specification prints them,
X25519, ChaCha20-Poly1305 and BLAKE2s from pynacl, cryptography and hashlib.
"""

from __future__ import annotations

import hashlib
import hmac

import nacl.bindings as sodium
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from ohmstead.link.noise import Handshake

PATTERNS = {
    "XXpsk3": ([], ["e", "e ee s es", "s se psk"]),
    "KK": (["s", "rs"], ["e es ss", "e ee se"]),
}


def with_ephemeral(handshake: Handshake, private: bytes) -> Handshake:
    """A handshake of the product whose next ephemeral key is known; the product offers no such thing."""
    key_class = handshake._connection.noise_protocol.dh_fn.klass
    handshake._state.e = key_class.from_private_bytes(private)
    return handshake


def hkdf(chaining_key: bytes, material: bytes, outputs: int) -> list[bytes]:
    """§4.3, with HMAC of BLAKE2s (block 64 bytes)."""

    def mac(key: bytes, data: bytes) -> bytes:
        return hmac.new(key, data, hashlib.blake2s).digest()

    temp = mac(chaining_key, material)
    found = [mac(temp, b"\x01")]
    for number in range(2, outputs + 1):
        found.append(mac(temp, found[-1] + bytes((number,))))
    return found


class Cipher:
    """§5.1."""

    def __init__(self, key: bytes | None = None) -> None:
        self.key, self.n = key, 0

    def _nonce(self) -> bytes:
        self.n += 1
        return bytes(4) + (self.n - 1).to_bytes(8, "little")

    def encrypt(self, ad: bytes, text: bytes) -> bytes:
        return text if self.key is None else ChaCha20Poly1305(self.key).encrypt(self._nonce(), text, ad)

    def decrypt(self, ad: bytes, text: bytes) -> bytes:
        return text if self.key is None else ChaCha20Poly1305(self.key).decrypt(self._nonce(), text, ad)


class Oracle:
    """§5.2 and §5.3 for one side."""

    def __init__(
        self,
        pattern: str,
        initiator: bool,
        prologue: bytes,
        s: bytes,
        e: bytes,
        rs: bytes = b"",
        psk: bytes = b"",
    ) -> None:
        name = f"Noise_{pattern}_25519_ChaChaPoly_BLAKE2s".encode()
        self.h = name.ljust(32, b"\0") if len(name) <= 32 else hashlib.blake2s(name).digest()
        self.ck, self.cipher, self.initiator, self.psk = self.h, Cipher(), initiator, psk
        self.s, self.e, self.rs, self.re = s, e, rs, b""
        self.is_psk = "psk" in pattern
        self.mix_hash(prologue)
        pre, self.messages = PATTERNS[pattern][0], list(PATTERNS[pattern][1])
        if pre:  # KK: the initiator's static, then the responder's
            mine = sodium.crypto_scalarmult_base(s)
            for public in (mine, rs) if initiator else (rs, mine):
                self.mix_hash(public)

    def mix_hash(self, data: bytes) -> None:
        self.h = hashlib.blake2s(self.h + data).digest()

    def mix_key(self, material: bytes) -> None:
        self.ck, key = hkdf(self.ck, material, 2)
        self.cipher = Cipher(key)

    def mix_psk(self) -> None:
        self.ck, temp, key = hkdf(self.ck, self.psk, 3)
        self.mix_hash(temp)
        self.cipher = Cipher(key)

    def dh(self, token: str) -> None:
        mine = {
            "ee": "e",
            "ss": "s",
            "es": "e" if self.initiator else "s",
            "se": "s" if self.initiator else "e",
        }
        theirs = {"e": "s", "s": "e"}
        if token in ("ee", "ss"):
            theirs = {"e": "e", "s": "s"}
        key = mine[token]
        public = self.re if theirs[key] == "e" else self.rs
        self.mix_key(sodium.crypto_scalarmult(self.e if key == "e" else self.s, public))

    def write(self) -> bytes:
        out = b""
        for token in self.messages.pop(0).split():
            if token == "e":
                public = sodium.crypto_scalarmult_base(self.e)
                out += public
                self.mix_hash(public)
                if self.is_psk:
                    self.mix_key(public)
            elif token == "s":
                out += self.seal(sodium.crypto_scalarmult_base(self.s))
            elif token == "psk":
                self.mix_psk()
            else:
                self.dh(token)
        return out + self.seal(b"")

    def read(self, message: bytes) -> bytes:
        for token in self.messages.pop(0).split():
            if token == "e":
                self.re, message = message[:32], message[32:]
                self.mix_hash(self.re)
                if self.is_psk:
                    self.mix_key(self.re)
            elif token == "s":
                size = 48 if self.cipher.key is not None else 32
                self.rs, message = self.open(message[:size]), message[size:]
            elif token == "psk":
                self.mix_psk()
            else:
                self.dh(token)
        return self.open(message)

    def seal(self, text: bytes) -> bytes:
        sealed = self.cipher.encrypt(self.h, text)
        self.mix_hash(sealed)
        return sealed

    def open(self, sealed: bytes) -> bytes:
        text = self.cipher.decrypt(self.h, sealed)
        self.mix_hash(sealed)
        return text

    def split(self) -> tuple[Cipher, Cipher]:
        """(to send, to receive)."""
        one, other = hkdf(self.ck, b"", 2)
        return (Cipher(one), Cipher(other)) if self.initiator else (Cipher(other), Cipher(one))

"""How a pairing is written down, in the secret store and in a recovery record. Secret bytes."""

from __future__ import annotations

from ohmstead.core.codec import Value, as_bytes, as_list, as_uint
from ohmstead.link.binding import Role
from ohmstead.link.noise import StaticKey
from ohmstead.link.pairing import Pairing, Stage, Trust


def pairing_to_value(p: Pairing) -> Value:
    """The pairing as a value of the codec."""
    return [
        p.meter_key, p.meter_id, p.genesis_hash, p.certificate, p.meter_static, p.static.private, p.peer_id,
        p.counter, p.discriminator, int(p.role), int(p.stage), int(p.trust),
    ]  # fmt: skip


def pairing_from_value(value: Value) -> Pairing:
    """The pairing again. Raises ValueError (CodecError among them) where it is none."""
    v = as_list(value, "pairing", 12)
    return Pairing(
        as_bytes(v[0], "meter key", 32), as_bytes(v[1], "meter id", 16), as_bytes(v[2], "genesis hash", 32),
        as_bytes(v[3], "certificate"), as_bytes(v[4], "meter static", 32),
        StaticKey.from_private(as_bytes(v[5], "static", 32)), as_bytes(v[6], "peer id"),
        as_uint(v[7], "counter"), as_uint(v[8], "mark", 1 << 12), Role(as_uint(v[9], "role")),
        Stage(as_uint(v[10], "stage")), Trust(as_uint(v[11], "trust")),
    )  # fmt: skip

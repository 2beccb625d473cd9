"""Frozen Noise vectors: the product's sessions, byte for byte, for as long as version 1 of the link lives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("noise", reason="the pure parts' environment has no Noise library")

from ohmstead.link.noise import Handshake, Mode, StaticKey, prologue
from tests.link.noise_oracle import Oracle, with_ephemeral

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "noise" / "link.json").read_text()
)["vectors"]


def unhex(vector: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(vector[name])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['protocol_name'][6:9]}-{v['info'][:8]}")
def test_the_wrapper_makes_and_takes_the_frozen_bytes(vector: dict[str, Any]) -> None:
    mode = Mode.PAIR if "XXpsk3" in vector["protocol_name"] else Mode.RESUME
    info = unhex(vector, "info")
    assert prologue(mode, info) == unhex(vector, "prologue")
    one = StaticKey.from_private(unhex(vector, "init_static"))
    other = StaticKey.from_private(unhex(vector, "resp_static"))
    psk = unhex(vector, "psk") if vector["psk"] else None
    ends = [
        with_ephemeral(
            Handshake(
                mode,
                initiator=initiator,
                static=mine,
                info=info,
                psk=psk,
                remote_static=None if psk else theirs.public,
            ),
            unhex(vector, ephemeral),
        )
        for initiator, mine, theirs, ephemeral in (
            (True, one, other, "init_ephemeral"),
            (False, other, one, "resp_ephemeral"),
        )
    ]
    for number, message in enumerate(vector["messages"]):
        sender, receiver = ends if number % 2 == 0 else ends[::-1]
        assert sender.write().hex() == message
        receiver.read(bytes.fromhex(message))
    sessions = {"initiator": ends[0].session, "responder": ends[1].session}
    for record in vector["transport"]:
        sender_session = sessions[record["from"]]
        receiver_session = sessions["responder" if record["from"] == "initiator" else "initiator"]
        assert sender_session is not None
        assert receiver_session is not None
        assert sender_session.handshake_hash.hex() == vector["handshake_hash"]
        sealed = bytes.fromhex(record["record"])
        assert sender_session.encrypt(bytes.fromhex(record["plaintext"])) == sealed
        assert receiver_session.decrypt(sealed).hex() == record["plaintext"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['protocol_name'][6:9]}-{v['info'][:8]}")
def test_the_oracle_still_makes_them(vector: dict[str, Any]) -> None:
    pattern = vector["protocol_name"].split("_")[1]
    psk = unhex(vector, "psk") if vector["psk"] else b""
    statics = [StaticKey.from_private(unhex(vector, name)) for name in ("init_static", "resp_static")]
    ends = [
        Oracle(
            pattern,
            initiator,
            unhex(vector, "prologue"),
            statics[at].private,
            unhex(vector, ephemeral),
            b"" if psk else statics[1 - at].public,
            psk,
        )
        for at, (initiator, ephemeral) in enumerate(((True, "init_ephemeral"), (False, "resp_ephemeral")))
    ]
    for number, message in enumerate(vector["messages"]):
        sender, receiver = ends if number % 2 == 0 else ends[::-1]
        assert sender.write().hex() == message
        assert receiver.read(bytes.fromhex(message)) == b""
    assert [end.h.hex() for end in ends] == [vector["handshake_hash"]] * 2

"""The link's golden bytes: made again from fixed inputs, and read again by the other end."""

from __future__ import annotations

import pytest

pytest.importorskip("noise", reason="the link needs its own packages")
pytest.importorskip("platformdirs", reason="the link needs its own packages")

from ohmstead.link import binding, gatt, label, messages, words
from ohmstead.link.errors import RefusalCode
from ohmstead.link.frames import SMALL_SEGMENT, Framer
from ohmstead.link.pairing import read_next_id
from ohmstead.link.secure import Opening
from tests.conformance import golden, golden_link, golden_requests
from tests.conformance.golden_link import CLAIM, DEVICE, FACTS, LABEL, NONCE, RECORD

LINK, REQUESTS = golden.frozen("link"), golden.frozen("requests")


@pytest.mark.parametrize("name", golden_link.MADE)
def test_what_is_written_is_what_was_written(name: str) -> None:
    assert golden_link.MADE[name]().hex() == LINK[name].hex()


@pytest.mark.parametrize("name", golden_requests.MADE)
def test_what_is_asked_and_answered_is_what_was(name: str) -> None:
    assert golden_requests.MADE[name]().hex() == REQUESTS[name].hex()


@pytest.mark.parametrize("name", [n for n in golden_link.MADE if n.startswith("message ")])
def test_frozen_messages_are_still_read(name: str) -> None:
    assert messages.pack(messages.unpack(LINK[name])) == LINK[name]


@pytest.mark.parametrize("name", golden_requests.MADE)
def test_frozen_requests_and_answers_are_still_read(name: str) -> None:
    assert messages.pack(messages.unpack(REQUESTS[name])) == REQUESTS[name]


def test_nothing_frozen_is_left_out() -> None:
    assert set(LINK) == set(golden_link.MADE)
    assert set(REQUESTS) == set(golden_requests.MADE)


def test_the_label_is_read_back_from_code_and_qr() -> None:
    assert label.parse_code(LINK["typed code"].decode()) == LABEL.secret
    assert label.parse_qr(LINK["qr text"].decode()) == LABEL
    assert words.decode(LINK["recovery words"].decode()) == bytes(range(32))


def test_what_is_said_in_clear_is_read_back() -> None:
    for name, is_open in (("closed", False), ("open", True)):
        assert gatt.Info.from_bytes(LINK[f"info, {name}"]) == gatt.Info(NONCE, is_open)
        assert gatt.Advertised.from_bytes(LINK[f"advertising, {name}"]) == gatt.Advertised(0x3A7, is_open)
    for name in ("pair", "resume"):
        assert Opening.from_bytes(LINK[f"opening, {name}"]).to_bytes() == LINK[f"opening, {name}"]


def test_the_frozen_segments_are_one_record() -> None:
    framer = Framer(SMALL_SEGMENT)
    got = [framer.receive(LINK[f"segment, {n}"], 0) for n in ("first", "middle", "last")]
    assert got == [None, None, RECORD]


def test_the_frozen_bindings_bind() -> None:
    assert binding.check_meter_message(LINK["meter binding"], FACTS, binding.Expected()) == CLAIM
    app = binding.check_app_message(LINK["app binding"], CLAIM, FACTS)
    assert app == binding.AppClaim(DEVICE.public, binding.Role.OWNER)
    assert binding.read_ok(LINK["binding accepted"]) == (LINK["first peer id"], binding.Role.VIEWER)
    assert read_next_id(LINK["next peer id"]) == b"peer id."


def test_refusal_codes_and_method_numbers_are_frozen() -> None:
    assert {c.name: int(c) for c in RefusalCode} == {
        "GENERIC": 1, "BUSY": 2, "WRONG_SECRET": 3, "UNSUPPORTED": 4, "FORBIDDEN": 5, "MALFORMED": 6,
        "NOT_FOUND": 7, "TOO_MANY": 8, "FULL": 9, "FAILED": 10,
    }  # fmt: skip
    assert {m.name: int(m) for m in messages.Method} == {
        "ABOUT": 1, "GENESIS": 2, "HEAD": 3, "LIGHT_BLOCK": 4, "RECORD_PROOF": 5, "PAGES": 6, "ANCHORS": 7,
        "EPOCH_ROOT": 8, "LIVE": 9, "BEACON": 10, "ROLE": 11, "PEERS": 12, "REVOKE": 13, "CLOSE": 14,
        "OPEN_PAIRING": 15, "HAND": 20, "ORDERS": 21, "POST": 22, "ACCOUNT": 23, "INSTRUCT": 24, "BOOK": 25,
        "NOTES": 26, "LEAVES": 27, "PROVE": 28, "LOTS": 29, "NBR": 40, "NBR_JOIN": 41, "NBR_PAUSE": 42,
        "NBR_OWN": 43, "ROUND_HASHES": 44, "ROUND": 45,
    }  # fmt: skip

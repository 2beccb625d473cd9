"""Fixed inputs and makers of the link's golden structures: label, ``info``, segments, binding, messages.

Noise handshakes and transport records are frozen in ``data/noise``.
"""

from __future__ import annotations

from hashlib import sha256

from ohmstead.core.keys import SigningKey
from ohmstead.link import binding, gatt, label, messages, words
from ohmstead.link.errors import RefusalCode
from ohmstead.link.frames import SMALL_SEGMENT, Framer
from ohmstead.link.noise import MESSAGE_BYTES, Mode
from ohmstead.link.pairing import next_id_message
from ohmstead.link.secure import GO_ON, Opening

METER = SigningKey.from_seed(sha256(b"meter").digest())
DEVICE = SigningKey.from_seed(sha256(b"device").digest())
GENESIS = sha256(b"genesis").digest()
NONCE = bytes(range(16))
LABEL = label.Label(bytes(range(10, 20)), 0x3A7, GENESIS, METER.public)
FACTS = binding.SessionFacts(sha256(b"handshake").digest(), b"m" * 32, b"a" * 32)
CERTIFICATE = b"a certificate, opaque to the link"
CLAIM = binding.MeterClaim(METER.public, GENESIS, METER.kid, 7, CERTIFICATE)
RECORD = bytes(i & 255 for i in range(500))


def segments() -> list[bytes]:
    """A record of 500 bytes in segments of 244, the NAK for a lost one, and the last acknowledgement."""
    app, meter = Framer(SMALL_SEGMENT), Framer(SMALL_SEGMENT)
    app.put(RECORD)
    sent = []
    while (segment := app.next_segment(0)) is not None:
        sent.append(segment)
    meter.receive(sent[0], 0)
    meter.receive(sent[2], 0)  # the second is lost
    nak = meter.next_segment(0)
    for segment in sent[1:]:
        meter.receive(segment, 10)
    ack = meter.next_segment(110)
    assert nak is not None
    assert ack is not None
    return [*sent, nak, ack]


def opening(mode: Mode) -> bytes:
    peer_id = b"" if mode is Mode.PAIR else FACTS.first_peer_id
    return Opening(mode, peer_id, bytes(range(MESSAGE_BYTES[mode][0]))).to_bytes()


MADE = {
    "typed code": lambda: LABEL.code.encode(),
    "qr text": lambda: LABEL.qr_text.encode(),
    "six words": lambda: " ".join(LABEL.words).encode(),
    "recovery words": lambda: " ".join(words.encode(bytes(range(32)))).encode(),
    "mark": lambda: LABEL.mark.encode(),
    "pairing key": lambda: label.pairing_key(LABEL.secret, NONCE),
    "uuids": lambda: " ".join((gatt.SERVICE, gatt.INFO, gatt.RX, gatt.TX)).encode(),
    "info, closed": lambda: gatt.Info(NONCE, False).to_bytes(),
    "info, open": lambda: gatt.Info(NONCE, True).to_bytes(),
    "advertising, closed": lambda: gatt.Advertised(0x3A7, False).to_bytes(),
    "advertising, open": lambda: gatt.Advertised(0x3A7, True).to_bytes(),
    "segment, first": lambda: segments()[0],
    "segment, middle": lambda: segments()[1],
    "segment, last": lambda: segments()[2],
    "segment, nak": lambda: segments()[3],
    "segment, ack": lambda: segments()[4],
    "opening, pair": lambda: opening(Mode.PAIR),
    "opening, resume": lambda: opening(Mode.RESUME),
    "status, go on": lambda: GO_ON,
    "status, busy": lambda: bytes((RefusalCode.BUSY,)),
    "first peer id": lambda: FACTS.first_peer_id,
    "meter binding": lambda: binding.meter_message(METER, CLAIM, FACTS),
    "app binding": lambda: binding.app_message(DEVICE, CLAIM, FACTS, binding.Role.OWNER),
    "binding accepted": lambda: binding.ok_message(FACTS.first_peer_id, binding.Role.VIEWER),
    "binding refused": lambda: binding.refusal_message(RefusalCode.FULL),
    "next peer id": lambda: next_id_message(b"peer id."),
    "message request": lambda: messages.pack(messages.Request(1, 300, [b"x", None, True])),
    "message stream": lambda: messages.pack(messages.Request(2, 300, None, 16)),
    "message response": lambda: messages.pack(messages.Response((1 << 32) - 1, {1: -1})),
    "message error": lambda: messages.pack(messages.Error(3, RefusalCode.NOT_FOUND, b"nothing there")),
    "message item": lambda: messages.pack(messages.Item(2, 1 << 40, "text")),
    "message end": lambda: messages.pack(messages.End(2, None)),
    "message credit": lambda: messages.pack(messages.Credit(2, 256)),
    "message cancel": lambda: messages.pack(messages.Cancel(2)),
    "message event": lambda: messages.pack(messages.Event(11, [1, 1, 2, True])),
}

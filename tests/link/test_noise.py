"""The Noise wrapper: agrees with an oracle, fails by one typed error, never half."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.link.errors import SessionError
from ohmstead.link.noise import MAX_PLAINTEXT, MESSAGE_BYTES, Handshake, Mode, Session, StaticKey, prologue
from tests.link.noise_oracle import Oracle, with_ephemeral

keys = st.binary(min_size=32, max_size=32)
A, B = (StaticKey.from_private(sha256(name).digest()) for name in (b"a", b"b"))
INFO, PSK = b"i" * 18, b"p" * 32


def both(mode: Mode, info: bytes = INFO) -> tuple[Handshake, Handshake]:
    if mode is Mode.PAIR:
        return (
            Handshake(mode, initiator=True, static=A, info=info, psk=PSK),
            Handshake(mode, initiator=False, static=B, info=info, psk=PSK),
        )
    return (
        Handshake(mode, initiator=True, static=A, info=info, remote_static=B.public),
        Handshake(mode, initiator=False, static=B, info=info, remote_static=A.public),
    )


def finish(one: Handshake, other: Handshake) -> tuple[Session, Session]:
    while one.session is None or other.session is None:
        sender, receiver = (one, other) if one.step % 2 == 0 else (other, one)
        receiver.read(sender.write())
    return one.session, other.session


@given(keys, keys, keys, keys, keys, st.binary(max_size=64), st.sampled_from(Mode), st.binary(max_size=200))
@settings(max_examples=30)
def test_both_sides_agree_with_the_oracle_byte_for_byte(
    s1: bytes, s2: bytes, e1: bytes, e2: bytes, psk: bytes, info: bytes, mode: Mode, text: bytes
) -> None:
    one, other = StaticKey.from_private(s1), StaticKey.from_private(s2)
    pair = mode is Mode.PAIR
    pattern = "XXpsk3" if pair else "KK"
    extra1 = {"psk": psk} if pair else {"remote_static": other.public}
    extra2 = {"psk": psk} if pair else {"remote_static": one.public}
    app = with_ephemeral(Handshake(mode, initiator=True, static=one, info=info, **extra1), e1)
    meter = with_ephemeral(Handshake(mode, initiator=False, static=other, info=info, **extra2), e2)
    said = prologue(mode, info)
    oracle1 = Oracle(pattern, True, said, s1, e1, b"" if pair else other.public, psk)
    oracle2 = Oracle(pattern, False, said, s2, e2, b"" if pair else one.public, psk)
    for number, size in enumerate(MESSAGE_BYTES[mode]):
        sides = ((app, oracle1), (meter, oracle2))
        (sender, sender_oracle), (receiver, receiver_oracle) = sides if number % 2 == 0 else sides[::-1]
        message = sender.write()
        assert message == sender_oracle.write()
        assert len(message) == size
        receiver.read(message)
        assert receiver_oracle.read(message) == b""
    assert app.session is not None
    assert meter.session is not None
    assert app.session.handshake_hash == meter.session.handshake_hash == oracle1.h == oracle2.h
    assert (app.session.remote_static, meter.session.remote_static) == (other.public, one.public)
    send, receive = oracle1.split()
    for _ in range(3):
        record = app.session.encrypt(text)
        assert record == send.encrypt(b"", text)
        assert meter.session.decrypt(record) == text
        back = meter.session.encrypt(text)
        assert receive.decrypt(b"", back) == text
        assert app.session.decrypt(back) == text


@pytest.mark.parametrize("mode", Mode)
def test_every_flipped_bit_of_every_message_is_caught_where_it_must_be(mode: Mode) -> None:
    for number, size in enumerate(MESSAGE_BYTES[mode]):
        for byte in range(size):
            one, other = both(mode)
            for step in range(len(MESSAGE_BYTES[mode])):
                sender, receiver = (one, other) if step % 2 == 0 else (other, one)
                message = bytearray(sender.write())
                if step == number:
                    message[byte] ^= 1 << byte % 8
                    with pytest.raises(SessionError, match=f"handshake message {number + 1}"):
                        receiver.read(bytes(message))
                    assert receiver.session is None
                    break
                receiver.read(bytes(message))


@pytest.mark.parametrize("mode", Mode)
def test_another_prologue_is_another_session(mode: Mode) -> None:
    one, _ = both(mode)
    _, other = both(mode, INFO[:-1] + b"j")
    with pytest.raises(SessionError):
        other.read(one.write())


def test_another_psk_shows_at_message_three() -> None:
    one, _ = both(Mode.PAIR)
    other = Handshake(Mode.PAIR, initiator=False, static=B, info=INFO, psk=b"q" * 32)
    other.read(one.write())
    one.read(other.write())
    with pytest.raises(SessionError, match="message 3"):
        other.read(one.write())


@pytest.mark.parametrize("mode", Mode)
def test_wrong_lengths_are_refused_before_the_library_sees_them(mode: Mode) -> None:
    for length in (0, 1, 47, 49, 95, 97, 65_535):
        _, other = both(mode)
        with pytest.raises(SessionError, match="bytes"):
            other.read(bytes(length))


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31), b"\xed" + b"\xff" * 30 + b"\x7f"])
def test_points_of_small_order_end_the_handshake(point: bytes) -> None:
    _, other = both(Mode.PAIR)
    hello = Oracle("XXpsk3", True, prologue(Mode.PAIR, INFO), A.private, b"e" * 32, psk=PSK)
    # The first message of an initiator whose ephemeral is this point: authentic as far as message 1 goes.
    hello.mix_hash(point)
    hello.mix_key(point)
    other.read(point + hello.seal(b""))
    with pytest.raises(SessionError):
        other.write()
    with pytest.raises(SessionError):
        Handshake(Mode.RESUME, initiator=True, static=A, info=INFO, remote_static=point).write()


def test_a_record_cannot_be_changed_replayed_dropped_or_reordered() -> None:
    for attack in range(4):
        one, other = finish(*both(Mode.RESUME))
        first, second = one.encrypt(b"first"), one.encrypt(b"second")
        if attack == 0:
            wrong = first[:-1] + bytes((first[-1] ^ 1,))
        elif attack == 1:
            assert other.decrypt(first) == b"first"
            wrong = first
        elif attack == 2:
            wrong = second
        else:
            wrong = other.encrypt(b"first")
        with pytest.raises(SessionError):
            other.decrypt(wrong)
        # Dead for good: not even the right record is taken after that.
        with pytest.raises(SessionError):
            other.decrypt(second)


def test_lengths_of_records() -> None:
    one, other = finish(*both(Mode.PAIR))
    assert other.decrypt(one.encrypt(bytes(MAX_PLAINTEXT))) == bytes(MAX_PLAINTEXT)
    with pytest.raises(ValueError, match="at most"):
        one.encrypt(bytes(MAX_PLAINTEXT + 1))
    with pytest.raises(SessionError):
        other.decrypt(bytes(15))


def test_keys_that_do_not_fit_the_mode_are_refused() -> None:
    with pytest.raises(ValueError, match="neither both"):
        Handshake(Mode.PAIR, initiator=True, static=A, info=INFO)
    with pytest.raises(ValueError, match="neither both"):
        Handshake(Mode.RESUME, initiator=True, static=A, info=INFO, psk=PSK)
    with pytest.raises(ValueError, match="32 bytes"):
        StaticKey.from_private(bytes(31))
    assert A.private.hex() not in repr(A)
    assert repr(A.private) not in repr(A)

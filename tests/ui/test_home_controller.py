"""Pairing on a real io thread, with a radio that says what each test needs."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable, Iterator

import pytest
from bleak.backends.device import BLEDevice

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.link.central import Nearby
from ohmstead.link.errors import (
    BluetoothOff,
    Busy,
    ForeignKey,
    LinkLost,
    NoPermission,
    NotFound,
    PairingClosed,
    WordsRejected,
    WrongCode,
)
from ohmstead.link.pairing import ConfirmWords, Pairing
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.pairing import RoleNotGranted, Wanted
from ohmstead.ui.home_controller import RadioPairing
from ohmstead.ui.presenters.pairing import PairingPhase, PairingState
from tests.ui.plain_words import PlainWords

CODE = "000G40R40M30E209Z"


def near(address: str, mark: str, pairing_open: bool = True) -> Nearby:
    return Nearby(mark, int(mark, 16), pairing_open, -60, BLEDevice(address, None, None))


class Radio:
    """Hears the same meters on every scan, or fails as told."""

    def __init__(self) -> None:
        self.meters = (near("A", "3C9"), near("B", "7F1", False))
        self.failures: list[Exception] = []
        self.scanning = 0
        self.most = 0

    async def scan(
        self, seconds: float = 0, *, on_found: Callable[[Nearby], None] | None = None
    ) -> tuple[Nearby, ...]:
        if self.failures:
            raise self.failures.pop(0)
        self.scanning += 1
        self.most = max(self.most, self.scanning)
        try:
            for meter in self.meters:
                if on_found is not None:
                    on_found(meter)
            await asyncio.sleep(0.01)
            return self.meters
        finally:
            self.scanning -= 1


class Service:
    """Pairs, after comparing words, or fails as told."""

    def __init__(self, radio: Radio) -> None:
        self.radio = radio
        self.failure: Exception | None = None
        self.wanted: list[tuple[int, str]] = []
        self.while_scanning = False
        self.cancelled = False

    async def pair(
        self, wanted: Wanted, *, nearby: Nearby | None = None, confirm_words: ConfirmWords | None = None
    ) -> Pairing:
        assert nearby is not None
        assert confirm_words is not None
        self.while_scanning |= self.radio.scanning > 0
        self.wanted.append((wanted.discriminator, nearby.address))
        if self.failure is not None:
            raise self.failure
        try:
            if not await confirm_words(("a", "b", "c", "d", "e", "f")):
                raise WordsRejected("no")
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return object.__new__(Pairing)


class Rig:
    def __init__(self) -> None:
        self.io = IoLoop()
        self.radio = Radio()
        self.service = Service(self.radio)
        self.posts: queue.Queue[object] = queue.Queue()
        self.paired: queue.Queue[Pairing] = queue.Queue()
        self.driver = RadioPairing(
            self.io.submit,
            self.posts.put,
            lambda: self.radio,
            lambda: self.service,
            PlainWords(),
            self.paired.put,
        )

    def until(self, phase: PairingPhase) -> PairingState:
        while True:
            event = self.posts.get(timeout=10)
            if isinstance(event, PairingState) and event.phase is phase:
                return event

    def heard(self) -> PairingState:
        """Search until both meters are heard."""
        self.driver.search()
        while len((state := self.until(PairingPhase.SEARCHING)).meters) < 2:
            pass
        return state


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    yield made
    made.driver.cancel()
    made.io.close()


def test_meters_are_shown_as_they_are_heard(rig: Rig) -> None:
    rig.driver.search()
    while not (first := rig.until(PairingPhase.SEARCHING).meters):
        pass
    assert [m.mark for m in first] == ["3C9"]
    assert [(m.mark, m.pairing_open) for m in rig.heard().meters] == [("3C9", True), ("7F1", False)]


def test_pairing_compares_words_and_says_who_was_paired(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("A", CODE)
    assert rig.until(PairingPhase.WORDS).words == ("a", "b", "c", "d", "e", "f")
    rig.driver.confirm_words(True)
    rig.until(PairingPhase.PAIRED)
    assert isinstance(rig.paired.get(timeout=10), Pairing)
    assert rig.service.wanted == [(0x3C9, "A")]
    assert not rig.service.while_scanning, "the radio does one thing at a time"
    assert rig.radio.most == 1


def test_words_that_differ_pair_nothing(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.confirm_words(False)
    assert "words" in rig.until(PairingPhase.FAILED).detail


@pytest.mark.parametrize(
    ("failure", "phase"),
    [
        (WrongCode("x"), PairingPhase.WRONG_CODE),
        (Busy("x"), PairingPhase.BUSY),
        (PairingClosed("x"), PairingPhase.CLOSED),
        (BluetoothOff("x"), PairingPhase.RADIO_OFF),
        (NoPermission("x"), PairingPhase.RADIO_OFF),
        (NotFound("x"), PairingPhase.FAILED),
        (LinkLost("x"), PairingPhase.FAILED),
        (RoleNotGranted("x"), PairingPhase.FAILED),
        (ExternalError("disk"), PairingPhase.FAILED),
        (VerificationError("key", "bad"), PairingPhase.FAILED),
        (ForeignKey("label", "x"), PairingPhase.FAILED),
    ],
)
def test_every_failure_has_its_state_and_can_be_tried_again(
    rig: Rig, failure: Exception, phase: PairingPhase
) -> None:
    rig.heard()
    rig.service.failure = failure
    rig.driver.pair("A", CODE)
    state = rig.until(phase)
    assert bool(state.detail) == (phase is PairingPhase.FAILED)
    assert [m.handle for m in state.meters] == ["A", "B"]
    rig.service.failure = None
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)


def test_a_radio_that_is_off_is_waited_for(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ohmstead.ui.home_controller.SCAN_S", 0.01)
    rig.radio.failures = [BluetoothOff("off"), BluetoothOff("off")]
    rig.driver.search()
    rig.until(PairingPhase.RADIO_OFF)
    rig.until(PairingPhase.SEARCHING)


def test_cancelling_ends_the_handshake(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.cancel()
    rig.driver.cancel()
    rig.io.submit(asyncio.sleep(0)).result(10)
    assert rig.service.cancelled
    rig.driver.confirm_words(True)
    rig.heard()


def test_a_meter_that_was_never_heard_is_not_paired_with(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("Z", CODE)
    rig.heard()
    assert rig.service.wanted == []

"""Pairing on a real io thread, with a radio that says what each test needs."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable, Iterator

import pytest
from bleak.backends.device import BLEDevice
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason

from ohmstead.core.errors import VerificationError
from ohmstead.errors import ExternalError
from ohmstead.ledger.lightclient import HeaderFromFuture
from ohmstead.ledger.slice import KeyTrustError
from ohmstead.link.central import Nearby
from ohmstead.link.errors import (
    BluetoothOff,
    Busy,
    ForeignKey,
    LinkLost,
    LinkTimeout,
    NoPermission,
    NotFound,
    PairingClosed,
    ProtocolVersion,
    RefusalCode,
    Refused,
    SessionError,
    WordsRejected,
    WrongCode,
    WrongGenesis,
)
from ohmstead.link.label import Label
from ohmstead.link.pairing import ConfirmWords, Pairing
from ohmstead.services import events
from ohmstead.services.events import LinkChanged, LinkState
from ohmstead.services.io_loop import IoLoop
from ohmstead.services.pairing import PairStep, RoleNotGranted, Wanted
from ohmstead.services.session import HomeState
from ohmstead.services.sync import Stage, SyncProgress
from ohmstead.ui import radio_pairing
from ohmstead.ui.presenters.pairing import PairingState
from ohmstead.ui.presenters.pairing_problems import Problem
from ohmstead.ui.presenters.pairing_steps import PairingPhase, Step
from ohmstead.ui.radio_pairing import RadioPairing
from tests.services.test_homes import pairing

CODE = "000G40R40M30E209Z"


def near(address: str, mark: str, pairing_open: bool = True, rssi: int = -60) -> Nearby:
    return Nearby(mark, int(mark, 16), pairing_open, rssi, BLEDevice(address, None, None))


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
        self.later: Exception | None = None
        self.wanted: list[tuple[int, str]] = []
        self.while_scanning = False
        self.cancelled = False

    async def pair(
        self,
        wanted: Wanted,
        *,
        nearby: Nearby | None = None,
        confirm_words: ConfirmWords | None = None,
        on_step: Callable[[PairStep], None] = lambda _s: None,
    ) -> Pairing:
        assert nearby is not None
        assert confirm_words is not None
        self.while_scanning |= self.radio.scanning > 0
        self.wanted.append((wanted.discriminator, nearby.address))
        if self.failure is not None:
            raise self.failure
        try:
            if wanted.label is None and not await confirm_words(("a", "b", "c", "d", "e", "f")):
                raise WordsRejected("no")
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        on_step(PairStep.CONFIRMING)
        if self.later is not None:
            raise self.later
        return pairing(1, mark=wanted.discriminator)


class Home:
    """What becomes of what was paired, noted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failure: Exception | None = None

    async def make_way(self) -> None:
        self.asked.append("make way")

    async def come_back(self) -> None:
        self.asked.append("come back")

    async def open_new(self, pairing: Pairing) -> None:
        self.asked.append(f"open {pairing.discriminator:03X}")
        if self.failure is not None:
            raise self.failure

    async def check_again(self) -> None:
        self.asked.append("check")

    async def confirm_by_label(self, label: Label) -> None:
        self.asked.append("label")
        if self.failure is not None:
            raise self.failure

    async def leave_new(self, pairing: Pairing) -> None:
        self.asked.append("leave")


class Rig:
    def __init__(self) -> None:
        self.io = IoLoop()
        self.radio = Radio()
        self.service = Service(self.radio)
        self.home = Home()
        self.now = 100.0
        self.posts: queue.Queue[object] = queue.Queue()
        self.driver = RadioPairing(
            self.io.submit,
            self.posts.put,
            lambda: self.radio,
            lambda: self.service,
            self.home,
            lambda: self.now,
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

    def at_rest(self) -> None:
        """Everything that was handed to the io loop so far has run."""
        self.io.submit(asyncio.sleep(0.02)).result(10)

    def hear(self, *events: object) -> None:
        """What the new home's session posts."""

        async def say() -> None:
            for event in events:
                self.driver.hear(event)

        self.io.submit(say()).result(10)

    def paired(self, code: str = CODE) -> None:
        """Paired, its first sync not begun."""
        self.heard()
        self.driver.pair("A", code)
        if not code.startswith("OHM1:"):
            self.until(PairingPhase.WORDS)
            self.now += 50
            self.driver.confirm_words(True)
        self.until(PairingPhase.CONFIRMING)
        self.at_rest()


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(radio_pairing, "SCAN_S", 0.01)
    made = Rig()
    yield made
    made.driver.cancel()
    made.io.close()


def test_meters_are_shown_as_they_are_heard_and_keep_their_places(rig: Rig) -> None:
    rig.radio.meters = (near("B", "7F1", False), near("A", "3C9"))
    assert [(m.mark, m.pairing_open) for m in rig.heard().meters] == [("3C9", True), ("7F1", False)]
    rig.radio.meters = (near("C", "111"), near("A", "3C9"))
    while [m.mark for m in rig.until(PairingPhase.SEARCHING).meters] != ["111", "3C9"]:
        pass  # what was not heard in a round is gone with its end


def test_a_window_that_was_seen_to_open_is_counted_down(rig: Rig) -> None:
    rig.radio.meters = (near("A", "3C9"), near("B", "7F1", False))
    assert [m.closes_at_s for m in rig.heard().meters] == [None, None], "how long it was open is not known"
    rig.radio.meters = (near("A", "3C9"), near("B", "7F1", True))
    while (found := rig.until(PairingPhase.SEARCHING).meters[1]).closes_at_s is None:
        assert not found.pairing_open
    assert found.closes_at_s == 220.0
    rig.now = 150.0
    rig.at_rest()
    assert rig.until(PairingPhase.SEARCHING).meters[1].closes_at_s == 220.0


def test_strength_follows_slowly(rig: Rig) -> None:
    rig.heard()
    rig.radio.meters = (near("A", "3C9", rssi=-90), near("B", "7F1", False))
    heard = {rig.until(PairingPhase.SEARCHING).meters[0].strength_dbm for _ in range(60)}
    assert len(heard) > 4
    assert min(heard) >= -90


def test_pairing_compares_words_opens_the_home_and_follows_it(rig: Rig) -> None:
    rig.paired()
    assert rig.service.wanted == [(0x3C9, "A")]
    assert not rig.service.while_scanning, "the radio does one thing at a time"
    assert rig.radio.most == 1
    assert rig.home.asked == ["make way", "open 3C9"]
    rig.now += 3
    rig.hear(LinkChanged(LinkState.CONNECTED), HomeState(model="M", typed=True))
    assert not rig.until(PairingPhase.FIRST_BLOCK).away
    rig.hear(SyncProgress(Stage.HEAD, 0, 8))
    rig.until(PairingPhase.PAGE)
    rig.hear(SyncProgress(Stage.PAGES, 8, 8, (10, 41)))
    home = rig.until(PairingPhase.PAIRED).home
    assert home is not None
    assert (home.mark, home.model, home.newest_slot, home.typed) == ("3C9", "M", 41, True)
    assert home.seconds == 3, "the time in which the person compared words is not the meter's"


def test_by_the_labels_text_no_words_are_compared(rig: Rig, label: Label) -> None:
    rig.paired(label.qr_text)
    assert rig.home.asked[-1] == "open 3C9"


@pytest.fixture
def label() -> Label:
    from ohmstead.core.keys import SigningKey

    return Label(b"0123456789", 0x3C9, b"g" * 32, SigningKey.from_seed(b"k" * 32).public)


def test_a_meter_out_of_reach_is_waited_for(rig: Rig) -> None:
    rig.paired()
    rig.hear(LinkChanged(LinkState.AWAY))
    assert rig.until(PairingPhase.FIRST_BLOCK).away


def test_the_label_confirms_the_home_or_says_why_not(rig: Rig, label: Label) -> None:
    rig.paired()
    rig.hear(HomeState(typed=True), SyncProgress(Stage.PAGES, 8, 8, (10, 41)))
    rig.until(PairingPhase.PAIRED)
    for failure, problem in (
        (ForeignKey("key", "x"), Problem.OTHER_METER),
        (WrongGenesis("genesis", "x"), Problem.OTHER_LEDGER),
        (ExternalError("disk"), Problem.OUTSIDE),
    ):
        rig.home.failure = failure
        rig.driver.confirm_label(label.qr_text)
        state = rig.until(PairingPhase.PAIRED)
        assert state.home is not None
        assert (state.problem, state.home.typed) == (problem, True)
    rig.home.failure = None
    rig.driver.confirm_label(label.qr_text)
    state = rig.until(PairingPhase.PAIRED)
    assert state.home is not None
    assert (state.problem, state.home.typed) == (None, False)


@pytest.mark.parametrize(
    ("error", "problem", "step"),
    [
        (HeaderFromFuture("header 9", "x"), Problem.CLOCK, Step.FIRST_BLOCK),
        (KeyTrustError("certificate", "x"), Problem.CERTIFICATE, Step.CERTIFICATE),
    ],
)
def test_a_home_that_does_not_hold_is_checked_again_or_forgotten(
    rig: Rig, error: VerificationError, problem: Problem, step: Step
) -> None:
    rig.paired()
    rig.hear(events.Refused(error))
    state = rig.until(PairingPhase.FAILED)
    assert (state.problem, state.at, state.detail) == (problem, step, error.subject)
    rig.driver.check_again()
    rig.at_rest()
    assert rig.home.asked[-1] == "check"
    rig.driver.cancel()
    rig.at_rest()
    assert rig.home.asked[-2:] == ["leave", "come back"]


def test_a_home_that_holds_is_kept_when_the_page_is_left(rig: Rig) -> None:
    rig.paired()
    rig.hear(SyncProgress(Stage.PAGES, 8, 8, (10, 41)))
    rig.driver.cancel()
    rig.at_rest()
    assert "leave" not in rig.home.asked


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (WrongCode("x"), Problem.WRONG_CODE),
        (Busy("x"), Problem.BUSY),
        (PairingClosed("x"), Problem.CLOSED),
        (BluetoothOff("x"), Problem.BLUETOOTH_OFF),
        (NoPermission("x"), Problem.NO_PERMISSION),
        (NotFound("x"), Problem.NOT_HEARD),
        (LinkLost("x"), Problem.LOST),
        (LinkTimeout("x"), Problem.LATE),
        (Refused(RefusalCode.FULL), Problem.FULL),
        (Refused(), Problem.LOST),
        (RoleNotGranted("x"), Problem.NOT_ADMITTED),
        (ExternalError("disk"), Problem.OUTSIDE),
        (VerificationError("key", "bad"), Problem.NOT_PROVEN),
        (SessionError("tag", "bad"), Problem.NOT_PROVEN),
        (ForeignKey("label", "x"), Problem.OTHER_METER),
        (WrongGenesis("genesis", "x"), Problem.OTHER_LEDGER),
        (ProtocolVersion(2), Problem.METER_NEWER),
        (ProtocolVersion(0), Problem.METER_OLDER),
    ],
)
def test_every_failure_has_its_problem_and_the_search_goes_on(
    rig: Rig, failure: Exception, problem: Problem
) -> None:
    rig.heard()
    rig.service.failure = failure
    rig.driver.pair("A", CODE)
    state = rig.until(PairingPhase.FAILED)
    assert (state.problem, state.at) == (problem, Step.LINK)
    assert bool(state.detail) == (problem is Problem.OUTSIDE)
    assert [m.handle for m in rig.until(PairingPhase.SEARCHING).meters] == ["A", "B"]
    rig.service.failure = None
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)


def test_what_fails_after_the_words_is_said_of_the_step_it_failed_at(rig: Rig) -> None:
    rig.heard()
    rig.service.later = LinkLost("x")
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.confirm_words(True)
    state = rig.until(PairingPhase.FAILED)
    assert (state.problem, state.at) == (Problem.LOST, Step.FIRST_BLOCK)


def test_words_that_differ_open_nothing(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.confirm_words(False)
    state = rig.until(PairingPhase.FAILED)
    assert (state.problem, state.at) == (Problem.WORDS_DIFFER, Step.WORDS)
    assert not [asked for asked in rig.home.asked if asked.startswith("open")]


def test_a_home_that_cannot_be_opened_is_a_failure_too(rig: Rig) -> None:
    rig.home.failure = ExternalError("The disk is full.")
    rig.heard()
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.confirm_words(True)
    assert rig.until(PairingPhase.FAILED).detail == "The disk is full."


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (BluetoothOff("off"), Problem.BLUETOOTH_OFF),
        (NoPermission("no"), Problem.NO_PERMISSION),
        (LinkLost("in progress"), Problem.RADIO),
        (ExternalError("not ready"), Problem.RADIO),
    ],
)
def test_a_radio_that_cannot_be_used_is_asked_again(rig: Rig, failure: Exception, problem: Problem) -> None:
    rig.radio.failures = [failure, failure]
    rig.driver.search()
    assert [rig.until(PairingPhase.RADIO).problem for _ in range(2)] == [problem] * 2
    while not rig.until(PairingPhase.SEARCHING).meters:
        pass


@pytest.mark.parametrize(
    "cause",
    [
        BleakBluetoothNotAvailableError("none", BleakBluetoothNotAvailableReason.NO_BLUETOOTH),
        FileNotFoundError("no bus"),
    ],
)
def test_an_absent_adapter_is_told_from_one_that_is_off(rig: Rig, cause: Exception) -> None:
    off = BluetoothOff("none")
    off.__cause__ = cause
    rig.radio.failures = [off]
    rig.driver.search()
    assert rig.until(PairingPhase.RADIO).problem is Problem.NO_ADAPTER


def test_cancelling_ends_the_handshake_and_gives_the_radio_back(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("A", CODE)
    rig.until(PairingPhase.WORDS)
    rig.driver.cancel()
    rig.driver.cancel()
    rig.at_rest()
    assert rig.service.cancelled
    assert rig.home.asked[-1] == "come back"
    rig.driver.confirm_words(True)
    rig.heard()


def test_a_meter_that_was_never_heard_is_not_paired_with(rig: Rig) -> None:
    rig.heard()
    rig.driver.pair("Z", CODE)
    rig.heard()
    assert rig.service.wanted == []

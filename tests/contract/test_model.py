"""Random histories: the contract against a naive model that keeps whole lists and hashes nothing.

The model knows pages by (number, hour), logs as lists, quotas as lists of days. It predicts each result
and what stands in the state; roots are recomputed from its lists with a recursive RFC 6962 of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ohmstead.contract.genesis import Quotas
from ohmstead.contract.refusals import Reason
from ohmstead.core.keys import SigningKey
from ohmstead.ledger.meterlog import RETIRED, Anchor
from tests.contract.rig import (
    CERTIFIER,
    FIRST_HOUR,
    ZONE,
    Beacon,
    Commission,
    Ledger,
    Meter,
    Retire,
    certificate,
    hour_end,
    key,
    reason,
)

QUOTAS = Quotas(pages=12, beacons=2, others=6)
NAMES = ("a", "b", "c")
HOMES = (b"1" * 16, b"2" * 16)


def naive_root(data: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return sha256(b"\x01" + naive_root(data[:split]) + naive_root(data[split:])).digest()


@dataclass
class ModelMeter:
    """What the naive ledger knows of a meter."""

    meter: Meter
    replayed: bool
    pages: list[bytes] = field(default_factory=list)
    next_hour: int | None = None
    anchors: list[bytes] = field(default_factory=list)
    home: bytes | None = None
    retired: bool = False
    nonce: bytes | None = None


class Histories(RuleBasedStateMachine):
    """One action is one block of one statement; the model predicts its result."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger(QUOTAS)
        self.meters: dict[str, ModelMeter] = {}
        self.homes: dict[bytes, tuple[list[bytes], list[list[object]]]] = {}
        self.seqs: dict[bytes, int] = {}
        self.used: dict[tuple[bytes, str, int], int] = {}

    # ---- the model's judgement ------------------------------------------------------------------

    def _quota(self, signer: SigningKey, kind: str, amount: int) -> Reason | None:
        name = (signer.kid, kind, self.ledger.time_s // 86_400)
        return Reason.QUOTA if self.used.get(name, 0) + amount > getattr(QUOTAS, kind) else None

    def _use(self, signer: SigningKey, kind: str, amount: int) -> None:
        name = (signer.kid, kind, self.ledger.time_s // 86_400)
        self.used[name] = self.used.get(name, 0) + amount

    def _send(self, signer: SigningKey, body: object, expected: Reason | None) -> bytes:
        tx = self.ledger.sign(signer, body)
        result = self.ledger.one(tx, at=self.ledger.time_s)
        found = None if result.code == 0 else reason(result)
        assert found == expected, result.log
        assert result.code == {None: 0, Reason.HOUR_IN_FUTURE: 2}.get(expected, 1)
        return tx

    def _unknown(self, name: str) -> Meter:
        return Meter(key(name), self.ledger.hash)

    # ---- actions --------------------------------------------------------------------------------

    @rule(hours=st.integers(0, 30))
    def time_passes(self, hours: int) -> None:
        self.ledger.block(at=self.ledger.time_s + hours * 3600 + 60)

    @rule(name=st.sampled_from(NAMES), replayed=st.booleans())
    def register(self, name: str, replayed: bool) -> None:
        expected = self._quota(CERTIFIER, "others", 1)
        if expected is None and name in self.meters:
            expected = Reason.KEY_IN_USE
        self._send(CERTIFIER, certificate(key(name), replayed=replayed), expected)
        self.seqs[CERTIFIER.kid] = self.seqs.get(CERTIFIER.kid, 0) + 1
        if expected is None:
            self._use(CERTIFIER, "others", 1)
            self.meters[name] = ModelMeter(self._unknown(name), replayed)

    @rule(name=st.sampled_from(NAMES), home=st.sampled_from(HOMES), good_zone=st.booleans())
    def commission(self, name: str, home: bytes, good_zone: bool) -> None:
        known = self.meters.get(name)
        expected = self._quota(CERTIFIER, "others", 1)
        if expected is None:
            if known is None:
                expected = Reason.UNKNOWN_METER
            elif known.retired:
                expected = Reason.RETIRED
            elif known.home is not None:
                expected = Reason.ALREADY_COMMISSIONED
            elif not good_zone:
                expected = Reason.UNKNOWN_ZONE
        zone = ZONE.name if good_zone else "nowhere"
        tx = self._send(CERTIFIER, Commission(key(name).kid, home, zone, FIRST_HOUR), expected)
        self.seqs[CERTIFIER.kid] = self.seqs.get(CERTIFIER.kid, 0) + 1
        if expected is None and known is not None:
            self._use(CERTIFIER, "others", 1)
            known.home = home
            log, spans = self.homes.setdefault(home, ([], []))
            log.append(tx)
            spans.append([known.meter.id, FIRST_HOUR, None])

    @rule(
        name=st.sampled_from(NAMES), count=st.integers(1, 9), shift=st.sampled_from((0, 0, 0, 0, -1, 1)),
        gap=st.sampled_from((0, 0, 0, 0, 1)), wrong_root=st.sampled_from((False, False, False, True)),
    )  # fmt: skip
    def publish(self, name: str, count: int, shift: int, gap: int, wrong_root: bool) -> None:
        known = self.meters.get(name)
        meter = known.meter if known else self._unknown(name)
        first_hour = meter.hour + gap
        pages = [meter.page(meter.log.size + i, first_hour + i) for i in range(count)]
        first = max(0, meter.log.size + shift)
        changes: dict[str, object] = {"first": first}
        if wrong_root:
            changes["root"] = bytes(32)
        expected: Reason | None = None
        if known is None:
            expected = Reason.UNKNOWN_SIGNER
        elif not known.replayed and self._quota(meter.key, "pages", count):
            expected = Reason.QUOTA
        elif known.retired:
            expected = Reason.RETIRED
        elif first != len(known.pages):
            expected = Reason.WRONG_SIZE
        elif hour_end(first_hour + count - 1) > self.ledger.time_s + 120:
            expected = Reason.HOUR_IN_FUTURE
        elif wrong_root or (known.next_hour is not None and first_hour != known.next_hour):
            expected = Reason.NOT_CONTINUED
        body = meter.batch(pages, **changes)
        self._send(meter.key, body, expected)
        if expected is None and known is not None:
            if not known.replayed:
                self._use(meter.key, "pages", count)
            known.pages += pages
            meter.hour = first_hour
            meter.take(pages)
            known.next_hour = meter.hour
            size, root = len(known.pages), naive_root(known.pages)
            known.anchors.append(Anchor(size, root, self.ledger.height, self.ledger.time_s).to_cbor())

    @rule(name=st.sampled_from(NAMES), nonce=st.binary(min_size=16, max_size=16))
    def beacon(self, name: str, nonce: bytes) -> None:
        known = self.meters.get(name)
        signer = key(name)
        expected = Reason.UNKNOWN_SIGNER if known is None else self._quota(signer, "beacons", 1)
        self._send(signer, Beacon(nonce), expected)
        if expected is None and known is not None:
            self._use(signer, "beacons", 1)
            known.nonce = nonce

    @rule(name=st.sampled_from(NAMES), by_meter=st.booleans(), off=st.sampled_from((0, 0, 1)))
    def retire(self, name: str, by_meter: bool, off: int) -> None:
        known = self.meters.get(name)
        signer = key(name) if by_meter else CERTIFIER
        size = len(known.pages) if known else 0
        expected: Reason | None = None
        if by_meter and known is None:
            expected = Reason.UNKNOWN_SIGNER
        elif self._quota(signer, "others", 1):
            expected = Reason.QUOTA
        elif known is None:
            expected = Reason.UNKNOWN_METER
        elif known.retired:
            expected = Reason.RETIRED
        elif off:
            expected = Reason.WRONG_SIZE
        tx = self._send(signer, Retire(key(name).kid, size + off, b"", "swap"), expected)
        if expected is Reason.UNKNOWN_SIGNER:
            self.ledger.seqs[signer.kid] -= 1  # what was refused before its sequence may use it again
        else:
            self.seqs[signer.kid] = self.seqs.get(signer.kid, 0) + 1
        if expected is None and known is not None:
            self._use(signer, "others", 1)
            known.retired = True
            if known.home is not None:
                log, spans = self.homes[known.home]
                log.append(tx)
                end = FIRST_HOUR if known.next_hour is None else known.next_hour
                for span in spans:
                    if span[0] == known.meter.id:
                        span[2] = end

    # ---- what must hold after every block -------------------------------------------------------

    @invariant()
    def the_state_is_the_models(self) -> None:
        state = self.ledger.machine.state
        for known in self.meters.values():
            record = self.ledger.record(known.meter.id)
            assert record.log.size == len(known.pages)
            assert record.log.root() == naive_root(known.pages)
            assert record.anchors.root() == naive_root(known.anchors)
            assert record.home == known.home
            assert bool(record.flags & RETIRED) is known.retired
            assert record.replayed is known.replayed
            last = None if known.next_hour is None else known.next_hour - 1
            assert record.last_hour == last
            value = state.get("beacon", known.meter.id)
            assert value == (None if known.nonce is None else b"\x50" + known.nonce)
        for home, (log, spans) in self.homes.items():
            size, root, _, meters = self.ledger.home(home)
            assert (size, root, meters) == (len(log), naive_root(log), spans)
        for signer, seq in self.seqs.items():
            assert self.ledger.seq_of(signer) == seq


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)

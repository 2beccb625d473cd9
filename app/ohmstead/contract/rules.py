"""What each statement type does to the state. One function per type; time is block time in seconds.

Every function either writes to the overlay or raises Refused; nothing else happens. Here: register,
commission, publish, retire, beacon. Not here: signatures, expiry, sequences and quotas, which are the same
for all (``contract.machine``); the market's statements (``contract.market_rules``). Source:
protocol/statements; protocol/pages, "Publishing".
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from ohmstead.contract.households import meter_record, note
from ohmstead.contract.overlay import (
    BEACON,
    CERTIFICATE,
    CERTIFIER,
    METER,
    ORDER_KEY,
    ZONE,
    Overlay,
)
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.errors import VerificationError
from ohmstead.core.keys import KeyRefused, admit_key, kid
from ohmstead.core.slots import hour_end_s
from ohmstead.core.statements import Beacon, Commission, Publish, Register, Retire, SignedStatement
from ohmstead.ledger.merkle import leaf_hash
from ohmstead.ledger.meterlog import (
    REPLAYED,
    RETIRED,
    REVOKED,
    SUSPENDED,
    Anchor,
    MeterRecord,
    continue_log,
    last_hour_of,
)

#: An hour may be published up to this long before the block time reaches its end (protocol/pages).
AHEAD_S = 120


def _only_certifier(state: Overlay, signer: bytes) -> None:
    if state.get(CERTIFIER, signer) is None:
        raise Refused(Reason.NOT_CERTIFIER)


def register(state: Overlay, signed: SignedStatement, body: Register) -> None:
    """Admits a meter: its record, and the statement itself as its certificate."""
    _only_certifier(state, signed.signer)
    try:
        admit_key(body.public_key)
    except KeyRefused as error:
        raise Refused(Reason.KEY_REFUSED, str(error)) from error
    meter = kid(body.public_key)
    if any(state.get(module, meter) is not None for module in (METER, CERTIFIER, ORDER_KEY)):
        raise Refused(Reason.KEY_IN_USE, meter.hex())
    if body.valid_to <= body.valid_from:
        raise Refused(Reason.MALFORMED, "the certificate ends before it begins")
    record = MeterRecord(
        body.public_key, body.channels, sha256(signed.data).digest(), body.valid_from, body.valid_to,
        REPLAYED if body.replayed else 0,
    )  # fmt: skip
    state.put(METER, meter, record.to_cbor())
    state.put(CERTIFICATE, meter, signed.data)


def commission(state: Overlay, signed: SignedStatement, body: Commission) -> None:
    """Puts a meter into a home; the home's record lists it and its log gains the statement."""
    _only_certifier(state, signed.signer)
    record = meter_record(state, body.meter)
    if record.flags & RETIRED:
        raise Refused(Reason.RETIRED, body.meter.hex())
    if record.home is not None:
        raise Refused(Reason.ALREADY_COMMISSIONED, body.meter.hex())
    if state.get(ZONE, body.zone.encode()) is None:
        raise Refused(Reason.UNKNOWN_ZONE, body.zone)
    state.put(METER, body.meter, replace(record, home=body.home, zone=body.zone).to_cbor())
    note(state, body.home, signed.data, add=[body.meter, body.from_hour, None])


def retire(state: Overlay, signed: SignedStatement, body: Retire) -> None:
    """Freezes a meter's log at its present size, by the meter itself or by a certifier."""
    record = meter_record(state, body.meter)
    if signed.signer != body.meter:
        _only_certifier(state, signed.signer)
    if record.flags & RETIRED:
        raise Refused(Reason.RETIRED, body.meter.hex())
    if body.size != record.log.size:
        raise Refused(Reason.WRONG_SIZE, f"the log holds {record.log.size} pages")
    state.put(METER, body.meter, replace(record, flags=record.flags | RETIRED).to_cbor())
    if record.home is not None:
        end = record.valid_from if record.last_hour is None else record.last_hour + 1
        note(state, record.home, signed.data, close=(body.meter, end))


def publish(state: Overlay, signed: SignedStatement, body: Publish, height: int, time_s: int) -> None:
    """Continues a meter's log by a batch of pages, and anchors it in this block."""
    if signed.signer != body.meter:
        raise Refused(Reason.WRONG_METER, "signed by another key")
    record = meter_record(state, body.meter)
    if record.flags & (RETIRED | SUSPENDED):
        raise Refused(Reason.RETIRED if record.flags & RETIRED else Reason.BLOCKED, body.meter.hex())
    if body.first != record.log.size:
        raise Refused(Reason.WRONG_SIZE, f"the log holds {record.log.size} pages")
    try:
        last = last_hour_of(body.meter, body.pages)
        first = last - len(body.pages) + 1
        if first < record.valid_from:
            raise Refused(Reason.NOT_VALID_YET, f"hour {first}")
        if last >= record.valid_to:
            raise Refused(Reason.CERTIFICATE_ENDED, f"hour {last}")
        if record.flags & REVOKED and record.blocked_from is not None and last >= record.blocked_from:
            raise Refused(Reason.BLOCKED, f"revoked from hour {record.blocked_from}")
        if is_early(body, time_s):
            raise Refused(Reason.HOUR_IN_FUTURE, f"hour {last}")
        after = continue_log(record, body.meter, body.first, body.pages, body.root)
    except VerificationError as error:
        raise Refused(Reason.NOT_CONTINUED, str(error)) from error
    anchor = Anchor(after.log.size, body.root, height, time_s)
    anchors = after.anchors.append(leaf_hash(anchor.to_cbor()))
    state.put(METER, body.meter, replace(after, anchors=anchors).to_cbor())


def is_early(body: Publish, time_s: int) -> bool:
    """Whether a batch holds an hour that is not over at this block time. Raises PageError."""
    return hour_end_s(last_hour_of(body.meter, body.pages)) > time_s + AHEAD_S


def beacon(state: Overlay, signed: SignedStatement, body: Beacon) -> None:
    """Keeps the signer's newest beacon; the one before is overwritten."""
    if state.get(METER, signed.signer) is None:
        raise Refused(Reason.UNKNOWN_METER, signed.signer.hex())
    state.put_value(BEACON, signed.signer, body.nonce)

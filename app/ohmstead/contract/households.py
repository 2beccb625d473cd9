"""A household on the ledger: its log, its meters, its order keys.

Value under ``home/<home>``: [log size, log root, [hash, ...], [[meter, from hour, to hour or null], ...]].
The log is an RFC 6962 log over every accepted statement, and every market result, that touches the home:
complete by proof. Here: appending to it, and whether a meter or key may act for a home. Not here: money
(``contract.accounts``). Source: protocol/statements, "Bytes"; DESIGN §4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ohmstead.contract.overlay import HOME, METER, ORDER_KEY, Overlay
from ohmstead.contract.refusals import Reason, Refused
from ohmstead.core.codec import Value, as_bytes, as_list, as_uint
from ohmstead.core.slots import hour_at
from ohmstead.ledger.merkle import CompactRange, leaf_hash
from ohmstead.ledger.meterlog import RETIRED, REVOKED, SUSPENDED, MeterRecord


def note(
    state: Overlay,
    home: bytes,
    leaf: bytes,
    *,
    add: Sequence[Value] | None = None,
    close: tuple[bytes, int] | None = None,
) -> None:
    """Appends a leaf to the household log; adds a meter to the home or closes one's span.

    It refuses nothing, so that a trial does without it.
    """
    if state.trial:
        return
    value = state.get_list(HOME, home, 4)
    log, meters = CompactRange(), list[Value]()
    if value is not None:
        hashes = tuple(as_bytes(h, "hash", 32) for h in as_list(value[2], "household log"))
        log = CompactRange(as_uint(value[0], "household log size"), hashes)
        meters = as_list(value[3], "meters")
    log = log.append(leaf_hash(leaf))
    if add is not None:
        meters.append(add)
    if close is not None:
        spans = [as_list(m, "meter span", 3) for m in meters]
        meters = [[m, a, close[1]] if m == close[0] and b is None else [m, a, b] for m, a, b in spans]
    state.put_value(HOME, home, [log.size, log.root(), list(log.hashes), meters])
    state.notes.append((home, leaf))


@lru_cache(maxsize=1024)
def record_in(raw: bytes) -> MeterRecord:
    """The meter record of a state value: asked for several times by every statement. Raises CodecError."""
    return MeterRecord.from_cbor(raw)


def meter_record(state: Overlay, meter: bytes) -> MeterRecord:
    """The record of a registered meter. Raises Refused."""
    raw = state.get(METER, meter)
    if raw is None:
        raise Refused(Reason.UNKNOWN_METER, meter.hex())
    return record_in(raw)


def member_meter(state: Overlay, meter: bytes, time_s: int) -> bytes:
    """The home that a meter is commissioned in, if the meter may act for it now. Raises Refused."""
    record = meter_record(state, meter)
    if record.home is None:
        raise Refused(Reason.WRONG_HOUSEHOLD, "the meter is in no home")
    if record.flags & RETIRED:
        raise Refused(Reason.RETIRED, meter.hex())
    hour = hour_at(time_s)
    revoked = record.flags & REVOKED and (record.blocked_from is None or hour >= record.blocked_from)
    if record.flags & SUSPENDED or revoked:
        raise Refused(Reason.BLOCKED, meter.hex())
    if hour < record.valid_from:
        raise Refused(Reason.NOT_VALID_YET, f"hour {hour}")
    if hour >= record.valid_to:
        raise Refused(Reason.CERTIFICATE_ENDED, f"hour {hour}")
    return record.home


def only_meter_of(state: Overlay, signer: bytes, meter: bytes, household: bytes, time_s: int) -> None:
    """That ``signer`` is this very meter and may act for this household now. Raises Refused."""
    if signer != meter:
        raise Refused(Reason.WRONG_METER, "signed by another key")
    if member_meter(state, meter, time_s) != household:
        raise Refused(Reason.WRONG_HOUSEHOLD, household.hex())


def household_of_key(state: Overlay, kid: bytes) -> bytes | None:
    """The household of an order key, or None for any other key."""
    entry = state.get_list(ORDER_KEY, kid, 2)
    return None if entry is None else as_bytes(entry[1], "household", 16)


def only_order_key(state: Overlay, kid: bytes, household: bytes) -> None:
    """That a key is one of the household's order keys. Raises Refused."""
    if household_of_key(state, kid) != household:
        raise Refused(Reason.NOT_ORDER_KEY, "not an order key of this household")

"""Why the contract refuses a transaction: names with stable numbers, never a bare "failed".

``TxResult.data`` is the canonical array [number, detail]; it is covered by the block's last_results_hash,
so a refusal is as provable as an acceptance. Not here: the text a person reads (``ui``).
"""

from __future__ import annotations

from enum import IntEnum

from ohmstead.core.codec import encode


class Reason(IntEnum):
    """A refusal's number. Append only: a number is never used again for something else."""

    MALFORMED = 1
    UNKNOWN_SIGNER = 2
    BAD_SIGNATURE = 3
    EXPIRED = 4
    WRONG_SEQUENCE = 5
    QUOTA = 6
    UNSUPPORTED = 7
    NOT_CERTIFIER = 10
    KEY_REFUSED = 11
    KEY_IN_USE = 12
    UNKNOWN_METER = 13
    ALREADY_COMMISSIONED = 14
    UNKNOWN_ZONE = 15
    RETIRED = 16
    NOT_VALID_YET = 17
    CERTIFICATE_ENDED = 18
    BLOCKED = 19
    WRONG_SIZE = 20
    NOT_CONTINUED = 21
    WRONG_METER = 22
    #: A market's.
    WRONG_HOUSEHOLD = 50
    NOT_ORDER_KEY = 51
    NO_ACCOUNT = 52
    NO_FUNDS = 53
    BARRED = 54
    FULL = 55
    ALREADY_DONE = 56
    OLD_VERSION = 57
    ENGAGED = 58
    GATE_PASSED = 59
    NO_COMMIT = 60
    WRONG_COMMITMENT = 61
    WINDOW_CLOSED = 62
    NO_SALE = 63
    OVER_FILL = 64
    TOO_LATE = 65
    NO_MANDATE = 66
    TOO_MANY_LIVE = 67
    NOT_GOVERNANCE = 68
    REFERENCE_USED = 69
    NO_PAYOUT = 70
    FROZEN = 71
    NO_LOT = 72
    LOT_REFUSED = 73
    NO_SLOT = 74
    #: The neighbours'.
    NO_COHORT = 80
    NOT_ON_ROSTER = 81
    WRONG_EPOCH = 82
    NO_KEY = 83
    BAD_PROOF = 84
    NOT_GUARDIAN = 85
    NOT_CLOSED = 86
    TOO_YOUNG = 87
    #: Never final: the same transaction is tried again after the next block.
    HOUR_IN_FUTURE = 40
    SLOT_NOT_OPEN = 41
    GATE_NOT_REACHED = 42
    DELIVERY_NOT_OVER = 43
    DAY_NOT_OVER = 44
    BLOCK_FULL = 45


#: Refusals that a later block may lift; everything else is final.
RETRY = frozenset((
    Reason.HOUR_IN_FUTURE, Reason.SLOT_NOT_OPEN, Reason.GATE_NOT_REACHED, Reason.DELIVERY_NOT_OVER,
    Reason.DAY_NOT_OVER, Reason.BLOCK_FULL,
))  # fmt: skip
#: Final in a block, but what stands before it in the mempool may lift them: no reason not to wait for a block.
OPEN = RETRY | {Reason.NO_ACCOUNT, Reason.NO_FUNDS, Reason.NO_MANDATE, Reason.TOO_MANY_LIVE, Reason.ENGAGED,
                Reason.NO_COMMIT, Reason.NO_PAYOUT, Reason.NO_LOT}  # fmt: skip


class Refused(Exception):
    """A transaction does not do what it asks for. Raised and caught inside the contract alone."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.name.lower()}: {detail}" if detail else reason.name.lower())
        self.reason = reason
        self.detail = detail

    @property
    def data(self) -> bytes:
        """What the block's result carries."""
        return encode([int(self.reason)])

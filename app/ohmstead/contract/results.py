"""What a household's log says about its orders: one leaf per result, beside the statements themselves.

With the statements it makes a wallet that can be rebuilt from the log and is complete by proof. Source:
protocol/market; DESIGN §4 ("household log").
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.codec import (
    INT64,
    CodecError,
    as_bytes,
    as_list,
    as_text,
    as_uint,
    decode,
    encode,
)
from ohmstead.core.market_statements import LOT_RULE, SLOT_RULE

TAG = "ohmstead/result/1"
FILLED, UNFILLED, FORFEITED, VOID = "filled", "unfilled", "forfeited", "void"
SETTLED, EXPIRED = "settled", "expired"
OUTCOMES = (FILLED, UNFILLED, FORFEITED, VOID, SETTLED, EXPIRED)


@dataclass(frozen=True, slots=True)
class Result:
    """One result. ``which`` is a slot or a lot id, ``commitment`` is empty for a lot's seller.

    ``price`` is net in a slot and all-in in a lot (µ/kWh). ``money_nano`` is what the outcome moves: a
    buyer's payment or what is due to a seller (filled), the lock (forfeited, void), what a seller was paid
    (settled, expired). ``fill`` and ``delivered`` are Wh.
    """

    which: int | bytes
    household: bytes
    commitment: bytes
    outcome: str
    fill: int = 0
    price: int | None = None
    money_nano: int = 0
    delivered: int = 0

    @property
    def rule(self) -> str:
        """The rule that the result is of."""
        return LOT_RULE if isinstance(self.which, bytes) else SLOT_RULE

    def to_bytes(self) -> bytes:
        """[tag, rule, slot or lot, household, commitment, outcome, fill, price or null, money, delivered]."""
        return encode(
            [
                TAG, self.rule, self.which, self.household, self.commitment, self.outcome, self.fill,
                self.price, self.money_nano, self.delivered,
            ]
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> Result:
        """The result of leaf data. Raises CodecError; a statement is none."""
        v = as_list(decode(data), "result", 10)
        rule, outcome = as_text(v[1], "rule"), as_text(v[5], "outcome")
        if v[0] != TAG or rule not in (SLOT_RULE, LOT_RULE) or outcome not in OUTCOMES:
            raise CodecError("not a market result")
        return cls(
            as_bytes(v[2], "lot", 16) if rule == LOT_RULE else as_uint(v[2], "slot"),
            as_bytes(v[3], "household", 16), as_bytes(v[4], "commitment", at_most=32), outcome,
            as_uint(v[6], "fill"), None if v[7] is None else as_uint(v[7], "price", INT64),
            as_uint(v[8], "money"), as_uint(v[9], "delivered"),
        )  # fmt: skip

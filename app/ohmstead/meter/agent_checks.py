"""What the meter will not put its name to, whoever asks: the reasons, and the checks that find them.

A household's own device could sign anything; the meter co-signs only what fits the slot's terms, the household's
money, and its own connection and history. Here: reasons and checks. Not here: what was handed (``agent_hand``).
Source: protocol/market, "Anti-inflation".
"""

from __future__ import annotations

from enum import Enum

from ohmstead.contract.accounts import Account
from ohmstead.contract.market_lots import LotState
from ohmstead.core.codec import CodecError, as_uint, decode
from ohmstead.core.market_inner import LotOffer, read_inner
from ohmstead.link.errors import RefusalCode, Refused
from ohmstead.market.lots import admit_bid, admit_lot
from ohmstead.market.orders import Order, OrderMalformed, OrderRefused, Side, Terms
from ohmstead.meter.agent_history import OwnLog
from ohmstead.meter.agent_rows import Kind, Row


class Why(Enum):
    """Why the meter refuses, or waits. The names travel as ``detail``; append only."""

    OVER_RATING = "OVER_RATING"
    OVER_EXPORT = "OVER_EXPORT"
    GATE_CLOSED = "GATE_CLOSED"
    OLDER_VERSION = "OLDER_VERSION"
    WRONG_COMMITMENT = "WRONG_COMMITMENT"
    WRONG_HOUSEHOLD = "WRONG_HOUSEHOLD"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    NO_MARKET = "NO_MARKET"
    OVER_MAXIMUM = "OVER_MAXIMUM"
    OUTSIDE_BAND = "OUTSIDE_BAND"
    ENGAGED = "ENGAGED"
    TOO_FAR = "TOO_FAR"  # the slot is more than a week ahead
    QUOTA = "QUOTA"  # more versions than a slot takes
    NO_LOT = "NO_LOT"
    NO_LEDGER = "NO_LEDGER"  # the meter cannot ask its ledger just now: try again
    GATE_NOT_REACHED = "GATE_NOT_REACHED"
    NOT_FORWARDED = "NOT_FORWARDED"
    NO_ACCOUNT = "NO_ACCOUNT"
    NO_FUNDS = "NO_FUNDS"
    BARRED = "BARRED"
    NO_MANDATE = "NO_MANDATE"

    @property
    def lasting(self) -> bool:
        """Whether waiting cannot help."""
        return self in _LASTING

    def refusal(self) -> Refused:
        """The refusal of a request: for good, but where only the node is missing."""
        code = RefusalCode.BUSY if self is Why.NO_LEDGER else RefusalCode.FAILED
        return Refused(code, self.value.encode())


_LASTING = frozenset((Why.OVER_RATING, Why.OVER_EXPORT, Why.OVER_MAXIMUM, Why.OUTSIDE_BAND))


def only_fitting(row: Row, terms: Terms, log: OwnLog, lot: LotState | None = None) -> Why | None:
    """Why a row does not fit its terms or this connection, or None. ``lot`` is what a bid is on."""
    if row.kind is Kind.ORDER:
        order = Order.from_bytes(row.opening)
        if order.total_wh > terms.max_order_wh:
            return Why.OVER_MAXIMUM
        low, high = terms.band(order.side)
        if not all(low <= step.limit <= high for step in order.steps):
            return Why.OUTSIDE_BAND
        return over(log, order.side, order.total_wh, 1)
    if row.kind is Kind.LOT:
        if row.wh > terms.max_order_wh * row.slots:
            return Why.OVER_MAXIMUM
        try:
            admit_lot(row.wh, offer_of(row).reserve, terms)
        except OrderRefused:
            return Why.OUTSIDE_BAND
        return over(log, Side.SELL, row.wh, row.slots)
    if lot is None:
        return Why.NO_LOT
    own = Terms(terms.pricing, lot.feed_in, lot.retail, lot.fee, terms.max_order_wh)
    try:
        admit_bid(as_uint(decode(row.opening), "bid"), lot.reserve, own)
    except OrderRefused:
        return Why.OUTSIDE_BAND
    return over(log, Side.BUY, lot.wh, lot.slots)


def over(log: OwnLog, side: Side, wh: int, slots: int) -> Why | None:
    """Whether this is more than the connection carries, or a seller's history makes likely."""
    if wh > log.rated(slots):
        return Why.OVER_RATING
    if side is Side.SELL and wh > log.may_sell(slots):
        return Why.OVER_EXPORT
    return None


def only_affordable(account: Account | None, lock: int, time_s: int) -> Why | None:
    """Why the ledger would not lock so much for the household now, or None; ``lock`` is 0 for a later version."""
    if account is None:
        return Why.NO_ACCOUNT
    if account.barred_until > time_s:
        return Why.BARRED
    return Why.NO_FUNDS if account.free < lock else None


def offer_of(row: Row) -> LotOffer:
    """The offer of a lot's row."""
    return LotOffer.from_bytes(read_inner(row.inner, LotOffer.CONTENT_TYPE).envelope.payload)


def order_of(opening: bytes) -> Order:
    """The order of handed bytes. Raises Refused(MALFORMED)."""
    try:
        return Order.from_bytes(opening)
    except OrderMalformed as error:
        raise Refused(RefusalCode.MALFORMED, str(error).encode()[:200]) from error


def bid_of(opening: bytes) -> int:
    """The bid of handed bytes. Raises Refused(MALFORMED)."""
    try:
        return as_uint(decode(opening), "bid", 1 << 31)
    except CodecError as error:
        raise Refused(RefusalCode.MALFORMED, str(error).encode()[:200]) from error

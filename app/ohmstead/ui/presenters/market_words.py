"""The market in plain words: what a stage, a movement, a problem, a forecast that cannot be made are called.

Qt-free. Here: sentences alone. Not here: when they are said (``presenters.market_page`` and its parts).
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.forecast.outlook import Outlook, TooLittle
from ohmstead.market.orders import Side
from ohmstead.services.market_states import LotStage, MovementKind, OrderStage
from ohmstead.ui.presenters.market import MarketProblem, MarketReason
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class Said:
    """A state: its words, and the glyph and colour that support them."""

    words: str
    glyph: str
    tone: str


def stage_words(
    stage: OrderStage, side: Side, fill: int | None, delivered: int | None, over: bool, words: Wording
) -> Said:
    """An order's state in a word or two. ``over``: its quarter hour is over."""
    tr, sells = words.tr, side is Side.SELL
    if stage is OrderStage.WAITING:
        return Said(tr("Waits for the meter"), "clock", "notice")
    if stage is OrderStage.HANDED:
        return Said(tr("With the meter"), "meter", "text")
    if stage is OrderStage.SEALED:
        return Said(tr("Sealed"), "lock", "text")
    if stage is OrderStage.CLOSED:
        return Said(tr("Closed, being opened"), "clock", "text")
    if stage in (OrderStage.CLEARED, OrderStage.PAID) and not fill:
        return Said(tr("Not taken, feed-in") if sells else tr("Nothing got, retail"), "minus", "text")
    if stage is OrderStage.CLEARED:
        if not sells:
            return Said(tr("Bought"), "check", "ok")
        return Said(tr("Sold, to be paid") if over else tr("Sold, being delivered"), "clock", "text")
    if stage is OrderStage.PAID:
        short = sells and fill is not None and delivered is not None and delivered < fill
        return Said(
            tr("Paid, partly delivered") if short else tr("Paid"), "check", "notice" if short else "ok"
        )
    ended = {
        OrderStage.LEAVING: Said(tr("Being taken back"), "undo", "text"),
        OrderStage.CANCELLED: Said(tr("Taken back"), "undo", "text_2"),
        OrderStage.REPLACED: Said(tr("Replaced"), "refresh", "text_2"),
        OrderStage.LATE: Said(tr("Came too late"), "clock", "notice"),
        OrderStage.REFUSED: Said(tr("Refused"), "close", "notice"),
        OrderStage.VOID: Said(tr("No auction"), "minus", "text_2"),
    }
    return ended.get(stage, Said(tr("Lock lost"), "alert", "alarm"))


def stage_detail(stage: OrderStage, side: Side, gate: str, words: Wording) -> str:
    """What a stage means and what comes next, in a sentence or two. ``gate``: when the orders are closed."""
    tr = words.tr
    if stage is OrderStage.WAITING:
        return tr(
            "Signed and kept on this computer. It goes to the meter as soon as that is in reach, at the latest "
            "by {gate}.", gate=gate,
        )  # fmt: skip
    if stage is OrderStage.HANDED:
        return tr(
            "The meter has it and sends it when the ledger opens the quarter hour. This computer may be off."
        )
    if stage is OrderStage.SEALED:
        return tr("Sealed on the ledger, proven. Nobody sees what is in it before {gate}.", gate=gate)
    if stage is OrderStage.CLOSED:
        return tr("Nobody can change anything any more. The meter opens it, then the price is made.")
    if stage is OrderStage.LATE:
        return tr(
            "It did not reach the ledger before {gate}. Nothing was locked, nothing is owed.", gate=gate
        )
    if stage is OrderStage.VOID:
        return tr("The ledger stood still and the quarter hour had no auction. What was locked came back.")
    if stage is OrderStage.FORFEITED:
        return tr(
            "It was sealed and never opened in time, so what was locked went to the community fund. On three "
            "such days in thirty a home is barred for thirty days."
        )
    if stage is OrderStage.REPLACED:
        return tr("A later offer for the same quarter hour took its place.")
    if stage is OrderStage.LEAVING:
        return tr(
            "On its way back: the order stands until the ledger has taken that, at the latest by {gate}.",
            gate=gate,
        )
    if stage is OrderStage.CANCELLED:
        return tr("Taken back before it was closed. What was locked came back.")
    if side is Side.SELL:
        return tr("What nobody takes is paid feed-in, as without the market.")
    return tr("What nobody sells you comes from your supplier at retail, as without the market.")


def lot_words(stage: LotStage, mine: bool, won: bool, words: Wording) -> Said:
    """A lot's state."""
    tr = words.tr
    if stage is LotStage.OPEN:
        return Said(tr("Yours, takes bids") if mine else tr("Takes bids"), "clock", "text")
    if stage is LotStage.CLOSED:
        return Said(tr("Closed, bids being opened"), "lock", "text")
    if stage is LotStage.SOLD:
        if mine:
            return Said(tr("Sold"), "check", "ok")
        return Said(tr("Yours"), "check", "ok") if won else Said(tr("Sold to another"), "minus", "text_2")
    if stage is LotStage.UNSOLD:
        return Said(tr("Not sold"), "minus", "text_2")
    if stage is LotStage.VOID:
        return Said(tr("No auction"), "minus", "text_2")
    if stage is LotStage.DELIVERED:
        return Said(tr("Delivered and paid"), "check", "ok")
    return Said(tr("Went to a higher bid"), "minus", "text_2")


def movement_words(kind: MovementKind, what: str, reference: str, words: Wording) -> str:
    """Why money moved. ``what`` names the quarter hour or lot, ``reference`` the payment."""
    tr = words.tr
    sentences = {
        MovementKind.CREDIT: tr("Paid in, reference {reference}", reference=reference),
        MovementKind.WITHDRAWN: tr("Paid out to you, reference {reference}", reference=reference),
        MovementKind.PAYOUT_ASKED: tr("Payout asked for"),
        MovementKind.PAYOUT_TAKEN_BACK: tr("Payout taken back"),
        MovementKind.LOCK: tr("Locked for {what}", what=what),
        MovementKind.UNLOCK: tr("Lock came back, {what}", what=what),
        MovementKind.BOUGHT: tr("Bought, {what}", what=what),
        MovementKind.SOLD: tr("Sold, {what}", what=what),
        MovementKind.SHORTFALL: tr("Not delivered in full, {what}", what=what),
    }
    return sentences.get(kind) or tr("Never opened, to the community fund, {what}", what=what)


def too_little_words(outlook: Outlook, sells: bool, words: Wording) -> str:
    """Why a forecast says nothing, or why what it says is not believed."""
    tr = words.tr
    if outlook.too_little is None:
        if outlook.skill is None:
            return tr(
                "Too few days have been foreseen and compared yet to know what a forecast is worth here."
            )
        return words.count(
            outlook.skill.days,
            "On the last {n} day the forecast was no better than repeating an earlier one.",
            "On the last {n} days the forecast was no better than repeating an earlier one.",
        )
    if outlook.too_little is TooLittle.STALE:
        return tr("The newest reading is more than two days old.")
    if outlook.too_little is TooLittle.FEW_DAYS:
        return tr("It takes two weeks of readings to know what is usual here.")
    if outlook.too_little is TooLittle.MANY_GAPS:
        return tr("Too many quarter hours of the last weeks have no reading.")
    if outlook.too_little is TooLittle.NOTHING_MEASURED:
        if sells:
            return tr("In the last eight weeks this home sent nothing out.")
        return tr("In the last eight weeks this home took nothing from the grid.")
    return tr("There are no readings of the last eight weeks.")


def problem_words(problem: MarketProblem, amounts: Amounts) -> tuple[str, str]:
    """(head, what it means and what to do) of something that was not done."""
    tr, missing = amounts.words.tr, amounts.money(problem.missing_nano)
    reasons = {
        MarketReason.OVER_RATING: (
            tr("More than this connection carries"),
            tr("The meter signs no more than its connection can carry in a quarter hour. Offer less."),
        ),
        MarketReason.OVER_EXPORT: (
            tr("More than this home has ever sent out"),
            tr("The meter signs at most one and a half times the best hour of the last four weeks. Offer less."),
        ),
        MarketReason.GATE_CLOSED: (
            tr("That quarter hour is closed already"),
            tr("Offers are taken until a quarter of an hour before. Later ones are still open."),
        ),
        MarketReason.OLDER_VERSION: (
            tr("A newer offer is there already"),
            tr("Another computer of this home has changed it. The list shows what stands now."),
        ),
        MarketReason.OVER_MAXIMUM: (
            tr("More than one order may hold"),
            tr("One order holds at most the same for everybody, so that it gives nothing away. Offer less."),
        ),
        MarketReason.OUTSIDE_BAND: (
            tr("A price outside the ledger's bounds"),
            tr("Prices lie between feed-in and retail. The bounds have changed since: look again."),
        ),
        MarketReason.ENGAGED: (
            tr("A lot already has that quarter hour"),
            tr("In one quarter hour a home has an order or a lot, never both."),
        ),
        MarketReason.NO_MARKET: (
            tr("This ledger has no market"),
            tr("Nothing was sent."),
        ),
        MarketReason.NO_MONEY: (
            tr("Too little money"),
            tr("{missing} are missing. Wallet says how money comes in.", missing=missing),
        ),
        MarketReason.BARRED: (
            tr("This home is barred for now"),
            tr("Orders that were sealed were not opened on three days. Wallet says until when."),
        ),
        MarketReason.AWAY: (
            tr("The meter is out of reach"),
            tr("This needs a link to the meter. Try again near it."),
        ),
        MarketReason.VIEWER: (
            tr("This computer may look, not act"),
            tr("Only a computer that was paired as an owner can trade."),
        ),
        MarketReason.NOT_KEPT: (
            tr("It could not be kept on this computer"),
            tr("Nothing was sent: what is signed is kept first. {detail}", detail=problem.detail),
        ),
        MarketReason.NOT_HERE: (
            tr("The orders behind this price are not here"),
            tr("They can be asked for when the meter is in reach."),
        ),
    }  # fmt: skip
    if problem.reason is MarketReason.NO_MONEY and not problem.missing_nano:
        return tr("Your home has no account on the ledger yet"), tr("Wallet says how one is opened.")
    if problem.reason in reasons:
        head, body = reasons[problem.reason]
        return head, body.strip()
    return tr("It was refused"), problem.detail or tr("Nothing was sent.")

"""The wallet: free and locked money, every movement with its reason, how money comes in and goes out. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from ohmstead.market.settlement import flat_lock
from ohmstead.services.market_states import LotState, Movement
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_money import NANO
from ohmstead.ui.presenters.market_orders import month_of
from ohmstead.ui.presenters.market_views import LineModel, MovementLine, WalletView
from ohmstead.ui.presenters.market_words import movement_words
from ohmstead.ui.presenters.view_models import Figure

MOST_ROWS = 200


def present_wallet(asked: Asked) -> WalletView:
    """The section."""
    tr, amounts, account = asked.amounts.words.tr, asked.amounts, asked.state.account
    heads = (tr("When"), tr("Why"), tr("Free"), tr("Locked"))
    money_in = tr(
        "Pay to the community's treasury and give this reference: it names your home on the ledger and nothing "
        "else. More than two thirds of the members, or the treasury they appointed, must book it."
    )
    if not asked.state.household:
        money_in = tr(
            "Pay to the community's treasury. More than two thirds of the members, or the treasury they "
            "appointed, must book it."
        )
    if account is None:
        why = tr("It is opened by itself as soon as your meter is in reach; then money can come in.")
        return WalletView(
            figures=(), checked=LineModel("notice", why), money_in=money_in,
            reference=reference_of(asked.state.household), money_out="", payout="", payout_nano=0, free_nano=0,
            heads=heads, rows=(), empty="", cannot=tr("Your home has no account on the ledger yet."),
        )  # fmt: skip
    pending = account.payout_nano
    payout = tr("{money} wait to be paid out.", money=amounts.money(pending)) if pending else ""
    return WalletView(
        figures=_figures(asked),
        checked=_checked(asked),
        money_in=money_in,
        reference=reference_of(asked.state.household),
        money_out=tr(
            "Ask for free money back at any time. It waits, locked, until the treasury has paid it."
        ),
        payout=payout,
        payout_nano=pending,
        free_nano=account.free_nano,
        heads=heads,
        rows=[_row(m, asked) for m in asked.state.movements[:MOST_ROWS]],
        empty=tr("No money has moved yet."),
        cannot="" if asked.state.can_trade else tr("This computer may look, not act."),
    )


def reference_of(household: bytes) -> str:
    """What a payment names: the household's id in groups; empty while it is not known."""
    text = household.hex().upper()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def _figures(asked: Asked) -> Sequence[Figure]:
    tr, amounts, account = asked.amounts.words.tr, asked.amounts, asked.state.account
    assert account is not None
    sign, number = amounts.currency.sign, amounts.words.number
    free, locked = number(account.free_nano / NANO, 2), number(account.locked_nano / NANO, 2)
    orders = account.free_nano // max(flat_lock(asked.terms), 1)
    note = amounts.words.count(orders, "enough for {n} order at a time", "enough for {n} orders at a time")
    made = [
        Figure(tr("Free"), free, sign, note=note),
        Figure(tr("Locked"), locked, sign, note=tr("comes back or is paid when decided")),
    ]
    month = month_of(asked)
    if month is not None:
        made.append(Figure(month.label, number(month.money_nano / NANO, 2), sign, note=month.against))
    return made


def _checked(asked: Asked) -> LineModel | None:
    tr, account = asked.amounts.words.tr, asked.state.account
    assert account is not None
    if account.barred_until_s > asked.times.now_s:
        words = tr(
            "Barred until {time}: sealed orders were not opened on three days. Money can still be paid out.",
            time=asked.times.at(account.barred_until_s),
        )
        return LineModel("notice", words)
    if account.complete:
        return LineModel("ok", tr("The movements below add up to this balance, proven on the ledger."))
    return LineModel(
        "neutral", tr("The balance is proven on the ledger. Earlier movements are still coming in.")
    )


def _row(movement: Movement, asked: Asked) -> MovementLine:
    times, amounts = asked.times, asked.amounts
    reference = _reference(movement.reference)
    return MovementLine(
        times.at(movement.time_s) if movement.time_s is not None else "–",
        movement_words(movement.kind, _what(movement, asked), reference, amounts.words),
        amounts.change(movement.free_nano),
        amounts.change(movement.locked_nano),
    )


def _reference(reference: bytes) -> str:
    """As text where it is text, else in hex."""
    try:
        text = reference.decode("ascii")
    except UnicodeDecodeError:
        return reference.hex()
    return text if text.isprintable() else reference.hex()


def _what(movement: Movement, asked: Asked) -> str:
    which = movement.which
    if isinstance(which, int):
        return asked.times.span(which, which)
    lot = next((lot for lot in asked.state.lots if lot.lot == which), None)
    return _lot(lot, asked) if lot is not None else asked.amounts.words.tr("a lot")


def _lot(lot: LotState, asked: Asked) -> str:
    span = asked.times.span(lot.first_slot, lot.first_slot + lot.slots - 1)
    return asked.amounts.words.tr("lot of {span}", span=span)

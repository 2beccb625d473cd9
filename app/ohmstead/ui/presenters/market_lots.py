"""Surplus lots: one's own and those to bid on. Qt-free. Not here: their auction (``market.lots``)."""

from __future__ import annotations

from ohmstead.market.settlement import lot_lock
from ohmstead.services.market_states import Checked, LotStage, LotState
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_offer import cannot_act
from ohmstead.ui.presenters.market_views import LotLine, LotsView
from ohmstead.ui.presenters.market_words import lot_words

_DONE = (LotStage.SOLD, LotStage.UNSOLD, LotStage.DELIVERED, LotStage.LOST)


def present_lots(asked: Asked) -> LotsView:
    """The section: open ones first, then by time."""
    tr = asked.amounts.words.tr
    lots = sorted(asked.state.lots, key=lambda lot: (lot.stage is not LotStage.OPEN, -lot.first_slot))
    heads = (tr("When"), tr("Energy"), tr("At least"), tr("Bids"), tr("State"), tr("Price"))
    intro = tr(
        "A lot is a whole block of energy, sold at once: the highest sealed bid wins and pays what the second "
        "one said. Good for an afternoon's surplus that one neighbour can use."
    )
    return LotsView(
        intro, heads, [_line(lot, asked) for lot in lots],
        tr("No lot is offered just now."), cannot_act(asked),
    )  # fmt: skip


def _line(lot: LotState, asked: Asked) -> LotLine:
    times, amounts, terms = asked.times, asked.amounts, asked.terms
    said = lot_words(lot.stage, lot.mine, lot.won, amounts.words)
    open_now = lot.stage is LotStage.OPEN and lot.gate_s is not None and times.now_s < lot.gate_s
    can_say_why = lot.stage in _DONE and lot.bids and lot.reserve is not None
    action = "bid" if open_now and not lot.mine else "why" if can_say_why else ""
    least = terms.feed_in if lot.reserve is None else lot.reserve + terms.fee
    reserve = lot.reserve if lot.mine or lot.reserve is None else least
    return LotLine(
        lot=lot.lot,
        when=times.span(lot.first_slot, lot.first_slot + lot.slots - 1),
        energy=amounts.kwh(lot.wh),
        reserve="–" if reserve is None else amounts.bare(reserve),
        bids=amounts.words.number(lot.bids),
        glyph=said.glyph,
        tone=said.tone,
        state=said.words,
        price=amounts.bare(lot.price) if lot.price is not None else "–",
        detail=_detail(lot, asked, least),
        action=action,
        least=least,
        most=max(terms.retail, least),
        bid=lot.bid,
    )


def _detail(lot: LotState, asked: Asked, least: int) -> str:
    tr, amounts, times = asked.amounts.words.tr, asked.amounts, asked.times
    parts = []
    if lot.mine:
        parts.append(tr("Your lot."))
    if lot.stage is LotStage.OPEN and lot.gate_s is not None:
        parts.append(tr("Bids are sealed until {gate}.", gate=times.at(lot.gate_s)))
        if lot.bid is not None:
            parts.append(tr("You bid {price} a kWh. A new bid replaces it.", price=amounts.price(lot.bid)))
        elif not lot.mine:
            lock = amounts.money(lot_lock(lot.wh, asked.terms))
            parts.append(tr("Every bid locks {lock}, whatever it says.", lock=lock))
    elif lot.stage is LotStage.UNSOLD:
        parts.append(tr("Nobody bid {price} or more. Its energy can be offered by the quarter hour.",
                        price=amounts.price(least)))  # fmt: skip
    elif lot.stage is LotStage.VOID:
        parts.append(tr("The ledger stood still. What was locked came back."))
    elif lot.stage is LotStage.LOST and lot.bid is not None:
        parts.append(tr("You bid {price}; what was locked came back.", price=amounts.price(lot.bid)))
    elif lot.won and lot.price is not None:
        parts.append(tr("You pay {price} a kWh, {money} in all.", price=amounts.price(lot.price),
                        money=amounts.money(lot.wh * lot.price)))  # fmt: skip
    if lot.delivered_wh is not None and lot.delivered_wh < lot.wh:
        parts.append(tr("{missing} were not delivered.", missing=amounts.kwh(lot.wh - lot.delivered_wh)))
    if lot.checked is Checked.EQUAL:
        parts.append(tr("Recomputed on this computer: same winner, same price."))
    elif lot.checked is Checked.WRONG:
        parts.append(tr("Recomputed on this computer: it does not follow from the bids."))
    return " ".join(parts)

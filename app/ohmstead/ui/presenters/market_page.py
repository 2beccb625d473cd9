"""The Market page as a view model: which face it has, its one banner, its facts, and its parts put together.

Qt-free. Not here: the parts themselves (``market_offer``, ``market_orders``, ``market_prices``, ``market_lots``,
``market_wallet``, ``market_why``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.market.orders import Side
from ohmstead.services.market_states import Alarm, Checked, MarketState, OrderStage
from ohmstead.services.states import HomeState, LinkState
from ohmstead.ui.presenters.facts_age import Age, age_of
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_asked import Asked
from ohmstead.ui.presenters.market_data import MarketData
from ohmstead.ui.presenters.market_lots import present_lots
from ohmstead.ui.presenters.market_money import Amounts
from ohmstead.ui.presenters.market_offer import present_offer
from ohmstead.ui.presenters.market_orders import month_of, present_orders
from ohmstead.ui.presenters.market_prices import present_prices
from ohmstead.ui.presenters.market_times import MarketTimes
from ohmstead.ui.presenters.market_views import LineModel, MarketFace, MarketView, NoticeModel
from ohmstead.ui.presenters.market_wallet import present_wallet
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class Known:
    """All that the page knows. ``side`` and ``limit`` are the person's own choice, None for none."""

    state: MarketState | None = None
    data: MarketData | None = None
    home: HomeState = field(default_factory=HomeState)
    prices: Prices = field(default_factory=Prices)
    side: Side | None = None
    limit: int | None = None
    away: bool = False


def asked_of(known: Known, now_s: int, words: Wording) -> Asked | None:
    """What the parts of the page need; None while the page has another face."""
    state, data = known.state, known.data
    if state is None or data is None or state.rules is None or state.terms is None or data.zone is None:
        return None
    times = MarketTimes(data.zone, state.rules, now_s, words)
    amounts = Amounts.of(known.prices.currency, words)
    return Asked(state, data, known.prices, side_of(known), times, amounts, known.limit, away=known.away)


def side_of(known: Known) -> Side:
    """The side that is shown: what the person chose, else selling where the home sends anything out."""
    if known.side is not None:
        return known.side
    return Side.SELL if sells(known) else Side.BUY


def sells(known: Known) -> bool:
    """Whether there is anything to sell, or was."""
    state = known.state
    has_sold = state is not None and any(order.side is Side.SELL for order in state.orders)
    return has_sold or (known.data is not None and known.data.exports)


def present_market(known: Known, now_s: int, words: Wording) -> MarketView:
    """The page at a moment."""
    state, data = known.state, known.data
    if state is None or data is None:
        return MarketView(MarketFace.LOADING)
    if state.rules is None:
        return MarketView(MarketFace.NO_MARKET)
    asked = asked_of(known, now_s, words)
    if asked is None:
        return MarketView(MarketFace.EMPTY if data.zone is None else MarketFace.NO_MARKET)
    month = month_of(asked)
    return MarketView(
        MarketFace.FULL,
        side=asked.side,
        sides=sells(known),
        earned=f"{month.label} {asked.amounts.money(month.money_nano)}" if month is not None else "",
        compared=month.against if month is not None else "",
        notice=_notice(asked, known),
        hero=present_offer(asked),
        orders=present_orders(asked),
        prices=present_prices(asked),
        lots=present_lots(asked),
        wallet=present_wallet(asked),
        facts=_facts(asked, known),
    )


def _notice(asked: Asked, known: Known) -> NoticeModel | None:
    """The one thing that most needs to be said."""
    tr, state, times = asked.amounts.words.tr, asked.state, asked.times
    if state.alarms:
        return _alarm(state.alarms[0], asked)
    first_s = asked.rules.first_slot * SLOT_SECONDS
    if first_s > times.now_s:
        head = tr("The market opens on {date}", date=times.date(first_s))
        return NoticeModel("neutral", head, tr("Until then nothing can be offered or bought."))
    if state.account is not None and state.account.barred_until_s > times.now_s:
        return NoticeModel(
            "notice",
            tr("Your home is barred until {time}", time=times.at(state.account.barred_until_s)),
            tr("Sealed orders were not opened on three days in thirty. What you have stays yours."),
        )
    if state.account is None:
        return NoticeModel(
            "neutral",
            tr("Your home has no account on the ledger yet"),
            tr(
                "It is opened by itself as soon as your meter is in reach; then money can come in, see Wallet."
            ),
        )
    if known.home.link is LinkState.OFF:
        return NoticeModel("notice", tr("Bluetooth is off"), _waiting(asked))
    if known.away:
        return NoticeModel("notice", tr("Your meter is out of reach"), _waiting(asked))
    return None


def _waiting(asked: Asked) -> str:
    """What becomes of orders while there is no link."""
    words = asked.amounts.words
    kept = sum(order.stage is OrderStage.WAITING for order in asked.state.orders)
    as_of = words.tr("What is shown is as of {time}.", time=asked.times.at(asked.state.head_time_s))
    if not kept:
        going = words.tr("What the meter has already it goes on sending by itself.")
        return f"{going} {as_of}"
    waits = words.count(
        kept,
        "{n} order waits on this computer and goes to the meter by itself.",
        "{n} orders wait on this computer and go to the meter by themselves.",
    )
    return f"{waits} {as_of}"


def _alarm(alarm: Alarm, asked: Asked) -> NoticeModel:
    """A result that does not follow from its orders, or a balance that does not add up."""
    body = asked.amounts.words.tr(
        "Recomputed on this computer, it comes to something else: {reason}. The evidence shows it to anybody, "
        "without this program.", reason=alarm.reason,
    )  # fmt: skip
    head = alarm_head(alarm, asked)
    return NoticeModel("alarm", head, body, "evidence" if alarm.evidence else "", alarm)


def alarm_head(alarm: Alarm, asked: Asked) -> str:
    """What is wrong, without a full stop."""
    tr = asked.amounts.words.tr
    if isinstance(alarm.which, int):
        time = asked.times.moment(alarm.which)
        return tr("The price for {time} does not follow from the orders", time=time)
    if alarm.which:
        return tr("The price of a lot does not follow from the bids")
    return tr("Something in the market is not as the rule says")


def _facts(asked: Asked, known: Known) -> list[LineModel]:
    """Facts under the page, each of its own: as of when, recomputed, who keeps the ledger."""
    words, state = asked.amounts.words, asked.state
    lines = [_age(asked)]
    mine = [r for r in state.results if r.mine]
    equal = sum(r.checked is Checked.EQUAL for r in mine)
    wrong = sum(r.checked is Checked.WRONG for r in mine)
    if wrong:
        lines.append(LineModel("alarm", words.count(
            wrong, "{n} price is wrong, recomputed here", "{n} prices are wrong, recomputed here"
        )))  # fmt: skip
    elif mine and equal == len(mine):
        lines.append(LineModel("ok", words.count(
            equal, "Your {n} auction was recomputed here: same price",
            "Your {n} auctions were recomputed here: same prices",
        )))  # fmt: skip
    elif mine:
        lines.append(LineModel("neutral", words.tr(
            "{equal} of your {all} auctions recomputed here so far",
            equal=words.number(equal), all=words.number(len(mine)),
        )))  # fmt: skip
    facts = known.home.facts
    if facts is not None and facts.single_operator:
        lines.append(LineModel("neutral", words.tr(
            "Single operator: one party alone keeps this ledger, so nobody else saw when orders came"
        )))  # fmt: skip
    return lines


def _age(asked: Asked) -> LineModel:
    tr, head = asked.amounts.words.tr, asked.state.head_time_s
    age = age_of(head or None, asked.times.now_s)
    if age is Age.CURRENT:
        return LineModel("ok", tr("Verified to {time}, current", time=asked.times.at(head)))
    if age is Age.NONE:
        return LineModel("neutral", tr("Nothing verified yet"))
    return LineModel("notice", tr("Verified to {time}", time=asked.times.at(head)))

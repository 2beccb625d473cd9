"""The offer on top: what is suggested, what is refused before the click, what cannot be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.slots import SLOT_SECONDS
from ohmstead.forecast.outlook import Kind, Outlook, TooLittle
from ohmstead.market.orders import Order, Side, Step, admit
from ohmstead.services.market_states import Account, Mandate, MarketState, OrderStage
from ohmstead.services.states import HomeState, LinkState
from ohmstead.ui.presenters.home_views import Prices
from ohmstead.ui.presenters.market_data import MarketData
from ohmstead.ui.presenters.market_offer import own_prices, present_offer
from ohmstead.ui.presenters.market_page import Known, asked_of, present_market
from ohmstead.ui.presenters.market_plan import money_needed
from ohmstead.ui.presenters.market_views import HeroView, MarketFace
from tests.ui.market_street import NO_SKILL, TERMS, foreseen, outlook
from tests.ui.presenters.market_rig import NOON, STREET, TARIFF, WORDS, ZONE


def hero(state: MarketState | None = None, data: MarketData | None = None, **known: object) -> HeroView:
    state = state if state is not None else STREET.empty()
    data = data if data is not None else foreseen(STREET)
    asked = asked_of(replace(Known(state, data, prices=TARIFF), **known), NOON, WORDS)
    assert asked is not None
    return present_offer(asked)


def said(view: HeroView) -> str:
    return " ".join(line.words for line in view.notes)


def test_a_surplus_is_offered_in_one_sentence_and_one_question() -> None:
    view = hero()
    assert view.lead == "You will have about 3.2 kWh to spare tomorrow."
    assert view.ask == "Offer it from 10.3 ct, more at better prices?"
    assert view.plan is not None
    assert view.can_post
    assert view.plan.wh == 150 * 32
    assert (
        "One click offers up to 4.8 kWh in 32 quarter hours. What is almost certain asks for 10.3 ct"
        in said(view)
    )
    assert "what needs a good day for up to 24.4 ct" in said(view)


def test_the_forms_begin_with_the_cautious_amount_at_one_limit() -> None:
    view = hero()
    assert view.simple is not None
    # The band's 30 % edge of 50 … 100 Wh is 75 Wh, in each of 32 quarter hours.
    assert (view.simple.wh, view.simple.limit, view.simple.in_steps) == (75 * 32, 145_000, False)


def test_what_cannot_be_lost_and_what_can_is_said_with_the_households_own_prices() -> None:
    words = said(hero())
    assert "What nobody buys is paid feed-in, 7.9 ct, as today." in words
    assert "at most 19.7 ct a kWh" in words  # retail 30 less the lowest limit of 10.3
    assert "The ledger's reference: 8.0 ct and 30.0 ct." in words
    buyer = said(hero(side=Side.BUY))
    assert "What nobody sells you comes at retail, 31.4 ct, as today" in buyer
    assert "credited at feed-in, 7.9 ct" in buyer


def test_a_limit_that_is_worse_than_no_market_is_warned_of() -> None:
    asked = asked_of(Known(STREET.empty(), foreseen(STREET), prices=Prices(200_000, 129_000)), NOON, WORDS)
    assert asked is not None
    assert [line.tone for line in own_prices(asked, 100_000) if "could earn less" in line.words] == ["notice"]
    buyer = replace(asked, side=Side.BUY)
    assert [line.tone for line in own_prices(buyer, 250_000) if "could pay more" in line.words] == ["notice"]
    # What is suggested never is, whatever limit was chosen.
    for side in Side:
        for limit in (None, *asked.terms.band(side)):
            assert "could" not in said(hero(side=side, limit=limit, prices=asked.prices))


def test_without_own_prices_the_ledgers_are_named() -> None:
    assert "reckons with the ledger's reference" in said(hero(prices=Prices()))


def test_the_buyer_has_the_mirror_image() -> None:
    view = hero(side=Side.BUY)
    assert view.lead == "You will need about 6.4 kWh from the grid tomorrow."
    assert view.ask == "Buy it from neighbours up to 29.0 ct, more if cheaper?"
    assert view.action == "Bid for it"
    assert view.band is not None
    assert view.band.kind == "grid"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (outlook(Kind.SURPLUS, STREET, 0, reason=TooLittle.FEW_DAYS), "two weeks of readings"),
        (outlook(Kind.SURPLUS, STREET, 0, reason=TooLittle.STALE), "more than two days old"),
        (outlook(Kind.SURPLUS, STREET, 0, reason=TooLittle.MANY_GAPS), "no reading"),
        (outlook(Kind.SURPLUS, STREET, 0, reason=TooLittle.NO_HISTORY), "no readings"),
        (outlook(Kind.SURPLUS, STREET, 0, reason=TooLittle.NOTHING_MEASURED), "sent nothing out"),
        (outlook(Kind.SURPLUS, STREET, 100, NO_SKILL), "no better than repeating"),
        (outlook(Kind.SURPLUS, STREET, 100, None), "Too few days"),
    ],
)
def test_what_is_not_known_is_said_with_its_reason_and_nothing_is_suggested(
    data: Outlook, reason: str
) -> None:
    view = hero(data=foreseen(STREET, data))
    assert view.lead == "What you will have to spare cannot be told"
    assert reason in view.ask
    assert view.plan is None
    assert view.band is None
    assert view.can_act  # an amount can be typed


def test_nothing_to_spare_is_said_calmly() -> None:
    view = hero(data=foreseen(STREET, outlook(Kind.SURPLUS, STREET, 1)))
    assert (view.lead, view.plan) == ("Nothing to spare tomorrow", None)


def test_money_that_is_missing_is_a_sentence_before_the_click() -> None:
    view = hero(STREET.empty(account=Account(3_140_000_000, 0)))
    plan = hero().plan
    assert plan is not None
    needed = money_needed(plan, TERMS, STREET.rules)
    # Six orders at a time at 1.50 €, and of every step what lies between its limit and retail.
    steps = ((50, 103), (12, 126), (13, 150), (12, 173), (13, 197), (25, 220), (25, 244))
    assert needed == 6 * 1_500_000_000 + 32 * sum(wh * (300 - limit) * 1000 for wh, limit in steps)
    assert view.shortage == "Too little money: 6.50 € are missing. This needs 9.64 €, 3.14 € are free."
    assert not view.can_post


@given(free=st.integers(0, 20_000_000_000))
def test_a_click_is_offered_exactly_when_the_money_is_there(free: int) -> None:
    view = hero(STREET.empty(account=Account(free, 0)))
    assert view.plan is not None
    assert view.can_post == (free >= money_needed(view.plan, TERMS, STREET.rules))


@given(
    feed_in=st.integers(0, 200_000), gap=st.integers(0, 400_000), limit=st.none() | st.integers(0, 10**6),
    side=st.sampled_from(Side),
)  # fmt: skip
def test_whatever_is_suggested_the_ledger_admits(
    feed_in: int, gap: int, limit: int | None, side: Side
) -> None:
    view = hero(side=side, limit=limit, prices=Prices(feed_in + gap, feed_in))
    assert view.plan is not None
    assert len(view.plan.wants) == len({slot for slot, _ in view.plan.wants})
    for _, steps in view.plan.wants:
        admit(Order(side, steps), TERMS)


def test_what_stands_is_not_offered_again() -> None:
    first = ZONE.slots_of(STREET.today + 1).start + 36
    some = tuple(STREET.order(Side.SELL, first + n, OrderStage.HANDED) for n in range(4))
    view = hero(STREET.empty(orders=some))
    assert (view.plan, list(view.posted)) == (None, [order.key for order in some])
    assert view.posted_words.endswith("are offered at 14.0 ct or more.")
    stepped = tuple(replace(order, steps=(Step(30, 110_000), Step(20, 150_000))) for order in some)
    assert hero(STREET.empty(orders=stepped)).posted_words == "Up to 0.2 kWh are offered, from 11.0 ct up."
    bids = tuple(replace(order, side=Side.BUY, steps=order.steps[::-1]) for order in stepped)
    view = hero(STREET.empty(orders=bids), side=Side.BUY)
    assert view.posted_words == "Bids stand for up to 0.2 kWh, from 15.0 ct down."
    view = hero(STREET.empty(orders=some))
    # Those of today leave tomorrow's offer alone.
    today = tuple(STREET.order(Side.SELL, STREET.slot + n, OrderStage.SEALED) for n in range(3, 6))
    view = hero(STREET.empty(orders=today))
    assert view.plan is not None
    assert not view.posted
    # A standing instruction's orders are the meter's: they are left alone, and their slots too.
    view = hero(STREET.empty(orders=tuple(replace(order, standing=True) for order in some)))
    assert view.plan is not None
    assert len(view.plan.wants) == 28
    assert not view.posted


def test_what_a_home_may_not_do_is_said_once() -> None:
    viewer = hero(STREET.empty(can_trade=False))
    assert not viewer.can_act
    assert "may look, not act" in said(viewer)
    assert viewer.plan is not None
    assert not viewer.can_post
    barred = hero(STREET.empty(account=Account(10**12, 0, 0, NOON + 86_400)))
    assert "barred until" in barred.cannot
    assert "no account" in hero(STREET.empty(account=None)).cannot


@pytest.mark.parametrize(
    ("on_ledger", "days", "words", "on"),
    [
        (True, 30, "On the ledger, proven.", True),
        (False, 30, "it begins once the ledger has it", True),
        (True, -1, "Nothing is traded by itself any more.", False),
    ],
)
def test_a_standing_instruction_says_where_it_has_got_to(
    on_ledger: bool, days: int, words: str, on: bool
) -> None:
    mandate = Mandate(Side.SELL, 4_000, 120_000, NOON + days * 86_400, 8, on_ledger)
    view = hero(STREET.empty(mandate=mandate))
    assert words in view.standing
    assert view.standing_on == on


def test_without_a_link_the_offer_waits_and_says_so() -> None:
    assert "The meter is out of reach: the offer waits here" in said(hero(away=True))


# ---- the whole page -----------------------------------------------------------------------------


def test_every_face_of_the_page() -> None:
    assert present_market(Known(), NOON, WORDS).face is MarketFace.LOADING
    assert present_market(Known(MarketState(), foreseen(STREET)), NOON, WORDS).face is MarketFace.NO_MARKET
    no_zone = replace(foreseen(STREET), zone=None)
    assert present_market(Known(STREET.empty(), no_zone), NOON, WORDS).face is MarketFace.EMPTY
    assert present_market(Known(STREET.empty(), foreseen(STREET)), NOON, WORDS).face is MarketFace.FULL


def test_a_home_that_sends_nothing_out_sees_the_buyers_side_alone() -> None:
    view = present_market(Known(STREET.empty(), replace(foreseen(STREET), exports=False)), NOON, WORDS)
    assert (view.side, view.sides) == (Side.BUY, False)
    sold = STREET.empty(orders=(STREET.order(Side.SELL, STREET.slot - 9, OrderStage.PAID),))
    view = present_market(Known(sold, replace(foreseen(STREET), exports=False)), NOON, WORDS)
    assert view.sides  # what it sold once does not vanish


def test_a_lost_link_says_what_waits() -> None:
    waiting = tuple(STREET.order(Side.SELL, STREET.slot + n, OrderStage.WAITING) for n in (10, 11))
    state = STREET.empty(orders=waiting, head_time_s=NOON - 5_400)
    view = present_market(
        Known(state, foreseen(STREET), HomeState(LinkState.AWAY), TARIFF, away=True), NOON, WORDS
    )
    assert view.notice is not None
    assert view.notice.head == "Your meter is out of reach"
    assert "2 orders wait on this computer" in view.notice.body
    assert "as of 10:35" in view.notice.body
    assert view.facts[0].words == "Verified to 10:35"
    assert view.facts[0].tone == "notice"


def test_a_market_that_opens_later_offers_nothing_yet() -> None:
    rules = replace(STREET.rules, first_slot=STREET.slot + 30 * 96)
    view = present_market(Known(STREET.empty(rules=rules), foreseen(STREET)), NOON, WORDS)
    assert view.notice is not None
    assert view.notice.head.startswith("The market opens on")
    assert view.hero is not None
    assert view.hero.plan is None
    assert rules.first_slot * SLOT_SECONDS > NOON

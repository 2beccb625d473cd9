"""Notices of the market: one sum a day, when it is final; a wrong clearing at once; nothing twice, ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.market.orders import Side
from ohmstead.services.market_states import Account, Alarm, MarketState, OrderStage, OrderState
from ohmstead.settings.schema import Notices
from ohmstead.ui.presenters.market_notices import MarketTold, MarketWatch
from ohmstead.ui.presenters.notices import Notice, NoticeKind
from tests.ui.market_street import Street
from tests.ui.presenters.market_rig import NOON, STREET, TARIFF, WORDS, ZONE

ALARM = Alarm("price", "stated 131000, computed 155000", STREET.slot - 4, "1")
YESTERDAY = ZONE.slots_of(STREET.today - 1)


class Heard:
    """A watch with a clock."""

    def __init__(self, told: MarketTold = MarketTold(), wanted: Notices = Notices()) -> None:  # noqa: B008
        self.watch, self.wanted, self.now = MarketWatch("Orchard Lane 4", told), wanted, NOON

    def __call__(self, state: MarketState | None) -> list[Notice]:
        return list(self.watch.hear(state, ZONE, TARIFF, self.wanted, self.now, WORDS))

    def again(self) -> Heard:
        """After a restart, with what was remembered."""
        other = Heard(self.watch.told, self.wanted)
        other.now = self.now
        return other


def orders(side: Side = Side.SELL, day: range = YESTERDAY, many: int = 8) -> tuple[OrderState, ...]:
    return tuple(STREET.order(side, day.start + 44 + n, OrderStage.PAID) for n in range(many))


def state(*of: OrderState, **more: object) -> MarketState:
    return STREET.empty(orders=of, **more)


def test_a_day_is_summed_once_and_never_again_after_a_restart() -> None:
    heard = Heard()
    (notice,) = heard(state(*orders()))
    sold = sum(o.delivered_wh or 0 for o in orders())
    assert notice.kind is NoticeKind.MARKET
    assert notice.kind.value == "market"
    assert notice.head == f"Orchard Lane 4: sold {sold / 1000:.1f} kWh yesterday"
    mean = sum(o.money_nano for o in orders()) / sold / 10_000
    assert notice.words.startswith(f"Sold {sold / 1000:.1f} kWh at {mean:.1f} ct: ")
    assert notice.words.endswith(" more than feed-in alone.")
    assert heard(state(*orders())) == []
    assert heard.again()(state(*orders())) == []
    heard.now += 86_400
    assert heard(state(*orders(), head_time_s=heard.now)) == []


def test_both_sides_are_one_notice() -> None:
    (notice,) = Heard()(state(*orders(), *orders(Side.BUY, many=4)))
    assert " sold " in notice.head
    assert "Bought " in notice.words
    (bought,) = Heard()(state(*orders(Side.BUY)))
    assert " bought " in bought.head
    assert "retail alone" in bought.words


def test_nobody_is_woken_for_it() -> None:
    heard = Heard()
    heard.now = ZONE.slots_of(STREET.today).start * 900 + 7 * 3600 - 1
    assert heard(state(*orders(), head_time_s=heard.now)) == []
    heard.now += 1
    assert len(heard(state(*orders(), head_time_s=heard.now))) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"account": Account(20_000_000_000, 0, complete=False)},
        {"account": None},
        {"head_time_s": ZONE.slots_of(STREET.today).start * 900 - 1},
        {"orders": (*orders(), STREET.order(Side.SELL, YESTERDAY.start + 70, OrderStage.CLEARED))},
        {"orders": (*orders(), STREET.order(Side.SELL, YESTERDAY.start + 70, OrderStage.SEALED))},
        {"orders": orders(day=ZONE.slots_of(STREET.today))},
        {
            "orders": (
                STREET.order(Side.SELL, YESTERDAY.start + 70, OrderStage.PAID, fill_wh=0, delivered_wh=0),
            )
        },
        {"orders": ()},
        {"rules": None},
    ],
)
def test_nothing_is_said_before_it_is_final(more: dict[str, object]) -> None:
    heard = Heard()
    assert heard(replace(state(*orders()), **more)) == []
    assert heard.watch.told == MarketTold()
    assert len(heard(state(*orders()))) == 1


def test_a_wrong_clearing_is_told_at_once_and_once() -> None:
    heard = Heard()
    (notice,) = heard(state(alarms=(ALARM,)))
    assert notice.head == "Orchard Lane 4: The price for 11:00 does not follow from the orders"
    assert notice.words == "Recomputed on this computer, it comes to something else. The evidence is kept."
    assert heard(state(alarms=(ALARM,))) == []
    assert heard.again()(state(alarms=(ALARM,))) == []
    two = (replace(ALARM, evidence="3", which=bytes(16)), replace(ALARM, evidence="2"), ALARM)
    (more,) = heard(state(alarms=two))
    assert more.head == "Orchard Lane 4: The price of a lot does not follow from the bids"
    assert more.words.endswith("So does 1 other result.")
    assert heard(state()) == []
    assert heard(state(alarms=two)) == []


def test_a_market_file_that_was_made_anew_tells_anew() -> None:
    heard = Heard(MarketTold(alarm=9))
    assert heard(state()) == []
    assert len(heard(state(alarms=(ALARM,)))) == 1


def test_what_is_not_wanted_is_not_told_later_either() -> None:
    heard = Heard(wanted=Notices(market=False, not_in_order=False))
    assert heard(state(*orders(), alarms=(ALARM,))) == []
    heard.wanted = Notices()
    assert heard(state(*orders(), alarms=(ALARM,))) == []
    assert [n.words.startswith("Recomputed") for n in Heard(wanted=Notices(market=False))(
        state(*orders(), alarms=(ALARM,))
    )] == [True]  # fmt: skip


def test_nothing_is_known_yet() -> None:
    assert Heard()(None) == []
    assert Heard()(MarketState()) == []
    watch = MarketWatch("Orchard Lane 4", MarketTold())
    assert list(watch.hear(state(*orders()), None, TARIFF, Notices(), NOON, WORDS)) == []


STEPS = st.lists(
    st.tuples(st.integers(0, 40 * 3600), st.sampled_from(list(OrderStage)), st.integers(0, 3), st.booleans()),
    max_size=14,
)


@given(steps=STEPS)
def test_at_most_one_sum_a_day_and_no_alarm_twice(
    steps: list[tuple[int, OrderStage, int, bool]],
) -> None:
    heard, days, alarms, kept = Heard(), [], 0, 0
    for later, stage, many, restart in steps:
        heard = heard.again() if restart else heard
        heard.now += later
        kept = max(kept, many)  # what is wrong stays wrong
        street = Street(ZONE, heard.now)
        mine = tuple(street.order(Side.SELL, street.slot - 60 + 4 * n, stage) for n in range(15))
        wrong = tuple(replace(ALARM, evidence=f"{n}") for n in range(kept, 0, -1))
        for notice in heard(street.empty(orders=mine, alarms=wrong)):
            if notice.words.startswith("Recomputed"):
                alarms += 1
            else:
                days.append(street.today)
    assert len(days) == len(set(days))
    assert alarms <= 3

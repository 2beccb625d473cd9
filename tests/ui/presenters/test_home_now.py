"""Home's live part: what is heard is shown with its age, what cannot be is not shown, one banner at most."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohmstead.core.intervals import Channel
from ohmstead.services.events import LinkState, PowerNow
from ohmstead.services.session import HomeState
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.store.records import Finding
from ohmstead.ui.presenters.facts import FactState
from ohmstead.ui.presenters.facts_trouble import trouble_of
from ohmstead.ui.presenters.home_data import HomeData, HomeRequest
from ohmstead.ui.presenters.home_now import FRESH_S, Live, flow_of, mean_watts, present_now
from ohmstead.ui.presenters.home_trouble import standing_trouble
from ohmstead.ui.presenters.home_views import NowView
from tests.ui.plain_words import PlainWords
from tests.ui.presenters.test_facts import FACTS, NOON, ZONE

WORDS = PlainWords()


def power(bought: int = 0, sold: int = 0, made: int | None = None, at: int = NOON) -> PowerNow:
    watts = [(Channel.IMPORT, bought), (Channel.EXPORT, sold)]
    return PowerNow(at, tuple(watts if made is None else [*watts, (Channel.GENERATION, made)]))


def state(link: LinkState = LinkState.CONNECTED, heard: PowerNow | None = None, **more: object) -> HomeState:
    return replace(HomeState(link, FACTS, ZONE, "", heard), **more)


def live(*states: tuple[HomeState, int]) -> Live:
    found = Live(last_slot=NOON // 900 - 1, last_w=420)
    for posted, at in states:
        found = found.after(posted, at)
    return found


def shown(found: Live, now_s: int = NOON) -> NowView:
    return present_now(found, None, now_s, WORDS)


@pytest.mark.parametrize(
    ("heard", "value", "direction"),
    [
        (power(sold=380, made=1150), "0.38", "going out to the grid"),
        (power(bought=2130, made=0), "2.13", "coming from the grid"),
        (power(bought=1200, sold=200), "1.00", "coming from the grid"),
        (power(bought=3), "0.00", "nothing comes in, nothing goes out"),
    ],
)
def test_power_now_with_its_direction(heard: PowerNow, value: str, direction: str) -> None:
    found = shown(live((state(heard=heard), NOON)))
    assert (found.label, found.value, found.unit, found.direction) == ("Now", value, "kW", direction)
    assert (found.stale, found.banner) == (False, None)
    assert found.reading == "Last reading just now"


def test_where_it_flows() -> None:
    flow = flow_of(power(sold=380, made=1150), WORDS)
    assert flow is not None
    assert (flow.sun_kw, flow.house_kw, flow.grid_kw) == (1.15, 0.77, -0.38)
    assert (flow.sun_value, flow.house_words, flow.grid_value) == ("1.15 kW", "House 0.77 kW", "0.38 kW")


def test_only_what_the_meter_has() -> None:
    plain = flow_of(power(bought=400), WORDS)
    assert plain is not None
    assert (plain.sun_kw, plain.house_kw) == (None, 0.4)
    selling = flow_of(power(sold=400), WORDS)  # something makes power, the meter does not say what
    assert selling is not None
    assert (selling.house_kw, selling.house_words) == (None, "House")


@given(st.integers(0, 2**62), st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_power_that_no_home_has_is_not_shown(bought: int, sold: int, made: int) -> None:
    heard = power(bought, sold, made)
    found = shown(live((state(heard=heard), NOON)))
    if max(bought, sold, made) > 1_000_000:
        assert (found.value, found.flow) == ("–", None)
    else:
        assert len(found.value) <= 8
        assert found.flow is not None


def test_nothing_heard_is_no_zero() -> None:
    found = shown(live((state(heard=PowerNow(NOON, ())), NOON)))
    assert (found.value, found.unit) == ("–", "")


def test_an_old_value_is_grey_and_says_of_when() -> None:
    heard = live((state(heard=power(sold=380, made=1150)), NOON))
    assert not shown(heard, NOON + FRESH_S).stale
    old = shown(heard, NOON + FRESH_S + 1)
    assert (old.label, old.value, old.direction) == ("At 12:00", "0.38", "was going out to the grid")
    assert (old.stale, old.flow, old.reading_late) == (True, None, True)
    assert old.reading == "Last reading 12:00, 31 s ago"


def test_a_lost_link_keeps_the_last_value_through_every_search() -> None:
    heard = live((state(heard=power(sold=860, made=900)), NOON))
    later = NOON + 97 * 60
    for link in (LinkState.AWAY, LinkState.SEARCHING, LinkState.AWAY):
        heard = heard.after(state(link, heard.state.power), later)
        found = shown(heard, later)
        assert (found.label, found.value) == ("At 12:00", "0.86")
        assert found.banner is not None
        assert found.banner.head == "Your meter is out of reach"
        assert "Readings up to 12:00 are here and checked." in found.banner.body
        assert found.banner.action == "search"
    assert found.reading == "Last reading 12:00, 1 h 37 min ago"
    back = heard.after(state(heard=power(bought=100)), later)
    assert shown(back, later).banner is None


def test_without_any_value_the_last_quarter_hour_stands_in() -> None:
    found = shown(live((state(LinkState.AWAY), NOON)))
    assert (found.label, found.value) == ("Quarter hour to 12:00", "0.42")
    assert found.direction == "came from the grid on average"
    assert (mean_watts(105, 0), mean_watts(0, 95)) == (420, -380)


def test_before_anything_is_known() -> None:
    for known in (
        Live(),
        Live().after(HomeState(), NOON),
        Live().after(HomeState(LinkState.SEARCHING), NOON),
    ):
        found = present_now(known, None, NOON, WORDS)
        assert (found.value, found.direction) == ("–", "nothing heard yet")
        assert (found.reading, found.banner) == ("Looking for your meter", None)
        assert [f.state for f in found.facts] == [FactState.UNKNOWN] * 4


def test_a_resting_radio_is_no_lost_meter() -> None:
    heard = live((state(heard=power(bought=1)), NOON), (state(LinkState.STOPPED), NOON + 60))
    assert shown(heard, NOON + 60).banner is None
    lost = live((state(LinkState.AWAY), NOON), (state(LinkState.STOPPED), NOON + 60))
    assert shown(lost, NOON + 60).banner is not None


def test_a_meters_clock_is_measured_when_it_is_heard() -> None:
    found = shown(live((state(heard=power(bought=1, at=NOON + 720)), NOON)))
    assert found.facts[3].detail == "meter's clock 12 min ahead"
    # The same value posted again with another event is not heard again.
    heard = power(bought=1)
    twice = live((state(heard=heard), NOON), (state(heard=heard, paused=True), NOON + 20))
    assert (twice.heard_s, twice.off_s) == (NOON, 0)


@pytest.mark.parametrize(
    ("change", "head"),
    [
        ({"link": LinkState.OFF}, "Bluetooth is off"),
        (
            {"facts": replace(FACTS, head_time_s=NOON - 30 * 3600)},
            "Nothing newer than yesterday, 06:00 has come",
        ),
        ({"facts": replace(FACTS, head_time_s=NOON + 60)}, "This computer's clock is behind the ledger's"),
    ],
)
def test_one_banner_for_each_state(change: dict[str, object], head: str) -> None:
    found = shown(live((state(heard=power(bought=1), **change), NOON)))
    assert found.banner is not None
    assert found.banner.head == head


def test_a_day_without_anything_newer_has_two_explanations() -> None:
    old = state(heard=power(bought=1), facts=replace(FACTS, head_time_s=NOON - 30 * 3600))
    banner = shown(live((old, NOON))).banner
    assert banner is not None
    assert "ledger has stopped" in banner.body
    assert "holds back" in banner.body


def test_a_refusal_comes_before_everything_else() -> None:
    trouble = trouble_of("page 16092", "", WORDS)
    found = present_now(live((state(LinkState.AWAY), NOON)), trouble, NOON, WORDS)
    assert found.banner is not None
    assert (found.banner.tone, found.banner.head) == (
        "alarm",
        "Page 16\u202f092 was changed after it was signed",
    )
    assert found.facts[0].state is FactState.ALARM


# ---- what stands ------------------------------------------------------------------------------


def kept(**more: object) -> HomeData:
    return replace(HomeData(HomeRequest(NOON, 1)), **more)


def finding(kind: str, subject: str) -> Finding:
    return Finding(1, kind, subject, "", NOON, b"")


def test_what_a_sync_refused_stands_until_a_sync_verifies() -> None:
    data = kept(findings=(finding("NotEnoughPower", "header 9"),))
    now = standing_trouble(live((state(refused="header 9"), NOON)), data, WORDS)
    assert now is not None
    assert "not signed by enough" in now.head  # the kept finding says what it was
    assert standing_trouble(live((state(), NOON)), data, WORDS) is None


def test_what_no_sync_can_cure_stands() -> None:
    sealed = kept(findings=(finding("PageAltered", "page 7"),))
    assert standing_trouble(live((state(), NOON)), sealed, WORDS) is not None
    both = kept(findings=(finding("Divergence", "header 9"),), divergences=1)
    found = standing_trouble(live((state(), NOON)), both, WORDS)
    assert found is not None
    assert found.two_histories


def test_a_witness_with_another_history_is_heard() -> None:
    seen = WitnessSeen("https://w", WitnessWord.TWO_HISTORIES, 9, NOON)
    found = standing_trouble(live((state(), NOON)).witnessed(seen), None, WORDS)
    assert found is not None
    assert found.two_histories
    same = live((state(), NOON)).witnessed(WitnessSeen("https://w", WitnessWord.SAME, 9, NOON - 60))
    assert same.cross_checked_s == NOON - 60
    assert standing_trouble(same, None, WORDS) is None
    assert same.witnessed(None).cross_checked_s is None

"""Home's live part: power now and where it flows, how old the last reading is, the one banner. Qt-free.

What a meter says of its power is not proven, only heard over the private link; it is shown with its age, grey
as soon as it is old. Here: words and numbers from the newest ``HomeState``. Not here: when to repaint (the page).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ohmstead.core.intervals import Channel
from ohmstead.core.slots import SLOT_SECONDS, slot_at
from ohmstead.services.states import HomeState, LinkState, PowerNow
from ohmstead.services.witness import WitnessSeen, WitnessWord
from ohmstead.ui.presenters.facts import Known, fact_lines
from ohmstead.ui.presenters.facts_age import Age, Moments, age_of, span_words
from ohmstead.ui.presenters.facts_trouble import Trouble
from ohmstead.ui.presenters.home_views import BannerModel, FlowModel, NowView
from ohmstead.ui.presenters.wording import Wording

FRESH_S = 30  # a live value older than this is no longer *now*
MAX_POWER_W = 1_000_000  # no home draws a megawatt: such a value is not shown as one
NOTHING_W = 5
JUST_S = 3


@dataclass(frozen=True, slots=True)
class Live:
    """What was heard last, and when by this computer's clock. ``off_s``: the meter's clock ahead of it then.

    ``settled`` is the last state of the link that was no search and no rest: a search after a lost link changes
    nothing on the page. ``last_slot`` and ``last_w`` are the newest proven quarter hour and its mean power from
    the grid (negative: to it), for when nothing was heard.
    """

    state: HomeState = field(default_factory=HomeState)
    settled: LinkState = LinkState.SEARCHING
    power: PowerNow | None = None
    heard_s: int = 0
    off_s: int | None = None
    cross_checked_s: int | None = None
    two_histories: bool = False
    last_slot: int | None = None
    last_w: int | None = None

    def after(self, state: HomeState, now_s: int) -> Live:
        """What is known after another state was posted."""
        settled = self.settled
        if state.link is LinkState.STOPPED and settled is LinkState.CONNECTED:
            settled = LinkState.SEARCHING  # the radio rests: the meter is neither heard nor lost
        elif state.link not in (LinkState.SEARCHING, LinkState.STOPPED):
            settled = state.link
        power, heard_s, off_s = self.power, self.heard_s, self.off_s
        if state.power is not None and state.power is not self.power:
            power, heard_s, off_s = state.power, now_s, state.power.time_s - now_s
        return replace(self, state=state, settled=settled, power=power, heard_s=heard_s, off_s=off_s)

    def witnessed(self, seen: WitnessSeen | None) -> Live:
        """What is known after an outside witness was asked; None when there is none any more."""
        if seen is None:
            return replace(self, cross_checked_s=None, two_histories=False)
        if seen.word is WitnessWord.SAME:
            return replace(self, cross_checked_s=seen.at_s)
        if seen.word is WitnessWord.TWO_HISTORIES:
            return replace(self, two_histories=True)
        return self

    @property
    def away(self) -> bool:
        """Whether the meter cannot be heard."""
        return self.settled in (LinkState.AWAY, LinkState.OFF)


def present_now(live: Live, trouble: Trouble | None, now_s: int, words: Wording) -> NowView:
    """The live part at a moment."""
    state = live.state
    age = now_s - live.heard_s if live.power is not None else None
    fresh = age is not None and age <= FRESH_S and not live.away
    banner = _banner(live, trouble, now_s, words)
    label, value, direction = _figure(live, fresh, now_s, words)
    reading, late = _reading(live, fresh, now_s, words)
    flow = flow_of(live.power, words) if live.power is not None and fresh else None
    known = Known(
        state.facts, state.zone, now_s, trouble, live.off_s if fresh else None, live.cross_checked_s
    )
    return NowView(
        label=label,
        value=value,
        unit="kW" if value != _DASH else "",
        direction=direction,
        stale=not fresh,
        reading=reading,
        reading_late=late,
        flow=flow,
        banner=banner,
        facts=fact_lines(known, words),
    )


_DASH = "–"


def _net_w(power: PowerNow) -> int | None:
    """Watts from the grid (negative: to it); None where the meter says nothing that can be."""
    watts = dict(power.watts)
    if Channel.IMPORT not in watts or any(w > MAX_POWER_W for w in watts.values()):
        return None
    return watts[Channel.IMPORT] - watts.get(Channel.EXPORT, 0)


def _figure(live: Live, fresh: bool, now_s: int, words: Wording) -> tuple[str, str, str]:
    """(label, value, direction) of the hero figure."""
    tr, zone = words.tr, live.state.zone
    net = _net_w(live.power) if live.power is not None else None
    if live.power is not None and net is None:
        return tr("Now"), _DASH, tr("the meter sends no power that can be")
    if net is not None and fresh:
        return tr("Now"), _kw(net, words), _going(net, words)
    if net is not None and zone is not None:
        at, heard = Moments(zone, now_s, words), live.heard_s
        head = at.moment(heard)
        if zone.day_of(slot_at(heard)) == zone.day_of(slot_at(now_s)):
            head = tr("At {time}", time=head)
        return head[:1].upper() + head[1:], _kw(net, words), _went(net, words)
    if live.last_w is not None and live.last_slot is not None and zone is not None:
        at = Moments(zone, now_s, words)
        end = at.moment((live.last_slot + 1) * SLOT_SECONDS)
        head = tr("Quarter hour to {time}", time=end)
        return head, _kw(live.last_w, words), _average(live.last_w, words)
    return tr("Now"), _DASH, tr("nothing heard yet")


def _kw(watts: int, words: Wording) -> str:
    return words.number(abs(watts) / 1000, 2)


def _going(net: int, words: Wording) -> str:
    if abs(net) < NOTHING_W:
        return words.tr("nothing comes in, nothing goes out")
    return words.tr("coming from the grid") if net > 0 else words.tr("going out to the grid")


def _went(net: int, words: Wording) -> str:
    if abs(net) < NOTHING_W:
        return words.tr("nothing came in, nothing went out")
    return words.tr("was coming from the grid") if net > 0 else words.tr("was going out to the grid")


def _average(net: int, words: Wording) -> str:
    if abs(net) < NOTHING_W:
        return words.tr("nothing came in, nothing went out")
    if net > 0:
        return words.tr("came from the grid on average")
    return words.tr("went out to the grid on average")


def _reading(live: Live, fresh: bool, now_s: int, words: Wording) -> tuple[str, bool]:
    """*Last reading 4 s ago*, and whether that is late."""
    tr, zone = words.tr, live.state.zone
    if live.power is not None and fresh and now_s - live.heard_s < JUST_S:
        return tr("Last reading just now"), False
    if live.power is not None and fresh:
        return tr("Last reading {span} ago", span=span_words(now_s - live.heard_s, words)), False
    last_s = live.heard_s if live.power is not None else None
    if last_s is None and live.last_slot is not None:
        last_s = (live.last_slot + 1) * SLOT_SECONDS
    if last_s is None or zone is None:
        return (tr("Looking for your meter") if live.settled is LinkState.SEARCHING else ""), False
    at = Moments(zone, now_s, words)
    time, span = at.moment(last_s), span_words(now_s - last_s, words)
    late = live.away or live.power is not None
    return tr("Last reading {time}, {span} ago", time=time, span=span), late


def _banner(live: Live, trouble: Trouble | None, now_s: int, words: Wording) -> BannerModel | None:
    """The one thing that most needs to be said."""
    tr, facts = words.tr, live.state.facts
    if trouble is not None:
        return BannerModel("alarm", trouble.head, trouble.body, "ledger", tr("Show the Ledger"))
    if live.settled is LinkState.OFF:
        body = tr("Turn it on in this computer's settings. {kept}", kept=_kept(live, now_s, words))
        return BannerModel("notice", tr("Bluetooth is off"), body.strip())
    if live.settled is LinkState.AWAY:
        body = tr(
            "{kept} What it measures meanwhile stays in the meter and comes over by itself.",
            kept=_kept(live, now_s, words),
        )
        return BannerModel(
            "notice", tr("Your meter is out of reach"), body.strip(), "search", tr("Look for it now")
        )
    if facts is not None and live.state.zone is not None:
        age = age_of(facts.head_time_s, now_s)
        since = Moments(live.state.zone, now_s, words).moment(facts.head_time_s)
        if age is Age.DAYS:
            return BannerModel(
                "notice",
                tr("Nothing newer than {time} has come", time=since),
                tr("Either the ledger has stopped, or something on the way holds back what is newer."),
                "ledger",
                tr("Show the Ledger"),
            )
        if age is Age.FUTURE:
            return BannerModel(
                "notice",
                tr("This computer's clock is behind the ledger's"),
                tr("Ages on this page are wrong until the clock is right."),
            )
    return None


def _kept(live: Live, now_s: int, words: Wording) -> str:
    """What is here although the meter is not: heard to, proven to."""
    zone, proven = live.state.zone, live.state.verified_to_slot
    if zone is None:
        return ""
    at = Moments(zone, now_s, words)
    if proven is None:
        if live.last_slot is None:
            return ""
        end = at.moment((live.last_slot + 1) * SLOT_SECONDS)
        return words.tr("Readings up to {time} are here.", time=end)
    return words.tr(
        "Readings up to {time} are here and checked.", time=at.moment((proven + 1) * SLOT_SECONDS)
    )


def flow_of(power: PowerNow, words: Wording) -> FlowModel | None:
    """Where power flows now; only what the meter has. None where it says nothing that can be."""
    net = _net_w(power)
    if net is None:
        return None
    tr, watts = words.tr, dict(power.watts)
    made = watts.get(Channel.GENERATION)
    sold_possible = watts.get(Channel.EXPORT, 0) > 0
    house = net if made is None else net + made
    known = house >= 0 and not (made is None and sold_possible)

    def kw(value: int) -> str:
        return tr("{n} kW", n=words.number(abs(value) / 1000, 2))

    house_words = tr("House {power}", power=kw(house)) if known else tr("House")
    parts = [house_words, f"{_going(net, words)} {kw(net)}"]
    if made is not None:
        parts.insert(0, tr("Sun {power}", power=kw(made)))
    return FlowModel(
        grid_kw=net / 1000,
        sun_kw=made / 1000 if made is not None else None,
        house_kw=house / 1000 if known else None,
        sun_words=tr("Sun"),
        house_words=house_words,
        grid_words=tr("Grid"),
        sun_value=kw(made) if made is not None else "",
        grid_value=kw(net),
        spoken=", ".join(parts),
    )


def mean_watts(import_wh: int, export_wh: int) -> int:
    """Mean power of a quarter hour in watts: from the grid positive."""
    return (import_wh - export_wh) * 3600 // SLOT_SECONDS

"""A month of the market for the real solar home among 40 simulated ones: what its forecast is worth in money.

The home of ``resources/demo`` (roof ×3, as its README scales it for a livelier demonstration) trades through the
real contract with real signatures, a block every three minutes. Every evening at 18:00 of its clock it takes what
``forecast.suggest`` says of the next day, surplus and need alike; where a slot has both, the larger is its order.
Its meter states what was really exported. Three households have the same readings and trade side by side:

- ``plain``: the suggestion at the usual caution (30 %), ask at feed-in, bid at retail: any price will do.
- ``worthwhile``: the same amounts, at the limit from which on that caution pays (``suggest.worthwhile_percent``).
- ``stepped``: seven cautions from 10 to 70 %, each step at the limit from which on it pays: the page's rule.

The neighbours are ``village.traders``; their sun knows no seasons, so that a winter's supply is flattered. Two
months side by side: the one of most export of October to March, and June.

``earned`` is what the surplus brought, delivered at the market's price, the rest at feed-in, less what shortfalls
cost (retail less price); ``spent`` what the need cost, fees and unused fills counted. Money is also taken from
the ledger itself: ``ok`` says that both agree, that invariant 0 held every day, and that nobody forfeited. Losses
are pinball, Wh a slot, over the month's days as in the benchmark ``forecast``.
"""

from __future__ import annotations

import time
import warnings
from calendar import monthrange
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from ohmstead.contract.accounts import Account
from ohmstead.contract.invariants import check_money
from ohmstead.contract.machine import BlockOutcome
from ohmstead.contract.market_sales import Sale
from ohmstead.contract.overlay import ACCOUNT
from ohmstead.contract.results import FILLED, SETTLED, Result
from ohmstead.core.codec import CodecError
from ohmstead.core.slots import SLOT_SECONDS, ZoneTable
from ohmstead.forecast.history import History
from ohmstead.forecast.outlook import Kind, forecast
from ohmstead.forecast.quantiles import Floats
from ohmstead.forecast.suggest import STEP_PERCENTS, Caution, pays_from, suggest
from ohmstead.market.orders import Order, Side, Step, Terms
from ohmstead.meter.sources.choose import demonstration
from ohmstead.system.zones import build_table
from ohmstead.village.consortium import FEED_IN, MARKET_FEE, RETAIL
from ohmstead.village.traders import Margin, Strategy, VillageHome, homes_of, net_wh, order_of
from tests.bench._market import MONEY_NANO, Ledger, walk
from tests.bench.forecast import MADE_AT, SYDNEY, home, naive, pinball

NEIGHBOURS, SEED, ROOF = 40, 1, 3
STYLES = ("plain", "worthwhile", "stepped")
SUMMER = tuple((2011 + (month < 7), month) for month in (10, 11, 12, 1, 2, 3))
WINTER = (2012, 6)
_EPOCH = date(1970, 1, 1)
_NANO = 1e9

#: What is suggested for a slot at each caution, percent -> Wh.
Amounts = dict[int, int]


@dataclass
class Evenings:
    """What the real home expects, made once a day for all that trade with it; and its forecasts' losses."""

    history: History
    zone: ZoneTable
    most_wh: int
    suggested: dict[int, dict[Side, Amounts]] = field(default_factory=dict)
    losses: dict[str, list[dict[str, Floats]]] = field(default_factory=lambda: {"surplus": [], "need": []})

    def of_slot(self, slot: int) -> dict[Side, Amounts]:
        """What was suggested for a slot the evening before."""
        if slot not in self.suggested:
            self._plan(self.zone.day_of(slot))
        return self.suggested[slot]

    def _plan(self, day: int) -> None:
        now = self.zone.slots_of(day - 1).start + MADE_AT
        made = forecast(self.history, now, self.zone, SYDNEY)
        slots, first = self.zone.slots_of(day), self.history.first_slot
        for slot in slots:
            self.suggested[slot] = {side: dict.fromkeys(STEP_PERCENTS, 0) for side in Side}
        for side, name, outlook, raw in (
            (Side.SELL, "surplus", made.surplus, self.history.export_wh),
            (Side.BUY, "need", made.need, self.history.import_wh),
        ):
            for percent in STEP_PERCENTS:
                for offer in suggest(outlook, day, percent, most_wh=self.most_wh).offers:
                    self.suggested[offer.slot][side][percent] = offer.wh
            index = np.arange(slots.start, slots.stop) - first
            amounts = np.where(self.history.ok, raw, np.nan)
            band = np.array([[s.low_wh, s.mid_wh, s.high_wh] for s in outlook.of_day(day)], np.float64).T
            bands = {"forecast": band} | naive(amounts, index, now - first)
            self.losses[name].append({n: pinball(amounts[index], b) for n, b in bands.items()})

    def loss(self, name: str) -> dict[str, float]:
        """Mean loss by forecast on the same slots, Wh."""
        days = self.losses[name]
        table = {n: np.concatenate([day[n] for day in days]) for n in days[0]}
        common = ~np.isnan(sum(table.values()))
        return {n: round(float(values[common].mean()), 2) for n, values in table.items()}

    def measured(self, slot: int) -> tuple[int, int]:
        """(import, export) of a slot, Wh."""
        at = slot - self.history.first_slot
        return int(self.history.import_wh[at]), int(self.history.export_wh[at])


@dataclass
class Trader:
    """One way to trade with what is expected: its orders by slot, and what became of them."""

    style: str
    evenings: Evenings
    orders: dict[int, Order] = field(default_factory=dict)
    filled: dict[int, Result] = field(default_factory=dict)
    settled: dict[int, Result] = field(default_factory=dict)

    def order(self, slot: int, terms: Terms) -> Order:
        """Its order for a slot."""
        found, usual = self.evenings.of_slot(slot), int(Caution.MODERATE)
        side = Side.SELL if found[Side.SELL][usual] > found[Side.BUY][usual] else Side.BUY
        kind = Kind.SURPLUS if side is Side.SELL else Kind.NEED
        low, high = terms.band(side)
        any_price = low if side is Side.SELL else high
        steps, offered = list[Step](), 0
        for percent in STEP_PERCENTS if self.style == "stepped" else (usual,):
            limit = any_price if self.style == "plain" else pays_from(kind, percent, FEED_IN, RETAIL)
            wh = found[side][percent] - offered
            if wh > 0 and low <= limit <= high:
                steps.append(Step(wh, limit))
                offered += wh
        self.orders[slot] = Order(side, tuple(steps))
        return self.orders[slot]

    def heard(self, leaf: bytes) -> None:
        """A leaf of its household log."""
        try:
            result = Result.from_bytes(leaf)
        except CodecError:
            return
        kept = {FILLED: self.filled, SETTLED: self.settled}.get(result.outcome)
        if kept is not None and isinstance(result.which, int):
            kept[result.which] = result


@dataclass
class Books:
    """The home's money over slots, nano; energy Wh."""

    exported: int = 0
    imported: int = 0
    sold: int = 0
    short: int = 0
    shortfalls: int = 0
    short_cost: int = 0
    bought: int = 0
    unused: int = 0
    fees: int = 0
    price_sum: int = 0
    earned: int = 0
    spent: int = 0
    on_ledger: int = 0

    def add(self, trader: Trader, slot: int) -> None:
        """One slot."""
        drawn, fed = trader.evenings.measured(slot)
        self.exported += fed
        self.imported += drawn
        result = trader.filled.get(slot)
        fill, price = (result.fill, result.price) if result is not None else (0, None)
        if price is None:
            self.earned += fed * FEED_IN
            self.spent += drawn * RETAIL
            return
        self.price_sum += fill * price
        if trader.orders[slot].side is Side.SELL:
            delivered = trader.settled[slot].delivered
            assert delivered == min(fill, fed)
            cost = (fill - delivered) * (RETAIL - price)
            self.sold += delivered
            self.short += fill - delivered
            self.shortfalls += fill > delivered
            self.short_cost += cost
            self.on_ledger += delivered * price - cost
            self.earned += delivered * price - cost + (fed - delivered) * FEED_IN
            self.spent += drawn * RETAIL
            return
        used, paid = min(drawn, fill), fill * (price + MARKET_FEE)
        self.bought += fill
        self.unused += fill - used
        self.fees += fill * MARKET_FEE
        self.on_ledger -= paid
        self.spent += paid + (drawn - used) * RETAIL - (fill - used) * FEED_IN
        self.earned += fed * FEED_IN

    def alone(self) -> dict[str, object]:
        """What the two tariffs alone would have made of the same readings."""
        return {
            "exported_kwh": round(self.exported / 1e3, 1),
            "imported_kwh": round(self.imported / 1e3, 1),
            "earned_at_feed_in_alone": round(self.exported * FEED_IN / _NANO, 2),
            "spent_at_retail_alone": round(self.imported * RETAIL / _NANO, 2),
        }

    def result(self) -> dict[str, object]:
        """Energy in kWh, money in units of the currency."""
        sold = self.sold + self.short
        gain = self.earned - self.exported * FEED_IN + self.imported * RETAIL - self.spent
        return {
            "better_by": round(gain / _NANO, 2),
            "earned": round(self.earned / _NANO, 2),
            "spent": round(self.spent / _NANO, 2),
            "sold_locally_kwh": round(self.sold / 1e3, 1),
            "share_of_surplus_traded": round(self.sold / self.exported, 3) if self.exported else None,
            "shortfalls": self.shortfalls,
            "shortfall_share_of_sold": round(self.short / sold, 3) if sold else None,
            "shortfall_cost": round(self.short_cost / _NANO, 2),
            "bought_locally_kwh": round(self.bought / 1e3, 1),
            "bought_and_unused_kwh": round(self.unused / 1e3, 1),
            "fees_paid": round(self.fees / _NANO, 2),
            "mean_price_ct_per_kwh": round(self.price_sum / (sold + self.bought) / 1e4, 2)
            if sold + self.bought
            else None,
        }


def month(year: int, number: int) -> dict[str, object]:
    """One month of local days."""
    warnings.simplefilter("ignore", RuntimeWarning)  # slots of no peer's sample at the recording's gap
    began = time.perf_counter()
    recording = demonstration()
    history, zone = home(recording, ROOF), build_table(recording.zone, date(2011, 6, 28), date(2012, 7, 3))
    first = (date(year, number, 1) - _EPOCH).days
    last = first + monthrange(year, number)[1] - 1
    slots = range(zone.slots_of(first).start, min(zone.slots_of(last).stop, history.end_slot))
    local = ZoneInfo(recording.zone)

    @cache
    def shift_s(hour: int) -> int:
        offset = datetime.fromtimestamp(hour * 3600, UTC).astimezone(local).utcoffset()
        return int((offset or timedelta()).total_seconds())

    neighbours = homes_of(NEIGHBOURS, SEED)
    real = tuple(
        VillageHome(NEIGHBOURS + n, 0, 0, 1.0, 0.0, False, Strategy.TRUTHFUL) for n in range(len(STYLES))
    )
    ledger = Ledger(recording.zone, slots.start, (*neighbours, *real), kept=False)
    evenings, margins = Evenings(history, zone, ledger.params.max_order_wh), [Margin()] * NEIGHBOURS
    traders = [Trader(style, evenings) for style in STYLES]
    own = {ledger.villagers[NEIGHBOURS + n].id: trader for n, trader in enumerate(traders)}

    def order(place: int, slot: int, terms: Terms) -> Order:
        if place >= NEIGHBOURS:
            return traders[place - NEIGHBOURS].order(slot, terms)
        shift = shift_s(slot * SLOT_SECONDS // 3600)
        return order_of(neighbours[place], SEED, slot, terms, margins[place], shift)

    def measured(place: int, sale: Sale) -> int:
        if place >= NEIGHBOURS:
            return evenings.measured(sale.first)[1]
        margins[place] = margins[place].after(sale.price, Side.SELL, ledger.terms(sale.first))
        return net_wh(neighbours[place], SEED, sale.first, shift_s(sale.first * SLOT_SECONDS // 3600))

    def on_block(outcome: BlockOutcome) -> None:
        for household, leaf in outcome.notes:
            if household in own:
                own[household].heard(leaf)

    def on_slot(slot: int) -> None:
        if slot % 96 == 0:
            check_money(ledger.machine.state)

    walk(ledger, slots, order, measured, on_block, on_slot)
    agree = check_money(ledger.machine.state).fund == 0
    result: dict[str, object] = {"month": f"{year}-{number:02}"}
    for household, trader in own.items():
        books = Books()
        for slot in slots:
            books.add(trader, slot)
        raw = ledger.machine.state.get(ACCOUNT, household)
        assert raw is not None
        account = Account.from_cbor(raw)
        agree &= account.free - MONEY_NANO == books.on_ledger and not account.locked
        result |= books.alone()
        result[trader.style] = books.result()
    return result | {
        "loss_surplus_wh": evenings.loss("surplus"),
        "loss_need_wh": evenings.loss("need"),
        "seconds": round(time.perf_counter() - began, 1),
        "ok": agree,
    }


def sunniest() -> tuple[int, int]:
    """The month with the most export a day."""
    recording = demonstration()
    history, zone = home(recording, ROOF), build_table(recording.zone, date(2011, 6, 28), date(2012, 7, 3))

    def a_day(which: tuple[int, int]) -> float:
        first, count = (date(*which, 1) - _EPOCH).days, monthrange(*which)[1]
        begin = zone.slots_of(first).start - history.first_slot
        end = zone.slots_of(first + count - 1).stop - history.first_slot
        return float(history.export_wh[begin:end].sum()) / count

    return max(SUMMER, key=a_day)


def run() -> dict[str, object]:
    """A sunny and a winter month, in a process each."""
    with ProcessPoolExecutor(2) as pool:
        sunny, winter = pool.map(month, *zip(sunniest(), WINTER, strict=True))
    return {
        "prices_ct_per_kwh": {"feed_in": FEED_IN / 1e4, "retail": RETAIL / 1e4, "fee": MARKET_FEE / 1e4},
        "homes": NEIGHBOURS + len(STYLES),
        "sunny": sunny,
        "winter": winter,
        "ok": bool(sunny["ok"] and winter["ok"]),
    }


if __name__ == "__main__":
    print(run())

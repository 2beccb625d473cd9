"""What Usage can show: electricity, and whatever else the meter counts. Qt-free.

Hue speaks of electricity alone (blue from the grid, amber from the sun), so gas, water and data are drawn in a
neutral ink.
"""

from __future__ import annotations

from dataclasses import dataclass

from ohmstead.core.intervals import Channel
from ohmstead.ui.presenters.wording import Wording


@dataclass(frozen=True, slots=True)
class Quantity:
    """``per`` is how many of the meter's units (Wh, dm³, L, kB) one shown ``unit`` has.

    ``fine`` and ``coarse`` are the decimals of quarter hours and hours, and of days and months; ``ink`` is the
    colour token of its bars; ``column`` its name in a file.
    """

    channel: Channel | None
    per: float
    unit: str
    fine: int
    coarse: int
    ink: str
    column: str

    def used(self, words: Wording) -> str:
        """What its bars are called: *From the grid*, *Gas used*."""
        return {
            None: words.tr("From the grid"),
            Channel.GAS: words.tr("Gas used"),
            Channel.WATER: words.tr("Water used"),
            Channel.DATA: words.tr("Data used"),
        }[self.channel]

    def name(self, words: Wording) -> str:
        """What it is called where it can be chosen."""
        return {
            None: words.tr("Electricity"),
            Channel.GAS: words.tr("Gas"),
            Channel.WATER: words.tr("Water"),
            Channel.DATA: words.tr("Internet data"),
        }[self.channel]


ELECTRICITY = Quantity(None, 1000.0, "kWh", 3, 2, "grid", "from_grid_kwh")
_OTHERS = {
    Channel.GAS: Quantity(Channel.GAS, 1000.0, "m³", 3, 2, "others_strong", "gas_m3"),
    Channel.WATER: Quantity(Channel.WATER, 1.0, "L", 0, 0, "others_strong", "water_l"),
    Channel.DATA: Quantity(Channel.DATA, 1e6, "GB", 3, 2, "others_strong", "data_gb"),
}


def quantity_of(channel: Channel | None) -> Quantity:
    """The quantity of a channel; electricity for None and for electricity's own."""
    return _OTHERS.get(channel, ELECTRICITY) if channel is not None else ELECTRICITY

"""How long a Bluetooth LE radio takes: the numbers of the virtual air.

Here: packet times (Bluetooth Core 5.4, Vol 6 Part B §2.1 and §4.1.1) and the parameters of a connection.
Not here: who waits for them (``air_link``).
"""

from __future__ import annotations

from dataclasses import dataclass

_T_IFS_US = 150
_EMPTY = 0
_HEADER_BYTES = 4 + 2 + 3  # access address, header, CRC
_MIC_BYTES = 4


@dataclass(frozen=True, slots=True)
class Radio:
    """One kind of radio link. Losses are drawn from ``seed``, so a run can be repeated exactly.

    ``phy`` is 1 (LE 1M) or 2 (LE 2M); ``loss_per_million`` counts link-layer packets, which are then sent
    again; ``max_per_event`` bounds the packets of one direction in one connection event, as some stacks do.
    """

    phy: int = 2
    interval_us: int = 15_000
    data_length_extension: bool = True
    max_per_event: int | None = None
    loss_per_million: int = 0
    guard_us: int = 500
    seed: int = 0

    @property
    def packet_bytes(self) -> int:
        """The largest link-layer payload."""
        return 251 if self.data_length_extension else 27

    def packet_us(self, payload: int) -> int:
        """The time on air of one data packet of an encrypted link, with the gap that follows it."""
        preamble, us_per_byte = (2, 4) if self.phy == 2 else (1, 8)
        mic = _MIC_BYTES if payload else 0
        return (preamble + _HEADER_BYTES + payload + mic) * us_per_byte + _T_IFS_US

    def exchange_us(self, one: int, other: int = _EMPTY) -> int:
        """One packet in each direction; 0 is the empty packet that acknowledges."""
        return self.packet_us(one) + self.packet_us(other)

    @property
    def packets_per_event(self) -> int:
        """How many full packets of one direction an undisturbed connection event holds."""
        fits = max(1, (self.interval_us - self.guard_us) // self.exchange_us(self.packet_bytes))
        return min(fits, self.max_per_event) if self.max_per_event else fits

"""The settings: names, types, defaults, bounds. Reading is forgiving, value by value.

Not here: the file (``settings.store``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

VERSION = 1
ThemeChoice = Literal["system", "light", "dark"]
THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
MIN_WIDTH, MIN_HEIGHT = 1024, 640
MAX_PX = 32_000
MAX_TEXT, MAX_NAME, MAX_HOMES, MAX_FINDINGS = 256, 60, 64, 256
MAX_PRICE = 100_000_000  # µ per kWh: a hundred of the currency's units


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the window stood, in logical pixels, and whether it was maximised."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


@dataclass(frozen=True, slots=True)
class HomeNote:
    """What is remembered of one home beside its mirror.

    ``name`` is the person's own, empty for none. ``seen_s`` (UTC seconds) and ``seen_slot`` say when the home was
    last looked at and up to which slot its readings then went; 0 for never. Of the market: ``market_seen`` and
    ``market_told`` are the newest alarm (its key) that was looked at and noticed, ``market_day`` the newest local
    day (since 1970) whose trades were noticed; 0 for none. Of the neighbours: ``findings_seen`` and
    ``findings_told`` name the findings that were looked at and noticed, ``invited`` says that the home was once
    invited to take part.
    """

    name: str = ""
    seen_s: int = 0
    seen_slot: int = 0
    market_seen: int = 0
    market_told: int = 0
    market_day: int = 0
    findings_seen: tuple[str, ...] = ()
    findings_told: tuple[str, ...] = ()
    invited: bool = False


@dataclass(frozen=True, slots=True)
class Notices:
    """Which notices the person wants while the window is hidden."""

    meter_silent: bool = True
    history_complete: bool = True
    not_in_order: bool = True
    market: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    ``home`` is the id (hex) of the meter whose home was shown last, empty for none; ``homes`` maps such ids to
    what is remembered of them. ``language`` and ``region`` are locale names (``de``, ``de_AT``), empty to follow
    the system. Prices are µ of ``currency`` (ISO 4217) per kWh, None where the person gave none. ``witness`` is
    the address of an independent ledger node, empty for none. ``keep_running`` keeps the app in the tray when
    its window is closed.
    """

    theme: ThemeChoice = "system"
    window: WindowPlace | None = None
    home: str = ""
    language: str = ""
    region: str = ""
    currency: str = "EUR"
    price_micro_per_kwh: int | None = None
    feed_in_micro_per_kwh: int | None = None
    witness: str = ""
    notices: Notices = Notices()
    keep_running: bool = False
    tour_seen: bool = False
    homes: Mapping[str, HomeNote] = field(default_factory=dict)

    def with_window(self, window: WindowPlace) -> Settings:
        """The same settings with another window place."""
        return replace(self, window=window)

    def note(self, meter: bytes) -> HomeNote:
        """What is remembered of a meter's home; defaults where nothing is."""
        return self.homes.get(meter.hex(), HomeNote())

    def with_note(self, meter: bytes, note: HomeNote) -> Settings:
        """The same settings with another note of a home."""
        return replace(self, homes={**self.homes, meter.hex(): note})

    def without_home(self, meter: bytes) -> Settings:
        """The same settings with nothing remembered of a home."""
        rest = {key: note for key, note in self.homes.items() if key != meter.hex()}
        return replace(self, homes=rest, home="" if self.home == meter.hex() else self.home)


def from_values(values: Mapping[str, Any]) -> Settings:
    """Settings from decoded JSON. What is missing, of another type or out of bounds is the default."""
    theme = values.get("theme")
    currency = _text(values.get("currency"), 3)
    notices = values.get("notices")
    notices = notices if isinstance(notices, dict) else {}
    return Settings(
        theme=next((known for known in THEMES if known == theme), "system"),
        window=_window(values.get("window")),
        home=_text(values.get("home")),
        language=_text(values.get("language"), 16),
        region=_text(values.get("region"), 16),
        currency=currency if len(currency) == 3 and currency.isascii() and currency.isupper() else "EUR",
        price_micro_per_kwh=_price(values.get("price_micro_per_kwh")),
        feed_in_micro_per_kwh=_price(values.get("feed_in_micro_per_kwh")),
        witness=_text(values.get("witness")),
        notices=Notices(
            meter_silent=notices.get("meter_silent") is not False,
            history_complete=notices.get("history_complete") is not False,
            not_in_order=notices.get("not_in_order") is not False,
            market=notices.get("market") is not False,
        ),
        keep_running=values.get("keep_running") is True,
        tour_seen=values.get("tour_seen") is True,
        homes=_homes(values.get("homes")),
    )


def to_values(settings: Settings) -> dict[str, Any]:
    """JSON values of settings."""
    values: dict[str, Any] = asdict(settings)
    return {"version": VERSION, **values}


def _text(value: object, at_most: int = MAX_TEXT) -> str:
    return value if isinstance(value, str) and len(value) <= at_most else ""


def _price(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= MAX_PRICE else None


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < 1 << 53 else 0


def _names(value: object) -> tuple[str, ...]:
    """Short words, the first few of a list; whatever else stands there is left out."""
    items = value[:MAX_FINDINGS] if isinstance(value, list | tuple) else ()
    return tuple(item for item in items if isinstance(item, str) and len(item) <= MAX_TEXT)


def _note(note: Mapping[str, Any]) -> HomeNote:
    return HomeNote(
        _text(note.get("name"), MAX_NAME),
        seen_s=_count(note.get("seen_s")),
        seen_slot=_count(note.get("seen_slot")),
        market_seen=_count(note.get("market_seen")),
        market_told=_count(note.get("market_told")),
        market_day=_count(note.get("market_day")),
        findings_seen=_names(note.get("findings_seen")),
        findings_told=_names(note.get("findings_told")),
        invited=note.get("invited") is True,
    )


def _homes(value: object) -> dict[str, HomeNote]:
    if not isinstance(value, dict) or len(value) > MAX_HOMES:
        return {}
    return {
        key: _note(note)
        for key, note in value.items()
        if isinstance(key, str) and len(key) <= MAX_TEXT and isinstance(note, dict)
    }


def _window(value: object) -> WindowPlace | None:
    if not isinstance(value, dict):
        return None
    numbers = [value.get(name) for name in ("x", "y", "width", "height")]
    if not all(type(n) is int and -MAX_PX <= n <= MAX_PX for n in numbers):
        return None
    x, y, width, height = (int(n) for n in numbers if n is not None)
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        return None
    return WindowPlace(x, y, width, height, value.get("maximised") is True)

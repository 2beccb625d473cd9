"""The settings file: forgiving to read, whole to write, keeps what it does not know."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ohmstead.settings.schema import HomeNote, Notices, Settings, WindowPlace, from_values, to_values
from ohmstead.settings.store import SettingsStore

PLACES = st.builds(
    WindowPlace,
    st.integers(-32_000, 32_000),
    st.integers(-32_000, 32_000),
    st.integers(1024, 32_000),
    st.integers(640, 32_000),
    st.booleans(),
)
PRICES = st.none() | st.integers(0, 100_000_000)
NAMES = st.lists(st.text(max_size=80), max_size=5).map(tuple)
NOTES = st.builds(HomeNote, st.text(max_size=60), *[st.integers(0, 1 << 52)] * 5, *[NAMES] * 2, st.booleans())
SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(["system", "light", "dark"]),
    window=st.none() | PLACES,
    home=st.text(max_size=256),
    language=st.sampled_from(["", "en", "de"]),
    region=st.sampled_from(["", "en_GB", "de_AT"]),
    currency=st.sampled_from(["EUR", "CHF"]),
    price_micro_per_kwh=PRICES,
    feed_in_micro_per_kwh=PRICES,
    witness=st.text(max_size=256),
    notices=st.builds(Notices, *[st.booleans()] * 4),
    keep_running=st.booleans(),
    tour_seen=st.booleans(),
    homes=st.dictionaries(st.text(max_size=32), NOTES, max_size=3),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(chosen=SETTINGS)
def test_values_come_back(chosen: Settings) -> None:
    assert from_values(json.loads(json.dumps(to_values(chosen)))) == chosen


KEYS = [*to_values(Settings()), "other"]


@settings(max_examples=60)
@given(values=st.dictionaries(st.sampled_from(KEYS), JSON))
def test_anything_else_is_the_default_value_by_value(values: dict[str, object]) -> None:
    read = from_values(values)
    assert read.theme in ("system", "light", "dark")
    assert read.window is None or read.window.width >= 1024
    assert len(read.home) <= 256
    assert read.price_micro_per_kwh is None or 0 <= read.price_micro_per_kwh <= 100_000_000
    assert from_values(to_values(read)) == read


def test_a_home_is_remembered_and_forgotten() -> None:
    meter = bytes(range(16))
    settings = Settings(home=meter.hex()).with_note(meter, HomeNote("Orchard Lane 4", 5, 6))
    assert settings.note(meter) == HomeNote("Orchard Lane 4", 5, 6)
    gone = settings.without_home(meter)
    assert (gone.home, gone.note(meter)) == ("", HomeNote())


def test_what_is_remembered_of_the_neighbours_is_read_value_by_value() -> None:
    kept = {"findings_seen": ["a/b", 5, None, "c" * 999], "findings_told": "a/b", "invited": 1, "seen_s": 7}
    note = from_values({"homes": {"aa": kept}}).homes["aa"]
    assert note == HomeNote(seen_s=7, findings_seen=("a/b",))
    many = from_values({"homes": {"aa": {"findings_told": [str(n) for n in range(9_999)], "invited": True}}})
    assert len(many.homes["aa"].findings_told) == 256
    assert many.homes["aa"].invited


@pytest.mark.parametrize(
    "window",
    [
        {"x": 0, "y": 0, "width": 100, "height": 800},
        {"x": 0, "y": 0, "width": 1280},
        [1, 2, 3, 4],
        {"x": True, "y": 0, "width": 1280, "height": 800},
        {"x": 0, "y": 0, "width": 1e9, "height": 800},
    ],
)
def test_an_impossible_window_is_forgotten(window: object) -> None:
    assert from_values({"window": window, "theme": "dark"}) == Settings("dark")


def test_the_file_is_private_and_keeps_unknown_keys(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    path.parent.mkdir()
    path.write_text('{"theme": "dark", "from_the_future": {"a": [1]}}', encoding="utf-8")
    store = SettingsStore(path)
    assert store.load() == Settings("dark")
    store.save(store.settings.with_window(WindowPlace(1, 2, 1300, 900)))
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["from_the_future"] == {"a": [1]}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = SettingsStore(path)
    assert again.load() == Settings("dark", WindowPlace(1, 2, 1300, 900))


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_file_gives_defaults_and_a_copy(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    store = SettingsStore(path)
    assert store.load() == Settings()
    assert (tmp_path / "settings.json.unreadable").read_bytes() == data
    store.save(Settings("light"))
    assert SettingsStore(path).load() == Settings("light")


def test_no_file_yet(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "none" / "settings.json")
    assert store.load() == Settings()
    store.save(Settings())
    assert SettingsStore(tmp_path / "none" / "settings.json").load() == Settings()

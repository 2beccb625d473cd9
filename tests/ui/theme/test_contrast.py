"""Contrast of every text and graphic colour on every ground it is used on, and under colour-blind eyes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from ohmstead.system.paths import resource
from ohmstead.ui.theme.tokens import MODES, load_tokens

TOKENS = load_tokens(resource("tokens.json"))
ALL = ("page", "window", "sunken", "raised", "hover", "notice_soft", "alarm_soft", "ok_soft", "accent_soft")
TEXT = {
    "text": ALL,
    "text_2": (
        "page",
        "window",
        "sunken",
        "raised",
        "hover",
        "notice_soft",
        "alarm_soft",
        "ok_soft",
        "accent_soft",
    ),
    "text_3": ("page", "window", "sunken", "raised"),
    "accent": ("page", "window", "raised", "sunken", "hover", "notice_soft", "alarm_soft", "accent_soft"),
    "on_accent": ("accent", "accent_hover"),
    "ok": ("page", "raised", "ok_soft"),
    "notice": ("page", "window", "raised", "notice_soft"),
    "alarm": ("page", "window", "raised", "alarm_soft", "hover", "sunken"),
    "grid_text": ("page",),
    "sun_text": ("page",),
    "sold_text": ("page",),
}
# A border, a ring or a knob on each ground that it stands on.
PARTS = {
    "focus": ("page", "window", "raised", "sunken", "hover"),
    "control_line": ("raised", "page"),  # the box of a field; the track of a switch that is off, to its knob
    "accent": ("raised", "page"),  # the track of one that is on
}
GRAPHIC = ("grid", "sun", "sold", "me", "others_strong", "usual", "control_line", "focus")
# Viénot, Brettel and Mollon 1999: dichromats in linear RGB.
DICHROMATS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritan": ((1.0, 0.14461, -0.14461), (0.0, 0.85924, 0.14076), (0.0, 0.85924, 0.14076)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio."""
    high, low = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * blue for r, g, blue in (linear(a), linear(b))), reverse=True
    )
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> list[float]:
    r, g, b = rgb
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz]
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]


@pytest.mark.parametrize("mode", MODES)
def test_text_and_graphics_stand_out(mode: str) -> None:
    colours = TOKENS.colour[mode]
    needs = [(ink, grounds, 4.5) for ink, grounds in TEXT.items()]
    needs += [(ink, ("page",), 3.0) for ink in GRAPHIC]
    needs += [(ink, grounds, 3.0) for ink, grounds in PARTS.items()]
    low = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f}"
        for ink, grounds, need in needs
        for ground in grounds
        if contrast(colours[ink], colours[ground]) < need
    ]
    assert low == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("eyes", ["normal", *DICHROMATS])
def test_series_differ_for_every_kind_of_eye(mode: str, eyes: str) -> None:
    seen = {}
    for name in ("grid", "sun", "sold"):
        rgb = linear(TOKENS.colour[mode][name])
        if eyes != "normal":
            rgb = [
                min(1.0, max(0.0, sum(m * v for m, v in zip(line, rgb, strict=True))))
                for line in DICHROMATS[eyes]
            ]
        seen[name] = lab(rgb)
    for a, b in itertools.combinations(seen, 2):
        distance = sum((x - y) ** 2 for x, y in zip(seen[a], seen[b], strict=True)) ** 0.5
        assert distance >= 15, f"{a} and {b}: {distance:.0f}"


def test_the_two_modes_must_name_the_same_colours(tmp_path: Path) -> None:
    broken = tmp_path / "tokens.json"
    text = resource("tokens.json").read_text(encoding="utf-8")
    broken.write_text(text.replace('"window": "#F3F3F0", ', "", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="same colours"):
        load_tokens(broken)


def test_no_style_is_under_eleven_pixels() -> None:
    assert min(style.px for style in TOKENS.styles.values()) >= 11

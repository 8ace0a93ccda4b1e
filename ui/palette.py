# SPDX-License-Identifier: MIT
"""The colors of the program, light and dark, by what they are for. Plain text, no Qt.

Charts and the spine take their colors from here too, so that one meaning has one color everywhere.
"""

from __future__ import annotations

from models.quick import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colors as ``#rrggbb``.

    Grounds, from the frame inwards: ``window`` (rail, menu and status bar), ``surface`` (pages),
    ``raised`` (table headers, cards on a page). ``border`` outlines panels, ``hairline`` parts
    rows, ``control_edge`` outlines what can be pressed and is known by its words, ``field_edge``
    what can be typed into and is known by its outline alone (WCAG 2.2, 1.4.11: 3 to 1). ``before``
    and ``after`` are the vermillion and blue of the Okabe-Ito set; ``series`` is that set in the
    order in which charts use it. ``heat_low`` to ``heat_high`` is the ramp of the map on the spine.
    """

    dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    border: str
    hairline: str
    control_edge: str
    field_edge: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    selection: str
    selection_text: str
    focus: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    success: str
    success_soft: str
    badge: str
    badge_text: str
    tooltip: str
    tooltip_text: str
    scroll_handle: str
    before: str
    after: str
    series: tuple[str, ...]
    grid: str
    acceptable: str
    bone: str
    bone_light: str
    bone_shade: str
    bone_edge: str
    disc: str
    cement: str
    cement_edge: str
    cement_earlier: str
    cement_earlier_edge: str
    treated: str
    treated_soft: str
    fracture: str
    leak: str
    heat_low: str
    heat_high: str


OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
"""Okabe and Ito's set, told apart with any kind of color vision, in the order charts use it."""

LIGHT = Palette(
    dark=False,
    window="#f4f6f9",
    surface="#ffffff",
    raised="#f9fafc",
    hover="#f1f5f9",
    pressed="#e6ecf2",
    border="#dde3ea",
    hairline="#e9edf2",
    control_edge="#c2cad4",
    field_edge="#858f9e",
    text="#1a2230",
    text_muted="#566172",
    text_disabled="#a3acb8",
    accent="#0b6e99",
    accent_hover="#095c80",
    accent_text="#ffffff",
    accent_soft="#dcecf4",
    selection="#e0eff6",
    selection_text="#1a2230",
    focus="#0b6e99",
    warning="#8a4b00",
    warning_soft="#fde8d3",
    error="#b3261e",
    error_soft="#fce8e6",
    success="#23754a",
    success_soft="#e2f3e9",
    badge="#e7ebf0",
    badge_text="#4b5666",
    tooltip="#1f2937",
    tooltip_text="#f4f6f9",
    scroll_handle="#858f9e",
    before="#D55E00",
    after="#0072B2",
    series=OKABE_ITO,
    grid="#e9edf2",
    acceptable="#e9f4f9",
    bone="#f4efe4",
    bone_light="#faf7f0",
    bone_shade="#e9e3d4",
    bone_edge="#a1977f",
    disc="#d6e5ee",
    cement="#56b4e9",
    cement_edge="#2b8ec9",
    cement_earlier="#aebccb",
    cement_earlier_edge="#66788c",
    treated="#0072B2",
    treated_soft="#e6f3fb",
    fracture="#c8412b",
    leak="#D55E00",
    heat_low="#fbe3c8",
    heat_high="#d95f02",
)

DARK = Palette(
    dark=True,
    window="#14181e",
    surface="#1b2028",
    raised="#212731",
    hover="#252c37",
    pressed="#2d3642",
    border="#323b47",
    hairline="#2a313c",
    control_edge="#4a5563",
    field_edge="#667283",
    text="#e5e9ef",
    text_muted="#a2adbb",
    text_disabled="#626d7b",
    accent="#5bb8de",
    accent_hover="#7ac7e6",
    accent_text="#06222f",
    accent_soft="#173c4e",
    selection="#1d3e50",
    selection_text="#eef3f8",
    focus="#5bb8de",
    warning="#f2b56b",
    warning_soft="#47320f",
    error="#ff9a90",
    error_soft="#4a1f1d",
    success="#7fcf9f",
    success_soft="#173a28",
    badge="#303946",
    badge_text="#c3ccd7",
    tooltip="#333d4a",
    tooltip_text="#eef2f7",
    scroll_handle="#667283",
    before="#ef7d2f",
    after="#4ba6e0",
    series=("#4ba6e0", "#f0b432", "#2cc295", "#dd93bd", "#8fd0f5", "#ef7d2f", "#f0e442", "#dfe4ea"),
    grid="#2a313c",
    acceptable="#1d303b",
    bone="#b5b0a3",
    bone_light="#c3beb2",
    bone_shade="#938e82",
    bone_edge="#4b483f",
    disc="#3b4f5c",
    cement="#56b4e9",
    cement_edge="#a5dcf8",
    cement_earlier="#66798f",
    cement_earlier_edge="#22303f",
    treated="#5cc0ff",
    treated_soft="#1c4660",
    fracture="#d8432b",
    leak="#f0691a",
    heat_low="#c9a884",
    heat_high="#ee6c10",
)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colors, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def blend(one: str, other: str, share: float) -> str:
    """The color ``share`` (0 to 1) of the way from one to the other."""
    mixed = (
        round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [
        c / 12.92 if (c := channel / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for channel in _channels(color)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

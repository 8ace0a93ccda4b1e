# SPDX-License-Identifier: MIT
"""How the drawn spine looks: its marks in both palettes, and without any color."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.palette import DARK, LIGHT, Palette
from ui.theme import Theme
from ui.widgets.spine import LevelMark, SpineView

KINDS = {
    "nothing": LevelMark(),
    "today": LevelMark(treated=True),
    "earlier": LevelMark(earlier=True),
    "fracture": LevelMark(treated=True, fracture=True),
    "earlier fracture": LevelMark(old_fracture=True),
    "new fracture": LevelMark(new_fracture=True),
    "leak": LevelMark(treated=True, leaks=(LeakLocation.DISC_SUPERIOR,)),
    "leak with symptoms": LevelMark(
        treated=True,
        leaks=(LeakLocation.DISC_SUPERIOR,),
        symptomatic=(LeakLocation.DISC_SUPERIOR,),
    ),
    "between": LevelMark(between=True),
}


def colors_of(image: QImage) -> set[str]:
    pixels = image.convertToFormat(QImage.Format.Format_RGB32).constBits()
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in memoryview(pixels).cast("B").cast("I")}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_mark_shows_its_color(qtbot: QtBot, palette: Palette) -> None:
    view = SpineView(Theme("dark" if palette.dark else "light"))
    qtbot.addWidget(view)
    view.resize(400, 1200)
    plain = colors_of(view.grab().toImage())
    shown = {
        LevelMark(treated=True): palette.cement,
        LevelMark(earlier=True): palette.cement_earlier,
        LevelMark(treated=True, leaks=(LeakLocation.EPIDURAL,)): palette.leak,
        LevelMark(heat=1.0): palette.heat_high,
    }
    for mark, color in shown.items():
        assert color.lower() not in plain
        view.set_marks({Level.L3: mark})
        assert color.lower() in colors_of(view.grab().toImage()), mark


def test_another_palette_repaints(qtbot: QtBot) -> None:
    theme = Theme("light")
    view = SpineView(theme, compact=True)
    qtbot.addWidget(view)
    view.resize(90, 230)
    light = view.grab().toImage()
    theme.set_mode("dark")
    assert view.grab().toImage() != light


@pytest.mark.parametrize("compact", [False, True], ids=["large", "compact"])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_kind_of_mark_can_be_told_apart_without_color(
    qtbot: QtBot, mode: str, compact: bool
) -> None:
    view = SpineView(Theme(mode), compact=compact)
    qtbot.addWidget(view)
    view.resize(*((90, 230) if compact else (215, 560)))
    plain = {}
    for name, mark in KINDS.items():
        view.set_marks({Level.L2: mark} if mark != LevelMark() else {})
        body = view.rect_of(Level.L2).center().toPoint()
        half = 14 if compact else 30
        around = QRect(body.x() - half, body.y() - half, 2 * half, 2 * half)
        gray = view.grab(around).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        plain[name] = [
            gray.pixelColor(x, y).lightness() for x in range(2 * half) for y in range(2 * half)
        ]
    for one, other in combinations(KINDS, 2):
        pairs = zip(plain[one], plain[other], strict=True)
        differing = sum(abs(a - b) > 25 for a, b in pairs)
        assert differing >= (8 if compact else 20), f"{one} and {other}: {differing}"

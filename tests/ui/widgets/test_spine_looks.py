# SPDX-License-Identifier: MIT
"""How the drawn spine looks: its marks in both palettes, and without any color."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.palette import DARK, LIGHT, Palette
from ui.theme import Theme
from ui.widgets.spine import LevelMark, SpineView


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

# SPDX-License-Identifier: MIT
"""What is marked on the spine is told apart by shape, not by color alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.theme import Theme
from ui.widgets.spine import SpineView
from ui.widgets.spine_marks import LevelMark

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

# SPDX-License-Identifier: MIT
"""The pain curve on paper: nothing is written over what stands beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ui.reports.drawings import curves_image
from ui.theme import load_fonts
from ui.widgets.pain_course import PainPoint
from ui.widgets.pain_curves import Curve

_VISITS = tuple(PainPoint(f"{months} mo", dated=False) for months in (6, 12, 24))


def test_a_visit_without_a_score_is_not_said_to_lack_its_date(qapp: QApplication) -> None:
    load_fonts()
    dated = [replace(point, dated=True) for point in _VISITS]
    assert curves_image([Curve("Pain", _VISITS, 10.0)]) == curves_image(
        [Curve("Pain", tuple(dated), 10.0)]
    )


def test_a_score_without_its_date_says_so_below_its_label(qapp: QApplication) -> None:
    load_fonts()
    told = PainPoint("6 mo", words="resolved", dated=False)
    undated, dated = (
        curves_image([Curve("Pain", (replace(told, dated=known),), 10.0)])
        for known in (False, True)
    )
    rows = [
        y
        for y in range(undated.height())
        if any(undated.pixel(x, y) != dated.pixel(x, y) for x in range(undated.width()))
    ]
    labels = [
        y
        for y in range(dated.height() * 3 // 4, dated.height())
        if any(dated.pixelColor(x, y).lightness() < 200 for x in range(dated.width()))
    ]
    assert rows
    assert min(rows) > max(labels)

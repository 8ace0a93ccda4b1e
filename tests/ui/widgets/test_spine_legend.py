# SPDX-License-Identifier: MIT
"""The legend under the spine: shown when needed, wrapped, and heard."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.theme import Theme
from ui.widgets.spine_legend import Sign, SpineLegend
from ui.widgets.spine_marks import LevelMark

MARKS = {
    Level.L1: LevelMark(treated=True, fracture=True),
    Level.L2: LevelMark(between=True),
    Level.L3: LevelMark(earlier=True, old_fracture=True),
    Level.T7: LevelMark(new_fracture=True),
    Level.T8: LevelMark(
        treated=True,
        leaks=(LeakLocation.EPIDURAL, LeakLocation.FACET),
        symptomatic=(LeakLocation.FACET,),
    ),
}


@pytest.fixture
def legend(qtbot: QtBot) -> SpineLegend:
    shown = SpineLegend(Theme("light"))
    qtbot.addWidget(shown)
    return shown


def test_it_is_not_there_while_there_is_nothing_to_explain(legend: SpineLegend) -> None:
    legend.show_marks({Level.L1: LevelMark(treated=True)})
    assert legend.isHidden()
    legend.show_marks(MARKS)
    assert not legend.isHidden()
    assert legend.signs() == list(Sign)


def test_it_gives_way_where_there_is_no_room(legend: SpineLegend) -> None:
    legend.show_marks(MARKS)
    legend.set_room(False)
    assert legend.isHidden()
    legend.set_room(True)
    assert not legend.isHidden()


def test_it_is_heard_in_words(legend: SpineLegend) -> None:
    legend.show_marks({Level.L1: LevelMark(treated=True), Level.L3: LevelMark(earlier=True)})
    assert legend.accessibleName() == "This case, Earlier cement"


def test_it_wraps_where_it_is_narrow(legend: SpineLegend) -> None:
    legend.show_marks(MARKS)
    assert legend.heightForWidth(120) > legend.heightForWidth(260) > legend.heightForWidth(2000)


def test_every_sign_is_drawn_and_unlike_the_others(legend: SpineLegend) -> None:
    legend.resize(300, 20)
    drawn: list[QImage] = []
    for sign in Sign:
        legend._signs = [sign]
        image = legend.grab().toImage().copy(0, 0, 16, 20)
        assert image not in drawn, sign
        drawn.append(image)

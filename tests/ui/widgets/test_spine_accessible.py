# SPDX-License-Identifier: MIT
"""What a screen reader finds in the spine: a list of levels with their marks."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.theme import Theme
from ui.widgets.spine import LevelMark, SpineView

Name = QAccessible.Text.Name


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def spine(qtbot: QtBot) -> SpineView:
    view = SpineView(Theme("light"))
    view.set_interactive(True)
    view.resize(200, 560)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    return view


def interface(spine: SpineView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(spine)
    assert found is not None
    return found


def item(spine: SpineView, level: Level) -> QAccessibleInterface:
    found = interface(spine).child(spine.levels().index(level))
    assert found is not None
    return found


def test_the_spine_is_a_list_with_an_item_for_each_level(spine: SpineView) -> None:
    found = interface(spine)
    assert found.role() is QAccessible.Role.List
    assert found.text(Name) == "Spine"
    assert found.childCount() == len(spine.levels()) == 29
    names = [found.child(number).text(Name) for number in range(29)]
    assert names == [level.label for level in spine.levels()]
    assert found.child(29) is None


def test_an_item_says_what_is_marked_and_whether_it_is_treated(spine: SpineView) -> None:
    spine.set_marks(
        {
            Level.L1: LevelMark(
                treated=True,
                leaks=(LeakLocation.EPIDURAL,),
                symptomatic=(LeakLocation.EPIDURAL,),
                note="4 mL",
            ),
            Level.T7: LevelMark(earlier=True, history=("2024-05: vertebroplasty, 3 mL",)),
        }
    )
    treated = item(spine, Level.L1)
    assert treated.text(Name) == "L1: treated, leak: spinal canal, symptomatic, 4 mL"
    assert treated.state().selected
    earlier = item(spine, Level.T7)
    assert earlier.text(Name) == "T7: 2024-05: vertebroplasty, 3 mL"
    assert not earlier.state().selected


def test_a_variant_is_one_more_item(spine: SpineView) -> None:
    spine.set_variants({Level.T13})
    assert interface(spine).childCount() == 30
    assert item(spine, Level.T13).text(Name) == "T13"


def test_the_item_at_the_keyboard_has_the_focus(qtbot: QtBot, spine: SpineView) -> None:
    spine.setFocus()
    qtbot.keyClick(spine, Qt.Key.Key_Down)
    assert spine.current_level is Level.L1
    focused = interface(spine).focusChild()
    assert focused is not None
    assert focused.text(Name) == "L1"
    assert focused.state().focused
    assert not item(spine, Level.L2).state().focused


def test_an_item_lies_where_its_body_is_drawn(spine: SpineView) -> None:
    found = interface(spine)
    for level in (Level.C2, Level.T7, Level.L5):
        place = spine.mapToGlobal(spine.place_of(level).toPoint())
        assert item(spine, level).rect().contains(place)
        under = found.childAt(place.x(), place.y())
        assert under is not None
        assert under.text(Name).startswith(level.label)
        assert found.indexOfChild(under) == spine.levels().index(level)
        parent = under.parent()
        assert parent is not None
        assert parent.childCount() == 29


def test_spines_that_are_gone_leave_nothing_that_fails(qtbot: QtBot) -> None:
    for _ in range(10):
        view = SpineView(Theme("light"))
        view.show()
        assert interface(view).childCount() == 29
        assert item(view, Level.L1).text(Name) == "L1"
        view.deleteLater()
        del view
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

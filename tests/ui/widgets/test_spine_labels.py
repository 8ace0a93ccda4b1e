# SPDX-License-Identifier: MIT
"""The names beside the drawn spine: whole, and clear of one another and of the bone."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Level
from ui.theme import Theme
from ui.widgets.spine import SpineView
from ui.widgets.spine_labels import Label
from ui.widgets.spine_marks import LevelMark

BUSY = {
    Level.C5: LevelMark(treated=True),
    Level.T6: LevelMark(old_fracture=True),
    Level.T8: LevelMark(treated=True, fracture=True, leaks=(LeakLocation.PARAVERTEBRAL_TISSUE,)),
    Level.T12: LevelMark(treated=True, selected=True),
    Level.T13: LevelMark(treated=True),
    Level.L1: LevelMark(earlier=True),
    Level.L2: LevelMark(between=True, warning="L2 lies untreated."),
    Level.L3: LevelMark(treated=True, warning="More than usual."),
    Level.L4: LevelMark(new_fracture=True),
    Level.L6: LevelMark(earlier=True),
    Level.S1: LevelMark(treated=True),
}
SIZES = [(120, 145), (120, 320), (150, 260), (200, 420), (215, 700), (400, 560), (500, 1200)]
_marks = st.builds(
    LevelMark,
    treated=st.booleans(),
    earlier=st.booleans(),
    fracture=st.booleans(),
    new_fracture=st.booleans(),
    warning=st.sampled_from(["", "Unusual."]),
    leaks=st.sampled_from([(), (LeakLocation.GREAT_VESSEL,), (LeakLocation.EPIDURAL,)]),
)


def shown(
    qtbot: QtBot, size: tuple[int, int], scale: float, marks: dict[Level, LevelMark]
) -> SpineView:
    view = SpineView(Theme("light", scale))
    qtbot.addWidget(view)
    view.set_interactive(True)
    view.resize(round(size[0] * scale), round(size[1] * scale))
    view.set_marks(marks)
    return view


def letters(label: Label) -> QRectF:
    """What is painted of a name, without the air around it."""
    air = (label.box.height() - label.font.pixelSize() * 0.74) / 2
    return label.box.adjusted(air, air, -air, -air)


def troubles(view: SpineView) -> list[str]:
    """What is cut off or covered."""
    room, labels = QRectF(view.rect()).adjusted(-1, -1, 1, 1), view.labels()
    said = [f"{label.level} is cut off" for label in labels if not room.contains(letters(label))]
    for one, other in combinations(labels, 2):
        if letters(one).intersects(letters(other)):
            said.append(f"{one.level} and {other.level} lie on each other")
        if not one.sign.isEmpty() and one.sign.intersects(letters(other)):
            said.append(f"the warning of {one.level} lies on {other.level}")
    said += [f"{label.level} lies on bone" for label in labels if _lies_on_bone(view, label)]
    return said


def _lies_on_bone(view: SpineView, label: Label) -> bool:
    """Bone comes before names where something is pointed at."""
    within = letters(label)
    places = (within.topRight(), within.bottomRight())
    return any(view.level_at(place) is not label.level for place in places)


@pytest.mark.parametrize("scale", [0.8, 2.0])
@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
@pytest.mark.parametrize("marks", [{}, BUSY], ids=["empty", "busy"])
def test_no_name_is_cut_or_covered(
    qtbot: QtBot, size: tuple[int, int], scale: float, marks: dict[Level, LevelMark]
) -> None:
    view = shown(qtbot, size, scale, marks)
    assert troubles(view) == []
    assert {label.level for label in view.labels()} >= set(marks)


@settings(max_examples=30, deadline=None)
@given(
    marks=st.dictionaries(st.sampled_from(list(Level)), _marks, max_size=14),
    size=st.sampled_from(SIZES),
    scale=st.sampled_from([1.0, 2.0]),
)
def test_no_marks_bring_names_to_lie_on_each_other(
    qapp: object, marks: dict[Level, LevelMark], size: tuple[int, int], scale: float
) -> None:
    view = SpineView(Theme("light", scale))
    view.resize(round(size[0] * scale), round(size[1] * scale))
    view.set_marks(marks)
    assert troubles(view) == []
    view.deleteLater()


def test_names_stand_in_the_order_of_the_levels(qtbot: QtBot) -> None:
    labels = shown(qtbot, (200, 420), 1.0, BUSY).labels()
    heights = [label.box.center().y() for label in labels]
    assert heights == sorted(heights)
    ranks = [label.level.rank for label in labels]
    assert ranks == sorted(ranks)


def test_all_levels_are_named_where_there_is_room_and_else_only_those_that_matter(
    qtbot: QtBot,
) -> None:
    large = shown(qtbot, (215, 420), 1.0, {Level.L1: LevelMark(treated=True)})
    assert [label.level for label in large.labels()] == list(large.levels())
    small = shown(qtbot, (120, 145), 2.0, {Level.L1: LevelMark(treated=True)})
    assert [label.level for label in small.labels()] == [Level.L1]


def test_names_that_are_read_at_200_percent_are_twice_as_large(qtbot: QtBot) -> None:
    marks = {Level.L1: LevelMark(treated=True)}
    sizes = [
        shown(qtbot, (150, 150), scale, marks).labels()[0].font.pixelSize() for scale in (1, 2)
    ]
    assert sizes[1] == 2 * sizes[0]


def test_a_name_that_had_to_move_is_joined_to_its_vertebra(qtbot: QtBot) -> None:
    run = [Level.T9, Level.T10, Level.T11, Level.T12, Level.L1, Level.L2, Level.L3]
    marks = {level: LevelMark(treated=True) for level in run}
    labels = shown(qtbot, (150, 145), 2.0, marks).labels()
    assert any(label.is_moved for label in labels)
    spacious = shown(qtbot, (215, 700), 1.0, marks).labels()
    assert not any(label.is_moved for label in spacious)


def test_a_click_on_a_name_that_moved_chooses_its_level(qtbot: QtBot) -> None:
    view = shown(qtbot, (150, 145), 2.0, {level: LevelMark(treated=True) for level in Level})
    for label in view.labels():
        assert view.level_at(letters(label).center()) is label.level

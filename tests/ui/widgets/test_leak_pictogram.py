# SPDX-License-Identifier: MIT
"""The pictogram of the leaks: what it shows, and that it says the same in words."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from models.case import Case
from models.vocabulary import Fill, Leakage, LeakLocation, Level, Side, Yeom, YesNo
from tests.builders import a_case
from ui.theme import Theme
from ui.widgets.leak_pictogram import LeakPictogram
from ui.widgets.leak_shapes import OUT_OF_PLANE, build_slice, cement_in_slice, spots
from ui.widgets.leak_view import LeakPicture, leak_picture

REGIONS = ("cervical", "thoracic", "lumbar", "sacral")


def picture(
    level: Level | None = Level.L3,
    leakage: Leakage | None = Leakage.PRESENT,
    *locations: LeakLocation,
    **values: object,
) -> LeakPicture:
    case = a_case("P-1", Level.L3, leakage=leakage)
    row = case.levels[0]
    row.level = level
    for name, value in values.items():
        setattr(row, name, value)
    for location in locations:
        case.add_leak(row, location=location)
    return leak_picture(case, row)


@pytest.fixture
def pictogram(qtbot: QtBot) -> LeakPictogram:
    shown = LeakPictogram(Theme("light"))
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    return shown


def drawn(pictogram: LeakPictogram, shown: LeakPicture) -> QImage:
    pictogram.show_picture(shown)
    return pictogram.grab().toImage()


# words


def test_it_says_in_words_what_it_shows() -> None:
    case = a_case("P-1", Level.L1, leakage=Leakage.PRESENT)
    row = case.levels[0]
    case.add_leak(row, location=LeakLocation.DISC_SUPERIOR, yeom_type=Yeom.D, symptomatic=YesNo.NO)
    case.add_leak(row, location=LeakLocation.EPIDURAL, yeom_type=Yeom.B, symptomatic=YesNo.YES)
    shown = leak_picture(case, row)
    assert shown.words() == (
        "L1. Cement 6 mL, right. 2 leaks, 1 with symptoms: disc above (D), no symptoms; "
        "spinal canal (B), with symptoms."
    )


@pytest.mark.parametrize(
    ("leakage", "said"),
    [
        (None, "Leakage not answered"),
        (Leakage.NONE, "No leak"),
        (Leakage.NOT_ASSESSED, "Leakage not assessed"),
        (Leakage.PRESENT, "Leak, place not said"),
    ],
)
def test_every_answer_has_its_words(leakage: Leakage | None, said: str) -> None:
    assert picture(leakage=leakage).state_words() == said


def test_a_screen_reader_and_the_tool_tip_say_the_same(pictogram: LeakPictogram) -> None:
    shown = picture(Level.L3, Leakage.PRESENT, LeakLocation.FORAMINAL)
    pictogram.show_picture(shown)
    assert pictogram.accessibleName() == "Pictogram of the leaks"
    assert pictogram.accessibleDescription() == shown.words()
    assert "foramen" in pictogram.toolTip()
    assert "right is on the left" in pictogram.toolTip()


def test_an_empty_line_of_the_list_is_no_leak() -> None:
    case = a_case("P-1", Level.L1, leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0])
    assert leak_picture(case, case.levels[0]).leaks == ()


# cement and its side


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ({"side": Side.RIGHT}, {-1}),
        ({"side": Side.LEFT}, {1}),
        ({"side": Side.BILATERAL}, {-1, 1}),
        ({"side": Side.MIDLINE}, {0}),
        ({"side": None}, {0}),
        ({"side": Side.RIGHT, "fill": Fill.BILATERAL}, {-1, 1}),
        ({"side": Side.BILATERAL, "fill": Fill.UNILATERAL}, {0}),
        ({"side": Side.RIGHT, "cement_left_ml": 2.0, "cement_right_ml": 4.0}, {-1, 1}),
        ({"side": Side.RIGHT, "cement_ml": None}, set()),
    ],
)
def test_cement_lies_on_the_side_that_the_record_names(
    values: dict[str, object], sides: set[int]
) -> None:
    shown = picture(Level.L3, Leakage.NONE, **values)
    assert {side for side, _ in shown.cement} == sides


def test_the_patients_right_is_on_the_left_of_the_picture() -> None:
    (drop,) = cement_in_slice("lumbar", {-1: 1.0}, joined=False)
    assert drop.boundingRect().right() < 0.05
    (drop,) = cement_in_slice("lumbar", {1: 1.0}, joined=False)
    assert drop.boundingRect().left() > -0.05


def test_cement_of_one_side_that_crosses_the_midline_does() -> None:
    (drop,) = cement_in_slice("thoracic", {-1: 1.0}, joined=True)
    assert drop.boundingRect().left() < 0 < drop.boundingRect().right()


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("size", [0.5, 1.0, 1.2])
def test_cement_stays_within_the_bone(region: str, size: float) -> None:
    bone = build_slice(region).bone
    for sides in ({-1: size, 1: size}, {0: size}):
        for drop in cement_in_slice(region, sides, joined=False):
            assert bone.contains(drop), sides


def test_more_on_one_side_is_a_larger_drop_there() -> None:
    shown = dict(picture(cement_left_ml=1.0, cement_right_ml=5.0).cement)
    assert shown[-1] > shown[1]


# leaks


@pytest.mark.parametrize("region", REGIONS)
def test_every_leak_has_a_place_in_the_slice_unless_it_is_out_of_plane(region: str) -> None:
    bounds = build_slice(region).bounds
    for location in LeakLocation:
        found = spots(region, location)
        assert bool(found) != (location in OUT_OF_PLANE)
        for _, start, end in found:
            assert bounds.contains(start)
            assert bounds.contains(end)


@pytest.mark.parametrize("region", REGIONS)
def test_a_leak_into_the_canal_ends_in_the_canal(region: str) -> None:
    ((_, _, end),) = spots(region, LeakLocation.EPIDURAL)
    assert build_slice(region).canal.contains(end)


def test_a_leak_beside_the_body_is_shown_on_both_sides_because_its_side_is_not_known() -> None:
    assert [side for side, _, _ in spots("lumbar", LeakLocation.PARAVERTEBRAL_VEIN)] == [-1, 1]


# looks


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_none_not_assessed_not_answered_and_a_leak_look_different(qtbot: QtBot, mode: str) -> None:
    shown = LeakPictogram(Theme(mode))
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    images = [drawn(shown, picture(leakage=answer)) for answer in (None, *Leakage)]
    images.append(drawn(shown, picture(Level.L3, Leakage.PRESENT, LeakLocation.EPIDURAL)))
    for number, image in enumerate(images):
        assert image not in images[:number]


def test_each_region_location_and_symptom_changes_the_picture(pictogram: LeakPictogram) -> None:
    images = [
        drawn(pictogram, picture(level, Leakage.NONE))
        for level in (None, Level.C1, Level.C2, Level.C5, Level.T6, Level.T13, Level.L6, Level.S1)
    ]
    images += [
        drawn(pictogram, picture(Level.T12, Leakage.PRESENT, location)) for location in LeakLocation
    ]
    for number, image in enumerate(images):
        assert image not in images[:number]


def test_symptoms_and_type_are_seen(pictogram: LeakPictogram) -> None:
    def shown(**values: object) -> QImage:
        case: Case = a_case("P-1", Level.L3, leakage=Leakage.PRESENT)
        case.add_leak(case.levels[0], location=LeakLocation.DISC_INFERIOR, **values)
        return drawn(pictogram, leak_picture(case, case.levels[0]))

    plain = shown()
    assert shown(symptomatic=YesNo.YES) != plain
    assert shown(yeom_type=Yeom.D) != plain
    assert shown(yeom_type=Yeom.D) != shown(yeom_type=Yeom.C)


def test_it_grows_with_the_text(qtbot: QtBot) -> None:
    theme = Theme("light")
    shown = LeakPictogram(theme)
    qtbot.addWidget(shown)
    small = shown.sizeHint()
    theme.set_scale(2.0)
    assert shown.sizeHint() == small * 2


# the type that follows


def test_the_type_follows_only_from_places_that_leave_no_doubt() -> None:
    assert {place: place.usual_yeom for place in LeakLocation if place.usual_yeom} == {
        LeakLocation.DISC_SUPERIOR: Yeom.D,
        LeakLocation.DISC_INFERIOR: Yeom.D,
        LeakLocation.BASIVERTEBRAL_VEIN: Yeom.B,
        LeakLocation.PARAVERTEBRAL_VEIN: Yeom.S,
        LeakLocation.PARAVERTEBRAL_TISSUE: Yeom.C,
    }

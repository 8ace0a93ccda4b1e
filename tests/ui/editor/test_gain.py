# SPDX-License-Identifier: MIT
"""What the panel of a level tells of its heights, in words."""

from __future__ import annotations

import pytest

from models.schema import TreatedLevel
from ui.editor.gain import Told, suggestion, tell


def figures(told: Told) -> dict[str, tuple[str, ...]]:
    return {line.label: tuple(cell.text for cell in line.cells) for line in told.lines}


@pytest.mark.parametrize(
    ("before", "after", "mm", "percent", "gain"),
    [
        (15, 20, "+5", "33", "+5 mm"),
        (18, 22, "+4", "22", "+4 mm"),
        (20, 18.5, "−1.5", "−8", "−1.5 mm"),
        (20, 20, "0", "0", "0 mm"),
        (20, None, "–", "–", "–"),
    ],
)
def test_gain_in_mm_and_of_the_initial_height(
    before: float | None, after: float | None, mm: str, percent: str, gain: str
) -> None:
    told = tell(TreatedLevel(anterior_before_mm=before, anterior_after_mm=after))
    assert told.gain == gain
    assert figures(told)["Gain, mm"] == (mm, "–", "–")
    assert figures(told)["Gain of initial, %"] == (percent, "–", "–")


def test_every_formula_is_told_at_each_wall_with_its_words() -> None:
    told = tell(
        TreatedLevel(
            anterior_before_mm=15,
            anterior_after_mm=20,
            middle_before_mm=26,
            middle_after_mm=25,
            cranial_anterior_mm=24,
            caudal_anterior_mm=26,
            cranial_middle_mm=25,
        )
    )
    assert figures(told) == {
        "Reference, mm": ("25", "↑25", "–"),
        "Compression before, %": ("40", "−4", "–"),
        "Compression after, %": ("20", "0", "–"),
        "Gain, mm": ("+5", "−1", "–"),
        "Gain of initial, %": ("33", "−4", "–"),
        "Gain of lost height, %": ("50", "–", "–"),
        "Gain of reference, %": ("20", "−4", "–"),
    }
    assert [line.words for line in told.lines] == [
        "mean, or ↑ above, ↓ below",
        "1 − before / reference",
        "1 − after / reference",
        "after − before",
        "gain / before",
        "gain / (reference − before)",
        "gain / reference",
    ]
    assert (told.gain, told.basis) == (
        "+5 mm, 50 % of lost height",
        "anterior wall, the better of anterior and middle",
    )


def test_trap_16_a_dash_says_why_it_stands_there() -> None:
    told = tell(TreatedLevel(anterior_before_mm=25, anterior_after_mm=26, cranial_anterior_mm=25))
    of_lost = next(line for line in told.lines if line.label.startswith("Gain of lost"))
    assert [cell.text for cell in of_lost.cells] == ["–", "–", "–"]
    assert [cell.tip for cell in of_lost.cells] == [
        "Nothing was lost: the height before is not below the reference.",
        "The height before is not known.",
        "The height before is not known.",
    ]
    assert told.lines[0].words == "level above only"


def test_without_heights_a_reported_gain_stands_and_no_table() -> None:
    told = tell(TreatedLevel(height_gain_low_mm=3, height_gain_high_mm=5))
    assert (told.gain, told.basis, told.lines) == ("3–5 mm", "as reported, not measured", ())
    assert tell(TreatedLevel()).gain == "–"


def test_a_reported_gain_that_is_not_the_measured_one_is_told() -> None:
    level = TreatedLevel(
        middle_before_mm=16,
        middle_after_mm=23,
        height_gain_low_mm=3,
        height_gain_high_mm=5,
    )
    assert tell(level).doubt == (
        "Reported 3–5 mm, measured +7 mm. Both are kept; the measured counts."
    )
    level.height_gain_high_mm = 6
    assert tell(level).doubt == ""


def test_angles_change_with_kyphosis_positive_and_the_beck_index_is_named() -> None:
    told = tell(
        TreatedLevel(
            wedge_before_deg=12,
            wedge_after_deg=6.5,
            kyphosis_before_deg=-2,
            kyphosis_after_deg=3,
            anterior_before_mm=18,
            posterior_before_mm=24,
        )
    )
    assert told.angles == (
        "Wedge angle −5.5°  ·  Kyphotic angle +5°  ·  Beck index 0.75 → –, anterior / posterior"
    )


def test_the_suggested_grade_names_what_it_rests_on() -> None:
    loss = tell(TreatedLevel(anterior_before_mm=15, posterior_before_mm=20)).loss
    assert loss is not None
    assert suggestion(loss) == (
        "Suggested by 25 % lost at the anterior wall, against the posterior wall of the same "
        "vertebra."
    )

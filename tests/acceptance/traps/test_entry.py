# SPDX-License-Identifier: MIT
"""Promise: the traps that lie in typing are met beside the box, and nothing else is lost."""

from __future__ import annotations

import pytest

from models.schema import Assessment
from models.vocabulary import Leakage, Level, PainScale, TimePoint
from tests.acceptance.traps.conftest import Clinic
from tests.builders import a_case


def follow_up(clinic: Clinic) -> Assessment:
    return clinic.case.assessments[1]


@pytest.mark.parametrize(
    ("scale", "typed", "said"),
    [
        (PainScale.NRS, "7.5", "NRS 0–10 takes whole numbers, not 7.5."),
        (PainScale.NRS, "75", "Pain 75 is above the top of NRS 0–10."),
        (PainScale.VAS_10, "7,5", ""),
        (PainScale.VAS_10, "75", "Pain 75 is above the top of VAS 0–10."),
        (PainScale.VAS_100, "75", ""),
        (PainScale.NRS, "8/10", ""),
        (PainScale.VAS_100, "8/10", "8/10 is told out of 10, VAS 0–100 mm is not."),
    ],
)
def test_trap_1_a_score_fits_its_scale_or_is_refused_and_never_divided(
    clinic: Clinic, scale: PainScale, typed: str, said: str
) -> None:
    clinic.open(a_case(scale=scale))
    box = clinic.enter(follow_up(clinic), "pain_low", typed)
    notice = box.notice()
    assert (notice.sentence.partition(": ")[2] if notice else "") == said
    if said:
        assert clinic.is_refused()
        assert box.text() == typed.partition("/")[0]
    else:
        assert clinic.save().assessments[1].pain_low in (7.5, 75, 8)


@pytest.mark.parametrize("typed", ["4,5", "4.5", "4,5 mL", "\uff14\uff0c\uff15"])
def test_trap_2_a_decimal_comma_is_a_decimal_point(clinic: Clinic, typed: str) -> None:
    clinic.open(a_case())
    box = clinic.enter(clinic.case.levels[0], "cement_ml", typed)
    assert box.text() == "4.5"
    assert clinic.save().levels[0].cement_ml == 4.5


def test_trap_3_resolved_is_kept_as_a_word_and_is_not_0(clinic: Clinic) -> None:
    clinic.open(a_case())
    clinic.enter(follow_up(clinic), "pain_low", "resolved")
    row = clinic.save().assessments[1]
    assert (row.pain_low, row.pain_high, row.pain_words) == (None, None, "resolved")


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", " to "])
def test_trap_4_a_range_is_kept_with_both_ends(clinic: Clinic, dash: str) -> None:
    clinic.open(a_case())
    box = clinic.enter(follow_up(clinic), "pain_low", f"0{dash}1")
    assert box.text() == "0–1"
    row = clinic.save().assessments[1]
    assert (row.pain_low, row.pain_high) == (0, 1)


def test_trap_7_a_follow_up_before_the_procedure_is_refused(clinic: Clinic) -> None:
    clinic.open(a_case(after=None))
    row = clinic.case.add_assessment(time_point=TimePoint.W1, pain_low=3, pain_high=3)
    row.pain_scale = PainScale.NRS
    clinic.page._show_anew()
    box = clinic.enter(row, "assessed_on", "2026-02")
    assert clinic.is_refused()
    notice = box.notice()
    assert notice is not None
    assert "A follow-up cannot be dated before the procedure (2026-02)." in notice.sentence


@pytest.mark.parametrize("level", [Level.T13, Level.L6])
def test_trap_10_a_variant_is_kept_and_asks_how_levels_were_counted(
    clinic: Clinic, level: Level
) -> None:
    clinic.open(a_case("P-1", level))
    assert any("Note how the levels were counted." in said for said in clinic.told())
    clinic.enter(clinic.case.levels[0], "level_counting", "From the sacrum, on MRI.")
    assert not any("Note how" in said for said in clinic.told())
    assert clinic.save().levels[0].level is level


def test_trap_11_left_and_right_make_the_total(clinic: Clinic) -> None:
    clinic.open(a_case(cement_ml=6))
    level = clinic.case.levels[0]
    clinic.enter(level, "cement_left_ml", "2,9")
    clinic.enter(level, "cement_right_ml", "3,2")
    assert clinic.told()[0] == "T12: Left and right make 6.1 mL, not the total given."
    assert clinic.is_refused()
    clinic.enter(level, "cement_right_ml", "3,1")
    assert clinic.save().levels[0].cement_right_ml == 3.1


def test_trap_12_leakage_not_answered_stays_open_and_is_not_none(clinic: Clinic) -> None:
    clinic.open(a_case(leakage=None))
    stored = clinic.save() if clinic.page._editing.is_unsaved() else clinic.case
    assert stored.levels[0].leakage is None
    box = clinic.page._form.find_box(str(clinic.case.levels[0].id), "leakage")
    assert box is not None
    assert box.is_open
    clinic.enter(clinic.case.levels[0], "leakage", "none")
    assert clinic.save().levels[0].leakage is Leakage.NONE


def test_trap_13_eighteen_ml_are_kept_marked_and_may_be_explained(clinic: Clinic) -> None:
    clinic.open(a_case("P-1", Level.L3))
    clinic.enter(clinic.case.levels[0], "cement_ml", "18")
    assert clinic.told()[0].startswith("L3: Cement 18 is unusual in the lumbar spine")
    assert clinic.save().levels[0].cement_ml == 18


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("13639", "If it was read in mGy.cm2, enter 13.639 Gy.cm2.", None),
        ("13639 mGy.cm2", "is in another unit. Enter 13.639 Gy.cm2.", None),
        ("639", "If it was read in mGy.cm2, enter 0.639 Gy.cm2.", 639),
        ("41.5", "If the console shows mGy.cm2, enter 0.0415 Gy.cm2.", 41.5),
    ],
)
def test_trap_14_a_dose_a_thousand_times_too_high_is_asked_about_and_never_converted_unseen(
    clinic: Clinic, typed: str, said: str, kept: float | None
) -> None:
    case = a_case()
    case.procedure.fluoro_time_s = 25
    clinic.open(case)
    box = clinic.enter(clinic.case.procedure, "kap_gycm2", typed)
    notice = box.notice()
    assert notice is not None
    assert notice.sentence.endswith(said)
    assert clinic.case.procedure.kap_gycm2 == kept
    assert box.text() == typed


def test_trap_15_a_loss_of_height_is_entered_and_shown_as_a_loss(clinic: Clinic) -> None:
    clinic.open(a_case())
    level = clinic.case.levels[0]
    clinic.enter(level, "anterior_before_mm", "20")
    clinic.enter(level, "anterior_after_mm", "18,5")
    stored = clinic.save().levels[0]
    assert stored.anterior_after_mm - stored.anterior_before_mm == -1.5
    assert not any("height" in said for said in clinic.told())

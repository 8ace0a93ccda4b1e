# SPDX-License-Identifier: MIT
"""Lesion, needle, balloons, leaks and heights of a level."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from models import checks
from models.case import Case
from models.schema import Balloon, Leak, TreatedLevel
from models.vocabulary import (
    AggressiveFeature,
    Approach,
    ClinicalGroup,
    Diagnosis,
    Enneking,
    EventKind,
    Fill,
    Genant,
    HemangiomaType,
    Leakage,
    LeakDetection,
    LeakLocation,
    LesionExtent,
    Level,
    NeuroScale,
    NeuroStatus,
    OfClass,
    PosteriorWall,
    PressureUnit,
    Side,
    Technique,
    VertebraPart,
    Yeom,
    YesNo,
)
from tests.builders import a_case
from tests.models.any_case import rows, values_of
from tests.models.checks.saying import errors_of, warnings_of

VP, BKP = Technique.VERTEBROPLASTY, Technique.BALLOON_KYPHOPLASTY


def test_grades_stand_only_with_their_diagnosis() -> None:
    case = a_case()
    level = case.levels[0]
    level.of_class, level.genant, level.fracture_age_days = OfClass.OF2, Genant.MILD, 20
    for field in ("of_class", "genant", "fracture_age_days"):
        assert "only belongs where Diagnosis is" in warnings_of(case, field)[0]
    level.diagnosis = (Diagnosis.HEMANGIOMA, Diagnosis.OSTEOPOROTIC_FRACTURE)
    for field in ("of_class", "genant", "fracture_age_days"):
        assert not warnings_of(case, field)
    level.diagnosis = (Diagnosis.TRAUMATIC_FRACTURE,)
    level.enneking = Enneking.ACTIVE
    assert warnings_of(case, "of_class")
    assert warnings_of(case, "enneking")
    assert not warnings_of(case, "genant")


@pytest.mark.parametrize(
    ("technique", "level", "possible"),
    [
        (Technique.CERVICAL_VERTEBROPLASTY, Level.C5, True),
        (Technique.CERVICAL_VERTEBROPLASTY, Level.T1, False),
        (Technique.SACROPLASTY, Level.S1, True),
        (Technique.SACROPLASTY, Level.L5, False),
        (Technique.SACROPLASTY_BALLOON, Level.L5, False),
        (VP, Level.S1, True),
    ],
)
def test_a_technique_belongs_to_its_region(
    technique: Technique, level: Level, possible: bool
) -> None:
    case = a_case("P-1", level, technique=technique, cement_ml=2)
    assert (errors_of(case, "technique") == []) is possible


def test_transoral_is_for_c2_and_unusual_elsewhere_in_the_neck() -> None:
    for level, unusual in ((Level.C2, False), (Level.C4, True)):
        case = a_case("P-1", level, technique=VP, cement_ml=2)
        case.levels[0].approach = Approach.TRANSORAL
        assert not errors_of(case, "approach")
        assert bool(warnings_of(case, "approach")) is unusual


def test_pediculoplasty_is_for_pedicle_or_lamina() -> None:
    case = a_case(technique=Technique.PEDICULOPLASTY)
    level = case.levels[0]
    assert warnings_of(case, "technique")
    level.part = (VertebraPart.BODY, VertebraPart.PEDICLE_LEFT)
    assert not warnings_of(case, "technique")
    level.part, level.approach = (), Approach.DIRECT_PEDICLE_LAMINA
    assert not warnings_of(case, "technique")


def test_balloons_go_with_the_technique() -> None:
    case = a_case(technique=VP)
    case.levels[0].balloon_count = 2
    assert warnings_of(case, "balloon_count")
    case.add_balloon(case.levels[0], volume_ml=3)
    assert warnings_of(case, "technique")
    case.levels[0].technique = BKP
    assert warnings_of(case, "balloon_count") == ["T12: Balloons counted: 2, listed: 1."]
    case.add_balloon(case.levels[0], volume_ml=3)
    assert not warnings_of(case, "balloon_count")
    assert not warnings_of(case, "technique")


def test_a_balloon_is_on_the_side_of_the_needle() -> None:
    case = a_case()
    balloon = case.add_balloon(case.levels[0], side=Side.LEFT)
    assert warnings_of(case, "side")
    balloon.side = Side.RIGHT
    assert not warnings_of(case, "side")


@pytest.mark.parametrize(
    ("pressure", "unit", "weight"),
    [
        (200, PressureUnit.PSI, ""),
        (400, PressureUnit.PSI, ""),
        (401, PressureUnit.PSI, "warning"),
        (1000, PressureUnit.PSI, "warning"),
        (1001, PressureUnit.PSI, "error"),
        (13.7, PressureUnit.BAR, ""),
        (27, PressureUnit.BAR, ""),
        (28, PressureUnit.BAR, "warning"),
        (68, PressureUnit.BAR, "warning"),
        (69, PressureUnit.BAR, "error"),
        (27.2, PressureUnit.ATM, ""),
        (27.3, PressureUnit.ATM, "warning"),
        (68.1, PressureUnit.ATM, "error"),
        (500, PressureUnit.BAR, "error"),
    ],
)
def test_a_pressure_is_judged_in_psi_and_kept_as_it_was_told(
    pressure: float, unit: PressureUnit, weight: str
) -> None:
    case = a_case()
    balloon = case.add_balloon(case.levels[0], pressure=pressure, pressure_unit=unit)
    said = {"error": errors_of(case, "pressure"), "warning": warnings_of(case, "pressure")}
    assert ("error" if said["error"] else "warning" if said["warning"] else "") == weight
    assert (balloon.pressure, balloon.pressure_unit) == (pressure, unit)


def test_a_pressure_has_a_unit() -> None:
    case = a_case()
    case.add_balloon(case.levels[0], pressure=20)
    assert warnings_of(case, "pressure_unit") == ["T12: Name the unit of the pressure."]


def test_a_fill_of_one_side_has_cement_on_one_side() -> None:
    case = a_case()
    level = case.levels[0]
    level.fill, level.cement_left_ml, level.cement_right_ml = Fill.UNILATERAL, 3, 3
    assert warnings_of(case, "fill")


@pytest.mark.parametrize(
    ("kind", "location", "fits"),
    [
        (Yeom.D, LeakLocation.DISC_SUPERIOR, True),
        (Yeom.D, LeakLocation.EPIDURAL, False),
        (Yeom.C, LeakLocation.DISC_INFERIOR, True),
        (Yeom.B, LeakLocation.DISC_SUPERIOR, False),
        (Yeom.B, LeakLocation.BASIVERTEBRAL_VEIN, True),
        (Yeom.B, LeakLocation.EPIDURAL, True),
        (Yeom.S, LeakLocation.PARAVERTEBRAL_VEIN, True),
        (Yeom.S, LeakLocation.FACET, False),
        (Yeom.C, LeakLocation.PARAVERTEBRAL_VEIN, False),
        (Yeom.C, LeakLocation.NEEDLE_TRACK, True),
    ],
)
def test_the_type_of_a_leak_fits_its_location(
    kind: Yeom, location: LeakLocation, fits: bool
) -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], yeom_type=kind, location=location)
    assert (warnings_of(case, "yeom_type") == []) is fits


def test_a_leak_was_seen_where_it_was_looked_for() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.levels[0].leak_assessed_by = (LeakDetection.FLUOROSCOPY,)
    case.add_leak(case.levels[0], detected_by=LeakDetection.CT)
    assert warnings_of(case, "detected_by")
    case.levels[0].leak_assessed_by = (LeakDetection.FLUOROSCOPY, LeakDetection.CT)
    assert not warnings_of(case, "detected_by")


def test_not_assessed_was_not_looked_for() -> None:
    case = a_case(leakage=Leakage.NOT_ASSESSED)
    case.levels[0].leak_assessed_by = (LeakDetection.CT,)
    assert warnings_of(case, "leak_assessed_by")


def test_a_place_in_the_neck_or_at_the_sacrum_is_unusual_elsewhere() -> None:
    case = a_case("P-1", Level.T12, leakage=Leakage.PRESENT)
    leak = case.add_leak(case.levels[0], location=LeakLocation.PREVERTEBRAL)
    assert warnings_of(case, "location")
    leak.location = LeakLocation.SACRAL
    assert warnings_of(case, "location")


def test_symptoms_and_cement_in_the_lung_are_events_too() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    leak = case.add_leak(case.levels[0], symptomatic=YesNo.YES, location=LeakLocation.PULMONARY)
    assert warnings_of(case, "symptomatic")
    event = case.add_adverse_event(kind=EventKind.PAIN_FLARE)
    assert not warnings_of(case, "symptomatic")
    assert warnings_of(case, "location")
    event.kind = EventKind.EMBOLISM_CEMENT
    assert not warnings_of(case, "location")
    leak.location = LeakLocation.FACET
    assert warnings_of(case, "kind")


def test_a_leak_without_symptoms_is_no_event() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], symptomatic=YesNo.NO, location=LeakLocation.PULMONARY)
    assert not warnings_of(case, "symptomatic")
    assert not warnings_of(case, "location")


def test_signs_of_a_hemangioma_tell_the_same() -> None:
    case = a_case("P-1", Level.L1)
    level = case.levels[0]
    level.hemangioma_type, level.enneking = HemangiomaType.AGGRESSIVE, Enneking.LATENT
    level.extent = LesionExtent.INTRAOSSEOUS
    level.clinical_group = ClinicalGroup.EPIDURAL_COMPRESSION
    level.aggressive_features = (AggressiveFeature.MID_THORACIC,)
    level.part = (VertebraPart.DENS, VertebraPart.SACRAL_ALA_LEFT)
    for field, count in (("enneking", 1), ("extent", 1), ("aggressive_features", 1), ("part", 2)):
        assert len(warnings_of(case, field)) == count
    level.clinical_group = None
    level.aggressive_features = (AggressiveFeature.SOFT_TISSUE,)
    assert warnings_of(case, "extent")


@pytest.mark.parametrize(
    ("scale", "grade", "status", "fits"),
    [
        (NeuroScale.FRANKEL, "E", NeuroStatus.NONE, True),
        (NeuroScale.FRANKEL, "d", NeuroStatus.NONE, False),
        (NeuroScale.AIS, "D", NeuroStatus.MYELOPATHY, True),
        (NeuroScale.AIS, "E", NeuroStatus.MYELOPATHY, False),
        (NeuroScale.AIS, "F", None, False),
        (NeuroScale.NURICK, "3", NeuroStatus.MYELOPATHY, True),
        (NeuroScale.NURICK, "C", None, False),
        (None, "D", None, False),
    ],
)
def test_a_grade_is_one_of_its_scale_and_fits_the_deficit(
    scale: NeuroScale | None, grade: str, status: NeuroStatus | None, fits: bool
) -> None:
    case = a_case()
    level = case.levels[0]
    level.neuro_scale, level.neuro_grade, level.neuro_status = scale, grade, status
    assert (warnings_of(case, "neuro_grade") == []) is fits


def test_of3_takes_the_posterior_wall() -> None:
    case = a_case()
    level = case.levels[0]
    level.diagnosis = (Diagnosis.OSTEOPOROTIC_FRACTURE,)
    level.of_class, level.posterior_wall = OfClass.OF3, PosteriorWall.INTACT
    assert warnings_of(case, "posterior_wall")


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [
        (3, 5, True),
        (4, 4, True),
        (6, 6, True),
        (7, 9, False),
        (-2, 2, False),
    ],
)
def test_a_reported_gain_and_measured_heights_agree(low: float, high: float, fits: bool) -> None:
    case = a_case()
    level = case.levels[0]
    level.anterior_before_mm, level.anterior_after_mm = 15, 20
    level.height_gain_low_mm, level.height_gain_high_mm = low, high
    assert (warnings_of(case, "height_gain_low_mm") == []) is fits


@pytest.mark.parametrize(
    ("after", "marked"), [(25.3, False), (25.4, True), (5.0, True), (5.1, False)]
)
def test_a_wall_that_changed_by_more_than_15_mm_is_marked(after: float, marked: bool) -> None:
    case = a_case()
    before = 10.3 if after > 20 else 20.1
    case.levels[0].middle_before_mm, case.levels[0].middle_after_mm = before, after
    assert bool(warnings_of(case, "middle_after_mm")) is marked


def test_more_than_the_lost_height_is_kept_and_marked() -> None:
    case = a_case()
    level = case.levels[0]
    level.cranial_anterior_mm, level.caudal_anterior_mm = 24, 26
    level.anterior_before_mm, level.anterior_after_mm = 18, 27
    assert warnings_of(case, "anterior_after_mm")
    level.anterior_after_mm = 26
    assert not warnings_of(case, "anterior_after_mm")


def test_an_angle_says_how_it_was_measured() -> None:
    case = a_case()
    case.levels[0].kyphosis_before_deg = 12
    assert warnings_of(case, "kyphosis_method")


_JUDGED_TOGETHER = (
    ("level", "technique", "approach"),
    ("technique", "balloon_count"),
    ("cement_ml", "cement_left_ml", "cement_right_ml"),
    ("height_gain_low_mm", "height_gain_high_mm"),
)


@st.composite
def level_cases(draw: st.DrawFn) -> Case:
    """A case of nobody with nothing but levels and what hangs on them."""
    case = Case.new()
    for position in range(draw(st.integers(1, 2))):
        level = draw(rows(TreatedLevel, {"procedure": case.id, "position": position}))
        for name in draw(st.sampled_from(_JUDGED_TOGETHER)):
            setattr(level, name, draw(values_of(TreatedLevel._meta.fields[name])))
        case.levels.append(level)
        hanging = {"treated_level": level.id, "position": position}
        case.balloons.append(draw(rows(Balloon, hanging)))
        case.leaks.append(draw(rows(Leak, hanging)))
    return case


@settings(max_examples=60, deadline=None)
@given(case=level_cases())
def test_levels_are_judged_alone_and_with_each_other_as_in_a_whole_case(case: Case) -> None:
    apart = checks.levels_contradict(case) or checks.contradict_each_other(case)
    assert apart == bool(checks.errors(case))


@pytest.mark.parametrize(
    "said",
    [
        {"level": Level.T12, "technique": Technique.SACROPLASTY},
        {"technique": BKP, "balloon_count": 0},
        {"cement_ml": 1.0, "cement_left_ml": 2.0},
        {"height_gain_low_mm": 3.0},
    ],
    ids=["region", "balloons", "cement", "gain"],
)
def test_what_a_level_cannot_be_is_seen_at_it_alone(said: dict[str, object]) -> None:
    case = Case.new()
    case.levels.append(TreatedLevel(procedure=case.id, position=0, **said))
    assert checks.levels_contradict(case)
    assert checks.errors(case)


def test_a_balloon_that_cannot_hold_is_seen_at_its_level_alone() -> None:
    case = Case.new()
    level = TreatedLevel(procedure=case.id, position=0)
    burst = Balloon(treated_level=level.id, pressure=500, pressure_unit=PressureUnit.ATM)
    case.levels.append(level)
    case.balloons.append(burst)
    assert checks.levels_contradict(case)
    assert checks.errors(case)

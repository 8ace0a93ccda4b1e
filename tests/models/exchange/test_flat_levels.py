# SPDX-License-Identifier: MIT
"""What belongs to a level or a case in the flat export: height gained, leaks, lists."""

from __future__ import annotations

import pytest

from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import (
    AdjunctKind,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    PriorTreatmentKind,
    Side,
    Yeom,
    YesNo,
)
from tests.builders import a_case
from tests.models.exchange.reading import exported, filled


def test_the_better_of_the_measured_gains_stands_in_the_column(logbook: Logbook) -> None:
    case = a_case()
    level = case.levels[0]
    level.anterior_before_mm, level.anterior_after_mm = 18.5, 21.2
    level.middle_before_mm, level.middle_after_mm = 17, 20
    level.height_gain_low_mm, level.height_gain_high_mm = 2, 4
    (row,) = exported(logbook, case)
    assert filled(row, "height_gain") == {
        "height_gain_mm": "3",
        "height_gain_low_mm": "2",
        "height_gain_high_mm": "4",
    }


def test_trap_15_a_loss_is_negative(logbook: Logbook) -> None:
    case = a_case()
    case.levels[0].anterior_before_mm, case.levels[0].anterior_after_mm = 20, 18.6
    (row,) = exported(logbook, case)
    assert row["height_gain_mm"] == "-1.4"


@pytest.mark.parametrize(
    ("low", "high", "written"), [(4, 4, ("4", "", "")), (3, 5, ("", "3", "5"))]
)
def test_a_reported_gain_is_exact_or_a_range(
    logbook: Logbook, low: float, high: float, written: tuple[str, str, str]
) -> None:
    case = a_case()
    case.levels[0].height_gain_low_mm, case.levels[0].height_gain_high_mm = low, high
    (row,) = exported(logbook, case)
    names = ("height_gain_mm", "height_gain_low_mm", "height_gain_high_mm")
    assert tuple(row[name] for name in names) == written


def test_leaks_and_balloons_stand_with_their_level_and_side_by_side(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1, leakage=Leakage.PRESENT)
    first, second = case.levels
    case.add_leak(first, location=LeakLocation.EPIDURAL, yeom_type=Yeom.B, symptomatic=YesNo.NO)
    case.add_leak(first, location=LeakLocation.DISC_SUPERIOR, symptomatic=YesNo.YES)
    case.add_balloon(second, side=Side.LEFT, volume_ml=3.5)
    case.add_balloon(second, side=Side.RIGHT, volume_ml=4)
    one, two = exported(logbook, case)
    assert filled(one, "leak_") == {
        "leak_locations": "epidural|disc_superior",
        "leak_count": "2",
        "leak_yeom_types": "B|",
        "leak_symptomatic": "no|yes",
    }
    assert two["leak_count"] == "0"
    assert (two["balloon_sides"], two["balloon_volumes_ml"]) == ("left|right", "3.5|4")
    assert one["balloon_sides"] == ""


def test_lists_keep_the_order_of_entry(logbook: Logbook) -> None:
    case = a_case(leakage=Leakage.PRESENT)
    for location in reversed(LeakLocation):
        case.add_leak(case.levels[0], location=location)
    (row,) = exported(logbook, case)
    assert row["leak_locations"].split("|") == [str(term) for term in reversed(LeakLocation)]


def test_what_belongs_to_the_case_stands_in_each_of_its_rows(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.add_prior_treatment(kind=PriorTreatmentKind.BRACE)
    case.add_prior_treatment(kind=PriorTreatmentKind.SURGERY, treated_on=PartialDate("2020"))
    case.add_adjunct(kind=AdjunctKind.ETHANOL, volume_ml=7.5)
    case.add_adverse_event(kind=EventKind.BLEEDING)
    for row in exported(logbook, case):
        assert row["prior_treatment_kinds"] == "brace|surgery"
        assert row["prior_treatment_dates"] == "|2020"
        assert (row["adjunct_kinds"], row["adjunct_volumes_ml"]) == ("ethanol", "7.5")
        assert (row["adverse_event_count"], row["adverse_event_kinds"]) == ("1", "bleeding")


def test_states_of_the_case_stand_at_the_end(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.synthetic = True
    (row,) = exported(logbook, case)
    assert (row["synthetic"], row["complete"], row["version"]) == ("1", "0", "1")

# SPDX-License-Identifier: MIT
"""Height at follow-up: gained less lost is kept, and who was not measured again is counted."""

from __future__ import annotations

from typing import Any

import pytest

from models.analysis.gains import height_gains
from models.analysis.kept_heights import KeptHeights, kept_heights
from models.analysis.question import Question
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.heights import Wall, lost_since
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.query import parse
from models.sample import make_cases
from models.vocabulary import KyphosisMethod, Level, MeasureModality, TimePoint
from tests.builders import a_case


def ask(logbook: Logbook, *cases: Case, asked: str = "") -> KeptHeights:
    save_many(logbook, cases)
    with logbook.session():
        return kept_heights(logbook, Question(filter=parse(asked)))


def lifted(
    code: str, before: float | None, after: float | None, *later: tuple[str, float], **values: Any
) -> Case:
    """A case of 4 March 2024 whose anterior wall was measured again on these days."""
    case = a_case(code, on="2024-03-04")
    level = case.levels[0]
    level.anterior_before_mm, level.anterior_after_mm = before, after
    for name, value in values.items():
        setattr(level, name, value)
    for on, height in later:
        case.add_later_measure(level, measured_on=PartialDate(on), anterior_mm=height)
    return case


def anterior(found: KeptHeights) -> tuple[Any, ...]:
    wall = found.wall(Wall.ANTERIOR)
    return wall.lost.n, wall.lost.mean, wall.gained.mean, wall.kept.mean


def test_what_was_gained_less_what_was_lost_is_kept(logbook: Logbook) -> None:
    found = ask(
        logbook,
        lifted("A", 15, 20, ("2024-06-04", 19)),
        lifted("B", 15, 21, ("2024-06-04", 18.5)),
        lifted("C", 15, 18),
    )
    assert (found.n_after, found.n_measured, found.n_none, found.n_patients) == (3, 2, 1, 2)
    assert anterior(found) == (2, 1.75, 5.5, 3.75)
    lost = found.wall(Wall.ANTERIOR).lost
    assert lost.ci95 is not None
    assert lost.ci95 == pytest.approx((1.75 - 12.706205 * 0.75, 1.75 + 12.706205 * 0.75), abs=1e-5)
    assert found.days.median == 92
    assert found.wall(Wall.MIDDLE).lost.n == 0


def test_the_latest_measurement_of_a_level_counts_and_each_visit_for_itself(
    logbook: Logbook,
) -> None:
    later = (("2025-03-04", 16.0), ("2024-06-10", 18.0), ("2024-06-03", 19.0))
    found = ask(logbook, lifted("A", 15, 20, *later))
    assert anterior(found) == (1, 4.0, 5.0, 1.0)
    told = {visit.point: (visit.n, visit.walls[0].lost.mean) for visit in found.visits}
    assert told == {TimePoint.M3: (1, 1.0), TimePoint.M12: (1, 4.0)}


def test_of_two_measurements_as_near_to_a_visit_the_later_counts(logbook: Logbook) -> None:
    days = ("2024-06-02", 19.0), ("2024-06-04", 18.0)
    found = ask(logbook, lifted("A", 15, 20, *days), lifted("B", 15, 20, *days[::-1]))
    (visit,) = found.visits
    assert (visit.point, visit.n, visit.walls[0].lost.mean) == (TimePoint.M3, 2, 2.0)


def test_measurements_on_no_known_day_after_it_are_told_and_not_used(logbook: Logbook) -> None:
    found = ask(
        logbook,
        lifted("A", 15, 20, ("2024", 19)),
        lifted("B", 15, 20, ("2024-03-04", 19)),
        lifted("C", 15, None, ("2024-06-04", 19)),
        lifted("D", None, 20, ("2024-06-04", 19)),
    )
    assert (found.n_after, found.n_measured, found.n_undated, found.n_none) == (3, 1, 2, 0)
    assert anterior(found) == (1, 1.0, None, None)
    assert found.wall(Wall.ANTERIOR).lost.ci95 is None


def test_another_way_of_measuring_is_told(logbook: Logbook) -> None:
    bent = {"kyphosis_after_deg": 10, "kyphosis_method": KyphosisMethod.VERTEBRAL}
    ct = {"measure_modality": MeasureModality.CT, "wedge_after_deg": 5}
    same, other = (
        lifted(code, 15, 20, ("2024-06-04", 19), **bent, **ct) for code in ("same", "other")
    )
    for case, method, modality in (
        (same, KyphosisMethod.VERTEBRAL, MeasureModality.CT),
        (other, KyphosisMethod.BISEGMENTAL, MeasureModality.STANDING_FILM),
    ):
        [row] = case.later_measures
        row.kyphosis_deg, row.kyphosis_method, row.measure_modality = 13, method, modality
        row.wedge_deg = 7
    found = ask(logbook, same, other)
    wedge, kyphosis = found.angles
    assert (wedge.values.n, wedge.values.mean) == (2, 2.0)
    assert (kyphosis.values.n, kyphosis.values.mean) == (1, 3.0)
    assert (found.n_otherwise, found.n_other_method) == (1, 1)


def test_levels_of_one_patient_are_one_cluster(logbook: Logbook) -> None:
    case = a_case("A", Level.T12, Level.L1, on="2024-03-04")
    for row, later in zip(case.levels, (18.0, 19.0), strict=True):
        row.anterior_after_mm = 20.0
        case.add_later_measure(row, measured_on=PartialDate("2024-06-04"), anterior_mm=later)
    lost = ask(logbook, case).wall(Wall.ANTERIOR).lost
    assert (lost.n, lost.n_clusters, lost.mean, lost.ci95) == (2, 1, 1.5, None)


def test_every_level_is_worked_out_as_in_its_case(logbook: Logbook) -> None:
    cases = list(make_cases(150, seed=7))
    found = ask(logbook, *cases)
    lost: dict[Wall, list[float]] = {wall: [] for wall in Wall}
    for case in cases:
        for level in case.levels:
            rows = case.later_measures_of(level)
            if rows:
                latest = max(rows, key=lambda row: str(row.measured_on))
                for wall, mm in lost_since(level, latest).items():
                    lost[wall] += [mm] if mm is not None else []
    assert found.n_measured > 5
    for wall, values in lost.items():
        told = found.wall(wall)
        assert told.lost.n == len(values)
        assert told.lost.mean == pytest.approx(sum(values) / len(values))
        assert told.n_lost == sum(value > 0 for value in values)
    assert found.n_after == found.n_measured + found.n_undated + found.n_none


def test_a_filter_parts_the_levels(logbook: Logbook) -> None:
    thoracic = lifted("A", 15, 20, ("2024-06-04", 19))
    lumbar = a_case("B", Level.L3, on="2024-03-04")
    lumbar.levels[0].anterior_after_mm = 25.0
    found = ask(logbook, thoracic, lumbar, asked="level:L3")
    assert (found.n_after, found.n_measured, found.n_none) == (1, 0, 1)


@pytest.mark.parametrize("fill", [lambda _: None, add_example], ids=["empty", "published"])
def test_nothing_measured_is_said_and_does_no_harm(logbook: Logbook, fill: Any) -> None:
    fill(logbook)
    found = ask(logbook)
    assert (found.n_after, found.n_measured, found.visits) == (0, 0, ())
    assert {wall.lost.mean for wall in found.walls} == {None}
    with logbook.session():
        assert height_gains(logbook)[0].n_measured == 0

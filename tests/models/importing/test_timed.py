# SPDX-License-Identifier: MIT
"""Scores and states of one time point in columns of their own become one assessment with pain."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import commands
from models.case import load_case, save_case
from models.fields import ClinicalField, Number, TermField
from models.importing.building import Builder
from models.importing.cells import CellReader
from models.importing.columns import known_name, propose
from models.importing.mapping import Mapping, mapping_from_json
from models.importing.reading import CsvTable
from models.importing.scores import pain_column
from models.importing.survey import survey
from models.importing.targets import Kind, assessed_at, state_before, targets
from models.importing.timed import timed_column
from models.importing.visits.names import field_named
from models.logbook import Logbook
from models.schema import Assessment
from models.vocabulary import TimePoint
from tests.builders import a_case
from tests.fresh import named
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved

FOLLOWED = [field for field in Assessment.clinical_fields() if field.followed]
HEAD = "id;procedure date;level;VAS pre;VAS 3 mo;VAS 3 mo date"


def said(row: Assessment) -> tuple[object, ...]:
    found = (row.time_point, row.pain_low, row.odi_pct, row.rmdq, row.eq5d_vas, row.assessed_on)
    return tuple(one if not isinstance(one, str) else str(one) for one in found)


def test_there_is_a_target_for_each_result_at_each_time_point() -> None:
    found = {one.name for one in targets().values() if one.kind is Kind.ASSESSED}
    wanted = {
        assessed_at(point, field.name)
        for field in FOLLOWED
        for point in TimePoint
        if point is not TimePoint.BASELINE or not state_before(field)
    }
    assert found == wanted
    # What was so before the procedure stands there in the record.
    assert {state_before(field) for field in FOLLOWED} - {""} == {
        "procedure.analgesic_before",
        "procedure.mobility_before",
    }


@settings(max_examples=40)
@given(
    field=st.sampled_from(FOLLOWED),
    point=st.sampled_from([one for one in TimePoint if one not in (TimePoint.LATER,)]),
    is_ahead=st.booleans(),
)
def test_a_label_beside_a_time_point_names_its_target(
    field: ClinicalField, point: TimePoint, is_ahead: bool
) -> None:
    label, time = field.label, "post" if point is TimePoint.UNDATED else point.short
    heading = f"{time} {label}" if is_ahead else f"{label} {time}"
    found = known_name(heading)
    if point is TimePoint.BASELINE and field.name == "neuro_status":
        # It could be that of the level.
        assert found == ""
    else:
        before = state_before(field) if point is TimePoint.BASELINE else ""
        assert found == (before or assessed_at(point, field.name))
    assert pain_column(heading) == ("", "")


@st.composite
def results(draw: st.DrawFn) -> dict[tuple[str, TimePoint], tuple[str, object]]:
    """Cells of some fields at some time points, with the value of each."""
    found: dict[tuple[str, TimePoint], tuple[str, object]] = {}
    for field in draw(st.lists(st.sampled_from(FOLLOWED), min_size=1, max_size=5, unique=True)):
        for point in draw(st.sets(st.sampled_from([*TimePoint][1:8]), max_size=3)):
            if isinstance(field, TermField):
                term = draw(st.sampled_from([*field.vocabulary]))
                found[field.name, point] = (term.label, term)
            else:
                assert isinstance(field, Number)
                number = draw(st.integers(int(field.hard.low or 0), int(field.hard.high or 0)))
                found[field.name, point] = (f"{number}", number)
    return found


@settings(max_examples=15, deadline=None)
@given(cells=results())
def test_any_results_side_by_side_are_what_they_say(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[tuple[str, TimePoint], tuple[str, object]]
) -> None:
    fields = {field.name: field for field in FOLLOWED}
    head = [f"{fields[name].label} {point.short}" for name, point in cells]
    file = tmp_path_factory.mktemp("wide") / "wide.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([["id", *head], ["A", *(text for text, _ in cells.values())]])
    table = CsvTable(file)
    mapping = propose(table)
    read = CellReader(mapping, survey(table, mapping)).read([*table.rows()])
    case = Builder(mapping).build(read)
    assert read.problems == []
    found = {
        (name, row.time_point): value
        for row in case.assessments
        for name in fields
        if (value := getattr(row, name)) is not None
    }
    assert found == {place: value for place, (_, value) in cells.items()}
    points = [row.time_point for row in case.assessments]
    assert points == sorted({point for _, point in cells}, key=lambda point: point.rank)


@pytest.mark.parametrize("heading", ["VAS 3 mo", "Pain 3 mo", "Age", "3 mo", "T-score 3 mo", "Pre"])
def test_other_headings_name_no_such_target(heading: str) -> None:
    assert timed_column(heading) == ""


def test_no_field_has_the_name_of_a_pain_score() -> None:
    assert {field_named(name) for name in ("vas", "nrs", "eva", "pain", "schmerz")} == {""}


def test_scores_of_one_time_are_one_assessment(logbook: Logbook, look: Look) -> None:
    shown = look(
        f"{HEAD};ODI pre;ODI 3m;RMDQ 3m;EQ-VAS pre;ODI 12m\n"
        "A;2024-01-02;T12;8;2;2024-04-03;62;31/9;7;55;\n"
        "B;2024-01-03;L1;;;;;;;;24.5\n"
    )
    first, second = saved(logbook, shown)
    assert [said(row) for row in first.assessments] == [
        ("baseline", 8, 62, None, 55, None),
        ("3m", 2, 68.9, 7, None, "2024-04-03"),
    ]
    assert first.assessments[0].pain_scale == "vas_0_10"
    assert [said(row) for row in second.assessments] == [("12m", None, 24.5, None, None, None)]
    assert second.assessments[0].pain_scale is None


def test_the_day_of_a_time_point_is_that_of_all_its_scores(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id;procedure date;level;ODI 3m;Date 3 months\nA;2024-01-02;T12;20;2024-04-03\n"
        "B;2024-01-02;T12;20;2023-04-03\n"
    )
    (case,) = saved(logbook, shown)
    assert [said(row) for row in case.assessments] == [("3m", None, 20, None, None, "2024-04-03")]
    (told,) = [str(problem) for line in shown.refused for problem in line.problems]
    assert "lies before the procedure" in told


def test_shares_and_impossible_scores_are_refused_as_everywhere(look: Look) -> None:
    shown = look("id;date;level;ODI pre;EQ-VAS pre\nA;2024-01-02;T12;0.62;\nB;2024-01-02;L1;;101\n")
    told = [str(problem) for line in shown.refused for problem in line.problems]
    assert "seems to be a share of 1" in told[0]
    assert "EQ-VAS 101 is not possible" in told[1]


def test_states_before_the_procedure_are_of_the_procedure(logbook: Logbook, look: Look) -> None:
    shown = look(
        "id;date;level;Mobility pre;Mobility 1m;Analgesics pre;Analgesics 3m\n"
        "A;2024-01-02;T12;walker;1;nsaid;none\n"
    )
    (case,) = saved(logbook, shown)
    assert (case.procedure.mobility_before, case.procedure.analgesic_before) == ("2", "1")
    found = [(str(row.time_point), row.mobility, row.analgesic_level) for row in case.assessments]
    assert found == [("1m", "1", None), ("3m", None, "0")]


def test_a_score_typed_beside_our_own_columns_comes_in(logbook: Logbook, tmp_path: Path) -> None:
    case = a_case()
    save_case(logbook, case)
    point = case.assessments[-1].time_point
    assert point is not None
    file = tmp_path / "cases.csv"
    run = ["--logbook", named(logbook)]
    assert commands.run([*run, "export", "--out", str(file)]) == 0
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    for number, added in enumerate(([f"ODI {point.short}", "ODI 24 mo"], ["20", "30"])):
        rows[number] += added
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    assert commands.run([*run, "import", str(file)]) == 0
    after = load_case(logbook, case.id).assessments
    found = {str(row.time_point): row.odi_pct for row in after}
    assert (len(after), found[str(point)], found["24m"]) == (len(case.assessments) + 1, 20, 30)


def test_a_list_that_says_otherwise_is_a_contradiction(look: Look) -> None:
    def listed(proposed: Mapping) -> Mapping:
        return proposed.having("Point", target="assessment.time_point").having(
            "Index", target="assessment.odi_pct"
        )

    head = "id;date;level;ODI 3m;Point;Index\n"
    shown = look(f"{head}A;2024-01-02;T12;20;3m;30\nB;2024-01-02;L1;20;3m;20\n", listed)
    (problem,) = (problem for line in shown.lines for problem in line.problems)
    assert "ODI, 3 months, says something else" in str(problem)


def test_a_mapping_with_such_a_column_is_kept(file: WriteFile) -> None:
    mapping = propose(CsvTable(file("id;ODI 3m;VAS 3m\nA;1;2\n")))
    assert mapping_from_json(mapping.as_json()) == mapping
    assert [use.target for use in mapping.columns][1:] == ["assessed.3m.odi_pct", "pain.3m"]
    assert [use.how for use in mapping.columns][1:] == ["timed", "pain"]


def test_an_index_of_62_is_no_pain_in_millimeters(file: WriteFile) -> None:
    content = "id;VAS pre;ODI pre;EQ-VAS pre\nA;8;62;70\nB;7;74;60\nC;9;55;40\n"
    scales = {use.column: use.scale for use in propose(CsvTable(file(content))).columns}
    assert scales == {"id": "", "VAS pre": "vas_0_10", "ODI pre": "", "EQ-VAS pre": ""}

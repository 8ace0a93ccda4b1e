# SPDX-License-Identifier: MIT
"""One row a level, one row a case, or linked tables; all columns or some."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import Case, save_case
from models.errors import CannotWrite, LogbookError
from models.exchange.choosing import checked_columns, column_names
from models.exchange.column_sets import delete_set, list_sets, save_set, set_called
from models.exchange.deidentify import Kind
from models.exchange.orders import Order, export
from models.exchange.preview import preview
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.vocabulary import Level
from tests.builders import a_case
from tests.models.exchange.kit import flat_rows, ordered, tables_in


@pytest.fixture
def two(logbook: Logbook) -> Logbook:
    save_case(logbook, a_case("P-1", Level.L1, Level.T12, on="2026-01-02"))
    save_case(logbook, a_case("P-2", Level.L3, on="2026-02-03"))
    return logbook


def test_a_case_is_one_row_with_its_levels_numbered_from_head_to_tail(two: Logbook) -> None:
    first, second = flat_rows(two, shape=Shape.CASE)
    assert (first["level1_level"], first["level2_level"]) == ("T12", "L1")
    assert (second["level1_level"], second["level2_level"]) == ("L3", "")
    assert first["level1_cement_ml"] == first["level2_cement_ml"] == "6"
    assert first["pain_baseline"] == "8"
    assert not [name for name in first if name.startswith("level3")]


def test_a_case_row_says_what_the_level_rows_say(two: Logbook) -> None:
    levels = flat_rows(two)
    first = flat_rows(two, shape=Shape.CASE)[0]
    for number, level in enumerate(levels[:2], 1):
        for name, cell in level.items():
            numbered = f"level{number}_{name.removeprefix('level_')}"
            assert first.get(name, first.get(numbered)) == cell


def test_linked_tables_are_linked(two: Logbook) -> None:
    tables = tables_in(ordered(two, shape=Shape.TABLES))
    cases = {row["case_id"] for row in tables["procedures"]}
    assert {row["patient_id"] for row in tables["procedures"]} == {
        row["patient_id"] for row in tables["patients"]
    }
    assert {row["case_id"] for row in tables["levels"]} == cases
    assert [row["level"] for row in tables["levels"]] == ["L1", "T12", "L3"]


def test_a_patient_with_two_cases_is_one_row(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    again = Case.new(first.patient)
    again.add_level(level=Level.L2)
    save_case(logbook, again)
    tables = tables_in(ordered(logbook, shape=Shape.TABLES))
    assert (len(tables["patients"]), len(tables["procedures"])) == (1, 2)


def test_only_the_columns_that_are_wanted(two: Logbook) -> None:
    rows = flat_rows(two, columns=("level", "sex"))
    assert [list(row) for row in rows] == [["sex", "level"]] * 3
    (first, _) = flat_rows(two, shape=Shape.CASE, columns=("sex", "level1_level"))
    assert list(first) == ["case_id", "sex", "level1_level", "level2_level"]


def test_a_synthetic_case_is_marked_whatever_columns_are_wanted(two: Logbook) -> None:
    made = a_case("P-3", Level.L4, on="2026-03-04")
    made.procedure.synthetic = True
    save_case(two, made)
    rows = flat_rows(two, columns=("level",))
    assert [tuple(row.items()) for row in rows[-2:]] == [
        (("level", "L3"), ("synthetic", "0")),
        (("level", "L4"), ("synthetic", "1")),
    ]
    (first, *_) = flat_rows(two, shape=Shape.CASE, columns=("sex",))
    assert list(first) == ["case_id", "sex", "synthetic"]
    tables = tables_in(ordered(two, shape=Shape.TABLES, columns=("cement_ml",)))
    assert [row["synthetic"] for row in tables["procedures"]] == ["0", "0", "1"]
    shown = preview(two, Order(columns=("level",)))
    assert [column.name for column in shown.columns] == ["level", "synthetic"]


def test_tables_keep_what_links_them(two: Logbook) -> None:
    tables = tables_in(ordered(two, shape=Shape.TABLES, columns=("cement_ml",)))
    assert list(tables["levels"][0]) == ["case_id", "level_id", "cement_ml"]


def test_columns_of_another_shape_alone_are_refused(two: Logbook) -> None:
    with pytest.raises(LogbookError, match="None of these columns"):
        flat_rows(two, columns=("level1_sex",))
    with pytest.raises(LogbookError, match="Nothing is left"):
        flat_rows(two, columns=("operator",), kind=Kind.SAFE_HARBOR)


def test_several_tables_need_a_zip(two: Logbook, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"\.zip"):
        export(two, tmp_path / "out.csv", Order(shape=Shape.TABLES))
    assert not (tmp_path / "out.csv").exists()


def test_a_profile_refuses_a_shape_it_does_not_have(two: Logbook, tmp_path: Path) -> None:
    with pytest.raises(LogbookError, match="no shape flat"):
        export(two, tmp_path / "out.json", Order(Profile.FHIR))


@pytest.mark.parametrize("shape", Shape)
def test_no_two_columns_of_a_shape_have_one_name_in_a_table(two: Logbook, shape: Shape) -> None:
    assert len(column_names(shape)) > 50
    flat_rows(two, shape=shape) if shape is not Shape.TABLES else tables_in(
        ordered(two, shape=shape)
    )


@pytest.mark.parametrize("profile", [p for p in Profile if p is not Profile.XLSX])
def test_a_logbook_without_a_case_is_a_file_all_the_same(
    logbook: Logbook, profile: Profile
) -> None:
    assert ordered(logbook, profile, FORMS[profile].shapes[0]).stat().st_size > 10


def test_sets_of_columns_are_kept_by_name(logbook: Logbook) -> None:
    save_set(logbook, " Study  A ", ["level", "sex", "level"])
    save_set(logbook, "study a", ["level", "gone_since"])
    (kept,) = list_sets(logbook)
    assert (kept.name, kept.columns) == ("study a", ("level", "gone_since"))
    assert checked_columns(Shape.FLAT, set_called(logbook, "STUDY A").columns) == ("level",)
    with pytest.raises(LogbookError, match="None of these columns"):
        checked_columns(Shape.FLAT, ["gone_since"])
    delete_set(logbook, "study a")
    with pytest.raises(LogbookError, match="no set of columns"):
        set_called(logbook, "study a")


@pytest.mark.parametrize("name", ["", "x" * 61, "a\0b"])
def test_a_set_without_a_fit_name_is_refused(logbook: Logbook, name: str) -> None:
    with pytest.raises(LogbookError, match="name of a set"):
        save_set(logbook, name, ["level"])

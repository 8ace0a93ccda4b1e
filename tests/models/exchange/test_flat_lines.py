# SPDX-License-Identifier: MIT
"""The flat export, which is written in segments, has the bytes of a plain reading of the record."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from models.case import Case, save_case
from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS
from models.exchange.orders import Order, chosen_cases, export
from models.logbook import Logbook
from models.sample import make_cases
from models.schema import ImageContent, Patient, Procedure
from tests.builders import a_case, add_score
from tests.fresh import beside
from tests.models.any_case import IMAGE, IMAGE_HASH, VARIANTS, cases, whole_case
from tests.models.exchange.kit import flat_rows
from tests.models.exchange.plain_flat import plain_file


def assert_plain(logbook: Logbook) -> str:
    """Export all cases, and compare the file."""
    target = beside(logbook) / "lines.csv"
    export(logbook, target, Order())
    with logbook.session():
        wanted = plain_file(logbook.database, chosen_cases(logbook, Order()))
    written = target.read_bytes().decode()
    assert written == wanted
    return written


@settings(max_examples=40)
@given(case=cases())
def test_any_case_is_written_as_it_is_read_plainly(shared: Logbook, case: Case) -> None:
    Procedure.delete().execute(shared.database)
    Patient.delete().execute(shared.database)
    shared.database.execute_sql("DELETE FROM case_row")
    save_case(shared, case)
    assert_plain(shared)


def test_whole_and_generated_cases_side_by_side_are_written_so(logbook: Logbook) -> None:
    image = ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=IMAGE)
    image.execute(logbook.database)
    made = [*map(whole_case, range(VARIANTS)), *make_cases(60, seed=5)]
    for case in (*made, Case.new()):
        save_case(logbook, case)
    lines = assert_plain(logbook).splitlines()
    assert len(lines) > len(made) + 1


@pytest.mark.parametrize("value", ["a,b", 'a"b', "a\nb", "a\rb", "a\x1fb", "a\x1eb", "\x1e"])
def test_a_code_that_no_vocabulary_has_is_written_as_it_is_stored(
    logbook: Logbook, value: str
) -> None:
    """Somebody may have changed the database by other means."""
    case = a_case("P-1")
    add_score(case, 2, "2026-04-04")
    save_case(logbook, case)
    save_case(logbook, a_case("P-2"))
    for column in ("procedure.anesthesia", "treated_level.cement_type", "assessment.mobility"):
        table, name = column.split(".")
        logbook.database.execute_sql(f"UPDATE {table} SET {name} = ?", (value,))
    assert_plain(logbook)


def test_numbers_are_written_to_their_last_digit(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    for number in (0.1 + 0.2, 1 / 3, 1e-7, 1e17, 4.0, 123456789.123456789):
        database = logbook.database
        database.execute_sql("UPDATE treated_level SET cement_ml = ?", (number,))
        database.execute_sql("UPDATE procedure SET kap_gycm2 = ?", (number,))
        database.execute_sql("UPDATE assessment SET odi_pct = ?, pain_low = ?", (number, number))
        assert_plain(logbook)


def test_words_with_signs_that_part_cells_are_quoted(logbook: Logbook) -> None:
    case = a_case("P-1")
    case.procedure.notes = 'Said "no", then\r\nleft'
    case.procedure.operator = "A, B"
    case.assessments[0].pain_words = 'about "7", maybe 8'
    case.levels[0].height_gain_words = "\x1e\x1f"
    save_case(logbook, case)
    assert_plain(logbook)
    (row,) = flat_rows(logbook)
    assert row["notes"] == 'Said "no", then\r\nleft'


def test_a_list_column_of_every_table_was_compared(logbook: Logbook) -> None:
    image = ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=IMAGE)
    image.execute(logbook.database)
    for number in range(VARIANTS):
        save_case(logbook, whole_case(number))
    rows = flat_rows(logbook)
    for lists in (*LEVEL_LISTS, *CASE_LISTS):
        assert any(row[column.name] for row in rows for column in lists.columns())

# SPDX-License-Identifier: MIT
"""A copied case holds how it was done, and nothing of the person, the day or the result."""

from __future__ import annotations

from hypothesis import given

from models.case import Case
from models.copying import like, next_case_of
from models.schema import Record
from models.vocabulary import Level, Side
from tests.builders import a_case
from tests.models.any_case import cases


def held(row: Record) -> set[str]:
    return {f.name for f in row.clinical_fields() if getattr(row, f.name) not in (None, "", ())}


@given(cases())
def test_only_what_the_schema_marks_is_copied(case: Case) -> None:
    new = like(case)
    ids = {str(row.id) for row in (*case.person_rows(), *case.case_rows())}
    for row in (*new.person_rows(), *new.case_rows()):
        assert str(row.id) not in ids
        assert held(row) <= {f.name for f in row.clinical_fields() if f.copied}
        assert not row.missing
        assert not row.explained
    assert (new.version, new.patient.version) == (0, 0)
    assert new.identity is None
    assert [*new.leaks, *new.assessments, *new.images, *new.adverse_events] == []
    assert [len(new.balloons_of(row)) for row in new.levels] == [
        len(case.balloons_of(row)) for row in case.levels
    ]


def test_each_level_is_copied_but_its_name_and_its_amounts() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    new = like(case)
    assert [row.level for row in new.levels] == [None, None]
    assert [row.side for row in new.levels] == [Side.RIGHT] * 2
    assert [row.technique for row in new.levels] == [row.technique for row in case.levels]
    assert [row.cement_ml for row in new.levels] == [None, None]
    assert [row.leakage for row in new.levels] == [None, None]
    assert new.patient.patient_code is None


def test_the_next_case_of_a_person_is_empty_but_for_the_person() -> None:
    case = a_case("P-1")
    new = next_case_of(case)
    assert new.patient is case.patient
    assert str(new.procedure.patient_id) == str(case.patient.id)
    assert not held(new.procedure)
    assert not new.levels

# SPDX-License-Identifier: MIT
"""A case turns into a document and back, and steps between two documents."""

from __future__ import annotations

import json

from hypothesis import given

from models import derived
from models.case import Case
from models.document import compare
from models.snapshot import case_of, patched, snapshot
from tests.builders import a_case
from tests.models.any_case import cases


@given(cases())
def test_a_case_comes_back_from_its_document(case: Case) -> None:
    derived.work_out(case)
    document = snapshot(case)
    again = case_of(document, patient_version=2, version=3)
    derived.work_out(again)
    assert snapshot(again) == document
    assert (again.patient.version, again.version) == (2, 3)
    assert again.procedure.complete == case.procedure.complete
    assert [row.chosen for row in again.assessments] == [row.chosen for row in case.assessments]


@given(cases())
def test_a_document_survives_json(case: Case) -> None:
    document = snapshot(case)
    assert snapshot(case_of(json.loads(json.dumps(document)))) == document


@given(cases(), cases())
def test_changes_lead_from_one_document_to_the_other_and_back(one: Case, other: Case) -> None:
    old, new = snapshot(one), snapshot(other)
    changes = compare(old, new)
    assert compare(patched(old, changes), new) == []
    assert compare(patched(new, changes, backwards=True), old) == []


def test_patching_leaves_the_document_that_it_was_given_alone() -> None:
    case = a_case("P-1")
    before = snapshot(case)
    kept = json.dumps(before)
    case.levels[0].cement_ml = 9
    patched(before, compare(before, snapshot(case)))
    assert json.dumps(before) == kept


def test_a_row_that_was_taken_out_is_gone_and_comes_back() -> None:
    case = a_case("P-1")
    with_level = snapshot(case)
    case.remove_level(case.levels[0])
    without = snapshot(case)
    changes = compare(with_level, without)
    assert case_of(patched(with_level, changes)).levels == []
    assert snapshot(case_of(patched(without, changes, backwards=True))) == with_level

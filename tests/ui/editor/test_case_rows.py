# SPDX-License-Identifier: MIT
"""Rows of a case while it is edited: which count, where they hang, how they are copied."""

from __future__ import annotations

import pytest

from models.document import document_of
from models.schema import Assessment, Balloon, Patient, PriorTreatment, TreatedLevel
from models.vocabulary import LeakLocation, Level, MissingReason, PriorTreatmentKind, TimePoint
from tests.builders import a_case
from ui.editor.case_rows import (
    Subject,
    attach,
    copy_case,
    copy_level,
    detach,
    fresh,
    has_content,
    is_attached,
)


def test_a_row_for_typing_is_empty_until_something_is_entered() -> None:
    row = Subject(a_case()).blank(PriorTreatment)
    assert not has_content(row)
    row.missing = {"treated_on": MissingReason.NOT_RECORDED}
    assert has_content(row)


def test_a_time_point_alone_is_no_assessment() -> None:
    row = fresh(Assessment, time_point=TimePoint.H24)
    assert not has_content(row)
    row.pain_words = "better"
    assert has_content(row)


def test_balloons_hang_on_their_level_and_treatments_on_the_case() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    first, second = case.levels
    case.add_balloon(first, volume_ml=4)
    assert len(Subject(case, first).listed("balloons", Balloon)) == 1
    assert Subject(case, second).listed("balloons", Balloon) == []
    blank = Subject(case, second).blank(Balloon)
    assert blank.__data__["treated_level"] == second.id
    assert Subject(case).blank(PriorTreatment).__data__["procedure"] == case.id


def test_a_part_without_a_level_has_no_row_of_one() -> None:
    with pytest.raises(KeyError):
        Subject(a_case()).row(TreatedLevel)
    assert isinstance(Subject(a_case()).row(Patient), Patient)


def test_rows_are_added_at_the_end_once_and_taken_away() -> None:
    case = a_case()
    first = case.add_prior_treatment(kind=PriorTreatmentKind.BRACE)
    second = Subject(case).blank(PriorTreatment)
    for _ in range(2):
        attach(case, "prior_treatments", second)
    assert [row.position for row in case.prior_treatments] == [0, 1]
    detach(case, "prior_treatments", first)
    assert not is_attached(case, "prior_treatments", first)
    assert case.prior_treatments == [second]


def test_a_level_is_copied_with_its_balloons_and_leaks_under_new_ids() -> None:
    case = a_case("P-1", Level.T12)
    level = case.levels[0]
    level.missing = {"cement_type": MissingReason.NOT_RECORDED, "level": MissingReason.UNKNOWN}
    balloon = case.add_balloon(level, volume_ml=4)
    case.add_leak(level, location=LeakLocation.EPIDURAL)
    new = copy_level(case, level, {"level"})
    assert new.level is None
    assert (new.technique, new.cement_ml) == (level.technique, level.cement_ml)
    assert new.missing == {"cement_type": MissingReason.NOT_RECORDED}
    assert [row.volume_ml for row in case.balloons_of(new)] == [4]
    assert len(case.leaks_of(new)) == 1
    assert new.id != level.id
    assert case.balloons_of(new)[0].id != balloon.id


def test_the_copy_that_is_saved_is_the_same_case_and_stands_by_itself() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.add_balloon(case.levels[0], volume_ml=4)
    copy = copy_case(case)
    assert document_of(copy.case_rows()) == document_of(case.case_rows())
    assert document_of(copy.person_rows()) == document_of(case.person_rows())
    case.levels[0].cement_ml = 2
    case.levels[0].missing["fill"] = MissingReason.UNKNOWN
    assert copy.levels[0].cement_ml == 6
    assert copy.levels[0].missing == {}

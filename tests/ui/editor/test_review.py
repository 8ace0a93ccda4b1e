# SPDX-License-Identifier: MIT
"""How a case stands while it is edited: findings, sections, and what is unsaved."""

from __future__ import annotations

from models.case import Case
from models.findings import Severity
from models.partial_date import PartialDate
from models.schema import TreatedLevel
from models.vocabulary import YesNo
from tests.builders import a_case
from ui.editor.review import content_of, review
from ui.editor.section_list import SectionState
from ui.widgets.field_form import Refused


def test_an_empty_case_has_no_section_that_is_complete() -> None:
    found = review(Case.new(), [])
    assert {name for name, state in found.states.items() if state.complete} == set()


def test_a_section_is_complete_when_none_of_its_core_fields_is_open() -> None:
    case = a_case()
    assert not review(case, []).states["patient"].complete
    case.patient.consent_registry = YesNo.YES
    assert review(case, []).states["patient"].complete
    case.procedure.any_complication = YesNo.NO
    assert review(case, []).states["events"].complete


def test_an_unusual_value_counts_in_its_section() -> None:
    case = a_case(cement_ml=18)
    assert review(case, []).states["levels"] == SectionState(warnings=1)


def test_without_level_and_score_both_sections_say_so() -> None:
    found = review(Case.new(), [])
    unnamed = {found.places[f]: f.message for f in found.findings if not f.field}
    assert unnamed == {
        "levels": "No level yet.",
        "followup": "No pain score before the procedure.",
    }


def test_refused_typing_is_an_error_and_no_open_field() -> None:
    case = a_case(cement_ml=None)
    told = Refused(case.levels[0], TreatedLevel.cement_ml, "45", "Cement 45 is not possible.")
    about_cement = [f for f in review(case, [told]).findings if f.field == "cement_ml"]
    assert [(f.severity, f.message) for f in about_cement] == [
        (Severity.ERROR, "T12: Cement 45 is not possible.")
    ]


def test_a_finding_about_a_balloon_names_its_level_and_is_in_the_levels() -> None:
    case = a_case()
    balloon = case.add_balloon(case.levels[0])
    told = Refused(balloon, type(balloon).volume_ml, "45", "Volume 45 is not possible.")
    found = review(case, [told])
    assert found.findings[0].message == "T12: Volume 45 is not possible."
    assert found.places[found.findings[0]] == "levels"


def test_the_age_follows_from_the_birth_date() -> None:
    case = a_case(on="2026-03-04", age=20)
    case.patient.birth_date = PartialDate("1951-01-01")
    review(case, [])
    assert case.procedure.age_at_procedure == 75


def test_looking_at_a_case_changes_nothing_that_was_entered() -> None:
    case = a_case()
    review(case, [])
    before = content_of(case)
    review(case, [])
    assert content_of(case) == before

# SPDX-License-Identifier: MIT
"""The two published cases: all that the paper states is in the record, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import audit, checks
from models.analysis.report_json import outcomes_json
from models.case import Case, load_case, save_case
from models.document import stored_fields
from models.errors import PatientExists
from models.example import add_example, example_cases, reference
from models.fields import Part
from models.logbook import Logbook
from models.schema import AuditEntry, Procedure, Record
from models.verify import verify
from models.vocabulary import MissingReason
from tests.builders import a_case
from tests.fresh import NewLogbook

LINKS = {"patient", "procedure", "position", "missing"}


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Example.kypholog")
    yield made
    made.close()


@pytest.fixture
def loaded(logbook: Logbook) -> tuple[Case, Case]:
    """Cases I and II as they come back out of a logbook."""
    one, two = (load_case(logbook, case_id) for case_id in add_example(logbook))
    return one, two


def told(row: Record) -> dict[str, object]:
    """What the row says, without what links it; text is told by its beginning."""
    fields = {name: value for name, value in stored_fields(row).items() if name not in LINKS}
    return {name: value[:24] if isinstance(value, str) else value for name, value in fields.items()}


def test_case_one_holds_what_the_paper_states_and_no_more(loaded: tuple[Case, Case]) -> None:
    case, _ = loaded
    assert told(case.patient) == {"patient_code": "Jones2009-I", "sex": "male"}
    assert told(case.procedure) == {
        "age_at_procedure": 38,
        "substance_use": "yes",
        "history": "Poly-substance abuse. Th",
        "pain_duration": 3,
        "pain_duration_unit": "years",
        "pain_character": "mechanical",
        "pain_description": "Debilitating back pain f",
        "concordant_tenderness": "yes",
        "any_prior_treatment": "yes",
        "anesthesia": "local_sedation",
        "guidance": "fluoroscopy",
        "any_complication": "no",
        "notes": "Published case: Jones JO",
        "synthetic": False,
    }
    (level,) = case.levels
    assert told(level) == {
        "level": "L5",
        "part": "body",
        "diagnosis": "hemangioma",
        "diagnosis_basis": "mri|biopsy",
        "lesion_size_mm": 7,
        "lesion_description": "Small hemangioma in the ",
        "neuro_status": "none",
        "technique": "balloon_kyphoplasty",
        "approach": "not_stated",
        "balloon_words": '"Each balloon was inflat',
        "cement_ml": 4,
        "leakage": "none",
        "leakage_words": "Without anterior or post",
    }
    before, after = case.assessments
    assert told(before) == {"time_point": "baseline", "missing_reason": "not_recorded"}
    assert told(after) == {
        "time_point": "undated",
        "respondent": "patient",
        "pain_scale": "vas_0_10",
        "pain_low": 0,
        "pain_high": 1,
        "pain_words": "0–1/10",
        "work": "returned",
        "note": "At follow-up: resumed al",
    }


def test_case_two_holds_what_the_paper_states_and_no_more(loaded: tuple[Case, Case]) -> None:
    _, case = loaded
    assert told(case.patient) == {"patient_code": "Jones2009-II", "sex": "female"}
    assert told(case.procedure) == {
        "age_at_procedure": 75,
        "cognitive_impairment": "yes",
        "depression": "yes",
        "history": "Mild dementia, depressio",
        "pain_duration": 1,
        "pain_duration_unit": "months",
        "pain_character": "mechanical",
        "pain_description": "A different quality of l",
        "concordant_tenderness": "yes",
        "any_prior_treatment": "yes",
        "anesthesia": "general",
        "guidance": "fluoroscopy",
        "any_complication": "no",
        "notes": "Published case: Jones JO",
        "synthetic": False,
    }
    (level,) = case.levels
    assert told(level) == {
        "level": "T12",
        "diagnosis": "hemangioma|fracture_unsp",
        "diagnosis_basis": "mri",
        "lesion_description": "T12 superior endplate co",
        "neuro_status": "none",
        "marrow_edema": "no",
        "technique": "balloon_kyphoplasty",
        "approach": "transpedicular",
        "side": "right",
        "balloon_words": "Balloon inflation under ",
        "cement_ml": 6,
        "leakage": "none",
        "leakage_words": "Without anterior or post",
        "height_gain_low_mm": 3,
        "height_gain_high_mm": 5,
        "height_gain_words": "An approximate 3 to 5 mm",
    }
    before, after = case.assessments
    assert told(before) == {
        "time_point": "baseline",
        "respondent": "patient",
        "pain_scale": "vas_0_10",
        "pain_low": 10,
        "pain_high": 10,
        "pain_site": "back",
    }
    assert told(after) == {
        "time_point": "undated",
        "respondent": "patient",
        "mode": "in_person",
        "pain_words": "totally resolved",
        "pain_site": "back",
        "work": "returned",
        "global_outcome": "resolved",
        "note": "At subsequent follow-up ",
    }


def test_what_was_tried_before_is_in_the_order_of_the_paper(loaded: tuple[Case, Case]) -> None:
    one, two = loaded
    assert [row.kind.value for row in one.prior_treatments] == [
        "physical_therapy",
        "spinal_injection",
        "epidural_steroid",
        "spinal_cord_stimulator",
        "biopsy",
    ]
    assert [row.kind.value for row in two.prior_treatments] == [
        "physical_therapy",
        "spinal_injection",
        "facet_mbb",
        "radiofrequency",
        "trigger_point",
    ]


@pytest.mark.parametrize(
    ("field", "phrases"),
    [
        ("pain_description", ["3 years", "after the injury", "both lower extremities"]),
        ("pain_description", ["constant, aching", "aggravated with activity", "paraspinal"]),
        ("history", ["injury 3 years", "multiple centers"]),
        ("notes", [reference(), "case I.", "extravasation"]),
    ],
)
def test_words_of_case_one(loaded: tuple[Case, Case], field: str, phrases: list[str]) -> None:
    text = getattr(loaded[0].procedure, field)
    assert [phrase for phrase in phrases if phrase not in text] == []


@pytest.mark.parametrize(
    ("field", "phrases"),
    [
        ("pain_description", ["past month", "without radiation", "worse with movement"]),
        ("pain_description", ["step-offs", "One month after her initial complaint"]),
        ("history", ["5 hip surgeries", "knee arthroplasty", "hysterectomy", "sling procedure"]),
        ("history", ["sacroiliac", "facet arthropathy", "spondylosis", "L4-L5", "cluneal"]),
        ("notes", [reference(), "case II.", "height restoration"]),
    ],
)
def test_words_of_case_two(loaded: tuple[Case, Case], field: str, phrases: list[str]) -> None:
    text = getattr(loaded[1].procedure, field)
    assert [phrase for phrase in phrases if phrase not in text] == []


def test_words_of_lesions_and_follow_up(loaded: tuple[Case, Case]) -> None:
    one, two = loaded
    assert "likely related to the biopsy" in one.levels[0].lesion_description
    assert "superolateral aspect" in one.levels[0].lesion_description
    assert "border of the superior endplate" in two.levels[0].lesion_description
    assert "pathological fracture" in two.levels[0].lesion_description
    assert "4 months before presentation" in one.prior_treatments[4].detail
    assert "generalized whole-body arthritic pain" in two.assessments[1].note
    assert "resolved immediately" in one.assessments[1].note


def test_every_core_field_that_is_silent_says_why(loaded: tuple[Case, Case]) -> None:
    for case in loaded:
        for row in (*case.person_rows(), *case.case_rows()):
            empty = {
                field.name
                for field in row.clinical_fields()
                if field.core
                and field.part is not Part.HIGH
                and field.applies_to(row)
                and getattr(row, field.name) in (None, "", ())
            }
            assert empty <= set(row.missing), row


def test_no_field_that_holds_something_says_why_it_holds_nothing(
    loaded: tuple[Case, Case],
) -> None:
    for case in loaded:
        for row in (*case.person_rows(), *case.case_rows()):
            fields = {field.name: field for field in row.clinical_fields()}
            for name in row.missing:
                assert fields[name].applies_to(row)
                assert getattr(row, name) in (None, "", ())


def test_an_edema_that_may_come_from_the_biopsy_is_neither_yes_nor_no(
    loaded: tuple[Case, Case],
) -> None:
    level = loaded[0].levels[0]
    assert level.marrow_edema is None
    assert level.missing["marrow_edema"] is MissingReason.UNKNOWN


def test_nothing_in_them_is_impossible_or_unusual(loaded: tuple[Case, Case]) -> None:
    for case in loaded:
        assert checks.errors(case) == []
        assert checks.warnings(case) == []
        assert not case.procedure.complete


def test_there_is_no_complete_pair_of_scores(logbook: Logbook) -> None:
    add_example(logbook)
    outcome = outcomes_json(logbook, "baseline", "latest", None)
    assert (outcome["n_cases"], outcome["n_pairs"], outcome["mean_change"]) == (2, 0, None)


def test_a_second_time_adds_nothing(logbook: Logbook) -> None:
    ids = add_example(logbook)
    entries = AuditEntry.select().count(logbook.database)
    assert add_example(logbook) == ids
    assert AuditEntry.select().count(logbook.database) == entries
    assert Procedure.select().count(logbook.database) == 2


def test_the_ids_are_the_same_in_every_logbook(logbook: Logbook) -> None:
    def ids(case: Case) -> list[str]:
        return [str(row.id) for row in (*case.person_rows(), *case.case_rows())]

    first, second = ([ids(case) for case in example_cases()] for _ in range(2))
    assert first == second
    assert len({row_id for case in first for row_id in case}) == sum(map(len, first))
    assert add_example(logbook) == [case.id for case in example_cases()]


def test_a_code_that_is_taken_leaves_the_logbook_as_it_was(logbook: Logbook) -> None:
    save_case(logbook, a_case("Jones2009-II"))
    with pytest.raises(PatientExists):
        add_example(logbook)
    assert Procedure.select().count(logbook.database) == 1
    assert verify(logbook) == []


def test_the_logbook_with_them_is_in_order(logbook: Logbook) -> None:
    add_example(logbook)
    assert verify(logbook) == []
    reasons = {
        row[0] for row in AuditEntry.select(AuditEntry.reason).tuples().execute(logbook.database)
    }
    assert reasons == {f"Published case: {reference()}"}
    assert not audit.chain_problems(logbook.database)

# SPDX-License-Identifier: MIT
"""Adding a new case to a patient whom the logbook knows."""

from __future__ import annotations

from models.case import Case
from models.schema import Patient
from models.vocabulary import Sex, YesNo
from ui.editor.adopt import adopt_patient, part_from_patient


def test_what_was_entered_fills_what_the_logbook_lacks() -> None:
    case = Case.new(Patient(patient_code="P-1", sex=Sex.FEMALE, consent_registry=YesNo.YES))
    known = Patient(patient_code="P-1", sex=Sex.FEMALE, version=3)
    assert adopt_patient(case, known) == []
    assert case.patient is known
    assert case.procedure.patient_id == known.id
    assert known.consent_registry is YesNo.YES


def test_where_both_differ_the_logbook_stays_and_the_field_is_named() -> None:
    case = Case.new(Patient(patient_code="P-1", sex=Sex.MALE))
    known = Patient(patient_code="P-1", sex=Sex.FEMALE, version=3)
    assert adopt_patient(case, known) == ["Sex"]
    assert case.patient.sex is Sex.FEMALE


def test_another_code_makes_another_patient_and_renames_nobody() -> None:
    known = Patient(patient_code="P-1", sex=Sex.FEMALE, version=3)
    case = Case.new(known)
    case.patient.patient_code = "P-2"
    part_from_patient(case)
    assert case.patient is not known
    assert (case.patient.patient_code, case.patient.version) == ("P-2", 0)
    assert case.procedure.patient_id == case.patient.id

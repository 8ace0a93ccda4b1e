# SPDX-License-Identifier: MIT
"""Promise: whoever hears the window instead of seeing it enters a case.

The program runs on a screen of its own and is driven over AT-SPI alone, as a screen reader or
dictation does it: found by role and name, written into, pressed. No key is sent, and nothing is
known of where anything stands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import load_case
from models.logbook import Logbook
from models.schema import Procedure
from models.vocabulary import Diagnosis, Leakage, Level, PainScale, Sex, Technique
from tests.acceptance.reader import desktop
from tests.acceptance.reader.accessible import Accessible, until
from tests.fresh import new_logbook

MISSING = desktop.what_is_missing()


def fill(window: Accessible, **texts: str) -> None:
    """Write into boxes by their names, in which underscores stand for spaces."""
    for name, text in texts.items():
        box = window.find("text", name.replace("_", " "))
        box.focus()
        box.write(text)


def told(window: Accessible, begins: str) -> str | None:
    """A line that is shown and begins so."""
    lines = (one.name for one in window.walk() if one.role == "label")
    return next((line for line in lines if line.startswith(begins)), None)


@pytest.mark.skipif(bool(MISSING), reason=f"This machine has no {MISSING}.")
def test_a_case_is_entered_by_what_a_screen_reader_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    with desktop.program(folder) as window:
        window.find("push button", "New case").do("Press")
        fill(window, Patient_code="SR-1", Sex="female", Age_at_procedure="71", Date="2026-03-12")
        window.find("list item", "T12").do("Press")
        fill(window, Diagnosis="hemangioma", Technique="bkp", Cement="45", Leakage="none")
        cement = window.find("text", "Cement")
        until(lambda: cement.description.startswith("Cement 45 is not possible") or None, "word")
        # Terms stand before the text, and are told after the name.
        assert window.find("text", "Diagnosis").description == Diagnosis.HEMANGIOMA.label
        fill(window, Cement="4,5", Pain_scale="NRS")
        fill(window, Pain="8")
        window.find("push button", "Save").do("Press")
        until(lambda: told(window, "saved "), "word of saving")
        window.find("check box", "Follow-up").do("Toggle")
        window.find("table", "Whom to ask")

    logbook = Logbook.open(folder)
    with logbook.session():
        case = load_case(logbook, Procedure.select().get(logbook.database).id)
    logbook.close()
    (level,), (baseline,) = case.levels, case.assessments
    assert (case.patient.patient_code, case.patient.sex) == ("SR-1", Sex.FEMALE)
    assert (case.procedure.age_at_procedure, str(case.procedure.performed_on)) == (71, "2026-03-12")
    assert (level.level, level.diagnosis) == (Level.T12, (Diagnosis.HEMANGIOMA,))
    assert level.technique is Technique.BALLOON_KYPHOPLASTY
    assert (level.cement_ml, level.leakage) == (4.5, Leakage.NONE)
    assert (baseline.pain_scale, baseline.pain_low) == (PainScale.NRS, 8)

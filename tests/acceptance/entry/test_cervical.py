# SPDX-License-Identifier: MIT
"""Promise: a vertebroplasty of the axis is entered by keys, from the side or through the mouth."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from models.vocabulary import (
    Anesthesia,
    Approach,
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    Technique,
    VertebraPart,
    Yeom,
    YesNo,
)
from tests.acceptance.entry.desk import enter_end, enter_head, pressing, save_and_reopen
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage


def enter_lesion(keys: Keyboard) -> None:
    """Two diagnoses at one level, and what is asked of each."""
    keys.type("c2").press(Key.Key_Return)
    keys.type("VH").press(Key.Key_Return).enter("metastasis")
    keys.type("mri").press(Key.Key_Return).enter("biopsy").go_to("Neurological deficit")
    keys.enter("no deficit").enter("aggressive").enter("3").enter("paravertebral")
    keys.press(Key.Key_Space).go_to("Part").type("body").press(Key.Key_Return).enter("dens")


@pytest.mark.parametrize("approach", [Approach.ANTEROLATERAL, Approach.TRANSORAL])
def test_a_cervical_vertebroplasty_is_entered_by_keys(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook, approach: Approach
) -> None:
    page.start_new(logbook)
    enter_head(keys, "P-C", "ga", "fluoro")
    enter_lesion(keys)
    keys.go_to("Technique").enter("cervical").enter(approach.label).enter("midline")
    keys.enter("1.5").enter("pmma, high").enter("present")
    keys.go_to("Looked for by").enter("ct")
    keys.go_to("Location").enter("pharyngeal").enter("n").enter("ct")
    keys.go_to("Yeom type").enter("c")
    enter_end(keys)
    case = save_and_reopen(qtbot, page, keys, logbook)

    (row,), (leak,) = case.levels, case.leaks
    assert case.procedure.anesthesia is Anesthesia.GENERAL
    assert row.level is Level.C2
    assert row.part == (VertebraPart.BODY, VertebraPart.DENS)
    assert row.diagnosis == (Diagnosis.HEMANGIOMA, Diagnosis.METASTASIS)
    assert row.technique is Technique.CERVICAL_VERTEBROPLASTY
    assert row.approach is approach
    assert (row.cement_ml, row.leakage) == (1.5, Leakage.PRESENT)
    assert (leak.location, leak.yeom_type) == (LeakLocation.PREVERTEBRAL, Yeom.C)
    assert leak.symptomatic is YesNo.NO
    assert case.procedure.complete
    assert pressing(case) == []

# SPDX-License-Identifier: MIT
"""Promise: a sacroplasty is entered by keys in its own terms, with balloon and without."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from models.vocabulary import (
    Approach,
    Diagnosis,
    Guidance,
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    Side,
    Technique,
    VertebraPart,
    YesNo,
)
from tests.acceptance.entry.desk import enter_end, enter_head, pressing, save_and_reopen
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage


def enter_lesion(keys: Keyboard) -> None:
    keys.enter("ovcf").enter("ct").go_to("Neurological deficit").enter("no")
    keys.go_to("More about the lesion").press(Key.Key_Space)


def enter_with_balloon(keys: Keyboard) -> None:
    """S1: one balloon, a leak before the sacrum."""
    keys.go_to("Part").type("left sacral").press(Key.Key_Return).enter("right sacral")
    keys.go_to("Technique").enter("balloon sacro").enter("long axis").enter("bi").enter("1")
    keys.enter("l").enter("15").enter("3.5")
    keys.go_to("Cement").enter("6").enter("pmma, high").enter("yes").enter("ct")
    keys.go_to("Location").enter("presacral").enter("n").enter("ct")


def enter_without_balloon(keys: Keyboard) -> None:
    """S2: no balloon is asked for, and nothing leaked."""
    keys.fill(Part="left sacral")
    keys.go_to("Technique").enter("sacroplasty").enter("long axis").enter("l")
    assert keys.place == "Cement, mL"
    keys.enter("3,5").enter("pmma, high").enter("no").enter("ct")


def test_a_sacroplasty_with_and_without_balloon_is_entered_by_keys(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    enter_head(keys, "P-S", "sedation", "ct")
    keys.type("s1 s2").press(Key.Key_Return)
    enter_lesion(keys)
    enter_with_balloon(keys)
    keys.go_to("Add level", backward=True).press(Key.Key_Backtab, Key.Key_Right)
    keys.go_to("Diagnosis")
    enter_lesion(keys)
    enter_without_balloon(keys)
    enter_end(keys)
    case = save_and_reopen(qtbot, page, keys, logbook)

    assert case.procedure.guidance == (Guidance.CT,)
    first, second = case.levels
    assert (first.level, second.level) == (Level.S1, Level.S2)
    assert first.part == (VertebraPart.SACRAL_ALA_LEFT, VertebraPart.SACRAL_ALA_RIGHT)
    assert second.part == (VertebraPart.SACRAL_ALA_LEFT,)
    assert (first.technique, second.technique) == (
        Technique.SACROPLASTY_BALLOON,
        Technique.SACROPLASTY,
    )
    for row in case.levels:
        assert row.diagnosis == (Diagnosis.OSTEOPOROTIC_FRACTURE,)
        assert row.approach is Approach.SACRAL_LONG_AXIS
        assert row.leak_assessed_by == (LeakDetection.CT,)
    assert (first.side, second.side) == (Side.BILATERAL, Side.LEFT)
    assert (first.cement_ml, second.cement_ml) == (6, 3.5)
    assert (first.leakage, second.leakage) == (Leakage.PRESENT, Leakage.NONE)
    assert [(row.size_mm, row.volume_ml) for row in case.balloons_of(first)] == [(15, 3.5)]
    assert case.balloons_of(second) == []
    (leak,) = case.leaks
    assert (leak.location, leak.symptomatic) == (LeakLocation.SACRAL, YesNo.NO)
    assert leak.detected_by is LeakDetection.CT
    assert case.procedure.complete
    assert pressing(case) == []

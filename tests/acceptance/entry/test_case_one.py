# SPDX-License-Identifier: MIT
"""Promise: case I of the paper is entered completely by keys, and found again value by value."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from models.case import Case
from models.example import example_cases
from models.logbook import Logbook
from models.schema import Assessment, TreatedLevel
from tests.acceptance.entry.desk import ALT, CTRL, answer, give_reasons, save_and_reopen
from tests.acceptance.test_enter_case import everything
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage


def enter_patient(keys: Keyboard, facts: Case) -> None:
    keys.go_to("Patient code").enter("Jones2009-I").enter("m")
    keys.go_to("Age at procedure").enter("38").give_reason()
    keys.go_to("General condition and history").press(Key.Key_Space)
    keys.fill(Substance_use_disorder="y", Medical_history=facts.procedure.history)


def enter_pain_before(keys: Keyboard, facts: Case) -> None:
    keys.go_to("Pain for").enter("3").enter("years")
    give_reasons(keys, 2)
    keys.go_to("Treated before").enter("y")
    kinds = ("PT", "spinal injection", "ESI", "dorsal column", "biopsy")
    for kind, row in zip(kinds, facts.prior_treatments, strict=True):
        answer(keys, kind)
        if row.missing:
            keys.give_reason()
        answer(keys, "", str(row.detail))
    keys.go_to("More about the pain").press(Key.Key_Space)
    keys.fill(Pain_character="mechanical", Tenderness_at_the_level="y")
    keys.fill(Pain_in_words=facts.procedure.pain_description)


def enter_procedure(keys: Keyboard) -> None:
    keys.go_to("Date")
    give_reasons(keys, 2)
    answer(keys, "sedation", "fluoro")
    give_reasons(keys, 3)


def enter_lesion(keys: Keyboard, facts: TreatedLevel) -> None:
    keys.go_to("Add level").type("l5").press(Key.Key_Return)
    keys.enter("VH")
    keys.type("mri").press(Key.Key_Return).enter("biopsy")
    answer(keys, "7", "no deficit")
    give_reasons(keys, 3)
    keys.press(Key.Key_Space).fill(Part="body")
    # The menu opens at "not recorded"; two further down is "unknown".
    keys.go_to("Marrow edema").press(Key.Key_M, with_=CTRL)
    keys.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    keys.fill(Lesion_in_words=facts.lesion_description)


def enter_treatment(keys: Keyboard, facts: TreatedLevel) -> None:
    keys.go_to("Technique")
    answer(keys, "kypho", "not stated")
    give_reasons(keys, 2)
    keys.go_to("Cement").enter("4").give_reason()
    keys.go_to("Leakage").enter("none").give_reason()
    keys.go_to("More about needle, cement and leakage").press(Key.Key_Space)
    keys.fill(Balloons_as_reported=facts.balloon_words, Leakage_as_reported=facts.leakage_words)


def enter_before(keys: Keyboard) -> None:
    """The paper tells no score of the pain before, and neither how nor of whom it was asked."""
    keys.go_to("Date, Before")
    give_reasons(keys, 1)
    keys.give_reason().press(Key.Key_Return, with_=ALT)
    keys.go_to("Answered by").give_reason().fill(Why_no_score="not recorded")
    keys.go_to("Asked")
    give_reasons(keys, 2)


def enter_follow_up(keys: Keyboard, facts: Assessment) -> None:
    keys.go_to("Add time point").type("undated").press(Key.Key_Return)
    keys.type("0-1").press(Key.Key_Backtab).give_reason().press(Key.Key_Return, with_=ALT)
    keys.go_to("Answered by").enter("patient")
    keys.go_to("Asked").give_reason().fill(Pain_in_words=facts.pain_words)
    keys.fill(Work_and_activities="returned to", Note=facts.note)


def test_case_one_of_the_paper_is_entered_by_keyboard_and_found_again_value_by_value(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    facts = example_cases()[0]
    page.start_new(logbook)
    enter_patient(keys, facts)
    enter_pain_before(keys, facts)
    enter_procedure(keys)
    enter_lesion(keys, facts.levels[0])
    enter_treatment(keys, facts.levels[0])
    keys.go_to("Any complication").enter("n").go_to("Pain scale").enter("VAS")
    enter_before(keys)
    enter_follow_up(keys, facts.assessments[1])
    keys.fill(Notes=facts.procedure.notes)
    case = save_and_reopen(qtbot, page, keys, logbook)
    assert everything(case) == everything(facts)

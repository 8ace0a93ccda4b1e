# SPDX-License-Identifier: MIT
"""Promise: whoever has only a keyboard enters a whole case, and finds every value again."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.document import Fields, stored_fields
from models.example import example_cases
from models.logbook import Logbook
from models.numbers import Reported
from models.schema import Record, TreatedLevel
from models.vocabulary import Diagnosis, Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage
from ui.widgets.field_cell import FieldCell

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def is_shown(page: EditorPage, case_id: str) -> bool:
    return page.case_id == case_id


def save(qtbot: QtBot, page: EditorPage, keys: Keyboard) -> str:
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    return str(saved.args[0])


def entered(row: Record) -> Fields:
    """What a row holds, without what hangs it into the case."""
    links = {"procedure", "patient", "treated_level", "position"}
    return {name: value for name, value in stored_fields(row).items() if name not in links}


def everything(case: Case) -> dict[str, list[Fields]]:
    tables = {"patient": [entered(case.patient)], "procedure": [entered(case.procedure)]}
    for table, rows in case.child_lists().items():
        tables[table.__name__] = [entered(row) for row in rows]
    return tables


def enter_patient(keys: Keyboard, facts: Case) -> None:
    keys.go_to("Patient code").enter("Jones2009-II").enter("f")
    keys.go_to("Age at procedure").enter("75").give_reason()
    keys.go_to("General condition and history").press(Key.Key_Space)
    keys.fill(Depression="y", Cognitive_impairment="y")
    keys.fill(Medical_history=facts.procedure.history)


def enter_pain_before(keys: Keyboard, facts: Case) -> None:
    keys.go_to("Pain for").enter("1").enter("months")
    keys.give_reason().press(Key.Key_Tab).give_reason()
    keys.go_to("Treated before").enter("y")
    for kind, detail in (
        ("PT", "Without benefit."),
        ("spinal injection", "A variety of spinal injections, without benefit."),
        ("MBB", "Lumbosacral medial branch nerve blocks, previously."),
        ("RFA", "Subsequent to the medial branch blocks."),
        ("trigger", "Trigger point injections, previously."),
    ):
        keys.enter(kind).enter("").enter(detail)
    keys.go_to("More about the pain").press(Key.Key_Space)
    keys.fill(Pain_character="worse with", Tenderness_at_the_level="y")
    keys.fill(Pain_in_words=facts.procedure.pain_description)


def enter_procedure(keys: Keyboard) -> None:
    keys.go_to("Date").give_reason().press(Key.Key_Tab).give_reason()
    keys.go_to("Anesthesia").enter("GA").enter("fluoro")
    for _ in range(3):
        keys.give_reason().press(Key.Key_Tab)


def enter_level(keys: Keyboard, facts: TreatedLevel) -> None:
    keys.go_to("Add level").type("t12").press(Key.Key_Return)
    keys.type("vh").press(Key.Key_Return).enter("cause").enter("mri").enter("")
    keys.enter("no deficit")
    for _ in range(3):
        keys.give_reason().press(Key.Key_Tab)
    keys.press(Key.Key_Space).fill(Marrow_edema="n", Lesion_in_words=facts.lesion_description)
    keys.go_to("Technique").enter("bkp").enter("transped").enter("right").give_reason()
    keys.go_to("Cement").enter("6").give_reason()
    keys.go_to("Leakage").enter("none").give_reason()
    keys.go_to("More about needle, cement and leakage").press(Key.Key_Space)
    keys.fill(Balloons_as_reported=facts.balloon_words, Leakage_as_reported=facts.leakage_words)
    keys.go_to("Reported gain, angles, neighbors").press(Key.Key_Space)
    keys.go_to("Reported height gain").enter("3-5").type(facts.height_gain_words)


def enter_follow_up(keys: Keyboard, facts: Case) -> None:
    keys.go_to("Any complication").enter("n").go_to("Pain scale").enter("VAS")
    keys.give_reason().press(Key.Key_Tab).type("10").press(Key.Key_Return, with_=ALT)
    keys.go_to("Answered by").enter("patient")
    keys.go_to("Asked").give_reason().go_to("Pain where").enter("back")
    keys.go_to("Add time point").type("undated").press(Key.Key_Return)
    keys.type("totally resolved").press(Key.Key_Backtab).give_reason()
    keys.press(Key.Key_Tab).give_reason().press(Key.Key_Return, with_=ALT)
    keys.go_to("Outcome in words").enter("resolved").go_to("Answered by").enter("patient")
    keys.go_to("Asked").enter("in person").give_reason().go_to("Pain where").enter("back")
    keys.go_to("Work and activities").enter("returned to")
    keys.fill(Note=facts.assessments[1].note, Notes=facts.procedure.notes)


def test_case_two_of_the_paper_is_entered_by_keyboard_and_found_again_value_by_value(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    facts = example_cases()[1]
    page.start_new(logbook)
    enter_patient(keys, facts)
    enter_pain_before(keys, facts)
    enter_procedure(keys)
    enter_level(keys, facts.levels[0])
    enter_follow_up(keys, facts)
    case_id = save(qtbot, page, keys)

    logbook.close()
    reopened = Logbook.open(logbook.folder)
    assert everything(load_case(reopened, case_id)) == everything(facts)
    reopened.close()


def held(page: EditorPage, row: Record, field: str) -> object:
    """What the box of a field shows, found as a click on a finding finds it."""
    box = page._form.find_box(str(row.id), field)
    assert box is not None, field
    return box.value()


def test_every_fact_of_both_cases_of_the_paper_has_a_box_that_shows_it(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    for case in example_cases():
        save_case(logbook, case)
        page.edit(logbook, case.id)
        qtbot.waitUntil(partial(is_shown, page, case.id))
        for row in (*case.person_rows(), *case.case_rows()):
            for field in type(row).clinical_fields():
                if getattr(row, field.name) in (None, "", ()) or field.name == "time_point":
                    continue
                shown = held(page, row, field.name)
                if isinstance(shown, Reported):
                    shown = getattr(shown, str(field.part))
                assert shown == getattr(row, field.name), field.name
        assert page.can_leave(), "showing a case must change nothing"


def test_two_levels_are_typed_at_once_and_each_keeps_its_own(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-7")
    keys.go_to("Add level").type("l1 l2").press(Key.Key_Return)
    keys.fill(Diagnosis="metast", Cement="4,5")
    keys.go_to("L1 4.5 mL", backward=True).press(Key.Key_Right)
    keys.go_to("Diagnosis").enter("myeloma").go_to("Cement").type("3")
    case = load_case(logbook, save(qtbot, page, keys))

    told = [(row.level, row.diagnosis, row.cement_ml) for row in case.levels]
    assert told == [
        (Level.L1, (Diagnosis.METASTASIS,), 4.5),
        (Level.L2, (Diagnosis.MYELOMA,), 3),
    ]


def test_a_level_is_copied_for_all_but_its_name(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-7").go_to("Add level").type("t12").press(Key.Key_Return)
    keys.enter("vcf").go_to("Technique").enter("bkp").go_to("Balloons").enter("1")
    keys.go_to("Volume").enter("4").go_to("Cement").type("6")
    keys.press(Key.Key_D, with_=CTRL)
    assert keys.place == "Level"
    keys.enter("l1")
    case = load_case(logbook, save(qtbot, page, keys))

    first, second = case.levels
    assert (first.level, second.level) == (Level.T12, Level.L1)
    assert entered(second) | {"level": "T12"} == entered(first)
    assert [row.volume_ml for row in case.balloons_of(second)] == [4]


def test_an_edit_makes_the_next_version_and_says_so(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    case = a_case("P-1285")
    save_case(logbook, case)
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id)
    assert page._top.state == "version 1"

    keys.go_to("Operator").type("Dr B. Operator")
    assert page._top.state == "unsaved changes"
    save(qtbot, page, keys)
    assert load_case(logbook, case.id).procedure.operator == "Dr B. Operator"
    assert load_case(logbook, case.id).version == 2
    assert re.fullmatch(r"saved \d\d:\d\d, version 2", page._top.state)


def test_a_case_that_someone_else_changed_is_not_overwritten_and_nothing_typed_is_lost(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    case = a_case("P-1285")
    save_case(logbook, case)
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id)
    theirs = load_case(logbook, case.id)
    theirs.procedure.operator = "Dr C. Operator"
    save_case(logbook, theirs)

    keys.go_to("Operator").type("Dr B. Operator").press(Key.Key_Return, with_=CTRL)
    qtbot.waitUntil(lambda: page.clashing.dialog is not None)
    assert page.clashing.dialog is not None
    keys.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: page._notice.text.startswith("Not saved."))
    assert held(page, case.procedure, "operator") == "Dr B. Operator"
    assert load_case(logbook, case.id).procedure.operator == "Dr C. Operator"

    page._notice.act()
    qtbot.waitUntil(lambda: page._top.state == "version 2")
    assert held(page, case.procedure, "operator") == "Dr C. Operator"


def test_an_impossible_number_is_refused_beside_its_box_and_its_typing_kept(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-7").go_to("Add level").type("t12 l5").press(Key.Key_Return)
    keys.go_to("Cement").enter("45")
    level = page._form.levels.level
    assert level is not None
    box = page._form.find_box(str(level.id), "cement_ml")
    assert box is not None
    cell = box.parentWidget()
    assert isinstance(cell, FieldCell)
    assert level.cement_ml is None
    assert (box.text(), cell.note.text()) == (
        "45",
        "Cement 45 is not possible: expected 0.1 to 30 mL.",
    )
    assert cell.note.isVisible()
    assert cell.note.geometry().top() >= cell.geometry().bottom()

    keys.press(Key.Key_Return, with_=CTRL)
    assert page._notice.text.startswith("Not saved. T12: Cement 45 is not possible")
    assert keys.place.startswith("Cement,")

    keys.go_to("T12", backward=True).press(Key.Key_Right)
    assert box.text() == ""
    keys.press(Key.Key_Left)
    assert box.text() == "45"
    keys.go_to("Cement").type("4.5")
    case = load_case(logbook, save(qtbot, page, keys))
    assert [row.cement_ml for row in case.levels] == [4.5, None]


def test_the_code_of_a_known_patient_offers_that_patient(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    first = a_case("P-1285")
    save_case(logbook, first)
    page.start_new(logbook)
    keys.enter("P-1285")
    qtbot.waitUntil(lambda: "already in this logbook" in page._notice.text)
    page._notice.act()
    assert keys.place == "Sex"
    second = load_case(logbook, save(qtbot, page, keys))
    assert second.patient.id == first.patient.id
    assert second.patient.sex is first.patient.sex


def test_save_and_new_goes_on_with_an_empty_case(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-7").enter("m")
    with qtbot.waitSignal(page.saved):
        page.save_and_new()
    assert page._top.title == "New case"
    assert keys.place == "Patient code"
    assert page.can_leave()

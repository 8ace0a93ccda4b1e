# SPDX-License-Identifier: MIT
"""Promise: a one-level case takes fewer than sixty keys beside its text, and ninety seconds.

Every core field is in it. The seconds are those of the keystroke-level model, see ``typist``.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from models import checks
from models.case import Case, load_case, save_case
from models.copying import like, next_case_of
from models.logbook import Logbook
from models.vocabulary import Anesthesia, CementType, Guidance, LeakDetection, Level
from tests.acceptance.typist import Typist
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage
from ui.jobs import Jobs

CTRL = Qt.KeyboardModifier.ControlModifier
MOST_KEYS = 60
MOST_SECONDS = 90
BEST_PUBLISHED_S = 65


def test_a_complete_one_level_case_takes_fewer_than_sixty_keys_beside_its_text(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard
) -> None:
    page.start_new(logbook)
    answers = ["P-1292", "f", "75", "y", "6", "w", "6", "nsaid", "t", "Dr A. Operator", "ga"]
    answers += ["fluoro", "240", "n", "y"]
    for answer in answers:
        keys.type(answer).press(Key.Key_Down, with_=CTRL)
    assert keys.place.startswith("Add level"), keys.place
    keys.enter("t12")
    for answer in ("ovcf", "mri", "no", "bkp", "tr", "bi"):
        keys.type(answer).press(Key.Key_Down, with_=CTRL)
    keys.enter("2").enter("l").press(Key.Key_Tab).type("4").go_to("Side").enter("r")
    keys.press(Key.Key_Tab).type("4").press(Key.Key_Down, with_=CTRL)
    for answer in ("6", "pmma", "no", "fl", "n"):
        keys.type(answer).press(Key.Key_Down, with_=CTRL)
    assert keys.place == "Pain scale"
    keys.type("nrs").press(Key.Key_Down, with_=CTRL)
    assert keys.place == "Pain, Before"
    keys.type("8").press(Key.Key_Backtab, Key.Key_Right)
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert [finding.message for finding in checks.findings(case)] == []
    assert case.procedure.complete
    assert keys.pressed < MOST_KEYS, (keys.pressed, keys.typed)


PERSON = ("P-1292", "f", "75", "y")
PAIN = ("6w", "6", "nsaid")
SESSION = ("t", "Dr A. Operator", "ga")
REST_OF_SESSION = ("240", "n", "y")
NEEDLE = ("no", "bkp", "tr", "bi", "2", "4")
CEMENT = ("6", "pmma", "no")


def begin(typist: Typist, page: EditorPage, logbook: Logbook) -> None:
    """What Ctrl+N does."""
    typist.strokes += 2
    page.start_new(logbook)


def end(qtbot: QtBot, typist: Typist, page: EditorPage, logbook: Logbook) -> Case:
    """Save with the keys; the case has to be complete and without a finding."""
    with qtbot.waitSignal(page.saved) as saved:
        typist.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert [finding.message for finding in checks.findings(case)] == []
    assert case.procedure.complete
    assert len(case.balloons) == 2
    return case


def test_the_first_case_of_a_logbook_takes_less_than_ninety_seconds(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    typist = Typist()
    begin(typist, page, logbook)
    for text in (*PERSON, *PAIN, *SESSION):
        typist.answer(text)
    typist.answer("fluoro").press(Key.Key_Return)
    for text in REST_OF_SESSION:
        typist.answer(text)
    assert typist.place == "Add level"
    typist.answer("t12").answer("ovcf").press(Key.Key_Return)
    typist.answer("mri").press(Key.Key_Return)
    for text in NEEDLE:
        typist.answer(text)
    typist.think().press(Key.Key_Right, Key.Key_Return)
    for text in CEMENT:
        typist.answer(text)
    typist.answer("fl").press(Key.Key_Return)
    typist.answer("n").answer("nrs").answer("8")
    assert typist.place == "Date, Before"
    typist.think().press(Key.Key_Right)
    case = end(qtbot, typist, page, logbook)
    assert [row.volume_ml for row in case.balloons] == [4, 4]
    assert typist.seconds < MOST_SECONDS, (typist.seconds, typist.strokes, typist.thoughts)
    assert typist.beside_text < MOST_KEYS, typist.beside_text


def test_somebody_who_knows_nothing_but_tab_needs_less_than_ninety_seconds_too(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    typist = Typist()
    begin(typist, page, logbook)

    def fill(**answers: str) -> None:
        """Tab to each of them; what lies between is passed without a thought."""
        for name, text in answers.items():
            typist.go_to(name.replace("_", " "))
            typist.think().type(text)

    fill(Patient_code="P-1292", Sex="f", Age_at_procedure="75", Consent_to_registry="y")
    fill(Pain_for="6w", Conservative_treatment="6", Analgesics_before="nsaid", Date="t")
    fill(Operator="Dr A. Operator", Anesthesia="ga", Guidance="fluoro", Fluoroscopy_time="240")
    fill(Adjunct_treatment="n", Technical_success="y", Add_level="t12")
    typist.press(Key.Key_Tab)
    fill(Diagnosis="ovcf", Proof="mri", Neurological_deficit="no", Technique="bkp", Approach="tr")
    fill(Side="bi", Balloons="2", Volume="4")
    typist.press(Key.Key_Tab)
    fill(Volume="4", Cement="6", Cement_type="pmma", Leakage="no", Looked_for_by="fl")
    fill(Any_complication="n", Pain_scale="nrs")
    typist.press(Key.Key_Tab).think().press(Key.Key_T)
    fill(Pain="8")
    end(qtbot, typist, page, logbook)
    assert typist.seconds < MOST_SECONDS, (typist.seconds, typist.strokes, typist.thoughts)


def test_a_case_like_the_last_one_takes_less_than_the_best_published_logbook(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, jobs: Jobs
) -> None:
    case = last_case()
    case.levels[0].level = Level.L1
    case.levels[0].cement_type = CementType.PMMA
    case.levels[0].leak_assessed_by = (LeakDetection.FLUOROSCOPY,)
    save_case(logbook, case)
    typist = Typist()
    begin(typist, page, logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    for text in (*PERSON, *PAIN):
        typist.answer(text)
    typist.think().press(Key.Key_T, with_=CTRL).press(Key.Key_Return)
    for text in REST_OF_SESSION:
        typist.answer(text)
    assert typist.place == "Add level"
    typist.answer("l2").answer("ovcf").press(Key.Key_Return)
    typist.answer("mri").press(Key.Key_Return)
    typist.answer("no").think().press(Key.Key_T, with_=CTRL).press(Key.Key_Return)
    typist.answer("bi").answer("2").answer("4").think().press(Key.Key_Right, Key.Key_Return)
    typist.answer("6").answer("no").think().press(Key.Key_Right, Key.Key_Return)
    typist.answer("n").think().press(Key.Key_Right, Key.Key_Return).answer("8")
    typist.think().press(Key.Key_Right)
    end(qtbot, typist, page, logbook)
    assert typist.seconds < BEST_PUBLISHED_S, (typist.seconds, typist.strokes, typist.thoughts)


def last_case() -> Case:
    case = a_case("P-1", Level.L2, operator="Dr B. Operator")
    case.procedure.anesthesia = Anesthesia.GENERAL
    case.procedure.guidance = (Guidance.FLUOROSCOPY_BIPLANE,)
    return case


def test_what_the_last_case_had_stands_pale_and_is_not_saved_unless_it_is_taken(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard, jobs: Jobs
) -> None:
    save_case(logbook, last_case())
    page.start_new(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    keys.enter("P-2").go_to("Operator")
    line = keys.target
    assert isinstance(line, QLineEdit)
    assert (line.text(), line.placeholderText()) == ("", "Dr B. Operator")
    assert "as in the last case" in line.accessibleDescription()
    keys.go_to("Anesthesia").press(Key.Key_Right).press(Key.Key_Tab)
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert case.procedure.operator is None
    assert case.procedure.performed_on is None
    assert case.procedure.guidance == ()
    assert case.procedure.anesthesia is Anesthesia.GENERAL


def test_one_key_takes_every_proposal_of_the_section_in_sight_and_of_no_other(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard, jobs: Jobs
) -> None:
    save_case(logbook, last_case())
    page.start_new(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    keys.enter("P-2").go_to("Add level").enter("l3").go_to("Date", backward=True)
    keys.press(Key.Key_T, with_=CTRL)
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert case.procedure.operator == "Dr B. Operator"
    assert case.procedure.performed_on == date.today().isoformat()
    assert case.procedure.guidance == (Guidance.FLUOROSCOPY_BIPLANE,)
    assert case.levels[0].technique is None


def test_nothing_is_proposed_in_a_case_that_is_stored(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard, jobs: Jobs
) -> None:
    stored = a_case("P-2", operator="")
    save_case(logbook, stored)
    save_case(logbook, last_case())
    page.edit(logbook, stored.id)
    qtbot.waitUntil(lambda: page.case_id == stored.id and not jobs.is_busy)
    keys.go_to("Operator").press(Key.Key_Right)
    assert page.can_leave()


def test_the_terms_used_last_are_offered_first(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard, jobs: Jobs
) -> None:
    save_case(logbook, last_case())
    page.start_new(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    keys.go_to("Guidance").press(Key.Key_Down)
    offered = keys.target
    assert isinstance(offered, QAbstractItemView)
    model = offered.model()
    labels = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert labels[:2] == [Guidance.FLUOROSCOPY_BIPLANE.label, Guidance.FLUOROSCOPY.label]
    assert sorted(labels) == sorted(term.label for term in Guidance)


def test_a_case_is_copied_for_another_patient(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard
) -> None:
    source = last_case()
    save_case(logbook, source)
    page.edit(logbook, source.id, like)
    qtbot.waitUntil(lambda: bool(page.case_id) and page.case_id != source.id)
    assert keys.place == "Patient code"
    keys.enter("P-2").go_to("Level").type("l4")
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert case.patient.id != source.patient.id
    assert [(row.level, row.technique) for row in case.levels] == [
        (Level.L4, source.levels[0].technique)
    ]
    assert case.procedure.anesthesia is Anesthesia.GENERAL
    assert load_case(logbook, source.id).version == 1


def test_the_next_case_of_a_patient_begins_at_its_date(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, keys: Keyboard
) -> None:
    first = last_case()
    save_case(logbook, first)
    page.edit(logbook, first.id, next_case_of)
    qtbot.waitUntil(lambda: bool(page.case_id) and page.case_id != first.id)
    assert keys.place == "Date"
    keys.type("t")
    with qtbot.waitSignal(page.saved) as saved:
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, str(saved.args[0]))
    assert case.patient.id == first.patient.id
    assert case.levels == []

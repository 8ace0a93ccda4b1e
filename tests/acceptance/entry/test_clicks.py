# SPDX-License-Identifier: MIT
"""Promise: who likes the mouse adds levels, follows findings and takes proposals by clicks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.logbook import Logbook
from models.vocabulary import (
    AnalgesicLevel,
    Anesthesia,
    Approach,
    CementType,
    Diagnosis,
    DiagnosisBasis,
    DurationUnit,
    Guidance,
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    NeuroStatus,
    PainScale,
    Sex,
    Side,
    Technique,
    Vocabulary,
    Yeom,
    YesNo,
)
from tests.acceptance.entry.desk import click, click_vertebra, finding_about, pressing
from tests.acceptance.test_enter_case import save
from tests.builders import a_case
from tests.ui.editor.keyboard import Keyboard, settle
from ui.editor.page import EditorPage
from ui.jobs import Jobs
from ui.widgets.field_line import FieldLine

LEFT = Qt.MouseButton.LeftButton


def test_levels_are_added_by_clicking_vertebrae_and_each_click_shows_its_level(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9")
    for level, cement in ((Level.L1, "4"), (Level.T8, "3"), (Level.S1, "5")):
        click_vertebra(page, level)
        keys.go_to("Cement").enter(cement)
    click_vertebra(page, Level.T8)
    keys.go_to("Cement", backward=True).type("2.5")
    case = load_case(logbook, save(qtbot, page, keys))
    assert {row.level: row.cement_ml for row in case.levels} == {
        Level.T8: 2.5,
        Level.L1: 4,
        Level.S1: 5,
    }


def test_a_click_on_a_finding_leads_to_its_field_at_whatever_level(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9").go_to("Add level").enter("t12 l1")
    keys.go_to("Cement").enter("11")
    click_vertebra(page, Level.L1)
    click(finding_about(qtbot, page, "T12: Cement 11 is unusual").button)
    assert keys.place == "Cement, mL"
    keys.type("1.1")
    case = load_case(logbook, save(qtbot, page, keys))
    assert [(row.level, row.cement_ml) for row in case.levels] == [
        (Level.T12, 1.1),
        (Level.L1, None),
    ]


def test_a_proposal_is_taken_from_the_menu_of_its_box(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook, jobs: Jobs
) -> None:
    last = a_case("P-1")
    last.procedure.anesthesia = Anesthesia.GENERAL
    save_case(logbook, last)
    page.start_new(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    keys.enter("P-2").go_to("Anesthesia")
    line = keys.target
    middle = line.rect().center()
    at = line.mapToGlobal(middle)
    QApplication.sendEvent(line, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, at))
    settle()
    menu = keys.target
    assert isinstance(menu, QMenu)
    (take,) = [action for action in menu.actions() if action.text() == "Take General"]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(take).center())
    settle()
    case = load_case(logbook, save(qtbot, page, keys))
    assert case.procedure.anesthesia is Anesthesia.GENERAL
    assert case.procedure.operator is None


def test_a_proposed_leak_type_is_taken_by_a_double_click(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.enter("P-9").go_to("Add level").enter("t12")
    keys.go_to("Leakage").enter("present").go_to("Location").enter("disc above")
    keys.go_to("Yeom type")
    qtbot.mouseDClick(keys.target, LEFT, pos=keys.target.rect().center())
    (leak,) = load_case(logbook, save(qtbot, page, keys)).leaks
    assert (leak.location, leak.yeom_type) == (LeakLocation.DISC_SUPERIOR, Yeom.D)


def button(page: EditorPage, text: str) -> QAbstractButton:
    """The visible button that says this."""
    (found,) = [
        shown
        for shown in page.findChildren(QAbstractButton)
        if shown.isVisible() and text in (shown.text(), shown.accessibleName())
    ]
    return found


def line_named(page: EditorPage, name: str) -> FieldLine:
    """The first box in sight of this name, scrolled to as a wheel would."""
    lines = [line for line in page.findChildren(FieldLine) if line.isVisible()]
    line = next(line for line in lines if line.accessibleName() == name)
    page._form.reveal(line)
    settle()
    return line


def write(page: EditorPage, box: str, text: str) -> None:
    """Click into a box, and type what no list can offer."""
    line = line_named(page, box)
    click(line)
    QTest.keyClicks(line, text)
    settle()


def pick(page: EditorPage, box: str, term: Vocabulary) -> None:
    """Click the arrow of a box, and a term in the list that drops down."""
    line = line_named(page, box)
    QTest.mouseClick(line, LEFT, pos=line.rect().center() + QPoint(line.width() // 2 - 8, 0))
    settle()
    offered = QApplication.activePopupWidget()
    assert isinstance(offered, QAbstractItemView)
    model = offered.model()
    rows = range(model.rowCount())
    (index,) = [model.index(row, 0) for row in rows if model.index(row, 0).data() == term.label]
    offered.scrollTo(index)
    QTest.mouseClick(offered.viewport(), LEFT, pos=offered.visualRect(index).center())
    settle()


def test_a_level_is_entered_with_the_mouse_from_the_spine_to_the_save_button(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.start_new(logbook)
    keys.type("P-9")
    pick(page, "Sex", Sex.FEMALE)
    click(button(page, "Treated levels"))
    click_vertebra(page, Level.T12)
    pick(page, "Diagnosis", Diagnosis.HEMANGIOMA)
    pick(page, "Diagnosis", Diagnosis.FRACTURE_UNSPECIFIED)
    pick(page, "Technique", Technique.BALLOON_KYPHOPLASTY)
    pick(page, "Leakage", Leakage.PRESENT)
    pick(page, "Location", LeakLocation.EPIDURAL)
    click_vertebra(page, Level.L1)
    click(button(page, "T12"))
    click(button(page, "Copy level"))
    pick(page, "Level", Level.L2)
    with qtbot.waitSignal(page.saved) as saved:
        click(button(page, "Save"))
    case = load_case(logbook, str(saved.args[0]))
    assert case.patient.sex is Sex.FEMALE
    told = {row.level: (row.diagnosis, row.technique, row.leakage) for row in case.levels}
    both = (Diagnosis.HEMANGIOMA, Diagnosis.FRACTURE_UNSPECIFIED)
    like_t12 = (both, Technique.BALLOON_KYPHOPLASTY, Leakage.PRESENT)
    assert told == {Level.T12: like_t12, Level.L1: ((), None, None), Level.L2: like_t12}
    assert [leak.location for leak in case.leaks] == [LeakLocation.EPIDURAL] * 2


def test_a_whole_case_needs_the_keyboard_for_nothing_but_words_and_numbers(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    page.start_new(logbook)
    write(page, "Patient code", "P-9")
    pick(page, "Sex", Sex.FEMALE)
    write(page, "Age at procedure, years", "75")
    pick(page, "Consent to registry", YesNo.YES)
    write(page, "Pain for", "6")
    pick(page, "Unit of duration", DurationUnit.WEEKS)
    write(page, "Conservative treatment, weeks", "6")
    pick(page, "Analgesics before", AnalgesicLevel.NON_OPIOID)
    qtbot.mouseDClick(line_named(page, "Date"), LEFT)
    write(page, "Operator", "Dr A. Operator")
    pick(page, "Anesthesia", Anesthesia.GENERAL)
    pick(page, "Guidance", Guidance.FLUOROSCOPY)
    write(page, "Fluoroscopy time, s", "240")
    pick(page, "Adjunct treatment", YesNo.NO)
    pick(page, "Technical success", YesNo.YES)
    click_vertebra(page, Level.T12)
    pick(page, "Diagnosis", Diagnosis.OSTEOPOROTIC_FRACTURE)
    pick(page, "Proof", DiagnosisBasis.MRI)
    pick(page, "Neurological deficit", NeuroStatus.NONE)
    pick(page, "Technique", Technique.BALLOON_KYPHOPLASTY)
    pick(page, "Approach", Approach.TRANSPEDICULAR)
    write(page, "Balloons", "1")
    pick(page, "Side", Side.RIGHT)
    write(page, "Volume, mL", "4")
    write(page, "Cement, mL", "6")
    pick(page, "Cement type", CementType.PMMA)
    pick(page, "Leakage", Leakage.NONE)
    pick(page, "Looked for by", LeakDetection.FLUOROSCOPY)
    pick(page, "Any complication", YesNo.NO)
    pick(page, "Pain scale", PainScale.NRS)
    write(page, "Pain, Before", "8")
    click(line_named(page, "Outcome in words, Before"))
    qtbot.mouseDClick(line_named(page, "Date, Before"), LEFT)
    with qtbot.waitSignal(page.saved) as saved:
        click(button(page, "Save"))
    case = load_case(logbook, str(saved.args[0]))
    assert pressing(case) == []
    assert case.procedure.complete

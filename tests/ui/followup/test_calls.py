# SPDX-License-Identifier: MIT
"""A session of calls by keyboard alone: scores, reasons, a death, and taking it back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.followup.recording import Answer, record_reason, record_score
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    MissingReason,
    PainScale,
    TimePoint,
)
from tests.ui.followup.clinic import ALT, CTRL, TODAY, Desk, operated, rows_of
from tests.ui.followup.conftest import Opens
from ui.followup.death_dialog import DeathDialog

Key = Qt.Key


class Clinic:
    """Five patients, the most overdue first; all are asked for the visit after one month."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def fill(self, logbook: Logbook) -> None:
        for place, days in enumerate((58, 56, 54, 52, 50)):
            self.cases.append(operated(logbook, f"P-{place + 1}", days))


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


@pytest.fixture
def desk(open_clinic: Opens, clinic: Clinic) -> Desk:
    return open_clinic(clinic.fill)


def death_dialog(desk: Desk) -> DeathDialog:
    (found,) = [one for one in desk.window.findChildren(DeathDialog) if one.isVisible()]
    return found


def problem(desk: Desk) -> str:
    label = desk.page.table.problem
    return label.text() if label.isVisible() else ""


def test_a_whole_session_takes_a_few_keys_for_each_patient(desk: Desk, clinic: Clinic) -> None:
    assert desk.patients == ["P-1", "P-2", "P-3", "P-4", "P-5"]
    assert desk.patient == "P-1"
    desk.enter("2")
    assert desk.patient == "P-2"
    desk.enter("0-1")
    desk.press(Key.Key_N, ALT)
    assert desk.patient == "P-4"
    desk.press(Key.Key_D, ALT)
    assert desk.patient == "P-5"
    desk.press(Key.Key_X, ALT)
    desk.type("2026-05")
    desk.press(Key.Key_Return)
    desk.settle()

    score, ranged, tried, declined, died = (rows_of(desk.logbook, case)[0] for case in clinic.cases)
    assert (score.pain_low, score.pain_high, score.pain_scale) == (2, 2, PainScale.NRS)
    assert (score.time_point, score.assessed_on) == (TimePoint.M1, TODAY.isoformat())
    assert score.mode is AssessmentMode.PHONE
    assert (ranged.pain_low, ranged.pain_high) == (0, 1)
    assert (tried.missing_reason, tried.call_attempts) == (AssessmentMissing.NOT_REACHED, 1)
    assert declined.missing_reason is AssessmentMissing.DECLINED
    assert died.missing_reason is AssessmentMissing.DIED
    assert load_case(desk.logbook, clinic.cases[4].id).patient.died_on == "2026-05"
    assert verify(desk.logbook) == []

    desk.let_leave()
    assert desk.patients == ["P-3"]
    line = desk.page.table.line
    assert line is not None
    assert line.calls == 1


def test_what_was_saved_is_taken_back_from_the_last_on(desk: Desk, clinic: Clinic) -> None:
    desk.enter("2")
    desk.enter("3")
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    assert rows_of(desk.logbook, clinic.cases[0])[0].pain_low == 2
    assert rows_of(desk.logbook, clinic.cases[1]) == []
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    assert rows_of(desk.logbook, clinic.cases[0]) == []
    assert desk.patients == ["P-1", "P-2", "P-3", "P-4", "P-5"]


def test_undo_in_a_row_takes_back_that_row_alone_and_its_typing_returns(
    desk: Desk, clinic: Clinic
) -> None:
    desk.enter("2")
    desk.enter("3")
    desk.page.undo_wanted.emit(clinic.cases[0].id)
    desk.settle()
    assert rows_of(desk.logbook, clinic.cases[0]) == []
    assert rows_of(desk.logbook, clinic.cases[1])[0].pain_low == 3
    line = desk.page.model.line(0)
    assert line is not None
    entry = desk.page.calls.shown(line)
    assert entry is not None
    assert entry.text == "2"
    assert desk.patients == ["P-1", "P-3", "P-4", "P-5"]


def test_a_death_is_taken_back_with_its_day(desk: Desk, clinic: Clinic) -> None:
    desk.press(Key.Key_X, ALT)
    desk.type("2026")
    desk.press(Key.Key_Return)
    desk.settle()
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    assert load_case(desk.logbook, clinic.cases[0].id).patient.died_on is None
    assert "P-1" in desk.patients


def test_a_row_that_is_saved_stays_for_a_moment_with_its_value(
    desk: Desk, clinic: Clinic, qtbot: QtBot
) -> None:
    desk.let_linger(2_000)
    desk.enter("2")
    settled = desk.page.calls.settled(clinic.cases[0].id)
    assert settled is not None
    assert (settled.stand.value, settled.told) == ("saved", "2")
    assert desk.patients[0] == "P-1"
    qtbot.waitUntil(lambda: desk.patients[:1] == ["P-2"], timeout=15_000)
    assert desk.patient == "P-2"
    assert desk.focus is desk.page.table.score


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7.5", "whole numbers"),
        ("75", "above the top"),
        ("1O", "is not a number"),
        ("3-1", "downwards"),
        ("", "no score yet"),
    ],
)
def test_trap_1_a_score_that_cannot_be_is_refused_beside_its_box(
    desk: Desk, clinic: Clinic, typed: str, said: str
) -> None:
    desk.enter(typed)
    assert said in problem(desk)
    assert desk.patient == "P-1"
    assert desk.focus is desk.page.table.score
    assert said in desk.page.table.score.accessibleDescription()
    assert rows_of(desk.logbook, clinic.cases[0]) == []
    desk.press(Key.Key_Escape)
    assert not problem(desk)
    desk.enter("7")
    assert rows_of(desk.logbook, clinic.cases[0])[0].pain_low == 7


def test_words_are_kept_and_never_become_a_number(desk: Desk, clinic: Clinic) -> None:
    desk.enter("much better")
    row = rows_of(desk.logbook, clinic.cases[0])[0]
    assert (row.pain_words, row.pain_low, row.pain_scale) == ("much better", None, None)


def test_the_letters_of_the_keys_can_be_typed_as_words(desk: Desk) -> None:
    desk.type("nOdMx")
    assert desk.page.table.score.text() == "nOdMx"
    assert desk.patient == "P-1"


def test_what_is_typed_waits_in_its_row(desk: Desk) -> None:
    desk.type("4")
    desk.press(Key.Key_Down)
    assert desk.patient == "P-2"
    assert desk.page.table.score.text() == ""
    desk.press(Key.Key_Up)
    assert desk.page.table.score.text() == "4"


def test_analgesics_are_saved_with_the_score(desk: Desk, clinic: Clinic) -> None:
    desk.type("2")
    desk.press(Key.Key_Tab)
    assert desk.focus is desk.page.table.analgesics
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    desk.settle()
    row = rows_of(desk.logbook, clinic.cases[0])[0]
    assert (row.pain_low, row.analgesic_level) == (2, AnalgesicLevel.NON_OPIOID)
    assert desk.patient == "P-2"
    assert desk.page.table.analgesics.level is None


def test_whoever_chooses_analgesics_is_not_torn_away_when_saved_rows_leave(desk: Desk) -> None:
    desk.enter("2")
    desk.type("3")
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Down)
    assert desk.focus is desk.page.table.analgesics
    desk.let_leave()
    assert desk.patients[0] == "P-2"
    assert desk.focus is desk.page.table.analgesics
    desk.press(Key.Key_Down)
    assert desk.page.table.analgesics.level is AnalgesicLevel.NON_OPIOID
    assert desk.page.table.score.text() == "3"


def test_an_entry_of_somebody_else_is_told_and_stays(
    qtbot: QtBot, desk: Desk, clinic: Clinic
) -> None:
    # The news would have the list read anew, in which that visit is not due any more.
    desk.window.others._clock.stop()
    other = Logbook.open(desk.logbook.folder, "Somebody else")
    answer = Answer("6", PainScale.NRS)
    record_score(other, clinic.cases[0].id, TimePoint.M1, answer, TODAY - timedelta(1))
    other.close()
    desk.enter("2")
    said = desk.page.notice.text
    assert "has an answer for 1 month already: 6 on 2026-05-19." in said
    assert re.search(r"Somebody else saved that on \d{4}-\d\d-\d\d at \d\d:\d\d\.", said)
    assert "You had typed 2." in said
    assert desk.stand_of(clinic.cases[0]) == "taken"
    (row,) = rows_of(desk.logbook, clinic.cases[0])
    assert row.pain_low == 6
    desk.let_leave()
    assert desk.patients[0] == "P-2"
    desk.enter("3")
    assert desk.page.notice.text == said
    desk.page.notice.button.click()
    desk.settle()
    editor = desk.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.case_id == clinic.cases[0].id)


def test_what_could_not_be_saved_is_read_one_by_one(desk: Desk, clinic: Clinic) -> None:
    other = Logbook.open(desk.logbook.folder, "Somebody else")
    for case in clinic.cases[:2]:
        record_score(other, case.id, TimePoint.M1, Answer("6", PainScale.NRS), TODAY)
    other.close()
    desk.enter("2")
    desk.enter("3")
    said = desk.page.notice.text
    assert said.startswith("P-2 has an answer")
    assert said.endswith("You had typed 3. (1 more to read)")
    desk.page.notice.close_button.click()
    assert desk.page.notice.text.startswith("P-1 has an answer")
    assert desk.page.notice.text.endswith("You had typed 2.")
    desk.page.notice.close_button.click()
    assert desk.page.notice.text == ""


def test_a_reason_of_somebody_else_is_told_with_who_gave_it(desk: Desk, clinic: Clinic) -> None:
    other = Logbook.open(desk.logbook.folder, "Somebody else")
    record_reason(other, clinic.cases[0].id, TimePoint.M1, AssessmentMissing.DECLINED)
    other.close()
    desk.press(Key.Key_M, ALT)
    desk.settle()
    assert "For 1 month of P-1 there is a reason: Declined. Somebody else saved" in (
        desk.page.notice.text
    )
    (row,) = rows_of(desk.logbook, clinic.cases[0])
    assert row.missing_reason is AssessmentMissing.DECLINED


def test_how_patients_are_asked_stands_on_the_page_and_only_that_is_stored(
    desk: Desk, clinic: Clinic
) -> None:
    asked = desk.page.asked
    assert asked.told == "Asked on 2026-05-20: Phone"
    desk.enter("2")
    choose(desk, AssessmentMode.IN_PERSON)
    desk.enter("3")
    choose(desk, None)
    assert asked.told == "Asked on 2026-05-20: Not stated"
    desk.enter("4")
    stored = [rows_of(desk.logbook, case)[0].mode for case in clinic.cases[:3]]
    assert stored == [AssessmentMode.PHONE, AssessmentMode.IN_PERSON, None]


def test_how_patients_are_asked_is_remembered(desk: Desk) -> None:
    choose(desk, AssessmentMode.WEB)
    settings = desk.kypholog.settings
    assert settings.asked_by is AssessmentMode.WEB
    choose(desk, None)
    assert settings.asked_by is None


def choose(desk: Desk, mode: AssessmentMode | None) -> None:
    """Choose by keys how the patients are asked, from the box of the score and back."""
    box = desk.page.asked.mode_box
    while not box.hasFocus():
        desk.press(Key.Key_Tab)
    desk.press(Key.Key_Home)
    for _ in range(box.findData(mode)):
        desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert desk.focus is desk.page.table.score


def test_a_death_on_a_day_that_nobody_knows_is_confirmed_and_says_so(
    desk: Desk, clinic: Clinic
) -> None:
    desk.press(Key.Key_X, ALT)
    dialog = death_dialog(desk)
    assert not dialog.accept_button.isEnabled()
    desk.press(Key.Key_Return)
    assert dialog.isVisible()
    dialog.unknown.click()
    assert "Nobody is asked" in "".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.accept_button.click()
    desk.settle()
    stored = load_case(desk.logbook, clinic.cases[0].id)
    assert stored.patient.died_on is None
    assert stored.patient.missing["died_on"] is MissingReason.UNKNOWN
    desk.let_leave()
    assert "P-1" not in desk.patients


def test_a_death_that_is_not_confirmed_changes_nothing(desk: Desk, clinic: Clinic) -> None:
    desk.press(Key.Key_X, ALT)
    desk.type("2026-02-31")
    desk.press(Key.Key_Return)
    dialog = death_dialog(desk)
    assert not dialog.accept_button.isEnabled()
    desk.press(Key.Key_Escape)
    desk.settle()
    assert load_case(desk.logbook, clinic.cases[0].id).version == 1
    assert desk.patient == "P-1"
    assert desk.focus is desk.page.table.score


def test_every_other_reason_is_in_the_menu_of_the_row(desk: Desk, clinic: Clinic) -> None:
    menu = desk.page.context_menu()
    told = [action.text() for action in menu.actions()]
    expected = set(AssessmentMissing) - {AssessmentMissing.NOT_YET_DUE}
    assert {reason.label for reason in expected} <= set(told)
    too_ill = next(one for one in menu.actions() if one.text() == AssessmentMissing.TOO_ILL.label)
    too_ill.trigger()
    desk.settle()
    assert rows_of(desk.logbook, clinic.cases[0])[0].missing_reason is AssessmentMissing.TOO_ILL
    menu.close()


def test_another_scale_is_chosen_before_the_score_is_typed(desk: Desk, clinic: Clinic) -> None:
    menu = desk.page.context_menu()
    scales = next(one for one in menu.findChildren(QMenu) if "Scale" in one.title())
    next(one for one in scales.actions() if one.text() == PainScale.VAS_10.label).trigger()
    menu.close()
    desk.enter("7,5")
    row = rows_of(desk.logbook, clinic.cases[0])[0]
    assert (row.pain_low, row.pain_scale) == (7.5, PainScale.VAS_10)


def test_the_case_opens_at_its_assessments_and_leads_back(desk: Desk) -> None:
    desk.press(Key.Key_Return, CTRL)
    desk.settle()
    assert desk.window.shown_page == "editor"
    assert desk.window.editor is not None
    desk.press(Key.Key_Escape)
    desk.window.editor.closed.emit()
    assert desk.window.shown_page == "followup"


def test_a_click_on_a_word_says_why_there_is_no_score(desk: Desk, clinic: Clinic) -> None:
    table = desk.page.table
    index = table.model().index(2, table.model().columnCount() - 1)
    cell = table.visualRect(index)
    at = cell.topLeft()
    at.setX(at.x() + 20)
    at.setY(cell.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()
    desk.settle()
    row = rows_of(desk.logbook, clinic.cases[2])[0]
    assert row.missing_reason is AssessmentMissing.NOT_REACHED

# SPDX-License-Identifier: MIT
"""A score that is half typed is not lost: not with the page, the window, the day or the power."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.case import Case
from models.followup.recording import Answer, record_score
from models.followup.unsaved import Unsaved, keep_unsaved, unsaved
from models.history.entries import entries_of
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import AnalgesicLevel, PainScale, TimePoint
from tests.fresh import new_logbook
from tests.ui.followup.clinic import CTRL, NOON, TODAY, Desk, operated, rows_of
from tests.ui.followup.conftest import Opens

Key = Qt.Key


class Clinic:
    """Three patients who are asked for the visit after one month."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def fill(self, logbook: Logbook) -> None:
        for place, days in enumerate((58, 56, 54)):
            self.cases.append(operated(logbook, f"P-{place + 1}", days))

    def typed(self, place: int, text: str, level: AnalgesicLevel | None = None) -> Unsaved:
        """What is kept of a visit after one month."""
        return Unsaved(self.cases[place].id, TimePoint.M1, text, level, PainScale.NRS, None)


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


def kept(desk: Desk) -> list[Unsaved]:
    return unsaved(desk.logbook)


def test_what_is_typed_is_kept_after_a_pause_and_forgotten_once_it_is_saved(
    open_clinic: Opens, clinic: Clinic, qtbot: QtBot
) -> None:
    desk = open_clinic(clinic.fill)
    desk.type("4")
    desk.press(Key.Key_Down)
    desk.type("0-")
    qtbot.waitUntil(lambda: kept(desk) == [clinic.typed(0, "4"), clinic.typed(1, "0-")])
    assert verify(desk.logbook) == []
    desk.enter("1")
    qtbot.waitUntil(lambda: kept(desk) == [clinic.typed(0, "4")])
    desk.page.table.go_to(0)
    desk.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_leaving_the_page_keeps_what_is_typed(open_clinic: Opens, clinic: Clinic) -> None:
    desk = open_clinic(clinic.fill)
    desk.type("4")
    desk.window.show_page("cases")
    desk.settle()
    desk.window.show_page("followup")
    desk.settle()
    assert (desk.patient, desk.page.table.score.text()) == ("P-1", "4")


def test_closing_right_after_a_key_keeps_it_and_opening_brings_it_back(
    open_clinic: Opens, clinic: Clinic
) -> None:
    desk = open_clinic(clinic.fill)
    folder = desk.logbook.folder
    desk.press(Key.Key_Down)
    desk.type("much bet")
    desk.kypholog.session.close()
    desk.settle()
    desk.kypholog.session.open(folder)
    desk.settle()
    desk.window.show_page("followup")
    desk.settle()
    assert desk.page.notice.text == (
        "Typed before and not saved: P-2, 1 month: much bet. It stands in the row again."
    )
    desk.page.table.go_to(1)
    assert desk.page.table.score.text() == "much bet"
    desk.enter("ter")
    assert kept(desk) == [clinic.typed(1, "much bet")]
    desk.page.keeper.keep()
    desk.settle()
    assert kept(desk) == []


def test_opening_another_logbook_right_after_a_key_keeps_it_too(
    open_clinic: Opens, clinic: Clinic
) -> None:
    desk = open_clinic(clinic.fill)
    first = desk.logbook.folder
    second = first.with_name("Other.kypholog")
    new_logbook(second).close()
    desk.type("4")
    desk.kypholog.session.open(second)
    desk.settle()
    assert desk.logbook.folder == second
    desk.window.show_page("followup")
    desk.settle()
    assert desk.page.notice.text == ""
    logbook = Logbook.open(first)
    assert unsaved(logbook) == [clinic.typed(0, "4")]
    logbook.close()


def test_what_was_kept_for_a_visit_that_is_over_is_told_until_it_was_read(
    open_clinic: Opens, clinic: Clinic
) -> None:
    def fill(logbook: Logbook) -> None:
        clinic.fill(logbook)
        answer = Answer("6", PainScale.NRS)
        record_score(logbook, clinic.cases[0].id, TimePoint.M1, answer, TODAY)
        level = AnalgesicLevel.NON_OPIOID
        keep_unsaved(logbook, [clinic.typed(0, "2"), clinic.typed(1, "", level)])

    desk = open_clinic(fill)
    assert desk.page.notice.text == (
        "Typed before and not saved: P-2, 1 month: 1 NSAID or non-opioid. It stands in the row "
        "again. Typed before and not saved, and asked for no more: P-1, 1 month: 2."
    )
    assert desk.page.table.analgesics.level is AnalgesicLevel.NON_OPIOID
    desk.page.table.go_to(1)
    desk.type("5")
    desk.page.keeper.keep()
    desk.settle()
    assert clinic.typed(0, "2") in kept(desk)
    desk.press(Key.Key_Escape)
    desk.page.notice.close_button.click()
    desk.settle()
    assert kept(desk) == [clinic.typed(1, "", AnalgesicLevel.NON_OPIOID)]


def test_what_is_typed_for_one_visit_never_stands_in_the_box_of_the_next(
    open_clinic: Opens, clinic: Clinic
) -> None:
    desk = open_clinic(clinic.fill)
    desk.type("4")
    desk.turn_clock(NOON + timedelta(40))
    assert desk.patients == []
    desk.turn_clock(NOON + timedelta(60))
    assert desk.patient == "P-1"
    line = desk.page.table.line
    assert line is not None
    assert line.follow_up.next_time_point is TimePoint.M3
    assert desk.page.table.score.text() == ""
    desk.turn_clock(NOON)
    assert desk.page.table.score.text() == "4"


def test_a_conflict_is_kept_until_it_was_read(
    open_clinic: Opens, clinic: Clinic, qtbot: QtBot
) -> None:
    desk = open_clinic(clinic.fill)
    other = Logbook.open(desk.logbook.folder, "Somebody else")
    record_score(other, clinic.cases[0].id, TimePoint.M1, Answer("6", PainScale.NRS), TODAY)
    other.close()
    desk.enter("2")
    desk.page.keeper.keep()
    desk.settle()
    assert kept(desk) == [clinic.typed(0, "2")]
    desk.page.notice.close_button.click()
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_each_user_has_typed_something_else(open_clinic: Opens, clinic: Clinic) -> None:
    def fill(logbook: Logbook) -> None:
        clinic.fill(logbook)
        other = Logbook.open(logbook.folder, "Somebody else")
        keep_unsaved(other, [clinic.typed(0, "9")])
        other.close()

    desk = open_clinic(fill)
    assert desk.page.table.score.text() == ""
    assert desk.page.notice.text == ""


def test_undo_brings_the_typing_back_and_redo_the_score(open_clinic: Opens, clinic: Clinic) -> None:
    desk = open_clinic(clinic.fill)
    desk.enter("2")
    desk.press(Key.Key_Z, CTRL)
    desk.settle()
    desk.page.table.go_to(0)
    assert (desk.patient, desk.page.table.score.text()) == ("P-1", "2")
    desk.page.table.go_to(2)
    desk.press(Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    desk.let_leave()
    assert desk.patients == ["P-2", "P-3"]


def test_undo_while_a_score_is_on_its_way_is_about_that_score(
    open_clinic: Opens, clinic: Clinic, qtbot: QtBot
) -> None:
    desk = open_clinic(clinic.fill)
    desk.enter("2")
    desk.type("3")
    QTest.keyClick(desk.focus, Key.Key_Return)
    assert desk.page.calls.is_saving
    desk.press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: desk.stand_of(clinic.cases[1]) == "", timeout=60_000)
    desk.settle()
    assert rows_of(desk.logbook, clinic.cases[0])[0].pain_low == 2
    assert rows_of(desk.logbook, clinic.cases[1]) == []
    desk.page.table.go_to(desk.page.model.row_of_case(clinic.cases[1].id))
    assert desk.page.table.score.text() == "3"


def test_scores_are_saved_in_the_order_in_which_they_were_entered(
    open_clinic: Opens, clinic: Clinic
) -> None:
    desk = open_clinic(clinic.fill)
    for score in ("2", "3", "4"):
        QTest.keyClicks(desk.focus, score)
        QTest.keyClick(desk.focus, Key.Key_Return)
    desk.settle()
    with desk.logbook.session():
        entries = entries_of(desk.logbook, [case.id for case in clinic.cases])
        saved = [entry.subject_id for entry in entries if entry.version == 2]
    assert saved == [case.id for case in clinic.cases]

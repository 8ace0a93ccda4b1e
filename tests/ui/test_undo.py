# SPDX-License-Identifier: MIT
"""Undo and drafts by the window's own menus and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.drafts import draft_of, drafts, keep
from models.logbook import Logbook
from models.vocabulary import Level
from tests.builders import a_case
from tests.ui.answering import answer
from tests.ui.editor.keyboard import Key, Keyboard, settle
from tests.ui.editor.test_page import Answer
from tests.ui.test_window import action, clinic, open_and_fill
from ui.application import Application
from ui.editor.drafts_dialog import DraftsDialog
from ui.editor.page import EditorPage

__all__ = ["clinic"]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(kypholog: Application, clinic: Path, qtbot: QtBot) -> EditorPage:
    open_and_fill(kypholog, clinic, qtbot)
    kypholog.window.cases.select_row(0)
    case_id = kypholog.window.cases.selected_cases()[0]
    kypholog.window.edit_case(case_id)
    page = kypholog.window.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    qtbot.waitUntil(lambda: page.case_id == case_id)
    qtbot.waitUntil(kypholog.window.isActiveWindow)
    return page


def menu_texts(kypholog: Application) -> tuple[str, str]:
    """What the Edit menu says when it is opened."""
    undo, redo = action(kypholog, "undo"), action(kypholog, "redo")
    menu = next(menu for menu in undo.associatedObjects() if isinstance(menu, QMenu))
    menu.aboutToShow.emit()
    shown = (undo.text(), redo.text())
    menu.aboutToHide.emit()
    return shown


def test_undo_takes_back_typing_in_its_box_first_and_then_what_was_entered(
    kypholog: Application, editor: EditorPage
) -> None:
    keys = Keyboard()
    keys.go_to("Cement").press(Key.Key_A, with_=CTRL).enter("4.5")
    keys.go_to("Notes").type("x")
    assert menu_texts(kypholog)[0] == "&Undo typing"
    keys.press(Key.Key_Z, with_=CTRL)
    assert keys.place == "Notes"
    assert menu_texts(kypholog) == ("&Undo cement of T12", "&Redo typing")
    keys.press(Key.Key_Z, with_=CTRL)
    assert keys.place == "Cement, mL"
    assert editor._editing.case.levels[0].cement_ml == 6  # type: ignore[union-attr]
    assert menu_texts(kypholog) == ("&Undo", "&Redo cement of T12")
    keys.press(Key.Key_Z, with_=CTRL | SHIFT)
    assert editor._editing.case.levels[0].cement_ml == 4.5  # type: ignore[union-attr]
    answer(Answer.Discard)
    assert editor.can_leave()


def test_where_there_is_nothing_to_undo_the_menu_says_so_and_the_key_does_nothing(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    assert menu_texts(kypholog) == ("&Undo", "&Redo")
    action(kypholog, "undo").trigger()
    action(kypholog, "redo").trigger()


def with_drafts(clinic: Path, *codes: str) -> None:
    logbook = Logbook.open(clinic)
    for code in codes:
        keep(logbook, draft_of(a_case(code, Level.T12, Level.L1)))
    logbook.close()


def offered(kypholog: Application, qtbot: QtBot) -> DraftsDialog:
    def dialog() -> DraftsDialog | None:
        found = kypholog.window.findChildren(DraftsDialog)
        return next((one for one in found if one.isVisible()), None)

    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    return shown


def test_drafts_are_offered_when_the_logbook_is_opened_and_enter_resumes(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    with_drafts(clinic, "P-8", "P-9")
    kypholog.session.open(clinic)
    dialog = offered(kypholog, qtbot)
    line = [dialog.table.item(0, column).text() for column in range(3)]  # type: ignore[union-attr]
    assert line == ["P-9", "T12, L1", "New case"]
    assert dialog.table.rowCount() == 2
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kypholog.window.shown_page == "editor")
    page = kypholog.window.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    qtbot.waitUntil(lambda: page._top.title == "New case · P-9")
    answer(Answer.Discard)
    assert page.can_leave()


def test_drafts_can_be_left_for_later_and_found_again_in_the_menu(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    with_drafts(clinic, "P-8")
    kypholog.session.open(clinic)
    qtbot.keyClick(offered(kypholog, qtbot).table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: action(kypholog, "drafts").text() == "&Drafts… (1)")
    action(kypholog, "drafts").trigger()
    dialog = offered(kypholog, qtbot)
    asked = answer(Answer.Discard)
    dialog.discard.click()
    settle()
    assert asked
    qtbot.waitUntil(lambda: action(kypholog, "drafts").text() == "&Drafts…")
    logbook = Logbook.open(clinic)
    assert drafts(logbook) == []
    logbook.close()


def test_without_drafts_nothing_is_offered(
    kypholog: Application, clinic: Path, qtbot: QtBot
) -> None:
    open_and_fill(kypholog, clinic, qtbot)
    assert QApplication.activeModalWidget() is None
    assert not kypholog.window.findChildren(DraftsDialog)

# SPDX-License-Identifier: MIT
"""The Safety page in the window: reached by its key, and a number leads to the list of cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.query import text_of
from models.vocabulary import Level
from tests.fresh import new_logbook
from tests.models.safety.clinic import leaking, treated
from ui.application import Application


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    cases = [leaking(Level.L1), treated(Level.L1), treated(Level.T12)]
    for number, case in enumerate(cases):
        case.patient.patient_code = f"P-{number}"
    save_many(logbook, cases)
    logbook.close()
    return logbook.folder


def test_a_number_leads_to_the_list_of_its_cases(
    qtbot: QtBot, kypholog: Application, clinic: Path
) -> None:
    window = kypholog.window
    with qtbot.waitSignal(window.cases.filled):
        kypholog.session.open(clinic)
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.safety is not None and window.safety.numbers is not None)
    page = window.safety
    assert page is not None
    assert window.shown_page == "safety"
    page.content.spine.spine.level_clicked.emit(Level.L1)
    qtbot.waitUntil(lambda: window.shown_page == "cases")
    qtbot.waitUntil(lambda: window.cases.model.rowCount() == 1)
    assert text_of(window.cases.bar.filters.filter) == "level:L1 leak:present"
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)


@pytest.mark.parametrize("page", [Qt.Key.Key_3, Qt.Key.Key_4])
def test_from_a_page_without_cases_enter_begins_the_first(
    qtbot: QtBot, kypholog: Application, clinic: Path, tmp_path: Path, page: Qt.Key
) -> None:
    window = kypholog.window
    new_logbook(tmp_path / "Fresh.kypholog").close()

    def show_page_of(folder: Path) -> None:
        with qtbot.waitSignal(window.cases.filled):
            kypholog.session.open(folder)
        qtbot.keyClick(window, page, Qt.KeyboardModifier.ControlModifier)

    def leads_on() -> bool:
        focus = window.focusWidget()
        return isinstance(focus, QPushButton) and focus.text() == "New case"

    show_page_of(tmp_path / "Fresh.kypholog")
    qtbot.waitUntil(leads_on)
    show_page_of(clinic)
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QScrollArea))
    show_page_of(tmp_path / "Fresh.kypholog")
    qtbot.waitUntil(leads_on)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.shown_page == "editor"
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)

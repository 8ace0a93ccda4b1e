# SPDX-License-Identifier: MIT
"""The audit trail in its window, by keyboard."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from models.case import load_case, save_case
from models.printouts import note_printout
from models.trail import Asked, read_page
from tests.ui.history.conftest import Program
from ui.audit.model import headings, texts
from ui.audit.window import AuditWindow


def opened(program: Program) -> AuditWindow:
    """The window, by Ctrl+Shift+A."""
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    program.qtbot.keyClick(program.kypholog.window, Qt.Key.Key_A, keys)
    program.qtbot.waitUntil(lambda: bool(windows(program)))
    (window,) = windows(program)
    program.rest()
    program.qtbot.waitUntil(lambda: bool(window.model.entries))
    return window


def windows(program: Program) -> list[AuditWindow]:
    found = program.kypholog.window.findChildren(AuditWindow)
    return [window for window in found if window.isVisible()]


def typed(program: Program, box: QLineEdit, text: str) -> None:
    box.setText(text)
    window = windows(program)[0]
    program.qtbot.waitUntil(lambda: window.bar.asks() is not None)
    program.qtbot.wait(300)
    program.rest()


def test_it_tells_the_newest_first_and_the_chosen_one_in_full(program: Program) -> None:
    window = opened(program)
    first = window.model.entries[0]
    assert (first.user, first.deed, first.about) == ("anna", "Changed", "P-12")
    told = window.detail.toPlainText()
    assert "T12, Cement: 4 mL → 6 mL" in told
    assert "UTC" in told
    assert "here" in told
    assert len(headings()) == len(texts(first))
    assert "P-12" not in window.windowTitle()
    again = program.kypholog.window
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    program.qtbot.keyClick(again, Qt.Key.Key_A, keys)
    program.rest()
    assert len(windows(program)) == 1


def test_what_is_typed_narrows_it_and_escape_from_nothing_found(program: Program) -> None:
    window = opened(program)
    everything = len(window.model.entries)
    typed(program, window.bar.field, "cement")
    assert 0 < len(window.model.entries) < everything
    typed(program, window.bar.words, "no such words")
    assert not window.model.entries
    assert window.empty.isVisible()
    assert not window.export.isEnabled()
    window.empty.button.click()
    program.qtbot.waitUntil(lambda: len(window.model.entries) == everything)
    assert window.bar.asks().is_empty


def test_a_day_that_is_none_is_marked_and_asks_nothing(program: Program) -> None:
    window = opened(program)
    everything = len(window.model.entries)
    typed(program, window.bar.since, "2026-13")
    assert window.bar.since.property("state") == "error"
    assert len(window.model.entries) == everything
    typed(program, window.bar.since, "2026-01")
    assert not window.bar.since.property("state")


def test_user_and_action_are_chosen_from_those_that_there_are(program: Program) -> None:
    window = opened(program)
    bar = window.bar
    program.qtbot.waitUntil(lambda: bar.user.count() == 2)
    bar.user.setCurrentIndex(bar.user.findData("anna"))
    bar.action.setCurrentIndex(bar.action.findData("create"))
    program.qtbot.waitUntil(lambda: {told.deed for told in window.model.entries} == {"Entered"})


def test_scrolling_brings_the_next_page(program: Program) -> None:
    for n in range(230):
        note_printout(program.logbook, f"List {n}", 1, "printer")
    window = opened(program)
    assert len(window.model.entries) == 100
    while not window.model.is_whole:
        is_longer = partial(_is_longer_than, window, len(window.model.entries))
        window.table.scrollToBottom()
        program.qtbot.waitUntil(is_longer)
    numbers = [told.number for told in window.model.entries]
    assert numbers == list(range(numbers[0], 0, -1))


def _is_longer_than(window: AuditWindow, count: int) -> bool:
    return len(window.model.entries) > count


def test_return_opens_the_case_in_the_list(program: Program) -> None:
    window = opened(program)
    window.table.setFocus()
    program.qtbot.keyClick(window.table, Qt.Key.Key_Return)
    program.rest()
    cases = program.kypholog.window.cases
    program.qtbot.waitUntil(lambda: cases.selected_cases() == [program.case.id])


def test_the_export_holds_what_is_found_and_is_told_of(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(program)
    typed(program, window.bar.field, "cement")
    target = tmp_path / "trail.csv"
    chosen = (str(target), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: chosen)
    window.export.click()
    program.qtbot.waitUntil(window.notice.isVisible)
    program.rest()
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["patient_code"] for row in rows} == {"P-12"}
    assert "trail.csv" in window.notice.text
    newest = read_page(program.logbook, Asked()).entries[0]
    assert newest.deed == "Exported"
    assert "field cement" in newest.reason


def test_it_goes_with_its_logbook(program: Program) -> None:
    opened(program)
    program.kypholog.session.close()
    program.qtbot.waitUntil(lambda: not windows(program))


def test_f5_reads_what_came_meanwhile(program: Program) -> None:
    window = opened(program)
    case = load_case(program.logbook, program.case.id)
    case.procedure.notes = "A word more"
    save_case(program.logbook, case)
    program.qtbot.keyClick(window, Qt.Key.Key_F5)
    program.qtbot.waitUntil(lambda: "A word more" in window.detail.toPlainText())

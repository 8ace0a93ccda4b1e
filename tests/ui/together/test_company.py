# SPDX-License-Identifier: MIT
"""Who else is here, who is waited for, where the logbook lies, and whose changes are undone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.casebin import ChangedMeanwhile, move_to_bin
from models.drive import MOUNTS
from models.errors import LogbookBusy
from models.logbook import Logbook
from tests.builders import a_case
from tests.programs import program, run_program
from tests.ui.together.conftest import Opens
from ui.application import Application
from ui.cases.bin_dialog import BinDialog
from ui.status import StatusBar

_PATIENCE_MS = 20_000
_ARRIVES = "logbook.arrive(); print('here', flush=True); sys.stdin.read()"
_HOLDS = (
    "logbook.arrive()\n"
    "with logbook.transaction():\n    print('holds', flush=True); sys.stdin.readline()\n"
    "sys.stdin.read()"
)


def status(one: Application) -> StatusBar:
    bar = one.window.statusBar()
    assert isinstance(bar, StatusBar)
    return bar


def says(one: Application, *words: str) -> bool:
    bar = status(one)
    shown: list[QLabel | QPushButton] = bar.findChildren(QLabel)
    shown += bar.findChildren(QPushButton)
    return any(
        all(word in widget.text() for word in words) for widget in shown if widget.isVisible()
    )


def book(one: Application) -> Logbook:
    assert one.session.logbook is not None
    return one.session.logbook


def test_the_status_bar_says_quietly_how_many_others_are_here_and_names_them(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first = opens(clinic)
    assert not says(first, "open")
    with program(clinic, _ARRIVES), program(clinic, _ARRIVES, user="Rita"):
        qtbot.waitUntil(
            lambda: says(first, "2 others have this logbook open"), timeout=_PATIENCE_MS
        )
        tips = [label.toolTip() for label in status(first).findChildren(QLabel)]
        assert any("Eva at" in tip and "Rita at" in tip for tip in tips)
    # Both were killed.
    qtbot.waitUntil(lambda: not says(first, "this logbook open"), timeout=_PATIENCE_MS)


def test_a_window_that_is_closed_is_here_no_more(opens: Opens, clinic: Path, qtbot: QtBot) -> None:
    first, second = opens(clinic), opens(clinic)
    qtbot.waitUntil(lambda: says(first, "has this logbook open too"), timeout=_PATIENCE_MS)
    second.session.close()
    qtbot.waitUntil(lambda: not says(first, "has this logbook open too"), timeout=_PATIENCE_MS)


def test_who_keeps_a_save_waiting_is_named_and_the_save_goes_through(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first = opens(clinic)
    logbook, case = book(first), a_case("P-4")

    def save() -> object:
        """However slow the machine is, it waits until the other one lets go."""
        while True:
            with suppress(LogbookBusy):
                return save_case(logbook, case)

    saved: list[object] = []
    with program(clinic, _HOLDS) as child:
        first.jobs.run(logbook, save, saved.append)
        qtbot.waitUntil(
            lambda: says(first, "Waiting for Eva at", "to finish writing"), timeout=_PATIENCE_MS
        )
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        qtbot.waitUntil(lambda: bool(saved), timeout=_PATIENCE_MS)
        qtbot.waitUntil(lambda: not says(first, "Waiting for"), timeout=_PATIENCE_MS)


def test_the_danger_of_a_network_drive_is_named_once_and_stays_on_the_status_bar(
    opens: Opens, clinic: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"//nas/clinic {clinic.parent} cifs rw 0 0\n")
    monkeypatch.setenv(MOUNTS, str(table))
    first = opens(clinic)
    boxes = first.window.findChildren(QMessageBox)
    assert [box.text() for box in boxes] == ["Clinic.kypholog lies on a network drive (SMB)."]
    assert "one computer at a time" in boxes[0].informativeText()
    boxes[0].accept()
    qtbot.waitUntil(lambda: not first.window.findChildren(QMessageBox))
    assert says(first, "On a network drive (SMB)")
    with qtbot.waitSignal(first.window.cases.filled):
        first.session.open(clinic)
    assert says(first, "On a network drive (SMB)")
    assert not first.window.findChildren(QMessageBox), "it was told"


def test_a_window_on_a_second_computer_is_refused_there_by_name(
    opens: Opens, clinic: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opens(clinic)
    first.session.close()
    (clinic / "present").mkdir()
    (clinic / "present" / "guest.json").write_text(
        '{"user": "Rita", "host": "ward-2", "process": 1, "since": "2026-11-27T10:00:00+00:00"}'
    )
    table = tmp_path / "mounts"
    table.write_text(f"nas:/clinic {clinic.parent} nfs rw 0 0\n")
    monkeypatch.setenv(MOUNTS, str(table))
    with qtbot.waitSignal(first.session.failed):
        first.session.open(clinic)
    (box,) = first.window.findChildren(QMessageBox)
    assert "Rita at ward-2" in box.text()
    assert "Close it there" in box.informativeText()
    box.close()
    assert first.session.logbook is None


def test_a_case_that_changed_while_the_reason_was_typed_is_asked_about_before_it_goes(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first = opens(clinic)
    page = first.window.cases
    page.select_row(0)
    (case_id,) = page.selected_cases()
    page._ask_to_bin()
    (dialog,) = first.window.findChildren(BinDialog)
    dialog.reason_box.setText("entered twice")
    run_program(
        clinic,
        f"case = load_case(logbook, {case_id!r}); case.procedure.operator = 'Dr N'\n"
        "save_case(logbook, case)",
    )
    dialog.move_button.click()
    qtbot.waitUntil(lambda: bool(first.window.findChildren(QMessageBox)), timeout=_PATIENCE_MS)
    (box,) = first.window.findChildren(QMessageBox)
    assert box.text().startswith("Eva saved P-")
    assert load_case(book(first), case_id).procedure.deleted_at is None
    box.buttons()[[one.text() for one in box.buttons()].index("Move all the same")].click()
    qtbot.waitUntil(
        lambda: load_case(book(first), case_id).procedure.deleted_at is not None,
        timeout=_PATIENCE_MS,
    )


def test_ones_own_save_keeps_no_case_out_of_the_bin(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    move_to_bin(logbook, [case.id], "twice", seen=0)
    other = Logbook.open(logbook.folder, user="Eva")
    second = a_case("P-2")
    save_case(other, second)
    with pytest.raises(ChangedMeanwhile, match="Eva saved P-2 at"):
        move_to_bin(logbook, [second.id], "twice", seen=0)
    other.close()


def test_undo_takes_back_what_this_window_saved_and_nothing_of_another_one(
    opens: Opens, clinic: Path, qtbot: QtBot
) -> None:
    first, second = opens(clinic), opens(clinic)
    save_case(book(first), a_case("P-4"))
    first.events.cases_changed.emit()
    undo = first.window.desks.recall.saved
    qtbot.waitUntil(lambda: undo.undo_text == "entry of P-4", timeout=_PATIENCE_MS)
    save_case(book(second), a_case("P-5"))
    qtbot.waitUntil(lambda: first.window.cases.model.rowCount() == 5, timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: not undo.is_busy and not first.jobs.is_busy, timeout=_PATIENCE_MS)
    assert undo.undo_text == "entry of P-4"

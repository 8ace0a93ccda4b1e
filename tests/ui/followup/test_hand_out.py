# SPDX-License-Identifier: MIT
"""Call lists on paper and calendar files, with names only where they are stored and wanted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.case import load_case, save_case
from models.followup.spans import Which
from models.logbook import Logbook
from models.reports.call_list import call_list
from models.schema import AuditEntry, PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from tests.ui.followup.clinic import CTRL, NOON, TODAY, operated
from tests.ui.followup.conftest import Opens
from ui.followup.hand_out_dialog import HandOutDialog
from ui.followup.print_list import listing_of
from ui.printing.dialog import PrintDialog


def named(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    case = load_case(logbook, operated(logbook, "P-1", 50).id)
    case.identity = PatientIdentity(
        patient=case.patient, full_name="Ada Example", record_number="R-77"
    )
    save_case(logbook, case)


def test_a_call_list_has_a_blank_column_for_the_score(logbook: Logbook) -> None:
    operated(logbook, "P-1", 50)
    listing = listing_of(call_list(logbook, Which.OVERDUE, TODAY), Which.OVERDUE, logbook, NOON)
    headings = [column.heading for column in listing.columns]
    assert "Name" not in headings
    (score,) = [column for column in listing.columns if column.heading == "Pain now"]
    assert score.blank_mm > 0
    (row,) = tuple(listing.rows)
    assert row[:4] == ("6 days overdue", "P-1", "T12 Balloon kyphoplasty", "1 month")
    assert "Overdue, as of 2026-05-20: 1 visit." in listing.subtitle[0]


def test_names_are_on_the_list_where_they_are_wanted(logbook: Logbook) -> None:
    named(logbook)
    found = call_list(logbook, Which.OVERDUE, TODAY, names=True)
    listing = listing_of(found, Which.OVERDUE, logbook, NOON)
    (row,) = tuple(listing.rows)
    assert row[2:4] == ("Ada Example", "R-77")


def test_without_names_the_print_dialog_opens_at_once(open_clinic: Opens, qtbot: QtBot) -> None:
    desk = open_clinic(lambda logbook: operated(logbook, "P-1", 50))
    desk.page.bar.print_wanted.emit()
    (dialog,) = desk.window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    assert dialog.preview.page
    dialog.reject()


def test_print_in_the_menu_prints_the_list_that_is_shown(open_clinic: Opens, qtbot: QtBot) -> None:
    desk = open_clinic(lambda logbook: operated(logbook, "P-1", 50))
    desk.page.bar.pills[Which.ALL].click()
    desk.settle()
    action = desk.window.desks.actions["print"]
    assert action is not None
    assert action.isEnabled()
    desk.press(Qt.Key.Key_P, CTRL)
    (dialog,) = desk.window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    assert dialog.preview.page
    dialog.reject()


def test_where_names_are_stored_it_asks_and_leaves_them_out_unless_told(
    open_clinic: Opens, qtbot: QtBot
) -> None:
    desk = open_clinic(named)
    desk.page.bar.print_wanted.emit()
    (asked,) = desk.window.findChildren(HandOutDialog)
    assert not asked.has_names
    asked.names.click()
    asked.accept()
    (dialog,) = desk.window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    with desk.logbook.session():
        reasons = [entry.reason for entry in AuditEntry.select().execute(desk.logbook.database)]
    assert "Call list with names. Rows: 1." in reasons
    dialog.reject()


@pytest.mark.parametrize("names", [False, True])
def test_a_calendar_file_is_written_and_told(
    open_clinic: Opens, qtbot: QtBot, tmp_path: Path, names: bool
) -> None:
    desk = open_clinic(named)
    target = tmp_path / "visits.ics"
    desk.window.followup.hand_out.write_now(desk.logbook, Which.ALL, target, names=names)
    desk.settle()
    text = target.read_text(encoding="utf-8")
    assert "SUMMARY:Follow-up 1 month: P-1" in text
    assert ("Ada Example" in text) is names
    (box,) = [one for one in desk.window.findChildren(QMessageBox) if one.isVisible()]
    assert "visits.ics" in box.text()
    box.close()


def test_a_calendar_without_visits_says_so(open_clinic: Opens, tmp_path: Path) -> None:
    desk = open_clinic(lambda logbook: None)
    target = tmp_path / "visits.ics"
    desk.window.followup.hand_out.write_now(desk.logbook, Which.ALL, target, names=False)
    desk.settle()
    assert not target.exists()
    (box,) = [one for one in desk.window.findChildren(QMessageBox) if one.isVisible()]
    assert "No visits to come" in box.text()
    box.close()


def test_the_time_of_printing_is_on_the_list(logbook: Logbook) -> None:
    at = datetime(2026, 5, 20, 9, 5)
    listing = listing_of(call_list(logbook, Which.ALL, TODAY), Which.ALL, logbook, at)
    assert "printed 2026-05-20 09:05" in listing.subtitle[1]

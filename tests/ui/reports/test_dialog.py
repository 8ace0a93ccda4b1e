# SPDX-License-Identifier: MIT
"""The report dialog: prepares in a job, shows pages, saves a file whole or none, can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.case import save_case
from models.logbook import Logbook
from models.query import parse
from models.reports.kinds import ReportKind
from models.sample import make_cases
from models.schema import AuditEntry, PatientIdentity
from models.vocabulary import Level
from tests.builders import a_case, store_names
from tests.models.reports.reading_aloud import AT
from tests.ui.reports.made import pages
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.reports.desk import MOST_SHOWN
from ui.reports.dialog import ReportDialog
from ui.reports.options import ReportRequest
from ui.reports.writing import Format
from ui.settings import Settings
from ui.theme import Theme

Open = Callable[..., ReportDialog]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def open_dialog(
    qtbot: QtBot,
    jobs: Jobs,
    events: LogbookEvents,
    settings: Settings,
    logbook: Logbook,
    theme: Theme,
) -> Iterator[Open]:
    """Opens the dialog and waits for the report, unless it is told not to."""
    made: list[ReportDialog] = []

    def work(
        kind: ReportKind = ReportKind.CASE_SERIES,
        *,
        waits: bool = True,
        now: Callable[[], datetime] = lambda: AT,
        **asked: object,
    ) -> ReportDialog:
        request = ReportRequest(kind, 2026, **asked)  # type: ignore[arg-type]
        dialog = ReportDialog(theme, jobs, settings, events, logbook, request, now=now)
        qtbot.addWidget(dialog)
        made.append(dialog)
        dialog.open()
        if waits:
            qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
        return dialog

    yield work
    for dialog in made:
        dialog.close()


def noted(logbook: Logbook) -> list[str]:
    query = AuditEntry.select(AuditEntry.reason).where(AuditEntry.action == "print")
    return [reason for (reason,) in query.tuples().execute(logbook.database)]


def choose(dialog: ReportDialog, kind: ReportKind) -> None:
    box = dialog.options.kind_box
    box.setCurrentIndex(box.findData(kind))


def test_the_report_is_shown_page_by_page(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open
) -> None:
    for number in range(30):
        save_case(logbook, a_case(f"P-{number}"))
    dialog = open_dialog()
    assert dialog.preview.page == 1
    assert dialog.preview.count >= 3
    assert dialog.said == f"{dialog.preview.count} pages."
    dialog.turner.after.click()
    assert dialog.preview.page == 2
    dialog.preview.setFocus()
    qtbot.keyClick(dialog.preview, Qt.Key.Key_End)
    assert dialog.preview.page == dialog.preview.count
    assert not dialog.turner.after.isEnabled()
    assert "Page" in dialog.preview.accessibleDescription()


def test_the_filter_of_the_page_is_taken_over_and_can_be_changed(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open, tmp_path: Path
) -> None:
    save_case(logbook, a_case("P-1", Level.T12))
    save_case(logbook, a_case("P-2", Level.L4))
    dialog = open_dialog(asked=parse("level:T12"))
    assert dialog.filters.filter == parse("level:T12")
    dialog.filters.line.setText("level:L4")
    dialog.filters.search_now()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    dialog.save_as(tmp_path / "series.pdf")
    qtbot.waitUntil(lambda: "Saved as" in dialog.said, timeout=60_000)
    said = " ".join(pages(PdfReader(tmp_path / "series.pdf")))
    assert "P-2" in said
    assert "P-1 " not in said


def test_escape_clears_the_search_and_then_closes(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open
) -> None:
    save_case(logbook, a_case())
    dialog = open_dialog()
    line = dialog.filters.line
    line.setFocus()
    line.setText("level:L4 ")
    for _ in range(2):  # the list of completions, if it came up, then the text
        if line.text():
            qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert line.text() == ""
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("kind", list(Format))
def test_a_file_of_each_kind_is_saved_and_written_down(
    qtbot: QtBot,
    logbook: Logbook,
    open_dialog: Open,
    settings: Settings,
    tmp_path: Path,
    kind: Format,
) -> None:
    save_case(logbook, a_case())
    dialog = open_dialog()
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(kind))
    target = tmp_path / f"series.{kind.value}"
    dialog.save_as(target)
    qtbot.waitUntil(lambda: "Saved as" in dialog.said, timeout=60_000)
    assert target.stat().st_size > 1000
    assert settings.export_folder == tmp_path
    assert noted(logbook) == [f"Case series, {kind.name} file. Rows: 1."]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open, tmp_path: Path
) -> None:
    save_case(logbook, a_case())
    dialog = open_dialog()
    place = tmp_path / "a file"
    place.write_text("not a folder", encoding="utf-8")
    dialog.save_as(place / "series.pdf")
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None, timeout=60_000)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "cannot be written: its folder is a file" in box.text()
    assert box.informativeText() == "Choose another folder."
    box.close()
    assert noted(logbook) == []
    assert not list(tmp_path.glob(".*part*"))


def test_cancel_leaves_no_file_and_no_entry(
    qtbot: QtBot, logbook: Logbook, jobs: Jobs, open_dialog: Open, tmp_path: Path
) -> None:
    save_many(logbook, make_cases(60, seed=1))
    dialog = open_dialog()
    target = tmp_path / "series.pdf"
    dialog.save_as(target)
    assert dialog.cancel_button.isVisible()
    dialog.cancel_button.click()
    assert dialog.said == "Stopped. Nothing was saved."
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=60_000)
    assert not target.exists()
    assert noted(logbook) == []


def test_cancel_while_it_is_prepared_lets_another_report_be_chosen(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open
) -> None:
    save_case(logbook, a_case())
    waiting = threading.Event()
    dialog = open_dialog(waits=False)
    dialog.cancel_button.click()
    waiting.set()
    assert not dialog.save_button.isEnabled()
    choose(dialog, ReportKind.YEAR)
    qtbot.waitUntil(lambda: dialog.preview.page == 1 and not dialog.is_busy, timeout=60_000)
    assert dialog.save_button.isEnabled()


def test_each_report_is_asked_with_what_it_needs(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open
) -> None:
    save_case(logbook, a_case(operator="Ada"))
    dialog = open_dialog()
    options = dialog.options
    assert options.kind_box.findData(ReportKind.CASE_SUMMARY) < 0
    assert dialog.filters.isVisible()
    choose(dialog, ReportKind.OPERATOR)
    qtbot.waitUntil(lambda: options.operator_box.findData("Ada") > 0, timeout=60_000)
    assert options.operator_box.isVisible()
    choose(dialog, ReportKind.YEAR)
    assert options.year_box.isVisible()
    assert dialog.filters.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)


def test_a_name_can_be_asked_for_only_where_names_are_stored(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open, tmp_path: Path
) -> None:
    store_names(logbook)
    case = a_case()
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Erika Musterfrau")
    save_case(logbook, case)
    without = open_dialog(ReportKind.CASE_SUMMARY, case_id=case.id)
    assert not without.options.name_box.isVisible()
    dialog = open_dialog(ReportKind.CASE_SUMMARY, case_id=case.id, stores_names=True)
    assert not dialog.options.name_box.isChecked()
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(Format.HTML))
    for target, is_asked in ((tmp_path / "a.html", False), (tmp_path / "b.html", True)):
        dialog.options.name_box.setChecked(is_asked)
        qtbot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
        dialog.save_as(target)
        qtbot.waitUntil(lambda: "Saved as" in dialog.said, timeout=60_000)
        assert ("Erika" in target.read_text(encoding="utf-8")) is is_asked
    assert noted(logbook)[-1].startswith("Case summary with a name")


def test_what_is_not_there_any_more_is_told(
    qtbot: QtBot, logbook: Logbook, open_dialog: Open
) -> None:
    save_case(logbook, a_case())
    dialog = open_dialog(ReportKind.CASE_SUMMARY, waits=False, case_id="gone")
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None, timeout=60_000)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "There is no case gone" in box.text()
    box.close()
    assert not dialog.save_button.isEnabled()


def test_of_many_pages_the_first_are_shown_and_that_is_said(
    logbook: Logbook, open_dialog: Open
) -> None:
    save_many(logbook, make_cases(160, seed=1))
    dialog = open_dialog(ReportKind.OPERATOR)
    assert dialog.preview.count == MOST_SHOWN
    assert f"Shown are the first {MOST_SHOWN}; the file has all of them." in dialog.said

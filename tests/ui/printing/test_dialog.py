# SPDX-License-Identifier: MIT
"""The print dialog: prepares in a job, shows the pages, saves them, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from models.errors import LogbookBusy, LogbookError
from models.logbook import Logbook
from tests.ui.printing.lists import a_listing, a_row, texts_of
from ui.jobs import Jobs
from ui.printing.desk import Desk
from ui.printing.dialog import PrintDialog, PrintRequest
from ui.printing.listing import Listing, Progress
from ui.printing.paper import Paper, SheetSize
from ui.settings import Settings
from ui.theme import Theme


class Source:
    """Reads a list, and remembers what happened to it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.threads: list[threading.Thread] = []
        self.noted: list[tuple[str, int]] = []
        self.trouble: LogbookError | None = None
        self.wait_for: threading.Event | None = None

    def read(self, progress: Progress) -> Listing:
        self.threads.append(threading.current_thread())
        if self.wait_for is not None:
            progress(1, self.count)
            assert self.wait_for.wait(20)
            progress(2, self.count)
        return a_listing(a_row(number) for number in range(self.count))

    def note(self, where: str, rows: int) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.noted.append((where, rows))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def source() -> Source:
    return Source(120)


@pytest.fixture
def dialog(
    qtbot: QtBot, jobs: Jobs, settings: Settings, logbook: Logbook, source: Source, theme: Theme
) -> Iterator[PrintDialog]:
    made = open_dialog(qtbot, jobs, settings, logbook, source, theme)
    qtbot.waitUntil(lambda: not made.is_busy)
    yield made
    made.close()


def open_dialog(
    qtbot: QtBot,
    jobs: Jobs,
    settings: Settings,
    logbook: Logbook,
    source: Source,
    theme: Theme,
) -> PrintDialog:
    request = PrintRequest(source.read, "cases.pdf", "It holds patient data.", source.note)
    made = PrintDialog(theme, jobs, settings, logbook, request)
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_list_is_read_off_the_ui_thread_and_only_once(
    qtbot: QtBot, dialog: PrintDialog, source: Source
) -> None:
    assert source.threads != [threading.main_thread()]
    dialog.across.click()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert len(source.threads) == 1


def test_it_says_that_it_holds_patient_data(dialog: PrintDialog) -> None:
    assert "It holds patient data." in [label.text() for label in dialog.findChildren(QLabel)]
    assert dialog.said.startswith("120 rows on ")


def test_pages_are_turned_by_button_and_key(qtbot: QtBot, dialog: PrintDialog) -> None:
    pages = dialog.preview.pages
    assert pages is not None
    assert not dialog.turner.before.isEnabled()
    dialog.turner.after.click()
    assert dialog.preview.page == 2
    dialog.preview.setFocus()
    qtbot.keyClick(dialog.preview, Qt.Key.Key_End)
    assert dialog.preview.page == pages.count
    assert not dialog.turner.after.isEnabled()
    qtbot.keyClick(dialog.preview, Qt.Key.Key_PageUp)
    assert dialog.preview.page == pages.count - 1
    qtbot.keyClick(dialog.preview, Qt.Key.Key_Home)
    assert dialog.preview.page == 1
    assert dialog.preview.accessibleDescription() == f"Page 1 of {pages.count}"


def test_other_paper_sets_the_list_anew(qtbot: QtBot, dialog: PrintDialog) -> None:
    before = dialog.preview.pages
    assert before is not None
    dialog.across.click()
    qtbot.waitUntil(lambda: dialog.preview.pages is not before and not dialog.is_busy)
    after = dialog.preview.pages
    assert after is not None
    assert after.paper.is_landscape is not before.paper.is_landscape
    dialog.size_box.setCurrentIndex(1 - dialog.size_box.currentIndex())
    qtbot.waitUntil(lambda: dialog.preview.pages is not after and not dialog.is_busy)
    assert dialog.preview.pages is not None
    assert dialog.preview.pages.paper.width != after.paper.width


def test_a_pdf_file_is_saved_and_written_down(
    qtbot: QtBot, dialog: PrintDialog, source: Source, settings: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "cases.pdf"
    dialog.save_pdf(target)
    qtbot.waitUntil(lambda: "Saved as" in dialog.said)
    assert "P-00119" in " ".join(texts_of(target))
    assert source.noted == [("PDF file", 120)]
    assert settings.export_folder == tmp_path
    assert dialog.pdf_button.isEnabled()


def test_what_cannot_be_written_down_is_not_saved(
    qtbot: QtBot, dialog: PrintDialog, source: Source, tmp_path: Path
) -> None:
    source.trouble = LogbookBusy("The logbook is in use.", "Try again.")
    dialog.save_pdf(tmp_path / "cases.pdf")
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert (box.text(), box.informativeText()) == ("The logbook is in use.", "Try again.")
    box.close()
    assert not (tmp_path / "cases.pdf").exists()


def test_without_a_printer_it_says_what_else_can_be_done(qtbot: QtBot, dialog: PrintDialog) -> None:
    dialog.print_button.click()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "No printer is set up on this machine."
    assert "PDF" in box.informativeText()
    box.close()


def test_a_printer_with_other_paper_gets_the_list_set_anew(
    qtbot: QtBot, jobs: Jobs, logbook: Logbook, source: Source, tmp_path: Path
) -> None:
    owner = QObject()
    desk = Desk(jobs, logbook, source.read, source.note, owner)
    with qtbot.waitSignal(desk.ready):
        desk.prepare(SheetSize.A4, lies=True)
    target = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPageLayout(Paper.of(SheetSize.LETTER, is_landscape=False).layout)
    with qtbot.waitSignal(desk.finished) as done:
        desk.print_on(printer)
    assert done.args == ["Sent to the printer."]
    box = PdfReader(target).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)
    assert "P-00119" in " ".join(texts_of(target))
    assert source.noted == [("printer", 120)]


def test_cancel_before_there_is_a_page_closes_the_dialog(
    qtbot: QtBot, jobs: Jobs, settings: Settings, logbook: Logbook, theme: Theme
) -> None:
    source = Source(5000)
    source.wait_for = threading.Event()
    dialog = open_dialog(qtbot, jobs, settings, logbook, source, theme)
    qtbot.waitUntil(lambda: bool(source.threads))
    assert dialog.cancel_button.isVisible()
    assert not dialog.print_button.isEnabled()
    dialog.cancel_button.click()
    assert not dialog.isVisible()
    source.wait_for.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert dialog.preview.page == 0
    assert source.noted == []


def test_a_list_that_cannot_be_read_is_told(
    qtbot: QtBot, jobs: Jobs, settings: Settings, logbook: Logbook, theme: Theme
) -> None:
    def fail(progress: Progress) -> Listing:
        raise LogbookError("The list cannot be read.")

    request = PrintRequest(fail, "cases.pdf", "", lambda where, rows: None)
    dialog = PrintDialog(theme, jobs, settings, logbook, request)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.said == "The list cannot be read.")
    assert not dialog.print_button.isEnabled()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    box.close()


def test_the_paper_is_white_in_a_dark_program_too(
    qtbot: QtBot, jobs: Jobs, settings: Settings, logbook: Logbook, source: Source
) -> None:
    dialog = open_dialog(qtbot, jobs, settings, logbook, source, Theme("dark"))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    sheet = dialog.preview.widget()
    assert sheet is not None
    image = sheet.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() - 40) == QColor("white")
    dialog.wide.click()
    assert sheet.width() <= dialog.preview.width()
    dialog.close()

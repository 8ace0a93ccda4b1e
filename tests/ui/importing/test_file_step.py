# SPDX-License-Identifier: MIT
"""The first step tells what was recognized of the file, asks, and takes what is said otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from models.importing.first_look import first_look
from models.importing.kept import list_mappings, save_mapping
from models.importing.lines import Verdict
from models.importing.opening import Source
from models.logbook import Logbook
from tests.no_files import lay, needs_kinds
from tests.ui.importing.conftest import CLINIC, Make, WriteFile, column, go_on, rest
from ui.importing.wizard import ImportWizard
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_what_was_recognized_is_shown(make: Make) -> None:
    step = make().file
    assert step.said.text() == (
        "6 rows, 5 cases, 9 columns. Windows Western (cp1252), separated by semicolon."
    )
    assert step.delimiter.currentText() == "Semicolon (recognized)"
    assert step.decimal.currentText() == "Comma, as in 4,5 (recognized)"
    assert not step.sheet.isVisible()
    assert step.table.model().rowCount() == 6
    assert step.table.model().index(1, 5).data() == "6,2"


def test_another_encoding_and_delimiter_are_taken(qtbot: QtBot, make: Make) -> None:
    wizard = make("Müller;level\nAB;T12\n".encode())
    step = wizard.file
    choose(step.encoding, "cp1252")
    rest(qtbot, wizard)
    assert step.table.model().headerData(0, Qt.Orientation.Horizontal) == "MÃ¼ller"
    choose(step.delimiter, ",")
    rest(qtbot, wizard)
    assert step.table.model().columnCount() == 1
    choose(step.encoding, "utf-16-le")
    rest(qtbot, wizard)
    assert "is not written in UTF-16" in step.notice.text
    assert not wizard.next.isEnabled()


def test_letters_that_the_words_leave_open_are_asked_with_how_they_read(
    qtbot: QtBot, make: Make
) -> None:
    wizard = make("Patient;Operator;level\n1;Y\u0131lmaz;T12\n2;Şahin;L1\n".encode("cp1254"))
    step = wizard.file
    assert (
        step.encoding.currentText()
        == "Windows Turkish (cp1254): Y\u0131lmaz, \u015eahin (recognized)"
    )
    assert "The file does not tell how its letters are written." in step.notice.text
    choose(step.encoding, "cp1252")
    rest(qtbot, wizard)
    assert step.table.model().index(0, 1).data() == "Yýlmaz"
    assert step.notice.isHidden()


def test_an_ambiguous_date_is_asked_about_and_settled_here(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,date,level\nA,3/4/2026,T12\n")
    step = wizard.file
    assert "could be two days" in step.notice.text
    assert step.dates.currentText() == "By the cells of each column"
    choose(step.dates, "day_first")
    rest(qtbot, wizard)
    assert step.notice.text == ""
    assert step.dates.currentText().startswith("Day before month")
    go_on(qtbot, wizard, 2)
    assert wizard.step is wizard.preview


def test_an_ambiguous_date_holds_one_back_until_it_is_settled(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,date,level\nA,3/4/2026,T12\n")
    go_on(qtbot, wizard, 2)
    assert wizard.step.title == "Columns"
    assert "could be two days" in wizard.columns.notice.text
    assert wizard.columns.column.text() == "date"
    assert wizard.columns.dates.hasFocus()
    choose(wizard.columns.dates, "month_first")
    go_on(qtbot, wizard)
    assert wizard.step.title == "Preview"
    wizard.back.click()
    wizard.back.click()
    assert wizard.step.title == "File"
    assert wizard.file.dates.currentText().startswith("Month before day")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(40)), "is an image"),
        (bytes(range(256)) * 8, "is no text"),
        (b"id,level,ID\nA,T12,B\n", "the columns 1 and 3 are both called"),
        (b'id,level\nA,"T12\n', "the file ends within quotes"),
    ],
)
def test_a_bad_file_is_told_in_the_sentence_of_the_reader(
    make: Make, content: bytes, said: str
) -> None:
    wizard = make(content)
    assert said in wizard.file.notice.text
    assert not wizard.file.table.isVisible()
    assert not wizard.next.isEnabled()


@needs_kinds
def test_a_pipe_is_not_waited_for(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    wizard = make()
    drop(wizard, lay(tmp_path / "pipe.csv", "pipe"))
    rest(qtbot, wizard)
    assert "it is a named pipe" in wizard.file.notice.text
    assert not wizard.next.isEnabled()


def test_a_file_with_only_a_heading_has_nothing_to_import(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,level\n")
    assert wizard.file.said.text().startswith("0 rows, 0 cases, 2 columns.")
    go_on(qtbot, wizard, 2)
    assert wizard.step is wizard.preview
    assert not wizard.next.isEnabled()


def test_ragged_rows_are_refused_one_by_one(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,level\nA,T12\nB,L1,more\nC\n")
    assert wizard.file.table.model().rowCount() == 3
    go_on(qtbot, wizard, 2)
    assert wizard.preview.chips[Verdict.REFUSED].text() == "Refused 2"
    assert column(wizard, 0) == ["3", "4"]
    assert "3 cells, more than the 2 columns" in column(wizard, 6)[0]


def test_a_file_is_dropped_typed_or_one_of_the_recent_ones(
    qtbot: QtBot,
    jobs: Jobs,
    theme: Theme,
    settings: Settings,
    make: Make,
    file: WriteFile,
) -> None:
    wizard = make()
    other = file("id,level\nA,T12\n", "other.csv")
    drop(wizard, other)
    rest(qtbot, wizard)
    assert wizard.file.said.text().startswith("1 rows")
    wizard.file.path.setFocus()
    wizard.file.path.selectAll()
    qtbot.keyClicks(wizard.file.path, str(file(CLINIC, "third.csv")))
    qtbot.keyClick(wizard.file.path, Qt.Key.Key_Return)
    rest(qtbot, wizard)
    assert wizard.file.said.text().startswith("6 rows")
    names = [path.name for path in settings.recent_imports]
    assert names == ["third.csv", "other.csv", "clinic.csv"]
    assert wizard.step is wizard.file


def drop(wizard: ImportWizard, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(wizard, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(wizard, event)


TITLED = "Clinic,list,2026\nPatient ID,Level,Cement\nA,T12,4\nB,L1,5\n"


def test_the_row_of_the_headings_is_chosen_by_hand_and_kept(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    wizard = make(TITLED)
    step = wizard.file
    assert step.heading.currentText() == "Row 1: Clinic, list, 2026 (recognized)"
    assert step.lines.currentText() == "One row"
    choose(step.heading, "2")
    rest(qtbot, wizard)
    assert step.table.model().headerData(0, Qt.Orientation.Horizontal) == "Patient ID"
    assert step.table.model().rowCount() == 2
    go_on(qtbot, wizard)
    wizard.columns.save_wanted.emit("Titled")
    rest(qtbot, wizard)
    (kept,) = list_mappings(logbook)
    assert kept.mapping.heading == "2"


def test_a_kept_mapping_is_offered_for_a_file_with_titles_and_reads_its_rows(
    qtbot: QtBot, make: Make, logbook: Logbook, file: WriteFile
) -> None:
    look = first_look(Source(file(TITLED), heading="2"))
    save_mapping(logbook, "Titled", look.mapping)
    wizard = make(TITLED)
    go_on(qtbot, wizard)
    assert "The mapping Titled was made for a file" in wizard.columns.notice.text
    wizard.columns.notice.button.click()
    rest(qtbot, wizard)
    assert column(wizard, 0) == ["Patient ID", "Level", "Cement"]
    assert "Titled is used" in wizard.columns.notice.text
    assert wizard.file.heading.currentData() == "2"


def test_two_rows_of_headings_are_chosen_by_hand(qtbot: QtBot, make: Make) -> None:
    wizard = make("Patient ID,Level,Ward,\n,,floor,bed\nA,T12,8,2\n")
    step = wizard.file
    assert step.lines.currentData() == "1"
    choose(step.lines, "2")
    rest(qtbot, wizard)
    assert step.table.model().headerData(3, Qt.Orientation.Horizontal) == "Ward bed"
    assert step.heading.currentData() == "1"
    choose(step.lines, "3")
    rest(qtbot, wizard)
    assert step.lines.currentData() == "3"


def test_two_rows_of_headings_are_recognized_told_and_can_be_taken_apart(
    qtbot: QtBot, make: Make
) -> None:
    wizard = make("Patient ID,Level,VAS,\n,,pre,3 mo\nA,T12,8,2\n")
    step = wizard.file
    assert step.lines.currentData() == "2"
    assert "joined of the rows 1 to 2, such as VAS pre" in step.said.text()
    choose(step.lines, "1")
    rest(qtbot, wizard)
    assert step.table.model().rowCount() == 2
    assert "joined" not in step.said.text()


def test_long_headings_leave_the_step_as_wide_as_its_room(qtbot: QtBot, make: Make) -> None:
    names = ",".join(f"A rather long heading {n}" for n in range(9))
    wizard = make(f"Patient ID,{names}\nA,{','.join('123456789')}\n")
    wizard.resize(900, 600)
    qtbot.waitUntil(lambda: wizard.width() == 900)
    assert wizard.file.heading.currentText().startswith("Row 1: Patient ID, A rather")
    assert wizard.file.minimumSizeHint().width() <= 900 - 40

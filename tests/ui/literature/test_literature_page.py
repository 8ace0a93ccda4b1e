# SPDX-License-Identifier: MIT
"""The Literature page, used by keyboard and mouse on a real logbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from models.analysis.statistics import wilson
from models.literature import own_rates, read_rates, shipped_rates
from models.logbook import Logbook
from models.vocabulary import Measure
from ui.jobs import Jobs
from ui.literature.bar import LiteratureBar
from ui.literature.model import DRAWN
from ui.literature.page import LiteraturePage
from ui.theme import Theme
from ui.widgets.interval_delegate import INTERVAL_ROLE

INDICATION = 1
OWN = "source,measure,technique,numerator,denominator,unit\nOur audit 2026,leak,VP,4,40,level\n"


@pytest.fixture
def page(qtbot: QtBot, logbook: Logbook, theme: Theme, jobs: Jobs) -> Iterator[LiteraturePage]:
    page = LiteraturePage(jobs, theme)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    # Keys of menus and shortcuts reach the active window only.
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    with qtbot.waitSignal(page.table.model().modelReset, raising=False, timeout=500):
        page.set_logbook(logbook)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    yield page
    page.set_logbook(None)


def sources(page: LiteraturePage) -> list[str]:
    return [line.rate.source for line in page.lines()]


def add(qtbot: QtBot, page: LiteraturePage, folder: Path, text: str = OWN) -> None:
    file = folder / "audit.csv"
    file.write_text(text, encoding="utf-8")
    page.add_file(file)
    qtbot.waitUntil(lambda: bool(page.notice.text))


def test_all_shipped_rates_are_there_with_their_intervals(page: LiteraturePage) -> None:
    assert [line.rate for line in page.lines()] == list(shipped_rates())
    model = page.table.model()
    drawn = [model.index(row, DRAWN).data(INTERVAL_ROLE) for row in range(model.rowCount())]
    counted = [line.rate.counts is not None for line in page.lines()]
    assert [one is not None for one in drawn] == counted


def test_columns_have_the_room_of_the_page_though_it_was_filled_out_of_sight(
    qtbot: QtBot, logbook: Logbook, theme: Theme, jobs: Jobs
) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    pages.resize(1180, 760)
    pages.addWidget(QWidget())
    pages.show()
    page = LiteraturePage(jobs, theme)
    pages.addWidget(page)
    page.set_logbook(logbook)
    qtbot.waitUntil(lambda: bool(page.lines()))
    pages.setCurrentWidget(page)
    QApplication.processEvents()
    table = page.table
    widths = sum(table.columnWidth(n) for n in range(table.model().columnCount()))
    assert not table.isColumnHidden(INDICATION)
    assert widths > 0.9 * table.viewport().width()


def test_no_interval_is_worked_out_while_the_window_waits(
    qtbot: QtBot, logbook: Logbook, theme: Theme, jobs: Jobs
) -> None:
    import_module("scipy.stats")
    wilson.cache_clear()
    worked_out: list[str] = []

    def note(frame: FrameType, event: str, _what: object) -> None:
        if event == "call" and frame.f_code is wilson.__wrapped__.__code__:
            worked_out.append(event)

    page = LiteraturePage(jobs, theme)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    before = sys.getprofile()
    # Of this thread alone, and so not of the job.
    sys.setprofile(note)
    try:
        page.show()
        page.set_logbook(logbook)
        qtbot.waitUntil(lambda: bool(page.lines()))
        page.grab()
    finally:
        sys.setprofile(before)
    assert worked_out == []
    assert wilson.cache_info().currsize > 20
    page.set_logbook(None)


def test_what_is_counted_can_be_read_though_the_rates_came_later(
    qtbot: QtBot, theme: Theme
) -> None:
    bar = LiteratureBar(theme)
    qtbot.addWidget(bar)
    bar.resize(1180, 60)
    bar.show()
    QApplication.processEvents()
    bar.offer(list(shipped_rates()))
    QApplication.processEvents()
    words = bar.measure.fontMetrics().horizontalAdvance(bar.measure.currentText())
    assert bar.measure.width() > words + 20


def test_every_word_looked_for_has_to_be_there(qtbot: QtBot, page: LiteraturePage) -> None:
    qtbot.keyClicks(page.bar.search, "pkp EXTRAVASATION ct")
    assert sources(page) == ["AJNR 2014;35:2227"]
    assert "157 / 214 levels" in page.detail.text
    assert "73.4 % (67.1–78.8)" in page.detail.text


def test_what_is_counted_is_chosen(page: LiteraturePage) -> None:
    page.bar.measure.setCurrentIndex(page.bar.measure.findData(Measure.NEW_FRACTURE.value))
    assert len(page.lines()) == 4
    assert {line.rate.measure for line in page.lines()} == {Measure.NEW_FRACTURE}


def test_nothing_found_says_what_to_do(qtbot: QtBot, page: LiteraturePage) -> None:
    qtbot.keyClicks(page.bar.search, "radiculectomy")
    assert page.empty.isVisible()
    assert not page.detail.isVisible()
    page.empty.button.click()
    assert page.table.isVisible()
    assert len(page.lines()) == len(shipped_rates())


def test_rows_are_sorted_by_their_rates(qtbot: QtBot, page: LiteraturePage) -> None:
    page.table.sortByColumn(DRAWN, Qt.SortOrder.DescendingOrder)
    shares = [
        counts[0] / counts[1] if (counts := line.rate.counts) else -1.0 for line in page.lines()
    ]
    assert shares == sorted(shares, reverse=True)


def test_own_rates_are_added_first_in_the_table_and_come_back(
    qtbot: QtBot, page: LiteraturePage, logbook: Logbook, tmp_path: Path
) -> None:
    add(qtbot, page, tmp_path)
    assert page.notice.text == "1 rate of audit.csv was added."
    qtbot.waitUntil(lambda: sources(page)[0] == "Our audit 2026")
    assert page.table.model().index(0, 0).data() == "Our audit 2026 (own)"
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sources(page)[0] != "Our audit 2026")
    assert own_rates(logbook) == []
    assert page.own.undo_text == "taking published rates away"
    page.own.undo()
    qtbot.waitUntil(lambda: sources(page)[0] == "Our audit 2026")
    page.own.undo()
    qtbot.waitUntil(lambda: sources(page)[0] != "Our audit 2026")
    page.own.redo()
    qtbot.waitUntil(lambda: sources(page)[0] == "Our audit 2026")


def test_a_file_that_is_added_twice_adds_nothing(
    qtbot: QtBot, page: LiteraturePage, tmp_path: Path
) -> None:
    add(qtbot, page, tmp_path)
    page.notice.hide()
    add(qtbot, page, tmp_path)
    assert page.notice.text == "0 rates of audit.csv were added. Already here: 1."
    assert page.notice.button.isHidden(), "the first time would be undone"
    assert page.own.undo_text == "adding published rates"


def test_a_wrong_file_is_told_above_the_table_and_adds_nothing(
    qtbot: QtBot, page: LiteraturePage, logbook: Logbook, tmp_path: Path
) -> None:
    add(qtbot, page, tmp_path, OWN + "Next,leak,VP,9,4,level\n")
    assert page.notice.text.startswith("audit.csv: line 3, numerator: 9 of 4 is more than all.")
    assert own_rates(logbook) == []


def test_what_comes_with_the_program_cannot_be_taken_away(page: LiteraturePage) -> None:
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "only your own can go" in page.notice.text
    assert len(page.lines()) == len(shipped_rates())


def test_rates_in_sight_are_saved_and_can_be_read_again(
    qtbot: QtBot, page: LiteraturePage, tmp_path: Path
) -> None:
    qtbot.keyClicks(page.bar.search, "hemangioma leakage")
    target = tmp_path / "some.csv"
    page.save_file(target)
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert read_rates(target) == [line.rate for line in page.lines()]


def test_no_cell_of_an_own_rate_runs_as_a_formula(
    qtbot: QtBot, page: LiteraturePage, tmp_path: Path
) -> None:
    add(qtbot, page, tmp_path, "source,measure\n=1+2,leak\n")
    qtbot.waitUntil(lambda: sources(page)[0] == "=1+2")
    page.table.selectRow(0)
    page.copy()
    assert QApplication.clipboard().text().splitlines()[1].startswith("'=1+2\t")
    page.notice.hide()
    page.save_file(tmp_path / "some.csv")
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "\n'=1+2," in (tmp_path / "some.csv").read_text(encoding="utf-8")
    assert read_rates(tmp_path / "some.csv")[0].source == "=1+2"


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, page: LiteraturePage, tmp_path: Path
) -> None:
    page.save_file(tmp_path / "missing" / "some.csv")
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "the folder does not exist" in page.notice.text


def test_rows_are_copied_for_a_spreadsheet(page: LiteraturePage) -> None:
    page.table.selectRow(0)
    page.copy()
    head, row = QApplication.clipboard().text().splitlines()
    assert head.split("\t")[:2] == ["source", "year"]
    assert row.startswith("Jones 2009, Pain Physician 12:E297\t2009\tVertebral hemangioma\t")


def test_the_search_is_left_by_keys(qtbot: QtBot, page: LiteraturePage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.bar.search, "ct")
    QTest.keyClick(page.bar.search, Qt.Key.Key_Escape)
    assert page.bar.search.text() == ""
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()

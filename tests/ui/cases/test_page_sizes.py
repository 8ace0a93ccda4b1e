# SPDX-License-Identifier: MIT
"""What the page remembers of its sizes, and how it fills the room."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs


def test_sizes_that_the_user_chose_come_back(
    qtbot: QtBot, page: CasesPage, empty_page: CasesPage, events: LogbookEvents, jobs: Jobs
) -> None:
    assert not page.restore_state(QByteArray())
    page._split.moveSplitter(700, 1)
    page.table.horizontalHeader().resizeSection(1, 171)
    state = page.save_state()
    from ui.theme import Theme

    other = CasesPage(jobs, Theme("light"), events)
    qtbot.addWidget(other)
    assert other.restore_state(state)
    assert other.table.columnWidth(1) == 171


def test_columns_fill_the_table_without_a_scroll_bar(qtbot: QtBot, page: CasesPage) -> None:
    for width in (1112, 1192, 1700):
        page.resize(width, 700)
        table = page.table
        qtbot.waitUntil(lambda: not page.table.horizontalScrollBar().isVisible())
        assert table.horizontalHeader().length() == table.viewport().width()

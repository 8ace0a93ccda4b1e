# SPDX-License-Identifier: MIT
"""What tests of the page of cases do again and again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.cases.columns import Key
from ui.cases.page import CasesPage

KEYS = list(Key)


def patients(page: CasesPage) -> list[str]:
    model = page.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def patient_in(page: CasesPage, row: int) -> object:
    return page.model.index(row, 1).data()


def selected(page: CasesPage) -> list[str]:
    rows = [row for rows in page.table.chosen() for row in rows]
    return [page.model.index(row, 1).data() for row in rows]


def click_heading(qtbot: QtBot, page: CasesPage, key: Key) -> None:
    heading = page.table.horizontalHeader()
    section = KEYS.index(key)
    place = QPoint(heading.sectionViewportPosition(section) + 12, heading.height() // 2)
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=place)


def row_place(page: CasesPage, row: int) -> QPoint:
    return page.table.visualRect(page.model.index(row, 3)).center()


def search(qtbot: QtBot, page: CasesPage, text: str) -> None:
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, text)


def act(page: CasesPage, text: str) -> Callable[[], None]:
    menu = page.context_menu()
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
    assert actions[text].isEnabled(), text
    return actions[text].trigger

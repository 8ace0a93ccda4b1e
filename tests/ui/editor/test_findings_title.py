# SPDX-License-Identifier: MIT
"""The title over what is to be checked is whole, however little there is below it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.editor.findings_panel import FindingsPanel
from ui.theme import Theme


def test_a_title_in_two_lines_is_whole_where_nothing_is_to_be_checked(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, panel = QVBoxLayout(page), FindingsPanel(Theme("light"), page)
    column.addStretch(1)
    column.addWidget(panel)
    page.show()
    page.resize(110, 400)
    title = panel.findChild(QLabel)
    assert title is not None
    qtbot.waitUntil(lambda: title.height() >= title.heightForWidth(title.width()) > 20)

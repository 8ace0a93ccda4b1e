# SPDX-License-Identifier: MIT
"""Small print keeps a number and its sign in one line."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.paragraph import paragraph


def test_no_line_ends_between_a_number_and_its_sign(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label = paragraph(page)
    said = "0 of 4, 0 % (0–49.0), improved by ≥ 2 points."
    label.setText(said)
    assert label.text() == said
    shown = QLabel.text(label)
    assert "0\N{NO-BREAK SPACE}%" in shown
    assert "≥\N{NO-BREAK SPACE}2 points" in shown
    assert "0 of 4" in shown

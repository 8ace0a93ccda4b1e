# SPDX-License-Identifier: MIT
"""The line that most boxes are made of."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.widgets.field_line import FieldLine

LONG, SHORT = "No registrado", "No reg."


def test_pale_words_stand_whole_or_in_their_short_form(qtbot: QtBot) -> None:
    line = FieldLine()
    qtbot.addWidget(line)
    line.show()
    line.show_hint(LONG, SHORT)
    need = line.fontMetrics().horizontalAdvance(LONG)
    around = line.width() - (line._typing_room().width() - 2)
    for room in range(need - 3, need + 4):
        line.resize(room + around, line.height())
        assert line.placeholderText() == (LONG if room >= need else SHORT)

# SPDX-License-Identifier: MIT
"""The line that most boxes are made of."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from tests.ui.painted import words_of
from ui.theme import Theme
from ui.widgets.field_line import FieldLine

LONG, SHORT = "No registrado", "No reg."


def test_pale_words_stand_whole_or_in_their_short_form(qtbot: QtBot) -> None:
    line = FieldLine()
    qtbot.addWidget(line)
    line.show()
    line.show_hint(LONG, SHORT)
    need = ceil(QFontMetricsF(line.font()).horizontalAdvance(LONG))
    around = line.width() - (line._typing_room().width() - 2)
    for room in range(need - 3, need + 4):
        line.resize(room + around, line.height())
        assert line.placeholderText() == (LONG if room >= need else SHORT)


def test_pale_words_are_whole_in_letters_of_any_size(qtbot: QtBot) -> None:
    line = FieldLine()
    qtbot.addWidget(line)
    line.show()
    line.show_hint("[Ñööť ŕëëćööŕďëëď]", "—")
    for scale in (0.8, 1.0, 1.5, 2.0):
        line.setFont(Theme("light", scale).font())
        need = line.width_for("[Ñööť ŕëëćööŕďëëď]")
        for width in range(need - 4, need + 2):
            line.resize(width, line.height())
            assert not [word.text for word in words_of(line) if "…" in word.text]

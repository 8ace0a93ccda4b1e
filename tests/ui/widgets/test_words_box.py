# SPDX-License-Identifier: MIT
"""The boxes for free text: one line, or a text that grows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.schema import Procedure
from ui.widgets.field_boxes import box_for
from ui.widgets.field_text import FieldText
from ui.widgets.words_box import TextBox, WordsBox


def test_spaces_around_a_text_are_dropped(qtbot: QtBot) -> None:
    box = WordsBox(Procedure.operator)
    qtbot.addWidget(box)
    box.input.setText("  Dr A. Operator ")
    box.commit()
    assert box.value() == "Dr A. Operator"


def test_an_empty_text_is_nothing(qtbot: QtBot) -> None:
    box = TextBox(Procedure.notes)
    qtbot.addWidget(box)
    box.set_value("something")
    box.input.show_text("  \n ")
    box.commit()
    assert box.value() is None


def test_long_text_has_several_lines_except_in_a_table(qtbot: QtBot) -> None:
    long, short = box_for(Procedure.notes), box_for(Procedure.notes, one_line=True)
    for box in (long, short):
        qtbot.addWidget(box)
    assert isinstance(long, TextBox)
    assert isinstance(short, WordsBox)


def test_the_box_grows_with_its_text_up_to_a_limit(qtbot: QtBot) -> None:
    box = TextBox(Procedure.notes)
    qtbot.addWidget(box)
    box.resize(300, 40)
    box.show()
    heights = []
    for lines in (1, 3, 8, 30):
        box.set_value("\n".join("line" for _ in range(lines)))
        heights.append(box.input.sizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_enter_makes_a_line_and_tab_leaves(qtbot: QtBot) -> None:
    box = TextBox(Procedure.notes)
    qtbot.addWidget(box)
    box.show()
    QTest.keyClicks(box.input, "one")
    QTest.keyClick(box.input, Qt.Key.Key_Return)
    QTest.keyClicks(box.input, "two")
    assert box.text() == "one\ntwo"
    assert isinstance(box.input, FieldText)
    assert box.input.tabChangesFocus()

# SPDX-License-Identifier: MIT
"""The line: colors that leave it a line edit, and completions that are never in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.query import text_of
from ui.filters.query_line import QueryLine
from ui.theme import Theme

Key = Qt.Key
KNOWN = {"operator": ("Dr Smith", "Jones")}


@pytest.fixture
def line(qtbot: QtBot, qapp: QApplication) -> Iterator[QueryLine]:
    theme = Theme("light")
    theme.apply(qapp)
    shown = QueryLine(theme)
    shown.set_known(KNOWN)
    qtbot.addWidget(shown)
    shown.resize(600, 32)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setFocus()
    yield shown
    shown.completions.hide()


def offers(line: QueryLine) -> list[str]:
    return [one.label for one in line.completions.offered]


def ink(line: QueryLine, part: str) -> list[QColor]:
    """The colors in the picture of a part of the text."""
    cursor, start = line.cursorPosition(), line.text().index(part)
    edges = []
    for place in (start, start + len(part)):
        line.setCursorPosition(place)
        edges.append(line.cursorRect().center().x())
    line.setCursorPosition(cursor)
    line.clearFocus()
    image: QImage = line.grab(QRect(edges[0], 3, edges[1] - edges[0], line.height() - 6)).toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return [QColor(color) for color in colors]


def blue(colors: list[QColor]) -> bool:
    """As what is understood is."""
    return any(color.blue() - color.red() > 70 for color in colors)


def red(colors: list[QColor]) -> bool:
    """As the line under what is not understood."""
    return any(color.red() - color.blue() > 40 for color in colors)


# colors


def test_what_is_understood_is_colored_and_what_not_is_underlined(
    qtbot: QtBot, line: QueryLine
) -> None:
    qtbot.keyClicks(line, "smith level:T12 lvl:T1 ")
    assert blue(ink(line, "T12"))
    assert not blue(ink(line, "smith"))
    assert not blue(ink(line, "level:"))
    assert red(ink(line, "lvl"))
    assert not red(ink(line, "T12"))


def test_a_word_that_is_still_typed_is_not_underlined(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "lvl:T1 smith lvl")
    qtbot.keyClicks(line, ":")
    assert [line.text()[one.start : one.end] for one in line.problems] == ["lvl"]
    assert line.problems[0].start == 0
    line.settle()
    assert len(line.problems) == 2


def test_colors_follow_the_text_and_not_the_cursor(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "level:T12 ")
    qtbot.keyClick(line, Key.Key_Home)
    qtbot.keyClicks(line, "abc ")
    assert line.text() == "abc level:T12 "
    assert blue(ink(line, "T12"))
    assert not blue(ink(line, "abc"))


def test_colors_leave_undo_selection_and_cursor_alone(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "level:T12")
    line.setSelection(0, 5)
    line._theme.set_mode("dark")
    assert (line.selectedText(), line.cursorPosition()) == ("level", 5)
    qtbot.keyClicks(line, "region")
    assert line.text() == "region:T12"
    line.undo()
    assert line.text() == "level:T12"
    line.redo()
    assert line.text() == "region:T12"


def test_letters_that_are_still_composed_are_let_be(line: QueryLine) -> None:
    line.setText("level:T12 ")
    line.end(False)
    QApplication.sendEvent(line, QInputMethodEvent("mü", []))
    line._theme.set_mode("dark")
    assert line.displayText() == "level:T12 "
    done = QInputMethodEvent()
    done.setCommitString("müller")
    QApplication.sendEvent(line, done)
    assert line.text() == "level:T12 müller"
    assert blue(ink(line, "T12"))


def test_a_screen_reader_reads_the_text_as_in_any_line(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "level:T12")
    told = QAccessible.queryAccessibleInterface(line)
    assert told.text(QAccessible.Text.Value) == "level:T12"
    assert told.role() == QAccessible.Role.EditableText


def test_the_cross_clears_and_undo_brings_back(qtbot: QtBot, line: QueryLine) -> None:
    assert not line._cross.isVisible()
    qtbot.keyClicks(line, "smith")
    qtbot.mouseClick(line._cross, Qt.MouseButton.LeftButton)
    assert line.text() == ""
    assert not line._cross.isVisible()
    line.undo()
    assert line.text() == "smith"


# completions


def test_names_then_values_are_offered_with_what_they_mean(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "tec")
    assert offers(line)[0] == "technique"
    assert line.completions.offered[0].detail == "Technique"
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == "technique:"
    assert offers(line)[:2] == ["Balloon kyphoplasty", "Vertebroplasty"]
    qtbot.keyClick(line, Key.Key_Down)
    qtbot.keyClick(line, Key.Key_Down)
    qtbot.keyClick(line, Key.Key_Return)
    assert line.text() == "technique:vertebroplasty"
    assert offers(line) == []


def test_enter_searches_whatever_is_offered(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "kypho")
    assert offers(line)
    with qtbot.waitSignal(line.submitted):
        qtbot.keyClick(line, Key.Key_Return)
    assert line.text() == "kypho"
    assert offers(line) == []


def test_up_and_down_stay_within_the_offers(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "leak:")
    for key, label in (
        (Key.Key_Up, "None"),
        (Key.Key_Down, "Present"),
        (Key.Key_PageDown, "Not answered"),
        (Key.Key_Down, "Not answered"),
        (Key.Key_Up, "Not assessed"),
    ):
        qtbot.keyClick(line, key)
        assert line.completions.current is not None
        assert line.completions.current.label == label


def test_escape_closes_the_offers_then_clears_then_leaves(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "leak:")
    qtbot.keyClick(line, Key.Key_Escape)
    assert (offers(line), line.text()) == ([], "leak:")
    qtbot.keyClick(line, Key.Key_Escape)
    assert line.text() == ""
    with qtbot.waitSignal(line.left):
        qtbot.keyClick(line, Key.Key_Escape)


def test_down_leaves_where_nothing_is_offered(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "nobody")
    assert offers(line) == []
    with qtbot.waitSignal(line.left):
        qtbot.keyClick(line, Key.Key_Down)


def test_a_click_takes_an_offer(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "x leak:")
    view = line.completions.popup()
    assert view is not None
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert line.text() == "x leak:present"


def test_what_is_taken_can_be_undone(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "smith tec")
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == "smith technique:"
    line.undo()
    assert line.text() == "smith tec"


@pytest.mark.parametrize(
    "text", ["", "t", "smith ", "level:T12", "leak:yes", "op:=Jones", "pain:7"]
)
def test_nothing_is_offered_where_it_would_be_in_the_way(
    qtbot: QtBot, line: QueryLine, text: str
) -> None:
    qtbot.keyClicks(line, text)
    assert offers(line) == []


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_Space, Qt.KeyboardModifier.ControlModifier),
        (Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_a_key_offers_everything(
    qtbot: QtBot, line: QueryLine, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    qtbot.keyClick(line, key, modifier)
    assert offers(line)[:2] == ["level", "region"]
    assert line.text() == ""


def test_operators_are_offered_as_they_are_known(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "op:smi")
    assert offers(line) == ["Dr Smith"]
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == 'op:"Dr Smith"'


def test_tab_moves_on_where_nothing_is_offered(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "nobody")
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == "nobody"


def test_an_operator_is_offered_before_a_term_that_is_called_so_too(
    qtbot: QtBot, line: QueryLine
) -> None:
    qtbot.keyClicks(line, "smith")
    assert offers(line)[:2] == ["Dr Smith", "Open anterior"]
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == 'operator:"Dr Smith"'


def test_an_offer_replaces_the_word_at_the_cursor_only(qtbot: QtBot, line: QueryLine) -> None:
    qtbot.keyClicks(line, "te level:T1")
    qtbot.keyClick(line, Key.Key_Home)
    qtbot.keyClick(line, Key.Key_Right)
    qtbot.keyClick(line, Key.Key_Right)
    line.offer()
    qtbot.keyClick(line, Key.Key_Down)
    qtbot.keyClick(line, Key.Key_Return)
    assert line.text() == "technique: level:T1"
    assert text_of(line.understood.filter) == "level:T1"

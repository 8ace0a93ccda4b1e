# SPDX-License-Identifier: MIT
"""The mark that clears a line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.clearing import offer_clearing


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    offer_clearing(made)
    qtbot.addWidget(made)
    made.resize(300, 30)
    made.show()
    return made


def test_it_is_there_while_there_is_something_to_clear(qtbot: QtBot, line: QLineEdit) -> None:
    (mark,) = line.findChildren(QToolButton)
    assert mark.isHidden()
    qtbot.keyClicks(line, "abc")
    assert mark.isVisible()
    assert mark.accessibleName() == "Clear"
    with qtbot.waitSignal(line.textEdited):
        qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert (line.text(), mark.isHidden()) == ("", True)
    line.undo()
    assert line.text() == "abc"
    line.setReadOnly(True)
    assert mark.isHidden()


def test_it_grows_with_the_letters_and_covers_none(line: QLineEdit) -> None:
    theme, app = Theme("light"), QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    (mark,) = line.findChildren(QToolButton)
    line.setText("m" * 40)
    line.end(False)
    sizes = []
    for scale in (1.0, 2.0):
        theme.set_scale(scale)
        line.resize(300, line.sizeHint().height())
        QApplication.processEvents()
        sizes.append(mark.iconSize().width())
        assert line.cursorRect().right() <= mark.x() + line.cursorRect().width()
        assert line.rect().contains(mark.geometry())
    app.setStyleSheet("")
    assert sizes[1] == pytest.approx(2 * sizes[0], abs=2)

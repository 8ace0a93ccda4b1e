# SPDX-License-Identifier: MIT
"""A button of several that is chosen by a click, or by a screen reader, tells so once."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from ui.widgets.one_of_several import OneOfSeveral


def test_a_click_and_what_a_screen_reader_can_do_tell_once_and_marking_tells_nothing(
    qtbot: QtBot,
) -> None:
    button = OneOfSeveral("Safety")
    qtbot.addWidget(button)
    told: list[None] = []
    button.clicked.connect(lambda _on=False: told.append(None))
    button.click()
    assert (len(told), button.isChecked()) == (1, True)
    button.mark(is_down=False)
    assert (len(told), button.isChecked()) == (1, False)

    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    assert "Toggle" in actions.actionNames()
    actions.doAction("Toggle")
    assert (len(told), button.isChecked()) == (2, True)

# SPDX-License-Identifier: MIT
"""Icons: every name has a picture, and none is loaded before the window is there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton

from ui.icons import ICONS, Icons, app_icon
from ui.theme import Theme


@pytest.mark.parametrize("name", ICONS)
def test_every_name_has_a_picture(qapp: QApplication, name: str) -> None:
    assert not Icons(Theme("light")).icon(name).pixmap(16, 16).isNull()


def test_an_icon_is_promised_until_the_start(qapp: QApplication) -> None:
    icons, action = Icons(Theme("light")), QAction("Save")
    icons.attach(action, "save")
    assert action.icon().isNull()
    icons.start()
    assert not action.icon().isNull()


def test_after_the_start_an_icon_comes_at_once(qapp: QApplication) -> None:
    icons, button = Icons(Theme("light")), QPushButton("Add")
    icons.start()
    icons.attach(button, "add", "accent_text")
    assert not button.icon().isNull()


def test_icons_take_the_colors_of_another_palette(qapp: QApplication) -> None:
    theme, action = Theme("light"), QAction("Save")
    icons = Icons(theme)
    icons.attach(action, "save")
    icons.start()
    light = action.icon().pixmap(32, 32).toImage()
    theme.set_mode("dark")
    assert action.icon().pixmap(32, 32).toImage() != light


def test_a_control_that_is_gone_needs_no_icon(qapp: QApplication) -> None:
    theme, action = Theme("light"), QAction("Save")
    icons = Icons(theme)
    icons.attach(action, "save")
    del action
    icons.start()
    theme.set_mode("dark")


def test_an_unknown_name_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        Icons(Theme("light")).attach(QAction("Save"), "no such icon")


def test_the_program_has_an_icon(qapp: QApplication) -> None:
    assert not app_icon().pixmap(64, 64).isNull()

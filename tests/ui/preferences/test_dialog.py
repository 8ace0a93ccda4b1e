# SPDX-License-Identifier: MIT
"""The settings dialog shows what is declared and changes nothing by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.settings import DECLARED, STORE_IDENTITY, LogbookSettings
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.names_dialog import NamesDialog
from ui.theme import Theme


def opened(qtbot: QtBot, settings: LogbookSettings) -> PreferencesDialog:
    dialog = PreferencesDialog(Theme("light"), settings, "Clinic")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_declared_setting_is_shown_with_help_and_default(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings())
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    names = [box.accessibleName() for box in dialog.findChildren(QWidget)]
    for declared in DECLARED:
        assert any(declared.help in text and "Default: " in text for text in texts)
        assert declared.label in names
    assert "Default: off." in " ".join(texts)


def test_only_what_was_changed_is_told(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings({"store_identity": True}))
    box = dialog.findChild(QCheckBox)
    assert box is not None
    assert box.isChecked()
    assert dialog.changes == []
    box.click()
    assert dialog.changes == [(STORE_IDENTITY, False)]


def test_names_are_kept_unless_somebody_says_remove(qtbot: QtBot) -> None:
    dialog = NamesDialog(Theme("light"), 3)
    qtbot.addWidget(dialog)
    assert not dialog.removes
    dialog.remove_choice.click()
    assert dialog.removes

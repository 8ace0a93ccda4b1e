# SPDX-License-Identifier: MIT
"""The settings dialog shows what is declared and changes nothing by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.settings import DECLARED, STORE_IDENTITY, LogbookSettings
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.names_dialog import NamesDialog
from ui.preferences.row import SettingRow
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


def test_a_search_leaves_the_settings_that_have_all_words(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings())
    dialog.line.setText("backups KEPT")
    shown = [row for row in dialog.findChildren(SettingRow) if row.isVisible()]
    assert 0 < len(shown) < len(DECLARED)
    assert all(row.has(["backups", "kept"]) for row in shown)
    headings = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert "In the logbook Clinic" in headings
    assert "On this computer" not in headings
    dialog.line.setText("xyzzy")
    assert not [row for row in dialog.findChildren(SettingRow) if row.isVisible()]
    assert "No setting has these words." in [
        one.text() for one in dialog.findChildren(QLabel) if one.isVisible()
    ]


def test_how_it_looks_is_asked_without_a_logbook_too(qtbot: QtBot) -> None:
    dialog = PreferencesDialog(Theme("dark", 1.2), LogbookSettings(), "")
    qtbot.addWidget(dialog)
    assert (dialog.looks.mode, dialog.looks.scale) == ("dark", 1.2)
    assert len(dialog.findChildren(SettingRow)) == len(dialog.looks.rows)
    dialog.looks.mode_box.setCurrentIndex(dialog.looks.mode_box.findText("Light"))
    dialog.looks.size_box.setValue(90)
    assert (dialog.looks.mode, dialog.looks.scale) == ("light", 0.9)
    assert dialog.changes == []


def test_names_are_kept_unless_somebody_says_remove(qtbot: QtBot) -> None:
    dialog = NamesDialog(Theme("light"), 3)
    qtbot.addWidget(dialog)
    assert not dialog.removes
    dialog.remove_choice.click()
    assert dialog.removes

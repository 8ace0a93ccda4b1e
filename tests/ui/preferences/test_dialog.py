# SPDX-License-Identifier: MIT
"""The settings dialog shows what is declared and changes nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.settings import BACKUP_PLACE, DECLARED, STORE_IDENTITY, LogbookSettings
from tests.ui.wheel import turn_wheel
from ui.help.pages import help_pages
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.holding import Control, held, put
from ui.preferences.names_dialog import NamesDialog
from ui.preferences.row import SettingRow
from ui.theme import Theme
from ui.topics import SETTINGS, topic_at


def opened(qtbot: QtBot, settings: LogbookSettings) -> PreferencesDialog:
    dialog = PreferencesDialog(Theme("light"), settings, "Clinic")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


OTHERS = ("dark", 130, "es", True, True, 5, 45, 3, 2, 1, "/media/usb")
"""Another value for each setting, in the order of the dialog."""


def controls_of(dialog: PreferencesDialog) -> dict[str, Control]:
    """The controls in sight, by their labels."""
    rows = [row for row in dialog.findChildren(SettingRow) if row.isVisible()]
    return {row.control.accessibleName(): row.control for row in rows}


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
    told = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert "No setting has these words. Visit plan, users" in told


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("dark mode", "Light or dark"),
        ("theme", "Light or dark"),
        ("font", "Size of text"),
        ("zoom", "Size of text"),
        ("Deutsch", "Language"),
        ("privacy", "Store names and record numbers"),
        ("MRN", "Store names and record numbers"),
        ("auto-lock", "Minutes without a key or click before an encrypted logbook locks"),
        ("timeout", "Minutes without a key or click before an encrypted logbook locks"),
        ("autosave", "Minutes of work between backups"),
        ("retention", "Daily backups that are kept"),
        ("usb", "Second place for backups"),
        ("cloud", "Second place for backups"),
        ("why", "Ask why a saved case is changed"),
    ],
)
def test_a_setting_is_found_by_what_people_call_it(qtbot: QtBot, typed: str, label: str) -> None:
    dialog = opened(qtbot, LogbookSettings())
    dialog.line.setText(typed)
    assert label in controls_of(dialog)


def test_no_room_is_left_where_a_search_hides_settings(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings())
    page = dialog.area.widget()
    assert page is not None
    tops = []
    for typed in ("Store names", "Second place"):
        dialog.line.setText(typed)
        QApplication.processEvents()
        (row,) = [row for row in dialog.findChildren(SettingRow) if row.isVisible()]
        tops.append(row.mapTo(page, QPoint(0, 0)).y())
    assert tops[0] == tops[1]


def test_each_setting_has_a_way_back_to_its_default(qtbot: QtBot) -> None:
    dialog = PreferencesDialog(Theme("system"), LogbookSettings(), "Clinic")
    qtbot.addWidget(dialog)
    dialog.show()
    rows = dialog.findChildren(SettingRow)
    assert [row for row in rows if row.reset.isVisible()] == []
    for row, other in zip(rows, OTHERS, strict=True):
        control = row.control
        before = held(control)
        put(control, other)
        assert row.reset.isVisible()
        row.reset.setFocus()
        qtbot.keyClick(row.reset, Qt.Key.Key_Space)
        assert held(control) == before
        assert not row.reset.isVisible()
        assert dialog.focusWidget() is control
    assert dialog.changes == []


def test_the_wheel_scrolls_the_settings_and_changes_none(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings())
    for control in controls_of(dialog).values():
        before = held(control)
        turn_wheel(control)
        assert held(control) == before


@pytest.mark.parametrize("typed", ["backups", "~/backups", "../usb"])
def test_a_folder_that_is_not_named_in_full_is_refused_on_the_spot(
    qtbot: QtBot, typed: str
) -> None:
    dialog = opened(qtbot, LogbookSettings())
    place = controls_of(dialog)[BACKUP_PLACE.label]
    put(place, typed)
    dialog.line.setText("font")
    dialog.accept()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not place.visibleRegion().isEmpty())
    rows = dialog.findChildren(SettingRow)
    told = [row.trouble.text() for row in rows if row.trouble.isVisible()]
    assert told == ["Name the folder in full, from its drive on, or choose it."]
    put(place, str(Path(typed).absolute()))
    assert not [row for row in rows if row.trouble.isVisible()]
    dialog.accept()
    assert not dialog.isVisible()


def test_f1_in_a_setting_is_about_it(qtbot: QtBot) -> None:
    dialog = opened(qtbot, LogbookSettings())
    (page,) = [page for page in help_pages(Path("resources/help")) if page.topic == SETTINGS]
    for label, control in controls_of(dialog).items():
        assert page.places[topic_at(control)] == label
        assert f"### {label}\n" in page.text


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

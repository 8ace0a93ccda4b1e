# SPDX-License-Identifier: MIT
"""The pages of help are reached from the menu, and by F1 from the place that they are about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.exchange.codebook.writing import described
from models.exchange.shapes import Shape
from models.fields import ClinicalField
from models.schema import RECORD_TABLES, Procedure
from models.settings import DECLARED, LogbookSettings
from tests.pictures.together_scenes import clash_of_nothing
from tests.ui.access.conftest import kypholog as kypholog
from ui import topics
from ui.access.sign_in_dialog import SignInDialog
from ui.access.why import Why
from ui.application import Application
from ui.backups.dialog import BackupsDialog
from ui.editor.clash_dialog import ClashDialog
from ui.filters.bar import FilterBar
from ui.help.pages import help_pages
from ui.help.reader import HelpDialog
from ui.help.shortcuts import ShortcutsDialog
from ui.preferences.dialog import PreferencesDialog
from ui.rail import Rail
from ui.topics import FOLLOW_UP, SEARCH, SETTINGS, below, topic_of
from ui.widgets.field_box import FieldBox


def shown(kypholog: Application) -> HelpDialog:
    return kypholog.window.findChildren(HelpDialog)[-1]


def test_the_menu_lists_every_page(kypholog: Application) -> None:
    action = kypholog.window.desks.actions["help"]
    assert isinstance(action, QAction)
    assert action.shortcut().toString() == "F1"
    action.trigger()
    dialog = shown(kypholog)
    files = sorted(Path("resources/help").glob("*.md"))
    # The rules of the search and the settings tell themselves.
    assert dialog.pages.count() == len(files) + len(described(Shape.TABLES)) + 2
    for row in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(row)
        heading = dialog.pages.item(row).text()
        assert dialog.text.toPlainText().startswith(heading)
    dialog.close()


def test_f1_once_more_shows_every_key(kypholog: Application, qtbot: QtBot) -> None:
    action = kypholog.window.findChild(QAction, "help")
    assert isinstance(action, QAction)
    action.trigger()
    dialog = shown(kypholog)
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.text, Qt.Key.Key_F1)
    (keys,) = kypholog.window.findChildren(ShortcutsDialog)
    assert keys.isVisible()
    keys.close()


def test_a_search_lists_the_pages_with_all_words_and_marks_them(kypholog: Application) -> None:
    action = kypholog.window.desks.actions["help"]
    assert isinstance(action, QAction)
    action.trigger()
    dialog = shown(kypholog)
    dialog.line.setText("Recovery key")
    found = [dialog.pages.item(row).text() for row in range(dialog.pages.count())]
    assert "Encryption and users" in found
    assert "Fields: balloon" not in found
    marked = {one.cursor.selectedText().casefold() for one in dialog.text.extraSelections()}
    assert marked == {"recovery", "key"}
    dialog.line.setText("xyzzy")
    assert dialog.pages.count() == 0
    assert "No page" in dialog.text.toPlainText()
    dialog.close()


def test_every_field_of_the_record_is_told_with_its_terms(kypholog: Application) -> None:
    pages = help_pages(Path("resources/help"))
    for table in RECORD_TABLES:
        for field in table._meta.sorted_fields:
            if isinstance(field, ClinicalField):
                (page,) = [page for page in pages if topic_of(field) in page.places]
                assert f"### {page.places[topic_of(field)]}\n" in page.text


def test_f1_in_a_field_shows_what_is_told_of_it(kypholog: Application, qtbot: QtBot) -> None:
    window = kypholog.window
    window.show()
    window.logbooks.open_example()
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    window.new_case()
    qtbot.waitUntil(lambda: window.editor is not None and bool(window.editor.case_id))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    box = next(
        box
        for box in window.findChildren(FieldBox)
        if box.isVisible() and box.field is Procedure.performed_on
    )
    box.input.setFocus()
    QTest.keyClick(box.input, Qt.Key.Key_F1)
    page = shown(kypholog)
    assert page.pages.currentItem().text() == "Fields: procedure"
    assert page.text.textCursor().block().text() == box.field.label
    # At the top of what is seen, with all that is told of the field below it.
    assert 0 <= page.text.cursorRect().top() < page.text.viewport().height() / 8
    page.close()


@pytest.mark.parametrize("code", ["en", "de", "es"])
def test_a_place_on_a_page_is_found_in_every_language(code: str) -> None:
    for page in help_pages(Path("resources/help"), code):
        assert set(page.places.values()) <= set(re.findall(r"^##+ (.+)$", page.text, re.M))
        assert page.topic in ("how-big", SEARCH) or page.places
    (page,) = [one for one in help_pages(Path("resources/help"), code) if one.topic == FOLLOW_UP]
    said = {"en": "The visit plan", "de": "Der Terminplan", "es": "El plan de visitas"}
    assert page.places[below(FOLLOW_UP, "The visit plan")] == said[code]


def test_f1_in_a_part_of_a_dialog_opens_the_place_about_it(
    kypholog: Application, qtbot: QtBot
) -> None:
    dialog = PreferencesDialog(kypholog.theme, LogbookSettings(), "", kypholog.window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for box, place in ((dialog.line, "Settings"), (dialog.looks.size_box, "Size of text")):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_F1)
        page = shown(kypholog)
        assert page.text.textCursor().block().text() == place
        page.close()
        dialog.activateWindow()
    dialog.close()


def test_every_setting_of_the_logbook_is_told() -> None:
    (page,) = [page for page in help_pages(Path("resources/help")) if page.topic == SETTINGS]
    for setting in DECLARED:
        assert f"### {setting.label}\n" in page.text


def test_f1_beside_the_page_is_about_the_page(kypholog: Application, qtbot: QtBot) -> None:
    window = kypholog.window
    window.show()
    window.logbooks.open_example()
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    window.activateWindow()
    rail = window.findChild(Rail)
    assert isinstance(rail, Rail)
    rail.entry("cases").setFocus()
    QTest.keyClick(rail.entry("cases"), Qt.Key.Key_F1)
    assert shown(kypholog).pages.currentItem().text() == "Finding cases"
    shown(kypholog).close()


def test_every_page_of_the_window_has_a_page_of_help() -> None:
    names = {"cases", "followup", "outcomes", "safety", "literature", "editor"}
    assert names <= {page.topic for page in help_pages(Path("resources/help"))}


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (SignInDialog, "Encryption and users"),
        (ClashDialog, "Several at once"),
        (BackupsDialog, "Backups"),
    ],
)
def test_f1_in_a_dialog_shows_the_page_about_it(
    kypholog: Application, qtbot: QtBot, kind: type[QDialog], heading: str
) -> None:
    theme, window = kypholog.theme, kypholog.window
    dialog: QDialog
    if kind is SignInDialog:
        dialog = SignInDialog(theme, "Clinic", ["Anna"], "Anna", why=Why.OPENS, parent=window)
    elif kind is ClashDialog:
        dialog = ClashDialog(theme, clash_of_nothing(), window)
    else:
        dialog = BackupsDialog(theme, Path("Clinic.kypholog"), window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    page = shown(kypholog)
    assert page.parent() is dialog
    assert page.text.toPlainText().startswith(heading)
    page.close()
    dialog.close()


def test_f1_in_the_search_is_about_the_search(kypholog: Application, qtbot: QtBot) -> None:
    window = kypholog.window
    window.show()
    window.logbooks.open_example()
    qtbot.waitUntil(lambda: any(bar.isVisible() for bar in window.findChildren(FilterBar)))
    bar = next(bar for bar in window.findChildren(FilterBar) if bar.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar.line.setFocus()
    QTest.keyClick(bar.line, Qt.Key.Key_F1)
    assert bar.lessons is not None
    assert bar.lessons.isVisible()
    assert window.findChildren(HelpDialog) == []
    bar.lessons.close()
    kypholog.jobs.wait()


@pytest.mark.parametrize("code", ["en", "de", "es"])
def test_the_program_without_python_asks_nobody_to_start_python(code: str) -> None:
    pages = {
        is_bundled: "".join(
            page.text for page in help_pages(Path("resources/help"), code, is_bundled=is_bundled)
        )
        for is_bundled in (False, True)
    }
    assert pages[False].count("python main.py") > 10
    assert not re.findall(r"main\.py|python\.exe|\.venv", pages[True])
    assert "/opt/kypholog/kypholog --logbook" in pages[True]
    assert "kypholog --logbook DIR export --out" in pages[True]


def test_every_place_that_the_window_names_is_on_its_page() -> None:
    pages = help_pages(Path("resources/help"))
    known = {topic for page in pages for topic in page.places}
    named = {
        below(getattr(topics, page), heading)
        for source in Path("ui").rglob("*.py")
        for page, heading in re.findall(r'below\((\w+), "([^"]+)"\)', source.read_text("utf-8"))
    }
    assert len(named) > 20
    assert named <= known

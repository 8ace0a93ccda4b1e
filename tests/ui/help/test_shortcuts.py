# SPDX-License-Identifier: MIT
"""The help lists every key of the menus and of the pages, where each of them works."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QScrollArea
from pytestqt.qtbot import QtBot

from models.speech import ENGLISH, LANGUAGES
from resources.translations.catalogs import stored
from resources.translations.extracting import ROOT
from ui.actions import ACTIONS, MENUS, make_actions
from ui.help.shortcuts import ShortcutsDialog
from ui.key_words import alt
from ui.keys import GROUPS, IN_ONE_CONTROL
from ui.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    return made


def shown(window: QMainWindow, theme: Theme) -> ShortcutsDialog:
    actions = make_actions(window, {spec.name: lambda: None for spec in ACTIONS})
    dialog = ShortcutsDialog(theme, actions, window)
    dialog.show()
    return dialog


def native(sequence: str) -> str:
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


def test_every_key_of_the_pages_is_listed_with_what_it_does(
    window: QMainWindow, theme: Theme
) -> None:
    said = [label.text() for label in shown(window, theme).findChildren(QLabel)]
    for heading, keys in (*GROUPS, *IN_ONE_CONTROL):
        assert heading in said
        for key in keys:
            assert key.what in said
            assert " · ".join((*key.typed, *map(native, key.sequences))) in said


def test_every_key_of_the_menus_is_listed(window: QMainWindow, theme: Theme) -> None:
    said = [label.text() for label in shown(window, theme).findChildren(QLabel)]
    for action in window.findChildren(QAction):
        if not action.shortcut().isEmpty():
            assert action.text().replace("&", "").rstrip("…") in said


def test_no_key_of_a_page_is_one_of_the_menus(window: QMainWindow, theme: Theme) -> None:
    actions = make_actions(window, {spec.name: lambda: None for spec in ACTIONS})
    in_menus = [key.toString() for action in actions.values() for key in action.shortcuts()]
    for _, keys in GROUPS:
        on_page = [QKeySequence(one).toString() for key in keys for one in key.sequences]
        counted = Counter(in_menus + on_page)
        assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_on_a_small_screen_and_scrolls(
    window: QMainWindow, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    dialog = shown(window, theme)
    assert dialog.sizeHint().width() <= window.width()
    assert dialog.sizeHint().height() <= window.height()
    assert dialog.minimumSizeHint().height() <= window.height()
    (area,) = dialog.findChildren(QScrollArea)
    dialog.resize(dialog.sizeHint())
    assert not area.horizontalScrollBar().maximum()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_letter_of_follow_up_is_another_one_or_opens_a_menu(code: str) -> None:
    catalog = {} if code == ENGLISH else {one.id: one.string for one in stored(code)}
    titles = [str(catalog.get(title, title)) for title, _names in MENUS]
    menus = [title[title.index("&") + 1].upper() for title in titles]
    told = [alt(letter, code).removeprefix("Alt+") for letter in "NDMXO"]
    assert len({*told, *menus}) == len(told) + len(menus)
    page = ROOT / "resources/help" / ("" if code == ENGLISH else code) / "followup.md"
    assert [one for one in told if f"Alt+{one}" not in page.read_text("utf-8")] == []

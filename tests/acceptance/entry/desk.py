# SPDX-License-Identifier: MIT
"""What the entry of every case needs: saving and finding it again, and clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models import checks
from models.case import Case, load_case
from models.logbook import Logbook
from models.vocabulary import Level
from tests.acceptance.test_enter_case import save
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.finding_entry import FindingEntry
from ui.editor.page import EditorPage
from ui.widgets.spine import SpineView

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
OPERATED_ON = "2024-03-14"


def save_and_reopen(qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook) -> Case:
    """Save with the keys, close the logbook, and read the case from the file anew."""
    case_id = save(qtbot, page, keys)
    logbook.close()
    reopened = Logbook.open(logbook.folder)
    case = load_case(reopened, case_id)
    reopened.close()
    return case


def pressing(case: Case) -> list[str]:
    """What is wrong or unusual in the case, in sentences."""
    return [found.message for found in checks.findings(case) if found.severity.is_pressing]


def click(widget: QWidget) -> None:
    """Click into the middle of a control."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
    settle()


def click_vertebra(page: EditorPage, level: Level) -> None:
    """Click a vertebra of the drawn spine."""
    spine = page.findChild(SpineView)
    assert isinstance(spine, SpineView)
    QTest.mouseClick(spine, Qt.MouseButton.LeftButton, pos=spine.place_of(level).toPoint())
    settle()


def finding_about(qtbot: QtBot, page: EditorPage, words: str) -> FindingEntry:
    """The finding beside the form that says something with these words, once it is there."""

    def found() -> list[FindingEntry]:
        shown = [entry for entry in page.findChildren(FindingEntry) if entry.isVisible()]
        return [entry for entry in shown if words in entry.button.accessibleName()]

    qtbot.waitUntil(lambda: bool(found()))
    (entry,) = found()
    return entry


def answer(keys: Keyboard, *texts: str) -> None:
    """Type one text after the other and Tab after each; an empty one leaves its box as it is."""
    for text in texts:
        keys.enter(text)


def give_reasons(keys: Keyboard, times: int) -> None:
    """Say of so many boxes in a row that their value was not recorded."""
    for _ in range(times):
        keys.give_reason().press(Key.Key_Tab)


def enter_head(keys: Keyboard, code: str, anesthesia: str, guidance: str) -> None:
    """Answer every core field before the levels, from the first box on."""
    person = [code, "f", "75", "y", "6", "w", "6", "nsaid"]
    session = [OPERATED_ON, "Dr A. Operator", anesthesia, guidance, "240", "n", "y"]
    for text in (*person, *session):
        keys.type(text).press(Key.Key_Down, with_=CTRL)
    assert keys.place == "Add level"


def enter_end(keys: Keyboard) -> None:
    """Answer every core field after the levels."""
    keys.go_to("Any complication").enter("n")
    keys.go_to("Pain scale").enter("nrs").go_to("Date, Before").enter(OPERATED_ON).type("8")

# SPDX-License-Identifier: MIT
"""The tour leads through five steps, by keys alone, and can be left at any time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
from ui.application import Application
from ui.help.reader import HelpDialog
from ui.help.tour_bubble import TourBubble, TourRing


@pytest.fixture
def before(kypholog: Application, qtbot: QtBot, tmp_path: Path) -> QWidget:
    """Where the focus is before the tour, in a logbook of one's own."""
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    return focused()


@pytest.fixture
def bubble(kypholog: Application, before: QWidget) -> TourBubble:
    """The first step."""
    begin(kypholog)
    return shown(kypholog)


def begin(kypholog: Application) -> None:
    action = kypholog.window.desks.actions["tour"]
    assert isinstance(action, QAction)
    action.trigger()


def shown(kypholog: Application) -> TourBubble:
    found = kypholog.window.findChildren(TourBubble)[-1]
    assert found.isVisible()
    return found


def focused() -> QWidget:
    """Where what is typed goes."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def said(bubble: TourBubble) -> str:
    return " ".join(label.text() for label in bubble.findChildren(QLabel))


def test_it_is_taken_to_its_end_by_keys_alone(
    kypholog: Application, before: QWidget, bubble: TourBubble, qtbot: QtBot
) -> None:
    titles = []
    for number in range(1, 6):
        assert f"{number} of 5" in said(bubble)
        titles.append(said(bubble))
        assert kypholog.window.rect().contains(bubble.geometry())
        assert focused() is bubble.next
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert len(set(titles)) == 5
    qtbot.waitUntil(lambda: kypholog.window.findChild(TourBubble) is None)
    assert kypholog.window.findChild(TourRing) is None
    assert focused() is before
    assert kypholog.window.shown_page == "cases"


def test_tab_stays_in_the_bubble_and_leads_back(bubble: TourBubble, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    ways = []
    for _ in range(4):
        ways.append(focused())
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert ways == [bubble.next, bubble.leave, bubble.back, bubble.next]
    bubble.back.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "1 of 5" in said(bubble)
    assert focused() is bubble.next


@pytest.mark.parametrize("steps", [0, 2, 4])
def test_escape_leaves_it_at_any_step(
    kypholog: Application, before: QWidget, bubble: TourBubble, qtbot: QtBot, steps: int
) -> None:
    for _ in range(steps):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: kypholog.window.findChild(TourBubble) is None)
    assert kypholog.window.findChild(TourRing) is None
    assert focused() is before


def test_turning_to_another_page_leaves_it(
    kypholog: Application, bubble: TourBubble, qtbot: QtBot
) -> None:
    action = kypholog.window.desks.actions["show_outcomes"]
    assert isinstance(action, QAction)
    action.trigger()
    qtbot.waitUntil(lambda: kypholog.window.findChild(TourBubble) is None)
    assert kypholog.window.findChild(TourRing) is None
    assert kypholog.window.shown_page == "outcomes"
    begin(kypholog)
    assert "1 of 5" in said(shown(kypholog))
    assert kypholog.window.shown_page == "cases"


def test_begun_while_another_window_has_the_keys_it_gives_them_back_all_the_same(
    kypholog: Application, before: QWidget, qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert QApplication.focusWidget() is None
    # As from the list of commands, which goes a moment before the window is active again.
    begin(kypholog)
    other.close()
    kypholog.window.activateWindow()
    bubble = shown(kypholog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bubble.next)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is before


def test_f1_in_it_is_about_what_it_speaks_of(
    kypholog: Application, bubble: TourBubble, qtbot: QtBot
) -> None:
    headings = []
    for _ in range(5):
        qtbot.keyClick(focused(), Qt.Key.Key_F1)
        page = kypholog.window.findChildren(HelpDialog)[-1]
        headings.append(page.pages.currentItem().text())
        page.close()
        kypholog.window.activateWindow()
        bubble.next.click()
    assert headings == [
        "Finding cases",
        "Finding cases",
        "Entering a case",
        "Whom to ask today",
        "How the patients do",
    ]


def test_it_goes_back_and_not_before_its_beginning(bubble: TourBubble) -> None:
    first = said(bubble)
    assert not bubble.back.isEnabled()
    bubble.next.click()
    assert said(bubble) != first
    bubble.back.click()
    assert said(bubble) == first


def test_beginning_again_leaves_the_first_one(
    kypholog: Application, bubble: TourBubble, qtbot: QtBot
) -> None:
    begin(kypholog)
    qtbot.waitUntil(lambda: len(kypholog.window.findChildren(TourBubble)) == 1)


def test_without_a_logbook_it_leads_through_the_example(
    kypholog: Application, qtbot: QtBot
) -> None:
    begin(kypholog)
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(TourBubble)))
    assert kypholog.session.logbook is not None
    assert kypholog.window.shown_page == "cases"
    assert "1 of 5" in said(shown(kypholog))
    qtbot.waitUntil(lambda: not kypholog.jobs.is_busy)

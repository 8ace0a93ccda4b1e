# SPDX-License-Identifier: MIT
"""The tour leads through five steps, by keys alone, and can be left at any time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fresh import new_logbook
from ui.application import Application
from ui.help.tour_bubble import TourBubble


@pytest.fixture
def bubble(kypholog: Application, qtbot: QtBot, tmp_path: Path) -> TourBubble:
    """The first step, in a logbook of one's own."""
    folder = tmp_path / "Clinic.kypholog"
    new_logbook(folder).close()
    kypholog.session.open(folder)
    qtbot.waitUntil(lambda: kypholog.session.logbook is not None and not kypholog.jobs.is_busy)
    begin(kypholog)
    return shown(kypholog)


def begin(kypholog: Application) -> None:
    action = kypholog.window.findChild(QAction, "tour")
    assert isinstance(action, QAction)
    action.trigger()


def shown(kypholog: Application) -> TourBubble:
    found = kypholog.window.findChildren(TourBubble)[-1]
    assert found.isVisible()
    return found


def said(bubble: TourBubble) -> str:
    return " ".join(label.text() for label in bubble.findChildren(QLabel))


def test_it_has_five_steps_and_ends(
    kypholog: Application, bubble: TourBubble, qtbot: QtBot
) -> None:
    titles = set()
    for number in range(1, 6):
        assert f"{number} of 5" in said(bubble)
        titles.add(said(bubble))
        assert kypholog.window.rect().contains(bubble.geometry())
        qtbot.keyClick(bubble.next, Qt.Key.Key_Space)
    assert len(titles) == 5
    qtbot.waitUntil(lambda: kypholog.window.findChild(TourBubble) is None)


def test_escape_leaves_it_at_any_step(
    kypholog: Application, bubble: TourBubble, qtbot: QtBot
) -> None:
    bubble.next.click()
    qtbot.keyClick(bubble, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: kypholog.window.findChild(TourBubble) is None)


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

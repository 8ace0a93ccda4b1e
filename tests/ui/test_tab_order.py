# SPDX-License-Identifier: MIT
"""Tab goes over every control of a page, row by row, and the focus is never nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.example import add_example
from tests.fresh import new_logbook
from tests.pictures.record import NOW, to_ring
from tests.waiting import PATIENCE_MS
from ui.application import Application
from ui.pages import Pages
from ui.safety.cusum_card import CusumCard
from ui.settings import Settings

_MOST_STEPS = 60


@pytest.fixture
def kypholog(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    """The program with the two published cases, and somebody to ask today."""
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    add_example(logbook)
    to_ring(logbook, [14, 90])
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(app, Settings(store), lambda: NOW)
    qtbot.addWidget(made.window)
    made.window.resize(1360, 850)
    with qtbot.waitActive(made.window):
        made.window.show()
    made.session.open(folder)
    qtbot.waitUntil(lambda: made.session.logbook is not None, timeout=PATIENCE_MS)
    yield made
    made.session.close()
    made.jobs.wait()


def focused() -> QWidget:
    """Where the next key goes."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def round_of(page: QWidget) -> list[QWidget]:
    """What Tab leads to, from where the focus is until it comes back there."""
    seen = [focused()]
    for _ in range(_MOST_STEPS):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        if focused() is seen[0]:
            return [widget for widget in seen if page.isAncestorOf(widget)]
        seen.append(focused())
    raise AssertionError("Tab does not come back")


def stops(page: QWidget) -> set[QWidget]:
    """What Tab has to lead to. Of several of which one is down, arrow keys choose."""
    return {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_passed_over(widget)
    }


def _is_passed_over(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton):
        return False
    return widget.group() is not None and not widget.isChecked()


def test_tab_leads_to_everything(kypholog: Application, qtbot: QtBot) -> None:
    for name in ("cases", "followup", "outcomes", "safety", "literature"):
        look_over(kypholog, qtbot, name)


def look_over(kypholog: Application, qtbot: QtBot, name: str) -> None:
    kypholog.window.show_page(name)
    (pages,) = kypholog.window.findChildren(Pages)
    page = pages.stack.currentWidget()
    assert page is not None
    qtbot.waitUntil(
        lambda: not kypholog.jobs.is_busy and focused() is not page, timeout=PATIENCE_MS
    )
    assert page.isAncestorOf(focused())
    reached = round_of(page)
    missed = stops(page) - set(reached)
    assert not missed, [f"{name}: {type(one).__name__} {one.accessibleName()}" for one in missed]
    for card in page.findChildren(CusumCard):
        own = [widget for widget in reached if card.isAncestorOf(widget)]
        places = [widget.mapTo(card, QPoint()) for widget in own]
        assert all((a.y(), a.x()) < (b.y(), b.x()) for a, b in pairwise(places)), places

# SPDX-License-Identifier: MIT
"""The first page gives every word the room it needs, at any text size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.help.welcome import WelcomePage
from ui.theme import Theme


@pytest.mark.parametrize(
    ("scale", "height"), [(0.8, 800), (1.0, 800), (1.5, 800), (2.0, 800), (2.0, 600)]
)
def test_nothing_covers_anything_else(qtbot: QtBot, scale: float, height: int) -> None:
    theme = Theme("light")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    # A window would grow with its page, and become larger than the screen.
    window = QWidget()
    qtbot.addWidget(window)
    page = WelcomePage(theme, window)
    page.show_recent([Path(f"Clinic {number}.kypholog") for number in range(5)])
    page.resize(1360, height)
    window.show()
    theme.set_scale(scale)
    qtbot.waitExposed(window)
    QApplication.processEvents()
    app.setStyleSheet("")
    shown = [
        QRect(child.mapTo(page, QPoint()), child.size())
        for child in page.findChildren(QWidget)
        if child.isVisible() and isinstance(child, QLabel | QPushButton)
    ]
    assert len(shown) == 14
    in_order = pairwise(sorted(shown, key=QRect.y))
    assert [(one, other) for one, other in in_order if one.intersects(other)] == []


def test_enter_goes_on_where_one_was_or_makes_the_first_logbook(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = WelcomePage(Theme("light"), window)
    page.show_recent([])
    with qtbot.waitActive(window):
        window.show()
    page.setFocus()
    with qtbot.waitSignal(page.new_wanted):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    page.hide()
    page.show_recent([Path("Clinic.kypholog"), Path("Ward.kypholog")])
    page.show()
    page.setFocus()
    with qtbot.waitSignal(page.recent_wanted) as told:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert told.args == [Path("Clinic.kypholog")]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_frame_of_the_focus_leaves_the_words_room(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    theme = Theme("light", scale)
    theme.apply(qapp)
    page = WelcomePage(theme)
    qtbot.addWidget(page)
    page.show_recent([Path("Hallenberg.kypholog")])
    page.resize(1360, 800)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()
    link = qapp.focusWidget()
    assert isinstance(link, QPushButton)
    assert link.text() == "Hallenberg.kypholog"
    seen = page.grab(QRect(link.mapTo(page, QPoint()), link.size())).toImage()
    middle = seen.height() // 2
    frame = seen.pixelColor(0, middle).name()
    assert frame == theme.palette.focus
    room, corner = range(2, 2 + theme.px(2)), 2 + theme.radius("radius_small")
    colors = {
        seen.pixelColor(x, y).name() for x in room for y in range(corner, seen.height() - corner)
    }
    assert colors == {theme.palette.surface}


def test_the_buttons_stand_in_two_columns(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    page = WelcomePage(theme)
    qtbot.addWidget(page)
    page.show_recent([])
    with qtbot.waitExposed(page):
        page.show()
    page._server.setText("Auf einem Server öffnen…")
    QApplication.processEvents()
    edges = {
        (one.x(), one.geometry().right())
        for one in (page._open, page._server, page._example, page._tour)
    }
    assert len(edges) == 2
    assert len({right - left for left, right in edges}) == 1


def test_buttons_whose_words_have_no_room_beside_each_other_stand_below(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    page = WelcomePage(theme)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    buttons = (page._open, page._server, page._example, page._tour)
    page._example.setText("Sich das Beispiel mit zwei Fällen ansehen")
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 4)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    page._example.setText("Beispiel ansehen")
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 2)

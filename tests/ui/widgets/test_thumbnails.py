# SPDX-License-Identifier: MIT
"""The strip of small pictures ends in a place for more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.editor.dropping import drop
from ui.theme import Theme
from ui.widgets.image_entry import ImageEntry
from ui.widgets.thumbnails import ThumbnailStrip


@pytest.fixture
def strip(qtbot: QtBot) -> ThumbnailStrip:
    made = ThumbnailStrip(Theme("light"))
    qtbot.addWidget(made)
    made.show_images([ImageEntry(content="a", title="Before"), ImageEntry("b", "After")], {})
    made.resize(300, 200)
    made.show()
    return made


def asked(strip: ThumbnailStrip) -> list[list[Path]]:
    heard: list[list[Path]] = []
    strip.add_wanted.connect(heard.append)
    return heard


def test_the_tile_stands_behind_the_pictures_in_their_row(strip: ThumbnailStrip) -> None:
    last = strip.buttons()[-1].geometry()
    assert strip.adder.geometry().size() == last.size()
    assert strip.adder.y() == last.y()
    assert strip.adder.x() > last.right()


def test_it_wraps_with_them(strip: ThumbnailStrip) -> None:
    strip.resize(150, 300)
    assert strip.adder.y() > strip.buttons()[0].y()
    assert strip.heightForWidth(150) == strip.adder.geometry().bottom() + 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_or_a_click_asks_for_files(strip: ThumbnailStrip, key: Qt.Key) -> None:
    heard = asked(strip)
    QTest.keyClick(strip.adder, key)
    QTest.mouseClick(strip.adder, Qt.MouseButton.LeftButton)
    assert heard == [[], []]


def test_files_that_are_dropped_are_taken(strip: ThumbnailStrip, tmp_path: Path) -> None:
    heard, files = asked(strip), [tmp_path / "a.png", tmp_path / "b.dcm"]
    assert drop(strip.adder, *files)
    assert heard == [files]


def test_words_that_are_dragged_over_it_are_not(strip: ThumbnailStrip) -> None:
    data = QMimeData()
    data.setText("T12")
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    event.setAccepted(False)
    QApplication.sendEvent(strip.adder, event)
    assert not event.isAccepted()

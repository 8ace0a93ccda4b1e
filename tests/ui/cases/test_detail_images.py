# SPDX-License-Identifier: MIT
"""The pane beside the list shows the images of the case in small, and opens them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.case import save_case
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.radiographs import case_with_images
from ui.cases.detail import DetailPane
from ui.jobs import Jobs
from ui.theme import Theme
from ui.widgets.image_viewer import ImageViewer
from ui.widgets.thumbnails import ThumbnailStrip


def strips(pane: DetailPane) -> list[ThumbnailStrip]:
    return [strip for strip in pane.findChildren(ThumbnailStrip) if strip.isVisible()]


def test_the_images_of_a_case_are_shown_small_and_open_on_enter(
    qtbot: QtBot, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    case, plain = case_with_images(logbook), a_case("P-2")
    save_case(logbook, plain)
    jobs = Jobs()
    pane = DetailPane(jobs, Theme("light"))
    qtbot.addWidget(pane)
    pane.resize(324, 800)
    pane.set_logbook(logbook)
    pane.show()
    pane.show_case(case.id)
    qtbot.waitUntil(lambda: pane.findChild(ThumbnailStrip) is not None)
    strip = pane.findChild(ThumbnailStrip)
    assert isinstance(strip, ThumbnailStrip)
    buttons = strip.buttons()
    assert all(button.has_picture for button in buttons)
    assert [button.accessibleName().split(" ")[0] for button in buttons] == [
        "Before",
        "During",
        "After",
    ]
    QTest.keyClick(buttons[2], Qt.Key.Key_Return)
    viewer = pane.findChild(ImageViewer)
    assert isinstance(viewer, ImageViewer)
    assert viewer.titles[0].startswith("After")
    qtbot.waitUntil(lambda: not viewer.views[0].is_empty)
    viewer.close()
    pane.show_case(plain.id)
    qtbot.waitUntil(lambda: [strip.buttons() for strip in strips(pane)] == [[]])
    with qtbot.waitSignal(pane.images_wanted) as asked:
        QTest.keyClick(strips(pane)[-1].adder, Qt.Key.Key_Return)
    assert asked.args == [plain.id, []]
    qtbot.waitUntil(lambda: not jobs.is_busy)
    logbook.close()

# SPDX-License-Identifier: MIT
"""A selector is never too narrow for what is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.cut import CutWatch
from tests.ui.room import offenders
from ui.widgets.choice_box import ChoiceBox


def test_what_is_chosen_is_whole_at_its_least_width(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = ChoiceBox(window)
    box.addItems(["Latest", "All cases together", "Technique"])
    QHBoxLayout(window).addWidget(box)
    window.show()
    widths = []
    for place in range(box.count()):
        box.setCurrentIndex(place)
        window.resize(window.minimumSizeHint())
        qtbot.waitUntil(lambda: not list(offenders(window)))
        widths.append(box.minimumSizeHint().width())
    assert widths[0] < widths[2] < widths[1] <= box.sizeHint().width()


def test_the_list_has_room_for_choices_that_are_longer_than_the_box(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["All", "Merge of two patients taken back", "Key changed"])
    box.setFixedWidth(70)
    box.show()
    box.showPopup()
    watch = CutWatch()
    with watch.watching():
        assert list(watch.cut(box.view().window())) == []
    box.hidePopup()

# SPDX-License-Identifier: MIT
"""The picture of an image stands beside its boxes, and above them where these have no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.schema import Image
from models.vocabulary import ImageKind
from tests.ui.painted import words_of
from ui.editor.image_card import ImageCard
from ui.theme import Theme
from ui.widgets.field_form import FieldForm


def test_boxes_without_room_beside_the_picture_stand_below_it(qtbot: QtBot) -> None:
    page = QWidget()
    page.resize(700, 500)
    qtbot.addWidget(page)
    card = ImageCard(FieldForm(), Theme("light"), page)
    card.show_row(Image(kind=ImageKind.FLUOROSCOPY), None, is_first=True, is_last=True)
    page.show()
    box = card.find_box("kind")
    assert box is not None
    needed = card._grid.least_width()
    for width, is_below in ((600, False), (needed + 120, True)):
        card.setGeometry(0, 0, width, 500)
        picture = card.thumbnail
        qtbot.waitUntil(lambda: (card._grid.y() >= picture.geometry().bottom()) is is_below)  # noqa: B023 - at once
        assert "Fluoroscopy" in [word.text.strip() for word in words_of(box.input)]

# SPDX-License-Identifier: MIT
"""One image in the form: its small picture, and the boxes for what is said of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.schema import Image
from ui.editor.layout import IMAGE_LINES
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm
from ui.widgets.field_grid import FieldGrid
from ui.widgets.image_entry import title_of
from ui.widgets.row_button import RowButton
from ui.widgets.thumbnails import Thumbnail

_SIDE = 98
_BUTTON = 20


class ImageCard(QWidget):
    """Shows one image of the case.

    Alt+Page Up and Alt+Page Down ask for another place in the list, Alt+Delete for the image to be
    taken away.

    Signals:
        view_wanted: the small picture was pressed.
        move_wanted: (-1 or 1) towards the beginning or the end of the list.
        remove_wanted: the image is to go.
    """

    view_wanted = Signal()
    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, form: FieldForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self.row: Image | None = None
        self.thumbnail = Thumbnail(theme, _SIDE, self)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._grid = FieldGrid(theme, self)
        self._cells = self._grid.add_lines(IMAGE_LINES)
        kinds = (RowButton.Kind.UP, RowButton.Kind.DOWN, RowButton.Kind.REMOVE)
        self._up, self._down, self._remove = (RowButton(kind, theme, self) for kind in kinds)
        self.thumbnail.clicked.connect(lambda _on=False: self.view_wanted.emit())
        self._up.clicked.connect(lambda _on=False: self.move_wanted.emit(-1))
        self._down.clicked.connect(lambda _on=False: self.move_wanted.emit(1))
        self._remove.clicked.connect(lambda _on=False: self.remove_wanted.emit())
        self._arrange()

    def show_row(self, row: Image, picture: bytes | None, *, is_first: bool, is_last: bool) -> None:
        """Show this image; ``picture`` is its thumbnail, None while it is on its way."""
        if row is not self.row:
            self.row = row
            for box in self._boxes():
                self._form.bind(box, row)
        self.thumbnail.show_picture(picture)
        self.show_title()
        self._up.setEnabled(not is_first)
        self._down.setEnabled(not is_last)

    def show_title(self) -> None:
        """Call the small picture as the image is called now."""
        if self.row is not None:
            self.thumbnail.set_title(self.tr("Open: {title}").format(title=title_of(self.row)))

    def release(self) -> None:
        """Show nothing."""
        self.row = None
        for box in self._boxes():
            self._form.release(box)

    def find_box(self, field: str) -> FieldBox | None:
        """The box of a field of the image."""
        return next((box for box in self._boxes() if box.field.name == field), None)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [self.thumbnail, *(box.input for box in self._boxes())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            match event.key():
                case Qt.Key.Key_PageUp:
                    self._up.click()
                    return
                case Qt.Key.Key_PageDown:
                    self._down.click()
                    return
                case Qt.Key.Key_Delete:
                    self.remove_wanted.emit()
                    return
        super().keyPressEvent(event)

    def _boxes(self) -> list[FieldBox]:
        return [box for cell in self._cells for box in cell.boxes]

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        for button in (self._remove, self._up, self._down):
            keep(self._theme, button.setFixedSize, _BUTTON, _BUTTON)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._beside.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self._grid, 1, Qt.AlignmentFlag.AlignTop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._beside, 1)
        layout.addLayout(buttons)
        for one in (self._beside, layout):
            keep(self._theme, one.setSpacing, 12)

    def event(self, event: QEvent) -> bool:
        # What the boxes need is known when a change of the look has come to them.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        """The picture stands above the boxes where these have no room beside it."""
        gap, directions = self._theme.px(12), QBoxLayout.Direction
        taken = self.thumbnail.sizeHint().width() + self._theme.px(_BUTTON) + 2 * gap
        has_room = self._grid.least_width() <= self.width() - taken
        self._beside.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)

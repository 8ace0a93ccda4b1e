# SPDX-License-Identifier: MIT
"""Asks for the name of a filter, and whether it takes the place of one that has the name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.errors import LogbookError
from models.filters import MOST_LETTERS, FilterExists
from models.query import Filter, words_of
from ui.filters.shelf import FilterShelf
from ui.filters.shelf_dialog import ShelfDialog
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind

_WIDTH = 440


class SaveDialog(ShelfDialog):
    """One question.

    Attributes:
        name: where the name is typed.
        accept_button: saves; once a name is taken, it replaces.
    """

    def __init__(
        self, theme: Theme, shelf: FilterShelf, asked: Filter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, shelf, parent)
        self._asked = asked
        self._replaces = False
        self.setWindowTitle(self.tr("Save filter"))
        self.name = QLineEdit(self)
        self.name.setMaxLength(MOST_LETTERS)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the filter"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QDialogButtonBox.ButtonRole.AcceptRole
        self.accept_button = buttons.addButton(self.tr("Save"), save)
        set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        self.name.textEdited.connect(self._begin_anew)
        self._arrange(buttons)
        self._begin_anew()
        self.name.setFocus()

    def _arrange(self, buttons: QDialogButtonBox) -> None:
        title = QLabel(self.tr("Save filter"), self)
        words = QLabel(words_of(self._asked), self)
        about = QLabel(
            self.tr("Everybody who opens this logbook finds it on every page, under Saved."), self
        )
        set_kind(title, "title")
        for label in (words, about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_kind(about, "muted")
        layout = QVBoxLayout(self)
        keep(self._theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(self._theme, layout.setSpacing, 8)
        for widget in (title, words, self.name, self.said, about):
            layout.addWidget(widget)
        gap(self._theme, layout, 8)
        layout.addWidget(buttons)
        keep(self._theme, self.setMinimumWidth, _WIDTH)
        give_room(self)

    def _begin_anew(self) -> None:
        self._replaces = False
        self.say("")
        self.accept_button.setText(self.tr("Save"))
        self.accept_button.setEnabled(bool(self.name.text().strip()))

    def _save(self) -> None:
        self.accept_button.setEnabled(False)
        save = partial(self._shelf.save, self.name.text(), self._asked, replace=self._replaces)
        self.change(save, self.accept, self._refuse)

    def _refuse(self, error: LogbookError) -> None:
        self.accept_button.setEnabled(True)
        if not isinstance(error, FilterExists):
            self.tell(error)
            return
        existing = error.existing
        means = words_of(existing.filter) if existing.filter is not None else existing.text
        self._replaces = True
        self.say(
            self.tr("There is already a filter “{name}”: {words}.").format(
                name=existing.name, words=means
            ),
            "warning",
        )
        self.accept_button.setText(self.tr("Replace it"))
        give_room(self)

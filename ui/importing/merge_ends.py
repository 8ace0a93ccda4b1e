# SPDX-License-Identifier: MIT
"""The first and the last step of a merge: which logbook, and how it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from models.other_logbook import Done
from ui.importing.step import Step
from ui.measures import keep
from ui.theme import Theme, set_kind


class PlaceStep(Step):
    """Which logbook.

    Attributes:
        place: the folder, to type or to paste.
        browse: asks for it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Logbook"), parent)
        self.said.setText(
            self.tr(
                "Choose the folder of the other logbook, such as that of a second workstation. It "
                "is read and never changed; nothing is written here before you have seen what "
                "would be done."
            )
        )
        self.place = QLineEdit(self)
        self.place.setAccessibleName(self.tr("Folder of the other logbook"))
        self.place.setPlaceholderText("Office.kypholog")
        self.browse = QPushButton(self.tr("&Browse…"), self)
        self.browse.setAutoDefault(False)
        line = QHBoxLayout()
        keep(theme, line.setSpacing, 8)
        line.addWidget(self.place, 1)
        line.addWidget(self.browse)
        self.content.addLayout(line)
        self.content.addStretch(1)
        self.place.textChanged.connect(lambda: self.changed.emit())
        self.browse.clicked.connect(lambda: self._ask())

    @property
    def may_go_on(self) -> bool:
        return bool(self.place.text().strip())

    def begin(self) -> None:
        self.place.setFocus()

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the other logbook"), self.place.text()
        )
        if folder:
            self.place.setText(folder)


class EndStep(Step):
    """Tells how it ended.

    Attributes:
        undo: takes the merge back.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Result"), parent)
        self.undo = QPushButton(self.tr("&Undo this merge"), self)
        self.undo.setAutoDefault(False)
        self._backup = QLabel(self)
        self._backup.setWordWrap(True)
        set_kind(self._backup, "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        self.content.addWidget(self._backup)
        self.content.addLayout(buttons)
        self.content.addStretch(1)

    def begin(self) -> None:
        self.undo.setFocus()

    def show_done(self, done: Done) -> None:
        """Tell what was written."""
        merged = done.merged
        told = self.tr(
            "{name} is merged: {new} new cases, {changed} changed cases, {people} changed "
            "patients. {told} entries of its audit are kept in ours."
        )
        self.said.setText(
            told.format(
                name=done.name,
                new=f"{merged.new:,}",
                changed=f"{merged.changed:,}",
                people=f"{merged.people:,}",
                told=f"{merged.told:,}",
            )
        )
        self.undo.setEnabled(bool(merged.new or merged.changed or merged.people))
        if done.backup is not None:
            told = self.tr("The logbook as it was before lies in {folder}, as {file}.")
            lies = done.backup.file
            self._backup.setText(told.format(folder=lies.parent.name, file=lies.name))

    def show_undone(self) -> None:
        """Tell that it was taken back."""
        self.notice.tell(self.tr("The merge is undone. Edit > Redo does it again."))
        self.undo.setEnabled(False)

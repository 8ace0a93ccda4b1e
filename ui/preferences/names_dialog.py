# SPDX-License-Identifier: MIT
"""Asks what is to become of stored names when they are no longer to be stored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.speech import numeral
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind
from ui.topics import SETTINGS, explain

_WIDTH = 480


class NamesDialog(QDialog):
    """Keep them hidden, or take them out of the record now.

    Attributes:
        keep_choice, remove_choice: the two answers.
    """

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, SETTINGS)
        self.setWindowTitle(self.tr("Names and record numbers"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        one = self.tr("1 patient has a name or record number in this logbook.")
        many = self.tr("{n} patients have a name or record number in this logbook.")
        title = QLabel(one if count == 1 else many.format(n=numeral(count, ",")), self)
        set_kind(title, "heading")
        title.setWordWrap(True)
        self.keep_choice = QRadioButton(self.tr("Keep them in the record, hidden"), self)
        self.remove_choice = QRadioButton(self.tr("Remove them from the record now"), self)
        self.keep_choice.setChecked(True)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 4)
        layout.addWidget(title)
        for choice, text in (
            (self.keep_choice, self.tr("They are shown again when this is switched on again.")),
            (
                self.remove_choice,
                self.tr(
                    "They leave record and search for good. The audit still holds the old values, "
                    "because it keeps every change, and so do backups that were made before."
                ),
            ),
        ):
            gap(theme, layout, 8)
            layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
            said = QLabel(text, self)
            said.setWordWrap(True)
            keep(theme, said.setIndent, 26)
            set_kind(said, "muted")
            choice.setAccessibleDescription(text)
            layout.addWidget(said)
        gap(theme, layout, 16)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go_on = QPushButton(self.tr("Switch off"), self)
        set_kind(go_on, "primary")
        go_on.setDefault(True)
        buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        give_room(self)

    @property
    def removes(self) -> bool:
        """Whether the names are to leave the record."""
        return self.remove_choice.isChecked()

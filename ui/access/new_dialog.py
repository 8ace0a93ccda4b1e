# SPDX-License-Identifier: MIT
"""Asks whether a new logbook is to be encrypted, and with whose password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui.access.new_password import NewPassword
from ui.access.parts import fit, layout_of, put_below, sentence, trouble
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, explain


class NewLogbookDialog(QDialog):
    """Encrypted is what it offers first.

    Attributes:
        encrypted, plain: the two choices.
        people: the first administrator and his password.
        trouble: what is not right yet.
    """

    def __init__(
        self, theme: Theme, logbook_name: str, user: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, ENCRYPTION)
        self.setWindowTitle(self.tr("New logbook"))
        about = self.tr("Who should be able to read what is entered in it?")
        layout = layout_of(self, theme, logbook_name, about)
        gap(theme, layout, 8)
        self.encrypted = QRadioButton(self.tr("&Encrypted: only those who sign in"), self)
        self.plain = QRadioButton(self.tr("No&t encrypted: anybody who can open the folder"), self)
        self.encrypted.setChecked(True)
        layout.addWidget(self.encrypted, 0, Qt.AlignmentFlag.AlignLeft)
        self.people = NewPassword(theme, user, self)
        keep(theme, self.people.form.setContentsMargins, 26, 0, 0, 0)
        said = self.tr(
            "Three or four words are easy to remember and hard to guess. You are the "
            "administrator and can let others in. Next you get a recovery key, for the day on "
            "which a password is forgotten."
        )
        self.people.form.addRow(sentence(said, self))
        layout.addWidget(self.people)
        layout.addWidget(self.plain, 0, Qt.AlignmentFlag.AlignLeft)
        later = sentence(self.tr("For trying things out. It can be encrypted later."), self)
        keep(theme, later.setIndent, 26)
        layout.addWidget(later)
        self.trouble = trouble(self)
        put_below(self, theme, self.trouble, self._buttons())
        self.encrypted.toggled.connect(self.people.setEnabled)
        self.people.password_box.setFocus()
        fit(self)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        make = QPushButton(self.tr("Make logbook"), self)
        set_kind(make, "primary")
        make.setDefault(True)
        buttons.addButton(make, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        make.clicked.connect(self._take)
        return buttons

    def _take(self) -> None:
        if self.encrypted.isChecked() and (said := self.people.wrong()):
            self.trouble.setText(said)
            self.trouble.show()
            fit(self)
            return
        self.accept()

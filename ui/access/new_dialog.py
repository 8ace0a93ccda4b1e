# SPDX-License-Identifier: MIT
"""Asks whether a new logbook is to be encrypted, and with whose password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from models.accounts.naming import proper_name, proper_password
from models.errors import InvalidValue
from ui.access.parts import form_of, layout_of, password_box, sentence, trouble
from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind


class NewLogbookDialog(QDialog):
    """Encrypted is what it offers first.

    Attributes:
        encrypted, plain: the two choices.
        name_box, password_box, again_box: the first administrator.
        trouble: what is not right yet.
    """

    def __init__(
        self, theme: Theme, logbook_name: str, user: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New logbook"))
        about = self.tr("Who should be able to read what is entered in it?")
        layout = layout_of(self, theme, logbook_name, about)
        gap(theme, layout, 8)
        self.encrypted = QRadioButton(self.tr("&Encrypted: only those who sign in"), self)
        self.plain = QRadioButton(self.tr("&Not encrypted: anybody who can open the folder"), self)
        self.encrypted.setChecked(True)
        layout.addWidget(self.encrypted, 0, Qt.AlignmentFlag.AlignLeft)
        self._people = QWidget(self)
        form = form_of(theme)
        keep(theme, form.setContentsMargins, 26, 0, 0, 0)
        self._people.setLayout(form)
        self.name_box = QLineEdit(user, self)
        self.name_box.setAccessibleName(self.tr("Your name"))
        self.password_box = password_box(self, self.tr("Password"))
        self.again_box = password_box(self, self.tr("Password once more"))
        form.addRow(self.tr("&Your name"), self.name_box)
        form.addRow(self.tr("&Password"), self.password_box)
        form.addRow(self.tr("&Once more"), self.again_box)
        said = self.tr(
            "Three or four words are easy to remember and hard to guess. You are the "
            "administrator and can let others in. Next you get a recovery key, for the day on "
            "which a password is forgotten."
        )
        form.addRow(sentence(said, self))
        layout.addWidget(self._people)
        layout.addWidget(self.plain, 0, Qt.AlignmentFlag.AlignLeft)
        later = sentence(self.tr("For trying things out. It can be encrypted later."), self)
        keep(theme, later.setContentsMargins, 26, 0, 0, 0)
        layout.addWidget(later)
        self.trouble = trouble(self)
        layout.addWidget(self.trouble)
        gap(theme, layout, 8)
        layout.addWidget(self._buttons())
        self.encrypted.toggled.connect(self._people.setEnabled)
        self.password_box.setFocus()
        give_room(self)

    @property
    def name(self) -> str:
        """The name of the first administrator."""
        return self.name_box.text()

    @property
    def password(self) -> str:
        """The password."""
        return self.password_box.text()

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
        if self.encrypted.isChecked() and (said := self._wrong()):
            self.trouble.setText(said)
            self.trouble.show()
            give_room(self)
            return
        self.accept()

    def _wrong(self) -> str:
        try:
            proper_password(self.password, proper_name(self.name))
        except InvalidValue as error:
            box = self.name_box if error.field == "user" else self.password_box
            box.setFocus()
            return str(error)
        if self.password != self.again_box.text():
            self.again_box.setFocus()
            return self.tr("The two passwords are not the same. Type the second one again.")
        return ""

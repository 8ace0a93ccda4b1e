# SPDX-License-Identifier: MIT
"""Boxes for a name and a new password that is typed twice, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from models.accounts.naming import proper_name, proper_password
from models.errors import InvalidValue
from ui.access.parts import form_of, password_box
from ui.theme import Theme


class NewPassword(QWidget):
    """Asks for them in a form.

    Args:
        user: who it is about; an empty name is asked for.
        asks_name: whether the name can be changed.

    Attributes:
        name_box, password_box, again_box: the boxes.
        form: where they stand; more can be added below.
    """

    def __init__(
        self, theme: Theme, user: str = "", parent: QWidget | None = None, *, asks_name: bool = True
    ) -> None:
        super().__init__(parent)
        self.form = form_of(theme)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.form)
        self.name_box = QLineEdit(user, self)
        self.name_box.setAccessibleName(self.tr("Name"))
        self.password_box = password_box(self, self.tr("New password"))
        self.again_box = password_box(self, self.tr("New password once more"))
        self.name_box.setVisible(asks_name)
        if asks_name:
            self.form.addRow(self.tr("&Name"), self.name_box)
        self.form.addRow(self.tr("New &password"), self.password_box)
        self.form.addRow(self.tr("&Once more"), self.again_box)

    @property
    def name(self) -> str:
        """Who it is about."""
        return self.name_box.text()

    @property
    def password(self) -> str:
        """The password that was typed first."""
        return self.password_box.text()

    def wrong(self) -> str:
        """What is not right yet, in a sentence, with the focus in its box; "" where all is."""
        try:
            proper_password(self.password, proper_name(self.name))
        except InvalidValue as error:
            _ask_again(self.name_box if error.field == "user" else self.password_box)
            return str(error)
        if said := differing(self.password, self.again_box.text()):
            _ask_again(self.again_box)
        return said

    def empty(self) -> None:
        """Forget what was typed."""
        self.password_box.clear()
        self.again_box.clear()


def differing(password: str, again: str) -> str:
    """What is wrong with a password that was typed twice, in a sentence; "" where nothing is."""
    if password == again:
        return ""
    if not again:
        return _tr("Type the password once more.")
    return _tr("The two passwords are not the same. Type the second one again.")


def _ask_again(box: QLineEdit) -> None:
    """What is typed next takes the place of what was wrong."""
    box.setFocus()
    box.selectAll()


def _tr(text: str) -> str:
    return QCoreApplication.translate("access", text)

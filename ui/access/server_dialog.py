# SPDX-License-Identifier: MIT
"""Asks for the address of a logbook that a server keeps, and for the password of the account."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QWidget

from models.address import Address
from models.errors import LogbookError, PasswordWanted
from ui.access.parts import fit, form_of, layout_of, password_box, put_below, sentence, trouble
from ui.measures import gap
from ui.theme import Theme, set_kind
from ui.topics import SERVERS, below, explain


class ServerDialog(QDialog):
    """Stays until the logbook is open, or the user gives up.

    Args:
        theme: its look.
        address: what is known of the server; None for nothing.
        parent: the window it stands over.

    Signals:
        wanted: (Address, str) the logbook there is to be opened, with this password.

    Attributes:
        address_box, secret_box: where, and with what.
        trouble: what was wrong last.
    """

    wanted = Signal(object, str)

    def __init__(
        self, theme: Theme, address: Address | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, below(SERVERS, "Begin"))
        self.setWindowTitle(self.tr("Open on a server"))
        about = self.tr(
            "A PostgreSQL server can keep a logbook for several workstations. Ask whoever looks "
            "after it for the address and for an account."
        )
        layout = layout_of(self, theme, self.tr("Open on a server"), about)
        gap(theme, layout, 8)
        form = form_of(theme)
        self.address_box = QLineEdit(self)
        self.address_box.setAccessibleName(self.tr("Address"))
        self.address_box.setPlaceholderText("postgresql://user@server/database")
        self.address_box.setText(address.uri if address is not None else "")
        # Who and where stand at its beginning.
        self.address_box.setCursorPosition(0)
        self.secret_box = password_box(self, self.tr("Password"))
        form.addRow(self.tr("&Address"), self.address_box)
        form.addRow(self.tr("&Password"), self.secret_box)
        layout.addLayout(form)
        layout.addWidget(
            sentence(
                self.tr(
                    "The password is kept in memory only while the logbook is open, and written "
                    "nowhere. Leave it empty where the server asks for none."
                ),
                self,
            )
        )
        self.trouble = trouble(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = QPushButton(self.tr("Open"), self)
        set_kind(self._go, "primary")
        self._go.setDefault(True)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._go.clicked.connect(self._ask)
        put_below(self, theme, self.trouble, buttons)
        (self.address_box if address is None else self.secret_box).setFocus()
        fit(self)

    def refuse(self, error: LogbookError) -> None:
        """Say why the logbook is not open; the address stays, the password goes."""
        self._go.setEnabled(True)
        self._say(str(error))
        self.secret_box.clear()
        wants_password = isinstance(error, PasswordWanted)
        (self.secret_box if wants_password else self.address_box).setFocus()

    def _ask(self) -> None:
        try:
            address = Address.read(self.address_box.text().strip())
        except LogbookError as error:
            self._say(str(error))
            self.address_box.setFocus()
            return
        self._go.setEnabled(False)
        self.trouble.hide()
        self.wanted.emit(address, self.secret_box.text())

    def _say(self, said: str) -> None:
        self.trouble.setText(said)
        self.trouble.show()
        fit(self)

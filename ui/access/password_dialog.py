# SPDX-License-Identifier: MIT
"""Asks for another password: one's own, or one for somebody who has forgotten his."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from models.errors import LogbookError
from ui.access.countdown import Countdown
from ui.access.new_password import NewPassword
from ui.access.parts import fit, layout_of, password_box, put_below, trouble
from ui.measures import gap
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, explain


class PasswordDialog(QDialog):
    """Stays until the password is another one, or the user gives up.

    Signals:
        wanted: (str, str) the old password, "" where it is not asked for, and the new one.

    Attributes:
        old_box: the present password; hidden for somebody else's.
        people: the new one.
        trouble: what was wrong last.
    """

    wanted = Signal(str, str)

    def __init__(
        self, theme: Theme, user: str, parent: QWidget | None = None, *, is_own: bool
    ) -> None:
        super().__init__(parent)
        explain(self, ENCRYPTION)
        self.setWindowTitle(self.tr("Password"))
        title, about = self.tr("My password"), self.tr("Only you should know it.")
        if not is_own:
            title = self.tr("New password for {user}").format(user=user)
            about = self.tr("Tell it to nobody else; it can be changed under Tools > My password.")
        layout = layout_of(self, theme, title, about)
        gap(theme, layout, 8)
        self._is_own = is_own
        self.old_box = password_box(self, self.tr("Present password"))
        self.people = NewPassword(theme, user, self, asks_name=False)
        self.old_box.setVisible(is_own)
        if is_own:
            self.people.form.insertRow(0, self.tr("P&resent password"), self.old_box)
            self.setTabOrder(self.old_box, self.people.password_box)
        layout.addWidget(self.people)
        self.trouble = trouble(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = QPushButton(self.tr("Change password"), self)
        set_kind(self._go, "primary")
        self._go.setDefault(True)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._go.clicked.connect(self._take)
        put_below(self, theme, self.trouble, buttons)
        self._countdown = Countdown(self._wait, self)
        (self.old_box if is_own else self.people.password_box).setFocus()
        fit(self)

    def refuse(self, error: LogbookError) -> None:
        """Say why it stays as it is."""
        self._go.setEnabled(True)
        self.old_box.clear()
        self.old_box.setFocus()
        self._say(str(error))
        self._countdown.begin(error)

    def _take(self) -> None:
        if said := self.people.wrong():
            self._say(said)
            return
        self._go.setEnabled(False)
        self.trouble.hide()
        self.wanted.emit(self.old_box.text(), self.people.password)

    def _wait(self, said: str) -> None:
        self._go.setEnabled(not said)
        if said:
            self._say(said)
        else:
            self.trouble.hide()

    def _say(self, said: str) -> None:
        self.trouble.setText(said)
        self.trouble.show()
        fit(self)

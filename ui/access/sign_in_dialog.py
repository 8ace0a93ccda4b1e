# SPDX-License-Identifier: MIT
"""Asks for name and password of an encrypted logbook, or for its recovery key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from models.access import Credential, Password, Recovery
from models.errors import LogbookError
from ui.access.countdown import Countdown
from ui.access.parts import fit, form_of, layout_of, password_box, put_below, trouble
from ui.access.why import Why
from ui.measures import gap
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, below, explain


class SignInDialog(QDialog):
    """Stays until the logbook is open, or the user gives up.

    Args:
        why: what the dialog says first.
        has_draft: whether what was being entered is kept as a draft, and that is said.

    Signals:
        wanted: (Credential) somebody wants to sign in with this.

    Attributes:
        name_box, secret_box: who, and with what.
        recovery_tick: whether it is the recovery key.
        trouble: what was wrong last.
    """

    wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        logbook_name: str,
        names: Sequence[str],
        user: str,
        *,
        why: Why = Why.OPENS,
        has_draft: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(ENCRYPTION, "What if I forget my password?"))
        self.setWindowTitle(self.tr("Sign in"))
        layout = layout_of(self, theme, logbook_name, self._about(why, user, has_draft=has_draft))
        gap(theme, layout, 8)
        form = form_of(theme)
        self.name_box = QComboBox(self)
        self.name_box.addItems(list(names))
        self.name_box.setAccessibleName(self.tr("Name"))
        self.name_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_box.setCurrentIndex(max(self.name_box.findText(user), 0))
        self.secret_box = password_box(self, self.tr("Password"))
        self._secret_label = QLabel(self.tr("&Password"), self)
        self._secret_label.setBuddy(self.secret_box)
        form.addRow(self.tr("&Name"), self.name_box)
        form.addRow(self._secret_label, self.secret_box)
        layout.addLayout(form)
        self.recovery_tick = QCheckBox(self.tr("Use the &recovery key instead"), self)
        self.recovery_tick.toggled.connect(self._change_kind)
        layout.addWidget(self.recovery_tick)
        self.trouble = trouble(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = QPushButton(self.tr("Sign in"), self)
        set_kind(self._go, "primary")
        self._go.setDefault(True)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self._go.clicked.connect(self._ask)
        put_below(self, theme, self.trouble, buttons)
        self._countdown = Countdown(self._wait, self)
        self.name_box.currentIndexChanged.connect(lambda _place: self._turn())
        (self.name_box if why is Why.SWITCHES else self.secret_box).setFocus()
        fit(self)

    def _about(self, why: Why, user: str, *, has_draft: bool) -> str:
        match why:
            case Why.LOCKED if not has_draft:
                return self.tr("Locked. Sign in to go on.")
            case Why.SWITCHES if not has_draft:
                return self.tr("{user} is signed out. Who goes on?").format(user=user)
            case Why.LOCKED:
                return self.tr(
                    "Locked. What you were entering is kept as a draft; sign in to go on."
                )
            case Why.SWITCHES:
                return self.tr(
                    "{user} is signed out; what was not saved is kept as a draft. Who goes on?"
                ).format(user=user)
            case Why.HELD:
                return self.tr(
                    "Locked. What {user} was entering cannot be kept as a draft, so only {user} "
                    "can go on."
                ).format(user=user)
        return self.tr("This logbook is encrypted. Sign in to open it.")

    def refuse(self, error: LogbookError) -> None:
        """Say why this did not open the logbook; the name stays, the password goes."""
        self._go.setEnabled(True)
        self._say(str(error))
        self._countdown.begin(error)
        if not self.recovery_tick.isChecked():
            self.secret_box.clear()
        self.secret_box.setFocus()

    def _wait(self, said: str) -> None:
        self._go.setEnabled(not said)
        self._say(said)

    def _say(self, said: str) -> None:
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))
        fit(self)

    def _turn(self) -> None:
        """Somebody else need not wait for the one who has to; the models say who does."""
        if self._countdown.is_waiting:
            self._countdown.stop()
            self._wait("")

    def _ask(self) -> None:
        self._go.setEnabled(False)
        self.trouble.hide()
        self.wanted.emit(self.credential())

    def credential(self) -> Credential:
        """What was typed."""
        typed = self.secret_box.text()
        if self.recovery_tick.isChecked():
            return Recovery(typed)
        return Password(self.name_box.currentText(), typed)

    def _change_kind(self, by_recovery: bool) -> None:
        self._turn()
        self.name_box.setEnabled(not by_recovery)
        label = self.tr("Recovery &key") if by_recovery else self.tr("&Password")
        self._secret_label.setText(label)
        self.secret_box.setAccessibleName(label.replace("&", ""))
        # Whoever types seven groups from paper has to see them.
        mode = self.secret_box.EchoMode
        self.secret_box.setEchoMode(mode.Normal if by_recovery else mode.Password)
        self.secret_box.clear()
        self.secret_box.setFocus()

# SPDX-License-Identifier: MIT
"""Asks who is to be the administrator of a logbook that is encrypted now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from ui.access.new_password import NewPassword
from ui.access.parts import fit, layout_of, put_below, sentence, trouble
from ui.measures import gap
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, below, explain

_MOST_NAMED = 4


class EncryptDialog(QDialog):
    """Says what will happen, and names what stays readable.

    Args:
        logbook_name: of the logbook.
        user: who works with it.
        copies: earlier backups and whatever else lies there in plain.

    Attributes:
        people: the administrator and the password.
        trouble: what is not right yet.
    """

    def __init__(
        self,
        theme: Theme,
        logbook_name: str,
        user: str,
        copies: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(ENCRYPTION, "Encrypting a logbook later"))
        self.setWindowTitle(self.tr("Encrypt"))
        about = self.tr(
            "From then on only those who sign in can read it. It is written anew, compared row by "
            "row, and only then takes the place of the present one. Nobody else may have it open "
            "meanwhile."
        )
        title = self.tr("Encrypt {logbook}").format(logbook=logbook_name)
        layout = layout_of(self, theme, title, about)
        gap(theme, layout, 8)
        self.people = NewPassword(theme, user, self)
        layout.addWidget(self.people)
        hint = self.tr(
            "Three or four words are easy to remember and hard to guess. You are the administrator "
            "and can let others in. Next you get a recovery key, for the day on which a password "
            "is forgotten."
        )
        layout.addWidget(sentence(hint, self))
        if copies:
            gap(theme, layout, 8)
            layout.addWidget(sentence(self._said_of(copies), self))
        self.trouble = trouble(self)
        put_below(self, theme, self.trouble, self._buttons())
        self.people.password_box.setFocus()
        fit(self)

    def _said_of(self, copies: Sequence[str]) -> str:
        named = "\n".join(copies[:_MOST_NAMED])
        if len(copies) > _MOST_NAMED:
            named += "\n" + self.tr("and {n} more").format(n=len(copies) - _MOST_NAMED)
        said = self.tr(
            "Earlier copies are not encrypted:\n{names}\nWhen an encrypted backup was made and "
            "checked, you are asked what is to become of them."
        )
        return said.format(names=named)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go = QPushButton(self.tr("Encrypt"), self)
        set_kind(go, "primary")
        go.setDefault(True)
        buttons.addButton(go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        go.clicked.connect(self._take)
        return buttons

    def _take(self) -> None:
        if said := self.people.wrong():
            self.trouble.setText(said)
            self.trouble.show()
            fit(self)
            return
        self.accept()

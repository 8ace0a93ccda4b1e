# SPDX-License-Identifier: MIT
"""Asks why cases go into the bin. The reason is kept with them."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.speech import numeral
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, explain

_WIDTH = 400


class BinDialog(QDialog):
    """One question with one line to answer it; without a reason nothing is moved.

    Attributes:
        reason_box: where the reason is typed.
        move_button: accepts; enabled while there is a reason.
    """

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(ENTRY, "Afterwards"))
        self.setWindowTitle(self.tr("Move to bin"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        title = self.tr("Move this case to the bin?")
        then = self.tr("It leaves the list and every analysis. Record and history are kept.")
        if count > 1:
            title = self.tr("Move {count} cases to the bin?").format(count=numeral(count, ","))
            then = self.tr(
                "They leave the list and every analysis. Records and histories are kept."
            )
        question = QLabel(title, self)
        set_kind(question, "heading")
        hint = QLabel(then, self)
        set_kind(hint, "muted")
        hint.setWordWrap(True)
        self.reason_box = QLineEdit(self)
        self.reason_box.setPlaceholderText(self.tr("Why? For example: entered twice"))
        self.reason_box.setAccessibleName(self.tr("Reason"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.move_button = buttons.addButton(
            self.tr("Move to bin"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        set_kind(self.move_button, "danger")
        self.move_button.setEnabled(False)
        guard(self.move_button, "bin_case")
        self.move_button.setDefault(True)
        self.reason_box.textChanged.connect(
            lambda text: self.move_button.setEnabled(bool(text.strip()))
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 8)
        for widget in (question, hint, self.reason_box):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        layout.addWidget(buttons)

    @property
    def reason(self) -> str:
        """What was given as the reason."""
        return self.reason_box.text().strip()

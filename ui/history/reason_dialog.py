# SPDX-License-Identifier: MIT
"""Says what will be brought back, and asks why; the reason may stay open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, explain

_WIDTH = 440


class ReasonDialog(QDialog):
    """One question.

    Attributes:
        patient_box: also the fields of the person; hidden where they are as they were.
        reason_box: where the reason is typed.
        accept_button: does it.
    """

    def __init__(
        self, theme: Theme, title: str, about: str, button: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, ENTRY)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Bring back"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        heading, text = QLabel(title, self), QLabel(about, self)
        set_kind(heading, "heading")
        set_kind(text, "muted")
        for label in (heading, text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        text.setVisible(bool(about))
        self.patient_box = QCheckBox(self)
        self.patient_box.hide()
        self.reason_box = QLineEdit(self)
        self.reason_box.setPlaceholderText(self.tr("Why? May be left open"))
        self.reason_box.setAccessibleName(self.tr("Reason"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(24,) * 4)
        keep(theme, layout.setSpacing, 8)
        for widget in (heading, text, self.patient_box, self.reason_box):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        layout.addWidget(buttons)
        self.reason_box.setFocus()

    def offer_patient(self, text: str, *, checked: bool) -> None:
        """Ask whether the fields of the person come back too."""
        self.patient_box.setText(text)
        self.patient_box.setChecked(checked)
        self.patient_box.show()

    @property
    def with_patient(self) -> bool:
        """Whether they do."""
        return not self.patient_box.isHidden() and self.patient_box.isChecked()

    @property
    def reason(self) -> str:
        """What was given as the reason."""
        return self.reason_box.text().strip()

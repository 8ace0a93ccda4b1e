# SPDX-License-Identifier: MIT
"""Shows what a check of the logbook found."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.speech import numeral
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import AUDIT, below, explain

_WIDTH = 560


class CheckDialog(QDialog):
    """The result of ``verify``: all is well, or a list that can be copied."""

    def __init__(self, theme: Theme, findings: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(AUDIT, "What a check finds"))
        self.setWindowTitle(self.tr("Check the logbook"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        title = QLabel(self)
        set_kind(title, "title")
        text = QLabel(self)
        text.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(text)
        if findings:
            many = self.tr("{n} findings").format(n=numeral(len(findings), ","))
            title.setText(self.tr("1 finding") if len(findings) == 1 else many)
            text.setText(
                self.tr(
                    "Keep the folder as it is. Copy this list, and compare with your last backup "
                    "before you go on."
                )
            )
            listed = QPlainTextEdit("\n".join(findings), self)
            listed.setReadOnly(True)
            listed.setAccessibleName(self.tr("Findings"))
            layout.addWidget(listed)
        else:
            title.setText(self.tr("All is well"))
            text.setText(
                self.tr(
                    "The database is whole, the audit is unbroken, and every case is what the "
                    "audit says it is."
                )
            )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

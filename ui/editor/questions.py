# SPDX-License-Identifier: MIT
"""What the editor has to ask before something typed is lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

Answer = QMessageBox.StandardButton


def ask_about_changes(parent: QWidget) -> Answer:
    """Save, Discard or Cancel."""
    return QMessageBox.question(
        parent,
        _tr("Unsaved changes"),
        _tr("Save what you entered?"),
        Answer.Save | Answer.Discard | Answer.Cancel,
        Answer.Save,
    )


def may_discard(parent: QWidget) -> bool:
    """Whether what was entered may be lost."""
    answer = QMessageBox.question(
        parent,
        _tr("Discard"),
        _tr("Discard what you entered? It cannot be brought back."),
        Answer.Discard | Answer.Cancel,
        Answer.Cancel,
    )
    return answer == Answer.Discard


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)

# SPDX-License-Identifier: MIT
"""A button within a line that clears it, with a name for those who cannot see it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QToolButton


def offer_clearing(line: QLineEdit) -> None:
    """Let a line be cleared with one click."""
    line.setClearButtonEnabled(True)
    for button in line.findChildren(QToolButton):
        button.setAccessibleName(QCoreApplication.translate("lines", "Clear"))

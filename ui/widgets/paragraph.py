# SPDX-License-Identifier: MIT
"""Small print that breaks into lines, so that no card is wider than its place."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import set_kind


def paragraph(parent: QWidget) -> QLabel:
    """An empty paragraph in small print."""
    label = QLabel(parent)
    label.setWordWrap(True)
    set_kind(label, "small")
    return label

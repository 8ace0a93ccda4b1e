# SPDX-License-Identifier: MIT
"""Small pieces that the pane of a case is put together from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout

from ui.theme import set_kind, set_state


def heading(text: str, state: str = "") -> QLabel:
    """A heading, perhaps in the color of a state."""
    made = label("heading", text)
    set_state(made, state)
    return made


def label(kind: str, text: str = "") -> QLabel:
    """Plain text of one kind that wraps and can be selected."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_kind(made, kind)
    return made


def empty_out(layout: QLayout) -> None:
    """Take everything out of a layout, with the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_out(inner)

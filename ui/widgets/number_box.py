# SPDX-License-Identifier: MIT
"""Box for a number: comma or point, the unit inside, impossible values refused in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import Number
from ui.widgets.field_box import LineBox


class NumberBox(LineBox):
    """A measured or counted number."""

    def __init__(self, field: Number, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)

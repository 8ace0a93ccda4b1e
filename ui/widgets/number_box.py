# SPDX-License-Identifier: MIT
"""Box for a number: comma or point, the unit inside, impossible values refused in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import Number
from ui.widgets.field_box import LineBox

_DIGITS = 4


class NumberBox(LineBox):
    """A measured or counted number."""

    def __init__(self, field: Number, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)
        self._number = field

    def sample(self) -> str:
        least, most = self._number.hard.low, self._number.hard.high
        sign = "−" if least is not None and least < 0 else ""
        digits = len(str(int(most))) if most is not None else _DIGITS
        return sign + "0" * digits + (".0" if self._number.decimals else "")

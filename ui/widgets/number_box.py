# SPDX-License-Identifier: MIT
"""Box for a number: comma or point, the unit inside, impossible values refused in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import Number
from models.vocabulary import Vocabulary
from ui.widgets.line_box import LineBox

_DIGITS = 4


class NumberBox(LineBox):
    """A measured or counted number. "3 years" fills the box of the unit too, if it has one."""

    def __init__(self, field: Number, parent: QWidget | None = None) -> None:
        self._number = field
        self._unit: Vocabulary | None = None
        super().__init__((field,), parent)

    def read(self, text: str) -> object:
        number, self._unit = self._number.unit_behind(text)
        return super().read(number)

    def told_along(self) -> dict[str, object]:
        is_told = self._unit is not None and not self.problem()
        return {self._number.unit_in: self._unit} if is_told else {}

    def sample(self) -> str:
        least, most = self._number.hard.low, self._number.hard.high
        sign = "−" if least is not None and least < 0 else ""
        digits = len(str(int(most))) if most is not None else _DIGITS
        return sign + "0" * digits + (".0" if self._number.decimals else "")

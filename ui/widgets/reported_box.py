# SPDX-License-Identifier: MIT
"""Box for a number as it was reported: "10", "0-1", or words, which never become a number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.errors import InvalidValue
from models.fields import Number, Words
from models.numbers import Reported, read_reported, show_reported
from ui.widgets.line_box import LineBox

NOTHING = Reported()


class ReportedBox(LineBox):
    """One box for low end, high end and words; its value is a ``Reported``.

    Args:
        fields: the three columns, as ``models.fields.reported`` makes them.
        keeps_words: the words have a box of their own beside this one, so a number typed here
            leaves them alone, unless they were typed here too. Otherwise what is typed replaces
            the whole report.
    """

    def __init__(
        self,
        fields: tuple[Number, Number, Words],
        parent: QWidget | None = None,
        *,
        keeps_words: bool = False,
    ) -> None:
        self._number = fields[0]
        self._keeps_words = keeps_words
        self._words_from_here = ""
        super().__init__(fields, parent)
        self._value = NOTHING

    def sample(self) -> str:
        return "00–00"

    def is_empty(self) -> bool:
        return self._value in (None, NOTHING) and not self._problem

    def takes_reason(self) -> bool:
        """Words do not say why there is no number."""
        has_number = isinstance(self._value, Reported) and self._value.low is not None
        return not has_number and not self._problem

    def show_value(self, value: object) -> str:
        if not isinstance(value, Reported):
            return ""
        return show_reported(value, self._number.decimals)

    def read(self, text: str) -> Reported:
        try:
            typed = read_reported(text, self._number.unit)
        except ValueError as error:
            raise InvalidValue(self._number.name, f"{self._number.label}: {error}") from error
        for end in (typed.low, typed.high):
            if why := self._number.refusal(end):
                raise InvalidValue(self._number.name, why)
        if typed.low is None and typed.words:
            self._words_from_here = typed.words
            return typed
        if not self._keeps_words or self._words() == self._words_from_here:
            return typed
        had_number = isinstance(self._value, Reported) and self._value.low is not None
        kept = self._words() if had_number or typed.low is not None else ""
        return Reported(typed.low, typed.high, kept or typed.words)

    def value_without_number(self) -> Reported:
        return Reported(words=self._words()) if self._keeps_words else NOTHING

    def _words(self) -> str:
        return self._value.words if isinstance(self._value, Reported) else ""

# SPDX-License-Identifier: MIT
"""Box for a date: as much of it as is known, or "t" for today."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from models.errors import InvalidValue
from models.fields import Day
from models.partial_date import PartialDate
from models.speech import language
from models.typed import plain
from ui.widgets.line_box import LineBox

_FROM_TODAY = re.compile(r"t(?:oday)?\s*([+-]\s*\d{1,4})?", re.IGNORECASE)
_NAMED = {".": 0, "yesterday": -1, "y": -1, "tomorrow": 1}
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


_DAY_FIRST = "{d}/{m}/{y}"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class DayBox(LineBox):
    """A date, possibly partial; Up and Down move by a day.

    "t", "today" and "." are today, "t-1" and "yesterday" the day before.
    """

    def __init__(self, field: Day, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)
        self.input.installEventFilter(self)

    def sample(self) -> str:
        return "2026-12-30"

    def read(self, text: str) -> object:
        typed = plain(text).casefold()
        found, days = _FROM_TODAY.fullmatch(typed), _NAMED.get(typed)
        if not found and days is None:
            return super().read(_in_order(typed) if language().day == _DAY_FIRST else text)
        if found:
            days = int((found[1] or "0").replace(" ", ""))
        assert days is not None
        return super().read((date.today() + timedelta(days)).isoformat())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._step(event)
        if isinstance(event, QFocusEvent):
            self._show_hint()
        return super().eventFilter(watched, event)

    def _step(self, event: QKeyEvent) -> bool:
        days = _STEPS.get(Qt.Key(event.key()), 0)
        if not days or self.input.isReadOnly():
            return False
        self.commit()
        day = self._value.exact if isinstance(self._value, PartialDate) else None
        if day is not None:
            text = (day + timedelta(days)).isoformat()
            if not self._refuses(text):
                self._take(text, told=True)
        return True

    def _refuses(self, text: str) -> bool:
        try:
            self.read(text)
        except InvalidValue:
            return True
        return False

    def _show_hint(self) -> None:
        """While the box waits for a date, it says how to enter today's."""
        super()._show_hint()
        is_waiting = self.input.hasFocus() and not self._missing and not self.input.isReadOnly()
        if is_waiting and self.proposal() is None:
            self.input.setPlaceholderText(self.tr("t = today"))


def _in_order(typed: str) -> str:
    """A day as the language writes it, 14/3/2026, in the order that is no question."""
    return _SLASHED.sub(r"\3-\2-\1", typed)

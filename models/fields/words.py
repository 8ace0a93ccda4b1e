# SPDX-License-Identifier: MIT
"""Free text."""

from __future__ import annotations

import peewee

from models.fields.base import ClinicalField
from models.quick import pattern
from models.speech import say

_UNSTORABLE = pattern("[\0\ud800-\udfff]")


class Words(ClinicalField, peewee.TextField):
    """Free text. ``long`` asks for several lines."""

    def __init__(self, label: str, *, long: bool = False, **knows: object) -> None:
        super().__init__(label, **knows)  # type: ignore[arg-type]
        self.long = long

    def db_value(self, value: str | None) -> str | None:
        """Empty text is stored as missing, so that there is one way of being empty."""
        return value or None

    def refusal(self, value: object) -> str:
        """Characters that no file can hold: NUL, and halves of a UTF-16 pair."""
        if isinstance(value, str) and _UNSTORABLE.search(value):
            return say("{label} holds a character that cannot be stored.", label=self.label)
        return ""

# SPDX-License-Identifier: MIT
"""What keys are called where the language is spoken: Ctrl+N, and Strg+N on German keyboards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

NAMES: Mapping[str, Mapping[str, str]] = {
    "de": {"Return": "Eingabe", "Enter": "Eingabe", "Up": "Aufwärts", "Down": "Abwärts"},
    "es": {
        "Ctrl": "Ctrl",
        "Shift": "Mayús",
        "Return": "Intro",
        "Del": "Supr",
        "Esc": "Esc",
        "Tab": "Tab",
    },
}
"""What our sentences and the help call keys where Qt's own catalog calls them otherwise, by the
code of the language: the menus are to name them as the sentences do."""


def native(keys: str | QKeySequence | QKeySequence.StandardKey) -> str:
    """Keys as this system and the language of the process name them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)

# SPDX-License-Identifier: MIT
"""What keys are called where the language is spoken: Ctrl+N, and Strg+N on German keyboards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from models.speech import spoken

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

LETTERS: Mapping[str, Mapping[str, str]] = {
    "de": {"D": "L", "M": "Z", "X": "S", "O": "G"},
    "es": {"D": "R", "X": "F"},
}
"""Letters that stand for a word of ours, by the code of the language: as in the word there, and
none that opens a menu. "N" of what was not reached is one in all of them."""


def alt(letter: str, code: str | None = None) -> str:
    """The keys Alt and a letter, which is told in English; in the language of the process."""
    letters = LETTERS.get(spoken() if code is None else code, {})
    return f"Alt+{letters.get(letter, letter)}"


def native(keys: str | QKeySequence | QKeySequence.StandardKey) -> str:
    """Keys as this system and the language of the process name them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)

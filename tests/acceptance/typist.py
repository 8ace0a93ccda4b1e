# SPDX-License-Identifier: MIT
"""How long typing takes, by the keystroke-level model of Card, Moran and Newell (1980).

The model adds up what a skilled user does: keys, and a moment of thought before each unit of work.
It knows nothing of the machine, so that a test of it is the same everywhere.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.editor.keyboard import Key, Keyboard

SECONDS_A_KEY = 0.28
"""K of an average typist who does not type for a living (40 words a minute)."""

SECONDS_OF_THOUGHT = 1.35
"""M, before each field."""

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Typist(Keyboard):
    """A keyboard that counts every key that is struck, with Shift and Ctrl, and every thought.

    Attributes:
        strokes: keys struck.
        beside_text: those of them that are no text; a shortcut is two or three of them.
        thoughts: how often somebody looked up to see what comes next.
    """

    def __init__(self) -> None:
        super().__init__()
        self.strokes = 0
        self.beside_text = 0
        self.thoughts = 0

    @property
    def seconds(self) -> float:
        """What all of it takes."""
        return self.strokes * SECONDS_A_KEY + self.thoughts * SECONDS_OF_THOUGHT

    def think(self) -> Typist:
        """Look at the next field, and decide."""
        self.thoughts += 1
        return self

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> Typist:
        held = sum(bool(with_ & modifier) for modifier in _MODIFIERS) if with_ else 0
        struck = len(keys) + held + keys.count(Key.Key_Backtab)
        self.strokes += struck
        self.beside_text += struck
        super().press(*keys, with_=with_)
        return self

    def type(self, text: str) -> Typist:
        self.strokes += len(text) + sum(character.isupper() for character in text)
        super().type(text)
        return self

    def answer(self, text: str, then: Qt.Key = Key.Key_Return) -> Typist:
        """Think, type the answer to what is asked, and go on."""
        return self.think().type(text).press(then)

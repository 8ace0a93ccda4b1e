# SPDX-License-Identifier: MIT
"""Understands levels while they are typed: "t12", "l1 l2", "th7". No Qt."""

from __future__ import annotations

from collections.abc import Iterable

from models.vocabulary import Level

SEPARATORS = frozenset(" ,;+&/-")


class LevelTyping:
    """A short memory of what was typed, which becomes levels as soon as no other is meant.

    "l1" is complete at once; "t1" waits, because T10, T11 and T12 begin with it.

    Args:
        levels: those that can be chosen. Their labels and synonyms are understood.
    """

    def __init__(self, levels: Iterable[Level]) -> None:
        self._names = {
            name.casefold(): level
            for level in levels
            for name in (level.value, level.label, *level.synonyms)
        }
        self._alphabet = SEPARATORS.union(*self._names)
        self._text = ""
        self._just_chosen = False

    @property
    def text(self) -> str:
        """What was typed and is not yet a level."""
        return self._text

    @property
    def meant(self) -> Level | None:
        """The level that the text names as it stands."""
        return self._names.get(self._text)

    @property
    def expects_separator(self) -> bool:
        """A Space now parts two names: something is half typed, or a name has just been typed."""
        return bool(self._text) or self._just_chosen

    def accepts(self, text: str) -> bool:
        """Whether such a character can be part of a name, or part two names."""
        return text.casefold() in self._alphabet

    def type(self, character: str) -> list[Level]:
        """Take in one character; the levels that it completes."""
        character = character.casefold()
        if character in SEPARATORS:
            return self.finish()
        chosen: list[Level] = []
        if not self._begins(self._text + character):
            chosen += self.finish()
        if self._begins(self._text + character):
            self._text += character
        longer = any(name != self._text and name.startswith(self._text) for name in self._names)
        if not longer:
            chosen += self.finish()
        self._just_chosen = bool(chosen) and not self._text
        return chosen

    def erase(self) -> None:
        """Take back the last character."""
        self._text = self._text[:-1]

    def clear(self) -> None:
        """Forget what was typed."""
        self._text = ""
        self._just_chosen = False

    def finish(self) -> list[Level]:
        """Take the text as complete; the level it names, if it names one."""
        meant = self.meant
        self.clear()
        return [] if meant is None else [meant]

    def _begins(self, text: str) -> bool:
        return any(name.startswith(text) for name in self._names)

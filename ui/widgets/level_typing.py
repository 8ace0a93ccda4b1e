# SPDX-License-Identifier: MIT
"""Understands levels while they are typed: "t12", "l1 l2", "th7", "t11-l1". No Qt."""

from __future__ import annotations

from collections.abc import Iterable

from models.vocabulary import Level

SEPARATORS = frozenset(" ,;+&/")
DASHES = frozenset("-–—")


def run_between(start: Level, end: Level, column: Iterable[Level] = ()) -> list[Level]:
    """All levels from ``start`` to ``end``, either way round.

    T13 and L6 are among them where they are an end of the run or in ``column``.
    """
    known = {start, end, *column}
    ordered = [level for level in Level if not level.is_variant or level in known]
    here, there = ordered.index(start), ordered.index(end)
    return ordered[here : there + 1] if here <= there else ordered[there : here + 1][::-1]


class LevelTyping:
    """A short memory of what was typed, which becomes levels as soon as no other is meant.

    "l1" is complete at once; "t1" waits, because T10, T11 and T12 begin with it. A dash between
    two names means all levels from one to the other.

    Args:
        column: the vertebrae that a run goes over. T13 and L6 can always be named.
    """

    def __init__(self, column: Iterable[Level]) -> None:
        self._column = frozenset(column)
        self._names = {
            name.casefold(): level
            for level in Level
            for name in (level.value, level.label, *level.synonyms)
        }
        self._alphabet = SEPARATORS.union(DASHES, *self._names)
        self._text = ""
        self._just_chosen = False
        self._last: Level | None = None
        self._run_from: Level | None = None

    def set_column(self, column: Iterable[Level]) -> None:
        """Runs go over these vertebrae from now on; what was typed stays."""
        self._column = frozenset(column)

    @property
    def text(self) -> str:
        """What was typed and is not yet a level."""
        return self._text

    @property
    def shown(self) -> str:
        """What to show of the typing, with the beginning of a run; "" for nothing."""
        if self._run_from is not None:
            return f"{self._run_from.label}–{self._text.upper()}"
        return self._text.upper()

    @property
    def meant(self) -> Level | None:
        """The level that the text names as it stands."""
        return self._names.get(self._text)

    @property
    def expects_separator(self) -> bool:
        """A Space now parts two names: something is half typed, or a name has just been typed."""
        return bool(self._text) or self._just_chosen or self._run_from is not None

    def accepts(self, text: str) -> bool:
        """Whether such a character can be part of a name, or part two names."""
        return text.casefold() in self._alphabet

    def type(self, character: str) -> list[Level]:
        """Take in one character; the levels that it completes."""
        character = character.casefold()
        if character in DASHES:
            chosen = self._complete()
            self._run_from, self._last = self._last or self._run_from, None
            self._just_chosen = False
            return chosen
        if character in SEPARATORS:
            return self._part(character)
        chosen = [] if self._begins(self._text + character) else self._complete()
        if self._begins(self._text + character):
            self._text += character
        longer = any(name != self._text and name.startswith(self._text) for name in self._names)
        if not longer:
            chosen += self._complete()
        if self._text:
            self._last, self._just_chosen = None, False
        return chosen

    def erase(self) -> None:
        """Take back the last character, or the beginning of a run."""
        if self._text:
            self._text = self._text[:-1]
        else:
            self._run_from = None

    def clear(self) -> None:
        """Forget what was typed."""
        self._text = ""
        self._just_chosen = False
        self._last = self._run_from = None

    def finish(self) -> list[Level]:
        """Take the text as complete; the levels it names, if it names any."""
        chosen = self._complete()
        self.clear()
        return chosen

    def _part(self, character: str) -> list[Level]:
        """Two names are parted; spaces around the dash of a run part nothing."""
        chosen = self._complete()
        if character != " ":
            self.clear()
        self._just_chosen = False
        return chosen

    def _complete(self) -> list[Level]:
        """The text becomes what it names: one level, or the rest of a run."""
        meant, begun = self.meant, self._run_from
        self._text = ""
        if meant is None:
            return []
        self._last, self._run_from, self._just_chosen = meant, None, True
        return [meant] if begun is None else self._run(begun, meant)

    def _run(self, begun: Level, end: Level) -> list[Level]:
        """The levels after ``begun``, which is chosen already."""
        return run_between(begun, end, self._column)[1:] or [end]

    def _begins(self, text: str) -> bool:
        return any(name.startswith(text) for name in self._names)

# SPDX-License-Identifier: MIT
"""A typed query cut at its blanks, with quotes understood and every character's place kept."""

from __future__ import annotations

from models.quick import dataclass

_CLOSED_BY = {'"': '"', "\u201c": '\u201d"', "\u201e": '\u201c\u201d"'}
"""Quotes by what closes them; text programs put curly ones in unasked."""

_QUOTED = "\0"
"""Stands for a quoted character where only the others are looked at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the query without its quotes.

    Attributes:
        text: what was meant.
        mask: the same with every quoted character blotted out; signs that mean something to the
            language are looked for here.
        places: where each character stands in the query, and at last where the piece ends.
    """

    text: str
    mask: str
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where the piece begins in the query."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Where it ends, quotes included."""
        return self.places[-1]

    @property
    def words(self) -> str:
        """The text with single blanks between its words and none around them."""
        return " ".join(self.text.split())

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The piece from one character to before another."""
        stop = len(self.text) if end is None else end
        return Piece(self.text[start:stop], self.mask[start:stop], self.places[start : stop + 1])

    def joined(self, other: Piece) -> Piece:
        """The piece and the one that follows it, with the blank between them."""
        return Piece(
            f"{self.text} {other.text}", f"{self.mask} {other.mask}", self.places + other.places
        )

    def split(self, sign: str) -> list[Piece]:
        """The pieces between unquoted signs."""
        pieces, begun = [], 0
        for at, character in enumerate(self.mask):
            if character == sign:
                pieces.append(self.cut(begun, at))
                begun = at + 1
        return [*pieces, self.cut(begun)]


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two blanks; ``unclosed`` is the place of a quote that nothing closes."""

    piece: Piece
    start: int
    end: int
    unclosed: int | None = None


def cut_into_words(text: str) -> list[Word]:
    """The words of the query in their order. Blanks within quotes part nothing."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        else:
            word = _word_at(text, at)
            found.append(word)
            at = word.end
    return found


def _word_at(text: str, start: int) -> Word:
    said: list[str] = []
    mask: list[str] = []
    places: list[int] = []
    closers, opened, at = "", 0, start
    while at < len(text) and (closers or not text[at].isspace()):
        character = text[at]
        if closers and character in closers:
            if text[at : at + 2] != '""':
                closers, at = "", at + 1
                continue
            at += 1
        elif not closers and character in _CLOSED_BY and not _follows_a_letter(said):
            closers, opened, at = _CLOSED_BY[character], at, at + 1
            continue
        said.append(character)
        mask.append(_QUOTED if closers else character)
        places.append(at)
        at += 1
    piece = Piece("".join(said), "".join(mask), (*places, at))
    return Word(piece, start, at, opened if closers else None)


def _follows_a_letter(said: list[str]) -> bool:
    """The sign in 5" is no quote that opens."""
    return bool(said) and said[-1].isalnum()

# SPDX-License-Identifier: MIT
"""From typed text to a filter, and to a sentence where there is none in it."""

from __future__ import annotations

from collections import deque
from itertools import islice

from models.query.amounts import DASHES, is_end_of_span
from models.query.conditions import read_condition
from models.query.field import Kind, QueryField
from models.query.filter import Filter, Op, QueryError, Term, Understood
from models.query.lexing import Piece, Word, cut_into_words
from models.query.naming import read_field
from models.query.registry import find_field
from models.quick import dataclass, pattern
from models.speech import say

MOST_TERMS = 100
"""Conditions that a query can hold. No database takes any number of them."""

NOT, AND, OR = "NOT", "AND", "OR"
"""Words of the language, in capitals only."""

YES = "yes"

NAME = pattern(r"([^\W\d][\w-]*)(?:(:)|(?=[<>=\u2264\u2265]))")
_SEARCHABLE = pattern(r"\w")
_UNSTORABLE = pattern("[\0\ud800-\udfff]")
_LAST = "last"


def parse(text: str) -> Filter:
    """The filter that the text asks for.

    Raises:
        QueryError: a part of it cannot be understood; the first such part.
    """
    understood = parse_partial(text)
    if understood.problem is not None:
        raise understood.problem
    return understood.filter


def parse_partial(text: str) -> Understood:
    """What can be understood of the text so far. Never raises."""
    return _Reading(text).understood()


@dataclass(frozen=True, slots=True)
class Named:
    """A word that asks for a field: its name as typed, and what stands behind it."""

    name: Piece
    value: Piece
    field: QueryField | None


def without_minus(piece: Piece) -> tuple[Piece, bool]:
    """The piece without the sign that negates it, and whether there was one."""
    negated = len(piece.text) > 1 and piece.mask[0] in DASHES
    return (piece.cut(1), True) if negated else (piece, False)


def named(piece: Piece) -> Named | None:
    """The field that a word asks for by its name and a colon, or by its name and a comparison.

    A name that is none is told only before a colon: "a<b" is searched for.
    """
    found = NAME.match(piece.mask)
    if found is None:
        return None
    name = piece.cut(0, found.end(1))
    field = find_field(name.text.replace("-", "_"))
    if field is None and not found[2]:
        return None
    return Named(name, piece.cut(found.end()), field)


def flag_of(word: str) -> QueryField | None:
    """The yes-or-no field that a word names without a colon."""
    field = find_field(word)
    return field if field is not None and field.is_flag else None


class _Reading:
    """The words of a query, read from the first to the last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = deque(cut_into_words(text))
        self._terms: list[Term] = []
        self._problems: list[QueryError] = []
        self._left_out: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._end = 0

    def understood(self) -> Understood:
        """Read them all."""
        while self._words:
            begins = self._words[0].start
            negated = self._take_negations()
            if not self._words:
                self._leave_out(begins, len(self._text), self._nothing_after_not(begins))
                break
            word = self._words.popleft()
            known, self._end = len(self._terms), word.end
            try:
                self._read(word, negated=negated)
            except QueryError as problem:
                self._leave_out(begins, word.end, problem)
            self._places += [(begins, self._end)] * (len(self._terms) - known)
            if word.unclosed is not None:
                self._problems.append(_unclosed(word))
        return Understood(
            Filter(tuple(self._terms)),
            tuple(self._problems),
            tuple(self._left_out),
            tuple(self._places),
        )

    def _take_negations(self) -> bool:
        negated = False
        while self._words and self._words[0].piece.mask == NOT:
            self._words.popleft()
            negated = not negated
        return negated

    def _leave_out(self, start: int, end: int, problem: QueryError) -> None:
        self._problems.append(problem)
        self._left_out.append(self._text[start:end].strip())

    def _nothing_after_not(self, start: int) -> QueryError:
        said, end = say("Nothing stands after NOT."), len(self._text)
        return QueryError(said, say("Write there what should not hold."), start=start, end=end)

    def _read(self, word: Word, *, negated: bool) -> None:
        piece, minus = without_minus(word.piece)
        if len(self._terms) + len(self._left_out) == MOST_TERMS:
            self._words.clear()
            said = say("A query holds at most {most_terms} conditions.", most_terms=MOST_TERMS)
            raise _refusal(piece, said, say("Take some out."))
        if _UNSTORABLE.search(piece.text):
            said = say("The query holds a character that no record can hold.")
            raise _refusal(piece, said, say("Take it out."))
        if piece.mask == OR:
            cure = say("For one of several values write them behind one field: level:T11,T12.")
            raise _refusal(piece, say("OR is not understood: all conditions have to hold."), cure)
        if len(piece.mask) == 1 and piece.mask in DASHES:
            cure = say("Write it right before what should not hold: -complete.")
            raise _refusal(piece, say("A minus stands alone."), cure)
        if asked := named(piece):
            self._ask(asked, negated=negated != minus)
        elif flag := flag_of(piece.mask):
            self._terms.append(Term(flag.name, Op.IS, (YES,), negated != minus))
        elif piece.mask != AND and _SEARCHABLE.search(piece.text):
            self._terms.append(Term("", Op.IS, (piece.words,), negated != minus))

    def _ask(self, asked: Named, *, negated: bool) -> None:
        field = asked.field or read_field(asked.name)
        value = asked.value
        if not value.text:
            said = say("{field}: nothing stands behind the colon.", field=field.name)
            raise QueryError(
                said,
                say("Write {example}.", example=field.example),
                start=asked.name.start,
                end=value.end,
            )
        if field.kind is Kind.DATE and value.mask.casefold() == _LAST:
            value = self._with_the_span(value)
        read = read_condition(field, value)
        self._terms.append(Term(field.name, read.op, read.values, negated))
        self._problems += read.problems

    def _with_the_span(self, last: Piece) -> Piece:
        """What "date:last" goes on with: 30d, or 30 days."""
        joined = last
        following = [word.piece for word in islice(self._words, 2)]
        for count, piece in enumerate(following, 1):
            joined = joined.joined(piece)
            if is_end_of_span(joined.words):
                for _ in range(count):
                    self._end = self._words.popleft().end
                return joined
        return last


def _refusal(piece: Piece, said: str, cure: str) -> QueryError:
    return QueryError(said, cure, start=piece.start, end=piece.end)


def _unclosed(word: Word) -> QueryError:
    said = say("A quote is opened and not closed.")
    return QueryError(
        said, say("Close it behind its words."), start=word.unclosed or 0, end=word.end
    )

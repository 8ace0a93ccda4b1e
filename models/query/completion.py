# SPDX-License-Identifier: MIT
"""What can be written at the cursor: names of fields, then what a field can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from models.query.amounts import DASHES, TODAY, span_in_words
from models.query.conditions import OPERATOR
from models.query.field import NOTHING_KNOWN, Kind, QueryField, Value, folded
from models.query.filter import Op
from models.query.lexing import Word, cut_into_words
from models.query.naming import spelled, values_meant
from models.query.parsing import NAME, named
from models.query.registry import FIELDS
from models.query.wording import COMPARED, DATED
from models.query.writing import quoted
from models.quick import dataclass

MOST = 40
"""Nobody reads a longer list; one more letter makes it short."""

_FEWEST_LETTERS = 2
"""From so many letters on, a word is looked for among the values of all common fields."""

_SPANS = ("7d", "30d", "3m", "1y")

_SIGNS = (Op.AT_LEAST, Op.AT_MOST, Op.MORE, Op.LESS)

_Offer = tuple[str, str, str]
"""What is inserted, what people choose, and what it means."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that can be written.

    Attributes:
        insert: what takes the place of the text from ``start`` to ``end``.
        label: what people choose.
        detail: what it means, in a few words; may be "".
    """

    insert: str
    label: str
    detail: str
    start: int
    end: int


class _Written:
    """The word at the cursor, as far as it is written, and what of it a choice would replace."""

    def __init__(self, word: Word, cursor: int) -> None:
        self.cursor = cursor
        self.piece = word.piece
        self.begin = 1 if self.piece.mask[:1] in tuple(DASHES) else 0
        self.asked = named(self.piece.cut(self.begin))
        self.value = self._end_of_name()
        self._start = word.start

    @property
    def field(self) -> QueryField | None:
        """The field whose value stands at the cursor."""
        if self.asked is None or self.asked.field is None:
            return None
        return self.asked.field if self.is_in_value else None

    @property
    def is_in_value(self) -> bool:
        """Whether the cursor stands behind the colon or the sign of a comparison."""
        if self.asked is None:
            return False
        has_colon = self.piece.mask[self.value - 1] == ":"
        return self.cursor >= self.edge(self.value) + (not has_colon)

    def _end_of_name(self) -> int:
        """The first character that no choice of a field would replace."""
        if self.asked is not None:
            return len(self.piece.text) - len(self.asked.value.text)
        found = NAME.match(self.piece.mask, self.begin)
        return found.end() if found else len(self.piece.text)

    def edge(self, at: int) -> int:
        """Where the character begins in the query, with a quote before it."""
        return self._start if at == 0 else self.piece.places[at - 1] + 1

    def typed(self, start: int, end: int) -> str:
        """What stands between two characters, up to the cursor."""
        places = self.piece.places
        return "".join(self.piece.text[k] for k in range(start, end) if places[k] < self.cursor)

    def item(self, field: QueryField) -> tuple[int, int]:
        """First and last character of the value at the cursor."""
        mask, start, end = self.piece.mask, self.value, len(self.piece.text)
        if sign := OPERATOR.match(mask, start):
            start = sign.end()
        if field.kind not in (Kind.NUMBER, Kind.DATE):
            start, end = self._between(start, end, ",")
        if field.is_ordered and values_meant(field, self.piece.text[start:end].split("-")[0]):
            start, end = self._between(start, end, DASHES)
        return start, end

    def _between(self, start: int, end: int, signs: str) -> tuple[int, int]:
        for at in range(start, end):
            if self.piece.mask[at] in signs:
                if self.edge(at) >= self.cursor:
                    return start, at
                start = at + 1
        return start, end


def complete(
    text: str, cursor: int, known: Mapping[str, Sequence[str]] = NOTHING_KNOWN
) -> list[Completion]:
    """What can stand at the cursor, the likeliest first; [] where nothing is known.

    Right before a word nothing is offered, because it would run into the word.

    Args:
        text: the query as typed.
        cursor: the place in it before which a character would be typed.
        known: values in use for fields of words, by the name of the field.
    """
    words = [word for word in cut_into_words(text) if word.start <= cursor <= word.end]
    word = next(iter(words), None)
    if word is not None and word.start == cursor:
        return []
    if word is None:
        return _offered(_names("", known), cursor, cursor)
    written = _Written(word, cursor)
    if not written.is_in_value:
        start, end = written.begin, written.value
        if written.edge(end) < cursor:
            return []
        alone = end == len(written.piece.text)
        names = _names(written.typed(start, end), known, alone=alone)
        return _offered(names, written.edge(start), written.edge(end))
    if written.field is None:
        return []
    start, end = written.item(written.field)
    typed = written.typed(start, end)
    if written.field.kind in (Kind.NUMBER, Kind.DATE):
        offers = _amounts(written.field, typed, is_compared=start > written.value)
    else:
        offers = _values(written.field, typed, known.get(written.field.name, ()))
    end_place = written.piece.places[end]
    return _offered(offers, written.edge(start), max(end_place, written.edge(start)))


def _offered(offers: Iterable[_Offer], start: int, end: int) -> list[Completion]:
    return [Completion(*offer, start, end) for offer in islice(offers, MOST)]


def _names(
    typed: str, known: Mapping[str, Sequence[str]], *, alone: bool = True
) -> Iterator[_Offer]:
    """What the beginning of a word may mean: common fields and their values before the others.

    Who or what is in use comes before the terms, because an operator may be called like one of
    them. ``alone`` is False where a value stands behind it already.
    """
    wanted = typed.casefold()
    so_named = [f for f in FIELDS if any(name.startswith(wanted) for name in f.names)]
    yield from (_field(field) for field in so_named if field.is_common)
    if alone and len(typed) >= _FEWEST_LETTERS:
        yield from _words_of_common_fields(typed, known)
        yield from _values_of_common_fields(typed)
    if typed:
        yield from (_field(field) for field in so_named if not field.is_common)
        others = (field for field in FIELDS if field not in so_named)
        yield from (_field(field) for field in others if _begins_a_word(field.label, typed))


def _words_of_common_fields(typed: str, known: Mapping[str, Sequence[str]]) -> Iterator[_Offer]:
    for field in FIELDS:
        if field.is_common and field.kind is Kind.WORDS:
            for words in known.get(field.name, ()):
                if _begins_a_word(words, typed):
                    yield f"{field.name}:{quoted(words)}", words, field.label


def _values_of_common_fields(typed: str) -> Iterator[_Offer]:
    for field in FIELDS:
        if field.is_common and field.kind is Kind.TERMS and not field.is_flag:
            for value in field.values:
                if _begins(value.names, typed):
                    yield f"{field.name}:{value.code}", value.label, field.label


def _field(field: QueryField) -> _Offer:
    return (field.name if field.is_flag else f"{field.name}:", field.name, field.label)


def _values(field: QueryField, typed: str, known: Sequence[str]) -> Iterator[_Offer]:
    if field.kind is Kind.TERMS:
        for value in field.values:
            if _begins(value.names, typed) or _begins_a_word(value.label, typed):
                yield value.code, value.label, ", ".join(_other_names(value))
    elif field.kind is Kind.FIELDS:
        wanted = typed.casefold()
        for other in FIELDS:
            if other.can_be_missing and any(name.startswith(wanted) for name in other.names):
                yield other.name, other.name, other.label
    else:
        for words in known:
            if folded(typed) in folded(words):
                yield quoted(words), words, field.label


def _other_names(value: Value) -> list[str]:
    """What else the value answers to, each spelling once."""
    names = {folded(name): name for name in reversed(value.synonyms)}
    names.pop(folded(value.label), None)
    return list(reversed(names.values()))


def _amounts(field: QueryField, typed: str, *, is_compared: bool) -> Iterator[_Offer]:
    """How a number or a date can begin; behind a sign neither another one nor a span can stand."""
    if typed:
        return
    if field.kind is Kind.DATE:
        yield TODAY, TODAY, ""
    if is_compared:
        return
    if field.kind is Kind.DATE:
        yield from ((span, span, span_in_words(span)) for span in _SPANS)
    said = DATED if field.kind is Kind.DATE else COMPARED
    yield from ((sign.value, sign.value, said[sign]) for sign in _SIGNS)


def _begins(names: Iterable[str], typed: str) -> bool:
    wanted = spelled(typed)
    return any(spelled(name).startswith(wanted) for name in names)


def _begins_a_word(text: str, typed: str) -> bool:
    wanted = spelled(typed)
    return any(word.startswith(wanted) for word in spelled(text).split())

# SPDX-License-Identifier: MIT
"""The tags of the rows of a case: every field of the record that can be asked for by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from models.fields import Number
from models.query import FIELDS, Kind, QueryField
from models.schema import Record
from models.tags.spelling import Numbers, date_told, presence_tag, term_tag

_Tagger = Callable[[object], Iterator[str]]

_REMEMBERED = 20_000


@cache
def numbers_of(field: QueryField) -> Numbers:
    """How the numbers of a field of the record are spelled."""
    source = field.source
    assert isinstance(source, Number)
    low, high = source.hard
    assert low is not None
    assert high is not None
    return Numbers(field.name, low, high, source.decimals)


def tags_of_rows(rows: Iterable[Record]) -> set[str]:
    """The tags of everything that these rows hold."""
    found: set[str] = set()
    taggers = _taggers()
    for row in rows:
        known = taggers.get(type(row))
        if known is None:
            continue
        for name, value in row.__data__.items():
            if value is None or value == "" or name not in known:
                continue
            # Lists are the only values that cannot be looked up.
            tagger = known[name]
            found.update(tagger.of(value) if isinstance(value, list) else tagger[value])
    return found


def tags_of_any(table: type[Record], name: str) -> tuple[str, ...] | None:
    """The tags of whatever a field holds, where they are the same for all; None where not."""
    tagger = _taggers().get(table, {}).get(name)
    return () if tagger is None else tagger.of_any


def tags_of_value(table: type[Record], name: str, value: object) -> tuple[str, ...]:
    """The tags of what one field holds; none where nobody can ask for it."""
    tagger = _taggers().get(table, {}).get(name)
    if tagger is None:
        return ()
    if tagger.of_any is not None:
        return tagger.of_any
    return tagger.of(value) if isinstance(value, list) else tagger[value]


class _Tags(dict[object, tuple[str, ...]]):
    """The tags of the values of a field that were met; each is spelled once.

    Attributes:
        of_any: those of any value, where they are the same for all.
    """

    def __init__(self, field: QueryField) -> None:
        super().__init__()
        self._spell = _SPELLED[field.kind](field)
        self.of_any = self.of("") if field.kind is Kind.WORDS else None

    def __missing__(self, value: object) -> tuple[str, ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        tags = self[value] = self.of(value)
        return tags

    def of(self, value: object) -> tuple[str, ...]:
        """The tags of a value."""
        return tuple(self._spell(value))


@cache
def _taggers() -> dict[type[Record], dict[str, _Tags]]:
    """By table and column; a column that nobody can ask for is not in."""
    found: dict[type[Record], dict[str, _Tags]] = {}
    for field in FIELDS:
        if field.source is not None:
            found.setdefault(field.source.model, {})[field.source.name] = _Tags(field)
    return found


def _of_terms(field: QueryField) -> _Tagger:
    def spell(value: object) -> Iterator[str]:
        for code in value if isinstance(value, tuple | list) else (value,):
            yield term_tag(field.name, str(code))

    return spell


def _of_number(field: QueryField) -> _Tagger:
    numbers = numbers_of(field)

    def spell(value: object) -> Iterator[str]:
        assert isinstance(value, int | float)
        yield numbers.presence
        yield numbers.tag(value)

    return spell


def _of_date(field: QueryField) -> _Tagger:
    def spell(value: object) -> Iterator[str]:
        yield presence_tag(field.name)
        yield from date_told(field.name, str(value))

    return spell


def _of_words(field: QueryField) -> _Tagger:
    def spell(value: object) -> Iterator[str]:
        yield presence_tag(field.name)

    return spell


_SPELLED: dict[Kind, Callable[[QueryField], _Tagger]] = {
    Kind.TERMS: _of_terms,
    Kind.NUMBER: _of_number,
    Kind.DATE: _of_date,
    Kind.WORDS: _of_words,
}

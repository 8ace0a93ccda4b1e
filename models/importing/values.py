# SPDX-License-Identifier: MIT
"""Cells become values, by the fields that will hold them: as when they are typed into the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from unicodedata import normalize

from models.errors import InvalidValue
from models.fields import (
    ClinicalField,
    Clock,
    Day,
    Number,
    PercentOfSections,
    TermField,
    TermsField,
    Words,
)
from models.formulas import undefused
from models.importing.as_written import is_no_value, plain_blanks, told_if_code, written
from models.importing.cell_errors import refuse_error
from models.importing.compound import LeakAt, NoneOfThem, WithSide, WithUnit
from models.importing.formats import Format
from models.importing.json_cells import of_fields, words_of_list
from models.importing.levels import SeveralLevels, level_meant_by, levels_meant_by, told
from models.importing.synonyms import (
    NO_CODES,
    NOTHING,
    approach_and_side,
    beside,
    is_no_code,
    meant_by_several,
    term_meant_by,
)
from models.importing.targets import (
    APPROACH,
    ASKED_FIRST,
    LEAKAGE,
    PATIENT_CODE,
    VISIT_OTHER,
    Kind,
    Target,
    is_time,
)
from models.importing.units import converted, refuse_without_unit, with_unit
from models.importing.visits.times import When, when_counted, when_told
from models.numbers import Reported, read_reported
from models.speech import say
from models.typed import quoted
from models.vocabulary import LeakLocation, Level, Vocabulary, YesNo

Value = object
Read = Callable[[str], Value]

_MADE_A_DATE = re.compile(r"\d{1,2}[-. ]{1,2}[a-z]{3,}\.?|[a-z]{3}-\d{2}", re.IGNORECASE)
_OF_LETTERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

_NAMES_A_SCALE = re.compile(r"(?:vas|eva|nrs|nprs|vrs)\b.*\d", re.IGNORECASE | re.DOTALL)
_OUT_OF = re.compile(r"(\d[\d.,]*)\s+(?:out of|of|von|sur|de|su)\s+(\d+)", re.IGNORECASE)
"""Scores such as "8 von 10", which are not words alone."""

_EITHER_SIGN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PARTS_OF_LIST = re.compile(r"[|;\n]")
_WHOLE = re.compile(r"(\d+)\.0+")
_FALSE = frozenset({"", "0", "no", "false"})


class UnknownTerm(Exception):
    """A cell that is none of the terms of its field; it says so in words."""


def reader(
    target: Target,
    form: Format,
    terms: Mapping[str, str],
    *,
    exact: bool = False,
    defused: bool = False,
) -> Read:
    """What reads the filled cells of a column; equal cells are read once.

    The value is what the field holds; ``SeveralLevels`` for a level where there are more; a
    ``Reported`` for REPORTED and for a PAIN score; a tuple of values for a LIST; dicts for what is
    said of fields; None for a cell that says nothing.

    It raises InvalidValue, or UnknownTerm for a word that the vocabulary does not have.
    """
    if exact:
        read = _exact(target)
        if target.kind in (Kind.KEY, Kind.ID) and not defused:
            # Hardly one comes again.
            return read
        if defused:
            as_stored = read
            return lru_cache(4096, typed=True)(lambda cell: as_stored(undefused(cell)))
    else:
        known = {
            normalize("NFC", name.strip()).casefold(): meaning for name, meaning in terms.items()
        }
        foreign = _Foreign(target, form, known)
        if target.name == PATIENT_CODE:
            # Hardly one comes again either.
            return foreign.read if known else foreign.read_code
        read = foreign.read
    # A cell that a sheet holds as a number is another than the same text.
    return lru_cache(4096, typed=True)(read)


class _Foreign:
    """Reads the cells of somebody else's column."""

    def __init__(self, target: Target, form: Format, terms: Mapping[str, str]) -> None:
        self._target, self._form, self._terms = target, form, terms

    def read(self, cell: str) -> Value:
        text = written(cell)
        if text.startswith("#"):
            refuse_error(text)
        text = self._terms.get(text.casefold(), text)
        field = self._target.field
        if self._target.kind in (Kind.KEY, Kind.ID):
            return text or None
        if self._target.kind is Kind.FLAG:
            return text.casefold() not in _FALSE
        if field is None:
            return of_fields(self._target, text)
        if self._target.name == PATIENT_CODE and is_no_code(text):
            why = say("{text} names no patient. Write the patient code.", text=quoted(text))
            raise InvalidValue(field.name, why)
        if isinstance(field, Words) and self._target.kind is not Kind.LIST:
            return field.parse(text)
        text = plain_blanks(text)
        self._refuse_open(text, field)
        if text.casefold() in NOTHING or self._is_no_value(text, field):
            return None
        return self._filled(text, field)

    def _is_no_value(self, text: str, field: ClinicalField) -> bool:
        """Whether a cell says that there is no number or day.

        Raises:
            UnknownTerm: it may, and a person has to say so.
        """
        if isinstance(field, TermField | TermsField | Words):
            return False
        if isinstance(field, Number):
            is_other = bool(self._form.unit or self._form.stated_unit)
            if why := told_if_code(text, field, is_other_unit=is_other):
                raise UnknownTerm(why)
        return is_no_value(text)

    def _filled(self, text: str, field: ClinicalField) -> Value:
        if is_time(self._target):
            return self._when(text)
        if self._is_reported:
            return self._reported(text, field)
        if self._target.kind is Kind.LIST:
            return self._list(text, field)
        return self._one(text, field)

    def _when(self, text: str) -> When:
        unit = self._target.part
        found = when_counted(text, unit) if unit else when_told(text)
        if found is None:
            raise UnknownTerm(
                say(
                    "{text} does not tell when the visit was. Say which time point it means, or "
                    "write a span such as 3 mo.",
                    text=quoted(text),
                )
            )
        return found

    def read_code(self, cell: str) -> Value:
        """The same for the code of a patient, where no cell was given another meaning.

        Nothing has to be taken off or refused of a code of letters and digits, as nearly all are.
        """
        if _OF_LETTERS.fullmatch(cell) and cell.casefold() not in NO_CODES:
            return str(cell)
        return self.read(cell)

    def _refuse_open(self, text: str, field: ClinicalField) -> None:
        """Refuse a word of which the column, or the word itself, leaves open what it means."""
        if not isinstance(field, TermField | TermsField):
            return
        if other := beside(field.vocabulary, text, self._form.marks):
            raise UnknownTerm(
                say(
                    "{text} stands in a column with {other}, which leaves open what it means. "
                    "Say which term it is.",
                    text=quoted(text),
                    other=other.upper(),
                )
            )
        places = LeakLocation if self._target.name == LEAKAGE else field.vocabulary
        if several := meant_by_several(places, text):
            raise UnknownTerm(
                say(
                    "{text} could be any of these: {terms}. Say which it is.",
                    text=quoted(text),
                    terms=", ".join(term.label for term in several),
                )
            )

    def _list(self, text: str, field: ClinicalField) -> Value:
        asked = ASKED_FIRST.get(self._target.name)
        if asked and term_meant_by(YesNo, text) is YesNo.NO:
            return NoneOfThem(asked)
        if isinstance(field, Words) and text.startswith("["):
            return words_of_list(field, text)
        if "|" in text:
            # As the export writes it: entries of several columns belong together by their place.
            entries = (part.strip() for part in text.split("|"))
            return tuple(self._one(entry, field) if entry else None for entry in entries)
        return tuple(self._one(part, field) for part in self._parts(text, field))

    @property
    def _is_reported(self) -> bool:
        is_score = self._target.part == "score" or self._target.name == VISIT_OTHER
        return is_score or self._target.kind is Kind.REPORTED

    def _one(self, text: str, field: ClinicalField) -> Value:
        if isinstance(field, Day):
            return field.parse(self._form.dates.plain_date(text))
        if isinstance(field, Number):
            return self._number(text, field)
        if isinstance(field, TermField | TermsField):
            if self._target.name == LEAKAGE and (place := term_meant_by(LeakLocation, text)):
                return LeakAt(place)
            if self._target.name == APPROACH and (both := approach_and_side(text)):
                return WithSide(*both)
            return _term(field, text)
        return field.parse(text)

    def _number(self, text: str, field: Number) -> Value:
        typed, unit = field.unit_behind(text)
        if unit is None and (ours := converted(typed, self._form, field)) is not None:
            return ours
        if self._form.behind:
            refuse_without_unit(typed, self._form, field)
        text = self._form.numbers.plain_number(typed)
        if self._form.unit and unit is None:
            if _EITHER_SIGN.fullmatch(typed):
                typed = self._decided(typed, text, field)
            # The field refuses it, and tells the number in its own unit.
            return field.parse(with_unit(typed, self._form.unit))
        if self._form.is_of_one and isinstance(field, PercentOfSections):
            raise InvalidValue(
                field.name,
                say("{text} seems to be a share of 1, as a spreadsheet holds it.", text=text),
                say("Write percentages, such as 62 for 0.62."),
            )
        number = field.parse(text)
        if number is None:
            return None
        # Also of a field that keeps three places: in somebody else's table a point may part.
        field.refuse_two_readings(text, number)
        unit = unit or self._form.unit_field
        return number if unit is None else WithUnit(number, unit, field.unit_in)

    def _decided(self, typed: str, text: str, field: Number) -> str:
        """What "1.250" is by the decimal sign of its column, so that the right number is told.

        Raises:
            InvalidValue: the column has none.
        """
        if typed == text:
            why = say("{text} could be two numbers.", text=quoted(text))
            raise InvalidValue(field.name, why, say("Say which sign stands before decimals."))
        return text

    def _reported(self, text: str, field: ClinicalField) -> Reported:
        if _MADE_A_DATE.fullmatch(text):
            raise InvalidValue(
                field.name,
                say(
                    "{text} looks like a range that a spreadsheet made a date of.",
                    text=quoted(text),
                ),
                say("Write the range with the word to, such as 0 to 1."),
            )
        if field.name in ("pain_low", "other_score"):
            if _NAMES_A_SCALE.match(text):
                raise InvalidValue(
                    field.name,
                    say("{text} names its own scale.", text=quoted(text)),
                    say("Write the number alone; the scale is that of the column."),
                )
            if found := _OUT_OF.fullmatch(text):
                text = f"{found[1]}/{found[2]}"
        try:
            number = self._form.numbers.plain_number(text) if not self._form.unit else text
            value = read_reported(with_unit(number, self._form.unit), field.unit)
        except ValueError as error:
            raise InvalidValue(field.name, f"{field.label}: {error}") from error
        for end in (value.low, value.high):
            if end is not None and (why := field.refusal(end)):
                raise InvalidValue(field.name, why)
        return value

    def _parts(self, text: str, field: ClinicalField) -> list[str]:
        """The entries of a list in one cell; a comma parts them only where the rest is known."""
        parts = [part.strip() for part in _PARTS_OF_LIST.split(text) if part.strip()]
        if not isinstance(field, TermField):
            return parts
        found: list[str] = []
        for part in parts:
            is_one = "," not in part or field.vocabulary.meant_by(part) is not None
            found += [part] if is_one else [piece.strip() for piece in part.split(",")]
        return [part for part in found if part]


def _term(field: TermField | TermsField, text: str) -> Value:
    vocabulary = field.vocabulary
    if vocabulary is Level and (level := level_meant_by(text)) is not None:
        return level
    if found := _WHOLE.fullmatch(text):
        # Spreadsheets write the code 1 as 1.0.
        text = found[1]
    try:
        return field.parse(text)
    except InvalidValue as error:
        if (term := term_meant_by(vocabulary, text)) is not None:
            return field.parse(term.value)
        if vocabulary is Level and (several := levels_meant_by(text)) is not None:
            return _several(text, several)
        cure = say("Say which term it means, or change the cell.")
        raise UnknownTerm(f"{error.message} {cure}") from error


def _several(text: str, levels: SeveralLevels) -> SeveralLevels:
    if len(set(levels.named)) < len(levels.named):
        raise InvalidValue(
            "", say("{text} names a level twice.", text=quoted(text)), say("Mend the cell.")
        )
    if levels.run:
        raise UnknownTerm(
            say(
                "{text} can name these levels alone: {told}; or all of these: {told2}. Say "
                "which it is, or write one row for each level.",
                text=quoted(text),
                told=told(levels.named),
                told2=told(levels.run),
            )
        )
    return levels


def _exact(target: Target) -> Read:
    """Reads cells as the flat export writes them."""
    field, kind = target.field, target.kind
    if field is None:
        if kind is Kind.FLAG:
            return lambda cell: cell == "1"
        return lambda cell: of_fields(target, cell) if kind not in (Kind.KEY, Kind.ID) else cell
    if kind is Kind.LIST:
        if isinstance(field, Words):
            return lambda cell: words_of_list(field, cell)
        one = lru_cache(4096)(partial(_stored, field))
        return lambda cell: tuple(map(one, cell.split("|")))
    if kind is Kind.REPORTED or target.part == "score":

        def exactly(cell: str) -> Value:
            value = field.parse(cell)
            return Reported(value, value) if isinstance(value, int | float) else None

        return exactly
    return lambda cell: _stored(field, cell)


def _stored(field: ClinicalField, cell: str) -> Value:
    if not cell:
        return None
    if isinstance(field, Words | Clock):
        if why := field.refusal(cell):
            raise InvalidValue(field.name, why)
        return cell
    if isinstance(field, TermField | TermsField):
        return _term(field, cell)
    return field.parse(cell)


def is_vocabulary(target: Target) -> type[Vocabulary] | None:
    """The vocabulary of the target's field, if it has one."""
    field = target.field
    return field.vocabulary if isinstance(field, TermField | TermsField) else None

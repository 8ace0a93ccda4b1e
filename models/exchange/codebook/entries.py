# SPDX-License-Identifier: MIT
"""One entry a column, read off the column and the field behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.exchange.columns import Column, Holds
from models.exchange.sheet import Sheet
from models.fields import ClinicalField, Number
from models.speech import lowered, say, say_in
from models.vocabulary import REGIONS, MissingReason

MISSING_TOLD = say(
    "An empty cell is a missing value; no number stands for one. Why it is missing, "
    "where somebody said so, is in the columns whose name ends in missing, by these "
    "codes."
)

_HOLDS_TOLD = {
    Holds.ID: "id",
    Holds.TERM: say_in("Cell", "code"),
    Holds.TERMS: say("codes, joined by |"),
    Holds.NUMBER: say_in("Cell", "number"),
    Holds.COUNT: say("whole number"),
    Holds.DAY: say("date (YYYY, YYYY-MM or YYYY-MM-DD)"),
    Holds.CLOCK: say("time of day (HH:MM)"),
    Holds.WORDS: say_in("Cell", "text"),
    Holds.FLAG: say("1 or 0"),
    Holds.REASONS: say("field:reason, joined by |"),
    Holds.SAYINGS: say("JSON object, field to words"),
}
_JSON_LISTS = frozenset({Holds.WORDS, Holds.REASONS, Holds.SAYINGS})


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be known of one column.

    Attributes:
        sheet: where it stands.
        name: the heading.
        label: what people read.
        kind: what a cell holds, in words.
        unit: of the numbers, or "".
        possible: limits outside which a value is refused, or "".
        usual: limits outside which a value is marked, or "".
        codes: code and label.
        about: what stands here and by whose definition.
        applies: the condition under which the field means anything, or "".
        core: whether a case is not complete without it.
    """

    sheet: str
    name: str
    label: str
    kind: str
    unit: str
    possible: str
    usual: str
    codes: tuple[tuple[str, str], ...]
    about: str
    applies: str
    core: bool

    @property
    def limits(self) -> str:
        """What a number can be and mostly is, in words; "" where nothing is known of it."""
        told = [say("possible {possible}", possible=self.possible)] if self.possible else []
        return "; ".join([*told, say("usual {usual}", usual=self.usual)] if self.usual else told)

    @property
    def told(self) -> str:
        """What stands here, where it applies, and whether a case needs it; "" for none of that."""
        applies = say("Only {applies}.", applies=self.applies) if self.applies else ""
        needed = say("Needed for a complete case.") if self.core else ""
        return " ".join(filter(None, (self.about, applies, needed)))


def entries(sheets: Sequence[Sheet]) -> Iterator[Entry]:
    """The entries of all columns, in their order."""
    for sheet in sheets:
        for column in sheet.columns:
            yield _entry(sheet.name, column)


def sheet_told(sheet: Sheet) -> str:
    """What a row is, by what it is told from others, and to which sheets it points."""
    links = [
        say(
            "{column} points to {target} of {sheet}",
            column=link.column,
            target=link.target,
            sheet=link.sheet,
        )
        for link in sheet.links
    ]
    key = [say("a row is told by {key}", key=", ".join(sheet.key))] if sheet.key else []
    return ". ".join([say("One row: {title}", title=lowered(sheet.title)), *key, *links]) + "."


def missing_codes() -> list[tuple[str, str]]:
    """Code and label of every reason for a missing value."""
    return [(reason.value, reason.label) for reason in MissingReason]


def kind_told(column: Column) -> str:
    """What a cell of the column holds, in words."""
    kind = _HOLDS_TOLD[column.holds]
    if not column.is_list:
        return kind
    if column.holds in _JSON_LISTS:
        return say("JSON array, an entry a row: {kind}", kind=kind)
    return say("list joined by |, an entry a row: {kind}", kind=kind)


def _entry(sheet: str, column: Column) -> Entry:
    field = column.known_by
    possible = usual = ""
    if isinstance(field, Number) and column.holds in (Holds.NUMBER, Holds.COUNT):
        possible = str(field.hard) if field.hard != (None, None) else ""
        usual = _usual(field)
    terms = column.vocabulary or ()
    return Entry(
        sheet,
        column.name,
        column.label,
        kind_told(column),
        column.shown_unit,
        possible,
        usual,
        tuple((term.value, term.label) for term in terms),
        column.told,
        _applies(column.field),
        column.field is not None and column.field.core,
    )


def _usual(field: Number) -> str:
    told = [str(field.usual)] if field.usual != (None, None) else []
    told += [f"{REGIONS[region]}: {limits}" for region, limits in field.usual_by_region.items()]
    return "; ".join(told)


def _applies(field: ClinicalField | None) -> str:
    if field is None or field.applies is None:
        return ""
    terms = ", ".join(term.value for term in field.applies.terms)
    return say("where {field} is {terms}", field=field.applies.field, terms=terms)

# SPDX-License-Identifier: MIT
"""A strict reader of REDCap's data dictionary and data import, as far as REDCap itself refuses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

HEADING = [
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note"),
    *("Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max"),
    *("Identifier?", "Branching Logic (Show field only if...)", "Required Field?"),
    *("Custom Alignment", "Question Number (surveys only)", "Matrix Group Name"),
    *("Matrix Ranking?", "Field Annotation"),
]
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{1,25}")
_FORM = re.compile(r"[a-z][a-z0-9_]+")
_TYPES = {
    *("text", "notes", "dropdown", "radio", "checkbox", "calc", "file", "descriptive"),
    *("slider", "yesno", "truefalse"),
}
_CHOOSING = {"dropdown", "radio", "checkbox"}
_VALIDATIONS = {
    *("date_ymd", "date_mdy", "date_dmy", "time", "number", "integer", "email", "phone"),
    *(f"number_{places}dp" for places in range(1, 5)),
}
_CONDITION = re.compile(r"\[([a-z0-9_]+)(?:\(([^)]+)\))?\] (=|<>) '([^']*)'")


class Refused(Exception):
    """What REDCap would refuse; the number is that of the rule."""

    def __init__(self, rule: int, why: str) -> None:
        super().__init__(f"rule {rule}: {why}")
        self.rule = rule


@dataclass(frozen=True)
class Field:
    """A row of the dictionary."""

    name: str
    form: str
    kind: str
    codes: tuple[str, ...]
    validation: str

    def columns(self) -> list[str]:
        if self.kind != "checkbox":
            return [self.name]
        return [f"{self.name}___{re.sub('[^a-z0-9]', '_', code.lower())}" for code in self.codes]


def demand(rule: int, holds: object, why: str) -> None:
    if not holds:
        raise Refused(rule, why)


def read_dictionary(content: bytes) -> list[Field]:
    """The fields.

    Raises:
        Refused: by the number of the rule.
    """
    demand(12, not content.startswith(b"\xef\xbb\xbf"), "a mark before the heading")
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    demand(0, rows and rows[0] == HEADING, "another heading")
    fields = [_field(dict(zip(HEADING, row, strict=True))) for row in rows[1:]]
    demand(1, fields and fields[0].kind == "text", "the first row is no record id")
    names = [field.name for field in fields]
    demand(2, len(set(names)) == len(names), "a variable twice")
    forms = [
        form
        for form, before in zip(_forms(fields), ["", *_forms(fields)], strict=False)
        if form != before
    ]
    demand(3, len(set(forms)) == len(forms), "a form in two pieces")
    demand(11, not {f"{form}_complete" for form in forms} & set(names), "a reserved name")
    known = {field.name: field for field in fields}
    for row in rows[1:]:
        _check_branching(row[HEADING.index(HEADING[11])], known)
    return fields


def _forms(fields: Sequence[Field]) -> list[str]:
    return [field.form for field in fields]


def _field(row: Mapping[str, str]) -> Field:
    name, form, kind = row[HEADING[0]], row[HEADING[1]], row[HEADING[3]]
    demand(2, _VARIABLE.fullmatch(name), f"variable {name}")
    demand(3, _FORM.fullmatch(form), f"form {form}")
    demand(4, kind in _TYPES, f"type {kind}")
    codes = _codes(kind, row[HEADING[5]])
    validation, low, high = (row[HEADING[place]] for place in (7, 8, 9))
    demand(6, not validation or (kind == "text" and validation in _VALIDATIONS), validation)
    demand(7, validation or not (low or high), f"{name}: limits without validation")
    for limit in filter(None, (low, high)):
        demand(7, re.fullmatch(r"-?\d+(\.\d+)?", limit), f"limit {limit}")
    for place in (10, 12):
        demand(8, row[HEADING[place]] in ("", "y"), f"{HEADING[place]}")
    demand(8, not (kind == "checkbox" and row[HEADING[12]]), "a checkbox that is required")
    demand(10, row[HEADING[13]] in ("", "LH", "LV", "RH", "RV"), "alignment")
    demand(10, not row[HEADING[15]] or kind in ("radio", "checkbox"), "matrix")
    return Field(name, form, kind, codes, validation)


def _codes(kind: str, choices: str) -> tuple[str, ...]:
    if kind not in _CHOOSING:
        demand(5, not choices or kind in ("calc", "slider"), "choices of what has none")
        return ()
    pairs = [pair.split(",", 1) for pair in choices.split("|")]
    demand(
        5, all(len(pair) == 2 and pair[0].strip() and pair[1].strip() for pair in pairs), choices
    )
    demand(5, all("," not in pair[1] for pair in pairs), f"a comma in a label: {choices}")
    codes = [pair[0].strip() for pair in pairs]
    demand(5, len(set(codes)) == len(codes), "a code twice")
    demand(5, all(re.fullmatch(r"\w+", code) for code in codes), f"a code of odd signs: {choices}")
    return tuple(codes)


def _check_branching(logic: str, known: Mapping[str, Field]) -> None:
    if not logic:
        return
    for part in re.split(r" and | or ", logic):
        found = _CONDITION.fullmatch(part)
        demand(9, found, f"logic {part}")
        assert found
        field = known.get(found[1])
        demand(9, field, f"logic on {found[1]}, which is no variable")
        assert field
        code = found[2] if field.kind == "checkbox" else found[4]
        demand(9, not field.codes or code in field.codes, f"logic on {code}, which is no code")


Record = dict[str, str]


def read_data(text: str, fields: Sequence[Field]) -> list[Record]:
    """The rows of a data import; refuses unknown columns, labels, and cells where no form lives."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    heading, *rows = list(reader)
    columns = {column: field for field in fields for column in field.columns()}
    repeats = ["redcap_repeat_instrument", "redcap_repeat_instance"]
    demand(0, heading[0] == fields[0].name and heading[1:3] == repeats, "the first columns")
    demand(0, set(heading[3:]) <= set(columns), "an unknown column")
    records = [dict(zip(heading, row, strict=True)) for row in rows]
    for record in records:
        _check_record(record, columns)
    keys = [(row[heading[0]], row[repeats[0]], row[repeats[1]]) for row in records]
    demand(0, len(set(keys)) == len(keys), "a row twice")
    return records


def _check_record(record: Record, columns: Mapping[str, Field]) -> None:
    repeated = record["redcap_repeat_instrument"]
    forms = {columns[name].form for name, cell in _filled(record, columns)}
    demand(0, forms <= {repeated} if repeated else True, f"cells of {forms} in a row of {repeated}")
    demand(0, bool(repeated) == bool(record["redcap_repeat_instance"]), "an instance")
    for name, cell in _filled(record, columns):
        field = columns[name]
        if field.kind == "checkbox":
            demand(0, cell in ("0", "1"), f"{name} is {cell}")
        elif field.codes:
            demand(0, cell in field.codes, f"{name} is {cell}")
        elif field.validation == "integer":
            demand(0, re.fullmatch(r"-?\d+", cell), f"{name} is {cell}")
        elif field.validation == "number":
            demand(0, re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell), f"{name} is {cell}")
        elif field.validation == "time":
            demand(0, re.fullmatch(r"\d\d:\d\d", cell), f"{name} is {cell}")


def _filled(record: Record, columns: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    for name, cell in record.items():
        if cell and name in columns and name != "record_id":
            yield name, cell

# SPDX-License-Identifier: MIT
"""The data dictionary: one row a variable, in the eighteen columns that REDCap takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.exchange.columns import Column, Holds
from models.exchange.linked import LEVEL_ID
from models.exchange.redcap.variables import EXPORT, RECORD_ID, Form, Variable
from models.fields import ClinicalField, Words
from models.schema import Patient
from models.speech import say

HEADING = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)

_MOST_RADIO = 5
"""Choices that are shown side by side; more go into a list."""

_DATE_TOLD = "YYYY or YYYY-MM or YYYY-MM-DD"
_LINK_TOLD = "Id of the level; or its name such as T12"
_VALIDATIONS = {Holds.NUMBER: "number", Holds.COUNT: "integer", Holds.CLOCK: "time"}
_KEPT = (Holds.ID, Holds.REASONS, Holds.SAYINGS)
_READ_ONLY = "@READONLY"
_CODE = Patient._meta.fields["patient_code"]


def dictionary(forms: Sequence[Form]) -> Iterator[tuple[str, ...]]:
    """The rows behind the heading; the first is that of the record's id."""
    first = (say("Record (the case)"), "", say("Id of the case in the logbook"))
    yield _row(RECORD_ID, forms[0].name, "text", *first)
    told = (say("Kit that the record came with"), "", say("Kept by the program"))
    yield _row(EXPORT, forms[0].name, "text", *told, annotation=_READ_ONLY)
    for form in forms:
        for variable in form.known():
            yield _of(form, variable)


def plain(text: str) -> str:
    """A text without the signs that part choices, on one line."""
    return " ".join(text.replace(",", ";").replace("|", "/").split())


def branching(form: Form, field: ClinicalField | None) -> str:
    """When a field is shown; "" for always, and where what it depends on was taken out."""
    if field is None or field.applies is None:
        return ""
    other = form.variable_of(field.applies.field)
    if other is None:
        return ""
    terms = field.applies.terms
    if other.is_checkbox:
        return " or ".join(f"[{other.name}({term.value})] = '1'" for term in terms)
    return " or ".join(f"[{other.name}] = '{term.value}'" for term in terms)


def _of(form: Form, variable: Variable) -> tuple[str, ...]:
    column, field = variable.column, variable.column.field
    kind, choices = _kind(variable)
    low, high = column.limits
    is_text = kind == "text"
    unit = f" ({column.shown_unit})" if column.shown_unit else ""
    is_link = column.name == LEVEL_ID and form.sheet.key != (LEVEL_ID,)
    is_worked_out = field is None and column.made_of is not None
    is_kept = (column.holds in _KEPT or is_worked_out) and not is_link
    identifies = column.holds is Holds.DAY or field is _CODE
    # Of a number that may be a range or words, no part is needed by itself.
    is_needed = field is not None and field.core and field.part is None
    return _row(
        variable.name,
        form.name,
        kind,
        plain(f"{_label(column)}{unit}"),
        choices,
        _note(column, is_link=is_link),
        _VALIDATIONS.get(column.holds, "") if is_text else "",
        _number(low) if is_text else "",
        _number(high) if is_text else "",
        "y" if identifies else "",
        branching(form, field),
        "y" if is_needed and not variable.is_checkbox else "",
        annotation=_READ_ONLY if is_kept else "",
    )


def _note(column: Column, *, is_link: bool) -> str:
    if is_link:
        return _LINK_TOLD
    return _DATE_TOLD if column.holds is Holds.DAY else plain(column.told)


def _kind(variable: Variable) -> tuple[str, str]:
    """Field type and choices."""
    column = variable.column
    terms = column.vocabulary
    if terms is not None and not column.is_list:
        choices = " | ".join(f"{term.value}, {plain(term.label)}" for term in terms)
        if variable.is_checkbox:
            return "checkbox", choices
        return ("radio" if len(terms) <= _MOST_RADIO else "dropdown"), choices
    if column.holds is Holds.FLAG:
        return "yesno", ""
    is_long = isinstance(column.field, Words) and column.field.long
    return ("notes" if is_long or column.holds is Holds.SAYINGS else "text"), ""


def _label(column: Column) -> str:
    return column.label if column.field is not None else column.name.replace("_", " ").capitalize()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _row(
    name: str,
    form: str,
    kind: str,
    label: str,
    choices: str = "",
    note: str = "",
    validation: str = "",
    low: str = "",
    high: str = "",
    identifier: str = "",
    shown_if: str = "",
    required: str = "",
    *,
    annotation: str = "",
) -> tuple[str, ...]:
    told = (name, form, "", kind, label, choices, note, validation, low, high, identifier)
    return (*told, shown_if, required, "", "", "", "", annotation)

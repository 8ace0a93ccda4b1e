# SPDX-License-Identifier: MIT
"""What a column is in the words of Table Schema (Data Package 2) and of CSVW."""

from __future__ import annotations

import re

from models.exchange.columns import Column, Holds
from models.exchange.sheet import Sheet

JsonObject = dict[str, object]

_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_TYPES = {Holds.NUMBER: "number", Holds.COUNT: "integer", Holds.FLAG: "boolean"}
_CSVW_TYPES = {Holds.NUMBER: "decimal", Holds.COUNT: "integer", Holds.FLAG: "boolean"}


def table_schema(sheet: Sheet) -> JsonObject:
    """The schema of a resource."""
    schema: JsonObject = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, sheet) for column in sheet.columns],
        "missingValues": [""],
    }
    if sheet.key:
        schema["primaryKey"] = list(sheet.key)
    if sheet.links:
        schema["foreignKeys"] = [
            {
                "fields": [link.column],
                "reference": {"resource": link.sheet, "fields": [link.target]},
            }
            for link in sheet.links
        ]
    return schema


def csvw_schema(sheet: Sheet) -> JsonObject:
    """The same in the words of CSVW."""
    schema: JsonObject = {"columns": [_csvw_column(column, sheet) for column in sheet.columns]}
    if sheet.key:
        schema["primaryKey"] = list(sheet.key)
    if sheet.links:
        schema["foreignKeys"] = [
            {
                "columnReference": link.column,
                "reference": {
                    "resource": f"{link.sheet}.csv",
                    "columnReference": link.target,
                },
            }
            for link in sheet.links
        ]
    return schema


def _field(column: Column, sheet: Sheet) -> JsonObject:
    told: JsonObject = {"name": column.name, "type": _type(column), "title": column.label}
    if column.told:
        told["description"] = column.told
    if column.shown_unit:
        told["unit"] = column.shown_unit
    if column.holds is Holds.FLAG and not column.is_list:
        told |= {"trueValues": ["1"], "falseValues": ["0"]}
    terms = None if column.is_list or column.holds is Holds.TERMS else column.vocabulary
    if terms is not None:
        told["categories"] = [{"value": term.value, "label": term.label} for term in terms]
        told["categoriesOrdered"] = terms.is_ordered
    if constraints := _constraints(column, sheet):
        told["constraints"] = constraints
    return told


def _type(column: Column) -> str:
    return "string" if column.is_list else _TYPES.get(column.holds, "string")


def _constraints(column: Column, sheet: Sheet) -> JsonObject:
    told: JsonObject = {}
    if column.name in sheet.key or column.name in [link.column for link in sheet.links]:
        told["required"] = True
    if sheet.key == (column.name,):
        told["unique"] = True
    low, high = column.limits
    told |= {} if low is None else {"minimum": low}
    told |= {} if high is None else {"maximum": high}
    terms = column.vocabulary
    if terms is not None and not column.is_list and column.holds is Holds.TERM:
        told["enum"] = [term.value for term in terms]
    if pattern := _pattern(column):
        told["pattern"] = pattern
    return told


def _pattern(column: Column) -> str:
    if column.is_list:
        return ""
    if column.holds is Holds.DAY:
        return _DATE
    if column.holds is Holds.CLOCK:
        return _CLOCK
    terms = column.vocabulary
    if column.holds is Holds.TERMS and terms is not None:
        one = f"({'|'.join(re.escape(term.value) for term in terms)})"
        return rf"{one}(\|{one})*"
    return ""


def _csvw_column(column: Column, sheet: Sheet) -> JsonObject:
    told: JsonObject = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.label,
        "datatype": _csvw_type(column),
    }
    if column.told:
        told["dc:description"] = column.told
    if column.name in sheet.key:
        told["required"] = True
    if column.holds is Holds.TERMS and not column.is_list:
        told["separator"] = "|"
    return told


def _csvw_type(column: Column) -> JsonObject | str:
    base = "string" if column.is_list else _CSVW_TYPES.get(column.holds, "string")
    low, high = column.limits
    if base == "boolean":
        return {"base": base, "format": "1|0"}
    if low is None and high is None:
        return base
    limits = {"minimum": low, "maximum": high}
    # As text, as which 0.1 is just that; a reader takes a number for the nearest binary one.
    told = {name: f"{limit:.10g}" for name, limit in limits.items() if limit is not None}
    return {"base": base, **told}

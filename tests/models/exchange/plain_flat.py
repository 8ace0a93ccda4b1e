# SPDX-License-Identifier: MIT
"""The flat export read plainly: a case, a table and a cell at a time, as its columns say.

Slow, and so short that it can be checked by reading. The export itself has to write the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import peewee

from models.exchange import flat_pain
from models.exchange.columns import Cell
from models.exchange.flat_columns import (
    ASSESSMENTS,
    CASE_LISTS,
    LEVEL_LISTS,
    STATES,
    ListColumns,
    flat_columns,
)
from models.exchange.said import explanations, reasons
from models.fields import Words
from models.heights import height_gain
from models.schema import Assessment, Patient, PatientIdentity, Procedure, Record, TreatedLevel
from models.vocabulary import Level

Row = dict[str, Cell]


def plain_file(database: peewee.Database, case_ids: Iterable[str]) -> str:
    """The text of the file."""
    names = [column.name for column in flat_columns()]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for case_id in case_ids:
        for row in _rows_of(database, case_id):
            writer.writerow([row[name] for name in names])
    return text.getvalue()


def _rows_of(database: peewee.Database, case_id: str) -> list[Row]:
    (procedure,) = _stored(database, Procedure, "id", case_id)
    (patient,) = _stored(database, Patient, "id", procedure["patient_id"])
    names = _stored(database, PatientIdentity, "patient_id", patient["id"]) or [{}]
    levels = _stored(database, TreatedLevel, "procedure_id", case_id)
    levels.sort(key=lambda row: (Level(str(row["level"])).rank if row["level"] else 99, row["id"]))
    case = {
        "case_id": case_id,
        "patient_id": patient["id"],
        "level_count": len(levels),
        **{name: procedure[name] for name in STATES},
        **_entered(Patient, patient, "patient"),
        **_entered(PatientIdentity, names[0], "identity"),
        **_entered(Procedure, procedure, "procedure"),
        **_pain(database, procedure),
    }
    for lists in CASE_LISTS:
        case |= _list(database, lists, case_id)
    rows: list[Row] = []
    for level in levels or [{}]:
        row = case | _entered(TreatedLevel, level, "level") | {"level_id": level.get("id")}
        row["height_gain_mm"] = _gain(row)
        for lists in LEVEL_LISTS:
            row |= _list(database, lists, level.get("id"))
        rows.append(row)
    return rows


def _stored(database: peewee.Database, table: type[Record], column: str, value: Cell) -> list[Row]:
    cursor = database.execute_sql(
        f'SELECT * FROM "{table._meta.table_name}" WHERE "{column}" = ?', (value,)
    )
    names = [told[0] for told in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _entered(table: type[Record], row: Row, prefix: str) -> Row:
    told = {field.name: row.get(field.column_name) for field in table.clinical_fields()}
    told[f"{prefix}_missing"] = reasons(row.get("missing"))
    told[f"{prefix}_explained"] = explanations(row.get("explained"))
    return told


def _gain(row: Row) -> Cell:
    """Takes what was reported as one number out of its columns."""
    stems = ("anterior_before", "anterior_after", "middle_before", "middle_after")
    a, b, c, d = (row[f"{stem}_mm"] for stem in stems)
    ends = ("height_gain_low_mm", "height_gain_high_mm")
    low, high = (row[name] for name in ends)
    gain = height_gain((a, b), (c, d), (low, high))  # type: ignore[arg-type]
    if gain is None or gain.low != gain.high:
        return None
    if not gain.measured:
        row |= dict.fromkeys(ends)
    return int(gain.low) if float(gain.low).is_integer() else gain.low


def _pain(database: peewee.Database, procedure: Row) -> Row:
    fields = [Assessment._meta.fields[name].column_name for name in flat_pain.STORED]
    rows = _in_order(_stored(database, Assessment, "procedure_id", procedure["id"]), True)
    said = [tuple(row[name] for name in fields) for row in rows]
    told = flat_pain.cells(said, procedure["performed_on"])
    return dict(zip(flat_pain.names(), told, strict=True))


def _in_order(rows: list[Row], by_day: bool) -> list[Row]:
    def order(row: Row) -> tuple[str, int, str]:
        day = str(row["assessed_on"] or "") if by_day else ""
        return day, int(row["position"] or 0), str(row["id"])

    return sorted(rows, key=order)


def _list(database: peewee.Database, lists: ListColumns, parent: Cell) -> Row:
    rows = [] if parent is None else _stored(database, lists.table, f"{lists.parent}_id", parent)
    rows = _in_order(rows, lists is ASSESSMENTS)
    told: Row = {}
    if lists.count_name:
        told[lists.count_name] = None if parent is None else len(rows)
    for name, field in lists.fields.items():
        held = [row[field.column_name] for row in rows]
        told[name] = _joined(held, isinstance(field, Words))
    for name in lists.derived:
        told[f"{lists.prefix}_{name}"] = _joined([row[name] for row in rows], False)
    missing = [json.loads(str(row["missing"])) if row["missing"] else None for row in rows]
    told[f"{lists.prefix}_missing"] = (
        json.dumps(missing) if any(row["missing"] is not None for row in rows) else None
    )
    kept = [explanations(row["explained"]) for row in rows]
    told[f"{lists.prefix}_explained"] = (
        f"[{', '.join(each or 'null' for each in kept)}]" if any(kept) else None
    )
    return told


def _joined(held: list[Cell], words: bool) -> Cell:
    if all(value is None for value in held):
        return None
    if words:
        return json.dumps(held, ensure_ascii=False)
    return "|".join("" if value is None else str(value) for value in held)

# SPDX-License-Identifier: MIT
"""Writing exports in tests and reading them as strictly as a script would."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from models.exchange.deidentify import Dates, Kind, Rules
from models.exchange.dialects import MACHINE, Dialect
from models.exchange.orders import Order, export
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from tests.fresh import beside

Rows = list[dict[str, str]]
Stored = str | int | float | bool | None


def ordered(
    logbook: Logbook,
    profile: Profile = Profile.MACHINE,
    shape: Shape = Shape.FLAT,
    *,
    kind: Kind = Kind.NONE,
    dates: Dates | None = None,
    columns: tuple[str, ...] | None = None,
    case_ids: list[str] | None = None,
    dialect: Dialect = MACHINE,
) -> Path:
    """Export and give the file."""
    target = beside(logbook) / f"ordered{FORMS[profile].ending(shape)}"
    rules = Rules.of(kind, dates)
    order = Order(profile, shape, rules, columns, case_ids=case_ids, dialect=dialect)
    export(logbook, target, order)
    return target


def rows_of(text: str, delimiter: str = ",") -> Rows:
    """The rows by heading; every row has as many cells as the heading, and no two the same."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    heading, *rows = list(reader)
    assert len(set(heading)) == len(heading)
    assert {len(row) for row in rows} <= {len(heading)}
    return [dict(zip(heading, row, strict=True)) for row in rows]


def flat_rows(logbook: Logbook, **order: object) -> Rows:
    """The rows of a single CSV file for programs."""
    text = ordered(logbook, **order).read_bytes().decode()  # type: ignore[arg-type]
    return rows_of(text)


def files_in(archive: Path) -> dict[str, str]:
    """The texts of a zip by their names; pictures are none."""
    with zipfile.ZipFile(archive) as file:
        assert file.testzip() is None
        names = [name for name in file.namelist() if not name.startswith("images/")]
        return {name: file.read(name).decode() for name in names}


def tables_in(archive: Path) -> dict[str, Rows]:
    """The CSV files of a zip by the names of their tables."""
    files = files_in(archive)
    return {
        name.removesuffix(".csv"): rows_of(text)
        for name, text in files.items()
        if name.endswith(".csv")
    }


def typed(field: Mapping[str, object], cell: str) -> Stored:
    """A cell as the descriptor of its column says; refuses what it does not allow."""
    if cell == "":
        return None
    constraints = field.get("constraints", {})
    assert isinstance(constraints, dict)
    if "enum" in constraints:
        assert cell in constraints["enum"], (field["name"], cell)
    match field["type"]:
        case "integer":
            return int(cell)
        case "number":
            value = float(cell)
            assert "n" not in cell.casefold()
            return value
        case "boolean":
            assert cell in ("1", "0")
            return cell == "1"
    return cell


def resources(files: Mapping[str, str]) -> list[dict[str, object]]:
    """The resources of a data package."""
    found = json.loads(files["datapackage.json"])["resources"]
    assert isinstance(found, list)
    return found

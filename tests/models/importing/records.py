# SPDX-License-Identifier: MIT
"""Exporting whole records and taking them in again, and what a logbook holds to compare it by."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from models.case import Case, load_case
from models.document import stored_fields
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.importing.columns import propose
from models.importing.opening import Source, open_table
from models.importing.preview import Preview, preview
from models.importing.reading import Table
from models.importing.writing import Imported, write
from models.logbook import Logbook
from models.schema import Image, PatientIdentity, Record
from tests.models.exchange.kit import ordered

Export = Callable[[Logbook, Sequence[str] | None], Path]


def package(logbook: Logbook, case_ids: Sequence[str] | None = None) -> Path:
    return _exported(logbook, Profile.PACKAGE, case_ids, "package.zip")


def tables(logbook: Logbook, case_ids: Sequence[str] | None = None) -> Path:
    return _exported(logbook, Profile.MACHINE, case_ids, "tables.zip")


def redcap(logbook: Logbook, case_ids: Sequence[str] | None = None) -> Path:
    kit = _exported(logbook, Profile.REDCAP, case_ids, "kit.zip")
    target = kit.with_name("redcap.csv")
    with zipfile.ZipFile(kit) as archive:
        target.write_bytes(archive.read("data.csv"))
    return target


def _exported(
    logbook: Logbook, profile: Profile, case_ids: Sequence[str] | None, name: str
) -> Path:
    wanted = None if case_ids is None else list(case_ids)
    made = ordered(logbook, profile, Shape.TABLES, case_ids=wanted)
    return made.rename(made.with_name(name))


def opened(file: Path) -> Table:
    return open_table(Source(file))


def look(file: Path, into: Logbook, *, takes_conflicts: bool = False) -> Preview:
    table = opened(file)
    return preview(into, table, propose(table), takes_conflicts=takes_conflicts)


def take_in(
    file: Path, into: Logbook, *, takes_conflicts: bool = False
) -> tuple[Preview, Imported]:
    shown = look(file, into, takes_conflicts=takes_conflicts)
    return shown, write(into, shown)


def verdicts(shown: Preview) -> list[str]:
    return [line.verdict.value for line in shown.lines]


def problems(shown: Preview) -> list[str]:
    return [str(problem) for line in shown.lines for problem in line.problems]


def held(logbook: Logbook, case_id: str) -> dict[str, dict[str, str]]:
    """All rows of a case by their ids, without images, names, and fields that identify."""
    case = load_case(logbook, case_id)
    found: dict[str, dict[str, str]] = {}
    for row in (*case.person_rows(), *case.case_rows()):
        if not isinstance(row, Image | PatientIdentity):
            table = found.setdefault(str(row._meta.table_name), {})
            table[str(row.id)] = json.dumps(_fields(row), sort_keys=True)
    return found


def _fields(row: Record) -> dict[str, object]:
    """Also what the program works out, but how often something was saved."""
    known = {field.name: field for field in row.clinical_fields() if field.identifier}
    fields: dict[str, object] = {
        name: value for name, value in stored_fields(row).items() if name not in known
    }
    fields["missing"] = dict(row.missing)
    fields["explained"] = {
        name: words for name, words in row.explained.items() if name not in known
    }
    for name in ("chosen", "complete"):
        if name in row.__data__:
            fields[name] = bool(row.__data__[name])
    return fields


def without_names(case: Case) -> Case:
    """The case without what no export holds."""
    case.identity = None
    for row in (*case.person_rows(), *case.case_rows()):
        for field in row.clinical_fields():
            if field.identifier:
                setattr(row, field.name, None)
    return case

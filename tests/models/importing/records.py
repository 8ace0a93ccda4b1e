# SPDX-License-Identifier: MIT
"""Exporting whole records and taking them in again, and what a logbook holds to compare it by."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from models.case import load_case
from models.document import stored_fields
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.importing.columns import propose
from models.importing.opening import Source, open_table
from models.importing.preview import Preview, preview
from models.importing.reading import Table
from models.importing.writing import Imported, write
from models.logbook import Logbook
from models.schema import Image, ImageContent, PatientIdentity, Record
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


def held(logbook: Logbook, case_id: str, *, images: bool = True) -> dict[str, dict[str, str]]:
    """All rows of a case by their ids, images with their pictures."""
    case = load_case(logbook, case_id)
    found: dict[str, dict[str, str]] = {}
    for row in (*case.person_rows(), *case.case_rows()):
        if isinstance(row, PatientIdentity) and _is_empty(row):
            continue
        if isinstance(row, Image) and not images:
            continue
        table = found.setdefault(str(row._meta.table_name), {})
        # Names have no id of their own in a file: there is one entry a patient.
        own = "" if isinstance(row, PatientIdentity) else str(row.id)
        of_picture = _picture(logbook, row) if isinstance(row, Image) else {}
        table[own] = json.dumps(_fields(row) | of_picture, sort_keys=True)
    return found


def _picture(logbook: Logbook, row: Image) -> dict[str, object]:
    """What the logbook keeps of the content of an image."""
    query = ImageContent.select().where(ImageContent.sha256 == row.content_id)
    (kept,) = query.execute(logbook.database)
    sums = [hashlib.sha256(bytes(file)).hexdigest() for file in (kept.content, kept.thumbnail)]
    return {"media_type": kept.media_type, "picture": sums[0], "thumbnail": sums[1]}


def _is_empty(identity: PatientIdentity) -> bool:
    return not any(
        (identity.full_name, identity.record_number, identity.missing, identity.explained)
    )


def _fields(row: Record) -> dict[str, object]:
    """Also what the program works out, but how often something was saved."""
    fields: dict[str, object] = dict(stored_fields(row))
    fields |= {"missing": dict(row.missing), "explained": dict(row.explained)}
    for name in ("chosen", "complete"):
        if name in row.__data__:
            fields[name] = bool(row.__data__[name])
    return fields

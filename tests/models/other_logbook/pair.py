# SPDX-License-Identifier: MIT
"""Two workstations: logbooks that began as one, and what somebody does at each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from models.backup import Reason, listing
from models.case import bin_case, load_case, restore_case, save_case
from models.logbook import Logbook
from models.moving import copy_logbook
from models.other_logbook import Choices, Merged, Preview, merge, open_other, preview
from models.partial_date import PartialDate
from models.schema import RECORD_TABLES, Patient, Procedure
from models.vocabulary import Level, Sex
from tests.builders import a_case, add_score
from tests.fresh import new_logbook

if TYPE_CHECKING:
    from tests.served_logbooks import ServedLogbooks


def seeded(folder: Path) -> Path:
    """A logbook of three cases, two of them of one patient, closed."""
    logbook = new_logbook(folder, user="anna")
    first = a_case("P-1", Level.T12, Level.L1)
    first.add_balloon(first.levels[0], volume_ml=3.5)
    save_case(logbook, first)
    save_case(logbook, a_case("P-2", Level.L2))
    again = a_case("P-1", Level.L4, on="2026-06-01", before=None, after=None)
    again.patient = load_case(logbook, first.id).patient
    again.procedure.patient = again.patient
    save_case(logbook, again)
    logbook.close()
    return folder


LEFT_OUT = ("version", "complete", "chosen")


@dataclass(frozen=True)
class Pair:
    """Two logbooks that are open, of anna and of ben."""

    a: Logbook
    b: Logbook


Pairs = Callable[[Path], AbstractContextManager[Pair]]
"""Makes pairs in a folder: of whichever kind a test is for."""


@contextmanager
def in_folders(template: Path, place: Path) -> Iterator[Pair]:
    """Two copies of a closed logbook in a new folder."""
    folders = [place / f"{name}.kypholog" for name in ("Ward", "Office")]
    for folder in folders:
        if not folder.exists():
            shutil.copytree(template, folder)
    opened = [
        Logbook.open(folder, user) for folder, user in zip(folders, ("anna", "ben"), strict=True)
    ]
    try:
        yield Pair(*opened)
    finally:
        for logbook in opened:
            logbook.close()


@contextmanager
def on_server(served: ServedLogbooks, template: Path, place: Path) -> Iterator[Pair]:
    """The same, but that the first one is a copy on a server."""
    folder = place / "Office.kypholog"
    shutil.copytree(template, folder)
    office, ward = Logbook.open(folder, "ben"), served.new("anna")
    try:
        copy_logbook(office, ward)
        yield Pair(ward, office)
    finally:
        for logbook in (office, ward):
            logbook.close()
        served.take_back(ward)


def copies_for(mine: Logbook) -> list[Path]:
    """The folders in which copies of others lie, to be compared with ours."""
    if mine.has_files:
        return list(mine.folder.glob(".other-*"))
    return list(Path(gettempdir()).glob("kypholog-other-*"))


def backups_of(mine: Logbook) -> list[Reason]:
    """Why each backup of ours was made; a server has none of ours."""
    return [made.reason for made in listing(mine.folder)] if mine.has_files else []


def looked_at(mine: Logbook, theirs: Logbook, choices: Choices | None = None) -> Preview:
    """What merging would do."""
    other = open_other(mine, theirs.place)
    try:
        return preview(mine, other, choices or Choices())
    finally:
        other.close()


def merged(mine: Logbook, theirs: Logbook, choices: Choices | None = None) -> Merged:
    """Merge, with the preview that goes before it."""
    other = open_other(mine, theirs.place)
    try:
        chosen = choices or Choices()
        return merge(mine, other, preview(mine, other, chosen), chosen)
    finally:
        other.close()


def record_of(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """All that was entered; versions count the saves of each logbook, so they are left out."""
    found = {}
    for table in RECORD_TABLES:
        columns = ", ".join(
            f'"{field.column_name}"'
            for field in table._meta.sorted_fields
            if field.name not in LEFT_OUT
        )
        sql = f'SELECT {columns} FROM "{table._meta.table_name}" ORDER BY "id"'
        with logbook.session():
            found[table._meta.table_name] = list(logbook.database.execute_sql(sql))
    return found


def case_ids(logbook: Logbook) -> list[str]:
    """The cases, in the order in which they were entered."""
    with logbook.session():
        query = Procedure.select(Procedure.id).order_by(Procedure.id).tuples()
        return [str(case_id) for (case_id,) in query.execute(logbook.database)]


Edit = Callable[[Logbook, int, int], None]
"""Something that is done to one of the first cases, with a number that makes it another one."""


def _case_of(logbook: Logbook, which: int) -> str:
    return case_ids(logbook)[which % 3]


def set_operator(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    case.procedure.operator = f"Dr {n}"
    save_case(logbook, case)


def move_day(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    case.procedure.performed_on = PartialDate(f"2026-01-{n + 1:02}")
    for row in case.assessments:
        row.assessed_on = None
    save_case(logbook, case)


def set_cement(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    for level in case.levels:
        level.cement_ml = 2 + n / 2
    save_case(logbook, case)


def explain(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    case.procedure.explained = {"operator": f"because {n}"}
    save_case(logbook, case)


def set_patient(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    case.patient.sex = Sex.MALE if n % 2 else Sex.FEMALE
    case.patient.patient_notes = f"Note {n}"
    save_case(logbook, case)


def score(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    add_score(case, n, f"2026-09-{n + 1:02}")
    save_case(logbook, case)


def drop_level(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    if case.levels:
        case.remove_level(case.levels[n % len(case.levels)])
    save_case(logbook, case)


def add_rows(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    if case.levels:
        case.add_balloon(case.levels[0], volume_ml=2 + n / 2)
    case.add_level(level=Level.L3)
    save_case(logbook, case)


def to_bin(logbook: Logbook, which: int, n: int) -> None:
    case = load_case(logbook, _case_of(logbook, which))
    if case.procedure.deleted_at is None:
        bin_case(logbook, case.id, f"Reason {n}.")
    else:
        restore_case(logbook, case.id)


def enter(logbook: Logbook, which: int, n: int) -> None:
    case = a_case(f"{logbook.user}-{len(case_ids(logbook))}", on=f"2026-08-{n + 1:02}")
    save_case(logbook, case)


def enter_for_known(logbook: Logbook, which: int, n: int) -> None:
    known = load_case(logbook, _case_of(logbook, which)).patient
    case = a_case("", on=f"2026-07-{n + 1:02}", before=None, after=None)
    case.patient, case.procedure.patient = known, known
    save_case(logbook, case)


EDITS: tuple[Edit, ...] = (
    set_operator,
    move_day,
    set_cement,
    explain,
    set_patient,
    score,
    drop_level,
    add_rows,
    to_bin,
    enter,
    enter_for_known,
)


def patient_codes(logbook: Logbook) -> list[str]:
    with logbook.session():
        query = Patient.select(Patient.patient_code).order_by(Patient.patient_code).tuples()
        return [str(code) for (code,) in query.execute(logbook.database)]

# SPDX-License-Identifier: MIT
"""The flat export: one row a treated level, with case and patient repeated.

Machine profile: UTF-8 without a mark, CR LF, commas, decimal points, quotes as RFC 4180 has them;
codes and numbers as they are stored, text as it was entered. What columns there are and how a
pain score finds its column is told in ``flat_columns`` and ``flat_pain``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

import peewee

from models import audit
from models.audit import Action, Event, Subject
from models.caselist import Query
from models.caselist import case_ids as found_ids
from models.errors import LogbookError
from models.exchange.files import refuse_database, replacing, settle
from models.exchange.flat_columns import flat_columns
from models.exchange.flat_rows import FlatRows
from models.logbook import Logbook
from models.query import EVERYTHING, Filter
from models.schema import CaseRow

_AT_ONCE = 250
"""Cases that are read together: enough to be fast, few enough for memory to stay flat."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows without the heading, and cases."""

    rows: int
    cases: int
    target: Path


def export_flat(
    logbook: Logbook,
    target: Path,
    case_ids: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    asked: Filter = EVERYTHING,
) -> Exported:
    """Write all cases outside the bin, or those of ``case_ids``, to the CSV file ``target``.

    Of them only those that meet the filter ``asked``.

    Rows are in the order of the procedure's date (cases without one first), then case id, then
    levels from head to tail. All of them show one state of the logbook. That there was an export
    is in the audit before the file has its name. ``progress`` hears cases done and in total.

    Raises:
        CannotWrite: the file cannot be written. Then, as after any error, the folder and what
            was in it are as before.
        LogbookError: ``cancelled`` returned True.
    """
    refuse_database(logbook, target)
    with logbook.session(), replacing(target) as file:
        with logbook.database.atomic("DEFERRED"):
            if asked.terms:
                case_ids = _met(logbook, asked, case_ids)
            rows, cases = _write(logbook.database, file, case_ids, progress, cancelled)
        settle(file)
        _note(logbook, rows, cases)
    return Exported(rows, cases, target)


def _write(
    database: peewee.Database,
    file: TextIO,
    case_ids: Sequence[str] | None,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[int, int]:
    writer = csv.writer(file)
    writer.writerow([column.name for column in flat_columns()])
    total, ordered = _all_cases(database) if case_ids is None else _chosen(database, case_ids)
    source = FlatRows(database, min(total, _AT_ONCE))
    rows = cases = 0
    while chunk := list(islice(ordered, _AT_ONCE)):
        if cancelled is not None and cancelled():
            raise LogbookError("The export was stopped.", "No file was written.")
        lines = source.of(chunk)
        writer.writerows(lines)
        rows += len(lines)
        cases += len(chunk)
        if progress is not None:
            progress(cases, total)
    return rows, cases


def _met(logbook: Logbook, asked: Filter, among: Sequence[str] | None) -> list[str]:
    """The cases that meet a filter, of these or of all."""
    met = chain.from_iterable(found_ids(logbook, Query(asked)))
    if among is None:
        return list(met)
    wanted = set(among)
    return [case_id for case_id in met if case_id in wanted]


def _all_cases(database: peewee.Database) -> tuple[int, Iterator[str]]:
    kept = CaseRow.select(CaseRow.case_id).where(CaseRow.deleted == False)  # noqa: E712
    ordered = kept.order_by(CaseRow.performed_on.asc(nulls="first"), CaseRow.case_id)
    sql, values = database.get_sql_context().sql(ordered).query()
    cursor = database.execute_sql(sql, values)
    return kept.count(database), (case_id for (case_id,) in cursor)


def _chosen(database: peewee.Database, case_ids: Sequence[str]) -> tuple[int, Iterator[str]]:
    wanted = iter(dict.fromkeys(case_ids))
    found: list[tuple[str, str]] = []
    while chunk := list(islice(wanted, _AT_ONCE)):
        query = CaseRow.select(CaseRow.performed_on, CaseRow.case_id).where(
            CaseRow.case_id.in_(chunk),
            CaseRow.deleted == False,  # noqa: E712
        )
        found += [(day or "", case_id) for day, case_id in query.tuples().execute(database)]
    return len(found), (case_id for _, case_id in sorted(found))


def _note(logbook: Logbook, rows: int, cases: int) -> None:
    said = f"Flat CSV, machine profile. Rows: {rows}, cases: {cases}."
    event = Event(logbook.user, Action.EXPORT, Subject.LOGBOOK, reason=said)
    with logbook.transaction():
        audit.append(logbook.database, [event])

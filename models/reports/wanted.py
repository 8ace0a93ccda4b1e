# SPDX-License-Identifier: MIT
"""Which reports there are, what each is asked with, and how the audit hears that one went out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from models.logbook import Logbook
from models.printouts import note_printout
from models.query import EVERYTHING, Filter
from models.reports.content import Circumstances, Report
from models.reports.kinds import ReportKind
from models.reports.reading import Progress


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that is asked for; what another kind is asked with does not count.

    Attributes:
        asked: which cases it tells of; a case summary is of one, whatever is asked.
        case_id: of a case summary.
        with_name: name and record number on a case summary.
        operator: of an operator's logbook; "" for everybody.
        year: of a yearly review.
    """

    kind: ReportKind
    asked: Filter = field(default=EVERYTHING)
    case_id: str = ""
    with_name: bool = False
    operator: str = ""
    year: int = 0


def make_report(
    logbook: Logbook, wanted: Wanted, at: datetime, progress: Progress | None = None
) -> Report:
    """Read the record and say what the report has to say.

    Raises:
        LogbookError: what was asked for is not there.
    """
    around = Circumstances(logbook.name, logbook.user, at)
    match wanted.kind:
        case ReportKind.CASE_SERIES:
            from models.reports.series import case_series

            return case_series(logbook, around, wanted.asked, progress)
        case ReportKind.CASE_SUMMARY:
            from models.reports.case_summary import case_summary

            return case_summary(logbook, wanted.case_id, around, with_name=wanted.with_name)
        case ReportKind.OPERATOR:
            from models.reports.operators import operator_logbook

            return operator_logbook(logbook, around, wanted.operator, wanted.asked, progress)
        case ReportKind.YEAR:
            from models.reports.year import yearly_review

            return yearly_review(logbook, around, wanted.year, wanted.asked, progress)


def note_report(logbook: Logbook, report: Report, kind: ReportKind, where: str) -> None:
    """Write into the audit that a report leaves the program, without anything of a patient.

    Raises:
        LogbookError: it cannot be written down; then nothing may leave.
    """
    named = " with a name" if report.names_person else ""
    note_printout(logbook, f"{kind.english}{named}", report.n_cases, where)

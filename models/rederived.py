# SPDX-License-Identifier: MIT
"""What the program works out and keeps of a stored case, worked out anew.

One room for whoever compares it with what the logbook holds and for whoever brings that up to
date, so that the two can never differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from models import caserow, checks, derived
from models.bulk.table import tables, values_aside
from models.case import Case
from models.document import Fields
from models.schema import Patient
from models.stored import Held
from models.tags.found_by import FoundBy
from models.timepoints import VisitPlan


@dataclass(frozen=True, slots=True)
class Rederived:
    """The derived values of a case.

    Attributes:
        complete: whether no core field is open.
        chosen: whether it stands for its time point, by the id of the assessment.
        line: the line of the case list.
        found_by: what the case is found by.
    """

    complete: bool
    chosen: dict[str, bool]
    line: caserow.Line
    found_by: FoundBy


def rederive(case: Case, person: Fields, held: Held, plan: VisitPlan) -> Rederived:
    """Work out what is derived from the case; ``person`` and ``held`` are its rows as stored.

    What was entered stays as it is, an age and a time point among it: they are worked out when
    a case is saved, and the audit knows them from then on.

    ``plan`` is the visit plan of the logbook.

    Raises:
        ValueError, TypeError, AttributeError: a value is none that the program knows.
    """
    derived.choose(case, plan)
    case.procedure.complete = _is_complete(case, person, held)
    return Rederived(
        case.procedure.complete,
        {str(row.id): bool(row.chosen) for row in case.assessments},
        caserow.line_of(case),
        caserow.found_by_of(case),
    )


def _is_complete(case: Case, person: Fields, held: Held) -> bool:
    """As ``checks.open_fields`` says, which takes longer than all the rest put together."""
    with values_aside(case):
        if checks.open_fields(case):
            return False
    known = tables()
    stored_rows = {row["id"]: row for rows in held.rows.values() for row in rows}
    return known[Patient].is_answered(case.patient, person) and all(
        known[type(row)].is_answered(row, stored_rows[row.id]) for row in case.case_rows()
    )
